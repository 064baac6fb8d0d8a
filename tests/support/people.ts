import { Kysely, PostgresDialect } from 'kysely';
import { connect } from '@/db/connect';
import { lastingPool } from '@/db/pool';
import type { Database } from '@/db/tables';
import type { Actor, Role } from '@/lib/auth/roles.rules';
import { newId } from '@/lib/shared/id';
import { cloneDatabase, type TestDatabase } from './database';

export type Person = Extract<Actor, { kind: 'person' }>;

/** Lin asks, Zhou approves, He inspects, Wen reads, Ming administers. */
export type Staff = {
  readonly lin: Person;
  readonly zhou: Person;
  readonly he: Person;
  readonly wen: Person;
  readonly ming: Person;
};

const ROLES = {
  lin: 'clerk',
  zhou: 'approver',
  he: 'inspector',
  wen: 'auditor',
  ming: 'administrator',
} as const satisfies Record<keyof Staff, Role>;

export type World = {
  readonly database: TestDatabase;
  /** Pool of the application role: what runCommand is given. */
  readonly db: Kysely<Database>;
  readonly reader: Kysely<Database>;
  readonly owner: Kysely<Database>;
  readonly staff: Staff;
  readonly close: () => Promise<void>;
};

/** A database of its own with five people in it. */
export const newWorld = async (): Promise<World> => {
  const database = await cloneDatabase();
  const owner = ownerOf(database);
  for (const [name, role] of Object.entries(ROLES)) {
    const id = newId();
    await owner
      .insertInto('person')
      .values({ id, email: `${name}@example.invalid`, name })
      .execute();
    await owner.insertInto('person_role').values({ person_id: id, role }).execute();
  }
  return worldOn(database, owner);
};

/** A copy of a world that nobody is connected to, with the same people. */
export const copiedWorld = async (name: string): Promise<World> => {
  const database = await cloneDatabase(name);
  return worldOn(database, ownerOf(database));
};

const ownerOf = (database: TestDatabase): Kysely<Database> =>
  new Kysely<Database>({
    dialect: new PostgresDialect({ pool: lastingPool({ connectionString: database.url, max: 2 }) }),
  });

const worldOn = async (database: TestDatabase, owner: Kysely<Database>): Promise<World> => {
  const db = connect(database.appUrl, { max: 20, statementTimeoutMs: 30_000, prepare: true });
  const reader = connect(database.readerUrl, { max: 4, statementTimeoutMs: 60_000 });
  const people = await owner.selectFrom('person').select(['id', 'email']).execute();
  const person = (name: keyof Staff): Person => {
    const personId = people.find(({ email }) => email === `${name}@example.invalid`)?.id;
    if (personId === undefined) throw new Error(`${name} is not here`);
    return { kind: 'person', personId, roles: [ROLES[name]], secondFactor: true };
  };
  return {
    database,
    db,
    reader,
    owner,
    staff: {
      lin: person('lin'),
      zhou: person('zhou'),
      he: person('he'),
      wen: person('wen'),
      ming: person('ming'),
    },
    close: async () => {
      await Promise.all([db.destroy(), reader.destroy(), owner.destroy()]);
      await database.drop();
    },
  };
};
