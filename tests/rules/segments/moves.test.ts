import { expect, test } from 'vitest';
import { ROAD_ACTS } from '@/app/[lang]/finance/_desk/road-acts';
import { deskForm } from '@/app/[lang]/finance/_desk/read-form';
import { decideOutflow } from '@/lib/ledger/posting.rules';
import { lineFromText } from '@/lib/segments/line-text.rules';
import { decideSegmentMove, type SegmentFacts } from '@/lib/segments/segment.rules';

const facts = (over: Partial<SegmentFacts>): SegmentFacts => ({
  status: 'approved',
  budgetMinor: 100_000n,
  allocatedMinor: 100_000n,
  freeMinor: 0n,
  committedMinor: 0n,
  certifiedMinor: 0n,
  contractInForce: true,
  afterPhotographs: 1,
  signedSheet: true,
  heldBeforeSuspension: null,
  ...over,
});

test.each([
  ['fund', { status: 'approved', allocatedMinor: 99_999n }, 'not_fully_funded'],
  ['contract', { status: 'funded', contractInForce: false }, 'contract_missing'],
  ['start', { status: 'contracted', contractInForce: false }, 'contract_missing'],
  ['accept', { status: 'inspection', signedSheet: false }, 'acceptance_sheet_missing'],
  ['accept', { status: 'inspection', afterPhotographs: 0 }, 'after_photographs_missing'],
  ['close', { status: 'in_warranty', committedMinor: 1n }, 'retention_not_paid'],
  ['close', { status: 'in_warranty', certifiedMinor: 1n }, 'retention_not_paid'],
  ['close', { status: 'in_warranty', freeMinor: 1n }, 'surplus_undecided'],
  ['cancel', { status: 'funded', freeMinor: 1n }, 'allocations_remain'],
  ['accept', { status: 'funded' }, 'illegal_state_change'],
] as const)('a road does not %s with %o', (event, over, name) => {
  const decided = decideSegmentMove(facts(over), event);
  expect(decided.ok ? 'done' : decided.refusal.name).toBe(name);
});

test.each([
  ['unallocated', 'exceeds_unallocated'],
  ['allocated', 'exceeds_allocated'],
  ['committed', 'exceeds_committed'],
  ['certified', 'exceeds_certified'],
  ['asset', 'account_overdrawn'],
] as const)('an account of class %s gives away what it has, and not a fen more', (accountClass, name) => {
  expect(decideOutflow(accountClass, 5n, 5n).ok).toBe(true);
  const refused = decideOutflow(accountClass, 5n, 6n);
  expect(refused.ok ? 'done' : refused.refusal).toEqual({
    name,
    details: { availableMinor: 5n, askedMinor: 6n },
  });
});

test.each([
  '',
  ';',
  '113.3',
  '113.3 22.4 5',
  '113.3;22.4',
  'a b',
  '1e2 2',
  '0x10 2',
  '１１３ ２２',
  '-1 NaN',
  '1 2\nx',
])('a line of a road is not read from %j', (text) => {
  expect(lineFromText(text)).toBeNull();
});

test('and the desk says so at the field', () => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ segment: 'ML-01', seenVersion: '1', line: '113.3' }))
    form.set(name, value);
  expect(() => ROAD_ACTS['segment.revise']?.input(deskForm(form), null)).toThrow('line_unreadable');
});
