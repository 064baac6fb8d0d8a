import { defineCommand } from '../context';
import { actLeaf } from '../proof/leaf';
import { toSecond } from '../shared/instant';
import { ok, refuse } from '../shared/result';
import { accountingDate } from '../shared/time';
import { campaignForm, dutyForm, openCampaignForm } from './campaign.form';
import { findCampaign } from './campaign.store';

/** Enters a campaign as a draft; nothing is public and nothing can be given yet. */
export const createCampaign = defineCommand({
  name: 'campaign.create',
  permission: 'campaign:create',
  events: ['campaign_created'],
  input: campaignForm,
  run: async (ctx, input) => {
    if (await findCampaign(ctx.trx, { slug: input.slug })) return refuse('duplicate_submission', {}, 'slug');
    const id = ctx.newId();
    await ctx.trx
      .insertInto('campaign')
      .values({
        id,
        slug: input.slug,
        name: input.name,
        organiser: input.organiser,
        place: input.place,
        story: input.story,
        book_currency: input.bookCurrency,
        time_zone: input.timeZone,
        opens_on: input.opensOn,
        ends_on: input.endsOn,
        event_on: input.eventOn,
        legal_host: input.legalHost,
        licence_no: input.licenceNo,
        filing_no: input.filingNo,
        pay_elsewhere_url: input.payElsewhereUrl,
        quotes_required: input.quotesRequired,
        illustrative: input.illustrative,
      })
      .execute();
    ctx.record({ event: 'campaign_created', subjectKind: 'campaign', subjectId: input.slug });
    return ok({ id, slug: input.slug });
  },
});

/** Opens a campaign for pledges and gifts, publicly. */
export const openCampaign = defineCommand({
  name: 'campaign.open',
  permission: 'campaign:open',
  events: ['campaign_opened'],
  input: openCampaignForm,
  run: async (ctx, { slug, on }) => {
    const moved = await ctx.trx
      .updateTable('campaign')
      .set({ status: 'open' })
      .where('slug', '=', slug)
      .where('status', '=', 'draft')
      .returning('id')
      .executeTakeFirst();
    if (!moved) return refuse((await findCampaign(ctx.trx, { slug })) ? 'illegal_state_change' : 'not_found');
    ctx.record({ event: 'campaign_opened', subjectKind: 'campaign', subjectId: slug });
    ctx.publish(
      actLeaf({
        event: 'campaign_opened',
        subject: slug,
        date: on,
        recorded: toSecond(ctx.now),
        campaign: slug,
        facts: {},
      }),
    );
    return ok({ id: moved.id });
  },
});

/**
 * Enters a publication duty with its due date, or the day it was met. One of this kind and day that stands already keeps its
 * words and is met once: refuses `duplicate_submission` when there is no day to add, `changed_since_seen` when there is one.
 */
export const recordDuty = defineCommand({
  name: 'duty.record',
  permission: 'duty:manage',
  events: ['duty_recorded'],
  input: dutyForm,
  run: async (ctx, input) => {
    const campaign = await findCampaign(ctx.trx, { slug: input.campaign });
    if (!campaign) return refuse('not_found', {}, 'campaign');
    if (input.doneOn !== null && input.doneOn > accountingDate(ctx.now, campaign.timeZone))
      return refuse('date_in_future', {}, 'doneOn');
    const entered = await ctx.trx
      .insertInto('duty')
      .values({
        id: ctx.newId(),
        campaign_id: campaign.id,
        kind: input.kind,
        title: input.title,
        rule: input.rule,
        due_on: input.dueOn,
        done_on: input.doneOn,
      })
      .onConflict((conflict) => conflict.columns(['campaign_id', 'kind', 'due_on']).doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!entered) {
      if (input.doneOn === null) return refuse('duplicate_submission', {}, 'dueOn');
      const met = await ctx.trx
        .updateTable('duty')
        .set({ done_on: input.doneOn })
        .where('campaign_id', '=', campaign.id)
        .where('kind', '=', input.kind)
        .where('due_on', '=', input.dueOn)
        .where('done_on', 'is', null)
        .returning('id')
        .executeTakeFirst();
      if (!met) return refuse('changed_since_seen');
    }
    ctx.record({
      event: 'duty_recorded',
      subjectKind: 'duty',
      subjectId: `${input.campaign}/${input.kind}/${input.dueOn}`,
      details: { doneOn: input.doneOn },
    });
    return ok({ kind: input.kind, dueOn: input.dueOn });
  },
});
