/** What the giver must be told when they come back: nothing about our states, only about their money. */
export type ReturnView = 'here' | 'waiting' | 'left' | 'ended' | 'gone';

/** From the gift's state and its try's; what is not known to be here is never said to be. */
export const returnView = (donation: string, checkout: string, confirmed: boolean): ReturnView => {
  switch (donation) {
    case 'cleared':
    case 'settled':
    case 'partly_refunded':
    case 'disputed':
    case 'won':
      return 'here';
    case 'refunded':
    case 'lost':
      return 'gone';
    case 'pending':
      return 'waiting';
    case 'expired':
    case 'failed':
    case 'cancelled':
      return 'ended';
    default:
      // No answer from the provider yet: nobody may be told that nothing was taken.
      if (checkout === 'open') return confirmed ? 'left' : 'waiting';
      return checkout === 'asked' || checkout === 'unknown' ? 'waiting' : 'ended';
  }
};

const REASONS = ['insufficient_funds', 'expired_card', 'authentication'] as const;
type Reason = (typeof REASONS)[number] | 'card_declined' | 'other';

/** The provider's word for a failure, as one of the few a giver can do something about. */
export const failureReason = (failure: string | null): Reason => {
  if (failure === null) return 'other';
  const known = REASONS.find((reason) => failure.includes(reason));
  return known ?? (failure.includes('decline') ? 'card_declined' : 'other');
};
