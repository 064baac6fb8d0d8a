import { sql } from 'kysely';
import type { CommandContext } from '../context';
import type { CampaignBooks } from '../ledger/ledger.commands';
import { actLeaf } from '../proof/leaf';
import { toSecond } from '../shared/instant';
import { ok, refuse, type Result } from '../shared/result';

export type PeriodStatus = 'open' | 'soft_closed' | 'closed';

const EVENTS = {
  open: 'period_reopened',
  soft_closed: 'period_soft_closed',
  closed: 'period_closed',
} as const;

/**
 * Moves a month of the books: open → soft_closed → closed, or open again. Closing waits for entries that are being
 * written and holds new ones back for the moment of the commit, so that nothing slips in behind it. A step of the acts
 * in lib/bookkeeping, which say who may do it and with whom. `month` is its first day.
 */
export const movePeriod = async (
  ctx: CommandContext,
  campaign: Pick<CampaignBooks, 'id' | 'slug'>,
  month: string,
  to: PeriodStatus,
  reason: string,
  check: (from: PeriodStatus) => Promise<Result<null>> = () => Promise.resolve(ok(null)),
): Promise<Result<{ readonly from: PeriodStatus; readonly to: PeriodStatus }>> => {
  await holdEntriesBack(ctx.trx, campaign.id);
  const before = await ctx.trx
    .selectFrom('period')
    .select('status')
    .where('campaign_id', '=', campaign.id)
    .where('month', '=', month)
    .executeTakeFirst();
  const from = (before?.status ?? 'open') as PeriodStatus;
  if (from === to) return refuse('illegal_state_change', { from, to });
  const allowed = await check(from);
  if (!allowed.ok) return allowed;
  await ctx.trx
    .insertInto('period')
    // Not the start of this transaction: an entry may have begun after it and still have been written before.
    .values({ campaign_id: campaign.id, month, status: to, changed_at: afterTheLock })
    .onConflict((conflict) =>
      conflict.columns(['campaign_id', 'month']).doUpdateSet({ status: to, changed_at: afterTheLock }),
    )
    .execute();
  const name = month.slice(0, 7);
  const event = EVENTS[to];
  ctx.record({
    event,
    subjectKind: 'period',
    subjectId: `${campaign.slug}/${name}`,
    details: { reason },
  });
  ctx.publish(
    actLeaf({
      event,
      subject: name,
      date: ctx.now.toISOString().slice(0, 10),
      recorded: toSecond(ctx.now),
      campaign: campaign.slug,
      facts: { from, to },
    }),
  );
  return ok({ from, to });
};

/** Waits for the campaign's entries that are being written; new ones wait for us (migration 0021). */
const holdEntriesBack = async (trx: CommandContext['trx'], campaignId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${campaignId}::uuid::text, 75114))`.execute(trx);
};
const afterTheLock = sql<Date>`clock_timestamp()`;
