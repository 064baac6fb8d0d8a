/** "About" a length: decimetres from a metre on, else centimetres; cut, never rounded up. */
export const roughly = (millimetres: bigint): number => {
  const unit = millimetres >= 1000n ? 100n : 10n;
  return Number((millimetres / unit) * unit);
};
