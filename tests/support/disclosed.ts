/**
 * Every column the public can read, by view. Whoever adds one adds it here, and says in the same commit why the public may
 * know it (慈善法 art. 82: no name, address or contact of donors who do not agree).
 */
export const DISCLOSED: Readonly<Record<string, string>> = {
  acceptance: 'length_mm remark result segment sheet signed_on thickness_mm width_mm',
  account_balance: 'balance_minor book campaign class code currency subject',
  allocation: 'amount_minor approved_on code segment status',
  budget: 'approved_on reason segment total_minor version',
  budget_line: 'amount_minor item line_no quantity_milli segment unit version',
  campaign:
    'currency ends_on event_on filing_no illustrative legal_host licence_no name opens_on organiser pay_elsewhere_url place quotes_required slug status story time_zone',
  campaign_numbers:
    'allocated_minor campaign certified_minor committed_minor contract_count contractor_count currency fees_minor fulfilled_minor gift_count last_entry_on lost_minor paid_minor payment_count pledge_count pledged_minor received_minor returned_minor segment_count shortfall_minor target_minor unallocated_minor',
  campaign_plan:
    'area bank_account beneficiaries campaign complaints contact costs filed_on mode office partners person_in_charge purpose reason recorded_on surplus uses version ways_to_give',
  certificate: 'amount_minor certified_on code concern contract paid_to_name percent segment stage',
  concern: 'campaign code finding kind outcome received_on segment settled_on status summary',
  contract:
    'amount_minor code conflict_of_interest contractor contractor_name few_quotes_reason retention_minor segment signed_on status',
  contract_line:
    'amount_minor contract item line_no paid_milli paid_minor quantity_milli unit varied_milli varied_minor',
  correction:
    'campaign corrected_id corrected_on correcting_id correcting_on currency financial_minor kind purpose_minor subject subject_kind',
  document:
    'campaign code dated file_sha256 kind media_type opens_on pages segment sha256 size_bytes title visibility withheld_reason',
  duty: 'campaign done_on due_on kind rule title',
  entry:
    'accounting_date amount_minor campaign currency id kind named_for number reason recorded_on reversed_by_id reverses_id segment subject subject_kind',
  entry_road: 'entry_id segment',
  gift: 'amount_minor campaign channel code currency designation designation_now fee_minor foreign_currency foreign_minor lot_order rate rate_on received_on shown_as status',
  gift_arrival: 'arrived_on campaign code lot_order',
  gift_channel: 'amount_minor campaign channel currency',
  gift_payment: 'amount_minor gift payment',
  gift_place: 'amount_minor contract gift lot_order segment state',
  hall_event:
    'campaign currency held_on illustrative name pledged_minor promise_count received_minor slug time_zone',
  hall_name: 'designation event name_order shown_as',
  log_checkpoint: 'cosignatures epoch note origin root signed_at size witnesses',
  log_delay: 'leaves max_ms median_ms p99_ms',
  log_halt: 'cause found_at id own_size reason resumed_as resumed_at salt witnessed_size',
  log_key: 'epoch origin used_from vkey',
  log_leaf: 'body event kind leaf_hash leaf_index number subject',
  log_leaf_hash: 'leaf_hash leaf_index',
  log_node: 'hash level node_index',
  log_waiting: 'leaves oldest_ms',
  measurement: 'kind measured_on report required_milli segment station value_milli',
  message: 'campaign dedication dedication_kind id message shown_as shown_on subject',
  money_month: 'allocated_minor campaign committed_minor month paid_minor received_minor',
  named_gift: 'amount_minor campaign code currency designation lot_order received_on shown_as',
  payment:
    'amount_minor campaign certificate code contract contractor_name invoice invoice_sha256 paid_on segment stage status',
  period: 'campaign month status',
  period_event: 'campaign event figures_hash happened_on month public_text',
  photograph:
    'caption height_px id illustrative original_sha256 public_sha256 segment stage station taken_on thumb_sha256 width_px',
  plan_change:
    'amount_minor basis basis_reference campaign code deadline decided_on decision gift_count given_count keep_until kind moved_minor no_reply_count opened_on outcome reason refused_count return_minor segment status to_segment',
  pledge_due: 'campaign due_on outstanding_minor',
  posting: 'amount_minor book credit_account currency debit_account entry_id line_no',
  posting_gift: 'amount_minor entry_id gift line_no',
  proof_status: 'checked_at checked_on offenders proof',
  publication:
    'body campaign code content_hash corrected_by corrects corrects_code due_on figures id kind original_lang period_from period_to published_on status title',
  publication_withheld:
    'campaign code content_hash due_on kind opens_on period_from period_to title withheld_reason',
  publication_version: 'version',
  quote: 'amount_minor chosen contractor contractor_name received_on segment',
  segment_revision: 'happened_on length_after_mm length_before_mm line_changed reason revision_order segment',
  segment_succession: 'happened_on kind segment successor',
  segment:
    'allocated_minor budget_minor campaign certified_minor code committed_minor currency geometry gift_count households length_mm line_privacy location name paid_minor road_class status surface thickness_mm warranty_until width_mm',
  segment_gift: 'amount_minor gift kind lot_order paid_minor segment',
  segment_move: 'event from_status happened_on move_order reason segment to_status',
  shortfall: 'amount_minor campaign cause code opened_on resolution resolved_on',
  unnamed_gift_sum: 'amount_minor campaign channel currency gifts month',
  variation: 'after_minor approved_on before_minor code contract rationale',
};

/** Where words that people write are meant for the public. A name of a donor is one of these only with consent. */
export const PUBLIC_WORDS: readonly string[] = [
  'acceptance.remark',
  'budget_line.item',
  'budget_line.unit',
  'campaign.name',
  'campaign.organiser',
  'campaign.place',
  'campaign.story',
  'campaign_plan.area',
  'campaign_plan.bank_account',
  'campaign_plan.beneficiaries',
  'campaign_plan.complaints',
  'campaign_plan.contact',
  'campaign_plan.costs',
  'campaign_plan.office',
  'campaign_plan.person_in_charge',
  'campaign_plan.purpose',
  'campaign_plan.surplus',
  'campaign_plan.uses',
  'campaign_plan.ways_to_give',
  'contract_line.item',
  'contract_line.unit',
  'contractor.name',
  'document.title',
  'document.withheld_reason',
  'donation.rate',
  'duty.title',
  'entry.named_for',
  'hall_event.name',
  'photograph.caption',
  'publication.body',
  'publication.figures',
  'publication.title',
  'recognition.shown_as',
  'segment.location',
  'segment.name',
  'segment_status_change.reason',
];
