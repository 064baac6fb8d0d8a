import { expect, test } from 'vitest';
import { apiHrefOf, filterOf, queryOf } from '@/app/[lang]/(public)/ledger/ledger-address.rules';

test('the API is offered only where it lists the very entries of the page', () => {
  const at = (params: Record<string, string>) => apiHrefOf(filterOf(params));
  expect(at({})).toBe('/api/v1/entries');
  expect(at({ from: '2024-06-01', to: '2024-06-30', entry: 'G-0095' })).toBe(
    '/api/v1/entries?from=2024-06-01&to=2024-06-30&subject=G-0095',
  );
  for (const narrower of [
    { kind: 'gift' },
    { road: 'ML-07' },
    { contractor: 'K-01' },
    { q: '禾场' },
    { least: '1' },
    { most: '9' },
  ])
    expect(at(narrower), JSON.stringify(narrower)).toBeNull();
  expect(queryOf(filterOf({ road: 'ML-07', from: 'June' }))).toBe('?road=ML-07');
});
