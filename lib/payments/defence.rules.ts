/*
 * Who may have a payment page opened. Card testers try stolen numbers on donation forms: thousands of small tries
 * from hundreds of addresses. Real givers are slow, few per address, and mostly pay. So what counts against an address
 * are refused cards that outweigh its paid gifts: a concert hall behind one address has many of both and is let through.
 * Nobody is refused for being many; that only asks their browser for a second of work.
 */

/** What is known of the tries of one source. `unpaid`: pages of the last ten minutes that are still open. */
export type SourceCounts = { readonly declined: number; readonly paid: number; readonly unpaid: number };

export type TryCounts = {
  readonly network: SourceCounts;
  readonly subnet: SourceCounts;
  readonly device: SourceCounts;
  /** Null when the giver left no address. */
  readonly email: SourceCounts | null;
  /** Of everybody: refused cards and paid gifts of ten minutes, pages opened in the last minute, a recent alarm. */
  readonly all: {
    readonly declined: number;
    readonly paid: number;
    readonly opened: number;
    readonly alarmed: boolean;
  };
};

export type TryDecision =
  | { readonly do: 'pass' }
  | { readonly do: 'prove'; readonly bits: number; readonly why: string }
  | { readonly do: 'refuse'; readonly why: string };

/** A form answered faster than this was not read by a person; one older than two hours is asked for again. */
export const FORM_AGE_MS = { min: 3_000, max: 2 * 3_600_000 } as const;

/** Refused cards within the hour, above which a source is sent to a transfer instead. */
export const DECLINES_MAX = { network: 5, subnet: 8, device: 5, email: 5 } as const;

/** Open pages within ten minutes, above which a source's browser is asked for a proof of work. */
export const OPEN_MAX = { network: 8, subnet: 24, device: 3, email: 4 } as const;

/** Pages opened by everybody within a minute: a rush or an attack, nobody knows yet, and a second of work hurts neither. */
const RUSH = 30;

/** The breaker: this many refused cards within ten minutes, and more of them than paid gifts. */
const BREAKER = 8;

/** Seventeen bits are about half a second on a telephone; each ten refused cards more double the work, up to 2^20. */
const BITS = { least: 17, most: 20 } as const;

/** Refused cards on one page before it is closed. */
export const DECLINES_PER_PAGE = 3;

export const isBroken = (all: Pick<TryCounts['all'], 'declined' | 'paid'>): boolean =>
  all.declined >= BREAKER && all.declined > all.paid;

/**
 * What speaks for a try: a good proof of work, or a signed-in account, whose mailbox was proved. The account answers to
 * whatever the work answers to when everybody is asked for it, so that a browser without script has a way too; it does
 * not excuse many open pages of one source.
 */
export type Vouched = 'nothing' | 'account' | 'work';

/** Decides about one try. */
export const decideTry = (counts: TryCounts, vouched: Vouched): TryDecision => {
  for (const name of ['email', 'device', 'network', 'subnet'] as const) {
    const source = counts[name];
    if (source && source.declined >= DECLINES_MAX[name] && source.declined > source.paid)
      return { do: 'refuse', why: `declined_${name}` };
  }
  if (vouched === 'work') return { do: 'pass' };
  const why = whyProve(counts, vouched === 'account');
  return why === null ? { do: 'pass' } : { do: 'prove', bits: bitsFor(counts.all.declined), why };
};

const whyProve = (counts: TryCounts, known: boolean): string | null => {
  if (!known && (isBroken(counts.all) || counts.all.alarmed)) return 'breaker';
  for (const name of ['device', 'email', 'network', 'subnet'] as const) {
    const source = counts[name];
    if (source && source.unpaid > OPEN_MAX[name]) return `open_${name}`;
  }
  return !known && counts.all.opened > RUSH ? 'rush' : null;
};

const bitsFor = (declined: number): number => Math.min(BITS.most, BITS.least + Math.floor(declined / 10));

export type FormAge = 'ok' | 'young' | 'old';

export const formAge = (issuedMs: number, nowMs: number): FormAge =>
  nowMs - issuedMs < FORM_AGE_MS.min ? 'young' : nowMs - issuedMs > FORM_AGE_MS.max ? 'old' : 'ok';

/** The network around an address: /24 of IPv4, /48 of IPv6. As `clientNetwork` writes them. */
export const subnetOf = (network: string): string => {
  const v4 = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(network)?.[1];
  if (v4 !== undefined) return `${v4}.0/24`;
  const v6 = /^([0-9a-f]+:[0-9a-f]+:[0-9a-f]+):[0-9a-f]+::\/64$/.exec(network)?.[1];
  return v6 === undefined ? network : `${v6}::/48`;
};
