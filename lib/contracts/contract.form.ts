import { z } from 'zod';
import { day, localText, minorAmount, minorTotal, reason, segmentCode } from '../shared/form-parts';

const code = z.string().min(3).max(40);

export const contractorForm = z.object({
  code: z.string().regex(/^CO-[A-Z0-9]{1,10}$/, { error: 'contractor_code' }),
  name: localText,
  registrationNo: z.string().trim().max(60).nullable(),
  phone: z.string().trim().max(40).nullable(),
  bankAccount: z.string().trim().max(60).nullable(),
  conflictOfInterest: z.string().trim().max(2000).nullable(),
});

export const quoteForm = z.object({
  segment: segmentCode,
  contractor: code,
  amountMinor: minorAmount,
  document: code,
  on: day,
});

export const contractForm = z.object({
  segment: segmentCode,
  contractor: code,
  amountMinor: minorAmount,
  retentionMinor: minorTotal,
  lines: z
    .array(
      z
        .object({
          item: localText,
          unit: z.string().trim().min(1).max(20).nullable().default(null),
          quantityMilli: z.bigint().positive().nullable().default(null),
          amountMinor: minorAmount,
        })
        .refine((line) => (line.unit === null) === (line.quantityMilli === null), { error: 'required' }),
    )
    .max(500),
  fewQuotesReason: z.string().trim().max(2000).nullable(),
  document: code,
  signedOn: day,
});

export const contractDecisionForm = z.object({ contract: code, seenHash: z.string(), on: day });
export const contractReturnForm = z.object({ contract: code, reason, on: day });

export const variationForm = z.object({
  contract: code,
  afterMinor: minorAmount,
  rationale: reason,
  /** By how much each line of the contract grows or shrinks; none when the contract has no lines. */
  lines: z
    .array(
      z.object({ lineNo: z.number().int().positive(), quantityMilli: z.bigint(), amountMinor: z.bigint() }),
    )
    .max(500)
    .default([]),
  document: code.nullable(),
  on: day,
});
export const variationDecisionForm = z.object({ variation: code, seenHash: z.string(), on: day });

export const certificateForm = z.object({
  contract: code,
  stage: z.enum(['advance', 'base', 'surface', 'final', 'retention']),
  percent: z.number().int().min(1).max(100).nullable(),
  amountMinor: minorAmount,
  note: z.string().trim().max(2000).nullable(),
  on: day,
});
/** Retention taken for the repair of a confirmed defect. */
export const repairForm = z.object({
  contract: code,
  concern: code,
  /** Who repaired it: the contractor of the contract or another. */
  paidTo: code,
  amountMinor: minorAmount,
  note: z.string().trim().max(2000).nullable(),
  on: day,
});
export const contractEndForm = z.object({ contract: code, reason, on: day });
