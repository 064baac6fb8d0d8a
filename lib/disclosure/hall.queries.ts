import type { Selectable } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database } from '@/db/tables';
import { publicDb } from './public-db';

export type HallEvent = Selectable<Database['disclosure.hall_event']>;
export type LocalName = Database['disclosure.hall_name']['shown_as'];

/** An evening in a hall with its totals; null when there is none of this name. */
export const hallEvent = async (slug: string, db: Reader = publicDb()): Promise<HallEvent | null> =>
  (await db.selectFrom('disclosure.hall_event').selectAll().where('slug', '=', slug).executeTakeFirst()) ??
  null;

export type HallName = { readonly name: NonNullable<LocalName>; readonly road: string | null };

/** The newest released names of an evening, newest first. */
export const hallNames = async (
  slug: string,
  limit: number,
  db: Reader = publicDb(),
): Promise<readonly HallName[]> =>
  (
    await db
      .selectFrom('disclosure.hall_name')
      .select(['shown_as', 'designation'])
      .where('event', '=', slug)
      .orderBy('name_order', 'desc')
      .limit(limit)
      .execute()
  ).flatMap((row) => (row.shown_as === null ? [] : [{ name: row.shown_as, road: row.designation }]));

export type HallRoad = { readonly code: string; readonly budgetMinor: bigint };

/** Roads in the order in which the screen lights them, with what each costs. */
export const hallRoads = async (campaign: string, db: Reader = publicDb()): Promise<readonly HallRoad[]> =>
  (
    await db
      .selectFrom('disclosure.segment')
      .select(['code', 'budget_minor'])
      .where('campaign', '=', campaign)
      .where('status', '<>', 'cancelled')
      .where('budget_minor', '>', 0n)
      .orderBy('code')
      .execute()
  ).map((row) => ({ code: row.code, budgetMinor: row.budget_minor }));

export type VillageWord = Selectable<Database['disclosure.message']>;

/** Words to the village and dedications that a person has read, the newest first. */
export const villageWords = (
  campaign: string,
  limit: number,
  db: Reader = publicDb(),
): Promise<VillageWord[]> =>
  db
    .selectFrom('disclosure.message')
    .selectAll()
    .where('campaign', '=', campaign)
    .orderBy('shown_on', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
