import { readFileSync } from 'node:fs';
import { contractData } from '../support/contract-data';
import { parseDecimal, plainText } from '@/lib/reconciliation/statement/decimal.rules';
import type { Facts, FactValue } from '@/lib/reconciliation/statement/facts.rules';

export type Expected = Readonly<Record<string, FactValue>>;

/** The bank part of the collection's expected answers: path → facts. */
export const expectedStatements = (): [string, Expected][] => {
  const all = JSON.parse(readFileSync(contractData('expected.json'), 'utf8')) as Record<
    string,
    Record<string, Expected>
  >;
  return [...Object.entries(all['statements'] ?? {}), ...Object.entries(all['csv_and_wallets'] ?? {})];
};

const isFacts = (value: FactValue | undefined): value is Facts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const MONEY_KEYS = new Set(['amount', 'sum', 'credit_sum', 'debit_sum', 'ledger_balance']);
const isNote = (key: string): boolean => /^note\d*$/u.test(key);

const sameMoney = (a: FactValue | undefined, b: FactValue): boolean => {
  const [left, right] = [parseDecimal(String(a)), parseDecimal(String(b))];
  return left !== null && right !== null && plainText(left) === plainText(right);
};

/** Every expected fact that does not hold, as "path: expected … saw …". Facts we say beyond the expected are fine. */
export const differences = (
  seen: FactValue | undefined,
  expected: FactValue,
  path = '',
  key = '',
): string[] => {
  const differ = [`${path}: expected ${JSON.stringify(expected)}, saw ${JSON.stringify(seen)}`];
  if (Array.isArray(expected)) {
    if (!Array.isArray(seen) || seen.length !== expected.length) return differ;
    return expected.flatMap((one: FactValue, i) => differences(seen[i] as FactValue, one, `${path}[${i}]`));
  }
  if (isFacts(expected)) {
    if (!isFacts(seen)) return differ;
    // An amount must not appear under a currency or direction that nobody expects.
    const surplus = key.startsWith('by_') ? Object.keys(seen).filter((name) => !(name in expected)) : [];
    return [
      ...surplus.map((name) => `${path}.${name}: not expected`),
      ...Object.entries(expected)
        .filter(([name]) => !isNote(name))
        .flatMap(([name, value]) => differences(seen[name], value, `${path}.${name}`, name)),
    ];
  }
  if (MONEY_KEYS.has(key) && typeof expected === 'string') return sameMoney(seen, expected) ? [] : differ;
  return seen === expected ? [] : differ;
};

/**
 * Most bank CSV names no currency anywhere; the person who expects an answer knows the account. Where the file
 * states none, its amounts are compared under the one currency expected.
 */
export const withExpectedCurrency = (seen: Facts, expected: Expected): Facts => {
  const [wanted, own] = [expected['by_currency'], seen['by_currency']];
  const flags = seen['flags'];
  const unsure = Array.isArray(flags) && flags.includes('currency_guessed');
  if (!isFacts(wanted) || !isFacts(own) || !unsure) return seen;
  const [label, ...others] = Object.keys(wanted);
  const [mine, ...more] = Object.keys(own);
  if (label === undefined || mine === undefined || others.length + more.length > 0) return seen;
  return { ...seen, by_currency: { [label]: own[mine] ?? null } };
};
