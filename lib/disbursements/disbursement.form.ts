import { z } from 'zod';
import { day, minorAmount, reason } from '../shared/form-parts';

const code = z.string().min(3).max(60);

export const disbursementForm = z.object({
  certificate: code,
  invoice: code,
  amountMinor: minorAmount,
  /** What the invoice asks for, by line of the contract, net of retention; together the amount. */
  lines: z
    .array(
      z.object({
        lineNo: z.number().int().positive(),
        quantityMilli: z.bigint().positive(),
        amountMinor: minorAmount,
      }),
    )
    .max(500)
    .default([]),
  on: day,
});
export const disbursementDecisionForm = z.object({ disbursement: code, seenHash: z.string(), on: day });
export const disbursementReasonForm = z.object({ disbursement: code, reason, on: day });
export const disbursementPaidForm = z.object({
  disbursement: code,
  on: day,
  bankAccount: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .default('main'),
  bankReference: z.string().trim().min(1).max(140),
});
