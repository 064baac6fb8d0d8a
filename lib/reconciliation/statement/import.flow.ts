import type { Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import type { Actor } from '../../auth/roles.rules';
import { runCommand } from '../../command';
import { isCurrency } from '../../shared/money';
import { readingOptions, type StatementToStore } from '../bank.form';
import { parseTable } from './csv-rows.rules';
import { decodeText } from './decode.rules';
import { decimalText, toMinor, type Decimal } from './decimal.rules';
import { endImport, storeStatement } from './import.commands';
import { takeLines } from './import.rules';
import { columnMappingSchema, findHeader, type ColumnMapping } from './mapping.rules';
import { previewTable } from './preview.rules';
import { listenToImport } from './progress';
import { readStatement } from './read.rules';
import type { StatementFile } from './statement.rules';
import { isWorkbook, tableOfWorkbook } from './workbook.rules';

const WORKER: Actor = { kind: 'system', name: 'worker' };

type Around = {
  readonly db: Kysely<Database>;
  /** The bytes of a kept file, by the hash of its content. */
  readonly read: (sha256: string) => Promise<Uint8Array | null>;
};

/**
 * Reads one handed-in file and stores what it says. Safe to run again after a crash: an import that ended is left
 * alone, one that was cut off starts over, and lines are never doubled. Answers the state it came to.
 */
export const runImport = async (code: string, { db, read }: Around): Promise<string> => {
  const job = await db
    .updateTable('bank_import')
    .set((eb) => ({ status: 'working', phase: 'reading', attempt: eb('attempt', '+', 1), done_count: 0 }))
    .where('code', '=', code)
    .where('status', 'in', ['waiting', 'working'])
    .returning(['id', 'account_id', 'file_sha256', 'options', 'attempt'])
    .executeTakeFirst();
  if (!job) return 'over';
  const account = await db
    .selectFrom('bank_account')
    .select(['id', 'currency'])
    .where('id', '=', job.account_id)
    .executeTakeFirstOrThrow();
  const key = `import:${code}:${job.attempt}`;
  const end = async (status: 'refused' | 'cancelled', reason: string, line = 0, excerpt = '') => {
    await runCommand(endImport, { import: code, status, reason, line, excerpt }, WORKER, {
      key: `${key}:end`,
      db,
    });
    return status;
  };
  const bytes = await read(job.file_sha256);
  if (bytes === null) return end('refused', 'file_missing');
  const options = readingOptions.parse(job.options);
  const file = readStatement(bytes, {
    mapping: await savedMapping(db, account.id, bytes),
    currency: options.ownCurrency || !statesCurrency(bytes) ? account.currency : undefined,
    dateOrder: options.dateOrder ?? undefined,
  });
  if (file.refusal) return end('refused', file.refusal.reason, file.refusal.line, file.refusal.excerpt);
  const deaf = listenToImport(code, async (phase, done, total) => {
    await db
      .updateTable('bank_import')
      .set({ phase, done_count: done, total_count: total })
      .where('id', '=', job.id)
      .execute();
  });
  try {
    const stored = await runCommand(storeStatement, whatToStore(code, file, account.currency), WORKER, {
      key,
      db,
    });
    if (stored.ok) return 'done';
    if (stored.refusal.name === 'import_over') return await end('cancelled', 'cancelled');
    throw new Error(`import ${code} could not be stored: ${stored.refusal.name}`);
  } finally {
    deaf();
  }
};

/** Tables never state a currency surely enough; the other formats do or say that they do not. */
const statesCurrency = (bytes: Uint8Array): boolean => {
  const head = Buffer.from(bytes.subarray(0, 4_000)).toString('latin1');
  return /<\?xml|<Document|:60[FM]:|OFXHEADER|<OFX/u.test(head);
};

/** The table in a file, when it is one. */
const tableOf = (bytes: Uint8Array) =>
  isWorkbook(bytes) ? tableOfWorkbook(bytes, {}) : parseTable(decodeText(bytes).text);

/** The newest saved columns whose header stands in this file as it was. */
export const savedMapping = async (
  db: Pick<Kysely<Database>, 'selectFrom'>,
  accountId: string,
  bytes: Uint8Array,
): Promise<ColumnMapping | undefined> => {
  const saved = await db
    .selectFrom('column_mapping')
    .select('mapping')
    .where('account_id', '=', accountId)
    .orderBy('id', 'desc')
    .limit(50)
    .execute();
  if (saved.length === 0) return undefined;
  const table = tableOf(bytes);
  if (table === null) return undefined;
  return saved
    .map(({ mapping }) => columnMappingSchema.safeParse(mapping))
    .flatMap((one) => (one.success ? [one.data] : []))
    .find((mapping) => findHeader(mapping, table.rows) !== null);
};

const minorOf = (amount: Decimal | undefined, currency: string): bigint | null => {
  if (amount === undefined) return null;
  const minor = toMinor(amount, currency);
  return 'minor' in minor ? minor.minor : null;
};

/** What of a file is stored: lines that are certain, questions about the others, and what the bank says as a whole. */
export const whatToStore = (code: string, file: StatementFile, currency: string): StatementToStore => {
  if (!isCurrency(currency)) throw new RangeError(`accounts are not kept in ${currency}`);
  const taken = file.statements.map((statement) => takeLines(statement, currency));
  return {
    import: code,
    format: file.format,
    route: file.route,
    flags: [...file.flags],
    statements: file.statements.map((one) => ({
      number: one.number ?? one.id,
      from: one.from,
      to: one.to,
      openingMinor: minorOf(one.opening?.amount, one.opening?.currency ?? currency),
      closingMinor: minorOf(one.closing?.amount, one.closing?.currency ?? currency),
      currency: one.account.currency,
      addsUp: one.addsUp,
      flags: [...one.flags],
    })),
    lines: taken
      .flatMap(({ ready }) => ready)
      .filter((line) => line.amountMinor !== 0n)
      .map((line) => ({
        lineNo: line.lineNo,
        fingerprintText: line.fingerprintText,
        bookedOn: line.bookedOn,
        valueOn: line.valueOn,
        amountMinor: line.amountMinor,
        currency: line.currency,
        counterparty: line.counterparty,
        counterpartyAccount: line.counterpartyAccount,
        reference: line.reference,
        memo: line.memo,
        bankReference: line.bankReference,
        kind: line.kind,
        flags: [...line.flags],
      })),
    held: [
      ...taken.flatMap(({ held }) =>
        held.map(({ line, reason }) => ({
          lineNo: line.lineNo,
          reason: reason as string,
          excerpt: [line.counterparty, line.memo].filter(Boolean).join(' · ').slice(0, 200),
          bookedOn: line.bookedOn,
          amount: decimalText(line.amount),
        })),
      ),
      ...file.errors.map((one) => ({
        lineNo: one.line,
        reason: one.reason as string,
        excerpt: one.excerpt,
        bookedOn: null,
        amount: one.amount === null ? null : decimalText(one.amount),
      })),
    ],
    passedOver: taken.reduce((sum, one) => sum + one.passedOver.length, 0),
  };
};

/** Reads a file only to say what it is, before it is handed in. */
export const lookAtFile = (bytes: Uint8Array): { readonly table: boolean } => {
  const head = Buffer.from(bytes.subarray(0, 4_000)).toString('latin1');
  const known = /<\?xml|<Document|<Stmt|:20:|\{1:F01|OFXHEADER|<OFX|!Type:/u.test(head);
  return { table: !known && previewTable(bytes) !== null };
};
