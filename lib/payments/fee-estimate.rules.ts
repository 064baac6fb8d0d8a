import type { Channel } from '../donations/donation.rules';

/**
 * What the payment provider is expected to take, so that a giver sees the fee beside each choice before paying. The
 * real fee is read from the provider's balance afterwards and frozen with the gift; this table only has to be close,
 * and pages say "about". Basis points of the amount plus a fixed sum in the book currency's minor units.
 */
const EXPECTED: Readonly<
  Partial<Record<Channel, { readonly basisPoints: bigint; readonly fixedMinor: bigint }>>
> = {
  card: { basisPoints: 290n, fixedMinor: 200n },
  alipay: { basisPoints: 220n, fixedMinor: 200n },
  wechat: { basisPoints: 220n, fixedMinor: 200n },
};

const WHOLE = 10_000n;

/** The expected fee on an amount in the book currency, rounded up to the fen: rather too much said than too little. */
export const expectedFeeMinor = (channel: Channel, amountMinor: bigint): bigint => {
  const fee = EXPECTED[channel];
  return fee ? (amountMinor * fee.basisPoints + WHOLE - 1n) / WHOLE + fee.fixedMinor : 0n;
};

/**
 * What must be paid so that the whole gift is expected to arrive: the smallest amount whose fee leaves at least the
 * gift. Only in the book currency, where the fee is charged in the same money.
 */
export const amountCoveringFee = (channel: Channel, giftMinor: bigint): bigint => {
  const fee = EXPECTED[channel];
  if (!fee) return giftMinor;
  const left = WHOLE - fee.basisPoints;
  let paid = ((giftMinor + fee.fixedMinor) * WHOLE + left - 1n) / left;
  while (paid - expectedFeeMinor(channel, paid) < giftMinor) paid += 1n;
  return paid;
};
