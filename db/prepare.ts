/** More statements than the acts have: past that, lists of every length would fill the server's memory. */
const MOST = 500;

let names = new Map<string, string>();
let given = 0;

/**
 * The name a statement is prepared under on each connection, the same for the same text; null once there are too many.
 * Prepared once and run by name from then on: planning took longer than running them.
 *
 * A pooler that hands one connection to several clients between transactions must know prepared statements
 * (PgBouncer from 1.21 with `max_prepared_statements`).
 */
export const preparedName = (text: string): string | null => {
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

/** After a migration all names are given anew; whoever met the change tries again. */
export const forgetPrepared = (): void => {
  names = new Map();
};
