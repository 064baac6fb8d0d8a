import { z } from 'zod';
import { giverName } from '../donations/batch.rules';
import { day, localText, minorAmount, reason, segmentCode, sha256, slug } from '../shared/form-parts';
import { columnMappingSchema } from './statement/mapping.rules';

export const accountCode = z.string().regex(/^[a-z0-9-]{1,40}$/, { error: 'account_code' });
export const importCode = z.string().regex(/^I-\d{4,}$/, { error: 'import_number' });
const matchCode = z.string().regex(/^M-\d{4,}$/, { error: 'match_number' });
const signed = z
  .bigint({ error: 'amount' })
  .refine((minor) => minor !== 0n, { error: 'amount_must_be_positive' });

export const openBankAccountForm = z
  .object({
    code: accountCode,
    campaign: slug,
    name: localText,
    number: z.string().trim().min(1).max(60),
    main: z.boolean(),
  })
  // In the books that name is the main account's.
  .refine(({ code, main }) => main || code !== 'main', { error: 'account_code', path: ['code'] });

/** What may decide how a file is read, beside its content. */
export const readingOptions = z.object({
  dateOrder: z.enum(['dmy', 'mdy', 'ymd']).nullable().default(null),
  /** The amounts without a currency are in the account's own. */
  ownCurrency: z.boolean().default(false),
});
export type ReadingOptions = z.infer<typeof readingOptions>;

export const handInForm = z.object({
  account: accountCode,
  sha256,
  fileName: z.string().trim().min(1).max(200),
  sizeBytes: minorAmount,
  /** A table nobody has confirmed the columns of: it waits for a person. */
  asking: z.boolean(),
});

export const confirmColumnsForm = z.object({ import: importCode, mapping: columnMappingSchema });
export const answerHeldForm = z.object({ import: importCode, options: readingOptions });
export const cancelImportForm = z.object({ import: importCode });

const text = z.string().max(10_000).nullable();
/** One line of a statement as it is stored, its amount in minor units of the account's currency. */
export type LineToStore = {
  lineNo: number;
  fingerprintText: string;
  bookedOn: string;
  valueOn: string | null;
  amountMinor: bigint;
  currency: string;
  counterparty: string | null;
  counterpartyAccount: string | null;
  reference: string | null;
  memo: string;
  bankReference: string | null;
  kind: string | null;
  flags: string[];
};

export const storeStatementForm = z.object({
  import: importCode,
  format: z.string().max(100),
  route: z.string(),
  flags: z.array(z.string()),
  statements: z.array(
    z.object({
      number: text,
      from: day.nullable(),
      to: day.nullable(),
      openingMinor: z.bigint().nullable(),
      closingMinor: z.bigint().nullable(),
      currency: text,
      addsUp: z.boolean().nullable(),
      flags: z.array(z.string()),
    }),
  ),
  /** A hundred thousand rows are checked by hand-written code, not row by row: the reader made them. */
  lines: z.custom<readonly LineToStore[]>(Array.isArray),
  held: z.array(
    z.object({
      lineNo: z.number().int(),
      reason: z.string(),
      excerpt: z.string(),
      bookedOn: day.nullable(),
      amount: z.string().nullable(),
    }),
  ),
  passedOver: z.number().int(),
});
export type StatementToStore = z.infer<typeof storeStatementForm>;

export const endImportForm = z.object({
  import: importCode,
  status: z.enum(['refused', 'cancelled']),
  reason: z.string().max(200),
  line: z.number().int(),
  excerpt: z.string().max(200),
});

const number = z.string().min(3).max(60);
export const matchPart = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('gift'), subject: number, amountMinor: signed }),
  z.object({ kind: z.literal('pledge'), subject: number, amountMinor: signed }),
  z.object({
    kind: z.literal('new_gift'),
    amountMinor: signed,
    /** Null: nobody knows who gave it, or they do not want it known. */
    donorName: giverName.nullable(),
    designation: segmentCode.nullable(),
  }),
  z.object({ kind: z.literal('payout'), subject: number, amountMinor: signed }),
  z.object({ kind: z.literal('payment'), subject: number, amountMinor: signed }),
  z.object({ kind: z.literal('payment_returned'), subject: number, amountMinor: signed }),
  z.object({ kind: z.literal('refund'), subject: number, amountMinor: signed }),
  z.object({ kind: z.enum(['fee', 'interest', 'unidentified', 'cash_banked']), amountMinor: signed }),
  z.object({ kind: z.literal('exchange'), amountMinor: signed }),
  z.object({ kind: z.literal('own_transfer'), subject: accountCode, amountMinor: signed }),
]);
export type MatchPart = z.infer<typeof matchPart>;

const seenLine = z.object({ id: z.bigint(), version: z.number().int().nonnegative() });

export const makeMatchForm = z.object({
  account: accountCode,
  lines: z.array(seenLine).min(1).max(50),
  parts: z.array(matchPart).min(1).max(50),
  inBulk: z.boolean().default(false),
  /** Names of the reasons the person saw, for the record. */
  reasons: z.array(z.string().max(40)).max(12).default([]),
});

export const undoMatchForm = z.object({ match: matchCode, reason, seen: z.array(seenLine).min(1).max(50) });
export const lockMatchesForm = z.object({ matches: z.array(matchCode).min(1).max(500) });
export const dropRuleForm = z.object({ rule: z.bigint() });
