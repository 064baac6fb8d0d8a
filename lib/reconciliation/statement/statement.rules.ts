import type { Decimal } from './decimal.rules';

/**
 * The one form every bank file is read into, whatever its format. Reading never changes what the file says: a
 * statement that does not add up is kept and flagged, a record that cannot be read is refused with its line,
 * and the good records beside it stay.
 */

/** Why a whole file, or one record of it, is refused. Words: lib/i18n/messages/statements.ts. */
export const REFUSAL_REASONS = [
  'empty_file',
  'not_recognised',
  'archive_not_unpacked',
  'workbook_unreadable',
  'xml_not_well_formed',
  'xml_declarations_refused',
  'no_statement',
  'bank_reports_error',
  'file_too_long',
  'cancelled',
  'columns_not_found',
  'header_differs',
  'entry_unreadable',
  'entry_outside_statement',
  'amount_missing',
  'amount_unreadable',
  'direction_missing',
  'date_missing',
  'date_unreadable',
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

export type ReadingRefusal = {
  readonly reason: RefusalReason;
  /** Counted from 1 in the file as a text editor shows it; in a workbook the row of the sheet. */
  readonly line: number;
  readonly excerpt: string;
  /** The amount, when only something else about the record could not be read. */
  readonly amount: Decimal | null;
  readonly currency: string | null;
};

/** What is odd about one line; it is kept, and a person sees the flag. */
export const LINE_FLAGS = [
  'date_assumed',
  'date_clamped',
  'date_order_ambiguous',
  'year_assumed',
  'currency_missing',
  'currency_unknown',
  'currency_inferred',
  'finer_than_currency',
  'amount_too_large',
  'details_do_not_add_up',
  'balance_breaks_here',
  'short_row',
] as const;
export type LineFlag = (typeof LINE_FLAGS)[number];

/** What is odd about a statement or a file as a whole. */
export const STATEMENT_FLAGS = [
  'does_not_add_up',
  'currencies_differ',
  'opening_missing',
  'closing_missing',
  'account_missing',
  'account_contradicted',
  'declared_totals_differ',
  'pages_incomplete',
  'duplicate_of_earlier',
  'bank_references_repeat',
  'date_order_ambiguous',
  'currency_guessed',
  'columns_guessed',
  'sign_inverted',
  'sign_from_words',
  'sign_unknown',
  'encoding_guessed',
  'encoding_damaged',
] as const;
export type StatementFlag = (typeof STATEMENT_FLAGS)[number];

/** `void`: the bank shows it but no money moved (a closed wallet order); `information`: announced only. */
export type LineStatus = 'booked' | 'pending' | 'information' | 'void';

/** A hint from the bank's own codes and words, never a decision. */
export type LineKind =
  | 'fee'
  | 'interest'
  | 'tax'
  | 'return'
  | 'refund'
  | 'cash'
  | 'cheque'
  | 'card'
  | 'opening_balance'
  | 'internal'
  | null;

/** One payment inside a line that the bank booked as a batch, or a fee inside an amount. */
export type LineDetail = {
  readonly amount: Decimal | null;
  readonly currency: string | null;
  readonly counterparty: string | null;
  readonly counterpartyAccount: string | null;
  readonly reference: string | null;
  readonly memo: string;
  readonly kind: LineKind;
};

/** What a format reader says about one movement before it is judged. */
export type LineDraft = {
  readonly lineNo: number;
  /** Null when the file gives none that can be read. */
  readonly bookedOn: string | null;
  readonly valueOn: string | null;
  /** Signed: money in is positive. */
  readonly amount: Decimal;
  /** Money in; said apart from the sign because an amount of nothing has a direction too. */
  readonly inward: boolean;
  /** As the file says, also codes we cannot book (DEM); null when it says nothing. */
  readonly currency: string | null;
  readonly counterparty: string | null;
  readonly counterpartyAccount: string | null;
  /** What the payer wrote for the payee: end-to-end or creditor reference. */
  readonly reference: string | null;
  readonly memo: string;
  /** What the bank calls this movement. */
  readonly bankReference: string | null;
  readonly kind: LineKind;
  readonly reversal: boolean;
  readonly status: LineStatus;
  readonly details: readonly LineDetail[];
  readonly balanceAfter: Decimal | null;
  readonly flags: readonly LineFlag[];
  /** A wallet's own words, for its own totals. */
  readonly source: { readonly direction: string; readonly status: string } | null;
};

export type StatementLine = Omit<LineDraft, 'bookedOn'> & {
  readonly bookedOn: string;
  /** Null while the currency is missing or unknown, or the amount finer than the currency: see flags. */
  readonly amountMinor: bigint | null;
  /** 1 for the first of equal lines of an account in this file, 2 for the second … */
  readonly occurrence: number;
  /** Account + content + occurrence as text: equal text is the same movement. */
  readonly fingerprintText: string;
};

export type Balance = {
  readonly amount: Decimal;
  readonly currency: string | null;
  readonly on: string | null;
  /** The format's own name of the balance: OPBD, 60F, 62M … */
  readonly code: string;
  /** The date exactly as written, for formats whose expectations quote it. */
  readonly dateText: string | null;
};

export type Account = {
  readonly id: string | null;
  readonly currency: string | null;
  readonly bank: string | null;
  readonly name: string | null;
};

/** Facts only one format has, under the names the collection of expected answers uses. */
export type FormatFacts = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export type StatementDraft = {
  readonly id: string | null;
  readonly number: string | null;
  readonly account: Account;
  readonly from: string | null;
  readonly to: string | null;
  readonly opening: Balance | null;
  readonly closing: Balance | null;
  readonly lines: readonly LineDraft[];
  readonly refused: readonly ReadingRefusal[];
  readonly flags: readonly StatementFlag[];
  readonly facts: FormatFacts;
};

export type Statement = Omit<StatementDraft, 'lines'> & {
  readonly lines: readonly StatementLine[];
  /** Opening + booked lines = closing; null when the file does not let it be decided. */
  readonly addsUp: boolean | null;
};

export type StatementFamily = 'camt' | 'mt' | 'ofx' | 'qif' | 'csv' | 'wallet' | 'unknown';

export type StatementFile = {
  readonly family: StatementFamily;
  /** camt.053.001.02, MT940, OFX, QIF, CSV, ALIPAY, WECHAT … */
  readonly format: string;
  readonly encoding: string;
  /**
   * Files of one route word the same movement in the same way, so equal content there is the same movement;
   * between routes it is not. camt.052 and camt.053 are two routes, and so are two layouts of one bank's CSV.
   */
  readonly route: string;
  readonly statements: readonly Statement[];
  /** Records refused inside and outside statements, in file order. */
  readonly errors: readonly ReadingRefusal[];
  readonly flags: readonly StatementFlag[];
  readonly facts: FormatFacts;
  /** Set when nothing of the file may be imported. */
  readonly refusal: ReadingRefusal | null;
};

/** What a format reader hands over: judged and finished by finish.rules.ts. */
export type FileDraft = Omit<StatementFile, 'statements' | 'encoding' | 'errors' | 'route'> & {
  /** What tells tables of one format apart: their header. */
  readonly layout?: string;
  readonly statements: readonly StatementDraft[];
  /** Records that stand outside every statement. */
  readonly stray: readonly ReadingRefusal[];
};

/** Called every few hundred records; returning false stops the reading, and nothing is imported. */
export type Progress = (done: number, total: number) => boolean;

const EXCERPT_MAX = 120;

/** One line of what the file says there, short enough for a screen. */
export const excerptOf = (text: string): string => {
  const flat = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return flat.length > EXCERPT_MAX ? `${flat.slice(0, EXCERPT_MAX - 1)}…` : flat;
};

export const refusal = (
  reason: RefusalReason,
  line: number,
  text: string,
  known?: { readonly amount?: Decimal | null; readonly currency?: string | null },
): ReadingRefusal => ({
  reason,
  line,
  excerpt: excerptOf(text),
  amount: known?.amount ?? null,
  currency: known?.currency ?? null,
});

/** A file of which nothing is imported. */
export const refusedFile = (
  family: StatementFamily,
  format: string,
  why: ReadingRefusal,
  facts: FormatFacts = {},
): FileDraft => ({ family, format, statements: [], stray: [], flags: [], facts, refusal: why });
