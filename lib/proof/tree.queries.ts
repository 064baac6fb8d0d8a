import { sql, type Kysely } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database } from '@/db/tables';
import { Frontier, rootAt, subtreesOf, type Hash, type NodeId, type ReadNode, type Span } from './merkle';
import { foldComplete, tileRunOf } from './tiles';

/**
 * Reads the hashes of complete subtrees from the stored tree: leaf hashes and one hash per complete run of 256,
 * 256², … A tree that lacks one is damaged; that is thrown, never papered over.
 */
export const readNodes = async (db: Reader, wanted: readonly NodeId[]): Promise<ReadNode> => {
  const runs = wanted.map(tileRunOf);
  const { rows } = await sql<{ run: bigint; hash: Buffer }>`
    select r.n as run, h.hash
    from unnest(${runs.map((run) => run.level)}::int[], ${runs.map((run) => run.first)}::bigint[],
      ${runs.map((run) => run.count)}::bigint[]) with ordinality as r(level, first, count, n)
    cross join lateral (
      select leaf_hash as hash, leaf_index as place from disclosure.log_leaf_hash
        where r.level = 0 and leaf_index >= r.first and leaf_index < r.first + r.count
      union all
      select hash, node_index from disclosure.log_node
        where r.level > 0 and level = r.level and node_index >= r.first and node_index < r.first + r.count) h
    order by r.n, h.place`.execute(db as Kysely<Database>);
  const hashes = new Map<string, Hash>();
  let at = 0;
  wanted.forEach((node, index) => {
    const { count } = runs[index] as { count: number };
    const run = rows.slice(at, at + count);
    if (run.length < count || run.at(-1)?.run !== BigInt(index + 1)) throw new BrokenTree(node);
    at += count;
    hashes.set(`${node.level}/${node.index}`, foldComplete(run.map((row) => row.hash)));
  });
  if (at !== rows.length) throw new BrokenTree(null);
  return ({ level, index }) => {
    const hash = hashes.get(`${level}/${index}`);
    if (!hash) throw new Error(`node ${level}/${index} was not asked for`);
    return hash;
  };
};

/** A hash is missing: rows of the log have been deleted behind our back. Nothing is signed on such a tree. */
export class BrokenTree extends Error {
  constructor(node: NodeId | null) {
    super(`The stored tree is damaged${node ? ` below node ${node.level}/${node.index}` : ''}.`);
  }
}

/** Everything a list of spans needs, in one query. */
export const readSpans = (db: Reader, spans: readonly Span[]): Promise<ReadNode> =>
  readNodes(db, spans.flatMap(subtreesOf));

/** The root over the first `size` leaves as they are stored now. */
export const storedRoot = async (db: Reader, size: bigint): Promise<Hash> =>
  rootAt(size, await readSpans(db, [{ lo: 0n, hi: size }]));

/** The right edge of the stored tree, ready to be appended to. */
export const storedFrontier = async (db: Reader, size: bigint): Promise<Frontier> => {
  const nodes = subtreesOf({ lo: 0n, hi: size });
  const read = await readNodes(db, nodes);
  return Frontier.of(size, nodes.map(read));
};
