import { splitByWeight } from '@/lib/shared/money';

/** The four works of every road of the story: item words, unit, and share of the budget and of the contract price. */
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
  },
  {
    item: { 'zh-Hans': '碎石垫层 15 厘米', 'zh-Hant': '碎石墊層 15 厘米', en: 'Crushed-stone base, 15 cm' },
    unit: 'm2',
    budget: 280n,
    contract: 287n,
  },
  {
    item: { 'zh-Hans': '沥青面层 6 厘米', 'zh-Hant': '瀝青面層 6 厘米', en: 'Asphalt surface, 6 cm' },
    unit: 'm2',
    budget: 420n,
    contract: 417n,
  },
  {
    item: { 'zh-Hans': '边沟', 'zh-Hant': '邊溝', en: 'Side ditch' },
    unit: 'm',
    budget: 100n,
    contract: 103n,
  },
] as const;

/** The bill of quantities (工程量清单) of a road: amounts add up to its budget to the fen. */
export const budgetLines = (road: { lengthMm: number; widthMm: number; budget: number }) => {
  const amounts = splitByWeight(
    BigInt(road.budget),
    WORKS.map((work) => work.budget),
  );
  const areaMilli = (BigInt(road.lengthMm) * BigInt(road.widthMm)) / 1000n;
  return WORKS.map((work, index) => ({
    item: work.item,
    unit: work.unit,
    quantityMilli: work.unit === 'm' ? BigInt(road.lengthMm) : areaMilli,
    amountMinor: amounts[index] ?? 0n,
  }));
};

/** The same works at the contractor's prices. */
export const contractLines = (amountMinor: bigint) => {
  const amounts = splitByWeight(
    amountMinor,
    WORKS.map((work) => work.contract),
  );
  return WORKS.map((work, index) => ({ item: work.item, amountMinor: amounts[index] ?? 0n }));
};
