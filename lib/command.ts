import 'server-only';
import { sql, type Kysely, type Transaction } from 'kysely';
import { later } from '@/db/dialect';
import { isRetryable, isUnavailable, refusalOfConstraint } from '@/db/refusals';
import type { Database } from '@/db/tables';
import { writer } from '@/db/writer';
import { noteRefusedRight } from './auth/refused-rights';
import { staffIdOf, mayDo, type Actor } from './auth/roles.rules';
import type { AnyCommand, AuditRecord, CommandContext, JobRequest } from './context';
import { env } from './env';
import type { LeafBytes } from './proof/leaf';
import { canonicalText, fromStoredJson, toStoredJson } from './shared/canonical';
import { newId } from './shared/id';
import { ok, refuse, type Result } from './shared/result';
import { roleOf } from './server/asked';
import { noteAs, noteRefused } from './server/refusal-log';
import { codeOfIssue, fieldOfSchema, type InputIssue } from './server/refused-input.rules';
import { keyedHash } from './shared/seal';
import { unstorableAt } from './shared/storable';

const ATTEMPTS = 4;

/** Carries a refusal out of the transaction so that everything written so far is rolled back. */
class Refused extends Error {
  constructor(readonly refusal: Result<never>) {
    super('refused');
  }
}

export type RunOptions = {
  /** The caller's own key (8–200 characters): the same key with the same input is answered again, never done twice. */
  readonly key: string;
  /** Tests and the story pass their own database. */
  readonly db?: Kysely<Database> | undefined;
};

/**
 * The one write path: parse → permission → begin → idempotency → act → audit → commit.
 *
 * Answers a value or a named refusal; throws only for bugs. A refusal leaves no row. A deadlock is retried a few
 * times; a database that is away becomes `busy_try_again`.
 */
export const runCommand = async <Output>(
  command: AnyCommand<Output>,
  rawInput: unknown,
  actor: Actor,
  options: RunOptions,
): Promise<Result<Output>> => {
  const about = { door: command.name, actor };
  const parsed = command.input.safeParse(rawInput);
  if (!parsed.success) return invalidInput(command, parsed.error.issues, rawInput, actor);
  const unstorable = unstorableAt(parsed.data);
  if (unstorable !== null)
    return noteAs(
      'text_unstorable',
      refuse('invalid_input', { reason: 'text_broken_characters' }, unstorable || undefined),
      { ...about, field: fieldOfSchema(command.input, unstorable.split('.')) },
    );
  const answer = mayDo(actor, command.permission);
  if (answer !== 'allowed') {
    noteRefusedRight(actor, command.permission, command.name, answer);
    return refuse(answer);
  }
  if (options.key.length < 8 || options.key.length > 200)
    return noteAs('key_wrong', refuse('invalid_input', { reason: 'key' }, 'key'), { ...about, field: 'key' });
  const done = await runAgain(command, parsed.data, actor, options);
  // A part of Shanlu itself is told no every day, by books that are ahead of it, and its jobs say so.
  if (!done.ok && (actor.kind !== 'system' || actor.name === 'sign-in')) noteRefused(done.refusal, about);
  return done;
};

const runAgain = async <Output>(
  command: AnyCommand<Output>,
  input: unknown,
  actor: Actor,
  options: RunOptions,
): Promise<Result<Output>> => {
  const db = options.db ?? writer(env.appDatabaseUrl, env.DATABASE_POOL_MAX);
  // Keyed: an input may hold a name, and a plain hash of one can be guessed long after its giver was forgotten.
  const said = canonicalText({ command: command.name, actor: identity(actor), input });
  const inputHash = keyedHash(env.AUTH_SECRET, 'command-input', said);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db
        .transaction()
        .setIsolationLevel('read committed')
        .execute((trx) => once(trx, command, input, actor, options.key, inputHash));
    } catch (error) {
      if (error instanceof Refused) return error.refusal;
      if (isRetryable(error) && attempt < ATTEMPTS) {
        await new Promise((resolve) => setTimeout(resolve, 10 * 2 ** attempt * (0.5 + Math.random())));
        continue;
      }
      const named = refusalOfConstraint(error);
      if (named !== null) return refuse(named);
      if (isRetryable(error) || isUnavailable(error)) return refuse('busy_try_again');
      throw error;
    }
  }
};

const invalidInput = (
  { name, input: schema }: AnyCommand<unknown>,
  issues: readonly (InputIssue & { message: string })[],
  input: unknown,
  actor: Actor,
): Result<never> => {
  const first = issues[0];
  const field = first?.path.map(String).join('.');
  return noteAs(
    first ? codeOfIssue(first, input) : 'invalid_input',
    refuse('invalid_input', { reason: first?.message ?? '' }, field),
    { door: name, actor, field: first ? fieldOfSchema(schema, first.path) : null },
  );
};

const identity = (actor: Actor): string =>
  actor.kind === 'person' || actor.kind === 'donor' ? `${actor.kind}:${actor.personId}` : actor.kind;

/** Whoever decides on what another made names it by its hash; the audit event then says what exactly was approved. */
const withApproved = (event: AuditRecord, input: unknown): AuditRecord => {
  const { seenHash } = input as { readonly seenHash?: unknown };
  return typeof seenHash === 'string'
    ? { ...event, details: { ...event.details, approvedHash: seenHash } }
    : event;
};

const once = async <Output>(
  trx: Transaction<Database>,
  command: AnyCommand<Output>,
  input: unknown,
  actor: Actor,
  key: string,
  hash: Buffer,
): Promise<Result<Output>> => {
  // Inserting first makes a simultaneous twin wait here until we commit, and then read our answer.
  const fresh = await trx
    .insertInto('command_key')
    .values({ command: command.name, key, input_hash: hash })
    .onConflict((conflict) => conflict.columns(['command', 'key']).doNothing())
    .returning('recorded_at')
    .executeTakeFirst();
  if (!fresh) return repeatedAnswer<Output>(trx, command.name, key, hash);

  const events: AuditRecord[] = [];
  const leaves: LeafBytes[] = [];
  const jobs: JobRequest[] = [];
  const ctx: CommandContext = {
    trx,
    actor,
    now: fresh.recorded_at,
    newId,
    record: (event) => void events.push(withApproved(event, input)),
    publish: (leaf) => void leaves.push(leaf),
    enqueue: (job) => void jobs.push(job),
  };
  const outcome = await command.run(ctx, input as never);
  if (!outcome.ok) throw new Refused(outcome);
  if (events.length === 0) throw new Error(`${command.name} left no audit event: no audit row, no act`);
  await leaveTrail(ctx, command.name, hash, key, outcome.value, { events, leaves, jobs });
  return outcome;
};

const repeatedAnswer = async <Output>(
  trx: Transaction<Database>,
  command: string,
  key: string,
  hash: Buffer,
): Promise<Result<Output>> => {
  const earlier = await trx
    .selectFrom('command_key')
    .select(['input_hash', 'answer'])
    .where('command', '=', command)
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  if (!earlier.input_hash.equals(hash)) return refuse('idempotency_key_reused');
  return ok(fromStoredJson(earlier.answer) as Output);
};

type Trail = { events: readonly AuditRecord[]; leaves: readonly LeafBytes[]; jobs: readonly JobRequest[] };

/** Audit events, public leaves, jobs and the answer in one statement that travels with the commit: one fate. */
const leaveTrail = async (
  ctx: CommandContext,
  command: string,
  inputHash: Buffer,
  key: string,
  answer: unknown,
  { events, leaves, jobs }: Trail,
): Promise<void> => {
  const { actor } = ctx;
  const actorId = staffIdOf(actor);
  const trail = sql`
    with event as (
      insert into audit_event (command, event, subject_kind, subject_id, actor_kind, actor_id, actor_name, input_hash, details)
      select ${command}, e->>'event', e->>'subjectKind', e->>'subjectId', ${actor.kind}, ${actorId}::uuid, ${roleOf(actor)},
        ${inputHash}::bytea, e->'details'
      from jsonb_array_elements(${auditJson(events)}::jsonb) with ordinality as t(e, n) order by n
    ), leaf as (
      insert into log_draft (body)
      select body from unnest(${leaves.map((leaf) => Buffer.from(leaf))}::bytea[]) with ordinality as t(body, n) order by n
    ), job as (
      select graphile_worker.add_job(j->>'task', (j->'payload')::json, run_at => (j->>'runAt')::timestamptz, job_key => j->>'key')
      from jsonb_array_elements(${JSON.stringify(jobs)}::jsonb) as t(j)
    )
    update command_key set answer = ${toStoredJson(answer)}::jsonb
    where command = ${command} and key = ${key} and (select count(*) from job) >= 0`;
  await later(ctx.trx, trail);
};

const auditJson = (events: readonly AuditRecord[]): string =>
  JSON.stringify(
    events.map((event) => ({ ...event, details: event.details ?? {} })),
    (_key, part: unknown) => (typeof part === 'bigint' ? part.toString() : part),
  );
