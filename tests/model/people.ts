import type { Actor, Role } from '@/lib/auth/roles.rules';
import type { RefusalName } from '@/lib/shared/refusal';

/** Who may do what, written from DESIGN section 1: makers propose, checkers approve, inspectors look at roads. */
const CLERK: readonly string[] = [
  'segment.propose',
  'budget.propose',
  'segment.move',
  'pledge.make',
  'pledge.cancel',
  'donation.start',
  'donation.record',
  'donation.clear',
  'donation.cancel',
  'refund.propose',
  'refund.send',
  'refund.complete',
  'allocation.propose',
  'allocation.withdraw',
  'contractor.register',
  'document.file',
  'quote.record',
  'contract.propose',
  'variation.propose',
  'photograph.file',
  'photograph.publish',
  'disbursement.request',
  'disbursement.pay',
  'disbursement.bounce',
  'line.arrive',
  'match.make',
  'match.undo',
];
const APPROVER: readonly string[] = [
  'budget.approve',
  'pledge.make',
  'pledge.write_off',
  'pledge.release',
  'donation.verify',
  'donation.clear',
  'refund.approve',
  'refund.decline',
  'allocation.propose',
  'allocation.withdraw',
  'allocation.approve',
  'allocation.return',
  'allocation.release',
  'shortfall.resolve',
  'document.file',
  'contract.approve',
  'contract.return',
  'variation.approve',
  'photograph.publish',
  'acceptance.sign',
  'disbursement.approve',
  'disbursement.return',
  'disbursement.pay',
  'disbursement.bounce',
  'period.change',
  'match.undo',
];
const INSPECTOR: readonly string[] = [
  'segment.move',
  'document.file',
  'photograph.file',
  'work.certify',
  'acceptance.sign',
];
const ADMINISTRATOR: readonly string[] = [
  'segment.propose',
  'budget.propose',
  'pledge.make',
  'contractor.register',
  'document.file',
];
const ANYBODY: readonly string[] = ['pledge.make', 'donation.start'];

const BY_ROLE: Readonly<Record<Role, readonly string[]>> = {
  clerk: CLERK,
  approver: APPROVER,
  inspector: INSPECTOR,
  administrator: ADMINISTRATOR,
  auditor: [],
};
const BY_SYSTEM: Readonly<Record<string, readonly string[]>> = {
  stripe: ['checkout.observe', 'provider.observe'],
  worker: ['checkout.observe', 'provider.observe'],
};

export const mayAct = (actor: Actor, act: string): boolean => {
  switch (actor.kind) {
    case 'person':
      return actor.roles.some((role) => BY_ROLE[role].includes(act));
    case 'system':
      return BY_SYSTEM[actor.name]?.includes(act) ?? false;
    case 'donor':
    case 'visitor':
      return ANYBODY.includes(act);
  }
};

/** Why this actor may not do this, or null. Staff act only after their second factor. */
export const barred = (actor: Actor, act: string): RefusalName | null => {
  if (!mayAct(actor, act)) return actor.kind === 'visitor' ? 'not_signed_in' : 'not_permitted';
  return actor.kind === 'person' && !actor.secondFactor ? 'second_factor_required' : null;
};

/** The person acting, as rows remember them. */
export const idOf = (actor: Actor): string => (actor.kind === 'person' ? actor.personId : '');
