import { sql, type Transaction } from 'kysely';
import type { Database } from '@/db/tables';
import { lockDonation, type DonationRow } from '../donations/donation.store';

type Trx = Transaction<Database>;

/** A gift of this account, locked; null for a stranger's, as if it were not there. */
export const lockOwnGift = async (trx: Trx, code: string, personId: string): Promise<DonationRow | null> => {
  const donation = await lockDonation(trx, { code });
  if (donation?.donorId == null) return null;
  const { rows } = await sql<{ own: boolean }>`
    select ${donation.donorId}::uuid in (select donors_of(${personId})) as own`.execute(trx);
  return rows[0]?.own ? donation : null;
};

export const ownDonors = async (trx: Trx, personId: string): Promise<string[]> =>
  (await sql<{ id: string }>`select id from donors_of(${personId}) as id order by id`.execute(trx)).rows.map(
    (row) => row.id,
  );

/** The naming of a gift as it stands; `shared` when a promise or another gift carries the same one. */
export const recognitionOf = async (trx: Trx, recognitionId: string) =>
  trx
    .selectFrom('recognition')
    .select(['id', 'withdrawn_at as withdrawnAt', 'consented_at as consentedAt'])
    .where('id', '=', recognitionId)
    .forUpdate()
    .executeTakeFirst();

export const withdrawRecognition = async (trx: Trx, id: string, at: Date): Promise<void> => {
  await trx.updateTable('recognition').set({ withdrawn_at: at }).where('id', '=', id).execute();
};

export const nameGift = async (trx: Trx, donationId: string, recognitionId: string): Promise<void> => {
  await trx
    .updateTable('donation')
    .set({ recognition_id: recognitionId })
    .where('id', '=', donationId)
    .execute();
};
