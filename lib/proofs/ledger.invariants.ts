import { OWN_PREFIXES } from '../ledger/accounts.rules';
import type { Invariant } from './invariant';

const OWN = OWN_PREFIXES.map((prefix) => `code like '${prefix}%'`).join(' or ');

/** What must hold in the books themselves. Each query answers the number of rows that offend. */
export const LEDGER_INVARIANTS: readonly Invariant[] = [
  {
    name: 'L1_entries_balance',
    sql: `select count(*) from posting p join account k on k.id = p.credit_account_id join account d on d.id = p.debit_account_id
          where k.book <> p.book or d.book <> p.book or k.currency <> p.currency or d.currency <> p.currency or k.id = d.id
             or p.amount_minor <= 0`,
  },
  {
    name: 'L2_entries_have_postings',
    sql: `select count(*) from entry e left join (select entry_id, count(*) as n, min(line_no) as low, max(line_no) as high,
              coalesce(sum(amount_minor) filter (where book = 'purpose'), sum(amount_minor)) as amount
            from posting group by entry_id) p on p.entry_id = e.id
          where p.n is null or p.low <> 1 or p.high <> p.n or p.amount <> e.amount_minor`,
  },
  {
    name: 'L3_trial_balance_is_zero',
    sql: `select count(*) from (select book, campaign_id, currency from account_balance
          group by book, campaign_id, currency having sum(balance_minor) <> 0) x`,
  },
  {
    name: 'L4_summaries_equal_postings',
    sql: `select (select count(*) from account_balance b
              left join lateral (select sum(amount_minor) as s from posting where debit_account_id = b.account_id) i on true
              left join lateral (select sum(amount_minor) as s from posting where credit_account_id = b.account_id) o on true
              where b.in_minor <> coalesce(i.s, 0) or b.out_minor <> coalesce(o.s, 0))
          + (select count(*) from (
              select account_id, lot_id, sum(m) as held from (
                select p.debit_account_id as account_id, l.lot_id, l.amount_minor as m from posting_lot l join posting p using (entry_id, line_no)
                union all
                select p.credit_account_id, l.lot_id, -l.amount_minor from posting_lot l join posting p using (entry_id, line_no)) moves
              join account a on a.id = account_id and a.class not in ('given', 'shortfall')
              group by account_id, lot_id) derived
            full join lot_position using (account_id, lot_id)
            where coalesce(derived.held, 0) <> coalesce(lot_position.held_minor, 0))`,
  },
  {
    name: 'L5_no_account_below_its_floor',
    sql: `select (select count(*) from account_balance b join account a on a.id = b.account_id
            where a.has_floor and b.balance_minor < 0)
          + (select count(*) from guard g join account_balance b using (account_id) where g.out_minor <> b.out_minor)
          + (select count(*) from account a left join guard g on g.account_id = a.id where a.has_floor <> (g.account_id is not null))`,
  },
  {
    name: 'L6_lots_are_exact',
    sql: `select (select count(*) from posting p left join (select entry_id, line_no, sum(amount_minor) as s from posting_lot
              group by entry_id, line_no) l using (entry_id, line_no)
            where (p.book = 'purpose' and coalesce(l.s, 0) <> p.amount_minor) or (p.book = 'financial' and l.s is not null))
          + (select count(*) from lot l left join (select lot_id, sum(held_minor) as s from lot_position group by lot_id) h
            on h.lot_id = l.id
            -- a shortfall's lot goes back to where it came from when its hole is filled
            left join (select x.lot_id, sum(x.amount_minor) as s from posting_lot x join posting p using (entry_id, line_no)
              join account a on a.id = p.debit_account_id where a.class = 'shortfall' group by x.lot_id) b on b.lot_id = l.id
            where coalesce(h.s, 0) + coalesce(b.s, 0) <> l.amount_minor
              -- a lot whose entry was reversed back to where it came from holds nothing
              and not (coalesce(h.s, 0) = 0 and exists (select 1 from posting_lot x join entry e on e.id = x.entry_id
                where x.lot_id = l.id and e.reverses_id is not null)))`,
  },
  {
    name: 'days_equal_summaries',
    sql: `select count(*) from (select account_id, sum(in_minor) as i, sum(out_minor) as o from account_day group by account_id) d
          full join account_summary s using (account_id)
          where coalesce(d.i, 0) <> coalesce(s.in_minor, 0) or coalesce(d.o, 0) <> coalesce(s.out_minor, 0)`,
  },
  {
    name: 'gift_sums_equal_gifts',
    sql: `select count(*) from gift_month_sum s
          full join (select l.campaign_id, date_trunc('month', l.received_on::timestamp)::date as month, d.channel,
              count(*) as gifts, sum(d.settled_minor) as minor
            from lot l join donation d on d.code = l.subject
            where l.kind = 'gift' and exists (select 1 from lot_position p where p.lot_id = l.id and p.held_minor > 0)
            group by 1, 2, 3) g using (campaign_id, month, channel)
          where coalesce(s.gifts, 0) <> coalesce(g.gifts, 0) or coalesce(s.amount_minor, 0) <> coalesce(g.minor, 0)`,
  },
  {
    name: 'named_sums_equal_named_gifts',
    // Also those that look untouched since the mark: a change nobody told of is found here.
    sql: `select count(*) from named_gift_sum s
          full join (select campaign_id, month, channel, count(*) as gifts, sum(amount_minor) as minor from gift_naming
            where named group by 1, 2, 3) g using (campaign_id, month, channel)
          where coalesce(s.gifts, 0) <> coalesce(g.gifts, 0) or coalesce(s.amount_minor, 0) <> coalesce(g.minor, 0)`,
  },
  {
    name: 'months_equal_postings',
    sql: `select count(*) from month_sum s
          full join (select campaign_id, month, from_class, to_class, sum(amount_minor) as minor from month_movement
            group by 1, 2, 3, 4) m using (campaign_id, month, from_class, to_class)
          where coalesce(s.amount_minor, 0) <> coalesce(m.minor, 0)`,
  },
  {
    name: 'L6_designations_are_kept',
    sql: `select count(*) from lot_position p join lot_now l on l.lot_id = p.lot_id join account a on a.id = p.account_id
          left join contract k on k.code = a.subject left join segment s on s.id = k.segment_id
          where p.held_minor > 0 and l.designation is not null
            and a.class in ('allocated', 'committed', 'certified', 'paid')
            and coalesce(s.code, a.subject) <> l.designation`,
  },
  {
    name: 'L9_reversals_are_exact',
    sql: `select count(*) from entry r join entry o on o.id = r.reverses_id
          where exists (select 1 from posting a full join posting b on b.entry_id = o.id and b.line_no = a.line_no
            and a.credit_account_id = b.debit_account_id and a.debit_account_id = b.credit_account_id and a.amount_minor = b.amount_minor
            where (a.entry_id = r.id or (a.entry_id is null and b.entry_id = o.id)) and (a.entry_id is null or b.entry_id is null))`,
  },
  {
    name: 'L16_nothing_dated_into_a_closed_month',
    sql: `select count(*) from entry e join period p on p.campaign_id = e.campaign_id
            and p.month = date_trunc('month', e.accounting_date)::date
          where p.status = 'closed' and e.recorded_at > p.changed_at`,
  },
  {
    name: 'tie_out',
    sql: `select count(*) from (
            select campaign_id,
              coalesce(sum(balance_minor) filter (where class in ('unallocated', 'allocated', 'committed', 'certified')), 0) as held,
              coalesce(sum(balance_minor) filter (where class = 'shortfall'), 0) as hole,
              coalesce(sum(balance_minor) filter (where class = 'asset'), 0) as assets,
              coalesce(sum(balance_minor) filter (where class = 'liability' and code not like 'liabilities:contractor-payable:%'
                and code not like 'liabilities:retention-payable:%'), 0) as owed,
              coalesce(sum(balance_minor) filter (where ${OWN}), 0) as own
            from account_balance group by campaign_id) t
          where held + hole <> assets + owed + own`,
  },
];
