import { describe, expect, it } from 'vitest';
import { counted } from '../support/bad-input';
import {
  consistencySpans,
  Frontier,
  inclusionSpans,
  leafHash,
  proofOf,
  verifyConsistency,
  verifyInclusion,
  type Hash,
  type NodeId,
} from '@/lib/proof/merkle';
import { signCheckpoint } from '@/lib/proof/checkpoint';
import { newSignerKey } from '@/lib/proof/note';
import {
  entryBundle,
  parseEntryBundle,
  parseTilePath,
  tileExists,
  tilePath,
  tilesOf,
} from '@/lib/proof/tiles';
import { formatTlogProof, parseTlogProof } from '@/lib/proof/tlog-proof';

const SIZE_MAX = 256;
const nodes = new Map<string, Hash>();
const roots: Hash[] = [];
const leaves = Array.from({ length: SIZE_MAX }, (_, at) => leafHash(Buffer.from(`leaf ${at}`)));
const frontier = new Frontier();
roots.push(frontier.root());
for (const leaf of leaves) {
  frontier.append(leaf, ({ level, index }, hash) => nodes.set(`${level}/${index}`, hash));
  roots.push(frontier.root());
}
const readNode = ({ level, index }: NodeId): Hash => {
  const hash = nodes.get(`${level}/${index}`);
  if (!hash) throw new Error(`no node ${level}/${index}`);
  return hash;
};
const inclusion = (index: number, size: number): Hash[] =>
  proofOf(inclusionSpans(BigInt(index), BigInt(size)), readNode);
const consistency = (size1: number, size2: number): Hash[] =>
  proofOf(consistencySpans(BigInt(size1), BigInt(size2)), readNode);
const includes = (index: number, size: number, proof: Hash[]): boolean =>
  verifyInclusion(BigInt(index), BigInt(size), leaves[index] as Hash, proof, roots[size] as Hash);
const consistent = (size1: number, size2: number, proof: Hash[]): boolean =>
  verifyConsistency(BigInt(size1), BigInt(size2), roots[size1] as Hash, roots[size2] as Hash, proof);

const flipped = (hash: Hash, bit: number): Hash => {
  const copy = Buffer.from(hash);
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
};

describe(`every pair up to ${SIZE_MAX} leaves`, () => {
  it('inclusion verifies, and no proof survives one flipped hash', () => {
    let [good, forged] = [0, 0];
    for (let size = 1; size <= SIZE_MAX; size += 1)
      for (let index = 0; index < size; index += 1) {
        const proof = inclusion(index, size);
        if (includes(index, size, proof)) good += 1;
        proof.forEach((hash, at) => {
          if (includes(index, size, proof.with(at, flipped(hash, (index + at) & 255)))) forged += 1;
        });
      }
    expect({ good, forged }).toEqual({ good: (SIZE_MAX * (SIZE_MAX + 1)) / 2, forged: 0 });
  });

  it('consistency verifies, and no proof survives one flipped hash', () => {
    let [good, forged] = [0, 0];
    for (let size2 = 1; size2 <= SIZE_MAX; size2 += 1)
      for (let size1 = 1; size1 <= size2; size1 += 1) {
        const proof = consistency(size1, size2);
        if (consistent(size1, size2, proof)) good += 1;
        proof.forEach((hash, at) => {
          if (consistent(size1, size2, proof.with(at, flipped(hash, (size1 + at) & 255)))) forged += 1;
        });
      }
    expect({ good, forged }).toEqual({ good: (SIZE_MAX * (SIZE_MAX + 1)) / 2, forged: 0 });
  });
});

/** A small repeatable source of randomness (mulberry32), so that a failure can be played again. */
const randomOf = (seed: number) => (below: number) => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % below;
};

const SEED = 20260712;
const MUTATIONS = counted('forged-proofs', 20_000);

describe(`${MUTATIONS} forged proofs, seed ${SEED}`, () => {
  const random = randomOf(SEED);
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;

  /** One way of forging a list of hashes; the result always differs from the original. */
  const mutate = (proof: Hash[]): Hash[] => {
    const at = random(Math.max(1, proof.length));
    switch (proof.length === 0 ? 0 : random(7)) {
      case 0:
        return proof.toSpliced(random(proof.length + 1), 0, pick([...leaves, ...roots]));
      case 1:
        return proof.toSpliced(at, 1);
      case 2:
        return proof.with(at, flipped(proof[at] as Hash, random(256)));
      case 3:
        return [...proof, proof[at] as Hash];
      case 4: {
        const other = random(proof.length);
        const swapped = proof.with(at, proof[other] as Hash).with(other, proof[at] as Hash);
        return other === at ? proof.toSpliced(at, 1) : swapped;
      }
      case 5:
        return proof.with(at, (proof[at] as Hash).subarray(0, 31));
      default:
        return proof.with(at, pick(leaves)).toSpliced(0, 0, pick(roots));
    }
  };

  it('none is accepted', () => {
    let accepted = 0;
    let tried = 0;
    while (tried < MUTATIONS) {
      const size = 2 + random(SIZE_MAX - 1);
      const index = random(size);
      const kind = random(6);
      if (kind < 2) {
        if (includes(index, size, mutate(inclusion(index, size)))) accepted += 1;
      } else if (kind < 4) {
        const size1 = 1 + random(size - 1);
        if (consistent(size1, size, mutate(consistency(size1, size)))) accepted += 1;
      } else if (kind === 4) {
        // A true proof under another index. (Another size may have a proof of the same shape, but another root.)
        const other = (index + 1 + random(size - 1)) % size;
        const proof = inclusion(index, size);
        const leaf = leaves[index] as Hash;
        if (verifyInclusion(BigInt(other), BigInt(size), leaf, proof, roots[size] as Hash)) accepted += 1;
      } else {
        // A true proof against the root of another tree.
        const size1 = 1 + random(size - 1);
        const wrong = roots[(size1 % SIZE_MAX) + 1] as Hash;
        const proof = consistency(size1, size);
        if (verifyConsistency(BigInt(size1), BigInt(size), wrong, roots[size] as Hash, proof)) accepted += 1;
      }
      tried += 1;
    }
    expect({ tried, accepted }).toEqual({ tried: MUTATIONS, accepted: 0 });
  });
});

describe('an empty first tree', () => {
  it('is refused: it would prove nothing', () => {
    expect(verifyConsistency(0n, 8n, roots[0] as Hash, roots[8] as Hash, [])).toBe(false);
    expect(verifyConsistency(0n, 0n, roots[0] as Hash, roots[0] as Hash, [])).toBe(false);
    expect(() => consistencySpans(0n, 8n)).toThrow(RangeError);
  });
});

describe('tile paths', () => {
  it.each([
    [{ level: 0, index: 0n, width: 256 }, 'tile/0/000'],
    [{ level: 0, index: 1n, width: 44 }, 'tile/0/001.p/44'],
    [{ level: 3, index: 1_234_067n, width: 256 }, 'tile/3/x001/x234/067'],
    [{ level: 'entries', index: 1_000n, width: 1 }, 'tile/entries/x001/000.p/1'],
    [{ level: 63, index: 999n, width: 255 }, 'tile/63/999.p/255'],
  ] as const)('%o ↔ %s', (tile, path) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  it.each([
    'tile/0/0',
    'tile/0/0000',
    'tile/00/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/0/x000/001',
    'tile/0/001/002',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/007',
    'tile/0/../000',
    'tile/data/000',
    'tile/0/000/',
    '/tile/0/000',
    'tile/0/000 ',
  ])('%j is not a path', (path) => expect(parseTilePath(path)).toBeNull());

  // The document's own example: a tree of 70,000 leaves.
  it('a tree of 70,000 leaves has the tiles the specification counts', () => {
    const tiles = [...tilesOf(70_000n)];
    const count = (level: number, width: (w: number) => boolean): number =>
      tiles.filter((tile) => tile.level === level && width(tile.width)).length;
    expect(count(0, (width) => width === 256)).toBe(273);
    expect(tiles.find(({ level, width }) => level === 0 && width < 256)?.width).toBe(112);
    expect(count(1, (width) => width === 256)).toBe(1);
    expect(tiles.find(({ level, width }) => level === 1 && width < 256)?.width).toBe(17);
    expect(tiles.filter(({ level }) => level === 2)).toEqual([{ level: 2, index: 0n, width: 1 }]);
    expect(tiles.every((tile) => tileExists(tile, 70_000n))).toBe(true);
    expect(tileExists({ level: 0, index: 273n, width: 113 }, 70_000n)).toBe(false);
  });
});

describe('entry bundles', () => {
  it('are read back as written', () => {
    const written = [Buffer.from(''), Buffer.from('one'), Buffer.alloc(65_535, 1)];
    expect(parseEntryBundle(entryBundle(written))?.map((leaf) => Buffer.from(leaf))).toEqual(written);
  });
  it('refuse a leaf that is too long and bytes that do not come out even', () => {
    expect(() => entryBundle([Buffer.alloc(65_536)])).toThrow(RangeError);
    expect(parseEntryBundle(Buffer.from([0, 3, 1, 2]))).toBeNull();
    expect(parseEntryBundle(Buffer.from([0]))).toBeNull();
  });
});

describe('proof files', () => {
  const { signer } = newSignerKey('shanlu.test/log');
  const index = 130;
  const size = 256;
  const root = roots[size] as Hash;
  const checkpoint = signCheckpoint({ origin: 'shanlu.test/log', size: BigInt(size), root }, signer);
  const proof = {
    extra: Buffer.from('leaf 130'),
    index: BigInt(index),
    hashes: inclusion(index, size),
    checkpoint,
  };
  const file = formatTlogProof(proof);

  it('are read back, with the leaf in the extra line', () => {
    const parsed = parseTlogProof(file);
    expect(parsed?.index).toBe(130n);
    expect(parsed?.extra?.toString()).toBe('leaf 130');
    expect(parsed?.checkpoint).toBe(checkpoint);
    expect(verifyInclusion(130n, 256n, leafHash(Buffer.from('leaf 130')), parsed?.hashes ?? [], root)).toBe(
      true,
    );
    expect(parseTlogProof(formatTlogProof({ ...proof, extra: null }))?.extra).toBeNull();
  });

  it('stay below 4 KB for a tree of 2⁴⁰ leaves, a leaf of 900 bytes and four signatures', () => {
    const big = formatTlogProof({
      extra: Buffer.alloc(900, 65),
      index: 1n << 39n,
      hashes: Array.from({ length: 40 }, () => leaves[0] as Hash),
      checkpoint: checkpoint + checkpoint.slice(checkpoint.indexOf('— ')).repeat(3),
    });
    expect(Buffer.byteLength(big)).toBeLessThan(4096);
  });

  it.each([
    file.replace('@v1', '@v2'),
    file.replace('index 130', 'index 0130'),
    file.replace('index 130', 'index 256'),
    file.replace('index 130', 'index -1'),
    file.replace('extra ', 'extra  '),
    file.replace('\n', '\r\n'),
    file.replace('\n\n', '\n'),
    file.slice(0, -1),
    file.replace(/index 130\n/, `index 130\n${Buffer.alloc(31).toString('base64')}\n`),
    file.replace(/index 130\n/, `index 130\n${`${Buffer.alloc(32).toString('base64')}\n`.repeat(64)}`),
  ])('a malformed file is refused (%#)', (bad) => expect(parseTlogProof(bad)).toBeNull());
});
