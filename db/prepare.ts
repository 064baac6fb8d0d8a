import type pg from 'pg';

/** More statements than the acts have: past that, lists of every length would fill the server's memory. */
const MOST = 500;

let names = new Map<string, string>();
let given = 0;

/** The name a statement is prepared under on each connection, the same for the same text; null once there are too many. */
const nameOf = (text: string): string | null => {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= MOST) return null;
  given += 1;
  const name = `shanlu_${given}`;
  names.set(text, name);
  return name;
};

/** A migration changed a table under a prepared statement: PostgreSQL will not run it any more. */
export const isStalePlan = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  error.code === '0A000' &&
  error.message.startsWith('cached plan must not change');

/**
 * Lets a connection of the pool prepare every statement with parameters once and run it by name from then on: planning
 * took longer than running them. After a migration all names are given anew; whoever met the change tries again.
 *
 * A pooler that hands one connection to several clients between transactions must know prepared statements
 * (PgBouncer from 1.21 with `max_prepared_statements`).
 */
export const prepareStatements = (client: pg.ClientBase): void => {
  const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
  client.query = (async (text: unknown, values?: readonly unknown[]) => {
    const name = typeof text === 'string' && values !== undefined && values.length > 0 ? nameOf(text) : null;
    if (name === null) return query(text, values);
    try {
      return await query({ name, text, values });
    } catch (error) {
      if (isStalePlan(error)) names = new Map();
      throw error;
    }
  }) as never;
};
