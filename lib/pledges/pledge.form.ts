import { z } from 'zod';
import { currency, day, localText, minorAmount, reason, segmentCode, slug } from '../shared/form-parts';
import { donorForm, ifNotBuilt, recognitionForm, sharersForm } from './giver.form';
import { INSTALMENTS_MAX } from './pledge.rules';

export const instalmentForm = z.object({ dueOn: day, amountMinor: minorAmount });

export const pledgeForm = z.object({
  campaign: slug,
  donor: donorForm,
  currency,
  amountMinor: minorAmount,
  instalments: z.array(instalmentForm).min(1).max(INSTALMENTS_MAX),
  /** The road this promise is for; null: where it is needed. */
  designation: segmentCode.nullable(),
  recognition: recognitionForm.nullable(),
  /** The giver's own answer to what happens if the road is not built. */
  ifNotBuilt: ifNotBuilt.default('ask'),
  pledgedOn: day,
  source: z.enum(['online', 'hall', 'paper']),
  sharers: sharersForm,
  /** The evening in a hall it was made at. */
  event: slug.nullable().default(null),
});
export type PledgeForm = z.infer<typeof pledgeForm>;

export const pledgeNumber = z.string().regex(/^P-\d{4,}$/, { error: 'pledge_number' });

export const pledgeEndForm = z.object({ pledge: pledgeNumber, on: day, reason });

/** 慈善法 art 41: a release for hardship is reported to the civil affairs department and explained in public. */
export const pledgeReleaseForm = pledgeEndForm.extend({
  filingReference: z.string().trim().min(1, { error: 'required' }).max(100, { error: 'too_long' }),
  publicText: localText,
});
