import { sql, type Kysely } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database } from '@/db/tables';
import { staffDb } from '../staff-db';
import { checklist, figuresHash, type ChecklistItem } from './checklist.store';

export type PeriodLine = {
  readonly month: string;
  readonly status: string;
  readonly preparedBy: string | null;
  /** The hash of the figures that were prepared; others are prepared anew before they are closed. */
  readonly preparedHash: string | null;
};

/** The months in which a campaign's books have entries, newest first. */
export const periodLines = async (campaign: string, db: Reader = staffDb()): Promise<PeriodLine[]> =>
  (
    await sql<PeriodLine>`
      with months as (select distinct to_char(e.accounting_date, 'YYYY-MM') as month from entry e join campaign c on c.id = e.campaign_id where c.slug = ${campaign})
      select m.month, coalesce(p.status, 'open') as status,
        h.made_by as "preparedBy", h.figures_hash as "preparedHash"
      from months m join campaign c on c.slug = ${campaign}
      left join period p on p.campaign_id = c.id and to_char(p.month, 'YYYY-MM') = m.month
      left join lateral (select made_by, figures_hash from period_change x where x.campaign_id = c.id and to_char(x.month, 'YYYY-MM') = m.month
        and x.event = 'soft_closed' order by x.id desc limit 1) h on true order by m.month desc`.execute(
      db as Kysely<Database>,
    )
  ).rows;

export type PeriodDetail = {
  readonly checks: readonly ChecklistItem[];
  readonly hash: string;
  readonly reopening: {
    readonly id: string;
    readonly reason: string;
    readonly hash: string;
    readonly byId: string;
    readonly by: string;
  } | null;
  readonly history: readonly {
    readonly event: string;
    readonly on: string;
    readonly maker: string;
    readonly checker: string | null;
    readonly reason: string | null;
  }[];
};

/** A month with its checklist, the hash of its figures and everything that happened to it. */
export const periodDetail = async (
  campaign: string,
  month: string,
  db: Reader = staffDb(),
): Promise<PeriodDetail> => {
  const loose = db as Kysely<Database>;
  const [checks, hash, reopening, history] = await Promise.all([
    checklist(db, campaign, month),
    figuresHash(db, campaign, month),
    sql<NonNullable<PeriodDetail['reopening']>>`
      select r.id, r.reason, r.content_hash as hash, r.proposed_by as "byId", p.name as by
      from period_reopening r join campaign c on c.id = r.campaign_id join person p on p.id = r.proposed_by
      where c.slug = ${campaign} and r.month = ${`${month}-01`}::date and r.status = 'proposed'`.execute(
      loose,
    ),
    sql<PeriodDetail['history'][number]>`
      select h.event, h.happened_on as on, m.name as maker, k.name as checker, h.reason
      from period_change h join campaign c on c.id = h.campaign_id join person m on m.id = h.made_by
      left join person k on k.id = h.checked_by
      where c.slug = ${campaign} and h.month = ${`${month}-01`}::date order by h.id`.execute(loose),
  ]);
  return { checks, hash, reopening: reopening.rows[0] ?? null, history: history.rows };
};
