import { findCampaign } from '../campaigns/campaign.store';
import { defineCommand, type CommandContext } from '../context';
import { shortfall, unallocated } from '../ledger/accounts.rules';
import { post } from '../ledger/ledger.commands';
import type { PostingPlan } from '../ledger/posting.rules';
import { ok, refuse } from '../shared/result';
import { resolveShortfallForm } from './refund.form';
import type { Place } from './refund.rules';
import { placesHeldStill } from './return.commands';
import { lockShortfall, resolveShortfallRow, roadOfAccount } from './shortfall.store';

/** No road has this code, so that only gifts "where it is needed" answer to it. */
const NO_ROAD = '-';

/**
 * Fills a hole from the campaign's fund: gifts for that road or for wherever it is needed take the place of the money
 * that went back. Refuses `exceeds_unallocated` while the fund does not hold enough, and leaves the hole open.
 */
export const resolveShortfall = defineCommand({
  name: 'shortfall.resolve',
  permission: 'shortfall:resolve',
  events: ['shortfall_resolved'],
  input: resolveShortfallForm,
  run: async (ctx, input) => {
    const row = await lockShortfall(ctx.trx, input.shortfall);
    if (!row) return refuse('not_found', {}, 'shortfall');
    if (row.resolvedOn !== null)
      return refuse('illegal_state_change', { from: 'resolved', event: 'resolve' });
    const campaign = await findCampaign(ctx.trx, { id: row.campaignId });
    if (!campaign) return refuse('not_found');
    const entries: string[] = [];
    // One entry for each place: every one of them takes the next gifts in order, after the one before has taken its.
    for (const place of await placesHeldStill(ctx, row.lotId)) {
      const entry = await post(ctx, {
        kind: 'shortfall_resolved',
        campaign,
        subjectKind: 'shortfall',
        subject: row.code,
        date: input.on,
        postings: await filling(ctx.trx, campaign.slug, row.lotId, place),
      });
      if (!entry.ok) return entry;
      entries.push(entry.value.number);
    }
    const moved = await resolveShortfallRow(ctx.trx, row.id, {
      on: input.on,
      by: ctx.actor.kind === 'person' ? ctx.actor.personId : null,
      resolution: input.reason,
    });
    if (!moved) return refuse('changed_since_seen');
    ctx.record({
      event: 'shortfall_resolved',
      subjectKind: 'shortfall',
      subjectId: row.code,
      details: { entries: entries.join(' '), amountMinor: row.amountMinor },
    });
    return ok({ code: row.code, entries });
  },
});

const filling = async (
  trx: CommandContext['trx'],
  campaign: string,
  lotId: bigint,
  { account, heldMinor }: Place,
): Promise<PostingPlan[]> => {
  const leave: PostingPlan = {
    from: account,
    to: shortfall(campaign),
    amountMinor: heldMinor,
    lots: { kind: 'named', shares: [{ lotId, amountMinor: heldMinor }] },
  };
  // A hole that lies in the fund itself is closed by the fund becoming smaller.
  if (account.class === 'unallocated') return [leave];
  const road = await roadOfAccount(trx, account);
  const fill: PostingPlan = {
    from: unallocated(campaign),
    to: account,
    amountMinor: heldMinor,
    lots: { kind: 'in_order', forSegment: road ?? NO_ROAD },
  };
  return [fill, leave];
};
