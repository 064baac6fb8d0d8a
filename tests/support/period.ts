import { z } from 'zod';
import { findCampaign } from '@/lib/campaigns/campaign.store';
import { movePeriod } from '@/lib/campaigns/period.commands';
import { defineCommand } from '@/lib/context';
import { refuse } from '@/lib/shared/result';

/** Moves a month in one step, without the two people and the checklist of the product's acts. */
export const changePeriod = defineCommand({
  name: 'period.change',
  permission: 'period:close',
  events: ['period_soft_closed', 'period_closed', 'period_reopened'],
  input: z.object({
    campaign: z.string(),
    month: z.string().regex(/^\d{4}-\d{2}-01$/),
    to: z.enum(['soft_closed', 'closed', 'open']),
    reason: z.string(),
  }),
  run: async (ctx, input) => {
    const campaign = await findCampaign(ctx.trx, { slug: input.campaign });
    return campaign ? movePeriod(ctx, campaign, input.month, input.to, input.reason) : refuse('not_found');
  },
});
