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

/** May the lines of a variation stand? They add up to its change, and no line falls below nothing. */
export const decideVariedLines = (change: {
  readonly lines: readonly ContractLine[];
  readonly varied: readonly {
    readonly lineNo: number;
    readonly quantityMilli: bigint;
    readonly amountMinor: bigint;
  }[];
  readonly changeMinor: bigint;
}): Result<null> => {
  if (change.lines.every((line) => line.quantityMilli === null))
    return change.varied.length === 0 ? ok(null) : refuse('invalid_input', {}, 'lines');
  if (new Set(change.varied.map(({ lineNo }) => lineNo)).size !== change.varied.length)
    return refuse('invalid_input', {}, 'lines');
  const sum = change.varied.reduce((total, line) => total + line.amountMinor, 0n);
  if (sum !== change.changeMinor) return refuse('amounts_differ', { sumMinor: sum }, 'lines');
  for (const one of change.varied) {
    const line = change.lines.find(({ lineNo }) => lineNo === one.lineNo);
    if (!line) return refuse('not_found', {}, 'lines');
    const leftMilli = (line.quantityMilli ?? 0n) + one.quantityMilli - line.claimedMilli;
    const leftMinor = line.amountMinor + one.amountMinor - line.claimedMinor;
    if (leftMilli < 0n || leftMinor < 0n)
      return refuse('exceeds_contracted', { line: one.lineNo, leftMilli, leftMinor }, 'lines');
  }
  return ok(null);
};

/** A line of a contract as it stands: contracted and varied, and what invoices have claimed of it. */
export type ContractLine = {
  readonly lineNo: number;
  readonly unit: string | null;
  readonly quantityMilli: bigint | null;
  readonly amountMinor: bigint;
  readonly claimedMilli: bigint;
  readonly claimedMinor: bigint;
};

/** May retention pay for this repair? Within the warranty, for a defect that was confirmed, from what is left of it. */
export const decideRepair = (repair: {
  readonly amountMinor: bigint;
  readonly retentionMinor: bigint;
  readonly usedMinor: bigint;
  readonly retentionCertified: boolean;
  readonly segmentStatus: string;
  readonly defectConfirmed: boolean;
  readonly photographsOfRepair: number;
}): Result<null> => {
  if (repair.segmentStatus !== 'in_warranty')
    return refuse('illegal_state_change', { from: repair.segmentStatus });
  if (!repair.defectConfirmed) return refuse('defect_not_confirmed', {}, 'concern');
  const leftMinor = repair.retentionCertified ? 0n : repair.retentionMinor - repair.usedMinor;
  if (repair.amountMinor > leftMinor)
    return refuse('exceeds_committed', { availableMinor: leftMinor, askedMinor: repair.amountMinor });
  return repair.photographsOfRepair > 0 ? ok(null) : refuse('evidence_missing');
};

export type CertificateStage = 'advance' | 'base' | 'surface' | 'final' | 'retention';

/** Certificates of works, which the value of the contract less its retention pays. */
export const isOfWorks = (stage: string): boolean => stage !== 'retention' && stage !== 'repair';

/**
 * May work worth this much be certified now? Works up to the contract's value less retention; the retention itself
 * only in full, less what repairs took, once, after the warranty. Everything but the advance needs a picture of the work.
 */
export const decideCertificate = (work: {
  readonly stage: CertificateStage;
  readonly amountMinor: bigint;
  readonly contractMinor: bigint;
  readonly retentionMinor: bigint;
  readonly worksCertifiedMinor: bigint;
  readonly retentionCertified: boolean;
  /** What repairs have taken of the retention. */
  readonly repairsMinor: bigint;
  readonly segmentStatus: string;
  readonly warrantyUntil: string | null;
  readonly on: string;
  readonly photographsOfWork: number;
}): Result<null> => {
  if (work.stage === 'retention') {
    if (work.retentionCertified) return refuse('exceeds_committed', { availableMinor: 0n });
    if (work.segmentStatus !== 'in_warranty' || work.warrantyUntil === null || work.on <= work.warrantyUntil)
      return refuse('illegal_state_change', { from: work.segmentStatus, until: work.warrantyUntil });
    const leftMinor = work.retentionMinor - work.repairsMinor;
    return work.amountMinor === leftMinor
      ? ok(null)
      : refuse('amounts_differ', { retentionMinor: leftMinor });
  }
  const leftMinor = work.contractMinor - work.retentionMinor - work.worksCertifiedMinor;
  if (work.amountMinor > leftMinor)
    return refuse('exceeds_committed', { availableMinor: leftMinor, askedMinor: work.amountMinor });
  if (work.stage !== 'advance' && work.photographsOfWork === 0) return refuse('evidence_missing');
  return ok(null);
};
