import type { CurrencyCode } from '../shared/currencies';
import { planInstalments, type Instalment } from '../pledges/pledge.rules';
import type { DonorForm, RecognitionForm, SharersForm } from '../pledges/giver.form';
import { addDays } from '../shared/time';
import { amountCoveringFee } from './fee-estimate.rules';

/** The questions of giving, one page each, in this order. */
export const GIVE_STEPS = ['amount', 'road', 'timing', 'name', 'method', 'review'] as const;
export type GiveStep = (typeof GIVE_STEPS)[number];

/** Where it is needed, as an answer of its own: no answer yet is null. */
export const ANY_ROAD = 'any';

export type GiveMethod = 'card' | 'alipay' | 'wechat' | 'bank';

export type GiveTiming =
  | { readonly kind: 'once' }
  | {
      readonly kind: 'parts';
      readonly count: number;
      readonly everyMonths: number;
      readonly firstDue: string;
    }
  /** Days of the giver's own choosing. */
  | { readonly kind: 'dates'; readonly parts: readonly Instalment[] };

export type GiveName = {
  /** What the public reads; null: anonymous, the default. */
  readonly shownAs: string | null;
  readonly nameKind: RecognitionForm['nameKind'];
  readonly dedication: string | null;
  readonly dedicationKind: RecognitionForm['dedicationKind'];
  /** Whether the giver gives for a family or an organisation; then `receiptName` is its name. */
  readonly donorKind: DonorForm['kind'];
  readonly contact: string | null;
  readonly sharers: SharersForm;
  readonly message: string | null;
  /** Never published; for the receipt and for finding the gift again. */
  readonly email: string | null;
  readonly receiptName: string | null;
};

/** What a giver has answered so far. Kept by their own browser, sealed, until it becomes a gift or a promise. */
export type GiveDraft = {
  readonly campaign: string;
  /** A number for this browser, kept as long as its answers are: many refused cards in one browser are one person. */
  readonly device: string;
  /** When the first question was answered, in milliseconds: nobody answers all of them within three seconds. */
  readonly begun: number;
  /** The evening in a hall whose QR code was scanned; null at home. */
  readonly event: string | null;
  readonly source: 'online' | 'hall';
  readonly currency: CurrencyCode;
  readonly amountMinor: bigint | null;
  readonly road: string | null;
  readonly timing: GiveTiming | null;
  readonly name: GiveName | null;
  readonly method: GiveMethod | null;
  readonly coverFee: boolean;
  readonly ifNotBuilt: 'ask' | 'where_needed' | 'return';
  /** The try to pay that these answers were last sent with, and which answers those were. */
  readonly sent: { readonly checkoutId: string; readonly answers: string } | null;
};

export const emptyDraft = (
  campaign: string,
  currency: CurrencyCode,
  browser: Pick<GiveDraft, 'device' | 'begun'> = { device: '', begun: 0 },
): GiveDraft => ({
  campaign,
  ...browser,
  event: null,
  source: 'online',
  currency,
  amountMinor: null,
  road: null,
  timing: null,
  name: null,
  method: null,
  coverFee: false,
  ifNotBuilt: 'ask',
  sent: null,
});

/** The pages this giver goes through: who promises in parts chooses how to pay later, part by part. */
export const stepsOf = (draft: Pick<GiveDraft, 'timing'>): readonly GiveStep[] =>
  inParts(draft) ? GIVE_STEPS.filter((step) => step !== 'method') : GIVE_STEPS;

/** Whether the gift is promised in parts: monthly, quarterly, or on days of one's own. One part is a plan too. */
export const inParts = (draft: Pick<GiveDraft, 'timing'>): boolean =>
  draft.timing !== null && draft.timing.kind !== 'once';

const answered = (draft: GiveDraft, step: GiveStep): boolean => {
  switch (step) {
    case 'amount':
      return draft.amountMinor !== null;
    case 'road':
      return draft.road !== null;
    case 'timing':
      return draft.timing !== null;
    case 'name':
      return draft.name !== null;
    case 'method':
      return draft.method !== null;
    case 'review':
      return false;
  }
};

/** The first question without an answer. */
export const nextStep = (draft: GiveDraft): GiveStep =>
  stepsOf(draft).find((step) => !answered(draft, step)) ?? 'review';

/** May this page be shown, or is an earlier answer missing? Going back is always possible. */
export const mayShow = (draft: GiveDraft, step: GiveStep): boolean => {
  const steps = stepsOf(draft);
  return steps.includes(step) && steps.indexOf(step) <= steps.indexOf(nextStep(draft));
};

export const stepBefore = (draft: GiveDraft, step: GiveStep): GiveStep | null => {
  const steps = stepsOf(draft);
  return steps[steps.indexOf(step) - 1] ?? null;
};

/** A transfer promised today is expected within two weeks; after that its reference still works. */
export const TRANSFER_DAYS = 14;

/** The plan a promise is made with: the chosen parts, or one part for a transfer. */
export const instalmentsOf = (draft: GiveDraft, today: string): readonly Instalment[] => {
  const amountMinor = draft.amountMinor ?? 0n;
  if (draft.timing?.kind === 'dates') return draft.timing.parts;
  return draft.timing?.kind === 'parts'
    ? planInstalments(amountMinor, draft.timing.count, draft.timing.firstDue, draft.timing.everyMonths)
    : [{ dueOn: addDays(today, TRANSFER_DAYS), amountMinor }];
};

/** Whether these answers become a promise (parts, or a transfer) rather than a payment now. */
export const isPromise = (draft: Pick<GiveDraft, 'timing' | 'method'>): boolean =>
  inParts(draft) || draft.method === 'bank';

/** What is charged, and how much of it is there to cover the fee. The fee can be covered in the book currency only. */
export const chargeOf = (
  draft: Pick<GiveDraft, 'amountMinor' | 'currency' | 'method' | 'coverFee'>,
  bookCurrency: string,
): { readonly amountMinor: bigint; readonly feeCoveredMinor: bigint } => {
  const giftMinor = draft.amountMinor ?? 0n;
  if (!draft.coverFee || draft.method === null || draft.method === 'bank' || draft.currency !== bookCurrency)
    return { amountMinor: giftMinor, feeCoveredMinor: 0n };
  const amountMinor = amountCoveringFee(draft.method, giftMinor);
  return { amountMinor, feeCoveredMinor: amountMinor - giftMinor };
};

type CurrencyChoice = {
  /** The tiles, in whole units; what people of the place give. */
  readonly tiles: readonly bigint[];
  /** The least an online gift may be, in minor units: below it fees eat the gift and card testers live. */
  readonly minimumMinor: bigint;
};

/** The currencies a gift can be made in (the page lists them in this order). */
export const GIVING_CURRENCIES = {
  CNY: { tiles: [100n, 200n, 500n, 1000n], minimumMinor: 1000n },
  HKD: { tiles: [100n, 200n, 500n, 1000n], minimumMinor: 1000n },
  USD: { tiles: [20n, 50n, 100n, 200n], minimumMinor: 200n },
  CAD: { tiles: [20n, 50n, 100n, 200n], minimumMinor: 200n },
  AUD: { tiles: [20n, 50n, 100n, 200n], minimumMinor: 200n },
  SGD: { tiles: [20n, 50n, 100n, 200n], minimumMinor: 200n },
  MYR: { tiles: [50n, 100n, 200n, 500n], minimumMinor: 500n },
  EUR: { tiles: [20n, 50n, 100n, 200n], minimumMinor: 200n },
  GBP: { tiles: [20n, 50n, 100n, 200n], minimumMinor: 200n },
  JPY: { tiles: [2000n, 5000n, 10_000n, 20_000n], minimumMinor: 200n },
} as const satisfies Partial<Record<CurrencyCode, CurrencyChoice>>;

export type GivingCurrency = keyof typeof GIVING_CURRENCIES;
export const isGivingCurrency = (text: string): text is GivingCurrency =>
  Object.hasOwn(GIVING_CURRENCIES, text);

/** How much road an amount lays at a price, in whole millimetres, cut and never rounded up. */
export const millimetresFor = (
  amountMinor: bigint,
  price: { readonly budgetMinor: bigint; readonly lengthMm: bigint },
): bigint => (price.budgetMinor > 0n ? (amountMinor * price.lengthMm) / price.budgetMinor : 0n);
