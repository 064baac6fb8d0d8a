-- Why: everything public passes here. The role of the public pages can read these views and nothing else, so a name
-- without consent, a phone number or a capture place cannot be published by any page, export or mistake. Days, not
-- seconds. Columns are on an allow-list that a test holds (tests/architecture/disclosure.test.ts).
create schema disclosure;

create view disclosure.campaign as
  select slug, name, organiser, place, story, book_currency as currency, time_zone, status, opens_on, ends_on, event_on,
    legal_host, licence_no, filing_no, pay_elsewhere_url, quotes_required, illustrative
  from campaign where status <> 'draft';

create view disclosure.segment as
  select s.code, c.slug as campaign, s.name, s.location, s.length_mm, s.width_mm, s.geometry, s.status, s.budget_minor,
    s.warranty_until, c.book_currency as currency,
    coalesce((select sum(b.balance_minor) from account_balance b where b.class = 'allocated' and b.subject = s.code), 0)::bigint
      + w.committed + w.certified + w.paid as allocated_minor,
    w.committed + w.certified + w.paid as committed_minor,
    w.certified + w.paid as certified_minor,
    w.paid as paid_minor,
    (select count(*)::int from lot_position p join account a on a.id = p.account_id
       join lot l on l.id = p.lot_id and l.kind = 'gift'
     where a.class = 'allocated' and a.subject = s.code) as gift_count
  from segment s
  join campaign c on c.id = s.campaign_id
  cross join lateral (
    select coalesce(sum(b.balance_minor) filter (where b.class = 'committed'), 0)::bigint as committed,
      coalesce(sum(b.balance_minor) filter (where b.class = 'certified'), 0)::bigint as certified,
      coalesce(sum(b.balance_minor) filter (where b.class = 'paid'), 0)::bigint as paid
    from contract k join account_balance b on b.subject = k.code and b.class in ('committed', 'certified', 'paid')
    where k.segment_id = s.id) w
  where c.status <> 'draft' and s.status <> 'proposed';

create view disclosure.campaign_numbers as
  select c.slug as campaign, c.book_currency as currency,
    p.pledged_minor, p.pledge_count, p.fulfilled_minor,
    m.given_minor - m.returned_minor - m.lost_minor as received_minor,
    m.held_minor + m.paid_minor as allocated_minor,
    m.committed_minor + m.certified_minor + m.paid_minor as committed_minor,
    m.certified_minor + m.paid_minor as certified_minor,
    m.paid_minor, m.unallocated_minor, m.fees_minor, m.returned_minor, m.lost_minor, m.shortfall_minor,
    (select coalesce(sum(s.budget_minor), 0)::bigint from segment s where s.campaign_id = c.id and s.status not in ('proposed', 'cancelled')) as target_minor,
    (select count(*)::int from segment s where s.campaign_id = c.id and s.status not in ('proposed', 'cancelled')) as segment_count,
    (select count(*)::int from lot l where l.campaign_id = c.id and l.kind = 'gift') as gift_count,
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
comment on column disclosure.campaign_numbers.last_entry_on is 'Null before the first entry.';

create view disclosure.pledge_due as
  select c.slug as campaign, d.due_on, greatest(d.due_minor - d.fulfilled_minor, 0)::bigint as outstanding_minor
  from campaign c
  join lateral (
    select i.due_on, least(i.amount_minor,
        greatest(sum(i.amount_minor) over (partition by g.id order by i.due_on, i.no) - coalesce(f.applied, 0), 0))::bigint as due_minor,
      0::bigint as fulfilled_minor
    from pledge g
    join instalment i on i.pledge_id = g.id and i.pledge_version = (select max(v.pledge_version) from instalment v where v.pledge_id = g.id)
    left join lateral (select sum(a.amount_minor) as applied from pledge_application a where a.pledge_id = g.id) f on true
    where g.campaign_id = c.id and g.status in ('open', 'partly_fulfilled')) d on d.due_minor > 0
  where c.status <> 'draft';

create view disclosure.gift as
  select d.code, c.slug as campaign, d.received_on, d.settled_minor as amount_minor, d.fee_minor, c.book_currency as currency,
    d.channel, d.designation, d.status,
    case when d.currency <> c.book_currency then d.currency end as foreign_currency,
    case when d.currency <> c.book_currency then d.amount_minor end as foreign_minor,
    case when d.currency <> c.book_currency then d.rate end as rate,
    case when d.currency <> c.book_currency then d.rate_on end as rate_on,
    r.shown_as as shown_as, l.id as lot_order
  from donation d
  join campaign c on c.id = d.campaign_id and c.status <> 'draft'
  join lot l on l.subject = d.code
  left join recognition r on r.id = d.recognition_id and r.consented_at is not null and r.withdrawn_at is null
    and r.moderation = 'shown'
  where d.received_on is not null;
comment on column disclosure.gift.shown_as is 'Null unless this gift''s donor agreed to be named and a person has read the name.';
comment on column disclosure.gift.designation is 'Null: where it is needed.';
comment on column disclosure.gift.foreign_currency is 'Null for gifts in the book currency.';
comment on column disclosure.gift.foreign_minor is 'Null for gifts in the book currency.';
comment on column disclosure.gift.rate is 'Null for gifts in the book currency.';
comment on column disclosure.gift.rate_on is 'Null for gifts in the book currency.';

-- Where every fen of a gift is now: one row per place, sums to the gift.
create view disclosure.gift_place as
  select l.subject as gift, a.class as state,
    case when a.class = 'allocated' then a.subject else s.code end as segment,
    case when a.class in ('committed', 'certified', 'paid') then a.subject end as contract,
    p.held_minor as amount_minor, p.order_no as lot_order
  from lot_position p join lot l on l.id = p.lot_id join account a on a.id = p.account_id
  left join contract k on k.code = a.subject and a.class in ('committed', 'certified', 'paid')
  left join segment s on s.id = k.segment_id
  where p.held_minor > 0;
comment on column disclosure.gift_place.segment is 'Null while the money belongs to no road.';
comment on column disclosure.gift_place.contract is 'Null while no contract has taken it.';

-- The lots of a road's contracts in order of use: what each gift paves.
create view disclosure.segment_gift as
  select s.code as segment, l.subject as gift, l.kind,
    min(p.order_no) filter (where a.class = 'committed') as lot_order,
    sum(p.held_minor)::bigint as amount_minor,
    coalesce(sum(p.held_minor) filter (where a.class = 'paid'), 0)::bigint as paid_minor
  from contract k join segment s on s.id = k.segment_id
  join account a on a.class in ('committed', 'certified', 'paid') and a.subject = k.code
  join lot_position p on p.account_id = a.id join lot l on l.id = p.lot_id
  group by s.code, l.subject, l.kind
  having sum(p.held_minor) > 0;

create view disclosure.gift_payment as
  select l.subject as gift, d.code as payment, sum(pl.amount_minor)::bigint as amount_minor
  from disbursement d
  join posting_lot pl on pl.entry_id = d.entry_id join lot l on l.id = pl.lot_id
  where d.status in ('paid', 'reconciled')
  group by l.subject, d.code;

create view disclosure.budget as
  select s.code as segment, b.version, b.total_minor, b.reason, b.decided_on as approved_on
  from budget b join segment s on s.id = b.segment_id where b.status = 'approved';
comment on column disclosure.budget.reason is 'Null for a first budget.';
create view disclosure.budget_line as
  select s.code as segment, b.version, l.line_no, l.item, l.unit, l.quantity_milli, l.amount_minor
  from budget_line l join budget b on b.id = l.budget_id join segment s on s.id = b.segment_id where b.status = 'approved';

create view disclosure.allocation as
  select a.code, s.code as segment, a.amount_minor, a.decided_on as approved_on, a.status
  from allocation a join segment s on s.id = a.segment_id where a.status in ('approved', 'released');

create view disclosure.quote as
  select s.code as segment, b.code as contractor, b.name as contractor_name, q.amount_minor, q.received_on,
    exists (select 1 from contract k where k.quote_id = q.id and k.status in ('signed', 'completed')) as chosen
  from quote q join segment s on s.id = q.segment_id join contractor b on b.id = q.contractor_id
  where s.status not in ('proposed', 'approved', 'funded');

create view disclosure.contract as
  select k.code, s.code as segment, b.code as contractor, b.name as contractor_name, b.conflict_of_interest,
    k.amount_minor, k.retention_minor, k.few_quotes_reason, k.signed_on, k.status
  from contract k join segment s on s.id = k.segment_id join contractor b on b.id = k.contractor_id
  where k.status in ('signed', 'completed', 'cancelled');
comment on column disclosure.contract.conflict_of_interest is 'Null when none was declared.';
comment on column disclosure.contract.few_quotes_reason is 'Null when there were enough quotes.';
create view disclosure.contract_line as
  select k.code as contract, l.line_no, l.item, l.amount_minor
  from contract_line l join contract k on k.id = l.contract_id where k.status in ('signed', 'completed', 'cancelled');

create view disclosure.variation as
  select v.code, k.code as contract, v.before_minor, v.after_minor, v.rationale, v.decided_on as approved_on
  from variation v join contract k on k.id = v.contract_id where v.status = 'approved';

create view disclosure.certificate as
  select f.code, k.code as contract, s.code as segment, f.stage, f.percent, f.amount_minor, f.certified_on
  from certificate f join contract k on k.id = f.contract_id join segment s on s.id = k.segment_id;
comment on column disclosure.certificate.percent is 'Null when the amount was measured, not a share.';

create view disclosure.payment as
  select d.code, c.slug as campaign, s.code as segment, k.code as contract, f.code as certificate, f.stage,
    b.name as contractor_name, d.amount_minor, d.paid_on, d.status, d.invoice_sha256, o.code as invoice
  from disbursement d
  join contract k on k.id = d.contract_id join segment s on s.id = k.segment_id join campaign c on c.id = s.campaign_id
  join certificate f on f.id = d.certificate_id join contractor b on b.id = d.contractor_id
  join document o on o.id = d.invoice_document_id
  where d.status in ('paid', 'reconciled', 'bounced');

create view disclosure.document as
  select d.code, c.slug as campaign, s.code as segment, d.kind, d.title, d.dated, d.pages, d.media_type, d.size_bytes, d.sha256,
    case d.visibility when 'public' then coalesce(d.public_sha256, d.sha256) when 'redacted' then d.public_sha256 end as file_sha256,
    d.visibility, d.withheld_reason, d.opens_on
  from document d join campaign c on c.id = d.campaign_id left join segment s on s.id = d.segment_id
  where d.visibility <> 'internal' and c.status <> 'draft';
comment on column disclosure.document.segment is 'Null for documents of the whole campaign.';
comment on column disclosure.document.pages is 'Null when not counted.';
comment on column disclosure.document.file_sha256 is 'Null when withheld: there is no public file.';
comment on column disclosure.document.withheld_reason is 'Null when not withheld.';
comment on column disclosure.document.opens_on is 'Null when not withheld, or withheld without a date.';

create view disclosure.photograph as
  select p.id::text as id, s.code as segment, p.stage, p.station, p.taken_on, p.original_sha256, p.public_sha256,
    p.thumb_sha256, p.width_px, p.height_px, p.caption, p.illustrative
  from photograph p join segment s on s.id = p.segment_id where p.published_on is not null;

create view disclosure.acceptance as
  select s.code as segment, d.code as sheet, a.length_mm, a.width_mm, a.thickness_mm, a.signed_on, a.result, a.remark
  from acceptance a join segment s on s.id = a.segment_id join document d on d.id = a.sheet_document_id;
comment on column disclosure.acceptance.remark is 'Null when nothing was remarked.';

create view disclosure.segment_move as
  select s.code as segment, m.event, m.from_status, m.to_status, m.happened_on, m.reason, m.id as move_order
  from segment_status_change m join segment s on s.id = m.segment_id;
comment on column disclosure.segment_move.reason is 'Null when none was needed.';

create view disclosure.entry as
  select e.id, 'E-' || lpad(e.id::text, 6, '0') as number, c.slug as campaign, e.kind, e.subject_kind, e.subject,
    e.accounting_date, e.recorded_at::date as recorded_on, e.reverses_id, e.reason,
    r.id as reversed_by_id,
    coalesce((select sum(p.amount_minor) from posting p where p.entry_id = e.id and p.book = 'purpose'), 
             (select sum(p.amount_minor) from posting p where p.entry_id = e.id))::bigint as amount_minor,
    c.book_currency as currency,
    (select min(coalesce(s.code, case when a.class = 'allocated' then a.subject end))
       from posting p join account a on a.id in (p.credit_account_id, p.debit_account_id) and a.book = 'purpose'
       left join contract k on k.code = a.subject left join segment s on s.id = k.segment_id
      where p.entry_id = e.id) as segment
  from entry e join campaign c on c.id = e.campaign_id and c.status <> 'draft'
  left join entry r on r.reverses_id = e.id;
comment on column disclosure.entry.reverses_id is 'Null unless this entry corrects another.';
comment on column disclosure.entry.reversed_by_id is 'Null unless a later entry undid this one.';
comment on column disclosure.entry.reason is 'Null unless this entry corrects another.';
comment on column disclosure.entry.segment is 'Null when the entry touches no road.';

create view disclosure.posting as
  select p.entry_id, p.line_no, p.book, k.code as credit_account, d.code as debit_account, p.amount_minor, p.currency
  from posting p join account k on k.id = p.credit_account_id join account d on d.id = p.debit_account_id;
create view disclosure.posting_gift as
  select pl.entry_id, pl.line_no, l.subject as gift, pl.amount_minor from posting_lot pl join lot l on l.id = pl.lot_id;

create view disclosure.account_balance as
  select b.code, b.book, b.class, c.slug as campaign, b.subject, b.currency, b.balance_minor
  from account_balance b join campaign c on c.id = b.campaign_id and c.status <> 'draft';

create view disclosure.duty as
  select c.slug as campaign, d.kind, d.title, d.rule, d.due_on, d.done_on
  from duty d join campaign c on c.id = d.campaign_id and c.status <> 'draft';
comment on column disclosure.duty.done_on is 'Null while it has not been met.';

create view disclosure.publication as
  select p.id::text as id, c.slug as campaign, p.kind, p.title, p.body, p.corrects_id::text as corrects, p.status, p.published_on
  from publication p join campaign c on c.id = p.campaign_id and c.status <> 'draft'
  where p.status in ('published', 'corrected');
comment on column disclosure.publication.corrects is 'Null unless it corrects another.';

create view disclosure.shortfall as
  select f.code, c.slug as campaign, f.amount_minor, f.cause, f.opened_on, f.resolved_on, f.resolution
  from shortfall f join campaign c on c.id = f.campaign_id and c.status <> 'draft';
comment on column disclosure.shortfall.resolved_on is 'Null while it is open.';
comment on column disclosure.shortfall.resolution is 'Null while it is open.';

create view disclosure.period as
  select c.slug as campaign, p.month, p.status from period p join campaign c on c.id = p.campaign_id and c.status <> 'draft';

-- The last outcome of every proof of state (npm run proofs), so that the public page can say it in words.
create table proof_run (
  id bigint generated always as identity primary key,
  started_at timestamptz not null default now(),
  proof text not null,
  offenders bigint not null constraint proof_run_offenders_not_negative check (offenders >= 0),
  took_ms integer not null
);
comment on table proof_run is 'Each invariant re-proved on live data: how many rows offend it. Zero is the only good answer.';
create index proof_run_latest on proof_run (proof, id desc);
create view disclosure.proof_status as
  select distinct on (proof) proof, offenders, started_at::date as checked_on, started_at as checked_at from proof_run order by proof, id desc;
grant select, insert on proof_run to shanlu_app;
grant select on proof_run to shanlu_reader;

grant usage on schema disclosure to shanlu_public, shanlu_reader, shanlu_app;
grant select on all tables in schema disclosure to shanlu_public, shanlu_reader, shanlu_app;
alter default privileges for role shanlu_owner in schema disclosure grant select on tables to shanlu_public, shanlu_reader, shanlu_app;
