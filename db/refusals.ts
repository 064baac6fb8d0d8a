import { isStalePlan } from './prepare';

/**
 * Which refusal a named constraint stands for. The rules refuse first, with figures; these are the last line, for
 * races and for bugs. A constraint not listed here is a bug and is thrown.
 */
const BY_CONSTRAINT = {
  account_not_overdrawn: 'account_overdrawn',
  lot_position_not_overdrawn: 'account_overdrawn',
  entry_period_open: 'period_closed',
  entry_reversed_once: 'already_reversed',
  disbursement_invoice_once: 'invoice_already_used',
  photograph_once_per_segment: 'duplicate_submission',
  receipt_one_valid_per_gift: 'duplicate_submission',
  contract_one_in_force: 'illegal_state_change',
  allocation_maker_is_not_checker: 'maker_is_checker',
  budget_maker_is_not_checker: 'maker_is_checker',
  contract_maker_is_not_checker: 'maker_is_checker',
  variation_maker_is_not_checker: 'maker_is_checker',
  donation_maker_is_not_checker: 'maker_is_checker',
  refund_maker_is_not_checker: 'maker_is_checker',
  gift_batch_maker_is_not_checker: 'maker_is_checker',
  bank_match_maker_does_not_lock: 'maker_is_checker',
  bank_account_one_main: 'duplicate_submission',
  bank_account_code_unique: 'duplicate_submission',
  transfer_account_maker_is_not_checker: 'maker_is_checker',
  transfer_account_proposal_one_waiting: 'account_change_waiting',
  publication_maker_is_not_checker: 'maker_is_checker',
  disbursement_requester_is_not_approver: 'requester_is_approver',
} as const;

export type ConstraintRefusal = (typeof BY_CONSTRAINT)[keyof typeof BY_CONSTRAINT];

type DatabaseError = { readonly code?: unknown; readonly constraint?: unknown };

const asDatabaseError = (error: unknown): DatabaseError | null =>
  typeof error === 'object' && error !== null && 'code' in error ? error : null;

/** The refusal behind a constraint violation, or null when it is not one people can cause. */
export const refusalOfConstraint = (error: unknown): ConstraintRefusal | null => {
  const name = asDatabaseError(error)?.constraint;
  return typeof name === 'string' && Object.hasOwn(BY_CONSTRAINT, name)
    ? BY_CONSTRAINT[name as keyof typeof BY_CONSTRAINT]
    : null;
};

/**
 * The whole unit may be run again: deadlock, serialization failure, a statement prepared before a migration, and a gift
 * that another act took between our looking and our taking (the next run sees where it lies now).
 */
export const isRetryable = (error: unknown): boolean => {
  const { code, constraint } = asDatabaseError(error) ?? {};
  return (
    code === '40P01' || code === '40001' || constraint === 'lot_position_not_overdrawn' || isStalePlan(error)
  );
};

/**
 * Codes of a database that takes no work now: shutting down or starting; too many connections; a lock or a statement that
 * took too long; no room on its disk or in its memory; a standby that takes no writes; and of the way to it.
 */
const UNAVAILABLE: ReadonlySet<string> = new Set([
  ...['57P01', '57P02', '57P03', '53300', '55P03', '57014', '53100', '53200', '58030', '25006'],
  ...[
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENOTFOUND',
    'EAI_AGAIN',
  ],
  // This process has no more files to open.
  ...['EMFILE', 'ENFILE'],
]);

/** The database is away, restarting or too busy: a clean "try again", never a crash. */
export const isUnavailable = (error: unknown): boolean => {
  const code = asDatabaseError(error)?.code;
  return (
    (typeof code === 'string' && (code.startsWith('08') || UNAVAILABLE.has(code))) ||
    (error instanceof Error &&
      /timeout exceeded when trying to connect|Connection terminated|is not queryable|^timeout expired$/.test(
        error.message,
      ))
  );
};
