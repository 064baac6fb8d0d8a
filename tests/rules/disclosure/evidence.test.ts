import { expect, test } from 'vitest';
import { quotedFor } from '@/lib/disclosure/contracts.rules';
import { papersOf } from '@/lib/disclosure/papers.rules';
import { pictureOf } from '@/lib/disclosure/photographs.rules';

test('a contract says out of how many quotes it was taken, and whether none was lower', () => {
  const contract = { amount_minor: 1_500_000n };
  const quote = (amount_minor: bigint, chosen = false) => ({ amount_minor, chosen });
  const of = (...quotes: ReturnType<typeof quote>[]) =>
    quotedFor(contract, { contracts: [contract], quotes });
  expect(of(quote(1_500_000n, true), quote(1_585_500n), quote(1_624_500n))).toEqual({
    quotes: 3,
    lowest: true,
  });
  expect(of(quote(1_500_000n, true), quote(1_499_999n))).toEqual({ quotes: 2, lowest: false });
  expect(of()).toEqual({ quotes: 0, lowest: true });
  // With a second contract nobody can tell for which of them a quote was given.
  expect(quotedFor(contract, { contracts: [contract, contract], quotes: [quote(1n)] }).quotes).toBe(0);
});

test('a payment rests on its invoice, the last one also on the sheet that had accepted the road by then', () => {
  const documents = ['F-1', 'F-2', 'F-3', 'F-4'].map((code) => ({ code }));
  const sheet = (code: string, signed_on: string, result = 'accepted', segment = 'ML-07') => ({
    segment,
    sheet: code,
    result,
    signed_on,
  });
  const acceptances = [
    sheet('F-2', '2024-04-02', 'rework'),
    sheet('F-3', '2024-04-18'),
    sheet('F-4', '2024-06-01'),
  ];
  const payment = { segment: 'ML-07', stage: 'final', invoice: 'F-1', paid_on: '2024-04-26' };
  const codes = (over: Partial<typeof payment> = {}) =>
    papersOf({ ...payment, ...over }, documents, acceptances).map(
      ({ kind, paper }) => `${kind} ${paper.code}`,
    );
  expect(codes()).toEqual(['invoice F-1', 'sheet F-3']);
  expect(codes({ stage: 'base' })).toEqual(['invoice F-1']);
  expect(codes({ paid_on: '2024-04-17' })).toEqual(['invoice F-1']);
  expect(codes({ segment: 'ML-08' })).toEqual(['invoice F-1']);
  expect(codes({ invoice: 'F-9' })).toEqual(['sheet F-3']);
});

test('a payment is shown with the newest picture of its road at that time, in whatever order they come', () => {
  const picture = (segment: string, taken_on: string) => ({ segment, taken_on });
  const pictures = [
    picture('ML-07', '2024-01-21'),
    picture('ML-08', '2024-01-25'),
    picture('ML-07', '2024-04-17'),
  ];
  const at = (paid_on: string | null, all = pictures) => pictureOf({ segment: 'ML-07', paid_on }, all);
  for (const all of [pictures, pictures.toReversed()]) {
    expect(at('2024-01-26', all)).toBe(pictures[0]);
    expect(at('2024-04-17', all)).toBe(pictures[2]);
    expect(at('2023-12-08', all)).toBeNull();
    expect(at(null, all)).toBeNull();
  }
});
