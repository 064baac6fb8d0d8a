import {
  cancelDonation,
  clearDonation,
  recordDonation,
  verifyDonation,
} from '@/lib/donations/donation.commands';
import { observeCheckout, startDonation } from '@/lib/payments/checkout.commands';
import { cancelPledge, makePledge, releasePledge, writeOffPledge } from '@/lib/pledges/pledge.commands';
import { observeCheckout as judgeCheckout } from './checkouts';
import * as entering from './entering';
import * as model from './gifts';
import * as pledges from './pledges';
import { seen, words, type Draw, type Kind } from './kind';
import { isClosed, type Campaign, type Gift, type Pledge } from './state';

const NOBODY = { name: null, email: null, phone: null, country: null, lang: 'zh-Hans' } as const;
const FOREIGN = 'HKD';

/** A road the giver names, or null: where it is needed. */
const designation = ({ state, random }: Draw, campaign: Campaign): string | null => {
  if (!random.chance(35)) return null;
  const roads = state.roads.filter((road) => road.campaign === campaign || random.chance(4));
  return (
    random.fitting(roads, (road) => ['proposed', 'approved', 'funded'].includes(road.status))?.code ?? null
  );
};

/** Mostly a day within the campaign; now and then before it, after it, or still to come. */
const givingDay = ({ random, day }: Draw): string =>
  random.chance(96) ? day() : random.pick(['2023-08-31', '2024-09-01', '2099-01-01']);

const gift = (draw: Draw, pledges: readonly Pledge[]) => {
  const { state, random } = draw;
  const pledge = random.chance(30)
    ? random.fitting(pledges, (one) => ['open', 'partly_fulfilled', 'written_off'].includes(one.status))
    : null;
  const campaign = pledge && random.chance(95) ? pledge.campaign : random.pick(state.campaigns);
  const limit = pledge ? pledge.amountMinor : random.chance(80) ? 20_000n : 90_000n;
  const amountMinor = pledge && random.chance(40) ? random.near(limit) : random.upTo(limit);
  return {
    pledge,
    campaign,
    about: {
      campaign: random.chance(2) ? 'no-such-campaign' : campaign.slug,
      donor: pledge ? null : NOBODY,
      currency: random.chance(12) ? FOREIGN : campaign.currency,
      amountMinor,
      designation:
        pledge === null ? designation(draw, campaign) : random.chance(8) ? 'ML-9999' : pledge.designation,
      recognition: null,
      givenOn: givingDay(draw),
    },
  };
};

const RATE = { rate: '0.9280', rateOn: '2023-10-02' } as const;
const isForeign = (one: Gift): boolean => one.currency !== one.campaign.currency;
/** What a gift in another currency might become. */
const worth = (one: Gift, { random }: Draw): bigint => one.amountMinor / 2n + random.upTo(one.amountMinor);

const fee = (settledMinor: bigint, { random }: Draw): bigint =>
  random.chance(55) ? 0n : random.chance(4) ? settledMinor : random.upTo((settledMinor + 9n) / 10n) - 1n;

const ended = (
  name: string,
  to: Parameters<typeof pledges.endPledge>[0],
  command: Kind['command'],
): Kind => ({
  name,
  command,
  weight: 6,
  judge: pledges.endPledge(to),
  draw: ({ state, random, day }) => {
    const pledge = random.fitting(
      state.pledges,
      (one) => one.status === 'partly_fulfilled' || (one.status === 'open' && random.chance(40)),
      25,
    );
    return (
      pledge && {
        pledge: random.chance(2) ? 'P-9999' : pledge.code,
        on: day(),
        reason: '家中有事',
        ...(name === 'pledge.release' && { filingReference: '民〔2024〕7', publicText: words('因病免除') }),
      }
    );
  },
});

export const GIVING_ACTS: readonly Kind[] = [
  {
    name: 'pledge.make',
    command: makePledge,
    weight: 30,
    judge: pledges.makePledge,
    draw: (draw) => {
      const { state, random } = draw;
      const campaign = random.pick(state.campaigns);
      const amountMinor = random.upTo(60_000n);
      const first = random.chance(40) && amountMinor > 1n ? amountMinor / 2n : amountMinor;
      const second = amountMinor - first + (random.chance(4) ? 1n : 0n);
      return {
        campaign: campaign.slug,
        donor: NOBODY,
        currency: random.chance(3) ? FOREIGN : campaign.currency,
        amountMinor,
        instalments: [
          { dueOn: '2099-02-01', amountMinor: first },
          ...(second > 0n ? [{ dueOn: '2099-03-01', amountMinor: second }] : []),
        ],
        designation: designation(draw, campaign),
        recognition: null,
        pledgedOn: givingDay(draw),
        source: 'hall',
      };
    },
  },
  ended('pledge.cancel', 'cancelled', cancelPledge),
  ended('pledge.write_off', 'written_off', writeOffPledge),
  ended('pledge.release', 'released_hardship', releasePledge),
  {
    name: 'donation.record',
    command: recordDonation,
    weight: 60,
    judge: entering.recordDonation,
    draw: (draw) => {
      const { pledge, about } = gift(draw, draw.state.pledges);
      const known = pledge?.code ?? null;
      return {
        ...about,
        pledge: draw.random.chance(2) ? 'P-9999' : known,
        channel: draw.random.pick(['bank', 'bank', 'cash', 'cheque']),
        bankReference: null,
      };
    },
  },
  {
    name: 'donation.verify',
    command: verifyDonation,
    weight: 60,
    judge: model.verifyDonation,
    draw: ({ state, random, day }) => {
      const one = random.fitting(state.gifts, (each) => each.status === 'recorded', 6);
      return (
        one && {
          donation: random.chance(2) ? 'G-9999' : one.code,
          seenHash: seen(random, one.hash),
          on: day(),
        }
      );
    },
  },
  {
    name: 'donation.clear',
    command: clearDonation,
    weight: 60,
    judge: model.clearDonation,
    draw: (draw) => {
      const { state, random } = draw;
      const one = random.fitting(state.gifts, (each) => each.status === 'verified', 6);
      if (!one) return null;
      const settledMinor = isForeign(one)
        ? random.chance(94)
          ? worth(one, draw)
          : null
        : random.chance(90)
          ? null
          : one.amountMinor + (random.chance(50) ? 1n : 0n);
      return {
        donation: one.code,
        receivedOn: random.chance(97) ? draw.day() : '2099-01-01',
        settledMinor,
        feeMinor: fee(settledMinor ?? one.amountMinor, draw),
        ...(isForeign(one) ? RATE : { rate: null, rateOn: null }),
        bankReference: null,
      };
    },
  },
  {
    name: 'donation.cancel',
    command: cancelDonation,
    weight: 8,
    judge: model.cancelDonation,
    draw: ({ state, random, day }) => {
      const one = random.fitting(state.gifts, (each) => ['recorded', 'verified'].includes(each.status), 30);
      return one && { donation: one.code, on: day(), reason: '重复' };
    },
  },
  {
    name: 'donation.start',
    command: startDonation,
    weight: 55,
    judge: entering.startDonation,
    draw: (draw) => {
      const { pledge, about } = gift(draw, draw.state.pledges);
      return {
        ...about,
        pledgeReference: pledge?.reference ?? null,
        channel: draw.random.pick(['card', 'alipay', 'wechat']),
        feeCoveredMinor: 0n,
      };
    },
  },
  {
    name: 'checkout.observe',
    command: observeCheckout,
    weight: 65,
    judge: judgeCheckout,
    draw: (draw) => {
      const { state, random } = draw;
      const online = state.gifts.filter((one) => one.checkoutId !== null);
      const one = random.fitting(online, (each) => !each.taken, 8);
      if (!one) return null;
      const grossMinor = isForeign(one) ? worth(one, draw) : one.amountMinor + (random.chance(2) ? 1n : 0n);
      const day = draw.day();
      return {
        checkoutId: one.checkoutId,
        seen: {
          state: random.chance(72)
            ? 'paid'
            : random.pick(['open', 'processing', 'processing', 'expired', 'failed']),
          currency: random.chance(2) ? 'JPY' : one.currency,
          amountMinor: one.amountMinor * (random.chance(2) ? 100n : 1n),
          paymentIntentId: null,
          chargeId: `ch_${draw.fresh()}`,
          // A late message for a closed month must still be taken in.
          paidOn: random.chance(4)
            ? null
            : isClosed(one.campaign, day) && random.chance(50)
              ? day
              : draw.day(),
          settled: random.chance(6)
            ? null
            : {
                currency: random.chance(2) ? 'JPY' : one.campaign.currency,
                grossMinor,
                feeMinor: fee(grossMinor, draw),
                rate: isForeign(one) ? RATE.rate : null,
              },
          failure: null,
        },
      };
    },
  },
];
