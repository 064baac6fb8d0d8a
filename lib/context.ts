import type { Transaction } from 'kysely';
import type { z } from 'zod';
import type { Database } from '@/db/tables';
import type { Actor, Permission } from './auth/roles.rules';
import type { LeafBytes } from './proof/leaf';
import type { Result } from './shared/result';

/** One line of the audit trail. `details` hold figures and codes, never a donor's personal values. */
export type AuditRecord = {
  readonly event: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly details?: Readonly<Record<string, string | number | bigint | boolean | null>> | undefined;
};

/** A job to be done after the commit, put into the queue within the transaction (outbox). */
export type JobRequest = {
  readonly task: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Jobs with the same key replace each other while waiting. */
  readonly key?: string | undefined;
  readonly runAt?: Date | undefined;
};

/** What an act may use: the open transaction, who acts, the transaction's own clock, and the three outlets. */
export type CommandContext = {
  readonly trx: Transaction<Database>;
  readonly actor: Actor;
  /** The database's time at the start of the transaction. */
  readonly now: Date;
  readonly newId: () => string;
  /** Writes a line of the audit trail at commit. At least one per act, else the act is refused as a bug. */
  readonly record: (event: AuditRecord) => void;
  /** Drafts a leaf of the public log, appended by the sequencer after commit. */
  readonly publish: (leaf: LeafBytes) => void;
  /** Puts a job into the queue at commit. */
  readonly enqueue: (job: JobRequest) => void;
};

export type Command<Name extends string, Input, Output> = {
  readonly name: Name;
  readonly permission: Permission;
  /** The audit events this act can leave; the first is the usual one. A test holds the code to this list. */
  readonly events: readonly [string, ...string[]];
  readonly input: z.ZodType<Input>;
  readonly run: (ctx: CommandContext, input: Input) => Promise<Result<Output>>;
};

/** Declares an act. The one way to run it is `runCommand` in lib/command.ts. */
export const defineCommand = <const Name extends string, Input, Output>(
  command: Command<Name, Input, Output>,
): Command<Name, Input, Output> => command;

/** Any act, for what treats all of them alike: `runCommand` takes unknown input and parses it itself. */
export type AnyCommand<Output> = Omit<Command<string, never, Output>, 'input'> & {
  readonly input: z.ZodType;
};
