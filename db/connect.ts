import { Kysely } from 'kysely';
import pg from 'pg';
import { UnitDialect } from './dialect';
import { lastingPool } from './pool';
import type { Database } from './tables';

// int8 and numeric sums of int8 hold money: exact, never a JavaScript number. Dates stay days, not instants.
pg.types.setTypeParser(pg.types.builtins.INT8, BigInt);
pg.types.setTypeParser(pg.types.builtins.DATE, (day) => day);

export type PoolLimits = {
  readonly max: number;
  readonly statementTimeoutMs: number;
  /** Statements are prepared once on each connection: for acts, which send the same few over and over. */
  readonly prepare: boolean;
};

/** What the server takes, at most, to say that it has stopped a statement. */
const WORD_OF_STOPPING_MS = 2_000;

/**
 * Opens a pool with every wait bounded: a statement 5 s, a lock 2 s, an idle transaction 10 s, a free connection 2 s, a
 * server that says nothing 7 s.
 */
export const connect = (
  url: string,
  { max = 10, statementTimeoutMs = 5_000, prepare = false }: Partial<PoolLimits> = {},
): Kysely<Database> => {
  const pool = lastingPool(
    {
      connectionString: url,
      max,
      connectionTimeoutMillis: 2_000,
      idleTimeoutMillis: 30_000,
      application_name: 'shanlu',
      statement_timeout: statementTimeoutMs,
      lock_timeout: 2_000,
      idle_in_transaction_session_timeout: 10_000,
      keepAlive: true,
      // Compiling a query costs more than any of ours take.
      options: '-c jit=off',
    },
    statementTimeoutMs + WORD_OF_STOPPING_MS,
  );
  return new Kysely<Database>({ dialect: new UnitDialect(pool, prepare) });
};

/** What a page may do with the database: read. A write does not compile. */
export type Reader = Pick<
  Kysely<Database>,
  'selectFrom' | 'with' | 'fn' | 'case' | 'selectNoFrom' | 'getExecutor'
>;
