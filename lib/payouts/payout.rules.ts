import { ok, refuse, type Result } from '../shared/result';
import { nextState, stateTable } from '../shared/state-table';

/** The life of a payout: on its way, at the bank by the provider's word, found on a bank line; or sent back. */
export const PAYOUT_STATES = stateTable(
  'payout',
  ['expected', 'paid', 'matched', 'failed'],
  ['expected'],
  [
    ['expected', 'arrive', 'paid'],
    // The bank's statement may be read before the provider has told of the arrival.
    ['expected', 'match', 'matched'],
    ['paid', 'match', 'matched'],
    ['matched', 'unmatch', 'paid'],
    ['expected', 'fail', 'failed'],
    // Up to five days after it counted as paid.
    ['paid', 'fail', 'failed'],
  ],
);
export type PayoutStatus = (typeof PAYOUT_STATES.states)[number];
type PayoutEvent = (typeof PAYOUT_STATES.edges)[number]['event'];

export const decidePayoutMove = (status: PayoutStatus, event: PayoutEvent): Result<PayoutStatus> => {
  const to = nextState(PAYOUT_STATES, status, event);
  return to === null ? refuse('illegal_state_change', { from: status, event }) : ok(to);
};

/** The public number of a payout. */
export const payoutCode = (serial: bigint): string => `PO-${serial.toString().padStart(4, '0')}`;

/** Where a line of the provider's balance belongs in our books. */
export type LineHome =
  | 'gift'
  | 'refund'
  | 'refund_back'
  | 'dispute'
  | 'dispute_back'
  | 'fee'
  | 'reserve'
  | 'payout'
  | 'other';

/**
 * Every type of balance transaction that Stripe's API names, with its home in the ledger. `adjustment` is not here:
 * its reporting category says what it is. Types of products this charity does not use are `other`: they are booked as
 * money nobody has explained, and stop the month until somebody does.
 */
export const LINE_HOMES: Readonly<Record<string, LineHome>> = {
  charge: 'gift',
  payment: 'gift',
  refund: 'refund',
  payment_refund: 'refund',
  refund_failure: 'refund_back',
  payment_failure_refund: 'refund_back',
  stripe_fee: 'fee',
  stripe_fx_fee: 'fee',
  tax_fee: 'fee',
  fee_credit_funding: 'fee',
  payout: 'payout',
  payout_cancel: 'payout',
  payout_failure: 'payout',
  reserve_hold: 'reserve',
  reserve_release: 'reserve',
  reserve_transaction: 'reserve',
  reserved_funds: 'reserve',
  payment_network_reserve_hold: 'reserve',
  payment_network_reserve_release: 'reserve',
  payout_minimum_balance_hold: 'reserve',
  payout_minimum_balance_release: 'reserve',
  advance: 'other',
  advance_funding: 'other',
  anticipation_repayment: 'other',
  application_fee: 'other',
  application_fee_refund: 'other',
  climate_order_purchase: 'other',
  climate_order_refund: 'other',
  connect_collection_transfer: 'other',
  contribution: 'other',
  inbound_transfer: 'other',
  inbound_transfer_reversal: 'other',
  issuing_authorization_hold: 'other',
  issuing_authorization_release: 'other',
  issuing_dispute: 'other',
  issuing_dispute_provisional_credit: 'other',
  issuing_dispute_provisional_credit_reversal: 'other',
  issuing_transaction: 'other',
  obligation_outbound: 'other',
  obligation_reversal_inbound: 'other',
  payment_reversal: 'other',
  payment_unreconciled: 'other',
  stripe_balance_payment_debit: 'other',
  stripe_balance_payment_debit_reversal: 'other',
  tax_fund: 'other',
  topup: 'other',
  topup_reversal: 'other',
  transfer: 'other',
  transfer_cancel: 'other',
  transfer_failure: 'other',
  transfer_refund: 'other',
};

const ADJUSTMENTS: Readonly<Record<string, LineHome>> = {
  dispute: 'dispute',
  dispute_reversal: 'dispute_back',
  fee: 'fee',
};

/** The home of a line; a type that did not exist when this was written is `other`. */
export const homeOf = (type: string, category: string): LineHome =>
  type === 'adjustment' ? (ADJUSTMENTS[category] ?? 'other') : (LINE_HOMES[type] ?? 'other');

/** Homes whose lines must be something of ours. */
export const isTied = (home: LineHome): boolean => home !== 'fee' && home !== 'reserve' && home !== 'other';
