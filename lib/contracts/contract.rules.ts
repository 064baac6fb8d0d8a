import { ok, refuse, type Result } from '../shared/result';
import { stateTable } from '../shared/state-table';

/** @public */
export const CONTRACT_STATES = stateTable(
  'contract',
  ['proposed', 'signed', 'returned', 'completed', 'cancelled'],
  ['proposed'],
  [
    ['proposed', 'sign', 'signed'],
    ['proposed', 'return', 'returned'],
    ['signed', 'complete', 'completed'],
    ['signed', 'cancel', 'cancelled'],
  ],
);

/** @public */
export const VARIATION_STATES = stateTable(
  'variation',
  ['proposed', 'approved', 'returned'],
  ['proposed'],
  [
    ['proposed', 'approve', 'approved'],
    ['proposed', 'return', 'returned'],
  ],
);

/** Enough quotes, or a stated reason for fewer; the winner is one of those who quoted, at the quoted price. */
export const decideAward = (award: {
  readonly quotes: readonly { readonly contractor: string; readonly amountMinor: bigint }[];
  readonly required: number;
  readonly fewQuotesReason: string | null;
  readonly contractor: string;
  readonly amountMinor: bigint;
}): Result<null> => {
  const bidders = new Set(award.quotes.map((quote) => quote.contractor)).size;
  if (bidders < award.required && !award.fewQuotesReason)
    return refuse('too_few_quotes', { quotes: bidders, required: award.required }, 'fewQuotesReason');
  return award.quotes.some(
    (quote) => quote.contractor === award.contractor && quote.amountMinor === award.amountMinor,
  )
    ? ok(null)
    : refuse('quote_not_chosen');
};

/**
 * May a contract's value become this? Certified work is owed and the retention is promised: only works that nobody
 * has certified yet can be saved. More is asked of the road's free money when it is posted.
 */
export const decideVariation = (change: {
  readonly beforeMinor: bigint;
  readonly afterMinor: bigint;
  readonly retentionMinor: bigint;
  readonly worksCertifiedMinor: bigint;
}): Result<null> => {
  const leftMinor = change.beforeMinor - change.retentionMinor - change.worksCertifiedMinor;
  const savedMinor = change.beforeMinor - change.afterMinor;
  return savedMinor <= leftMinor && change.afterMinor > change.retentionMinor
    ? ok(null)
    : refuse('exceeds_committed', { availableMinor: leftMinor, askedMinor: savedMinor });
};

export type CertificateStage = 'advance' | 'base' | 'surface' | 'final' | 'retention';

/**
 * May work worth this much be certified now? Works up to the contract's value less retention; the retention itself
 * only in full, once, after the warranty. Everything but the advance needs a picture of the work.
 */
export const decideCertificate = (work: {
  readonly stage: CertificateStage;
  readonly amountMinor: bigint;
  readonly contractMinor: bigint;
  readonly retentionMinor: bigint;
  readonly worksCertifiedMinor: bigint;
  readonly retentionCertified: boolean;
  readonly segmentStatus: string;
  readonly warrantyUntil: string | null;
  readonly on: string;
  readonly photographsOfWork: number;
}): Result<null> => {
  if (work.stage === 'retention') {
    if (work.retentionCertified) return refuse('exceeds_committed', { availableMinor: 0n });
    if (work.segmentStatus !== 'in_warranty' || work.warrantyUntil === null || work.on <= work.warrantyUntil)
      return refuse('illegal_state_change', { from: work.segmentStatus, until: work.warrantyUntil });
    return work.amountMinor === work.retentionMinor
      ? ok(null)
      : refuse('amounts_differ', { retentionMinor: work.retentionMinor });
  }
  const leftMinor = work.contractMinor - work.retentionMinor - work.worksCertifiedMinor;
  if (work.amountMinor > leftMinor)
    return refuse('exceeds_committed', { availableMinor: leftMinor, askedMinor: work.amountMinor });
  if (work.stage !== 'advance' && work.photographsOfWork === 0) return refuse('evidence_missing');
  return ok(null);
};
