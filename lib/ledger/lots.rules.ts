import { minMinor, sumMinor } from '../shared/money';

/** How much of one lot lies in an account, in the order in which it will be used. */
export type Position = { readonly lotId: bigint; readonly heldMinor: bigint };
export type LotShare = { readonly lotId: bigint; readonly amountMinor: bigint };

/**
 * Takes an amount from positions in their order, whole lots first and the last one in part. Null when they hold
 * less than the amount: the caller refuses, nothing is taken.
 */
export const takeInOrder = (positions: readonly Position[], amountMinor: bigint): LotShare[] | null => {
  const shares: LotShare[] = [];
  let left = amountMinor;
  for (const { lotId, heldMinor } of positions) {
    if (left === 0n) break;
    const taken = minMinor(heldMinor, left);
    if (taken === 0n) continue;
    shares.push({ lotId, amountMinor: taken });
    left -= taken;
  }
  return left === 0n ? shares : null;
};

export type LotMove = {
  readonly lotId: bigint;
  /** Null for an account that keeps no positions (a source). */
  readonly fromAccountId: bigint | null;
  readonly toAccountId: bigint | null;
  readonly amountMinor: bigint;
};

export type PositionChange = {
  readonly accountId: bigint;
  readonly lotId: bigint;
  readonly changeMinor: bigint;
};

/** The net change of each (account, lot) over all moves of one entry, in order of first mention; zeros left out. */
export const netChanges = (moves: readonly LotMove[]): PositionChange[] => {
  const changes = new Map<string, { accountId: bigint; lotId: bigint; changeMinor: bigint }>();
  const add = (accountId: bigint | null, lotId: bigint, changeMinor: bigint): void => {
    if (accountId === null) return;
    const key = `${accountId}/${lotId}`;
    const known = changes.get(key);
    if (known) known.changeMinor += changeMinor;
    else changes.set(key, { accountId, lotId, changeMinor });
  };
  for (const move of moves) {
    add(move.fromAccountId, move.lotId, -move.amountMinor);
    add(move.toAccountId, move.lotId, move.amountMinor);
  }
  return [...changes.values()].filter((change) => change.changeMinor !== 0n);
};

/** True when the shares make up the amount exactly, each above zero and no lot twice. */
export const sharesMakeUp = (shares: readonly LotShare[], amountMinor: bigint): boolean =>
  shares.every((share) => share.amountMinor > 0n) &&
  new Set(shares.map((share) => share.lotId)).size === shares.length &&
  sumMinor(shares.map((share) => share.amountMinor)) === amountMinor;

/** A gift's stretch of a road: from where to where its money paved, in millimetres of chainage. */
export type Stretch = { readonly fromMm: bigint; readonly toMm: bigint };

/**
 * Lays amounts end to end over a road's length, in their order and in proportion. Boundaries are rounded down from the
 * cumulated sum, so stretches meet exactly and the last one ends at the road's end.
 */
export const stretches = (amountsMinor: readonly bigint[], lengthMm: bigint): Stretch[] => {
  const totalMinor = sumMinor(amountsMinor);
  let before = 0n;
  return amountsMinor.map((amountMinor) => {
    const fromMm = (before * lengthMm) / totalMinor;
    before += amountMinor;
    return { fromMm, toMm: (before * lengthMm) / totalMinor };
  });
};
