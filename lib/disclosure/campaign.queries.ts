import type { Selectable } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database } from '@/db/tables';
import { publicDb } from './public-db';

type View<Name extends keyof Database> = Selectable<Database[Name]>;

export type CampaignNumbers = View<'disclosure.campaign_numbers'>;
export type RoadSummary = Pick<
  View<'disclosure.segment'>,
  | 'code'
  | 'name'
  | 'length_mm'
  | 'width_mm'
  | 'geometry'
  | 'status'
  | 'budget_minor'
  | 'allocated_minor'
  | 'committed_minor'
  | 'certified_minor'
  | 'paid_minor'
  | 'gift_count'
>;

export type CampaignPage = {
  readonly campaign: View<'disclosure.campaign'>;
  readonly numbers: CampaignNumbers;
  /** Promises not yet kept, and of these the ones past their day. */
  readonly outstandingMinor: bigint;
  readonly overdueMinor: bigint;
  readonly roads: readonly RoadSummary[];
  readonly duties: readonly View<'disclosure.duty'>[];
  readonly latest: readonly View<'disclosure.entry'>[];
  readonly proofs: readonly View<'disclosure.proof_status'>[];
};

/** The campaigns anyone may see, the newest first. */
export const publicCampaigns = (db: Reader = publicDb()): Promise<View<'disclosure.campaign'>[]> =>
  db.selectFrom('disclosure.campaign').selectAll().orderBy('opens_on', 'desc').execute();

/** The campaign shown on the home page: the open one that began last, else the newest. */
export const homeCampaign = async (db: Reader = publicDb()): Promise<string | null> => {
  const rows = await publicCampaigns(db);
  return (rows.find((row) => row.status === 'open') ?? rows[0])?.slug ?? null;
};

/** The five numbers, each from its own source: pledges from promises, the others from the purpose book. */
export const campaignNumbers = async (
  slug: string,
  db: Reader = publicDb(),
): Promise<CampaignNumbers | null> =>
  (await db
    .selectFrom('disclosure.campaign_numbers')
    .selectAll()
    .where('campaign', '=', slug)
    .executeTakeFirst()) ?? null;

/** All roads of a campaign in the order of their codes. */
export const roadsOf = (slug: string, db: Reader = publicDb()): Promise<RoadSummary[]> =>
  db
    .selectFrom('disclosure.segment')
    .select([
      'code',
      'name',
      'length_mm',
      'width_mm',
      'geometry',
      'status',
      'budget_minor',
      'allocated_minor',
      'committed_minor',
      'certified_minor',
      'paid_minor',
      'gift_count',
    ])
    .where('campaign', '=', slug)
    .orderBy('code')
    .execute();

/**
 * Everything the campaign's page shows, or null when there is no such public campaign.
 *
 * @param today accounting day in the campaign's zone, for what is overdue
 */
export const campaignPage = async (
  slug: string,
  today: string,
  db: Reader = publicDb(),
): Promise<CampaignPage | null> => {
  const campaign = await db
    .selectFrom('disclosure.campaign')
    .selectAll()
    .where('slug', '=', slug)
    .executeTakeFirst();
  const numbers = await campaignNumbers(slug, db);
  if (!campaign || !numbers) return null;
  const [dues, roads, duties, latest, proofs] = await Promise.all([
    db.selectFrom('disclosure.pledge_due').selectAll().where('campaign', '=', slug).execute(),
    roadsOf(slug, db),
    db.selectFrom('disclosure.duty').selectAll().where('campaign', '=', slug).orderBy('due_on').execute(),
    db
      .selectFrom('disclosure.entry')
      .selectAll()
      .where('campaign', '=', slug)
      .orderBy('id', 'desc')
      .limit(8)
      .execute(),
    db.selectFrom('disclosure.proof_status').selectAll().orderBy('proof').execute(),
  ]);
  const sum = (rows: typeof dues): bigint => rows.reduce((total, row) => total + row.outstanding_minor, 0n);
  return {
    campaign,
    numbers,
    outstandingMinor: sum(dues),
    overdueMinor: sum(dues.filter((due) => due.due_on < today)),
    roads,
    duties,
    latest,
    proofs,
  };
};
