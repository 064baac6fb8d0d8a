import { sql, type Kysely, type Transaction } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database } from '@/db/tables';
import { env } from '../env';
import { seal, unseal } from '../shared/seal';

type Trx = Transaction<Database>;

/** 会计档案管理办法 (财政部 国家档案局令第79号), annex 1: vouchers, from the end of the accounting year. */
const YEARS = 30;

/** Takes the names of forgotten givers off their receipts and keeps them encrypted, as long as the law asks. */
export const sealStubs = async (trx: Trx, donors: readonly string[]): Promise<void> => {
  const receipts = await trx
    .selectFrom('receipt as r')
    .innerJoin('donation as d', 'd.id', 'r.donation_id')
    .select(['r.id', 'r.issued_on as issuedOn', 'r.issued_to as name'])
    .where('d.donor_id', 'in', [...donors])
    .where('r.issued_to', 'is not', null)
    .orderBy('r.id')
    .forUpdate('r')
    .execute();
  for (const { id, issuedOn, name } of receipts) {
    const stub = {
      receipt_id: id,
      sealed: seal(env.AUTH_SECRET, 'receipt-stub', id, name ?? ''),
      kept_until: `${Number(issuedOn.slice(0, 4)) + YEARS + 1}-01-01`,
    };
    await trx.insertInto('receipt_stub').values(stub).execute();
    await trx.updateTable('receipt').set({ issued_to: null }).where('id', '=', id).execute();
  }
};

/** The name on a stub; null when there is none, or it was sealed under another secret. */
export const openStub = async (db: Reader, receiptId: string): Promise<string | null> => {
  const row = await db
    .selectFrom('receipt_stub')
    .select('sealed')
    .where('receipt_id', '=', receiptId)
    .executeTakeFirst();
  return row ? unseal(env.AUTH_SECRET, 'receipt-stub', receiptId, row.sealed) : null;
};

/** Removes what has been kept long enough. */
export const removeOldStubs = async (db: Kysely<Database>): Promise<void> => {
  await sql`delete from receipt_stub where kept_until <= current_date`.execute(db);
};
