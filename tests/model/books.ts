/** Money that can be told apart: one gift, or the named hole that stands where a returned gift had been. */
export type Lot = {
  readonly order: number;
  readonly kind: 'gift' | 'shortfall';
  readonly subject: string;
  readonly day: string;
  readonly designation: string | null;
};

export type Share = { readonly lot: Lot; readonly amountMinor: bigint };

export type Line = {
  readonly from: string;
  readonly to: string;
  readonly amountMinor: bigint;
  /** Purpose book only: whose money it is. */
  readonly lots?: readonly Share[] | undefined;
};

type Place = { heldMinor: bigint; readonly camewith: number };

type Account = {
  readonly code: string;
  /** Which account was used first: where two places are alike, the older one is asked first. */
  readonly born: number;
  balanceMinor: bigint;
  readonly lots: Map<Lot, Place>;
};

const PURPOSES = [
  'given',
  'unallocated',
  'allocated',
  'committed',
  'certified',
  'paid',
  'fees',
  'returned',
  'lost',
  'shortfall',
];

const classOf = (code: string): string => code.slice(0, code.indexOf(':'));
/** Gifts come from outside and holes from nowhere: neither is a place where a lot lies. */
const isPlace = (code: string): boolean => !['given', 'shortfall'].includes(classOf(code));

/**
 * The books as DESIGN section 3 and 4 describe them, held in plain maps and written without a look at the ledger's
 * code: an entry moves amounts between two accounts, in the purpose book together with the gifts they are made of.
 */
export class Books {
  readonly accounts = new Map<string, Account>();
  /** Every entry ever written, for reversals. */
  readonly entries: (readonly Line[])[] = [];
  readonly lots: Lot[] = [];
  private arrivals = 0;

  openLot(lot: Omit<Lot, 'order'>): Lot {
    const opened = { ...lot, order: this.lots.length + 1 };
    this.lots.push(opened);
    return opened;
  }

  balance(code: string): bigint {
    return this.accounts.get(code)?.balanceMinor ?? 0n;
  }

  held(code: string, lot: Lot): bigint {
    return this.accounts.get(code)?.lots.get(lot)?.heldMinor ?? 0n;
  }

  /** Where the parts of a lot lie, the oldest account first. */
  placesOf(lot: Lot): { code: string; heldMinor: bigint }[] {
    return [...this.accounts.values()]
      .sort((a, b) => a.born - b.born)
      .map((account) => ({ code: account.code, heldMinor: account.lots.get(lot)?.heldMinor ?? 0n }))
      .filter((place) => place.heldMinor > 0n);
  }

  /** Whether anything of a lot is anywhere; quicker than to say where. */
  isHeld(lot: Lot): boolean {
    for (const { lots } of this.accounts.values()) if ((lots.get(lot)?.heldMinor ?? 0n) > 0n) return true;
    return false;
  }

  /** What a fund holds that may go to this road (null: to none in particular). */
  usableFor(fund: string, road: string | null): bigint {
    return this.inFund(fund, road).reduce((sum, share) => sum + share.amountMinor, 0n);
  }

  /** The next gifts of a fund for a road: those given for it first, then the free ones, each the oldest first. */
  fromFund(fund: string, road: string | null, amountMinor: bigint): Share[] {
    return take(this.inFund(fund, road), amountMinor);
  }

  /** The next gifts of a road or contract: in the order in which they came there. */
  inOrder(code: string, amountMinor: bigint): Share[] {
    const places = [...(this.accounts.get(code)?.lots ?? [])].sort(([, a], [, b]) => a.camewith - b.camewith);
    return take(
      places.map(([lot, place]) => ({ lot, amountMinor: place.heldMinor })),
      amountMinor,
    );
  }

  /**
   * What lies in an account in place of these gifts: each as far as it is there; where it has gone, what came in by
   * the entries that took it away, and in the end whatever came first. The lines that stand before it in the same
   * entry count as written.
   */
  standIns(code: string, named: readonly Share[], before: readonly Line[] = []): Share[] {
    const taken = new Map<Lot, bigint>();
    const asked = new Set<Lot>();
    const moved = new Map<Lot, bigint>();
    for (const { from, to, lots } of before)
      for (const { lot, amountMinor } of lots ?? []) {
        const change = (to === code ? amountMinor : 0n) - (from === code ? amountMinor : 0n);
        if (from === code || to === code) moved.set(lot, (moved.get(lot) ?? 0n) + change);
      }
    const takeOf = (lot: Lot, wanted: bigint): bigint => {
      const gone = taken.get(lot) ?? 0n;
      const left = this.held(code, lot) + (moved.get(lot) ?? 0n) - gone;
      const part = left < wanted ? left : wanted;
      if (part > 0n) taken.set(lot, gone + part);
      return part > 0n ? part : 0n;
    };
    // Where nothing else tells them apart, the older gift is asked first.
    for (let missing = byAge(named); missing.length > 0;) {
      const next: Share[] = [];
      for (const { lot, amountMinor } of missing) {
        let left = amountMinor - takeOf(lot, amountMinor);
        if (left === 0n || asked.has(lot)) continue;
        asked.add(lot);
        for (const share of this.cameInsteadOf(code, lot, before)) {
          const part = share.amountMinor < left ? share.amountMinor : left;
          if (part > 0n) next.push({ lot: share.lot, amountMinor: part });
          left -= part;
        }
      }
      missing = next;
    }
    let left = [...taken.values()].reduce(
      (sum, part) => sum - part,
      named.reduce((sum, share) => sum + share.amountMinor, 0n),
    );
    const places = [...(this.accounts.get(code)?.lots ?? [])].sort(([, a], [, b]) => a.camewith - b.camewith);
    const lying = places.filter(([, place]) => place.heldMinor > 0n).map(([lot]) => lot);
    for (const lot of new Set([...lying, ...moved.keys()])) left -= left > 0n ? takeOf(lot, left) : 0n;
    return [...taken].map(([lot, amountMinor]) => ({ lot, amountMinor }));
  }

  private cameInsteadOf(code: string, lot: Lot, before: readonly Line[]): Share[] {
    return [...this.entries, before]
      .filter((lines) =>
        lines.some((line) => line.from === code && line.lots?.some((one) => one.lot === lot)),
      )
      .flatMap((lines) => lines.filter((line) => line.to === code).flatMap((line) => byAge(line.lots ?? [])))
      .filter((share) => share.lot !== lot);
  }

  /** An entry's exact mirror, with what stands in the place of gifts that have gone since. */
  mirrorOf(entry: number | null): Line[] {
    const mirror: Line[] = [];
    for (const { from, to, amountMinor, lots } of entry === null ? [] : (this.entries[entry] ?? []))
      mirror.push({ from: to, to: from, amountMinor, lots: lots && this.standIns(to, lots, mirror) });
    return mirror;
  }

  /** Writes an entry and answers its number. */
  write(lines: readonly Line[]): number {
    const fresh = new Set(
      lines.flatMap(({ from, to }) => [from, to]).filter((code) => !this.accounts.has(code)),
    );
    for (const code of [...fresh].sort())
      this.accounts.set(code, { code, born: this.accounts.size, balanceMinor: 0n, lots: new Map() });
    const net = new Map<Account, Map<Lot, bigint>>();
    const add = (account: Account, lot: Lot, amountMinor: bigint): void => {
      const lots = net.get(account) ?? new Map<Lot, bigint>();
      net.set(account, lots.set(lot, (lots.get(lot) ?? 0n) + amountMinor));
    };
    for (const { from, to, amountMinor, lots } of lines) {
      const [giver, taker] = [this.account(from), this.account(to)];
      if (amountMinor <= 0n) throw new RangeError(`the model moves ${amountMinor} from ${from} to ${to}`);
      giver.balanceMinor -= amountMinor;
      taker.balanceMinor += amountMinor;
      for (const share of lots ?? []) {
        if (isPlace(from)) add(giver, share.lot, -share.amountMinor);
        if (isPlace(to)) add(taker, share.lot, share.amountMinor);
      }
    }
    for (const [account, lots] of net)
      for (const [lot, amountMinor] of lots) {
        const place = account.lots.get(lot);
        if (place) place.heldMinor += amountMinor;
        else if (amountMinor > 0n)
          account.lots.set(lot, { heldMinor: amountMinor, camewith: (this.arrivals += 1) });
        if ((account.lots.get(lot)?.heldMinor ?? 0n) < 0n || (!place && amountMinor < 0n))
          throw new RangeError(`the model lets ${lot.subject} fall below zero in ${account.code}`);
      }
    return this.entries.push(lines) - 1;
  }

  /** Sum of all balances of one class of the purpose book that belong to these accounts. */
  sumOf(codes: Iterable<string>): bigint {
    let sum = 0n;
    for (const code of codes) sum += this.balance(code);
    return sum;
  }

  isPurpose(code: string): boolean {
    return PURPOSES.includes(classOf(code));
  }

  private account(code: string): Account {
    const account = this.accounts.get(code);
    if (!account) throw new Error(`no account ${code}`);
    return account;
  }

  private inFund(fund: string, road: string | null): Share[] {
    return [...(this.accounts.get(fund)?.lots ?? [])]
      .filter(([lot]) => lot.designation === null || lot.designation === road)
      .sort(([a], [b]) => {
        if ((a.designation === null) !== (b.designation === null)) return a.designation === null ? 1 : -1;
        if (a.day !== b.day) return a.day < b.day ? -1 : 1;
        return a.order - b.order;
      })
      .map(([lot, place]) => ({ lot, amountMinor: place.heldMinor }));
  }
}

const byAge = (shares: readonly Share[]): Share[] => [...shares].sort((a, b) => a.lot.order - b.lot.order);

const take = (from: readonly Share[], amountMinor: bigint): Share[] => {
  const taken: Share[] = [];
  let left = amountMinor;
  for (const { lot, amountMinor: heldMinor } of from) {
    const part = heldMinor < left ? heldMinor : left;
    if (part > 0n) taken.push({ lot, amountMinor: part });
    left -= part;
  }
  if (left > 0n) throw new RangeError('the model takes more than there is');
  return taken;
};
