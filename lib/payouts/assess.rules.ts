import { sumMinor } from '../shared/money';
import { homeOf, isTied, type LineHome } from './payout.rules';

/** One line of a payout as the provider lists it, amounts in minor units of its own currency. */
export type ListedLine = {
  readonly providerLineId: string;
  readonly type: string;
  readonly category: string;
  readonly currency: string;
  readonly grossMinor: bigint;
  readonly feeMinor: bigint;
  readonly netMinor: bigint;
  readonly sourceId: string | null;
  readonly madeAt: Date;
};

/** What of ours stands behind a line, and what our books say it comes to. */
export type Tie = {
  readonly subject: string;
  readonly donationId: string | null;
  /** Whose Stripe balance it moved; several campaigns for a payout of several. */
  readonly shares: readonly { readonly campaignId: string; readonly netMinor: bigint }[];
  /** The nets our books know (a won dispute comes back with or without its fee); empty when nothing is booked. */
  readonly netsMinor: readonly bigint[];
  /** The fee our books know, where the provider takes one with the line. */
  readonly feeMinor: bigint | null;
};

export type FindingKind =
  | 'missing'
  | 'extra'
  | 'wrong_fee'
  | 'wrong_amount'
  | 'wrong_currency'
  | 'twice'
  | 'not_booked'
  | 'unexpected_type'
  | 'sum_differs';

export type Finding = {
  readonly kind: FindingKind;
  readonly providerLineId: string | null;
  readonly subject: string | null;
  readonly expectedMinor: bigint | null;
  readonly foundMinor: bigint | null;
};

export type AssessedLine = ListedLine & {
  readonly home: LineHome;
  readonly tie: Tie | null;
  /** The net our books expect; null where they say nothing before the payout (fees, reserves, what is unknown). */
  readonly expectedMinor: bigint | null;
};

export type Assessment = {
  readonly lines: readonly AssessedLine[];
  readonly findings: readonly Finding[];
  /** Sum of the nets in the payout's currency. */
  readonly netMinor: bigint;
};

/** The key under which a line's counterpart is looked up: its home and the provider's id of its source. */
export const tieKey = (home: LineHome, sourceId: string | null): string => `${home}/${sourceId ?? ''}`;

/**
 * Compares a payout's list with our books and with the provider's own history of the same days. Every line is tied to
 * its gift, refund, dispute or payout, or is a finding; a line that ought to be there and is not is a finding too.
 *
 * @param elsewhere provider ids of lines that another payout has already brought
 * @param history what the provider's unfiltered history holds for this payout's time, whatever the list says
 */
export const assess = (
  payout: { readonly currency: string; readonly amountMinor: bigint },
  listed: readonly ListedLine[],
  history: readonly ListedLine[],
  ties: ReadonlyMap<string, Tie>,
  elsewhere: ReadonlySet<string>,
): Assessment => {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  const lines = listed.map((line) => {
    const home = homeOf(line.type, line.category);
    const tie = isTied(home) ? (ties.get(tieKey(home, line.sourceId)) ?? null) : null;
    const expectedMinor = tie === null ? null : (closest(tie.netsMinor, line.netMinor) ?? null);
    const assessed: AssessedLine = { ...line, home, tie, expectedMinor };
    const kind = wrong(payout.currency, assessed, seen, elsewhere);
    seen.add(line.providerLineId);
    if (tie) seen.add(tieKey(home, line.sourceId));
    if (kind !== null)
      findings.push({
        kind,
        providerLineId: line.providerLineId,
        subject: tie?.subject ?? null,
        expectedMinor,
        foundMinor: line.netMinor,
      });
    return assessed;
  });
  const here = new Set(listed.map((line) => line.providerLineId));
  for (const line of history) {
    if (here.has(line.providerLineId) || elsewhere.has(line.providerLineId)) continue;
    const tie = ties.get(tieKey(homeOf(line.type, line.category), line.sourceId));
    findings.push({
      kind: 'missing',
      providerLineId: line.providerLineId,
      subject: tie?.subject ?? null,
      expectedMinor: line.netMinor,
      foundMinor: null,
    });
  }
  const netMinor = sumMinor(
    lines.filter((line) => line.currency === payout.currency).map((line) => line.netMinor),
  );
  if (netMinor !== payout.amountMinor && findings.length === 0)
    findings.push({
      kind: 'sum_differs',
      providerLineId: null,
      subject: null,
      expectedMinor: payout.amountMinor,
      foundMinor: netMinor,
    });
  return { lines, findings, netMinor };
};

const closest = (nets: readonly bigint[], found: bigint): bigint | undefined =>
  nets.find((net) => net === found) ?? nets[0];

const wrong = (
  currency: string,
  line: AssessedLine,
  seen: ReadonlySet<string>,
  elsewhere: ReadonlySet<string>,
): FindingKind | null => {
  if (line.currency !== currency) return 'wrong_currency';
  if (seen.has(line.providerLineId) || elsewhere.has(line.providerLineId)) return 'twice';
  if (line.home === 'other') return 'unexpected_type';
  if (!isTied(line.home)) return null;
  if (line.tie === null) return 'extra';
  // A dispute may move money more than once; a gift, refund or payout is in one list only.
  if (line.home !== 'dispute' && seen.has(tieKey(line.home, line.sourceId))) return 'twice';
  if (line.expectedMinor === null) return 'not_booked';
  if (line.netMinor === line.expectedMinor) return null;
  return line.tie.feeMinor !== null &&
    line.netMinor + line.feeMinor === line.expectedMinor + line.tie.feeMinor
    ? 'wrong_fee'
    : 'wrong_amount';
};
