import type { Reader } from '@/db/connect';
import type { LocalText } from '@/db/tables';
import type { Grid } from './chinese-grid.rules';
import { readRoads, type RoadInFile } from './road-file.rules';
import type { SegmentStatus } from './segment.rules';
import { codesTaken, pointOfCampaign } from './segment.store';
import { staffDb } from '../staff-db';

export type RoadOnDesk = {
  readonly code: string;
  readonly name: LocalText;
  readonly status: SegmentStatus;
  readonly campaign: string;
  readonly currency: string;
  readonly budgetMinor: bigint;
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly quotesRequired: number;
  readonly freeMinor: bigint;
  /** The approved bill of quantities. */
  readonly bill: readonly {
    readonly lineNo: number;
    readonly item: LocalText;
    readonly unit: string;
    readonly quantityMilli: bigint;
    readonly amountMinor: bigint;
  }[];
  /** Where a suspended road stood before. */
  readonly heldBefore: string | null;
  /** Defects of this road that were confirmed on site. */
  readonly defects: readonly { readonly code: string; readonly summary: LocalText | null }[];
  readonly contract: {
    readonly retentionLeftMinor: bigint;
    readonly code: string;
    readonly status: string;
    readonly amountMinor: bigint;
    readonly retentionMinor: bigint;
    readonly contractor: string;
    readonly committedMinor: bigint;
    readonly certifiedMinor: bigint;
    readonly paidMinor: bigint;
  } | null;
  readonly quotes: readonly {
    readonly contractor: string;
    readonly amountMinor: bigint;
    readonly on: string;
  }[];
  readonly certificates: readonly {
    readonly code: string;
    readonly stage: string;
    readonly amountMinor: bigint;
    readonly on: string;
    readonly unclaimedMinor: bigint;
  }[];
  readonly photographs: readonly {
    readonly id: string;
    readonly stage: string;
    readonly takenOn: string;
    readonly publishedOn: string | null;
    readonly uploadedBy: string;
  }[];
  /** Papers the public cannot open yet, because nobody has made their blacked-out copy. */
  readonly sealedDocuments: readonly {
    readonly code: string;
    readonly title: string;
    readonly dated: string;
    readonly uploadedBy: string;
  }[];
  /** Acceptance sheets uploaded and not yet signed. */
  readonly sheets: readonly { readonly code: string; readonly dated: string; readonly uploadedBy: string }[];
};

/** The roads of all campaigns with their state, for the staff list. */
export const roadsOnDesk = (db: Reader = staffDb()) =>
  db
    .selectFrom('segment as s')
    .innerJoin('campaign as c', 'c.id', 's.campaign_id')
    .select([
      's.code',
      's.name',
      's.status',
      's.budget_minor as budgetMinor',
      'c.book_currency as currency',
      'c.slug as campaign',
    ])
    .orderBy('s.code')
    .execute();

export const contractorsOnDesk = (db: Reader = staffDb()) =>
  db.selectFrom('contractor').select(['code', 'name']).orderBy('code').execute();

/** Everything the desk needs to know to offer the next steps for one road. */
export const roadOnDesk = async (code: string, db: Reader = staffDb()): Promise<RoadOnDesk | null> => {
  const road = await db
    .selectFrom('segment as s')
    .innerJoin('campaign as c', 'c.id', 's.campaign_id')
    .select([
      's.id',
      's.code',
      's.name',
      's.status',
      's.budget_minor as budgetMinor',
      's.length_mm as lengthMm',
      's.width_mm as widthMm',
      'c.slug as campaign',
      'c.book_currency as currency',
      'c.quotes_required as quotesRequired',
    ])
    .where('s.code', '=', code)
    .executeTakeFirst();
  if (!road) return null;
  const contract = await db
    .selectFrom('contract as k')
    .innerJoin('contractor as b', 'b.id', 'k.contractor_id')
    .select([
      'k.id',
      'k.code',
      'k.status',
      'k.amount_minor as amountMinor',
      'k.retention_minor as retentionMinor',
      'b.code as contractor',
    ])
    .where('k.segment_id', '=', road.id)
    .where('k.status', 'in', ['proposed', 'signed', 'completed'])
    .orderBy('k.created_at', 'desc')
    .executeTakeFirst();
  const balances = await db
    .selectFrom('account_balance')
    .select(['class', 'balance_minor'])
    .where('book', '=', 'purpose')
    .where('subject', 'in', contract ? [road.code, contract.code] : [road.code])
    .execute();
  const of = (accountClass: string): bigint =>
    balances.find((row) => row.class === accountClass)?.balance_minor ?? 0n;
  const { id, ...facts } = road;
  return {
    ...facts,
    status: road.status as SegmentStatus,
    freeMinor: of('allocated'),
    bill: await billOf(id, db),
    heldBefore: road.status === 'suspended' ? await heldBefore(id, db) : null,
    defects: await db
      .selectFrom('concern')
      .select(['code', 'summary'])
      .where('segment_id', '=', id)
      .where('kind', '=', 'defect')
      .where('finding', '=', 'confirmed')
      .orderBy('code')
      .execute(),
    contract: contract
      ? {
          code: contract.code,
          retentionLeftMinor: await retentionLeft(contract, db),
          status: contract.status,
          amountMinor: contract.amountMinor,
          retentionMinor: contract.retentionMinor,
          contractor: contract.contractor,
          committedMinor: of('committed'),
          certifiedMinor: of('certified'),
          paidMinor: of('paid'),
        }
      : null,
    quotes: await db
      .selectFrom('quote as q')
      .innerJoin('contractor as b', 'b.id', 'q.contractor_id')
      .select(['b.code as contractor', 'q.amount_minor as amountMinor', 'q.received_on as on'])
      .where('q.segment_id', '=', id)
      .orderBy('q.amount_minor')
      .execute(),
    certificates: contract ? await certificatesOnDesk(contract.id, db) : [],
    photographs: await db
      .selectFrom('photograph')
      .select([
        'id',
        'stage',
        'taken_on as takenOn',
        'published_on as publishedOn',
        'uploaded_by as uploadedBy',
      ])
      .where('segment_id', '=', id)
      .orderBy('taken_on')
      .execute(),
    sealedDocuments: (
      await db
        .selectFrom('document')
        .select(['code', 'title', 'dated', 'uploaded_by as uploadedBy'])
        .where('segment_id', '=', id)
        .where('visibility', 'in', ['redacted', 'withheld'])
        .where('public_sha256', 'is', null)
        .orderBy('dated')
        .execute()
    ).map((paper) => ({ ...paper, title: paper.title['zh-Hans'] })),
    sheets: await db
      .selectFrom('document as d')
      .select(['d.code', 'd.dated', 'd.uploaded_by as uploadedBy'])
      .where('d.segment_id', '=', id)
      .where('d.kind', '=', 'acceptance_sheet')
      .where((eb) =>
        eb.not(
          eb.exists(
            eb.selectFrom('acceptance as a').select('a.id').whereRef('a.sheet_document_id', '=', 'd.id'),
          ),
        ),
      )
      .orderBy('d.dated')
      .execute(),
  };
};

const heldBefore = async (segmentId: string, db: Reader): Promise<string | null> =>
  (
    await db
      .selectFrom('segment_status_change')
      .select('from_status')
      .where('segment_id', '=', segmentId)
      .where('event', '=', 'suspend')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
  )?.from_status ?? null;

const billOf = (segmentId: string, db: Reader) =>
  db
    .selectFrom('budget_line as l')
    .innerJoin('budget as b', 'b.id', 'l.budget_id')
    .select([
      'l.line_no as lineNo',
      'l.item',
      'l.unit',
      'l.quantity_milli as quantityMilli',
      'l.amount_minor as amountMinor',
    ])
    .where('b.segment_id', '=', segmentId)
    .where('b.status', '=', 'approved')
    .where('b.version', '=', (eb) =>
      eb
        .selectFrom('budget as n')
        .select((n) => n.fn.max('n.version').as('newest'))
        .where('n.segment_id', '=', segmentId)
        .where('n.status', '=', 'approved'),
    )
    .orderBy('l.line_no')
    .execute();

/** Retention that neither was released nor paid for a repair. */
const retentionLeft = async (
  contract: { readonly id: string; readonly retentionMinor: bigint },
  db: Reader,
): Promise<bigint> => {
  const used = await db
    .selectFrom('certificate')
    .select('amount_minor')
    .where('contract_id', '=', contract.id)
    .where('stage', 'in', ['retention', 'repair'])
    .execute();
  return contract.retentionMinor - used.reduce((sum, one) => sum + one.amount_minor, 0n);
};

const certificatesOnDesk = async (contractId: string, db: Reader): Promise<RoadOnDesk['certificates']> => {
  const certificates = await db
    .selectFrom('certificate')
    .select(['id', 'code', 'stage', 'amount_minor as amountMinor', 'certified_on as on'])
    .where('contract_id', '=', contractId)
    .orderBy('certified_on')
    .orderBy('code')
    .execute();
  const claims = await db
    .selectFrom('disbursement')
    .select(['certificate_id', 'amount_minor'])
    .where('contract_id', '=', contractId)
    .where('status', 'in', ['draft', 'submitted', 'approved', 'paid', 'reconciled'])
    .execute();
  return certificates.map(({ id, ...certificate }) => ({
    ...certificate,
    unclaimedMinor:
      certificate.amountMinor -
      claims
        .filter((claim) => claim.certificate_id === id)
        .reduce((sum, claim) => sum + claim.amount_minor, 0n),
  }));
};

export const campaignsOnDesk = async (db: Reader = staffDb()): Promise<string[]> =>
  (await db.selectFrom('campaign').select('slug').orderBy('opens_on', 'desc').execute()).map(
    (row) => row.slug,
  );

/** What a file of roads would enter into a campaign; null when it cannot be read. */
export const roadsOfFile = async (
  file: string,
  grid: Grid,
  campaign: string,
  db: Reader = staffDb(),
): Promise<RoadInFile[] | null> => {
  const found = await db.selectFrom('campaign').select('id').where('slug', '=', campaign).executeTakeFirst();
  return found ? readRoads(file, grid, await pointOfCampaign(db, found.id), await codesTaken(db)) : null;
};
