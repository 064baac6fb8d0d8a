import { z } from 'zod';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { normalHeader } from './columns.rules';
import type { TableRow } from './csv-rows.rules';

/**
 * How a bank's table is read: saved per bank account once a person has seen the preview, and used again as long
 * as the header stays the same. Columns are numbered from 0.
 */
const column = z.number().int().min(0).max(500).nullable();

export const columnMappingSchema = z.strictObject({
  version: z.literal(1),
  /** The header cells as they were when the mapping was made; null for files without one. */
  header: z.array(z.string().max(200)).max(500).nullable(),
  columns: z.strictObject({
    /** The day the bank booked the movement. */
    date: column,
    /** Used for a row whose first date is empty, and as value date. */
    otherDate: column,
    /** One signed column, or a debit and a credit column. */
    amount: column,
    debit: column,
    credit: column,
    balance: column,
    currency: column,
    direction: column,
    payer: column,
    payerAccount: column,
    reference: column,
    bankReference: column,
    status: column,
    /** Several accounts in one table. */
    account: column,
    memo: z.array(z.number().int().min(0).max(500)).max(50),
  }),
  dateOrder: z.enum(['ymd', 'dmy', 'mdy']).nullable(),
  decimalMark: z.enum(['.', ',']).nullable(),
  /**
   * as_written: minus is money out. inverted: a card statement on which plus is money spent. by_direction: a
   * column says which. by_words: the description does (消费, 退款 …).
   */
  sign: z.enum(['as_written', 'inverted', 'by_direction', 'by_words']),
  /** When no column says it. */
  currency: z.string().length(3).nullable(),
});

export type ColumnMapping = z.infer<typeof columnMappingSchema>;
export type MappedColumns = ColumnMapping['columns'];

/** Named so that the preview can point at them; words in lib/i18n/messages/statements.ts. */
export const MAPPING_PROBLEMS = [
  'date_column_missing',
  'amount_column_missing',
  'date_order_ambiguous',
  'year_missing',
  'currency_not_stated',
  'sign_unknown',
  'no_header',
] as const;
export type MappingProblem = (typeof MAPPING_PROBLEMS)[number];

/** Reads a mapping that was saved or sent by a form. */
export const readMapping = (value: unknown): Result<ColumnMapping> => {
  const parsed = columnMappingSchema.safeParse(value);
  if (!parsed.success)
    return refuse('invalid_input', {
      reason: 'mapping_shape',
      at: parsed.error.issues[0]?.path.join('.') ?? '',
    });
  const { columns } = parsed.data;
  if (columns.date === null) return refuse('invalid_input', { reason: 'date_column_missing' }, 'date');
  if (columns.amount === null && columns.debit === null && columns.credit === null)
    return refuse('invalid_input', { reason: 'amount_column_missing' }, 'amount');
  return ok(parsed.data);
};

export const NO_COLUMNS: MappedColumns = {
  date: null,
  otherDate: null,
  amount: null,
  debit: null,
  credit: null,
  balance: null,
  currency: null,
  direction: null,
  payer: null,
  payerAccount: null,
  reference: null,
  bankReference: null,
  status: null,
  account: null,
  memo: [],
};

const sameHeader = (saved: readonly string[], cells: readonly string[]): boolean =>
  saved.length <= cells.length &&
  saved.every((cell, i) => normalHeader(cell) === normalHeader(cells[i] ?? ''));

/** Where the header of a saved mapping stands in this file; null when it is not there as it was. */
export const findHeader = (mapping: ColumnMapping, rows: readonly TableRow[]): number | null => {
  const { header } = mapping;
  if (header === null) return -1;
  const index = rows.slice(0, 200).findIndex((row) => sameHeader(header, row.cells));
  return index < 0 ? null : index;
};
