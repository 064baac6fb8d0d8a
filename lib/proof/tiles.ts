import { HASH_BYTES, nodeHash, type Hash, type NodeId } from './merkle';

/** c2sp.org/tlog-tiles: the tree as files that never change, 256 hashes wide, and the leaves beside them. */
export const TILE_WIDTH = 256;
export const TILE_HEIGHT = 8;

/** A tile of hashes (`level` ≥ 0) or, with level 'entries', the bundle of 256 leaves. */
export type TileId = {
  readonly level: number | 'entries';
  readonly index: bigint;
  /** 256, or the number of hashes in a partial tile at the right edge. */
  readonly width: number;
};

/** `tile/0/x001/x234/067` and `tile/0/x001/x234/067.p/112`. */
export const tilePath = ({ level, index, width }: TileId): string => {
  const digits = index.toString().padStart(Math.ceil(index.toString().length / 3) * 3, '0');
  const groups = digits.match(/\d{3}/g) ?? [];
  const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${path}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
};

/** Reads a path strictly: one tile has one path, so that caches and readers agree. Null for anything else. */
export const parseTilePath = (path: string): TileId | null => {
  const parts = /^tile\/(0|[1-9]\d?|entries)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path);
  const [, levelText = '', groups = '', widthText] = parts ?? [];
  if (!parts) return null;
  const level = levelText === 'entries' ? levelText : Number(levelText);
  const width = widthText === undefined ? TILE_WIDTH : Number(widthText);
  if ((level !== 'entries' && level > 63) || (widthText !== undefined && width >= TILE_WIDTH)) return null;
  const tile: TileId = { level, index: BigInt(groups.replace(/[x/]/g, '')), width };
  return tilePath(tile) === path ? tile : null;
};

/** How many hashes a level holds for a tree of this size: floor(size / 256^level). */
export const levelLength = (size: bigint, level: number): bigint => size >> BigInt(TILE_HEIGHT * level);

/** Whether a tree of this size has this tile, complete or partial. */
export const tileExists = ({ level, index, width }: TileId, size: bigint): boolean =>
  index * BigInt(TILE_WIDTH) + BigInt(width) <= levelLength(size, level === 'entries' ? 0 : level);

/** Every tile of hashes of a tree of this size, lowest level first. */
export const tilesOf = function* (size: bigint): Generator<TileId & { readonly level: number }> {
  for (let level = 0; levelLength(size, level) > 0n; level += 1) {
    const length = levelLength(size, level);
    const full = length / BigInt(TILE_WIDTH);
    for (let index = 0n; index < full; index += 1n) yield { level, index, width: TILE_WIDTH };
    const rest = Number(length % BigInt(TILE_WIDTH));
    if (rest > 0) yield { level, index: full, width: rest };
  }
};

/** Where a complete subtree is found: which hashes of which tile level have to be folded to get it. */
export const tileRunOf = ({ level, index }: NodeId): { level: number; first: bigint; count: number } => {
  const tileLevel = Math.floor(level / TILE_HEIGHT);
  const count = 1 << (level % TILE_HEIGHT);
  return { level: tileLevel, first: index * BigInt(count), count };
};

/** The root of a complete run of 1, 2, 4 … 256 hashes. */
export const foldComplete = (hashes: readonly Hash[]): Hash => {
  let row = hashes;
  if (row.length === 0 || (row.length & (row.length - 1)) !== 0)
    throw new RangeError('a complete subtree has a power of two of hashes');
  while (row.length > 1) {
    const above: Hash[] = [];
    for (let at = 0; at < row.length; at += 2) above.push(nodeHash(row[at] as Hash, row[at + 1] as Hash));
    row = above;
  }
  return row[0] as Hash;
};

/** Cuts the bytes of a tile into hashes; null when the length is not the tile's. */
export const parseTile = (bytes: Uint8Array, width: number): Hash[] | null => {
  if (bytes.length !== width * HASH_BYTES) return null;
  return Array.from({ length: width }, (_, at) => bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES));
};

/** The entry bundle of these leaves: each preceded by its length in two bytes, big end first. */
export const entryBundle = (leaves: readonly Uint8Array[]): Buffer =>
  Buffer.concat(
    leaves.flatMap((leaf) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(leaf.length); // throws above 65,535
      return [length, leaf];
    }),
  );

/** The leaves of a bundle, or null when its bytes do not come out even. */
export const parseEntryBundle = (bytes: Uint8Array): Uint8Array[] | null => {
  const leaves: Uint8Array[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length;) {
    if (at + 2 > bytes.length) return null;
    const end = at + 2 + view.getUint16(at);
    if (end > bytes.length) return null;
    leaves.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return leaves;
};
