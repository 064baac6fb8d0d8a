import { sql, type Kysely } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database, LocalText } from '@/db/tables';
import type { PublicEntry } from './ledger.queries';
import { publicDb } from './public-db';

/** An entry on the way of the same money: what it did, and how much of it is money of the entry looked at. */
export type ChainEntry = {
  readonly id: bigint;
  readonly number: string;
  readonly kind: string;
  readonly subject: string;
  readonly date: string;
  readonly amountMinor: bigint;
  readonly sharedMinor: bigint;
  readonly segment: string | null;
  readonly contractor: LocalText | null;
};

export type ChainGift = {
  readonly code: string;
  readonly amountMinor: bigint;
  readonly receivedOn: string | null;
  readonly channel: string | null;
  readonly shownAs: LocalText | null;
};

export type ChainPaper = {
  readonly code: string;
  readonly segment: string | null;
  readonly kind: string;
  readonly title: LocalText;
  readonly dated: string;
  readonly sha256: string;
  readonly fileSha256: string | null;
  readonly withheldReason: string | null;
  readonly opensOn: string | null;
};

export type EntryChain = {
  readonly roads: readonly {
    readonly code: string;
    readonly name: LocalText;
    readonly photographs: number;
  }[];
  /** How many gifts this entry moved, and the first of them in the order they were used. */
  readonly giftCount: number;
  readonly gifts: readonly ChainGift[];
  /** Entries that moved the same gifts on the same roads, oldest first. */
  readonly related: readonly ChainEntry[];
  readonly papers: readonly ChainPaper[];
};

/** Gifts named on the page of an entry; the rest are counted and stand on the road's own page. */
export const CHAIN_GIFTS = 12;
/** Lots followed both ways. An entry that moved more is followed by its first ones. */
const LOTS_FOLLOWED = 400;
const RELATED = 200;

/**
 * The way of an entry's money in both directions: from which gifts, by which allocation and contract, to which
 * payments and papers. Two entries belong together when they moved the same gift, and, where the entry belongs to a
 * road, on that road.
 */
export const entryChain = async (entry: PublicEntry, db: Reader = publicDb()): Promise<EntryChain> => {
  const all = db as Kysely<Database>;
  const counted = sql<{ count: number }>`
    select count(distinct gift)::int as count from disclosure.posting_gift where entry_id = ${entry.id}`;
  const gifts = sql<ChainGift>`
    select m.gift as code, m.amount as "amountMinor", g.received_on as "receivedOn", g.channel, g.shown_as as "shownAs"
    from (select gift, max(amount_minor) as amount from disclosure.posting_gift where entry_id = ${entry.id}
      group by gift) m
    join disclosure.gift g on g.code = m.gift order by g.lot_order limit ${CHAIN_GIFTS}`;
  const related = sql<ChainEntry>`
    with moved as (select distinct gift from disclosure.posting_gift where entry_id = ${entry.id} limit ${LOTS_FOLLOWED}),
    found as (
      select w.entry_id, max(w.shared) as shared from (
        select pg.entry_id, pg.line_no, sum(pg.amount_minor)::bigint as shared
        from disclosure.posting_gift pg where pg.gift in (select gift from moved) group by 1, 2) w
      where w.entry_id <> ${entry.id} group by 1)
    select e.id, e.number, e.kind, e.subject, e.accounting_date as date, e.amount_minor as "amountMinor",
      f.shared as "sharedMinor", e.segment, k.contractor_name as contractor
    from found f join disclosure.entry e on e.id = f.entry_id
    left join disclosure.payment p on e.subject_kind = 'disbursement' and p.code = e.subject
    left join disclosure.contract k on k.code = coalesce(p.contract, e.subject)
    where ${entry.segment}::text is null or e.segment is null or e.segment = ${entry.segment}
    order by e.id limit ${RELATED}`;
  const [count, first, relatives] = await Promise.all([
    counted.execute(all),
    gifts.execute(all),
    related.execute(all),
  ]);
  const roads = [
    ...new Set([entry.segment, ...relatives.rows.map((row) => row.segment)].filter((code) => code !== null)),
  ];
  return {
    giftCount: count.rows[0]?.count ?? 0,
    gifts: first.rows,
    related: relatives.rows,
    ...(await onRoads(roads, entry, relatives.rows, all)),
  };
};

/** The papers of the payments on the way and the sheets that accepted their roads. */
const onRoads = async (
  codes: readonly string[],
  entry: PublicEntry,
  related: readonly ChainEntry[],
  all: Kysely<Database>,
): Promise<Pick<EntryChain, 'roads' | 'papers'>> => {
  if (codes.length === 0) return { roads: [], papers: [] };
  const payments = [entry, ...related]
    .filter((one) => one.kind === 'contractor_paid')
    .map((one) => one.subject);
  const [roads, papers] = await Promise.all([
    sql<EntryChain['roads'][number]>`
      select s.code, s.name, (select count(*)::int from disclosure.photograph f where f.segment = s.code) as photographs
      from disclosure.segment s where s.code in (${sql.join(codes)}) order by s.code`.execute(all),
    sql<ChainPaper>`
      select d.code, d.segment, d.kind, d.title, d.dated, d.sha256, d.file_sha256 as "fileSha256",
        d.withheld_reason as "withheldReason", d.opens_on as "opensOn"
      from disclosure.document d
      where (d.kind = 'acceptance_sheet' and d.segment in (${sql.join(codes)}))
        or d.code in (select p.invoice from disclosure.payment p
          where p.code in (${payments.length === 0 ? sql`null` : sql.join(payments)}))
      order by d.dated, d.code limit 60`.execute(all),
  ]);
  return { roads: roads.rows, papers: papers.rows };
};

/** The number of a leaf in the signed log as people count, from 1; null while it waits for the next signature. */
export const entryLeafNumber = async (number: string, db: Reader = publicDb()): Promise<bigint | null> => {
  const leaf = await db
    .selectFrom('disclosure.log_leaf')
    .select('leaf_index')
    .where('kind', '=', 'entry')
    .where('number', '=', number)
    .executeTakeFirst();
  return leaf ? leaf.leaf_index + 1n : null;
};

/** The public numbers of the entries with these ids. */
export const entryNumbers = async (
  ids: readonly bigint[],
  db: Reader = publicDb(),
): Promise<ReadonlyMap<bigint, string>> => {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('disclosure.entry')
    .select(['id', 'number'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, row.number]));
};
