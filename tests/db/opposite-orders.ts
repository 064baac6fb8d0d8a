import { z } from 'zod';
import pg from 'pg';
import { findCampaign } from '@/lib/campaigns/campaign.store';
import { defineCommand } from '@/lib/context';
import { allocated, unallocated } from '@/lib/ledger/accounts.rules';
import { post } from '@/lib/ledger/ledger.commands';
import { ok, refuse } from '@/lib/shared/result';
import { CAMPAIGN, ON } from './roads-kit';

/** How often such an act was begun, also the times that were rolled back. */
export const begun = { times: 0 };

/** Gives money of several roads back in the order asked for: two such acts in opposite orders must wait for each other. */
export const releaseInOrder = defineCommand({
  name: 'test.release_in_order',
  permission: 'allocation:approve',
  events: ['allocation_released'],
  input: z.object({ roads: z.array(z.string()), amountMinor: z.bigint(), waitMs: z.number() }),
  run: async (ctx, input) => {
    begun.times += 1;
    const campaign = await findCampaign(ctx.trx, { slug: CAMPAIGN });
    if (!campaign) return refuse('not_found');
    for (const road of input.roads) {
      const entry = await post(ctx, {
        kind: 'allocation_released',
        campaign,
        subjectKind: 'segment',
        subject: road,
        date: ON,
        postings: [
          {
            from: allocated(road),
            to: unallocated(CAMPAIGN),
            amountMinor: input.amountMinor,
            lots: { kind: 'in_order' },
          },
        ],
      });
      if (!entry.ok) return entry;
      // Long enough that the other has taken its first lock too.
      await new Promise((resolve) => setTimeout(resolve, input.waitMs));
    }
    ctx.record({ event: 'allocation_released', subjectKind: 'segment', subjectId: input.roads.join(' ') });
    return ok(null);
  },
});

/** The server notices a deadlock after a second; a test need not wait that long. */
export const noticeDeadlocksSoon = async (adminUrl: string): Promise<void> => {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`alter database ${admin.database ?? ''} set deadlock_timeout = '50ms'`);
  await admin.end();
};
