import 'server-only';
import type { Kysely } from 'kysely';
import { connect, type Reader } from './connect';
import type { Database } from './tables';

const held = globalThis as { shanluPublic?: Kysely<Database> };

/** The public role's pool: can read the views of schema `disclosure` and nothing else. Only lib/disclosure uses it. */
export const publicReader = (url: string, max: number): Reader =>
  (held.shanluPublic ??= connect(url, { max }));
