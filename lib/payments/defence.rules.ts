/*
 * Who may have a payment page opened. Card testers try stolen numbers on donation forms: thousands of small tries
 * from hundreds of addresses. Real givers are slow, few per address, and mostly pay. So what counts against an address
 * are refused cards that outweigh its paid gifts: a concert hall behind one address has many of both and is let through.
 * Nobody is refused for being many; that only asks their browser for a second of work.
 *
 * Before the first card is refused, pages opened by testers look like a rush. So card pages of strangers (sources
 * nobody has paid from within the hour) that wait for an answer are counted for everybody together: when there are more
 * than payments explain, the next stranger waits for one of them to end, proves a mailbox, or pays by another way. A hall
 * stops being a stranger with its first paid gift.
 */

/** What is known of the tries of one source. `unpaid`: pages of the last ten minutes that are still open. */
export type SourceCounts = { readonly declined: number; readonly paid: number; readonly unpaid: number };

export type TryCounts = {
  readonly network: SourceCounts;
  readonly subnet: SourceCounts;
  readonly device: SourceCounts;
  /** Null when the giver left no address. */
  readonly email: SourceCounts | null;
  /**
   * Of everybody: refused cards whose page was not paid afterwards, and paid gifts, of ten minutes; pages opened in the
   * last minute; a recent alarm; open card pages of strangers.
   */
  readonly all: {
    readonly declined: number;
    readonly paid: number;
    readonly opened: number;
    readonly alarmed: boolean;
    readonly strangers: number;
  };
};

export type TryDecision =
  | { readonly do: 'pass' }
  | { readonly do: 'prove'; readonly bits: number; readonly why: string }
  /** No page for now: work is not enough, a proved mailbox is, and so is asking again once others have paid. */
  | { readonly do: 'vouch'; readonly why: string }
  | { readonly do: 'refuse'; readonly why: string };

/** A form answered faster than this was not read by a person; one older than two hours is asked for again. */
export const FORM_AGE_MS = { min: 3_000, max: 2 * 3_600_000 } as const;

/** Refused cards within the hour, from which on a source is sent to a transfer instead. */
const DECLINES_MAX = {
  usual: { network: 5, subnet: 8, device: 5, email: 5 },
  attacked: { network: 2, subnet: 4, device: 2, email: 2 },
} as const;

/** Open pages within ten minutes, above which a source's browser is asked for a proof of work. */
const OPEN_MAX = { network: 8, subnet: 24, device: 3, email: 4 } as const;

/** Pages opened by everybody within a minute: a rush or an attack, nobody knows yet, and a second of work hurts neither. */
const RUSH = 30;

/** The breaker: this many refused cards within ten minutes, and more than one for so many paid gifts. */
const BREAKER = { declined: 6, paidPerDecline: 10 } as const;

/** Open card pages of strangers: so many at any time, and one more for so many paid gifts of ten minutes. */
const STRANGERS = { base: 10, paidPerMore: 15 } as const;

/** Open pages of a network that has paid: so many, and so many more for each paid gift. */
const PAYING_NETWORK = { base: 12, perPaid: 6 } as const;

/** Seventeen bits are about half a second on a telephone; each ten refused cards more double the work, up to 2^20. */
const BITS = { least: 17, most: 20 } as const;

/** Refused cards on one page before it is closed; while cards are being tried out one, unless its network has paid. */
export const declinesPerPage = ({ paying }: { readonly paying: boolean }, attacked: boolean): number =>
  attacked && !paying ? 1 : 3;

export const isBroken = (all: Pick<TryCounts['all'], 'declined' | 'paid'>): boolean =>
  all.declined >= BREAKER.declined && all.declined * BREAKER.paidPerDecline > all.paid;

/** How many open card pages strangers may have together. */
export const strangersMax = (paid: number): number =>
  STRANGERS.base + Math.floor(paid / STRANGERS.paidPerMore);

/**
 * What speaks for a try. The account answers to whatever the work answers to when everybody is asked for it, so that a
 * browser without script has a way too; it does not excuse many open pages of one source.
 */
export type Trying = {
  readonly card: boolean;
  /** A good proof of work came with it. */
  readonly worked: boolean;
  /** A signed-in account, whose mailbox was proved. */
  readonly known: boolean;
};

/** Decides about one try, which is itself among what was counted. */
export const decideTry = (counts: TryCounts, { card, worked, known }: Trying): TryDecision => {
  const attacked = isBroken(counts.all) || counts.all.alarmed;
  const most = DECLINES_MAX[attacked ? 'attacked' : 'usual'];
  for (const name of ['email', 'device', 'network', 'subnet'] as const) {
    const source = counts[name];
    if (source && source.declined >= most[name] && source.declined > source.paid)
      return { do: 'refuse', why: `declined_${name}` };
  }
  const pressed = card ? whyPressed(counts, attacked) : null;
  if (pressed !== null) {
    const mailbox = known ? counts.email : null;
    if (!mailbox) return { do: 'vouch', why: pressed };
    return mailbox.unpaid > 1 ? { do: 'vouch', why: 'open_email' } : { do: 'pass' };
  }
  if (worked) return { do: 'pass' };
  const why = whyProve(counts, known, attacked);
  return why === null ? { do: 'pass' } : { do: 'prove', bits: bitsFor(counts.all.declined), why };
};

/** Why this source may have a card page only behind a proved mailbox; null when it may. */
const whyPressed = ({ network, all }: TryCounts, attacked: boolean): string | null => {
  if (network.paid > network.declined)
    return network.unpaid > PAYING_NETWORK.base + PAYING_NETWORK.perPaid * network.paid
      ? 'open_network'
      : null;
  if (attacked) return 'breaker';
  return all.strangers > strangersMax(all.paid) ? 'strangers' : null;
};

const whyProve = (counts: TryCounts, known: boolean, attacked: boolean): string | null => {
  if (!known && attacked) return 'breaker';
  for (const name of ['device', 'email', 'network', 'subnet'] as const) {
    const source = counts[name];
    if (source && source.unpaid > OPEN_MAX[name]) return `open_${name}`;
  }
  if (known) return null;
  if (counts.all.strangers * 2 > strangersMax(counts.all.paid)) return 'strangers';
  return counts.all.opened > RUSH ? 'rush' : null;
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
