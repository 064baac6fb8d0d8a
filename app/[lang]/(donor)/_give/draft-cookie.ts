import { cookies } from 'next/headers';
import { openDraft, sealDraft } from '@/lib/payments/give-draft';
import type { GiveDraft } from '@/lib/payments/give-draft.rules';
import { ownCookie } from '@/lib/own-cookie';
import { paymentOf } from '@/lib/payments/payment.queries';

/** No other name counts: what it holds leads to a payment, so no neighbouring host may have planted it. */
const { name: NAME, options } = ownCookie('giving');
/** Long enough to come back the same day; short, because telephones are handed round in a concert hall. */
const KEPT_SECONDS = 24 * 3600;

/** What this browser's giver has answered so far. */
export const readDraft = async (): Promise<GiveDraft | null> => openDraft((await cookies()).get(NAME)?.value);

/** The same for the first question: a draft that has become a paid gift is over, and the next gift begins empty. */
export const freshDraft = async (campaign: string): Promise<GiveDraft | null> => {
  const draft = await readDraft();
  if (draft?.campaign !== campaign) return null;
  if (draft.sent === null) return draft;
  const payment = await paymentOf(draft.sent.checkoutId);
  return payment && ['intent', 'expired', 'failed', 'cancelled'].includes(payment.status) ? draft : null;
};

/** Keeps the answers in the giver's own browser; false when they are too long to be kept. Only in actions. */
export const keepDraft = async (draft: GiveDraft): Promise<boolean> => {
  const sealed = sealDraft(draft);
  if (sealed === null) return false;
  (await cookies()).set(NAME, sealed, { ...options, maxAge: KEPT_SECONDS });
  return true;
};

export const dropDraft = async (): Promise<void> => {
  (await cookies()).set(NAME, '', { ...options, maxAge: 0 });
};
