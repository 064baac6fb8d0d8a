import type { Kysely } from 'kysely';
import { expect } from 'vitest';
import { connect } from '@/db/connect';
import type { Database } from '@/db/tables';
import { giveGift, keepNotice } from './acts';
import { BooksWorld, CrashWorld } from './crash-world';
import { compare, Load } from './load';
import type { Playing, Shown } from './trial';

export const HELD =
  'every answer is in the books as answered; one lot, entry and audit event per gift; all proofs';

/** A database of its own that can be killed, or one on the server of the tests. */
export const OWN = { open: () => CrashWorld.open() };
export const BESIDE = { open: () => BooksWorld.beside() };

type Under<W> = {
  readonly world: W;
  readonly load: Load;
  readonly db: Kysely<Database>;
};

type Hands<W> = {
  readonly open: () => Promise<W>;
  readonly givers: number;
  readonly tellers: number;
  /** Connections of the pool. */
  readonly max: number;
  /** Something that stands between: answers the address to use. */
  readonly through?: (world: W) => Promise<string>;
};

/**
 * Does the harm while people give and the provider tells, lets everybody come to an answer, and compares what was
 * answered with the books. What else must hold is the harm's own: it answers a figure and a check.
 */
export const underLoad = async <W extends BooksWorld>(
  { seed }: Playing,
  { open, givers, tellers, max, through }: Hands<W>,
  harm: (under: Under<W>) => Promise<Shown>,
): Promise<Shown> => {
  const world = await open();
  const db = connect((await through?.(world)) ?? world.appUrl, { max, prepare: true });
  const load = new Load(
    givers,
    tellers,
    (key) => giveGift(db, key),
    (event) => keepNotice(db, event),
    `s${seed}`,
  );
  try {
    const own = await harm({ world, load, db });
    await load.stop();
    const books = await world.examine();
    const found = compare(load, books);
    return {
      figure: {
        ...found,
        answered: load.answered.size + load.told.size,
        askedAgain: load.doubts,
        ...own.figure,
      },
      check: async () => {
        expect(found).toEqual({ lost: 0, doubled: 0 });
        expect(books.broken).toEqual([]);
        // Whoever got no answer was told to try again, and nothing else: no error came through.
        expect(Object.keys(load.doubts).filter((name) => name !== 'busy_try_again')).toEqual([]);
        await own.check();
      },
      ...(own.time && { time: own.time }),
    };
  } finally {
    await load.stop();
    await db.destroy();
    await world.close();
  }
};

/** Connections of the application, and those of them in a transaction nobody works on: none may be left behind. */
export const connections = (world: BooksWorld): Promise<{ open: number; idleInTransaction: number }> =>
  world.asAdmin(async (admin) => {
    const { rows } = await admin.query<{ open: number; idle: number }>(`
      select count(*)::int as open, count(*) filter (where state like 'idle in transaction%')::int as idle
      from pg_stat_activity where usename = 'shanlu_app' and datname = current_database()`);
    return { open: rows[0]?.open ?? -1, idleInTransaction: rows[0]?.idle ?? -1 };
  });
