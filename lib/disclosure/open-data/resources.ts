import type { Fields } from './fields.rules';

export type KeyColumn = { readonly sql: string; readonly type: 'text' | 'bigint' | 'integer' };

/** A kind of public record: one address of the API, one CSV table, one sheet of the workbook. */
export type Resource = {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  /** Relation of schema `disclosure`, with its joins. */
  readonly from: string;
  /** What every row must satisfy. */
  readonly where?: string;
  /** What one row is found by and pages are cut by, in this order. */
  readonly key: readonly KeyColumn[];
  /** The expression a single record is asked for by; none where a record has no address. */
  readonly one?: string;
  readonly fields: Fields;
  /** Parameters that narrow the list, each with its condition; `?` stands for the value. */
  readonly filters: Readonly<Record<string, Filter>>;
};

export type Filter = {
  readonly sql: string;
  readonly shape: 'text' | 'day' | 'amount';
  readonly about: string;
};

const currency = { kind: 'code', about: 'Currency of all amounts of this row (ISO 4217).' } as const;
const campaign = { kind: 'code', about: 'Campaign, by the name in its address.' } as const;
const segment = { kind: 'code', about: 'Road segment, by its code.' } as const;
const byCampaign: Filter = { sql: 'campaign = ?', shape: 'text', about: 'Only of this campaign.' };
const bySegment: Filter = { sql: 'segment = ?', shape: 'text', about: 'Only of this road segment.' };
const amount = (about: string, sql?: string) =>
  ({ kind: 'amount', about, ...(sql !== undefined && { sql }) }) as const;
const day = (about: string) => ({ kind: 'day', about }) as const;
const maybe = <Kind extends object>(field: Kind) => ({ ...field, optional: true }) as const;

const campaigns: Resource = {
  name: 'campaigns',
  title: 'Campaigns',
  about: 'Campaigns with the five numbers that are never mixed, each from its own source.',
  from: 'disclosure.campaign c join disclosure.campaign_numbers n on n.campaign = c.slug',
  key: [{ sql: 'c.slug', type: 'text' }],
  one: 'c.slug',
  fields: {
    slug: { kind: 'code', sql: 'c.slug', about: 'Name in the address.' },
    name: { kind: 'local', about: 'Name.' },
    organiser: { kind: 'local', about: 'Who organises it.' },
    place: { kind: 'local', about: 'Where the roads are.' },
    status: { kind: 'code', about: 'open or closed.' },
    opens_on: day('First day.'),
    ends_on: day('Last day.'),
    currency: { ...currency, sql: 'c.currency' },
    target_amount: amount('Sum of the approved budgets of all roads.', 'n.target_minor'),
    pledged_amount: amount('Promised; a promise is not income.', 'n.pledged_minor'),
    received_amount: amount('Given, less what was returned or lost.', 'n.received_minor'),
    allocated_amount: amount('Assigned to roads, whatever has become of it since.', 'n.allocated_minor'),
    committed_amount: amount('Bound by contracts, paid or not.', 'n.committed_minor'),
    certified_amount: amount('Certified as built, paid or not.', 'n.certified_minor'),
    paid_amount: amount('Paid to contractors.', 'n.paid_minor'),
    unallocated_amount: amount('Received and not yet assigned to a road.', 'n.unallocated_minor'),
    fees_amount: amount('Kept by payment providers.', 'n.fees_minor'),
    returned_amount: amount('Given back to donors.', 'n.returned_minor'),
    lost_amount: amount('Lost in disputes.', 'n.lost_minor'),
    gift_count: { kind: 'integer', sql: 'n.gift_count', about: 'Gifts received.' },
    segment_count: { kind: 'integer', sql: 'n.segment_count', about: 'Roads, cancelled ones left out.' },
    as_of: maybe({ kind: 'day', sql: 'n.last_entry_on', about: 'Day of the newest entry.' }),
    illustrative: { kind: 'flag', about: 'True where the figures are examples.' },
  },
  filters: {},
};

const segments: Resource = {
  name: 'segments',
  title: 'Road segments',
  about: 'Each road with its line (WGS 84), its state and its money.',
  from: 'disclosure.segment',
  key: [{ sql: 'code', type: 'text' }],
  one: 'code',
  fields: {
    code: { kind: 'code', about: 'Permanent code.' },
    campaign,
    name: { kind: 'local', about: 'Name.' },
    status: { kind: 'code', about: 'State of the works.' },
    length_mm: { kind: 'integer', about: 'Length in millimetres.' },
    width_mm: { kind: 'integer', about: 'Width in millimetres.' },
    currency,
    budget_amount: amount('Approved budget.', 'budget_minor'),
    allocated_amount: amount('Assigned to this road.', 'allocated_minor'),
    committed_amount: amount('Bound by its contracts.', 'committed_minor'),
    certified_amount: amount('Certified as built.', 'certified_minor'),
    paid_amount: amount('Paid.', 'paid_minor'),
    gift_count: { kind: 'integer', about: 'Gifts that went into it.' },
    warranty_until: maybe({ kind: 'day', about: 'Last day of the warranty.' }),
    thickness_mm: maybe({ kind: 'integer', about: 'Planned thickness of the surface in millimetres.' }),
    class: maybe({ kind: 'code', sql: 'road_class', about: 'county, township, village or lane.' }),
    surface: maybe({ kind: 'code', about: 'Planned surface: concrete, asphalt, block, gravel or earth.' }),
    households: maybe({ kind: 'integer', about: 'Households the road serves.' }),
    privacy: {
      kind: 'code',
      sql: 'line_privacy',
      about: 'How the line is shown: exact, rounded or withheld.',
    },
    line: maybe({
      kind: 'line',
      sql: 'geometry',
      about: 'The road as a GeoJSON LineString, longitude first. Rounded or absent where privacy says so.',
    }),
  },
  filters: {
    campaign: byCampaign,
    status: { sql: 'status = ?', shape: 'text', about: 'Only in this state.' },
  },
};

const entries: Resource = {
  name: 'entries',
  title: 'Ledger entries',
  about: 'Every entry of the books. A correction is an entry of its own that names the one it undoes.',
  from: 'disclosure.entry',
  key: [{ sql: 'id', type: 'bigint' }],
  one: 'number',
  fields: {
    number: { kind: 'code', about: 'Number of the entry.' },
    campaign,
    kind: { kind: 'code', about: 'What happened.' },
    accounting_date: day('Day on which it happened.'),
    recorded_on: day('Day on which it was written down.'),
    subject_kind: { kind: 'code', about: 'Kind of the record it is about.' },
    subject: { kind: 'code', about: 'Number of the record it is about.' },
    segment: maybe(segment),
    currency,
    amount: amount('What the entry moves for its purpose.', 'amount_minor'),
    reverses: maybe({
      kind: 'code',
      sql: "case when reverses_id is not null then 'E-' || lpad(reverses_id::text, 6, '0') end",
      about: 'The entry it undoes.',
    }),
    reason: maybe({ kind: 'text', about: 'Why it was corrected.' }),
  },
  filters: {
    campaign: byCampaign,
    segment: bySegment,
    kind: { sql: 'kind = ?', shape: 'text', about: 'Only of this kind.' },
    subject: { sql: 'subject = ?', shape: 'text', about: 'Only about this record.' },
    from: { sql: 'accounting_date >= ?::date', shape: 'day', about: 'Only of this day and later.' },
    to: { sql: 'accounting_date <= ?::date', shape: 'day', about: 'Only of this day and earlier.' },
  },
};

const postings: Resource = {
  name: 'postings',
  title: 'Postings',
  about:
    'Each amount moved from one account to another of the same book; the sums of these are all balances.',
  from: 'disclosure.posting',
  key: [
    { sql: 'entry_id', type: 'bigint' },
    { sql: 'line_no', type: 'integer' },
  ],
  fields: {
    entry: { kind: 'code', sql: "'E-' || lpad(entry_id::text, 6, '0')", about: 'Number of its entry.' },
    line_no: { kind: 'integer', about: 'Place within the entry.' },
    book: { kind: 'code', about: 'financial (where money is) or purpose (what it is for).' },
    credit_account: { kind: 'code', about: 'Account the amount leaves.' },
    debit_account: { kind: 'code', about: 'Account the amount comes to.' },
    currency,
    amount: amount('The amount, always positive.', 'amount_minor'),
  },
  filters: {
    entry: {
      sql: "entry_id = nullif(regexp_replace(?, '[^0-9]', '', 'g'), '')::bigint",
      shape: 'text',
      about: 'Only of this entry.',
    },
  },
};

const gifts: Resource = {
  name: 'gifts',
  title: 'Gifts of donors who are named',
  about:
    'Gifts whose donors agreed to be named. All others are only in gift-totals, in groups of at least five.',
  from: 'disclosure.gift',
  // One whose match with the bank was undone waits for its money again, or was never a gift.
  where: `shown_as is not null
    and status in ('cleared', 'settled', 'partly_refunded', 'refunded', 'disputed', 'won', 'lost')`,
  key: [{ sql: 'code', type: 'text' }],
  one: 'code',
  fields: {
    code: { kind: 'code', about: 'Public number of the gift.' },
    campaign,
    received_on: day('Day of receipt.'),
    name: { kind: 'local', sql: 'shown_as', about: 'Name as the donor wants it shown.' },
    currency,
    amount: amount('Amount in the currency of the books.', 'amount_minor'),
    segment: maybe({ ...segment, sql: 'designation' }),
  },
  filters: { campaign: byCampaign },
};

const contracts: Resource = {
  name: 'contracts',
  title: 'Contracts',
  about: 'Signed contracts with their contractors and amounts as changed by approved variations.',
  from: 'disclosure.contract k join disclosure.segment s on s.code = k.segment',
  key: [{ sql: 'k.code', type: 'text' }],
  one: 'k.code',
  fields: {
    code: { kind: 'code', sql: 'k.code', about: 'Number of the contract.' },
    campaign: { ...campaign, sql: 's.campaign' },
    segment: { ...segment, sql: 'k.segment' },
    contractor: { kind: 'code', sql: 'k.contractor', about: 'Contractor, by its code.' },
    contractor_name: { kind: 'local', sql: 'k.contractor_name', about: 'Name of the contractor.' },
    signed_on: day('Day of signature.'),
    status: { kind: 'code', sql: 'k.status', about: 'signed, completed or cancelled.' },
    currency: { ...currency, sql: 's.currency' },
    amount: amount('Amount of the contract.', 'k.amount_minor'),
    retention_amount: amount('Kept back until the warranty ends.', 'k.retention_minor'),
    few_quotes_reason: maybe({
      kind: 'text',
      sql: 'k.few_quotes_reason',
      about: 'Why fewer quotes were asked for.',
    }),
    conflict_of_interest: maybe({
      kind: 'text',
      sql: 'k.conflict_of_interest',
      about: 'Declared conflict of interest.',
    }),
  },
  filters: {
    campaign: { ...byCampaign, sql: 's.campaign = ?' },
    segment: { ...bySegment, sql: 'k.segment = ?' },
  },
};

const payments: Resource = {
  name: 'payments',
  title: 'Payments to contractors',
  about: 'Each payment with the certificate and the invoice it answers.',
  from: 'disclosure.payment p join disclosure.campaign c on c.slug = p.campaign',
  key: [{ sql: 'p.code', type: 'text' }],
  one: 'p.code',
  fields: {
    code: { kind: 'code', sql: 'p.code', about: 'Number of the payment.' },
    campaign: { ...campaign, sql: 'p.campaign' },
    segment: { ...segment, sql: 'p.segment' },
    contract: { kind: 'code', sql: 'p.contract', about: 'Its contract.' },
    certificate: { kind: 'code', sql: 'p.certificate', about: 'Certificate of the work paid for.' },
    contractor_name: { kind: 'local', sql: 'p.contractor_name', about: 'Who was paid.' },
    paid_on: day('Day of payment.'),
    status: { kind: 'code', sql: 'p.status', about: 'paid, reconciled with the bank, or bounced.' },
    currency: { ...currency, sql: 'c.currency' },
    amount: amount('Amount paid.', 'p.amount_minor'),
    invoice: { kind: 'code', sql: 'p.invoice', about: 'The invoice, a document.' },
    invoice_sha256: { kind: 'code', sql: 'p.invoice_sha256', about: 'Hash of the original invoice.' },
  },
  filters: {
    campaign: { ...byCampaign, sql: 'p.campaign = ?' },
    segment: { ...bySegment, sql: 'p.segment = ?' },
    contract: { sql: 'p.contract = ?', shape: 'text', about: 'Only of this contract.' },
  },
};

const documents: Resource = {
  name: 'documents',
  title: 'Documents',
  about: 'Papers with their hashes. What is withheld is listed too, with the reason and the day it opens.',
  from: 'disclosure.document',
  key: [{ sql: 'code', type: 'text' }],
  one: 'code',
  fields: {
    code: { kind: 'code', about: 'Number of the document.' },
    campaign,
    segment: maybe(segment),
    kind: { kind: 'code', about: 'Kind of document.' },
    title: { kind: 'local', about: 'Title.' },
    dated: day('Date on the document.'),
    media_type: { kind: 'code', about: 'Media type.' },
    sha256: { kind: 'code', about: 'Hash of the original.' },
    file: maybe({
      kind: 'code',
      sql: "'/files/' || file_sha256",
      about: 'Where the public copy is; never changes.',
    }),
    visibility: { kind: 'code', about: 'public, redacted or withheld.' },
    withheld_reason: maybe({ kind: 'text', about: 'Why it is withheld.' }),
    opens_on: maybe({ kind: 'day', about: 'When it opens.' }),
  },
  filters: {
    campaign: byCampaign,
    segment: bySegment,
    kind: { sql: 'kind = ?', shape: 'text', about: 'Only of this kind.' },
  },
};

const duties: Resource = {
  name: 'duties',
  title: 'Duties of publication',
  about: 'What the law asks of the campaign, with the day it is due and the day it was done.',
  from: 'disclosure.duty',
  key: [
    { sql: 'campaign', type: 'text' },
    { sql: "due_on::text || ' ' || kind", type: 'text' },
  ],
  fields: {
    campaign,
    kind: { kind: 'code', about: 'Kind of duty.' },
    title: { kind: 'local', about: 'What must be published.' },
    rule: { kind: 'text', about: 'The rule it comes from.' },
    due_on: day('Last day.'),
    done_on: maybe({ kind: 'day', about: 'Day it was done.' }),
  },
  filters: { campaign: byCampaign },
};

/** Everything the API and the tables offer, in the order in which it is explained. */
export const RESOURCES: readonly Resource[] = [
  campaigns,
  segments,
  entries,
  postings,
  gifts,
  contracts,
  payments,
  documents,
  duties,
];

export const resourceNamed = (name: string): Resource | undefined =>
  RESOURCES.find((resource) => resource.name === name);
