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
  /** Gifts that belong to the text because of their givers' names: what `giftsNamed` answers, asked once for page and sums. */
  readonly named: readonly string[];
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
  const { rows } = await sql<BookRow>`
    select e.id, e.number, e.kind, e.subject, e.accounting_date as date, e.amount_minor as "amountMinor",
      coalesce(e.segment, e.named_for) as segment, s.name as "segmentName", g.channel,
      k.contractor_name as contractor, l.leaf_index as leaf, o.number as reverses, r.number as "reversedBy"
    from disclosure.entry e
    left join disclosure.gift g on e.subject_kind = 'donation' and g.code = e.subject
    left join disclosure.segment s on s.code = coalesce(e.segment, e.named_for)
    left join disclosure.payment p on e.subject_kind = 'disbursement' and p.code = e.subject
    left join disclosure.contract k on k.code = coalesce(p.contract, e.subject)
    left join disclosure.log_leaf l on l.kind = 'entry' and l.number = e.number
    left join disclosure.entry o on o.id = e.reverses_id
    left join disclosure.entry r on r.id = e.reversed_by_id
    where ${among(sql`select id from (${newest(filter, before, LEDGER_PAGE + 1)}) shown`)} order by e.id desc`.execute(
    db as Kysely<Database>,
  );
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
      select kind, count(*)::int as count, sum(amount_minor)::bigint as minor
      from (${newest({ ...filter, kinds: [] }, null, COUNTED_ENTRIES)}) counted group by kind`.execute(
      db as Kysely<Database>,
    )
  ).rows;

/** Named gifts that may share a part of a name and are still looked through for it. */
export const NAMES_LOOKED_THROUGH = 500;

/**
 * Numbers of the gifts of named givers with this in their names; null when it is so many that a search leaves names out.
 * The signs of a name find it, the whole word decides.
 */
export const giftsNamed = async (
  text: string,
  campaign: string,
  db: Reader = publicDb(),
): Promise<readonly string[] | null> => {
  const { rows } = await sql<{ code: string }>`
    select n.code from disclosure.named_gift n where n.campaign = ${campaign}
      and disclosure.name_grams(n.shown_as) @> (select disclosure.name_grams(jsonb_build_object('', ${text}::text)))
      and ${says('n.shown_as', text)} limit ${NAMES_LOOKED_THROUGH + 1}`.execute(db as Kysely<Database>);
  return rows.length > NAMES_LOOKED_THROUGH ? null : rows.map(({ code }) => code);
};

/**
 * The newest entries a filter leaves, at most so many, newest first. A road and words are looked up where each is kept in
 * order and each place read from its newest end, so that it takes no longer when there are more entries. Only with columns
 * that the index of a road holds too, so that thousands of its entries are counted without reading any of them.
 */
const newest = (filter: BookFilter, before: bigint | null, most: number): RawBuilder<unknown> => {
  const conditions = conditionsOf(filter);
  if (before !== null) conditions.push(sql`e.id < ${before}`);
  if (filter.text !== null && filter.segment !== null)
    conditions.push(
      sql`(e.named_for = ${filter.segment} or e.id = any(array(${onRoads(sql`select ${filter.segment}::text`)})))`,
    );
  const found = (also: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`select e.id, e.kind, e.amount_minor from disclosure.entry e where ${sql.join([...conditions, also], sql` and `)} order by e.id desc limit ${most}`;
  const places = filter.text === null ? roadPlaces(filter.segment) : wordPlaces(filter.text, filter);
  if (places === null) return found(sql`true`);
  return sql`select id, kind, amount_minor from (
      select * from (${found(among(places.entries))}) known
      union
      select named.* from unnest(array(${places.roads})) road(code)
      cross join lateral (${found(sql`e.named_for = road.code`)}) named
    ) either order by id desc limit ${most}`;
};

/** What an entry itself says of it; what is not asked for does not narrow. */
const conditionsOf = (filter: BookFilter): RawBuilder<unknown>[] => {
  const conditions = [sql`e.campaign = ${filter.campaign}`];
  if (filter.kinds.length > 0) conditions.push(sql`e.kind in (${sql.join(filter.kinds)})`);
  if (filter.subject !== null) conditions.push(sql`e.subject = ${filter.subject}`);
  if (filter.from !== null) conditions.push(sql`e.accounting_date >= ${filter.from}`);
  if (filter.to !== null) conditions.push(sql`e.accounting_date <= ${filter.to}`);
  if (filter.leastMinor !== null) conditions.push(sql`e.amount_minor >= ${filter.leastMinor}`);
  if (filter.mostMinor !== null) conditions.push(sql`e.amount_minor <= ${filter.mostMinor}`);
  if (filter.contractor !== null)
    conditions.push(among(withContractor(sql`k.contractor = ${filter.contractor}`)));
  return conditions;
};

/**
 * The numbers of some entries, found by what is known of them and looked up one by one. As a list that is made first:
 * left to choose, the database walks the whole ledger and asks each entry whether it belongs to it.
 */
const among = (ids: RawBuilder<unknown>): RawBuilder<unknown> => sql`e.id = any(array(${ids}))`;

const about = (subjects: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`select n.id from disclosure.entry n where n.subject = any(array(${subjects}))`;

/** Where entries are found: a few by their numbers, the gifts named for a road by its code. */
type Places = { readonly entries: RawBuilder<unknown>; readonly roads: RawBuilder<unknown> };

/** Entries that moved money of a road, and gifts that were named for it. */
const roadPlaces = (segment: string | null): Places | null =>
  segment === null
    ? null
    : { entries: onRoads(sql`select ${segment}::text`), roads: sql`select ${segment}::text` };

const onRoads = (codes: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`select disclosure.entries_of_roads(array(${codes}))`;

/** Entries about the contracts of a contractor, what was certified under them and what was paid. */
const withContractor = (who: RawBuilder<unknown>): RawBuilder<unknown> =>
  about(sql`
  select k.code from disclosure.contract k where ${who}
  union all select p.code from disclosure.payment p join disclosure.contract k on k.code = p.contract where ${who}
  union all select f.code from disclosure.certificate f join disclosure.contract k on k.code = f.contract where ${who}`);

const likeOf = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

const says = (name: string, text: string): RawBuilder<unknown> =>
  sql`exists (select from jsonb_each_text(${sql.ref(name)}) w where w.value ilike ${likeOf(text)})`;

/** Words are looked up where names are few (roads, contractors, reasons) or were found before (givers), never in every entry. */
const wordPlaces = (text: string, { campaign, named }: BookFilter): Places => {
  const number = text.toUpperCase();
  const entry = /^E-(\d{1,18})$/.exec(number)?.[1] ?? null;
  const roads = sql`select s.code from disclosure.segment s where s.campaign = ${campaign}
    and (s.code = ${number} or ${says('s.name', text)})`;
  return {
    roads,
    entries: sql`
      select n.id from disclosure.entry n where n.id = ${entry}::bigint
      union ${about(sql`select ${number}::text`)}
      union ${onRoads(roads)}
      union ${withContractor(says('k.contractor_name', text))}
      union ${about(sql`select unnest(${[...named]}::text[])`)}
      union select n.id from disclosure.entry n where n.campaign = ${campaign} and n.reverses_id is not null
        and n.reason ilike ${likeOf(text)}`,
  };
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
