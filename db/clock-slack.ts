import { sql } from 'kysely';

/**
 * For clocks that are being set: what lies no further ahead than this counts as now; what lies further was written while
 * the database's clock was ahead.
 */
export const CLOCK_SLACK = sql`interval '1 minute'`;
