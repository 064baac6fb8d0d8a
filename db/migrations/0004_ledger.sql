-- Why: two books kept side by side (平行记账). The financial book says where the money is, the purpose book what it
-- is for. A posting moves one positive amount from one account to another of the same book and currency, so an
-- entry that does not balance cannot be written. Lots say which gift each purpose amount came from.
create table campaign (
  id uuid primary key,
  slug text not null constraint campaign_slug_unique unique
    constraint campaign_slug_shape check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 60),
  name local_text not null,
  organiser local_text not null,
  place local_text not null,
  story local_text,
  book_currency currency_code not null,
  time_zone text not null,
  status text not null default 'draft' constraint campaign_status_known check (status in ('draft', 'open', 'closed')),
  opens_on date not null,
  ends_on date not null,
  event_on date,
  legal_host local_text,
  licence_no text,
  filing_no text,
  pay_elsewhere_url text,
  quotes_required integer not null default 3 constraint campaign_quotes_sane check (quotes_required between 1 and 20),
  illustrative boolean not null default false,
  created_at timestamptz not null default now(),
  constraint campaign_dates_in_order check (opens_on <= ends_on)
);
comment on table campaign is 'A filed fundraising activity (募捐活动) with its dates, host and plan.';
comment on column campaign.illustrative is 'Demo data: pages must say which figures are invented.';

create table account (
  id bigint generated always as identity primary key,
  code text not null constraint account_code_unique unique constraint account_code_length check (length(code) <= 200),
  book text not null constraint account_book_known check (book in ('financial', 'purpose')),
  class text not null,
  currency currency_code not null,
  campaign_id uuid not null references campaign,
  subject text not null,
  has_floor boolean not null,
  unique (id, book, currency),
  constraint account_class_known check (
    (book = 'financial' and class in ('asset', 'liability', 'income', 'expense')) or
    (book = 'purpose' and class in ('given', 'unallocated', 'allocated', 'committed', 'certified', 'paid',
                                    'fees', 'returned', 'lost', 'shortfall'))),
  constraint account_floor_by_class check (
    has_floor = (class in ('unallocated', 'allocated', 'committed', 'certified')))
);
comment on table account is 'Chart of accounts of both books; code tells the story, e.g. allocated:ML-07.';
comment on column account.subject is 'What the account is of: campaign slug, segment code, contract code or bank account.';
create index account_campaign_class on account (campaign_id, class);
create index account_class_subject on account (class, subject);

create table entry (
  id bigint generated always as identity primary key,
  kind text not null,
  campaign_id uuid not null references campaign,
  subject_kind text not null,
  subject text not null,
  accounting_date date not null,
  recorded_at timestamptz not null default now(),
  reverses_id bigint constraint entry_reversed_once unique references entry,
  reason text,
  constraint entry_reversal_has_reason check (reverses_id is null or length(reason) > 0)
);
comment on table entry is 'A set of postings that happened together. accounting_date = when it happened (charity''s zone); recorded_at = when it was written.';
create index entry_subject on entry (subject_kind, subject, id);
create index entry_campaign on entry (campaign_id, id);

create table posting (
  entry_id bigint not null references entry,
  line_no smallint not null,
  book text not null,
  currency currency_code not null,
  credit_account_id bigint not null,
  debit_account_id bigint not null,
  amount_minor minor_amount not null,
  tx xid8 not null default pg_current_xact_id(),
  primary key (entry_id, line_no),
  constraint posting_credit_same_book foreign key (credit_account_id, book, currency) references account (id, book, currency),
  constraint posting_debit_same_book foreign key (debit_account_id, book, currency) references account (id, book, currency),
  constraint posting_accounts_differ check (credit_account_id <> debit_account_id)
);
comment on table posting is 'One amount moved from the credit account to the debit account. Append-only.';
create index posting_debit on posting (debit_account_id, tx) include (amount_minor);
create index posting_credit on posting (credit_account_id, tx) include (amount_minor);

-- Money coming in takes no shared lock. Money going out locks this row, counts what has come in, and the CHECK
-- refuses an overdraft even if the code above it is wrong.
create table guard (
  account_id bigint primary key references account,
  in_seen_minor minor_total not null default 0,
  out_minor minor_total not null default 0,
  constraint account_not_overdrawn check (out_minor <= in_seen_minor)
);
comment on table guard is 'One row per account with a floor: locked by money going out, never by money coming in.';

create table account_summary (
  account_id bigint primary key references account,
  in_minor minor_total not null,
  out_minor minor_total not null
);
create table summary_mark (
  only_one boolean primary key default true check (only_one),
  through_tx xid8 not null
);
insert into summary_mark (through_tx) values ('0');
comment on table account_summary is 'Postings of transactions before summary_mark, summed. Balance = summary + newer postings, always exact.';

create view account_balance as
  select a.id as account_id, a.code, a.book, a.class, a.currency, a.campaign_id, a.subject,
    (coalesce(s.in_minor, 0) + coalesce(i.amount, 0))::bigint as in_minor,
    (coalesce(s.out_minor, 0) + coalesce(o.amount, 0))::bigint as out_minor,
    (coalesce(s.in_minor, 0) + coalesce(i.amount, 0) - coalesce(s.out_minor, 0) - coalesce(o.amount, 0))::bigint as balance_minor
  from account a
  cross join summary_mark m
  left join account_summary s on s.account_id = a.id
  left join lateral (select sum(p.amount_minor) as amount from posting p
                     where p.debit_account_id = a.id and p.tx >= m.through_tx) i on true
  left join lateral (select sum(p.amount_minor) as amount from posting p
                     where p.credit_account_id = a.id and p.tx >= m.through_tx) o on true;
comment on view account_balance is 'Debits minus credits of every account, exact at this instant.';

create table lot (
  id bigint generated always as identity primary key,
  kind text not null constraint lot_kind_known check (kind in ('gift', 'shortfall')),
  subject text not null constraint lot_subject_unique unique,
  campaign_id uuid not null references campaign,
  amount_minor minor_amount not null,
  received_on date not null,
  designation text
);
comment on table lot is 'One gift (or one named shortfall that stands in for a returned gift) as traceable money.';
comment on column lot.designation is 'Code of the only segment this gift may pave, or null: where it is needed.';

create table posting_lot (
  entry_id bigint not null,
  line_no smallint not null,
  lot_id bigint not null references lot,
  amount_minor minor_amount not null,
  primary key (entry_id, line_no, lot_id),
  foreign key (entry_id, line_no) references posting (entry_id, line_no)
);
comment on table posting_lot is 'Which gifts a purpose posting consists of. Sums to the posting exactly.';
create index posting_lot_lot on posting_lot (lot_id, entry_id, line_no);

create table lot_position (
  account_id bigint not null references account,
  lot_id bigint not null references lot,
  held_minor bigint not null constraint lot_position_not_overdrawn check (held_minor >= 0),
  designation text,
  ordered_on date not null,
  order_no bigint not null,
  primary key (account_id, lot_id)
);
comment on table lot_position is 'How much of each lot lies in each purpose account now. Re-derivable from posting_lot.';
create index lot_position_next on lot_position (account_id, designation, ordered_on, order_no, lot_id) where held_minor > 0;

create table period (
  campaign_id uuid not null references campaign,
  month date not null constraint period_is_a_month check (extract(day from month) = 1),
  status text not null constraint period_status_known check (status in ('open', 'soft_closed', 'closed')),
  changed_at timestamptz not null default now(),
  primary key (campaign_id, month)
);
comment on table period is 'A month of the books. No row means open. Entries may not be dated into a closed month.';

create function refuse_closed_period() returns trigger language plpgsql as $$
begin
  if exists (select 1 from period p
             where p.campaign_id = new.campaign_id and p.month = date_trunc('month', new.accounting_date)::date
               and p.status = 'closed') then
    raise exception 'the month of % is closed', new.accounting_date
      using errcode = 'check_violation', constraint = 'entry_period_open', table = 'entry';
  end if;
  return new;
end $$;
create trigger entry_period_open before insert on entry for each row execute function refuse_closed_period();

do $$
declare t text;
begin
  foreach t in array array['account', 'entry', 'posting', 'lot', 'posting_lot'] loop
    execute format('create trigger %I before update or delete on %I for each row execute function refuse_rewrite()', t || '_append_only', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_rewrite()', t || '_no_truncate', t);
  end loop;
end $$;

grant select on campaign, account, entry, posting, guard, account_summary, summary_mark, account_balance, lot, posting_lot, lot_position, period
  to shanlu_app, shanlu_reader;
grant insert on campaign, account, entry, posting, guard, account_summary, lot, posting_lot, lot_position, period to shanlu_app;
grant update on campaign, period to shanlu_app;
grant update (in_seen_minor, out_minor) on guard to shanlu_app;
grant update (in_minor, out_minor) on account_summary to shanlu_app;
grant update (through_tx) on summary_mark to shanlu_app;
grant update (held_minor) on lot_position to shanlu_app;
