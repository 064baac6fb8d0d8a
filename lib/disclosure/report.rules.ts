import type { Lang } from '../i18n/languages';

type LocalText = Readonly<Record<Lang, string>>;

/**
 * What the books say of a period, frozen into a report. Amounts are decimal text of minor units, because JSON has no
 * whole numbers large enough. `at` stands at the end of the period, `during` is what moved in it.
 */
export type ReportFigures = {
  readonly version: 1;
  readonly currency: string;
  readonly at: Readonly<Record<MoneyStage, string>>;
  readonly during: Readonly<Record<MoneyStage, string>>;
  readonly pledged: { readonly count: number; readonly minor: string };
  readonly channels: readonly { readonly channel: string; readonly gifts: number; readonly minor: string }[];
  readonly payments: readonly {
    readonly code: string;
    readonly segment: string;
    readonly contractor: LocalText;
    readonly paidOn: string;
    readonly minor: string;
  }[];
  readonly roads: readonly {
    readonly code: string;
    readonly name: LocalText;
    readonly status: string;
    readonly lengthMm: number;
    readonly budgetMinor: string;
  }[];
};
export const MONEY_STAGES = [
  'received',
  'allocated',
  'committed',
  'paid',
  'unallocated',
  'fees',
  'returned',
] as const;
export type MoneyStage = (typeof MONEY_STAGES)[number];

/** A report as page, paper and staff preview read it. Amounts are minor units. */
export type Report = {
  readonly code: string;
  readonly kind: string;
  readonly title: LocalText;
  readonly body: LocalText;
  readonly originalLang: string;
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly dueOn: string | null;
  readonly publishedOn: string | null;
  readonly contentHash: string;
  readonly figures: ReportFigures | null;
};

/** The plan as far as the report pack needs it. */
export type PackPlan = {
  readonly purpose: LocalText;
  readonly area: LocalText;
  readonly person_in_charge: LocalText;
  readonly office: LocalText;
  readonly ways_to_give: LocalText;
  readonly bank_account: LocalText;
  readonly beneficiaries: LocalText;
  readonly uses: LocalText;
  readonly costs: LocalText;
  readonly surplus: LocalText;
  readonly partners: unknown;
};

export type PackCampaign = {
  readonly name: LocalText;
  readonly filingNo: string | null;
  readonly legalHost: LocalText | null;
  readonly startsOn: string;
  readonly endsOn: string;
};

/** Rows of the report pack. `text` is somebody's words, `minor` an amount, null what is not recorded yet. */
export const PACK_ROWS = [
  'name',
  'filing',
  'host',
  'partners',
  'purpose',
  'period',
  'area',
  'person',
  'office',
  'ways',
  'account',
  'beneficiaries',
  'uses',
  'costs',
  'surplus',
  'raised',
  'raisedPeriod',
  'spent',
  'spentPeriod',
  'fees',
  'returned',
  'left',
] as const;
export type PackRow = (typeof PACK_ROWS)[number];
export type PackValue =
  | { readonly kind: 'text'; readonly text: LocalText }
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'minor'; readonly minor: bigint }
  | null;

const same = (text: string | null): PackValue => (text === null ? null : { kind: 'plain', text });
const said = (text: LocalText | null | undefined): PackValue => (text ? { kind: 'text', text } : null);

/**
 * The same facts in the order the national platform asks for them: who and what was filed (慈善法 art 24, field by
 * field), then what was raised, spent and is left.
 */
export const packOf = (
  campaign: PackCampaign,
  plan: PackPlan | null,
  figures: ReportFigures,
): readonly { readonly row: PackRow; readonly value: PackValue }[] => {
  const { at, during } = figures;
  const amount = (text: string): PackValue => ({ kind: 'minor', minor: BigInt(text) });
  const values: Record<PackRow, PackValue> = {
    name: said(campaign.name),
    filing: same(campaign.filingNo),
    host: said(campaign.legalHost),
    partners: said(partnersText(plan?.partners)),
    purpose: said(plan?.purpose),
    period: same(`${campaign.startsOn} – ${campaign.endsOn}`),
    area: said(plan?.area),
    person: said(plan?.person_in_charge),
    office: said(plan?.office),
    ways: said(plan?.ways_to_give),
    account: said(plan?.bank_account),
    beneficiaries: said(plan?.beneficiaries),
    uses: said(plan?.uses),
    costs: said(plan?.costs),
    surplus: said(plan?.surplus),
    raised: amount(at.received),
    raisedPeriod: amount(during.received),
    spent: amount(at.paid),
    spentPeriod: amount(during.paid),
    fees: amount(at.fees),
    returned: amount(at.returned),
    left: { kind: 'minor', minor: BigInt(at.received) - BigInt(at.paid) - BigInt(at.fees) },
  };
  return PACK_ROWS.map((row) => ({ row, value: values[row] }));
};

export type Partner = { readonly name: LocalText; readonly role: LocalText };

/** The partners of a plan; the schema holds the list, the form its shape. */
export const partnersOf = (partners: unknown): readonly Partner[] =>
  Array.isArray(partners) ? (partners as readonly Partner[]) : [];

const partnersText = (partners: unknown): LocalText | null => {
  const list = partnersOf(partners);
  if (list.length === 0) return null;
  const joined = (lang: keyof LocalText, comma: string) => list.map((one) => one.name[lang]).join(comma);
  return { 'zh-Hans': joined('zh-Hans', '、'), 'zh-Hant': joined('zh-Hant', '、'), en: joined('en', ', ') };
};
