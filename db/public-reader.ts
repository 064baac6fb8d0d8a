import 'server-only';
import { sql, type ControlledTransaction, type Kysely } from 'kysely';
import { connect, type Reader } from './connect';
import type { Database } from './tables';

const held = globalThis as { shanluPublic?: Kysely<Database>; shanluPublicExports?: Kysely<Database> };

/** The public role's pool: can read the views of schema `disclosure` and nothing else. Only lib/disclosure uses it. */
export const publicReader = (url: string, max: number): Reader =>
  (held.shanluPublic ??= connect(url, { max }));

/** So many whole exports at once; a further one waits two seconds and is then told to come again. */
const EXPORTS_AT_ONCE = 4;

/**
 * One view of all published data for as long as the reader needs it (REPEATABLE READ, read only), in a pool of its own,
 * so that slow downloads keep no page waiting. A reader who takes nothing for a minute loses it.
 */
export const publicSnapshot = async (url: string): Promise<ControlledTransaction<Database>> => {
  held.shanluPublicExports ??= connect(url, { max: EXPORTS_AT_ONCE, statementTimeoutMs: 300_000 });
  const snapshot = await held.shanluPublicExports
    .startTransaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute();
  await sql`set local idle_in_transaction_session_timeout = '60s'`.execute(snapshot);
  return snapshot;
};
