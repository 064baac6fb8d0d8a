import { enrolPerson } from '@/lib/auth/person.commands';
import type { Actor, Role } from '@/lib/auth/roles.rules';
import type { Cast } from './cast';
import type { Player } from './player';

/** Who can sign in to the demonstration. The authenticator secrets are printed, so they protect nothing there. */
const PEOPLE = {
  lin: { name: '林', email: 'clerk@demo.invalid', role: 'clerk', secret: 'DEMOCLERKAAAAAAAAAAAAAAAAAAAAAAA' },
  zhou: {
    name: '周',
    email: 'approver@demo.invalid',
    role: 'approver',
    secret: 'DEMOAPPROVERAAAAAAAAAAAAAAAAAAAA',
  },
  he: {
    name: '何',
    email: 'inspector@demo.invalid',
    role: 'inspector',
    secret: 'DEMOINSPECTORAAAAAAAAAAAAAAAAAAA',
  },
  ming: {
    name: '明',
    email: 'admin@demo.invalid',
    role: 'administrator',
    secret: 'DEMOADMINAAAAAAAAAAAAAAAAAAAAAAA',
  },
  wen: {
    name: '文',
    email: 'auditor@demo.invalid',
    role: 'auditor',
    secret: 'DEMOAUDITORAAAAAAAAAAAAAAAAAAAAA',
  },
} as const satisfies Record<string, { name: string; email: string; role: Role; secret: string }>;

/** Enrols the people of the story through the real command and answers them as actors. */
export const enrolCast = async (player: Player): Promise<Cast> => {
  const enrolled: Record<string, Extract<Actor, { kind: 'person' }>> = {};
  for (const [key, person] of Object.entries(PEOPLE)) {
    const { personId } = await player.act(
      `person-${key}`,
      enrolPerson,
      {
        email: person.email,
        name: person.name,
        lang: 'zh-Hans',
        roles: [person.role],
        totpSecret: person.secret,
      },
      { kind: 'system', name: 'setup' },
    );
    enrolled[key] = { kind: 'person', personId, roles: [person.role], secondFactor: true };
  }
  return enrolled as Cast;
};

/** The sign-in table: role, address, authenticator secret. */
export const peopleOf = (): { role: string; email: string; secondFactor: string }[] =>
  Object.values(PEOPLE).map((person) => ({
    role: person.role,
    email: person.email,
    secondFactor: person.secret,
  }));
