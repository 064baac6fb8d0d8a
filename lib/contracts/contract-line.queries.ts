import type { Reader } from '@/db/connect';
import { staffDb } from '../staff-db';
import { linesOf } from './contract-line.store';

export type LinesOnDesk = Awaited<ReturnType<typeof linesOf>>;

/** The lines of a contract as they stand, with what invoices claim of them. */
export const linesOnDesk = async (contract: string, db: Reader = staffDb()): Promise<LinesOnDesk> => {
  const found = await db.selectFrom('contract').select('id').where('code', '=', contract).executeTakeFirst();
  return found ? linesOf(db, found.id) : [];
};
