'use server';

import { redirect } from 'next/navigation';
import { requireStaff } from '@/lib/auth/session';
import { runCommand } from '@/lib/command';
import { isLang } from '@/lib/i18n/languages';
import { refusals } from '@/lib/i18n/messages/refusals';
import { words } from '@/lib/i18n/words';
import { moderateRecognition } from '@/lib/pledges/giver.commands';
import { createHallEvent, recordPledgeBatch } from '@/lib/pledges/hall.commands';
import { noteRefusal } from '@/lib/server/refusal-log';
import { isCurrency } from '@/lib/shared/money';
import type { DeskState } from '../_desk/act-form.rules';
import { readBatch } from './batch.rules';

const textOf = (form: FormData) => (name: string) => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

const typed = (form: FormData): Record<string, string> =>
  Object.fromEntries(
    [...form].flatMap(([name, value]) =>
      typeof value === 'string' && !name.startsWith('$') ? [[name, value] as const] : [],
    ),
  );

/** Shows or hides one name with its words. */
export async function moderate(_: DeskState, form: FormData): Promise<DeskState> {
  const text = textOf(form);
  const lang = isLang(text('lang')) ? (text('lang') as 'en') : 'zh-Hans';
  const actor = await requireStaff('recognition:moderate', lang);
  const done = await runCommand(
    moderateRecognition,
    { recognitionId: text('recognition'), moderation: text('moderation') },
    actor,
    { key: text('key') },
  );
  if (!done.ok) return { message: refusals[lang][done.refusal.name], field: null, values: {} };
  redirect(`/${lang}/finance/hall?done=moderate`);
}

export async function createEvent(_: DeskState, form: FormData): Promise<DeskState> {
  const text = textOf(form);
  const lang = isLang(text('lang')) ? (text('lang') as 'en') : 'zh-Hans';
  const actor = await requireStaff('hall:manage', lang);
  const name = { 'zh-Hans': text('name'), 'zh-Hant': text('nameHant'), en: text('nameEn') };
  const done = await runCommand(
    createHallEvent,
    { slug: text('slug'), campaign: text('campaign'), name, heldOn: text('heldOn') },
    actor,
    { key: text('key') },
  );
  if (!done.ok)
    return {
      message: refusals[lang][done.refusal.name],
      field: done.refusal.field?.split('.')[0] ?? null,
      values: typed(form),
    };
  redirect(`/${lang}/finance/hall?done=event`);
}

/** Takes a batch of cards; when the totals differ everything that was typed stays. */
export async function recordBatch(event: string, _: DeskState, form: FormData): Promise<DeskState> {
  const text = textOf(form);
  const lang = isLang(text('lang')) ? (text('lang') as 'en') : 'zh-Hans';
  const actor = await requireStaff('hall:manage', lang);
  const currency = isCurrency(text('currency')) ? (text('currency') as 'CNY') : 'CNY';
  const batch = readBatch(typed(form), currency);
  if (!batch.ok) {
    noteRefusal({ code: 'invalid_input', field: batch.field, door: recordPledgeBatch.name, actor });
    return {
      message: `${batch.row === null ? '' : `${words(lang, 'hall')('desk.wrong', { n: batch.row })} · `}${refusals[lang].invalid_input}`,
      field: batch.field,
      values: typed(form),
    };
  }
  const done = await runCommand(recordPledgeBatch, { event, ...batch.value, on: text('on') }, actor, {
    key: text('key'),
  });
  if (!done.ok) {
    const row = /^card(\d+)$/.exec(done.refusal.field ?? '')?.[1];
    const where = row === undefined ? '' : `${words(lang, 'hall')('desk.wrong', { n: row })} · `;
    return {
      message: `${where}${refusals[lang][done.refusal.name]}`,
      field: done.refusal.field === 'totalMinor' ? 'total' : (done.refusal.field ?? null),
      values: typed(form),
    };
  }
  redirect(`/${lang}/finance/hall/${event}?batch=${done.value.batch}`);
}
