import { staffIdOf } from '../auth/roles.rules';
import { movePeriod } from '../campaigns/period.commands';
import { findCampaign, type CampaignRow } from '../campaigns/campaign.store';
import { defineCommand, type CommandContext } from '../context';
import { contentHash } from '../shared/canonical';
import { ok, refuse, type Result } from '../shared/result';
import { accountingDate, monthRange } from '../shared/time';
import { checklist, figuresHash } from './checklist.store';
import { approveReopeningForm, periodForm, proposeReopeningForm } from './periods.form';

/** Prepares a month for closing over the figures as they were seen. It can still be written into. */
export const preparePeriod = defineCommand({
  name: 'period.prepare',
  permission: 'period:prepare',
  events: ['period_soft_closed'],
  input: periodForm,
  run: async (ctx, input) => {
    const campaign = await findCampaign(ctx.trx, { slug: input.campaign });
    if (!campaign) return refuse('not_found');
    if (monthRange(input.month).to > accountingDate(ctx.now, campaign.timeZone))
      return refuse('date_in_future', {}, 'month');
    const moved =
      (await statusOf(ctx, campaign.id, input.month)) === 'soft_closed'
        ? await prepareAnew(ctx, campaign, input)
        : await movePeriod(ctx, campaign, `${input.month}-01`, 'soft_closed', '', async (from) =>
            from === 'open'
              ? sameFigures(ctx, input)
              : refuse('illegal_state_change', { from, to: 'soft_closed' }),
          );
    if (!moved.ok) return moved;
    return noteChange(ctx, campaign, input.month, {
      event: 'soft_closed',
      madeBy: staffIdOf(ctx.actor),
      checkedBy: null,
      hash: input.seenHash,
      on: input.on,
    });
  },
});

/**
 * Closes a prepared month. Another person than who prepared it, over the same figures, with a clear checklist; from
 * then on the database refuses every entry dated into it.
 */
export const closePeriod = defineCommand({
  name: 'period.close',
  permission: 'period:close',
  events: ['period_closed'],
  input: periodForm,
  run: async (ctx, input) => {
    const campaign = await findCampaign(ctx.trx, { slug: input.campaign });
    if (!campaign) return refuse('not_found');
    const prepared = await lastChange(ctx, campaign.id, input.month);
    const moved = await movePeriod(ctx, campaign, `${input.month}-01`, 'closed', '', async (from) => {
      if (from !== 'soft_closed' || prepared === null)
        return refuse('illegal_state_change', { from, to: 'closed' });
      if (prepared.madeBy === staffIdOf(ctx.actor)) return refuse('maker_is_checker');
      if (prepared.hash !== input.seenHash) return refuse('changed_since_seen');
      const open = (await checklist(ctx.trx, input.campaign, input.month)).filter(
        (item) => item.blocks && item.count > 0,
      );
      if (open.length > 0)
        return refuse('month_unexplained', { items: open.map((item) => item.name).join(' ') });
      return sameFigures(ctx, input);
    });
    if (!moved.ok) return moved;
    return noteChange(ctx, campaign, input.month, {
      event: 'closed',
      madeBy: prepared?.madeBy ?? null,
      checkedBy: staffIdOf(ctx.actor),
      hash: input.seenHash,
      on: input.on,
    });
  },
});

/** Asks for a closed month to be opened again; nothing happens until a second person approves. */
export const proposeReopening = defineCommand({
  name: 'period.propose_reopening',
  permission: 'period:prepare',
  events: ['period_reopening_proposed'],
  input: proposeReopeningForm,
  run: async (ctx, input) => {
    const campaign = await findCampaign(ctx.trx, { slug: input.campaign });
    if (!campaign) return refuse('not_found');
    const status = await statusOf(ctx, campaign.id, input.month);
    if (status !== 'closed') return refuse('illegal_state_change', { from: status, to: 'open' });
    const id = ctx.newId();
    const hash = contentHash({ id, ...input });
    await ctx.trx
      .insertInto('period_reopening')
      .values({
        id,
        campaign_id: campaign.id,
        month: `${input.month}-01`,
        reason: input.reason,
        public_text: JSON.stringify(input.publicText) as never,
        content_hash: hash,
        proposed_by: staffIdOf(ctx.actor) ?? '',
        proposed_on: input.on,
        status: 'proposed',
      })
      .execute();
    ctx.record({
      event: 'period_reopening_proposed',
      subjectKind: 'period',
      subjectId: `${input.campaign}/${input.month}`,
      details: { reason: input.reason },
    });
    return ok({ reopening: id, contentHash: hash });
  },
});

/** Opens a month again as it was asked for. The reason is public from now on, and the log has a leaf of it. */
export const approveReopening = defineCommand({
  name: 'period.reopen',
  permission: 'period:close',
  events: ['period_reopened'],
  input: approveReopeningForm,
  run: async (ctx, input) => {
    const row = await ctx.trx
      .selectFrom('period_reopening')
      .selectAll()
      .where('id', '=', input.reopening)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return refuse('not_found', {}, 'reopening');
    if (row.status !== 'proposed')
      return refuse('illegal_state_change', { from: row.status, event: 'approve' });
    if (row.content_hash !== input.seenHash) return refuse('changed_since_seen');
    const person = staffIdOf(ctx.actor);
    if (person === row.proposed_by) return refuse('maker_is_checker');
    const campaign = await findCampaign(ctx.trx, { id: row.campaign_id });
    if (!campaign) return refuse('not_found');
    const month = row.month.slice(0, 7);
    const moved = await movePeriod(ctx, campaign, row.month, 'open', row.reason);
    if (!moved.ok) return moved;
    await ctx.trx
      .updateTable('period_reopening')
      .set({ status: 'approved', decided_by: person, decided_on: input.on })
      .where('id', '=', row.id)
      .execute();
    return noteChange(ctx, campaign, month, {
      event: 'reopened',
      madeBy: row.proposed_by,
      checkedBy: person,
      hash: await figuresHash(ctx.trx, campaign.slug, month),
      on: input.on,
      reason: row.reason,
      publicText: row.public_text,
    });
  },
});

const sameFigures = async (
  ctx: CommandContext,
  input: { readonly campaign: string; readonly month: string; readonly seenHash: string },
): Promise<Result<null>> =>
  (await figuresHash(ctx.trx, input.campaign, input.month)) === input.seenHash
    ? ok(null)
    : refuse('changed_since_seen');

/** Figures that moved after they were prepared are prepared anew; the month itself stays as it is. */
const prepareAnew = async (
  ctx: CommandContext,
  campaign: CampaignRow,
  input: { readonly campaign: string; readonly month: string; readonly seenHash: string },
): Promise<Result<null>> => {
  const before = await lastChange(ctx, campaign.id, input.month);
  if (before?.hash === input.seenHash)
    return refuse('illegal_state_change', { from: 'soft_closed', to: 'soft_closed' });
  const same = await sameFigures(ctx, input);
  if (same.ok)
    ctx.record({
      event: 'period_soft_closed',
      subjectKind: 'period',
      subjectId: `${input.campaign}/${input.month}`,
      details: { again: true },
    });
  return same;
};

const statusOf = async (ctx: CommandContext, campaignId: string, month: string): Promise<string> =>
  (
    await ctx.trx
      .selectFrom('period')
      .select('status')
      .where('campaign_id', '=', campaignId)
      .where('month', '=', `${month}-01`)
      .executeTakeFirst()
  )?.status ?? 'open';

const lastChange = async (
  ctx: CommandContext,
  campaignId: string,
  month: string,
): Promise<{ readonly madeBy: string; readonly hash: string } | null> =>
  (await ctx.trx
    .selectFrom('period_change')
    .select(['made_by as madeBy', 'figures_hash as hash'])
    .where('campaign_id', '=', campaignId)
    .where('month', '=', `${month}-01`)
    .where('event', '=', 'soft_closed')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()) ?? null;

const noteChange = async (
  ctx: CommandContext,
  campaign: CampaignRow,
  month: string,
  change: {
    readonly event: 'soft_closed' | 'closed' | 'reopened';
    readonly madeBy: string | null;
    readonly checkedBy: string | null;
    readonly hash: string;
    readonly on: string;
    readonly reason?: string | undefined;
    readonly publicText?: unknown;
  },
): Promise<Result<{ readonly month: string; readonly event: string }>> => {
  if (change.madeBy === null) return refuse('not_permitted');
  await ctx.trx
    .insertInto('period_change')
    .values({
      campaign_id: campaign.id,
      month: `${month}-01`,
      event: change.event,
      made_by: change.madeBy,
      checked_by: change.checkedBy,
      figures_hash: change.hash,
      reason: change.reason ?? null,
      public_text: change.publicText === undefined ? null : (JSON.stringify(change.publicText) as never),
      happened_on: change.on,
    })
    .execute();
  return ok({ month, event: change.event });
};
