import { staffIdOf } from '../auth/roles.rules';
import { findCampaign } from '../campaigns/campaign.store';
import { defineCommand, type CommandContext } from '../context';
import { allocated, shortfall, unallocated } from '../ledger/accounts.rules';
import { post } from '../ledger/ledger.commands';
import { ofLot, type PostingPlan } from '../ledger/posting.rules';
import { followFunding } from '../segments/segment-move.commands';
import { lockSegment } from '../segments/segment.store';
import { ok, refuse, type Result } from '../shared/result';
import { resolveShortfallForm, type ShortfallSource } from './refund.form';
import type { Place } from './refund.rules';
import { placesHeldStill } from './return.commands';
import { giftInFund, lockShortfall, resolveShortfallRow, roadOfAccount } from './shortfall.store';

/** No road has this code, so that only gifts "where it is needed" answer to it. */
const NO_ROAD = '-';

/**
 * Fills a hole from a named source: the campaign's fund (gifts for that road or for wherever it is needed), one named
 * gift in it, or the surplus of one named road (only what was given for wherever it is needed). Refuses by the
 * source's own account while it does not hold enough, and leaves the hole open.
 */
export const resolveShortfall = defineCommand({
  name: 'shortfall.resolve',
  permission: 'shortfall:resolve',
  events: ['shortfall_resolved', 'segment_moved'],
  input: resolveShortfallForm,
  run: async (ctx, input) => {
    const row = await lockShortfall(ctx.trx, input.shortfall);
    if (!row) return refuse('not_found', {}, 'shortfall');
    if (row.resolvedOn !== null)
      return refuse('illegal_state_change', { from: 'resolved', event: 'resolve' });
    const campaign = await findCampaign(ctx.trx, { id: row.campaignId });
    if (!campaign) return refuse('not_found');
    const { source } = input;
    const road = source.kind === 'road' ? await lockSegment(ctx.trx, { code: source.road }) : null;
    if (source.kind === 'road' && road?.campaignId !== campaign.id) return refuse('not_found', {}, 'source');
    const entries: string[] = [];
    // One entry for each place: every one of them takes the next gifts in order, after the one before has taken its. The
    // fund comes first: what lies there of the hole itself must be gone before others are filled from it.
    const places = await placesHeldStill(ctx, row.lotId);
    const inFund = (place: Place): boolean => place.account.class === 'unallocated';
    for (const place of [...places.filter(inFund), ...places.filter((one) => !inFund(one))]) {
      const postings = await filling(ctx.trx, campaign.slug, row.lotId, place, source);
      if (!postings.ok) return postings;
      const entry = await post(ctx, {
        kind: 'shortfall_resolved',
        campaign,
        subjectKind: 'shortfall',
        subject: row.code,
        date: input.on,
        postings: postings.value,
      });
      if (!entry.ok) return entry;
      entries.push(entry.value.number);
    }
    const subject =
      source.kind === 'fund' ? campaign.slug : source.kind === 'gift' ? source.gift : source.road;
    const moved = await resolveShortfallRow(ctx.trx, row.id, {
      on: input.on,
      by: staffIdOf(ctx.actor),
      resolution: input.reason,
      source: { kind: source.kind, subject },
    });
    if (!moved) return refuse('changed_since_seen');
    if (road) {
      const funded = await followFunding(ctx, campaign, road, { on: input.on, reason: row.code });
      if (!funded.ok) return funded;
    }
    ctx.record({
      event: 'shortfall_resolved',
      subjectKind: 'shortfall',
      subjectId: row.code,
      details: {
        entries: entries.join(' '),
        amountMinor: row.amountMinor,
        source: source.kind,
        from: subject,
      },
    });
    return ok({ code: row.code, entries });
  },
});

const filling = async (
  trx: CommandContext['trx'],
  campaign: string,
  lotId: bigint,
  { account, heldMinor }: Place,
  source: ShortfallSource,
): Promise<Result<PostingPlan[]>> => {
  const leave: PostingPlan = {
    from: account,
    to: shortfall(campaign),
    amountMinor: heldMinor,
    lots: ofLot(lotId, heldMinor),
  };
  // A hole that lies in the fund itself is closed by the fund becoming smaller.
  if (account.class === 'unallocated') return ok([leave]);
  const road = (await roadOfAccount(trx, account)) ?? NO_ROAD;
  if (source.kind === 'road') {
    if (road === source.road && account.class === 'allocated')
      return refuse('accounts_must_differ', {}, 'source');
    const from = allocated(source.road);
    // The hole's road may use what was given for it; of another road's money only what was given for any.
    const lots = { kind: 'in_order', forSegment: road } as const;
    return ok([{ from, to: account, amountMinor: heldMinor, lots }, leave]);
  }
  const from = unallocated(campaign);
  if (source.kind === 'fund')
    return ok([
      { from, to: account, amountMinor: heldMinor, lots: { kind: 'in_order', forSegment: road } },
      leave,
    ]);
  const gift = await giftInFund(trx, campaign, source.gift, road);
  if (gift === null) return refuse('not_found', {}, 'source');
  if (gift.heldMinor < heldMinor)
    return refuse('exceeds_unallocated', { availableMinor: gift.heldMinor, askedMinor: heldMinor }, 'source');
  return ok([
    {
      from,
      to: account,
      amountMinor: heldMinor,
      lots: ofLot(gift.lotId, heldMinor),
    },
    leave,
  ]);
};
