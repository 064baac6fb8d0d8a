import { ExactNumber } from '../../shared/exact-json';
import type { CurrencyCode } from '../../shared/currencies';
import { toDecimal } from '../../shared/money';
import { LICENCE } from './licence';
import type { RoadRecord } from './standards.queries';

/**
 * OC4IDS 0.9 (Open Contracting for Infrastructure Data Standard): one road is one project. Traps of the schema: every
 * date is a date-time; nothing may be empty, so what is unknown is left out; amounts are numbers; `version` is "0.9".
 */
export const OC4IDS_VERSION = '0.9';

/** Publishers get a prefix from the standard's help desk; until then the standard's own placeholder stands here. */
export const OC4IDS_PREFIX = 'oc4ids-xxxxxx';

type Json = Record<string, unknown>;

const STATUS: Readonly<Record<string, string>> = {
  approved: 'preparation',
  funded: 'preparation',
  contracted: 'implementation',
  in_progress: 'implementation',
  inspection: 'implementation',
  rework: 'implementation',
  suspended: 'implementation',
  accepted: 'completion',
  in_warranty: 'maintenance',
  closed: 'completion',
  cancelled: 'cancelled',
};

const DOCUMENT_TYPES: Readonly<Record<string, string>> = {
  quote: 'biddingDocuments',
  contract: 'contractSigned',
  variation: 'contractAnnexe',
  invoice: 'paymentCertificate',
  acceptance_sheet: 'completionCertificate',
  budget: 'budgetApproval',
};

/** A day as the date-time the standard wants: its first instant in the charity's zone. */
export const dayTime = (day: string): string => `${day}T00:00:00+08:00`;

const value = (minor: bigint, currency: string): Json => ({
  amount: new ExactNumber(toDecimal(minor, currency as CurrencyCode)),
  currency,
});

/** Leaves out what is not known: null, nothing, empty text, list or object. */
export const known = (parts: Json): Json =>
  Object.fromEntries(
    Object.entries(parts).filter(
      ([, part]) =>
        part !== null &&
        part !== undefined &&
        part !== '' &&
        !(Array.isArray(part) && part.length === 0) &&
        !(typeof part === 'object' && !(part instanceof ExactNumber) && Object.keys(part).length === 0),
    ),
  );

const communityOf = ({ campaign }: RoadRecord) => ({
  id: `ORG-community-${campaign.slug}`,
  name: campaign.place['zh-Hans'],
});
const funderOf = ({ campaign }: RoadRecord) => ({
  id: `ORG-host-${campaign.slug}`,
  name: campaign.legal_host?.['zh-Hans'] ?? campaign.organiser['zh-Hans'],
});
const supplierId = (code: string): string => `ORG-contractor-${code}`;

const partiesOf = (road: RoadRecord): Json[] => {
  const names = new Map<string, string>();
  for (const { contractor, contractor_name: name } of [...road.quotes, ...road.contracts])
    names.set(contractor, name['zh-Hans']);
  const chosen = new Set(road.contracts.map(({ contractor }) => contractor));
  return [
    { ...communityOf(road), roles: ['publicAuthority', 'procuringEntity'] },
    { ...funderOf(road), roles: ['funder', 'payer'] },
    ...[...names].map(([code, name]) => ({
      id: supplierId(code),
      name,
      roles: chosen.has(code) ? ['tenderer', 'supplier', 'payee'] : ['tenderer'],
    })),
  ];
};

const contractStatus = (status: string): string => (status === 'signed' ? 'active' : 'closed');

const paidStates = new Set(['paid', 'reconciled']);

const processOf = (road: RoadRecord, contract: RoadRecord['contracts'][number]): Json => {
  const { currency } = road.segment;
  const paid = road.payments.filter(
    (payment) => payment.contract === contract.code && paidStates.has(payment.status),
  );
  return {
    id: contract.code,
    summary: known({
      title: `${road.segment.name['zh-Hans']} ${contract.code}`,
      nature: ['construction'],
      status: contractStatus(contract.status),
      tender: known({
        procurementMethod: road.quotes.length > 1 ? 'selective' : 'direct',
        procurementMethodDetails: contract.few_quotes_reason,
        numberOfTenderers: road.quotes.length || null,
        procuringEntity: communityOf(road),
      }),
      suppliers: [{ id: supplierId(contract.contractor), name: contract.contractor_name['zh-Hans'] }],
      contractValue: value(contract.amount_minor, currency),
      contractPeriod: { startDate: dayTime(contract.signed_on) },
      finalValue:
        contract.status === 'completed'
          ? value(
              paid.reduce((total, { amount_minor: minor }) => total + minor, 0n),
              currency,
            )
          : null,
      modifications: road.variations
        .filter((variation) => variation.contract === contract.code)
        .map((variation) =>
          known({
            id: variation.code,
            date: variation.approved_on && dayTime(variation.approved_on),
            type: 'value',
            rationale: variation.rationale,
            oldContractValue: value(variation.before_minor, currency),
            newContractValue: value(variation.after_minor, currency),
          }),
        ),
      transactions: paid.map((payment) => ({
        id: payment.code,
        date: dayTime(payment.paid_on),
        value: value(payment.amount_minor, currency),
        payer: funderOf(road),
        payee: { id: supplierId(contract.contractor), name: contract.contractor_name['zh-Hans'] },
      })),
    }),
  };
};

/** One road as a project. */
export const oc4idsProject = (road: RoadRecord, publicUrl: string): Json => {
  const { segment } = road;
  const budget = road.budgets.at(-1);
  const accepted = road.acceptances.at(-1);
  const started = road.moves.find(({ to_status: status }) => status === 'in_progress')?.happened_on;
  return known({
    id: `${OC4IDS_PREFIX}-${segment.code}`,
    updated: road.moves.at(-1) && dayTime(road.moves.at(-1)?.happened_on ?? ''),
    language: 'zh',
    title: segment.name['zh-Hans'],
    description: `${publicUrl}/zh-Hans/roads/${segment.code}`,
    purpose: '村道硬底化',
    status: STATUS[segment.status],
    type: 'rehabilitation',
    sector: ['transport', 'transport.road'],
    publicAuthority: communityOf(road),
    parties: partiesOf(road),
    locations: segment.geometry && [
      {
        id: `${segment.code}-line`,
        ...(segment.location && { description: segment.location['zh-Hans'] }),
        geometry: segment.geometry,
      },
    ],
    period:
      started === undefined
        ? null
        : known({ startDate: dayTime(started), endDate: accepted && dayTime(accepted.signed_on) }),
    budget: known({
      amount: value(segment.budget_minor, segment.currency),
      approvalDate: budget?.approved_on && dayTime(budget.approved_on),
      budgetBreakdowns:
        segment.allocated_minor > 0n
          ? [
              {
                id: 'by-source',
                budgetBreakdown: [
                  {
                    id: segment.campaign,
                    amount: value(segment.allocated_minor, segment.currency),
                    sourceParty: funderOf(road),
                  },
                ],
              },
            ]
          : null,
    }),
    metrics: [
      {
        id: 'physicalProgress',
        observations: [
          {
            id: 'length',
            measure: new ExactNumber(toDecimal(BigInt(segment.length_mm), 'KWD')),
            unit: { name: 'metre', scheme: 'UNCEFACT', id: 'MTR' },
          },
        ],
      },
    ],
    milestones: accepted
      ? [
          {
            id: 'acceptance',
            title: '竣工验收',
            type: 'assessment',
            code: 'completion',
            dateMet: dayTime(accepted.signed_on),
            status: 'met',
          },
        ]
      : null,
    completion: accepted
      ? { endDate: dayTime(accepted.signed_on), finalValue: value(segment.certified_minor, segment.currency) }
      : null,
    documents: road.documents.map((document) =>
      known({
        id: document.code,
        documentType: DOCUMENT_TYPES[document.kind],
        title: document.title['zh-Hans'],
        url: document.file_sha256 === null ? null : `${publicUrl}/files/${document.file_sha256}`,
        datePublished: dayTime(document.dated),
        format: document.media_type,
        accessDetails: document.withheld_reason,
      }),
    ),
    contractingProcesses: road.contracts.map((contract) => processOf(road, contract)),
  });
};

/** Parts of the package before its list of projects. */
export const oc4idsFrame = (publicUrl: string, publishedOn: string): Json => ({
  uri: `${publicUrl}/open-data/oc4ids.json`,
  publishedDate: dayTime(publishedOn),
  version: OC4IDS_VERSION,
  publisher: { name: 'Shanlu 善路' },
  license: LICENCE.url,
  publicationPolicy: `${publicUrl}/en/data`,
});
