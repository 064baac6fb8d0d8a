import {
  PostgresDialect,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  type Transaction,
  type TransactionSettings,
} from 'kysely';
import type pg from 'pg';
import { forgetPrepared, isStalePlan, preparedName } from './prepare';
import type { Database } from './tables';
import { Unit, type Statement } from './unit';

/**
 * Kysely's PostgreSQL with fewer journeys to the database: the start of a transaction travels with its first statement,
 * what nobody waits for (`later`) with the next one or with the commit, and `together` sends several at once.
 *
 * @param prepare statements are prepared once on each connection: for acts, which send the same few over and over.
 */
export class UnitDialect extends PostgresDialect {
  constructor(
    private readonly pool: pg.Pool,
    private readonly prepare: boolean,
  ) {
    super({ pool });
  }

  override createDriver(): Driver {
    return new UnitDriver(this.pool, this.prepare);
  }
}

class UnitDriver implements Driver {
  readonly #connections = new WeakMap<pg.PoolClient, UnitConnection>();

  constructor(
    private readonly pool: pg.Pool,
    private readonly prepare: boolean,
  ) {}

  init(): Promise<void> {
    return Promise.resolve();
  }

  async acquireConnection(): Promise<UnitConnection> {
    const client = await this.pool.connect();
    const known = this.#connections.get(client) ?? new UnitConnection(client, this.prepare);
    this.#connections.set(client, known);
    return known;
  }

  async beginTransaction(connection: UnitConnection, settings: TransactionSettings): Promise<void> {
    const level = settings.isolationLevel ? ` isolation level ${settings.isolationLevel}` : '';
    const mode = settings.accessMode ? ` ${settings.accessMode}` : '';
    connection.begin(`start transaction${level}${mode}`);
  }

  commitTransaction(connection: UnitConnection): Promise<void> {
    return connection.commit();
  }

  rollbackTransaction(connection: UnitConnection): Promise<void> {
    return connection.rollback();
  }

  async releaseConnection(connection: UnitConnection): Promise<void> {
    connection.release();
  }

  destroy(): Promise<void> {
    return this.pool.end();
  }
}

type Asked = Pick<CompiledQuery, 'sql' | 'parameters'>;

class UnitConnection implements DatabaseConnection {
  /** What goes out in front of the next statement. */
  #waiting: Asked[] = [];
  #begun: Asked | null = null;

  constructor(
    private readonly client: pg.PoolClient,
    private readonly prepare: boolean,
  ) {}

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const [answer] = await this.together([query]);
    if (!answer) throw new Error('a statement was not answered');
    return {
      rows: answer.rows as Row[],
      ...(CHANGING.has(answer.command) && { numAffectedRows: BigInt(answer.rowCount ?? 0) }),
    };
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('reading by cursor is not built: page by key instead');
  }

  /** Sends what waits and these in one piece; answers these. */
  async together(queries: readonly Asked[]): Promise<pg.QueryResult[]> {
    const before = this.#waiting;
    this.#waiting = [];
    return (await this.#send([...before, ...queries])).slice(before.length);
  }

  later(query: Asked): void {
    this.#waiting.push(query);
  }

  begin(start: string): void {
    this.#begun = { sql: start, parameters: [] };
    this.#waiting = [this.#begun];
  }

  /** @throws when the database rolled back instead: an error within the transaction was swallowed. */
  async commit(): Promise<void> {
    if (this.#nothingSent() && this.#waiting.length === 1) return this.#forget();
    const [answer] = await this.together([{ sql: 'commit', parameters: [] }]);
    this.#forget();
    if (answer?.command !== 'COMMIT') throw new Error('the transaction was rolled back, not committed');
  }

  async rollback(): Promise<void> {
    const nothing = this.#nothingSent();
    this.#forget();
    if (!nothing) await this.#send([{ sql: 'rollback', parameters: [] }]);
  }

  release(): void {
    this.#forget();
    this.client.release();
  }

  #nothingSent(): boolean {
    return this.#begun !== null && this.#waiting[0] === this.#begun;
  }

  #forget(): void {
    this.#waiting = [];
    this.#begun = null;
  }

  async #send(queries: readonly Asked[]): Promise<pg.QueryResult[]> {
    const statements = queries.map(({ sql, parameters }): Statement => ({
      text: sql,
      values: parameters,
      name: this.prepare && (parameters.length > 0 || queries.length > 1) ? preparedName(sql) : null,
    }));
    try {
      const [only] = statements;
      if (statements.length > 1) {
        const unit = new Unit(statements);
        this.client.query(unit);
        return await unit.answers;
      }
      if (only === undefined) return [];
      const { name, text, values } = only;
      return [await this.client.query({ text, values: [...values], ...(name !== null && { name }) })];
    } catch (error) {
      if (isStalePlan(error)) forgetPrepared();
      throw error;
    }
  }
}

const CHANGING = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

/** A query that has not been run: a builder of Kysely or a `sql` fragment. */
type Unsent<Row> = { compile: (by: Transaction<Database>) => CompiledQuery<Row> };

type Rows<Queries extends readonly Unsent<unknown>[]> = {
  [Index in keyof Queries]: Queries[Index] extends Unsent<infer Row> ? Row[] : never;
};

/** Runs several statements of an act, one after the other in one journey; answers the rows of each. */
export const together = <Queries extends readonly Unsent<unknown>[]>(
  trx: Transaction<Database>,
  ...queries: Queries
): Promise<Rows<Queries>> => {
  const compiled = queries.map((query) => query.compile(trx));
  return trx.getExecutor().provideConnection(async (connection) => {
    if (connection instanceof UnitConnection)
      return (await connection.together(compiled)).map(({ rows }) => rows as unknown) as Rows<Queries>;
    const answers: unknown[][] = [];
    for (const query of compiled) answers.push((await connection.executeQuery(query)).rows);
    return answers as Rows<Queries>;
  });
};

/**
 * Runs a statement whose answer nobody waits for, together with the next one of the act or with its commit. What the
 * database has against it, it says then.
 */
export const later = async (trx: Transaction<Database>, query: Unsent<unknown>): Promise<void> => {
  const compiled = query.compile(trx);
  await trx.getExecutor().provideConnection(async (connection) => {
    if (connection instanceof UnitConnection) connection.later(compiled);
    else await connection.executeQuery(compiled);
  });
};
