import { expect, test } from 'vitest';
import { pilesOf } from '@/lib/approvals/overview.rules';

const on = (day: string, kind: string): { kind: string; on: Date } => ({ kind, on: new Date(day) });

test('what waits is piled by kind, the pile with the oldest thing first', () => {
  const piles = pilesOf(
    [
      on('2026-03-03', 'refund'),
      on('2026-03-05', 'budget'),
      on('2026-03-01', 'budget'),
      on('2026-03-02', 'contract'),
    ],
    (item) => item.kind,
    (item) => item.on,
  );
  expect(piles).toEqual([
    { kind: 'budget', count: 2, oldest: new Date('2026-03-01') },
    { kind: 'contract', count: 1, oldest: new Date('2026-03-02') },
    { kind: 'refund', count: 1, oldest: new Date('2026-03-03') },
  ]);
});

test('where nothing waits there is no pile', () => {
  expect(
    pilesOf(
      [],
      () => 'x',
      () => new Date(),
    ),
  ).toEqual([]);
});
