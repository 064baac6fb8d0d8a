import { sql, type Kysely } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database } from '@/db/tables';
import { primary } from '../auth/primary';
import { staffDb } from '../staff-db';

type Loose = Kysely<Database>;

/** What is known of a payout, by the provider's id or by our number; null when nothing is. */
export const payoutReadState = async (
  id: string,
  db: Reader = primary(),
): Promise<{ readonly providerId: string; readonly reading: number; readonly booked: boolean } | null> => {
  const row = await db
    .selectFrom('payout')
    .select(['provider_payout_id as providerId', 'reading', 'booked_on'])
    .where((eb) => eb.or([eb('provider_payout_id', '=', id), eb('code', '=', id)]))
    .executeTakeFirst();
  return row ? { providerId: row.providerId, reading: row.reading, booked: row.booked_on !== null } : null;
};

/** Payouts whose end is not known, and those paid so lately that they may still come back; the provider's ids. */
export const payoutsToFollow = async (db: Reader = primary()): Promise<string[]> =>
  (
    await sql<{ id: string }>`
      select provider_payout_id as id from payout
      where status = 'expected' or (status in ('paid', 'matched') and (booked_on is null or arrives_on > current_date - 7))
      order by made_on limit 200`.execute(db as Loose)
  ).rows.map((row) => row.id);

export type PayoutSummary = {
  readonly code: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly automatic: boolean;
  readonly status: string;
  readonly madeOn: string;
  readonly arrivesOn: string;
  readonly lineCount: number;
  readonly openFindings: number;
  readonly bookedOn: string | null;
  readonly matchedOn: string | null;
  readonly bankLine: string | null;
};

const SUMMARY = sql`
  select p.code, p.currency, p.amount_minor as "amountMinor", p.automatic, p.status, p.made_on as "madeOn", p.arrives_on as "arrivesOn",
    p.line_count as "lineCount", p.booked_on as "bookedOn", p.matched_on as "matchedOn", p.bank_line as "bankLine",
    (select count(*) from payout_finding f where f.payout_id = p.id and f.reading = p.reading and f.explained_by is null)::int as "openFindings"
  from payout p`;

/** Payouts, the newest first. */
export const payouts = async (limit = 200, db: Reader = staffDb()): Promise<PayoutSummary[]> =>
  (
    await sql<PayoutSummary>`${SUMMARY} order by p.made_on desc, p.code desc limit ${limit}`.execute(
      db as Loose,
    )
  ).rows;

/** Payouts that wait for their bank line, for whoever matches a line of this sum (signed, book currency). */
export const payoutCandidates = async (
  by: { readonly currency: string; readonly from: string; readonly to: string },
  db: Reader = staffDb(),
): Promise<PayoutSummary[]> =>
  (
    await sql<PayoutSummary>`${SUMMARY} where p.status in ('expected', 'paid') and p.booked_on is not null
      and p.currency = ${by.currency} and p.arrives_on between ${by.from}::date and ${by.to}::date
      order by p.arrives_on, p.code`.execute(db as Loose)
  ).rows;

export type PayoutTotals = {
  readonly home: string;
  readonly count: number;
  readonly grossMinor: bigint;
  readonly feeMinor: bigint;
  readonly netMinor: bigint;
};

export type PayoutFinding = {
  readonly id: bigint;
  readonly kind: string;
  readonly providerLineId: string | null;
  readonly subject: string | null;
  readonly expectedMinor: bigint | null;
  readonly foundMinor: bigint | null;
  readonly explanation: string | null;
  readonly explainedBy: string | null;
};

export type PayoutDetail = PayoutSummary & {
  readonly providerId: string;
  readonly reading: number;
  readonly netMinor: bigint;
  readonly trace: string | null;
  readonly failure: string | null;
  readonly totals: readonly PayoutTotals[];
  readonly findings: readonly PayoutFinding[];
  readonly entries: readonly { readonly number: string; readonly act: string; readonly on: string }[];
};

/** One payout with the sums of its list, its findings and its entries. */
export const payoutDetail = async (code: string, db: Reader = staffDb()): Promise<PayoutDetail | null> => {
  const loose = db as Loose;
  const { rows } = await sql<PayoutSummary>`${SUMMARY} where p.code = ${code}`.execute(loose);
  const summary = rows[0];
  if (!summary) return null;
  const more = await db
    .selectFrom('payout')
    .select([
      'id',
      'provider_payout_id as providerId',
      'reading',
      'lines_net_minor as netMinor',
      'trace',
      'failure',
    ])
    .where('code', '=', code)
    .executeTakeFirstOrThrow();
  const [totals, findings, entries] = await Promise.all([
    sql<PayoutTotals>`
      select home, count(*)::int as count, sum(gross_minor)::bigint as "grossMinor", sum(fee_minor)::bigint as "feeMinor",
        sum(net_minor)::bigint as "netMinor"
      from payout_line where payout_id = ${more.id}::uuid and reading = ${more.reading} and currency = ${summary.currency}
      group by home order by home`.execute(loose),
    sql<PayoutFinding>`
      select f.id, f.kind, f.provider_line_id as "providerLineId", f.subject, f.expected_minor as "expectedMinor",
        f.found_minor as "foundMinor", f.explanation, p.name as "explainedBy"
      from payout_finding f left join person p on p.id = f.explained_by
      where f.payout_id = ${more.id}::uuid and f.reading = ${more.reading}
      order by f.explained_by is not null, f.id limit 500`.execute(loose),
    sql<{ number: string; act: string; on: string }>`
      select 'E-' || lpad(e.id::text, 6, '0') as number, x.act, e.accounting_date as on
      from payout_entry x join entry e on e.id = x.entry_id where x.payout_id = ${more.id}::uuid order by e.id`.execute(
      loose,
    ),
  ]);
  const { id: _id, ...rest } = more;
  return { ...summary, ...rest, totals: totals.rows, findings: findings.rows, entries: entries.rows };
};

export type PayoutPageLine = {
  readonly no: number;
  readonly home: string;
  readonly type: string;
  readonly currency: string;
  readonly grossMinor: bigint;
  readonly feeMinor: bigint;
  readonly netMinor: bigint;
  readonly subject: string | null;
  readonly gift: string | null;
  readonly pledge: string | null;
  readonly madeAt: Date;
};

/** A page of a payout's list, drilled down to gift and pledge. */
export const payoutLines = async (
  code: string,
  after: number,
  limit: number,
  db: Reader = staffDb(),
): Promise<PayoutPageLine[]> =>
  (
    await sql<PayoutPageLine>`
      select l.line_no as no, l.home, l.type, l.currency, l.gross_minor as "grossMinor", l.fee_minor as "feeMinor",
        l.net_minor as "netMinor", l.subject, d.code as gift, g.code as pledge, l.made_at as "madeAt"
      from payout p join payout_line l on l.payout_id = p.id and l.reading = p.reading
      left join donation d on d.id = l.donation_id left join pledge g on g.id = d.pledge_id
      where p.code = ${code} and l.line_no > ${after} order by l.line_no limit ${limit}`.execute(db as Loose)
  ).rows;
