import { expect } from 'vitest';
import type { Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import type { Actor } from '@/lib/auth/roles.rules';
import { runCommand } from '@/lib/command';
import type { AnyCommand } from '@/lib/context';
import { prove } from '@/lib/proofs/proofs.queries';
import type { RefusalName } from '@/lib/shared/refusal';
import { newId } from '@/lib/shared/id';

/** Runs an act that must succeed and answers its value. */
export const done = async <Output>(
  db: Kysely<Database>,
  command: AnyCommand<Output>,
  input: unknown,
  actor: Actor,
  key = newId(),
): Promise<Output> => {
  const result = await runCommand(command, input, actor, { key, db });
  if (!result.ok)
    throw new Error(
      `${command.name} was refused: ${result.refusal.name} ${result.refusal.field ?? ''} ${JSON.stringify(
        result.refusal.details,
        (_k, v: unknown) => (typeof v === 'bigint' ? v.toString() : v),
      )}`,
    );
  return result.value;
};

const WATCHED = [
  'entry',
  'posting',
  'posting_lot',
  'audit_event',
  'command_key',
  'log_draft',
  'lot',
] as const;

const rowCounts = async (db: Kysely<Database>): Promise<Record<string, bigint>> =>
  Object.fromEntries(
    await Promise.all(
      WATCHED.map(async (table) => {
        const { n } = await db
          .selectFrom(table)
          .select((eb) => eb.fn.countAll<bigint>().as('n'))
          .executeTakeFirstOrThrow();
        return [table, n] as const;
      }),
    ),
  );

/** Runs an act that must be refused by this name, and proves that it wrote nothing. */
export const refused = async (
  db: Kysely<Database>,
  command: AnyCommand<unknown>,
  input: unknown,
  actor: Actor,
  name: RefusalName,
): Promise<void> => {
  const before = await rowCounts(db);
  const result = await runCommand(command, input, actor, { key: newId(), db });
  expect(result.ok ? 'done' : result.refusal.name).toBe(name);
  expect(await rowCounts(db)).toEqual(before);
};

/** Every invariant holds on the data as it is now. */
export const allProofsHold = async (db: Kysely<Database>): Promise<void> => {
  const offenders = (await prove(db)).filter((outcome) => outcome.offenders !== 0n);
  expect(offenders.map(({ name, offenders: count }) => `${name}: ${count}`)).toEqual([]);
};
