import type { Actor, Role } from '@/lib/auth/roles.rules';
import { newId } from '@/lib/shared/id';
import type { Person, World } from '../support/people';

export const hasFactor = (who: Actor): boolean => who.kind !== 'person' || who.secondFactor;

/** Two of each who work with money, one who is everything at once, and those who may do little or nothing. */
export const cast = async ({ owner, staff }: World): Promise<readonly Actor[]> => {
  const enter = async (name: string, roles: readonly Role[]): Promise<Person> => {
    const personId = newId();
    await owner
      .insertInto('person')
      .values({ id: personId, email: `${name}@example.invalid`, name })
      .execute();
    return { kind: 'person', personId, roles, secondFactor: true };
  };
  return [
    staff.lin,
    staff.zhou,
    staff.he,
    staff.wen,
    staff.ming,
    await enter('mei', ['clerk']),
    await enter('sun', ['approver']),
    await enter('gao', ['clerk', 'approver', 'inspector']),
    { ...staff.lin, secondFactor: false },
    { kind: 'visitor' },
    { kind: 'donor', personId: (await enter('chan', [])).personId },
    { kind: 'system', name: 'stripe' },
    { kind: 'system', name: 'worker' },
    { kind: 'system', name: 'sequencer' },
  ];
};

/** Who it was, in few words. */
export const nameOf = (who: Actor): string =>
  who.kind === 'person'
    ? `${who.roles.join('+')}${who.secondFactor ? '' : ' without second factor'} ${who.personId.slice(-4)}`
    : who.kind === 'system'
      ? who.name
      : who.kind;
