import { describe, expect, it } from 'vitest';
import { signCheckpoint } from '@/lib/proof/checkpoint';
import { actLeaf, entryLeaf, type LeafPosting } from '@/lib/proof/leaf';
import { Frontier, leafHash, type Hash } from '@/lib/proof/merkle';
import { newSignerKey, type NoteSigner } from '@/lib/proof/note';
import { entryBundle, tilePath, tilesOf } from '@/lib/proof/tiles';

// The outside verifier over a copy of a log that somebody has spoilt: whatever is changed in it is found, and the leaf
// that is named, or the range, holds the change.

type Read = (path: string) => Promise<Uint8Array | null>;
type Head = { readonly size: bigint; readonly root: Uint8Array };
type Verdict = { why: string; index: number | null; to: number | null };
const verifier = (await import(new URL('../../public/verify.mjs', import.meta.url).href)) as {
  parseKey: (vkey: string) => unknown;
  openHead: (note: string, keys: unknown[]) => Head;
  walk: (read: Read, head: Head, more?: { olds?: Head[] }) => Promise<{ numbers: () => Numbers }>;
};
type Numbers = { readonly campaigns: Record<string, Record<string, bigint>> };

const ORIGIN = 'shanlu.test/log';
const { signer } = newSignerKey(ORIGIN);
const SIZE = 700;
const GIFTS = 640;

const posting = (from: string, to: string, amountMinor: bigint): LeafPosting => ({
  book: from.startsWith('given') || from.startsWith('unallocated') ? 'purpose' : 'financial',
  from,
  to,
  amountMinor,
  currency: 'CNY',
});
const entry = (n: number, postings: LeafPosting[], lots = true): Buffer =>
  Buffer.from(
    entryLeaf({
      number: `E-${n}`,
      kind: 'gift_received',
      date: '2024-06-30',
      recorded: '2024-06-30',
      campaign: 'c',
      reverses: null,
      subject: `G-${n}`,
      postings,
      lots: lots
        ? postings
            .filter(({ book }) => book === 'purpose')
            .map(({ from, to, amountMinor }) => ({ gift: `G-${n}`, from, to, amountMinor }))
        : [],
    }),
  );
const gift = (n: number, banked = 500n, meant = 500n): Buffer =>
  entry(n, [
    posting('income:donations:c', 'assets:bank:c', banked),
    posting('given:c', 'unallocated:c', meant),
  ]);
const allocation = (n: number, amount = 100n): Buffer =>
  entry(n, [posting('unallocated:c', 'allocated:ML-07', amount)]);
const act = (n: number, date = '2024-06-30'): Buffer =>
  Buffer.from(
    actLeaf({ event: 'looked_at', subject: `ML-${n}`, date, recorded: date, campaign: 'c', facts: {} }),
  );
const LEAVES = Array.from({ length: SIZE }, (_, n) =>
  n < GIFTS ? gift(n) : n % 2 === 0 ? allocation(n) : act(n),
);

type Copy = { readonly files: Map<string, Buffer>; readonly head: string };

/** The whole log as files, its head signed by `by`. */
const publish = (leaves: readonly Buffer[], by: NoteSigner = signer): Copy => {
  const rows: Hash[][] = [leaves.map(leafHash)];
  const tree = new Frontier();
  for (const hash of rows[0] ?? [])
    tree.append(hash, ({ level }, node) => {
      if (level > 0 && level % 8 === 0) (rows[level / 8] ??= []).push(node);
    });
  const files = new Map<string, Buffer>();
  for (const tile of tilesOf(tree.size)) {
    const [from, to] = [Number(tile.index) * 256, Number(tile.index) * 256 + tile.width];
    files.set(tilePath(tile), Buffer.concat((rows[tile.level] ?? []).slice(from, to)));
    if (tile.level === 0)
      files.set(tilePath({ ...tile, level: 'entries' }), entryBundle(leaves.slice(from, to)));
  }
  return { files, head: signCheckpoint({ origin: ORIGIN, size: tree.size, root: tree.root() }, by) };
};

const headOf = ({ head }: Copy): Head => verifier.openHead(head, [verifier.parseKey(signer.vkey)]);
const check = async (copy: Copy, ...olds: Head[]): Promise<Verdict | null> => {
  try {
    await verifier.walk(async (path) => copy.files.get(path) ?? null, headOf(copy), { olds });
    return null;
  } catch (error) {
    const { message, index = null, to = null } = error as Error & { index?: number; to?: number };
    return { why: message, index, to };
  }
};
const spoilt = (change: (files: Map<string, Buffer>) => void): Copy => {
  const copy = { ...whole, files: new Map(whole.files) };
  change(copy.files);
  return copy;
};

const whole = publish(LEAVES);

/** The leaf a byte of a file belongs to, or the run of leaves. */
const leavesAt = (path: string, byte: number): [number, number] => {
  const [, level = '', number = ''] = /^tile\/(\w+)\/(\d+)/.exec(path) ?? [];
  const first = Number(number) * 256;
  if (level !== 'entries') {
    const run = 256 ** Number(level);
    const at = (first + Math.floor(byte / 32)) * run;
    return [at, at + run - 1];
  }
  let at = 0;
  for (let index = first; ; index += 1) {
    at += 2 + (LEAVES[index]?.length ?? 0);
    if (byte < at) return [index, index];
  }
};

describe('a spoilt copy', () => {
  it('an unspoilt one is found whole, also when the tree has grown past its partial files', async () => {
    expect(await check(whole)).toBeNull();
    const grown = publish([...LEAVES, ...Array.from({ length: 100 }, (_, n) => act(SIZE + n))]);
    // A partial file may go once its full one is there; the one of level 1 is still partial in the grown tree.
    const kept = [...whole.files].filter(([path]) => path.startsWith('tile/1/'));
    expect(await check({ files: new Map([...grown.files, ...kept]), head: whole.head })).toBeNull();
  });

  it('any flipped bit in any file is found where it is', async () => {
    let tried = 0;
    for (const [path, bytes] of whole.files)
      for (let step = 0; step < 12; step += 1) {
        const byte = Math.floor((step * (bytes.length - 1)) / 11);
        const verdict = await check(
          spoilt((files) => {
            const copy = Buffer.from(bytes);
            copy[byte] = (copy[byte] ?? 0) ^ (1 << (step & 7));
            files.set(path, copy);
          }),
        );
        const [first, last] = leavesAt(path, byte);
        expect(verdict?.index, `${path} byte ${byte}: ${verdict?.why}`).toBe(first);
        expect(verdict?.to).toBe(last);
        tried += 1;
      }
    expect(tried).toBe(whole.files.size * 12);
  }, 60_000);

  it('any file that is missing, cut short, longer than it should be, or another one is found', async () => {
    const paths = [...whole.files.keys()];
    for (const [at, path] of paths.entries()) {
      const bytes = whole.files.get(path) ?? Buffer.alloc(0);
      const [first] = leavesAt(path, 0);
      const other = whole.files.get(paths[(at + 1) % paths.length] ?? '') ?? Buffer.alloc(0);
      for (const [how, content] of [
        ['missing', null],
        ['cut', bytes.subarray(0, -1)],
        ['empty', Buffer.alloc(0)],
        ['longer', Buffer.concat([bytes, Buffer.from([0])])],
        ['one more', Buffer.concat([bytes, path.includes('entries') ? Buffer.alloc(2) : Buffer.alloc(32)])],
        ['another', other],
      ] as const) {
        const verdict = await check(
          spoilt((files) => (content ? files.set(path, content) : files.delete(path))),
        );
        expect(verdict, `${path} ${how}`).not.toBeNull();
        expect(verdict?.index, `${path} ${how}`).toBeGreaterThanOrEqual(how === 'another' ? 0 : first);
      }
    }
  });

  it('a head of another key, another size or another root is refused', async () => {
    const stranger = publish(LEAVES, newSignerKey(ORIGIN).signer);
    expect(() => headOf(stranger)).toThrow('not signed by the log');
    for (const from of [/\n700\n/, /\n(?=[A-Za-z0-9+/]{43}=)/])
      expect(() => headOf({ ...whole, head: whole.head.replace(from, '\n699\n') })).toThrow();
    expect(await check({ ...publish(LEAVES), head: publish([...LEAVES, act(1)]).head })).toMatchObject({
      index: 512, // the partial file of that size is not there
      why: 'this leaf is missing',
    });
  });
});

describe('a copy that was rebuilt and signed again, against a bare head of before', () => {
  const old = headOf(whole);
  it.each([
    ['changes an amount in one book', 123, gift(123, 501n)],
    ['changes an amount in the other', 300, gift(300, 500n, 499n)],
    ['names no gift for what it moves', 17, entry(17, [posting('given:c', 'unallocated:c', 500n)], false)],
    ['takes more than lies there', 650, allocation(650, 1_000_000n)],
    ['says an entry twice', 40, gift(39)],
    ['is not canonical', 500, Buffer.from(`${LEAVES[500]?.toString()} `)],
    ['is nothing we know', 501, Buffer.from('{"type":"other","v":1}')],
  ])('%s: the very leaf is named', async (_, index, leaf) => {
    const rebuilt = publish(LEAVES.with(index, leaf));
    expect(await check(rebuilt, old)).toMatchObject({ index, to: index });
    expect((await check(rebuilt))?.index).toBe(index); // and without any older head
  });

  it('what only another witness could know is named as a range', async () => {
    const verdict = await check(publish(LEAVES.with(641, act(641, '2020-01-01'))), old);
    expect(verdict).toMatchObject({ index: 0, to: 699 });
    const between = headOf(publish(LEAVES.slice(0, 600)));
    expect(await check(publish(LEAVES.with(641, act(641, '2020-01-01'))), old, between)).toMatchObject({
      index: 600,
      to: 699,
    });
  });

  it('a shorter one, and one that is shorter and has grown again', async () => {
    expect(await check(publish(LEAVES.slice(0, 500)), old)).toMatchObject({ index: 500 });
    expect(await check(publish(LEAVES.toSpliced(200, 1)), old)).toMatchObject({ index: 699 });
    expect(await check(publish([...LEAVES.toSpliced(200, 1), act(1), act(2)]), old)).toMatchObject({
      index: 0,
      to: 699,
    });
  });
});

it('the numbers are those of the leaves', async () => {
  const books = await verifier.walk(async (path) => whole.files.get(path) ?? null, headOf(whole));
  const sums = books.numbers().campaigns['c CNY'];
  expect(sums).toMatchObject({
    received: BigInt(GIFTS) * 500n,
    allocated: 30n * 100n,
    paid: 0n,
    difference: 0n,
  });
});
