import 'server-only';
import { amendCampaign } from '@/lib/campaigns/amendment.commands';
import { recordDuty } from '@/lib/campaigns/campaign.commands';
import { PARTNERS_MOST, PLAN_TEXTS } from '@/lib/publications/plan.rules';
import { recordPlan } from '@/lib/publications/publication.commands';
import type { DeskAct } from './acts';
import { threeWords } from './change-acts';
import { FieldRefused, type DeskForm } from './read-form';

const LONGEST = 4000;

/** Three wordings; one that is too long is refused where it stands and not at the first of them. */
const wordings = (form: DeskForm, name: string) => {
  for (const one of [name, `${name}Hant`, `${name}En`])
    if (form.text(one).length > LONGEST)
      throw new FieldRefused({ name: 'invalid_input', field: one, details: { reason: 'too_long' } });
  return threeWords(form, name);
};

/** The lines of partners in which anything stands; such a line needs its name and what the partner does. */
const partners = (form: DeskForm) =>
  Array.from({ length: PARTNERS_MOST }, (_, index) => index + 1)
    .filter((n) =>
      [`partner${n}`, `role${n}`].some((name) => ['', 'Hant', 'En'].some((lang) => form.has(name + lang))),
    )
    .map((n) => ({ name: wordings(form, `partner${n}`), role: wordings(form, `role${n}`) }));

const duty = (form: DeskForm) => ({
  campaign: form.required('campaign'),
  kind: form.required('kind'),
  title: wordings(form, 'title'),
  rule: form.required('rule'),
  dueOn: form.day('dueOn'),
});

/** A name in three wordings; none when nothing stands in the field. */
const optionalWordings = (form: DeskForm, name: string) =>
  ['', 'Hant', 'En'].some((lang) => form.has(name + lang)) ? wordings(form, name) : null;

/** Acts on what a campaign has filed and owes the public, by the name the form sends. */
export const CAMPAIGN_ACTS: Readonly<Record<string, DeskAct>> = {
  'campaign.amend': {
    command: amendCampaign,
    input: (form) => ({
      campaign: form.required('campaign'),
      legalHost: optionalWordings(form, 'legalHost'),
      licenceNo: form.optional('licenceNo'),
      filingNo: form.optional('filingNo'),
      endsOn: form.day('endsOn'),
      reason: form.required('reason'),
      seenHash: form.required('seenHash'),
      on: form.day('on'),
    }),
  },
  'plan.record': {
    command: recordPlan,
    input: (form) => ({
      campaign: form.required('campaign'),
      mode: form.required('mode'),
      ...Object.fromEntries(PLAN_TEXTS.map((name) => [name, wordings(form, name)])),
      partners: partners(form),
      filedOn: form.has('filedOn') ? form.day('filedOn') : null,
      reason: form.optional('reason'),
      seenVersion: form.integer('seenVersion'),
      on: form.day('on'),
    }),
  },
  'duty.record': { command: recordDuty, input: (form) => ({ ...duty(form), doneOn: null }) },
  'duty.done': { command: recordDuty, input: (form) => ({ ...duty(form), doneOn: form.day('doneOn') }) },
};
