-- Written by `npm run schema`: a picture of the schema for reviewers. Not run by anything.

-- domains
domain currency_code: text CHECK ((VALUE ~ '^[A-Z]{3}$'::text))
domain local_text: jsonb CHECK (((VALUE IS NULL) OR ((jsonb_typeof(VALUE) = 'object'::text) AND (VALUE ?& ARRAY['zh-Hans'::text, 'zh-Hant'::text, 'en'::text]) AND ((length((VALUE ->> 'zh-Hans'::text)) >= 1) AND (length((VALUE ->> 'zh-Hans'::text)) <= 4000)) AND ((length((VALUE ->> 'zh-Hant'::text)) >= 1) AND (length((VALUE ->> 'zh-Hant'::text)) <= 4000)) AND ((length((VALUE ->> 'en'::text)) >= 1) AND (length((VALUE ->> 'en'::text)) <= 4000)))))
domain minor_amount: bigint CHECK ((VALUE > 0))
domain minor_total: bigint CHECK ((VALUE >= 0))
domain sha256_hex: text CHECK ((VALUE ~ '^[0-9a-f]{64}$'::text))

-- columns
public.acceptance.id uuid not null
public.acceptance.segment_id uuid not null
public.acceptance.sheet_document_id uuid not null
public.acceptance.length_mm integer not null
public.acceptance.width_mm integer not null
public.acceptance.thickness_mm integer not null
public.acceptance.signed_by uuid not null
public.acceptance.signed_on date not null
public.acceptance.result text not null
public.acceptance.remark text
public.acceptance.recorded_at timestamp with time zone not null default now()
public.account.id bigint not null identity
public.account.code text not null
public.account.book text not null
public.account.class text not null
public.account.currency currency_code not null
public.account.campaign_id uuid not null
public.account.subject text not null
public.account.has_floor boolean not null
public.account_balance.account_id bigint
public.account_balance.code text
public.account_balance.book text
public.account_balance.class text
public.account_balance.currency currency_code
public.account_balance.campaign_id uuid
public.account_balance.subject text
public.account_balance.in_minor bigint
public.account_balance.out_minor bigint
public.account_balance.balance_minor bigint
public.account_summary.account_id bigint not null
public.account_summary.in_minor minor_total not null
public.account_summary.out_minor minor_total not null
public.allocation.id uuid not null
public.allocation.code text not null
public.allocation.campaign_id uuid not null
public.allocation.segment_id uuid not null
public.allocation.amount_minor minor_amount not null
public.allocation.note text
public.allocation.status text not null
public.allocation.content_hash text not null
public.allocation.proposed_by uuid not null
public.allocation.proposed_on date not null
public.allocation.decided_by uuid
public.allocation.decided_on date
public.allocation.decision_note text
public.allocation.entry_id bigint
public.allocation.created_at timestamp with time zone not null default now()
public.audit_event.id bigint not null identity
public.audit_event.command text not null
public.audit_event.event text not null
public.audit_event.subject_kind text not null
public.audit_event.subject_id text not null
public.audit_event.actor_kind text not null
public.audit_event.actor_id uuid
public.audit_event.actor_name text not null
public.audit_event.input_hash bytea not null
public.audit_event.details jsonb not null default '{}'::jsonb
public.audit_event.recorded_at timestamp with time zone not null default now()
public.budget.id uuid not null
public.budget.segment_id uuid not null
public.budget.version integer not null
public.budget.total_minor minor_amount not null
public.budget.reason text
public.budget.status text not null
public.budget.content_hash text not null
public.budget.proposed_by uuid not null
public.budget.proposed_on date not null
public.budget.decided_by uuid
public.budget.decided_on date
public.budget_line.budget_id uuid not null
public.budget_line.line_no integer not null
public.budget_line.item local_text not null
public.budget_line.unit text not null
public.budget_line.quantity_milli bigint not null
public.budget_line.amount_minor minor_amount not null
public.campaign.id uuid not null
public.campaign.slug text not null
public.campaign.name local_text not null
public.campaign.organiser local_text not null
public.campaign.place local_text not null
public.campaign.story local_text
public.campaign.book_currency currency_code not null
public.campaign.time_zone text not null
public.campaign.status text not null default 'draft'::text
public.campaign.opens_on date not null
public.campaign.ends_on date not null
public.campaign.event_on date
public.campaign.legal_host local_text
public.campaign.licence_no text
public.campaign.filing_no text
public.campaign.pay_elsewhere_url text
public.campaign.quotes_required integer not null default 3
public.campaign.illustrative boolean not null default false
public.campaign.created_at timestamp with time zone not null default now()
public.certificate.id uuid not null
public.certificate.code text not null
public.certificate.contract_id uuid not null
public.certificate.stage text not null
public.certificate.percent integer
public.certificate.amount_minor minor_amount not null
public.certificate.certified_on date not null
public.certificate.certified_by uuid not null
public.certificate.note text
public.certificate.entry_id bigint not null
public.certificate.created_at timestamp with time zone not null default now()
public.checkout.id uuid not null
public.checkout.donation_id uuid not null
public.checkout.provider text not null default 'stripe'::text
public.checkout.session_id text
public.checkout.session_url text
public.checkout.payment_intent_id text
public.checkout.charge_id text
public.checkout.state text not null
public.checkout.failure text
public.checkout.asked_at timestamp with time zone not null default now()
public.checkout.changed_at timestamp with time zone not null default now()
public.command_key.command text not null
public.command_key.key text not null
public.command_key.input_hash bytea not null
public.command_key.answer jsonb
public.command_key.recorded_at timestamp with time zone not null default now()
public.contract.id uuid not null
public.contract.code text not null
public.contract.segment_id uuid not null
public.contract.contractor_id uuid not null
public.contract.quote_id uuid
public.contract.amount_minor minor_amount not null
public.contract.retention_minor minor_total not null
public.contract.few_quotes_reason text
public.contract.document_id uuid not null
public.contract.signed_on date not null
public.contract.status text not null
public.contract.content_hash text not null
public.contract.proposed_by uuid not null
public.contract.decided_by uuid
public.contract.decided_on date
public.contract.entry_id bigint
public.contract.created_at timestamp with time zone not null default now()
public.contract_line.contract_id uuid not null
public.contract_line.line_no integer not null
public.contract_line.item local_text not null
public.contract_line.amount_minor minor_amount not null
public.contractor.id uuid not null
public.contractor.code text not null
public.contractor.name local_text not null
public.contractor.registration_no text
public.contractor.phone text
public.contractor.bank_account text
public.contractor.conflict_of_interest text
public.contractor.created_at timestamp with time zone not null default now()
public.disbursement.id uuid not null
public.disbursement.code text not null
public.disbursement.certificate_id uuid not null
public.disbursement.contract_id uuid not null
public.disbursement.contractor_id uuid not null
public.disbursement.invoice_document_id uuid not null
public.disbursement.invoice_sha256 sha256_hex not null
public.disbursement.amount_minor minor_amount not null
public.disbursement.status text not null
public.disbursement.content_hash text not null
public.disbursement.requested_by uuid not null
public.disbursement.requested_on date not null
public.disbursement.decided_by uuid
public.disbursement.decided_on date
public.disbursement.paid_by uuid
public.disbursement.paid_on date
public.disbursement.bank_reference text
public.disbursement.entry_id bigint
public.disbursement.created_at timestamp with time zone not null default now()
public.document.id uuid not null
public.document.code text not null
public.document.campaign_id uuid not null
public.document.segment_id uuid
public.document.kind text not null
public.document.title local_text not null
public.document.dated date not null
public.document.pages integer
public.document.media_type text not null
public.document.size_bytes bigint not null
public.document.sha256 sha256_hex not null
public.document.public_sha256 sha256_hex
public.document.visibility text not null
public.document.withheld_reason text
public.document.opens_on date
public.document.uploaded_by uuid not null
public.document.uploaded_at timestamp with time zone not null default now()
public.donation.id uuid not null
public.donation.code text not null
public.donation.reference text not null
public.donation.campaign_id uuid not null
public.donation.donor_id uuid
public.donation.pledge_id uuid
public.donation.recognition_id uuid
public.donation.designation text
public.donation.channel text not null
public.donation.currency currency_code not null
public.donation.amount_minor minor_amount not null
public.donation.fee_covered_minor minor_total not null default 0
public.donation.settled_minor minor_total
public.donation.fee_minor minor_total
public.donation.rate text
public.donation.rate_on date
public.donation.status text not null
public.donation.given_on date not null
public.donation.received_on date
public.donation.bank_reference text
public.donation.recorded_by uuid
public.donation.verified_by uuid
public.donation.content_hash text not null
public.donation.version integer not null default 1
public.donation.created_at timestamp with time zone not null default now()
public.donation_status_change.id bigint not null identity
public.donation_status_change.donation_id uuid not null
public.donation_status_change.event text not null
public.donation_status_change.from_status text not null
public.donation_status_change.to_status text not null
public.donation_status_change.by_person uuid
public.donation_status_change.reason text
public.donation_status_change.recorded_at timestamp with time zone not null default now()
public.donor.id uuid not null
public.donor.person_id uuid
public.donor.name text
public.donor.email text
public.donor.phone text
public.donor.country text
public.donor.lang text not null default 'zh-Hans'::text
public.donor.created_at timestamp with time zone not null default now()
public.donor.erased_at timestamp with time zone
public.duty.id uuid not null
public.duty.campaign_id uuid not null
public.duty.kind text not null
public.duty.title local_text not null
public.duty.rule text not null
public.duty.due_on date not null
public.duty.done_on date
public.entry.id bigint not null identity
public.entry.kind text not null
public.entry.campaign_id uuid not null
public.entry.subject_kind text not null
public.entry.subject text not null
public.entry.accounting_date date not null
public.entry.recorded_at timestamp with time zone not null default now()
public.entry.reverses_id bigint
public.entry.reason text
public.guard.account_id bigint not null
public.guard.in_seen_minor minor_total not null default 0
public.guard.out_minor minor_total not null default 0
public.instalment.pledge_id uuid not null
public.instalment.pledge_version integer not null
public.instalment.no integer not null
public.instalment.due_on date not null
public.instalment.amount_minor minor_amount not null
public.log_draft.id bigint not null identity
public.log_draft.body bytea not null
public.log_draft.tx xid8 not null default pg_current_xact_id()
public.log_draft.drafted_at timestamp with time zone not null default now()
public.lot.id bigint not null identity
public.lot.kind text not null
public.lot.subject text not null
public.lot.campaign_id uuid not null
public.lot.amount_minor minor_amount not null
public.lot.received_on date not null
public.lot.designation text
public.lot_position.account_id bigint not null
public.lot_position.lot_id bigint not null
public.lot_position.held_minor bigint not null
public.lot_position.designation text
public.lot_position.ordered_on date not null
public.lot_position.order_no bigint not null
public.migration_checksum.name text not null
public.migration_checksum.sha256 text not null
public.period.campaign_id uuid not null
public.period.month date not null
public.period.status text not null
public.period.changed_at timestamp with time zone not null default now()
public.person.id uuid not null
public.person.email text not null
public.person.name text not null
public.person.lang text not null default 'zh-Hans'::text
public.person.created_at timestamp with time zone not null default now()
public.person.disabled_at timestamp with time zone
public.person_role.id bigint not null identity
public.person_role.person_id uuid not null
public.person_role.role text not null
public.person_role.granted_at timestamp with time zone not null default now()
public.person_role.granted_by uuid
public.person_role.revoked_at timestamp with time zone
public.person_role.revoked_by uuid
public.photograph.id uuid not null
public.photograph.segment_id uuid not null
public.photograph.stage text not null
public.photograph.station text not null default 'A'::text
public.photograph.taken_on date not null
public.photograph.original_sha256 sha256_hex not null
public.photograph.public_sha256 sha256_hex not null
public.photograph.thumb_sha256 sha256_hex not null
public.photograph.width_px integer not null
public.photograph.height_px integer not null
public.photograph.caption local_text not null
public.photograph.illustrative boolean not null default false
public.photograph.uploaded_by uuid not null
public.photograph.uploaded_at timestamp with time zone not null default now()
public.photograph.published_by uuid
public.photograph.published_on date
public.photograph_sealed.photograph_id uuid not null
public.photograph_sealed.captured_at timestamp with time zone
public.photograph_sealed.latitude_e7 integer
public.photograph_sealed.longitude_e7 integer
public.pledge.id uuid not null
public.pledge.code text not null
public.pledge.reference text not null
public.pledge.campaign_id uuid not null
public.pledge.donor_id uuid not null
public.pledge.recognition_id uuid
public.pledge.designation text
public.pledge.currency currency_code not null
public.pledge.amount_minor minor_amount not null
public.pledge.status text not null
public.pledge.pledged_on date not null
public.pledge.source text not null
public.pledge.version integer not null default 1
public.pledge.created_at timestamp with time zone not null default now()
public.pledge_application.id bigint not null identity
public.pledge_application.pledge_id uuid not null
public.pledge_application.donation_id uuid not null
public.pledge_application.amount_minor bigint not null
public.pledge_application.recorded_at timestamp with time zone not null default now()
public.pledge_status_change.id bigint not null identity
public.pledge_status_change.pledge_id uuid not null
public.pledge_status_change.event text not null
public.pledge_status_change.from_status text not null
public.pledge_status_change.to_status text not null
public.pledge_status_change.happened_on date not null
public.pledge_status_change.by_person uuid
public.pledge_status_change.reason text
public.pledge_status_change.amount_minor bigint
public.pledge_status_change.recorded_at timestamp with time zone not null default now()
public.posting.entry_id bigint not null
public.posting.line_no smallint not null
public.posting.book text not null
public.posting.currency currency_code not null
public.posting.credit_account_id bigint not null
public.posting.debit_account_id bigint not null
public.posting.amount_minor minor_amount not null
public.posting.tx xid8 not null default pg_current_xact_id()
public.posting_lot.entry_id bigint not null
public.posting_lot.line_no smallint not null
public.posting_lot.lot_id bigint not null
public.posting_lot.amount_minor minor_amount not null
public.publication.id uuid not null
public.publication.campaign_id uuid not null
public.publication.kind text not null
public.publication.title local_text not null
public.publication.body local_text not null
public.publication.corrects_id uuid
public.publication.status text not null
public.publication.content_hash text not null
public.publication.written_by uuid not null
public.publication.approved_by uuid
public.publication.published_on date
public.publication.opens_on date
public.quote.id uuid not null
public.quote.segment_id uuid not null
public.quote.contractor_id uuid not null
public.quote.amount_minor minor_amount not null
public.quote.document_id uuid not null
public.quote.received_on date not null
public.quote.recorded_by uuid not null
public.receipt.id uuid not null
public.receipt.serial bigint not null
public.receipt.donation_id uuid not null
public.receipt.status text not null
public.receipt.replaces_id uuid
public.receipt.fiscal_number text
public.receipt.issued_on date not null
public.receipt.recorded_at timestamp with time zone not null default now()
public.receipt_counter.campaign_id uuid not null
public.receipt_counter.last_serial bigint not null default 0
public.recognition.id uuid not null
public.recognition.donor_id uuid not null
public.recognition.shown_as local_text
public.recognition.dedication text
public.recognition.message text
public.recognition.consented_at timestamp with time zone
public.recognition.moderation text not null default 'waiting'::text
public.recognition.moderated_by uuid
public.recognition.moderated_at timestamp with time zone
public.recognition.withdrawn_at timestamp with time zone
public.recognition.salt bytea not null
public.refund.id uuid not null
public.refund.code text not null
public.refund.donation_id uuid not null
public.refund.amount_minor minor_amount not null
public.refund.reason text not null
public.refund.status text not null
public.refund.provider_refund_id text
public.refund.content_hash text not null
public.refund.proposed_by uuid
public.refund.proposed_on date not null
public.refund.decided_by uuid
public.refund.decided_on date
public.refund.entry_id bigint
public.segment.id uuid not null
public.segment.campaign_id uuid not null
public.segment.code text not null
public.segment.name local_text not null
public.segment.location local_text
public.segment.length_mm integer not null
public.segment.width_mm integer not null
public.segment.geometry jsonb not null
public.segment.status text not null
public.segment.budget_minor minor_total not null default 0
public.segment.warranty_until date
public.segment.version integer not null default 1
public.segment.created_at timestamp with time zone not null default now()
public.segment_status_change.id bigint not null identity
public.segment_status_change.segment_id uuid not null
public.segment_status_change.event text not null
public.segment_status_change.from_status text not null
public.segment_status_change.to_status text not null
public.segment_status_change.happened_on date not null
public.segment_status_change.by_person uuid
public.segment_status_change.reason text
public.segment_status_change.recorded_at timestamp with time zone not null default now()
public.shortfall.id uuid not null
public.shortfall.code text not null
public.shortfall.campaign_id uuid not null
public.shortfall.donation_id uuid not null
public.shortfall.lot_id bigint not null
public.shortfall.amount_minor minor_amount not null
public.shortfall.cause text not null
public.shortfall.opened_on date not null
public.shortfall.resolved_on date
public.shortfall.resolved_by uuid
public.shortfall.resolution text
public.shortfall.entry_id bigint
public.stripe_event.event_id text not null
public.stripe_event.type text not null
public.stripe_event.object_id text not null
public.stripe_event.object_kind text not null
public.stripe_event.livemode boolean not null
public.stripe_event.created timestamp with time zone not null
public.stripe_event.body jsonb not null
public.stripe_event.received_at timestamp with time zone not null default now()
public.stripe_event.done_at timestamp with time zone
public.stripe_event.outcome text
public.stripe_event.attempts integer not null default 0
public.summary_mark.only_one boolean not null default true
public.summary_mark.through_tx xid8 not null
public.variation.id uuid not null
public.variation.code text not null
public.variation.contract_id uuid not null
public.variation.before_minor minor_amount not null
public.variation.after_minor minor_amount not null
public.variation.rationale text not null
public.variation.document_id uuid
public.variation.status text not null
public.variation.content_hash text not null
public.variation.proposed_by uuid not null
public.variation.proposed_on date not null
public.variation.decided_by uuid
public.variation.decided_on date
public.variation.entry_id bigint

-- constraints
acceptance: acceptance_pkey PRIMARY KEY (id)
acceptance: acceptance_result_known CHECK ((result = ANY (ARRAY['accepted'::text, 'rework'::text])))
acceptance: acceptance_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES segment(id)
acceptance: acceptance_sheet_document_id_fkey FOREIGN KEY (sheet_document_id) REFERENCES document(id)
acceptance: acceptance_signed_by_fkey FOREIGN KEY (signed_by) REFERENCES person(id)
account: account_book_known CHECK ((book = ANY (ARRAY['financial'::text, 'purpose'::text])))
account: account_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
account: account_class_known CHECK ((((book = 'financial'::text) AND (class = ANY (ARRAY['asset'::text, 'liability'::text, 'income'::text, 'expense'::text]))) OR ((book = 'purpose'::text) AND (class = ANY (ARRAY['given'::text, 'unallocated'::text, 'allocated'::text, 'committed'::text, 'certified'::text, 'paid'::text, 'fees'::text, 'returned'::text, 'lost'::text, 'shortfall'::text])))))
account: account_code_length CHECK ((length(code) <= 200))
account: account_code_unique UNIQUE (code)
account: account_floor_by_class CHECK ((has_floor = (class = ANY (ARRAY['unallocated'::text, 'allocated'::text, 'committed'::text, 'certified'::text]))))
account: account_id_book_currency_key UNIQUE (id, book, currency)
account: account_pkey PRIMARY KEY (id)
account_summary: account_summary_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
account_summary: account_summary_pkey PRIMARY KEY (account_id)
allocation: allocation_approved_is_posted CHECK (((status <> ALL (ARRAY['approved'::text, 'released'::text])) OR (entry_id IS NOT NULL)))
allocation: allocation_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
allocation: allocation_code_unique UNIQUE (code)
allocation: allocation_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES person(id)
allocation: allocation_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entry(id)
allocation: allocation_maker_is_not_checker CHECK (((decided_by IS NULL) OR (status = 'withdrawn'::text) OR (decided_by <> proposed_by)))
allocation: allocation_pkey PRIMARY KEY (id)
allocation: allocation_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES person(id)
allocation: allocation_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES segment(id)
allocation: allocation_status_known CHECK ((status = ANY (ARRAY['proposed'::text, 'approved'::text, 'returned'::text, 'withdrawn'::text, 'released'::text])))
audit_event: audit_event_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES person(id)
audit_event: audit_event_actor_known CHECK ((actor_kind = ANY (ARRAY['person'::text, 'donor'::text, 'visitor'::text, 'system'::text])))
audit_event: audit_event_person_named CHECK (((actor_kind = 'person'::text) = (actor_id IS NOT NULL)))
audit_event: audit_event_pkey PRIMARY KEY (id)
budget: budget_amendment_has_reason CHECK (((version = 1) OR (length(reason) > 0)))
budget: budget_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES person(id)
budget: budget_maker_is_not_checker CHECK (((decided_by IS NULL) OR (decided_by <> proposed_by)))
budget: budget_pkey PRIMARY KEY (id)
budget: budget_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES person(id)
budget: budget_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES segment(id)
budget: budget_segment_id_version_key UNIQUE (segment_id, version)
budget: budget_status_known CHECK ((status = ANY (ARRAY['proposed'::text, 'approved'::text, 'returned'::text])))
budget_line: budget_line_budget_id_fkey FOREIGN KEY (budget_id) REFERENCES budget(id)
budget_line: budget_line_pkey PRIMARY KEY (budget_id, line_no)
budget_line: budget_line_quantity_positive CHECK ((quantity_milli > 0))
campaign: campaign_dates_in_order CHECK ((opens_on <= ends_on))
campaign: campaign_pkey PRIMARY KEY (id)
campaign: campaign_quotes_sane CHECK (((quotes_required >= 1) AND (quotes_required <= 20)))
campaign: campaign_slug_shape CHECK (((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(slug) <= 60)))
campaign: campaign_slug_unique UNIQUE (slug)
campaign: campaign_status_known CHECK ((status = ANY (ARRAY['draft'::text, 'open'::text, 'closed'::text])))
certificate: certificate_certified_by_fkey FOREIGN KEY (certified_by) REFERENCES person(id)
certificate: certificate_code_unique UNIQUE (code)
certificate: certificate_contract_id_fkey FOREIGN KEY (contract_id) REFERENCES contract(id)
certificate: certificate_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entry(id)
certificate: certificate_percent_sane CHECK (((percent >= 1) AND (percent <= 100)))
certificate: certificate_pkey PRIMARY KEY (id)
certificate: certificate_stage_known CHECK ((stage = ANY (ARRAY['advance'::text, 'base'::text, 'surface'::text, 'final'::text, 'retention'::text])))
checkout: checkout_charge_unique UNIQUE (charge_id)
checkout: checkout_donation_id_fkey FOREIGN KEY (donation_id) REFERENCES donation(id)
checkout: checkout_pkey PRIMARY KEY (id)
checkout: checkout_session_unique UNIQUE (session_id)
checkout: checkout_state_known CHECK ((state = ANY (ARRAY['asked'::text, 'open'::text, 'unknown'::text, 'complete'::text, 'expired'::text, 'failed'::text])))
command_key: command_key_length CHECK (((length(key) >= 8) AND (length(key) <= 200)))
command_key: command_key_pkey PRIMARY KEY (command, key)
contract: contract_code_unique UNIQUE (code)
contract: contract_contractor_id_fkey FOREIGN KEY (contractor_id) REFERENCES contractor(id)
contract: contract_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES person(id)
contract: contract_document_id_fkey FOREIGN KEY (document_id) REFERENCES document(id)
contract: contract_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entry(id)
contract: contract_maker_is_not_checker CHECK (((decided_by IS NULL) OR (decided_by <> proposed_by)))
contract: contract_pkey PRIMARY KEY (id)
contract: contract_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES person(id)
contract: contract_quote_id_fkey FOREIGN KEY (quote_id) REFERENCES quote(id)
contract: contract_retention_below_amount CHECK (((retention_minor)::bigint < (amount_minor)::bigint))
contract: contract_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES segment(id)
contract: contract_signed_is_posted CHECK (((status <> ALL (ARRAY['signed'::text, 'completed'::text])) OR (entry_id IS NOT NULL)))
contract: contract_status_known CHECK ((status = ANY (ARRAY['proposed'::text, 'signed'::text, 'returned'::text, 'completed'::text, 'cancelled'::text])))
contract_line: contract_line_contract_id_fkey FOREIGN KEY (contract_id) REFERENCES contract(id)
contract_line: contract_line_pkey PRIMARY KEY (contract_id, line_no)
contractor: contractor_code_unique UNIQUE (code)
contractor: contractor_pkey PRIMARY KEY (id)
disbursement: disbursement_certificate_id_fkey FOREIGN KEY (certificate_id) REFERENCES certificate(id)
disbursement: disbursement_code_unique UNIQUE (code)
disbursement: disbursement_contract_id_fkey FOREIGN KEY (contract_id) REFERENCES contract(id)
disbursement: disbursement_contractor_id_fkey FOREIGN KEY (contractor_id) REFERENCES contractor(id)
disbursement: disbursement_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES person(id)
disbursement: disbursement_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entry(id)
disbursement: disbursement_invoice_document_id_fkey FOREIGN KEY (invoice_document_id) REFERENCES document(id)
disbursement: disbursement_paid_by_fkey FOREIGN KEY (paid_by) REFERENCES person(id)
disbursement: disbursement_paid_is_posted CHECK (((status <> ALL (ARRAY['paid'::text, 'reconciled'::text])) OR ((entry_id IS NOT NULL) AND (paid_on IS NOT NULL))))
disbursement: disbursement_pkey PRIMARY KEY (id)
disbursement: disbursement_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES person(id)
disbursement: disbursement_requester_is_not_approver CHECK (((decided_by IS NULL) OR (decided_by <> requested_by)))
disbursement: disbursement_status_known CHECK ((status = ANY (ARRAY['draft'::text, 'submitted'::text, 'approved'::text, 'paid'::text, 'reconciled'::text, 'returned'::text, 'cancelled'::text, 'bounced'::text])))
document: document_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
document: document_code_unique UNIQUE (code)
document: document_kind_known CHECK ((kind = ANY (ARRAY['quote'::text, 'contract'::text, 'variation'::text, 'invoice'::text, 'acceptance_sheet'::text, 'test_result'::text, 'bank_slip'::text, 'consent'::text, 'filing'::text, 'report'::text, 'other'::text])))
document: document_pkey PRIMARY KEY (id)
document: document_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES segment(id)
document: document_uploaded_by_fkey FOREIGN KEY (uploaded_by) REFERENCES person(id)
document: document_visibility_known CHECK ((visibility = ANY (ARRAY['public'::text, 'redacted'::text, 'withheld'::text, 'internal'::text])))
document: document_withheld_says_why CHECK (((visibility <> 'withheld'::text) OR (length(withheld_reason) > 0)))
donation: donation_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
donation: donation_channel_known CHECK ((channel = ANY (ARRAY['card'::text, 'alipay'::text, 'wechat'::text, 'bank'::text, 'cash'::text, 'cheque'::text])))
donation: donation_cleared_is_complete CHECK (((status = ANY (ARRAY['intent'::text, 'pending'::text, 'recorded'::text, 'verified'::text, 'expired'::text, 'failed'::text, 'cancelled'::text])) OR ((settled_minor IS NOT NULL) AND (fee_minor IS NOT NULL) AND (received_on IS NOT NULL))))
donation: donation_code_unique UNIQUE (code)
donation: donation_designation_fkey FOREIGN KEY (designation) REFERENCES segment(code)
donation: donation_donor_id_fkey FOREIGN KEY (donor_id) REFERENCES donor(id)
donation: donation_fee_below_gift CHECK (((fee_minor IS NULL) OR ((fee_minor)::bigint < (settled_minor)::bigint)))
donation: donation_maker_is_not_checker CHECK (((verified_by IS NULL) OR (verified_by <> recorded_by)))
donation: donation_pkey PRIMARY KEY (id)
donation: donation_pledge_id_fkey FOREIGN KEY (pledge_id) REFERENCES pledge(id)
donation: donation_recognition_id_fkey FOREIGN KEY (recognition_id) REFERENCES recognition(id)
donation: donation_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES person(id)
donation: donation_reference_unique UNIQUE (reference)
donation: donation_status_known CHECK ((status = ANY (ARRAY['intent'::text, 'pending'::text, 'recorded'::text, 'verified'::text, 'cleared'::text, 'settled'::text, 'expired'::text, 'failed'::text, 'cancelled'::text, 'partly_refunded'::text, 'refunded'::text, 'disputed'::text, 'won'::text, 'lost'::text])))
donation: donation_verified_by_fkey FOREIGN KEY (verified_by) REFERENCES person(id)
donation_status_change: donation_status_change_by_person_fkey FOREIGN KEY (by_person) REFERENCES person(id)
donation_status_change: donation_status_change_donation_id_fkey FOREIGN KEY (donation_id) REFERENCES donation(id)
donation_status_change: donation_status_change_pkey PRIMARY KEY (id)
donor: donor_country_shape CHECK ((country ~ '^[A-Z]{2}$'::text))
donor: donor_email_lower CHECK (((email = lower(email)) AND (length(email) <= 320)))
donor: donor_lang_known CHECK ((lang = ANY (ARRAY['zh-Hans'::text, 'zh-Hant'::text, 'en'::text])))
donor: donor_name_length CHECK (((length(name) >= 1) AND (length(name) <= 200)))
donor: donor_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
donor: donor_phone_length CHECK ((length(phone) <= 40))
donor: donor_pkey PRIMARY KEY (id)
duty: duty_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
duty: duty_campaign_id_kind_due_on_key UNIQUE (campaign_id, kind, due_on)
duty: duty_pkey PRIMARY KEY (id)
entry: entry_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
entry: entry_pkey PRIMARY KEY (id)
entry: entry_reversal_has_reason CHECK (((reverses_id IS NULL) OR (length(reason) > 0)))
entry: entry_reversed_once UNIQUE (reverses_id)
entry: entry_reverses_id_fkey FOREIGN KEY (reverses_id) REFERENCES entry(id)
guard: account_not_overdrawn CHECK (((out_minor)::bigint <= (in_seen_minor)::bigint))
guard: guard_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
guard: guard_pkey PRIMARY KEY (account_id)
instalment: instalment_pkey PRIMARY KEY (pledge_id, pledge_version, no)
instalment: instalment_pledge_id_fkey FOREIGN KEY (pledge_id) REFERENCES pledge(id)
log_draft: log_draft_fits_entry_bundle CHECK (((length(body) >= 2) AND (length(body) <= 65535)))
log_draft: log_draft_pkey PRIMARY KEY (id)
lot: lot_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
lot: lot_kind_known CHECK ((kind = ANY (ARRAY['gift'::text, 'shortfall'::text])))
lot: lot_pkey PRIMARY KEY (id)
lot: lot_subject_unique UNIQUE (subject)
lot_position: lot_position_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
lot_position: lot_position_lot_id_fkey FOREIGN KEY (lot_id) REFERENCES lot(id)
lot_position: lot_position_not_overdrawn CHECK ((held_minor >= 0))
lot_position: lot_position_pkey PRIMARY KEY (account_id, lot_id)
migration_checksum: migration_checksum_pkey PRIMARY KEY (name)
period: period_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
period: period_is_a_month CHECK ((EXTRACT(day FROM month) = (1)::numeric))
period: period_pkey PRIMARY KEY (campaign_id, month)
period: period_status_known CHECK ((status = ANY (ARRAY['open'::text, 'soft_closed'::text, 'closed'::text])))
person: person_email_lower CHECK (((email = lower(email)) AND (email ~~ '%_@_%'::text) AND (length(email) <= 320)))
person: person_email_unique UNIQUE (email)
person: person_lang_known CHECK ((lang = ANY (ARRAY['zh-Hans'::text, 'zh-Hant'::text, 'en'::text])))
person: person_name_length CHECK (((length(name) >= 1) AND (length(name) <= 200)))
person: person_pkey PRIMARY KEY (id)
person_role: person_role_granted_by_fkey FOREIGN KEY (granted_by) REFERENCES person(id)
person_role: person_role_known CHECK ((role = ANY (ARRAY['clerk'::text, 'approver'::text, 'inspector'::text, 'auditor'::text, 'administrator'::text])))
person_role: person_role_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
person_role: person_role_pkey PRIMARY KEY (id)
person_role: person_role_revoked_by_fkey FOREIGN KEY (revoked_by) REFERENCES person(id)
photograph: photograph_once_per_segment UNIQUE (segment_id, original_sha256)
photograph: photograph_pkey PRIMARY KEY (id)
photograph: photograph_published_by_fkey FOREIGN KEY (published_by) REFERENCES person(id)
photograph: photograph_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES segment(id)
photograph: photograph_stage_known CHECK ((stage = ANY (ARRAY['before'::text, 'during'::text, 'after'::text, 'defect'::text])))
photograph: photograph_station_length CHECK (((length(station) >= 1) AND (length(station) <= 40)))
photograph: photograph_uploaded_by_fkey FOREIGN KEY (uploaded_by) REFERENCES person(id)
photograph_sealed: photograph_sealed_photograph_id_fkey FOREIGN KEY (photograph_id) REFERENCES photograph(id)
photograph_sealed: photograph_sealed_pkey PRIMARY KEY (photograph_id)
pledge: pledge_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
pledge: pledge_code_unique UNIQUE (code)
pledge: pledge_designation_fkey FOREIGN KEY (designation) REFERENCES segment(code)
pledge: pledge_donor_id_fkey FOREIGN KEY (donor_id) REFERENCES donor(id)
pledge: pledge_pkey PRIMARY KEY (id)
pledge: pledge_recognition_id_fkey FOREIGN KEY (recognition_id) REFERENCES recognition(id)
pledge: pledge_reference_unique UNIQUE (reference)
pledge: pledge_source_known CHECK ((source = ANY (ARRAY['online'::text, 'hall'::text, 'paper'::text])))
pledge: pledge_status_known CHECK ((status = ANY (ARRAY['draft'::text, 'open'::text, 'partly_fulfilled'::text, 'fulfilled'::text, 'written_off'::text, 'released_hardship'::text, 'cancelled'::text])))
pledge_application: pledge_application_donation_id_fkey FOREIGN KEY (donation_id) REFERENCES donation(id)
pledge_application: pledge_application_not_zero CHECK ((amount_minor <> 0))
pledge_application: pledge_application_pkey PRIMARY KEY (id)
pledge_application: pledge_application_pledge_id_fkey FOREIGN KEY (pledge_id) REFERENCES pledge(id)
pledge_status_change: pledge_status_change_by_person_fkey FOREIGN KEY (by_person) REFERENCES person(id)
pledge_status_change: pledge_status_change_pkey PRIMARY KEY (id)
pledge_status_change: pledge_status_change_pledge_id_fkey FOREIGN KEY (pledge_id) REFERENCES pledge(id)
posting: posting_accounts_differ CHECK ((credit_account_id <> debit_account_id))
posting: posting_credit_same_book FOREIGN KEY (credit_account_id, book, currency) REFERENCES account(id, book, currency)
posting: posting_debit_same_book FOREIGN KEY (debit_account_id, book, currency) REFERENCES account(id, book, currency)
posting: posting_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entry(id)
posting: posting_pkey PRIMARY KEY (entry_id, line_no)
posting_lot: posting_lot_entry_id_line_no_fkey FOREIGN KEY (entry_id, line_no) REFERENCES posting(entry_id, line_no)
posting_lot: posting_lot_lot_id_fkey FOREIGN KEY (lot_id) REFERENCES lot(id)
posting_lot: posting_lot_pkey PRIMARY KEY (entry_id, line_no, lot_id)
publication: publication_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES person(id)
publication: publication_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
publication: publication_corrects_id_fkey FOREIGN KEY (corrects_id) REFERENCES publication(id)
publication: publication_kind_known CHECK ((kind = ANY (ARRAY['news'::text, 'progress_report'::text, 'annual_report'::text, 'full_report'::text, 'correction'::text])))
publication: publication_maker_is_not_checker CHECK (((approved_by IS NULL) OR (approved_by <> written_by)))
publication: publication_pkey PRIMARY KEY (id)
publication: publication_status_known CHECK ((status = ANY (ARRAY['draft'::text, 'review'::text, 'embargoed'::text, 'published'::text, 'corrected'::text, 'withheld'::text])))
publication: publication_written_by_fkey FOREIGN KEY (written_by) REFERENCES person(id)
quote: quote_contractor_id_fkey FOREIGN KEY (contractor_id) REFERENCES contractor(id)
quote: quote_document_id_fkey FOREIGN KEY (document_id) REFERENCES document(id)
quote: quote_pkey PRIMARY KEY (id)
quote: quote_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES person(id)
quote: quote_segment_id_contractor_id_amount_minor_key UNIQUE (segment_id, contractor_id, amount_minor)
quote: quote_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES segment(id)
receipt: receipt_donation_id_fkey FOREIGN KEY (donation_id) REFERENCES donation(id)
receipt: receipt_pkey PRIMARY KEY (id)
receipt: receipt_replaces_id_fkey FOREIGN KEY (replaces_id) REFERENCES receipt(id)
receipt: receipt_serial_unique UNIQUE (serial)
receipt: receipt_status_known CHECK ((status = ANY (ARRAY['requested'::text, 'issued'::text, 'voided'::text, 're_issued'::text])))
receipt_counter: receipt_counter_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
receipt_counter: receipt_counter_pkey PRIMARY KEY (campaign_id)
recognition: recognition_dedication_length CHECK ((length(dedication) <= 500))
recognition: recognition_donor_id_fkey FOREIGN KEY (donor_id) REFERENCES donor(id)
recognition: recognition_message_length CHECK ((length(message) <= 1000))
recognition: recognition_moderated_by_fkey FOREIGN KEY (moderated_by) REFERENCES person(id)
recognition: recognition_moderation_known CHECK ((moderation = ANY (ARRAY['waiting'::text, 'shown'::text, 'hidden'::text])))
recognition: recognition_pkey PRIMARY KEY (id)
recognition: recognition_salt_length CHECK ((length(salt) = ANY (ARRAY[0, 32])))
refund: refund_code_unique UNIQUE (code)
refund: refund_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES person(id)
refund: refund_donation_id_fkey FOREIGN KEY (donation_id) REFERENCES donation(id)
refund: refund_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entry(id)
refund: refund_maker_is_not_checker CHECK (((decided_by IS NULL) OR (decided_by <> proposed_by)))
refund: refund_pkey PRIMARY KEY (id)
refund: refund_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES person(id)
refund: refund_provider_unique UNIQUE (provider_refund_id)
refund: refund_status_known CHECK ((status = ANY (ARRAY['proposed'::text, 'approved'::text, 'sent'::text, 'succeeded'::text, 'failed'::text, 'returned'::text])))
segment: segment_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
segment: segment_code_shape CHECK ((code ~ '^[A-Z]{2,6}-[0-9]{2,4}$'::text))
segment: segment_code_unique UNIQUE (code)
segment: segment_geometry_is_line CHECK (((geometry ->> 'type'::text) = 'LineString'::text))
segment: segment_length_sane CHECK (((length_mm >= 1000) AND (length_mm <= 100000000)))
segment: segment_pkey PRIMARY KEY (id)
segment: segment_status_known CHECK ((status = ANY (ARRAY['proposed'::text, 'approved'::text, 'funded'::text, 'contracted'::text, 'in_progress'::text, 'inspection'::text, 'rework'::text, 'accepted'::text, 'in_warranty'::text, 'closed'::text, 'suspended'::text, 'cancelled'::text])))
segment: segment_width_sane CHECK (((width_mm >= 500) AND (width_mm <= 50000)))
segment_status_change: segment_status_change_by_person_fkey FOREIGN KEY (by_person) REFERENCES person(id)
segment_status_change: segment_status_change_pkey PRIMARY KEY (id)
segment_status_change: segment_status_change_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES segment(id)
shortfall: shortfall_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
shortfall: shortfall_cause_known CHECK ((cause = ANY (ARRAY['refund'::text, 'dispute'::text])))
shortfall: shortfall_code_unique UNIQUE (code)
shortfall: shortfall_donation_id_fkey FOREIGN KEY (donation_id) REFERENCES donation(id)
shortfall: shortfall_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entry(id)
shortfall: shortfall_lot_id_fkey FOREIGN KEY (lot_id) REFERENCES lot(id)
shortfall: shortfall_pkey PRIMARY KEY (id)
shortfall: shortfall_resolved_by_fkey FOREIGN KEY (resolved_by) REFERENCES person(id)
stripe_event: stripe_event_pkey PRIMARY KEY (event_id)
summary_mark: summary_mark_only_one_check CHECK (only_one)
summary_mark: summary_mark_pkey PRIMARY KEY (only_one)
variation: variation_code_unique UNIQUE (code)
variation: variation_contract_id_fkey FOREIGN KEY (contract_id) REFERENCES contract(id)
variation: variation_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES person(id)
variation: variation_document_id_fkey FOREIGN KEY (document_id) REFERENCES document(id)
variation: variation_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entry(id)
variation: variation_maker_is_not_checker CHECK (((decided_by IS NULL) OR (decided_by <> proposed_by)))
variation: variation_pkey PRIMARY KEY (id)
variation: variation_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES person(id)
variation: variation_status_known CHECK ((status = ANY (ARRAY['proposed'::text, 'approved'::text, 'returned'::text])))

-- indexes
CREATE INDEX account_campaign_class ON public.account USING btree (campaign_id, class)
CREATE INDEX account_class_subject ON public.account USING btree (class, subject)
CREATE INDEX allocation_segment ON public.allocation USING btree (segment_id)
CREATE INDEX allocation_waiting ON public.allocation USING btree (created_at) WHERE (status = 'proposed'::text)
CREATE INDEX audit_event_subject ON public.audit_event USING btree (subject_kind, subject_id, id)
CREATE INDEX certificate_contract ON public.certificate USING btree (contract_id)
CREATE INDEX checkout_donation ON public.checkout USING btree (donation_id)
CREATE INDEX checkout_unfinished ON public.checkout USING btree (asked_at) WHERE (state = ANY (ARRAY['asked'::text, 'open'::text, 'unknown'::text]))
CREATE INDEX disbursement_contract ON public.disbursement USING btree (contract_id)
CREATE INDEX document_segment ON public.document USING btree (segment_id, dated)
CREATE INDEX donation_campaign ON public.donation USING btree (campaign_id, status)
CREATE INDEX donation_donor ON public.donation USING btree (donor_id)
CREATE INDEX donation_pledge ON public.donation USING btree (pledge_id) WHERE (pledge_id IS NOT NULL)
CREATE INDEX donation_status_change_donation ON public.donation_status_change USING btree (donation_id, id)
CREATE INDEX donor_email ON public.donor USING btree (email) WHERE (email IS NOT NULL)
CREATE INDEX donor_person ON public.donor USING btree (person_id) WHERE (person_id IS NOT NULL)
CREATE INDEX entry_campaign ON public.entry USING btree (campaign_id, id)
CREATE INDEX entry_subject ON public.entry USING btree (subject_kind, subject, id)
CREATE INDEX log_draft_tx ON public.log_draft USING btree (tx, id)
CREATE INDEX lot_position_next ON public.lot_position USING btree (account_id, designation, ordered_on, order_no, lot_id) WHERE (held_minor > 0)
CREATE INDEX pledge_application_donation ON public.pledge_application USING btree (donation_id)
CREATE INDEX pledge_application_pledge ON public.pledge_application USING btree (pledge_id)
CREATE INDEX pledge_campaign ON public.pledge USING btree (campaign_id, status)
CREATE INDEX pledge_donor ON public.pledge USING btree (donor_id)
CREATE INDEX pledge_status_change_pledge ON public.pledge_status_change USING btree (pledge_id, id)
CREATE INDEX posting_credit ON public.posting USING btree (credit_account_id, tx) INCLUDE (amount_minor)
CREATE INDEX posting_debit ON public.posting USING btree (debit_account_id, tx) INCLUDE (amount_minor)
CREATE INDEX posting_lot_lot ON public.posting_lot USING btree (lot_id, entry_id, line_no)
CREATE INDEX segment_campaign ON public.segment USING btree (campaign_id, code)
CREATE INDEX segment_status_change_segment ON public.segment_status_change USING btree (segment_id, id)
CREATE INDEX stripe_event_waiting ON public.stripe_event USING btree (received_at) WHERE (done_at IS NULL)
CREATE UNIQUE INDEX acceptance_pkey ON public.acceptance USING btree (id)
CREATE UNIQUE INDEX account_code_unique ON public.account USING btree (code)
CREATE UNIQUE INDEX account_id_book_currency_key ON public.account USING btree (id, book, currency)
CREATE UNIQUE INDEX account_pkey ON public.account USING btree (id)
CREATE UNIQUE INDEX account_summary_pkey ON public.account_summary USING btree (account_id)
CREATE UNIQUE INDEX allocation_code_unique ON public.allocation USING btree (code)
CREATE UNIQUE INDEX allocation_pkey ON public.allocation USING btree (id)
CREATE UNIQUE INDEX audit_event_pkey ON public.audit_event USING btree (id)
CREATE UNIQUE INDEX budget_line_pkey ON public.budget_line USING btree (budget_id, line_no)
CREATE UNIQUE INDEX budget_pkey ON public.budget USING btree (id)
CREATE UNIQUE INDEX budget_segment_id_version_key ON public.budget USING btree (segment_id, version)
CREATE UNIQUE INDEX campaign_pkey ON public.campaign USING btree (id)
CREATE UNIQUE INDEX campaign_slug_unique ON public.campaign USING btree (slug)
CREATE UNIQUE INDEX certificate_code_unique ON public.certificate USING btree (code)
CREATE UNIQUE INDEX certificate_pkey ON public.certificate USING btree (id)
CREATE UNIQUE INDEX checkout_charge_unique ON public.checkout USING btree (charge_id)
CREATE UNIQUE INDEX checkout_pkey ON public.checkout USING btree (id)
CREATE UNIQUE INDEX checkout_session_unique ON public.checkout USING btree (session_id)
CREATE UNIQUE INDEX command_key_pkey ON public.command_key USING btree (command, key)
CREATE UNIQUE INDEX contract_code_unique ON public.contract USING btree (code)
CREATE UNIQUE INDEX contract_line_pkey ON public.contract_line USING btree (contract_id, line_no)
CREATE UNIQUE INDEX contract_one_in_force ON public.contract USING btree (segment_id) WHERE (status = ANY (ARRAY['proposed'::text, 'signed'::text]))
CREATE UNIQUE INDEX contract_pkey ON public.contract USING btree (id)
CREATE UNIQUE INDEX contractor_code_unique ON public.contractor USING btree (code)
CREATE UNIQUE INDEX contractor_pkey ON public.contractor USING btree (id)
CREATE UNIQUE INDEX disbursement_code_unique ON public.disbursement USING btree (code)
CREATE UNIQUE INDEX disbursement_invoice_once ON public.disbursement USING btree (contractor_id, invoice_sha256) WHERE (status <> ALL (ARRAY['returned'::text, 'cancelled'::text, 'bounced'::text]))
CREATE UNIQUE INDEX disbursement_pkey ON public.disbursement USING btree (id)
CREATE UNIQUE INDEX document_code_unique ON public.document USING btree (code)
CREATE UNIQUE INDEX document_pkey ON public.document USING btree (id)
CREATE UNIQUE INDEX donation_code_unique ON public.donation USING btree (code)
CREATE UNIQUE INDEX donation_pkey ON public.donation USING btree (id)
CREATE UNIQUE INDEX donation_reference_unique ON public.donation USING btree (reference)
CREATE UNIQUE INDEX donation_status_change_pkey ON public.donation_status_change USING btree (id)
CREATE UNIQUE INDEX donor_pkey ON public.donor USING btree (id)
CREATE UNIQUE INDEX duty_campaign_id_kind_due_on_key ON public.duty USING btree (campaign_id, kind, due_on)
CREATE UNIQUE INDEX duty_pkey ON public.duty USING btree (id)
CREATE UNIQUE INDEX entry_pkey ON public.entry USING btree (id)
CREATE UNIQUE INDEX entry_reversed_once ON public.entry USING btree (reverses_id)
CREATE UNIQUE INDEX guard_pkey ON public.guard USING btree (account_id)
CREATE UNIQUE INDEX instalment_pkey ON public.instalment USING btree (pledge_id, pledge_version, no)
CREATE UNIQUE INDEX log_draft_pkey ON public.log_draft USING btree (id)
CREATE UNIQUE INDEX lot_pkey ON public.lot USING btree (id)
CREATE UNIQUE INDEX lot_position_pkey ON public.lot_position USING btree (account_id, lot_id)
CREATE UNIQUE INDEX lot_subject_unique ON public.lot USING btree (subject)
CREATE UNIQUE INDEX migration_checksum_pkey ON public.migration_checksum USING btree (name)
CREATE UNIQUE INDEX period_pkey ON public.period USING btree (campaign_id, month)
CREATE UNIQUE INDEX person_email_unique ON public.person USING btree (email)
CREATE UNIQUE INDEX person_pkey ON public.person USING btree (id)
CREATE UNIQUE INDEX person_role_held_once ON public.person_role USING btree (person_id, role) WHERE (revoked_at IS NULL)
CREATE UNIQUE INDEX person_role_pkey ON public.person_role USING btree (id)
CREATE UNIQUE INDEX photograph_once_per_segment ON public.photograph USING btree (segment_id, original_sha256)
CREATE UNIQUE INDEX photograph_pkey ON public.photograph USING btree (id)
CREATE UNIQUE INDEX photograph_sealed_pkey ON public.photograph_sealed USING btree (photograph_id)
CREATE UNIQUE INDEX pledge_application_pkey ON public.pledge_application USING btree (id)
CREATE UNIQUE INDEX pledge_code_unique ON public.pledge USING btree (code)
CREATE UNIQUE INDEX pledge_pkey ON public.pledge USING btree (id)
CREATE UNIQUE INDEX pledge_reference_unique ON public.pledge USING btree (reference)
CREATE UNIQUE INDEX pledge_status_change_pkey ON public.pledge_status_change USING btree (id)
CREATE UNIQUE INDEX posting_lot_pkey ON public.posting_lot USING btree (entry_id, line_no, lot_id)
CREATE UNIQUE INDEX posting_pkey ON public.posting USING btree (entry_id, line_no)
CREATE UNIQUE INDEX publication_pkey ON public.publication USING btree (id)
CREATE UNIQUE INDEX quote_pkey ON public.quote USING btree (id)
CREATE UNIQUE INDEX quote_segment_id_contractor_id_amount_minor_key ON public.quote USING btree (segment_id, contractor_id, amount_minor)
CREATE UNIQUE INDEX receipt_counter_pkey ON public.receipt_counter USING btree (campaign_id)
CREATE UNIQUE INDEX receipt_one_valid_per_gift ON public.receipt USING btree (donation_id) WHERE (status = 'issued'::text)
CREATE UNIQUE INDEX receipt_pkey ON public.receipt USING btree (id)
CREATE UNIQUE INDEX receipt_serial_unique ON public.receipt USING btree (serial)
CREATE UNIQUE INDEX recognition_pkey ON public.recognition USING btree (id)
CREATE UNIQUE INDEX refund_code_unique ON public.refund USING btree (code)
CREATE UNIQUE INDEX refund_pkey ON public.refund USING btree (id)
CREATE UNIQUE INDEX refund_provider_unique ON public.refund USING btree (provider_refund_id)
CREATE UNIQUE INDEX segment_code_unique ON public.segment USING btree (code)
CREATE UNIQUE INDEX segment_pkey ON public.segment USING btree (id)
CREATE UNIQUE INDEX segment_status_change_pkey ON public.segment_status_change USING btree (id)
CREATE UNIQUE INDEX shortfall_code_unique ON public.shortfall USING btree (code)
CREATE UNIQUE INDEX shortfall_pkey ON public.shortfall USING btree (id)
CREATE UNIQUE INDEX stripe_event_pkey ON public.stripe_event USING btree (event_id)
CREATE UNIQUE INDEX summary_mark_pkey ON public.summary_mark USING btree (only_one)
CREATE UNIQUE INDEX variation_code_unique ON public.variation USING btree (code)
CREATE UNIQUE INDEX variation_pkey ON public.variation USING btree (id)

-- triggers
CREATE TRIGGER acceptance_append_only BEFORE DELETE OR UPDATE ON public.acceptance FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER account_append_only BEFORE DELETE OR UPDATE ON public.account FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER account_no_truncate BEFORE TRUNCATE ON public.account FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER audit_event_append_only BEFORE DELETE OR UPDATE ON public.audit_event FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON public.audit_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER budget_line_append_only BEFORE DELETE OR UPDATE ON public.budget_line FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER certificate_append_only BEFORE DELETE OR UPDATE ON public.certificate FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER contract_line_append_only BEFORE DELETE OR UPDATE ON public.contract_line FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER donation_status_change_append_only BEFORE DELETE OR UPDATE ON public.donation_status_change FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER entry_append_only BEFORE DELETE OR UPDATE ON public.entry FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER entry_no_truncate BEFORE TRUNCATE ON public.entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER entry_period_open BEFORE INSERT ON public.entry FOR EACH ROW EXECUTE FUNCTION refuse_closed_period()
CREATE TRIGGER instalment_append_only BEFORE DELETE OR UPDATE ON public.instalment FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER log_draft_append_only BEFORE DELETE OR UPDATE ON public.log_draft FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER log_draft_no_truncate BEFORE TRUNCATE ON public.log_draft FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER lot_append_only BEFORE DELETE OR UPDATE ON public.lot FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER lot_no_truncate BEFORE TRUNCATE ON public.lot FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER photograph_sealed_append_only BEFORE DELETE OR UPDATE ON public.photograph_sealed FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER pledge_application_append_only BEFORE DELETE OR UPDATE ON public.pledge_application FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER pledge_status_change_append_only BEFORE DELETE OR UPDATE ON public.pledge_status_change FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER posting_append_only BEFORE DELETE OR UPDATE ON public.posting FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER posting_lot_append_only BEFORE DELETE OR UPDATE ON public.posting_lot FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER posting_lot_no_truncate BEFORE TRUNCATE ON public.posting_lot FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER posting_no_truncate BEFORE TRUNCATE ON public.posting FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER quote_append_only BEFORE DELETE OR UPDATE ON public.quote FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER segment_status_change_append_only BEFORE DELETE OR UPDATE ON public.segment_status_change FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()

-- functions
CREATE OR REPLACE FUNCTION public.refuse_closed_period()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select 1 from period p
             where p.campaign_id = new.campaign_id and p.month = date_trunc('month', new.accounting_date)::date
               and p.status = 'closed') then
    raise exception 'the month of % is closed', new.accounting_date
      using errcode = 'check_violation', constraint = 'entry_period_open', table = 'entry';
  end if;
  return new;
end $function$
CREATE OR REPLACE FUNCTION public.refuse_rewrite()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '% of % is refused: history is corrected by adding to it', tg_op, tg_table_name
    using errcode = 'check_violation', constraint = 'history_is_append_only', table = tg_table_name;
end $function$

-- views
public.account_balance as
 SELECT a.id AS account_id,
    a.code,
    a.book,
    a.class,
    a.currency,
    a.campaign_id,
    a.subject,
    (((COALESCE((s.in_minor)::bigint, (0)::bigint))::numeric + COALESCE(i.amount, (0)::numeric)))::bigint AS in_minor,
    (((COALESCE((s.out_minor)::bigint, (0)::bigint))::numeric + COALESCE(o.amount, (0)::numeric)))::bigint AS out_minor,
    (((((COALESCE((s.in_minor)::bigint, (0)::bigint))::numeric + COALESCE(i.amount, (0)::numeric)) - (COALESCE((s.out_minor)::bigint, (0)::bigint))::numeric) - COALESCE(o.amount, (0)::numeric)))::bigint AS balance_minor
   FROM ((((account a
     CROSS JOIN summary_mark m)
     LEFT JOIN account_summary s ON ((s.account_id = a.id)))
     LEFT JOIN LATERAL ( SELECT sum((p.amount_minor)::bigint) AS amount
           FROM posting p
          WHERE ((p.debit_account_id = a.id) AND (p.tx >= m.through_tx))) i ON (true))
     LEFT JOIN LATERAL ( SELECT sum((p.amount_minor)::bigint) AS amount
           FROM posting p
          WHERE ((p.credit_account_id = a.id) AND (p.tx >= m.through_tx))) o ON (true));

-- grants
INSERT, SELECT on public.acceptance to shanlu_app
INSERT, SELECT on public.account to shanlu_app
INSERT, SELECT on public.account_summary to shanlu_app
INSERT, SELECT on public.audit_event to shanlu_app
INSERT, SELECT on public.budget_line to shanlu_app
INSERT, SELECT on public.certificate to shanlu_app
INSERT, SELECT on public.command_key to shanlu_app
INSERT, SELECT on public.contract_line to shanlu_app
INSERT, SELECT on public.donation_status_change to shanlu_app
INSERT, SELECT on public.entry to shanlu_app
INSERT, SELECT on public.guard to shanlu_app
INSERT, SELECT on public.instalment to shanlu_app
INSERT, SELECT on public.log_draft to shanlu_app
INSERT, SELECT on public.lot to shanlu_app
INSERT, SELECT on public.lot_position to shanlu_app
INSERT, SELECT on public.photograph to shanlu_app
INSERT, SELECT on public.photograph_sealed to shanlu_app
INSERT, SELECT on public.pledge_application to shanlu_app
INSERT, SELECT on public.pledge_status_change to shanlu_app
INSERT, SELECT on public.posting to shanlu_app
INSERT, SELECT on public.posting_lot to shanlu_app
INSERT, SELECT on public.quote to shanlu_app
INSERT, SELECT on public.segment_status_change to shanlu_app
INSERT, SELECT on public.stripe_event to shanlu_app
INSERT, SELECT, UPDATE on public.allocation to shanlu_app
INSERT, SELECT, UPDATE on public.budget to shanlu_app
INSERT, SELECT, UPDATE on public.campaign to shanlu_app
INSERT, SELECT, UPDATE on public.checkout to shanlu_app
INSERT, SELECT, UPDATE on public.contract to shanlu_app
INSERT, SELECT, UPDATE on public.contractor to shanlu_app
INSERT, SELECT, UPDATE on public.disbursement to shanlu_app
INSERT, SELECT, UPDATE on public.document to shanlu_app
INSERT, SELECT, UPDATE on public.donation to shanlu_app
INSERT, SELECT, UPDATE on public.donor to shanlu_app
INSERT, SELECT, UPDATE on public.duty to shanlu_app
INSERT, SELECT, UPDATE on public.period to shanlu_app
INSERT, SELECT, UPDATE on public.person to shanlu_app
INSERT, SELECT, UPDATE on public.person_role to shanlu_app
INSERT, SELECT, UPDATE on public.pledge to shanlu_app
INSERT, SELECT, UPDATE on public.publication to shanlu_app
INSERT, SELECT, UPDATE on public.receipt to shanlu_app
INSERT, SELECT, UPDATE on public.receipt_counter to shanlu_app
INSERT, SELECT, UPDATE on public.recognition to shanlu_app
INSERT, SELECT, UPDATE on public.refund to shanlu_app
INSERT, SELECT, UPDATE on public.segment to shanlu_app
INSERT, SELECT, UPDATE on public.shortfall to shanlu_app
INSERT, SELECT, UPDATE on public.variation to shanlu_app
SELECT on public.acceptance to shanlu_reader
SELECT on public.account to shanlu_reader
SELECT on public.account_balance to shanlu_app
SELECT on public.account_balance to shanlu_reader
SELECT on public.account_summary to shanlu_reader
SELECT on public.allocation to shanlu_reader
SELECT on public.audit_event to shanlu_reader
SELECT on public.budget to shanlu_reader
SELECT on public.budget_line to shanlu_reader
SELECT on public.campaign to shanlu_reader
SELECT on public.certificate to shanlu_reader
SELECT on public.checkout to shanlu_reader
SELECT on public.command_key to shanlu_reader
SELECT on public.contract to shanlu_reader
SELECT on public.contract_line to shanlu_reader
SELECT on public.contractor to shanlu_reader
SELECT on public.disbursement to shanlu_reader
SELECT on public.document to shanlu_reader
SELECT on public.donation to shanlu_reader
SELECT on public.donation_status_change to shanlu_reader
SELECT on public.donor to shanlu_reader
SELECT on public.duty to shanlu_reader
SELECT on public.entry to shanlu_reader
SELECT on public.guard to shanlu_reader
SELECT on public.instalment to shanlu_reader
SELECT on public.log_draft to shanlu_reader
SELECT on public.lot to shanlu_reader
SELECT on public.lot_position to shanlu_reader
SELECT on public.migration_checksum to shanlu_app
SELECT on public.migration_checksum to shanlu_reader
SELECT on public.period to shanlu_reader
SELECT on public.person to shanlu_reader
SELECT on public.person_role to shanlu_reader
SELECT on public.photograph to shanlu_reader
SELECT on public.photograph_sealed to shanlu_reader
SELECT on public.pledge to shanlu_reader
SELECT on public.pledge_application to shanlu_reader
SELECT on public.pledge_status_change to shanlu_reader
SELECT on public.posting to shanlu_reader
SELECT on public.posting_lot to shanlu_reader
SELECT on public.publication to shanlu_reader
SELECT on public.quote to shanlu_reader
SELECT on public.receipt to shanlu_reader
SELECT on public.receipt_counter to shanlu_reader
SELECT on public.recognition to shanlu_reader
SELECT on public.refund to shanlu_reader
SELECT on public.segment to shanlu_reader
SELECT on public.segment_status_change to shanlu_reader
SELECT on public.shortfall to shanlu_reader
SELECT on public.stripe_event to shanlu_reader
SELECT on public.summary_mark to shanlu_app
SELECT on public.summary_mark to shanlu_reader
SELECT on public.variation to shanlu_reader
UPDATE (answer) on public.command_key to shanlu_app
UPDATE (attempts, done_at, outcome) on public.stripe_event to shanlu_app
UPDATE (held_minor) on public.lot_position to shanlu_app
UPDATE (in_minor, out_minor) on public.account_summary to shanlu_app
UPDATE (in_seen_minor, out_minor) on public.guard to shanlu_app
UPDATE (published_by, published_on) on public.photograph to shanlu_app
UPDATE (through_tx) on public.summary_mark to shanlu_app
