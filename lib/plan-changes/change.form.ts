import { z } from 'zod';
import { day, localText, reason, segmentCode } from '../shared/form-parts';
import { ASK_MEANS, CHANGE_BASES, CHANGE_KINDS } from './change.rules';

export const planChangeNumber = z.string().regex(/^PC-\d{4,}$/, { error: 'plan_change_number' });
const giftNumber = z.string().min(3).max(40);

export const openChangeForm = z
  .object({
    segment: segmentCode,
    kind: z.enum(CHANGE_KINDS),
    reason: localText,
    basis: z.enum(CHANGE_BASES),
    basisReference: z.string().trim().max(200).nullable(),
    toSegment: segmentCode.nullable(),
    deadline: day,
    on: day,
  })
  .refine((form) => form.basis === 'consent' || form.basisReference, {
    error: 'reason_required',
    path: ['basisReference'],
  })
  .refine((form) => form.deadline > form.on, { error: 'date', path: ['deadline'] });

export const askForm = z.object({
  change: planChangeNumber,
  /** Null: everyone who has not been asked and has an address for mail. */
  gift: giftNumber.nullable(),
  means: z.enum(ASK_MEANS),
  on: day,
});

export const answerForm = z.object({
  change: planChangeNumber,
  gift: giftNumber,
  answer: z.enum(['given', 'refused']),
  evidence: z.string().trim().min(1, { error: 'required' }).max(2000),
  document: z.string().min(3).max(60).nullable(),
  on: day,
});

export const ownAnswerForm = z.object({
  token: z.string().max(200),
  answer: z.enum(['given', 'refused']),
  on: day,
});

export const deadlineForm = z.object({ change: planChangeNumber, on: day });

export const settlementForm = z
  .object({
    change: planChangeNumber,
    decision: z.enum(['move', 'keep']),
    keepUntil: day.nullable(),
    outcome: localText,
    on: day,
  })
  .refine((form) => form.decision === 'move' || form.keepUntil !== null, {
    error: 'required',
    path: ['keepUntil'],
  });

export const settlementDecisionForm = z.object({ change: planChangeNumber, seenHash: z.string(), on: day });
export const changeReasonForm = z.object({ change: planChangeNumber, reason, on: day });
export const returnGiftsForm = z.object({ change: planChangeNumber, on: day });
