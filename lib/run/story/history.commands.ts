import { defineCommand } from '@/lib/context';
import { startDonationForm } from '@/lib/donations/donation.form';
import { decideSettlement } from '@/lib/donations/donation.rules';
import { enterGift } from '@/lib/donations/gift.commands';
import { receiveGift } from '@/lib/donations/receive.commands';
import { pledgeNumber } from '@/lib/pledges/pledge.form';
import { lockPledge } from '@/lib/pledges/pledge.store';
import { day, minorTotal } from '@/lib/shared/form-parts';

/**
 * Takes in a gift that was paid online years ago, with the fee that was charged then. The payment provider has no
 * such past to be asked about, so the story tells it; from there on it is booked like every other gift.
 */
export const tellOnlineGift = defineCommand({
  name: 'story.online_gift',
  permission: 'donation:settle',
  events: ['donation_cleared', 'pledge_applied', 'pledge_raised'],
  input: startDonationForm
    .omit({ pledgeReference: true })
    .extend({ pledge: pledgeNumber.nullable(), feeMinor: minorTotal, receivedOn: day }),
  run: async (ctx, input) => {
    const pledge = input.pledge === null ? null : await lockPledge(ctx.trx, { code: input.pledge });
    const entered = await enterGift(ctx, { ...input, pledge, bankReference: null, status: 'intent' });
    if (!entered.ok) return entered;
    const { campaign, row: donation } = entered.value;
    const settlement = decideSettlement(donation, campaign.currency, {
      settledMinor: null,
      feeMinor: input.feeMinor,
      rate: null,
      rateOn: null,
    });
    if (!settlement.ok) return settlement;
    return receiveGift(ctx, campaign, donation, {
      ...settlement.value,
      event: 'clear',
      receivedOn: input.receivedOn,
      bookedOn: input.receivedOn,
      bankReference: null,
    });
  },
});
