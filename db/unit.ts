import pg from 'pg';

/** A statement as it goes over the wire; with a name it is prepared once on each connection. */
export type Statement = {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly name: string | null;
};

/** What node-postgres calls on whatever was submitted; its types name only `submit`. */
type Handler = pg.Query & {
  readonly text: string;
  readonly name?: string | undefined;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: Wire): void;
  handleEmptyQuery(connection: Wire): void;
  handleError(error: unknown, connection: Wire): void;
  handleReadyForQuery(connection: Wire): void;
  handleCopyInResponse(connection: Wire): void;
};

type Wire = pg.Connection & {
  sync(): void;
  readonly submittedNamedStatements: Record<string, string>;
};

/**
 * Several statements that go to the database in one piece and come back in one: each parsed, bound and run in order,
 * with a single Sync behind the last. The first that fails ends the piece; the database skips what follows
 * (PostgreSQL, Message Flow, "Pipelining"), so a transaction whose start failed runs nothing outside of it.
 */
export class Unit implements pg.Submittable {
  /** The answers, one for each statement; rejects with the first error. */
  readonly answers: Promise<pg.QueryResult[]>;
  /** The statements, for who watches what is sent. */
  readonly texts: readonly string[];
  readonly #queries: readonly Handler[];
  readonly #results: pg.QueryResult[] = [];
  #settle!: { resolve: (results: pg.QueryResult[]) => void; reject: (error: unknown) => void };
  #failed: unknown = null;
  #at = 0;

  constructor(statements: readonly Statement[]) {
    this.texts = statements.map(({ text }) => text);
    this.answers = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    this.#queries = statements.map(
      ({ text, values, name }, at) =>
        new pg.Query(
          {
            text,
            values: [...values],
            queryMode: 'extended',
            ...(name !== null && { name }),
          } as pg.QueryConfig,
          (error, result) => {
            if (error) this.#failed ??= error;
            else this.#results[at] = result as never;
          },
        ) as Handler,
    );
  }

  /** The statement whose answer is being read: the client notes by these that it is prepared now. */
  get name(): string | undefined {
    return this.#now?.name;
  }

  get text(): string | undefined {
    return this.#now?.text;
  }

  get #now(): Handler | undefined {
    return this.#queries[this.#at];
  }

  submit = (wire: pg.Connection): void => {
    const connection = wire as Wire;
    // Each query ends with a Sync of its own; only ours may reach the database.
    const quiet = Object.create(connection, { sync: { value: () => undefined } }) as Wire;
    connection.stream.cork();
    try {
      for (const query of this.#queries) {
        const wrong = query.submit(quiet) as unknown;
        if (wrong instanceof Error) this.#failed ??= wrong;
        if (this.#failed !== null) {
          // A value that cannot be sent: half a piece must not go, and what is written here cannot be taken back.
          connection.stream.destroy(this.#failed as Error);
          return;
        }
      }
      connection.sync();
    } finally {
      connection.stream.uncork();
    }
  };

  handleRowDescription(message: unknown): void {
    this.#now?.handleRowDescription(message);
  }

  handleDataRow(message: unknown): void {
    this.#now?.handleDataRow(message);
  }

  handleCommandComplete(message: unknown, connection: Wire): void {
    this.#now?.handleCommandComplete(message, connection);
    this.#at += 1;
  }

  handleEmptyQuery(connection: Wire): void {
    this.#now?.handleEmptyQuery(connection);
    this.#at += 1;
  }

  handleCopyInResponse(connection: Wire): void {
    this.#now?.handleCopyInResponse(connection);
  }

  handleError(error: unknown, connection: Wire): void {
    // What stands behind the one that failed was written but never read: it is not prepared.
    for (const { name } of this.#queries.slice(this.#at))
      if (name !== undefined) Reflect.deleteProperty(connection.submittedNamedStatements, name);
    this.#now?.handleError(error, connection);
    this.#settle.reject(this.#failed ?? error);
  }

  handleReadyForQuery(connection: Wire): void {
    for (const query of this.#queries) query.handleReadyForQuery(connection);
    if (this.#failed === null) this.#settle.resolve(this.#results);
    else this.#settle.reject(this.#failed);
  }
}
