import type { Transaction } from 'kysely';
import type { Database } from '@/db/tables';

type Trx = Transaction<Database>;

export type CheckoutState = 'asked' | 'open' | 'unknown' | 'complete' | 'expired' | 'failed';

export type CheckoutRow = {
  readonly id: string;
  readonly donationId: string;
  readonly sessionId: string | null;
  readonly sessionUrl: string | null;
  readonly chargeId: string | null;
  readonly state: CheckoutState;
};

const COLUMNS = [
  'id',
  'donation_id as donationId',
  'session_id as sessionId',
  'session_url as sessionUrl',
  'charge_id as chargeId',
  'state',
] as const;

/** Tries that can still be paid at the provider, as far as we know. */
export const PAYABLE: readonly CheckoutState[] = ['asked', 'open', 'unknown'];

export const insertCheckout = async (trx: Trx, id: string, donationId: string): Promise<void> => {
  await trx.insertInto('checkout').values({ id, donation_id: donationId, state: 'asked' }).execute();
};

/** The gift a try to pay belongs to; read without a lock, because the gift is locked before its tries. */
export const donationOfCheckout = async (trx: Trx, checkoutId: string): Promise<string | null> =>
  (await trx.selectFrom('checkout').select('donation_id').where('id', '=', checkoutId).executeTakeFirst())
    ?.donation_id ?? null;

/** All tries of one gift, the newest last. The caller holds the gift's lock. */
export const checkoutsOf = async (trx: Trx, donationId: string): Promise<CheckoutRow[]> =>
  (
    await trx
      .selectFrom('checkout')
      .select(COLUMNS)
      .where('donation_id', '=', donationId)
      .orderBy('asked_at')
      .orderBy('id')
      .execute()
  ).map((row) => ({ ...row, state: row.state as CheckoutState }));

export const changeCheckout = async (
  trx: Trx,
  id: string,
  change: {
    readonly state: CheckoutState;
    readonly sessionId?: string | undefined;
    readonly sessionUrl?: string | null | undefined;
    readonly paymentIntentId?: string | null | undefined;
    readonly chargeId?: string | null | undefined;
    readonly failure?: string | null | undefined;
  },
  now: Date,
): Promise<void> => {
  await trx
    .updateTable('checkout')
    .set({
      state: change.state,
      changed_at: now,
      ...(change.sessionId !== undefined && { session_id: change.sessionId }),
      ...(change.sessionUrl !== undefined && { session_url: change.sessionUrl }),
      ...(change.paymentIntentId !== undefined && { payment_intent_id: change.paymentIntentId }),
      ...(change.chargeId !== undefined && { charge_id: change.chargeId }),
      ...(change.failure !== undefined && { failure: change.failure }),
    })
    .where('id', '=', id)
    .execute();
};

export const moveCheckout = async (trx: Trx, id: string, donationId: string): Promise<void> => {
  await trx.updateTable('checkout').set({ donation_id: donationId }).where('id', '=', id).execute();
};

export const paysElsewhere = async (trx: Trx, campaignId: string): Promise<boolean> =>
  (
    await trx
      .selectFrom('campaign')
      .select('pay_elsewhere_url')
      .where('id', '=', campaignId)
      .executeTakeFirstOrThrow()
  ).pay_elsewhere_url !== null;
