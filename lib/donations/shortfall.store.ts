import type { Transaction } from 'kysely';
import type { Database } from '@/db/tables';
import type { LotShare } from '../ledger/lots.rules';

type Trx = Transaction<Database>;

export type ShortfallRow = {
  readonly id: string;
  readonly code: string;
  readonly campaignId: string;
  readonly donationId: string;
  readonly lotId: bigint;
  readonly amountMinor: bigint;
  readonly cause: string;
  readonly resolvedOn: string | null;
};

const COLUMNS = [
  'id',
  'code',
  'campaign_id as campaignId',
  'donation_id as donationId',
  'lot_id as lotId',
  'amount_minor as amountMinor',
  'cause',
  'resolved_on as resolvedOn',
] as const;

export const insertShortfall = async (
  trx: Trx,
  row: Omit<ShortfallRow, 'resolvedOn'> & { readonly openedOn: string; readonly entryId: bigint },
): Promise<void> => {
  await trx
    .insertInto('shortfall')
    .values({
      id: row.id,
      code: row.code,
      campaign_id: row.campaignId,
      donation_id: row.donationId,
      lot_id: row.lotId,
      amount_minor: row.amountMinor,
      cause: row.cause,
      opened_on: row.openedOn,
      entry_id: row.entryId,
    })
    .execute();
};

export const lockShortfall = async (trx: Trx, code: string): Promise<ShortfallRow | null> =>
  (await trx
    .selectFrom('shortfall')
    .select(COLUMNS)
    .where('code', '=', code)
    .forUpdate()
    .executeTakeFirst()) ?? null;

/** The holes that the taking of one refund or dispute opened, in the order of opening. */
export const shortfallsOfEntry = async (
  trx: Trx,
  donationId: string,
  entryId: bigint,
): Promise<ShortfallRow[]> =>
  trx
    .selectFrom('shortfall')
    .select(COLUMNS)
    .where('donation_id', '=', donationId)
    .where('entry_id', '=', entryId)
    .orderBy('lot_id')
    .forUpdate()
    .execute();

/** The road whose money lies in an account of this class and subject; null for the fund, fees and the like. */
export const roadOfAccount = async (
  trx: Trx,
  account: { readonly class: string; readonly subject: string },
): Promise<string | null> => {
  if (account.class === 'allocated') return account.subject;
  if (!['committed', 'certified', 'paid'].includes(account.class)) return null;
  const row = await trx
    .selectFrom('contract')
    .innerJoin('segment', 'segment.id', 'contract.segment_id')
    .select('segment.code')
    .where('contract.code', '=', account.subject)
    .executeTakeFirst();
  return row?.code ?? null;
};

/** How much of one gift lies in the fund and may serve this road; null when none of it may. */
export const giftInFund = async (
  trx: Trx,
  campaign: string,
  gift: string,
  road: string,
): Promise<{ readonly lotId: bigint; readonly heldMinor: bigint } | null> =>
  (await trx
    .selectFrom('lot_position as p')
    .innerJoin('account as a', 'a.id', 'p.account_id')
    .innerJoin('lot as l', 'l.id', 'p.lot_id')
    .select(['p.lot_id as lotId', 'p.held_minor as heldMinor'])
    .where('a.class', '=', 'unallocated')
    .where('a.subject', '=', campaign)
    .where('l.subject', '=', gift)
    .where('p.held_minor', '>', 0n)
    .where((eb) => eb.or([eb('p.designation', 'is', null), eb('p.designation', '=', road)]))
    .executeTakeFirst()) ?? null;

/** The gifts with which a person filled a hole. */
export const fillersOf = async (trx: Trx, shortfallCode: string): Promise<LotShare[]> =>
  trx
    .selectFrom('entry')
    .innerJoin('posting', 'posting.entry_id', 'entry.id')
    .innerJoin('account', 'account.id', 'posting.credit_account_id')
    .innerJoin('posting_lot', (join) =>
      join
        .onRef('posting_lot.entry_id', '=', 'posting.entry_id')
        .onRef('posting_lot.line_no', '=', 'posting.line_no'),
    )
    .select(['posting_lot.lot_id as lotId', 'posting_lot.amount_minor as amountMinor'])
    .where('entry.kind', '=', 'shortfall_resolved')
    .where('entry.subject_kind', '=', 'shortfall')
    .where('entry.subject', '=', shortfallCode)
    .where('account.class', 'in', ['unallocated', 'allocated'])
    .where('posting_lot.lot_id', '<>', (eb) =>
      eb.selectFrom('shortfall').select('shortfall.lot_id').where('shortfall.code', '=', shortfallCode),
    )
    .orderBy('posting_lot.entry_id')
    .orderBy('posting_lot.lot_id')
    .execute();

export const resolveShortfallRow = async (
  trx: Trx,
  id: string,
  how: {
    readonly on: string;
    readonly by: string | null;
    readonly resolution: string;
    /** What filled it, by name; absent when the money itself came back. */
    readonly source?: { readonly kind: string; readonly subject: string };
  },
): Promise<boolean> => {
  const moved = await trx
    .updateTable('shortfall')
    .set({
      resolved_on: how.on,
      resolved_by: how.by,
      resolution: how.resolution,
      source_kind: how.source?.kind ?? null,
      source_subject: how.source?.subject ?? null,
    })
    .where('id', '=', id)
    .where('resolved_on', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return moved !== undefined;
};
