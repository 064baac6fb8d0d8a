import { accountIdOf } from '../auth/roles.rules';
import { findCampaign } from '../campaigns/campaign.store';
import { defineCommand, type CommandContext } from '../context';
import { proposeRefund } from '../donations/refund.commands';
import { MORE_THAN_PROMISED } from '../donations/refund.rules';
import { ok, refuse, type Result } from '../shared/result';
import { applyGift } from './fulfilment.commands';
import { raisePledge } from './plan.commands';
import { surplusForm } from './plan.form';
import { outstandingMinor } from './pledge.rules';
import { appliedMinor, lockPledge, type PledgeRow } from './pledge.store';
import { insertSurplusChoice, lockGiftForSurplus } from './surplus.store';

/**
 * What becomes of the part of a gift that is more than was promised: the promise is raised by it, it keeps another
 * open promise, it stays a gift for where it is needed, or it goes back: a refund of it is proposed in the same act,
 * and another person approves it as any other.
 *
 * Refuses `not_found`, `exceeds_donation` when nothing is left over, for `next_instalment` `pledge_settled`, and for
 * `refund` whatever `proposeRefund` refuses.
 */
export const decideSurplus = defineCommand({
  name: 'pledge.decide_surplus',
  permission: 'pledge:manage',
  events: ['surplus_decided', 'pledge_raised', 'pledge_applied', 'refund_proposed'],
  input: surplusForm,
  run: async (ctx, input) => {
    const gift = await lockGiftForSurplus(ctx.trx, input.donation);
    const campaign = gift && (await findCampaign(ctx.trx, { id: gift.campaignId }));
    if (!gift || !campaign) return refuse('not_found', {}, 'donation');
    const leftMinor = gift.settledMinor - gift.goneMinor;
    const surplusMinor = leftMinor - gift.appliedMinor - gift.feeCoveredMinor;
    if (surplusMinor <= 0n) return refuse('exceeds_donation', { availableMinor: surplusMinor }, 'donation');
    const target = await targetOf(ctx, input, gift.pledgeId, campaign.id);
    if (!target.ok) return target;
    const pledge = target.value;
    await insertSurplusChoice(ctx.trx, {
      id: ctx.newId(),
      donationId: gift.id,
      choice: input.choice,
      amountMinor: surplusMinor,
      pledgeId: pledge?.id ?? null,
      chosenBy: accountIdOf(ctx.actor),
      chosenOn: input.on,
    });
    if (pledge && input.choice === 'raise_pledge')
      await raisePledge(ctx, campaign, pledge, surplusMinor, input.on);
    if (pledge)
      await applyGift(ctx, campaign, {
        pledgeId: pledge.id,
        donationId: gift.id,
        code: input.donation,
        on: input.on,
        leftMinor: pledge.id === gift.pledgeId ? leftMinor - gift.feeCoveredMinor : surplusMinor,
      });
    if (input.choice === 'refund') {
      const proposed = await proposeRefund.run(ctx, {
        donation: input.donation,
        amountMinor: surplusMinor,
        reason: MORE_THAN_PROMISED,
        on: input.on,
      });
      if (!proposed.ok) return proposed;
    }
    ctx.record({
      event: 'surplus_decided',
      subjectKind: 'donation',
      subjectId: input.donation,
      details: { choice: input.choice, surplusMinor, pledge: pledge?.code ?? null },
    });
    return ok({ donation: input.donation, choice: input.choice, surplusMinor });
  },
});

/** The promise a choice is about: the gift's own to be raised, or another open one that its reference names. */
const targetOf = async (
  ctx: CommandContext,
  input: { readonly choice: string; readonly towards: string | null },
  ownId: string | null,
  campaignId: string,
): Promise<Result<PledgeRow | null>> => {
  if (input.choice !== 'raise_pledge' && input.choice !== 'next_instalment') return ok(null);
  if (input.choice === 'raise_pledge' && ownId === null) return refuse('reference_unknown', {}, 'donation');
  const pledge =
    input.choice === 'raise_pledge'
      ? await lockPledge(ctx.trx, { id: ownId ?? '' })
      : await lockPledge(ctx.trx, { code: input.towards ?? '' });
  if (!pledge || pledge.campaignId !== campaignId) return refuse('reference_unknown', {}, 'towards');
  if (!['open', 'partly_fulfilled', 'fulfilled'].includes(pledge.status))
    return refuse('pledge_settled', {}, 'towards');
  if (input.choice === 'next_instalment') {
    const kept = await appliedMinor(ctx.trx, pledge.id);
    if (outstandingMinor(pledge.status, pledge.amountMinor, kept) === 0n)
      return refuse('pledge_settled', {}, 'towards');
  }
  return ok(pledge);
};
