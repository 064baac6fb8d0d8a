import type { Transaction } from 'kysely';
import type { Database } from '@/db/tables';

type Trx = Transaction<Database>;

/** What a gift's leaf commits to, by the field names of the leaf. */
export const giverOf = (trx: Trx, donorId: string) =>
  trx.selectFrom('donor').select(['name', 'email', 'phone']).where('id', '=', donorId).executeTakeFirst();

/** A field of a gift's giver with what opens its commitment; forgotten ones have no value. */
export type Seal = { readonly field: string; readonly value: string | null; readonly salt: Buffer };

/** What a gift was sealed with before, as a question that can travel with others. */
export const sealsOf = (trx: Trx, donationId: string) =>
  trx.selectFrom('gift_seal').select(['field', 'value', 'salt']).where('donation_id', '=', donationId);

export const insertSeals = async (
  trx: Trx,
  donationId: string,
  seals: readonly { readonly field: string; readonly value: string; readonly salt: Buffer }[],
): Promise<void> => {
  await trx
    .insertInto('gift_seal')
    .values(seals.map((seal) => ({ donation_id: donationId, ...seal })))
    .execute();
};

export const forgetSealsOfDonor = async (trx: Trx, donorId: string): Promise<void> => {
  await trx
    .updateTable('gift_seal')
    .set({ value: null, salt: Buffer.alloc(0) })
    .where('value', 'is not', null)
    .where('donation_id', 'in', (eb) =>
      eb.selectFrom('donation').select('id').where('donor_id', '=', donorId),
    )
    .execute();
};
