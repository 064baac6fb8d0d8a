import { sql, type Transaction } from 'kysely';
import type { Database, LocalText } from '@/db/tables';
import { groupSmallCells, type ChannelCell } from './publication.rules';
import { MONEY_STAGES, type MoneyStage, type ReportFigures } from '../disclosure/report.rules';

type Trx = Transaction<Database>;

/** Composes the figures from the books as they stand in this transaction, for `from` to `to` (both included). */
export const composeFigures = async (
  trx: Trx,
  campaign: { readonly id: string; readonly slug: string; readonly currency: string },
  from: string,
  to: string,
): Promise<ReportFigures> => {
  // One connection: one question after the other.
  const before = await stageSums(trx, campaign.id, from, false);
  const at = await stageSums(trx, campaign.id, to, true);
  const during = Object.fromEntries(MONEY_STAGES.map((stage) => [stage, at[stage] - before[stage]]));
  const pledged = await trx
    .selectFrom('disclosure.campaign_numbers')
    .select(['pledge_count', 'pledged_minor'])
    .where('campaign', '=', campaign.slug)
    .executeTakeFirst();
  const channels = await sql<ChannelCell>`
    select channel, count(*)::int as gifts, sum(amount_minor)::bigint as minor from disclosure.gift
    where campaign = ${campaign.slug} and received_on between ${from} and ${to}
    group by channel order by 3 desc, 1`.execute(trx);
  const payments = await sql<{
    code: string;
    segment: string;
    contractor: LocalText;
    paidOn: string;
    minor: bigint;
  }>`
    select code, segment, contractor_name as contractor, paid_on as "paidOn", amount_minor as minor
    from disclosure.payment where campaign = ${campaign.slug} and paid_on between ${from} and ${to}
      and status in ('paid', 'reconciled') order by paid_on, code`.execute(trx);
  const roads = await sql<{
    code: string;
    name: LocalText;
    status: string;
    lengthMm: number;
    budgetMinor: bigint;
  }>`
    select s.code, s.name, m.to_status as status, s.length_mm as "lengthMm", s.budget_minor as "budgetMinor"
    from segment s join lateral (select to_status from segment_status_change c
      where c.segment_id = s.id and c.happened_on <= ${to} order by c.id desc limit 1) m on true
    where s.campaign_id = ${campaign.id} and m.to_status <> 'proposed' order by s.code`.execute(trx);
  return {
    version: 1,
    currency: campaign.currency,
    at: texts(at),
    during: texts(during as Record<MoneyStage, bigint>),
    pledged: { count: pledged?.pledge_count ?? 0, minor: String(pledged?.pledged_minor ?? 0n) },
    channels: groupSmallCells(channels.rows).map((cell) => ({ ...cell, minor: String(cell.minor) })),
    payments: payments.rows.map((payment) => ({ ...payment, minor: String(payment.minor) })),
    roads: roads.rows.map((road) => ({ ...road, budgetMinor: String(road.budgetMinor) })),
  };
};

const texts = (amounts: Readonly<Record<MoneyStage, bigint>>): Record<MoneyStage, string> =>
  Object.fromEntries(MONEY_STAGES.map((stage) => [stage, String(amounts[stage])])) as Record<
    MoneyStage,
    string
  >;

/** Balances of the purpose book by accounting date, up to a day with or without it. */
const stageSums = async (
  trx: Trx,
  campaignId: string,
  day: string,
  included: boolean,
): Promise<Record<MoneyStage, bigint>> => {
  const until = included ? sql`e.accounting_date <= ${day}` : sql`e.accounting_date < ${day}`;
  const { rows } = await sql<{ class: string; minor: bigint }>`
    select a.class, sum(case when a.id = p.debit_account_id then p.amount_minor else -p.amount_minor end)::bigint as minor
    from entry e join posting p on p.entry_id = e.id and p.book = 'purpose'
    join account a on a.id in (p.debit_account_id, p.credit_account_id)
    where e.campaign_id = ${campaignId} and ${until} group by a.class`.execute(trx);
  const of = (name: string): bigint => rows.find((row) => row.class === name)?.minor ?? 0n;
  const paid = of('paid');
  const committed = of('committed') + of('certified') + paid;
  return {
    received: -of('given') - of('returned') - of('lost'),
    allocated: of('allocated') + committed,
    committed,
    paid,
    unallocated: of('unallocated'),
    fees: of('fees'),
    returned: of('returned') + of('lost'),
  };
};
