import { sql, type Transaction } from 'kysely';
import type { Database } from '@/db/tables';
import { makeReference } from '../shared/reference.rules';
import { pledgeCode, type Instalment, type PledgeMove, type PledgeStatus } from './pledge.rules';

type Trx = Transaction<Database>;

export type PledgeRow = {
  readonly id: string;
  readonly code: string;
  readonly reference: string;
  readonly campaignId: string;
  readonly donorId: string;
  readonly recognitionId: string | null;
  readonly designation: string | null;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly status: PledgeStatus;
  readonly pledgedOn: string;
  readonly ifNotBuilt: string;
};

const COLUMNS = [
  'id',
  'code',
  'reference',
  'campaign_id as campaignId',
  'donor_id as donorId',
  'recognition_id as recognitionId',
  'designation',
  'currency',
  'amount_minor as amountMinor',
  'status',
  'pledged_on as pledgedOn',
  'if_not_built as ifNotBuilt',
] as const;

/** The next pledge number and the next payment reference. A refused act leaves a gap: numbers are names, not counts. */
export const nextPledgeNumbers = async (trx: Trx): Promise<{ code: string; reference: string }> => {
  const { rows } = await sql<{ pledge: bigint; reference: bigint }>`
    select nextval('pledge_no') as pledge, nextval('reference_no') as reference`.execute(trx);
  const row = rows[0];
  if (!row) throw new Error('a sequence gave no number');
  return { code: pledgeCode(row.pledge), reference: makeReference(row.reference) };
};

export const insertPledge = async (
  trx: Trx,
  pledge: Omit<PledgeRow, 'status'> & {
    readonly source: string;
    readonly hallEventId: string | null;
    readonly batchId: string | null;
    readonly instalments: readonly Instalment[];
  },
): Promise<void> => {
  await trx
    .insertInto('pledge')
    .values({
      id: pledge.id,
      code: pledge.code,
      reference: pledge.reference,
      campaign_id: pledge.campaignId,
      donor_id: pledge.donorId,
      recognition_id: pledge.recognitionId,
      designation: pledge.designation,
      currency: pledge.currency,
      amount_minor: pledge.amountMinor,
      status: 'open',
      pledged_on: pledge.pledgedOn,
      if_not_built: pledge.ifNotBuilt,
      source: pledge.source,
      hall_event_id: pledge.hallEventId,
      batch_id: pledge.batchId,
    })
    .execute();
  await trx
    .insertInto('instalment')
    .values(
      pledge.instalments.map((part, index) => ({
        pledge_id: pledge.id,
        pledge_version: 1,
        no: index + 1,
        due_on: part.dueOn,
        amount_minor: part.amountMinor,
      })),
    )
    .execute();
};

/** The pledge, locked until the end of the transaction: gifts for one pledge are applied one after the other. */
export const lockPledge = async (
  trx: Trx,
  by: { readonly code: string } | { readonly reference: string } | { readonly id: string },
): Promise<PledgeRow | null> => {
  const [column, value] =
    'code' in by
      ? (['code', by.code] as const)
      : 'reference' in by
        ? (['reference', by.reference] as const)
        : (['id', by.id] as const);
  const row = await trx
    .selectFrom('pledge')
    .select(COLUMNS)
    .where(column, '=', value)
    .forUpdate()
    .executeTakeFirst();
  return row ? { ...row, status: row.status as PledgeStatus } : null;
};

/** How much of a pledge is fulfilled, in the book currency; and by one gift, when it is named. */
export const appliedMinor = async (
  trx: Trx,
  pledgeId: string,
  donationId?: string | undefined,
): Promise<bigint> => {
  let query = trx
    .selectFrom('pledge_application')
    .select(sql<bigint>`coalesce(sum(amount_minor), 0)::bigint`.as('sum'))
    .where('pledge_id', '=', pledgeId);
  if (donationId !== undefined) query = query.where('donation_id', '=', donationId);
  return (await query.executeTakeFirstOrThrow()).sum;
};

export const insertApplication = async (
  trx: Trx,
  pledgeId: string,
  donationId: string,
  amountMinor: bigint,
): Promise<void> => {
  await trx
    .insertInto('pledge_application')
    .values({ pledge_id: pledgeId, donation_id: donationId, amount_minor: amountMinor })
    .execute();
};

/** Moves a pledge if it is still where the decision saw it; false when someone else was faster. */
export const movePledgeRow = async (
  trx: Trx,
  pledgeId: string,
  { event, from, to }: PledgeMove,
  change: {
    readonly on: string;
    readonly byPerson: string | null;
    readonly reason: string | null;
    readonly amountMinor: bigint | null;
  },
): Promise<boolean> => {
  const moved = await trx
    .updateTable('pledge')
    .set({ status: to })
    .where('id', '=', pledgeId)
    .where('status', '=', from)
    .returning('id')
    .executeTakeFirst();
  if (!moved) return false;
  await trx
    .insertInto('pledge_status_change')
    .values({
      pledge_id: pledgeId,
      event,
      from_status: from,
      to_status: to,
      happened_on: change.on,
      by_person: change.byPerson,
      reason: change.reason,
      amount_minor: change.amountMinor,
    })
    .execute();
  return true;
};

export const insertRelease = async (
  trx: Trx,
  release: {
    readonly pledgeId: string;
    readonly filingReference: string;
    readonly publicText: { readonly 'zh-Hans': string; readonly 'zh-Hant': string; readonly en: string };
    readonly releasedOn: string;
  },
): Promise<void> => {
  await trx
    .insertInto('pledge_release')
    .values({
      pledge_id: release.pledgeId,
      filing_reference: release.filingReference,
      public_text: release.publicText,
      released_on: release.releasedOn,
    })
    .execute();
};

export type RoadRow = { readonly code: string; readonly campaignId: string; readonly status: string };

/** The road a promise or gift names. */
export const findRoad = async (trx: Trx, code: string): Promise<RoadRow | null> =>
  (await trx
    .selectFrom('segment')
    .select(['code', 'campaign_id as campaignId', 'status'])
    .where('code', '=', code)
    .executeTakeFirst()) ?? null;
