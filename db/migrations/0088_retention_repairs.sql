-- Why: retention money is kept to have defects put right. A repair certificate takes it for a confirmed defect and names
-- who is paid for the repair: the contractor, or another when the contractor does not come.
alter table certificate drop constraint certificate_stage_known;
alter table certificate
  add constraint certificate_stage_known
    check (stage in ('advance', 'base', 'surface', 'final', 'retention', 'repair')),
  add concern_id uuid references concern,
  add paid_to uuid references contractor,
  add constraint certificate_repair_names_defect
    check ((stage = 'repair') = (concern_id is not null) and (stage = 'repair') = (paid_to is not null));
comment on column certificate.concern_id is 'The confirmed defect a repair is for.';
comment on column certificate.paid_to is 'Who repaired it, when stage is repair; otherwise the contractor of the contract is paid.';

create or replace view disclosure.certificate as
  select f.code, k.code as contract, s.code as segment, f.stage, f.percent, f.amount_minor, f.certified_on,
    x.code as concern, coalesce(r.name, b.name) as paid_to_name
  from certificate f join contract k on k.id = f.contract_id join segment s on s.id = k.segment_id
  join contractor b on b.id = k.contractor_id
  left join contractor r on r.id = f.paid_to
  left join concern x on x.id = f.concern_id;
comment on column disclosure.certificate.concern is 'Null unless retention paid for a repair.';
