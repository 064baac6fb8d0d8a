import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CURRENCIES, type CurrencyCode } from '@/lib/shared/currencies';
import { contractData } from '../support/contract-data';

type Published = Readonly<Record<string, { readonly iso_code: string; readonly subunit_to_unit: number }>>;

test('each currency has as many digits as the published table says', () => {
  const published = JSON.parse(readFileSync(contractData('money', 'iso.json'), 'utf8')) as Published;
  // What divides by five (ariary, ouguiya) is written with two digits by payment systems and by us.
  const units = { 1: 0, 5: 2, 100: 2, 1000: 3, 10_000: 4 } as Readonly<Record<number, number>>;
  const digits = Object.values(published).map(({ iso_code, subunit_to_unit }) => [
    iso_code,
    units[subunit_to_unit],
  ]);
  const ours = Object.keys(CURRENCIES) as CurrencyCode[];
  expect(ours.map((code) => [code, CURRENCIES[code]])).toEqual(
    digits.filter(([code]) => (ours as (string | number | undefined)[]).includes(code)).toSorted(),
  );
  expect(ours.length).toBeGreaterThan(160);
});
