import { z } from 'zod';
import { day, minorAmount, reason, segmentCode, sha256 } from '../shared/form-parts';
import { donationNumber } from './donation.form';

export const refundNumber = z.string().regex(/^RF-\d{4,}$/, { error: 'refund_number' });

export const proposeRefundForm = z.object({
  donation: donationNumber,
  /** In the book currency: what leaves the books. */
  amountMinor: minorAmount,
  reason,
  on: day,
});

export const approveRefundForm = z.object({ refund: refundNumber, seenHash: sha256, on: day });
export const declineRefundForm = z.object({ refund: refundNumber, reason, on: day });
export const sendRefundForm = z.object({ refund: refundNumber, on: day });

/** A refund by bank or in cash is final when the bank line or the signed slip shows it. */
export const completeRefundForm = z.object({
  refund: refundNumber,
  on: day,
  bankReference: z.string().trim().min(1, { error: 'required' }).max(140, { error: 'too_long' }),
});

export const shortfallNumber = z.string().regex(/^SF-\d{4,}$/, { error: 'shortfall_number' });

/** What fills a hole: the fund, one named gift in it, or the surplus of one named road. */
export const shortfallSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fund') }),
  z.object({ kind: z.literal('gift'), gift: donationNumber }),
  z.object({ kind: z.literal('road'), road: segmentCode }),
]);
export type ShortfallSource = z.infer<typeof shortfallSource>;

export const resolveShortfallForm = z.object({
  shortfall: shortfallNumber,
  on: day,
  reason,
  source: shortfallSource.default({ kind: 'fund' }),
});
