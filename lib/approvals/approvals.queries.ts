import { sql, type Kysely } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database } from '@/db/tables';
import { isCurrency, toDecimal } from '../shared/money';
import { staffDb } from '../staff-db';

export type WaitingKind =
  | 'budget'
  | 'allocation'
  | 'allocation-plan'
  | 'plan-change'
  | 'contract'
  | 'variation'
  | 'disbursement'
  | 'donation'
  | 'refund';

/** Something one person made and another must look at. */
export type Waiting = {
  readonly kind: WaitingKind;
  readonly code: string;
  readonly segment: string | null;
  readonly amountMinor: bigint;
  /** What it was before, where something changes. */
  readonly beforeMinor: bigint | null;
  readonly currency: string;
  readonly makerId: string | null;
  readonly makerName: string;
  readonly on: string;
  /** The hash of what the checker sees; approval posts it back. */
  readonly contentHash: string;
  readonly note: string | null;
  readonly document: string | null;
  readonly version: number | null;
};

const QUERY = sql<Waiting>`
  select 'budget' as kind, s.code, s.code as segment, b.total_minor as "amountMinor", nullif(s.budget_minor, 0) as "beforeMinor",
    c.book_currency as currency, b.proposed_by as "makerId", p.name as "makerName", b.proposed_on as "on",
    b.content_hash as "contentHash", b.reason as note, null::text as document, b.version
  from budget b join segment s on s.id = b.segment_id join campaign c on c.id = s.campaign_id join person p on p.id = b.proposed_by
  where b.status = 'proposed'
  union all
  select 'allocation', a.code, s.code, a.amount_minor, null, c.book_currency, a.proposed_by, p.name, a.proposed_on, a.content_hash, a.note, null, null
  from allocation a join segment s on s.id = a.segment_id join campaign c on c.id = s.campaign_id join person p on p.id = a.proposed_by
  where a.status = 'proposed'
  union all
  select 'contract', k.code, s.code, k.amount_minor, null, c.book_currency, k.proposed_by, p.name, k.signed_on, k.content_hash,
    k.few_quotes_reason, d.code, null
  from contract k join segment s on s.id = k.segment_id join campaign c on c.id = s.campaign_id join person p on p.id = k.proposed_by
    join document d on d.id = k.document_id
  where k.status = 'proposed'
  union all
  select 'variation', v.code, s.code, v.after_minor, v.before_minor, c.book_currency, v.proposed_by, p.name, v.proposed_on, v.content_hash,
    v.rationale, d.code, null
  from variation v join contract k on k.id = v.contract_id join segment s on s.id = k.segment_id join campaign c on c.id = s.campaign_id
    join person p on p.id = v.proposed_by left join document d on d.id = v.document_id
  where v.status = 'proposed'
  union all
  select 'disbursement', d.code, s.code, d.amount_minor, null, c.book_currency, d.requested_by, p.name, d.requested_on, d.content_hash,
    f.stage || coalesce(' ' || f.percent || ' %', ''), o.code, null
  from disbursement d join contract k on k.id = d.contract_id join segment s on s.id = k.segment_id join campaign c on c.id = s.campaign_id
    join person p on p.id = d.requested_by join certificate f on f.id = d.certificate_id join document o on o.id = d.invoice_document_id
  where d.status = 'submitted'
  union all
  select 'donation', d.code, d.designation, d.amount_minor, null, d.currency, d.recorded_by, coalesce(p.name, '—'), d.given_on, d.content_hash,
    d.bank_reference, null, null
  from donation d left join person p on p.id = d.recorded_by where d.status = 'recorded'
  union all
  select 'refund', r.code, null, r.amount_minor, null, c.book_currency, r.proposed_by, p.name, r.proposed_on, r.content_hash, r.reason, null, null
  from refund r join donation d on d.id = r.donation_id join campaign c on c.id = d.campaign_id join person p on p.id = r.proposed_by
  where r.status = 'proposed'
  union all
  select 'allocation-plan', a.code, null, a.amount_minor, null, c.book_currency, a.proposed_by, p.name, a.proposed_on, a.content_hash,
    (select string_agg(s.code || ' ' || l.amount_minor, ', ' order by l.line_no)
      from allocation_plan_line l join segment s on s.id = l.segment_id where l.plan_id = a.id)
      || coalesce(' — ' || a.note, ''), null, null
  from allocation_plan a join campaign c on c.id = a.campaign_id join person p on p.id = a.proposed_by
  where a.status = 'proposed'
  union all
  select 'plan-change', x.code, s.code, (select coalesce(sum(g.amount_minor), 0)::bigint from plan_change_gift g where g.plan_change_id = x.id),
    null, c.book_currency, x.proposed_by, p.name, x.proposed_on, x.content_hash,
    x.decision || ': ' || (x.outcome ->> 'zh-Hans') || (select coalesce(string_agg(', ' || g.answer || ' ' || g.n, '' order by g.answer), '')
      from (select answer, count(*) as n from plan_change_gift where plan_change_id = x.id group by answer) g), null, null
  from plan_change x join segment s on s.id = x.segment_id join campaign c on c.id = x.campaign_id join person p on p.id = x.proposed_by
  where x.status = 'proposed'
  order by "on" desc, code`;

/** Everything that waits for a second person, the newest first; also what the reader made themselves. */
export const approvalsInbox = async (db: Reader = staffDb()): Promise<Waiting[]> =>
  (await QUERY.execute(db as Kysely<Database>)).rows.map((item) =>
    item.kind === 'allocation-plan' ? { ...item, note: sharesInWords(item.note, item.currency) } : item,
  );

/** "ML-07 12345, ML-08 500 — note" with each road's share in the currency's own decimals. */
const sharesInWords = (note: string | null, currency: string): string | null => {
  if (note === null || !isCurrency(currency)) return note;
  const [shares = '', ...said] = note.split(' — ');
  const written = shares.replace(
    /(\S+) (\d+)(?=, |$)/g,
    (_whole, road: string, minor: string) => `${road} ${toDecimal(BigInt(minor), currency)}`,
  );
  return [written, ...said].join(' — ');
};

/** Payments the bank has made and could still send back, the newest first. */
export const paymentsMade = async (db: Reader = staffDb()) =>
  db
    .selectFrom('disbursement as d')
    .innerJoin('contract as k', 'k.id', 'd.contract_id')
    .innerJoin('segment as s', 's.id', 'k.segment_id')
    .innerJoin('campaign as c', 'c.id', 's.campaign_id')
    .select([
      'd.code',
      's.code as segment',
      'd.amount_minor as amountMinor',
      'c.book_currency as currency',
      'd.paid_on as paidOn',
    ])
    .where('d.status', 'in', ['paid', 'reconciled'])
    .orderBy('d.paid_on', 'desc')
    .orderBy('d.code', 'desc')
    .execute();

export type PayableDisbursement = {
  readonly code: string;
  readonly segment: string;
  readonly contractor: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly approvedOn: string;
};

/** Approved payments the bank has yet to make: the transfer list. */
export const paymentsToMake = (db: Reader = staffDb()): Promise<PayableDisbursement[]> =>
  db
    .selectFrom('disbursement as d')
    .innerJoin('contract as k', 'k.id', 'd.contract_id')
    .innerJoin('segment as s', 's.id', 'k.segment_id')
    .innerJoin('campaign as c', 'c.id', 's.campaign_id')
    .innerJoin('contractor as b', 'b.id', 'd.contractor_id')
    .select([
      'd.code',
      's.code as segment',
      'b.code as contractor',
      'd.amount_minor as amountMinor',
      'c.book_currency as currency',
    ])
    .select((eb) => eb.fn.coalesce('d.decided_on', 'd.requested_on').as('approvedOn'))
    .where('d.status', '=', 'approved')
    .orderBy('d.code')
    .execute();
