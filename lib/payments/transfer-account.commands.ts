import { staffIdOf } from '../auth/roles.rules';
import { z } from 'zod';
import { findCampaign } from '../campaigns/campaign.store';
import { defineCommand } from '../context';
import { localText, slug } from '../shared/form-parts';
import { ok, refuse } from '../shared/result';

const transferAccountForm = z.object({
  campaign: slug,
  holder: localText,
  accountNumber: z
    .string()
    .trim()
    .regex(/^[0-9A-Z][0-9A-Z -]{3,40}$/, { error: 'account_number' }),
  bank: localText,
});

/**
 * Names the account that transfers go to, as printed on every transfer card from now on. A new row each time: which
 * account was printed when can be looked up.
 */
export const nameTransferAccount = defineCommand({
  name: 'campaign.transfer_account',
  permission: 'campaign:create',
  events: ['transfer_account_named'],
  input: transferAccountForm,
  run: async (ctx, input) => {
    const campaign = await findCampaign(ctx.trx, { slug: input.campaign });
    if (!campaign) return refuse('not_found', {}, 'campaign');
    await ctx.trx
      .insertInto('transfer_account')
      .values({
        id: ctx.newId(),
        campaign_id: campaign.id,
        holder: input.holder,
        account_number: input.accountNumber,
        bank: input.bank,
        recorded_by: staffIdOf(ctx.actor),
      })
      .execute();
    ctx.record({
      event: 'transfer_account_named',
      subjectKind: 'campaign',
      subjectId: campaign.slug,
      details: { ending: input.accountNumber.slice(-4) },
    });
    return ok({ campaign: campaign.slug });
  },
});
