import { sql, type Transaction } from 'kysely';
import type { Database } from '@/db/tables';
import { minMinor, sumMinor } from '../shared/money';
import { firstPositions, nextPositions } from './books.store';
import { netChanges, type LotShare } from './lots.rules';

type Trx = Transaction<Database>;

/** What earlier postings of the entry that is being made did to an account: its positions do not show it yet. */
export type EarlierMoves = {
  readonly taken: readonly LotShare[];
  readonly brought: readonly LotShare[];
};

/**
 * The money that lies in an account in place of the gifts named. Each gift counts as far as it is still there; where
 * it has gone back to its giver, what came in by the entry that took it away: the named hole, or the gifts that filled
 * it. Without this a payment that bounces could not be booked once one of its gifts had been refunded.
 *
 * @param earlier counts as done: a hole that an earlier posting of the same entry closes stands for nothing any more.
 * @returns shares that make up the whole, or null when the account holds less than that
 */
export const standIns = async (
  trx: Trx,
  accountId: bigint,
  named: readonly LotShare[],
  earlier: EarlierMoves,
): Promise<LotShare[] | null> => {
  const moved = changesOf(accountId, earlier);
  const taken = new Map<bigint, bigint>();
  const take = (lotId: bigint, heldMinor: bigint, wantedMinor: bigint): bigint => {
    const before = taken.get(lotId) ?? 0n;
    const part = minMinor(heldMinor + (moved.get(lotId) ?? 0n) - before, wantedMinor);
    if (part <= 0n) return 0n;
    taken.set(lotId, before + part);
    return part;
  };
  const asked = new Set<bigint>();
  let missing = [...named];
  while (missing.length > 0) {
    const held = await heldOf(trx, accountId, missing);
    const next: LotShare[] = [];
    for (const { lotId, amountMinor } of missing) {
      const left = amountMinor - take(lotId, held.get(lotId) ?? 0n, amountMinor);
      if (left === 0n || asked.has(lotId)) continue;
      asked.add(lotId);
      next.push(...upTo(await cameInstead(trx, accountId, lotId, earlier), left));
    }
    missing = next;
  }
  const wholeMinor = sumMinor(named.map((share) => share.amountMinor));
  let left = wholeMinor - sumMinor(taken.values());
  if (left > 0n) {
    const first = await firstPositions(trx, accountId);
    // Enough to find the whole among them, whatever of them is taken already.
    const enoughMinor = wholeMinor * 2n + sumMinor(earlier.taken.map((share) => share.amountMinor));
    const lying = await nextPositions(trx, accountId, enoughMinor, undefined, first);
    const known = new Set(lying.map(({ lotId }) => lotId));
    // What this very entry brings came last.
    const arriving = [...moved.keys()].filter((lotId) => !known.has(lotId));
    for (const { lotId, heldMinor } of [...lying, ...arriving.map((id) => ({ lotId: id, heldMinor: 0n }))])
      left -= take(lotId, heldMinor, left);
  }
  return left > 0n ? null : [...taken].map(([lotId, amountMinor]) => ({ lotId, amountMinor }));
};

const changesOf = (accountId: bigint, { taken, brought }: EarlierMoves): Map<bigint, bigint> => {
  const moves = [
    ...brought.map((share) => ({ ...share, fromAccountId: null, toAccountId: accountId })),
    ...taken.map((share) => ({ ...share, fromAccountId: accountId, toAccountId: null })),
  ];
  return new Map(netChanges(moves).map(({ lotId, changeMinor }) => [lotId, changeMinor]));
};

const upTo = (shares: readonly LotShare[], amountMinor: bigint): LotShare[] => {
  let left = amountMinor;
  return shares.flatMap(({ lotId, amountMinor: own }) => {
    const part = minMinor(own, left);
    left -= part;
    return part > 0n ? [{ lotId, amountMinor: part }] : [];
  });
};

const heldOf = async (
  trx: Trx,
  accountId: bigint,
  shares: readonly LotShare[],
): Promise<Map<bigint, bigint>> => {
  const rows = await trx
    .selectFrom('lot_position')
    .select(['lot_id', 'held_minor'])
    .where('account_id', '=', accountId)
    .where(
      'lot_id',
      'in',
      shares.map((share) => share.lotId),
    )
    .execute();
  return new Map(rows.map((row) => [row.lot_id, row.held_minor]));
};

/** What entered the account in the entries by which this lot left it, in their order; the entry being made is the last. */
const cameInstead = async (
  trx: Trx,
  accountId: bigint,
  lotId: bigint,
  earlier: EarlierMoves,
): Promise<LotShare[]> => {
  const { rows } = await sql<LotShare>`
    select came.lot_id as "lotId", came.amount_minor as "amountMinor"
    from posting_lot gone
    join posting away on away.entry_id = gone.entry_id and away.line_no = gone.line_no and away.credit_account_id = ${accountId}
    join posting here on here.entry_id = away.entry_id and here.debit_account_id = ${accountId}
    join posting_lot came on came.entry_id = here.entry_id and came.line_no = here.line_no
    where gone.lot_id = ${lotId} and came.lot_id <> ${lotId}
    order by here.entry_id, here.line_no, came.lot_id`.execute(trx);
  if (!earlier.taken.some((share) => share.lotId === lotId)) return rows;
  return [...rows, ...earlier.brought.filter((share) => share.lotId !== lotId)];
};
