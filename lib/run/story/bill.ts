import { splitByWeight } from '@/lib/shared/money';
import type { Payment, Road } from './maling';

/**
 * The four works of every road of the story: item words, unit, share of the budget and of the contract price, and the
 * stage whose invoice asks for them.
 */
const WORKS = [
  {
    item: {
      'zh-Hans': '路基整平、压实',
      'zh-Hant': '路基整平、壓實',
      en: 'Levelling and compacting the subgrade',
    },
    unit: 'm2',
    budget: 200n,
    contract: 193n,
    stage: 'base',
  },
  {
    item: { 'zh-Hans': '碎石垫层 15 厘米', 'zh-Hant': '碎石墊層 15 厘米', en: 'Crushed-stone base, 15 cm' },
    unit: 'm2',
    budget: 280n,
    contract: 287n,
    stage: 'base',
  },
  {
    item: { 'zh-Hans': '沥青面层 6 厘米', 'zh-Hant': '瀝青面層 6 厘米', en: 'Asphalt surface, 6 cm' },
    unit: 'm2',
    budget: 420n,
    contract: 417n,
    stage: 'acceptance',
  },
  {
    item: { 'zh-Hans': '边沟', 'zh-Hant': '邊溝', en: 'Side ditch' },
    unit: 'm',
    budget: 100n,
    contract: 103n,
    stage: 'acceptance',
  },
] as const;
/** The line of the side ditch, which a variation makes longer. */
export const DITCH = 4;

/** What the works above make of a road. */
export const SURFACE = { surface: 'asphalt', thicknessMm: 60 } as const;

type Size = Pick<Road, 'lengthMm' | 'widthMm'>;

const quantityOf = (road: Size, unit: 'm' | 'm2'): bigint =>
  unit === 'm' ? BigInt(road.lengthMm) : (BigInt(road.lengthMm) * BigInt(road.widthMm)) / 1000n;

const billed = (road: Size, amountMinor: bigint, weights: readonly bigint[]) => {
  const amounts = splitByWeight(amountMinor, weights);
  return WORKS.map(({ item, unit }, index) => ({
    item,
    unit,
    quantityMilli: quantityOf(road, unit),
    amountMinor: amounts[index] ?? 0n,
  }));
};

/** The bill of quantities (工程量清单) of a road: amounts add up to its budget to the fen. */
export const budgetLines = (road: Size & Pick<Road, 'budget'>) =>
  billed(
    road,
    BigInt(road.budget),
    WORKS.map((work) => work.budget),
  );

/** What the invoice of an advance is for, which is no quantity yet. */
export const advanceLine = (amountMinor: bigint) => ({
  item: {
    'zh-Hans': '预付款（合同价款 30%）',
    'zh-Hant': '預付款（合約價款 30%）',
    en: 'Advance (30% of the contract price)',
  },
  unit: null,
  quantityMilli: null,
  amountMinor,
});

/** The same works at the contractor's prices. */
export const contractLines = (road: Size, amountMinor: bigint) =>
  billed(
    road,
    amountMinor,
    WORKS.map((work) => work.contract),
  );

/**
 * What the invoice of a stage asks for: the whole measured quantity of the works that stage finished, at the contract's
 * prices less the advance and the retention. An advance is for no quantity yet.
 */
export const invoiceLines = (road: Size, { stage, amount }: Pick<Payment, 'stage' | 'amount'>) => {
  const works = WORKS.map((work, index) => ({ ...work, lineNo: index + 1 })).filter(
    (work) => work.stage === stage,
  );
  if (works.length === 0) return [];
  const amounts = splitByWeight(
    BigInt(amount),
    works.map((work) => work.contract),
  );
  return works.map(({ lineNo, item, unit }, index) => ({
    lineNo,
    item,
    unit,
    quantityMilli: quantityOf(road, unit),
    amountMinor: amounts[index] ?? 0n,
  }));
};
