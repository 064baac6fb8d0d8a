import { approveRefund, declineRefund, proposeRefund, sendRefund } from '@/lib/donations/refund.commands';
import { completeRefund } from '@/lib/donations/refund-close.commands';
import { resolveShortfall } from '@/lib/donations/shortfall.commands';
import { observeProvider } from '@/lib/payments/stripe-event.commands';
import type { Actor } from '@/lib/auth/roles.rules';
import { observeDispute } from './disputes';
import { resolveShortfall as judgeResolve } from './holes';
import { leftOf } from './pledges';
import { seen, type Draw, type Kind } from './kind';
import * as model from './refunds';
import type { Gift, Refund, State } from './state';

const REFUNDABLE = ['cleared', 'settled', 'partly_refunded', 'won'];
const isOnline = (gift: Gift): boolean => gift.checkoutId !== null;
const waiting =
  (...states: string[]) =>
  (refund: Refund): boolean =>
    states.includes(refund.status);

/** Gifts whose money lies on a road make the interesting returns. */
const onRoads = ({ state }: Draw, gift: Gift): boolean =>
  gift.lot !== null && state.books.placesOf(gift.lot).some((place) => !place.code.startsWith('unallocated'));

const seenRefund = (draw: Draw): Record<string, unknown> | null => {
  const { random, state } = draw;
  const online = state.refunds.filter((one) => isOnline(one.gift));
  const refund = random.fitting(online, waiting('sent', 'succeeded'), 20);
  if (!refund) return null;
  // A gift in another currency goes back at the rate of the day; in the own one a difference is a mistake.
  const foreign = refund.gift.currency !== refund.gift.campaign.currency;
  const off = random.chance(foreign ? 40 : 3) && refund.amountMinor > 1n ? random.pick([-1n, 1n]) : 0n;
  const settledMinor = random.chance(8) ? null : refund.amountMinor + off;
  return {
    observation: {
      kind: 'refund',
      donationId: refund.gift.id,
      seen: {
        providerId: refund.providerId ?? `re_${draw.fresh()}`,
        refundId: refund.id,
        chargeId: null,
        state:
          refund.status === 'succeeded'
            ? random.pick(['succeeded', 'failed'])
            : random.pick(['pending', 'succeeded', 'succeeded', 'failed']),
        currency: refund.gift.currency,
        ownMinor: refund.ownMinor,
        settledMinor,
        failure: null,
        madeOn: draw.day(),
      },
    },
  };
};

const seenDispute = (draw: Draw): Record<string, unknown> | null => {
  const { random, state } = draw;
  const online = state.gifts.filter((gift) => isOnline(gift) && gift.taken);
  const again = random.fitting(
    online.filter((gift) => gift.disputes.length > 0),
    (gift) => gift.status === 'disputed',
    15,
  );
  const gift =
    again && random.chance(65) ? again : random.fitting(online, (one) => REFUNDABLE.includes(one.status), 8);
  if (!gift) return null;
  const known = gift.disputes.at(-1);
  const old = known !== undefined && (known.status === 'open' || random.chance(50)) ? known : undefined;
  const amountMinor = old?.amountMinor ?? (random.chance(70) ? leftOf(gift) : random.near(leftOf(gift)));
  if (amountMinor <= 0n) return null;
  const feeMinor = old?.feeMinor ?? (random.chance(60) ? random.upTo(1_500n) : 0n);
  const outcome = random.pick(old ? ['open', 'won', 'won', 'lost', 'lost'] : ['open', 'open', 'lost', 'won']);
  const wrong = random.chance(4) ? 1n : 0n;
  return {
    observation: {
      kind: 'dispute',
      donationId: gift.id,
      seen: {
        providerId: old?.providerId ?? `dp_${draw.fresh()}`,
        reason: 'fraudulent',
        openedOn: draw.day(),
        // An inquiry only asks: no money has moved.
        withdrawn: old === undefined && random.chance(10) ? null : { amountMinor, feeMinor },
        reinstated:
          outcome === 'won' && random.chance(85)
            ? { amountMinor: amountMinor + wrong, feeMinor: random.chance(50) ? feeMinor : 0n }
            : null,
        outcome,
      },
    },
  };
};

type Observed = { observation: { kind: 'refund' | 'dispute' } };
const judgeObserved = (state: State, input: Observed, _who: Actor, today: string) =>
  input.observation.kind === 'refund'
    ? model.observeRefund(state, input as never, today)
    : observeDispute(state, input as never, today);

export const RETURN_ACTS: readonly Kind[] = [
  {
    name: 'refund.propose',
    command: proposeRefund,
    weight: 34,
    judge: model.proposeRefund,
    draw: (draw) => {
      const { state, random } = draw;
      const gift = random.fitting(
        state.gifts,
        (one) =>
          REFUNDABLE.includes(one.status) && leftOf(one) > 0n && (onRoads(draw, one) || random.chance(15)),
        6,
      );
      return (
        gift && {
          donation: random.chance(2) ? 'G-9999' : gift.code,
          amountMinor: random.chance(40) ? leftOf(gift) : random.near(leftOf(gift)),
          reason: '给错了',
          on: draw.day(),
        }
      );
    },
  },
  {
    name: 'refund.approve',
    command: approveRefund,
    weight: 34,
    judge: model.approveRefund,
    draw: ({ state, random, day }) => {
      const refund = random.fitting(state.refunds, waiting('proposed'));
      return refund && { refund: refund.code, seenHash: seen(random, refund.hash), on: day() };
    },
  },
  {
    name: 'refund.decline',
    command: declineRefund,
    weight: 4,
    judge: model.declineRefund,
    draw: ({ state, random, day }) => {
      const refund = random.fitting(state.refunds, waiting('proposed'));
      return refund && { refund: refund.code, reason: '改主意', on: day() };
    },
  },
  {
    name: 'refund.send',
    command: sendRefund,
    weight: 30,
    judge: model.sendRefund,
    draw: ({ state, random, day }) => {
      const refund = random.fitting(state.refunds, waiting('approved'));
      return refund && { refund: random.chance(2) ? 'RF-9999' : refund.code, on: day() };
    },
  },
  {
    name: 'refund.complete',
    command: completeRefund,
    weight: 16,
    judge: model.completeRefund,
    draw: ({ state, random, day }) => {
      const refund = random.fitting(state.refunds, (one) => waiting('sent')(one) && !isOnline(one.gift));
      return refund && { refund: refund.code, on: day(), bankReference: 'BOC 1' };
    },
  },
  {
    name: 'provider.observe',
    command: observeProvider,
    weight: 45,
    judge: judgeObserved,
    opensHoles: true,
    draw: (draw) => (draw.random.chance(55) ? seenRefund(draw) : seenDispute(draw)),
  },
  {
    name: 'shortfall.resolve',
    command: resolveShortfall,
    weight: 22,
    judge: judgeResolve,
    draw: ({ state, random, day }) => {
      const hole = random.fitting(state.holes, (one) => !one.resolved && random.chance(60));
      return (
        hole && {
          shortfall: random.chance(2) ? 'SF-9999' : hole.code,
          on: day(),
          reason: '用未指定捐款补足',
        }
      );
    },
  },
];
