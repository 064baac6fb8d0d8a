import { ok, refuse, type Result } from '../shared/result';
import { stateTable } from '../shared/state-table';

/** A changed plan: opened, its settlement proposed by one person, decided by another. */
export const PLAN_CHANGE_STATES = stateTable(
  'plan_change',
  ['open', 'proposed', 'settled', 'withdrawn'],
  ['open'],
  [
    ['open', 'propose', 'proposed'],
    ['proposed', 'return', 'open'],
    ['proposed', 'settle', 'settled'],
    ['open', 'withdraw', 'withdrawn'],
  ],
);
export type PlanChangeStatus = (typeof PLAN_CHANGE_STATES.states)[number];

export const CHANGE_KINDS = ['suspended', 'cancelled', 'under_budget', 'over_budget', 'split'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/**
 * On what a change of use rests: each giver's consent, the filed change of the fundraising plan (变更募捐方案备案,
 * Charity Law art. 56), or what the plan itself says about a surplus.
 */
export const CHANGE_BASES = ['consent', 'filing', 'plan'] as const;
export type ChangeBasis = (typeof CHANGE_BASES)[number];

export const ANSWERS = ['not_needed', 'to_ask', 'asked', 'given', 'refused', 'no_reply'] as const;
export type Answer = (typeof ANSWERS)[number];

export const ASK_MEANS = ['mail', 'letter', 'phone', 'in_person'] as const;

export type ChangeGift = {
  readonly lotId: bigint;
  readonly amountMinor: bigint;
  readonly answer: Answer;
};

/**
 * Where the asking begins. Gifts for wherever it is needed need no answer; for a road that will not be built at all,
 * what the giver chose when giving is their answer; everyone else is asked.
 */
export const firstAnswer = (
  kind: ChangeKind,
  gift: { readonly forThisRoad: boolean; readonly ifNotBuilt: string | null },
): Answer => {
  if (!gift.forThisRoad) return 'not_needed';
  if (kind !== 'cancelled') return 'to_ask';
  if (gift.ifNotBuilt === 'where_needed') return 'given';
  return gift.ifNotBuilt === 'return' ? 'refused' : 'to_ask';
};

/** What happens to one gift once everything is answered. A refusal always goes back to its giver. */
export const outcomeOf = (answer: Answer, basis: ChangeBasis): 'moved' | 'to_return' | null => {
  switch (answer) {
    case 'not_needed':
    case 'given':
      return 'moved';
    case 'refused':
      return 'to_return';
    case 'no_reply':
      // Silence is never consent; only a filed change or the plan itself can stand in for it.
      return basis === 'consent' ? 'to_return' : 'moved';
    case 'to_ask':
    case 'asked':
      return null;
  }
};

/** May this change be proposed for settlement? Money moves only when every giver has answered or let the day pass. */
export const decideSettlement = (change: {
  readonly kind: ChangeKind;
  readonly segmentStatus: string;
  readonly decision: 'move' | 'keep';
  readonly gifts: readonly ChangeGift[];
}): Result<null> => {
  if (change.decision === 'keep')
    return change.kind === 'cancelled'
      ? refuse('illegal_state_change', { kind: change.kind, decision: 'keep' }, 'decision')
      : ok(null);
  const waiting = change.gifts.filter((gift) => gift.answer === 'to_ask' || gift.answer === 'asked').length;
  return waiting === 0 ? ok(null) : refuse('answers_missing', { waiting });
};

/** May an answer still be recorded or changed? */
export const decideAnswer = (status: PlanChangeStatus, answer: Answer): Result<null> => {
  if (status !== 'open') return refuse('illegal_state_change', { from: status, event: 'answer' });
  return answer === 'not_needed'
    ? refuse('illegal_state_change', { from: answer, event: 'answer' })
    : ok(null);
};
