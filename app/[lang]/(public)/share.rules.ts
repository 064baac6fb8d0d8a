/** A part of a whole in thousandths, cut and never rounded up; the width of a layer in a share picture. */
export const shareOf = (part: bigint, whole: bigint): number =>
  whole <= 0n || part <= 0n ? 0 : Number((part * 1000n) / whole);
