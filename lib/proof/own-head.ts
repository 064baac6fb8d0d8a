import 'server-only';
import { sql, type Kysely } from 'kysely';
import { CLOCK_SLACK } from '@/db/clock-slack';
import type { Database } from '@/db/tables';
import { createSigningKey, signersFor, signingKeys } from './key';
import type { NoteSigner } from './note';

type Db = Kysely<Database>;

/** What our own database says about the log, and the keys under its present name. */
export type OwnHead = {
  readonly epoch: number;
  readonly origin: string;
  readonly signers: readonly NoteSigner[];
  /** Leaves stored; the newest signed head may be of fewer, never of more. */
  readonly size: bigint;
  readonly signed: {
    readonly size: bigint;
    readonly note: string;
    readonly cosigned: readonly string[];
  } | null;
};

export const ownHead = async (db: Db, keys: readonly NoteSigner[]): Promise<OwnHead> => {
  const epoch = await db
    .selectFrom('log_epoch')
    .select(['epoch', 'origin'])
    .orderBy('epoch', 'desc')
    .limit(1)
    .executeTakeFirst();
  const leaf = await db
    .selectFrom('log_leaf')
    .select((eb) => eb.fn.max('leaf_index').as('last'))
    .executeTakeFirst();
  const signed = epoch && (await newestHead(db, epoch.epoch));
  const origin = epoch?.origin ?? keys[0]?.name ?? '';
  return {
    epoch: epoch?.epoch ?? 0,
    origin,
    signers: signersFor(origin, keys),
    size: (leaf?.last ?? -1n) + 1n,
    signed: signed ?? null,
  };
};

const newestHead = async (db: Db, epoch: number) => {
  const head = await db
    .selectFrom('log_checkpoint')
    .select(['size', 'note'])
    .where('epoch', '=', epoch)
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!head) return undefined;
  const cosigned = await db
    .selectFrom('log_cosignature')
    .select('witness')
    .where('epoch', '=', epoch)
    .where('size', '=', head.size)
    .execute();
  return { ...head, cosigned: cosigned.map((row) => row.witness) };
};

/** The newest size a witness has cosigned according to our database; 0 before the first. */
export const lastCosigned = async (db: Db, epoch: number, witness: string): Promise<bigint> =>
  (
    await db
      .selectFrom('log_cosignature')
      .select((eb) => eb.fn.max('size').as('size'))
      .where('epoch', '=', epoch)
      .where('witness', '=', witness)
      .executeTakeFirst()
  )?.size ?? 0n;

/** The signing keys; made for a log that has not begun, null when the keys of one that has are missing. */
export const usableKeys = async (db: Db): Promise<NoteSigner[] | null> => {
  const keys = signingKeys();
  if (keys) return keys;
  const begun = await db.selectFrom('log_epoch').select('epoch').limit(1).executeTakeFirst();
  return begun ? null : [createSigningKey()];
};

/** Which running database this is; another one after every restart and every restored copy. */
export const incarnationOf = async (db: Db): Promise<string> =>
  (await sql<{ it: string }>`select log_incarnation() as it`.execute(db)).rows[0]?.it ?? '';

/**
 * The running database, and whether its tree was compared within so many seconds, by the clock that decides whether money
 * may come in. A comparison in the future is one of a clock that was ahead.
 */
export const watchOf = async (
  db: Db,
  seconds: number,
): Promise<{ readonly incarnation: string; readonly comparedLately: boolean }> => {
  const { rows } = await sql<{ incarnation: string; comparedLately: boolean }>`
    select running.it as incarnation, exists (select from log_watch w where w.incarnation = running.it
      and w.checked_at between now() - make_interval(secs => ${seconds}) and now() + ${CLOCK_SLACK}) as "comparedLately"
    from (select log_incarnation() as it) running`.execute(db);
  return rows[0] ?? { incarnation: '', comparedLately: false };
};

/** From now on money may come in: the tree has been compared on this running database. */
export const noteCompared = async (db: Db, incarnation: string, witnessed: boolean): Promise<void> => {
  await sql`insert into log_watch (incarnation, checked_at, witnessed_at)
    values (${incarnation}, now(), case when ${witnessed} then now() end)
    on conflict (only_one) do update set incarnation = excluded.incarnation, checked_at = excluded.checked_at,
      witnessed_at = coalesce(excluded.witnessed_at, log_watch.witnessed_at)`.execute(db);
};
