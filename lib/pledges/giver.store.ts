import type { Transaction } from 'kysely';
import type { Database } from '@/db/tables';
import type { DonorForm, RecognitionForm } from './giver.form';

type Trx = Transaction<Database>;

export const insertDonor = async (
  trx: Trx,
  id: string,
  donor: DonorForm,
  personId: string | null,
): Promise<void> => {
  await trx
    .insertInto('donor')
    .values({
      id,
      person_id: personId,
      name: donor.name,
      email: donor.email,
      phone: donor.phone,
      country: donor.country,
      lang: donor.lang,
    })
    .execute();
};

export type NewRecognition = {
  readonly id: string;
  readonly donorId: string;
  readonly form: RecognitionForm;
  readonly consentedAt: Date | null;
  /** Who looked at the words already: staff who typed them from a card; null lets them wait. */
  readonly moderatedBy: string | null;
  readonly now: Date;
  readonly salt: Buffer;
};

export const insertRecognition = async (trx: Trx, row: NewRecognition): Promise<void> => {
  await trx
    .insertInto('recognition')
    .values({
      id: row.id,
      donor_id: row.donorId,
      shown_as: row.form.shownAs,
      dedication: row.form.dedication,
      message: row.form.message,
      consented_at: row.consentedAt,
      moderation: row.moderatedBy === null ? 'waiting' : 'shown',
      moderated_by: row.moderatedBy,
      moderated_at: row.moderatedBy === null ? null : row.now,
      salt: row.salt,
    })
    .execute();
};

export const moderateRow = async (
  trx: Trx,
  id: string,
  moderation: 'shown' | 'hidden',
  by: string,
  at: Date,
): Promise<boolean> => {
  const moved = await trx
    .updateTable('recognition')
    .set({ moderation, moderated_by: by, moderated_at: at })
    .where('id', '=', id)
    .where('moderation', '<>', moderation)
    .where('withdrawn_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return moved !== undefined;
};
