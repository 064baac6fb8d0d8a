import { staffIdOf } from '../auth/roles.rules';
import { findCampaign } from '../campaigns/campaign.store';
import { defineCommand } from '../context';
import { ok, refuse } from '../shared/result';
import { openBankAccountForm } from './bank.form';

/** Tells Shanlu of an account of ours whose statements will be read. One account of a campaign is the main one. */
export const openBankAccount = defineCommand({
  name: 'bank_account.open',
  permission: 'bank:open',
  events: ['bank_account_opened'],
  input: openBankAccountForm,
  run: async (ctx, input) => {
    const campaign = await findCampaign(ctx.trx, { slug: input.campaign });
    if (!campaign) return refuse('not_found', {}, 'campaign');
    await ctx.trx
      .insertInto('bank_account')
      .values({
        id: ctx.newId(),
        code: input.code,
        campaign_id: campaign.id,
        name: input.name,
        number: input.number,
        currency: campaign.currency,
        main: input.main,
        opened_by: staffIdOf(ctx.actor),
      })
      .execute();
    ctx.record({
      event: 'bank_account_opened',
      subjectKind: 'bank_account',
      subjectId: input.code,
      details: { campaign: input.campaign, main: input.main },
    });
    return ok({ account: input.code });
  },
});
