import { accountIdOf } from '../auth/roles.rules';
import { defineCommand, type CommandContext } from '../context';
import type { CampaignBooks } from '../ledger/ledger.commands';
import { actLeaf } from '../proof/leaf';
import { ok, refuse } from '../shared/result';
import { applyGift } from './fulfilment.commands';
import { replanForm } from './plan.form';
import { decideInstalments } from './pledge.rules';
import { lockPledge, movePledgeRow, type PledgeRow } from './pledge.store';
import { isPledgeOf, planOf, writePlan } from './plan.store';
import { surplusChoice } from './surplus.store';

/**
 * Changes the parts of a promise: days and amounts of a whole new plan that adds up to the same promise. It replaces
 * the plan and adds nothing to it. For the giver themselves, signed in, and for staff.
 *
 * Refuses `changed_since_seen` (the plan is not the one that was seen), `pledge_settled`, `instalments_do_not_add_up`.
 */
export const replanPledge = defineCommand({
  name: 'pledge.replan',
  permission: 'pledge:plan',
  events: ['pledge_replanned'],
  input: replanForm,
  run: async (ctx, input) => {
    const pledge = await lockPledge(ctx.trx, { code: input.pledge });
    if (!pledge) return refuse('not_found', {}, 'pledge');
    // A donor learns nothing about the promises of others, not even that they are there.
    if (ctx.actor.kind === 'donor' && !(await isPledgeOf(ctx.trx, pledge.donorId, ctx.actor.personId)))
      return refuse('not_found', {}, 'pledge');
    if (pledge.status !== 'open' && pledge.status !== 'partly_fulfilled') return refuse('pledge_settled');
    const plan = await planOf(ctx.trx, pledge.id);
    if (plan.version !== input.seenVersion) return refuse('changed_since_seen');
    const decided = decideInstalments(pledge.amountMinor, input.instalments, pledge.pledgedOn);
    if (!decided.ok) return decided;
    const version = plan.version + 1;
    await writePlan(ctx.trx, {
      pledgeId: pledge.id,
      version,
      kind: 'replanned',
      beforeMinor: pledge.amountMinor,
      afterMinor: pledge.amountMinor,
      parts: input.instalments,
      byPerson: accountIdOf(ctx.actor),
      on: input.on,
    });
    ctx.record({
      event: 'pledge_replanned',
      subjectKind: 'pledge',
      subjectId: pledge.code,
      details: { version, parts: input.instalments.length },
    });
    return ok({ pledge: pledge.code, version });
  },
});

/**
 * When money for a promise has come in: the giver may have said before paying that more than is left raises it.
 * Called within the gift's own transaction, after as much as was promised has been applied.
 */
export const raiseAsWished = async (
  ctx: CommandContext,
  campaign: CampaignBooks,
  gift: {
    readonly pledgeId: string;
    readonly donationId: string;
    readonly code: string;
    readonly on: string;
    readonly leftMinor: bigint;
    readonly surplusMinor: bigint;
  },
): Promise<bigint> => {
  if (gift.surplusMinor <= 0n) return 0n;
  if ((await surplusChoice(ctx.trx, gift.donationId)) !== 'raise_pledge') return 0n;
  const pledge = await lockPledge(ctx.trx, { id: gift.pledgeId });
  if (pledge?.status !== 'fulfilled') return 0n;
  await raisePledge(ctx, campaign, pledge, gift.surplusMinor, gift.on);
  return applyGift(ctx, campaign, gift);
};

/** A raised promise has one more part, due on the day it was raised; the pledged number follows from the log. */
export const raisePledge = async (
  ctx: CommandContext,
  campaign: CampaignBooks,
  pledge: PledgeRow,
  byMinor: bigint,
  on: string,
): Promise<void> => {
  const plan = await planOf(ctx.trx, pledge.id);
  const last = plan.parts.at(-1);
  const parts =
    last && last.dueOn >= on
      ? [...plan.parts.slice(0, -1), { dueOn: last.dueOn, amountMinor: last.amountMinor + byMinor }]
      : [...plan.parts, { dueOn: on, amountMinor: byMinor }];
  await writePlan(ctx.trx, {
    pledgeId: pledge.id,
    version: plan.version + 1,
    kind: 'raised',
    beforeMinor: pledge.amountMinor,
    afterMinor: pledge.amountMinor + byMinor,
    parts,
    byPerson: accountIdOf(ctx.actor),
    on,
  });
  if (pledge.status === 'fulfilled')
    await movePledgeRow(
      ctx.trx,
      pledge.id,
      { event: 'raise', from: 'fulfilled', to: 'partly_fulfilled' },
      { on, byPerson: accountIdOf(ctx.actor), reason: null, amountMinor: byMinor },
    );
  ctx.record({
    event: 'pledge_raised',
    subjectKind: 'pledge',
    subjectId: pledge.code,
    details: { beforeMinor: pledge.amountMinor, byMinor },
  });
  ctx.publish(
    actLeaf({
      event: 'pledge_raised',
      subject: pledge.code,
      date: on,
      recorded: ctx.now.toISOString().slice(0, 10),
      campaign: campaign.slug,
      facts: { amount: byMinor, currency: pledge.currency },
    }),
  );
};
