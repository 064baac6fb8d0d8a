import { z } from 'zod';
import { day, localText, reason, segmentCode, sha256, slug } from '../shared/form-parts';
import { CONCERN_ABOUT, CONCERN_KINDS } from './concern.rules';

const concernNumber = z.string().regex(/^W-\d{4,}$/, { error: 'concern_number' });

export const reportConcernForm = z
  .object({
    kind: z.enum(CONCERN_KINDS),
    /** Needed only when no road is named. */
    campaign: slug.nullable(),
    segment: segmentCode.nullable(),
    aboutRole: z.enum(CONCERN_ABOUT).nullable(),
    told: z.string().trim().min(10, { error: 'too_short' }).max(4000, { error: 'too_long' }),
    contact: z.string().trim().max(200).nullable(),
    pictureSha256: sha256.nullable(),
    on: day,
  })
  .refine((form) => form.kind !== 'defect' || form.segment !== null, {
    error: 'required',
    path: ['segment'],
  });

export const takeUpForm = z.object({ concern: concernNumber, summary: localText, on: day });
export const declineConcernForm = z.object({ concern: concernNumber, reason, on: day });
export const inspectConcernForm = z.object({
  concern: concernNumber,
  finding: z.enum(['confirmed', 'not_confirmed']),
  note: z.string().trim().min(1, { error: 'required' }).max(2000),
  on: day,
});
export const settleConcernForm = z.object({ concern: concernNumber, outcome: localText, on: day });
