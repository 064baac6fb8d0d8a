import type { Actor } from '@/lib/auth/roles.rules';
import type { Line } from './books';
import { findGift } from './gifts';
import { giveBack, takeBack, type HoleCodes } from './holes';
import { idOf } from './people';
import { apply, leftOf, unapply } from './pledges';
import { assetOf, dated, isClosed, on, text, Verdict, type Gift, type Refund, type State } from './state';

export const REFUNDABLE = ['cleared', 'settled', 'partly_refunded', 'won'];

const refundable = (verdict: Verdict, gift: Gift, amountMinor: bigint): void => {
  verdict.when(!REFUNDABLE.includes(gift.status), 'illegal_state_change');
  verdict.when(amountMinor > leftOf(gift), 'exceeds_donation');
};

export const proposeRefund = (
  state: State,
  input: { donation: string; amountMinor: bigint },
  who: Actor,
): Verdict => {
  const verdict = new Verdict();
  const gift = findGift(state, input.donation);
  if (!gift) return verdict.refused('not_found');
  const { amountMinor } = input;
  refundable(verdict, gift, amountMinor);
  if (verdict.reasons.size > 0) return verdict;
  // The giver gets the same share of what they gave; with the last refund exactly what is left of it.
  const before = gift.refunds.filter(({ status }) => ['approved', 'sent', 'succeeded'].includes(status));
  const gone = before.reduce((sum, one) => sum + one.amountMinor, 0n);
  const ownMinor =
    gone + amountMinor === gift.settledMinor
      ? gift.amountMinor - before.reduce((sum, one) => sum + one.ownMinor, 0n)
      : (gift.amountMinor * amountMinor) / gift.settledMinor;
  verdict.when(ownMinor === 0n, 'amount_must_be_positive');
  return verdict.otherwise(
    (answer) => {
      const refund: Refund = {
        code: text(answer, 'code'),
        id: text(answer, 'refundId'),
        gift,
        amountMinor,
        ownMinor,
        status: 'proposed',
        hash: text(answer, 'contentHash'),
        by: idOf(who),
        providerId: null,
        holes: [],
      };
      state.refunds.push(refund);
      gift.refunds.push(refund);
    },
    { ownMinor },
  );
};

const findRefund = (state: State, code: string) => state.refunds.find((one) => one.code === code);

export const approveRefund = (
  state: State,
  input: { refund: string; seenHash: string; on: string },
  who: Actor,
): Verdict => {
  const verdict = new Verdict();
  const refund = findRefund(state, input.refund);
  if (!refund) return verdict.refused('not_found');
  const { gift } = refund;
  verdict.when(refund.hash !== input.seenHash, 'changed_since_seen');
  verdict.when(refund.by === idOf(who), 'maker_is_checker');
  verdict.when(refund.status !== 'proposed', 'illegal_state_change');
  refundable(verdict, gift, refund.amountMinor);
  verdict.when(isClosed(gift.campaign, input.on), 'period_closed');
  return verdict.otherwise((answer) => {
    const codes = answer['shortfalls'] as readonly string[];
    reserve(state, refund, input.on, (n) => codes[n] ?? `hole ${n} was not opened`);
    refund.status = 'approved';
    unapply(gift);
  });
};

const reserve = (state: State, refund: Refund, day: string, codes: HoleCodes): void => {
  const { campaign } = refund.gift;
  refund.holes = takeBack(state, refund.gift, {
    amountMinor: refund.amountMinor,
    feeMinor: 0n,
    out: on.returned(campaign),
    financial: {
      from: on.refundsPayable(campaign),
      to: on.income(campaign),
      amountMinor: refund.amountMinor,
    },
    codes,
    day,
  });
  dated(campaign, day);
};

export const declineRefund = (state: State, input: { refund: string }, _who: Actor): Verdict =>
  moveRefund(state, input.refund, 'proposed', 'returned');

export const sendRefund = (state: State, input: { refund: string }, _who: Actor): Verdict =>
  moveRefund(state, input.refund, 'approved', 'sent');

const moveRefund = (state: State, code: string, from: string, to: string): Verdict => {
  const verdict = new Verdict();
  const refund = findRefund(state, code);
  if (!refund) return verdict.refused('not_found');
  verdict.when(refund.status !== from, 'illegal_state_change');
  return verdict.otherwise(() => {
    refund.status = to;
  });
};

const isOnline = (gift: Gift): boolean => gift.checkoutId !== null;

export const completeRefund = (state: State, input: { refund: string; on: string }, _who: Actor): Verdict => {
  const verdict = new Verdict();
  const refund = findRefund(state, input.refund);
  if (!refund) return verdict.refused('not_found');
  verdict.when(isOnline(refund.gift), 'illegal_state_change');
  verdict.when(refund.status !== 'sent', 'illegal_state_change');
  verdict.when(isClosed(refund.gift.campaign, input.on), 'period_closed');
  return verdict.otherwise(() => {
    succeed(state, refund, input.on);
  });
};

const succeed = (state: State, refund: Refund, day: string, settledMinor = refund.amountMinor): void => {
  const { gift, amountMinor } = refund;
  const { campaign } = gift;
  state.books.write([
    { from: assetOf(gift), to: on.refundsPayable(campaign), amountMinor },
    ...rateMoved(gift, amountMinor, settledMinor),
  ]);
  dated(campaign, day);
  refund.status = 'succeeded';
  follow(gift, false);
};

/** A gift in another currency goes back at the rate of the day: what left beyond what was reserved, or less than it. */
const rateMoved = (gift: Gift, reservedMinor: bigint, leftMinor: bigint): Line[] => {
  const [asset, difference] = [assetOf(gift), on.exchange(gift.campaign)];
  if (leftMinor === reservedMinor) return [];
  return leftMinor > reservedMinor
    ? [{ from: asset, to: difference, amountMinor: leftMinor - reservedMinor }]
    : [{ from: difference, to: asset, amountMinor: reservedMinor - leftMinor }];
};

/** How far a gift has gone back, in its state; what its giver's bank has done with it comes first. */
const follow = (gift: Gift, bounced: boolean): void => {
  if (['disputed', 'lost'].includes(gift.status)) return;
  if (bounced && ['won', 'settled'].includes(gift.status)) return;
  const done = gift.refunds.filter((one) => one.status === 'succeeded');
  const gone = done.reduce((sum, one) => sum + one.amountMinor, 0n);
  gift.status = gone === gift.settledMinor ? 'refunded' : gone > 0n ? 'partly_refunded' : 'cleared';
};

type SeenRefund = {
  providerId: string;
  refundId: string | null;
  state: 'pending' | 'succeeded' | 'failed';
  ownMinor: bigint;
  settledMinor: bigint | null;
};

/** What the provider shows of a refund we asked for. */
export const observeRefund = (
  state: State,
  input: { observation: { donationId: string; seen: SeenRefund } },
  today: string,
): Verdict => {
  const verdict = new Verdict();
  const { seen, donationId } = input.observation;
  const gift = state.gifts.find((one) => one.id === donationId);
  if (!gift) return verdict.refused('not_found');
  const refund = gift.refunds.find((one) => one.id === seen.refundId || one.providerId === seen.providerId);
  if (!refund) throw new Error('the model asks only about refunds of its own');
  const answers = (outcome: string, then: () => void = () => undefined): Verdict =>
    verdict.otherwise(
      () => {
        refund.providerId ??= seen.providerId;
        then();
      },
      { outcome },
    );
  if (seen.settledMinor === null && seen.state === 'succeeded')
    return verdict.otherwise(() => undefined, { outcome: 'refund_pending' });
  const settledMinor = seen.settledMinor ?? refund.amountMinor;
  const own = gift.currency === gift.campaign.currency;
  if (verdict.when(own && settledMinor !== refund.amountMinor, 'amounts_differ')) return verdict;
  if (seen.state === 'pending') return answers('refund_pending');
  if (seen.state === 'succeeded') {
    if (refund.status === 'succeeded') return answers('already_done');
    verdict.when(refund.status !== 'sent', 'illegal_state_change');
    return answers('refund_succeeded', () => {
      succeed(state, refund, today, settledMinor);
    });
  }
  if (refund.status === 'failed') return answers('already_done');
  verdict.when(!['sent', 'succeeded'].includes(refund.status), 'illegal_state_change');
  return answers('refund_failed', () => {
    fail(state, refund, today, settledMinor);
  });
};

const fail = (state: State, refund: Refund, day: string, backMinor: bigint): void => {
  const { gift, amountMinor } = refund;
  const { campaign } = gift;
  const payable = on.refundsPayable(campaign);
  const bounced = refund.status === 'succeeded';
  giveBack(state, gift, {
    amountMinor,
    out: on.returned(campaign),
    financial: [
      ...(bounced
        ? [{ from: payable, to: assetOf(gift), amountMinor }, ...rateMoved(gift, backMinor, amountMinor)]
        : []),
      { from: on.income(campaign), to: payable, amountMinor },
    ],
    holes: refund.holes,
    feeToo: false,
  });
  dated(campaign, day);
  refund.status = 'failed';
  if (bounced) follow(gift, true);
  apply(gift);
};
