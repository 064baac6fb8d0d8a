'use server';

import { redirect } from 'next/navigation';
import { requireStaff } from '@/lib/auth/session';
import { runCommand } from '@/lib/command';
import { takeUpload } from '@/lib/files/intake';
import { isLang, type Lang } from '@/lib/i18n/languages';
import { refusals } from '@/lib/i18n/messages/refusals';
import { words } from '@/lib/i18n/words';
import type { RefusalCode } from '@/lib/server/refusal-kinds.rules';
import { noteRefusal } from '@/lib/server/refusal-log';
import type { RefusalName } from '@/lib/shared/refusal';
import { GRIDS } from '@/lib/segments/chinese-grid.rules';
import type { RoadInFile } from '@/lib/segments/road-file.rules';
import { importSegments } from '@/lib/segments/segment-import.commands';
import { roadsOfFile } from '@/lib/segments/segment.queries';
import type { ImportState, SeenRoad } from './import.rules';

const FILE_MAX = 4_000_000;

const factsText = (lang: Lang, road: Omit<RoadInFile, 'line' | 'problem'>): string => {
  const t = words(lang, 'roadShape');
  return [
    road.roadClass && t(`facts.classes.${road.roadClass}`),
    road.surface && t(`facts.surfaces.${road.surface}`),
    road.thicknessMm !== null && `${road.thicknessMm} mm`,
    road.households !== null && t('facts.householdsCount', { count: road.households }),
    road.linePrivacy !== 'exact' && t(`facts.privacies.${road.linePrivacy}`),
  ]
    .filter(Boolean)
    .join(' · ');
};

/** Reads a file of roads and shows what it says; with `confirm` enters them exactly as they were shown. */
export async function importRoads(before: ImportState, data: FormData): Promise<ImportState> {
  const text = (name: string): string => {
    const value = data.get(name);
    return typeof value === 'string' ? value : '';
  };
  const asked = text('lang');
  const lang: Lang = isLang(asked) ? asked : 'zh-Hans';
  const actor = await requireStaff('segment:propose', lang);
  const upload = data.get('upload');
  const taken =
    upload instanceof File && upload.size > 0 ? await takeUpload(upload, FILE_MAX, 'upload') : null;
  const file = taken?.ok ? new TextDecoder().decode(taken.value) : text('file');
  const grid = GRIDS.find((one) => one === text('grid'));
  const campaign = text('campaign');
  const state = (message: string | null, roads: readonly SeenRoad[] | null): ImportState => ({
    message,
    atUpload: taken?.ok === false,
    roads,
    file,
    uploads: before.uploads + (taken?.ok === true ? 1 : 0),
    grid: grid ?? null,
    campaign,
  });
  const refused = (name: RefusalName, field: string, code: RefusalCode = name): ImportState => {
    noteRefusal({ code, field, door: importSegments.name, actor });
    return state(refusals[lang][name], null);
  };
  if (taken?.ok === false) return refused(taken.refusal.name, 'upload');
  if (!grid) return refused('grid_unknown', 'grid', text('grid') === '' ? 'invalid_input' : 'grid_unknown');
  const roads = await roadsOfFile(file, grid, campaign);
  if (roads === null || roads.length === 0) return refused('file_unreadable', 'upload');
  const shown = roads.map(({ line, problem, ...road }) => ({
    code: road.code,
    name: road.name,
    widthMm: road.widthMm,
    statedMm: road.statedMm,
    lengthMm: road.lengthMm,
    facts: factsText(lang, road),
    points: line.length,
    problem: problem === null ? null : refusals[lang][problem],
  }));
  if (text('confirm') !== '1') return state(null, shown);
  const done = await runCommand(importSegments, { campaign, grid, file }, actor, { key: text('key') });
  if (!done.ok) return state(refusals[lang][done.refusal.name], shown);
  redirect(`/${lang}/finance/roads?done=segment.import`);
}
