import 'server-only';
import type { Kysely } from 'kysely';
import { connect } from './connect';
import type { Database } from './tables';

// One pool per process. Held on globalThis because the development server loads modules again on every change.
const held = globalThis as { shanluWriter?: Kysely<Database> };

/** The application role's pool: may insert, may update what is not history. Only lib/command.ts and workers use it. */
export const writer = (url: string, max: number): Kysely<Database> =>
  (held.shanluWriter ??= connect(url, { max, prepare: true }));
