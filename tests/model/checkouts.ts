import type { Actor } from '@/lib/auth/roles.rules';
import { receive } from './gifts';
import { dated, isClosed, Verdict, type Gift, type State } from './state';

type SeenPayment = {
  state: 'open' | 'processing' | 'paid' | 'expired' | 'failed';
  currency: string;
  amountMinor: bigint;
  paidOn: string | null;
  settled: { currency: string; grossMinor: bigint; feeMinor: bigint } | null;
};

/** What the provider shows of a payment: credited only when paid and settled, once, with figures that fit. */
export const observeCheckout = (
  state: State,
  input: { checkoutId: string; seen: SeenPayment },
  _who: Actor,
  today: string,
): Verdict => {
  const verdict = new Verdict();
  const gift = state.gifts.find((one) => one.checkoutId === input.checkoutId);
  if (!gift) return verdict.refused('not_found');
  const { seen } = input;
  const answers = (outcome: string, then: () => void = () => undefined): Verdict =>
    verdict.otherwise(then, { code: gift.code, outcome });
  if (gift.taken) return answers('already_done');
  switch (seen.state) {
    case 'open':
      return answers('still_open');
    case 'processing':
      return answers('processing', () => {
        if (gift.status === 'intent') gift.status = 'pending';
      });
    case 'expired':
    case 'failed':
      if (['expired', 'failed', 'cancelled'].includes(gift.status)) return answers('already_done');
      return answers(seen.state, () => {
        gift.status = gift.status === 'pending' ? 'failed' : seen.state;
      });
    case 'paid':
      if (seen.currency !== gift.currency) return answers('currency_differs');
      if (seen.amountMinor !== gift.amountMinor) return answers('amount_differs');
      // Paid, but the provider does not say yet what arrived: it is under way like any other.
      if (seen.settled === null)
        return answers('waiting_for_settlement', () => {
          if (gift.status === 'intent') gift.status = 'pending';
        });
      if (seen.settled.currency !== gift.campaign.currency) return answers('settled_elsewhere');
      return clearSeen(verdict, state, gift, seen, seen.settled, today);
  }
};

const clearSeen = (
  verdict: Verdict,
  state: State,
  gift: Gift,
  seen: SeenPayment,
  settled: NonNullable<SeenPayment['settled']>,
  today: string,
): Verdict => {
  const own = gift.currency === gift.campaign.currency;
  const paidOn = seen.paidOn ?? today;
  verdict.when(own && settled.grossMinor !== gift.amountMinor, 'amounts_differ');
  verdict.when(settled.feeMinor >= settled.grossMinor, 'amounts_differ');
  return verdict.otherwise(
    () => {
      receive(state, gift, { settledMinor: settled.grossMinor, feeMinor: settled.feeMinor, on: paidOn });
      // A late message finds its month closed: the gift keeps its day, the entry takes today's.
      dated(gift.campaign, isClosed(gift.campaign, paidOn) ? today : paidOn);
      gift.taken = true;
    },
    { code: gift.code, outcome: 'cleared' },
  );
};
