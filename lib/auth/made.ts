import { sql } from 'kysely';
import { CLOCK_SLACK } from '@/db/clock-slack';

/**
 * Nothing counts before the moment it was made: what the database gave out while its clock was ahead would live for as
 * long as the clock was wrong, and on top of that as long as it may.
 */
export const isMade = (column: string) => sql<boolean>`${sql.ref(column)} <= now() + ${CLOCK_SLACK}`;
