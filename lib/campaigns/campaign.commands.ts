import { sql } from 'kysely';
import { defineCommand, type CommandContext } from '../context';
import { actLeaf } from '../proof/leaf';
import { toSecond } from '../shared/instant';
import { ok, refuse } from '../shared/result';
import { campaignForm, dutyForm, openCampaignForm, periodForm } from './campaign.form';
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
 * Moves a month of the books: open → soft_closed → closed, or open again. Closing waits for entries that are being
 * written and holds new ones back for the moment of the commit, so that nothing slips in behind it.
 * @public
 */
export const changePeriod = defineCommand({
  name: 'period.change',
  permission: 'period:close',
  events: ['period_soft_closed', 'period_closed', 'period_reopened'],
  input: periodForm,
  run: async (ctx, input) => {
    const campaign = await findCampaign(ctx.trx, { slug: input.campaign });
    if (!campaign) return refuse('not_found');
    await holdEntriesBack(ctx.trx, campaign.id);
    const before = await ctx.trx
      .selectFrom('period')
      .select('status')
      .where('campaign_id', '=', campaign.id)
      .where('month', '=', input.month)
      .executeTakeFirst();
    const from = before?.status ?? 'open';
    if (from === input.to) return refuse('illegal_state_change', { from, to: input.to });
    await ctx.trx
      .insertInto('period')
      // Not the start of this transaction: an entry may have begun after it and still have been written before.
      .values({ campaign_id: campaign.id, month: input.month, status: input.to, changed_at: afterTheLock })
      .onConflict((conflict) =>
        conflict
          .columns(['campaign_id', 'month'])
          .doUpdateSet({ status: input.to, changed_at: afterTheLock }),
      )
      .execute();
    const event = (
      { open: 'period_reopened', soft_closed: 'period_soft_closed', closed: 'period_closed' } as const
    )[input.to];
    const month = input.month.slice(0, 7);
    ctx.record({
      event,
      subjectKind: 'period',
      subjectId: `${input.campaign}/${month}`,
      details: { reason: input.reason },
    });
    ctx.publish(
      actLeaf({
        event,
        subject: month,
        date: ctx.now.toISOString().slice(0, 10),
        recorded: toSecond(ctx.now),
        campaign: input.campaign,
        facts: { from, to: input.to },
      }),
    );
    return ok({ from, to: input.to });
  },
});

/** Waits for the campaign's entries that are being written; new ones wait for us (migration 0021). */
const holdEntriesBack = async (trx: CommandContext['trx'], campaignId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${campaignId}::uuid::text, 75114))`.execute(trx);
};
const afterTheLock = sql<Date>`clock_timestamp()`;

/** Enters a publication duty with its due date, or the day it was met. */
export const recordDuty = defineCommand({
  name: 'duty.record',
  permission: 'duty:manage',
  events: ['duty_recorded'],
  input: dutyForm,
  run: async (ctx, input) => {
    const campaign = await findCampaign(ctx.trx, { slug: input.campaign });
    if (!campaign) return refuse('not_found');
    await ctx.trx
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
      .onConflict((conflict) =>
        conflict
          .columns(['campaign_id', 'kind', 'due_on'])
          .doUpdateSet({ done_on: input.doneOn, title: input.title }),
      )
      .execute();
    ctx.record({
      event: 'duty_recorded',
      subjectKind: 'duty',
      subjectId: `${input.campaign}/${input.kind}/${input.dueOn}`,
      details: { doneOn: input.doneOn },
    });
    return ok({ kind: input.kind, dueOn: input.dueOn });
  },
});
