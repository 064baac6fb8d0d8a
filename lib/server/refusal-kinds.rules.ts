import type { GiveMistakeName } from '../payments/give-draft.form';
import type { RefusalName } from '../shared/refusal';

/** What a line about a refusal is called in the server's log, and what it means. */
export const REFUSAL_EVENTS = {
  input_refused:
    'What was sent cannot be used: a field is empty, spells nothing, or holds what no page offers.',
  rule_refused: 'What was sent can be read, and a rule of the charity says no.',
  right_refused: 'Somebody asked for a page or an act without the right to it.',
  secret_refused: 'A code, link, signature or number that was to prove something does not.',
  budget_spent: 'Somebody asked more often than a person does, or pages of cards were held from them.',
  request_refused: 'The request itself was refused before anybody looked at what it asks for.',
} as const;
export type RefusalEvent = keyof typeof REFUSAL_EVENTS;

/**
 * `info`: people who mean well come upon it every day. `warn`: our pages do not lead there, so somebody went around
 * them, or tries out what is kept from them.
 */
export type RefusalKind = {
  readonly event: RefusalEvent;
  readonly level: 'info' | 'warn';
  /** Why it is of this level. */
  readonly why: string;
};

const kind = (event: RefusalEvent, level: RefusalKind['level'], why: string): RefusalKind => ({
  event,
  level,
  why,
});

const TYPED = kind('input_refused', 'info', 'Typed wrongly, left empty, or a file of another kind.');
const CHANGED = kind('rule_refused', 'info', 'It was so when the page was opened, and is not any more.');
const BOOKS = kind('rule_refused', 'info', 'A figure that people type; the books say how far it may go.');
const NOT_YET = kind('rule_refused', 'info', 'The page offers it, and says what has to come first.');
const TWICE = kind('rule_refused', 'info', 'Pressed twice, or done by two people at once.');
const TWO_PEOPLE = kind('rule_refused', 'warn', 'One person tries to do what takes two.');
const MADE_UP = kind('input_refused', 'warn', 'No page sends it: the form was changed or made up.');
const CODE = kind('secret_refused', 'info', 'Mistyped, or older than it may be; many of them are a guesser.');
const SPENT = kind('budget_spent', 'warn', 'Budgets are wider than people, also many behind one address.');
const RAW = kind('request_refused', 'warn', 'No browser sends it from a page of ours.');

/** Refusals of acts, by their names (lib/shared/refusal.ts). */
const ACTS = {
  invalid_input: TYPED,
  not_signed_in: kind('right_refused', 'info', 'The session has ended while the page stood open.'),
  not_permitted: kind('right_refused', 'warn', 'Pages do not offer what their reader may not do.'),
  second_factor_required: kind('right_refused', 'info', 'Staff are on their way in, and are asked for it.'),
  not_found: kind('rule_refused', 'info', 'Staff type codes of roads, gifts and papers.'),
  idempotency_key_reused: kind('rule_refused', 'warn', 'A form sends its number with one content only.'),
  too_many_requests: SPENT,
  busy_try_again: kind('rule_refused', 'info', 'The database took no work: our weakness, no deed of theirs.'),
  duplicate_submission: TWICE,
  changed_since_seen: CHANGED,
  amount_must_be_positive: TYPED,
  currency_unknown: MADE_UP,
  currency_differs: BOOKS,
  accounts_must_differ: TYPED,
  account_overdrawn: BOOKS,
  exceeds_unallocated: BOOKS,
  exceeds_allocated: BOOKS,
  exceeds_committed: BOOKS,
  exceeds_certified: BOOKS,
  person_concerned: kind('rule_refused', 'warn', 'Somebody decides on a matter about themselves.'),
  too_many_reports: SPENT,
  grid_unknown: MADE_UP,
  line_unreadable: TYPED,
  line_axes_swapped: TYPED,
  line_not_on_earth: TYPED,
  line_far_away: TYPED,
  line_too_short: TYPED,
  line_crosses_itself: TYPED,
  lines_do_not_meet: TYPED,
  length_differs: TYPED,
  exceeds_budget: BOOKS,
  exceeds_donation: BOOKS,
  period_closed: CHANGED,
  already_reversed: TWICE,
  reason_required: TYPED,
  date_in_future: TYPED,
  not_open_yet: NOT_YET,
  receipt_waived: CHANGED,
  gift_already_committed: CHANGED,
  request_open: TWICE,
  account_of_staff: kind('rule_refused', 'info', 'Staff try out “forget me” on their own account.'),
  illegal_state_change: CHANGED,
  maker_is_checker: TWO_PEOPLE,
  requester_is_approver: TWO_PEOPLE,
  uploader_is_signer: TWO_PEOPLE,
  campaign_not_open: CHANGED,
  segment_not_open: CHANGED,
  designation_differs: BOOKS,
  instalments_do_not_add_up: BOOKS,
  control_totals_differ: BOOKS,
  pledge_settled: CHANGED,
  payment_provider_unavailable: kind('rule_refused', 'info', 'The provider is away: no deed of theirs.'),
  donations_suspended: kind('rule_refused', 'info', 'The public log is halted: no deed of theirs.'),
  pay_elsewhere: CHANGED,
  reference_unknown: TYPED,
  reference_mistyped: TYPED,
  not_fully_funded: NOT_YET,
  plan_impossible: NOT_YET,
  plan_change_exists: TWICE,
  account_change_waiting: TWICE,
  answers_missing: NOT_YET,
  deadline_not_reached: NOT_YET,
  shortfall_open: NOT_YET,
  too_few_quotes: NOT_YET,
  quote_not_chosen: NOT_YET,
  contract_missing: NOT_YET,
  retention_not_paid: NOT_YET,
  surplus_undecided: NOT_YET,
  allocations_remain: NOT_YET,
  acceptance_sheet_missing: NOT_YET,
  after_photographs_missing: NOT_YET,
  invoice_already_used: kind(
    'rule_refused',
    'warn',
    'One invoice is to be paid twice, and both rows name it.',
  ),
  invoice_missing: NOT_YET,
  invoice_lines_missing: NOT_YET,
  exceeds_contracted: BOOKS,
  defect_not_confirmed: NOT_YET,
  contractor_differs: BOOKS,
  evidence_missing: NOT_YET,
  file_too_large: TYPED,
  file_type_refused: TYPED,
  file_unreadable: TYPED,
  file_infected: kind(
    'input_refused',
    'warn',
    'The scanner found a virus; the line of `files` has its name.',
  ),
  file_not_checked: kind('input_refused', 'info', 'The scanner gave no answer: no deed of theirs.'),
  upload_incomplete: kind('input_refused', 'info', 'The line broke off; the phone sends the rest again.'),
  sealed_unreadable: kind(
    'secret_refused',
    'warn',
    'A photograph that was sealed for another key or account, damaged, or made up.',
  ),
  code_wrong: CODE,
  code_expired: CODE,
  code_used: CODE,
  address_invalid: TYPED,
  code_tries_used_up: kind('secret_refused', 'warn', 'Five wrong codes for one request.'),
  own_account: kind(
    'rule_refused',
    'warn',
    'Administrators cannot change their own rights; no page offers it.',
  ),
  last_administrator: NOT_YET,
  role_held: TWICE,
  role_not_held: TWICE,
  line_changed_since_seen: CHANGED,
  month_unexplained: NOT_YET,
  already_matched: TWICE,
  amounts_differ: BOOKS,
  match_locked: CHANGED,
  import_over: CHANGED,
} as const satisfies Readonly<Record<RefusalName, RefusalKind>>;

/** Mistakes on the pages of giving, which know no schema and have words of their own. */
const GIVING = {
  amount_missing: TYPED,
  amount_shape: TYPED,
  amount_decimals: TYPED,
  amount_small: TYPED,
  amount_large: TYPED,
  road_missing: TYPED,
  road_closed: CHANGED,
  timing_missing: TYPED,
  date_missing: TYPED,
  date_early: TYPED,
  date_late: TYPED,
  date_order: TYPED,
  parts_sum: TYPED,
  name_choice_missing: TYPED,
  name_missing: TYPED,
  name_wrong: TYPED,
  text_wrong: TYPED,
  text_long: TYPED,
  sharer_half: TYPED,
  sharers_much: TYPED,
  email_wrong: TYPED,
  method_missing: TYPED,
  parts_foreign: TYPED,
  transfer_foreign: TYPED,
  reference_missing: TYPED,
  reference_wrong: TYPED,
  surplus_missing: TYPED,
} as const satisfies Readonly<Record<GiveMistakeName, RefusalKind>>;

/** What has no name towards people, or is told more exactly to those who run the server than to who sent it. */
const EXACTLY = {
  value_not_offered: kind(
    'input_refused',
    'warn',
    'A choice, or a number out of a hidden field, that no page offers.',
  ),
  field_unknown: kind('input_refused', 'warn', 'A field that the form does not have.'),
  shape_wrong: kind(
    'input_refused',
    'warn',
    'A list where a word belongs: no form and no script of ours sends it.',
  ),
  text_unstorable: kind('input_refused', 'warn', 'NUL, or half a character: browsers send neither.'),
  key_wrong: kind('input_refused', 'warn', 'The number that our page gave the form is missing or changed.'),
  act_unknown: kind('input_refused', 'warn', 'The form names an act that there is not.'),
  parameter_wrong: kind('input_refused', 'info', 'Open data: whoever writes a script tries parameters.'),
  text_too_long: kind('input_refused', 'info', 'More than the form can keep.'),
  not_theirs: kind(
    'secret_refused',
    'warn',
    'A giver or visitor names a thing that is not theirs, or a link that is none.',
  ),
  step_skipped: kind(
    'rule_refused',
    'warn',
    'A later question is answered before an earlier one; no page asks it.',
  ),
  form_stale: kind(
    'secret_refused',
    'info',
    'The form stood open for long, was sent at once, or is none of ours.',
  ),
  held_off: kind('budget_spent', 'warn', 'Too many cards were declined for one source.'),
  mailbox_asked: kind(
    'budget_spent',
    'info',
    'Strangers hold many pages of cards; a proved mailbox is let through.',
  ),
  signature_wrong: kind(
    'secret_refused',
    'warn',
    'Only the provider can sign, and its money is ours or none.',
  ),
  action_unknown: kind('request_refused', 'info', 'A page opened before an update, or an action made up.'),
  http_400: RAW,
  http_403: kind(
    'request_refused',
    'warn',
    'A page of another site, or nobody’s, wanted to change something.',
  ),
  http_405: RAW,
  http_413: kind('request_refused', 'info', 'A file larger than ours; also a camera’s.'),
  http_415: RAW,
  http_422: RAW,
  http_426: RAW,
  http_501: RAW,
  http_505: RAW,
  http_other: RAW,
} as const satisfies Readonly<Record<string, RefusalKind>>;

/** Every code a line of the log can have. It is the only label of the counter that varies, so there are no more. */
export const REFUSAL_KINDS = { ...ACTS, ...GIVING, ...EXACTLY };
export type RefusalCode = keyof typeof REFUSAL_KINDS;

/** The code of an answer that was refused before any of our code looked at it; null where the answer is no refusal. */
export const codeOfStatus = (status: number): RefusalCode | null => {
  // What there is not, and what is told by whoever keeps the budget or the right.
  if (status < 400 || [401, 404, 429, 500, 502, 503, 504].includes(status)) return null;
  const code = `http_${status}`;
  return Object.hasOwn(EXACTLY, code) ? (code as RefusalCode) : 'http_other';
};
