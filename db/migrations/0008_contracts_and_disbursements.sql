-- Why: money leaves only against a contract, work certified by an inspector, an invoice used once, and the approval
-- of someone other than the person who asked.
create table contractor (
  id uuid primary key,
  code text not null constraint contractor_code_unique unique,
  name local_text not null,
  registration_no text,
  phone text,
  bank_account text,
  conflict_of_interest text,
  created_at timestamptz not null default now()
);
comment on table contractor is 'Register of contractors (施工方). Account and phone are never public.';

create table document (
  id uuid primary key,
  code text not null constraint document_code_unique unique,
  campaign_id uuid not null references campaign,
  segment_id uuid references segment,
  kind text not null constraint document_kind_known check (kind in ('quote', 'contract', 'variation', 'invoice',
    'acceptance_sheet', 'test_result', 'bank_slip', 'consent', 'filing', 'report', 'other')),
  title local_text not null,
  dated date not null,
  pages integer,
  media_type text not null,
  size_bytes bigint not null,
  sha256 sha256_hex not null,
  public_sha256 sha256_hex,
  visibility text not null constraint document_visibility_known check (visibility in ('public', 'redacted', 'withheld', 'internal')),
  withheld_reason text,
  opens_on date,
  uploaded_by uuid not null references person,
  uploaded_at timestamptz not null default now(),
  constraint document_withheld_says_why check (visibility <> 'withheld' or length(withheld_reason) > 0)
);
comment on table document is 'A file with its hash. The sealed original is never replaced; a redacted copy stands beside it.';
create sequence document_no;
create index document_segment on document (segment_id, dated);

create table quote (
  id uuid primary key,
  segment_id uuid not null references segment,
  contractor_id uuid not null references contractor,
  amount_minor minor_amount not null,
  document_id uuid not null references document,
  received_on date not null,
  recorded_by uuid not null references person,
  unique (segment_id, contractor_id, amount_minor)
);
comment on table quote is 'An offer (报价) of a contractor for one segment.';

create table contract (
  id uuid primary key,
  code text not null constraint contract_code_unique unique,
  segment_id uuid not null references segment,
  contractor_id uuid not null references contractor,
  quote_id uuid references quote,
  amount_minor minor_amount not null,
  retention_minor minor_total not null,
  few_quotes_reason text,
  document_id uuid not null references document,
  signed_on date not null,
  status text not null constraint contract_status_known
    check (status in ('proposed', 'signed', 'returned', 'completed', 'cancelled')),
  content_hash text not null,
  proposed_by uuid not null references person,
  decided_by uuid references person,
  decided_on date,
  entry_id bigint references entry,
  created_at timestamptz not null default now(),
  constraint contract_maker_is_not_checker check (decided_by is null or decided_by <> proposed_by),
  constraint contract_retention_below_amount check (retention_minor < amount_minor),
  constraint contract_signed_is_posted check (status not in ('signed', 'completed') or entry_id is not null)
);
comment on table contract is 'Works contract for a segment; signing it commits the segment''s money.';
comment on column contract.retention_minor is 'Retention money (质量保证金) paid only after the warranty.';
create unique index contract_one_in_force on contract (segment_id) where status in ('proposed', 'signed');

create table contract_line (
  contract_id uuid not null references contract,
  line_no integer not null,
  item local_text not null,
  amount_minor minor_amount not null,
  primary key (contract_id, line_no)
);

create table variation (
  id uuid primary key,
  code text not null constraint variation_code_unique unique,
  contract_id uuid not null references contract,
  before_minor minor_amount not null,
  after_minor minor_amount not null,
  rationale text not null,
  document_id uuid references document,
  status text not null constraint variation_status_known check (status in ('proposed', 'approved', 'returned')),
  content_hash text not null,
  proposed_by uuid not null references person,
  proposed_on date not null,
  decided_by uuid references person,
  decided_on date,
  entry_id bigint references entry,
  constraint variation_maker_is_not_checker check (decided_by is null or decided_by <> proposed_by)
);
comment on table variation is 'A change of a contract''s value (合同变更), with both values and the reason.';

create table certificate (
  id uuid primary key,
  code text not null constraint certificate_code_unique unique,
  contract_id uuid not null references contract,
  stage text not null constraint certificate_stage_known check (stage in ('advance', 'base', 'surface', 'final', 'retention')),
  percent integer constraint certificate_percent_sane check (percent between 1 and 100),
  amount_minor minor_amount not null,
  certified_on date not null,
  certified_by uuid not null references person,
  note text,
  entry_id bigint not null references entry,
  created_at timestamptz not null default now()
);
comment on table certificate is 'An inspector''s statement that work worth this amount is there to be paid, net of retention.';
create sequence certificate_no;
create index certificate_contract on certificate (contract_id);

create table disbursement (
  id uuid primary key,
  code text not null constraint disbursement_code_unique unique,
  certificate_id uuid not null references certificate,
  contract_id uuid not null references contract,
  contractor_id uuid not null references contractor,
  invoice_document_id uuid not null references document,
  invoice_sha256 sha256_hex not null,
  amount_minor minor_amount not null,
  status text not null constraint disbursement_status_known
    check (status in ('draft', 'submitted', 'approved', 'paid', 'reconciled', 'returned', 'cancelled', 'bounced')),
  content_hash text not null,
  requested_by uuid not null references person,
  requested_on date not null,
  decided_by uuid references person,
  decided_on date,
  paid_by uuid references person,
  paid_on date,
  bank_reference text,
  entry_id bigint references entry,
  created_at timestamptz not null default now(),
  constraint disbursement_requester_is_not_approver check (decided_by is null or decided_by <> requested_by),
  constraint disbursement_paid_is_posted check (status not in ('paid', 'reconciled') or (entry_id is not null and paid_on is not null))
);
comment on table disbursement is 'Money out to a contractor (拨付) against a certificate and an invoice.';
create sequence disbursement_no;
create unique index disbursement_invoice_once on disbursement (contractor_id, invoice_sha256)
  where status not in ('returned', 'cancelled', 'bounced');
create index disbursement_contract on disbursement (contract_id);

do $$
declare t text;
begin
  foreach t in array array['quote', 'contract_line', 'certificate'] loop
    execute format('create trigger %I before update or delete on %I for each row execute function refuse_rewrite()', t || '_append_only', t);
  end loop;
end $$;

grant usage on sequence document_no, certificate_no, disbursement_no to shanlu_app;
grant select on contractor, document, quote, contract, contract_line, variation, certificate, disbursement to shanlu_app, shanlu_reader;
grant insert on contractor, document, quote, contract, contract_line, variation, certificate, disbursement to shanlu_app;
grant update on contractor, document, contract, variation, disbursement to shanlu_app;
