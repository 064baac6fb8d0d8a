-- Why: a report as of any past day must not read every posting. Finished postings are folded per account and
-- accounting day, in the same act and up to the same mark as account_summary; what is newer is read from the postings.
create table account_day (
  account_id bigint not null references account,
  day date not null,
  in_minor minor_total not null,
  out_minor minor_total not null,
  primary key (account_id, day)
);
comment on table account_day is 'Postings of transactions before summary_mark, summed by account and accounting day. Derived; can be made again from nothing.';

insert into account_day (account_id, day, in_minor, out_minor)
select account_id, day, sum(came_in)::bigint, sum(went_out)::bigint from (
  select p.debit_account_id as account_id, e.accounting_date as day, p.amount_minor as came_in, 0::bigint as went_out
  from posting p join entry e on e.id = p.entry_id, summary_mark m where p.tx < m.through_tx
  union all
  select p.credit_account_id, e.accounting_date, 0, p.amount_minor
  from posting p join entry e on e.id = p.entry_id, summary_mark m where p.tx < m.through_tx) x
group by account_id, day;

create index posting_tx on posting (tx);

grant select on account_day to shanlu_app, shanlu_reader;
grant insert on account_day to shanlu_app;
grant update (in_minor, out_minor) on account_day to shanlu_app;
