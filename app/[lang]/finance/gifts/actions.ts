'use server';

import { redirect } from 'next/navigation';
import { requireStaff } from '@/lib/auth/session';
import { runCommand } from '@/lib/command';
import { enterBatch } from '@/lib/donations/batch.commands';
import {
  CASH_FACES,
  PASTE_COLUMNS,
  readPasted,
  readRow,
  type BatchGift,
  type TypedRow,
} from '@/lib/donations/batch.rules';
import { isLang, type Lang } from '@/lib/i18n/languages';
import { refusals } from '@/lib/i18n/messages/refusals';
import { words } from '@/lib/i18n/words';
import { noteRefused } from '@/lib/server/refusal-log';
import type { Refusal } from '@/lib/shared/refusal';
import type { DeskState } from '../_desk/act-form.rules';
import { deskForm, FieldRefused, noteRefusedField } from '../_desk/read-form';

const ROWS = 500;

/** Enters what was typed row by row and what was pasted, as one bundle; a refusal names the gift at fault. */
export async function enterGifts(_before: DeskState, data: FormData): Promise<DeskState> {
  const form = deskForm(data);
  const lang: Lang = isLang(form.text('lang')) ? (form.text('lang') as Lang) : 'zh-Hans';
  const actor = await requireStaff('donation:record', lang);
  const values = Object.fromEntries(
    [...data].flatMap(([name, value]) =>
      typeof value === 'string' && !name.startsWith('$') ? [[name, value]] : [],
    ),
  );
  const answer = (refusal: Refusal, row?: number): DeskState => {
    const said = refusals[lang][refusal.name];
    return {
      message: row === undefined ? said : words(lang, 'bank')('gifts.wrongRow', { row, reason: said }),
      field: row === undefined ? (refusal.field ?? null) : null,
      values,
    };
  };
  const about = { door: enterBatch.name, actor };
  try {
    const kind = form.required('kind');
    const otherwise = {
      channel: (kind === 'cheque' ? 'cheque' : 'cash') as BatchGift['channel'],
      givenOn: form.day('on'),
      currency: form.required('currency'),
    };
    const gifts: BatchGift[] = [];
    for (const row of [...typedRows(form), ...readPasted(form.text('paste'))]) {
      const read = readRow(row, otherwise);
      if (!read.ok) {
        noteRefused(read.refusal, about);
        return answer(read.refusal, gifts.length + 1);
      }
      gifts.push(read.value);
    }
    const entered = await runCommand(
      enterBatch,
      {
        campaign: form.required('campaign'),
        kind,
        note: form.optional('note'),
        count: form.integer('count'),
        totalMinor: form.amount('total'),
        cashCount: cashCount(form),
        on: form.day('on'),
        gifts,
      },
      actor,
      { key: form.required('key') },
    );
    if (!entered.ok) {
      const at = /^gifts\.(\d+)/.exec(entered.refusal.field ?? '');
      return answer(entered.refusal, at ? Number.parseInt(at[1] ?? '0', 10) + 1 : undefined);
    }
  } catch (error) {
    if (!(error instanceof FieldRefused)) throw error;
    noteRefusedField(error.refusal, about.door, actor);
    return answer(error.refusal);
  }
  return redirect(`/${lang}/finance/gifts?done=gift_batch.enter`);
}

type Form = ReturnType<typeof deskForm>;

const typedRows = (form: Form): TypedRow[] =>
  Array.from({ length: ROWS }, (_, n) => n)
    .filter((n) => form.has(`amount${n}`) || form.has(`name${n}`))
    .map(
      (n) =>
        Object.fromEntries(
          PASTE_COLUMNS.map((column) => [column, form.text(`${column}${n}`)]),
        ) as unknown as TypedRow,
    );

const cashCount = (form: Form): Record<string, number> | null => {
  const counted = CASH_FACES.filter((face) => form.has(`face${face}`)).map(
    (face) => [String(face), form.integer(`face${face}`)] as const,
  );
  return counted.length === 0 ? null : Object.fromEntries(counted);
};
