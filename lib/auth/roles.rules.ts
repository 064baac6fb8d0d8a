/** The roles of the people who work with the money (DESIGN section 1), and who may do what: one table. */
export const ROLES = ['clerk', 'approver', 'inspector', 'auditor', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** Who an act is done by. `visitor` = nobody signed in; `system` = a part of Shanlu itself. */
export type Actor =
  | {
      readonly kind: 'person';
      readonly personId: string;
      readonly roles: readonly Role[];
      readonly secondFactor: boolean;
    }
  | { readonly kind: 'donor'; readonly personId: string }
  | { readonly kind: 'visitor' }
  | { readonly kind: 'system'; readonly name: SystemName };

/** The member of staff who acts; null when it is not one: a giver, a visitor or a part of the system. */
export const staffIdOf = (actor: Actor): string | null => (actor.kind === 'person' ? actor.personId : null);

/** Whoever acts under an account of their own, staff or giver; null for visitors and the system. */
export const accountIdOf = (actor: Actor): string | null =>
  actor.kind === 'person' || actor.kind === 'donor' ? actor.personId : null;

export type SystemName = 'worker' | 'stripe' | 'sequencer' | 'sign-in' | 'setup';

type Holder = Role | 'donor' | 'visitor' | `system:${SystemName}`;

/** Every permission and its holders. A command names one; a test proves that each row is asked for somewhere. */
export const PERMISSIONS = {
  'campaign:create': ['administrator', 'system:setup'],
  'campaign:open': ['administrator', 'system:setup'],
  'campaign:amend': ['administrator'],
  'transfer_account:name': ['system:setup'],
  'transfer_account:propose': ['clerk', 'administrator'],
  'transfer_account:approve': ['approver'],
  'sign-in:work': ['system:sign-in'],
  'person:manage': ['administrator', 'system:setup', 'system:sign-in'],
  'segment:propose': ['administrator', 'clerk'],
  'segment:progress': ['inspector', 'clerk'],
  'budget:propose': ['clerk', 'administrator'],
  'budget:approve': ['approver'],
  'pledge:make': ['visitor', 'donor', 'clerk', 'approver', 'administrator'],
  'pledge:manage': ['clerk'],
  'pledge:plan': ['donor', 'clerk'],
  'pledge:release': ['approver'],
  'donation:start': ['visitor', 'donor', 'clerk'],
  'donation:record': ['clerk'],
  'donation:verify': ['approver'],
  'donation:clear': ['clerk', 'approver'],
  'donation:settle': ['system:stripe', 'system:worker'],
  'hall:manage': ['clerk', 'administrator', 'system:setup'],
  'recognition:moderate': ['clerk', 'administrator'],
  'refund:propose': ['clerk'],
  'refund:approve': ['approver'],
  'allocation:propose': ['clerk', 'approver'],
  'allocation:approve': ['approver'],
  'plan-change:work': ['clerk'],
  'plan-change:decide': ['approver'],
  'consent:answer': ['visitor', 'donor'],
  'shortfall:resolve': ['approver'],
  'concern:report': ['visitor'],
  'concern:handle': ['clerk', 'approver', 'inspector', 'administrator'],
  'declaration:make': ['clerk', 'approver', 'inspector', 'auditor', 'administrator'],
  'contractor:register': ['clerk', 'administrator'],
  'document:file': ['clerk', 'inspector', 'administrator', 'approver'],
  'document:redact': ['clerk', 'approver'],
  'quote:record': ['clerk'],
  'contract:propose': ['clerk'],
  'contract:approve': ['approver'],
  'photograph:file': ['inspector', 'clerk'],
  'photograph:publish': ['clerk', 'approver'],
  'measurement:record': ['inspector'],
  'work:certify': ['inspector'],
  'work:accept': ['inspector', 'approver'],
  'disbursement:request': ['clerk'],
  'disbursement:approve': ['approver'],
  'disbursement:pay': ['clerk', 'approver'],
  'receipt:issue': ['clerk', 'system:stripe', 'system:worker'],
  'payout:explain': ['approver'],
  'payout:match': ['clerk'],
  'period:prepare': ['clerk'],
  'receipt:print': ['donor', 'clerk', 'approver', 'auditor', 'system:worker'],
  'receipt:waive': ['donor', 'clerk'],
  'letters:write': ['system:worker'],
  'letters:stop': ['visitor'],
  'donor:own': ['donor', 'clerk', 'approver', 'inspector', 'auditor', 'administrator'],
  'donor:move': ['approver'],
  'donor:decline': ['clerk', 'approver'],
  'donor:merge': ['clerk', 'administrator'],
  'donor:keys': ['system:worker'],
  'period:close': ['approver'],
  'report:write': ['clerk', 'administrator'],
  'report:publish': ['approver'],
  'plan:record': ['administrator', 'clerk'],
  'exception:take': ['clerk', 'approver'],
  'dispute:answer': ['clerk'],
  'duty:manage': ['administrator', 'clerk'],
  'stripe:receive': ['system:stripe'],
  'stripe:work': ['system:stripe', 'system:worker'],
  'bank:open': ['administrator', 'clerk', 'system:setup'],
  'statement:import': ['clerk'],
  'statement:store': ['system:worker'],
  'match:make': ['clerk'],
  'match:undo': ['clerk', 'approver'],
  'match:lock': ['approver'],
  'log:append': ['system:sequencer'],
  'log:confirm': ['approver', 'administrator'],
  'finance:read': ['clerk', 'approver', 'auditor', 'administrator', 'inspector'],
} as const satisfies Readonly<Record<string, readonly Holder[]>>;

export type Permission = keyof typeof PERMISSIONS;

/** Permissions that staff may use only after the second factor: all of them. Donors and visitors have none. */
export type PermissionAnswer = 'allowed' | 'not_signed_in' | 'not_permitted' | 'second_factor_required';

/** May this actor do this? Says which of the three reasons it is when not. */
export const mayDo = (actor: Actor, permission: Permission): PermissionAnswer => {
  const holders: readonly Holder[] = PERMISSIONS[permission];
  switch (actor.kind) {
    case 'visitor':
      return holders.includes('visitor') ? 'allowed' : 'not_signed_in';
    case 'donor':
      return holders.includes('donor') || holders.includes('visitor') ? 'allowed' : 'not_permitted';
    case 'system':
      return holders.includes(`system:${actor.name}`) ? 'allowed' : 'not_permitted';
    case 'person': {
      if (!actor.roles.some((role) => holders.includes(role))) return 'not_permitted';
      return actor.secondFactor ? 'allowed' : 'second_factor_required';
    }
  }
};
