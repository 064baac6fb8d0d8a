import { createHash, hash as digest } from 'node:crypto';

/**
 * The Merkle tree of RFC 6962 section 2.1 (unchanged in RFC 9162): hashes, proofs and their checks. Sizes and
 * indexes are bigint throughout, because a JSON number loses the largest ones and a proof must not.
 *
 * The checks return false for anything that is not exactly right, including hashes of another length.
 */
export type Hash = Uint8Array;

export const HASH_BYTES = 32;

/** MTH({}): the root of a log without leaves. */
export const EMPTY_ROOT: Hash = createHash('sha256').digest();

/** 0x00 ‖ data: the prefix keeps a leaf from ever passing as an inner node. */
export const leafHash = (data: Uint8Array): Hash =>
  createHash('sha256').update(LEAF_PREFIX).update(data).digest();

/** 0x01 ‖ left ‖ right. */
export const nodeHash = (left: Hash, right: Hash): Hash => {
  if (left.length !== HASH_BYTES || right.length !== HASH_BYTES)
    return digest('sha256', Buffer.concat([NODE_PREFIX, left, right]), 'buffer');
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + HASH_BYTES);
  return digest('sha256', nodeInput, 'buffer');
};

const LEAF_PREFIX = Buffer.of(0x00);
const NODE_PREFIX = Buffer.of(0x01);
// One buffer for all inner nodes: hashing is synchronous, and allocating it took a third of the time.
const nodeInput = Buffer.alloc(1 + 2 * HASH_BYTES, 0x01);

export const sameHash = (a: Hash, b: Hash): boolean =>
  a.length === HASH_BYTES && b.length === HASH_BYTES && Buffer.compare(a, b) === 0;

// ——— building ———

/** A complete subtree: `level` is its height, `index` counts subtrees of that height from the left. */
export type NodeId = { readonly level: number; readonly index: bigint };

/** The leaves lo ≤ i < hi. A proof hash always covers one such run. */
export type Span = { readonly lo: bigint; readonly hi: bigint };

/**
 * Reads the hash of a complete subtree. The caller decides where hashes live: memory, tiles, tables.
 */
export type ReadNode = (node: NodeId) => Hash;

/** The complete subtrees a run of leaves consists of, from left to right (RFC 6962: k, the largest power of two below n). */
export const subtreesOf = ({ lo, hi }: Span): NodeId[] => {
  const nodes: NodeId[] = [];
  for (let at = lo; at < hi;) {
    let level = 0;
    while ((at & ((2n << BigInt(level)) - 1n)) === 0n && at + (2n << BigInt(level)) <= hi) level += 1;
    nodes.push({ level, index: at >> BigInt(level) });
    at += 1n << BigInt(level);
  }
  return nodes;
};

/** The hash of a run of leaves that starts where a subtree of the tree starts. */
export const spanHash = (span: Span, read: ReadNode): Hash => {
  if (span.lo === span.hi) return EMPTY_ROOT;
  return foldRight(subtreesOf(span).map(read));
};

/** The root over the first `size` leaves. */
export const rootAt = (size: bigint, read: ReadNode): Hash => spanHash({ lo: 0n, hi: size }, read);

/** What the inclusion proof of leaf `index` in a tree of `size` leaves consists of, from the leaf upwards. */
export const inclusionSpans = (index: bigint, size: bigint): Span[] => {
  if (index < 0n || index >= size) throw new RangeError('inclusion: the index lies outside the tree');
  const spans: Span[] = [];
  let [lo, hi] = [0n, size];
  while (hi - lo > 1n) {
    const middle = lo + largestPowerBelow(hi - lo);
    if (index < middle) {
      spans.push({ lo: middle, hi });
      hi = middle;
    } else {
      spans.push({ lo, hi: middle });
      lo = middle;
    }
  }
  return spans.reverse();
};

/** What the consistency proof between two sizes consists of; empty for equal sizes. Size 0 has no proof. */
export const consistencySpans = (size1: bigint, size2: bigint): Span[] => {
  if (size1 <= 0n || size1 > size2) throw new RangeError('consistency: 0 < size1 ≤ size2 is required');
  const spans: Span[] = [];
  let [lo, hi] = [0n, size2];
  // The old root is already known to whoever asks as long as we have only ever gone left.
  let oldRootKnown = true;
  while (size1 < hi) {
    const middle = lo + largestPowerBelow(hi - lo);
    if (size1 <= middle) {
      spans.push({ lo: middle, hi });
      hi = middle;
    } else {
      spans.push({ lo, hi: middle });
      lo = middle;
      oldRootKnown = false;
    }
  }
  if (!oldRootKnown) spans.push({ lo, hi });
  return spans.reverse();
};

export const proofOf = (spans: readonly Span[], read: ReadNode): Hash[] =>
  spans.map((span) => spanHash(span, read));

const largestPowerBelow = (n: bigint): bigint => {
  let power = 1n;
  while (power * 2n < n) power *= 2n;
  return power;
};

const foldRight = (hashes: readonly Hash[]): Hash =>
  hashes.reduceRight((right, left) => nodeHash(left, right));

// ——— appending ———

/**
 * The right edge of a growing tree: one hash per complete subtree, largest first. Appending a leaf touches
 * O(log n) hashes; the whole tree is never needed again.
 */
export class Frontier {
  #size = 0n;
  #hashes: Hash[] = [];

  /** Restores an edge from the hashes of `subtreesOf({ lo: 0n, hi: size })`. */
  static of(size: bigint, hashes: readonly Hash[]): Frontier {
    if (hashes.length !== subtreesOf({ lo: 0n, hi: size }).length)
      throw new RangeError('frontier: the number of hashes does not fit the size');
    const frontier = new Frontier();
    frontier.#size = size;
    frontier.#hashes = [...hashes];
    return frontier;
  }

  get size(): bigint {
    return this.#size;
  }

  /** Appends one leaf hash; `completed` hears of every subtree this leaf completes, lowest first. */
  append(leaf: Hash, completed?: (node: NodeId, hash: Hash) => void): void {
    let hash = leaf;
    let level = 0;
    completed?.({ level, index: this.#size }, hash);
    for (let rest = this.#size; (rest & 1n) === 1n; rest >>= 1n) {
      const left = this.#hashes.pop();
      if (!left) throw new Error('frontier: hash missing');
      hash = nodeHash(left, hash);
      level += 1;
      completed?.({ level, index: this.#size >> BigInt(level) }, hash);
    }
    this.#hashes.push(hash);
    this.#size += 1n;
  }

  root(): Hash {
    return this.#hashes.length === 0 ? EMPTY_ROOT : foldRight(this.#hashes);
  }
}

// ——— checking (RFC 9162 sections 2.1.3.2 and 2.1.4.2) ———

/** Whether `proof` shows that the leaf with this hash is number `index` of the tree with this size and root. */
export const verifyInclusion = (
  index: bigint,
  size: bigint,
  leaf: Hash,
  proof: readonly Hash[],
  root: Hash,
): boolean => {
  if (!allHashes([leaf, root, ...proof])) return false;
  const reached = rootFromInclusion(index, size, leaf, proof);
  return reached !== null && sameHash(reached, root);
};

/** The root a proof leads to, or null when its length does not fit: lets a page show where the climb ended. */
export const rootFromInclusion = (
  index: bigint,
  size: bigint,
  leaf: Hash,
  proof: readonly Hash[],
): Hash | null => {
  if (index < 0n || index >= size) return null;
  let node = index;
  let last = size - 1n;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0n) return null;
    if ((node & 1n) === 1n || node === last) {
      hash = nodeHash(sibling, hash);
      while ((node & 1n) === 0n && node !== 0n) {
        node >>= 1n;
        last >>= 1n;
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    node >>= 1n;
    last >>= 1n;
  }
  return last === 0n ? hash : null;
};

/**
 * Whether `proof` shows that the first tree is a beginning of the second. Size 0 is refused: any tree begins
 * with the empty one, so such a "proof" would say nothing (a trap several verifiers have fallen into).
 */
export const verifyConsistency = (
  size1: bigint,
  size2: bigint,
  root1: Hash,
  root2: Hash,
  proof: readonly Hash[],
): boolean => {
  if (!allHashes([root1, root2, ...proof])) return false;
  if (size1 <= 0n || size1 > size2) return false;
  if (size1 === size2) return proof.length === 0 && sameHash(root1, root2);

  // A first tree that is itself one complete subtree is not repeated in the proof.
  const path = (size1 & (size1 - 1n)) === 0n ? [root1, ...proof] : [...proof];
  const first = path.shift();
  if (!first) return false;
  let node = size1 - 1n;
  let last = size2 - 1n;
  while ((node & 1n) === 1n) {
    node >>= 1n;
    last >>= 1n;
  }
  let old = first;
  let now = first;
  for (const sibling of path) {
    if (last === 0n) return false;
    if ((node & 1n) === 1n || node === last) {
      old = nodeHash(sibling, old);
      now = nodeHash(sibling, now);
      while ((node & 1n) === 0n && node !== 0n) {
        node >>= 1n;
        last >>= 1n;
      }
    } else {
      now = nodeHash(now, sibling);
    }
    node >>= 1n;
    last >>= 1n;
  }
  return last === 0n && sameHash(old, root1) && sameHash(now, root2);
};

const allHashes = (hashes: readonly Hash[]): boolean => hashes.every((hash) => hash.length === HASH_BYTES);
