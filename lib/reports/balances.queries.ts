import { sql, type Kysely } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database } from '@/db/tables';
import type { AccountSpan } from './report.rules';

/**
 * Every account of a campaign that was used up to a day, from the ledger alone: what lies before `from`, and what came
 * in and went out from then to `to`, both included. Folded days plus the newest postings, exact at this instant.
 */
export const balancesBetween = async (
  campaign: string,
  from: string,
  to: string,
  db: Reader,
): Promise<AccountSpan[]> => {
  const { rows } = await sql<AccountSpan>`
    with c as (select id from campaign where slug = ${campaign}),
    moved as (
      select d.account_id, d.day, d.in_minor, d.out_minor
      from account a join c on c.id = a.campaign_id join account_day d on d.account_id = a.id where d.day <= ${to}::date
      union all
      select p.debit_account_id, e.accounting_date, p.amount_minor, 0
      from posting p join entry e on e.id = p.entry_id join c on c.id = e.campaign_id
      where p.tx >= (select through_tx from summary_mark) and e.accounting_date <= ${to}::date
      union all
      select p.credit_account_id, e.accounting_date, 0, p.amount_minor
      from posting p join entry e on e.id = p.entry_id join c on c.id = e.campaign_id
      where p.tx >= (select through_tx from summary_mark) and e.accounting_date <= ${to}::date
    ), sums as (
      select account_id,
        coalesce(sum(in_minor - out_minor) filter (where day < ${from}::date), 0)::bigint as "openingMinor",
        coalesce(sum(in_minor) filter (where day >= ${from}::date), 0)::bigint as "inMinor",
        coalesce(sum(out_minor) filter (where day >= ${from}::date), 0)::bigint as "outMinor"
      from moved group by account_id)
    select a.code, a.book, a.class, a.subject, s."openingMinor", s."inMinor", s."outMinor"
    from sums s join account a on a.id = s.account_id order by a.book, a.code`.execute(
    db as Kysely<Database>,
  );
  return rows;
};
