import type { Transaction } from 'kysely';
import type { Database } from '@/db/tables';
import type { DonorForm, RecognitionForm, SharersForm } from './giver.form';

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
      kind: donor.kind,
      contact: donor.contact,
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
      name_kind: row.form.nameKind,
      dedication: row.form.dedication,
      dedication_kind: row.form.dedication === null ? null : row.form.dedicationKind,
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

/** Who shares in a promise or in a gift that keeps none. */
export const insertSharers = async (
  trx: Trx,
  of: { readonly pledgeId: string } | { readonly donationId: string },
  sharers: SharersForm,
  newId: () => string,
): Promise<void> => {
  if (sharers.length === 0) return;
  await trx
    .insertInto('soft_credit')
    .values(
      sharers.map((sharer, index) => ({
        id: newId(),
        pledge_id: 'pledgeId' in of ? of.pledgeId : null,
        donation_id: 'donationId' in of ? of.donationId : null,
        no: index + 1,
        name: sharer.name,
        amount_minor: sharer.amountMinor,
      })),
    )
    .execute();
};

/** The evening a QR code or a card belongs to; null when there is none of this name in the campaign. */
export const findHallEvent = async (trx: Trx, slug: string, campaignId: string): Promise<string | null> =>
  (
    await trx
      .selectFrom('hall_event')
      .select('id')
      .where('slug', '=', slug)
      .where('campaign_id', '=', campaignId)
      .executeTakeFirst()
  )?.id ?? null;
