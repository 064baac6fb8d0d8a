// Written by `npm run schema` from the database itself; edit the migrations, not this file.
import type { ColumnType, GeneratedAlways } from 'kysely';

export type LocalText = { readonly 'zh-Hans': string; readonly 'zh-Hant': string; readonly en: string };
export type Timestamp = ColumnType<Date, Date | string, Date | string>;
export type Json = ColumnType<unknown, string, string>;
/** A column the database fills when it is left out. */
export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U>
    ? ColumnType<S, I | undefined, U>
    : ColumnType<T, T | undefined, T>;

/** Signed acceptance sheet (竣工验收) with measured dimensions. */
export interface AcceptanceTable {
  id: string;
  segment_id: string;
  sheet_document_id: string;
  length_mm: number;
  width_mm: number;
  thickness_mm: number;
  signed_by: string;
  signed_on: string;
  result: string;
  remark: string | null;
  recorded_at: Generated<Timestamp>;
}

/** Chart of accounts of both books; code tells the story, e.g. allocated:ML-07. */
export interface AccountTable {
  id: GeneratedAlways<bigint>;
  code: string;
  book: string;
  class: string;
  currency: string;
  campaign_id: string;
  /** What the account is of: campaign slug, segment code, contract code or bank account. */
  subject: string;
  has_floor: boolean;
}

/** Debits minus credits of every account, exact at this instant. */
export interface AccountBalanceTable {
  account_id: bigint;
  code: string;
  book: string;
  class: string;
  currency: string;
  campaign_id: string;
  subject: string;
  in_minor: bigint;
  out_minor: bigint;
  balance_minor: bigint;
}

/** Postings of transactions before summary_mark, summed. Balance = summary + newer postings, always exact. */
export interface AccountSummaryTable {
  account_id: bigint;
  in_minor: bigint;
  out_minor: bigint;
}

/** Money assigned from the campaign's fund to one segment (资金分配). */
export interface AllocationTable {
  id: string;
  code: string;
  campaign_id: string;
  segment_id: string;
  amount_minor: bigint;
  note: string | null;
  status: string;
  content_hash: string;
  proposed_by: string;
  proposed_on: string;
  decided_by: string | null;
  decided_on: string | null;
  decision_note: string | null;
  entry_id: bigint | null;
  created_at: Generated<Timestamp>;
}

/** Who did what to which thing, when. Append-only; holds no personal value of a donor. */
export interface AuditEventTable {
  id: GeneratedAlways<bigint>;
  command: string;
  event: string;
  subject_kind: string;
  subject_id: string;
  actor_kind: string;
  actor_id: string | null;
  /** Account kind for people (role), or the name of the system part. */
  actor_name: string;
  input_hash: Buffer;
  details: Generated<Json>;
  recorded_at: Generated<Timestamp>;
}

/** Versions of a segment's budget; the newest approved one is in force. */
export interface BudgetTable {
  id: string;
  segment_id: string;
  version: number;
  total_minor: bigint;
  reason: string | null;
  status: string;
  content_hash: string;
  proposed_by: string;
  proposed_on: string;
  decided_by: string | null;
  decided_on: string | null;
}

/** Bill of quantities (工程量清单) of a budget version. */
export interface BudgetLineTable {
  budget_id: string;
  line_no: number;
  item: LocalText;
  unit: string;
  quantity_milli: bigint;
  amount_minor: bigint;
}

/** A filed fundraising activity (募捐活动) with its dates, host and plan. */
export interface CampaignTable {
  id: string;
  slug: string;
  name: LocalText;
  organiser: LocalText;
  place: LocalText;
  story: LocalText | null;
  book_currency: string;
  time_zone: string;
  status: Generated<string>;
  opens_on: string;
  ends_on: string;
  event_on: string | null;
  legal_host: LocalText | null;
  licence_no: string | null;
  filing_no: string | null;
  pay_elsewhere_url: string | null;
  quotes_required: Generated<number>;
  /** Demo data: pages must say which figures are invented. */
  illustrative: Generated<boolean>;
  created_at: Generated<Timestamp>;
}

/** An inspector's statement that work worth this amount is there to be paid, net of retention. */
export interface CertificateTable {
  id: string;
  code: string;
  contract_id: string;
  stage: string;
  percent: number | null;
  amount_minor: bigint;
  certified_on: string;
  certified_by: string;
  note: string | null;
  entry_id: bigint;
  created_at: Generated<Timestamp>;
}

/** One try to pay at the gateway. Stored before the call; its id is the gateway's idempotency key. */
export interface CheckoutTable {
  id: string;
  donation_id: string;
  provider: Generated<string>;
  session_id: string | null;
  session_url: string | null;
  payment_intent_id: string | null;
  charge_id: string | null;
  state: string;
  failure: string | null;
  asked_at: Generated<Timestamp>;
  changed_at: Generated<Timestamp>;
}

/** Idempotency: the answer once given under a key, and the hash of the input it was given for. */
export interface CommandKeyTable {
  command: string;
  key: string;
  input_hash: Buffer;
  answer: Json | null;
  recorded_at: Generated<Timestamp>;
}

/** Works contract for a segment; signing it commits the segment's money. */
export interface ContractTable {
  id: string;
  code: string;
  segment_id: string;
  contractor_id: string;
  quote_id: string | null;
  amount_minor: bigint;
  /** Retention money (质量保证金) paid only after the warranty. */
  retention_minor: bigint;
  few_quotes_reason: string | null;
  document_id: string;
  signed_on: string;
  status: string;
  content_hash: string;
  proposed_by: string;
  decided_by: string | null;
  decided_on: string | null;
  entry_id: bigint | null;
  created_at: Generated<Timestamp>;
}

export interface ContractLineTable {
  contract_id: string;
  line_no: number;
  item: LocalText;
  amount_minor: bigint;
}

/** Register of contractors (施工方). Account and phone are never public. */
export interface ContractorTable {
  id: string;
  code: string;
  name: LocalText;
  registration_no: string | null;
  phone: string | null;
  bank_account: string | null;
  conflict_of_interest: string | null;
  created_at: Generated<Timestamp>;
}

/** Money out to a contractor (拨付) against a certificate and an invoice. */
export interface DisbursementTable {
  id: string;
  code: string;
  certificate_id: string;
  contract_id: string;
  contractor_id: string;
  invoice_document_id: string;
  invoice_sha256: string;
  amount_minor: bigint;
  status: string;
  content_hash: string;
  requested_by: string;
  requested_on: string;
  decided_by: string | null;
  decided_on: string | null;
  paid_by: string | null;
  paid_on: string | null;
  bank_reference: string | null;
  entry_id: bigint | null;
  created_at: Generated<Timestamp>;
}

/** A file with its hash. The sealed original is never replaced; a redacted copy stands beside it. */
export interface DocumentTable {
  id: string;
  code: string;
  campaign_id: string;
  segment_id: string | null;
  kind: string;
  title: LocalText;
  dated: string;
  pages: number | null;
  media_type: string;
  size_bytes: bigint;
  sha256: string;
  public_sha256: string | null;
  visibility: string;
  withheld_reason: string | null;
  opens_on: string | null;
  uploaded_by: string;
  uploaded_at: Generated<Timestamp>;
}

/** A gift: money received, or about to be. Own currency kept; settled_minor is the book amount, frozen. */
export interface DonationTable {
  id: string;
  code: string;
  reference: string;
  campaign_id: string;
  donor_id: string | null;
  pledge_id: string | null;
  recognition_id: string | null;
  designation: string | null;
  channel: string;
  currency: string;
  /** What the donor gave, in minor units of `currency`. */
  amount_minor: bigint;
  fee_covered_minor: Generated<bigint>;
  /** The same gift in the campaign's book currency before fees, frozen when it cleared. */
  settled_minor: bigint | null;
  /** Processing fee in the book currency. */
  fee_minor: bigint | null;
  /** Exchange rate as decimal text, frozen, when the gift came in another currency. */
  rate: string | null;
  rate_on: string | null;
  status: string;
  given_on: string;
  received_on: string | null;
  bank_reference: string | null;
  recorded_by: string | null;
  verified_by: string | null;
  content_hash: string;
  version: Generated<number>;
  created_at: Generated<Timestamp>;
}

export interface DonationStatusChangeTable {
  id: GeneratedAlways<bigint>;
  donation_id: string;
  event: string;
  from_status: string;
  to_status: string;
  by_person: string | null;
  reason: string | null;
  recorded_at: Generated<Timestamp>;
}

/** Personal data of someone who pledged or gave. Erasable: values are set null, the row stays. */
export interface DonorTable {
  id: string;
  person_id: string | null;
  name: string | null;
  email: string | null;
  phone: string | null;
  country: string | null;
  lang: Generated<string>;
  created_at: Generated<Timestamp>;
  erased_at: Timestamp | null;
}

/** A statutory or promised publication with its due date and the day it was met. */
export interface DutyTable {
  id: string;
  campaign_id: string;
  kind: string;
  title: LocalText;
  rule: string;
  due_on: string;
  done_on: string | null;
}

/** A set of postings that happened together. accounting_date = when it happened (charity's zone); recorded_at = when it was written. */
export interface EntryTable {
  id: GeneratedAlways<bigint>;
  kind: string;
  campaign_id: string;
  subject_kind: string;
  subject: string;
  accounting_date: string;
  recorded_at: Generated<Timestamp>;
  reverses_id: bigint | null;
  reason: string | null;
}

/** One row per account with a floor: locked by money going out, never by money coming in. */
export interface GuardTable {
  account_id: bigint;
  in_seen_minor: Generated<bigint>;
  out_minor: Generated<bigint>;
}

/** Scheduled parts of a pledge; an edit writes a new version of the whole plan. */
export interface InstalmentTable {
  pledge_id: string;
  pledge_version: number;
  no: number;
  due_on: string;
  amount_minor: bigint;
}

/** Leaves written in the transaction of their act, waiting for the sequencer. Exact bytes, no personal value. */
export interface LogDraftTable {
  id: GeneratedAlways<bigint>;
  body: Buffer;
  tx: Generated<string>;
  drafted_at: Generated<Timestamp>;
}

/** One gift (or one named shortfall that stands in for a returned gift) as traceable money. */
export interface LotTable {
  id: GeneratedAlways<bigint>;
  kind: string;
  subject: string;
  campaign_id: string;
  amount_minor: bigint;
  received_on: string;
  /** Code of the only segment this gift may pave, or null: where it is needed. */
  designation: string | null;
}

/** How much of each lot lies in each purpose account now. Re-derivable from posting_lot. */
export interface LotPositionTable {
  account_id: bigint;
  lot_id: bigint;
  held_minor: bigint;
  designation: string | null;
  ordered_on: string;
  order_no: bigint;
}

export interface MigrationChecksumTable {
  name: string;
  sha256: string;
}

/** A month of the books. No row means open. Entries may not be dated into a closed month. */
export interface PeriodTable {
  campaign_id: string;
  month: string;
  status: string;
  changed_at: Generated<Timestamp>;
}

/** Someone who signs in: staff or donor account. */
export interface PersonTable {
  id: string;
  email: string;
  name: string;
  lang: Generated<string>;
  created_at: Generated<Timestamp>;
  disabled_at: Timestamp | null;
}

/** Who may do what, since when, granted by whom; revoked rather than deleted. */
export interface PersonRoleTable {
  id: GeneratedAlways<bigint>;
  person_id: string;
  role: string;
  granted_at: Generated<Timestamp>;
  granted_by: string | null;
  revoked_at: Timestamp | null;
  revoked_by: string | null;
}

/** Evidence picture: sealed original, public copy and thumbnail, each by hash. */
export interface PhotographTable {
  id: string;
  segment_id: string;
  stage: string;
  station: Generated<string>;
  taken_on: string;
  original_sha256: string;
  public_sha256: string;
  thumb_sha256: string;
  width_px: number;
  height_px: number;
  caption: LocalText;
  illustrative: Generated<boolean>;
  uploaded_by: string;
  uploaded_at: Generated<Timestamp>;
  published_by: string | null;
  published_on: string | null;
}

/** Capture time and place read from the original. Never public. */
export interface PhotographSealedTable {
  photograph_id: string;
  captured_at: Timestamp | null;
  latitude_e7: number | null;
  longitude_e7: number | null;
}

/** A promise (认捐). Disclosed, never recognised as income, never in the ledger. */
export interface PledgeTable {
  id: string;
  code: string;
  /** Short payment reference with check character, printed on card, QR and reminder. */
  reference: string;
  campaign_id: string;
  donor_id: string;
  recognition_id: string | null;
  designation: string | null;
  currency: string;
  amount_minor: bigint;
  status: string;
  pledged_on: string;
  source: string;
  version: Generated<number>;
  created_at: Generated<Timestamp>;
}

/** How much of a gift fulfils a pledge (book currency); negative rows un-apply. */
export interface PledgeApplicationTable {
  id: GeneratedAlways<bigint>;
  pledge_id: string;
  donation_id: string;
  amount_minor: bigint;
  recorded_at: Generated<Timestamp>;
}

export interface PledgeStatusChangeTable {
  id: GeneratedAlways<bigint>;
  pledge_id: string;
  event: string;
  from_status: string;
  to_status: string;
  happened_on: string;
  by_person: string | null;
  reason: string | null;
  amount_minor: bigint | null;
  recorded_at: Generated<Timestamp>;
}

/** One amount moved from the credit account to the debit account. Append-only. */
export interface PostingTable {
  entry_id: bigint;
  line_no: number;
  book: string;
  currency: string;
  credit_account_id: bigint;
  debit_account_id: bigint;
  amount_minor: bigint;
  tx: Generated<string>;
}

/** Which gifts a purpose posting consists of. Sums to the posting exactly. */
export interface PostingLotTable {
  entry_id: bigint;
  line_no: number;
  lot_id: bigint;
  amount_minor: bigint;
}

/** News, reports and correction notices (更正说明), approved by a second person. */
export interface PublicationTable {
  id: string;
  campaign_id: string;
  kind: string;
  title: LocalText;
  body: LocalText;
  corrects_id: string | null;
  status: string;
  content_hash: string;
  written_by: string;
  approved_by: string | null;
  published_on: string | null;
  opens_on: string | null;
}

/** An offer (报价) of a contractor for one segment. */
export interface QuoteTable {
  id: string;
  segment_id: string;
  contractor_id: string;
  amount_minor: bigint;
  document_id: string;
  received_on: string;
  recorded_by: string;
}

/** Numbered receipts, gap-free; void and re-issue, never delete. */
export interface ReceiptTable {
  id: string;
  serial: bigint;
  donation_id: string;
  status: string;
  replaces_id: string | null;
  fiscal_number: string | null;
  issued_on: string;
  recorded_at: Generated<Timestamp>;
}

export interface ReceiptCounterTable {
  campaign_id: string;
  last_serial: Generated<bigint>;
}

/** How one gift or pledge may be named in public: only with consent, only after moderation. Belongs to the gift, not the donor. */
export interface RecognitionTable {
  id: string;
  donor_id: string;
  shown_as: LocalText | null;
  dedication: string | null;
  message: string | null;
  consented_at: Timestamp | null;
  moderation: Generated<string>;
  moderated_by: string | null;
  moderated_at: Timestamp | null;
  withdrawn_at: Timestamp | null;
  /** Random salt of the commitment in the public log; deleted on erasure. */
  salt: Buffer;
}

export interface RefundTable {
  id: string;
  code: string;
  donation_id: string;
  amount_minor: bigint;
  reason: string;
  status: string;
  provider_refund_id: string | null;
  content_hash: string;
  proposed_by: string | null;
  proposed_on: string;
  decided_by: string | null;
  decided_on: string | null;
  entry_id: bigint | null;
}

/** One stretch of road (路段): what is funded, contracted, built and accepted as a unit. */
export interface SegmentTable {
  id: string;
  campaign_id: string;
  code: string;
  name: LocalText;
  location: LocalText | null;
  length_mm: number;
  width_mm: number;
  /** GeoJSON LineString, WGS84, [lon, lat]. */
  geometry: Json;
  status: string;
  /** Total of the approved budget now in force; 0 until the first approval. */
  budget_minor: Generated<bigint>;
  warranty_until: string | null;
  version: Generated<number>;
  created_at: Generated<Timestamp>;
}

/** Each move of a segment through its state table, with the day and the reason. */
export interface SegmentStatusChangeTable {
  id: GeneratedAlways<bigint>;
  segment_id: string;
  event: string;
  from_status: string;
  to_status: string;
  happened_on: string;
  by_person: string | null;
  reason: string | null;
  recorded_at: Generated<Timestamp>;
}

/** Money returned after it had been assigned: a named hole a person must fill. Nothing goes silently negative. */
export interface ShortfallTable {
  id: string;
  code: string;
  campaign_id: string;
  donation_id: string;
  lot_id: bigint;
  amount_minor: bigint;
  cause: string;
  opened_on: string;
  resolved_on: string | null;
  resolved_by: string | null;
  resolution: string | null;
  entry_id: bigint | null;
}

/** Inbox of signed events: stored once, answered 2xx, worked on afterwards. Hints, not facts. */
export interface StripeEventTable {
  event_id: string;
  type: string;
  object_id: string;
  object_kind: string;
  livemode: boolean;
  created: Timestamp;
  body: Json;
  received_at: Generated<Timestamp>;
  done_at: Timestamp | null;
  outcome: string | null;
  attempts: Generated<number>;
}

export interface SummaryMarkTable {
  only_one: Generated<boolean>;
  through_tx: string;
}

/** A change of a contract's value (合同变更), with both values and the reason. */
export interface VariationTable {
  id: string;
  code: string;
  contract_id: string;
  before_minor: bigint;
  after_minor: bigint;
  rationale: string;
  document_id: string | null;
  status: string;
  content_hash: string;
  proposed_by: string;
  proposed_on: string;
  decided_by: string | null;
  decided_on: string | null;
  entry_id: bigint | null;
}

export interface Database {
  acceptance: AcceptanceTable;
  account: AccountTable;
  account_balance: AccountBalanceTable;
  account_summary: AccountSummaryTable;
  allocation: AllocationTable;
  audit_event: AuditEventTable;
  budget: BudgetTable;
  budget_line: BudgetLineTable;
  campaign: CampaignTable;
  certificate: CertificateTable;
  checkout: CheckoutTable;
  command_key: CommandKeyTable;
  contract: ContractTable;
  contract_line: ContractLineTable;
  contractor: ContractorTable;
  disbursement: DisbursementTable;
  document: DocumentTable;
  donation: DonationTable;
  donation_status_change: DonationStatusChangeTable;
  donor: DonorTable;
  duty: DutyTable;
  entry: EntryTable;
  guard: GuardTable;
  instalment: InstalmentTable;
  log_draft: LogDraftTable;
  lot: LotTable;
  lot_position: LotPositionTable;
  migration_checksum: MigrationChecksumTable;
  period: PeriodTable;
  person: PersonTable;
  person_role: PersonRoleTable;
  photograph: PhotographTable;
  photograph_sealed: PhotographSealedTable;
  pledge: PledgeTable;
  pledge_application: PledgeApplicationTable;
  pledge_status_change: PledgeStatusChangeTable;
  posting: PostingTable;
  posting_lot: PostingLotTable;
  publication: PublicationTable;
  quote: QuoteTable;
  receipt: ReceiptTable;
  receipt_counter: ReceiptCounterTable;
  recognition: RecognitionTable;
  refund: RefundTable;
  segment: SegmentTable;
  segment_status_change: SegmentStatusChangeTable;
  shortfall: ShortfallTable;
  stripe_event: StripeEventTable;
  summary_mark: SummaryMarkTable;
  variation: VariationTable;
}
