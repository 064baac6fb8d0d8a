import type { Reader } from '@/db/connect';
import type { LocalText } from '@/db/tables';
import { contractorRegister } from '../contracts/contractor.queries';
import type { Tie } from '../contracts/ties.rules';
import { auditTrail, type TrailRow } from '../audit/audit.queries';
import { staffDb } from '../staff-db';
import type { RoadMoney, Surroundings } from './approval.rules';
import { itemLines, type ItemLine } from './approval-lines.queries';
import type { Waiting } from './approvals.queries';

export type EvidenceDocument = {
  readonly code: string;
  readonly title: LocalText;
  readonly dated: string;
  readonly pages: number | null;
  readonly mediaType: string;
  readonly sha256: string;
};

export type Bidder = {
  readonly code: string;
  readonly name: LocalText;
  readonly conflict: string | null;
  readonly ties: readonly Tie[];
};

export type ApprovalDetail = {
  readonly roadName: LocalText | null;
  readonly around: Surroundings;
  readonly document: EvidenceDocument | null;
  /** The bidder a contract goes to, with what it is tied to. */
  readonly bidder: Bidder | null;
  /** The works it is about, line by line of the bill of quantities. */
  readonly lines: readonly ItemLine[];
  /** What happened to the thing so far, the newest first. */
  readonly trail: readonly TrailRow[];
};

/** What a second person needs beside the item itself: the road's money, the campaign's free money, evidence, history. */
export const approvalDetail = async (item: Waiting, db: Reader = staffDb()): Promise<ApprovalDetail> => {
  const road = item.segment === null ? null : await roadOf(item.segment, db);
  const [document, bidder, trail, unclaimedMinor, lines] = await Promise.all([
    item.document === null ? null : documentOf(item.document, db),
    item.kind === 'contract' ? bidderOf(item.code, db) : null,
    auditTrail({ thing: item.code }, 8, db),
    item.kind === 'disbursement' ? unclaimedOf(item.code, db) : null,
    itemLines(item, db),
  ]);
  return {
    roadName: road?.name ?? null,
    document,
    bidder,
    lines,
    trail,
    around: {
      road: road?.money ?? null,
      unallocatedMinor: road?.unallocatedMinor ?? 0n,
      unclaimedMinor,
      quotes: road && { received: road.quotes, required: road.quotesRequired },
    },
  };
};

const roadOf = async (code: string, db: Reader) => {
  const road = await db
    .selectFrom('segment as s')
    .innerJoin('campaign as c', 'c.id', 's.campaign_id')
    .select(['s.id', 's.name', 's.budget_minor', 's.campaign_id', 'c.quotes_required'])
    .where('s.code', '=', code)
    .executeTakeFirst();
  if (!road) return null;
  const [contracts, quotes] = await Promise.all([
    db.selectFrom('contract').select('code').where('segment_id', '=', road.id).execute(),
    db
      .selectFrom('quote')
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .where('segment_id', '=', road.id)
      .executeTakeFirstOrThrow(),
  ]);
  const balances = await db
    .selectFrom('account_balance')
    .select(['class', 'balance_minor'])
    .where('book', '=', 'purpose')
    .where((eb) =>
      eb.or([
        eb('subject', 'in', [code, ...contracts.map((contract) => contract.code)]),
        eb.and([eb('class', '=', 'unallocated'), eb('campaign_id', '=', road.campaign_id)]),
      ]),
    )
    .execute();
  const of = (accountClass: string): bigint =>
    balances.filter((row) => row.class === accountClass).reduce((sum, row) => sum + row.balance_minor, 0n);
  const money: RoadMoney = {
    budgetMinor: road.budget_minor,
    freeMinor: of('allocated'),
    committedMinor: of('committed'),
    certifiedMinor: of('certified'),
    paidMinor: of('paid'),
  };
  return {
    name: road.name,
    money,
    unallocatedMinor: of('unallocated'),
    quotes: Number(quotes.count),
    quotesRequired: road.quotes_required,
  };
};

/** Whom a contract would go to, with a declared conflict and shared telephones or accounts. */
const bidderOf = async (contract: string, db: Reader): Promise<Bidder | null> => {
  const row = await db
    .selectFrom('contract as k')
    .innerJoin('contractor as b', 'b.id', 'k.contractor_id')
    .select('b.code')
    .where('k.code', '=', contract)
    .executeTakeFirst();
  return (await contractorRegister(db)).find((one) => one.code === row?.code) ?? null;
};

const documentOf = async (code: string, db: Reader): Promise<EvidenceDocument | null> =>
  (await db
    .selectFrom('document')
    .select(['code', 'title', 'dated', 'pages', 'media_type as mediaType', 'sha256'])
    .where('code', '=', code)
    .executeTakeFirst()) ?? null;

/** What the certificate under a request still has for it: certified, less what other requests claim. */
const unclaimedOf = async (code: string, db: Reader): Promise<bigint | null> => {
  const request = await db
    .selectFrom('disbursement as d')
    .innerJoin('certificate as f', 'f.id', 'd.certificate_id')
    .select(['d.id', 'f.id as certificate', 'f.amount_minor'])
    .where('d.code', '=', code)
    .executeTakeFirst();
  if (!request) return null;
  const others = await db
    .selectFrom('disbursement')
    .select('amount_minor')
    .where('certificate_id', '=', request.certificate)
    .where('id', '!=', request.id)
    .where('status', 'in', ['draft', 'submitted', 'approved', 'paid', 'reconciled'])
    .execute();
  return request.amount_minor - others.reduce((sum, other) => sum + other.amount_minor, 0n);
};
