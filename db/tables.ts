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

/** Postings of transactions before summary_mark, summed by account and accounting day. Derived; can be made again from nothing. */
export interface AccountDayTable {
  account_id: bigint;
  day: string;
  in_minor: bigint;
  out_minor: bigint;
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
  /** The plan over several segments this came from; null when it was proposed by itself. */
  plan_id: string | null;
}

/** One proposal to assign money to several segments; approved whole or not at all. */
export interface AllocationPlanTable {
  id: string;
  code: string;
  campaign_id: string;
  method: string;
  amount_minor: bigint;
  note: string | null;
  status: string;
  content_hash: string;
  proposed_by: string;
  proposed_on: string;
  decided_by: string | null;
  decided_on: string | null;
  decision_note: string | null;
  created_at: Generated<Timestamp>;
}

export interface AllocationPlanLineTable {
  plan_id: string;
  line_no: number;
  segment_id: string;
  amount_minor: bigint;
  /** How much of it gifts for this very segment were to bear when it was proposed. */
  designated_minor: bigint;
  allocation_id: string | null;
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

/** An account of ours at a bank or wallet whose statements are read. */
export interface BankAccountTable {
  id: string;
  code: string;
  campaign_id: string;
  name: LocalText;
  number: string;
  currency: string;
  /** The account gifts and payments go through unless another is named. */
  main: boolean;
  opened_by: string | null;
  opened_at: Generated<Timestamp>;
}

/** A bank file that was handed in, and what became of it. All or nothing: lines are written when it is done. */
export interface BankImportTable {
  id: string;
  code: string;
  account_id: string;
  file_sha256: string;
  file_name: string;
  size_bytes: bigint;
  status: string;
  options: Generated<Json>;
  phase: string | null;
  done_count: Generated<number>;
  total_count: Generated<number>;
  cancel_asked: Generated<boolean>;
  attempt: Generated<number>;
  format: string | null;
  result: Json | null;
  uploaded_by: string | null;
  uploaded_at: Generated<Timestamp>;
  ended_at: Timestamp | null;
}

/** One movement on an account as the bank tells it. Only its standing match and version ever change. */
export interface BankLineTable {
  id: GeneratedAlways<bigint>;
  account_id: string;
  import_id: string;
  line_no: number;
  fingerprint: Buffer;
  route: string;
  booked_on: string;
  value_on: string | null;
  amount_minor: bigint;
  currency: string;
  counterparty: string | null;
  counterparty_account: string | null;
  reference: string | null;
  memo: string;
  bank_reference: string | null;
  kind: string | null;
  flags: Generated<Json>;
  /** So like a line that came by another route on another day that a person should look. */
  suspect_of: bigint | null;
  /** Counts matches and their undoing, so that an old screen is noticed. */
  version: Generated<number>;
  match_id: string | null;
  recorded_at: Generated<Timestamp>;
}

/** Lines kept back until a person answers the question in reason, and records that could not be read. */
export interface BankLineHeldTable {
  id: GeneratedAlways<bigint>;
  import_id: string;
  attempt: number;
  line_no: number;
  reason: string;
  excerpt: string;
  booked_on: string | null;
  amount: string | null;
}

/** What one or several bank lines were, decided by a person. Undone by reversing entries, never edited. */
export interface BankMatchTable {
  id: string;
  code: string;
  account_id: string;
  matched_on: string;
  made_by: string | null;
  made_at: Generated<Timestamp>;
  in_bulk: Generated<boolean>;
  reasons: Generated<Json>;
  rule_id: bigint | null;
  locked_by: string | null;
  locked_at: Timestamp | null;
  undone_by: string | null;
  undone_at: Timestamp | null;
  undone_because: string | null;
}

export interface BankMatchLineTable {
  match_id: string;
  line_id: bigint;
  amount_minor: bigint;
}

/** One thing a match consists of, signed as the bank shows it, with the entry it made when it made one. */
export interface BankMatchPartTable {
  match_id: string;
  part_no: number;
  kind: string;
  subject: string | null;
  amount_minor: bigint;
  donation_id: string | null;
  entry_id: bigint | null;
  undo_entry_id: bigint | null;
}

/** A statement within a file, with what the bank says it began and ended with. Never corrected, only flagged. */
export interface BankStatementTable {
  id: GeneratedAlways<bigint>;
  import_id: string;
  account_id: string;
  number: string | null;
  from_on: string | null;
  to_on: string | null;
  opening_minor: bigint | null;
  closing_minor: bigint | null;
  currency: string | null;
  adds_up: boolean | null;
  flags: Generated<Json>;
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

/** What was changed of a campaign as it was filed: legal host, licence, filing number, last day. The campaign has the present state. */
export interface CampaignAmendmentTable {
  id: string;
  campaign_id: string;
  before: Json;
  after: Json;
  reason: string;
  made_by: string;
  made_on: string;
  recorded_at: Generated<Timestamp>;
}

/** Versions of a fundraising plan (募捐方案); the newest is in force. */
export interface CampaignPlanTable {
  campaign_id: string;
  version: number;
  mode: string;
  purpose: LocalText;
  area: LocalText;
  person_in_charge: LocalText;
  office: LocalText;
  ways_to_give: LocalText;
  bank_account: LocalText;
  beneficiaries: LocalText;
  uses: LocalText;
  costs: LocalText;
  surplus: LocalText;
  /** Cooperating bodies (合作方): [{"name": …, "role": …}] in three languages. */
  partners: Generated<Json>;
  contact: LocalText;
  complaints: LocalText;
  filed_on: string | null;
  reason: string | null;
  recorded_by: string;
  recorded_on: string;
  recorded_at: Generated<Timestamp>;
}

/** Card testing was noticed and staff were told; from then on payments ask for a proof of work. */
export interface CardAlarmTable {
  id: string;
  raised_at: Generated<Timestamp>;
  declined: number;
  paid: number;
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
  /** The confirmed defect a repair is for. */
  concern_id: string | null;
  /** Who repaired it, when stage is repair; otherwise the contractor of the contract is paid. */
  paid_to: string | null;
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

/** How a bank's table is read, as a person confirmed it after the preview. Append-only; the newest with the same header counts. */
export interface ColumnMappingTable {
  id: GeneratedAlways<bigint>;
  account_id: string;
  mapping: Json;
  saved_by: string | null;
  saved_at: Generated<Timestamp>;
}

/** Idempotency: the answer once given under a key, and the hash of the input it was given for. */
export interface CommandKeyTable {
  command: string;
  key: string;
  input_hash: Buffer;
  answer: Json | null;
  recorded_at: Generated<Timestamp>;
}

/** What someone reported: a defect of a road or an irregularity. Its words and contact are never public. */
export interface ConcernTable {
  id: string;
  code: string;
  kind: string;
  campaign_id: string;
  segment_id: string | null;
  /** Whom it is about, as far as was said: nobody of this role reads or handles it. */
  about_role: string | null;
  told: string;
  contact: string | null;
  picture_sha256: string | null;
  status: string;
  finding: string | null;
  summary: LocalText | null;
  outcome: LocalText | null;
  received_on: string;
  settled_on: string | null;
  created_at: Generated<Timestamp>;
}

/** What was done about a report, by whom. Internal. */
export interface ConcernStepTable {
  id: GeneratedAlways<bigint>;
  concern_id: string;
  event: string;
  from_status: string;
  to_status: string;
  note: string | null;
  by_person: string | null;
  happened_on: string;
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
  unit: string | null;
  /** Contracted quantity in thousandths of the unit; null for a lump sum. */
  quantity_milli: bigint | null;
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

/** A giver's bank took the money back (拒付). Won: it returned. Lost: it is gone, and so is the fee. */
export interface DisputeTable {
  id: string;
  code: string;
  donation_id: string;
  provider_dispute_id: string;
  amount_minor: bigint;
  fee_minor: bigint;
  status: string;
  reason: string;
  opened_on: string;
  closed_on: string | null;
  entry_id: bigint;
  closing_entry_id: bigint | null;
  /** Last day on which the giver's bank takes our answer. */
  due_on: string | null;
}

/** Our side of a dispute, with its evidence; sent to the provider after the commit. */
export interface DisputeAnswerTable {
  id: string;
  dispute_id: string;
  words: string;
  document_id: string | null;
  written_by: string;
  written_on: string;
  sent_at: Timestamp | null;
  recorded_at: Generated<Timestamp>;
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
  redacted_by: string | null;
  redacted_on: string | null;
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
  if_not_built: Generated<string>;
  hall_event_id: string | null;
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
  kind: Generated<string>;
  /** Who filled the form for a family or an organisation. Erasable. */
  contact: string | null;
  /** No more reminders of promises made with this row; a later promise starts anew. */
  reminders_stopped_at: Timestamp | null;
  news_stopped_at: Timestamp | null;
}

/** Two records that someone looked at and found to be two people: not suggested again. */
export interface DonorApartTable {
  a_id: string;
  b_id: string;
  by_person: string;
  at: Generated<Timestamp>;
}

/** Which letters were written to whom: each once, whatever is repeated. Holds no address and no content. */
export interface DonorLetterTable {
  donor_id: string;
  kind: string;
  about: string;
  queued_at: Generated<Timestamp>;
}

/** Two records of one giver, joined by a person. While in force, merged_id stands under kept_id. */
export interface DonorMergeTable {
  id: GeneratedAlways<bigint>;
  kept_id: string;
  merged_id: string;
  reasons: string[];
  merged_by: string;
  merged_at: Generated<Timestamp>;
  ended_by: string | null;
  ended_at: Timestamp | null;
  end_reason: string | null;
}

/** What names in different scripts have in common; only for suggesting duplicates. Erasable. */
export interface DonorNameKeyTable {
  donor_id: string;
  same_key: string;
  any_order: string | null;
  surnames: string[];
  /** The name the keys were made of: another one needs other keys. */
  of_name: string;
}

/** What a giver asked for about a gift of theirs. The reason is erasable. */
export interface DonorRequestTable {
  id: string;
  code: string;
  donation_id: string;
  kind: string;
  amount_minor: bigint | null;
  /** Where the gift is to go; null: where it is needed. */
  designation: string | null;
  reason: string | null;
  asked_by: string;
  asked_on: string;
  status: string;
  answered_by: string | null;
  answered_on: string | null;
  answer: string | null;
  refund_id: string | null;
  recorded_at: Generated<Timestamp>;
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
  /** What the entry moves for its purpose, or where it only moves money, how much; the sum of those postings. */
  amount_minor: bigint;
  /** Road the gift it is about was named for; null where the gift is free or the entry is about something else. */
  named_for: string | null;
}

/** Entries of transactions that summary_mark has not passed, once for each posting. */
export interface EntrySinceMarkTable {
  entry_id: bigint;
}

/** Who takes charge of an item of the exceptions queue; the newest row of an item counts. Append-only. */
export interface ExceptionOwnerTable {
  id: GeneratedAlways<bigint>;
  kind: string;
  subject: string;
  owner_id: string | null;
  note: string | null;
  given_by: string;
  given_at: Generated<Timestamp>;
}

/** Form tokens and proofs of work that have been spent; each opens one payment page. */
export interface FormTokenUsedTable {
  token: Buffer;
  used_at: Generated<Timestamp>;
}

/** A bundle of gifts by hand with its control totals; verified or sent back as a whole by a second person. */
export interface GiftBatchTable {
  id: string;
  code: string;
  campaign_id: string;
  kind: string;
  note: string | null;
  gift_count: number;
  total_minor: bigint;
  /** Cash count sheet: how many of each note and coin, by face value in minor units. */
  cash_count: Json | null;
  content_hash: string;
  status: string;
  entered_on: string;
  entered_by: string;
  entered_at: Generated<Timestamp>;
  decided_by: string | null;
  decided_on: string | null;
  reason: string | null;
}

export interface GiftBatchLineTable {
  batch_id: string;
  line_no: number;
  donation_id: string;
}

/** Gifts of each campaign by the month and the way they came, exact at this instant: the summary and what is newer. */
export interface GiftMonthSumTable {
  campaign_id: string;
  month: string;
  channel: string;
  gifts: bigint;
  amount_minor: bigint;
}

/** Each posting that brought a gift in, and each that undid that (negative), with its transaction. */
export interface GiftMovementTable {
  campaign_id: string;
  channel: string;
  tx: string;
  gifts: number;
  amount_minor: bigint;
  month: string;
  entry_id: bigint;
}

/** Whether each gift ever received is named now, and whether named_gift_summary holds it. */
export interface GiftNamingTable {
  donation_id: string;
  campaign_id: string;
  month: string;
  channel: string;
  amount_minor: bigint;
  named: boolean;
  counted: boolean;
}

/** Gifts that named_gift_summary must be changed by. Looked for among what came, was undone or had its naming changed since summary_mark. */
export interface GiftNamingChangeTable {
  donation_id: string;
  campaign_id: string;
  month: string;
  channel: string;
  amount_minor: bigint;
  named: boolean;
  counted: boolean;
}

/** What opens the commitments in the leaf of a gift. Erasable: value and salt go together. */
export interface GiftSealTable {
  donation_id: string;
  field: string;
  /** As it was when the gift arrived; null once forgotten. */
  value: string | null;
  /** Random, one per gift and field; empty once forgotten. */
  salt: Buffer;
}

/** Gifts of each campaign by the way they came, exact at this instant: the summary and what is newer. */
export interface GiftSumTable {
  campaign_id: string;
  channel: string;
  gifts: bigint;
  amount_minor: bigint;
}

/** Gifts of transactions before summary_mark by the month and the way they came, undone ones taken off. Derived; can be made again from nothing. */
export interface GiftSummaryTable {
  campaign_id: string;
  channel: string;
  gifts: bigint;
  /** Settled amounts, before fees and before anything went back to a donor. */
  amount_minor: bigint;
  /** The month a gift first came in, also when it was undone and came again. */
  month: string;
}

/** One try to reach the payment provider. Keys are HMACs; nothing here says who or where. */
export interface GivingTryTable {
  id: string;
  at: Generated<Timestamp>;
  network_key: Buffer;
  subnet_key: Buffer;
  email_key: Buffer | null;
  device_key: Buffer;
  outcome: string;
  proved: boolean;
  why: string | null;
  checkout_id: string | null;
  /** The page takes card numbers; a page of a wallet cannot be used to try them out. */
  card: Generated<boolean>;
  /** A signed-in account stood behind the try: its mailbox was proved. */
  known: Generated<boolean>;
}

/** One row per account with a floor: locked by money going out, never by money coming in. */
export interface GuardTable {
  account_id: bigint;
  in_seen_minor: Generated<bigint>;
  out_minor: Generated<bigint>;
}

/** An evening in a hall (晚会): what its QR code, its cards and its screen belong to. */
export interface HallEventTable {
  id: string;
  slug: string;
  campaign_id: string;
  name: LocalText;
  held_on: string;
  recorded_by: string | null;
  recorded_at: Generated<Timestamp>;
}

/** When a part of Shanlu (worker, a periodic job) was last alive; readiness looks here. */
export interface HeartbeatTable {
  part: string;
  beat_at: Generated<Timestamp>;
  detail: string | null;
}

/** Scheduled parts of a pledge; an edit writes a new version of the whole plan. */
export interface InstalmentTable {
  pledge_id: string;
  pledge_version: number;
  no: number;
  due_on: string;
  amount_minor: bigint;
}

/** What an invoice asks for, line by line of its contract, net of retention. */
export interface InvoiceLineTable {
  disbursement_id: string;
  line_no: number;
  quantity_milli: bigint;
  amount_minor: bigint;
}

/** Signed heads (C2SP tlog-checkpoint). One per size: two would be a fork. */
export interface LogCheckpointTable {
  epoch: number;
  size: bigint;
  root: Buffer;
  note: string;
  signed_at: Generated<Timestamp>;
}

/** What independent witnesses have added to our heads. */
export interface LogCosignatureTable {
  epoch: number;
  size: bigint;
  witness: string;
  line: string;
  cosigned_at: Timestamp;
}

/** Leaves written in the transaction of their act, waiting for the sequencer. Exact bytes, no personal value. */
export interface LogDraftTable {
  id: GeneratedAlways<bigint>;
  body: Buffer;
  tx: Generated<string>;
  drafted_at: Generated<Timestamp>;
}

/** The name (origin) under which heads are signed. A new one only after a person has confirmed that leaves were lost. */
export interface LogEpochTable {
  epoch: number;
  origin: string;
  began_at: Generated<Timestamp>;
}

/** Our tree is smaller than, or differs from, the last head others hold. While unconfirmed: no signature, no money. */
export interface LogHaltTable {
  id: GeneratedAlways<bigint>;
  cause: string;
  own_size: bigint;
  own_root: Buffer;
  witnessed_size: bigint;
  /** The head others hold; null when a witness tells only its size. */
  witnessed_note: string | null;
  found_at: Generated<Timestamp>;
}

/** Every public key that has ever signed a head: old proofs are checked with old keys. */
export interface LogKeyTable {
  vkey: string;
  epoch: number;
  used_from: Generated<Timestamp>;
}

/** The log itself: which draft is leaf number n, and its hash (SHA-256 of 0x00 and the bytes). */
export interface LogLeafTable {
  leaf_index: bigint;
  draft_id: bigint;
  leaf_hash: Buffer;
  kind: string;
  /** Public number of the entry; null for acts. */
  number: string | null;
  /** Kind of entry or name of the act; null for lots. */
  event: string | null;
  /** What it is about: gift, road, contract, payment. */
  subject: string | null;
  appended_at: Generated<Timestamp>;
}

/** Hash of each complete run of 256, 256², … leaves (C2SP tlog-tiles). Level 0 is log_leaf. */
export interface LogNodeTable {
  level: number;
  node_index: bigint;
  hash: Buffer;
}

/** Who confirmed a halt, with the public reason; the leaf in the log holds the reason's commitment. */
export interface LogResumptionTable {
  halt_id: bigint;
  confirmed_by: string;
  reason: string;
  salt: Buffer;
  epoch: number;
  recorded_at: Generated<Timestamp>;
}

/** When our tree was last compared with what others hold, and on which running database. Money waits for it. */
export interface LogWatchTable {
  only_one: Generated<boolean>;
  /** Start of the database server and id of the database: a restored copy has another one. */
  incarnation: string;
  checked_at: Timestamp;
  witnessed_at: Timestamp | null;
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

/** Each lot with the road it may pave now: what its giver named, or what was agreed or filed since. */
export interface LotNowTable {
  lot_id: bigint;
  subject: string;
  kind: string;
  campaign_id: string;
  amount_minor: bigint;
  /** Null: where it is needed. */
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

/** A gift may serve another road than its giver named: at their own wish, by consent, or by filing. The gift itself keeps what was named. */
export interface LotRedesignationTable {
  id: GeneratedAlways<bigint>;
  lot_id: bigint;
  /** Null: where it was needed. */
  from_segment: string | null;
  to_segment: string | null;
  basis: string;
  plan_change_id: string | null;
  decided_on: string;
  recorded_at: Generated<Timestamp>;
  /** The giver's own request, for moves at their wish. */
  request_id: string | null;
}

/** Who told the recipient of a mail that was given up, and how. No reference to outbox, whose old rows are removed. Append-only. */
export interface MailToldTable {
  outbox_id: string;
  told_by: string;
  note: string;
  told_at: Generated<Timestamp>;
}

/** What accepted matches have taught: lines of the same wording were this kind of thing so many times. */
export interface MatchRuleTable {
  id: GeneratedAlways<bigint>;
  account_id: string;
  inward: boolean;
  counterparty_key: string;
  memo_key: string;
  makes: string;
  other_account: string | null;
  times: Generated<number>;
  learned_at: Generated<Timestamp>;
  off_at: Timestamp | null;
  off_by: string | null;
}

/** What was measured on the road: lengths in micrometres (1/1000 mm), strength in kPa (1/1000 MPa). */
export interface MeasurementTable {
  id: string;
  segment_id: string;
  kind: string;
  station: string;
  value_milli: bigint;
  required_milli: bigint | null;
  document_id: string | null;
  note: string | null;
  measured_by: string;
  measured_on: string;
  recorded_at: Generated<Timestamp>;
}

export interface MigrationChecksumTable {
  name: string;
  sha256: string;
}

/** Each posting of the purpose book with its month, what it moves between, and its transaction. */
export interface MonthMovementTable {
  campaign_id: string;
  month: string;
  from_class: string;
  to_class: string;
  tx: string;
  amount_minor: bigint;
  entry_id: bigint;
}

/** What moved in each month between which classes of account, exact at this instant. */
export interface MonthSumTable {
  campaign_id: string;
  month: string;
  from_class: string;
  to_class: string;
  amount_minor: bigint;
}

/** Postings of the purpose book of transactions before summary_mark, summed by accounting month and the classes they move between. Derived; can be made again from nothing. */
export interface MonthSummaryTable {
  campaign_id: string;
  month: string;
  from_class: string;
  to_class: string;
  amount_minor: bigint;
}

/** Whether named_gift_summary holds a gift; no row where it never did. Derived; can be made again from nothing. */
export interface NamedGiftCountedTable {
  donation_id: string;
  counted: boolean;
}

/** Gifts whose giver is named now, by the month and the way they came, exact at this instant. */
export interface NamedGiftSumTable {
  campaign_id: string;
  month: string;
  channel: string;
  gifts: bigint;
  amount_minor: bigint;
}

/** The gifts of named_gift_counted by the month and the way they came. Derived; can be made again from nothing. */
export interface NamedGiftSummaryTable {
  campaign_id: string;
  month: string;
  channel: string;
  gifts: bigint;
  amount_minor: bigint;
}

/** Mail to be sent, to exactly one recipient. Message-ID = id, fixed for all tries. */
export interface OutboxTable {
  id: string;
  template: string;
  lang: string;
  person_id: string | null;
  donor_id: string | null;
  /** Encrypted: what the template needs, and the address when it belongs to no person or donor. Emptied once sent. */
  sealed: Buffer | null;
  queued_at: Generated<Timestamp>;
  expires_at: Timestamp;
  attempts: Generated<number>;
  leased_until: Timestamp | null;
  last_problem: string | null;
  sent_at: Timestamp | null;
  dropped_at: Timestamp | null;
  dropped_because: string | null;
}

/** A WebAuthn credential of a person; a removed one stays, so that its number is never taken again. */
export interface PasskeyTable {
  id: string;
  person_id: string;
  credential_id: Buffer;
  public_key: Buffer;
  /** Signatures the authenticator says it has made; an answer that does not count on comes from a copy. */
  counter: bigint;
  name: string;
  added_at: Timestamp;
  used_at: Timestamp | null;
  removed_at: Timestamp | null;
  removed_because: string | null;
}

/** What a passkey is to sign next, for two minutes and once; one per session and purpose. */
export interface PasskeyChallengeTable {
  session_id: string;
  purpose: string;
  challenge: string;
  expires_at: Timestamp;
}

/** One refused card, once per event of the provider. Many on one page are somebody trying numbers. */
export interface PaymentDeclineTable {
  event_id: string;
  checkout_id: string;
  at: Generated<Timestamp>;
}

/** Money the payment provider sends to the bank (结算到账); negative when it collects from the bank. */
export interface PayoutTable {
  id: string;
  code: string;
  provider_payout_id: string;
  currency: string;
  amount_minor: bigint;
  /** Automatic payouts come with the list of their lines; of manual ones the provider knows only the sum. */
  automatic: boolean;
  status: string;
  made_on: string;
  arrives_on: string;
  trace: string | null;
  failure: string | null;
  /** Which reading of the provider's list counts; 0 until it was read. */
  reading: Generated<number>;
  read_at: Timestamp | null;
  line_count: Generated<number>;
  lines_net_minor: Generated<bigint>;
  booked_on: string | null;
  matched_on: string | null;
  /** Public number of the bank line that shows it. */
  bank_line: string | null;
  recorded_at: Generated<Timestamp>;
}

/** The entries a payout made in the books, one per campaign and act. */
export interface PayoutEntryTable {
  payout_id: string;
  entry_id: bigint;
  act: string;
}

/** Where a payout's list and our books differ. Open until a person explains it; blocks the close of its month. */
export interface PayoutFindingTable {
  id: GeneratedAlways<bigint>;
  payout_id: string;
  reading: number;
  kind: string;
  provider_line_id: string | null;
  subject: string | null;
  expected_minor: bigint | null;
  found_minor: bigint | null;
  explained_by: string | null;
  explained_at: Timestamp | null;
  explanation: string | null;
}

/** One balance transaction of a payout and what of ours it is. Append-only; a new reading is new rows. */
export interface PayoutLineTable {
  payout_id: string;
  reading: number;
  line_no: number;
  provider_line_id: string;
  type: string;
  home: string;
  currency: string;
  gross_minor: bigint;
  fee_minor: bigint;
  net_minor: bigint;
  source_id: string | null;
  /** Public number of our gift, refund, dispute or payout; null when we know none. */
  subject: string | null;
  campaign_id: string | null;
  donation_id: string | null;
  /** Net that our books say for it, null where they say nothing before the payout. */
  expected_minor: bigint | null;
  made_at: Timestamp;
}

/** A month of the books. No row means open. Entries may not be dated into a closed month. */
export interface PeriodTable {
  campaign_id: string;
  month: string;
  status: string;
  changed_at: Generated<Timestamp>;
}

/** History of each month: who closed it over which figures, and who opened it again and why. Append-only. */
export interface PeriodChangeTable {
  id: GeneratedAlways<bigint>;
  campaign_id: string;
  month: string;
  event: string;
  made_by: string;
  checked_by: string | null;
  figures_hash: string;
  reason: string | null;
  public_text: LocalText | null;
  happened_on: string;
  recorded_at: Generated<Timestamp>;
}

/** A request to open a closed month again; shown in public once a second person approves it. */
export interface PeriodReopeningTable {
  id: string;
  campaign_id: string;
  month: string;
  reason: string;
  public_text: LocalText;
  content_hash: string;
  proposed_by: string;
  proposed_on: string;
  decided_by: string | null;
  decided_on: string | null;
  status: string;
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
  covered_by: string | null;
  covered_on: string | null;
  /** How many faces and number plates were made unrecognisable by hand. */
  covered_count: Generated<number>;
}

/** Capture time and place read from the original. Never public. */
export interface PhotographSealedTable {
  photograph_id: string;
  captured_at: Timestamp | null;
  latitude_e7: number | null;
  longitude_e7: number | null;
}

/** A road was suspended, cancelled, became cheaper or dearer, or was split: which gifts, on what legal basis, by when, and what came of it. */
export interface PlanChangeTable {
  id: string;
  code: string;
  campaign_id: string;
  segment_id: string;
  kind: string;
  reason: LocalText;
  basis: string;
  basis_reference: string | null;
  /** Where givers are asked to let their gift go; null = where it is needed. */
  to_segment_id: string | null;
  deadline: string;
  status: string;
  decision: string | null;
  keep_until: string | null;
  outcome: LocalText | null;
  content_hash: string | null;
  opened_by: string;
  opened_on: string;
  proposed_by: string | null;
  proposed_on: string | null;
  decided_by: string | null;
  decided_on: string | null;
  entry_id: bigint | null;
  created_at: Generated<Timestamp>;
}

/** One gift touched by a changed plan: was its giver asked, what was answered, what happened to it. */
export interface PlanChangeGiftTable {
  plan_change_id: string;
  lot_id: bigint;
  amount_minor: bigint;
  answer: string;
  asked_on: string | null;
  asked_by_means: string | null;
  answered_on: string | null;
  evidence: string | null;
  evidence_document_id: string | null;
  outcome: string | null;
  refund_id: string | null;
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
  if_not_built: Generated<string>;
  hall_event_id: string | null;
  batch_id: string | null;
}

/** How much of a gift fulfils a pledge (book currency); negative rows un-apply. */
export interface PledgeApplicationTable {
  id: GeneratedAlways<bigint>;
  pledge_id: string;
  donation_id: string;
  amount_minor: bigint;
  recorded_at: Generated<Timestamp>;
}

/** Paper pledge cards typed together. Count and total were added up by hand before typing and equal what was typed. */
export interface PledgeBatchTable {
  id: string;
  code: string;
  hall_event_id: string;
  card_count: number;
  total_minor: bigint;
  recorded_by: string;
  recorded_at: Generated<Timestamp>;
}

/** A new plan of parts (the promise stays) or a raised promise; the plan itself is the instalment rows of that version. */
export interface PledgeChangeTable {
  id: GeneratedAlways<bigint>;
  pledge_id: string;
  version: number;
  kind: string;
  before_minor: bigint;
  after_minor: bigint;
  by_person: string | null;
  happened_on: string;
  recorded_at: Generated<Timestamp>;
}

/** Release from a pledge for hardship (慈善法第四十一条): number of the report to the civil affairs department and the public explanation. */
export interface PledgeReleaseTable {
  pledge_id: string;
  filing_reference: string;
  public_text: LocalText;
  released_on: string;
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

/** Each invariant re-proved on live data: how many rows offend it. Zero is the only good answer. */
export interface ProofRunTable {
  id: GeneratedAlways<bigint>;
  started_at: Generated<Timestamp>;
  proof: string;
  offenders: bigint;
  took_ms: number;
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
  /** The first day it may be published; null when it never had to wait. */
  opens_on: string | null;
  code: string | null;
  period_from: string | null;
  period_to: string | null;
  due_on: string | null;
  /** What the books said of the period when the report was submitted; frozen. Null for news. */
  figures: Json | null;
  /** The language a person wrote it in; the others are converted or shown marked. */
  original_lang: Generated<string>;
  submitted_on: string | null;
  /** Why it waited or waits; null when it never did. */
  withheld_reason: string | null;
}

/** How many transactions of each backend have written what the public may see; the sum is the version of published data. */
export interface PublicationVersionTable {
  slot: number;
  changes: bigint;
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

/** One row per limited thing (keyed hash, no address in clear). Its budget is whole again at full_until. */
export interface RateLimitTable {
  key: Buffer;
  full_until: Timestamp;
}

/** Numbered receipts, gap-free; void and re-issue, never delete. */
export interface ReceiptTable {
  id: string;
  serial: bigint | null;
  donation_id: string;
  status: string;
  replaces_id: string | null;
  fiscal_number: string | null;
  issued_on: string;
  recorded_at: Generated<Timestamp>;
  campaign_id: string;
  currency: string;
  amount_minor: bigint;
  /** Name printed on the receipt, erasable; null: 匿名. */
  issued_to: string | null;
  issued_by: string | null;
  voided_on: string | null;
  voided_by: string | null;
  /** Why it was voided or replaced. */
  reason: string | null;
  /** Of the fiscal receipt (公益事业捐赠票据); null when only its number was told. */
  fiscal_code: string | null;
  fiscal_check: string | null;
  fiscal_on: string | null;
}

export interface ReceiptCounterTable {
  campaign_id: string;
  last_serial: Generated<bigint>;
}

/** Every print of a receipt. The first is the original, each later one says 副本 on its face. */
export interface ReceiptPrintTable {
  receipt_id: string;
  no: number;
  lang: string;
  by_person: string | null;
  printed_at: Generated<Timestamp>;
}

/** Name on a receipt whose giver was forgotten: encrypted, and gone after kept_until. */
export interface ReceiptStubTable {
  receipt_id: string;
  sealed: Buffer;
  /** First day on which it may be removed, and is. */
  kept_until: string;
  recorded_at: Generated<Timestamp>;
}

/** The giver does without a receipt (放弃接受捐赠票据), which the charity must have on record (慈善法 art 38). */
export interface ReceiptWaiverTable {
  donation_id: string;
  no: number;
  by_person: string | null;
  waived_on: string;
  withdrawn_on: string | null;
  recorded_at: Generated<Timestamp>;
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
  name_kind: Generated<string>;
  /** In honour or in memory of whoever the dedication names; null: words of another kind. */
  dedication_kind: string | null;
  /** Transaction that last changed it: what is newer than summary_mark is looked at again by every sum. */
  tx: Generated<string>;
}

/** Codes on paper for a lost authenticator app, each good once. */
export interface RecoveryCodeTable {
  person_id: string;
  /** scrypt (N=2^15, r=8, p=3) of the keyed hash of the code; the keyed hash itself while there is no salt. */
  code_hash: Buffer;
  created_at: Generated<Timestamp>;
  used_at: Timestamp | null;
  /** Random, one for all codes of a set. */
  salt: Buffer | null;
}

export interface RefundTable {
  id: string;
  code: string;
  donation_id: string;
  /** In the book currency, what leaves the books. */
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
  /** In the gift's own currency, what the giver gets back. */
  own_minor: bigint | null;
  sent_by: string | null;
  sent_on: string | null;
  closed_on: string | null;
  closing_entry_id: bigint | null;
  bank_reference: string | null;
  failure: string | null;
  /** What really left the balance, in the book currency; the difference to amount_minor is an exchange difference. */
  settled_minor: bigint | null;
}

/** Authenticator app (TOTP, RFC 6238) of a person; the secret is encrypted. */
export interface SecondFactorTable {
  person_id: string;
  secret_sealed: Buffer;
  set_up_at: Generated<Timestamp>;
  confirmed_at: Timestamp | null;
  /** The newest step, by the authenticator’s clock, whose code was taken or named as run out: none up to it is taken again. */
  last_step: Generated<bigint>;
  /** How many steps of 30 s the clock of the authenticator is ahead of ours. */
  drift: Generated<number>;
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
  /** Planned thickness of the surface course. */
  thickness_mm: number | null;
  /** Administrative class of a rural road (县道, 乡道, 村道) or a lane to houses (巷道). */
  road_class: string | null;
  /** Planned surface. */
  surface: string | null;
  /** Households the road serves. */
  households: number | null;
  /** How the public sees the line: exact, rounded to a thousandth of a degree (about 100 m), or not at all. */
  line_privacy: Generated<string>;
}

/** What a road's line and facts were before each change, and why they changed. */
export interface SegmentRevisionTable {
  id: GeneratedAlways<bigint>;
  segment_id: string;
  geometry: Json;
  length_mm: number;
  width_mm: number;
  thickness_mm: number | null;
  road_class: string | null;
  surface: string | null;
  households: number | null;
  line_privacy: string;
  line_changed: boolean;
  length_after_mm: number;
  reason: string;
  happened_on: string;
  by_person: string;
  recorded_at: Generated<Timestamp>;
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

/** Which roads came of a road that was split or merged. The old road stays, cancelled, under its number. */
export interface SegmentSuccessionTable {
  id: GeneratedAlways<bigint>;
  from_segment: string;
  to_segment: string;
  kind: string;
  reason: string;
  happened_on: string;
  by_person: string;
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
  /** The person who sees to it that the hole is filled. */
  owner_id: string | null;
  source_kind: string | null;
  /** What filled it: the campaign's fund, a named gift, or a named road's surplus. */
  source_subject: string | null;
}

/** Someone asked for a sign-in link and code. Used once, for ten minutes; removed after a day. */
export interface SignInRequestTable {
  id: string;
  /** Of the secret in the cookie of the browser that asked: only there the code works. */
  request_hash: Buffer;
  link_hash: Buffer;
  code_hash: Buffer;
  /** Null when the address belongs to nobody: such a row is written all the same and opens nothing. */
  email: string | null;
  lang: string;
  next_path: string | null;
  attempts: Generated<number>;
  created_at: Generated<Timestamp>;
  expires_at: Timestamp;
  used_at: Timestamp | null;
}

/** A browser that is signed in. expires_at is the donor limit; staff have a shorter one, by their roles of the moment. */
export interface SignInSessionTable {
  id: string;
  token_hash: Buffer;
  person_id: string;
  /** Browser and system in words, e.g. Firefox · Android; no address is kept. */
  device: string;
  created_at: Generated<Timestamp>;
  last_seen_at: Generated<Timestamp>;
  expires_at: Timestamp;
  second_factor_at: Timestamp | null;
  second_factor_failures: Generated<number>;
  ended_at: Timestamp | null;
  ended_because: string | null;
  /** The step whose code was typed last in this session, when it was not the current one: the next may prove the drift. */
  seen_step: bigint | null;
  /** How many steps that was ahead of our clock. */
  seen_drift: number | null;
}

/** Who shares in a promise or gift that one person made (分摊署名). Never in the ledger, never public; the name is erasable. */
export interface SoftCreditTable {
  id: string;
  pledge_id: string | null;
  donation_id: string | null;
  no: number;
  name: string | null;
  amount_minor: bigint;
  recorded_at: Generated<Timestamp>;
}

/** What a member of staff declares: telephone, account and interests, to be compared with bidders. */
export interface StaffDeclarationTable {
  person_id: string;
  phone: string | null;
  bank_account: string | null;
  interests: string | null;
  declared_on: string;
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

/** What the giver decided about the part of a gift that is more than was promised. */
export interface SurplusChoiceTable {
  id: string;
  donation_id: string;
  choice: string;
  amount_minor: bigint;
  pledge_id: string | null;
  chosen_by: string | null;
  chosen_on: string;
  recorded_at: Generated<Timestamp>;
}

/** The account transfers go to, printed on the transfer card; the newest row of a campaign is in force, older ones stay as history. */
export interface TransferAccountTable {
  id: string;
  campaign_id: string;
  holder: LocalText;
  account_number: string;
  bank: LocalText;
  recorded_by: string | null;
  recorded_at: Generated<Timestamp>;
  /** What two people decided; null for the account a campaign was set up with. */
  proposal_id: string | null;
}

/** An account that a person asks to have printed on transfer cards, and what another decided. */
export interface TransferAccountProposalTable {
  id: string;
  campaign_id: string;
  holder: LocalText;
  account_number: string;
  bank: LocalText;
  reason: string;
  content_hash: string;
  status: string;
  proposed_by: string;
  proposed_on: string;
  decided_by: string | null;
  decided_on: string | null;
  decision_note: string | null;
  recorded_at: Generated<Timestamp>;
}

/** A photograph on its way in pieces. The id is made on the phone, so a retry finds its own upload. */
export interface UploadTable {
  id: string;
  person_id: string;
  sha256: string;
  size_bytes: number;
  piece_bytes: number;
  begun_at: Generated<Timestamp>;
  done_at: Timestamp | null;
  photograph_id: string | null;
}

/** Bytes that have arrived; removed when the photograph is whole. */
export interface UploadPieceTable {
  upload_id: string;
  piece_no: number;
  bytes: Buffer;
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

/** By how much a variation changes a line of its contract; in force once the variation is approved. */
export interface VariationLineTable {
  variation_id: string;
  line_no: number;
  quantity_milli: bigint;
  amount_minor: bigint;
}

export interface DisclosureAcceptanceView {
  segment: string;
  sheet: string;
  length_mm: number;
  width_mm: number;
  thickness_mm: number;
  signed_on: string;
  result: string;
  /** Null when nothing was remarked. */
  remark: string | null;
}

export interface DisclosureAccountBalanceView {
  code: string;
  book: string;
  class: string;
  campaign: string;
  subject: string;
  currency: string;
  balance_minor: bigint;
}

export interface DisclosureAllocationView {
  code: string;
  segment: string;
  amount_minor: bigint;
  approved_on: string;
  status: string;
}

export interface DisclosureBudgetView {
  segment: string;
  version: number;
  total_minor: bigint;
  /** Null for a first budget. */
  reason: string | null;
  approved_on: string;
}

export interface DisclosureBudgetLineView {
  segment: string;
  version: number;
  line_no: number;
  item: LocalText;
  unit: string;
  quantity_milli: bigint;
  amount_minor: bigint;
}

export interface DisclosureCampaignView {
  slug: string;
  name: LocalText;
  organiser: LocalText;
  place: LocalText;
  story: LocalText;
  currency: string;
  time_zone: string;
  status: string;
  opens_on: string;
  ends_on: string;
  event_on: string;
  legal_host: LocalText;
  licence_no: string;
  filing_no: string;
  pay_elsewhere_url: string;
  quotes_required: number;
  illustrative: boolean;
}

export interface DisclosureCampaignNumbersView {
  campaign: string;
  currency: string;
  pledged_minor: bigint;
  pledge_count: number;
  fulfilled_minor: bigint;
  received_minor: bigint;
  allocated_minor: bigint;
  committed_minor: bigint;
  certified_minor: bigint;
  paid_minor: bigint;
  unallocated_minor: bigint;
  fees_minor: bigint;
  returned_minor: bigint;
  lost_minor: bigint;
  shortfall_minor: bigint;
  target_minor: bigint;
  segment_count: number;
  gift_count: number;
  contract_count: number;
  contractor_count: number;
  payment_count: number;
  /** Null before the first entry. */
  last_entry_on: string | null;
}

export interface DisclosureCampaignPlanView {
  campaign: string;
  version: number;
  mode: string;
  purpose: LocalText;
  area: LocalText;
  person_in_charge: LocalText;
  office: LocalText;
  ways_to_give: LocalText;
  bank_account: LocalText;
  beneficiaries: LocalText;
  uses: LocalText;
  costs: LocalText;
  surplus: LocalText;
  partners: Json;
  contact: LocalText;
  complaints: LocalText;
  /** Null when no filing is recorded. */
  filed_on: string | null;
  /** Null for the first version. */
  reason: string | null;
  recorded_on: string;
}

export interface DisclosureCertificateView {
  code: string;
  contract: string;
  segment: string;
  stage: string;
  /** Null when the amount was measured, not a share. */
  percent: number | null;
  amount_minor: bigint;
  certified_on: string;
  /** Null unless retention paid for a repair. */
  concern: string | null;
  paid_to_name: LocalText;
}

export interface DisclosureConcernView {
  code: string;
  kind: string;
  campaign: string;
  /** The road of a defect. Null for irregularities, which might point to people. */
  segment: string;
  status: string;
  /** Null before someone has looked. */
  finding: string | null;
  /** What was reported, in words of ours without names. Null for irregularities. */
  summary: LocalText;
  /** Null until it is settled. */
  outcome: LocalText | null;
  received_on: string;
  /** Null until it is settled. */
  settled_on: string | null;
}

export interface DisclosureContractView {
  code: string;
  segment: string;
  contractor: string;
  contractor_name: LocalText;
  /** Null when none was declared. */
  conflict_of_interest: string | null;
  amount_minor: bigint;
  retention_minor: bigint;
  /** Null when there were enough quotes. */
  few_quotes_reason: string | null;
  signed_on: string;
  status: string;
}

export interface DisclosureContractLineView {
  contract: string;
  line_no: number;
  item: LocalText;
  amount_minor: bigint;
  /** Null for a lump sum. */
  unit: string | null;
  /** Null for a lump sum. */
  quantity_milli: bigint | null;
  varied_milli: bigint;
  varied_minor: bigint;
  paid_milli: bigint;
  paid_minor: bigint;
}

/** Correction notices (更正说明): entries that undo an entry of a closed month, with both numbers. */
export interface DisclosureCorrectionView {
  campaign: string;
  correcting_id: bigint;
  corrected_id: bigint;
  kind: string;
  subject_kind: string;
  subject: string;
  corrected_on: string;
  correcting_on: string;
  financial_minor: bigint;
  purpose_minor: bigint;
  currency: string;
}

export interface DisclosureDocumentView {
  code: string;
  campaign: string;
  /** Null for documents of the whole campaign. */
  segment: string | null;
  kind: string;
  title: LocalText;
  dated: string;
  /** Null when not counted. */
  pages: number | null;
  media_type: string;
  size_bytes: bigint;
  sha256: string;
  /** Null when withheld: there is no public file. */
  file_sha256: string | null;
  visibility: string;
  /** Null when not withheld. */
  withheld_reason: string | null;
  /** Null when not withheld, or withheld without a date. */
  opens_on: string | null;
}

export interface DisclosureDutyView {
  campaign: string;
  kind: string;
  title: LocalText;
  rule: string;
  due_on: string;
  /** Null while it has not been met. */
  done_on: string | null;
}

export interface DisclosureEntryView {
  id: bigint;
  number: string;
  campaign: string;
  kind: string;
  subject_kind: string;
  subject: string;
  accounting_date: string;
  recorded_on: string;
  /** Null unless this entry corrects another. */
  reverses_id: bigint | null;
  /** Null unless this entry corrects another. */
  reason: string | null;
  /** Null unless a later entry undid this one. */
  reversed_by_id: bigint | null;
  amount_minor: bigint;
  currency: string;
  /** Null when the entry touches no road. */
  segment: string | null;
  /** Road the gift it is about was named for; null otherwise. */
  named_for: string;
}

export interface DisclosureEntryRoadView {
  segment: string;
  entry_id: bigint;
}

export interface DisclosureGiftView {
  code: string;
  campaign: string;
  received_on: string;
  amount_minor: bigint;
  fee_minor: bigint;
  currency: string;
  channel: string;
  /** The road its giver named. Null: where it is needed. */
  designation: string;
  status: string;
  /** Null for gifts in the book currency. */
  foreign_currency: string | null;
  /** Null for gifts in the book currency. */
  foreign_minor: bigint | null;
  /** Null for gifts in the book currency. */
  rate: string | null;
  /** Null for gifts in the book currency. */
  rate_on: string | null;
  /** Null unless this gift's donor agreed to be named and a person has read the name. */
  shown_as: LocalText | null;
  lot_order: bigint;
  /** The road it may pave now. Null: where it is needed. */
  designation_now: string;
}

/** The order in which gifts came, for lists that begin with the newest. */
export interface DisclosureGiftArrivalView {
  code: string;
  campaign: string;
  /** The day it first came in; a gift that was undone and came again may have a later day of its own. */
  arrived_on: string;
  lot_order: bigint;
}

export interface DisclosureGiftChannelView {
  campaign: string;
  channel: string;
  amount_minor: bigint;
  currency: string;
}

export interface DisclosureGiftPaymentView {
  gift: string;
  payment: string;
  amount_minor: bigint;
}

export interface DisclosureGiftPlaceView {
  gift: string;
  state: string;
  /** Null while the money belongs to no road. */
  segment: string | null;
  /** Null while no contract has taken it. */
  contract: string | null;
  amount_minor: bigint;
  lot_order: bigint;
}

export interface DisclosureHallEventView {
  slug: string;
  campaign: string;
  name: LocalText;
  held_on: string;
  currency: string;
  time_zone: string;
  illustrative: boolean;
  promise_count: number;
  pledged_minor: bigint;
  received_minor: bigint;
}

export interface DisclosureHallNameView {
  event: string;
  shown_as: LocalText;
  /** Null: where it is needed. */
  designation: string | null;
  name_order: number;
}

export interface DisclosureLogCheckpointView {
  epoch: number;
  origin: string;
  size: bigint;
  root: Buffer;
  note: string;
  signed_at: Timestamp;
  witnesses: number;
  cosignatures: string;
}

export interface DisclosureLogDelayView {
  leaves: number;
  median_ms: bigint;
  p99_ms: bigint;
  max_ms: bigint;
}

export interface DisclosureLogHaltView {
  id: bigint;
  cause: string;
  own_size: bigint;
  witnessed_size: bigint;
  found_at: Timestamp;
  /** Null while no person has confirmed it. */
  reason: string | null;
  /** Opens the commitment of the reason in the log; null until confirmed. */
  salt: Buffer;
  /** Null while no person has confirmed it. */
  resumed_at: Timestamp | null;
  /** Null while no person has confirmed it. */
  resumed_as: string | null;
}

export interface DisclosureLogKeyView {
  vkey: string;
  epoch: number;
  origin: string;
  used_from: Timestamp;
}

export interface DisclosureLogLeafView {
  leaf_index: bigint;
  leaf_hash: Buffer;
  kind: string;
  /** Null for acts. */
  number: string | null;
  /** Null for lots. */
  event: string | null;
  /** Null for entries about nothing in particular. */
  subject: string | null;
  body: Buffer;
}

export interface DisclosureLogLeafHashView {
  leaf_index: bigint;
  leaf_hash: Buffer;
}

export interface DisclosureLogNodeView {
  level: number;
  node_index: bigint;
  hash: Buffer;
}

export interface DisclosureLogWaitingView {
  leaves: number;
  oldest_ms: bigint;
}

export interface DisclosureMeasurementView {
  segment: string;
  kind: string;
  station: string;
  value_milli: bigint;
  /** Null when the contract names no value for it. */
  required_milli: bigint | null;
  /** Null when it was read on the spot. */
  report: string | null;
  measured_on: string;
}

export interface DisclosureMessageView {
  id: string;
  campaign: string;
  subject: string;
  shown_on: string;
  /** Null: the giver left words without a name. */
  shown_as: LocalText | null;
  /** Null when there is none. */
  dedication: string | null;
  /** Null unless in honour or in memory of someone. */
  dedication_kind: string | null;
  /** Null when there is none. */
  message: string | null;
}

export interface DisclosureMoneyMonthView {
  campaign: string;
  month: string;
  received_minor: bigint;
  allocated_minor: bigint;
  committed_minor: bigint;
  paid_minor: bigint;
}

export interface DisclosureNamedGiftView {
  code: string;
  campaign: string;
  received_on: string;
  amount_minor: bigint;
  currency: string;
  /** Null: where it is needed. */
  designation: string | null;
  shown_as: LocalText;
  lot_order: bigint;
}

export interface DisclosurePaymentView {
  code: string;
  campaign: string;
  segment: string;
  contract: string;
  certificate: string;
  stage: string;
  contractor_name: LocalText;
  amount_minor: bigint;
  paid_on: string;
  status: string;
  invoice_sha256: string;
  invoice: string;
}

export interface DisclosurePeriodView {
  campaign: string;
  month: string;
  status: string;
}

/** Closed months and months that were opened again, with the reason given to the public. */
export interface DisclosurePeriodEventView {
  campaign: string;
  month: string;
  event: string;
  happened_on: string;
  public_text: LocalText;
  figures_hash: string;
}

export interface DisclosurePhotographView {
  id: string;
  segment: string;
  stage: string;
  station: string;
  taken_on: string;
  original_sha256: string;
  public_sha256: string;
  thumb_sha256: string;
  width_px: number;
  height_px: number;
  caption: LocalText;
  illustrative: boolean;
}

export interface DisclosurePlanChangeView {
  code: string;
  segment: string;
  campaign: string;
  kind: string;
  reason: LocalText;
  basis: string;
  /** Null when givers themselves are asked. */
  basis_reference: string | null;
  /** Null: where it is needed. */
  to_segment: string | null;
  deadline: string;
  status: string;
  /** Null while it is open. */
  decision: string | null;
  /** Null unless the money stays with the road. */
  keep_until: string | null;
  /** Null while it is open. */
  outcome: LocalText | null;
  opened_on: string;
  /** Null while it is open. */
  decided_on: string | null;
  gift_count: number;
  amount_minor: bigint;
  given_count: number;
  refused_count: number;
  no_reply_count: number;
  moved_minor: bigint;
  return_minor: bigint;
}

export interface DisclosurePledgeDueView {
  campaign: string;
  due_on: string;
  outstanding_minor: bigint;
}

export interface DisclosurePostingView {
  entry_id: bigint;
  line_no: number;
  book: string;
  credit_account: string;
  debit_account: string;
  amount_minor: bigint;
  currency: string;
}

export interface DisclosurePostingGiftView {
  entry_id: bigint;
  line_no: number;
  gift: string;
  amount_minor: bigint;
}

export interface DisclosureProofStatusView {
  proof: string;
  offenders: bigint;
  checked_on: string;
  checked_at: Timestamp;
}

export interface DisclosurePublicationView {
  id: string;
  campaign: string;
  kind: string;
  title: LocalText;
  body: LocalText;
  /** Null unless it corrects another. */
  corrects: string | null;
  status: string;
  published_on: string;
  /** Null for news without a number. */
  code: string | null;
  /** Null for news. */
  period_from: string | null;
  /** Null for news. */
  period_to: string | null;
  /** Null when no law sets a day for it. */
  due_on: string | null;
  /** Null for news. */
  figures: Json | null;
  original_lang: string;
  content_hash: string;
  /** Null unless it corrects another. */
  corrects_code: string | null;
  /** Null unless a later one corrects it. */
  corrected_by: string | null;
}

export interface DisclosurePublicationVersionView {
  version: bigint;
}

export interface DisclosurePublicationWithheldView {
  code: string;
  campaign: string;
  kind: string;
  title: LocalText;
  period_from: string;
  period_to: string;
  /** Null when no law sets a day for it. */
  due_on: string | null;
  opens_on: string;
  withheld_reason: string;
  content_hash: string;
}

export interface DisclosureQuoteView {
  segment: string;
  contractor: string;
  contractor_name: LocalText;
  amount_minor: bigint;
  received_on: string;
  chosen: boolean;
}

export interface DisclosureSegmentView {
  code: string;
  campaign: string;
  name: LocalText;
  location: LocalText;
  length_mm: number;
  width_mm: number;
  /** Null when the line is withheld; rounded where it would lead to a door. */
  geometry: Json | null;
  status: string;
  budget_minor: bigint;
  warranty_until: string;
  currency: string;
  allocated_minor: bigint;
  committed_minor: bigint;
  certified_minor: bigint;
  paid_minor: bigint;
  gift_count: number;
  /** Null when not stated. */
  thickness_mm: number | null;
  /** Null when not stated. */
  road_class: string | null;
  /** Null when not stated. */
  surface: string | null;
  /** Null when not stated. */
  households: number | null;
  line_privacy: string;
}

export interface DisclosureSegmentGiftView {
  segment: string;
  gift: string;
  kind: string;
  lot_order: bigint;
  amount_minor: bigint;
  paid_minor: bigint;
}

export interface DisclosureSegmentMoveView {
  segment: string;
  event: string;
  from_status: string;
  to_status: string;
  happened_on: string;
  /** Null when none was needed. */
  reason: string | null;
  move_order: bigint;
}

export interface DisclosureSegmentRevisionView {
  segment: string;
  happened_on: string;
  reason: string;
  line_changed: boolean;
  length_before_mm: number;
  length_after_mm: number;
  revision_order: bigint;
}

export interface DisclosureSegmentSuccessionView {
  segment: string;
  successor: string;
  kind: string;
  happened_on: string;
}

export interface DisclosureShortfallView {
  code: string;
  campaign: string;
  amount_minor: bigint;
  cause: string;
  opened_on: string;
  /** Null while it is open. */
  resolved_on: string | null;
  /** Null while it is open. */
  resolution: string | null;
}

/** Gifts nobody is named for, by month and way. Small sums are put together before they are shown. */
export interface DisclosureUnnamedGiftSumView {
  campaign: string;
  month: string;
  channel: string;
  currency: string;
  gifts: number;
  amount_minor: bigint;
}

export interface DisclosureVariationView {
  code: string;
  contract: string;
  before_minor: bigint;
  after_minor: bigint;
  rationale: string;
  approved_on: string;
}

export interface Database {
  acceptance: AcceptanceTable;
  account: AccountTable;
  account_balance: AccountBalanceTable;
  account_day: AccountDayTable;
  account_summary: AccountSummaryTable;
  allocation: AllocationTable;
  allocation_plan: AllocationPlanTable;
  allocation_plan_line: AllocationPlanLineTable;
  audit_event: AuditEventTable;
  bank_account: BankAccountTable;
  bank_import: BankImportTable;
  bank_line: BankLineTable;
  bank_line_held: BankLineHeldTable;
  bank_match: BankMatchTable;
  bank_match_line: BankMatchLineTable;
  bank_match_part: BankMatchPartTable;
  bank_statement: BankStatementTable;
  budget: BudgetTable;
  budget_line: BudgetLineTable;
  campaign: CampaignTable;
  campaign_amendment: CampaignAmendmentTable;
  campaign_plan: CampaignPlanTable;
  card_alarm: CardAlarmTable;
  certificate: CertificateTable;
  checkout: CheckoutTable;
  column_mapping: ColumnMappingTable;
  command_key: CommandKeyTable;
  concern: ConcernTable;
  concern_step: ConcernStepTable;
  contract: ContractTable;
  contract_line: ContractLineTable;
  contractor: ContractorTable;
  disbursement: DisbursementTable;
  dispute: DisputeTable;
  dispute_answer: DisputeAnswerTable;
  document: DocumentTable;
  donation: DonationTable;
  donation_status_change: DonationStatusChangeTable;
  donor: DonorTable;
  donor_apart: DonorApartTable;
  donor_letter: DonorLetterTable;
  donor_merge: DonorMergeTable;
  donor_name_key: DonorNameKeyTable;
  donor_request: DonorRequestTable;
  duty: DutyTable;
  entry: EntryTable;
  entry_since_mark: EntrySinceMarkTable;
  exception_owner: ExceptionOwnerTable;
  form_token_used: FormTokenUsedTable;
  gift_batch: GiftBatchTable;
  gift_batch_line: GiftBatchLineTable;
  gift_month_sum: GiftMonthSumTable;
  gift_movement: GiftMovementTable;
  gift_naming: GiftNamingTable;
  gift_naming_change: GiftNamingChangeTable;
  gift_seal: GiftSealTable;
  gift_sum: GiftSumTable;
  gift_summary: GiftSummaryTable;
  giving_try: GivingTryTable;
  guard: GuardTable;
  hall_event: HallEventTable;
  heartbeat: HeartbeatTable;
  instalment: InstalmentTable;
  invoice_line: InvoiceLineTable;
  log_checkpoint: LogCheckpointTable;
  log_cosignature: LogCosignatureTable;
  log_draft: LogDraftTable;
  log_epoch: LogEpochTable;
  log_halt: LogHaltTable;
  log_key: LogKeyTable;
  log_leaf: LogLeafTable;
  log_node: LogNodeTable;
  log_resumption: LogResumptionTable;
  log_watch: LogWatchTable;
  lot: LotTable;
  lot_now: LotNowTable;
  lot_position: LotPositionTable;
  lot_redesignation: LotRedesignationTable;
  mail_told: MailToldTable;
  match_rule: MatchRuleTable;
  measurement: MeasurementTable;
  migration_checksum: MigrationChecksumTable;
  month_movement: MonthMovementTable;
  month_sum: MonthSumTable;
  month_summary: MonthSummaryTable;
  named_gift_counted: NamedGiftCountedTable;
  named_gift_sum: NamedGiftSumTable;
  named_gift_summary: NamedGiftSummaryTable;
  outbox: OutboxTable;
  passkey: PasskeyTable;
  passkey_challenge: PasskeyChallengeTable;
  payment_decline: PaymentDeclineTable;
  payout: PayoutTable;
  payout_entry: PayoutEntryTable;
  payout_finding: PayoutFindingTable;
  payout_line: PayoutLineTable;
  period: PeriodTable;
  period_change: PeriodChangeTable;
  period_reopening: PeriodReopeningTable;
  person: PersonTable;
  person_role: PersonRoleTable;
  photograph: PhotographTable;
  photograph_sealed: PhotographSealedTable;
  plan_change: PlanChangeTable;
  plan_change_gift: PlanChangeGiftTable;
  pledge: PledgeTable;
  pledge_application: PledgeApplicationTable;
  pledge_batch: PledgeBatchTable;
  pledge_change: PledgeChangeTable;
  pledge_release: PledgeReleaseTable;
  pledge_status_change: PledgeStatusChangeTable;
  posting: PostingTable;
  posting_lot: PostingLotTable;
  proof_run: ProofRunTable;
  publication: PublicationTable;
  publication_version: PublicationVersionTable;
  quote: QuoteTable;
  rate_limit: RateLimitTable;
  receipt: ReceiptTable;
  receipt_counter: ReceiptCounterTable;
  receipt_print: ReceiptPrintTable;
  receipt_stub: ReceiptStubTable;
  receipt_waiver: ReceiptWaiverTable;
  recognition: RecognitionTable;
  recovery_code: RecoveryCodeTable;
  refund: RefundTable;
  second_factor: SecondFactorTable;
  segment: SegmentTable;
  segment_revision: SegmentRevisionTable;
  segment_status_change: SegmentStatusChangeTable;
  segment_succession: SegmentSuccessionTable;
  shortfall: ShortfallTable;
  sign_in_request: SignInRequestTable;
  sign_in_session: SignInSessionTable;
  soft_credit: SoftCreditTable;
  staff_declaration: StaffDeclarationTable;
  stripe_event: StripeEventTable;
  summary_mark: SummaryMarkTable;
  surplus_choice: SurplusChoiceTable;
  transfer_account: TransferAccountTable;
  transfer_account_proposal: TransferAccountProposalTable;
  upload: UploadTable;
  upload_piece: UploadPieceTable;
  variation: VariationTable;
  variation_line: VariationLineTable;
  'disclosure.acceptance': DisclosureAcceptanceView;
  'disclosure.account_balance': DisclosureAccountBalanceView;
  'disclosure.allocation': DisclosureAllocationView;
  'disclosure.budget': DisclosureBudgetView;
  'disclosure.budget_line': DisclosureBudgetLineView;
  'disclosure.campaign': DisclosureCampaignView;
  'disclosure.campaign_numbers': DisclosureCampaignNumbersView;
  'disclosure.campaign_plan': DisclosureCampaignPlanView;
  'disclosure.certificate': DisclosureCertificateView;
  'disclosure.concern': DisclosureConcernView;
  'disclosure.contract': DisclosureContractView;
  'disclosure.contract_line': DisclosureContractLineView;
  'disclosure.correction': DisclosureCorrectionView;
  'disclosure.document': DisclosureDocumentView;
  'disclosure.duty': DisclosureDutyView;
  'disclosure.entry': DisclosureEntryView;
  'disclosure.entry_road': DisclosureEntryRoadView;
  'disclosure.gift': DisclosureGiftView;
  'disclosure.gift_arrival': DisclosureGiftArrivalView;
  'disclosure.gift_channel': DisclosureGiftChannelView;
  'disclosure.gift_payment': DisclosureGiftPaymentView;
  'disclosure.gift_place': DisclosureGiftPlaceView;
  'disclosure.hall_event': DisclosureHallEventView;
  'disclosure.hall_name': DisclosureHallNameView;
  'disclosure.log_checkpoint': DisclosureLogCheckpointView;
  'disclosure.log_delay': DisclosureLogDelayView;
  'disclosure.log_halt': DisclosureLogHaltView;
  'disclosure.log_key': DisclosureLogKeyView;
  'disclosure.log_leaf': DisclosureLogLeafView;
  'disclosure.log_leaf_hash': DisclosureLogLeafHashView;
  'disclosure.log_node': DisclosureLogNodeView;
  'disclosure.log_waiting': DisclosureLogWaitingView;
  'disclosure.measurement': DisclosureMeasurementView;
  'disclosure.message': DisclosureMessageView;
  'disclosure.money_month': DisclosureMoneyMonthView;
  'disclosure.named_gift': DisclosureNamedGiftView;
  'disclosure.payment': DisclosurePaymentView;
  'disclosure.period': DisclosurePeriodView;
  'disclosure.period_event': DisclosurePeriodEventView;
  'disclosure.photograph': DisclosurePhotographView;
  'disclosure.plan_change': DisclosurePlanChangeView;
  'disclosure.pledge_due': DisclosurePledgeDueView;
  'disclosure.posting': DisclosurePostingView;
  'disclosure.posting_gift': DisclosurePostingGiftView;
  'disclosure.proof_status': DisclosureProofStatusView;
  'disclosure.publication': DisclosurePublicationView;
  'disclosure.publication_version': DisclosurePublicationVersionView;
  'disclosure.publication_withheld': DisclosurePublicationWithheldView;
  'disclosure.quote': DisclosureQuoteView;
  'disclosure.segment': DisclosureSegmentView;
  'disclosure.segment_gift': DisclosureSegmentGiftView;
  'disclosure.segment_move': DisclosureSegmentMoveView;
  'disclosure.segment_revision': DisclosureSegmentRevisionView;
  'disclosure.segment_succession': DisclosureSegmentSuccessionView;
  'disclosure.shortfall': DisclosureShortfallView;
  'disclosure.unnamed_gift_sum': DisclosureUnnamedGiftSumView;
  'disclosure.variation': DisclosureVariationView;
}
