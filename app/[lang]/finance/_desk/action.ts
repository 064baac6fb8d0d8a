'use server';

import { redirect } from 'next/navigation';
import type { Actor } from '@/lib/auth/roles.rules';
import { requireStaff } from '@/lib/auth/session';
import { runCommand } from '@/lib/command';
import { isLang, type Lang } from '@/lib/i18n/languages';
import { refusals } from '@/lib/i18n/messages/refusals';
import type { Refusal } from '@/lib/shared/refusal';
import { coverFaces, isWorkStage, keepPhotograph } from '@/lib/evidence/photograph.flow';
import { noteAs, noteRefusal, noteRefused } from '@/lib/server/refusal-log';
import { refuse, type Result } from '@/lib/shared/result';
import type { DeskState } from './act-form.rules';
import { ACTS, UPLOAD_PERMISSIONS, type DeskAct } from './acts';
import { deskForm, FieldRefused, noteRefusedField, type DeskForm } from './read-form';
import { keepDocument, keepRedacted } from './uploads';

/** Where an act may lead back to: a page of the desk or of the road itself, never another site. */
const BACK = /^\/(?:zh-Hans|zh-Hant|en)\/(?:finance|site)(?:\/[A-Za-z0-9/_-]*)?$/;

/**
 * Every form of the desk posts here: identify → read → runCommand → back to the page. A refusal comes back to the
 * form in the person's language, at its field, with everything that was typed.
 */
export async function actOnDesk(_before: DeskState, data: FormData): Promise<DeskState> {
  const form = deskForm(data);
  const lang: Lang = isLang(form.text('lang')) ? (form.text('lang') as Lang) : 'zh-Hans';
  const name = form.text('act');
  const act = Object.hasOwn(ACTS, name) ? ACTS[name] : undefined;
  const permission =
    act?.command.permission ??
    (Object.hasOwn(UPLOAD_PERMISSIONS, name) ? UPLOAD_PERMISSIONS[name] : undefined);
  if (permission === undefined) {
    noteRefusal({ code: 'act_unknown', field: 'act' });
    return answer(lang, { name: 'not_found' }, data);
  }
  const actor = await requireStaff(permission, lang);
  let result: Result<unknown>;
  try {
    result = act ? await actWith(act, form, actor) : await upload(name, form, actor);
  } catch (error) {
    if (!(error instanceof FieldRefused)) throw error;
    noteRefusedField(error.refusal, act?.command.name ?? name, actor);
    return answer(lang, error.refusal, data);
  }
  if (!result.ok) {
    noteRefused(result.refusal, { door: act?.command.name ?? name, actor });
    return answer(lang, result.refusal, data);
  }
  const back = form.text('back');
  redirect(`${BACK.test(back) ? back : `/${lang}/finance`}?done=${encodeURIComponent(name)}`);
}

const actWith = async (act: DeskAct, form: DeskForm, actor: Actor): Promise<Result<unknown>> => {
  const key = form.required('key');
  if (!act.document) return runCommand(act.command, act.input(form, null), actor, { key });
  if (act.document.optional === true && !form.hasFile('document'))
    return runCommand(act.command, act.input(form, null), actor, { key });
  const kept = await keepDocument(actor, key, {
    file: form.file('document'),
    kind: act.document.kind,
    campaign: form.required('campaign'),
    segment: form.optional('segment'),
    on: form.day(act.document.on),
  });
  return kept.ok ? runCommand(act.command, act.input(form, kept.value.code), actor, { key }) : kept;
};

const upload = async (name: string, form: DeskForm, actor: Actor): Promise<Result<unknown>> => {
  const key = form.required('key');
  const segment = form.required('segment');
  if (name === 'sheet.file')
    return keepDocument(actor, key, {
      file: form.file('document'),
      kind: 'acceptance_sheet',
      campaign: form.required('campaign'),
      segment,
      on: form.day('on'),
    });
  if (name === 'document.redact')
    return keepRedacted(actor, key, {
      file: form.file('copy'),
      document: form.required('document'),
      on: form.day('on'),
    });
  if (name === 'photograph.cover')
    return coverFaces(
      actor,
      key,
      form.required('photograph'),
      rectanglesOf(form.required('rectangles')),
      form.day('on'),
    );
  const stage = form.required('stage');
  if (!isWorkStage(stage))
    return noteAs('value_not_offered', refuse('invalid_input', {}, 'stage'), {
      field: 'stage',
      door: name,
      actor,
    });
  return keepPhotograph(actor, key, form.file('photograph'), {
    segment,
    stage,
    station: form.optional('station') ?? 'A',
    on: form.day('on'),
  });
};

/** "10 20 15 12; 60 5 8 8": left, top, width, height of each rectangle in per cent of the upright picture. */
const rectanglesOf = (typed: string) =>
  typed
    .split(/[;；\n]/)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [x, y, w, h] = line
        .trim()
        .split(/[\s,，]+/)
        .map((part) => (/^\d{1,3}$/.test(part) ? Number.parseInt(part, 10) * 100 : -1));
      return { x: x ?? -1, y: y ?? -1, w: w ?? -1, h: h ?? -1 };
    });

/** Input names of commands that stand under another name in the form. */
const FIELD_NAMES: Readonly<Record<string, string>> = {
  amountMinor: 'amount',
  afterMinor: 'amount',
  retentionMinor: 'retention',
  rationale: 'reason',
  paidTo: 'contractor',
  invoice: 'document',
  lengthMm: 'length',
  widthMm: 'width',
  thicknessMm: 'thickness',
  linePrivacy: 'privacy',
  atMm: 'at',
  first: 'firstCode',
  second: 'secondCode',
  into: 'intoCode',
  valueMilli: 'value',
  requiredMilli: 'required',
  report: 'document',
};

const answer = (lang: Lang, refusal: Refusal, data: FormData): DeskState => {
  const field = refusal.field?.split('.')[0] ?? null;
  const values: Record<string, string> = {};
  for (const [name, value] of data)
    if (typeof value === 'string' && !name.startsWith('$')) values[name] = value;
  return {
    message: refusals[lang][refusal.name],
    field: field === null ? null : (FIELD_NAMES[field] ?? field),
    values,
  };
};
