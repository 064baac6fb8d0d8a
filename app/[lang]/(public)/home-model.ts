import type { Position } from 'geojson';
import { accountingToday } from '@/lib/clock';
import { campaignPage, homeCampaign, type RoadSummary } from '@/lib/disclosure/campaign.queries';
import { latestMoves, type LatestMove } from '@/lib/disclosure/moves.queries';
import { moneyMonths, publicReports } from '@/lib/disclosure/reports.queries';
import type { Lang } from '@/lib/i18n/languages';
import { isCurrency } from '@/lib/shared/money';
import type { RoadState } from '../../_ui/chip/component';
import { runningTotals, withQuietMonths } from '../../_ui/curve/curve.rules';
import { calendarOf, nearestDuties } from './campaign-duties';
import type { HomeModel } from './home-view';
import type { PublicChannel, PublicMove } from './move-list';
import { listedReport } from './reports/listed-report';

/** The home page's figures in the page's language, or null while no campaign is public. */
export const homeModel = async (lang: Lang): Promise<HomeModel | null> => {
  const slug = await homeCampaign();
  return slug === null ? null : campaignModel(slug, lang);
};

const campaignModel = async (slug: string, lang: Lang): Promise<HomeModel | null> => {
  const today = accountingToday();
  const [page, moves, reports, months] = await Promise.all([
    campaignPage(slug, today),
    latestMoves(slug, 8),
    publicReports(slug),
    moneyMonths(slug),
  ]);
  if (!page || !isCurrency(page.numbers.currency)) return null;
  const { campaign, numbers } = page;
  const checked = page.proofs.map((proof) => proof.checked_on).sort();
  return {
    currency: page.numbers.currency,
    asOf: today,
    today,
    campaign: {
      slug,
      name: campaign.name[lang],
      organiser: campaign.organiser[lang],
      place: campaign.place[lang],
      open: campaign.status === 'open' && campaign.opens_on <= today && today <= campaign.ends_on,
      payElsewhereUrl: campaign.pay_elsewhere_url,
    },
    figures: {
      targetMinor: numbers.target_minor,
      pledgedMinor: numbers.pledged_minor,
      receivedMinor: numbers.received_minor,
      allocatedMinor: numbers.allocated_minor,
      committedMinor: numbers.committed_minor,
      paidMinor: numbers.paid_minor,
    },
    unallocatedMinor: numbers.unallocated_minor,
    feesMinor: numbers.fees_minor,
    pledges: {
      count: numbers.pledge_count,
      outstandingMinor: page.outstandingMinor,
      overdueMinor: page.overdueMinor,
    },
    contracts: { count: numbers.contract_count, contractors: numbers.contractor_count },
    payments: { count: numbers.payment_count },
    roads: page.roads.map((road) => ({ ...listedRoad(road, lang), line: lineOf(road) })),
    moves: moves.map((move) => publicMove(move, lang)),
    duties: nearestDuties(await calendarOf(campaign, lang), today),
    reports: reports.slice(0, 4).map(listedReport),
    corrections: reports.filter((report) => report.kind === 'correction').length,
    curve: withQuietMonths(
      runningTotals(
        months.map((month) => ({
          month: month.month,
          receivedMinor: month.received_minor,
          allocatedMinor: month.allocated_minor,
          committedMinor: month.committed_minor,
          paidMinor: month.paid_minor,
        })),
      ),
    ),
    proofs:
      checked[0] === undefined
        ? null
        : {
            checkedOn: checked[0],
            offenders: page.proofs.filter((proof) => proof.offenders > 0n).length,
          },
  };
};

export const listedRoad = (road: RoadSummary, lang: Lang) => ({
  code: road.code,
  name: road.name[lang],
  state: road.status as RoadState,
  lengthMm: road.length_mm,
  budgetMinor: road.budget_minor,
  allocatedMinor: road.allocated_minor,
  committedMinor: road.committed_minor,
  paidMinor: road.paid_minor,
});

/** The road's line; the schema holds it to a GeoJSON LineString. */
export const lineOf = (road: Pick<RoadSummary, 'geometry'>): readonly Position[] =>
  (road.geometry as { coordinates: Position[] } | null)?.coordinates ?? [];

/** Channels by the words the pages have for them. */
export const publicChannel = (channel: string): PublicChannel =>
  channel === 'wechat' ? 'wechat_pay' : (channel as PublicChannel);

const publicMove = (move: LatestMove, lang: Lang): PublicMove => ({
  id: move.code,
  kind: move.kind,
  date: move.date,
  amountMinor: move.amountMinor,
  road: move.road === null ? null : { code: move.road, name: move.roadName?.[lang] ?? move.road },
  ...(move.contractor && { contractor: move.contractor[lang] }),
  ...(move.channel !== null && { channel: publicChannel(move.channel) }),
});
