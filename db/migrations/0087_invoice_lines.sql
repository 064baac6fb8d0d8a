-- Why: an invoice is paid line by line against the bill of quantities of its contract, so that nobody is paid twice for
-- the same cubic metre. A variation says by how much each line grows or shrinks.
alter table contract_line
  add unit text,
  add quantity_milli bigint constraint contract_line_quantity_positive check (quantity_milli > 0),
  add constraint contract_line_quantity_has_unit check ((unit is null) = (quantity_milli is null));
comment on column contract_line.quantity_milli is 'Contracted quantity in thousandths of the unit; null for a lump sum.';

create table variation_line (
  variation_id uuid not null references variation,
  line_no integer not null,
  quantity_milli bigint not null,
  amount_minor bigint not null,
  primary key (variation_id, line_no),
  constraint variation_line_changes check (quantity_milli <> 0 or amount_minor <> 0)
);
comment on table variation_line is 'By how much a variation changes a line of its contract; in force once the variation is approved.';

create table invoice_line (
  disbursement_id uuid not null references disbursement,
  line_no integer not null,
  quantity_milli bigint not null constraint invoice_line_quantity_positive check (quantity_milli > 0),
  amount_minor minor_amount not null,
  primary key (disbursement_id, line_no)
);
comment on table invoice_line is 'What an invoice asks for, line by line of its contract, net of retention.';

create trigger variation_line_append_only before update or delete on variation_line
  for each row execute function refuse_rewrite();
create trigger invoice_line_append_only before update or delete on invoice_line
  for each row execute function refuse_rewrite();
grant select, insert on variation_line, invoice_line to shanlu_app;
grant select on variation_line, invoice_line to shanlu_reader;

create or replace view disclosure.contract_line as
  select k.code as contract, l.line_no, l.item, l.amount_minor, l.unit, l.quantity_milli,
    coalesce((select sum(v.quantity_milli) from variation_line v join variation w on w.id = v.variation_id and w.status = 'approved'
      where w.contract_id = k.id and v.line_no = l.line_no), 0)::bigint as varied_milli,
    coalesce((select sum(v.amount_minor) from variation_line v join variation w on w.id = v.variation_id and w.status = 'approved'
      where w.contract_id = k.id and v.line_no = l.line_no), 0)::bigint as varied_minor,
    coalesce((select sum(i.quantity_milli) from invoice_line i join disbursement d on d.id = i.disbursement_id
      where d.contract_id = k.id and d.status in ('paid', 'reconciled') and i.line_no = l.line_no), 0)::bigint as paid_milli,
    coalesce((select sum(i.amount_minor) from invoice_line i join disbursement d on d.id = i.disbursement_id
      where d.contract_id = k.id and d.status in ('paid', 'reconciled') and i.line_no = l.line_no), 0)::bigint as paid_minor
  from contract_line l join contract k on k.id = l.contract_id where k.status in ('signed', 'completed', 'cancelled');
comment on column disclosure.contract_line.unit is 'Null for a lump sum.';
comment on column disclosure.contract_line.quantity_milli is 'Null for a lump sum.';
