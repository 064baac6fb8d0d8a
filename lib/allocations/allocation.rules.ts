import { ok, refuse, type Result } from '../shared/result';
import { stateTable } from '../shared/state-table';

/** An allocation's life: proposed by one person, decided by another, and perhaps released later. */
export const ALLOCATION_STATES = stateTable(
  'allocation',
  ['proposed', 'approved', 'returned', 'withdrawn', 'released'],
  ['proposed'],
  [
    ['proposed', 'approve', 'approved'],
    ['proposed', 'return', 'returned'],
    ['proposed', 'withdraw', 'withdrawn'],
    ['approved', 'release', 'released'],
  ],
);
export type AllocationStatus = (typeof ALLOCATION_STATES.states)[number];

/** Segment states in which a road may still be given money. */
export const FUNDABLE: ReadonlySet<string> = new Set([
  'approved',
  'funded',
  'contracted',
  'in_progress',
  'inspection',
  'rework',
]);

/** May this much more be assigned to this road? The fund itself is asked under its guard when money moves. */
export const decideAllocation = (
  segment: { readonly status: string; readonly budgetMinor: bigint; readonly allocatedMinor: bigint },
  amountMinor: bigint,
): Result<null> => {
  if (!FUNDABLE.has(segment.status)) return refuse('segment_not_open', { status: segment.status });
  const roomMinor = segment.budgetMinor - segment.allocatedMinor;
  return amountMinor <= roomMinor
    ? ok(null)
    : refuse('exceeds_budget', { roomMinor, askedMinor: amountMinor });
};
