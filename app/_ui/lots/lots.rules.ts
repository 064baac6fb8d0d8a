import type { Lot } from './component';

export type Piece = {
  readonly fromMm: number;
  readonly toMm: number;
  readonly mine?: boolean;
  readonly label?: string | undefined;
};

/** How far a road of this length is paid for, in millimetres from its start: in proportion to what its contracts cost. */
export const paidUpToMm = (lengthMm: number, paidMinor: bigint, committedMinor: bigint): number =>
  committedMinor > 0n ? Number((BigInt(lengthMm) * paidMinor) / committedMinor) : 0;

/** The gifts of a road as pieces to be drawn: one that is paid in part becomes two, of which the first keeps the label. */
export const lotsOf = (pieces: readonly Piece[], paidToMm: number): Lot[] =>
  pieces.flatMap(({ fromMm, toMm, mine = false, label }): Lot[] => {
    if (mine) return [{ fromMm, toMm, kind: 'mine', label }];
    if (toMm <= paidToMm) return [{ fromMm, toMm, kind: 'paid', label }];
    if (fromMm >= paidToMm) return [{ fromMm, toMm, kind: 'due', label }];
    return [
      { fromMm, toMm: paidToMm, kind: 'paid', label },
      { fromMm: paidToMm, toMm, kind: 'due' },
    ];
  });
