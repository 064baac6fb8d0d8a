import type { ContractLine } from '../contracts/contract.rules';
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

/**
 * Do the lines of an invoice fit the bill of quantities? A contract whose lines have quantities is paid by line: each
 * line at most what is contracted and varied, less what other invoices claim. Retention and repairs are for quantities
 * that were measured before, and an advance for none yet: their invoices have no lines.
 */
export const decideInvoiceLines = (invoice: {
  readonly stage: string;
  readonly amountMinor: bigint;
  readonly lines: readonly {
    readonly lineNo: number;
    readonly quantityMilli: bigint;
    readonly amountMinor: bigint;
  }[];
  readonly contract: readonly ContractLine[];
}): Result<null> => {
  const byQuantity =
    invoice.contract.some((line) => line.quantityMilli !== null) &&
    !['advance', 'retention', 'repair'].includes(invoice.stage);
  if (!byQuantity) return invoice.lines.length === 0 ? ok(null) : refuse('invalid_input', {}, 'lines');
  if (invoice.lines.length === 0) return refuse('invoice_lines_missing', {}, 'lines');
  if (new Set(invoice.lines.map(({ lineNo }) => lineNo)).size !== invoice.lines.length)
    return refuse('invalid_input', {}, 'lines');
  for (const one of invoice.lines) {
    const line = invoice.contract.find(({ lineNo }) => lineNo === one.lineNo);
    if (line?.quantityMilli == null) return refuse('not_found', { line: one.lineNo }, 'lines');
    const leftMilli = line.quantityMilli - line.claimedMilli;
    const leftMinor = line.amountMinor - line.claimedMinor;
    if (one.quantityMilli > leftMilli || one.amountMinor > leftMinor)
      return refuse('exceeds_contracted', { line: one.lineNo, leftMilli, leftMinor }, 'lines');
  }
  const sum = invoice.lines.reduce((total, line) => total + line.amountMinor, 0n);
  return sum === invoice.amountMinor ? ok(null) : refuse('amounts_differ', { sumMinor: sum }, 'lines');
};

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
