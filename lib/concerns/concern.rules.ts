import type { Role } from '../auth/roles.rules';
import { ok, refuse, type Result } from '../shared/result';
import { nextState, stateTable } from '../shared/state-table';

export const CONCERN_KINDS = ['defect', 'irregularity'] as const;
export const CONCERN_ABOUT = ['clerk', 'approver', 'inspector', 'administrator', 'contractor'] as const;

/** @public */
export const CONCERN_STATES = stateTable(
  'concern',
  ['received', 'open', 'inspected', 'settled', 'declined'],
  ['received'],
  [
    ['received', 'take_up', 'open'],
    ['received', 'decline', 'declined'],
    ['open', 'inspect', 'inspected'],
    ['open', 'settle', 'settled'],
    ['inspected', 'settle', 'settled'],
  ],
);
export type ConcernStatus = (typeof CONCERN_STATES.states)[number];
export type ConcernEvent = (typeof CONCERN_STATES.edges)[number]['event'];

/** Nobody reads or handles what may be about themselves: no one who holds the role it names. */
export const isConcerned = (aboutRole: string | null, roles: readonly Role[]): boolean =>
  roles.some((role) => role === aboutRole);

/**
 * May this happen to a report now? A defect is settled only after someone has looked at the road; `concerned` people
 * decide nothing.
 */
export const decideConcern = (
  concern: { readonly kind: string; readonly status: ConcernStatus; readonly aboutRole: string | null },
  event: ConcernEvent,
  roles: readonly Role[],
): Result<ConcernStatus> => {
  if (isConcerned(concern.aboutRole, roles)) return refuse('person_concerned');
  const to = nextState(CONCERN_STATES, concern.status, event);
  if (to === null || (concern.kind === 'defect' && event === 'settle' && concern.status === 'open'))
    return refuse('illegal_state_change', { from: concern.status, event });
  return ok(to);
};
