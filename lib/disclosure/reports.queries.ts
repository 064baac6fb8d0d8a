import type { Selectable } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database } from '@/db/tables';
import { publicDb } from './public-db';

type View<Name extends keyof Database> = Selectable<Database[Name]>;
export type PublicReport = View<'disclosure.publication'>;
export type PublicPlan = View<'disclosure.campaign_plan'>;

/** Every published report, correction and piece of news of a campaign, the newest first. */
export const publicReports = (campaign: string, db: Reader = publicDb()): Promise<PublicReport[]> =>
  db
    .selectFrom('disclosure.publication')
    .selectAll()
    .where('campaign', '=', campaign)
    .orderBy('published_on', 'desc')
    .orderBy('code', 'desc')
    .limit(500)
    .execute();

/** One published report by its number, or null. */
export const publicReport = async (code: string, db: Reader = publicDb()): Promise<PublicReport | null> =>
  (await db.selectFrom('disclosure.publication').selectAll().where('code', '=', code).executeTakeFirst()) ??
  null;

/** Reports that were approved and wait for their day, with the reason. */
export const withheldReports = (
  campaign: string,
  db: Reader = publicDb(),
): Promise<View<'disclosure.publication_withheld'>[]> =>
  db
    .selectFrom('disclosure.publication_withheld')
    .selectAll()
    .where('campaign', '=', campaign)
    .orderBy('opens_on')
    .orderBy('code')
    .execute();

/** Every version of a campaign's plan, the one in force first. */
export const publicPlans = (campaign: string, db: Reader = publicDb()): Promise<PublicPlan[]> =>
  db
    .selectFrom('disclosure.campaign_plan')
    .selectAll()
    .where('campaign', '=', campaign)
    .orderBy('version', 'desc')
    .execute();

export const publicDuties = (campaign: string, db: Reader = publicDb()): Promise<View<'disclosure.duty'>[]> =>
  db.selectFrom('disclosure.duty').selectAll().where('campaign', '=', campaign).orderBy('due_on').execute();

/** What moved in each month, oldest first; months without money are left out. */
export const moneyMonths = (
  campaign: string,
  db: Reader = publicDb(),
): Promise<View<'disclosure.money_month'>[]> =>
  db
    .selectFrom('disclosure.money_month')
    .selectAll()
    .where('campaign', '=', campaign)
    .orderBy('month')
    .execute();

export type NamedGift = View<'disclosure.named_gift'>;
export const NAMES_PER_PAGE = 200;

/** Names on the wall of merit in the order the gifts came, a page at a time. */
export const namedGifts = async (
  campaign: string,
  after: bigint | null,
  db: Reader = publicDb(),
): Promise<{ readonly names: readonly NamedGift[]; readonly next: bigint | null }> => {
  const rows = await db
    .selectFrom('disclosure.named_gift')
    .selectAll()
    .where('campaign', '=', campaign)
    .$if(after !== null, (query) => query.where('lot_order', '>', after ?? 0n))
    .orderBy('lot_order')
    .limit(NAMES_PER_PAGE + 1)
    .execute();
  const names = rows.slice(0, NAMES_PER_PAGE);
  return { names, next: rows.length > NAMES_PER_PAGE ? (names.at(-1)?.lot_order ?? null) : null };
};
