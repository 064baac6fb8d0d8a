import type { z } from 'zod';
import { personName } from '../pledges/giver.form';
import { contentHash } from '../shared/canonical';
import { ok, refuse, type Result } from '../shared/result';
import { isCurrency, parseAmount, sumMinor } from '../shared/money';
import { isIsoDate } from '../shared/time';

export const giverName: z.ZodType<string> = personName;

/** One row of a bundle as typed or pasted; every field is text until it has been read. */
export type TypedRow = {
  readonly name: string;
  readonly amount: string;
  readonly channel: string;
  readonly givenOn: string;
  readonly designation: string;
  readonly pledge: string;
  readonly reference: string;
};

/** The order of columns of a pasted spreadsheet, as the page says it. */
export const PASTE_COLUMNS = [
  'name',
  'amount',
  'channel',
  'givenOn',
  'designation',
  'pledge',
  'reference',
] as const satisfies readonly (keyof TypedRow)[];

/** Rows copied out of a spreadsheet: tabs between cells, one gift to a line; empty lines are passed over. */
export const readPasted = (text: string): TypedRow[] =>
  text
    .split(/\r\n|\r|\n/u)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const cells = line.split('\t').map((cell) => cell.trim().replace(/^"(.*)"$/su, '$1'));
      return Object.fromEntries(
        PASTE_COLUMNS.map((name, index) => [name, cells[index] ?? '']),
      ) as unknown as TypedRow;
    });

export type BatchGift = {
  readonly donorName: string | null;
  readonly amountMinor: bigint;
  readonly channel: 'cash' | 'cheque' | 'bank';
  readonly givenOn: string;
  readonly designation: string | null;
  readonly pledge: string | null;
  readonly reference: string | null;
};

const CHANNEL_WORDS: Readonly<Record<string, BatchGift['channel']>> = {
  cash: 'cash',
  现金: 'cash',
  現金: 'cash',
  cheque: 'cheque',
  check: 'cheque',
  支票: 'cheque',
  bank: 'bank',
  transfer: 'bank',
  转账: 'bank',
  轉帳: 'bank',
  轉賬: 'bank',
  银行: 'bank',
  銀行: 'bank',
};

/** Dates as spreadsheets show them, year first: 2024-06-03, 2024/6/3, 2024年6月3日. */
const readDay = (text: string, otherwise: string): string | null => {
  if (text === '') return otherwise;
  const shape = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/u.exec(text.normalize('NFKC'));
  if (!shape) return null;
  const day = `${shape[1]}-${shape[2]?.padStart(2, '0')}-${shape[3]?.padStart(2, '0')}`;
  return isIsoDate(day) ? day : null;
};

/** Reads one row, or says which of its cells cannot be read. */
export const readRow = (
  row: TypedRow,
  otherwise: { readonly channel: BatchGift['channel']; readonly givenOn: string; readonly currency: string },
): Result<BatchGift> => {
  const wrong = (field: string, reason: string): Result<never> => refuse('invalid_input', { reason }, field);
  const amount = parseAmount(row.amount, isCurrency(otherwise.currency) ? otherwise.currency : 'CNY');
  if (!amount.ok) return { ...amount, refusal: { ...amount.refusal, field: 'amount' } };
  const channel = row.channel === '' ? otherwise.channel : CHANNEL_WORDS[row.channel.toLowerCase()];
  if (channel === undefined) return wrong('channel', 'channel');
  const givenOn = readDay(row.givenOn, otherwise.givenOn);
  if (givenOn === null) return wrong('givenOn', 'date');
  const designation = row.designation.toUpperCase();
  if (designation !== '' && !/^[A-Z]{2,6}-\d{2,4}$/u.test(designation))
    return wrong('designation', 'segment_code');
  const pledge = row.pledge.toUpperCase();
  if (pledge !== '' && !/^P-\d{4,}$/u.test(pledge)) return wrong('pledge', 'pledge_number');
  const name = row.name === '' ? null : giverName.safeParse(row.name);
  if (name && !name.success) return wrong('name', 'text');
  return ok({
    donorName: name ? name.data : null,
    amountMinor: amount.value,
    channel,
    givenOn,
    designation: designation === '' ? null : designation,
    pledge: pledge === '' ? null : pledge,
    reference: row.reference === '' ? null : row.reference,
  });
};

/** Notes and coins of the renminbi that circulate, in fen. */
export const CASH_FACES = [10_000n, 5_000n, 2_000n, 1_000n, 500n, 100n, 50n, 10n] as const;

export const cashSum = (count: Readonly<Record<string, number>>): bigint =>
  sumMinor(Object.entries(count).map(([face, pieces]) => BigInt(face) * BigInt(pieces)));

/**
 * May a bundle be posted? What the clerk counted before typing must be what was typed: as many gifts, the same sum;
 * and a cash count sheet must come to the cash in it.
 */
export const decideBatch = (
  gifts: readonly Pick<BatchGift, 'amountMinor' | 'channel'>[],
  control: {
    readonly count: number;
    readonly totalMinor: bigint;
    readonly cashCount: Readonly<Record<string, number>> | null;
  },
): Result<null> => {
  const totalMinor = sumMinor(gifts.map((gift) => gift.amountMinor));
  if (gifts.length !== control.count)
    return refuse('control_totals_differ', { counted: control.count, entered: gifts.length }, 'count');
  if (totalMinor !== control.totalMinor)
    return refuse(
      'control_totals_differ',
      { countedMinor: control.totalMinor, enteredMinor: totalMinor },
      'total',
    );
  if (control.cashCount === null) return ok(null);
  const cashMinor = sumMinor(gifts.filter((gift) => gift.channel === 'cash').map((gift) => gift.amountMinor));
  return cashSum(control.cashCount) === cashMinor
    ? ok(null)
    : refuse(
        'control_totals_differ',
        { countedMinor: cashSum(control.cashCount), enteredMinor: cashMinor },
        'cash',
      );
};

/**
 * What the second person saw of a bundle: as it was entered, less the gifts that were cancelled since. One more
 * cancelled between looking and confirming makes it another.
 */
export const seenOfBatch = (
  batch: { readonly contentHash: string },
  gifts: readonly { readonly code: string; readonly status: string }[],
): string => {
  const cancelled = gifts.filter((gift) => gift.status === 'cancelled').map((gift) => gift.code);
  return cancelled.length === 0
    ? batch.contentHash
    : contentHash({ entered: batch.contentHash, cancelled: cancelled.sort() });
};
