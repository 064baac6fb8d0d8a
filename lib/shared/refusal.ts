import type { RefusalDetails } from './result';

/**
 * Every reason for which Shanlu says no. This list is the specification: each name has words in three
 * languages (lib/i18n/messages/refusals.ts) and at least one test that provokes it.
 */
export const REFUSAL_NAMES = [
  // asking
  'invalid_input',
  'not_signed_in',
  'not_permitted',
  'second_factor_required',
  'not_found',
  'idempotency_key_reused',
  'too_many_requests',
  'busy_try_again',
  'duplicate_submission',
  'changed_since_seen',
  'sealed_unreadable',
  // money
  'amount_must_be_positive',
  'currency_unknown',
  'currency_differs',
  'accounts_must_differ',
  'account_overdrawn',
  'exceeds_unallocated',
  'exceeds_allocated',
  'exceeds_committed',
  'exceeds_certified',
  'person_concerned',
  'too_many_reports',
  'grid_unknown',
  'line_unreadable',
  'line_axes_swapped',
  'line_not_on_earth',
  'line_far_away',
  'line_too_short',
  'line_crosses_itself',
  'lines_do_not_meet',
  'length_differs',
  'exceeds_budget',
  'exceeds_donation',
  'period_closed',
  'already_reversed',
  'reason_required',
  'date_in_future',
  'not_open_yet',
  // givers afterwards
  'receipt_waived',
  'gift_already_committed',
  'request_open',
  'account_of_staff',
  // state
  'illegal_state_change',
  'maker_is_checker',
  'requester_is_approver',
  'uploader_is_signer',
  // pledges and gifts
  'campaign_not_open',
  'account_change_waiting',
  'segment_not_open',
  'designation_differs',
  'instalments_do_not_add_up',
  'control_totals_differ',
  'pledge_settled',
  'payment_provider_unavailable',
  'donations_suspended',
  'pay_elsewhere',
  'reference_unknown',
  'reference_mistyped',
  // roads
  'not_fully_funded',
  'plan_impossible',
  'plan_change_exists',
  'answers_missing',
  'deadline_not_reached',
  'shortfall_open',
  'too_few_quotes',
  'quote_not_chosen',
  'contract_missing',
  'retention_not_paid',
  'surplus_undecided',
  'allocations_remain',
  'acceptance_sheet_missing',
  'after_photographs_missing',
  'invoice_already_used',
  'invoice_missing',
  'invoice_lines_missing',
  'exceeds_contracted',
  'defect_not_confirmed',
  'contractor_differs',
  'evidence_missing',
  'file_too_large',
  'file_type_refused',
  'file_unreadable',
  'file_infected',
  'file_not_checked',
  'upload_incomplete',
  // signing in
  'code_wrong',
  'code_expired',
  'code_used',
  'address_invalid',
  'code_tries_used_up',
  'own_account',
  'last_administrator',
  'role_held',
  'role_not_held',
  // reconciliation
  'line_changed_since_seen',
  'month_unexplained',
  'already_matched',
  'amounts_differ',
  'match_locked',
  'import_over',
] as const;

export type RefusalName = (typeof REFUSAL_NAMES)[number];

export type Refusal = {
  readonly name: RefusalName;
  readonly details?: RefusalDetails;
  /** The input field at fault, so that a form can put the words beside it. */
  readonly field?: string;
};

/** Is this text one of the names? For what comes back in an address. */
export const isRefusalName = (text: string): text is RefusalName =>
  REFUSAL_NAMES.some((name) => name === text);
