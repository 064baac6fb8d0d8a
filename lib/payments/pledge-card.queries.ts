import type { Reader } from '@/db/connect';
import { primary } from '../auth/primary';
import { outstandingMinor, overdueMinor, type Instalment, type PledgeStatus } from '../pledges/pledge.rules';
import { readReference } from '../shared/reference.rules';
import { accountInForce } from './transfer-account.store';

type Words = { readonly 'zh-Hans': string; readonly 'zh-Hant': string; readonly en: string };

/** What whoever holds a payment reference may see of its promise: what to pay and where to, and nobody's name. */
export type PledgeCard = {
  readonly code: string;
  readonly reference: string;
  readonly status: PledgeStatus;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly keptMinor: bigint;
  readonly leftMinor: bigint;
  /** What should have come already, and the next part that is due. */
  readonly overdueMinor: bigint;
  readonly instalments: readonly (Instalment & { readonly keptMinor: bigint })[];
  readonly road: { readonly code: string; readonly name: Words } | null;
  readonly pledgedOn: string;
  readonly campaign: string;
  readonly campaignName: Words;
  readonly timeZone: string;
  readonly account: { readonly holder: Words; readonly number: string; readonly bank: Words } | null;
};

/**
 * The promise behind a reference as a person types it; null when it is mistyped or unknown. Reads the main database:
 * the card is shown a moment after the promise was made.
 *
 * @param today the charity's day, for what is overdue
 */
export const pledgeCard = async (
  typed: string,
  today: string,
  db: Reader = primary(),
): Promise<PledgeCard | null> => {
  const read = readReference(typed);
  if (!read.ok) return null;
  const row = await db
    .selectFrom('pledge as p')
    .innerJoin('campaign as c', 'c.id', 'p.campaign_id')
    .leftJoin('segment as s', 's.code', 'p.designation')
    .select([
      'p.id',
      'p.code',
      'p.reference',
      'p.status',
      'p.currency',
      'p.amount_minor as amountMinor',
      'p.pledged_on as pledgedOn',
      'p.version',
      'p.campaign_id as campaignId',
      's.code as roadCode',
      's.name as roadName',
      'c.slug as campaign',
      'c.name as campaignName',
      'c.time_zone as timeZone',
    ])
    .where('p.reference', '=', read.value)
    .executeTakeFirst();
  if (!row) return null;
  const parts = await db
    .selectFrom('instalment')
    .select(['due_on as dueOn', 'amount_minor as amountMinor'])
    .where('pledge_id', '=', row.id)
    .where('pledge_version', '=', row.version)
    .orderBy('no')
    .execute();
  const kept = await db
    .selectFrom('pledge_application')
    .select((eb) => eb.fn.sum<string | null>('amount_minor').as('sum'))
    .where('pledge_id', '=', row.id)
    .executeTakeFirst();
  const keptMinor = BigInt(kept?.sum ?? 0);
  const status = row.status as PledgeStatus;
  return {
    code: row.code,
    reference: row.reference,
    status,
    currency: row.currency,
    amountMinor: row.amountMinor,
    keptMinor,
    leftMinor: outstandingMinor(status, row.amountMinor, keptMinor),
    overdueMinor: overdueMinor(status, parts, keptMinor, today),
    instalments: spread(parts, keptMinor),
    road: row.roadCode !== null && row.roadName !== null ? { code: row.roadCode, name: row.roadName } : null,
    pledgedOn: row.pledgedOn,
    campaign: row.campaign,
    campaignName: row.campaignName,
    timeZone: row.timeZone,
    account: await accountInForce(db, row.campaignId),
  };
};

/** What was paid, laid over the parts in order of their days. */
const spread = (parts: readonly Instalment[], keptMinor: bigint): PledgeCard['instalments'] => {
  let left = keptMinor;
  return parts.map((part) => {
    const kept = left < part.amountMinor ? left : part.amountMinor;
    left -= kept;
    return { ...part, keptMinor: kept };
  });
};

/** The next part that is still open, or what is left of the whole. */
export const nextPartMinor = (card: PledgeCard): bigint => {
  const part = card.instalments.find((one) => one.keptMinor < one.amountMinor);
  return part ? part.amountMinor - part.keptMinor : card.leftMinor;
};
