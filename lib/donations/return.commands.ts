import type { CommandContext } from '../context';
import {
  fees,
  hasFloor,
  lost,
  returned,
  shortfall,
  unallocated,
  type AccountSpec,
} from '../ledger/accounts.rules';
import { lockAccounts, openLot, post, type CampaignBooks } from '../ledger/ledger.commands';
import { ofLot, type EntryKind, type PostingPlan } from '../ledger/posting.rules';
import { sumMinor } from '../shared/money';
import { ok, refuse, type Result } from '../shared/result';
import type { DonationRow } from './donation.store';
import { sumTaken, takeBackFrom, type Place, type Taken } from './refund.rules';
import { designationNow, lotOfGift, nextShortfallCode, placesOfLot } from './refund.store';
import {
  fillersOf,
  insertShortfall,
  resolveShortfallRow,
  shortfallsOfEntry,
  type ShortfallRow,
} from './shortfall.store';

const WAYS_OUT = { returned, lost } as const;

export type MoneyBack = {
  readonly kind: EntryKind;
  readonly subjectKind: string;
  /** Public number of the refund or dispute. */
  readonly subject: string;
  /** `returned` to its giver, or `lost` to the giver's bank. */
  readonly way: keyof typeof WAYS_OUT;
  readonly amountMinor: bigint;
  readonly on: string;
  readonly financial: readonly PostingPlan[];
};

type ReturningGift = Pick<DonationRow, 'id' | 'code'>;

/**
 * Where a lot lies, held there to the end of the transaction. Without the locks an allocation could move it between
 * our looking and our taking, and money that is going back for good would be refused.
 */
export const placesHeldStill = async (ctx: CommandContext, lotId: bigint): Promise<readonly Place[]> => {
  const held = new Set<bigint>();
  for (;;) {
    const places = await placesOfLot(ctx.trx, lotId);
    const loose = places.filter((place) => hasFloor(place.account.class) && !held.has(place.accountId));
    if (loose.length === 0) return places;
    await lockAccounts(
      ctx,
      loose.map((place) => place.accountId),
    );
    for (const place of loose) held.add(place.accountId);
  }
};

/**
 * Takes part of a gift out of its purpose. What no road was promised goes first; what a road was promised leaves a
 * named shortfall in its place, so that the road's account stays whole and the hole is visible until a person fills
 * it. A fee that no gift bears (of a dispute) is a hole of its own, always the last one.
 */
export const takeBack = async (
  ctx: CommandContext,
  campaign: CampaignBooks,
  gift: ReturningGift,
  back: MoneyBack & { readonly cause: 'refund' | 'dispute'; readonly feeMinor: bigint },
): Promise<Result<{ readonly entryId: bigint; readonly shortfalls: readonly string[] }>> => {
  const lotId = await lotOfGift(ctx.trx, gift.code);
  const split = takeBackFrom(await placesHeldStill(ctx, lotId), back.amountMinor);
  if (split === null) return refuse('exceeds_donation', { askedMinor: back.amountMinor }, 'amountMinor');
  const out = WAYS_OUT[back.way](campaign.slug);
  const entry = await post(ctx, {
    kind: back.kind,
    campaign,
    subjectKind: back.subjectKind,
    subject: back.subject,
    date: back.on,
    postings: [
      ...back.financial,
      ...split.free.map(({ account, amountMinor }) => ({
        from: account,
        to: out,
        amountMinor,
        lots: ofLot(lotId, amountMinor),
      })),
    ],
  });
  if (!entry.ok) return entry;
  const holes: { taken: readonly Taken[]; leaving: boolean }[] = [];
  if (split.assigned.length > 0) holes.push({ taken: split.assigned, leaving: true });
  if (back.feeMinor > 0n)
    holes.push({ taken: [{ account: fees(campaign.slug), amountMinor: back.feeMinor }], leaving: false });
  const codes: string[] = [];
  for (const { taken, leaving } of holes) {
    const opened = await openShortfall(ctx, campaign, gift, {
      taken,
      cause: back.cause,
      on: back.on,
      entryId: entry.value.id,
      leave: leaving ? { lotId, out } : null,
    });
    if (!opened.ok) return opened;
    codes.push(opened.value);
  }
  return ok({ entryId: entry.value.id, shortfalls: codes });
};

const openShortfall = async (
  ctx: CommandContext,
  campaign: CampaignBooks,
  gift: ReturningGift,
  hole: {
    readonly taken: readonly Taken[];
    readonly cause: 'refund' | 'dispute';
    readonly on: string;
    readonly entryId: bigint;
    /** The gift's lot that leaves the same places, or null when only a fee is to be borne. */
    readonly leave: { readonly lotId: bigint; readonly out: AccountSpec } | null;
  },
): Promise<Result<string>> => {
  const code = await nextShortfallCode(ctx.trx);
  const amountMinor = sumTaken(hole.taken);
  const lotId = await openLot(ctx, {
    kind: 'shortfall',
    subject: code,
    campaign,
    amountMinor,
    receivedOn: hole.on,
    // It stands in for the gift, which may come back to where the hole is then: never in another road.
    designation: hole.leave ? await designationNow(ctx.trx, hole.leave.lotId) : null,
  });
  const postings: PostingPlan[] = hole.taken.flatMap((taken): PostingPlan[] => [
    ...(hole.leave
      ? [
          {
            from: taken.account,
            to: hole.leave.out,
            amountMinor: taken.amountMinor,
            lots: ofLot(hole.leave.lotId, taken.amountMinor),
          },
        ]
      : []),
    {
      from: shortfall(campaign.slug),
      to: taken.account,
      amountMinor: taken.amountMinor,
      lots: ofLot(lotId, taken.amountMinor),
    },
  ]);
  const entry = await post(ctx, {
    kind: 'shortfall_opened',
    campaign,
    subjectKind: 'shortfall',
    subject: code,
    date: hole.on,
    postings,
  });
  if (!entry.ok) return entry;
  await insertShortfall(ctx.trx, {
    id: ctx.newId(),
    code,
    campaignId: campaign.id,
    donationId: gift.id,
    lotId,
    amountMinor,
    cause: hole.cause,
    openedOn: hole.on,
    entryId: hole.entryId,
  });
  ctx.record({
    event: 'shortfall_opened',
    subjectKind: 'shortfall',
    subjectId: code,
    details: { gift: gift.code, amountMinor, cause: hole.cause },
  });
  return ok(code);
};

/**
 * Undoes `takeBack`: a refund failed or a dispute was won. The gift returns to where its hole is now (roads move on
 * in the meantime), the hole closes, and what no hole waits for returns to the fund.
 */
export const giveBack = async (
  ctx: CommandContext,
  campaign: CampaignBooks,
  gift: ReturningGift,
  back: MoneyBack & {
    /** The entry by which it was taken. */
    readonly takenEntryId: bigint;
    /** The fee that was borne then, and how much of it comes back now (all or nothing of it closes its hole). */
    readonly feeMinor: bigint;
    readonly feeBackMinor: bigint;
  },
): Promise<Result<{ readonly entryId: bigint }>> => {
  const lotId = await lotOfGift(ctx.trx, gift.code);
  const out = WAYS_OUT[back.way](campaign.slug);
  const rows = await shortfallsOfEntry(ctx.trx, gift.id, back.takenEntryId);
  const ofFee = back.feeMinor > 0n ? rows.at(-1) : undefined;
  const postings: PostingPlan[] = [...back.financial];
  const closing: ShortfallRow[] = [];
  for (const row of rows) {
    if (row.resolvedOn !== null || (row === ofFee && back.feeBackMinor < back.feeMinor)) continue;
    closing.push(row);
    for (const place of await placesHeldStill(ctx, row.lotId))
      postings.push(
        ...(row === ofFee
          ? []
          : [
              {
                from: out,
                to: place.account,
                amountMinor: place.heldMinor,
                lots: ofLot(lotId, place.heldMinor),
              },
            ]),
        {
          from: place.account,
          to: shortfall(campaign.slug),
          amountMinor: place.heldMinor,
          lots: ofLot(row.lotId, place.heldMinor),
        },
      );
  }
  // A fee that gifts have borne in the meantime goes back to where they were: the fund.
  if (ofFee && ofFee.resolvedOn !== null && back.feeBackMinor > 0n)
    postings.push({
      from: fees(campaign.slug),
      to: unallocated(campaign.slug),
      amountMinor: back.feeBackMinor,
      lots: { kind: 'named_or_stand_ins', shares: await fillersOf(ctx.trx, ofFee.code) },
    });
  const placedMinor = sumMinor(
    postings.filter((posting) => posting.from.code === out.code).map((posting) => posting.amountMinor),
  );
  const restMinor = back.amountMinor - placedMinor;
  if (restMinor > 0n)
    postings.push({
      from: out,
      to: unallocated(campaign.slug),
      amountMinor: restMinor,
      lots: ofLot(lotId, restMinor),
    });
  const entry = await post(ctx, {
    kind: back.kind,
    campaign,
    subjectKind: back.subjectKind,
    subject: back.subject,
    date: back.on,
    postings,
  });
  if (!entry.ok) return entry;
  for (const row of closing) {
    await resolveShortfallRow(ctx.trx, row.id, { on: back.on, by: null, resolution: back.kind });
    ctx.record({
      event: 'shortfall_resolved',
      subjectKind: 'shortfall',
      subjectId: row.code,
      details: { by: back.subject },
    });
  }
  return ok({ entryId: entry.value.id });
};
