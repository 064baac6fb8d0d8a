import { ok, refuse, type Result } from '../shared/result';
import { stateTable } from '../shared/state-table';

/** Money out, step by step (DESIGN section 5). */
export const DISBURSEMENT_STATES = stateTable(
  'disbursement',
  ['draft', 'submitted', 'approved', 'paid', 'reconciled', 'returned', 'cancelled', 'bounced'],
  ['draft', 'submitted'],
  [
    ['draft', 'submit', 'submitted'],
    ['draft', 'cancel', 'cancelled'],
    ['submitted', 'approve', 'approved'],
    ['submitted', 'return', 'returned'],
    ['approved', 'pay', 'paid'],
    ['approved', 'cancel', 'cancelled'],
    ['paid', 'reconcile', 'reconciled'],
    ['paid', 'bounce', 'bounced'],
    ['reconciled', 'bounce', 'bounced'],
    // a match with a bank line that is undone
    ['reconciled', 'unreconcile', 'paid'],
    ['paid', 'unpay', 'approved'],
    ['bounced', 'unbounce', 'paid'],
  ],
);
export type DisbursementStatus = (typeof DISBURSEMENT_STATES.states)[number];

/** Requests that still claim part of a certificate. */
export const CLAIMING: ReadonlySet<string> = new Set([
  'draft',
  'submitted',
  'approved',
  'paid',
  'reconciled',
]);

/** May this much be asked for against a certificate of which others have claimed a part? */
export const decideRequest = (request: {
  readonly amountMinor: bigint;
  readonly certifiedMinor: bigint;
  readonly claimedMinor: bigint;
}): Result<null> => {
  const leftMinor = request.certifiedMinor - request.claimedMinor;
  return request.amountMinor <= leftMinor
    ? ok(null)
    : refuse('exceeds_certified', { availableMinor: leftMinor, askedMinor: request.amountMinor });
};
