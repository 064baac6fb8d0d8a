import { z } from 'zod';
import { day, minorAmount, reason, segmentCode, slug } from '../shared/form-parts';
import { PLAN_METHODS } from './plan.rules';

const planNumber = z.string().regex(/^AP-\d{4,}$/, { error: 'plan_number' });

export const allocationPlanForm = z.object({
  campaign: slug,
  method: z.enum(PLAN_METHODS),
  amountMinor: minorAmount,
  /** In the order of priority; ignored for the whole campaign. */
  segments: z.array(segmentCode).max(200),
  note: z.string().trim().max(2000).nullable(),
  /** What the preview showed; the proposal is refused when it would be split otherwise now. */
  seenLines: z.array(z.object({ segment: segmentCode, amountMinor: minorAmount })).nullable(),
  on: day,
});
export const allocationPlanDecisionForm = z.object({ plan: planNumber, seenHash: z.string(), on: day });
export const allocationPlanReturnForm = z.object({ plan: planNumber, reason, on: day });
