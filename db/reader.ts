import 'server-only';
import type { Kysely } from 'kysely';
import { connect, type Reader } from './connect';
import type { Database } from './tables';

const held = globalThis as { shanluReader?: Kysely<Database> };

/** The reading role's pool for staff and donor pages; may point at a replica. */
export const reader = (url: string, max: number): Reader => (held.shanluReader ??= connect(url, { max }));
