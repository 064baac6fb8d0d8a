import type { Actor } from '@/lib/auth/roles.rules';
import { text, Verdict, type Campaign, type Gift, type State } from './state';

const CLOSED_FOR_GIFTS = ['accepted', 'in_warranty', 'closed', 'suspended', 'cancelled'];

/** A campaign takes promises and gifts within its filed period, for roads that can still use them. */
export const openFor = (
  verdict: Verdict,
  state: State,
  campaign: Campaign,
  designation: string | null,
  day: string,
  today: string,
): void => {
  verdict.when(day > today, 'date_in_future');
  verdict.when(day < campaign.opensOn || day > campaign.endsOn, 'campaign_not_open');
  const road = designation === null ? null : state.road(designation);
  verdict.when(
    road === undefined ||
      (road !== null && (road.campaign !== campaign || CLOSED_FOR_GIFTS.includes(road.status))),
    'segment_not_open',
  );
};

type PledgeInput = {
  campaign: string;
  currency: string;
  amountMinor: bigint;
  instalments: readonly { dueOn: string; amountMinor: bigint }[];
  designation: string | null;
  pledgedOn: string;
};

export const makePledge = (state: State, input: PledgeInput, _who: Actor, today: string): Verdict => {
  const verdict = new Verdict();
  const campaign = state.campaign(input.campaign);
  if (!campaign) return verdict.refused('not_found');
  verdict.when(input.currency !== campaign.currency, 'currency_differs');
  openFor(verdict, state, campaign, input.designation, input.pledgedOn, today);
  const sum = input.instalments.reduce((total, part) => total + part.amountMinor, 0n);
  verdict.when(sum !== input.amountMinor, 'instalments_do_not_add_up');
  return verdict.otherwise((answer) =>
    state.pledges.push({
      code: text(answer, 'code'),
      reference: text(answer, 'reference'),
      campaign,
      designation: input.designation,
      amountMinor: input.amountMinor,
      status: 'open',
      applied: new Map(),
    }),
  );
};

export const endPledge =
  (to: 'cancelled' | 'written_off' | 'released_hardship') =>
  (state: State, input: { pledge: string }, _who: Actor): Verdict => {
    const verdict = new Verdict();
    const pledge = state.pledges.find((one) => one.code === input.pledge);
    if (!pledge) return verdict.refused('not_found');
    if (pledge.status === 'fulfilled') return verdict.refused('pledge_settled');
    verdict.when(!['open', 'partly_fulfilled'].includes(pledge.status), 'illegal_state_change');
    return verdict.otherwise(() => {
      pledge.status = to;
    });
  };

const sum = (amounts: Iterable<bigint>): bigint => [...amounts].reduce((total, one) => total + one, 0n);
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** What of a gift is here fulfils its promise, as far as that is still open. Money is never turned away. */
export const apply = (gift: Gift): void => {
  const { pledge } = gift;
  if (!pledge || ['cancelled', 'released_hardship'].includes(pledge.status)) return;
  const already = pledge.applied.get(gift) ?? 0n;
  const more = least(pledge.amountMinor - sum(pledge.applied.values()), leftOf(gift) - already);
  if (more <= 0n) return;
  pledge.applied.set(gift, already + more);
  pledge.status = sum(pledge.applied.values()) === pledge.amountMinor ? 'fulfilled' : 'partly_fulfilled';
};

/** What has gone back fulfils nothing any more; a promise that has ended stays ended. */
export const unapply = (gift: Gift): void => {
  const { pledge } = gift;
  const already = pledge?.applied.get(gift) ?? 0n;
  if (!pledge || already <= leftOf(gift)) return;
  pledge.applied.set(gift, leftOf(gift));
  if (['fulfilled', 'partly_fulfilled'].includes(pledge.status))
    pledge.status = sum(pledge.applied.values()) === 0n ? 'open' : 'partly_fulfilled';
};

/** What of a gift has not gone and is not going back to its giver or the giver's bank. */
export const leftOf = (gift: Gift): bigint =>
  gift.settledMinor -
  sum(gift.refunds.filter(({ status }) => GOING.includes(status)).map((one) => one.amountMinor)) -
  sum(gift.disputes.filter(({ status }) => status !== 'won').map((one) => one.amountMinor));
const GOING = ['approved', 'sent', 'succeeded'];
