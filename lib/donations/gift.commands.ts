import { together } from '@/db/dialect';
import { staffIdOf } from '../auth/roles.rules';
import { campaignQuery, type CampaignRow } from '../campaigns/campaign.store';
import type { CommandContext } from '../context';
import { decideSound, soundQuery } from '../proof/money-gate';
import { enterDonor, enterRecognition, enterSharers, eventOf } from '../pledges/giver.commands';
import type { DonorForm, RecognitionForm, SharersForm } from '../pledges/giver.form';
import { decideOpenFor } from '../pledges/giving.rules';
import { findRoad, type PledgeRow } from '../pledges/pledge.store';
import { contentHash } from '../shared/canonical';
import { ok, refuse, type Result } from '../shared/result';
import type { Channel, DonationStatus } from './donation.rules';
import { donationNumbersOf, donationNumbersQuery, insertDonation, type DonationRow } from './donation.store';

export type EnteredGift = {
  readonly donationId: string;
  readonly code: string;
  readonly reference: string;
  readonly contentHash: string;
};

export type GiftEntry = {
  readonly campaign: string;
  readonly pledge: PledgeRow | null;
  readonly donor: DonorForm | null;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly feeCoveredMinor: bigint;
  readonly designation: string | null;
  readonly recognition: RecognitionForm | null;
  readonly ifNotBuilt: string;
  readonly givenOn: string;
  readonly channel: Channel;
  readonly bankReference: string | null;
  readonly sharers: SharersForm;
  readonly event: string | null;
  readonly status: Extract<DonationStatus, 'intent' | 'recorded'>;
};

/** What the act goes on with; `row` is what was written, which nobody else can see or hold yet. */
type Entered = { readonly campaign: CampaignRow; readonly row: DonationRow };

/** What whoever gave or recorded it is told of it. */
export const toldOf = ({ id, code, reference, contentHash }: DonationRow): EnteredGift => ({
  donationId: id,
  code,
  reference,
  contentHash,
});

/**
 * Enters a gift before its money is here: from the payment page or from a clerk's hand. A gift that keeps a promise
 * takes donor, road and naming from it unless its own are given.
 *
 * Refuses `donations_suspended` while the public log and this database do not tell the same story (a restored backup),
 * what `decideOpenFor` refuses for a gift of its own (a promise was checked when it was made, and may be
 * kept after the campaign has ended), and `designation_differs` when gift and promise name two roads.
 */
export const enterGift = async (ctx: CommandContext, gift: GiftEntry): Promise<Result<Entered>> => {
  const [soundness, campaigns, drawn] = await together(
    ctx.trx,
    soundQuery(),
    campaignQuery(ctx.trx, { slug: gift.campaign }),
    donationNumbersQuery(),
  );
  const sound = decideSound(soundness);
  if (!sound.ok) return sound;
  const campaign = campaigns[0];
  if (!campaign) return refuse('not_found', {}, 'campaign');
  const { pledge } = gift;
  if (pledge && pledge.campaignId !== campaign.id) return refuse('reference_unknown', {}, 'pledge');
  if (pledge && gift.designation !== null && gift.designation !== pledge.designation)
    return refuse('designation_differs', { pledge: pledge.code }, 'designation');
  if (!pledge) {
    const road = gift.designation === null ? null : await findRoad(ctx.trx, gift.designation);
    const open = decideOpenFor(campaign, { designation: gift.designation, road }, gift.givenOn, ctx.now);
    if (!open.ok) return open;
  }

  const event = await eventOf(ctx, gift.event, campaign.id);
  if (!event.ok) return event;

  const donorId = gift.donor ? await enterDonor(ctx, gift.donor) : (pledge?.donorId ?? null);
  const recognition =
    gift.recognition && donorId !== null
      ? await enterRecognition(ctx, donorId, gift.recognition, {
          day: gift.givenOn,
          timeZone: campaign.timeZone,
        })
      : null;
  const numbers = donationNumbersOf(drawn);
  const id = ctx.newId();
  const designation = gift.designation ?? pledge?.designation ?? null;
  const hash = contentHash({
    code: numbers.code,
    campaign: campaign.slug,
    donorId,
    pledge: pledge?.code ?? null,
    currency: gift.currency,
    amountMinor: gift.amountMinor,
    channel: gift.channel,
    designation,
    givenOn: gift.givenOn,
    bankReference: gift.bankReference,
  });
  const row: DonationRow = {
    ...numbers,
    id,
    campaignId: campaign.id,
    donorId,
    pledgeId: pledge?.id ?? null,
    recognitionId: recognition?.id ?? (gift.donor ? null : (pledge?.recognitionId ?? null)),
    designation,
    ifNotBuilt: pledge?.ifNotBuilt ?? gift.ifNotBuilt,
    channel: gift.channel,
    currency: gift.currency,
    amountMinor: gift.amountMinor,
    feeCoveredMinor: gift.feeCoveredMinor,
    status: gift.status,
    givenOn: gift.givenOn,
    recordedBy: staffIdOf(ctx.actor),
    contentHash: hash,
    settledMinor: null,
    feeMinor: null,
    receivedOn: null,
  };
  await insertDonation(ctx.trx, { ...row, bankReference: gift.bankReference, hallEventId: event.value });
  const shared = await enterSharers(ctx, { donationId: id }, gift.sharers, gift.amountMinor);
  if (!shared.ok) return shared;
  return ok({ campaign, row });
};
