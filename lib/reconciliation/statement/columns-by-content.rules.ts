import { readAmount, type AmountText } from './amount-text.rules';
import { directionOfWord } from './columns.rules';
import type { TableRow } from './csv-rows.rules';
import { currencyOfWord } from './currency-words.rules';
import { readDate } from './date-text.rules';
import { absolute, add, negate, sameValue, ZERO, type Decimal } from './decimal.rules';
import { NO_COLUMNS, type MappedColumns } from './mapping.rules';

/** What one column of a table without a header is made of. */
type Profile = {
  readonly index: number;
  readonly cells: readonly string[];
  readonly amounts: readonly (AmountText | null)[];
  readonly filled: number;
  readonly dates: number;
  readonly strong: number;
  readonly weak: number;
  readonly signed: boolean;
  /** More than half of its numbers have decimals or a currency: a column of whole numbers counts things. */
  readonly precise: boolean;
};

const profile = (rows: readonly TableRow[], index: number): Profile => {
  const cells = rows.map((row) => row.cells[index] ?? '');
  const amounts = cells.map((cell) => (readDate(cell) === null ? readAmount(cell) : null));
  return {
    index,
    cells,
    amounts,
    filled: cells.filter((cell) => cell !== '').length,
    dates: cells.filter((cell) => readDate(cell) !== null).length,
    strong: amounts.filter((one) => one?.strong === true).length,
    weak: amounts.filter((one) => one !== null).length,
    precise:
      amounts.filter((one, i) => one !== null && /[.,]\d|\p{Sc}|[A-Z]{3}/u.test(cells[i] ?? '')).length * 2 >
      amounts.filter((one) => one !== null).length,
    signed: amounts.some((one) => one !== null && (one.signed || one.value.units < 0n)),
  };
};

/** Money: at least one cell that cannot be a mere number, and nothing but numbers. */
const isMoney = ({ strong, weak, filled }: Profile): boolean => strong > 0 && weak === filled;

/** Whole numbers that could be amounts in a currency without decimals: of different lengths, no leading zero. */
const isWholeMoney = ({ cells, weak, filled, dates }: Profile): boolean =>
  filled > 0 &&
  dates === 0 &&
  weak === filled &&
  cells.every((cell) => cell === '' || /^-?[1-9]\d{0,11}$|^0$/u.test(cell)) &&
  new Set(cells.map((cell) => cell.length)).size > 1;

const isNothing = (one: AmountText | null): boolean => one === null || one.value.units === 0n;

type Candidate = { readonly amount: Profile } | { readonly debit: Profile; readonly credit: Profile };

/** Debit and credit columns never both hold an amount in one row. */
const complementary = (a: Profile, b: Profile): boolean =>
  a.amounts.every((one, i) => isNothing(one) || isNothing(b.amounts[i] ?? null));

const movement = (candidate: Candidate, row: number): Decimal | null => {
  if ('amount' in candidate) return candidate.amount.amounts[row]?.value ?? null;
  const [out, into] = [candidate.debit.amounts[row]?.value, candidate.credit.amounts[row]?.value];
  if (out === undefined && into === undefined) return null;
  return add(into === undefined ? ZERO : absolute(into), out === undefined ? ZERO : negate(absolute(out)));
};

/** In how many neighbouring rows the balance moves by the amount, in either order of time. */
const chainHits = (candidate: Candidate, balance: Profile): number => {
  let [forward, backward] = [0, 0];
  for (let row = 1; row < balance.amounts.length; row += 1) {
    const [before, here] = [balance.amounts[row - 1]?.value, balance.amounts[row]?.value];
    const [now, previous] = [movement(candidate, row), movement(candidate, row - 1)];
    if (before === undefined || here === undefined) continue;
    if (now !== null && now.units !== 0n && sameValue(add(before, now), here)) forward += 1;
    if (previous !== null && previous.units !== 0n && sameValue(add(here, previous), before)) backward += 1;
  }
  return forward > backward ? forward : backward;
};

const involves = (candidate: Candidate, column: Profile): boolean =>
  'amount' in candidate
    ? candidate.amount === column
    : candidate.debit === column || candidate.credit === column;

/** What speaks for a candidate apart from the balance. */
const prior = (candidate: Candidate, balance: Profile | null, rows: number): number => {
  if ('amount' in candidate) {
    const { amount } = candidate;
    const before = balance === null || amount.index < balance.index ? 1 : 0;
    return (amount.signed ? 3 : 0) + (amount.precise ? 2 : 0) + before + (amount.filled === rows ? 1 : 0);
  }
  const { debit, credit } = candidate;
  const covered = debit.amounts.filter(
    (one, i) => !isNothing(one) || !isNothing(credit.amounts[i] ?? null),
  ).length;
  const beforeBalance = balance === null || credit.index < balance.index ? 1 : -3;
  const oneSided = debit.filled === 0 || credit.filled === 0;
  return (
    (covered === rows ? 3 : -2) +
    (debit.precise || credit.precise ? 2 : 0) +
    (oneSided ? -0.5 : 1) +
    beforeBalance +
    (credit.index - debit.index === 1 ? 0.5 : 0)
  );
};

/** The reading of the money columns under which most rows carry the balance on; on a tie the more usual one. */
const bestMoney = (
  columns: readonly Profile[],
  rows: number,
): { candidate: Candidate; balance: Profile | null } | null => {
  const strong = columns.filter(isMoney);
  const money = strong.length > 0 ? strong : columns.filter(isWholeMoney);
  const candidates: Candidate[] = money.map((amount) => ({ amount }));
  for (const debit of columns)
    for (const credit of columns) {
      if (debit === credit || Math.abs(debit.index - credit.index) > 2) continue;
      const sides = [debit, credit];
      const bothMoney = sides.every((side) => money.includes(side));
      // One side may be empty in this file when the other is unsigned and a balance follows.
      const oneEmpty =
        sides.filter((side) => side.filled === 0).length === 1 &&
        sides.some((side) => money.includes(side) && !side.signed) &&
        money.some((one) => one.index > Math.max(debit.index, credit.index));
      if ((bothMoney || oneEmpty) && complementary(debit, credit)) candidates.push({ debit, credit });
    }
  let best: { candidate: Candidate; balance: Profile | null; score: number } | null = null;
  for (const candidate of candidates)
    for (const balance of [null, ...money]) {
      if (balance !== null && involves(candidate, balance)) continue;
      const hits = balance === null ? 0 : chainHits(candidate, balance);
      const leftOver = money.filter(
        (one) => (one !== balance || hits === 0) && !involves(candidate, one),
      ).length;
      const backwards = 'debit' in candidate && candidate.debit.index > candidate.credit.index ? 0.6 : 0;
      const score =
        hits * 10 +
        prior(candidate, balance, rows) -
        leftOver -
        backwards -
        (balance !== null && balance.filled < rows / 2 ? 1 : 0);
      if (best === null || score > best.score) best = { candidate, balance, score };
    }
  return best;
};

const averageLength = ({ cells, filled }: Profile): number =>
  filled === 0 ? 0 : cells.reduce((total, cell) => total + cell.length, 0) / filled;

/** Columns of a table that has no header. `data` are the rows with a date. */
export const guessColumnsByContent = (data: readonly TableRow[]): MappedColumns => {
  const rows = data.slice(0, 2_000);
  const width = rows.reduce((most, row) => Math.max(most, row.cells.length), 0);
  const columns = Array.from({ length: width }, (_, index) => profile(rows, index));
  const dates = columns
    .filter((column) => column.dates > 0 && column.dates * 2 >= column.filled)
    .sort((a, b) => b.dates - a.dates || a.index - b.index);
  const money = bestMoney(
    columns.filter((column) => !dates.includes(column)),
    rows.length,
  );
  const used = new Set<number>(dates.map((column) => column.index));
  const candidate = money?.candidate;
  if (candidate)
    for (const column of 'amount' in candidate ? [candidate.amount] : [candidate.debit, candidate.credit])
      used.add(column.index);
  if (money?.balance) used.add(money.balance.index);
  const rest = columns.filter((column) => !used.has(column.index) && column.filled > 0);
  const every = (column: Profile, test: (cell: string) => boolean): boolean =>
    column.cells.every((cell) => cell === '' || test(cell));
  const direction = rest.find((column) => every(column, (cell) => directionOfWord(cell) !== null));
  const currency = rest.find(
    (column) => column !== direction && every(column, (cell) => currencyOfWord(cell) !== null),
  );
  const texts = rest.filter(
    (column) => column !== direction && column !== currency && averageLength(column) > 1,
  );
  return {
    ...NO_COLUMNS,
    date: dates[0]?.index ?? null,
    otherDate: dates[1]?.index ?? null,
    amount: candidate && 'amount' in candidate ? candidate.amount.index : null,
    debit: candidate && 'debit' in candidate ? candidate.debit.index : null,
    credit: candidate && 'debit' in candidate ? candidate.credit.index : null,
    balance: money?.balance?.index ?? null,
    direction: direction?.index ?? null,
    currency: currency?.index ?? null,
    memo: texts.map((column) => column.index),
  };
};
