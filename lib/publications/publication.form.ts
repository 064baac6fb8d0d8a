import { z } from 'zod';
import { day, lang, localText, reason, slug } from '../shared/form-parts';
import { PARTNERS_MOST, PLAN_MODES } from './plan.rules';
import { REPORT_KINDS } from './publication.rules';

const reportCode = z.string().regex(/^R-[0-9]{4,8}$/, { error: 'report_code' });

/** A report as a person begins it: what it is of, and their words. The figures are the books'. */
export const reportDraftForm = z
  .object({
    campaign: slug,
    kind: z.enum(REPORT_KINDS),
    title: localText,
    body: localText,
    originalLang: lang,
    periodFrom: day,
    periodTo: day,
    /** Due date of the duty it meets; null when no law sets one. */
    dueOn: day.nullable(),
    corrects: reportCode.nullable(),
  })
  .refine((form) => form.periodFrom <= form.periodTo, { error: 'dates_out_of_order', path: ['periodTo'] });

export const reportSubmitForm = z.object({ report: reportCode, on: day });
export const reportDecisionForm = z.object({
  report: reportCode,
  seenHash: z.string().regex(/^[0-9a-f]{64}$/, { error: 'hash' }),
  on: day,
});
export const reportEmbargoForm = reportDecisionForm
  .extend({ opensOn: day, reason })
  .refine((form) => form.opensOn > form.on, { error: 'dates_out_of_order', path: ['opensOn'] });
export const reportReturnForm = z.object({ report: reportCode, reason, on: day });

export const planForm = z.object({
  campaign: slug,
  mode: z.enum(PLAN_MODES),
  purpose: localText,
  area: localText,
  personInCharge: localText,
  office: localText,
  waysToGive: localText,
  bankAccount: localText,
  beneficiaries: localText,
  uses: localText,
  costs: localText,
  surplus: localText,
  partners: z.array(z.object({ name: localText, role: localText })).max(PARTNERS_MOST),
  contact: localText,
  complaints: localText,
  filedOn: day.nullable(),
  reason: reason.nullable(),
  /** The version in force when the form was opened; 0 when there was none. */
  seenVersion: z.number().int().nonnegative(),
  on: day,
});
