import type { Actor } from '@/lib/auth/roles.rules';

type Person = Extract<Actor, { kind: 'person' }>;

/** Lin makes, Zhou checks, He inspects, Ming administers. */
export type Cast = {
  readonly lin: Person;
  readonly zhou: Person;
  readonly he: Person;
  readonly ming: Person;
};
