import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { connect } from '@/db/connect';
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
  const db = connect(database.appUrl, { max: 20, statementTimeoutMs: 30_000 });
  const reader = connect(database.readerUrl, { max: 4, statementTimeoutMs: 60_000 });
  const owner = new Kysely<Database>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: database.url, max: 2 }) }),
  });
  const staff = Object.fromEntries(
    await Promise.all(
      (Object.entries(ROLES) as [keyof Staff, Role][]).map(async ([name, role]) => {
        const id = newId();
        await owner
          .insertInto('person')
          .values({ id, email: `${name}@example.invalid`, name })
          .execute();
        await owner.insertInto('person_role').values({ person_id: id, role }).execute();
        return [
          name,
          { kind: 'person', personId: id, roles: [role], secondFactor: true } satisfies Person,
        ] as const;
      }),
    ),
  ) as unknown as Staff;
  return {
    database,
    db,
    reader,
    owner,
    staff,
    close: async () => {
      await Promise.all([db.destroy(), reader.destroy(), owner.destroy()]);
      await database.drop();
    },
  };
};
