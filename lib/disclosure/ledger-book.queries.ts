import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database, LocalText } from '@/db/tables';
import { LEDGER_PAGE } from './ledger.queries';
import { publicDb } from './public-db';

/** What the public ledger is narrowed to. Amounts are minor units; dates are accounting dates, both ends included. */
export type BookFilter = {
  readonly campaign: string;
  /** Kinds of entry as the books name them; empty for all. */
  readonly kinds: readonly string[];
  readonly segment: string | null;
  /** Code of a contractor. */
  readonly contractor: string | null;
  /** Public number of a gift, contract, certificate or payment. */
  readonly subject: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly leastMinor: bigint | null;
  readonly mostMinor: bigint | null;
  /** A number, or part of the name of a road, a contractor or a donor who agreed to be named, or of a reason. */
  readonly text: string | null;
};

export type BookRow = {
  readonly id: bigint;
  readonly number: string;
  readonly kind: string;
  readonly subject: string;
  readonly date: string;
  readonly amountMinor: bigint;
  /** The road it belongs to; for a gift the road it was named for. */
  readonly segment: string | null;
  readonly segmentName: LocalText | null;
  readonly channel: string | null;
  readonly contractor: LocalText | null;
  readonly leaf: bigint | null;
  readonly reverses: string | null;
  readonly reversedBy: string | null;
};

/** One page of entries, newest first, and the number to go on from; null at the end. */
export const bookPage = async (
  filter: BookFilter,
  before: bigint | null,
  db: Reader = publicDb(),
): Promise<{ readonly rows: readonly BookRow[]; readonly next: bigint | null }> => {
  const older = before === null ? sql`true` : sql`e.id < ${before}`;
  const { rows } = await sql<BookRow>`
    select e.id, e.number, e.kind, e.subject, e.accounting_date as date, e.amount_minor as "amountMinor",
      coalesce(e.segment, g.designation) as segment, s.name as "segmentName", g.channel,
      k.contractor_name as contractor, l.leaf_index as leaf, o.number as reverses, r.number as "reversedBy"
    from ${entriesOf(filter)} e
    left join disclosure.gift g on e.subject_kind = 'donation' and g.code = e.subject
    left join disclosure.segment s on s.code = coalesce(e.segment, g.designation)
    left join disclosure.payment p on e.subject_kind = 'disbursement' and p.code = e.subject
    left join disclosure.contract k on k.code = coalesce(p.contract, e.subject)
    left join disclosure.log_leaf l on l.kind = 'entry' and l.number = e.number
    left join disclosure.entry o on o.id = e.reverses_id
    left join disclosure.entry r on r.id = e.reversed_by_id
    where ${older} order by e.id desc limit ${LEDGER_PAGE + 1}`.execute(db as Kysely<Database>);
  const shown = rows.slice(0, LEDGER_PAGE);
  return { rows: shown, next: rows.length > LEDGER_PAGE ? (shown.at(-1)?.id ?? null) : null };
};

export type KindSum = { readonly kind: string; readonly count: number; readonly minor: bigint };

/** Entries that are counted and summed; a ledger with more says so instead of reading all of it for every reader. */
export const COUNTED_ENTRIES = 5_000;

/**
 * How many of the newest `COUNTED_ENTRIES` matching entries are of each kind, and their sum; the filter's own kinds do
 * not narrow this.
 */
export const kindSums = async (filter: BookFilter, db: Reader = publicDb()): Promise<readonly KindSum[]> =>
  (
    await sql<KindSum>`
      select e.kind, count(*)::int as count, sum(e.amount_minor)::bigint as minor
      from (select m.kind, m.amount_minor from ${entriesOf({ ...filter, kinds: [] })} m
        order by m.id desc limit ${COUNTED_ENTRIES}) e group by e.kind`.execute(db as Kysely<Database>)
  ).rows;

/** The entries a filter leaves, as a relation; what is not asked for does not narrow. */
const entriesOf = (filter: BookFilter): RawBuilder<unknown> => {
  const conditions = [sql`e.campaign = ${filter.campaign}`];
  if (filter.kinds.length > 0) conditions.push(sql`e.kind in (${sql.join(filter.kinds)})`);
  if (filter.subject !== null) conditions.push(sql`e.subject = ${filter.subject}`);
  if (filter.from !== null) conditions.push(sql`e.accounting_date >= ${filter.from}`);
  if (filter.to !== null) conditions.push(sql`e.accounting_date <= ${filter.to}`);
  if (filter.leastMinor !== null) conditions.push(sql`e.amount_minor >= ${filter.leastMinor}`);
  if (filter.mostMinor !== null) conditions.push(sql`e.amount_minor <= ${filter.mostMinor}`);
  if (filter.segment !== null) conditions.push(among(onRoad(sql`= ${filter.segment}`)));
  if (filter.contractor !== null)
    conditions.push(among(withContractor(sql`k.contractor = ${filter.contractor}`)));
  if (filter.text !== null) conditions.push(among(saying(filter.text, filter.campaign)));
  return sql`(select e.* from disclosure.entry e where ${sql.join(conditions, sql` and `)})`;
};

/**
 * The numbers of some entries, found by what is known of them and looked up one by one. As a list that is made first:
 * left to choose, the database walks the whole ledger and asks each entry whether it belongs to it.
 */
const among = (ids: RawBuilder<unknown>): RawBuilder<unknown> => sql`e.id = any(array(${ids}))`;

const about = (subjects: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`select n.id from disclosure.entry n where n.subject = any(array(${subjects}))`;

/** Entries that moved money of a road, and gifts that were named for it. */
const onRoad = (code: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select r.entry_id from disclosure.entry_road r where r.segment ${code}
  union ${about(sql`select g.code from disclosure.gift g where g.designation ${code}`)}`;

/** Entries about the contracts of a contractor, what was certified under them and what was paid. */
const withContractor = (who: RawBuilder<unknown>): RawBuilder<unknown> =>
  about(sql`
  select k.code from disclosure.contract k where ${who}
  union all select p.code from disclosure.payment p join disclosure.contract k on k.code = p.contract where ${who}
  union all select f.code from disclosure.certificate f join disclosure.contract k on k.code = f.contract where ${who}`);

/** Words are looked up where names are few (roads, contractors, donors who are named, reasons), never in every entry. */
const saying = (text: string, campaign: string): RawBuilder<unknown> => {
  const like = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  const number = text.toUpperCase();
  const entry = /^E-(\d{1,18})$/.exec(number)?.[1] ?? null;
  const named = (name: string) =>
    sql`exists (select from jsonb_each_text(${sql.ref(name)}) w where w.value ilike ${like})`;
  return sql`
    select n.id from disclosure.entry n where n.id = ${entry}::bigint
    union ${about(sql`select ${number}::text`)}
    union ${onRoad(sql`= any(array(select s.code from disclosure.segment s where s.campaign = ${campaign}
      and (s.code = ${number} or ${named('s.name')})))`)}
    union ${withContractor(named('k.contractor_name'))}
    union ${about(sql`select n.code from disclosure.named_gift n where n.campaign = ${campaign} and ${named('n.shown_as')}`)}
    union select n.id from disclosure.entry n where n.campaign = ${campaign} and n.reverses_id is not null and n.reason ilike ${like}`;
};

export type BookSides = {
  /** What came in, by the way it came; what went back to donors is taken off in the campaign's own numbers. */
  readonly channels: readonly { readonly channel: string; readonly minor: bigint }[];
  readonly contractors: readonly {
    readonly code: string;
    readonly name: LocalText;
    readonly paidMinor: bigint;
  }[];
};

/** The two ends of the money's way: how it came in, and to whom it went out. */
export const bookSides = async (campaign: string, db: Reader = publicDb()): Promise<BookSides> => {
  const channels = sql<BookSides['channels'][number]>`
    select channel, amount_minor as minor from disclosure.gift_channel
    where campaign = ${campaign} order by 2 desc, 1`;
  const contractors = sql<BookSides['contractors'][number]>`
    select k.contractor as code, k.contractor_name as name,
      coalesce(sum(p.amount_minor) filter (where p.status in ('paid', 'reconciled')), 0)::bigint as "paidMinor"
    from disclosure.contract k
    join disclosure.segment s on s.code = k.segment and s.campaign = ${campaign}
    left join disclosure.payment p on p.contract = k.code
    group by k.contractor, k.contractor_name order by 3 desc, 1`;
  const all = db as Kysely<Database>;
  const [came, went] = await Promise.all([channels.execute(all), contractors.execute(all)]);
  return { channels: came.rows, contractors: went.rows };
};
