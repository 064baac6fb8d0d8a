import type { CurrencyCode } from '../../shared/currencies';
import { ExactNumber } from '../../shared/exact-json';
import { toDecimal } from '../../shared/money';
import { known } from './oc4ids.rules';
import type { RoadRecord } from './standards.queries';

/** 360Giving hands out prefixes to publishers; until then this placeholder stands in every identifier. */
export const GIVING_PREFIX = '360G-xxxxxx';

const paidStates = new Set(['paid', 'reconciled']);

/**
 * 360Giving 1.4: what the fund has assigned to one road is one grant to its community. Gifts of persons are no grants
 * and never stand here. Days are plain dates; amounts are numbers. Null while nothing is assigned.
 */
export const givingGrant = (road: RoadRecord, publicUrl: string): Record<string, unknown> | null => {
  const { campaign, segment } = road;
  const awardedOn = road.allocations.map(({ approved_on: day }) => day).sort()[0];
  if (segment.allocated_minor <= 0n || awardedOn === undefined || awardedOn === null) return null;
  const amount = (minor: bigint) => new ExactNumber(toDecimal(minor, segment.currency as CurrencyCode));
  const [longitude, latitude] =
    (segment.geometry as { coordinates: number[][] } | null)?.coordinates[0] ?? [];
  return known({
    id: `${GIVING_PREFIX}-${segment.code}`,
    title: segment.name.en,
    description: `${segment.name['zh-Hans']} ${publicUrl}/en/roads/${segment.code}`,
    currency: segment.currency,
    amountAwarded: amount(segment.allocated_minor),
    amountDisbursed: amount(segment.paid_minor),
    awardDate: awardedOn,
    fundingOrganization: [
      { id: `${GIVING_PREFIX}-ORG-${campaign.slug}`, name: campaign.legal_host?.en ?? campaign.organiser.en },
    ],
    recipientOrganization: [
      { id: `${GIVING_PREFIX}-ORG-community-${campaign.slug}`, name: campaign.place.en },
    ],
    grantProgramme: [{ code: campaign.slug, title: campaign.name.en }],
    beneficiaryLocation: [
      { name: campaign.place.en, countryCode: 'CN', ...(longitude !== undefined && { latitude, longitude }) },
    ],
    locationScope: 'GLS060',
    disbursementTransaction: road.payments
      .filter(({ status }) => paidStates.has(status))
      .map((payment) => ({
        id: payment.code,
        transactionDate: payment.paid_on,
        currency: segment.currency,
        value: amount(payment.amount_minor),
      })),
    dataSource: `${publicUrl}/open-data/360giving.json`,
  });
};
