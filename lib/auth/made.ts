import { sql } from 'kysely';

/**
 * Nothing counts before the moment it was made: what the database gave out while its clock was ahead would live for as
 * long as the clock was wrong, and on top of that as long as it may. A minute is left for clocks that are being set.
 */
export const isMade = (column: string) => sql<boolean>`${sql.ref(column)} <= now() + interval '1 minute'`;
