import { expect, test } from 'vitest';
import { dutiesOf, ruleSetOn, withRecords } from '@/lib/disclosure/duties.rules';

const concert = {
  startsOn: '2023-09-16',
  endsOn: '2027-12-31',
  mode: 'public',
  hasPartners: true,
} as const;

test('a concert of September 2023 has to file ten days before, report every three months and each 31 May', () => {
  const duties = dutiesOf(concert);
  expect(duties.slice(0, 5).map((duty) => [duty.kind, duty.no, duty.dueOn, duty.rules])).toEqual([
    ['plan_filed', 1, '2023-09-06', 'act2016'],
    ['progress_report', 1, '2023-12-16', 'act2016'],
    ['progress_report', 2, '2024-03-16', 'act2016'],
    ['annual_report', 1, '2024-05-31', 'act2016'],
    ['progress_report', 3, '2024-06-16', 'act2016'],
  ]);
  expect(duties.filter((duty) => duty.kind === 'annual_report').map((duty) => duty.dueOn)).toEqual([
    '2024-05-31',
    '2025-05-31',
    '2026-05-31',
    '2027-05-31',
    '2028-05-31',
  ]);
  expect(duties.slice(-4).map((duty) => [duty.kind, duty.dueOn])).toEqual([
    ['full_report', '2028-03-31'],
    ['partner_evaluation', '2028-03-31'],
    ['surplus_report', '2028-03-31'],
    ['annual_report', '2028-05-31'],
  ]);
});

test('the rules change on their days: the amended law on 5 September 2024, Order 81 on 1 January 2026', () => {
  expect(
    ['2015-01-01', '2024-09-04', '2024-09-05', '2025-12-31', '2026-01-01'].map((day) => ruleSetOn(day)),
  ).toEqual(['act2016', 'act2016', 'act2023', 'act2023', 'order81']);
  const rules = new Map(dutiesOf(concert).map((duty) => [duty.dueOn, duty.rules]));
  expect([rules.get('2024-06-16'), rules.get('2024-09-16'), rules.get('2026-03-16')]).toEqual([
    'act2016',
    'act2023',
    'order81',
  ]);
});

test('six months or less needs no progress report; targeted fundraising only the annual one', () => {
  const kinds = (more: Partial<Parameters<typeof dutiesOf>[0]>) =>
    dutiesOf({ ...concert, ...more }).map((duty) => duty.kind);
  expect(kinds({ endsOn: '2024-03-16' })).not.toContain('progress_report');
  expect(kinds({ endsOn: '2024-03-17' })).toContain('progress_report');
  expect(kinds({ endsOn: '2024-12-31' })).not.toContain('partner_evaluation');
  expect(kinds({ hasPartners: false })).not.toContain('partner_evaluation');
  expect(new Set(kinds({ mode: 'targeted' }))).toEqual(new Set(['annual_report']));
});

test('a record meets the duty of its kind and day, and a promise no rule knows is kept', () => {
  const { duties, others } = withRecords(dutiesOf(concert), [
    { kind: 'progress_report', due_on: '2023-12-16', done_on: '2023-12-11' },
    { kind: 'letter_to_village', due_on: '2024-01-01', done_on: null },
  ]);
  expect(duties.filter((duty) => duty.doneOn !== null).map((duty) => duty.dueOn)).toEqual(['2023-12-16']);
  expect(others.map((record) => record.kind)).toEqual(['letter_to_village']);
});
