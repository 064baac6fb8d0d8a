import { sql, type Transaction } from 'kysely';
import type { Database } from '@/db/tables';

/** Why a gift may serve another road than its giver named, and the record that says so. */
export type RedesignationCause =
  | { readonly basis: 'consent' | 'filing' | 'plan'; readonly changeId: string }
  | { readonly basis: 'wish'; readonly requestId: string };

/**
 * Lets lots serve another road, or any (null). The one place where a gift's road changes: what was named stays on the
 * gift, this stands beside it, and what waits in the fund follows at once. The caller holds the lots' accounts still.
 */
export const redesignate = async (
  trx: Transaction<Database>,
  move: {
    readonly lotIds: readonly bigint[];
    readonly from: string | null;
    readonly to: string | null;
    readonly cause: RedesignationCause;
    readonly on: string;
  },
): Promise<void> => {
  if (move.lotIds.length === 0) return;
  const { cause } = move;
  await trx
    .insertInto('lot_redesignation')
    .values(
      move.lotIds.map((lotId) => ({
        lot_id: lotId,
        from_segment: move.from,
        to_segment: move.to,
        basis: cause.basis,
        plan_change_id: cause.basis === 'wish' ? null : cause.changeId,
        request_id: cause.basis === 'wish' ? cause.requestId : null,
        decided_on: move.on,
      })),
    )
    .execute();
  await sql`update lot_position p set designation = ${move.to} from account a
    where a.id = p.account_id and a.class = 'unallocated' and p.lot_id = any(${move.lotIds as bigint[]}::bigint[])`.execute(
    trx,
  );
};
