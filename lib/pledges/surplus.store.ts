import type { Transaction } from 'kysely';
import type { Database } from '@/db/tables';

type Trx = Transaction<Database>;

export type SurplusRow = {
  readonly id: string;
  readonly donationId: string;
  readonly choice: 'raise_pledge' | 'next_instalment' | 'general_fund' | 'refund';
  readonly amountMinor: bigint;
  readonly pledgeId: string | null;
  readonly chosenBy: string | null;
  readonly chosenOn: string;
};

export const insertSurplusChoice = async (trx: Trx, row: SurplusRow): Promise<void> => {
  await trx
    .insertInto('surplus_choice')
    .values({
      id: row.id,
      donation_id: row.donationId,
      choice: row.choice,
      amount_minor: row.amountMinor,
      pledge_id: row.pledgeId,
      chosen_by: row.chosenBy,
      chosen_on: row.chosenOn,
    })
    .execute();
};

/** What the giver said about the rest of a gift, the newest word of it; null when they were not asked. */
export const surplusChoice = async (trx: Trx, donationId: string): Promise<SurplusRow['choice'] | null> =>
  ((
    await trx
      .selectFrom('surplus_choice')
      .select('choice')
      .where('donation_id', '=', donationId)
      .orderBy('recorded_at', 'desc')
      .limit(1)
      .executeTakeFirst()
  )?.choice as SurplusRow['choice'] | undefined) ?? null;

/** A gift that keeps a promise, locked, with what of it has fulfilled any promise and what has gone back. */
export const lockGiftForSurplus = async (
  trx: Trx,
  code: string,
): Promise<{
  readonly id: string;
  readonly campaignId: string;
  readonly pledgeId: string | null;
  readonly settledMinor: bigint;
  readonly feeCoveredMinor: bigint;
  readonly goneMinor: bigint;
  readonly appliedMinor: bigint;
} | null> => {
  const gift = await trx
    .selectFrom('donation')
    .select([
      'id',
      'campaign_id as campaignId',
      'pledge_id as pledgeId',
      'settled_minor',
      'fee_covered_minor',
    ])
    .where('code', '=', code)
    .where('status', 'in', ['cleared', 'settled', 'partly_refunded', 'won'])
    .forUpdate()
    .executeTakeFirst();
  if (!gift) return null;
  const applied = await trx
    .selectFrom('pledge_application')
    .select((eb) => eb.fn.sum<string | null>('amount_minor').as('sum'))
    .where('donation_id', '=', gift.id)
    .executeTakeFirst();
  const gone = await trx
    .selectFrom('refund')
    .select((eb) => eb.fn.sum<string | null>('amount_minor').as('sum'))
    .where('donation_id', '=', gift.id)
    .where('status', 'in', ['proposed', 'approved', 'sent', 'succeeded'])
    .executeTakeFirst();
  return {
    id: gift.id,
    campaignId: gift.campaignId,
    pledgeId: gift.pledgeId,
    settledMinor: gift.settled_minor ?? 0n,
    feeCoveredMinor: gift.fee_covered_minor,
    goneMinor: BigInt(gone?.sum ?? 0),
    appliedMinor: BigInt(applied?.sum ?? 0),
  };
};
