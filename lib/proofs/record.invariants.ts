import type { Invariant } from './invariant';

/** What must hold between the books and the records around them: gifts, contracts, payments, receipts, audit. */
export const RECORD_INVARIANTS: readonly Invariant[] = [
  {
    name: 'L7_one_entry_per_thing',
    says: 'A gift, an allocation, a contract, a payment entered the books once.',
    sql: `select count(*) from (select kind, subject from entry
            where kind in ('gift_received', 'allocation_approved', 'contract_signed', 'work_certified', 'contractor_paid')
              and not exists (select 1 from entry r where r.reverses_id = entry.id)
            group by kind, subject having count(*) > 1) x`,
  },
  {
    name: 'L7_cleared_gifts_are_in_the_books',
    says: 'Every gift that counts as received is a lot of its settled amount, and no other gift is.',
    sql: `select count(*) from donation d full join (select * from lot where kind = 'gift') l on l.subject = d.code
          where (d.status in ('cleared', 'settled', 'partly_refunded', 'refunded', 'disputed', 'won', 'lost'))
            is distinct from (l.id is not null)
             or l.id is not null and (l.amount_minor <> d.settled_minor or l.designation is distinct from d.designation)`,
  },
  {
    name: 'L12_maker_is_not_checker',
    says: 'Nobody approved what they made themselves.',
    sql: `select (select count(*) from allocation where decided_by = proposed_by and status <> 'withdrawn')
          + (select count(*) from budget where decided_by = proposed_by)
          + (select count(*) from contract where decided_by = proposed_by)
          + (select count(*) from variation where decided_by = proposed_by)
          + (select count(*) from disbursement where decided_by = requested_by)
          + (select count(*) from donation where verified_by = recorded_by)
          + (select count(*) from refund where decided_by = proposed_by)
          + (select count(*) from publication where approved_by = written_by)`,
  },
  {
    name: 'L13_public_numbers_equal_the_books',
    says: 'Received = fees + waiting + assigned, minus open shortfalls; and the five numbers stand in their order.',
    sql: `select count(*) from disclosure.campaign_numbers
          where received_minor + shortfall_minor <> fees_minor + unallocated_minor + allocated_minor
             or not (paid_minor <= certified_minor and certified_minor <= committed_minor and committed_minor <= allocated_minor)
             or (shortfall_minor = 0 and allocated_minor > received_minor)`,
  },
  {
    name: 'L13_roads_add_up',
    says: 'The roads’ assigned, contracted, certified and paid money adds up to the campaign’s.',
    sql: `select count(*) from disclosure.campaign_numbers n join (select campaign, sum(allocated_minor) as a, sum(committed_minor) as c,
            sum(certified_minor) as z, sum(paid_minor) as p from disclosure.segment group by campaign) s using (campaign)
          where s.a <> n.allocated_minor or s.c <> n.committed_minor or s.z <> n.certified_minor or s.p <> n.paid_minor`,
  },
  {
    name: 'records_equal_their_entries',
    says: 'What a contract, certificate or payment record says is what its entry moved.',
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
    says: 'What is certified and not yet paid is exactly what contractors are owed.',
    sql: `select count(*) from (select campaign_id,
            coalesce(sum(balance_minor) filter (where class = 'certified'), 0) as certified,
            coalesce(-sum(balance_minor) filter (where code like 'liabilities:contractor-payable:%'), 0) as owed
          from account_balance group by campaign_id) x where certified <> owed`,
  },
  {
    name: 'L14_receipts_are_gap_free',
    says: 'Receipt numbers run from one without a gap, one valid receipt per gift.',
    sql: `select (select count(*) from receipt_counter c where c.last_serial <> (select count(*) from receipt r
            join donation d on d.id = r.donation_id where d.campaign_id = c.campaign_id))
          + (select count(*) from (select donation_id from receipt where status = 'issued' group by donation_id having count(*) > 1) x)`,
  },
  {
    name: 'L15_no_act_without_audit',
    says: 'Every remembered answer has its audit event, and every entry was drafted for the public log.',
    sql: `select (select count(*) from command_key k where k.answer is null)
          + (select greatest((select count(*) from entry) -
              (select count(*) from log_draft where convert_from(body, 'UTF8') like '%"type":"entry"%'), 0))`,
  },
  {
    name: 'L19_refunds_never_exceed_gifts',
    says: 'No gift was refunded for more than it was.',
    sql: `select count(*) from (select d.id from donation d join refund r on r.donation_id = d.id
          where r.status in ('approved', 'sent', 'succeeded') group by d.id, d.settled_minor having sum(r.amount_minor) > d.settled_minor) x`,
  },
  {
    name: 'pledges_are_what_was_applied',
    says: 'A pledge counts as fulfilled when gifts for its full amount were applied, and only then.',
    sql: `select count(*) from pledge p left join (select pledge_id, sum(amount_minor) as s from pledge_application group by pledge_id) a
            on a.pledge_id = p.id
          where (p.status = 'fulfilled') <> (coalesce(a.s, 0) >= p.amount_minor) and p.status in ('open', 'partly_fulfilled', 'fulfilled')
             or (p.status = 'open' and coalesce(a.s, 0) > 0)`,
  },
];
