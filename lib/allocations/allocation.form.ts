import { z } from 'zod';
import { day, minorAmount, reason, segmentCode } from '../shared/form-parts';

const code = z.string().min(3).max(40);

export const allocationForm = z.object({
  segment: segmentCode,
  amountMinor: minorAmount,
  note: z.string().trim().max(2000).nullable(),
  on: day,
});
export const allocationDecisionForm = z.object({
  allocation: code,
  seenHash: z.string(),
  on: day,
  note: z.string().trim().max(2000).nullable(),
});
export const allocationReturnForm = z.object({ allocation: code, reason, on: day });
export const releaseForm = z.object({ segment: segmentCode, amountMinor: minorAmount, reason, on: day });
