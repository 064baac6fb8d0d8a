/**
 * Types that happen at most once to one object. Stripe may make two Event objects for one such change (its own words:
 * "use the id of the object along with event.type to identify duplicates"); the second is kept and need not be worked.
 */
export const ONCE_PER_OBJECT: ReadonlySet<string> = new Set([
  'checkout.session.completed',
  'checkout.session.expired',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'charge.dispute.created',
  'charge.dispute.closed',
  'refund.created',
]);

/** After so many tries without an end an event waits for a person instead of for the clock. */
export const ATTEMPTS_MAX = 12;

/** How long to wait before the next look at something that is not finished, in seconds: 5 s, then doubling to 1 h. */
export const waitSeconds = (attempts: number): number => Math.min(3_600, 5 * 2 ** Math.min(attempts, 10));
