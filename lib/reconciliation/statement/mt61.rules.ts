import { day, fullYear } from './date-text.rules';
import { negate, parseDecimal, type Decimal } from './decimal.rules';
import { kindOfSwiftCode } from './kind-words.rules';
import type { LineKind } from './statement.rules';

export type Mt61 = {
  readonly valueOn: string;
  /** The entry date, when the bank gives one. */
  readonly bookedOn: string | null;
  readonly clamped: boolean;
  readonly amount: Decimal;
  readonly inward: boolean;
  readonly reversal: boolean;
  /** EC and ED of MT942: expected, not booked. */
  readonly expected: boolean;
  readonly kind: LineKind;
  readonly reference: string | null;
  readonly bankReference: string | null;
  readonly supplement: string | null;
  /** Written behind the sixteen characters of the reference by banks that have no other place for it. */
  readonly name: string | null;
};

/**
 * Field :61: (SWIFT User Handbook, MT940 field specification): value date, entry date, debit/credit mark, funds
 * code (the third letter of the currency), amount with a decimal comma, transaction type, reference of the
 * account owner, `//` reference of the bank, and on a second row supplementary details. Tolerated: blanks
 * instead of the entry date, a decimal point, no type, longer references.
 */
const SHAPE =
  /^\s*(?<date>\d{6})\s*(?<entry>\d{4})?\s*(?<mark>R[CD]|E[CD]|[CD])\s*(?<funds>[A-Z])?\s*(?<amount>\d+(?:[.,]\d*)?)\s*(?:(?<type>[NSF][A-Z0-9 ]{3}))?(?<rest>.*)$/u;

const meaningful = (text: string | undefined): string | null => {
  const trimmed = (text ?? '').trim();
  return /^(?:|NONREF|NOTPROVIDED|[KEPM]REF\+?|MARF|PREF)$/u.test(trimmed) ? null : trimmed;
};

/** The entry date has no year: it is the one that brings it nearest to the value date. */
const bookedDay = (valueYear: number, valueMonth: number, entry: string): string | null => {
  const month = Number(entry.slice(0, 2));
  const year = valueYear + (month - valueMonth > 6 ? -1 : valueMonth - month > 6 ? 1 : 0);
  return day(year, month, Number(entry.slice(2)))?.iso ?? null;
};

/** Reads the rows of a :61: field; null when it has not the shape of one. */
export const readMt61 = (rows: readonly string[]): Mt61 | null => {
  const groups = SHAPE.exec(rows[0] ?? '')?.groups;
  if (!groups) return null;
  const { date = '', entry, mark = '', amount: written = '', type, rest = '' } = groups;
  const year = fullYear(date.slice(0, 2));
  const month = Number(date.slice(2, 4));
  const value = day(year, month, Number(date.slice(4)));
  const amount = parseDecimal(written, ',') ?? parseDecimal(written, '.');
  if (value === null || amount === null) return null;
  // RC reverses a credit, so the money leaves; RD reverses a debit, so it comes back.
  const inward = mark === 'C' || mark === 'RD' || mark === 'EC';
  // Sixteen characters of reference, then blanks and a name: an older Dutch form.
  const spaced = /^(\S.{0,14}\S?) {2,}(\S.*)$/u.exec(rest);
  const owner = spaced && !rest.includes('//') ? (spaced[1] ?? '') : rest;
  const slashes = rest.indexOf('//');
  return {
    valueOn: value.iso,
    bookedOn: entry === undefined ? null : bookedDay(year, month, entry),
    clamped: value.clamped,
    amount: inward ? amount : negate(amount),
    inward,
    reversal: mark.startsWith('R'),
    expected: mark.startsWith('E'),
    kind: kindOfSwiftCode(type?.slice(1) ?? null),
    reference: meaningful(slashes < 0 ? owner : rest.slice(0, slashes)),
    bankReference: slashes < 0 ? null : meaningful(rest.slice(slashes + 2)),
    name: owner === rest ? null : meaningful(spaced?.[2]),
    supplement: meaningful(rows.slice(1).join(' ').replace(/\s+/gu, ' ')),
  };
};
