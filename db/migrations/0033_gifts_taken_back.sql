-- Why: a gift whose clearing was undone leaves its lot behind, empty. It is no gift that was received, so the public
-- count of gifts counts lots that hold money.
create or replace view disclosure.campaign_numbers as
  select c.slug as campaign, c.book_currency as currency,
    p.pledged_minor, p.pledge_count, p.fulfilled_minor,
    m.given_minor - m.returned_minor - m.lost_minor as received_minor,
    m.held_minor + m.paid_minor as allocated_minor,
    m.committed_minor + m.certified_minor + m.paid_minor as committed_minor,
    m.certified_minor + m.paid_minor as certified_minor,
    m.paid_minor, m.unallocated_minor, m.fees_minor, m.returned_minor, m.lost_minor, m.shortfall_minor,
    (select coalesce(sum(s.budget_minor), 0)::bigint from segment s where s.campaign_id = c.id and s.status not in ('proposed', 'cancelled')) as target_minor,
    (select count(*)::int from segment s where s.campaign_id = c.id and s.status not in ('proposed', 'cancelled')) as segment_count,
    (select count(*)::int from lot l where l.campaign_id = c.id and l.kind = 'gift'
      and exists (select 1 from lot_position p where p.lot_id = l.id and p.held_minor > 0)) as gift_count,
    (select count(*)::int from contract k join segment s on s.id = k.segment_id
      where s.campaign_id = c.id and k.status in ('signed', 'completed')) as contract_count,
    (select count(distinct k.contractor_id)::int from contract k join segment s on s.id = k.segment_id
      where s.campaign_id = c.id and k.status in ('signed', 'completed')) as contractor_count,
    (select count(*)::int from disbursement d join contract k on k.id = d.contract_id join segment s on s.id = k.segment_id
      where s.campaign_id = c.id and d.status in ('paid', 'reconciled')) as payment_count,
    (select max(e.accounting_date) from entry e where e.campaign_id = c.id) as last_entry_on
  from campaign c
  cross join lateral (
    select coalesce(-sum(balance_minor) filter (where class = 'given'), 0)::bigint as given_minor,
      coalesce(sum(balance_minor) filter (where class = 'unallocated'), 0)::bigint as unallocated_minor,
      coalesce(sum(balance_minor) filter (where class in ('allocated', 'committed', 'certified')), 0)::bigint as held_minor,
      coalesce(sum(balance_minor) filter (where class = 'committed'), 0)::bigint as committed_minor,
      coalesce(sum(balance_minor) filter (where class = 'certified'), 0)::bigint as certified_minor,
      coalesce(sum(balance_minor) filter (where class = 'paid'), 0)::bigint as paid_minor,
      coalesce(sum(balance_minor) filter (where class = 'fees'), 0)::bigint as fees_minor,
      coalesce(sum(balance_minor) filter (where class = 'returned'), 0)::bigint as returned_minor,
      coalesce(sum(balance_minor) filter (where class = 'lost'), 0)::bigint as lost_minor,
      coalesce(-sum(balance_minor) filter (where class = 'shortfall'), 0)::bigint as shortfall_minor
    from account_balance b where b.campaign_id = c.id and b.book = 'purpose') m
  cross join lateral (
    select coalesce(sum(g.amount_minor) filter (where g.status in ('open', 'partly_fulfilled', 'fulfilled')), 0)::bigint as pledged_minor,
      (count(*) filter (where g.status in ('open', 'partly_fulfilled', 'fulfilled')))::int as pledge_count,
      (select coalesce(sum(a.amount_minor), 0)::bigint from pledge_application a join pledge q on q.id = a.pledge_id
        where q.campaign_id = c.id) as fulfilled_minor
    from pledge g where g.campaign_id = c.id and g.currency = c.book_currency) p
  where c.status <> 'draft';
