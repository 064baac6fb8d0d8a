import { makeMatch, undoMatch } from '@/lib/reconciliation/match.commands';
import { lineArrives } from '../support/bank-line';
import * as model from './bank';
import type { Draw, Kind } from './kind';
import type { Campaign, Line } from './state';

/** Everything of a campaign that a bank line may be, with the amount the line would have. */
const awaited = ({ state }: Draw, campaign: Campaign): model.Part[] => [
  ...state.gifts
    .filter(
      (gift) =>
        gift.campaign === campaign &&
        gift.checkoutId === null &&
        gift.channel !== 'cash' &&
        ['verified', 'cleared'].includes(gift.status),
    )
    .map((gift) => ({
      kind: 'gift',
      subject: gift.code,
      amountMinor: gift.status === 'cleared' ? gift.settledMinor - gift.feeMinor : gift.amountMinor,
    })),
  ...state.pledges
    .filter((pledge) => pledge.campaign === campaign && model.stillOpen(pledge) > 0n)
    .map((pledge) => ({ kind: 'pledge', subject: pledge.code, amountMinor: model.stillOpen(pledge) })),
  ...state.payments
    .filter(
      (payment) =>
        payment.certificate.contract.road.campaign === campaign &&
        ['approved', 'paid'].includes(payment.status),
    )
    .map((payment) => ({ kind: 'payment', subject: payment.code, amountMinor: -payment.amountMinor })),
  ...state.refunds
    .filter((refund) => refund.gift.campaign === campaign && refund.status === 'succeeded')
    .map((refund) => ({ kind: 'refund', subject: refund.code, amountMinor: -refund.amountMinor })),
];

/** What a person may say a line was: mostly something of its amount, now and then short by a charge, or nonsense. */
const partsFor = (draw: Draw, campaign: Campaign, amountMinor: bigint): model.Part[] => {
  const { random } = draw;
  const things = awaited(draw, campaign);
  const exact = things.filter((thing) => thing.amountMinor === amountMinor);
  if (exact.length > 0 && random.chance(85)) return [random.pick(exact)];
  const near = things.filter(
    ({ amountMinor: own }) => own > amountMinor && own - amountMinor < 5_500n && amountMinor > 0n,
  );
  if (near.length > 0 && random.chance(70)) {
    const thing = random.pick(near);
    return [thing, { kind: 'fee', amountMinor: amountMinor - thing.amountMinor }];
  }
  const smaller = things.filter((thing) => thing.amountMinor > 0n && thing.amountMinor < amountMinor);
  if (smaller.length > 0 && random.chance(50)) {
    const thing = random.pick(smaller);
    return [thing, { kind: 'unidentified', amountMinor: amountMinor - thing.amountMinor }];
  }
  if (things.length > 0 && random.chance(6)) return [random.pick(things)];
  const road = random.chance(30)
    ? random.fitting(draw.state.roads, (one) => one.campaign === campaign && one.status === 'approved')
    : null;
  const own: model.Part[] =
    amountMinor > 0n
      ? [
          { kind: 'new_gift', amountMinor, designation: road?.code ?? null },
          { kind: 'new_gift', amountMinor, designation: null },
          { kind: 'unidentified', amountMinor },
          { kind: 'interest', amountMinor },
        ]
      : [{ kind: 'fee', amountMinor }];
  return [random.chance(4) ? { kind: 'unidentified', amountMinor: amountMinor + 1n } : random.pick(own)];
};

const seenAs = ({ random }: Draw, lines: readonly Line[]) =>
  lines.map(({ id, version }) => ({
    id,
    version: random.chance(3) ? version + 1 : random.chance(2) && version > 0 ? version - 1 : version,
  }));

export const BANK_ACTS: readonly Kind[] = [
  {
    name: 'line.arrive',
    command: lineArrives,
    weight: 55,
    signed: true,
    judge: model.lineArrives,
    draw: (draw) => {
      const { state, random, day } = draw;
      const campaign = random.pick(state.campaigns);
      const things = awaited(draw, campaign);
      const about = things.length > 0 && random.chance(75) ? random.pick(things).amountMinor : null;
      const free = random.chance(80) ? random.upTo(30_000n) : -random.upTo(2_000n);
      const amountMinor =
        about === null ? free : about > 300n && random.chance(12) ? about - random.upTo(250n) : about;
      return { account: campaign.slug, amountMinor, bookedOn: day() };
    },
  },
  {
    name: 'match.make',
    command: makeMatch,
    weight: 60,
    signed: true,
    makesGifts: true,
    judge: model.makeMatch,
    draw: (draw) => {
      const { state, random } = draw;
      const line = random.fitting(state.lines, (one) => one.match === null, 5);
      if (!line) return null;
      const { campaign } = line;
      const more = random.chance(12)
        ? random.fitting(
            state.lines,
            (one) => one !== line && one.campaign === campaign && one.match === null && one.amountMinor > 0n,
            0,
          )
        : null;
      const lines = more && more !== line && line.amountMinor > 0n ? [line, more] : [line];
      const amountMinor = lines.reduce((sum, one) => sum + one.amountMinor, 0n);
      return {
        account: random.chance(1) ? 'no-such-account' : campaign.slug,
        lines: seenAs(draw, lines),
        parts: partsFor(draw, campaign, amountMinor).map((part) =>
          part.kind === 'new_gift' ? { ...part, donorName: null } : part,
        ),
      };
    },
  },
  {
    name: 'match.undo',
    command: undoMatch,
    weight: 22,
    judge: model.undoMatch,
    draw: (draw) => {
      const match = draw.random.fitting(draw.state.matches, (one) => !one.undone, 5);
      return (
        match && {
          match: draw.random.chance(2) ? 'M-9999' : match.code,
          reason: '对错行',
          seen: seenAs(draw, match.lines),
        }
      );
    },
  },
];
