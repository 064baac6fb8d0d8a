import type { Transaction } from 'kysely';
import type { Database } from '@/db/tables';

type Trx = Transaction<Database>;

export type DisputeRow = {
  readonly id: string;
  readonly code: string;
  readonly amountMinor: bigint;
  readonly feeMinor: bigint;
  readonly status: 'open' | 'won' | 'lost';
  readonly entryId: bigint;
};

export const findDispute = async (trx: Trx, providerId: string): Promise<DisputeRow | null> => {
  const row = await trx
    .selectFrom('dispute')
    .select([
      'id',
      'code',
      'amount_minor as amountMinor',
      'fee_minor as feeMinor',
      'status',
      'entry_id as entryId',
    ])
    .where('provider_dispute_id', '=', providerId)
    .executeTakeFirst();
  return row ? { ...row, status: row.status as DisputeRow['status'] } : null;
};

export const insertDispute = async (
  trx: Trx,
  row: Omit<DisputeRow, 'status'> & {
    readonly donationId: string;
    readonly providerId: string;
    readonly reason: string;
    readonly openedOn: string;
    readonly dueOn: string | null;
  },
): Promise<void> => {
  await trx
    .insertInto('dispute')
    .values({
      id: row.id,
      code: row.code,
      donation_id: row.donationId,
      provider_dispute_id: row.providerId,
      amount_minor: row.amountMinor,
      fee_minor: row.feeMinor,
      status: 'open',
      reason: row.reason,
      opened_on: row.openedOn,
      due_on: row.dueOn,
      entry_id: row.entryId,
    })
    .execute();
};

export const closeDisputeRow = async (
  trx: Trx,
  id: string,
  how: { readonly status: 'won' | 'lost'; readonly on: string; readonly entryId: bigint | null },
): Promise<boolean> => {
  const moved = await trx
    .updateTable('dispute')
    .set({ status: how.status, closed_on: how.on, closing_entry_id: how.entryId })
    .where('id', '=', id)
    .where('status', '=', 'open')
    .returning('id')
    .executeTakeFirst();
  return moved !== undefined;
};
