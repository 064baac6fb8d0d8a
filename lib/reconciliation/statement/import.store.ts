import { createHash } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import type { Database } from '@/db/tables';
import type { LineToStore } from '../bank.form';
import type { KnownLine } from './import.rules';

type Trx = Transaction<Database>;

export const fingerprintOf = (text: string): Buffer => createHash('sha256').update(text).digest();

export const nextImportCode = async (trx: Trx): Promise<string> => {
  const { rows } = await sql<{ no: bigint }>`select nextval('bank_import_no') as no`.execute(trx);
  return `I-${(rows[0]?.no ?? 0n).toString().padStart(4, '0')}`;
};

/** Locked so that the lines that point at it while they are written are not in the way. */
export const lockImport = (trx: Trx, code: string) =>
  trx
    .selectFrom('bank_import as i')
    .innerJoin('bank_account as a', 'a.id', 'i.account_id')
    .selectAll('i')
    .select(['a.code as account', 'a.currency as account_currency'])
    .where('i.code', '=', code)
    .forNoKeyUpdate('i')
    .executeTakeFirst();

/** Imports into one account come one after the other, so that both cannot find the same line new. */
export const lockAccountForImport = async (trx: Trx, accountId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${accountId}, 75131))`.execute(trx);
};

export const cancelAsked = async (trx: Trx, importId: string): Promise<boolean> =>
  (
    await trx
      .selectFrom('bank_import')
      .select('cancel_asked')
      .where('id', '=', importId)
      .executeTakeFirstOrThrow()
  ).cancel_asked;

/** What the account has around the days of a file. The text of a fingerprint is not kept, its hash stands for it. */
export const knownLines = async (
  trx: Trx,
  accountId: string,
  from: string,
  to: string,
): Promise<KnownLine[]> =>
  (
    await trx
      .selectFrom('bank_line')
      .select([
        'id',
        'fingerprint',
        'booked_on as bookedOn',
        'amount_minor as amountMinor',
        'currency',
        'route',
        'bank_reference as bankReference',
        'reference',
        'counterparty',
        'counterparty_account as counterpartyAccount',
        'memo',
      ])
      .where('account_id', '=', accountId)
      .where('booked_on', '>=', from)
      .where('booked_on', '<=', to)
      .orderBy('id')
      .execute()
  ).map(({ fingerprint, id, ...line }) => ({
    ...line,
    id: String(id),
    fingerprintText: fingerprint.toString('hex'),
  }));

/** Writes a few thousand lines in one statement. */
export const insertLines = async (
  trx: Trx,
  home: { readonly accountId: string; readonly importId: string; readonly route: string },
  lines: readonly (LineToStore & { readonly suspectOf: string | null })[],
): Promise<void> => {
  const rows = lines.map((line) => ({
    n: line.lineNo,
    f: line.fingerprintText,
    b: line.bookedOn,
    v: line.valueOn,
    a: String(line.amountMinor),
    c: line.currency,
    p: line.counterparty,
    pa: line.counterpartyAccount,
    r: line.reference,
    m: line.memo,
    br: line.bankReference,
    k: line.kind,
    fl: line.flags,
    s: line.suspectOf,
  }));
  await sql`
    insert into bank_line (account_id, import_id, route, line_no, fingerprint, booked_on, value_on, amount_minor, currency,
      counterparty, counterparty_account, reference, memo, bank_reference, kind, flags, suspect_of)
    select ${home.accountId}::uuid, ${home.importId}::uuid, ${home.route}, n, decode(f, 'hex'), b, v, a, c, p, pa, r, m, br, k, fl, s
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as t(n int, f text, b date, v date, a bigint, c text, p text, pa text, r text, m text, br text, k text, fl jsonb, s bigint)
    order by n`.execute(trx);
};
