import { clearDonation, recordDonation, verifyDonation } from '@/lib/donations/donation.commands';
import { moderateRecognition } from '@/lib/pledges/giver.commands';
import { makePledge } from '@/lib/pledges/pledge.commands';
import { issueReceipt } from '@/lib/receipts/receipt.commands';
import { tellOnlineGift } from './history.commands';
import type { Gift, Maling } from './maling';
import type { Cast } from './cast';
import type { Player, Scene } from './player';

const NOBODY = { name: null, email: null, phone: null, country: null, lang: 'zh-Hans' } as const;

/**
 * Whoever plays a giver in the demonstration signs in with this address and sees a gift whose road is finished, and a
 * promise still to be kept.
 */
const DONOR = {
  name: '林太太（示意）',
  email: 'donor@demo.invalid',
  phone: null,
  country: 'CA',
  lang: 'zh-Hant',
} as const;
const DONORS_GIFT = 'gift-95';

/** Each of the 171 gifts with the pledge it keeps, and the twenty pledges still open. */
export const giftScenes = (player: Player, cast: Cast, maling: Maling): Scene[] => [
  ...maling.gifts.map((gift, index) => ({
    on: gift.on,
    order: index,
    play: () => playGift(player, cast, maling, gift, `gift-${index + 1}`),
  })),
  ...maling.openPledges.map((pledge, index) => ({
    on: maling.campaign.concertOn,
    order: 500 + index,
    play: async () => {
      await player.act(
        `open-pledge-${index + 1}`,
        makePledge,
        {
          ...pledgeOf(maling, BigInt(pledge.amount), null, maling.campaign.concertOn, pledge.due),
          // The last of them: the first are what the bank's lines are matched with.
          ...(index === maling.openPledges.length - 1 && { donor: DONOR }),
          recognition: null,
        },
        { kind: 'visitor' },
      );
    },
  })),
];

const pledgeOf = (maling: Maling, amountMinor: bigint, road: string | null, on: string, dueOn: string) => ({
  campaign: maling.campaign.slug,
  donor: NOBODY,
  currency: 'CNY',
  amountMinor,
  instalments: [{ dueOn, amountMinor }],
  designation: road,
  pledgedOn: on,
  source: on === maling.campaign.concertOn ? 'hall' : 'online',
  event: on === maling.campaign.concertOn ? 'concert-2023' : null,
});

const playGift = async (
  player: Player,
  cast: Cast,
  maling: Maling,
  gift: Gift,
  key: string,
): Promise<void> => {
  const amountMinor = BigInt(gift.amount);
  const recognition = gift.name && { shownAs: gift.name, dedication: null, message: null, consent: true };
  const pledge = gift.pledged
    ? await player.act(
        `${key}-pledge`,
        makePledge,
        {
          ...pledgeOf(maling, amountMinor, gift.road, gift.on, gift.on),
          ...(key === DONORS_GIFT && { donor: DONOR }),
          recognition,
        },
        { kind: 'visitor' },
      )
    : null;
  const given = {
    campaign: maling.campaign.slug,
    pledge: pledge?.code ?? null,
    donor: pledge ? null : NOBODY,
    currency: gift.foreign?.currency ?? 'CNY',
    amountMinor: gift.foreign ? BigInt(gift.foreign.amount) : amountMinor,
    designation: gift.road,
    recognition: pledge ? null : recognition,
    givenOn: gift.on,
    channel: gift.channel,
  };
  const code =
    gift.channel === 'bank' || gift.channel === 'cash'
      ? await playOffline(player, cast, gift, key, given)
      : (
          await player.act(
            key,
            tellOnlineGift,
            { ...given, feeMinor: BigInt(gift.fee), receivedOn: gift.on },
            { kind: 'system', name: 'stripe' },
          )
        ).code;
  if (gift.name) await showName(player, cast, key, code);
  if (key === DONORS_GIFT)
    await player.act(
      `${key}-receipt`,
      issueReceipt,
      { donation: code, on: gift.on },
      { kind: 'system', name: 'worker' },
    );
};

const playOffline = async (
  player: Player,
  cast: Cast,
  gift: Gift,
  key: string,
  given: Record<string, unknown>,
): Promise<string> => {
  const recorded = await player.act(
    `${key}-record`,
    recordDonation,
    { ...given, bankReference: null },
    cast.lin,
  );
  await player.act(
    `${key}-verify`,
    verifyDonation,
    { donation: recorded.code, seenHash: recorded.contentHash, on: gift.on },
    cast.zhou,
  );
  await player.act(
    `${key}-clear`,
    clearDonation,
    {
      donation: recorded.code,
      receivedOn: gift.on,
      settledMinor: gift.foreign ? BigInt(gift.amount) : null,
      feeMinor: BigInt(gift.fee),
      rate: gift.foreign?.rate ?? null,
      rateOn: gift.foreign?.rateOn ?? null,
      bankReference: gift.channel === 'bank' ? `SL-${recorded.code}` : null,
    },
    cast.lin,
  );
  return recorded.code;
};

const showName = async (player: Player, cast: Cast, key: string, code: string): Promise<void> => {
  // A name that staff copied from a card has been read already; one from the public form waits for a person.
  const waiting = await player.db
    .selectFrom('donation as d')
    .innerJoin('recognition as r', 'r.id', 'd.recognition_id')
    .select('r.id')
    .where('d.code', '=', code)
    .where('r.moderation', '=', 'waiting')
    .executeTakeFirst();
  if (waiting)
    await player.act(
      `${key}-name`,
      moderateRecognition,
      { recognitionId: waiting.id, moderation: 'shown' },
      cast.lin,
    );
};
