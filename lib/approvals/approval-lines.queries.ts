import type { Reader } from '@/db/connect';
import type { LocalText } from '@/db/tables';
import { linesOf, variedLines } from '../contracts/contract-line.store';
import type { Waiting } from './approvals.queries';

/** So much of a work and its price: thousandths of the unit (null for a lump sum) and minor units. */
export type Measure = { readonly milli: bigint | null; readonly minor: bigint };

/**
 * One work of the bill of quantities under an item: what it is held against, what it asks of it, and what then stands.
 * A budget is held against the one before, a contract against the budget, a variation against the contract as it is, and
 * an invoice against the contract less what other invoices ask.
 */
export type ItemLine = {
  readonly item: LocalText;
  readonly unit: string | null;
  readonly against: Measure | null;
  readonly asks: Measure | null;
  readonly then: Measure | null;
};

/** The works an item is about, line by line; none when it has one price for the whole. */
export const itemLines = async (item: Waiting, db: Reader): Promise<readonly ItemLine[]> => {
  switch (item.kind) {
    case 'budget':
      return matched(await budgetWorks(item.code, item.version, db), await approvedBudget(item.code, db));
    case 'contract':
      return contractAgainstBudget(item, db);
    case 'variation':
      return variationOfContract(item.code, db);
    case 'disbursement':
      return invoiceAgainstContract(item.code, db);
    default:
      return [];
  }
};

type Work = Measure & { readonly item: LocalText; readonly unit: string | null };

const budgetWorks = (road: string, version: number | null, db: Reader): Promise<Work[]> =>
  db
    .selectFrom('budget_line as l')
    .innerJoin('budget as b', 'b.id', 'l.budget_id')
    .innerJoin('segment as s', 's.id', 'b.segment_id')
    .select(['l.item', 'l.unit', 'l.quantity_milli as milli', 'l.amount_minor as minor'])
    .where('s.code', '=', road)
    .where('b.version', '=', version ?? 0)
    .orderBy('l.line_no')
    .execute();

const approvedBudget = async (road: string, db: Reader): Promise<Work[]> => {
  const { version } = await db
    .selectFrom('budget as b')
    .innerJoin('segment as s', 's.id', 'b.segment_id')
    .select((eb) => eb.fn.max('b.version').as('version'))
    .where('s.code', '=', road)
    .where('b.status', '=', 'approved')
    .executeTakeFirstOrThrow();
  return budgetWorks(road, version, db);
};

const contractAgainstBudget = async (item: Waiting, db: Reader): Promise<ItemLine[]> => {
  const works = await db
    .selectFrom('contract_line as l')
    .innerJoin('contract as k', 'k.id', 'l.contract_id')
    .select(['l.item', 'l.unit', 'l.quantity_milli as milli', 'l.amount_minor as minor'])
    .where('k.code', '=', item.code)
    .orderBy('l.line_no')
    .execute();
  return works.length === 0 ? [] : matched(works, await approvedBudget(item.segment ?? '', db));
};

const variationOfContract = async (code: string, db: Reader): Promise<ItemLine[]> => {
  const variation = await db
    .selectFrom('variation')
    .select(['id', 'contract_id'])
    .where('code', '=', code)
    .executeTakeFirst();
  if (!variation) return [];
  const varied = await variedLines(db, variation.id);
  return (await linesOf(db, variation.contract_id)).map((line) => {
    const asked = varied.find(({ lineNo }) => lineNo === line.lineNo);
    const against: Measure = { milli: line.quantityMilli, minor: line.amountMinor };
    const asks: Measure | null = asked ? { milli: asked.quantityMilli, minor: asked.amountMinor } : null;
    return { item: line.item, unit: line.unit, against, asks, then: combined(against, asks, 1n) };
  });
};

const invoiceAgainstContract = async (code: string, db: Reader): Promise<ItemLine[]> => {
  const request = await db
    .selectFrom('disbursement')
    .select(['id', 'contract_id'])
    .where('code', '=', code)
    .executeTakeFirst();
  if (!request) return [];
  const asked = await db
    .selectFrom('invoice_line')
    .select(['line_no as lineNo', 'quantity_milli as milli', 'amount_minor as minor'])
    .where('disbursement_id', '=', request.id)
    .execute();
  if (asked.length === 0) return [];
  return (await linesOf(db, request.contract_id)).map((line) => {
    const own = asked.find(({ lineNo }) => lineNo === line.lineNo) ?? null;
    const then: Measure = {
      milli: line.quantityMilli === null ? null : line.quantityMilli - line.claimedMilli,
      minor: line.amountMinor - line.claimedMinor,
    };
    return { item: line.item, unit: line.unit, against: combined(then, own, 1n), asks: own, then };
  });
};

/** One measure with another added (or taken away). */
const combined = (one: Measure, other: Measure | null, sign: 1n | -1n): Measure => ({
  milli: one.milli === null ? null : one.milli + sign * (other?.milli ?? 0n),
  minor: one.minor + sign * (other?.minor ?? 0n),
});

/** Works of two lists, matched by their name and unit: what there was, what there is, and the difference. */
const matched = (now: readonly Work[], earlier: readonly Work[]): ItemLine[] => {
  const same = (a: Work) => (b: Work) => a.item['zh-Hans'] === b.item['zh-Hans'] && a.unit === b.unit;
  const line = ({ item, unit }: Work, against: Work | null, then: Work | null): ItemLine => {
    const nothing: Measure = { milli: 0n, minor: 0n };
    return { item, unit, against, asks: combined(then ?? nothing, against ?? nothing, -1n), then };
  };
  return [
    ...now.map((work) => line(work, earlier.find(same(work)) ?? null, work)),
    ...earlier.filter((work) => !now.some(same(work))).map((work) => line(work, work, null)),
  ];
};
