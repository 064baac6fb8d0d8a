import { describe, expect, it } from 'vitest';
import { dutyState } from '@/app/[lang]/(public)/duty.rules';

describe('a duty to publish', () => {
  it.each([
    ['2024-06-16', '2024-06-13', '2024-06-30', 'onTime', 0],
    ['2024-06-16', '2024-06-16', '2024-06-30', 'onTime', 0],
    ['2024-06-16', '2024-06-18', '2024-06-30', 'late', 2],
    ['2024-09-16', null, '2024-06-30', 'ahead', 78],
    ['2024-12-15', null, '2024-06-30', 'ahead', 168],
    ['2024-06-30', null, '2024-06-30', 'today', 0],
    ['2024-02-28', null, '2024-03-01', 'overdue', 2],
  ] as const)('due %s, done %s, seen %s: %s %d', (dueOn, doneOn, today, name, days) => {
    expect(dutyState({ dueOn, doneOn }, today)).toEqual({ name, days });
  });
});
