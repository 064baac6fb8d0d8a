import { describe, expect, it } from 'vitest';
import {
  actLeaf,
  entryLeaf,
  LEAF_BYTES_MAX,
  lotLeaves,
  LOTS_PER_LEAF,
  type ActLeafInput,
  type EntryLeafInput,
  type LeafLot,
} from '@/lib/proof/leaf';

const entry: EntryLeafInput = {
  number: 'E-000131',
  kind: 'gift_received',
  date: '2023-09-16',
  recorded: '2023-09-16',
  campaign: 'gen-hun-meng',
  reverses: null,
  subject: 'G-0095',
  postings: [
    {
      book: 'purpose',
      from: 'given:gen-hun-meng',
      to: 'unallocated:gen-hun-meng',
      amountMinor: 50_000n,
      currency: 'CNY',
    },
  ],
};

const act: ActLeafInput = {
  event: 'segment_accepted',
  subject: 'ML-07',
  date: '2024-06-30',
  recorded: '2024-06-30T15:05:00Z',
  campaign: 'gen-hun-meng',
  facts: { length_mm: 480_000n, sheet_sha256: 'ab'.repeat(32), rework: false, contract: null },
  commitments: { remark: 'cd'.repeat(32) },
};

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('the bytes of a leaf', () => {
  it('of an entry are canonical: sorted keys, no spaces, amounts as decimal strings', () => {
    expect(text(entryLeaf(entry))).toBe(
      '{"campaign":"gen-hun-meng","date":"2023-09-16","kind":"gift_received","postings":[{"amount":"50000",' +
        '"book":"purpose","currency":"CNY","from":"given:gen-hun-meng","to":"unallocated:gen-hun-meng"}],' +
        '"recorded":"2023-09-16","reverses":null,"seq":"E-000131","subject":"G-0095","type":"entry","v":1}',
    );
  });

  it('of an act', () => {
    expect(text(actLeaf(act))).toBe(
      `{"campaign":"gen-hun-meng","commitments":{"remark":"${'cd'.repeat(32)}"},"date":"2024-06-30",` +
        `"event":"segment_accepted","facts":{"contract":null,"length_mm":"480000","rework":false,` +
        `"sheet_sha256":"${'ab'.repeat(32)}"},"recorded":"2024-06-30T15:05:00Z","subject":"ML-07","type":"act","v":1}`,
    );
  });

  it('carry the largest amount a ledger row can hold', () => {
    const large = {
      ...entry,
      postings: [{ ...entry.postings[0]!, amountMinor: 9_223_372_036_854_775_807n }],
    };
    expect(text(entryLeaf(large))).toContain('"amount":"9223372036854775807"');
  });

  it('leave out what is empty, so that the same entry has one form', () => {
    expect(entryLeaf({ ...entry, lots: [], commitments: {} })).toEqual(entryLeaf(entry));
  });
});

describe('no personal value gets into a leaf', () => {
  it.each([
    '陳大文',
    'Chan Tai Man',
    'tai.man@example.org',
    'André',
    'a b',
    '',
    ' G-1',
    "O'Neill",
    'x'.repeat(129),
  ])('%j is refused wherever a code belongs', (value) => {
    for (const field of ['number', 'kind', 'campaign', 'reverses', 'subject'] as const)
      expect(() => entryLeaf({ ...entry, [field]: value })).toThrow(RangeError);
    for (const field of ['event', 'subject', 'campaign'] as const)
      expect(() => actLeaf({ ...act, [field]: value })).toThrow(RangeError);
    expect(() => actLeaf({ ...act, facts: { name: value } })).toThrow(RangeError);
    expect(() => actLeaf({ ...act, facts: { [value]: 1 } })).toThrow(RangeError);
    expect(() => actLeaf({ ...act, commitments: { name: value } })).toThrow(RangeError);
    expect(() => actLeaf({ ...act, commitments: { [value]: 'ab'.repeat(32) } })).toThrow(RangeError);
    expect(() => entryLeaf({ ...entry, postings: [{ ...entry.postings[0]!, to: value }] })).toThrow(
      RangeError,
    );
    expect(() =>
      entryLeaf({ ...entry, lots: [{ gift: value, from: 'a', to: 'b', amountMinor: 1n }] }),
    ).toThrow(RangeError);
  });
});

describe('figures and dates are exact or refused', () => {
  it.each(['2023-9-16', '2023-13-01', '2023-02-32', '16.09.2023', ''])('date %j', (date) => {
    expect(() => entryLeaf({ ...entry, date })).toThrow(RangeError);
    expect(() => actLeaf({ ...act, date })).toThrow(RangeError);
  });
  it.each(['2023-09-16T24:00:00Z', '2023-09-16T12:00:00', '2023-09-16T12:00:00.5Z', 'now'])(
    'recorded %j',
    (recorded) => expect(() => actLeaf({ ...act, recorded })).toThrow(RangeError),
  );
  it.each([0n, -1n])('amount %s', (amountMinor) =>
    expect(() => entryLeaf({ ...entry, postings: [{ ...entry.postings[0]!, amountMinor }] })).toThrow(
      RangeError,
    ),
  );
  it.each([0.5, NaN, Infinity, 2 ** 53])('fact %s', (value) =>
    expect(() => actLeaf({ ...act, facts: { value } })).toThrow(RangeError),
  );
  it('an entry without postings', () =>
    expect(() => entryLeaf({ ...entry, postings: [] })).toThrow(RangeError));
  it('a currency that is none', () =>
    expect(() => entryLeaf({ ...entry, postings: [{ ...entry.postings[0]!, currency: 'RMB ' }] })).toThrow());
});

describe('many lots', () => {
  const lots: LeafLot[] = Array.from({ length: 2 * LOTS_PER_LEAF + 7 }, (_, at) => ({
    gift: `G-${at}`,
    from: 'unallocated:gen-hun-meng',
    to: 'allocated:ML-07',
    amountMinor: BigInt(at + 1),
  }));

  it('go into numbered leaves of their own that lose none', () => {
    const leaves = lotLeaves(entry, lots).map((leaf) => JSON.parse(text(leaf)) as Record<string, unknown>);
    expect(leaves.map(({ part, parts, entry: of }) => [part, parts, of])).toEqual([
      [1, 3, 'E-000131'],
      [2, 3, 'E-000131'],
      [3, 3, 'E-000131'],
    ]);
    expect(leaves.flatMap((leaf) => leaf['lots'])).toHaveLength(lots.length);
  });

  it('fit a leaf even when every code is as long as a code may be', () => {
    const long = 'x'.repeat(128);
    const full = Array.from({ length: LOTS_PER_LEAF }, () => ({
      gift: 'G-0000000001',
      from: long.slice(0, 60),
      to: long.slice(0, 60),
      amountMinor: 9_223_372_036_854_775_807n,
    }));
    expect(entryLeaf({ ...entry, lots: full }).length).toBeLessThan(LEAF_BYTES_MAX);
  });

  it('that would not fit are a bug and are thrown', () => {
    const tooMany = Array.from({ length: 2_000 }, (_, at) => lots[at % lots.length]!);
    expect(() => entryLeaf({ ...entry, lots: tooMany })).toThrow(RangeError);
  });
});
