import { sumMinor } from '../shared/money';
import { ok, refuse, type Result } from '../shared/result';
import { accountingDate } from '../shared/time';

export type GivingCampaign = {
  readonly id: string;
  readonly status: string;
  readonly opensOn: string;
  readonly endsOn: string;
  readonly timeZone: string;
};

export type ChosenRoad = {
  readonly designation: string | null;
  readonly road: { readonly campaignId: string; readonly status: string } | null;
};

/** Roads for which money can still be used: a gift for a finished road could not be spent as its giver wished. */
export const ROADS_OPEN_FOR_GIFTS: readonly string[] = [
  'proposed',
  'approved',
  'funded',
  'contracted',
  'in_progress',
  'inspection',
  'rework',
];

/**
 * May someone promise or give to this campaign, for this road, on this day? A campaign takes gifts within its filed
 * period (慈善法 art 24: the plan names its beginning and end). Days are the charity's.
 */
export const decideOpenFor = (
  campaign: GivingCampaign,
  { designation, road }: ChosenRoad,
  on: string,
  now: Date,
): Result<null> => {
  if (on > accountingDate(now, campaign.timeZone)) return refuse('date_in_future', { on });
  if (campaign.status !== 'open' || on < campaign.opensOn || on > campaign.endsOn)
    return refuse('campaign_not_open', { opensOn: campaign.opensOn, endsOn: campaign.endsOn });
  if (designation === null) return ok(null);
  if (!road || road.campaignId !== campaign.id || !ROADS_OPEN_FOR_GIFTS.includes(road.status))
    return refuse('segment_not_open', { segment: designation }, 'designation');
  return ok(null);
};

/** The parts of those who share in a gift are at most the gift; what is left is the giver's own. */
export const decideSharers = (
  sharers: readonly { readonly amountMinor: bigint }[],
  wholeMinor: bigint,
): Result<null> => {
  const sharedMinor = sumMinor(sharers.map((sharer) => sharer.amountMinor));
  return sharedMinor > wholeMinor ? refuse('exceeds_donation', { sharedMinor }, 'sharers') : ok(null);
};
