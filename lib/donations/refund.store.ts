import { sql, type Transaction } from 'kysely';
import type { Database } from '@/db/tables';
import type { AccountClass } from '../ledger/accounts.rules';
import {
  disputeCode,
  refundCode,
  shortfallCode,
  type Place,
  type RefundEvent,
  type RefundStatus,
} from './refund.rules';

type Trx = Transaction<Database>;

const nextOf = async (trx: Trx, sequence: 'refund_no' | 'dispute_no' | 'shortfall_no'): Promise<bigint> => {
  const { rows } = await sql<{ n: bigint }>`select nextval(${sequence}) as n`.execute(trx);
  const row = rows[0];
  if (!row) throw new Error('a sequence gave no number');
  return row.n;
};

export const nextRefundCode = async (trx: Trx): Promise<string> => refundCode(await nextOf(trx, 'refund_no'));
export const nextDisputeCode = async (trx: Trx): Promise<string> =>
  disputeCode(await nextOf(trx, 'dispute_no'));
export const nextShortfallCode = async (trx: Trx): Promise<string> =>
  shortfallCode(await nextOf(trx, 'shortfall_no'));

/** Where the parts of a lot lie now in the purpose book, all classes but the sources. */
export const placesOfLot = async (trx: Trx, lotId: bigint): Promise<(Place & { accountId: bigint })[]> =>
  (
    await trx
      .selectFrom('lot_position')
      .innerJoin('account', 'account.id', 'lot_position.account_id')
      .select(['account.id', 'account.code', 'account.class', 'account.subject', 'lot_position.held_minor'])
      .where('lot_position.lot_id', '=', lotId)
      .where('lot_position.held_minor', '>', 0n)
      .orderBy('account.id')
      .execute()
  ).map((row) => ({
    accountId: row.id,
    account: { code: row.code, book: 'purpose', class: row.class as AccountClass, subject: row.subject },
    heldMinor: row.held_minor,
  }));

export const lotOfGift = async (trx: Trx, code: string): Promise<bigint> =>
  (await trx.selectFrom('lot').select('id').where('subject', '=', code).executeTakeFirstOrThrow()).id;

/** The road a gift may pave now: what its giver named, or what was agreed or filed since. */
export const designationNow = async (trx: Trx, lotId: bigint): Promise<string | null> =>
  (
    await trx
      .selectFrom('lot_now')
      .select('designation')
      .where('lot_id', '=', lotId)
      .executeTakeFirstOrThrow()
  ).designation;

/** What of a gift has gone or is going back, in the book currency and in its own, and how much was disputed. */
export const goneOf = async (
  trx: Trx,
  donationId: string,
): Promise<{ refundedMinor: bigint; refundedOwnMinor: bigint; disputedMinor: bigint }> => {
  const { rows } = await sql<{ refunded: bigint; own: bigint; disputed: bigint }>`
    select
      (select coalesce(sum(amount_minor), 0)::bigint from refund
        where donation_id = ${donationId} and status in ('approved', 'sent', 'succeeded')) as refunded,
      (select coalesce(sum(own_minor), 0)::bigint from refund
        where donation_id = ${donationId} and status in ('approved', 'sent', 'succeeded')) as own,
      (select coalesce(sum(amount_minor), 0)::bigint from dispute
        where donation_id = ${donationId} and status in ('open', 'lost')) as disputed`.execute(trx);
  const row = rows[0];
  return {
    refundedMinor: row?.refunded ?? 0n,
    refundedOwnMinor: row?.own ?? 0n,
    disputedMinor: row?.disputed ?? 0n,
  };
};

export type RefundRow = {
  readonly id: string;
  readonly code: string;
  readonly donationId: string;
  readonly amountMinor: bigint;
  readonly ownMinor: bigint | null;
  readonly status: RefundStatus;
  readonly providerRefundId: string | null;
  readonly contentHash: string;
  readonly proposedBy: string | null;
  readonly entryId: bigint | null;
};

/** The gift a refund belongs to; read without a lock, because the gift is locked before its refunds. */
export const donationOfRefund = async (
  trx: Trx,
  by: { readonly code: string } | { readonly id: string },
): Promise<string | null> =>
  (
    await trx
      .selectFrom('refund')
      .select('donation_id')
      .where('code' in by ? 'code' : 'id', '=', 'code' in by ? by.code : by.id)
      .executeTakeFirst()
  )?.donation_id ?? null;

export const refundsOf = async (trx: Trx, donationId: string): Promise<RefundRow[]> =>
  (
    await trx
      .selectFrom('refund')
      .select([
        'id',
        'code',
        'donation_id as donationId',
        'amount_minor as amountMinor',
        'own_minor as ownMinor',
        'status',
        'provider_refund_id as providerRefundId',
        'content_hash as contentHash',
        'proposed_by as proposedBy',
        'entry_id as entryId',
      ])
      .where('donation_id', '=', donationId)
      .orderBy('id')
      .execute()
  ).map((row) => ({ ...row, status: row.status as RefundStatus }));

export const insertRefund = async (
  trx: Trx,
  refund: {
    readonly id: string;
    readonly code: string;
    readonly donationId: string;
    readonly amountMinor: bigint;
    readonly ownMinor: bigint;
    readonly reason: string;
    readonly contentHash: string;
    readonly proposedBy: string | null;
    readonly proposedOn: string;
    readonly status?: RefundStatus | undefined;
    readonly providerRefundId?: string | undefined;
  },
): Promise<void> => {
  await trx
    .insertInto('refund')
    .values({
      id: refund.id,
      code: refund.code,
      donation_id: refund.donationId,
      amount_minor: refund.amountMinor,
      own_minor: refund.ownMinor,
      reason: refund.reason,
      status: refund.status ?? 'proposed',
      content_hash: refund.contentHash,
      proposed_by: refund.proposedBy,
      proposed_on: refund.proposedOn,
      provider_refund_id: refund.providerRefundId ?? null,
    })
    .execute();
};

/** Moves a refund if it is still where the decision saw it; false when someone else was faster. */
export const moveRefund = async (
  trx: Trx,
  id: string,
  move: { readonly event: RefundEvent; readonly from: RefundStatus; readonly to: RefundStatus },
  also: {
    readonly decidedBy?: string | undefined;
    readonly decidedOn?: string | undefined;
    readonly entryId?: bigint | undefined;
    readonly sentBy?: string | null | undefined;
    readonly sentOn?: string | undefined;
    readonly closedOn?: string | undefined;
    readonly settledMinor?: bigint | undefined;
    readonly closingEntryId?: bigint | undefined;
    readonly bankReference?: string | undefined;
    readonly failure?: string | null | undefined;
    readonly providerRefundId?: string | undefined;
  } = {},
): Promise<boolean> => {
  const moved = await trx
    .updateTable('refund')
    .set({
      status: move.to,
      ...(also.decidedBy !== undefined && { decided_by: also.decidedBy }),
      ...(also.decidedOn !== undefined && { decided_on: also.decidedOn }),
      ...(also.entryId !== undefined && { entry_id: also.entryId }),
      ...(also.sentBy !== undefined && { sent_by: also.sentBy }),
      ...(also.sentOn !== undefined && { sent_on: also.sentOn }),
      ...(also.closedOn !== undefined && { closed_on: also.closedOn }),
      ...(also.settledMinor !== undefined && { settled_minor: also.settledMinor }),
      ...(also.closingEntryId !== undefined && { closing_entry_id: also.closingEntryId }),
      ...(also.bankReference !== undefined && { bank_reference: also.bankReference }),
      ...(also.failure !== undefined && { failure: also.failure }),
      ...(also.providerRefundId !== undefined && { provider_refund_id: also.providerRefundId }),
    })
    .where('id', '=', id)
    .where('status', '=', move.from)
    .returning('id')
    .executeTakeFirst();
  return moved !== undefined;
};

export const noteRefundProvider = async (trx: Trx, id: string, providerRefundId: string): Promise<void> => {
  await trx
    .updateTable('refund')
    .set({ provider_refund_id: providerRefundId })
    .where('id', '=', id)
    .execute();
};
