import { ok, refuse, type Result } from '../shared/result';
import { nextState, stateTable } from '../shared/state-table';

/**
 * The life of a gift (DESIGN section 5). Money that arrives is always taken in: also after we had believed a payment
 * expired, failed or cancelled (`clear_late`), because a lost or late message must not lose a gift.
 */
export const DONATION_STATES = stateTable(
  'donation',
  [
    'intent',
    'pending',
    'recorded',
    'verified',
    'cleared',
    'settled',
    'expired',
    'failed',
    'cancelled',
    'partly_refunded',
    'refunded',
    'disputed',
    'won',
    'lost',
  ],
  ['intent', 'recorded'],
  [
    // online
    ['intent', 'await', 'pending'],
    ['intent', 'clear', 'cleared'],
    ['pending', 'clear', 'cleared'],
    ['intent', 'expire', 'expired'],
    ['intent', 'fail', 'failed'],
    ['pending', 'fail', 'failed'],
    ['intent', 'cancel', 'cancelled'],
    ['expired', 'try_again', 'intent'],
    ['failed', 'try_again', 'intent'],
    ['cancelled', 'try_again', 'intent'],
    ['expired', 'clear_late', 'cleared'],
    ['failed', 'clear_late', 'cleared'],
    ['cancelled', 'clear_late', 'cleared'],
    // by hand
    ['recorded', 'verify', 'verified'],
    ['verified', 'clear', 'cleared'],
    ['recorded', 'cancel', 'cancelled'],
    ['verified', 'cancel', 'cancelled'],
    // in a payout or on a bank line that is matched
    ['cleared', 'settle', 'settled'],
    ['won', 'settle', 'settled'],
    ['settled', 'unsettle', 'cleared'],
    // a match with a bank line that is undone: the gift waits for its money again, or was never one
    ['cleared', 'unclear', 'verified'],
    ['cleared', 'take_back', 'cancelled'],
    // back to the giver
    ['cleared', 'refund_part', 'partly_refunded'],
    ['settled', 'refund_part', 'partly_refunded'],
    ['won', 'refund_part', 'partly_refunded'],
    ['partly_refunded', 'refund_part', 'partly_refunded'],
    ['cleared', 'refund_rest', 'refunded'],
    ['settled', 'refund_rest', 'refunded'],
    ['won', 'refund_rest', 'refunded'],
    ['partly_refunded', 'refund_rest', 'refunded'],
    ['refunded', 'refund_bounced_part', 'partly_refunded'],
    ['partly_refunded', 'refund_bounced_part', 'partly_refunded'],
    ['refunded', 'refund_bounced', 'cleared'],
    ['partly_refunded', 'refund_bounced', 'cleared'],
    // the provider's word about a refund may come after the giver's bank has spoken: it is taken in all the same
    ['disputed', 'refund_part', 'disputed'],
    ['disputed', 'refund_bounced_part', 'disputed'],
    ['disputed', 'refund_bounced', 'disputed'],
    ['lost', 'refund_part', 'lost'],
    ['lost', 'refund_bounced_part', 'lost'],
    ['lost', 'refund_bounced', 'lost'],
    ['won', 'refund_bounced_part', 'won'],
    ['won', 'refund_bounced', 'won'],
    ['settled', 'refund_bounced_part', 'settled'],
    ['settled', 'refund_bounced', 'settled'],
    // taken back by the giver's bank
    ['cleared', 'dispute', 'disputed'],
    ['settled', 'dispute', 'disputed'],
    ['partly_refunded', 'dispute', 'disputed'],
    ['won', 'dispute', 'disputed'],
    ['disputed', 'win', 'won'],
    ['disputed', 'lose', 'lost'],
  ],
);
export type DonationStatus = (typeof DONATION_STATES.states)[number];
export type DonationEvent = (typeof DONATION_STATES.edges)[number]['event'];

/** How the money comes. The first three go through the payment provider's own page. */
export const CHANNELS = ['card', 'alipay', 'wechat', 'bank', 'cash', 'cheque'] as const;
export type Channel = (typeof CHANNELS)[number];
export const ONLINE_CHANNELS = ['card', 'alipay', 'wechat'] as const;
export const isOnline = (channel: string): boolean => ONLINE_CHANNELS.some((one) => one === channel);

/** Whether the money is here: what counts as received, and the only gifts that a road may be given. */
export const RECEIVED: readonly DonationStatus[] = [
  'cleared',
  'settled',
  'partly_refunded',
  'refunded',
  'disputed',
  'won',
  'lost',
];

/** Where an event leads a gift from its state, or the refusal. */
export const decideMove = (status: DonationStatus, event: DonationEvent): Result<DonationStatus> => {
  const to = nextState(DONATION_STATES, status, event);
  return to === null ? refuse('illegal_state_change', { from: status, event }) : ok(to);
};

/** The event with which money that is really there is taken in, or null when it already has been. */
export const clearingEvent = (status: DonationStatus): 'clear' | 'clear_late' | null =>
  nextState(DONATION_STATES, status, 'clear') !== null
    ? 'clear'
    : nextState(DONATION_STATES, status, 'clear_late') !== null
      ? 'clear_late'
      : null;

export type Settlement = {
  /** What the gift is worth in the book currency before fees, frozen. */
  readonly settledMinor: bigint;
  readonly feeMinor: bigint;
  readonly rate: string | null;
  readonly rateOn: string | null;
};

/** An exchange rate as people write it: digits with at most ten decimals, above zero, no exponent. */
export const RATE_SHAPE = /^(?!0+(?:\.0+)?$)\d{1,8}(?:\.\d{1,10})?$/;

/**
 * What a gift has become in the book currency. A gift in the book currency is worth itself; a gift in another one
 * needs the amount that arrived, the rate and the rate's day, and these are never changed afterwards. A fee that
 * eats the whole gift is a mistake in the figures.
 */
export const decideSettlement = (
  gift: { readonly currency: string; readonly amountMinor: bigint },
  bookCurrency: string,
  given: {
    readonly settledMinor: bigint | null;
    readonly feeMinor: bigint;
    readonly rate: string | null;
    readonly rateOn: string | null;
  },
): Result<Settlement> => {
  if (gift.currency === bookCurrency) {
    if (given.settledMinor !== null && given.settledMinor !== gift.amountMinor)
      return refuse(
        'amounts_differ',
        { givenMinor: gift.amountMinor, settledMinor: given.settledMinor },
        'settledMinor',
      );
    if (given.rate !== null) return refuse('invalid_input', { reason: 'rate_without_exchange' }, 'rate');
    return belowGift({ settledMinor: gift.amountMinor, feeMinor: given.feeMinor, rate: null, rateOn: null });
  }
  if (given.settledMinor === null || given.settledMinor <= 0n)
    return refuse('amount_must_be_positive', {}, 'settledMinor');
  if (given.rate === null || !RATE_SHAPE.test(given.rate))
    return refuse('invalid_input', { reason: 'rate' }, 'rate');
  if (given.rateOn === null) return refuse('invalid_input', { reason: 'date' }, 'rateOn');
  return belowGift({
    settledMinor: given.settledMinor,
    feeMinor: given.feeMinor,
    rate: given.rate,
    rateOn: given.rateOn,
  });
};

const belowGift = (settlement: Settlement): Result<Settlement> =>
  settlement.feeMinor >= 0n && settlement.feeMinor < settlement.settledMinor
    ? ok(settlement)
    : refuse(
        'amounts_differ',
        { feeMinor: settlement.feeMinor, settledMinor: settlement.settledMinor },
        'feeMinor',
      );

/** The public number of a gift. */
export const donationCode = (serial: bigint): string => `G-${serial.toString().padStart(4, '0')}`;
