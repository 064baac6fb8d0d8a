import { findCampaign } from '../campaigns/campaign.store';
import type { CommandContext } from '../context';
import { bank, bankCharges, exchangeDifference, payoutInTransit } from '../ledger/accounts.rules';
import { ok, refuse, type Result } from '../shared/result';
import { postFor, transitOf, undoEntries } from './book.commands';
import { move } from './booking.rules';
import type { SettlePayout } from './payout.form';
import { decidePayoutMove } from './payout.rules';
import {
  changePayout,
  insertPayoutEntry,
  lockPayout,
  moveGiftsOfPayout,
  standingEntries,
} from './payout.store';

/**
 * A payout is found on a line of the bank statement: what was in transit is in the bank, and its gifts are settled.
 * A step for the act that matches bank lines, within its transaction.
 *
 * Refuses `amounts_differ` when bank and payout differ and nobody said where the difference goes; `illegal_state_change`
 * for a payout that is matched, failed, or not booked because its list has findings.
 */
export const settlePayout = async (
  ctx: CommandContext,
  input: SettlePayout,
): Promise<
  Result<{ readonly code: string; readonly entries: readonly bigint[]; readonly gifts: number }>
> => {
  const payout = await lockPayout(ctx.trx, { code: input.payout });
  if (!payout) return refuse('not_found', {}, 'payout');
  const to = decidePayoutMove(payout.status, 'match');
  if (!to.ok) return to;
  if (payout.bookedOn === null)
    return refuse('illegal_state_change', { from: 'not_booked', event: 'match' }, 'payout');
  const beyond = input.amountMinor - payout.amountMinor;
  if ((beyond !== 0n) !== (input.difference !== 'none'))
    return refuse('amounts_differ', { payoutMinor: payout.amountMinor, lineMinor: input.amountMinor });
  const entries: bigint[] = [];
  for (const sent of await standingEntries(ctx.trx, payout.id, 'sent')) {
    const campaign = await findCampaign(ctx.trx, { id: sent.campaignId });
    if (!campaign) return refuse('not_found');
    const { slug } = campaign;
    const other = input.difference === 'exchange' ? exchangeDifference(slug) : bankCharges(slug);
    const postings = [
      ...move(payoutInTransit(slug), bank(slug), await transitOf(ctx, sent.entryId)),
      // The difference is of the whole line: the first campaign of the payout carries it.
      ...(entries.length === 0 ? move(other, bank(slug), beyond) : []),
    ];
    if (postings.length === 0) continue;
    const entry = await postFor(ctx, campaign, payout, 'payout_received', input.on, postings);
    if (!entry.ok) return entry;
    await insertPayoutEntry(ctx.trx, payout.id, entry.value, 'arrived');
    entries.push(entry.value);
  }
  await changePayout(ctx.trx, payout.id, {
    status: to.value,
    matched: { on: input.on, line: input.line },
  });
  const gifts = await moveGiftsOfPayout(ctx.trx, payout, 'settle');
  ctx.record({
    event: 'payout_matched',
    subjectKind: 'payout',
    subjectId: payout.code,
    details: { line: input.line, amountMinor: input.amountMinor, gifts },
  });
  return ok({ code: payout.code, entries, gifts });
};

/** Undoes `settlePayout` by reversing entries: the payout waits for its bank line again. */
export const unsettlePayout = async (
  ctx: CommandContext,
  input: { readonly payout: string; readonly on: string; readonly reason: string },
): Promise<Result<{ readonly code: string }>> => {
  const payout = await lockPayout(ctx.trx, { code: input.payout });
  if (!payout) return refuse('not_found', {}, 'payout');
  const to = decidePayoutMove(payout.status, 'unmatch');
  if (!to.ok) return to;
  const undone = await undoEntries(ctx, payout, 'arrived', input.on, input.reason);
  if (!undone.ok) return undone;
  await changePayout(ctx.trx, payout.id, { status: to.value, matched: null });
  await moveGiftsOfPayout(ctx.trx, payout, 'unsettle');
  ctx.record({
    event: 'payout_unmatched',
    subjectKind: 'payout',
    subjectId: payout.code,
    details: { reason: input.reason },
  });
  return ok({ code: payout.code });
};
