import { z } from 'zod';
import { currency, day, localText, reason, sha256, slug } from '../shared/form-parts';

/** A filed fundraising activity (募捐活动), as the administrator enters it. */
export const campaignForm = z
  .object({
    slug,
    name: localText,
    organiser: localText,
    place: localText,
    story: localText.nullable(),
    bookCurrency: currency,
    timeZone: z.string().min(1),
    opensOn: day,
    endsOn: day,
    eventOn: day.nullable(),
    legalHost: localText.nullable(),
    licenceNo: z.string().trim().max(100).nullable(),
    filingNo: z.string().trim().max(100).nullable(),
    payElsewhereUrl: z.url().nullable(),
    quotesRequired: z.number().int().min(1).max(20),
    illustrative: z.boolean(),
  })
  .refine((form) => form.opensOn <= form.endsOn, { error: 'dates_out_of_order', path: ['endsOn'] });
export type CampaignForm = z.infer<typeof campaignForm>;

export const openCampaignForm = z.object({ slug, on: day });

/** What was filed, as it stands now; empty is null. `seenHash` is of the state the page showed. */
export const amendCampaignForm = z.object({
  campaign: slug,
  legalHost: localText.nullable(),
  licenceNo: z.string().trim().min(1).max(100, { error: 'too_long' }).nullable(),
  filingNo: z.string().trim().min(1).max(100, { error: 'too_long' }).nullable(),
  endsOn: day,
  reason,
  seenHash: sha256,
  on: day,
});

export const dutyForm = z.object({
  campaign: slug,
  kind: z.string().regex(/^[a-z_0-9]{1,60}$/),
  title: localText,
  rule: z.string().trim().min(1).max(200),
  dueOn: day,
  doneOn: day.nullable(),
});
