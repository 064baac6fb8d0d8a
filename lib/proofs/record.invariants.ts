import type { Invariant } from './invariant';

/** What must hold between the books and the records around them: gifts, contracts, payments, receipts, audit. */
export const RECORD_INVARIANTS: readonly Invariant[] = [
  {
    name: 'L7_one_entry_per_thing',
    sql: `select count(*) from (select kind, subject from entry
            where kind in ('gift_received', 'allocation_approved', 'contract_signed', 'work_certified', 'contractor_paid')
              and not exists (select 1 from entry r where r.reverses_id = entry.id)
            group by kind, subject having count(*) > 1) x`,
  },
  {
    name: 'L7_cleared_gifts_are_in_the_books',
    sql: `select count(*) from donation d full join (select * from lot where kind = 'gift'
              and exists (select 1 from lot_position p where p.lot_id = lot.id and p.held_minor > 0)) l on l.subject = d.code
          where (d.status in ('cleared', 'settled', 'partly_refunded', 'refunded', 'disputed', 'won', 'lost'))
            is distinct from (l.id is not null)
             or l.id is not null and (l.amount_minor <> d.settled_minor or l.designation is distinct from d.designation)`,
  },
  {
    name: 'L7_entries_say_what_road_a_gift_was_for',
    sql: `select count(*) from entry e left join donation d on e.subject_kind = 'donation' and d.code = e.subject
          where e.named_for is distinct from d.designation`,
  },
  {
    name: 'L12_maker_is_not_checker',
    sql: `select (select count(*) from allocation where decided_by = proposed_by and status <> 'withdrawn')
          + (select count(*) from budget where decided_by = proposed_by)
          + (select count(*) from contract where decided_by = proposed_by)
          + (select count(*) from variation where decided_by = proposed_by)
          + (select count(*) from disbursement where decided_by = requested_by)
          + (select count(*) from donation where verified_by = recorded_by)
          + (select count(*) from refund where decided_by = proposed_by)
          + (select count(*) from allocation_plan where decided_by = proposed_by and status <> 'withdrawn')
          + (select count(*) from plan_change where decided_by = proposed_by)
          + (select count(*) from transfer_account_proposal where decided_by = proposed_by and status <> 'withdrawn')
          + (select count(*) from publication where approved_by = written_by)`,
  },
  {
    name: 'L13_public_numbers_equal_the_books',
    sql: `select count(*) from disclosure.campaign_numbers
          where received_minor + shortfall_minor <> fees_minor + unallocated_minor + allocated_minor
             or not (paid_minor <= certified_minor and certified_minor <= committed_minor and committed_minor <= allocated_minor)
             or (shortfall_minor = 0 and allocated_minor > received_minor)`,
  },
  {
    name: 'L13_roads_add_up',
    sql: `select count(*) from disclosure.campaign_numbers n join (select campaign, sum(allocated_minor) as a, sum(committed_minor) as c,
            sum(certified_minor) as z, sum(paid_minor) as p from disclosure.segment group by campaign) s using (campaign)
          where s.a <> n.allocated_minor or s.c <> n.committed_minor or s.z <> n.certified_minor or s.p <> n.paid_minor`,
  },
  {
    name: 'records_equal_their_entries',
    sql: `with purpose as (select entry_id, sum(amount_minor) as m from posting where book = 'purpose' group by entry_id)
          select (select count(*) from allocation a join purpose p on p.entry_id = a.entry_id where p.m <> a.amount_minor)
          + (select count(*) from certificate c join purpose p on p.entry_id = c.entry_id where p.m <> c.amount_minor)
          + (select count(*) from disbursement d join purpose p on p.entry_id = d.entry_id where p.m <> d.amount_minor)
          + (select count(*) from contract k where k.status in ('signed', 'completed') and k.amount_minor <>
              (select coalesce(sum(b.balance_minor), 0) from account_balance b
               where b.class in ('committed', 'certified', 'paid') and b.subject = k.code))`,
  },
  {
    name: 'certified_money_is_owed',
    sql: `select count(*) from (select campaign_id,
            coalesce(sum(balance_minor) filter (where class = 'certified'), 0) as certified,
            coalesce(-sum(balance_minor) filter (where code like 'liabilities:contractor-payable:%'), 0) as owed
          from account_balance group by campaign_id) x where certified <> owed`,
  },
  {
    name: 'L14_receipts_are_gap_free',
    sql: `select (select count(*) from receipt_counter c where c.last_serial <> (select count(*) from receipt r
            join donation d on d.id = r.donation_id where d.campaign_id = c.campaign_id))
          + (select count(*) from (select donation_id from receipt where status = 'issued' group by donation_id having count(*) > 1) x)`,
  },
  {
    name: 'L15_no_act_without_audit',
    sql: `select (select count(*) from command_key k where k.answer is null or not exists (select 1 from audit_event a
              where a.command = k.command and a.input_hash = k.input_hash and a.recorded_at = k.recorded_at))
          + (select count(*) from entry e where not exists (select 1 from (select convert_from(body, 'UTF8')::jsonb as leaf from log_draft) d
              where d.leaf->>'type' = 'entry' and d.leaf->>'seq' = 'E-' || lpad(e.id::text, 6, '0')))`,
  },
  {
    name: 'L19_refunds_never_exceed_gifts',
    sql: `select count(*) from (select d.id from donation d join refund r on r.donation_id = d.id
          where r.status in ('approved', 'sent', 'succeeded') group by d.id, d.settled_minor having sum(r.amount_minor) > d.settled_minor) x`,
  },
  {
    name: 'pledges_are_what_was_applied',
    sql: `select count(*) from pledge p left join (select pledge_id, sum(amount_minor) as s from pledge_application group by pledge_id) a
            on a.pledge_id = p.id
          where (p.status = 'fulfilled') <> (coalesce(a.s, 0) >= p.amount_minor) and p.status in ('open', 'partly_fulfilled', 'fulfilled')
             or (p.status = 'open' and coalesce(a.s, 0) > 0)`,
  },
  {
    name: 'no_lot_in_limbo',
    // Counted from when the fund knew: what is entered late with an old date could not have been acted upon sooner.
    sql: `with homeless as (
            select s.id as segment_id, p.lot_id,
              greatest((select max(m.recorded_at) from segment_status_change m where m.segment_id = s.id),
                (select min(e.recorded_at) from posting_lot pl join posting g on g.entry_id = pl.entry_id and g.line_no = pl.line_no
                 join entry e on e.id = pl.entry_id
                 where pl.lot_id = p.lot_id and p.account_id in (g.debit_account_id, g.credit_account_id))) as since
            from segment s join lot_position p on p.held_minor > 0 join account a on a.id = p.account_id
            where s.status in ('cancelled', 'closed')
              and ((a.class = 'allocated' and a.subject = s.code) or (a.class = 'unallocated' and p.designation = s.code))
            union all
            select s.id, p.lot_id, (select max(m.recorded_at) + interval '150 days' from segment_status_change m where m.segment_id = s.id)
            from segment s join account a on a.class = 'allocated' and a.subject = s.code
              join lot_position p on p.account_id = a.id and p.held_minor > 0
            where s.status = 'suspended')
          select (select count(*) from homeless h where h.since < now() - interval '30 days'
              and not exists (select 1 from plan_change c where c.segment_id = h.segment_id and c.status in ('open', 'proposed')
                and c.deadline >= current_date - 30)
              and not exists (select 1 from plan_change c where c.segment_id = h.segment_id and c.decision = 'keep'
                and c.status = 'settled' and c.keep_until >= current_date)
              and not exists (select 1 from refund r join donation d on d.id = r.donation_id join lot l on l.subject = d.code
                where l.id = h.lot_id and r.status in ('proposed', 'approved', 'sent')))
          + (select count(*) from plan_change_gift g join plan_change c on c.id = g.plan_change_id
             where c.status = 'settled' and g.outcome is null)`,
  },
  {
    name: 'transfer_accounts_were_approved',
    sql: `select (select count(*) from transfer_account a left join transfer_account_proposal p on p.id = a.proposal_id
             where case when a.proposal_id is null
               then exists (select 1 from transfer_account b where b.campaign_id = a.campaign_id and b.recorded_at < a.recorded_at)
               else p.status <> 'approved' or p.campaign_id <> a.campaign_id or p.account_number <> a.account_number
                 or p.holder <> a.holder or p.bank <> a.bank end)
          + (select count(*) from transfer_account_proposal p where p.status = 'approved'
             and not exists (select 1 from transfer_account a where a.proposal_id = p.id))`,
  },
  {
    name: 'plans_equal_their_allocations',
    sql: `select (select count(*) from allocation_plan p where p.amount_minor <>
              (select coalesce(sum(l.amount_minor), 0) from allocation_plan_line l where l.plan_id = p.id))
          + (select count(*) from allocation_plan_line l join allocation_plan p on p.id = l.plan_id
             left join allocation a on a.id = l.allocation_id
             where (p.status = 'approved') <> (a.id is not null)
                or (a.id is not null and (a.amount_minor <> l.amount_minor or a.segment_id <> l.segment_id)))`,
  },
];
