import type { DonationStatus } from '../donations/donation.rules';

/**
 * What the payment provider says about one try to pay, read afresh from it. Never taken from an event's body: events
 * come late, twice and out of order, the object itself is always the newest truth.
 */
export type SeenPayment = {
  readonly state: 'open' | 'processing' | 'paid' | 'expired' | 'failed';
  /** What was paid, in the currency the giver saw. */
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly paymentIntentId: string | null;
  readonly chargeId: string | null;
  /** The charity's day on which it was paid. */
  readonly paidOn: string | null;
  /** What arrived in the provider's balance; null until the provider has settled it. */
  readonly settled: {
    readonly currency: string;
    readonly grossMinor: bigint;
    readonly feeMinor: bigint;
    readonly rate: string | null;
  } | null;
  /** The provider's word for why it failed, such as card_declined. */
  readonly failure: string | null;
};

/** What is to be done about it. Pure: the same answer whichever of webhook, return page and sweep asks first. */
export type PaymentDecision =
  | { readonly do: 'nothing'; readonly why: 'still_open' | 'already_done' }
  | { readonly do: 'wait'; readonly why: 'processing' | 'waiting_for_settlement' }
  | { readonly do: 'clear' }
  | { readonly do: 'take_second_payment' }
  | { readonly do: 'end'; readonly event: 'expire' | 'fail' }
  | { readonly do: 'flag'; readonly why: 'amount_differs' | 'currency_differs' | 'settled_elsewhere' };

const HERE: readonly DonationStatus[] = [
  'cleared',
  'settled',
  'partly_refunded',
  'refunded',
  'disputed',
  'won',
  'lost',
];

/**
 * Decides about a try to pay. A gift is credited only when the provider says `paid`; a session that is merely
 * complete may still be unpaid (delayed methods). Money that was paid twice for one gift is taken in as a gift of
 * its own, because it is really there. Figures that do not fit wait for a person instead of entering the books.
 */
export const decidePayment = (
  seen: SeenPayment,
  known: {
    readonly status: DonationStatus;
    readonly currency: string;
    readonly amountMinor: bigint;
    readonly bookCurrency: string;
    /** Whether this very try has already been taken in. */
    readonly thisTryDone: boolean;
    /** Whether another try for the same gift can still be paid. */
    readonly otherTryOpen: boolean;
  },
): PaymentDecision => {
  if (known.thisTryDone) return { do: 'nothing', why: 'already_done' };
  const here = HERE.includes(known.status);
  switch (seen.state) {
    case 'open':
      return { do: 'nothing', why: 'still_open' };
    case 'processing':
      return here ? { do: 'nothing', why: 'already_done' } : { do: 'wait', why: 'processing' };
    case 'expired':
    case 'failed': {
      // A later try may have paid the same gift, or still can; then this one's end is its own affair.
      if (here || known.otherTryOpen) return { do: 'nothing', why: 'already_done' };
      const event = seen.state === 'expired' ? 'expire' : 'fail';
      const ended: readonly DonationStatus[] = ['expired', 'failed', 'cancelled'];
      return ended.includes(known.status) ? { do: 'nothing', why: 'already_done' } : { do: 'end', event };
    }
    case 'paid': {
      if (seen.currency !== known.currency) return { do: 'flag', why: 'currency_differs' };
      if (seen.amountMinor !== known.amountMinor) return { do: 'flag', why: 'amount_differs' };
      if (seen.settled === null) return { do: 'wait', why: 'waiting_for_settlement' };
      if (seen.settled.currency !== known.bookCurrency) return { do: 'flag', why: 'settled_elsewhere' };
      return here ? { do: 'take_second_payment' } : { do: 'clear' };
    }
  }
};
