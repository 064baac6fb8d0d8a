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
public.account_day.account_id bigint not null
public.account_day.day date not null
public.account_day.in_minor minor_total not null
public.account_day.out_minor minor_total not null
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
public.allocation.plan_id uuid
public.allocation_plan.id uuid not null
public.allocation_plan.code text not null
public.allocation_plan.campaign_id uuid not null
public.allocation_plan.method text not null
public.allocation_plan.amount_minor minor_amount not null
public.allocation_plan.note text
public.allocation_plan.status text not null
public.allocation_plan.content_hash text not null
public.allocation_plan.proposed_by uuid not null
public.allocation_plan.proposed_on date not null
public.allocation_plan.decided_by uuid
public.allocation_plan.decided_on date
public.allocation_plan.decision_note text
public.allocation_plan.created_at timestamp with time zone not null default now()
public.allocation_plan_line.plan_id uuid not null
public.allocation_plan_line.line_no integer not null
public.allocation_plan_line.segment_id uuid not null
public.allocation_plan_line.amount_minor minor_amount not null
public.allocation_plan_line.designated_minor minor_total not null
public.allocation_plan_line.allocation_id uuid
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
public.bank_account.id uuid not null
public.bank_account.code text not null
public.bank_account.campaign_id uuid not null
public.bank_account.name local_text not null
public.bank_account.number text not null
public.bank_account.currency currency_code not null
public.bank_account.main boolean not null
public.bank_account.opened_by uuid
public.bank_account.opened_at timestamp with time zone not null default now()
public.bank_import.id uuid not null
public.bank_import.code text not null
public.bank_import.account_id uuid not null
public.bank_import.file_sha256 sha256_hex not null
public.bank_import.file_name text not null
public.bank_import.size_bytes bigint not null
public.bank_import.status text not null
public.bank_import.options jsonb not null default '{}'::jsonb
public.bank_import.phase text
public.bank_import.done_count integer not null default 0
public.bank_import.total_count integer not null default 0
public.bank_import.cancel_asked boolean not null default false
public.bank_import.attempt integer not null default 0
public.bank_import.format text
public.bank_import.result jsonb
public.bank_import.uploaded_by uuid
public.bank_import.uploaded_at timestamp with time zone not null default now()
public.bank_import.ended_at timestamp with time zone
public.bank_line.id bigint not null identity
public.bank_line.account_id uuid not null
public.bank_line.import_id uuid not null
public.bank_line.line_no integer not null
public.bank_line.fingerprint bytea not null
public.bank_line.route text not null
public.bank_line.booked_on date not null
public.bank_line.value_on date
public.bank_line.amount_minor bigint not null
public.bank_line.currency currency_code not null
public.bank_line.counterparty text
public.bank_line.counterparty_account text
public.bank_line.reference text
public.bank_line.memo text not null
public.bank_line.bank_reference text
public.bank_line.kind text
public.bank_line.flags jsonb not null default '[]'::jsonb
public.bank_line.suspect_of bigint
public.bank_line.version integer not null default 0
public.bank_line.match_id uuid
public.bank_line.recorded_at timestamp with time zone not null default now()
public.bank_line_held.id bigint not null identity
public.bank_line_held.import_id uuid not null
public.bank_line_held.attempt integer not null
public.bank_line_held.line_no integer not null
public.bank_line_held.reason text not null
public.bank_line_held.excerpt text not null
public.bank_line_held.booked_on date
public.bank_line_held.amount text
public.bank_match.id uuid not null
public.bank_match.code text not null
public.bank_match.account_id uuid not null
public.bank_match.matched_on date not null
public.bank_match.made_by uuid
public.bank_match.made_at timestamp with time zone not null default now()
public.bank_match.in_bulk boolean not null default false
public.bank_match.reasons jsonb not null default '[]'::jsonb
public.bank_match.rule_id bigint
public.bank_match.locked_by uuid
public.bank_match.locked_at timestamp with time zone
public.bank_match.undone_by uuid
public.bank_match.undone_at timestamp with time zone
public.bank_match.undone_because text
public.bank_match_line.match_id uuid not null
public.bank_match_line.line_id bigint not null
public.bank_match_line.amount_minor bigint not null
public.bank_match_part.match_id uuid not null
public.bank_match_part.part_no smallint not null
public.bank_match_part.kind text not null
public.bank_match_part.subject text
public.bank_match_part.amount_minor bigint not null
public.bank_match_part.donation_id uuid
public.bank_match_part.entry_id bigint
public.bank_match_part.undo_entry_id bigint
public.bank_statement.id bigint not null identity
public.bank_statement.import_id uuid not null
public.bank_statement.account_id uuid not null
public.bank_statement.number text
public.bank_statement.from_on date
public.bank_statement.to_on date
public.bank_statement.opening_minor bigint
public.bank_statement.closing_minor bigint
public.bank_statement.currency text
public.bank_statement.adds_up boolean
public.bank_statement.flags jsonb not null default '[]'::jsonb
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
public.campaign_amendment.id uuid not null
public.campaign_amendment.campaign_id uuid not null
public.campaign_amendment.before jsonb not null
public.campaign_amendment.after jsonb not null
public.campaign_amendment.reason text not null
public.campaign_amendment.made_by uuid not null
public.campaign_amendment.made_on date not null
public.campaign_amendment.recorded_at timestamp with time zone not null default now()
public.campaign_plan.campaign_id uuid not null
public.campaign_plan.version integer not null
public.campaign_plan.mode text not null
public.campaign_plan.purpose local_text not null
public.campaign_plan.area local_text not null
public.campaign_plan.person_in_charge local_text not null
public.campaign_plan.office local_text not null
public.campaign_plan.ways_to_give local_text not null
public.campaign_plan.bank_account local_text not null
public.campaign_plan.beneficiaries local_text not null
public.campaign_plan.uses local_text not null
public.campaign_plan.costs local_text not null
public.campaign_plan.surplus local_text not null
public.campaign_plan.partners jsonb not null default '[]'::jsonb
public.campaign_plan.contact local_text not null
public.campaign_plan.complaints local_text not null
public.campaign_plan.filed_on date
public.campaign_plan.reason text
public.campaign_plan.recorded_by uuid not null
public.campaign_plan.recorded_on date not null
public.campaign_plan.recorded_at timestamp with time zone not null default now()
public.card_alarm.id uuid not null
public.card_alarm.raised_at timestamp with time zone not null default now()
public.card_alarm.declined integer not null
public.card_alarm.paid integer not null
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
public.certificate.concern_id uuid
public.certificate.paid_to uuid
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
public.column_mapping.id bigint not null identity
public.column_mapping.account_id uuid not null
public.column_mapping.mapping jsonb not null
public.column_mapping.saved_by uuid
public.column_mapping.saved_at timestamp with time zone not null default now()
public.command_key.command text not null
public.command_key.key text not null
public.command_key.input_hash bytea not null
public.command_key.answer jsonb
public.command_key.recorded_at timestamp with time zone not null default now()
public.concern.id uuid not null
public.concern.code text not null
public.concern.kind text not null
public.concern.campaign_id uuid not null
public.concern.segment_id uuid
public.concern.about_role text
public.concern.told text not null
public.concern.contact text
public.concern.picture_sha256 sha256_hex
public.concern.status text not null
public.concern.finding text
public.concern.summary local_text
public.concern.outcome local_text
public.concern.received_on date not null
public.concern.settled_on date
public.concern.created_at timestamp with time zone not null default now()
public.concern_step.id bigint not null identity
public.concern_step.concern_id uuid not null
public.concern_step.event text not null
public.concern_step.from_status text not null
public.concern_step.to_status text not null
public.concern_step.note text
public.concern_step.by_person uuid
public.concern_step.happened_on date not null
public.concern_step.recorded_at timestamp with time zone not null default now()
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
public.contract_line.unit text
public.contract_line.quantity_milli bigint
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
public.dispute.id uuid not null
public.dispute.code text not null
public.dispute.donation_id uuid not null
public.dispute.provider_dispute_id text not null
public.dispute.amount_minor minor_amount not null
public.dispute.fee_minor minor_total not null
public.dispute.status text not null
public.dispute.reason text not null
public.dispute.opened_on date not null
public.dispute.closed_on date
public.dispute.entry_id bigint not null
public.dispute.closing_entry_id bigint
public.dispute.due_on date
public.dispute_answer.id uuid not null
public.dispute_answer.dispute_id uuid not null
public.dispute_answer.words text not null
public.dispute_answer.document_id uuid
public.dispute_answer.written_by uuid not null
public.dispute_answer.written_on date not null
public.dispute_answer.sent_at timestamp with time zone
public.dispute_answer.recorded_at timestamp with time zone not null default now()
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
public.document.redacted_by uuid
public.document.redacted_on date
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
public.donation.if_not_built text not null default 'ask'::text
public.donation.hall_event_id uuid
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
public.donor.kind text not null default 'person'::text
public.donor.contact text
public.donor.reminders_stopped_at timestamp with time zone
public.donor.news_stopped_at timestamp with time zone
public.donor_apart.a_id uuid not null
public.donor_apart.b_id uuid not null
public.donor_apart.by_person uuid not null
public.donor_apart.at timestamp with time zone not null default now()
public.donor_letter.donor_id uuid not null
public.donor_letter.kind text not null
public.donor_letter.about text not null
public.donor_letter.queued_at timestamp with time zone not null default now()
public.donor_merge.id bigint not null identity
public.donor_merge.kept_id uuid not null
public.donor_merge.merged_id uuid not null
public.donor_merge.reasons text[] not null
public.donor_merge.merged_by uuid not null
public.donor_merge.merged_at timestamp with time zone not null default now()
public.donor_merge.ended_by uuid
public.donor_merge.ended_at timestamp with time zone
public.donor_merge.end_reason text
public.donor_name_key.donor_id uuid not null
public.donor_name_key.same_key text not null
public.donor_name_key.any_order text
public.donor_name_key.surnames text[] not null
public.donor_name_key.of_name text not null
public.donor_request.id uuid not null
public.donor_request.code text not null
public.donor_request.donation_id uuid not null
public.donor_request.kind text not null
public.donor_request.amount_minor minor_amount
public.donor_request.designation text
public.donor_request.reason text
public.donor_request.asked_by uuid not null
public.donor_request.asked_on date not null
public.donor_request.status text not null
public.donor_request.answered_by uuid
public.donor_request.answered_on date
public.donor_request.answer text
public.donor_request.refund_id uuid
public.donor_request.recorded_at timestamp with time zone not null default now()
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
public.entry.amount_minor bigint not null
public.entry.named_for text
public.entry_since_mark.entry_id bigint
public.exception_owner.id bigint not null identity
public.exception_owner.kind text not null
public.exception_owner.subject text not null
public.exception_owner.owner_id uuid
public.exception_owner.note text
public.exception_owner.given_by uuid not null
public.exception_owner.given_at timestamp with time zone not null default now()
public.form_token_used.token bytea not null
public.form_token_used.used_at timestamp with time zone not null default now()
public.gift_batch.id uuid not null
public.gift_batch.code text not null
public.gift_batch.campaign_id uuid not null
public.gift_batch.kind text not null
public.gift_batch.note text
public.gift_batch.gift_count integer not null
public.gift_batch.total_minor minor_amount not null
public.gift_batch.cash_count jsonb
public.gift_batch.content_hash text not null
public.gift_batch.status text not null
public.gift_batch.entered_on date not null
public.gift_batch.entered_by uuid not null
public.gift_batch.entered_at timestamp with time zone not null default now()
public.gift_batch.decided_by uuid
public.gift_batch.decided_on date
public.gift_batch.reason text
public.gift_batch_line.batch_id uuid not null
public.gift_batch_line.line_no integer not null
public.gift_batch_line.donation_id uuid not null
public.gift_month_sum.campaign_id uuid
public.gift_month_sum.month date
public.gift_month_sum.channel text
public.gift_month_sum.gifts bigint
public.gift_month_sum.amount_minor bigint
public.gift_movement.campaign_id uuid
public.gift_movement.channel text
public.gift_movement.tx xid8
public.gift_movement.gifts integer
public.gift_movement.amount_minor bigint
public.gift_movement.month date
public.gift_movement.entry_id bigint
public.gift_naming.donation_id uuid
public.gift_naming.campaign_id uuid
public.gift_naming.month date
public.gift_naming.channel text
public.gift_naming.amount_minor bigint
public.gift_naming.named boolean
public.gift_naming.counted boolean
public.gift_naming_change.donation_id uuid
public.gift_naming_change.campaign_id uuid
public.gift_naming_change.month date
public.gift_naming_change.channel text
public.gift_naming_change.amount_minor bigint
public.gift_naming_change.named boolean
public.gift_naming_change.counted boolean
public.gift_seal.donation_id uuid not null
public.gift_seal.field text not null
public.gift_seal.value text
public.gift_seal.salt bytea not null
public.gift_sum.campaign_id uuid
public.gift_sum.channel text
public.gift_sum.gifts bigint
public.gift_sum.amount_minor bigint
public.gift_summary.campaign_id uuid not null
public.gift_summary.channel text not null
public.gift_summary.gifts bigint not null
public.gift_summary.amount_minor bigint not null
public.gift_summary.month date not null
public.giving_try.id uuid not null
public.giving_try.at timestamp with time zone not null default now()
public.giving_try.network_key bytea not null
public.giving_try.subnet_key bytea not null
public.giving_try.email_key bytea
public.giving_try.device_key bytea not null
public.giving_try.outcome text not null
public.giving_try.proved boolean not null
public.giving_try.why text
public.giving_try.checkout_id uuid
public.giving_try.card boolean not null default true
public.giving_try.known boolean not null default false
public.guard.account_id bigint not null
public.guard.in_seen_minor minor_total not null default 0
public.guard.out_minor minor_total not null default 0
public.hall_event.id uuid not null
public.hall_event.slug text not null
public.hall_event.campaign_id uuid not null
public.hall_event.name local_text not null
public.hall_event.held_on date not null
public.hall_event.recorded_by uuid
public.hall_event.recorded_at timestamp with time zone not null default now()
public.heartbeat.part text not null
public.heartbeat.beat_at timestamp with time zone not null default now()
public.heartbeat.detail text
public.instalment.pledge_id uuid not null
public.instalment.pledge_version integer not null
public.instalment.no integer not null
public.instalment.due_on date not null
public.instalment.amount_minor minor_amount not null
public.invoice_line.disbursement_id uuid not null
public.invoice_line.line_no integer not null
public.invoice_line.quantity_milli bigint not null
public.invoice_line.amount_minor minor_amount not null
public.log_checkpoint.epoch integer not null
public.log_checkpoint.size bigint not null
public.log_checkpoint.root bytea not null
public.log_checkpoint.note text not null
public.log_checkpoint.signed_at timestamp with time zone not null default now()
public.log_cosignature.epoch integer not null
public.log_cosignature.size bigint not null
public.log_cosignature.witness text not null
public.log_cosignature.line text not null
public.log_cosignature.cosigned_at timestamp with time zone not null
public.log_draft.id bigint not null identity
public.log_draft.body bytea not null
public.log_draft.tx xid8 not null default pg_current_xact_id()
public.log_draft.drafted_at timestamp with time zone not null default now()
public.log_epoch.epoch integer not null
public.log_epoch.origin text not null
public.log_epoch.began_at timestamp with time zone not null default now()
public.log_halt.id bigint not null identity
public.log_halt.cause text not null
public.log_halt.own_size bigint not null
public.log_halt.own_root bytea not null
public.log_halt.witnessed_size bigint not null
public.log_halt.witnessed_note text
public.log_halt.found_at timestamp with time zone not null default now()
public.log_key.vkey text not null
public.log_key.epoch integer not null
public.log_key.used_from timestamp with time zone not null default now()
public.log_leaf.leaf_index bigint not null
public.log_leaf.draft_id bigint not null
public.log_leaf.leaf_hash bytea not null
public.log_leaf.kind text not null
public.log_leaf.number text
public.log_leaf.event text
public.log_leaf.subject text
public.log_leaf.appended_at timestamp with time zone not null default clock_timestamp()
public.log_node.level smallint not null
public.log_node.node_index bigint not null
public.log_node.hash bytea not null
public.log_resumption.halt_id bigint not null
public.log_resumption.confirmed_by uuid not null
public.log_resumption.reason text not null
public.log_resumption.salt bytea not null
public.log_resumption.epoch integer not null
public.log_resumption.recorded_at timestamp with time zone not null default now()
public.log_watch.only_one boolean not null default true
public.log_watch.incarnation text not null
public.log_watch.checked_at timestamp with time zone not null
public.log_watch.witnessed_at timestamp with time zone
public.lot.id bigint not null identity
public.lot.kind text not null
public.lot.subject text not null
public.lot.campaign_id uuid not null
public.lot.amount_minor minor_amount not null
public.lot.received_on date not null
public.lot.designation text
public.lot_now.lot_id bigint
public.lot_now.subject text
public.lot_now.kind text
public.lot_now.campaign_id uuid
public.lot_now.amount_minor minor_amount
public.lot_now.designation text
public.lot_position.account_id bigint not null
public.lot_position.lot_id bigint not null
public.lot_position.held_minor bigint not null
public.lot_position.designation text
public.lot_position.ordered_on date not null
public.lot_position.order_no bigint not null
public.lot_redesignation.id bigint not null identity
public.lot_redesignation.lot_id bigint not null
public.lot_redesignation.from_segment text
public.lot_redesignation.to_segment text
public.lot_redesignation.basis text not null
public.lot_redesignation.plan_change_id uuid
public.lot_redesignation.decided_on date not null
public.lot_redesignation.recorded_at timestamp with time zone not null default now()
public.lot_redesignation.request_id uuid
public.mail_told.outbox_id uuid not null
public.mail_told.told_by uuid not null
public.mail_told.note text not null
public.mail_told.told_at timestamp with time zone not null default now()
public.match_rule.id bigint not null identity
public.match_rule.account_id uuid not null
public.match_rule.inward boolean not null
public.match_rule.counterparty_key text not null
public.match_rule.memo_key text not null
public.match_rule.makes text not null
public.match_rule.other_account text
public.match_rule.times integer not null default 1
public.match_rule.learned_at timestamp with time zone not null default now()
public.match_rule.off_at timestamp with time zone
public.match_rule.off_by uuid
public.measurement.id uuid not null
public.measurement.segment_id uuid not null
public.measurement.kind text not null
public.measurement.station text not null
public.measurement.value_milli bigint not null
public.measurement.required_milli bigint
public.measurement.document_id uuid
public.measurement.note text
public.measurement.measured_by uuid not null
public.measurement.measured_on date not null
public.measurement.recorded_at timestamp with time zone not null default now()
public.migration_checksum.name text not null
public.migration_checksum.sha256 text not null
public.month_movement.campaign_id uuid
public.month_movement.month date
public.month_movement.from_class text
public.month_movement.to_class text
public.month_movement.tx xid8
public.month_movement.amount_minor minor_amount
public.month_movement.entry_id bigint
public.month_sum.campaign_id uuid
public.month_sum.month date
public.month_sum.from_class text
public.month_sum.to_class text
public.month_sum.amount_minor bigint
public.month_summary.campaign_id uuid not null
public.month_summary.month date not null
public.month_summary.from_class text not null
public.month_summary.to_class text not null
public.month_summary.amount_minor minor_total not null
public.named_gift_counted.donation_id uuid not null
public.named_gift_counted.counted boolean not null
public.named_gift_sum.campaign_id uuid
public.named_gift_sum.month date
public.named_gift_sum.channel text
public.named_gift_sum.gifts bigint
public.named_gift_sum.amount_minor bigint
public.named_gift_summary.campaign_id uuid not null
public.named_gift_summary.month date not null
public.named_gift_summary.channel text not null
public.named_gift_summary.gifts bigint not null
public.named_gift_summary.amount_minor bigint not null
public.outbox.id uuid not null
public.outbox.template text not null
public.outbox.lang text not null
public.outbox.person_id uuid
public.outbox.donor_id uuid
public.outbox.sealed bytea
public.outbox.queued_at timestamp with time zone not null default now()
public.outbox.expires_at timestamp with time zone not null
public.outbox.attempts integer not null default 0
public.outbox.leased_until timestamp with time zone
public.outbox.last_problem text
public.outbox.sent_at timestamp with time zone
public.outbox.dropped_at timestamp with time zone
public.outbox.dropped_because text
public.passkey.id uuid not null
public.passkey.person_id uuid not null
public.passkey.credential_id bytea not null
public.passkey.public_key bytea not null
public.passkey.counter bigint not null
public.passkey.name text not null
public.passkey.added_at timestamp with time zone not null
public.passkey.used_at timestamp with time zone
public.passkey.removed_at timestamp with time zone
public.passkey.removed_because text
public.passkey_challenge.session_id uuid not null
public.passkey_challenge.purpose text not null
public.passkey_challenge.challenge text not null
public.passkey_challenge.expires_at timestamp with time zone not null
public.payment_decline.event_id text not null
public.payment_decline.checkout_id uuid not null
public.payment_decline.at timestamp with time zone not null default now()
public.payout.id uuid not null
public.payout.code text not null
public.payout.provider_payout_id text not null
public.payout.currency currency_code not null
public.payout.amount_minor bigint not null
public.payout.automatic boolean not null
public.payout.status text not null
public.payout.made_on date not null
public.payout.arrives_on date not null
public.payout.trace text
public.payout.failure text
public.payout.reading integer not null default 0
public.payout.read_at timestamp with time zone
public.payout.line_count integer not null default 0
public.payout.lines_net_minor bigint not null default 0
public.payout.booked_on date
public.payout.matched_on date
public.payout.bank_line text
public.payout.recorded_at timestamp with time zone not null default now()
public.payout_entry.payout_id uuid not null
public.payout_entry.entry_id bigint not null
public.payout_entry.act text not null
public.payout_finding.id bigint not null identity
public.payout_finding.payout_id uuid not null
public.payout_finding.reading integer not null
public.payout_finding.kind text not null
public.payout_finding.provider_line_id text
public.payout_finding.subject text
public.payout_finding.expected_minor bigint
public.payout_finding.found_minor bigint
public.payout_finding.explained_by uuid
public.payout_finding.explained_at timestamp with time zone
public.payout_finding.explanation text
public.payout_line.payout_id uuid not null
public.payout_line.reading integer not null
public.payout_line.line_no integer not null
public.payout_line.provider_line_id text not null
public.payout_line.type text not null
public.payout_line.home text not null
public.payout_line.currency currency_code not null
public.payout_line.gross_minor bigint not null
public.payout_line.fee_minor bigint not null
public.payout_line.net_minor bigint not null
public.payout_line.source_id text
public.payout_line.subject text
public.payout_line.campaign_id uuid
public.payout_line.donation_id uuid
public.payout_line.expected_minor bigint
public.payout_line.made_at timestamp with time zone not null
public.period.campaign_id uuid not null
public.period.month date not null
public.period.status text not null
public.period.changed_at timestamp with time zone not null default now()
public.period_change.id bigint not null identity
public.period_change.campaign_id uuid not null
public.period_change.month date not null
public.period_change.event text not null
public.period_change.made_by uuid not null
public.period_change.checked_by uuid
public.period_change.figures_hash sha256_hex not null
public.period_change.reason text
public.period_change.public_text local_text
public.period_change.happened_on date not null
public.period_change.recorded_at timestamp with time zone not null default now()
public.period_reopening.id uuid not null
public.period_reopening.campaign_id uuid not null
public.period_reopening.month date not null
public.period_reopening.reason text not null
public.period_reopening.public_text local_text not null
public.period_reopening.content_hash sha256_hex not null
public.period_reopening.proposed_by uuid not null
public.period_reopening.proposed_on date not null
public.period_reopening.decided_by uuid
public.period_reopening.decided_on date
public.period_reopening.status text not null
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
public.photograph.covered_by uuid
public.photograph.covered_on date
public.photograph.covered_count integer not null default 0
public.photograph_sealed.photograph_id uuid not null
public.photograph_sealed.captured_at timestamp with time zone
public.photograph_sealed.latitude_e7 integer
public.photograph_sealed.longitude_e7 integer
public.plan_change.id uuid not null
public.plan_change.code text not null
public.plan_change.campaign_id uuid not null
public.plan_change.segment_id uuid not null
public.plan_change.kind text not null
public.plan_change.reason local_text not null
public.plan_change.basis text not null
public.plan_change.basis_reference text
public.plan_change.to_segment_id uuid
public.plan_change.deadline date not null
public.plan_change.status text not null
public.plan_change.decision text
public.plan_change.keep_until date
public.plan_change.outcome local_text
public.plan_change.content_hash text
public.plan_change.opened_by uuid not null
public.plan_change.opened_on date not null
public.plan_change.proposed_by uuid
public.plan_change.proposed_on date
public.plan_change.decided_by uuid
public.plan_change.decided_on date
public.plan_change.entry_id bigint
public.plan_change.created_at timestamp with time zone not null default now()
public.plan_change_gift.plan_change_id uuid not null
public.plan_change_gift.lot_id bigint not null
public.plan_change_gift.amount_minor minor_amount not null
public.plan_change_gift.answer text not null
public.plan_change_gift.asked_on date
public.plan_change_gift.asked_by_means text
public.plan_change_gift.answered_on date
public.plan_change_gift.evidence text
public.plan_change_gift.evidence_document_id uuid
public.plan_change_gift.outcome text
public.plan_change_gift.refund_id uuid
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
public.pledge.if_not_built text not null default 'ask'::text
public.pledge.hall_event_id uuid
public.pledge.batch_id uuid
public.pledge_application.id bigint not null identity
public.pledge_application.pledge_id uuid not null
public.pledge_application.donation_id uuid not null
public.pledge_application.amount_minor bigint not null
public.pledge_application.recorded_at timestamp with time zone not null default now()
public.pledge_batch.id uuid not null
public.pledge_batch.code text not null
public.pledge_batch.hall_event_id uuid not null
public.pledge_batch.card_count integer not null
public.pledge_batch.total_minor minor_amount not null
public.pledge_batch.recorded_by uuid not null
public.pledge_batch.recorded_at timestamp with time zone not null default now()
public.pledge_change.id bigint not null identity
public.pledge_change.pledge_id uuid not null
public.pledge_change.version integer not null
public.pledge_change.kind text not null
public.pledge_change.before_minor minor_amount not null
public.pledge_change.after_minor minor_amount not null
public.pledge_change.by_person uuid
public.pledge_change.happened_on date not null
public.pledge_change.recorded_at timestamp with time zone not null default now()
public.pledge_release.pledge_id uuid not null
public.pledge_release.filing_reference text not null
public.pledge_release.public_text local_text not null
public.pledge_release.released_on date not null
public.pledge_release.recorded_at timestamp with time zone not null default now()
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
public.proof_run.id bigint not null identity
public.proof_run.started_at timestamp with time zone not null default now()
public.proof_run.proof text not null
public.proof_run.offenders bigint not null
public.proof_run.took_ms integer not null
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
public.publication.code text
public.publication.period_from date
public.publication.period_to date
public.publication.due_on date
public.publication.figures jsonb
public.publication.original_lang text not null default 'zh-Hans'::text
public.publication.submitted_on date
public.publication.withheld_reason text
public.publication_version.slot integer not null
public.publication_version.changes bigint not null
public.quote.id uuid not null
public.quote.segment_id uuid not null
public.quote.contractor_id uuid not null
public.quote.amount_minor minor_amount not null
public.quote.document_id uuid not null
public.quote.received_on date not null
public.quote.recorded_by uuid not null
public.rate_limit.key bytea not null
public.rate_limit.full_until timestamp with time zone not null
public.receipt.id uuid not null
public.receipt.serial bigint
public.receipt.donation_id uuid not null
public.receipt.status text not null
public.receipt.replaces_id uuid
public.receipt.fiscal_number text
public.receipt.issued_on date not null
public.receipt.recorded_at timestamp with time zone not null default now()
public.receipt.campaign_id uuid not null
public.receipt.currency currency_code not null
public.receipt.amount_minor minor_amount not null
public.receipt.issued_to text
public.receipt.issued_by uuid
public.receipt.voided_on date
public.receipt.voided_by uuid
public.receipt.reason text
public.receipt.fiscal_code text
public.receipt.fiscal_check text
public.receipt.fiscal_on date
public.receipt_counter.campaign_id uuid not null
public.receipt_counter.last_serial bigint not null default 0
public.receipt_print.receipt_id uuid not null
public.receipt_print.no integer not null
public.receipt_print.lang text not null
public.receipt_print.by_person uuid
public.receipt_print.printed_at timestamp with time zone not null default now()
public.receipt_stub.receipt_id uuid not null
public.receipt_stub.sealed bytea not null
public.receipt_stub.kept_until date not null
public.receipt_stub.recorded_at timestamp with time zone not null default now()
public.receipt_waiver.donation_id uuid not null
public.receipt_waiver.no integer not null
public.receipt_waiver.by_person uuid
public.receipt_waiver.waived_on date not null
public.receipt_waiver.withdrawn_on date
public.receipt_waiver.recorded_at timestamp with time zone not null default now()
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
public.recognition.name_kind text not null default 'name'::text
public.recognition.dedication_kind text
public.recognition.tx xid8 not null default pg_current_xact_id()
public.recovery_code.person_id uuid not null
public.recovery_code.code_hash bytea not null
public.recovery_code.created_at timestamp with time zone not null default now()
public.recovery_code.used_at timestamp with time zone
public.recovery_code.salt bytea
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
public.refund.own_minor minor_amount
public.refund.sent_by uuid
public.refund.sent_on date
public.refund.closed_on date
public.refund.closing_entry_id bigint
public.refund.bank_reference text
public.refund.failure text
public.refund.settled_minor minor_amount
public.second_factor.person_id uuid not null
public.second_factor.secret_sealed bytea not null
public.second_factor.set_up_at timestamp with time zone not null default now()
public.second_factor.confirmed_at timestamp with time zone
public.second_factor.last_step bigint not null default 0
public.second_factor.drift smallint not null default 0
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
public.segment.thickness_mm integer
public.segment.road_class text
public.segment.surface text
public.segment.households integer
public.segment.line_privacy text not null default 'exact'::text
public.segment_revision.id bigint not null identity
public.segment_revision.segment_id uuid not null
public.segment_revision.geometry jsonb not null
public.segment_revision.length_mm integer not null
public.segment_revision.width_mm integer not null
public.segment_revision.thickness_mm integer
public.segment_revision.road_class text
public.segment_revision.surface text
public.segment_revision.households integer
public.segment_revision.line_privacy text not null
public.segment_revision.line_changed boolean not null
public.segment_revision.length_after_mm integer not null
public.segment_revision.reason text not null
public.segment_revision.happened_on date not null
public.segment_revision.by_person uuid not null
public.segment_revision.recorded_at timestamp with time zone not null default now()
public.segment_status_change.id bigint not null identity
public.segment_status_change.segment_id uuid not null
public.segment_status_change.event text not null
public.segment_status_change.from_status text not null
public.segment_status_change.to_status text not null
public.segment_status_change.happened_on date not null
public.segment_status_change.by_person uuid
public.segment_status_change.reason text
public.segment_status_change.recorded_at timestamp with time zone not null default now()
public.segment_succession.id bigint not null identity
public.segment_succession.from_segment uuid not null
public.segment_succession.to_segment uuid not null
public.segment_succession.kind text not null
public.segment_succession.reason text not null
public.segment_succession.happened_on date not null
public.segment_succession.by_person uuid not null
public.segment_succession.recorded_at timestamp with time zone not null default now()
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
public.shortfall.owner_id uuid
public.shortfall.source_kind text
public.shortfall.source_subject text
public.sign_in_request.id uuid not null
public.sign_in_request.request_hash bytea not null
public.sign_in_request.link_hash bytea not null
public.sign_in_request.code_hash bytea not null
public.sign_in_request.email text
public.sign_in_request.lang text not null
public.sign_in_request.next_path text
public.sign_in_request.attempts integer not null default 0
public.sign_in_request.created_at timestamp with time zone not null default now()
public.sign_in_request.expires_at timestamp with time zone not null
public.sign_in_request.used_at timestamp with time zone
public.sign_in_session.id uuid not null
public.sign_in_session.token_hash bytea not null
public.sign_in_session.person_id uuid not null
public.sign_in_session.device text not null
public.sign_in_session.created_at timestamp with time zone not null default now()
public.sign_in_session.last_seen_at timestamp with time zone not null default now()
public.sign_in_session.expires_at timestamp with time zone not null
public.sign_in_session.second_factor_at timestamp with time zone
public.sign_in_session.second_factor_failures integer not null default 0
public.sign_in_session.ended_at timestamp with time zone
public.sign_in_session.ended_because text
public.sign_in_session.seen_step bigint
public.sign_in_session.seen_drift smallint
public.soft_credit.id uuid not null
public.soft_credit.pledge_id uuid
public.soft_credit.donation_id uuid
public.soft_credit.no integer not null
public.soft_credit.name text
public.soft_credit.amount_minor minor_amount not null
public.soft_credit.recorded_at timestamp with time zone not null default now()
public.staff_declaration.person_id uuid not null
public.staff_declaration.phone text
public.staff_declaration.bank_account text
public.staff_declaration.interests text
public.staff_declaration.declared_on date not null
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
public.surplus_choice.id uuid not null
public.surplus_choice.donation_id uuid not null
public.surplus_choice.choice text not null
public.surplus_choice.amount_minor minor_amount not null
public.surplus_choice.pledge_id uuid
public.surplus_choice.chosen_by uuid
public.surplus_choice.chosen_on date not null
public.surplus_choice.recorded_at timestamp with time zone not null default now()
public.transfer_account.id uuid not null
public.transfer_account.campaign_id uuid not null
public.transfer_account.holder local_text not null
public.transfer_account.account_number text not null
public.transfer_account.bank local_text not null
public.transfer_account.recorded_by uuid
public.transfer_account.recorded_at timestamp with time zone not null default now()
public.transfer_account.proposal_id uuid
public.transfer_account_proposal.id uuid not null
public.transfer_account_proposal.campaign_id uuid not null
public.transfer_account_proposal.holder local_text not null
public.transfer_account_proposal.account_number text not null
public.transfer_account_proposal.bank local_text not null
public.transfer_account_proposal.reason text not null
public.transfer_account_proposal.content_hash sha256_hex not null
public.transfer_account_proposal.status text not null
public.transfer_account_proposal.proposed_by uuid not null
public.transfer_account_proposal.proposed_on date not null
public.transfer_account_proposal.decided_by uuid
public.transfer_account_proposal.decided_on date
public.transfer_account_proposal.decision_note text
public.transfer_account_proposal.recorded_at timestamp with time zone not null default now()
public.upload.id uuid not null
public.upload.person_id uuid not null
public.upload.sha256 sha256_hex not null
public.upload.size_bytes integer not null
public.upload.piece_bytes integer not null
public.upload.begun_at timestamp with time zone not null default now()
public.upload.done_at timestamp with time zone
public.upload.photograph_id uuid
public.upload_piece.upload_id uuid not null
public.upload_piece.piece_no integer not null
public.upload_piece.bytes bytea not null
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
public.variation_line.variation_id uuid not null
public.variation_line.line_no integer not null
public.variation_line.quantity_milli bigint not null
public.variation_line.amount_minor bigint not null
disclosure.acceptance.segment text
disclosure.acceptance.sheet text
disclosure.acceptance.length_mm integer
disclosure.acceptance.width_mm integer
disclosure.acceptance.thickness_mm integer
disclosure.acceptance.signed_on date
disclosure.acceptance.result text
disclosure.acceptance.remark text
disclosure.account_balance.code text
disclosure.account_balance.book text
disclosure.account_balance.class text
disclosure.account_balance.campaign text
disclosure.account_balance.subject text
disclosure.account_balance.currency currency_code
disclosure.account_balance.balance_minor bigint
disclosure.allocation.code text
disclosure.allocation.segment text
disclosure.allocation.amount_minor minor_amount
disclosure.allocation.approved_on date
disclosure.allocation.status text
disclosure.budget.segment text
disclosure.budget.version integer
disclosure.budget.total_minor minor_amount
disclosure.budget.reason text
disclosure.budget.approved_on date
disclosure.budget_line.segment text
disclosure.budget_line.version integer
disclosure.budget_line.line_no integer
disclosure.budget_line.item local_text
disclosure.budget_line.unit text
disclosure.budget_line.quantity_milli bigint
disclosure.budget_line.amount_minor minor_amount
disclosure.campaign.slug text
disclosure.campaign.name local_text
disclosure.campaign.organiser local_text
disclosure.campaign.place local_text
disclosure.campaign.story local_text
disclosure.campaign.currency currency_code
disclosure.campaign.time_zone text
disclosure.campaign.status text
disclosure.campaign.opens_on date
disclosure.campaign.ends_on date
disclosure.campaign.event_on date
disclosure.campaign.legal_host local_text
disclosure.campaign.licence_no text
disclosure.campaign.filing_no text
disclosure.campaign.pay_elsewhere_url text
disclosure.campaign.quotes_required integer
disclosure.campaign.illustrative boolean
disclosure.campaign_numbers.campaign text
disclosure.campaign_numbers.currency currency_code
disclosure.campaign_numbers.pledged_minor bigint
disclosure.campaign_numbers.pledge_count integer
disclosure.campaign_numbers.fulfilled_minor bigint
disclosure.campaign_numbers.received_minor bigint
disclosure.campaign_numbers.allocated_minor bigint
disclosure.campaign_numbers.committed_minor bigint
disclosure.campaign_numbers.certified_minor bigint
disclosure.campaign_numbers.paid_minor bigint
disclosure.campaign_numbers.unallocated_minor bigint
disclosure.campaign_numbers.fees_minor bigint
disclosure.campaign_numbers.returned_minor bigint
disclosure.campaign_numbers.lost_minor bigint
disclosure.campaign_numbers.shortfall_minor bigint
disclosure.campaign_numbers.target_minor bigint
disclosure.campaign_numbers.segment_count integer
disclosure.campaign_numbers.gift_count integer
disclosure.campaign_numbers.contract_count integer
disclosure.campaign_numbers.contractor_count integer
disclosure.campaign_numbers.payment_count integer
disclosure.campaign_numbers.last_entry_on date
disclosure.campaign_plan.campaign text
disclosure.campaign_plan.version integer
disclosure.campaign_plan.mode text
disclosure.campaign_plan.purpose local_text
disclosure.campaign_plan.area local_text
disclosure.campaign_plan.person_in_charge local_text
disclosure.campaign_plan.office local_text
disclosure.campaign_plan.ways_to_give local_text
disclosure.campaign_plan.bank_account local_text
disclosure.campaign_plan.beneficiaries local_text
disclosure.campaign_plan.uses local_text
disclosure.campaign_plan.costs local_text
disclosure.campaign_plan.surplus local_text
disclosure.campaign_plan.partners jsonb
disclosure.campaign_plan.contact local_text
disclosure.campaign_plan.complaints local_text
disclosure.campaign_plan.filed_on date
disclosure.campaign_plan.reason text
disclosure.campaign_plan.recorded_on date
disclosure.certificate.code text
disclosure.certificate.contract text
disclosure.certificate.segment text
disclosure.certificate.stage text
disclosure.certificate.percent integer
disclosure.certificate.amount_minor minor_amount
disclosure.certificate.certified_on date
disclosure.certificate.concern text
disclosure.certificate.paid_to_name local_text
disclosure.concern.code text
disclosure.concern.kind text
disclosure.concern.campaign text
disclosure.concern.segment text
disclosure.concern.status text
disclosure.concern.finding text
disclosure.concern.summary local_text
disclosure.concern.outcome local_text
disclosure.concern.received_on date
disclosure.concern.settled_on date
disclosure.contract.code text
disclosure.contract.segment text
disclosure.contract.contractor text
disclosure.contract.contractor_name local_text
disclosure.contract.conflict_of_interest text
disclosure.contract.amount_minor minor_amount
disclosure.contract.retention_minor minor_total
disclosure.contract.few_quotes_reason text
disclosure.contract.signed_on date
disclosure.contract.status text
disclosure.contract_line.contract text
disclosure.contract_line.line_no integer
disclosure.contract_line.item local_text
disclosure.contract_line.amount_minor minor_amount
disclosure.contract_line.unit text
disclosure.contract_line.quantity_milli bigint
disclosure.contract_line.varied_milli bigint
disclosure.contract_line.varied_minor bigint
disclosure.contract_line.paid_milli bigint
disclosure.contract_line.paid_minor bigint
disclosure.correction.campaign text
disclosure.correction.correcting_id bigint
disclosure.correction.corrected_id bigint
disclosure.correction.kind text
disclosure.correction.subject_kind text
disclosure.correction.subject text
disclosure.correction.corrected_on date
disclosure.correction.correcting_on date
disclosure.correction.financial_minor bigint
disclosure.correction.purpose_minor bigint
disclosure.correction.currency currency_code
disclosure.document.code text
disclosure.document.campaign text
disclosure.document.segment text
disclosure.document.kind text
disclosure.document.title local_text
disclosure.document.dated date
disclosure.document.pages integer
disclosure.document.media_type text
disclosure.document.size_bytes bigint
disclosure.document.sha256 sha256_hex
disclosure.document.file_sha256 text
disclosure.document.visibility text
disclosure.document.withheld_reason text
disclosure.document.opens_on date
disclosure.duty.campaign text
disclosure.duty.kind text
disclosure.duty.title local_text
disclosure.duty.rule text
disclosure.duty.due_on date
disclosure.duty.done_on date
disclosure.entry.id bigint
disclosure.entry.number text
disclosure.entry.campaign text
disclosure.entry.kind text
disclosure.entry.subject_kind text
disclosure.entry.subject text
disclosure.entry.accounting_date date
disclosure.entry.recorded_on date
disclosure.entry.reverses_id bigint
disclosure.entry.reason text
disclosure.entry.reversed_by_id bigint
disclosure.entry.amount_minor bigint
disclosure.entry.currency currency_code
disclosure.entry.segment text
disclosure.entry.named_for text
disclosure.entry_road.segment text
disclosure.entry_road.entry_id bigint
disclosure.gift.code text
disclosure.gift.campaign text
disclosure.gift.received_on date
disclosure.gift.amount_minor minor_total
disclosure.gift.fee_minor minor_total
disclosure.gift.currency currency_code
disclosure.gift.channel text
disclosure.gift.designation text
disclosure.gift.status text
disclosure.gift.foreign_currency text
disclosure.gift.foreign_minor bigint
disclosure.gift.rate text
disclosure.gift.rate_on date
disclosure.gift.shown_as local_text
disclosure.gift.lot_order bigint
disclosure.gift.designation_now text
disclosure.gift_arrival.code text
disclosure.gift_arrival.campaign text
disclosure.gift_arrival.arrived_on date
disclosure.gift_arrival.lot_order bigint
disclosure.gift_channel.campaign text
disclosure.gift_channel.channel text
disclosure.gift_channel.amount_minor bigint
disclosure.gift_channel.currency currency_code
disclosure.gift_payment.gift text
disclosure.gift_payment.payment text
disclosure.gift_payment.amount_minor bigint
disclosure.gift_place.gift text
disclosure.gift_place.state text
disclosure.gift_place.segment text
disclosure.gift_place.contract text
disclosure.gift_place.amount_minor bigint
disclosure.gift_place.lot_order bigint
disclosure.hall_event.slug text
disclosure.hall_event.campaign text
disclosure.hall_event.name local_text
disclosure.hall_event.held_on date
disclosure.hall_event.currency currency_code
disclosure.hall_event.time_zone text
disclosure.hall_event.illustrative boolean
disclosure.hall_event.promise_count integer
disclosure.hall_event.pledged_minor bigint
disclosure.hall_event.received_minor bigint
disclosure.hall_name.event text
disclosure.hall_name.shown_as local_text
disclosure.hall_name.designation text
disclosure.hall_name.name_order integer
disclosure.log_checkpoint.epoch integer
disclosure.log_checkpoint.origin text
disclosure.log_checkpoint.size bigint
disclosure.log_checkpoint.root bytea
disclosure.log_checkpoint.note text
disclosure.log_checkpoint.signed_at timestamp with time zone
disclosure.log_checkpoint.witnesses integer
disclosure.log_checkpoint.cosignatures text
disclosure.log_delay.leaves integer
disclosure.log_delay.median_ms bigint
disclosure.log_delay.p99_ms bigint
disclosure.log_delay.max_ms bigint
disclosure.log_halt.id bigint
disclosure.log_halt.cause text
disclosure.log_halt.own_size bigint
disclosure.log_halt.witnessed_size bigint
disclosure.log_halt.found_at timestamp with time zone
disclosure.log_halt.reason text
disclosure.log_halt.salt bytea
disclosure.log_halt.resumed_at timestamp with time zone
disclosure.log_halt.resumed_as text
disclosure.log_key.vkey text
disclosure.log_key.epoch integer
disclosure.log_key.origin text
disclosure.log_key.used_from timestamp with time zone
disclosure.log_leaf.leaf_index bigint
disclosure.log_leaf.leaf_hash bytea
disclosure.log_leaf.kind text
disclosure.log_leaf.number text
disclosure.log_leaf.event text
disclosure.log_leaf.subject text
disclosure.log_leaf.body bytea
disclosure.log_leaf_hash.leaf_index bigint
disclosure.log_leaf_hash.leaf_hash bytea
disclosure.log_node.level smallint
disclosure.log_node.node_index bigint
disclosure.log_node.hash bytea
disclosure.log_waiting.leaves integer
disclosure.log_waiting.oldest_ms bigint
disclosure.measurement.segment text
disclosure.measurement.kind text
disclosure.measurement.station text
disclosure.measurement.value_milli bigint
disclosure.measurement.required_milli bigint
disclosure.measurement.report text
disclosure.measurement.measured_on date
disclosure.message.id text
disclosure.message.campaign text
disclosure.message.subject text
disclosure.message.shown_on date
disclosure.message.shown_as local_text
disclosure.message.dedication text
disclosure.message.dedication_kind text
disclosure.message.message text
disclosure.money_month.campaign text
disclosure.money_month.month text
disclosure.money_month.received_minor bigint
disclosure.money_month.allocated_minor bigint
disclosure.money_month.committed_minor bigint
disclosure.money_month.paid_minor bigint
disclosure.named_gift.code text
disclosure.named_gift.campaign text
disclosure.named_gift.received_on date
disclosure.named_gift.amount_minor minor_total
disclosure.named_gift.currency currency_code
disclosure.named_gift.designation text
disclosure.named_gift.shown_as local_text
disclosure.named_gift.lot_order bigint
disclosure.payment.code text
disclosure.payment.campaign text
disclosure.payment.segment text
disclosure.payment.contract text
disclosure.payment.certificate text
disclosure.payment.stage text
disclosure.payment.contractor_name local_text
disclosure.payment.amount_minor minor_amount
disclosure.payment.paid_on date
disclosure.payment.status text
disclosure.payment.invoice_sha256 sha256_hex
disclosure.payment.invoice text
disclosure.period.campaign text
disclosure.period.month date
disclosure.period.status text
disclosure.period_event.campaign text
disclosure.period_event.month text
disclosure.period_event.event text
disclosure.period_event.happened_on date
disclosure.period_event.public_text local_text
disclosure.period_event.figures_hash sha256_hex
disclosure.photograph.id text
disclosure.photograph.segment text
disclosure.photograph.stage text
disclosure.photograph.station text
disclosure.photograph.taken_on date
disclosure.photograph.original_sha256 sha256_hex
disclosure.photograph.public_sha256 sha256_hex
disclosure.photograph.thumb_sha256 sha256_hex
disclosure.photograph.width_px integer
disclosure.photograph.height_px integer
disclosure.photograph.caption local_text
disclosure.photograph.illustrative boolean
disclosure.plan_change.code text
disclosure.plan_change.segment text
disclosure.plan_change.campaign text
disclosure.plan_change.kind text
disclosure.plan_change.reason local_text
disclosure.plan_change.basis text
disclosure.plan_change.basis_reference text
disclosure.plan_change.to_segment text
disclosure.plan_change.deadline date
disclosure.plan_change.status text
disclosure.plan_change.decision text
disclosure.plan_change.keep_until date
disclosure.plan_change.outcome local_text
disclosure.plan_change.opened_on date
disclosure.plan_change.decided_on date
disclosure.plan_change.gift_count integer
disclosure.plan_change.amount_minor bigint
disclosure.plan_change.given_count integer
disclosure.plan_change.refused_count integer
disclosure.plan_change.no_reply_count integer
disclosure.plan_change.moved_minor bigint
disclosure.plan_change.return_minor bigint
disclosure.pledge_due.campaign text
disclosure.pledge_due.due_on date
disclosure.pledge_due.outstanding_minor bigint
disclosure.posting.entry_id bigint
disclosure.posting.line_no smallint
disclosure.posting.book text
disclosure.posting.credit_account text
disclosure.posting.debit_account text
disclosure.posting.amount_minor minor_amount
disclosure.posting.currency currency_code
disclosure.posting_gift.entry_id bigint
disclosure.posting_gift.line_no smallint
disclosure.posting_gift.gift text
disclosure.posting_gift.amount_minor minor_amount
disclosure.proof_status.proof text
disclosure.proof_status.offenders bigint
disclosure.proof_status.checked_on date
disclosure.proof_status.checked_at timestamp with time zone
disclosure.publication.id text
disclosure.publication.campaign text
disclosure.publication.kind text
disclosure.publication.title local_text
disclosure.publication.body local_text
disclosure.publication.corrects text
disclosure.publication.status text
disclosure.publication.published_on date
disclosure.publication.code text
disclosure.publication.period_from date
disclosure.publication.period_to date
disclosure.publication.due_on date
disclosure.publication.figures jsonb
disclosure.publication.original_lang text
disclosure.publication.content_hash text
disclosure.publication.corrects_code text
disclosure.publication.corrected_by text
disclosure.publication_version.version bigint
disclosure.publication_withheld.code text
disclosure.publication_withheld.campaign text
disclosure.publication_withheld.kind text
disclosure.publication_withheld.title local_text
disclosure.publication_withheld.period_from date
disclosure.publication_withheld.period_to date
disclosure.publication_withheld.due_on date
disclosure.publication_withheld.opens_on date
disclosure.publication_withheld.withheld_reason text
disclosure.publication_withheld.content_hash text
disclosure.quote.segment text
disclosure.quote.contractor text
disclosure.quote.contractor_name local_text
disclosure.quote.amount_minor minor_amount
disclosure.quote.received_on date
disclosure.quote.chosen boolean
disclosure.segment.code text
disclosure.segment.campaign text
disclosure.segment.name local_text
disclosure.segment.location local_text
disclosure.segment.length_mm integer
disclosure.segment.width_mm integer
disclosure.segment.geometry jsonb
disclosure.segment.status text
disclosure.segment.budget_minor minor_total
disclosure.segment.warranty_until date
disclosure.segment.currency currency_code
disclosure.segment.allocated_minor bigint
disclosure.segment.committed_minor bigint
disclosure.segment.certified_minor bigint
disclosure.segment.paid_minor bigint
disclosure.segment.gift_count integer
disclosure.segment.thickness_mm integer
disclosure.segment.road_class text
disclosure.segment.surface text
disclosure.segment.households integer
disclosure.segment.line_privacy text
disclosure.segment_gift.segment text
disclosure.segment_gift.gift text
disclosure.segment_gift.kind text
disclosure.segment_gift.lot_order bigint
disclosure.segment_gift.amount_minor bigint
disclosure.segment_gift.paid_minor bigint
disclosure.segment_move.segment text
disclosure.segment_move.event text
disclosure.segment_move.from_status text
disclosure.segment_move.to_status text
disclosure.segment_move.happened_on date
disclosure.segment_move.reason text
disclosure.segment_move.move_order bigint
disclosure.segment_revision.segment text
disclosure.segment_revision.happened_on date
disclosure.segment_revision.reason text
disclosure.segment_revision.line_changed boolean
disclosure.segment_revision.length_before_mm integer
disclosure.segment_revision.length_after_mm integer
disclosure.segment_revision.revision_order bigint
disclosure.segment_succession.segment text
disclosure.segment_succession.successor text
disclosure.segment_succession.kind text
disclosure.segment_succession.happened_on date
disclosure.shortfall.code text
disclosure.shortfall.campaign text
disclosure.shortfall.amount_minor minor_amount
disclosure.shortfall.cause text
disclosure.shortfall.opened_on date
disclosure.shortfall.resolved_on date
disclosure.shortfall.resolution text
disclosure.unnamed_gift_sum.campaign text
disclosure.unnamed_gift_sum.month text
disclosure.unnamed_gift_sum.channel text
disclosure.unnamed_gift_sum.currency currency_code
disclosure.unnamed_gift_sum.gifts integer
disclosure.unnamed_gift_sum.amount_minor bigint
disclosure.variation.code text
disclosure.variation.contract text
disclosure.variation.before_minor minor_amount
disclosure.variation.after_minor minor_amount
disclosure.variation.rationale text
disclosure.variation.approved_on date

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
account_day: account_day_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
account_day: account_day_pkey PRIMARY KEY (account_id, day)
account_summary: account_summary_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
account_summary: account_summary_pkey PRIMARY KEY (account_id)
allocation: allocation_approved_is_posted CHECK (((status <> ALL (ARRAY['approved'::text, 'released'::text])) OR (entry_id IS NOT NULL)))
allocation: allocation_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
allocation: allocation_code_unique UNIQUE (code)
allocation: allocation_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES person(id)
allocation: allocation_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entry(id)
allocation: allocation_maker_is_not_checker CHECK (((decided_by IS NULL) OR (status = 'withdrawn'::text) OR (decided_by <> proposed_by)))
allocation: allocation_pkey PRIMARY KEY (id)
allocation: allocation_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES allocation_plan(id)
allocation: allocation_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES person(id)
allocation: allocation_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES segment(id)
allocation: allocation_status_known CHECK ((status = ANY (ARRAY['proposed'::text, 'approved'::text, 'returned'::text, 'withdrawn'::text, 'released'::text])))
allocation_plan: allocation_plan_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
allocation_plan: allocation_plan_code_unique UNIQUE (code)
allocation_plan: allocation_plan_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES person(id)
allocation_plan: allocation_plan_maker_is_not_checker CHECK (((decided_by IS NULL) OR (status = 'withdrawn'::text) OR (decided_by <> proposed_by)))
allocation_plan: allocation_plan_method_known CHECK ((method = ANY (ARRAY['even'::text, 'by_length'::text, 'by_cost'::text, 'by_priority'::text, 'whole_campaign'::text])))
allocation_plan: allocation_plan_pkey PRIMARY KEY (id)
allocation_plan: allocation_plan_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES person(id)
allocation_plan: allocation_plan_status_known CHECK ((status = ANY (ARRAY['proposed'::text, 'approved'::text, 'returned'::text, 'withdrawn'::text])))
allocation_plan_line: allocation_plan_line_designated_within CHECK (((designated_minor)::bigint <= (amount_minor)::bigint))
allocation_plan_line: allocation_plan_line_pkey PRIMARY KEY (plan_id, line_no)
allocation_plan_line: allocation_plan_line_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES allocation_plan(id)
allocation_plan_line: allocation_plan_line_plan_id_segment_id_key UNIQUE (plan_id, segment_id)
allocation_plan_line: allocation_plan_line_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES segment(id)
audit_event: audit_event_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES person(id)
audit_event: audit_event_actor_known CHECK ((actor_kind = ANY (ARRAY['person'::text, 'donor'::text, 'visitor'::text, 'system'::text])))
audit_event: audit_event_person_named CHECK (((actor_kind = 'person'::text) = (actor_id IS NOT NULL)))
audit_event: audit_event_pkey PRIMARY KEY (id)
bank_account: bank_account_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
bank_account: bank_account_code_shape CHECK ((code ~ '^[a-z0-9-]{1,40}$'::text))
bank_account: bank_account_code_unique UNIQUE (code)
bank_account: bank_account_number_length CHECK (((length(number) >= 1) AND (length(number) <= 60)))
bank_account: bank_account_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES person(id)
bank_account: bank_account_pkey PRIMARY KEY (id)
bank_import: bank_import_account_id_fkey FOREIGN KEY (account_id) REFERENCES bank_account(id)
bank_import: bank_import_code_unique UNIQUE (code)
bank_import: bank_import_file_name_length CHECK (((length(file_name) >= 1) AND (length(file_name) <= 200)))
bank_import: bank_import_phase_known CHECK ((phase = ANY (ARRAY['reading'::text, 'comparing'::text, 'storing'::text])))
bank_import: bank_import_pkey PRIMARY KEY (id)
bank_import: bank_import_status_known CHECK ((status = ANY (ARRAY['asking'::text, 'waiting'::text, 'working'::text, 'done'::text, 'refused'::text, 'cancelled'::text])))
bank_import: bank_import_uploaded_by_fkey FOREIGN KEY (uploaded_by) REFERENCES person(id)
bank_line: bank_line_account_id_fkey FOREIGN KEY (account_id) REFERENCES bank_account(id)
bank_line: bank_line_fingerprint_length CHECK ((length(fingerprint) = 32))
bank_line: bank_line_import_id_fkey FOREIGN KEY (import_id) REFERENCES bank_import(id)
bank_line: bank_line_match_known FOREIGN KEY (match_id) REFERENCES bank_match(id)
bank_line: bank_line_not_zero CHECK ((amount_minor <> 0))
bank_line: bank_line_once UNIQUE (account_id, fingerprint)
bank_line: bank_line_pkey PRIMARY KEY (id)
bank_line: bank_line_suspect_of_fkey FOREIGN KEY (suspect_of) REFERENCES bank_line(id)
bank_line_held: bank_line_held_import_id_fkey FOREIGN KEY (import_id) REFERENCES bank_import(id)
bank_line_held: bank_line_held_pkey PRIMARY KEY (id)
bank_match: bank_match_account_id_fkey FOREIGN KEY (account_id) REFERENCES bank_account(id)
bank_match: bank_match_code_unique UNIQUE (code)
bank_match: bank_match_lock_whole CHECK (((locked_by IS NULL) = (locked_at IS NULL)))
bank_match: bank_match_locked_by_fkey FOREIGN KEY (locked_by) REFERENCES person(id)
bank_match: bank_match_locked_or_undone CHECK (((locked_at IS NULL) OR (undone_at IS NULL)))
bank_match: bank_match_made_by_fkey FOREIGN KEY (made_by) REFERENCES person(id)
bank_match: bank_match_maker_does_not_lock CHECK (((locked_by IS NULL) OR (locked_by <> made_by)))
bank_match: bank_match_pkey PRIMARY KEY (id)
bank_match: bank_match_rule_id_fkey FOREIGN KEY (rule_id) REFERENCES match_rule(id)
bank_match: bank_match_undone_by_fkey FOREIGN KEY (undone_by) REFERENCES person(id)
bank_match: bank_match_undone_whole CHECK (((undone_at IS NULL) = (undone_because IS NULL)))
bank_match_line: bank_match_line_line_id_fkey FOREIGN KEY (line_id) REFERENCES bank_line(id)
bank_match_line: bank_match_line_match_id_fkey FOREIGN KEY (match_id) REFERENCES bank_match(id)
bank_match_line: bank_match_line_pkey PRIMARY KEY (match_id, line_id)
bank_match_part: bank_match_part_donation_id_fkey FOREIGN KEY (donation_id) REFERENCES donation(id)
bank_match_part: bank_match_part_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entry(id)
bank_match_part: bank_match_part_kind_known CHECK ((kind = ANY (ARRAY['gift'::text, 'pledge'::text, 'new_gift'::text, 'payout'::text, 'payment'::text, 'payment_returned'::text, 'refund'::text, 'fee'::text, 'interest'::text, 'unidentified'::text, 'own_transfer'::text, 'cash_banked'::text, 'exchange'::text])))
bank_match_part: bank_match_part_match_id_fkey FOREIGN KEY (match_id) REFERENCES bank_match(id)
bank_match_part: bank_match_part_not_zero CHECK ((amount_minor <> 0))
bank_match_part: bank_match_part_pkey PRIMARY KEY (match_id, part_no)
bank_match_part: bank_match_part_undo_entry_id_fkey FOREIGN KEY (undo_entry_id) REFERENCES entry(id)
bank_statement: bank_statement_account_id_fkey FOREIGN KEY (account_id) REFERENCES bank_account(id)
bank_statement: bank_statement_import_id_fkey FOREIGN KEY (import_id) REFERENCES bank_import(id)
bank_statement: bank_statement_pkey PRIMARY KEY (id)
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
campaign_amendment: campaign_amendment_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
campaign_amendment: campaign_amendment_changes_something CHECK ((before <> after))
campaign_amendment: campaign_amendment_made_by_fkey FOREIGN KEY (made_by) REFERENCES person(id)
campaign_amendment: campaign_amendment_pkey PRIMARY KEY (id)
campaign_amendment: campaign_amendment_reason_length CHECK (((length(reason) >= 1) AND (length(reason) <= 2000)))
campaign_plan: campaign_plan_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
campaign_plan: campaign_plan_change_has_reason CHECK (((version = 1) OR (length(reason) > 0)))
campaign_plan: campaign_plan_mode_known CHECK ((mode = ANY (ARRAY['public'::text, 'targeted'::text, 'overseas'::text])))
campaign_plan: campaign_plan_partners_is_list CHECK ((jsonb_typeof(partners) = 'array'::text))
campaign_plan: campaign_plan_pkey PRIMARY KEY (campaign_id, version)
campaign_plan: campaign_plan_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES person(id)
campaign_plan: campaign_plan_version_positive CHECK ((version > 0))
card_alarm: card_alarm_pkey PRIMARY KEY (id)
certificate: certificate_certified_by_fkey FOREIGN KEY (certified_by) REFERENCES person(id)
certificate: certificate_code_unique UNIQUE (code)
certificate: certificate_concern_id_fkey FOREIGN KEY (concern_id) REFERENCES concern(id)
certificate: certificate_contract_id_fkey FOREIGN KEY (contract_id) REFERENCES contract(id)
certificate: certificate_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entry(id)
certificate: certificate_paid_to_fkey FOREIGN KEY (paid_to) REFERENCES contractor(id)
certificate: certificate_percent_sane CHECK (((percent >= 1) AND (percent <= 100)))
certificate: certificate_pkey PRIMARY KEY (id)
certificate: certificate_repair_names_defect CHECK ((((stage = 'repair'::text) = (concern_id IS NOT NULL)) AND ((stage = 'repair'::text) = (paid_to IS NOT NULL))))
certificate: certificate_stage_known CHECK ((stage = ANY (ARRAY['advance'::text, 'base'::text, 'surface'::text, 'final'::text, 'retention'::text, 'repair'::text])))
checkout: checkout_charge_unique UNIQUE (charge_id)
checkout: checkout_donation_id_fkey FOREIGN KEY (donation_id) REFERENCES donation(id)
checkout: checkout_pkey PRIMARY KEY (id)
checkout: checkout_session_unique UNIQUE (session_id)
checkout: checkout_state_known CHECK ((state = ANY (ARRAY['asked'::text, 'open'::text, 'unknown'::text, 'complete'::text, 'expired'::text, 'failed'::text])))
column_mapping: column_mapping_account_id_fkey FOREIGN KEY (account_id) REFERENCES bank_account(id)
column_mapping: column_mapping_pkey PRIMARY KEY (id)
column_mapping: column_mapping_saved_by_fkey FOREIGN KEY (saved_by) REFERENCES person(id)
command_key: command_key_length CHECK (((length(key) >= 8) AND (length(key) <= 200)))
command_key: command_key_pkey PRIMARY KEY (command, key)
concern: concern_about_known CHECK ((about_role = ANY (ARRAY['clerk'::text, 'approver'::text, 'inspector'::text, 'administrator'::text, 'contractor'::text])))
concern: concern_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
concern: concern_code_unique UNIQUE (code)
concern: concern_contact_length CHECK ((length(contact) <= 200))
concern: concern_defect_has_road CHECK (((kind <> 'defect'::text) OR (segment_id IS NOT NULL)))
concern: concern_finding_known CHECK ((finding = ANY (ARRAY['confirmed'::text, 'not_confirmed'::text])))
concern: concern_kind_known CHECK ((kind = ANY (ARRAY['defect'::text, 'irregularity'::text])))
concern: concern_pkey PRIMARY KEY (id)
concern: concern_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES segment(id)
concern: concern_settled_says_how CHECK (((status <> 'settled'::text) OR ((outcome IS NOT NULL) AND (settled_on IS NOT NULL))))
concern: concern_status_known CHECK ((status = ANY (ARRAY['received'::text, 'open'::text, 'inspected'::text, 'settled'::text, 'declined'::text])))
concern: concern_told_length CHECK (((length(told) >= 1) AND (length(told) <= 4000)))
concern_step: concern_step_by_person_fkey FOREIGN KEY (by_person) REFERENCES person(id)
concern_step: concern_step_concern_id_fkey FOREIGN KEY (concern_id) REFERENCES concern(id)
concern_step: concern_step_pkey PRIMARY KEY (id)
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
contract_line: contract_line_quantity_has_unit CHECK (((unit IS NULL) = (quantity_milli IS NULL)))
contract_line: contract_line_quantity_positive CHECK ((quantity_milli > 0))
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
dispute: dispute_closed_has_day CHECK (((status = 'open'::text) = (closed_on IS NULL)))
dispute: dispute_closing_entry_id_fkey FOREIGN KEY (closing_entry_id) REFERENCES entry(id)
dispute: dispute_code_unique UNIQUE (code)
dispute: dispute_donation_id_fkey FOREIGN KEY (donation_id) REFERENCES donation(id)
dispute: dispute_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entry(id)
dispute: dispute_pkey PRIMARY KEY (id)
dispute: dispute_provider_unique UNIQUE (provider_dispute_id)
dispute: dispute_status_known CHECK ((status = ANY (ARRAY['open'::text, 'won'::text, 'lost'::text])))
dispute_answer: dispute_answer_dispute_id_fkey FOREIGN KEY (dispute_id) REFERENCES dispute(id)
dispute_answer: dispute_answer_document_id_fkey FOREIGN KEY (document_id) REFERENCES document(id)
dispute_answer: dispute_answer_length CHECK (((length(words) >= 1) AND (length(words) <= 20000)))
dispute_answer: dispute_answer_pkey PRIMARY KEY (id)
dispute_answer: dispute_answer_written_by_fkey FOREIGN KEY (written_by) REFERENCES person(id)
document: document_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
document: document_code_unique UNIQUE (code)
document: document_kind_known CHECK ((kind = ANY (ARRAY['quote'::text, 'contract'::text, 'variation'::text, 'invoice'::text, 'acceptance_sheet'::text, 'test_result'::text, 'bank_slip'::text, 'consent'::text, 'filing'::text, 'report'::text, 'other'::text])))
document: document_pkey PRIMARY KEY (id)
document: document_redacted_by_fkey FOREIGN KEY (redacted_by) REFERENCES person(id)
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
donation: donation_hall_event_id_fkey FOREIGN KEY (hall_event_id) REFERENCES hall_event(id)
donation: donation_if_not_built_known CHECK ((if_not_built = ANY (ARRAY['ask'::text, 'where_needed'::text, 'return'::text])))
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
donor: donor_contact_length CHECK (((length(contact) >= 1) AND (length(contact) <= 200)))
donor: donor_country_shape CHECK ((country ~ '^[A-Z]{2}$'::text))
donor: donor_email_lower CHECK (((email = lower(email)) AND (length(email) <= 320)))
donor: donor_forgotten_whole TRIGGER DEFERRABLE INITIALLY DEFERRED
donor: donor_kind_known CHECK ((kind = ANY (ARRAY['person'::text, 'family'::text, 'organisation'::text])))
donor: donor_lang_known CHECK ((lang = ANY (ARRAY['zh-Hans'::text, 'zh-Hant'::text, 'en'::text])))
donor: donor_name_length CHECK (((length(name) >= 1) AND (length(name) <= 200)))
donor: donor_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
donor: donor_phone_length CHECK ((length(phone) <= 40))
donor: donor_pkey PRIMARY KEY (id)
donor_apart: donor_apart_a_id_fkey FOREIGN KEY (a_id) REFERENCES donor(id)
donor_apart: donor_apart_b_id_fkey FOREIGN KEY (b_id) REFERENCES donor(id)
donor_apart: donor_apart_by_person_fkey FOREIGN KEY (by_person) REFERENCES person(id)
donor_apart: donor_apart_ordered CHECK ((a_id < b_id))
donor_apart: donor_apart_pkey PRIMARY KEY (a_id, b_id)
donor_letter: donor_letter_about_length CHECK (((length(about) >= 1) AND (length(about) <= 80)))
donor_letter: donor_letter_donor_id_fkey FOREIGN KEY (donor_id) REFERENCES donor(id)
donor_letter: donor_letter_kind_known CHECK ((kind = ANY (ARRAY['pledge_thanks'::text, 'reminder_before'::text, 'reminder_after'::text, 'payment_failed'::text, 'receipt'::text, 'road_news'::text, 'dispute'::text])))
donor_letter: donor_letter_pkey PRIMARY KEY (donor_id, kind, about)
donor_merge: donor_merge_end_reason_length CHECK (((length(end_reason) >= 1) AND (length(end_reason) <= 2000)))
donor_merge: donor_merge_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES person(id)
donor_merge: donor_merge_ends_whole CHECK ((((ended_at IS NULL) = (ended_by IS NULL)) AND ((ended_at IS NULL) = (end_reason IS NULL))))
donor_merge: donor_merge_kept_id_fkey FOREIGN KEY (kept_id) REFERENCES donor(id)
donor_merge: donor_merge_merged_by_fkey FOREIGN KEY (merged_by) REFERENCES person(id)
donor_merge: donor_merge_merged_id_fkey FOREIGN KEY (merged_id) REFERENCES donor(id)
donor_merge: donor_merge_pkey PRIMARY KEY (id)
donor_merge: donor_merge_two_records CHECK ((kept_id <> merged_id))
donor_name_key: donor_name_key_donor_id_fkey FOREIGN KEY (donor_id) REFERENCES donor(id)
donor_name_key: donor_name_key_pkey PRIMARY KEY (donor_id)
donor_request: donor_request_answer_length CHECK (((length(answer) >= 1) AND (length(answer) <= 2000)))
donor_request: donor_request_answered CHECK (((status = 'open'::text) = (answered_on IS NULL)))
donor_request: donor_request_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES person(id)
donor_request: donor_request_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES person(id)
donor_request: donor_request_code_unique UNIQUE (code)
donor_request: donor_request_designation_fkey FOREIGN KEY (designation) REFERENCES segment(code)
donor_request: donor_request_donation_id_fkey FOREIGN KEY (donation_id) REFERENCES donation(id)
donor_request: donor_request_kind_known CHECK ((kind = ANY (ARRAY['refund'::text, 'move'::text])))
donor_request: donor_request_pkey PRIMARY KEY (id)
donor_request: donor_request_reason_length CHECK (((length(reason) >= 1) AND (length(reason) <= 2000)))
donor_request: donor_request_refund_has_amount CHECK (((kind = 'refund'::text) = (amount_minor IS NOT NULL)))
donor_request: donor_request_refund_id_fkey FOREIGN KEY (refund_id) REFERENCES refund(id)
donor_request: donor_request_status_known CHECK ((status = ANY (ARRAY['open'::text, 'done'::text, 'declined'::text, 'withdrawn'::text])))
duty: duty_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
duty: duty_campaign_id_kind_due_on_key UNIQUE (campaign_id, kind, due_on)
duty: duty_pkey PRIMARY KEY (id)
entry: entry_amount_positive CHECK ((amount_minor > 0))
entry: entry_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
entry: entry_pkey PRIMARY KEY (id)
entry: entry_reversal_has_reason CHECK (((reverses_id IS NULL) OR (length(reason) > 0)))
entry: entry_reversed_once UNIQUE (reverses_id)
entry: entry_reverses_id_fkey FOREIGN KEY (reverses_id) REFERENCES entry(id)
exception_owner: exception_owner_given_by_fkey FOREIGN KEY (given_by) REFERENCES person(id)
exception_owner: exception_owner_kind_shape CHECK ((kind ~ '^[a-z_]{1,60}$'::text))
exception_owner: exception_owner_note_length CHECK ((length(note) <= 2000))
exception_owner: exception_owner_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES person(id)
exception_owner: exception_owner_pkey PRIMARY KEY (id)
exception_owner: exception_owner_subject_length CHECK (((length(subject) >= 1) AND (length(subject) <= 200)))
form_token_used: form_token_used_pkey PRIMARY KEY (token)
gift_batch: gift_batch_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
gift_batch: gift_batch_code_unique UNIQUE (code)
gift_batch: gift_batch_count_positive CHECK ((gift_count > 0))
gift_batch: gift_batch_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES person(id)
gift_batch: gift_batch_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES person(id)
gift_batch: gift_batch_kind_known CHECK ((kind = ANY (ARRAY['mixed'::text, 'cash'::text, 'cheque'::text])))
gift_batch: gift_batch_maker_is_not_checker CHECK (((decided_by IS NULL) OR (decided_by <> entered_by)))
gift_batch: gift_batch_note_length CHECK ((length(note) <= 500))
gift_batch: gift_batch_pkey PRIMARY KEY (id)
gift_batch: gift_batch_status_known CHECK ((status = ANY (ARRAY['recorded'::text, 'verified'::text, 'returned'::text])))
gift_batch_line: gift_batch_line_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES gift_batch(id)
gift_batch_line: gift_batch_line_donation_id_fkey FOREIGN KEY (donation_id) REFERENCES donation(id)
gift_batch_line: gift_batch_line_gift_once UNIQUE (donation_id)
gift_batch_line: gift_batch_line_pkey PRIMARY KEY (batch_id, line_no)
gift_seal: gift_seal_donation_id_fkey FOREIGN KEY (donation_id) REFERENCES donation(id)
gift_seal: gift_seal_field_known CHECK ((field = ANY (ARRAY['name'::text, 'email'::text, 'phone'::text])))
gift_seal: gift_seal_forgotten_whole CHECK (((value IS NULL) = (length(salt) = 0)))
gift_seal: gift_seal_pkey PRIMARY KEY (donation_id, field)
gift_seal: gift_seal_salt_length CHECK ((length(salt) = ANY (ARRAY[0, 32])))
gift_seal: gift_seal_value_length CHECK (((length(value) >= 1) AND (length(value) <= 320)))
gift_summary: gift_summary_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
gift_summary: gift_summary_is_a_month CHECK ((EXTRACT(day FROM month) = (1)::numeric))
gift_summary: gift_summary_pkey PRIMARY KEY (campaign_id, month, channel)
giving_try: giving_try_outcome_known CHECK ((outcome = ANY (ARRAY['passed'::text, 'asked_to_prove'::text, 'refused'::text])))
giving_try: giving_try_pkey PRIMARY KEY (id)
guard: account_not_overdrawn CHECK (((out_minor)::bigint <= (in_seen_minor)::bigint))
guard: guard_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
guard: guard_pkey PRIMARY KEY (account_id)
hall_event: hall_event_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
hall_event: hall_event_pkey PRIMARY KEY (id)
hall_event: hall_event_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES person(id)
hall_event: hall_event_slug_shape CHECK (((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(slug) <= 60)))
hall_event: hall_event_slug_unique UNIQUE (slug)
heartbeat: heartbeat_detail_length CHECK ((length(detail) <= 200))
heartbeat: heartbeat_part_length CHECK (((length(part) >= 1) AND (length(part) <= 100)))
heartbeat: heartbeat_pkey PRIMARY KEY (part)
instalment: instalment_pkey PRIMARY KEY (pledge_id, pledge_version, no)
instalment: instalment_pledge_id_fkey FOREIGN KEY (pledge_id) REFERENCES pledge(id)
invoice_line: invoice_line_disbursement_id_fkey FOREIGN KEY (disbursement_id) REFERENCES disbursement(id)
invoice_line: invoice_line_pkey PRIMARY KEY (disbursement_id, line_no)
invoice_line: invoice_line_quantity_positive CHECK ((quantity_milli > 0))
log_checkpoint: log_checkpoint_epoch_fkey FOREIGN KEY (epoch) REFERENCES log_epoch(epoch)
log_checkpoint: log_checkpoint_one_per_size PRIMARY KEY (epoch, size)
log_checkpoint: log_checkpoint_root_length CHECK ((length(root) = 32))
log_checkpoint: log_checkpoint_size_not_negative CHECK ((size >= 0))
log_cosignature: log_cosignature_epoch_size_fkey FOREIGN KEY (epoch, size) REFERENCES log_checkpoint(epoch, size)
log_cosignature: log_cosignature_pkey PRIMARY KEY (epoch, size, witness)
log_draft: log_draft_fits_entry_bundle CHECK (((length(body) >= 2) AND (length(body) <= 65535)))
log_draft: log_draft_pkey PRIMARY KEY (id)
log_epoch: log_epoch_origin_shape CHECK ((origin ~ '^[^\s+]{1,100}$'::text))
log_epoch: log_epoch_origin_unique UNIQUE (origin)
log_epoch: log_epoch_pkey PRIMARY KEY (epoch)
log_epoch: log_epoch_positive CHECK ((epoch > 0))
log_halt: log_halt_cause_known CHECK ((cause = ANY (ARRAY['tree_smaller'::text, 'tree_differs'::text])))
log_halt: log_halt_own_root_length CHECK ((length(own_root) = 32))
log_halt: log_halt_pkey PRIMARY KEY (id)
log_key: log_key_epoch_fkey FOREIGN KEY (epoch) REFERENCES log_epoch(epoch)
log_key: log_key_pkey PRIMARY KEY (vkey)
log_leaf: log_leaf_draft_id_fkey FOREIGN KEY (draft_id) REFERENCES log_draft(id)
log_leaf: log_leaf_draft_once UNIQUE (draft_id)
log_leaf: log_leaf_hash_length CHECK ((length(leaf_hash) = 32))
log_leaf: log_leaf_index_not_negative CHECK ((leaf_index >= 0))
log_leaf: log_leaf_kind_known CHECK ((kind = ANY (ARRAY['entry'::text, 'act'::text, 'lots'::text])))
log_leaf: log_leaf_pkey PRIMARY KEY (leaf_index)
log_node: log_node_hash_length CHECK ((length(hash) = 32))
log_node: log_node_index_not_negative CHECK ((node_index >= 0))
log_node: log_node_level_sane CHECK (((level >= 1) AND (level <= 7)))
log_node: log_node_pkey PRIMARY KEY (level, node_index)
log_resumption: log_resumption_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES person(id)
log_resumption: log_resumption_epoch_fkey FOREIGN KEY (epoch) REFERENCES log_epoch(epoch)
log_resumption: log_resumption_halt_id_fkey FOREIGN KEY (halt_id) REFERENCES log_halt(id)
log_resumption: log_resumption_pkey PRIMARY KEY (halt_id)
log_resumption: log_resumption_reason_length CHECK (((length(TRIM(BOTH FROM reason)) >= 10) AND (length(TRIM(BOTH FROM reason)) <= 2000)))
log_resumption: log_resumption_salt_length CHECK ((length(salt) = 32))
log_watch: log_watch_only_one_check CHECK (only_one)
log_watch: log_watch_pkey PRIMARY KEY (only_one)
lot: lot_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
lot: lot_kind_known CHECK ((kind = ANY (ARRAY['gift'::text, 'shortfall'::text])))
lot: lot_pkey PRIMARY KEY (id)
lot: lot_subject_unique UNIQUE (subject)
lot_position: lot_position_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
lot_position: lot_position_lot_id_fkey FOREIGN KEY (lot_id) REFERENCES lot(id)
lot_position: lot_position_not_overdrawn CHECK ((held_minor >= 0))
lot_position: lot_position_pkey PRIMARY KEY (account_id, lot_id)
lot_redesignation: lot_redesignation_basis_known CHECK ((basis = ANY (ARRAY['consent'::text, 'filing'::text, 'plan'::text, 'wish'::text])))
lot_redesignation: lot_redesignation_changes CHECK ((to_segment IS DISTINCT FROM from_segment))
lot_redesignation: lot_redesignation_lot_id_fkey FOREIGN KEY (lot_id) REFERENCES lot(id)
lot_redesignation: lot_redesignation_one_cause CHECK (((num_nonnulls(plan_change_id, request_id) = 1) AND ((basis = 'wish'::text) = (request_id IS NOT NULL))))
lot_redesignation: lot_redesignation_pkey PRIMARY KEY (id)
lot_redesignation: lot_redesignation_plan_change_id_fkey FOREIGN KEY (plan_change_id) REFERENCES plan_change(id)
lot_redesignation: lot_redesignation_request_id_fkey FOREIGN KEY (request_id) REFERENCES donor_request(id)
lot_redesignation: lot_redesignation_to_known FOREIGN KEY (to_segment) REFERENCES segment(code)
mail_told: mail_told_note_length CHECK (((length(note) >= 1) AND (length(note) <= 2000)))
mail_told: mail_told_pkey PRIMARY KEY (outbox_id)
mail_told: mail_told_told_by_fkey FOREIGN KEY (told_by) REFERENCES person(id)
match_rule: match_rule_account_id_fkey FOREIGN KEY (account_id) REFERENCES bank_account(id)
match_rule: match_rule_makes_known CHECK ((makes = ANY (ARRAY['fee'::text, 'interest'::text, 'own_transfer'::text, 'cash_banked'::text])))
match_rule: match_rule_off_by_fkey FOREIGN KEY (off_by) REFERENCES person(id)
match_rule: match_rule_once UNIQUE (account_id, inward, counterparty_key, memo_key, makes)
match_rule: match_rule_pkey PRIMARY KEY (id)
match_rule: match_rule_times_positive CHECK ((times > 0))
measurement: measurement_document_id_fkey FOREIGN KEY (document_id) REFERENCES document(id)
measurement: measurement_kind_known CHECK ((kind = ANY (ARRAY['length'::text, 'width'::text, 'thickness'::text, 'core_thickness'::text, 'compressive_strength'::text])))
measurement: measurement_measured_by_fkey FOREIGN KEY (measured_by) REFERENCES person(id)
measurement: measurement_pkey PRIMARY KEY (id)
measurement: measurement_required_positive CHECK ((required_milli > 0))
measurement: measurement_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES segment(id)
measurement: measurement_station_length CHECK (((length(station) >= 1) AND (length(station) <= 40)))
measurement: measurement_test_has_report CHECK (((kind <> 'compressive_strength'::text) OR (document_id IS NOT NULL)))
measurement: measurement_value_positive CHECK ((value_milli > 0))
migration_checksum: migration_checksum_pkey PRIMARY KEY (name)
month_summary: month_summary_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
month_summary: month_summary_is_a_month CHECK ((EXTRACT(day FROM month) = (1)::numeric))
month_summary: month_summary_pkey PRIMARY KEY (campaign_id, month, from_class, to_class)
named_gift_counted: named_gift_counted_donation_id_fkey FOREIGN KEY (donation_id) REFERENCES donation(id)
named_gift_counted: named_gift_counted_pkey PRIMARY KEY (donation_id)
named_gift_summary: named_gift_summary_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
named_gift_summary: named_gift_summary_is_a_month CHECK ((EXTRACT(day FROM month) = (1)::numeric))
named_gift_summary: named_gift_summary_pkey PRIMARY KEY (campaign_id, month, channel)
outbox: outbox_donor_id_fkey FOREIGN KEY (donor_id) REFERENCES donor(id)
outbox: outbox_drop_has_reason CHECK (((dropped_at IS NULL) = (dropped_because IS NULL)))
outbox: outbox_drop_known CHECK ((dropped_because = ANY (ARRAY['nobody'::text, 'expired'::text, 'refused'::text, 'given_up'::text, 'erased'::text])))
outbox: outbox_ended_is_empty CHECK (((sealed IS NULL) OR ((sent_at IS NULL) AND (dropped_at IS NULL))))
outbox: outbox_ends_once CHECK (((sent_at IS NULL) OR (dropped_at IS NULL)))
outbox: outbox_lang_known CHECK ((lang = ANY (ARRAY['zh-Hans'::text, 'zh-Hant'::text, 'en'::text])))
outbox: outbox_one_recipient CHECK (((person_id IS NULL) OR (donor_id IS NULL)))
outbox: outbox_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
outbox: outbox_pkey PRIMARY KEY (id)
outbox: outbox_problem_length CHECK ((length(last_problem) <= 300))
outbox: outbox_template_length CHECK (((length(template) >= 1) AND (length(template) <= 60)))
passkey: passkey_counter_counts CHECK ((counter >= 0))
passkey: passkey_credential_length CHECK (((length(credential_id) >= 16) AND (length(credential_id) <= 1023)))
passkey: passkey_credential_unique UNIQUE (credential_id)
passkey: passkey_end_has_reason CHECK (((removed_at IS NULL) = (removed_because IS NULL)))
passkey: passkey_key_length CHECK (((length(public_key) >= 32) AND (length(public_key) <= 2000)))
passkey: passkey_name_length CHECK (((length(name) >= 1) AND (length(name) <= 60)))
passkey: passkey_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
passkey: passkey_pkey PRIMARY KEY (id)
passkey: passkey_reason_length CHECK (((length(removed_because) >= 1) AND (length(removed_because) <= 500)))
passkey_challenge: passkey_challenge_pkey PRIMARY KEY (session_id, purpose)
passkey_challenge: passkey_challenge_purpose_known CHECK ((purpose = ANY (ARRAY['add'::text, 'use'::text])))
passkey_challenge: passkey_challenge_session_id_fkey FOREIGN KEY (session_id) REFERENCES sign_in_session(id) ON DELETE CASCADE
passkey_challenge: passkey_challenge_shape CHECK ((challenge ~ '^[A-Za-z0-9_-]{43}$'::text))
payment_decline: payment_decline_checkout_id_fkey FOREIGN KEY (checkout_id) REFERENCES checkout(id)
payment_decline: payment_decline_event_id_fkey FOREIGN KEY (event_id) REFERENCES stripe_event(event_id)
payment_decline: payment_decline_pkey PRIMARY KEY (event_id)
payout: payout_code_unique UNIQUE (code)
payout: payout_matched_names_line CHECK (((status = 'matched'::text) = ((bank_line IS NOT NULL) AND (matched_on IS NOT NULL))))
payout: payout_not_zero CHECK ((amount_minor <> 0))
payout: payout_paid_is_dated CHECK (((status <> 'matched'::text) OR (booked_on IS NOT NULL)))
payout: payout_pkey PRIMARY KEY (id)
payout: payout_provider_unique UNIQUE (provider_payout_id)
payout: payout_reading_counts CHECK ((reading >= 0))
payout: payout_status_known CHECK ((status = ANY (ARRAY['expected'::text, 'paid'::text, 'matched'::text, 'failed'::text])))
payout_entry: payout_entry_act_known CHECK ((act = ANY (ARRAY['sent'::text, 'failed'::text, 'arrived'::text, 'unmatched'::text])))
payout_entry: payout_entry_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entry(id)
payout_entry: payout_entry_payout_id_fkey FOREIGN KEY (payout_id) REFERENCES payout(id)
payout_entry: payout_entry_pkey PRIMARY KEY (entry_id)
payout_finding: payout_finding_explained_by_fkey FOREIGN KEY (explained_by) REFERENCES person(id)
payout_finding: payout_finding_explained_whole CHECK ((((explained_by IS NULL) = (explained_at IS NULL)) AND ((explained_by IS NULL) = (explanation IS NULL))))
payout_finding: payout_finding_kind_known CHECK ((kind = ANY (ARRAY['missing'::text, 'extra'::text, 'wrong_fee'::text, 'wrong_amount'::text, 'wrong_currency'::text, 'twice'::text, 'not_booked'::text, 'unexpected_type'::text, 'sum_differs'::text])))
payout_finding: payout_finding_payout_id_fkey FOREIGN KEY (payout_id) REFERENCES payout(id)
payout_finding: payout_finding_pkey PRIMARY KEY (id)
payout_line: payout_line_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
payout_line: payout_line_donation_id_fkey FOREIGN KEY (donation_id) REFERENCES donation(id)
payout_line: payout_line_home_known CHECK ((home = ANY (ARRAY['gift'::text, 'refund'::text, 'refund_back'::text, 'dispute'::text, 'dispute_back'::text, 'fee'::text, 'reserve'::text, 'payout'::text, 'other'::text])))
payout_line: payout_line_net_is_gross_less_fee CHECK ((net_minor = (gross_minor - fee_minor)))
payout_line: payout_line_payout_id_fkey FOREIGN KEY (payout_id) REFERENCES payout(id)
payout_line: payout_line_pkey PRIMARY KEY (payout_id, reading, line_no)
period: period_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
period: period_is_a_month CHECK ((EXTRACT(day FROM month) = (1)::numeric))
period: period_pkey PRIMARY KEY (campaign_id, month)
period: period_status_known CHECK ((status = ANY (ARRAY['open'::text, 'soft_closed'::text, 'closed'::text])))
period_change: period_change_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
period_change: period_change_checked_by_fkey FOREIGN KEY (checked_by) REFERENCES person(id)
period_change: period_change_event_known CHECK ((event = ANY (ARRAY['soft_closed'::text, 'closed'::text, 'reopened'::text])))
period_change: period_change_is_a_month CHECK ((EXTRACT(day FROM month) = (1)::numeric))
period_change: period_change_made_by_fkey FOREIGN KEY (made_by) REFERENCES person(id)
period_change: period_change_maker_is_not_checker CHECK (((checked_by IS NULL) OR (checked_by <> made_by)))
period_change: period_change_pkey PRIMARY KEY (id)
period_change: period_change_reopening_says_why CHECK (((event <> 'reopened'::text) OR ((length(reason) > 0) AND (public_text IS NOT NULL))))
period_change: period_change_two_people CHECK (((event = 'soft_closed'::text) OR (checked_by IS NOT NULL)))
period_reopening: period_reopening_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
period_reopening: period_reopening_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES person(id)
period_reopening: period_reopening_maker_is_not_checker CHECK (((decided_by IS NULL) OR (decided_by <> proposed_by)))
period_reopening: period_reopening_pkey PRIMARY KEY (id)
period_reopening: period_reopening_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES person(id)
period_reopening: period_reopening_status_known CHECK ((status = ANY (ARRAY['proposed'::text, 'approved'::text, 'returned'::text])))
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
photograph: photograph_covered_by_fkey FOREIGN KEY (covered_by) REFERENCES person(id)
photograph: photograph_covered_sane CHECK (((covered_count >= 0) AND (covered_count <= 50)))
photograph: photograph_once_per_segment UNIQUE (segment_id, original_sha256)
photograph: photograph_pkey PRIMARY KEY (id)
photograph: photograph_published_by_fkey FOREIGN KEY (published_by) REFERENCES person(id)
photograph: photograph_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES segment(id)
photograph: photograph_stage_known CHECK ((stage = ANY (ARRAY['before'::text, 'during'::text, 'after'::text, 'defect'::text])))
photograph: photograph_station_length CHECK (((length(station) >= 1) AND (length(station) <= 40)))
photograph: photograph_uploaded_by_fkey FOREIGN KEY (uploaded_by) REFERENCES person(id)
photograph_sealed: photograph_sealed_photograph_id_fkey FOREIGN KEY (photograph_id) REFERENCES photograph(id)
photograph_sealed: photograph_sealed_pkey PRIMARY KEY (photograph_id)
plan_change: plan_change_basis_has_reference CHECK (((basis = 'consent'::text) OR (length(basis_reference) > 0)))
plan_change: plan_change_basis_known CHECK ((basis = ANY (ARRAY['consent'::text, 'filing'::text, 'plan'::text])))
plan_change: plan_change_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
plan_change: plan_change_code_unique UNIQUE (code)
plan_change: plan_change_deadline_later CHECK ((deadline > opened_on))
plan_change: plan_change_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES person(id)
plan_change: plan_change_decision_known CHECK ((decision = ANY (ARRAY['move'::text, 'keep'::text])))
plan_change: plan_change_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entry(id)
plan_change: plan_change_keep_has_day CHECK (((decision IS DISTINCT FROM 'keep'::text) OR (keep_until IS NOT NULL)))
plan_change: plan_change_kind_known CHECK ((kind = ANY (ARRAY['suspended'::text, 'cancelled'::text, 'under_budget'::text, 'over_budget'::text, 'split'::text])))
plan_change: plan_change_maker_is_not_checker CHECK (((decided_by IS NULL) OR (decided_by <> proposed_by)))
plan_change: plan_change_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES person(id)
plan_change: plan_change_pkey PRIMARY KEY (id)
plan_change: plan_change_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES person(id)
plan_change: plan_change_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES segment(id)
plan_change: plan_change_settled_says_how CHECK (((status <> ALL (ARRAY['proposed'::text, 'settled'::text])) OR ((decision IS NOT NULL) AND (outcome IS NOT NULL))))
plan_change: plan_change_status_known CHECK ((status = ANY (ARRAY['open'::text, 'proposed'::text, 'settled'::text, 'withdrawn'::text])))
plan_change: plan_change_to_segment_id_fkey FOREIGN KEY (to_segment_id) REFERENCES segment(id)
plan_change_gift: plan_change_gift_answer_has_evidence CHECK (((answer <> ALL (ARRAY['given'::text, 'refused'::text])) OR ((answered_on IS NOT NULL) AND (length(evidence) > 0))))
plan_change_gift: plan_change_gift_answer_known CHECK ((answer = ANY (ARRAY['not_needed'::text, 'to_ask'::text, 'asked'::text, 'given'::text, 'refused'::text, 'no_reply'::text])))
plan_change_gift: plan_change_gift_asked_has_day CHECK (((answer = ANY (ARRAY['not_needed'::text, 'to_ask'::text])) OR ((asked_on IS NOT NULL) AND (asked_by_means IS NOT NULL))))
plan_change_gift: plan_change_gift_evidence_document_id_fkey FOREIGN KEY (evidence_document_id) REFERENCES document(id)
plan_change_gift: plan_change_gift_lot_id_fkey FOREIGN KEY (lot_id) REFERENCES lot(id)
plan_change_gift: plan_change_gift_means_known CHECK ((asked_by_means = ANY (ARRAY['mail'::text, 'letter'::text, 'phone'::text, 'in_person'::text, 'with_gift'::text])))
plan_change_gift: plan_change_gift_outcome_known CHECK ((outcome = ANY (ARRAY['moved'::text, 'to_return'::text, 'kept'::text])))
plan_change_gift: plan_change_gift_pkey PRIMARY KEY (plan_change_id, lot_id)
plan_change_gift: plan_change_gift_plan_change_id_fkey FOREIGN KEY (plan_change_id) REFERENCES plan_change(id)
plan_change_gift: plan_change_gift_refund_id_fkey FOREIGN KEY (refund_id) REFERENCES refund(id)
pledge: pledge_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES pledge_batch(id)
pledge: pledge_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
pledge: pledge_code_unique UNIQUE (code)
pledge: pledge_designation_fkey FOREIGN KEY (designation) REFERENCES segment(code)
pledge: pledge_donor_id_fkey FOREIGN KEY (donor_id) REFERENCES donor(id)
pledge: pledge_hall_event_id_fkey FOREIGN KEY (hall_event_id) REFERENCES hall_event(id)
pledge: pledge_if_not_built_known CHECK ((if_not_built = ANY (ARRAY['ask'::text, 'where_needed'::text, 'return'::text])))
pledge: pledge_pkey PRIMARY KEY (id)
pledge: pledge_recognition_id_fkey FOREIGN KEY (recognition_id) REFERENCES recognition(id)
pledge: pledge_reference_unique UNIQUE (reference)
pledge: pledge_source_known CHECK ((source = ANY (ARRAY['online'::text, 'hall'::text, 'paper'::text])))
pledge: pledge_status_known CHECK ((status = ANY (ARRAY['draft'::text, 'open'::text, 'partly_fulfilled'::text, 'fulfilled'::text, 'written_off'::text, 'released_hardship'::text, 'cancelled'::text])))
pledge: pledge_version_positive CHECK ((version > 0))
pledge_application: pledge_application_donation_id_fkey FOREIGN KEY (donation_id) REFERENCES donation(id)
pledge_application: pledge_application_not_zero CHECK ((amount_minor <> 0))
pledge_application: pledge_application_pkey PRIMARY KEY (id)
pledge_application: pledge_application_pledge_id_fkey FOREIGN KEY (pledge_id) REFERENCES pledge(id)
pledge_batch: pledge_batch_code_unique UNIQUE (code)
pledge_batch: pledge_batch_hall_event_id_fkey FOREIGN KEY (hall_event_id) REFERENCES hall_event(id)
pledge_batch: pledge_batch_has_cards CHECK ((card_count > 0))
pledge_batch: pledge_batch_pkey PRIMARY KEY (id)
pledge_batch: pledge_batch_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES person(id)
pledge_change: pledge_change_by_person_fkey FOREIGN KEY (by_person) REFERENCES person(id)
pledge_change: pledge_change_kind_known CHECK ((kind = ANY (ARRAY['replanned'::text, 'raised'::text])))
pledge_change: pledge_change_pkey PRIMARY KEY (id)
pledge_change: pledge_change_pledge_id_fkey FOREIGN KEY (pledge_id) REFERENCES pledge(id)
pledge_change: pledge_change_raise_raises CHECK (((kind <> 'raised'::text) OR ((after_minor)::bigint > (before_minor)::bigint)))
pledge_change: pledge_change_replan_keeps_amount CHECK (((kind <> 'replanned'::text) OR ((before_minor)::bigint = (after_minor)::bigint)))
pledge_change: pledge_change_version_once UNIQUE (pledge_id, version)
pledge_release: pledge_release_filing_length CHECK (((length(filing_reference) >= 1) AND (length(filing_reference) <= 100)))
pledge_release: pledge_release_pkey PRIMARY KEY (pledge_id)
pledge_release: pledge_release_pledge_id_fkey FOREIGN KEY (pledge_id) REFERENCES pledge(id)
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
proof_run: proof_run_offenders_not_negative CHECK ((offenders >= 0))
proof_run: proof_run_pkey PRIMARY KEY (id)
publication: publication_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES person(id)
publication: publication_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
publication: publication_code_unique UNIQUE (code)
publication: publication_corrects_id_fkey FOREIGN KEY (corrects_id) REFERENCES publication(id)
publication: publication_embargo_says_why CHECK (((status <> 'embargoed'::text) OR ((approved_by IS NOT NULL) AND (opens_on IS NOT NULL) AND (length(withheld_reason) > 0))))
publication: publication_kind_known CHECK ((kind = ANY (ARRAY['news'::text, 'progress_report'::text, 'annual_report'::text, 'full_report'::text, 'correction'::text])))
publication: publication_lang_known CHECK ((original_lang = ANY (ARRAY['zh-Hans'::text, 'zh-Hant'::text, 'en'::text])))
publication: publication_maker_is_not_checker CHECK (((approved_by IS NULL) OR (approved_by <> written_by)))
publication: publication_period_in_order CHECK ((period_from <= period_to))
publication: publication_pkey PRIMARY KEY (id)
publication: publication_published_is_approved CHECK (((status <> ALL (ARRAY['published'::text, 'corrected'::text])) OR ((approved_by IS NOT NULL) AND (published_on IS NOT NULL))))
publication: publication_status_known CHECK ((status = ANY (ARRAY['draft'::text, 'review'::text, 'embargoed'::text, 'published'::text, 'corrected'::text, 'withheld'::text])))
publication: publication_written_by_fkey FOREIGN KEY (written_by) REFERENCES person(id)
publication_version: publication_version_counts CHECK ((changes > 0))
publication_version: publication_version_pkey PRIMARY KEY (slot)
quote: quote_contractor_id_fkey FOREIGN KEY (contractor_id) REFERENCES contractor(id)
quote: quote_document_id_fkey FOREIGN KEY (document_id) REFERENCES document(id)
quote: quote_pkey PRIMARY KEY (id)
quote: quote_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES person(id)
quote: quote_segment_id_contractor_id_amount_minor_key UNIQUE (segment_id, contractor_id, amount_minor)
quote: quote_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES segment(id)
rate_limit: rate_limit_key_length CHECK ((length(key) = 32))
rate_limit: rate_limit_pkey PRIMARY KEY (key)
receipt: receipt_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
receipt: receipt_donation_id_fkey FOREIGN KEY (donation_id) REFERENCES donation(id)
receipt: receipt_fiscal_is_whole CHECK ((((fiscal_code IS NULL) = (fiscal_check IS NULL)) AND ((fiscal_check IS NULL) = (fiscal_on IS NULL)) AND ((fiscal_code IS NULL) OR (fiscal_number IS NOT NULL))))
receipt: receipt_issued_by_fkey FOREIGN KEY (issued_by) REFERENCES person(id)
receipt: receipt_issued_to_length CHECK (((length(issued_to) >= 1) AND (length(issued_to) <= 200)))
receipt: receipt_number_once UNIQUE (campaign_id, serial)
receipt: receipt_numbered_when_issued CHECK (((serial IS NULL) = (status = 'requested'::text)))
receipt: receipt_pkey PRIMARY KEY (id)
receipt: receipt_replaces_id_fkey FOREIGN KEY (replaces_id) REFERENCES receipt(id)
receipt: receipt_status_known CHECK ((status = ANY (ARRAY['requested'::text, 'issued'::text, 'voided'::text, 're_issued'::text])))
receipt: receipt_void_says_why CHECK (((status <> ALL (ARRAY['voided'::text, 're_issued'::text])) OR ((voided_on IS NOT NULL) AND (length(reason) > 0))))
receipt: receipt_voided_by_fkey FOREIGN KEY (voided_by) REFERENCES person(id)
receipt_counter: receipt_counter_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
receipt_counter: receipt_counter_pkey PRIMARY KEY (campaign_id)
receipt_print: receipt_print_by_person_fkey FOREIGN KEY (by_person) REFERENCES person(id)
receipt_print: receipt_print_counts_up CHECK ((no > 0))
receipt_print: receipt_print_pkey PRIMARY KEY (receipt_id, no)
receipt_print: receipt_print_receipt_id_fkey FOREIGN KEY (receipt_id) REFERENCES receipt(id)
receipt_stub: receipt_stub_pkey PRIMARY KEY (receipt_id)
receipt_stub: receipt_stub_receipt_id_fkey FOREIGN KEY (receipt_id) REFERENCES receipt(id)
receipt_stub: receipt_stub_sealed_length CHECK (((length(sealed) >= 30) AND (length(sealed) <= 2000)))
receipt_waiver: receipt_waiver_by_person_fkey FOREIGN KEY (by_person) REFERENCES person(id)
receipt_waiver: receipt_waiver_donation_id_fkey FOREIGN KEY (donation_id) REFERENCES donation(id)
receipt_waiver: receipt_waiver_ends_later CHECK (((withdrawn_on IS NULL) OR (withdrawn_on >= waived_on)))
receipt_waiver: receipt_waiver_pkey PRIMARY KEY (donation_id, no)
recognition: recognition_dedication_kind_known CHECK ((dedication_kind = ANY (ARRAY['honour'::text, 'memory'::text])))
recognition: recognition_dedication_length CHECK ((length(dedication) <= 500))
recognition: recognition_donor_id_fkey FOREIGN KEY (donor_id) REFERENCES donor(id)
recognition: recognition_message_length CHECK ((length(message) <= 1000))
recognition: recognition_moderated_by_fkey FOREIGN KEY (moderated_by) REFERENCES person(id)
recognition: recognition_moderation_known CHECK ((moderation = ANY (ARRAY['waiting'::text, 'shown'::text, 'hidden'::text])))
recognition: recognition_name_kind_known CHECK ((name_kind = ANY (ARRAY['name'::text, 'pseudonym'::text])))
recognition: recognition_pkey PRIMARY KEY (id)
recognition: recognition_salt_length CHECK ((length(salt) = ANY (ARRAY[0, 32])))
recovery_code: recovery_code_hash_length CHECK ((length(code_hash) = 32))
recovery_code: recovery_code_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
recovery_code: recovery_code_pkey PRIMARY KEY (person_id, code_hash)
recovery_code: recovery_code_salt_length CHECK ((length(salt) = 16))
refund: refund_closing_entry_id_fkey FOREIGN KEY (closing_entry_id) REFERENCES entry(id)
refund: refund_code_unique UNIQUE (code)
refund: refund_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES person(id)
refund: refund_donation_id_fkey FOREIGN KEY (donation_id) REFERENCES donation(id)
refund: refund_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entry(id)
refund: refund_maker_is_not_checker CHECK (((decided_by IS NULL) OR (decided_by <> proposed_by)))
refund: refund_pkey PRIMARY KEY (id)
refund: refund_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES person(id)
refund: refund_provider_unique UNIQUE (provider_refund_id)
refund: refund_sent_by_fkey FOREIGN KEY (sent_by) REFERENCES person(id)
refund: refund_status_known CHECK ((status = ANY (ARRAY['proposed'::text, 'approved'::text, 'sent'::text, 'succeeded'::text, 'failed'::text, 'returned'::text])))
second_factor: second_factor_drift_limited CHECK (((drift >= '-10'::integer) AND (drift <= 10)))
second_factor: second_factor_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
second_factor: second_factor_pkey PRIMARY KEY (person_id)
segment: segment_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
segment: segment_class_known CHECK ((road_class = ANY (ARRAY['county'::text, 'township'::text, 'village'::text, 'lane'::text])))
segment: segment_code_shape CHECK ((code ~ '^[A-Z]{2,6}-[0-9]{2,4}$'::text))
segment: segment_code_unique UNIQUE (code)
segment: segment_geometry_is_line CHECK (((geometry ->> 'type'::text) = 'LineString'::text))
segment: segment_households_sane CHECK (((households >= 0) AND (households <= 100000)))
segment: segment_length_sane CHECK (((length_mm >= 1000) AND (length_mm <= 100000000)))
segment: segment_line_privacy_known CHECK ((line_privacy = ANY (ARRAY['exact'::text, 'rounded'::text, 'withheld'::text])))
segment: segment_pkey PRIMARY KEY (id)
segment: segment_status_known CHECK ((status = ANY (ARRAY['proposed'::text, 'approved'::text, 'funded'::text, 'contracted'::text, 'in_progress'::text, 'inspection'::text, 'rework'::text, 'accepted'::text, 'in_warranty'::text, 'closed'::text, 'suspended'::text, 'cancelled'::text])))
segment: segment_surface_known CHECK ((surface = ANY (ARRAY['concrete'::text, 'asphalt'::text, 'block'::text, 'gravel'::text, 'earth'::text])))
segment: segment_thickness_sane CHECK (((thickness_mm >= 20) AND (thickness_mm <= 1000)))
segment: segment_width_sane CHECK (((width_mm >= 500) AND (width_mm <= 50000)))
segment_revision: segment_revision_by_person_fkey FOREIGN KEY (by_person) REFERENCES person(id)
segment_revision: segment_revision_pkey PRIMARY KEY (id)
segment_revision: segment_revision_reason_given CHECK ((length(reason) > 0))
segment_revision: segment_revision_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES segment(id)
segment_status_change: segment_status_change_by_person_fkey FOREIGN KEY (by_person) REFERENCES person(id)
segment_status_change: segment_status_change_pkey PRIMARY KEY (id)
segment_status_change: segment_status_change_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES segment(id)
segment_succession: segment_succession_by_person_fkey FOREIGN KEY (by_person) REFERENCES person(id)
segment_succession: segment_succession_changes CHECK ((from_segment <> to_segment))
segment_succession: segment_succession_from_segment_fkey FOREIGN KEY (from_segment) REFERENCES segment(id)
segment_succession: segment_succession_kind_known CHECK ((kind = ANY (ARRAY['split'::text, 'merge'::text])))
segment_succession: segment_succession_once UNIQUE (from_segment, to_segment)
segment_succession: segment_succession_pkey PRIMARY KEY (id)
segment_succession: segment_succession_reason_given CHECK ((length(reason) > 0))
segment_succession: segment_succession_to_segment_fkey FOREIGN KEY (to_segment) REFERENCES segment(id)
shortfall: shortfall_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
shortfall: shortfall_cause_known CHECK ((cause = ANY (ARRAY['refund'::text, 'dispute'::text])))
shortfall: shortfall_code_unique UNIQUE (code)
shortfall: shortfall_donation_id_fkey FOREIGN KEY (donation_id) REFERENCES donation(id)
shortfall: shortfall_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entry(id)
shortfall: shortfall_lot_id_fkey FOREIGN KEY (lot_id) REFERENCES lot(id)
shortfall: shortfall_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES person(id)
shortfall: shortfall_pkey PRIMARY KEY (id)
shortfall: shortfall_resolved_by_fkey FOREIGN KEY (resolved_by) REFERENCES person(id)
shortfall: shortfall_source_known CHECK ((source_kind = ANY (ARRAY['fund'::text, 'gift'::text, 'road'::text])))
sign_in_request: sign_in_request_attempts_limited CHECK (((attempts >= 0) AND (attempts <= 5)))
sign_in_request: sign_in_request_code_length CHECK ((length(code_hash) = 32))
sign_in_request: sign_in_request_email_lower CHECK (((email = lower(email)) AND (length(email) <= 320)))
sign_in_request: sign_in_request_hash_length CHECK ((length(request_hash) = 32))
sign_in_request: sign_in_request_lang_known CHECK ((lang = ANY (ARRAY['zh-Hans'::text, 'zh-Hant'::text, 'en'::text])))
sign_in_request: sign_in_request_link_length CHECK ((length(link_hash) = 32))
sign_in_request: sign_in_request_link_unique UNIQUE (link_hash)
sign_in_request: sign_in_request_next_is_path CHECK (((next_path ~~ '/%'::text) AND (length(next_path) <= 500)))
sign_in_request: sign_in_request_pkey PRIMARY KEY (id)
sign_in_request: sign_in_request_unique UNIQUE (request_hash)
sign_in_session: sign_in_session_device_length CHECK ((length(device) <= 80))
sign_in_session: sign_in_session_end_has_reason CHECK (((ended_at IS NULL) = (ended_because IS NULL)))
sign_in_session: sign_in_session_end_known CHECK ((ended_because = ANY (ARRAY['signed_out'::text, 'ended_elsewhere'::text, 'replaced'::text, 'role_changed'::text, 'second_factor_failed'::text, 'second_factor_reset'::text, 'disabled'::text])))
sign_in_session: sign_in_session_failures_limited CHECK (((second_factor_failures >= 0) AND (second_factor_failures <= 5)))
sign_in_session: sign_in_session_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
sign_in_session: sign_in_session_pkey PRIMARY KEY (id)
sign_in_session: sign_in_session_seen_whole CHECK (((seen_step IS NULL) = (seen_drift IS NULL)))
sign_in_session: sign_in_session_token_length CHECK ((length(token_hash) = 32))
sign_in_session: sign_in_session_token_unique UNIQUE (token_hash)
soft_credit: soft_credit_donation_id_fkey FOREIGN KEY (donation_id) REFERENCES donation(id)
soft_credit: soft_credit_name_length CHECK (((length(name) >= 1) AND (length(name) <= 200)))
soft_credit: soft_credit_numbered UNIQUE NULLS NOT DISTINCT (pledge_id, donation_id, no)
soft_credit: soft_credit_of_one CHECK (((pledge_id IS NULL) <> (donation_id IS NULL)))
soft_credit: soft_credit_pkey PRIMARY KEY (id)
soft_credit: soft_credit_pledge_id_fkey FOREIGN KEY (pledge_id) REFERENCES pledge(id)
staff_declaration: staff_declaration_account_length CHECK ((length(bank_account) <= 60))
staff_declaration: staff_declaration_interests_length CHECK ((length(interests) <= 2000))
staff_declaration: staff_declaration_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
staff_declaration: staff_declaration_phone_length CHECK ((length(phone) <= 40))
staff_declaration: staff_declaration_pkey PRIMARY KEY (person_id)
stripe_event: stripe_event_pkey PRIMARY KEY (event_id)
summary_mark: summary_mark_only_one_check CHECK (only_one)
summary_mark: summary_mark_pkey PRIMARY KEY (only_one)
surplus_choice: surplus_choice_chosen_by_fkey FOREIGN KEY (chosen_by) REFERENCES person(id)
surplus_choice: surplus_choice_donation_id_fkey FOREIGN KEY (donation_id) REFERENCES donation(id)
surplus_choice: surplus_choice_known CHECK ((choice = ANY (ARRAY['raise_pledge'::text, 'next_instalment'::text, 'general_fund'::text, 'refund'::text])))
surplus_choice: surplus_choice_names_its_pledge CHECK (((pledge_id IS NOT NULL) = (choice = ANY (ARRAY['raise_pledge'::text, 'next_instalment'::text]))))
surplus_choice: surplus_choice_pkey PRIMARY KEY (id)
surplus_choice: surplus_choice_pledge_id_fkey FOREIGN KEY (pledge_id) REFERENCES pledge(id)
transfer_account: transfer_account_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
transfer_account: transfer_account_is_approved CHECK (((proposal_id IS NOT NULL) OR (recorded_by IS NULL)))
transfer_account: transfer_account_number_shape CHECK ((account_number ~ '^[0-9A-Z][0-9A-Z -]{3,40}$'::text))
transfer_account: transfer_account_of_one_proposal UNIQUE (proposal_id)
transfer_account: transfer_account_pkey PRIMARY KEY (id)
transfer_account: transfer_account_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES transfer_account_proposal(id)
transfer_account: transfer_account_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES person(id)
transfer_account_proposal: transfer_account_maker_is_not_checker CHECK (((decided_by IS NULL) OR (status = 'withdrawn'::text) OR (decided_by <> proposed_by)))
transfer_account_proposal: transfer_account_proposal_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id)
transfer_account_proposal: transfer_account_proposal_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES person(id)
transfer_account_proposal: transfer_account_proposal_decided_has_person CHECK (((status = 'proposed'::text) = (decided_by IS NULL)))
transfer_account_proposal: transfer_account_proposal_number_shape CHECK ((account_number ~ '^[0-9A-Z][0-9A-Z -]{3,40}$'::text))
transfer_account_proposal: transfer_account_proposal_pkey PRIMARY KEY (id)
transfer_account_proposal: transfer_account_proposal_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES person(id)
transfer_account_proposal: transfer_account_proposal_reason_length CHECK (((length(reason) >= 1) AND (length(reason) <= 2000)))
transfer_account_proposal: transfer_account_proposal_status_known CHECK ((status = ANY (ARRAY['proposed'::text, 'approved'::text, 'returned'::text, 'withdrawn'::text])))
upload: upload_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
upload: upload_photograph_id_fkey FOREIGN KEY (photograph_id) REFERENCES photograph(id)
upload: upload_piece_sane CHECK (((piece_bytes >= 4096) AND (piece_bytes <= 1048576)))
upload: upload_pkey PRIMARY KEY (id)
upload: upload_size_sane CHECK (((size_bytes >= 1) AND (size_bytes <= 10493952)))
upload_piece: upload_piece_no_sane CHECK (((piece_no >= 0) AND (piece_no <= 4095)))
upload_piece: upload_piece_pkey PRIMARY KEY (upload_id, piece_no)
upload_piece: upload_piece_upload_id_fkey FOREIGN KEY (upload_id) REFERENCES upload(id) ON DELETE CASCADE
variation: variation_code_unique UNIQUE (code)
variation: variation_contract_id_fkey FOREIGN KEY (contract_id) REFERENCES contract(id)
variation: variation_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES person(id)
variation: variation_document_id_fkey FOREIGN KEY (document_id) REFERENCES document(id)
variation: variation_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entry(id)
variation: variation_maker_is_not_checker CHECK (((decided_by IS NULL) OR (decided_by <> proposed_by)))
variation: variation_pkey PRIMARY KEY (id)
variation: variation_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES person(id)
variation: variation_status_known CHECK ((status = ANY (ARRAY['proposed'::text, 'approved'::text, 'returned'::text])))
variation_line: variation_line_changes CHECK (((quantity_milli <> 0) OR (amount_minor <> 0)))
variation_line: variation_line_pkey PRIMARY KEY (variation_id, line_no)
variation_line: variation_line_variation_id_fkey FOREIGN KEY (variation_id) REFERENCES variation(id)

-- indexes
CREATE INDEX account_campaign_class ON public.account USING btree (campaign_id, class)
CREATE INDEX account_class_subject ON public.account USING btree (class, subject)
CREATE INDEX allocation_segment ON public.allocation USING btree (segment_id)
CREATE INDEX allocation_waiting ON public.allocation USING btree (created_at) WHERE (status = 'proposed'::text)
CREATE INDEX audit_event_subject ON public.audit_event USING btree (subject_kind, subject_id, id)
CREATE INDEX bank_import_account ON public.bank_import USING btree (account_id, uploaded_at DESC)
CREATE INDEX bank_line_day ON public.bank_line USING btree (account_id, booked_on, id)
CREATE INDEX bank_line_held_import ON public.bank_line_held USING btree (import_id, attempt, line_no)
CREATE INDEX bank_line_import ON public.bank_line USING btree (import_id)
CREATE INDEX bank_line_match ON public.bank_line USING btree (match_id) WHERE (match_id IS NOT NULL)
CREATE INDEX bank_line_open ON public.bank_line USING btree (account_id, booked_on, id) WHERE (match_id IS NULL)
CREATE INDEX bank_match_account ON public.bank_match USING btree (account_id, made_at DESC)
CREATE INDEX bank_match_line_line ON public.bank_match_line USING btree (line_id)
CREATE INDEX bank_match_part_donation ON public.bank_match_part USING btree (donation_id) WHERE (donation_id IS NOT NULL)
CREATE INDEX bank_match_part_subject ON public.bank_match_part USING btree (kind, subject)
CREATE INDEX bank_statement_account ON public.bank_statement USING btree (account_id, to_on DESC)
CREATE INDEX bank_statement_import ON public.bank_statement USING btree (import_id)
CREATE INDEX campaign_amendment_of_campaign ON public.campaign_amendment USING btree (campaign_id, recorded_at DESC)
CREATE INDEX card_alarm_raised ON public.card_alarm USING btree (raised_at DESC)
CREATE INDEX certificate_contract ON public.certificate USING btree (contract_id)
CREATE INDEX checkout_donation ON public.checkout USING btree (donation_id)
CREATE INDEX checkout_unfinished ON public.checkout USING btree (asked_at) WHERE (state = ANY (ARRAY['asked'::text, 'open'::text, 'unknown'::text]))
CREATE INDEX column_mapping_account ON public.column_mapping USING btree (account_id, id DESC)
CREATE INDEX concern_campaign ON public.concern USING btree (campaign_id)
CREATE INDEX concern_segment ON public.concern USING btree (segment_id)
CREATE INDEX concern_step_concern ON public.concern_step USING btree (concern_id, id)
CREATE INDEX disbursement_contract ON public.disbursement USING btree (contract_id)
CREATE INDEX dispute_answer_dispute ON public.dispute_answer USING btree (dispute_id)
CREATE INDEX dispute_donation ON public.dispute USING btree (donation_id)
CREATE INDEX document_segment ON public.document USING btree (segment_id, dated)
CREATE INDEX donation_arrival ON public.donation USING btree (campaign_id, received_on, channel) INCLUDE (settled_minor) WHERE (received_on IS NOT NULL)
CREATE INDEX donation_campaign ON public.donation USING btree (campaign_id, status)
CREATE INDEX donation_designation ON public.donation USING btree (designation) WHERE (designation IS NOT NULL)
CREATE INDEX donation_donor ON public.donation USING btree (donor_id)
CREATE INDEX donation_failed ON public.donation_status_change USING btree (recorded_at) WHERE (event = 'fail'::text)
CREATE INDEX donation_hall_event ON public.donation USING btree (hall_event_id) WHERE (hall_event_id IS NOT NULL)
CREATE INDEX donation_pledge ON public.donation USING btree (pledge_id) WHERE (pledge_id IS NOT NULL)
CREATE INDEX donation_recognition ON public.donation USING btree (recognition_id) WHERE (recognition_id IS NOT NULL)
CREATE INDEX donation_status_change_donation ON public.donation_status_change USING btree (donation_id, id)
CREATE INDEX donor_email ON public.donor USING btree (email) WHERE (email IS NOT NULL)
CREATE INDEX donor_merge_kept ON public.donor_merge USING btree (kept_id) WHERE (ended_at IS NULL)
CREATE INDEX donor_name_key_any_order ON public.donor_name_key USING btree (any_order) WHERE (any_order IS NOT NULL)
CREATE INDEX donor_name_key_same ON public.donor_name_key USING btree (same_key)
CREATE INDEX donor_person ON public.donor USING btree (person_id) WHERE (person_id IS NOT NULL)
CREATE INDEX donor_phone_digits ON public.donor USING btree (regexp_replace(phone, '[^0-9]'::text, ''::text, 'g'::text)) WHERE (phone IS NOT NULL)
CREATE INDEX entry_by_subject ON public.entry USING btree (subject, id)
CREATE INDEX entry_campaign ON public.entry USING btree (campaign_id, id)
CREATE INDEX entry_campaign_amount ON public.entry USING btree (campaign_id, amount_minor, id)
CREATE INDEX entry_campaign_day ON public.entry USING btree (campaign_id, accounting_date, id) INCLUDE (kind, amount_minor)
CREATE INDEX entry_campaign_kind ON public.entry USING btree (campaign_id, kind, id)
CREATE INDEX entry_corrections ON public.entry USING btree (campaign_id, id) WHERE (reverses_id IS NOT NULL)
CREATE INDEX entry_named_for ON public.entry USING btree (named_for, id) INCLUDE (campaign_id, kind, amount_minor, accounting_date) WHERE (named_for IS NOT NULL)
CREATE INDEX entry_subject ON public.entry USING btree (subject_kind, subject, id)
CREATE INDEX exception_owner_item ON public.exception_owner USING btree (kind, subject, id DESC)
CREATE INDEX form_token_used_at ON public.form_token_used USING btree (used_at)
CREATE INDEX gift_batch_waiting ON public.gift_batch USING btree (entered_on) WHERE (status = 'recorded'::text)
CREATE INDEX giving_try_at ON public.giving_try USING btree (at)
CREATE INDEX giving_try_checkout ON public.giving_try USING btree (checkout_id) WHERE (checkout_id IS NOT NULL)
CREATE INDEX giving_try_device ON public.giving_try USING btree (device_key, at)
CREATE INDEX giving_try_email ON public.giving_try USING btree (email_key, at) WHERE (email_key IS NOT NULL)
CREATE INDEX giving_try_network ON public.giving_try USING btree (network_key, at)
CREATE INDEX giving_try_strangers ON public.giving_try USING btree (at) WHERE ((outcome = 'passed'::text) AND card AND (NOT known))
CREATE INDEX giving_try_subnet ON public.giving_try USING btree (subnet_key, at)
CREATE INDEX hall_event_campaign ON public.hall_event USING btree (campaign_id, held_on)
CREATE INDEX instalment_due ON public.instalment USING btree (due_on)
CREATE INDEX log_draft_tx ON public.log_draft USING btree (tx, id)
CREATE INDEX log_leaf_number ON public.log_leaf USING btree (number) WHERE (number IS NOT NULL)
CREATE INDEX log_leaf_subject ON public.log_leaf USING btree (subject, leaf_index)
CREATE INDEX lot_arrival ON public.lot USING btree (received_on DESC, id DESC) WHERE (kind = 'gift'::text)
CREATE INDEX lot_position_next ON public.lot_position USING btree (account_id, designation, ordered_on, order_no, lot_id) WHERE (held_minor > 0)
CREATE INDEX lot_redesignation_lot ON public.lot_redesignation USING btree (lot_id, id DESC)
CREATE INDEX measurement_segment ON public.measurement USING btree (segment_id, measured_on)
CREATE INDEX outbox_donor ON public.outbox USING btree (donor_id) WHERE (donor_id IS NOT NULL)
CREATE INDEX outbox_waiting ON public.outbox USING btree (queued_at) WHERE ((sent_at IS NULL) AND (dropped_at IS NULL))
CREATE INDEX passkey_of_person ON public.passkey USING btree (person_id) WHERE (removed_at IS NULL)
CREATE INDEX payment_decline_at ON public.payment_decline USING btree (at)
CREATE INDEX payment_decline_checkout ON public.payment_decline USING btree (checkout_id)
CREATE INDEX payout_entry_payout ON public.payout_entry USING btree (payout_id, act)
CREATE INDEX payout_finding_open ON public.payout_finding USING btree (payout_id, reading) WHERE (explained_by IS NULL)
CREATE INDEX payout_line_donation ON public.payout_line USING btree (donation_id) WHERE (donation_id IS NOT NULL)
CREATE INDEX payout_line_provider ON public.payout_line USING btree (provider_line_id)
CREATE INDEX payout_waiting ON public.payout USING btree (arrives_on) WHERE (status = ANY (ARRAY['expected'::text, 'paid'::text]))
CREATE INDEX period_change_month ON public.period_change USING btree (campaign_id, month, id)
CREATE INDEX plan_change_gift_lot ON public.plan_change_gift USING btree (lot_id)
CREATE INDEX pledge_application_donation ON public.pledge_application USING btree (donation_id)
CREATE INDEX pledge_application_pledge ON public.pledge_application USING btree (pledge_id)
CREATE INDEX pledge_batch_event ON public.pledge_batch USING btree (hall_event_id)
CREATE INDEX pledge_campaign ON public.pledge USING btree (campaign_id, status)
CREATE INDEX pledge_created ON public.pledge USING btree (created_at)
CREATE INDEX pledge_donor ON public.pledge USING btree (donor_id)
CREATE INDEX pledge_hall_event ON public.pledge USING btree (hall_event_id) WHERE (hall_event_id IS NOT NULL)
CREATE INDEX pledge_status_change_pledge ON public.pledge_status_change USING btree (pledge_id, id)
CREATE INDEX posting_credit ON public.posting USING btree (credit_account_id, tx) INCLUDE (amount_minor)
CREATE INDEX posting_debit ON public.posting USING btree (debit_account_id, tx) INCLUDE (amount_minor)
CREATE INDEX posting_lot_lot ON public.posting_lot USING btree (lot_id, entry_id, line_no)
CREATE INDEX posting_tx ON public.posting USING btree (tx)
CREATE INDEX proof_run_latest ON public.proof_run USING btree (proof, id DESC)
CREATE INDEX publication_public ON public.publication USING btree (campaign_id, published_on DESC) WHERE (status = ANY (ARRAY['published'::text, 'corrected'::text]))
CREATE INDEX rate_limit_full_until ON public.rate_limit USING btree (full_until)
CREATE INDEX receipt_donation ON public.receipt USING btree (donation_id)
CREATE INDEX receipt_recorded ON public.receipt USING btree (recorded_at)
CREATE INDEX receipt_stub_until ON public.receipt_stub USING btree (kept_until)
CREATE INDEX recognition_name ON public.recognition USING gin (disclosure.name_grams((shown_as)::jsonb)) WHERE ((consented_at IS NOT NULL) AND (withdrawn_at IS NULL) AND (moderation = 'shown'::text) AND (shown_as IS NOT NULL))
CREATE INDEX recognition_shown ON public.recognition USING btree (id) WHERE ((consented_at IS NOT NULL) AND (withdrawn_at IS NULL) AND (moderation = 'shown'::text))
CREATE INDEX recognition_tx ON public.recognition USING btree (tx)
CREATE INDEX refund_donation ON public.refund USING btree (donation_id)
CREATE INDEX segment_campaign ON public.segment USING btree (campaign_id, code)
CREATE INDEX segment_revision_segment ON public.segment_revision USING btree (segment_id, id)
CREATE INDEX segment_status_change_recorded ON public.segment_status_change USING btree (recorded_at)
CREATE INDEX segment_status_change_segment ON public.segment_status_change USING btree (segment_id, id)
CREATE INDEX segment_succession_to ON public.segment_succession USING btree (to_segment)
CREATE INDEX sign_in_request_created ON public.sign_in_request USING btree (created_at)
CREATE INDEX sign_in_session_person ON public.sign_in_session USING btree (person_id) WHERE (ended_at IS NULL)
CREATE INDEX soft_credit_donation ON public.soft_credit USING btree (donation_id) WHERE (donation_id IS NOT NULL)
CREATE INDEX stripe_event_waiting ON public.stripe_event USING btree (received_at) WHERE (done_at IS NULL)
CREATE INDEX surplus_choice_donation ON public.surplus_choice USING btree (donation_id)
CREATE INDEX transfer_account_campaign ON public.transfer_account USING btree (campaign_id, recorded_at DESC)
CREATE INDEX upload_begun ON public.upload USING btree (begun_at)
CREATE UNIQUE INDEX acceptance_pkey ON public.acceptance USING btree (id)
CREATE UNIQUE INDEX account_code_unique ON public.account USING btree (code)
CREATE UNIQUE INDEX account_day_pkey ON public.account_day USING btree (account_id, day)
CREATE UNIQUE INDEX account_id_book_currency_key ON public.account USING btree (id, book, currency)
CREATE UNIQUE INDEX account_pkey ON public.account USING btree (id)
CREATE UNIQUE INDEX account_summary_pkey ON public.account_summary USING btree (account_id)
CREATE UNIQUE INDEX allocation_code_unique ON public.allocation USING btree (code)
CREATE UNIQUE INDEX allocation_pkey ON public.allocation USING btree (id)
CREATE UNIQUE INDEX allocation_plan_code_unique ON public.allocation_plan USING btree (code)
CREATE UNIQUE INDEX allocation_plan_line_pkey ON public.allocation_plan_line USING btree (plan_id, line_no)
CREATE UNIQUE INDEX allocation_plan_line_plan_id_segment_id_key ON public.allocation_plan_line USING btree (plan_id, segment_id)
CREATE UNIQUE INDEX allocation_plan_pkey ON public.allocation_plan USING btree (id)
CREATE UNIQUE INDEX audit_event_pkey ON public.audit_event USING btree (id)
CREATE UNIQUE INDEX bank_account_code_unique ON public.bank_account USING btree (code)
CREATE UNIQUE INDEX bank_account_one_main ON public.bank_account USING btree (campaign_id) WHERE main
CREATE UNIQUE INDEX bank_account_pkey ON public.bank_account USING btree (id)
CREATE UNIQUE INDEX bank_import_code_unique ON public.bank_import USING btree (code)
CREATE UNIQUE INDEX bank_import_pkey ON public.bank_import USING btree (id)
CREATE UNIQUE INDEX bank_line_held_pkey ON public.bank_line_held USING btree (id)
CREATE UNIQUE INDEX bank_line_once ON public.bank_line USING btree (account_id, fingerprint)
CREATE UNIQUE INDEX bank_line_pkey ON public.bank_line USING btree (id)
CREATE UNIQUE INDEX bank_match_code_unique ON public.bank_match USING btree (code)
CREATE UNIQUE INDEX bank_match_line_pkey ON public.bank_match_line USING btree (match_id, line_id)
CREATE UNIQUE INDEX bank_match_part_pkey ON public.bank_match_part USING btree (match_id, part_no)
CREATE UNIQUE INDEX bank_match_pkey ON public.bank_match USING btree (id)
CREATE UNIQUE INDEX bank_statement_pkey ON public.bank_statement USING btree (id)
CREATE UNIQUE INDEX budget_line_pkey ON public.budget_line USING btree (budget_id, line_no)
CREATE UNIQUE INDEX budget_pkey ON public.budget USING btree (id)
CREATE UNIQUE INDEX budget_segment_id_version_key ON public.budget USING btree (segment_id, version)
CREATE UNIQUE INDEX campaign_amendment_pkey ON public.campaign_amendment USING btree (id)
CREATE UNIQUE INDEX campaign_pkey ON public.campaign USING btree (id)
CREATE UNIQUE INDEX campaign_plan_pkey ON public.campaign_plan USING btree (campaign_id, version)
CREATE UNIQUE INDEX campaign_slug_unique ON public.campaign USING btree (slug)
CREATE UNIQUE INDEX card_alarm_pkey ON public.card_alarm USING btree (id)
CREATE UNIQUE INDEX certificate_code_unique ON public.certificate USING btree (code)
CREATE UNIQUE INDEX certificate_pkey ON public.certificate USING btree (id)
CREATE UNIQUE INDEX checkout_charge_unique ON public.checkout USING btree (charge_id)
CREATE UNIQUE INDEX checkout_pkey ON public.checkout USING btree (id)
CREATE UNIQUE INDEX checkout_session_unique ON public.checkout USING btree (session_id)
CREATE UNIQUE INDEX column_mapping_pkey ON public.column_mapping USING btree (id)
CREATE UNIQUE INDEX command_key_pkey ON public.command_key USING btree (command, key)
CREATE UNIQUE INDEX concern_code_unique ON public.concern USING btree (code)
CREATE UNIQUE INDEX concern_pkey ON public.concern USING btree (id)
CREATE UNIQUE INDEX concern_step_pkey ON public.concern_step USING btree (id)
CREATE UNIQUE INDEX contract_code_unique ON public.contract USING btree (code)
CREATE UNIQUE INDEX contract_line_pkey ON public.contract_line USING btree (contract_id, line_no)
CREATE UNIQUE INDEX contract_one_in_force ON public.contract USING btree (segment_id) WHERE (status = ANY (ARRAY['proposed'::text, 'signed'::text]))
CREATE UNIQUE INDEX contract_pkey ON public.contract USING btree (id)
CREATE UNIQUE INDEX contractor_code_unique ON public.contractor USING btree (code)
CREATE UNIQUE INDEX contractor_pkey ON public.contractor USING btree (id)
CREATE UNIQUE INDEX disbursement_code_unique ON public.disbursement USING btree (code)
CREATE UNIQUE INDEX disbursement_invoice_once ON public.disbursement USING btree (contractor_id, invoice_sha256) WHERE (status <> ALL (ARRAY['returned'::text, 'cancelled'::text, 'bounced'::text]))
CREATE UNIQUE INDEX disbursement_pkey ON public.disbursement USING btree (id)
CREATE UNIQUE INDEX dispute_answer_pkey ON public.dispute_answer USING btree (id)
CREATE UNIQUE INDEX dispute_code_unique ON public.dispute USING btree (code)
CREATE UNIQUE INDEX dispute_pkey ON public.dispute USING btree (id)
CREATE UNIQUE INDEX dispute_provider_unique ON public.dispute USING btree (provider_dispute_id)
CREATE UNIQUE INDEX document_code_unique ON public.document USING btree (code)
CREATE UNIQUE INDEX document_pkey ON public.document USING btree (id)
CREATE UNIQUE INDEX donation_code_unique ON public.donation USING btree (code)
CREATE UNIQUE INDEX donation_pkey ON public.donation USING btree (id)
CREATE UNIQUE INDEX donation_reference_unique ON public.donation USING btree (reference)
CREATE UNIQUE INDEX donation_status_change_pkey ON public.donation_status_change USING btree (id)
CREATE UNIQUE INDEX donor_apart_pkey ON public.donor_apart USING btree (a_id, b_id)
CREATE UNIQUE INDEX donor_letter_pkey ON public.donor_letter USING btree (donor_id, kind, about)
CREATE UNIQUE INDEX donor_merge_once ON public.donor_merge USING btree (merged_id) WHERE (ended_at IS NULL)
CREATE UNIQUE INDEX donor_merge_pkey ON public.donor_merge USING btree (id)
CREATE UNIQUE INDEX donor_name_key_pkey ON public.donor_name_key USING btree (donor_id)
CREATE UNIQUE INDEX donor_pkey ON public.donor USING btree (id)
CREATE UNIQUE INDEX donor_request_code_unique ON public.donor_request USING btree (code)
CREATE UNIQUE INDEX donor_request_one_open ON public.donor_request USING btree (donation_id, kind) WHERE (status = 'open'::text)
CREATE UNIQUE INDEX donor_request_pkey ON public.donor_request USING btree (id)
CREATE UNIQUE INDEX duty_campaign_id_kind_due_on_key ON public.duty USING btree (campaign_id, kind, due_on)
CREATE UNIQUE INDEX duty_pkey ON public.duty USING btree (id)
CREATE UNIQUE INDEX entry_pkey ON public.entry USING btree (id)
CREATE UNIQUE INDEX entry_reversed_once ON public.entry USING btree (reverses_id)
CREATE UNIQUE INDEX exception_owner_pkey ON public.exception_owner USING btree (id)
CREATE UNIQUE INDEX form_token_used_pkey ON public.form_token_used USING btree (token)
CREATE UNIQUE INDEX gift_batch_code_unique ON public.gift_batch USING btree (code)
CREATE UNIQUE INDEX gift_batch_line_gift_once ON public.gift_batch_line USING btree (donation_id)
CREATE UNIQUE INDEX gift_batch_line_pkey ON public.gift_batch_line USING btree (batch_id, line_no)
CREATE UNIQUE INDEX gift_batch_pkey ON public.gift_batch USING btree (id)
CREATE UNIQUE INDEX gift_seal_pkey ON public.gift_seal USING btree (donation_id, field)
CREATE UNIQUE INDEX gift_summary_pkey ON public.gift_summary USING btree (campaign_id, month, channel)
CREATE UNIQUE INDEX giving_try_pkey ON public.giving_try USING btree (id)
CREATE UNIQUE INDEX guard_pkey ON public.guard USING btree (account_id)
CREATE UNIQUE INDEX hall_event_pkey ON public.hall_event USING btree (id)
CREATE UNIQUE INDEX hall_event_slug_unique ON public.hall_event USING btree (slug)
CREATE UNIQUE INDEX heartbeat_pkey ON public.heartbeat USING btree (part)
CREATE UNIQUE INDEX instalment_pkey ON public.instalment USING btree (pledge_id, pledge_version, no)
CREATE UNIQUE INDEX invoice_line_pkey ON public.invoice_line USING btree (disbursement_id, line_no)
CREATE UNIQUE INDEX log_checkpoint_one_per_size ON public.log_checkpoint USING btree (epoch, size)
CREATE UNIQUE INDEX log_cosignature_pkey ON public.log_cosignature USING btree (epoch, size, witness)
CREATE UNIQUE INDEX log_draft_pkey ON public.log_draft USING btree (id)
CREATE UNIQUE INDEX log_epoch_origin_unique ON public.log_epoch USING btree (origin)
CREATE UNIQUE INDEX log_epoch_pkey ON public.log_epoch USING btree (epoch)
CREATE UNIQUE INDEX log_halt_pkey ON public.log_halt USING btree (id)
CREATE UNIQUE INDEX log_key_pkey ON public.log_key USING btree (vkey)
CREATE UNIQUE INDEX log_leaf_draft_once ON public.log_leaf USING btree (draft_id)
CREATE UNIQUE INDEX log_leaf_pkey ON public.log_leaf USING btree (leaf_index)
CREATE UNIQUE INDEX log_node_pkey ON public.log_node USING btree (level, node_index)
CREATE UNIQUE INDEX log_resumption_pkey ON public.log_resumption USING btree (halt_id)
CREATE UNIQUE INDEX log_watch_pkey ON public.log_watch USING btree (only_one)
CREATE UNIQUE INDEX lot_pkey ON public.lot USING btree (id)
CREATE UNIQUE INDEX lot_position_pkey ON public.lot_position USING btree (account_id, lot_id)
CREATE UNIQUE INDEX lot_redesignation_pkey ON public.lot_redesignation USING btree (id)
CREATE UNIQUE INDEX lot_subject_unique ON public.lot USING btree (subject)
CREATE UNIQUE INDEX mail_told_pkey ON public.mail_told USING btree (outbox_id)
CREATE UNIQUE INDEX match_rule_once ON public.match_rule USING btree (account_id, inward, counterparty_key, memo_key, makes)
CREATE UNIQUE INDEX match_rule_pkey ON public.match_rule USING btree (id)
CREATE UNIQUE INDEX measurement_pkey ON public.measurement USING btree (id)
CREATE UNIQUE INDEX migration_checksum_pkey ON public.migration_checksum USING btree (name)
CREATE UNIQUE INDEX month_summary_pkey ON public.month_summary USING btree (campaign_id, month, from_class, to_class)
CREATE UNIQUE INDEX named_gift_counted_pkey ON public.named_gift_counted USING btree (donation_id)
CREATE UNIQUE INDEX named_gift_summary_pkey ON public.named_gift_summary USING btree (campaign_id, month, channel)
CREATE UNIQUE INDEX outbox_pkey ON public.outbox USING btree (id)
CREATE UNIQUE INDEX passkey_challenge_pkey ON public.passkey_challenge USING btree (session_id, purpose)
CREATE UNIQUE INDEX passkey_credential_unique ON public.passkey USING btree (credential_id)
CREATE UNIQUE INDEX passkey_pkey ON public.passkey USING btree (id)
CREATE UNIQUE INDEX payment_decline_pkey ON public.payment_decline USING btree (event_id)
CREATE UNIQUE INDEX payout_code_unique ON public.payout USING btree (code)
CREATE UNIQUE INDEX payout_entry_pkey ON public.payout_entry USING btree (entry_id)
CREATE UNIQUE INDEX payout_finding_pkey ON public.payout_finding USING btree (id)
CREATE UNIQUE INDEX payout_line_pkey ON public.payout_line USING btree (payout_id, reading, line_no)
CREATE UNIQUE INDEX payout_pkey ON public.payout USING btree (id)
CREATE UNIQUE INDEX payout_provider_unique ON public.payout USING btree (provider_payout_id)
CREATE UNIQUE INDEX period_change_pkey ON public.period_change USING btree (id)
CREATE UNIQUE INDEX period_pkey ON public.period USING btree (campaign_id, month)
CREATE UNIQUE INDEX period_reopening_one_open ON public.period_reopening USING btree (campaign_id, month) WHERE (status = 'proposed'::text)
CREATE UNIQUE INDEX period_reopening_pkey ON public.period_reopening USING btree (id)
CREATE UNIQUE INDEX person_email_unique ON public.person USING btree (email)
CREATE UNIQUE INDEX person_pkey ON public.person USING btree (id)
CREATE UNIQUE INDEX person_role_held_once ON public.person_role USING btree (person_id, role) WHERE (revoked_at IS NULL)
CREATE UNIQUE INDEX person_role_pkey ON public.person_role USING btree (id)
CREATE UNIQUE INDEX photograph_once_per_segment ON public.photograph USING btree (segment_id, original_sha256)
CREATE UNIQUE INDEX photograph_pkey ON public.photograph USING btree (id)
CREATE UNIQUE INDEX photograph_sealed_pkey ON public.photograph_sealed USING btree (photograph_id)
CREATE UNIQUE INDEX plan_change_code_unique ON public.plan_change USING btree (code)
CREATE UNIQUE INDEX plan_change_gift_pkey ON public.plan_change_gift USING btree (plan_change_id, lot_id)
CREATE UNIQUE INDEX plan_change_one_open ON public.plan_change USING btree (segment_id) WHERE (status = ANY (ARRAY['open'::text, 'proposed'::text]))
CREATE UNIQUE INDEX plan_change_pkey ON public.plan_change USING btree (id)
CREATE UNIQUE INDEX pledge_application_pkey ON public.pledge_application USING btree (id)
CREATE UNIQUE INDEX pledge_batch_code_unique ON public.pledge_batch USING btree (code)
CREATE UNIQUE INDEX pledge_batch_pkey ON public.pledge_batch USING btree (id)
CREATE UNIQUE INDEX pledge_change_pkey ON public.pledge_change USING btree (id)
CREATE UNIQUE INDEX pledge_change_version_once ON public.pledge_change USING btree (pledge_id, version)
CREATE UNIQUE INDEX pledge_code_unique ON public.pledge USING btree (code)
CREATE UNIQUE INDEX pledge_pkey ON public.pledge USING btree (id)
CREATE UNIQUE INDEX pledge_reference_unique ON public.pledge USING btree (reference)
CREATE UNIQUE INDEX pledge_release_pkey ON public.pledge_release USING btree (pledge_id)
CREATE UNIQUE INDEX pledge_status_change_pkey ON public.pledge_status_change USING btree (id)
CREATE UNIQUE INDEX posting_lot_pkey ON public.posting_lot USING btree (entry_id, line_no, lot_id)
CREATE UNIQUE INDEX posting_pkey ON public.posting USING btree (entry_id, line_no)
CREATE UNIQUE INDEX proof_run_pkey ON public.proof_run USING btree (id)
CREATE UNIQUE INDEX publication_code_unique ON public.publication USING btree (code)
CREATE UNIQUE INDEX publication_pkey ON public.publication USING btree (id)
CREATE UNIQUE INDEX publication_version_pkey ON public.publication_version USING btree (slot)
CREATE UNIQUE INDEX quote_pkey ON public.quote USING btree (id)
CREATE UNIQUE INDEX quote_segment_id_contractor_id_amount_minor_key ON public.quote USING btree (segment_id, contractor_id, amount_minor)
CREATE UNIQUE INDEX rate_limit_pkey ON public.rate_limit USING btree (key)
CREATE UNIQUE INDEX receipt_counter_pkey ON public.receipt_counter USING btree (campaign_id)
CREATE UNIQUE INDEX receipt_number_once ON public.receipt USING btree (campaign_id, serial)
CREATE UNIQUE INDEX receipt_one_valid_per_gift ON public.receipt USING btree (donation_id) WHERE (status = 'issued'::text)
CREATE UNIQUE INDEX receipt_pkey ON public.receipt USING btree (id)
CREATE UNIQUE INDEX receipt_print_pkey ON public.receipt_print USING btree (receipt_id, no)
CREATE UNIQUE INDEX receipt_stub_pkey ON public.receipt_stub USING btree (receipt_id)
CREATE UNIQUE INDEX receipt_waiver_in_force ON public.receipt_waiver USING btree (donation_id) WHERE (withdrawn_on IS NULL)
CREATE UNIQUE INDEX receipt_waiver_pkey ON public.receipt_waiver USING btree (donation_id, no)
CREATE UNIQUE INDEX recognition_pkey ON public.recognition USING btree (id)
CREATE UNIQUE INDEX recovery_code_pkey ON public.recovery_code USING btree (person_id, code_hash)
CREATE UNIQUE INDEX refund_code_unique ON public.refund USING btree (code)
CREATE UNIQUE INDEX refund_pkey ON public.refund USING btree (id)
CREATE UNIQUE INDEX refund_provider_unique ON public.refund USING btree (provider_refund_id)
CREATE UNIQUE INDEX second_factor_pkey ON public.second_factor USING btree (person_id)
CREATE UNIQUE INDEX segment_code_unique ON public.segment USING btree (code)
CREATE UNIQUE INDEX segment_pkey ON public.segment USING btree (id)
CREATE UNIQUE INDEX segment_revision_pkey ON public.segment_revision USING btree (id)
CREATE UNIQUE INDEX segment_status_change_pkey ON public.segment_status_change USING btree (id)
CREATE UNIQUE INDEX segment_succession_once ON public.segment_succession USING btree (from_segment, to_segment)
CREATE UNIQUE INDEX segment_succession_pkey ON public.segment_succession USING btree (id)
CREATE UNIQUE INDEX shortfall_code_unique ON public.shortfall USING btree (code)
CREATE UNIQUE INDEX shortfall_pkey ON public.shortfall USING btree (id)
CREATE UNIQUE INDEX sign_in_request_link_unique ON public.sign_in_request USING btree (link_hash)
CREATE UNIQUE INDEX sign_in_request_pkey ON public.sign_in_request USING btree (id)
CREATE UNIQUE INDEX sign_in_request_unique ON public.sign_in_request USING btree (request_hash)
CREATE UNIQUE INDEX sign_in_session_pkey ON public.sign_in_session USING btree (id)
CREATE UNIQUE INDEX sign_in_session_token_unique ON public.sign_in_session USING btree (token_hash)
CREATE UNIQUE INDEX soft_credit_numbered ON public.soft_credit USING btree (pledge_id, donation_id, no) NULLS NOT DISTINCT
CREATE UNIQUE INDEX soft_credit_pkey ON public.soft_credit USING btree (id)
CREATE UNIQUE INDEX staff_declaration_pkey ON public.staff_declaration USING btree (person_id)
CREATE UNIQUE INDEX stripe_event_pkey ON public.stripe_event USING btree (event_id)
CREATE UNIQUE INDEX summary_mark_pkey ON public.summary_mark USING btree (only_one)
CREATE UNIQUE INDEX surplus_choice_pkey ON public.surplus_choice USING btree (id)
CREATE UNIQUE INDEX transfer_account_of_one_proposal ON public.transfer_account USING btree (proposal_id)
CREATE UNIQUE INDEX transfer_account_pkey ON public.transfer_account USING btree (id)
CREATE UNIQUE INDEX transfer_account_proposal_one_waiting ON public.transfer_account_proposal USING btree (campaign_id) WHERE (status = 'proposed'::text)
CREATE UNIQUE INDEX transfer_account_proposal_pkey ON public.transfer_account_proposal USING btree (id)
CREATE UNIQUE INDEX upload_piece_pkey ON public.upload_piece USING btree (upload_id, piece_no)
CREATE UNIQUE INDEX upload_pkey ON public.upload USING btree (id)
CREATE UNIQUE INDEX variation_code_unique ON public.variation USING btree (code)
CREATE UNIQUE INDEX variation_line_pkey ON public.variation_line USING btree (variation_id, line_no)
CREATE UNIQUE INDEX variation_pkey ON public.variation USING btree (id)

-- triggers
CREATE CONSTRAINT TRIGGER donor_forgotten_whole AFTER UPDATE OF erased_at ON public.donor DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.erased_at IS NOT NULL)) EXECUTE FUNCTION refuse_half_forgotten()
CREATE TRIGGER acceptance_append_only BEFORE DELETE OR UPDATE ON public.acceptance FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER account_append_only BEFORE DELETE OR UPDATE ON public.account FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER account_no_truncate BEFORE TRUNCATE ON public.account FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER audit_event_append_only BEFORE DELETE OR UPDATE ON public.audit_event FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON public.audit_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER bank_line_held_append_only BEFORE DELETE OR UPDATE ON public.bank_line_held FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER bank_line_words_only_emptied BEFORE UPDATE OF counterparty, counterparty_account, reference, memo ON public.bank_line FOR EACH ROW EXECUTE FUNCTION refuse_new_line_words()
CREATE TRIGGER bank_match_line_append_only BEFORE DELETE OR UPDATE ON public.bank_match_line FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER bank_statement_append_only BEFORE DELETE OR UPDATE ON public.bank_statement FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER budget_line_append_only BEFORE DELETE OR UPDATE ON public.budget_line FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER campaign_amendment_append_only BEFORE DELETE OR UPDATE ON public.campaign_amendment FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER campaign_plan_append_only BEFORE DELETE OR UPDATE ON public.campaign_plan FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER campaign_plan_no_truncate BEFORE TRUNCATE ON public.campaign_plan FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER card_alarm_append_only BEFORE DELETE OR UPDATE ON public.card_alarm FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER certificate_append_only BEFORE DELETE OR UPDATE ON public.certificate FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER column_mapping_append_only BEFORE DELETE OR UPDATE ON public.column_mapping FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER concern_step_append_only BEFORE DELETE OR UPDATE ON public.concern_step FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER contract_line_append_only BEFORE DELETE OR UPDATE ON public.contract_line FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.acceptance FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.account FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.allocation FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.budget FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.budget_line FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.campaign FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.campaign_plan FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.certificate FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.concern FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.contract FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.contract_line FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.contractor FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.disbursement FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.document FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.donation FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.duty FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.entry FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.hall_event FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.instalment FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.invoice_line FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.log_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.log_cosignature FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.log_draft FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.log_epoch FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.log_halt FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.log_key FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.log_leaf FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.log_node FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.log_resumption FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.lot FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.lot_position FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.lot_redesignation FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.measurement FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.period FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.period_change FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.photograph FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.plan_change FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.plan_change_gift FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.pledge FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.pledge_application FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.posting FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.posting_lot FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.proof_run FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.publication FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.quote FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.recognition FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.segment FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.segment_revision FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.segment_status_change FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.segment_succession FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.shortfall FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.variation FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER count_publication AFTER INSERT OR DELETE OR UPDATE ON public.variation_line FOR EACH STATEMENT EXECUTE FUNCTION count_publication()
CREATE TRIGGER donation_naming_is_told BEFORE UPDATE OF recognition_id ON public.donation FOR EACH ROW WHEN ((new.recognition_id IS DISTINCT FROM old.recognition_id)) EXECUTE FUNCTION refuse_untold_naming()
CREATE TRIGGER donation_status_change_append_only BEFORE DELETE OR UPDATE ON public.donation_status_change FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER donor_letter_append_only BEFORE DELETE OR UPDATE ON public.donor_letter FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER entry_append_only BEFORE DELETE OR UPDATE ON public.entry FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER entry_no_truncate BEFORE TRUNCATE ON public.entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER entry_period_open BEFORE INSERT ON public.entry FOR EACH ROW EXECUTE FUNCTION refuse_closed_period()
CREATE TRIGGER exception_owner_append_only BEFORE DELETE OR UPDATE ON public.exception_owner FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER gift_batch_line_append_only BEFORE DELETE OR UPDATE ON public.gift_batch_line FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER gift_seal_only_forgotten BEFORE UPDATE ON public.gift_seal FOR EACH ROW EXECUTE FUNCTION refuse_new_seal_value()
CREATE TRIGGER instalment_append_only BEFORE DELETE OR UPDATE ON public.instalment FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER invoice_line_append_only BEFORE DELETE OR UPDATE ON public.invoice_line FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER log_checkpoint_append_only BEFORE DELETE OR UPDATE ON public.log_checkpoint FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER log_checkpoint_no_truncate BEFORE TRUNCATE ON public.log_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER log_cosignature_append_only BEFORE DELETE OR UPDATE ON public.log_cosignature FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER log_cosignature_no_truncate BEFORE TRUNCATE ON public.log_cosignature FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER log_draft_append_only BEFORE DELETE OR UPDATE ON public.log_draft FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER log_draft_no_truncate BEFORE TRUNCATE ON public.log_draft FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER log_epoch_append_only BEFORE DELETE OR UPDATE ON public.log_epoch FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER log_epoch_no_truncate BEFORE TRUNCATE ON public.log_epoch FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER log_halt_append_only BEFORE DELETE OR UPDATE ON public.log_halt FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER log_halt_no_truncate BEFORE TRUNCATE ON public.log_halt FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER log_key_append_only BEFORE DELETE OR UPDATE ON public.log_key FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER log_key_no_truncate BEFORE TRUNCATE ON public.log_key FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER log_leaf_append_only BEFORE DELETE OR UPDATE ON public.log_leaf FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER log_leaf_no_truncate BEFORE TRUNCATE ON public.log_leaf FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER log_leaf_without_gap AFTER INSERT ON public.log_leaf REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_log_gap()
CREATE TRIGGER log_node_append_only BEFORE DELETE OR UPDATE ON public.log_node FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER log_node_no_truncate BEFORE TRUNCATE ON public.log_node FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER log_resumption_append_only BEFORE DELETE OR UPDATE ON public.log_resumption FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER log_resumption_no_truncate BEFORE TRUNCATE ON public.log_resumption FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER lot_append_only BEFORE DELETE OR UPDATE ON public.lot FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER lot_no_truncate BEFORE TRUNCATE ON public.lot FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER lot_redesignation_append_only BEFORE DELETE OR UPDATE ON public.lot_redesignation FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER mail_told_append_only BEFORE DELETE OR UPDATE ON public.mail_told FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER measurement_append_only BEFORE DELETE OR UPDATE ON public.measurement FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER payment_decline_append_only BEFORE DELETE OR UPDATE ON public.payment_decline FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER payout_entry_append_only BEFORE DELETE OR UPDATE ON public.payout_entry FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER payout_line_append_only BEFORE DELETE OR UPDATE ON public.payout_line FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER period_change_append_only BEFORE DELETE OR UPDATE ON public.period_change FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER photograph_sealed_append_only BEFORE DELETE OR UPDATE ON public.photograph_sealed FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER pledge_application_append_only BEFORE DELETE OR UPDATE ON public.pledge_application FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER pledge_batch_append_only BEFORE DELETE OR UPDATE ON public.pledge_batch FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER pledge_change_append_only BEFORE DELETE OR UPDATE ON public.pledge_change FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER pledge_release_append_only BEFORE DELETE OR UPDATE ON public.pledge_release FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER pledge_status_change_append_only BEFORE DELETE OR UPDATE ON public.pledge_status_change FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER posting_append_only BEFORE DELETE OR UPDATE ON public.posting FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER posting_lot_append_only BEFORE DELETE OR UPDATE ON public.posting_lot FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER posting_lot_no_truncate BEFORE TRUNCATE ON public.posting_lot FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER posting_no_truncate BEFORE TRUNCATE ON public.posting FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER quote_append_only BEFORE DELETE OR UPDATE ON public.quote FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER receipt_print_append_only BEFORE DELETE OR UPDATE ON public.receipt_print FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER receipt_stub_until_then BEFORE DELETE OR UPDATE ON public.receipt_stub FOR EACH ROW EXECUTE FUNCTION refuse_early_removal()
CREATE TRIGGER recognition_is_stamped BEFORE INSERT OR UPDATE ON public.recognition FOR EACH ROW EXECUTE FUNCTION stamp_naming()
CREATE TRIGGER segment_revision_append_only BEFORE DELETE OR UPDATE ON public.segment_revision FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER segment_status_change_append_only BEFORE DELETE OR UPDATE ON public.segment_status_change FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER segment_succession_append_only BEFORE DELETE OR UPDATE ON public.segment_succession FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER surplus_choice_append_only BEFORE DELETE OR UPDATE ON public.surplus_choice FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER transfer_account_append_only BEFORE DELETE OR UPDATE ON public.transfer_account FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()
CREATE TRIGGER variation_line_append_only BEFORE DELETE OR UPDATE ON public.variation_line FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()

-- functions
CREATE OR REPLACE FUNCTION public.count_publication()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
AS $function$
declare own text := pg_catalog.pg_current_xact_id()::text;
begin
  if pg_catalog.current_setting('shanlu.counted', true) is distinct from own then
    perform pg_catalog.set_config('shanlu.counted', own, true);
    insert into public.publication_version as v values (pg_catalog.pg_backend_pid() % 4096, 1)
      on conflict (slot) do update set changes = v.changes + 1;
  end if;
  return null;
end $function$
CREATE OR REPLACE FUNCTION public.donors_of(of_person uuid)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE
AS $function$
  with recursive own(id) as (
    select d.id from donor d where d.person_id = of_person and d.erased_at is null
    union
    select d.id from own o
    join donor_merge m on m.ended_at is null and o.id in (m.kept_id, m.merged_id)
    join donor d on d.id in (m.kept_id, m.merged_id) and d.id <> o.id
    where d.erased_at is null and (d.person_id is null or d.person_id = of_person))
  select id from own
$function$
CREATE OR REPLACE FUNCTION public.log_incarnation()
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select to_char(pg_postmaster_start_time() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || '/' ||
    (select oid from pg_database where datname = current_database())
$function$
CREATE OR REPLACE FUNCTION public.refuse_closed_period()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended(new.campaign_id::text, 75114));
  if exists (select 1 from period p
             where p.campaign_id = new.campaign_id and p.month = date_trunc('month', new.accounting_date)::date
               and p.status = 'closed') then
    raise exception 'the month of % is closed', new.accounting_date
      using errcode = 'check_violation', constraint = 'entry_period_open', table = 'entry';
  end if;
  return new;
end $function$
CREATE OR REPLACE FUNCTION public.refuse_early_removal()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' or old.kept_until > current_date then
    raise exception 'what the law keeps is neither changed nor removed before its time'
      using errcode = 'check_violation', constraint = 'receipt_stub_until_then', table = 'receipt_stub';
  end if;
  return old;
end $function$
CREATE OR REPLACE FUNCTION public.refuse_half_forgotten()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from gift_seal s join donation d on d.id = s.donation_id
             where d.donor_id = new.id and s.value is not null) then
    raise exception 'the seals of a forgotten donor are still here'
      using errcode = 'check_violation', constraint = 'donor_forgotten_whole', table = 'donor';
  end if;
  if exists (select from donation d join soft_credit c on c.donation_id = d.id where d.donor_id = new.id and c.name is not null)
    or exists (select from pledge p join soft_credit c on c.pledge_id = p.id where p.donor_id = new.id and c.name is not null)
    or exists (select from receipt r join donation d on d.id = r.donation_id
               where d.donor_id = new.id and r.issued_to is not null) then
    raise exception 'a name given by a forgotten donor is still here'
      using errcode = 'check_violation', constraint = 'donor_forgotten_whole', table = 'donor';
  end if;
  return null;
end $function$
CREATE OR REPLACE FUNCTION public.refuse_log_gap()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare first_index bigint; last_index bigint; how_many bigint;
begin
  select min(leaf_index), max(leaf_index), count(*) into first_index, last_index, how_many from added;
  if how_many > 0 and (last_index - first_index + 1 <> how_many
      or (first_index > 0 and not exists (select 1 from log_leaf where leaf_index = first_index - 1))) then
    raise exception 'leaves are appended without a gap'
      using errcode = 'check_violation', constraint = 'log_leaf_without_gap', table = 'log_leaf';
  end if;
  return null;
end $function$
CREATE OR REPLACE FUNCTION public.refuse_new_line_words()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.counterparty is not null or new.counterparty_account is not null or new.reference is not null or new.memo <> '' then
    raise exception 'the words of a bank line can only be emptied'
      using errcode = 'check_violation', constraint = 'bank_line_words_only_emptied', table = 'bank_line';
  end if;
  return new;
end $function$
CREATE OR REPLACE FUNCTION public.refuse_new_seal_value()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.value is not null or new.donation_id <> old.donation_id or new.field <> old.field then
    raise exception 'a seal can only be forgotten'
      using errcode = 'check_violation', constraint = 'gift_seal_only_forgotten', table = 'gift_seal';
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
CREATE OR REPLACE FUNCTION public.refuse_untold_naming()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if not exists (select from recognition r where r.id = new.recognition_id and r.tx = pg_current_xact_id()) then
    raise exception 'a gift may only be given a naming that is made or changed with it'
      using errcode = 'check_violation', constraint = 'donation_naming_is_told', table = 'donation';
  end if;
  return new;
end $function$
CREATE OR REPLACE FUNCTION public.stamp_naming()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.tx := pg_current_xact_id();
  return new;
end $function$
CREATE OR REPLACE FUNCTION public.watch_published_tables()
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare t record; added integer := 0;
begin
  for t in
    with recursive behind as (
      select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'disclosure'
      union
      select d.refobjid from behind b
      join pg_rewrite r on r.ev_class = b.oid
      join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid and d.refclassid = 'pg_class'::regclass)
    select c.relname from behind join pg_class c using (oid) join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname = 'public'
      and c.relname not in ('publication_version', 'summary_mark', 'account_summary', 'account_day', 'gift_summary', 'month_summary',
        'named_gift_counted', 'named_gift_summary')
      and not exists (select from pg_trigger g where g.tgrelid = c.oid and g.tgname = 'count_publication')
    order by c.relname
  loop
    execute format('create trigger count_publication after insert or update or delete on %I for each statement execute function count_publication()', t.relname);
    added := added + 1;
  end loop;
  return added;
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
public.entry_since_mark as
 SELECT entry_id
   FROM posting q
  WHERE (tx >= ( SELECT summary_mark.through_tx
           FROM summary_mark));
public.gift_month_sum as
 SELECT campaign_id,
    month,
    channel,
    (sum(gifts))::bigint AS gifts,
    (sum(amount_minor))::bigint AS amount_minor
   FROM ( SELECT gift_summary.campaign_id,
            gift_summary.month,
            gift_summary.channel,
            gift_summary.gifts,
            gift_summary.amount_minor
           FROM gift_summary
        UNION ALL
         SELECT m.campaign_id,
            m.month,
            m.channel,
            m.gifts,
            m.amount_minor
           FROM gift_movement m
          WHERE ((m.entry_id = ANY (ARRAY( SELECT entry_since_mark.entry_id
                   FROM entry_since_mark))) AND (m.tx >= ( SELECT summary_mark.through_tx
                   FROM summary_mark)))) x
  GROUP BY campaign_id, month, channel;
public.gift_movement as
 SELECT l.campaign_id,
    d.channel,
    p.tx,
        CASE
            WHEN (('unallocated'::text <> k.class) AND ('unallocated'::text <> o.class)) THEN 0
            WHEN (k.class = 'given'::text) THEN 1
            ELSE '-1'::integer
        END AS gifts,
        CASE
            WHEN (k.class = 'given'::text) THEN (p.amount_minor)::bigint
            ELSE (- (p.amount_minor)::bigint)
        END AS amount_minor,
    (date_trunc('month'::text, (l.received_on)::timestamp without time zone))::date AS month,
    e.id AS entry_id
   FROM (((((posting p
     JOIN account k ON ((k.id = p.credit_account_id)))
     JOIN account o ON ((o.id = p.debit_account_id)))
     JOIN entry e ON (((e.id = p.entry_id) AND (e.subject_kind = 'donation'::text))))
     JOIN donation d ON ((d.code = e.subject)))
     JOIN lot l ON ((l.subject = d.code)))
  WHERE ((p.book = 'purpose'::text) AND ((k.class = 'given'::text) <> (o.class = 'given'::text)));
public.gift_naming as
 SELECT d.id AS donation_id,
    l.campaign_id,
    (date_trunc('month'::text, (l.received_on)::timestamp without time zone))::date AS month,
    d.channel,
    (l.amount_minor)::bigint AS amount_minor,
    ((r.id IS NOT NULL) AND (d.status = ANY (ARRAY['cleared'::text, 'settled'::text, 'partly_refunded'::text, 'refunded'::text, 'disputed'::text, 'won'::text, 'lost'::text]))) AS named,
    COALESCE(n.counted, false) AS counted
   FROM (((donation d
     JOIN lot l ON ((l.subject = d.code)))
     LEFT JOIN recognition r ON (((r.id = d.recognition_id) AND (r.consented_at IS NOT NULL) AND (r.withdrawn_at IS NULL) AND (r.moderation = 'shown'::text) AND (r.shown_as IS NOT NULL))))
     LEFT JOIN named_gift_counted n ON ((n.donation_id = d.id)));
public.gift_naming_change as
 SELECT donation_id,
    campaign_id,
    month,
    channel,
    amount_minor,
    named,
    counted
   FROM gift_naming g
  WHERE ((donation_id = ANY (ARRAY( SELECT d.id
           FROM donation d
          WHERE (d.recognition_id = ANY (ARRAY( SELECT r.id
                   FROM recognition r
                  WHERE (r.tx >= ( SELECT summary_mark.through_tx
                           FROM summary_mark)))))
        UNION
         SELECT d.id
           FROM (entry e
             JOIN donation d ON (((d.code = e.subject) AND (d.recognition_id IS NOT NULL))))
          WHERE ((e.subject_kind = 'donation'::text) AND (e.id = ANY (ARRAY( SELECT entry_since_mark.entry_id
                   FROM entry_since_mark))))))) AND (named <> counted));
public.gift_sum as
 SELECT campaign_id,
    channel,
    (sum(gifts))::bigint AS gifts,
    (sum(amount_minor))::bigint AS amount_minor
   FROM gift_month_sum
  GROUP BY campaign_id, channel;
public.lot_now as
 SELECT l.id AS lot_id,
    l.subject,
    l.kind,
    l.campaign_id,
    l.amount_minor,
        CASE
            WHEN (r.lot_id IS NULL) THEN l.designation
            ELSE r.to_segment
        END AS designation
   FROM (lot l
     LEFT JOIN LATERAL ( SELECT x.lot_id,
            x.to_segment
           FROM lot_redesignation x
          WHERE (x.lot_id = l.id)
          ORDER BY x.id DESC
         LIMIT 1) r ON (true));
public.month_movement as
 SELECT e.campaign_id,
    (date_trunc('month'::text, (e.accounting_date)::timestamp with time zone))::date AS month,
    k.class AS from_class,
    d.class AS to_class,
    p.tx,
    p.amount_minor,
    p.entry_id
   FROM (((posting p
     JOIN entry e ON ((e.id = p.entry_id)))
     JOIN account k ON ((k.id = p.credit_account_id)))
     JOIN account d ON ((d.id = p.debit_account_id)))
  WHERE (p.book = 'purpose'::text);
public.month_sum as
 SELECT campaign_id,
    month,
    from_class,
    to_class,
    (sum(amount_minor))::bigint AS amount_minor
   FROM ( SELECT month_summary.campaign_id,
            month_summary.month,
            month_summary.from_class,
            month_summary.to_class,
            month_summary.amount_minor
           FROM month_summary
        UNION ALL
         SELECT m.campaign_id,
            m.month,
            m.from_class,
            m.to_class,
            m.amount_minor
           FROM month_movement m
          WHERE ((m.entry_id = ANY (ARRAY( SELECT entry_since_mark.entry_id
                   FROM entry_since_mark))) AND (m.tx >= ( SELECT summary_mark.through_tx
                   FROM summary_mark)))) x
  GROUP BY campaign_id, month, from_class, to_class;
public.named_gift_sum as
 SELECT campaign_id,
    month,
    channel,
    (sum(gifts))::bigint AS gifts,
    (sum(amount_minor))::bigint AS amount_minor
   FROM ( SELECT named_gift_summary.campaign_id,
            named_gift_summary.month,
            named_gift_summary.channel,
            named_gift_summary.gifts,
            named_gift_summary.amount_minor
           FROM named_gift_summary
        UNION ALL
         SELECT gift_naming_change.campaign_id,
            gift_naming_change.month,
            gift_naming_change.channel,
                CASE
                    WHEN gift_naming_change.named THEN 1
                    ELSE '-1'::integer
                END AS "case",
                CASE
                    WHEN gift_naming_change.named THEN gift_naming_change.amount_minor
                    ELSE (- gift_naming_change.amount_minor)
                END AS "case"
           FROM gift_naming_change) x
  GROUP BY campaign_id, month, channel;
disclosure.acceptance as
 SELECT s.code AS segment,
    d.code AS sheet,
    a.length_mm,
    a.width_mm,
    a.thickness_mm,
    a.signed_on,
    a.result,
    a.remark
   FROM ((acceptance a
     JOIN segment s ON ((s.id = a.segment_id)))
     JOIN document d ON ((d.id = a.sheet_document_id)));
disclosure.account_balance as
 SELECT b.code,
    b.book,
    b.class,
    c.slug AS campaign,
    b.subject,
    b.currency,
    b.balance_minor
   FROM (account_balance b
     JOIN campaign c ON (((c.id = b.campaign_id) AND (c.status <> 'draft'::text))));
disclosure.allocation as
 SELECT a.code,
    s.code AS segment,
    a.amount_minor,
    a.decided_on AS approved_on,
    a.status
   FROM (allocation a
     JOIN segment s ON ((s.id = a.segment_id)))
  WHERE (a.status = ANY (ARRAY['approved'::text, 'released'::text]));
disclosure.budget as
 SELECT s.code AS segment,
    b.version,
    b.total_minor,
    b.reason,
    b.decided_on AS approved_on
   FROM (budget b
     JOIN segment s ON ((s.id = b.segment_id)))
  WHERE (b.status = 'approved'::text);
disclosure.budget_line as
 SELECT s.code AS segment,
    b.version,
    l.line_no,
    l.item,
    l.unit,
    l.quantity_milli,
    l.amount_minor
   FROM ((budget_line l
     JOIN budget b ON ((b.id = l.budget_id)))
     JOIN segment s ON ((s.id = b.segment_id)))
  WHERE (b.status = 'approved'::text);
disclosure.campaign as
 SELECT slug,
    name,
    organiser,
    place,
    story,
    book_currency AS currency,
    time_zone,
    status,
    opens_on,
    ends_on,
    event_on,
    legal_host,
    licence_no,
    filing_no,
    pay_elsewhere_url,
    quotes_required,
    illustrative
   FROM campaign
  WHERE (status <> 'draft'::text);
disclosure.campaign_numbers as
 SELECT c.slug AS campaign,
    c.book_currency AS currency,
    p.pledged_minor,
    p.pledge_count,
    p.fulfilled_minor,
    ((m.given_minor - m.returned_minor) - m.lost_minor) AS received_minor,
    (m.held_minor + m.paid_minor) AS allocated_minor,
    ((m.committed_minor + m.certified_minor) + m.paid_minor) AS committed_minor,
    (m.certified_minor + m.paid_minor) AS certified_minor,
    m.paid_minor,
    m.unallocated_minor,
    m.fees_minor,
    m.returned_minor,
    m.lost_minor,
    m.shortfall_minor,
    ( SELECT (COALESCE(sum((s.budget_minor)::bigint), (0)::numeric))::bigint AS "coalesce"
           FROM segment s
          WHERE ((s.campaign_id = c.id) AND (s.status <> ALL (ARRAY['proposed'::text, 'cancelled'::text])))) AS target_minor,
    ( SELECT (count(*))::integer AS count
           FROM segment s
          WHERE ((s.campaign_id = c.id) AND (s.status <> ALL (ARRAY['proposed'::text, 'cancelled'::text])))) AS segment_count,
    ( SELECT (COALESCE(sum(g.gifts), (0)::numeric))::integer AS "coalesce"
           FROM gift_sum g
          WHERE (g.campaign_id = c.id)) AS gift_count,
    ( SELECT (count(*))::integer AS count
           FROM (contract k
             JOIN segment s ON ((s.id = k.segment_id)))
          WHERE ((s.campaign_id = c.id) AND (k.status = ANY (ARRAY['signed'::text, 'completed'::text])))) AS contract_count,
    ( SELECT (count(DISTINCT k.contractor_id))::integer AS count
           FROM (contract k
             JOIN segment s ON ((s.id = k.segment_id)))
          WHERE ((s.campaign_id = c.id) AND (k.status = ANY (ARRAY['signed'::text, 'completed'::text])))) AS contractor_count,
    ( SELECT (count(*))::integer AS count
           FROM ((disbursement d
             JOIN contract k ON ((k.id = d.contract_id)))
             JOIN segment s ON ((s.id = k.segment_id)))
          WHERE ((s.campaign_id = c.id) AND (d.status = ANY (ARRAY['paid'::text, 'reconciled'::text])))) AS payment_count,
    ( SELECT max(e.accounting_date) AS max
           FROM entry e
          WHERE (e.campaign_id = c.id)) AS last_entry_on
   FROM ((campaign c
     CROSS JOIN LATERAL ( SELECT (COALESCE((- sum(b.balance_minor) FILTER (WHERE (b.class = 'given'::text))), (0)::numeric))::bigint AS given_minor,
            (COALESCE(sum(b.balance_minor) FILTER (WHERE (b.class = 'unallocated'::text)), (0)::numeric))::bigint AS unallocated_minor,
            (COALESCE(sum(b.balance_minor) FILTER (WHERE (b.class = ANY (ARRAY['allocated'::text, 'committed'::text, 'certified'::text]))), (0)::numeric))::bigint AS held_minor,
            (COALESCE(sum(b.balance_minor) FILTER (WHERE (b.class = 'committed'::text)), (0)::numeric))::bigint AS committed_minor,
            (COALESCE(sum(b.balance_minor) FILTER (WHERE (b.class = 'certified'::text)), (0)::numeric))::bigint AS certified_minor,
            (COALESCE(sum(b.balance_minor) FILTER (WHERE (b.class = 'paid'::text)), (0)::numeric))::bigint AS paid_minor,
            (COALESCE(sum(b.balance_minor) FILTER (WHERE (b.class = 'fees'::text)), (0)::numeric))::bigint AS fees_minor,
            (COALESCE(sum(b.balance_minor) FILTER (WHERE (b.class = 'returned'::text)), (0)::numeric))::bigint AS returned_minor,
            (COALESCE(sum(b.balance_minor) FILTER (WHERE (b.class = 'lost'::text)), (0)::numeric))::bigint AS lost_minor,
            (COALESCE((- sum(b.balance_minor) FILTER (WHERE (b.class = 'shortfall'::text))), (0)::numeric))::bigint AS shortfall_minor
           FROM account_balance b
          WHERE ((b.campaign_id = c.id) AND (b.book = 'purpose'::text))) m)
     CROSS JOIN LATERAL ( SELECT (COALESCE(sum((g.amount_minor)::bigint) FILTER (WHERE (g.status = ANY (ARRAY['open'::text, 'partly_fulfilled'::text, 'fulfilled'::text]))), (0)::numeric))::bigint AS pledged_minor,
            (count(*) FILTER (WHERE (g.status = ANY (ARRAY['open'::text, 'partly_fulfilled'::text, 'fulfilled'::text]))))::integer AS pledge_count,
            ( SELECT (COALESCE(sum(a.amount_minor), (0)::numeric))::bigint AS "coalesce"
                   FROM (pledge_application a
                     JOIN pledge q ON ((q.id = a.pledge_id)))
                  WHERE (q.campaign_id = c.id)) AS fulfilled_minor
           FROM pledge g
          WHERE ((g.campaign_id = c.id) AND ((g.currency)::text = (c.book_currency)::text))) p)
  WHERE (c.status <> 'draft'::text);
disclosure.campaign_plan as
 SELECT c.slug AS campaign,
    p.version,
    p.mode,
    p.purpose,
    p.area,
    p.person_in_charge,
    p.office,
    p.ways_to_give,
    p.bank_account,
    p.beneficiaries,
    p.uses,
    p.costs,
    p.surplus,
    p.partners,
    p.contact,
    p.complaints,
    p.filed_on,
    p.reason,
    p.recorded_on
   FROM (campaign_plan p
     JOIN campaign c ON (((c.id = p.campaign_id) AND (c.status <> 'draft'::text))));
disclosure.certificate as
 SELECT f.code,
    k.code AS contract,
    s.code AS segment,
    f.stage,
    f.percent,
    f.amount_minor,
    f.certified_on,
    x.code AS concern,
    COALESCE(r.name, b.name) AS paid_to_name
   FROM (((((certificate f
     JOIN contract k ON ((k.id = f.contract_id)))
     JOIN segment s ON ((s.id = k.segment_id)))
     JOIN contractor b ON ((b.id = k.contractor_id)))
     LEFT JOIN contractor r ON ((r.id = f.paid_to)))
     LEFT JOIN concern x ON ((x.id = f.concern_id)));
disclosure.concern as
 SELECT x.code,
    x.kind,
    c.slug AS campaign,
    s.code AS segment,
    x.status,
    x.finding,
    x.summary,
    x.outcome,
    x.received_on,
    x.settled_on
   FROM ((concern x
     JOIN campaign c ON (((c.id = x.campaign_id) AND (c.status <> 'draft'::text))))
     LEFT JOIN segment s ON (((s.id = x.segment_id) AND (x.kind = 'defect'::text))))
  WHERE (x.status = ANY (ARRAY['open'::text, 'inspected'::text, 'settled'::text]));
disclosure.contract as
 SELECT k.code,
    s.code AS segment,
    b.code AS contractor,
    b.name AS contractor_name,
    b.conflict_of_interest,
    k.amount_minor,
    k.retention_minor,
    k.few_quotes_reason,
    k.signed_on,
    k.status
   FROM ((contract k
     JOIN segment s ON ((s.id = k.segment_id)))
     JOIN contractor b ON ((b.id = k.contractor_id)))
  WHERE (k.status = ANY (ARRAY['signed'::text, 'completed'::text, 'cancelled'::text]));
disclosure.contract_line as
 SELECT k.code AS contract,
    l.line_no,
    l.item,
    l.amount_minor,
    l.unit,
    l.quantity_milli,
    (COALESCE(( SELECT sum(v.quantity_milli) AS sum
           FROM (variation_line v
             JOIN variation w ON (((w.id = v.variation_id) AND (w.status = 'approved'::text))))
          WHERE ((w.contract_id = k.id) AND (v.line_no = l.line_no))), (0)::numeric))::bigint AS varied_milli,
    (COALESCE(( SELECT sum(v.amount_minor) AS sum
           FROM (variation_line v
             JOIN variation w ON (((w.id = v.variation_id) AND (w.status = 'approved'::text))))
          WHERE ((w.contract_id = k.id) AND (v.line_no = l.line_no))), (0)::numeric))::bigint AS varied_minor,
    (COALESCE(( SELECT sum(i.quantity_milli) AS sum
           FROM (invoice_line i
             JOIN disbursement d ON ((d.id = i.disbursement_id)))
          WHERE ((d.contract_id = k.id) AND (d.status = ANY (ARRAY['paid'::text, 'reconciled'::text])) AND (i.line_no = l.line_no))), (0)::numeric))::bigint AS paid_milli,
    (COALESCE(( SELECT sum((i.amount_minor)::bigint) AS sum
           FROM (invoice_line i
             JOIN disbursement d ON ((d.id = i.disbursement_id)))
          WHERE ((d.contract_id = k.id) AND (d.status = ANY (ARRAY['paid'::text, 'reconciled'::text])) AND (i.line_no = l.line_no))), (0)::numeric))::bigint AS paid_minor
   FROM (contract_line l
     JOIN contract k ON ((k.id = l.contract_id)))
  WHERE (k.status = ANY (ARRAY['signed'::text, 'completed'::text, 'cancelled'::text]));
disclosure.correction as
 SELECT c.slug AS campaign,
    r.id AS correcting_id,
    o.id AS corrected_id,
    o.kind,
    o.subject_kind,
    o.subject,
    o.accounting_date AS corrected_on,
    r.accounting_date AS correcting_on,
    (( SELECT sum((g.amount_minor)::bigint) AS sum
           FROM posting g
          WHERE ((g.entry_id = r.id) AND (g.book = 'financial'::text))))::bigint AS financial_minor,
    (( SELECT sum((g.amount_minor)::bigint) AS sum
           FROM posting g
          WHERE ((g.entry_id = r.id) AND (g.book = 'purpose'::text))))::bigint AS purpose_minor,
    c.book_currency AS currency
   FROM ((entry r
     JOIN entry o ON ((o.id = r.reverses_id)))
     JOIN campaign c ON (((c.id = r.campaign_id) AND (c.status <> 'draft'::text))))
  WHERE (EXISTS ( SELECT 1
           FROM period_change p
          WHERE ((p.campaign_id = o.campaign_id) AND (p.event = 'closed'::text) AND (p.month = (date_trunc('month'::text, (o.accounting_date)::timestamp with time zone))::date) AND (p.recorded_at <= r.recorded_at))));
disclosure.document as
 SELECT d.code,
    c.slug AS campaign,
    s.code AS segment,
    d.kind,
    d.title,
    d.dated,
    d.pages,
    d.media_type,
    d.size_bytes,
    d.sha256,
        CASE d.visibility
            WHEN 'public'::text THEN (COALESCE(d.public_sha256, d.sha256))::text
            WHEN 'redacted'::text THEN (d.public_sha256)::text
            ELSE NULL::text
        END AS file_sha256,
    d.visibility,
    d.withheld_reason,
    d.opens_on
   FROM ((document d
     JOIN campaign c ON ((c.id = d.campaign_id)))
     LEFT JOIN segment s ON ((s.id = d.segment_id)))
  WHERE ((d.visibility <> 'internal'::text) AND (c.status <> 'draft'::text));
disclosure.duty as
 SELECT c.slug AS campaign,
    d.kind,
    d.title,
    d.rule,
    d.due_on,
    d.done_on
   FROM (duty d
     JOIN campaign c ON (((c.id = d.campaign_id) AND (c.status <> 'draft'::text))));
disclosure.entry as
 SELECT e.id,
    ('E-'::text || lpad((e.id)::text, 6, '0'::text)) AS number,
    c.slug AS campaign,
    e.kind,
    e.subject_kind,
    e.subject,
    e.accounting_date,
    (e.recorded_at)::date AS recorded_on,
    e.reverses_id,
    e.reason,
    r.id AS reversed_by_id,
    e.amount_minor,
    c.book_currency AS currency,
    ( SELECT min(COALESCE(s.code,
                CASE
                    WHEN (a.class = 'allocated'::text) THEN a.subject
                    ELSE NULL::text
                END)) AS min
           FROM (((posting p
             JOIN account a ON ((((a.id = p.credit_account_id) OR (a.id = p.debit_account_id)) AND (a.book = 'purpose'::text))))
             LEFT JOIN contract k ON ((k.code = a.subject)))
             LEFT JOIN segment s ON ((s.id = k.segment_id)))
          WHERE (p.entry_id = e.id)) AS segment,
    e.named_for
   FROM ((entry e
     JOIN campaign c ON (((c.id = e.campaign_id) AND (c.status <> 'draft'::text))))
     LEFT JOIN entry r ON ((r.reverses_id = e.id)));
disclosure.entry_road as
 SELECT s.code AS segment,
    p.entry_id
   FROM (((segment s
     JOIN campaign c ON (((c.id = s.campaign_id) AND (c.status <> 'draft'::text))))
     JOIN account a ON (((a.class = 'allocated'::text) AND (a.subject = s.code))))
     JOIN posting p ON (((p.debit_account_id = a.id) OR (p.credit_account_id = a.id))))
  WHERE (s.status <> 'proposed'::text)
UNION
 SELECT s.code AS segment,
    p.entry_id
   FROM ((((segment s
     JOIN campaign c ON (((c.id = s.campaign_id) AND (c.status <> 'draft'::text))))
     JOIN contract k ON ((k.segment_id = s.id)))
     JOIN account a ON (((a.class = ANY (ARRAY['committed'::text, 'certified'::text, 'paid'::text])) AND (a.subject = k.code))))
     JOIN posting p ON (((p.debit_account_id = a.id) OR (p.credit_account_id = a.id))))
  WHERE (s.status <> 'proposed'::text);
disclosure.gift as
 SELECT d.code,
    c.slug AS campaign,
    d.received_on,
    d.settled_minor AS amount_minor,
    d.fee_minor,
    c.book_currency AS currency,
    d.channel,
    d.designation,
    d.status,
        CASE
            WHEN ((d.currency)::text <> (c.book_currency)::text) THEN (d.currency)::text
            ELSE NULL::text
        END AS foreign_currency,
        CASE
            WHEN ((d.currency)::text <> (c.book_currency)::text) THEN (d.amount_minor)::bigint
            ELSE NULL::bigint
        END AS foreign_minor,
        CASE
            WHEN ((d.currency)::text <> (c.book_currency)::text) THEN d.rate
            ELSE NULL::text
        END AS rate,
        CASE
            WHEN ((d.currency)::text <> (c.book_currency)::text) THEN d.rate_on
            ELSE NULL::date
        END AS rate_on,
    r.shown_as,
    l.id AS lot_order,
    n.designation AS designation_now
   FROM ((((donation d
     JOIN campaign c ON (((c.id = d.campaign_id) AND (c.status <> 'draft'::text))))
     JOIN lot l ON ((l.subject = d.code)))
     JOIN lot_now n ON ((n.lot_id = l.id)))
     LEFT JOIN recognition r ON (((r.id = d.recognition_id) AND (r.consented_at IS NOT NULL) AND (r.withdrawn_at IS NULL) AND (r.moderation = 'shown'::text))))
  WHERE (d.received_on IS NOT NULL);
disclosure.gift_arrival as
 SELECT l.subject AS code,
    c.slug AS campaign,
    l.received_on AS arrived_on,
    l.id AS lot_order
   FROM (lot l
     JOIN campaign c ON (((c.id = l.campaign_id) AND (c.status <> 'draft'::text))))
  WHERE (l.kind = 'gift'::text);
disclosure.gift_channel as
 SELECT c.slug AS campaign,
    g.channel,
    g.amount_minor,
    c.book_currency AS currency
   FROM (campaign c
     JOIN gift_sum g ON (((g.campaign_id = c.id) AND (g.amount_minor <> 0))))
  WHERE (c.status <> 'draft'::text);
disclosure.gift_payment as
 SELECT l.subject AS gift,
    d.code AS payment,
    (sum((pl.amount_minor)::bigint))::bigint AS amount_minor
   FROM ((disbursement d
     JOIN posting_lot pl ON ((pl.entry_id = d.entry_id)))
     JOIN lot l ON ((l.id = pl.lot_id)))
  WHERE (d.status = ANY (ARRAY['paid'::text, 'reconciled'::text]))
  GROUP BY l.subject, d.code;
disclosure.gift_place as
 SELECT l.subject AS gift,
    a.class AS state,
        CASE
            WHEN (a.class = 'allocated'::text) THEN a.subject
            ELSE s.code
        END AS segment,
        CASE
            WHEN (a.class = ANY (ARRAY['committed'::text, 'certified'::text, 'paid'::text])) THEN a.subject
            ELSE NULL::text
        END AS contract,
    p.held_minor AS amount_minor,
    p.order_no AS lot_order
   FROM ((((lot_position p
     JOIN lot l ON ((l.id = p.lot_id)))
     JOIN account a ON ((a.id = p.account_id)))
     LEFT JOIN contract k ON (((k.code = a.subject) AND (a.class = ANY (ARRAY['committed'::text, 'certified'::text, 'paid'::text])))))
     LEFT JOIN segment s ON ((s.id = k.segment_id)))
  WHERE (p.held_minor > 0);
disclosure.hall_event as
 SELECT h.slug,
    c.slug AS campaign,
    h.name,
    h.held_on,
    c.book_currency AS currency,
    c.time_zone,
    c.illustrative,
    (p.pledge_count + g.gift_count) AS promise_count,
    (p.pledged_minor + g.given_minor) AS pledged_minor,
    (p.kept_minor + g.given_minor) AS received_minor
   FROM (((hall_event h
     JOIN campaign c ON (((c.id = h.campaign_id) AND (c.status <> 'draft'::text))))
     CROSS JOIN LATERAL ( SELECT (count(*))::integer AS pledge_count,
            (COALESCE(sum((q.amount_minor)::bigint), (0)::numeric))::bigint AS pledged_minor,
            (COALESCE(sum(( SELECT COALESCE(sum(a.amount_minor), (0)::numeric) AS "coalesce"
                   FROM pledge_application a
                  WHERE (a.pledge_id = q.id))), (0)::numeric))::bigint AS kept_minor
           FROM pledge q
          WHERE ((q.hall_event_id = h.id) AND (q.status = ANY (ARRAY['open'::text, 'partly_fulfilled'::text, 'fulfilled'::text])))) p)
     CROSS JOIN LATERAL ( SELECT (count(*))::integer AS gift_count,
            (COALESCE(sum((d.settled_minor)::bigint), (0)::numeric))::bigint AS given_minor
           FROM donation d
          WHERE ((d.hall_event_id = h.id) AND (d.pledge_id IS NULL) AND (d.status = ANY (ARRAY['cleared'::text, 'settled'::text, 'partly_refunded'::text, 'won'::text])))) g);
disclosure.hall_name as
 SELECT h.slug AS event,
    r.shown_as,
    m.designation,
    (row_number() OVER (PARTITION BY h.id ORDER BY r.moderated_at, r.id))::integer AS name_order
   FROM (((hall_event h
     JOIN campaign c ON (((c.id = h.campaign_id) AND (c.status <> 'draft'::text))))
     JOIN LATERAL ( SELECT p.recognition_id,
            p.designation
           FROM pledge p
          WHERE ((p.hall_event_id = h.id) AND (p.status = ANY (ARRAY['open'::text, 'partly_fulfilled'::text, 'fulfilled'::text])))
        UNION ALL
         SELECT d.recognition_id,
            d.designation
           FROM donation d
          WHERE ((d.hall_event_id = h.id) AND (d.pledge_id IS NULL) AND (d.status = ANY (ARRAY['cleared'::text, 'settled'::text, 'partly_refunded'::text, 'won'::text])))) m ON (true))
     JOIN recognition r ON (((r.id = m.recognition_id) AND (r.consented_at IS NOT NULL) AND (r.withdrawn_at IS NULL) AND (r.moderation = 'shown'::text) AND (r.shown_as IS NOT NULL))));
disclosure.log_checkpoint as
 SELECT c.epoch,
    e.origin,
    c.size,
    c.root,
    c.note,
    c.signed_at,
    ( SELECT (count(*))::integer AS count
           FROM log_cosignature s
          WHERE ((s.epoch = c.epoch) AND (s.size = c.size))) AS witnesses,
    COALESCE(( SELECT string_agg(s.line, ''::text ORDER BY s.witness) AS string_agg
           FROM log_cosignature s
          WHERE ((s.epoch = c.epoch) AND (s.size = c.size))), ''::text) AS cosignatures
   FROM (log_checkpoint c
     JOIN log_epoch e USING (epoch));
disclosure.log_delay as
 SELECT (count(*))::integer AS leaves,
    COALESCE(percentile_disc((0.5)::double precision) WITHIN GROUP (ORDER BY ms), (0)::bigint) AS median_ms,
    COALESCE(percentile_disc((0.99)::double precision) WITHIN GROUP (ORDER BY ms), (0)::bigint) AS p99_ms,
    COALESCE(max(ms), (0)::bigint) AS max_ms
   FROM ( SELECT ((EXTRACT(epoch FROM (l.appended_at - d.drafted_at)) * (1000)::numeric))::bigint AS ms,
            d.drafted_at
           FROM (( SELECT log_leaf.draft_id,
                    log_leaf.appended_at
                   FROM log_leaf
                  ORDER BY log_leaf.leaf_index DESC
                 LIMIT 1000) l
             JOIN log_draft d ON ((d.id = l.draft_id)))) newest
  WHERE (drafted_at >= ( SELECT min(log_epoch.began_at) AS min
           FROM log_epoch));
disclosure.log_halt as
 SELECT h.id,
    h.cause,
    h.own_size,
    h.witnessed_size,
    h.found_at,
    r.reason,
    r.salt,
    r.recorded_at AS resumed_at,
    e.origin AS resumed_as
   FROM ((log_halt h
     LEFT JOIN log_resumption r ON ((r.halt_id = h.id)))
     LEFT JOIN log_epoch e ON ((e.epoch = r.epoch)));
disclosure.log_key as
 SELECT k.vkey,
    k.epoch,
    e.origin,
    k.used_from
   FROM (log_key k
     JOIN log_epoch e USING (epoch));
disclosure.log_leaf as
 SELECT l.leaf_index,
    l.leaf_hash,
    l.kind,
    l.number,
    l.event,
    l.subject,
    d.body
   FROM (log_leaf l
     JOIN log_draft d ON ((d.id = l.draft_id)));
disclosure.log_leaf_hash as
 SELECT leaf_index,
    leaf_hash
   FROM log_leaf;
disclosure.log_node as
 SELECT level,
    node_index,
    hash
   FROM log_node;
disclosure.log_waiting as
 SELECT (count(*))::integer AS leaves,
    (COALESCE((EXTRACT(epoch FROM (now() - min(drafted_at))) * (1000)::numeric), (0)::numeric))::bigint AS oldest_ms
   FROM log_draft d
  WHERE ((id > (COALESCE(( SELECT max(log_leaf.draft_id) AS max
           FROM log_leaf), (0)::bigint) - 10000)) AND (NOT (EXISTS ( SELECT 1
           FROM log_leaf l
          WHERE (l.draft_id = d.id)))));
disclosure.measurement as
 SELECT s.code AS segment,
    m.kind,
    m.station,
    m.value_milli,
    m.required_milli,
    d.code AS report,
    m.measured_on
   FROM ((measurement m
     JOIN segment s ON ((s.id = m.segment_id)))
     LEFT JOIN document d ON ((d.id = m.document_id)));
disclosure.message as
 SELECT (r.id)::text AS id,
    c.slug AS campaign,
    m.subject,
    m.given_on AS shown_on,
    r.shown_as,
    r.dedication,
    r.dedication_kind,
    r.message
   FROM ((recognition r
     JOIN LATERAL ( SELECT p.code AS subject,
            p.campaign_id,
            p.pledged_on AS given_on
           FROM pledge p
          WHERE ((p.recognition_id = r.id) AND (p.status = ANY (ARRAY['open'::text, 'partly_fulfilled'::text, 'fulfilled'::text])))
        UNION ALL
         SELECT d.code,
            d.campaign_id,
            d.received_on
           FROM donation d
          WHERE ((d.recognition_id = r.id) AND (d.pledge_id IS NULL) AND (d.status = ANY (ARRAY['cleared'::text, 'settled'::text, 'partly_refunded'::text, 'won'::text])))
  ORDER BY 3
 LIMIT 1) m ON (true))
     JOIN campaign c ON (((c.id = m.campaign_id) AND (c.status <> 'draft'::text))))
  WHERE ((r.consented_at IS NOT NULL) AND (r.withdrawn_at IS NULL) AND (r.moderation = 'shown'::text) AND ((r.message IS NOT NULL) OR (r.dedication IS NOT NULL)));
disclosure.money_month as
 SELECT c.slug AS campaign,
    to_char((m.month)::timestamp with time zone, 'YYYY-MM'::text) AS month,
    ((COALESCE(sum(m.amount_minor) FILTER (WHERE (m.from_class = 'given'::text)), (0)::numeric) - COALESCE(sum(m.amount_minor) FILTER (WHERE (m.to_class = ANY (ARRAY['returned'::text, 'lost'::text]))), (0)::numeric)))::bigint AS received_minor,
    ((COALESCE(sum(m.amount_minor) FILTER (WHERE ((m.to_class = 'allocated'::text) AND (m.from_class = 'unallocated'::text))), (0)::numeric) - COALESCE(sum(m.amount_minor) FILTER (WHERE ((m.from_class = 'allocated'::text) AND (m.to_class = 'unallocated'::text))), (0)::numeric)))::bigint AS allocated_minor,
    ((COALESCE(sum(m.amount_minor) FILTER (WHERE ((m.to_class = 'committed'::text) AND (m.from_class = 'allocated'::text))), (0)::numeric) - COALESCE(sum(m.amount_minor) FILTER (WHERE ((m.from_class = 'committed'::text) AND (m.to_class = 'allocated'::text))), (0)::numeric)))::bigint AS committed_minor,
    ((COALESCE(sum(m.amount_minor) FILTER (WHERE (m.to_class = 'paid'::text)), (0)::numeric) - COALESCE(sum(m.amount_minor) FILTER (WHERE (m.from_class = 'paid'::text)), (0)::numeric)))::bigint AS paid_minor
   FROM (month_sum m
     JOIN campaign c ON (((c.id = m.campaign_id) AND (c.status <> 'draft'::text))))
  GROUP BY c.slug, (to_char((m.month)::timestamp with time zone, 'YYYY-MM'::text));
disclosure.named_gift as
 SELECT d.code,
    c.slug AS campaign,
    d.received_on,
    d.settled_minor AS amount_minor,
    c.book_currency AS currency,
    d.designation,
    r.shown_as,
    l.id AS lot_order
   FROM (((recognition r
     JOIN donation d ON (((d.recognition_id = r.id) AND (d.recognition_id IS NOT NULL) AND (d.received_on IS NOT NULL))))
     JOIN lot l ON ((l.subject = d.code)))
     JOIN campaign c ON (((c.id = d.campaign_id) AND (c.status <> 'draft'::text))))
  WHERE ((r.consented_at IS NOT NULL) AND (r.withdrawn_at IS NULL) AND (r.moderation = 'shown'::text) AND (r.shown_as IS NOT NULL) AND (d.status = ANY (ARRAY['cleared'::text, 'settled'::text, 'partly_refunded'::text, 'won'::text])));
disclosure.payment as
 SELECT d.code,
    c.slug AS campaign,
    s.code AS segment,
    k.code AS contract,
    f.code AS certificate,
    f.stage,
    b.name AS contractor_name,
    d.amount_minor,
    d.paid_on,
    d.status,
    d.invoice_sha256,
    o.code AS invoice
   FROM ((((((disbursement d
     JOIN contract k ON ((k.id = d.contract_id)))
     JOIN segment s ON ((s.id = k.segment_id)))
     JOIN campaign c ON ((c.id = s.campaign_id)))
     JOIN certificate f ON ((f.id = d.certificate_id)))
     JOIN contractor b ON ((b.id = d.contractor_id)))
     JOIN document o ON ((o.id = d.invoice_document_id)))
  WHERE (d.status = ANY (ARRAY['paid'::text, 'reconciled'::text, 'bounced'::text]));
disclosure.period as
 SELECT c.slug AS campaign,
    p.month,
    p.status
   FROM (period p
     JOIN campaign c ON (((c.id = p.campaign_id) AND (c.status <> 'draft'::text))));
disclosure.period_event as
 SELECT c.slug AS campaign,
    to_char((p.month)::timestamp with time zone, 'YYYY-MM'::text) AS month,
    p.event,
    p.happened_on,
    p.public_text,
    p.figures_hash
   FROM (period_change p
     JOIN campaign c ON (((c.id = p.campaign_id) AND (c.status <> 'draft'::text))))
  WHERE (p.event = ANY (ARRAY['closed'::text, 'reopened'::text]));
disclosure.photograph as
 SELECT (p.id)::text AS id,
    s.code AS segment,
    p.stage,
    p.station,
    p.taken_on,
    p.original_sha256,
    p.public_sha256,
    p.thumb_sha256,
    p.width_px,
    p.height_px,
    p.caption,
    p.illustrative
   FROM (photograph p
     JOIN segment s ON ((s.id = p.segment_id)))
  WHERE (p.published_on IS NOT NULL);
disclosure.plan_change as
 SELECT p.code,
    s.code AS segment,
    c.slug AS campaign,
    p.kind,
    p.reason,
    p.basis,
    p.basis_reference,
    t.code AS to_segment,
    p.deadline,
    p.status,
    p.decision,
    p.keep_until,
    p.outcome,
    p.opened_on,
    p.decided_on,
    g.gift_count,
    g.amount_minor,
    g.given_count,
    g.refused_count,
    g.no_reply_count,
    g.moved_minor,
    g.return_minor
   FROM ((((plan_change p
     JOIN segment s ON ((s.id = p.segment_id)))
     JOIN campaign c ON (((c.id = p.campaign_id) AND (c.status <> 'draft'::text))))
     LEFT JOIN segment t ON ((t.id = p.to_segment_id)))
     CROSS JOIN LATERAL ( SELECT (count(*))::integer AS gift_count,
            (COALESCE(sum((x.amount_minor)::bigint), (0)::numeric))::bigint AS amount_minor,
            (count(*) FILTER (WHERE (x.answer = 'given'::text)))::integer AS given_count,
            (count(*) FILTER (WHERE (x.answer = 'refused'::text)))::integer AS refused_count,
            (count(*) FILTER (WHERE (x.answer = 'no_reply'::text)))::integer AS no_reply_count,
            (COALESCE(sum((x.amount_minor)::bigint) FILTER (WHERE (x.outcome = 'moved'::text)), (0)::numeric))::bigint AS moved_minor,
            (COALESCE(sum((x.amount_minor)::bigint) FILTER (WHERE (x.outcome = 'to_return'::text)), (0)::numeric))::bigint AS return_minor
           FROM plan_change_gift x
          WHERE (x.plan_change_id = p.id)) g)
  WHERE (p.status <> 'withdrawn'::text);
disclosure.pledge_due as
 SELECT c.slug AS campaign,
    d.due_on,
    GREATEST((d.due_minor - d.fulfilled_minor), (0)::bigint) AS outstanding_minor
   FROM (campaign c
     JOIN LATERAL ( SELECT i.due_on,
            (LEAST((i.amount_minor)::numeric, GREATEST((sum((i.amount_minor)::bigint) OVER (PARTITION BY g.id ORDER BY i.due_on, i.no) - COALESCE(f.applied, (0)::numeric)), (0)::numeric)))::bigint AS due_minor,
            (0)::bigint AS fulfilled_minor
           FROM ((pledge g
             JOIN instalment i ON (((i.pledge_id = g.id) AND (i.pledge_version = ( SELECT max(v.pledge_version) AS max
                   FROM instalment v
                  WHERE (v.pledge_id = g.id))))))
             LEFT JOIN LATERAL ( SELECT sum(a.amount_minor) AS applied
                   FROM pledge_application a
                  WHERE (a.pledge_id = g.id)) f ON (true))
          WHERE ((g.campaign_id = c.id) AND (g.status = ANY (ARRAY['open'::text, 'partly_fulfilled'::text])))) d ON ((d.due_minor > 0)))
  WHERE (c.status <> 'draft'::text);
disclosure.posting as
 SELECT p.entry_id,
    p.line_no,
    p.book,
    k.code AS credit_account,
    d.code AS debit_account,
    p.amount_minor,
    p.currency
   FROM ((posting p
     JOIN account k ON ((k.id = p.credit_account_id)))
     JOIN account d ON ((d.id = p.debit_account_id)));
disclosure.posting_gift as
 SELECT pl.entry_id,
    pl.line_no,
    l.subject AS gift,
    pl.amount_minor
   FROM (posting_lot pl
     JOIN lot l ON ((l.id = pl.lot_id)));
disclosure.proof_status as
 SELECT DISTINCT ON (proof) proof,
    offenders,
    (started_at)::date AS checked_on,
    started_at AS checked_at
   FROM proof_run
  ORDER BY proof, id DESC;
disclosure.publication as
 SELECT (p.id)::text AS id,
    c.slug AS campaign,
    p.kind,
    p.title,
    p.body,
    (p.corrects_id)::text AS corrects,
    p.status,
    p.published_on,
    p.code,
    p.period_from,
    p.period_to,
    p.due_on,
    p.figures,
    p.original_lang,
    p.content_hash,
    ( SELECT o.code
           FROM publication o
          WHERE (o.id = p.corrects_id)) AS corrects_code,
    ( SELECT n.code
           FROM publication n
          WHERE ((n.corrects_id = p.id) AND (n.status = ANY (ARRAY['published'::text, 'corrected'::text])))
          ORDER BY n.published_on DESC, n.code DESC
         LIMIT 1) AS corrected_by
   FROM (publication p
     JOIN campaign c ON (((c.id = p.campaign_id) AND (c.status <> 'draft'::text))))
  WHERE (p.status = ANY (ARRAY['published'::text, 'corrected'::text]));
disclosure.publication_version as
 SELECT (COALESCE(sum(changes), (0)::numeric))::bigint AS version
   FROM publication_version;
disclosure.publication_withheld as
 SELECT p.code,
    c.slug AS campaign,
    p.kind,
    p.title,
    p.period_from,
    p.period_to,
    p.due_on,
    p.opens_on,
    p.withheld_reason,
    p.content_hash
   FROM (publication p
     JOIN campaign c ON (((c.id = p.campaign_id) AND (c.status <> 'draft'::text))))
  WHERE (p.status = 'embargoed'::text);
disclosure.quote as
 SELECT s.code AS segment,
    b.code AS contractor,
    b.name AS contractor_name,
    q.amount_minor,
    q.received_on,
    (EXISTS ( SELECT 1
           FROM contract k
          WHERE ((k.quote_id = q.id) AND (k.status = ANY (ARRAY['signed'::text, 'completed'::text]))))) AS chosen
   FROM ((quote q
     JOIN segment s ON ((s.id = q.segment_id)))
     JOIN contractor b ON ((b.id = q.contractor_id)))
  WHERE (s.status <> ALL (ARRAY['proposed'::text, 'approved'::text, 'funded'::text]));
disclosure.segment as
 SELECT s.code,
    c.slug AS campaign,
    s.name,
    s.location,
    s.length_mm,
    s.width_mm,
        CASE s.line_privacy
            WHEN 'exact'::text THEN s.geometry
            WHEN 'rounded'::text THEN jsonb_build_object('type', 'LineString', 'coordinates', ( SELECT jsonb_agg(jsonb_build_array(round(((p.point ->> 0))::numeric, 3), round(((p.point ->> 1))::numeric, 3)) ORDER BY p.n) AS jsonb_agg
               FROM jsonb_array_elements((s.geometry -> 'coordinates'::text)) WITH ORDINALITY p(point, n)))
            ELSE NULL::jsonb
        END AS geometry,
    s.status,
    s.budget_minor,
    s.warranty_until,
    c.book_currency AS currency,
    ((((COALESCE(( SELECT sum(b.balance_minor) AS sum
           FROM account_balance b
          WHERE ((b.class = 'allocated'::text) AND (b.subject = s.code))), (0)::numeric))::bigint + w.committed) + w.certified) + w.paid) AS allocated_minor,
    ((w.committed + w.certified) + w.paid) AS committed_minor,
    (w.certified + w.paid) AS certified_minor,
    w.paid AS paid_minor,
    ( SELECT (count(*))::integer AS count
           FROM ((lot_position p
             JOIN account a ON ((a.id = p.account_id)))
             JOIN lot l ON (((l.id = p.lot_id) AND (l.kind = 'gift'::text))))
          WHERE ((a.class = 'allocated'::text) AND (a.subject = s.code))) AS gift_count,
    s.thickness_mm,
    s.road_class,
    s.surface,
    s.households,
    s.line_privacy
   FROM ((segment s
     JOIN campaign c ON ((c.id = s.campaign_id)))
     CROSS JOIN LATERAL ( SELECT (COALESCE(sum(b.balance_minor) FILTER (WHERE (b.class = 'committed'::text)), (0)::numeric))::bigint AS committed,
            (COALESCE(sum(b.balance_minor) FILTER (WHERE (b.class = 'certified'::text)), (0)::numeric))::bigint AS certified,
            (COALESCE(sum(b.balance_minor) FILTER (WHERE (b.class = 'paid'::text)), (0)::numeric))::bigint AS paid
           FROM (contract k
             JOIN account_balance b ON (((b.subject = k.code) AND (b.class = ANY (ARRAY['committed'::text, 'certified'::text, 'paid'::text])))))
          WHERE (k.segment_id = s.id)) w)
  WHERE ((c.status <> 'draft'::text) AND (s.status <> 'proposed'::text));
disclosure.segment_gift as
 SELECT s.code AS segment,
    l.subject AS gift,
    l.kind,
    min(p.order_no) FILTER (WHERE (a.class = 'committed'::text)) AS lot_order,
    (sum(p.held_minor))::bigint AS amount_minor,
    (COALESCE(sum(p.held_minor) FILTER (WHERE (a.class = 'paid'::text)), (0)::numeric))::bigint AS paid_minor
   FROM ((((contract k
     JOIN segment s ON ((s.id = k.segment_id)))
     JOIN account a ON (((a.class = ANY (ARRAY['committed'::text, 'certified'::text, 'paid'::text])) AND (a.subject = k.code))))
     JOIN lot_position p ON ((p.account_id = a.id)))
     JOIN lot l ON ((l.id = p.lot_id)))
  GROUP BY s.code, l.subject, l.kind
 HAVING (sum(p.held_minor) > (0)::numeric);
disclosure.segment_move as
 SELECT s.code AS segment,
    m.event,
    m.from_status,
    m.to_status,
    m.happened_on,
    m.reason,
    m.id AS move_order
   FROM (segment_status_change m
     JOIN segment s ON ((s.id = m.segment_id)));
disclosure.segment_revision as
 SELECT s.code AS segment,
    r.happened_on,
    r.reason,
    r.line_changed,
    r.length_mm AS length_before_mm,
    r.length_after_mm,
    r.id AS revision_order
   FROM ((segment_revision r
     JOIN segment s ON ((s.id = r.segment_id)))
     JOIN campaign c ON ((c.id = s.campaign_id)))
  WHERE ((c.status <> 'draft'::text) AND (s.status <> 'proposed'::text));
disclosure.segment_succession as
 SELECT o.code AS segment,
    n.code AS successor,
    x.kind,
    x.happened_on
   FROM (((segment_succession x
     JOIN segment o ON ((o.id = x.from_segment)))
     JOIN segment n ON ((n.id = x.to_segment)))
     JOIN campaign c ON (((c.id = o.campaign_id) AND (c.status <> 'draft'::text))));
disclosure.shortfall as
 SELECT f.code,
    c.slug AS campaign,
    f.amount_minor,
    f.cause,
    f.opened_on,
    f.resolved_on,
    f.resolution
   FROM (shortfall f
     JOIN campaign c ON (((c.id = f.campaign_id) AND (c.status <> 'draft'::text))));
disclosure.unnamed_gift_sum as
 SELECT c.slug AS campaign,
    to_char((a.month)::timestamp with time zone, 'YYYY-MM'::text) AS month,
    a.channel,
    c.book_currency AS currency,
    ((a.gifts - COALESCE(n.gifts, (0)::bigint)))::integer AS gifts,
    (a.amount_minor - COALESCE(n.amount_minor, (0)::bigint)) AS amount_minor
   FROM ((gift_month_sum a
     LEFT JOIN named_gift_sum n USING (campaign_id, month, channel))
     JOIN campaign c ON (((c.id = a.campaign_id) AND (c.status <> 'draft'::text))))
  WHERE (a.gifts > COALESCE(n.gifts, (0)::bigint));
disclosure.variation as
 SELECT v.code,
    k.code AS contract,
    v.before_minor,
    v.after_minor,
    v.rationale,
    v.decided_on AS approved_on
   FROM (variation v
     JOIN contract k ON ((k.id = v.contract_id)))
  WHERE (v.status = 'approved'::text);

-- grants
DELETE, INSERT, SELECT on public.form_token_used to shanlu_app
DELETE, INSERT, SELECT on public.giving_try to shanlu_app
DELETE, INSERT, SELECT on public.outbox to shanlu_app
DELETE, INSERT, SELECT on public.passkey_challenge to shanlu_app
DELETE, INSERT, SELECT on public.rate_limit to shanlu_app
DELETE, INSERT, SELECT on public.receipt_stub to shanlu_app
DELETE, INSERT, SELECT on public.recovery_code to shanlu_app
DELETE, INSERT, SELECT on public.sign_in_request to shanlu_app
DELETE, INSERT, SELECT on public.sign_in_session to shanlu_app
DELETE, INSERT, SELECT on public.upload to shanlu_app
DELETE, INSERT, SELECT on public.upload_piece to shanlu_app
DELETE, INSERT, SELECT, UPDATE on public.donor_name_key to shanlu_app
DELETE, INSERT, SELECT, UPDATE on public.heartbeat to shanlu_app
DELETE, INSERT, SELECT, UPDATE on public.second_factor to shanlu_app
INSERT, SELECT on public.acceptance to shanlu_app
INSERT, SELECT on public.account to shanlu_app
INSERT, SELECT on public.account_day to shanlu_app
INSERT, SELECT on public.account_summary to shanlu_app
INSERT, SELECT on public.audit_event to shanlu_app
INSERT, SELECT on public.bank_account to shanlu_app
INSERT, SELECT on public.bank_import to shanlu_app
INSERT, SELECT on public.bank_line to shanlu_app
INSERT, SELECT on public.bank_line_held to shanlu_app
INSERT, SELECT on public.bank_match to shanlu_app
INSERT, SELECT on public.bank_match_line to shanlu_app
INSERT, SELECT on public.bank_match_part to shanlu_app
INSERT, SELECT on public.bank_statement to shanlu_app
INSERT, SELECT on public.budget_line to shanlu_app
INSERT, SELECT on public.campaign_amendment to shanlu_app
INSERT, SELECT on public.campaign_plan to shanlu_app
INSERT, SELECT on public.card_alarm to shanlu_app
INSERT, SELECT on public.certificate to shanlu_app
INSERT, SELECT on public.column_mapping to shanlu_app
INSERT, SELECT on public.command_key to shanlu_app
INSERT, SELECT on public.concern to shanlu_app
INSERT, SELECT on public.concern_step to shanlu_app
INSERT, SELECT on public.contract_line to shanlu_app
INSERT, SELECT on public.dispute_answer to shanlu_app
INSERT, SELECT on public.donation_status_change to shanlu_app
INSERT, SELECT on public.donor_apart to shanlu_app
INSERT, SELECT on public.donor_letter to shanlu_app
INSERT, SELECT on public.donor_merge to shanlu_app
INSERT, SELECT on public.donor_request to shanlu_app
INSERT, SELECT on public.entry to shanlu_app
INSERT, SELECT on public.exception_owner to shanlu_app
INSERT, SELECT on public.gift_batch to shanlu_app
INSERT, SELECT on public.gift_batch_line to shanlu_app
INSERT, SELECT on public.gift_seal to shanlu_app
INSERT, SELECT on public.gift_summary to shanlu_app
INSERT, SELECT on public.guard to shanlu_app
INSERT, SELECT on public.hall_event to shanlu_app
INSERT, SELECT on public.instalment to shanlu_app
INSERT, SELECT on public.invoice_line to shanlu_app
INSERT, SELECT on public.log_checkpoint to shanlu_app
INSERT, SELECT on public.log_cosignature to shanlu_app
INSERT, SELECT on public.log_draft to shanlu_app
INSERT, SELECT on public.log_epoch to shanlu_app
INSERT, SELECT on public.log_halt to shanlu_app
INSERT, SELECT on public.log_key to shanlu_app
INSERT, SELECT on public.log_leaf to shanlu_app
INSERT, SELECT on public.log_node to shanlu_app
INSERT, SELECT on public.log_resumption to shanlu_app
INSERT, SELECT on public.log_watch to shanlu_app
INSERT, SELECT on public.lot to shanlu_app
INSERT, SELECT on public.lot_position to shanlu_app
INSERT, SELECT on public.lot_redesignation to shanlu_app
INSERT, SELECT on public.mail_told to shanlu_app
INSERT, SELECT on public.match_rule to shanlu_app
INSERT, SELECT on public.measurement to shanlu_app
INSERT, SELECT on public.month_summary to shanlu_app
INSERT, SELECT on public.named_gift_counted to shanlu_app
INSERT, SELECT on public.named_gift_summary to shanlu_app
INSERT, SELECT on public.passkey to shanlu_app
INSERT, SELECT on public.payment_decline to shanlu_app
INSERT, SELECT on public.payout_entry to shanlu_app
INSERT, SELECT on public.payout_finding to shanlu_app
INSERT, SELECT on public.payout_line to shanlu_app
INSERT, SELECT on public.period_change to shanlu_app
INSERT, SELECT on public.photograph to shanlu_app
INSERT, SELECT on public.photograph_sealed to shanlu_app
INSERT, SELECT on public.pledge_application to shanlu_app
INSERT, SELECT on public.pledge_batch to shanlu_app
INSERT, SELECT on public.pledge_change to shanlu_app
INSERT, SELECT on public.pledge_release to shanlu_app
INSERT, SELECT on public.pledge_status_change to shanlu_app
INSERT, SELECT on public.posting to shanlu_app
INSERT, SELECT on public.posting_lot to shanlu_app
INSERT, SELECT on public.proof_run to shanlu_app
INSERT, SELECT on public.quote to shanlu_app
INSERT, SELECT on public.receipt_print to shanlu_app
INSERT, SELECT on public.receipt_waiver to shanlu_app
INSERT, SELECT on public.segment_revision to shanlu_app
INSERT, SELECT on public.segment_status_change to shanlu_app
INSERT, SELECT on public.segment_succession to shanlu_app
INSERT, SELECT on public.soft_credit to shanlu_app
INSERT, SELECT on public.stripe_event to shanlu_app
INSERT, SELECT on public.surplus_choice to shanlu_app
INSERT, SELECT on public.transfer_account to shanlu_app
INSERT, SELECT on public.transfer_account_proposal to shanlu_app
INSERT, SELECT on public.variation_line to shanlu_app
INSERT, SELECT, UPDATE on public.allocation to shanlu_app
INSERT, SELECT, UPDATE on public.allocation_plan to shanlu_app
INSERT, SELECT, UPDATE on public.allocation_plan_line to shanlu_app
INSERT, SELECT, UPDATE on public.budget to shanlu_app
INSERT, SELECT, UPDATE on public.campaign to shanlu_app
INSERT, SELECT, UPDATE on public.checkout to shanlu_app
INSERT, SELECT, UPDATE on public.contract to shanlu_app
INSERT, SELECT, UPDATE on public.contractor to shanlu_app
INSERT, SELECT, UPDATE on public.disbursement to shanlu_app
INSERT, SELECT, UPDATE on public.dispute to shanlu_app
INSERT, SELECT, UPDATE on public.document to shanlu_app
INSERT, SELECT, UPDATE on public.donation to shanlu_app
INSERT, SELECT, UPDATE on public.donor to shanlu_app
INSERT, SELECT, UPDATE on public.duty to shanlu_app
INSERT, SELECT, UPDATE on public.payout to shanlu_app
INSERT, SELECT, UPDATE on public.period to shanlu_app
INSERT, SELECT, UPDATE on public.period_reopening to shanlu_app
INSERT, SELECT, UPDATE on public.person to shanlu_app
INSERT, SELECT, UPDATE on public.person_role to shanlu_app
INSERT, SELECT, UPDATE on public.plan_change to shanlu_app
INSERT, SELECT, UPDATE on public.plan_change_gift to shanlu_app
INSERT, SELECT, UPDATE on public.pledge to shanlu_app
INSERT, SELECT, UPDATE on public.publication to shanlu_app
INSERT, SELECT, UPDATE on public.receipt to shanlu_app
INSERT, SELECT, UPDATE on public.receipt_counter to shanlu_app
INSERT, SELECT, UPDATE on public.recognition to shanlu_app
INSERT, SELECT, UPDATE on public.refund to shanlu_app
INSERT, SELECT, UPDATE on public.segment to shanlu_app
INSERT, SELECT, UPDATE on public.shortfall to shanlu_app
INSERT, SELECT, UPDATE on public.staff_declaration to shanlu_app
INSERT, SELECT, UPDATE on public.variation to shanlu_app
SELECT on disclosure.acceptance to shanlu_app
SELECT on disclosure.acceptance to shanlu_public
SELECT on disclosure.acceptance to shanlu_reader
SELECT on disclosure.account_balance to shanlu_app
SELECT on disclosure.account_balance to shanlu_public
SELECT on disclosure.account_balance to shanlu_reader
SELECT on disclosure.allocation to shanlu_app
SELECT on disclosure.allocation to shanlu_public
SELECT on disclosure.allocation to shanlu_reader
SELECT on disclosure.budget to shanlu_app
SELECT on disclosure.budget to shanlu_public
SELECT on disclosure.budget to shanlu_reader
SELECT on disclosure.budget_line to shanlu_app
SELECT on disclosure.budget_line to shanlu_public
SELECT on disclosure.budget_line to shanlu_reader
SELECT on disclosure.campaign to shanlu_app
SELECT on disclosure.campaign to shanlu_public
SELECT on disclosure.campaign to shanlu_reader
SELECT on disclosure.campaign_numbers to shanlu_app
SELECT on disclosure.campaign_numbers to shanlu_public
SELECT on disclosure.campaign_numbers to shanlu_reader
SELECT on disclosure.campaign_plan to shanlu_app
SELECT on disclosure.campaign_plan to shanlu_public
SELECT on disclosure.campaign_plan to shanlu_reader
SELECT on disclosure.certificate to shanlu_app
SELECT on disclosure.certificate to shanlu_public
SELECT on disclosure.certificate to shanlu_reader
SELECT on disclosure.concern to shanlu_app
SELECT on disclosure.concern to shanlu_public
SELECT on disclosure.concern to shanlu_reader
SELECT on disclosure.contract to shanlu_app
SELECT on disclosure.contract to shanlu_public
SELECT on disclosure.contract to shanlu_reader
SELECT on disclosure.contract_line to shanlu_app
SELECT on disclosure.contract_line to shanlu_public
SELECT on disclosure.contract_line to shanlu_reader
SELECT on disclosure.correction to shanlu_app
SELECT on disclosure.correction to shanlu_public
SELECT on disclosure.correction to shanlu_reader
SELECT on disclosure.document to shanlu_app
SELECT on disclosure.document to shanlu_public
SELECT on disclosure.document to shanlu_reader
SELECT on disclosure.duty to shanlu_app
SELECT on disclosure.duty to shanlu_public
SELECT on disclosure.duty to shanlu_reader
SELECT on disclosure.entry to shanlu_app
SELECT on disclosure.entry to shanlu_public
SELECT on disclosure.entry to shanlu_reader
SELECT on disclosure.entry_road to shanlu_app
SELECT on disclosure.entry_road to shanlu_public
SELECT on disclosure.entry_road to shanlu_reader
SELECT on disclosure.gift to shanlu_app
SELECT on disclosure.gift to shanlu_public
SELECT on disclosure.gift to shanlu_reader
SELECT on disclosure.gift_arrival to shanlu_app
SELECT on disclosure.gift_arrival to shanlu_public
SELECT on disclosure.gift_arrival to shanlu_reader
SELECT on disclosure.gift_channel to shanlu_app
SELECT on disclosure.gift_channel to shanlu_public
SELECT on disclosure.gift_channel to shanlu_reader
SELECT on disclosure.gift_payment to shanlu_app
SELECT on disclosure.gift_payment to shanlu_public
SELECT on disclosure.gift_payment to shanlu_reader
SELECT on disclosure.gift_place to shanlu_app
SELECT on disclosure.gift_place to shanlu_public
SELECT on disclosure.gift_place to shanlu_reader
SELECT on disclosure.hall_event to shanlu_app
SELECT on disclosure.hall_event to shanlu_public
SELECT on disclosure.hall_event to shanlu_reader
SELECT on disclosure.hall_name to shanlu_app
SELECT on disclosure.hall_name to shanlu_public
SELECT on disclosure.hall_name to shanlu_reader
SELECT on disclosure.log_checkpoint to shanlu_app
SELECT on disclosure.log_checkpoint to shanlu_public
SELECT on disclosure.log_checkpoint to shanlu_reader
SELECT on disclosure.log_delay to shanlu_app
SELECT on disclosure.log_delay to shanlu_public
SELECT on disclosure.log_delay to shanlu_reader
SELECT on disclosure.log_halt to shanlu_app
SELECT on disclosure.log_halt to shanlu_public
SELECT on disclosure.log_halt to shanlu_reader
SELECT on disclosure.log_key to shanlu_app
SELECT on disclosure.log_key to shanlu_public
SELECT on disclosure.log_key to shanlu_reader
SELECT on disclosure.log_leaf to shanlu_app
SELECT on disclosure.log_leaf to shanlu_public
SELECT on disclosure.log_leaf to shanlu_reader
SELECT on disclosure.log_leaf_hash to shanlu_app
SELECT on disclosure.log_leaf_hash to shanlu_public
SELECT on disclosure.log_leaf_hash to shanlu_reader
SELECT on disclosure.log_node to shanlu_app
SELECT on disclosure.log_node to shanlu_public
SELECT on disclosure.log_node to shanlu_reader
SELECT on disclosure.log_waiting to shanlu_app
SELECT on disclosure.log_waiting to shanlu_public
SELECT on disclosure.log_waiting to shanlu_reader
SELECT on disclosure.measurement to shanlu_app
SELECT on disclosure.measurement to shanlu_public
SELECT on disclosure.measurement to shanlu_reader
SELECT on disclosure.message to shanlu_app
SELECT on disclosure.message to shanlu_public
SELECT on disclosure.message to shanlu_reader
SELECT on disclosure.money_month to shanlu_app
SELECT on disclosure.money_month to shanlu_public
SELECT on disclosure.money_month to shanlu_reader
SELECT on disclosure.named_gift to shanlu_app
SELECT on disclosure.named_gift to shanlu_public
SELECT on disclosure.named_gift to shanlu_reader
SELECT on disclosure.payment to shanlu_app
SELECT on disclosure.payment to shanlu_public
SELECT on disclosure.payment to shanlu_reader
SELECT on disclosure.period to shanlu_app
SELECT on disclosure.period to shanlu_public
SELECT on disclosure.period to shanlu_reader
SELECT on disclosure.period_event to shanlu_app
SELECT on disclosure.period_event to shanlu_public
SELECT on disclosure.period_event to shanlu_reader
SELECT on disclosure.photograph to shanlu_app
SELECT on disclosure.photograph to shanlu_public
SELECT on disclosure.photograph to shanlu_reader
SELECT on disclosure.plan_change to shanlu_app
SELECT on disclosure.plan_change to shanlu_public
SELECT on disclosure.plan_change to shanlu_reader
SELECT on disclosure.pledge_due to shanlu_app
SELECT on disclosure.pledge_due to shanlu_public
SELECT on disclosure.pledge_due to shanlu_reader
SELECT on disclosure.posting to shanlu_app
SELECT on disclosure.posting to shanlu_public
SELECT on disclosure.posting to shanlu_reader
SELECT on disclosure.posting_gift to shanlu_app
SELECT on disclosure.posting_gift to shanlu_public
SELECT on disclosure.posting_gift to shanlu_reader
SELECT on disclosure.proof_status to shanlu_app
SELECT on disclosure.proof_status to shanlu_public
SELECT on disclosure.proof_status to shanlu_reader
SELECT on disclosure.publication to shanlu_app
SELECT on disclosure.publication to shanlu_public
SELECT on disclosure.publication to shanlu_reader
SELECT on disclosure.publication_version to shanlu_app
SELECT on disclosure.publication_version to shanlu_public
SELECT on disclosure.publication_version to shanlu_reader
SELECT on disclosure.publication_withheld to shanlu_app
SELECT on disclosure.publication_withheld to shanlu_public
SELECT on disclosure.publication_withheld to shanlu_reader
SELECT on disclosure.quote to shanlu_app
SELECT on disclosure.quote to shanlu_public
SELECT on disclosure.quote to shanlu_reader
SELECT on disclosure.segment to shanlu_app
SELECT on disclosure.segment to shanlu_public
SELECT on disclosure.segment to shanlu_reader
SELECT on disclosure.segment_gift to shanlu_app
SELECT on disclosure.segment_gift to shanlu_public
SELECT on disclosure.segment_gift to shanlu_reader
SELECT on disclosure.segment_move to shanlu_app
SELECT on disclosure.segment_move to shanlu_public
SELECT on disclosure.segment_move to shanlu_reader
SELECT on disclosure.segment_revision to shanlu_app
SELECT on disclosure.segment_revision to shanlu_public
SELECT on disclosure.segment_revision to shanlu_reader
SELECT on disclosure.segment_succession to shanlu_app
SELECT on disclosure.segment_succession to shanlu_public
SELECT on disclosure.segment_succession to shanlu_reader
SELECT on disclosure.shortfall to shanlu_app
SELECT on disclosure.shortfall to shanlu_public
SELECT on disclosure.shortfall to shanlu_reader
SELECT on disclosure.unnamed_gift_sum to shanlu_app
SELECT on disclosure.unnamed_gift_sum to shanlu_public
SELECT on disclosure.unnamed_gift_sum to shanlu_reader
SELECT on disclosure.variation to shanlu_app
SELECT on disclosure.variation to shanlu_public
SELECT on disclosure.variation to shanlu_reader
SELECT on public.acceptance to shanlu_reader
SELECT on public.account to shanlu_reader
SELECT on public.account_balance to shanlu_app
SELECT on public.account_balance to shanlu_reader
SELECT on public.account_day to shanlu_reader
SELECT on public.account_summary to shanlu_reader
SELECT on public.allocation to shanlu_reader
SELECT on public.allocation_plan to shanlu_reader
SELECT on public.allocation_plan_line to shanlu_reader
SELECT on public.audit_event to shanlu_reader
SELECT on public.bank_account to shanlu_reader
SELECT on public.bank_import to shanlu_reader
SELECT on public.bank_line to shanlu_reader
SELECT on public.bank_line_held to shanlu_reader
SELECT on public.bank_match to shanlu_reader
SELECT on public.bank_match_line to shanlu_reader
SELECT on public.bank_match_part to shanlu_reader
SELECT on public.bank_statement to shanlu_reader
SELECT on public.budget to shanlu_reader
SELECT on public.budget_line to shanlu_reader
SELECT on public.campaign to shanlu_reader
SELECT on public.campaign_amendment to shanlu_reader
SELECT on public.campaign_plan to shanlu_reader
SELECT on public.card_alarm to shanlu_reader
SELECT on public.certificate to shanlu_reader
SELECT on public.checkout to shanlu_reader
SELECT on public.column_mapping to shanlu_reader
SELECT on public.command_key to shanlu_reader
SELECT on public.concern to shanlu_reader
SELECT on public.concern_step to shanlu_reader
SELECT on public.contract to shanlu_reader
SELECT on public.contract_line to shanlu_reader
SELECT on public.contractor to shanlu_reader
SELECT on public.disbursement to shanlu_reader
SELECT on public.dispute to shanlu_reader
SELECT on public.dispute_answer to shanlu_reader
SELECT on public.document to shanlu_reader
SELECT on public.donation to shanlu_reader
SELECT on public.donation_status_change to shanlu_reader
SELECT on public.donor to shanlu_reader
SELECT on public.donor_apart to shanlu_reader
SELECT on public.donor_letter to shanlu_reader
SELECT on public.donor_merge to shanlu_reader
SELECT on public.donor_name_key to shanlu_reader
SELECT on public.donor_request to shanlu_reader
SELECT on public.duty to shanlu_reader
SELECT on public.entry to shanlu_reader
SELECT on public.entry_since_mark to shanlu_app
SELECT on public.entry_since_mark to shanlu_reader
SELECT on public.exception_owner to shanlu_reader
SELECT on public.form_token_used to shanlu_reader
SELECT on public.gift_batch to shanlu_reader
SELECT on public.gift_batch_line to shanlu_reader
SELECT on public.gift_month_sum to shanlu_app
SELECT on public.gift_month_sum to shanlu_reader
SELECT on public.gift_movement to shanlu_app
SELECT on public.gift_movement to shanlu_reader
SELECT on public.gift_naming to shanlu_app
SELECT on public.gift_naming to shanlu_reader
SELECT on public.gift_naming_change to shanlu_app
SELECT on public.gift_naming_change to shanlu_reader
SELECT on public.gift_seal to shanlu_reader
SELECT on public.gift_sum to shanlu_app
SELECT on public.gift_sum to shanlu_reader
SELECT on public.gift_summary to shanlu_reader
SELECT on public.giving_try to shanlu_reader
SELECT on public.guard to shanlu_reader
SELECT on public.hall_event to shanlu_reader
SELECT on public.heartbeat to shanlu_reader
SELECT on public.instalment to shanlu_reader
SELECT on public.invoice_line to shanlu_reader
SELECT on public.log_checkpoint to shanlu_reader
SELECT on public.log_cosignature to shanlu_reader
SELECT on public.log_draft to shanlu_reader
SELECT on public.log_epoch to shanlu_reader
SELECT on public.log_halt to shanlu_reader
SELECT on public.log_key to shanlu_reader
SELECT on public.log_leaf to shanlu_reader
SELECT on public.log_node to shanlu_reader
SELECT on public.log_resumption to shanlu_reader
SELECT on public.log_watch to shanlu_reader
SELECT on public.lot to shanlu_reader
SELECT on public.lot_now to shanlu_app
SELECT on public.lot_now to shanlu_reader
SELECT on public.lot_position to shanlu_reader
SELECT on public.lot_redesignation to shanlu_reader
SELECT on public.mail_told to shanlu_reader
SELECT on public.match_rule to shanlu_reader
SELECT on public.measurement to shanlu_reader
SELECT on public.migration_checksum to shanlu_app
SELECT on public.migration_checksum to shanlu_reader
SELECT on public.month_movement to shanlu_app
SELECT on public.month_movement to shanlu_reader
SELECT on public.month_sum to shanlu_app
SELECT on public.month_sum to shanlu_reader
SELECT on public.month_summary to shanlu_reader
SELECT on public.named_gift_counted to shanlu_reader
SELECT on public.named_gift_sum to shanlu_app
SELECT on public.named_gift_sum to shanlu_reader
SELECT on public.named_gift_summary to shanlu_reader
SELECT on public.payment_decline to shanlu_reader
SELECT on public.payout to shanlu_reader
SELECT on public.payout_entry to shanlu_reader
SELECT on public.payout_finding to shanlu_reader
SELECT on public.payout_line to shanlu_reader
SELECT on public.period to shanlu_reader
SELECT on public.period_change to shanlu_reader
SELECT on public.period_reopening to shanlu_reader
SELECT on public.person to shanlu_reader
SELECT on public.person_role to shanlu_reader
SELECT on public.photograph to shanlu_reader
SELECT on public.photograph_sealed to shanlu_reader
SELECT on public.plan_change to shanlu_reader
SELECT on public.plan_change_gift to shanlu_reader
SELECT on public.pledge to shanlu_reader
SELECT on public.pledge_application to shanlu_reader
SELECT on public.pledge_batch to shanlu_reader
SELECT on public.pledge_change to shanlu_reader
SELECT on public.pledge_release to shanlu_reader
SELECT on public.pledge_status_change to shanlu_reader
SELECT on public.posting to shanlu_reader
SELECT on public.posting_lot to shanlu_reader
SELECT on public.proof_run to shanlu_reader
SELECT on public.publication to shanlu_reader
SELECT on public.quote to shanlu_reader
SELECT on public.receipt to shanlu_reader
SELECT on public.receipt_counter to shanlu_reader
SELECT on public.receipt_print to shanlu_reader
SELECT on public.receipt_waiver to shanlu_reader
SELECT on public.recognition to shanlu_reader
SELECT on public.refund to shanlu_reader
SELECT on public.segment to shanlu_reader
SELECT on public.segment_revision to shanlu_reader
SELECT on public.segment_status_change to shanlu_reader
SELECT on public.segment_succession to shanlu_reader
SELECT on public.shortfall to shanlu_reader
SELECT on public.soft_credit to shanlu_reader
SELECT on public.staff_declaration to shanlu_reader
SELECT on public.stripe_event to shanlu_reader
SELECT on public.summary_mark to shanlu_app
SELECT on public.summary_mark to shanlu_reader
SELECT on public.surplus_choice to shanlu_reader
SELECT on public.transfer_account to shanlu_reader
SELECT on public.transfer_account_proposal to shanlu_reader
SELECT on public.upload to shanlu_reader
SELECT on public.upload_piece to shanlu_reader
SELECT on public.variation to shanlu_reader
SELECT on public.variation_line to shanlu_reader
UPDATE (amount_minor) on public.month_summary to shanlu_app
UPDATE (amount_minor, gifts) on public.gift_summary to shanlu_app
UPDATE (amount_minor, gifts) on public.named_gift_summary to shanlu_app
UPDATE (answer) on public.command_key to shanlu_app
UPDATE (answer, answered_by, answered_on, reason, refund_id, status) on public.donor_request to shanlu_app
UPDATE (attempt, cancel_asked, done_count, ended_at, format, options, phase, result, status, total_count) on public.bank_import to shanlu_app
UPDATE (attempts, done_at, outcome) on public.stripe_event to shanlu_app
UPDATE (attempts, dropped_at, dropped_because, last_problem, leased_until, sealed, sent_at) on public.outbox to shanlu_app
UPDATE (attempts, used_at) on public.sign_in_request to shanlu_app
UPDATE (challenge, expires_at) on public.passkey_challenge to shanlu_app
UPDATE (checked_at, incarnation, witnessed_at) on public.log_watch to shanlu_app
UPDATE (checkout_id, outcome, why) on public.giving_try to shanlu_app
UPDATE (contact, finding, outcome, settled_on, status, summary) on public.concern to shanlu_app
UPDATE (counted) on public.named_gift_counted to shanlu_app
UPDATE (counter, removed_at, removed_because, used_at) on public.passkey to shanlu_app
UPDATE (counterparty, counterparty_account, match_id, memo, reference, version) on public.bank_line to shanlu_app
UPDATE (covered_by, covered_count, covered_on, height_px, public_sha256, published_by, published_on, thumb_sha256, width_px) on public.photograph to shanlu_app
UPDATE (decided_by, decided_on, decision_note, status) on public.transfer_account_proposal to shanlu_app
UPDATE (decided_by, decided_on, reason, status) on public.gift_batch to shanlu_app
UPDATE (designation, held_minor) on public.lot_position to shanlu_app
UPDATE (done_at, photograph_id) on public.upload to shanlu_app
UPDATE (end_reason, ended_at, ended_by) on public.donor_merge to shanlu_app
UPDATE (ended_at, ended_because, last_seen_at, second_factor_at, second_factor_failures, seen_drift, seen_step, token_hash) on public.sign_in_session to shanlu_app
UPDATE (explained_at, explained_by, explanation) on public.payout_finding to shanlu_app
UPDATE (full_until) on public.rate_limit to shanlu_app
UPDATE (in_minor, out_minor) on public.account_day to shanlu_app
UPDATE (in_minor, out_minor) on public.account_summary to shanlu_app
UPDATE (in_seen_minor, out_minor) on public.guard to shanlu_app
UPDATE (locked_at, locked_by, undone_at, undone_because, undone_by) on public.bank_match to shanlu_app
UPDATE (name) on public.soft_credit to shanlu_app
UPDATE (off_at, off_by, other_account, times) on public.match_rule to shanlu_app
UPDATE (salt, value) on public.gift_seal to shanlu_app
UPDATE (sent_at) on public.dispute_answer to shanlu_app
UPDATE (through_tx) on public.summary_mark to shanlu_app
UPDATE (undo_entry_id) on public.bank_match_part to shanlu_app
UPDATE (used_at) on public.recovery_code to shanlu_app
UPDATE (withdrawn_on) on public.receipt_waiver to shanlu_app
