import { canonicalBytes, type JsonValue } from './jcs';

/**
 * What a leaf of the public log says. A leaf is stored once, hashed once and can never be taken back, so it
 * holds no personal value: only public numbers (E-…, G-…, ML-07), codes, dates, amounts and commitments.
 * The format is described for outsiders in docs/log.md; public/verify.mjs reads it without this file.
 *
 * Pure: the caller gives every date and number.
 */
export const LEAF_VERSION = 1;

/** An entry bundle stores a leaf's length in two bytes (C2SP tlog-tiles), so no leaf may be longer. */
export const LEAF_BYTES_MAX = 65_535;

export type LeafBytes = Uint8Array<ArrayBuffer>;

export type LeafPosting = {
  readonly book: 'financial' | 'purpose';
  /** Account the amount leaves (credit). */
  readonly from: string;
  /** Account the amount enters (debit). */
  readonly to: string;
  /** Whole minor units, above zero. */
  readonly amountMinor: bigint;
  readonly currency: string;
};

/** How much of one gift an entry moved, so that anyone can follow a gift through the leaves. */
export type LeafLot = {
  readonly gift: string;
  readonly from: string;
  readonly to: string;
  readonly amountMinor: bigint;
};

/** Field name → lower-case hex of the HMAC made by lib/proof/commitment.ts. */
export type LeafCommitments = Readonly<Record<string, string>>;

export type EntryLeafInput = {
  /** Public number of the entry, such as E-000123. */
  readonly number: string;
  readonly kind: string;
  /** Accounting date, YYYY-MM-DD in the charity's time zone. */
  readonly date: string;
  /** When it was written: a day, or a second in UTC (2023-09-16T12:00:00Z). For gifts give the day only. */
  readonly recorded: string;
  /** Code of the campaign; null for entries that belong to none, such as interest of the charity itself. */
  readonly campaign: string | null;
  /** Public number of the entry this one reverses. */
  readonly reverses: string | null;
  /** Public number of the thing it is about: gift, allocation, contract, payment. */
  readonly subject: string | null;
  readonly postings: readonly LeafPosting[];
  readonly lots?: readonly LeafLot[] | undefined;
  readonly commitments?: LeafCommitments | undefined;
};

export type FactValue = string | bigint | number | boolean | null;

export type ActLeafInput = {
  /** Past tense, snake case: segment_accepted, contract_signed, pledge_made. */
  readonly event: string;
  /** Public number of what it happened to. */
  readonly subject: string;
  readonly date: string;
  readonly recorded: string;
  readonly campaign: string | null;
  /** Public facts. A bigint is an amount of minor units or a count and is written as a decimal string. */
  readonly facts: Readonly<Record<string, FactValue>>;
  /** Anything that may have to be forgotten, and every free text: its opening is kept where it can be erased. */
  readonly commitments?: LeafCommitments | undefined;
};

/**
 * The bytes of one ledger entry. Throws RangeError when a value does not have the shape of a public code,
 * because a name or an e-mail address that slips into a leaf cannot be removed again, and when the leaf is
 * too long; lots beyond `LOTS_PER_LEAF` belong into `lotLeaves`.
 */
export const entryLeaf = (entry: EntryLeafInput): LeafBytes => {
  if (entry.postings.length === 0) throw new RangeError('an entry has at least one posting');
  return sealed({
    v: LEAF_VERSION,
    type: 'entry',
    seq: code('number', entry.number),
    kind: code('kind', entry.kind),
    date: day(entry.date),
    recorded: instant(entry.recorded),
    campaign: optional('campaign', entry.campaign),
    reverses: optional('reverses', entry.reverses),
    subject: optional('subject', entry.subject),
    postings: entry.postings.map(posting),
    ...(entry.lots && entry.lots.length > 0 && { lots: entry.lots.map(lot) }),
    ...sealedFields(entry.commitments),
  });
};

/** The bytes of one public act: a budget set, an allocation approved, a sheet signed, a month closed. */
export const actLeaf = (act: ActLeafInput): LeafBytes =>
  sealed({
    v: LEAF_VERSION,
    type: 'act',
    event: code('event', act.event),
    subject: code('subject', act.subject),
    date: day(act.date),
    recorded: instant(act.recorded),
    campaign: optional('campaign', act.campaign),
    facts: Object.fromEntries(
      Object.entries(act.facts).map(([name, value]) => [code('fact', name), fact(name, value)]),
    ),
    ...sealedFields(act.commitments),
  });

/** Lots in one leaf: few enough that the leaf and its proof together stay below 4 KB. */
export const LOTS_PER_LEAF = 10;

/**
 * The lots of one entry when there are too many for the entry's own leaf (a concert has thousands of small
 * gifts): leaves of at most LOTS_PER_LEAF lines, numbered, that name the entry.
 */
export const lotLeaves = (
  entry: Pick<EntryLeafInput, 'number' | 'campaign'>,
  lots: readonly LeafLot[],
): LeafBytes[] => {
  const parts = Math.ceil(lots.length / LOTS_PER_LEAF);
  return Array.from({ length: parts }, (_, part) =>
    sealed({
      v: LEAF_VERSION,
      type: 'lots',
      entry: code('number', entry.number),
      campaign: optional('campaign', entry.campaign),
      part: part + 1,
      parts,
      lots: lots.slice(part * LOTS_PER_LEAF, (part + 1) * LOTS_PER_LEAF).map(lot),
    }),
  );
};

const posting = (line: LeafPosting): JsonValue => ({
  book: line.book,
  from: code('from', line.from),
  to: code('to', line.to),
  amount: amount(line.amountMinor),
  currency: currency(line.currency),
});

const lot = (line: LeafLot): JsonValue => ({
  gift: code('gift', line.gift),
  from: code('from', line.from),
  to: code('to', line.to),
  amount: amount(line.amountMinor),
});

// Codes, numbers, dates and hashes only. No space, no @ and no letter outside ASCII: a personal name, an
// address or an e-mail cannot have this shape by accident in the languages this charity works in.
const CODE = /^[A-Za-z0-9][A-Za-z0-9._:/+-]{0,127}$/;

const code = (what: string, text: string): string => {
  if (!CODE.test(text)) throw new RangeError(`${what} of a leaf is not a public code`);
  return text;
};

const optional = (what: string, text: string | null): string | null =>
  text === null ? null : code(what, text);

const day = (text: string): string => {
  if (!/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(text))
    throw new RangeError('date of a leaf is not YYYY-MM-DD');
  return text;
};

const instant = (text: string): string => {
  const shape = /^(\d{4}-\d{2}-\d{2})(?:T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ)?$/.exec(text);
  if (!shape?.[1]) throw new RangeError('recorded time of a leaf is neither a day nor a second in UTC');
  day(shape[1]);
  return text;
};

const amount = (minor: bigint): string => {
  if (minor <= 0n) throw new RangeError('an amount in a leaf is above zero');
  return minor.toString();
};

const currency = (text: string): string => {
  if (!/^[A-Z]{3}$/.test(text)) throw new RangeError('currency of a leaf is not an ISO 4217 code');
  return text;
};

const fact = (name: string, value: FactValue): JsonValue => {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new RangeError(`fact ${name} of a leaf is not a whole number`);
    return value;
  }
  return code(`fact ${name}`, value);
};

const sealedFields = (commitments: LeafCommitments | undefined): { commitments?: JsonValue } => {
  const fields = Object.entries(commitments ?? {});
  if (fields.length === 0) return {};
  for (const [field, hex] of fields) {
    code('commitment field', field);
    if (!/^[0-9a-f]{64}$/.test(hex))
      throw new RangeError(`commitment ${field} of a leaf is not 64 hex digits`);
  }
  return { commitments: Object.fromEntries(fields) };
};

const sealed = (value: JsonValue): LeafBytes => {
  const bytes = canonicalBytes(value);
  if (bytes.length > LEAF_BYTES_MAX) throw new RangeError(`a leaf has at most ${LEAF_BYTES_MAX} bytes`);
  return bytes;
};
