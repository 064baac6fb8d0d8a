import { cache } from 'react';
import { campaignPage, homeCampaign, type RoadSummary } from '@/lib/disclosure/campaign.queries';
import type { Lang } from '@/lib/i18n/languages';
import { ROADS_OPEN_FOR_GIFTS } from '@/lib/pledges/giving.rules';
import type { CurrencyCode } from '@/lib/shared/currencies';
import { isCurrency } from '@/lib/shared/money';
import { accountingDate } from '@/lib/shared/time';

export type OpenRoad = {
  readonly code: string;
  readonly name: string;
  readonly lengthMm: number;
  readonly budgetMinor: bigint;
  readonly needsMinor: bigint;
};

/** What the pages of giving show of a campaign; all of it is public. */
export type Giving = {
  readonly slug: string;
  readonly name: string;
  readonly currency: CurrencyCode;
  readonly timeZone: string;
  /** The charity's day. */
  readonly today: string;
  readonly open: boolean;
  readonly payElsewhereUrl: string | null;
  /** Roads that still need money, in the order of their codes. */
  readonly roads: readonly OpenRoad[];
  readonly fundedRoads: number;
  readonly allRoads: number;
  readonly needsMinor: bigint;
  /** What all roads together cost and how long they are: the average price of a metre. */
  readonly price: { readonly budgetMinor: bigint; readonly lengthMm: bigint };
};

/** The campaign to give to: the one named, or the one of the home page. Null when there is none. */
export const loadGiving = cache(async (lang: Lang, slug: string | null): Promise<Giving | null> => {
  const now = new Date();
  const chosen = slug ?? (await homeCampaign());
  if (chosen === null) return null;
  const page = await campaignPage(chosen, now.toISOString().slice(0, 10));
  if (!page || !isCurrency(page.campaign.currency)) return null;
  const { campaign, roads } = page;
  const today = accountingDate(now, campaign.time_zone);
  const priced = roads.filter((road) => road.budget_minor > 0n && road.status !== 'cancelled');
  const open = priced.flatMap((road) => openRoad(road, lang));
  return {
    slug: campaign.slug,
    name: campaign.name[lang],
    currency: campaign.currency as CurrencyCode,
    timeZone: campaign.time_zone,
    today,
    open: campaign.status === 'open' && campaign.opens_on <= today && today <= campaign.ends_on,
    payElsewhereUrl: campaign.pay_elsewhere_url,
    roads: open,
    fundedRoads: priced.length - open.length,
    allRoads: priced.length,
    needsMinor: open.reduce((sum, road) => sum + road.needsMinor, 0n),
    price: {
      budgetMinor: priced.reduce((sum, road) => sum + road.budget_minor, 0n),
      lengthMm: priced.reduce((sum, road) => sum + BigInt(road.length_mm), 0n),
    },
  };
});

const openRoad = (road: RoadSummary, lang: Lang): OpenRoad[] => {
  const needsMinor = road.budget_minor - road.allocated_minor;
  return needsMinor > 0n && ROADS_OPEN_FOR_GIFTS.includes(road.status)
    ? [
        {
          code: road.code,
          name: road.name[lang],
          lengthMm: road.length_mm,
          budgetMinor: road.budget_minor,
          needsMinor,
        },
      ]
    : [];
};
