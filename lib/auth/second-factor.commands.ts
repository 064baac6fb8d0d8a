import { defineCommand, type CommandContext } from '../context';
import type { AccountNotice } from '../mail/mail';
import { queueMail } from '../mail/outbox.store';
import { ok, refuse, type Result } from '../shared/result';
import { endPasskeys } from './passkey.store';
import { findPerson } from './person.store';
import { putRecoveryCodes } from './recovery.store';
import { beginForm, confirmForm, passForm, proveForm, resetForm } from './second-factor.form';
import {
  lockFactor,
  lockSession,
  noteFailure,
  noteStep,
  putInForce,
  putPendingFactor,
  raiseSession,
  removeFactor,
  type Factor,
  type SessionTries,
} from './second-factor.store';
import { SECOND_FACTOR_TRIES } from './session-limits.rules';
import { endAllSessions, endSessionRow } from './session.store';
import { isCodeOfStep, judgeTotp, stepAt } from './totp';
import type { Seen } from './totp.rules';

/** Starts setting up an authenticator app. Refused once one is in force: only an administrator resets it. */
export const beginSecondFactor = defineCommand({
  name: 'second_factor.begin',
  permission: 'sign-in:work',
  events: ['second_factor_begun'],
  input: beginForm,
  run: async (ctx, input) => {
    if (!(await putPendingFactor(ctx.trx, input.personId, input.secret)))
      return refuse('illegal_state_change');
    ctx.record({ event: 'second_factor_begun', subjectKind: 'person', subjectId: input.personId });
    return ok({ personId: input.personId });
  },
});

/** How long hashing the recovery codes of a new authenticator may take, in steps of thirty seconds. */
const PROVED_STEPS = 4;

/** `run_out`: the code of the step before or after, which is told its owner by name. */
export type FactorVerdict = 'passed' | 'run_out' | 'wrong' | 'session_ended';

/**
 * A wrong try is an outcome, not a refusal: it must be counted, and a refusal writes nothing. One that has run out counts
 * like any other: five codes of whatever kind are all that a session has, and its owner, late four times, still has one.
 */
export const countWrong = async (
  ctx: CommandContext,
  personId: string,
  sessionId: string,
  failures: number,
  { seen, verdict }: { readonly seen: Seen; readonly verdict: 'run_out' | 'wrong' } = WRONG,
): Promise<FactorVerdict> => {
  await noteFailure(ctx.trx, sessionId, seen);
  ctx.record({
    event: 'second_factor_failed',
    subjectKind: 'person',
    subjectId: personId,
    details: { session: sessionId, failures: failures + 1, verdict },
  });
  if (failures + 1 < SECOND_FACTOR_TRIES) return verdict;
  await endSessionRow(ctx.trx, personId, sessionId, 'second_factor_failed', ctx.now);
  return 'session_ended';
};

const WRONG = { seen: null, verdict: 'wrong' } as const;

/** Judges a typed code and notes what it says of the authenticator, or counts it. */
const weigh = async (
  ctx: CommandContext,
  { personId, sessionId, typed }: { personId: string; sessionId: string; typed: string },
  session: SessionTries,
  factor: Factor,
): Promise<{ readonly verdict: FactorVerdict; readonly step: number | null }> => {
  const judged = judgeTotp(factor, typed, ctx.now, session.seen);
  if (judged.verdict !== 'passed') {
    if (judged.verdict === 'run_out') await noteStep(ctx.trx, personId, { step: judged.seen.step });
    return {
      verdict: await countWrong(ctx, personId, sessionId, session.failures, judged),
      step: null,
    };
  }
  await noteStep(ctx.trx, personId, judged);
  if (judged.drift !== factor.drift)
    ctx.record({
      event: 'second_factor_clock_set',
      subjectKind: 'person',
      subjectId: personId,
      details: { session: sessionId, drift: judged.drift, was: factor.drift },
    });
  return { verdict: 'passed', step: judged.step };
};

/**
 * The first code of a new authenticator app is right. It is not in force yet: its recovery codes take seconds to hash,
 * which no transaction waits for, and without them it must not be.
 */
export const proveSecondFactor = defineCommand({
  name: 'second_factor.prove',
  permission: 'sign-in:work',
  events: ['second_factor_proved', 'second_factor_failed', 'second_factor_clock_set'],
  input: proveForm,
  run: async (ctx, input): Promise<Result<{ verdict: FactorVerdict; step: number | null }>> => {
    const session = await lockSession(ctx.trx, input.personId, input.sessionId);
    if (session === null) return refuse('not_signed_in');
    const factor = await lockFactor(ctx.trx, input.personId);
    if (factor === null || factor.confirmed) return refuse('illegal_state_change');
    const weighed = await weigh(ctx, input, session, factor);
    if (weighed.step === null) return ok(weighed);
    ctx.record({ event: 'second_factor_proved', subjectKind: 'person', subjectId: input.personId });
    return ok(weighed);
  },
});

/** A proved authenticator app is in force from here on, together with its recovery codes. */
export const confirmSecondFactor = defineCommand({
  name: 'second_factor.confirm',
  permission: 'sign-in:work',
  events: ['second_factor_set_up'],
  input: confirmForm,
  run: async (ctx, input) => {
    const session = await lockSession(ctx.trx, input.personId, input.sessionId);
    if (session === null) return refuse('not_signed_in');
    const factor = await lockFactor(ctx.trx, input.personId);
    if (factor === null || factor.confirmed || !wasProved(factor, input, ctx.now))
      return refuse('illegal_state_change');
    await putInForce(ctx.trx, input.personId, ctx.now);
    await putRecoveryCodes(ctx.trx, input.personId, input);
    await raiseSession(ctx.trx, input.sessionId, input.nextTokenHash, ctx.now);
    ctx.record({ event: 'second_factor_set_up', subjectKind: 'person', subjectId: input.personId });
    await tell(ctx, input.personId, 'second_factor_set_up');
    return ok({ personId: input.personId });
  },
});

/** By this very code, of this very secret (another window may have begun anew), a moment ago. */
const wasProved = (factor: Factor, proof: { step: number; typed: string }, now: Date): boolean =>
  factor.lastStep === proof.step &&
  isCodeOfStep(factor.secret, proof.typed, proof.step) &&
  stepAt(now) + factor.drift - proof.step <= PROVED_STEPS;

/** The second step of signing in, and again before weighty acts: a code of the app. */
export const passSecondFactor = defineCommand({
  name: 'second_factor.pass',
  permission: 'sign-in:work',
  events: ['second_factor_passed', 'second_factor_failed', 'second_factor_clock_set'],
  input: passForm,
  run: async (ctx, input): Promise<Result<{ verdict: FactorVerdict }>> => {
    const session = await lockSession(ctx.trx, input.personId, input.sessionId);
    if (session === null) return refuse('not_signed_in');
    const factor = await lockFactor(ctx.trx, input.personId);
    if (!factor?.confirmed) return refuse('second_factor_required');
    const { verdict } = await weigh(ctx, input, session, factor);
    if (verdict !== 'passed') return ok({ verdict });
    ctx.record({
      event: 'second_factor_passed',
      subjectKind: 'person',
      subjectId: input.personId,
      details: { session: input.sessionId },
    });
    await raiseSession(ctx.trx, input.sessionId, input.nextTokenHash, ctx.now);
    return ok({ verdict });
  },
});

/** An administrator removes a lost authenticator app with all passkeys; their owner is signed out and sets up a new one. */
export const resetSecondFactor = defineCommand({
  name: 'second_factor.reset',
  permission: 'person:manage',
  events: ['second_factor_reset'],
  input: resetForm,
  run: async (ctx, input) => {
    if (ctx.actor.kind === 'person' && ctx.actor.personId === input.personId) return refuse('own_account');
    if (!(await removeFactor(ctx.trx, input.personId))) return refuse('not_found');
    // Whoever lost the telephone may have lost the passkey with it.
    await endPasskeys(ctx.trx, input.personId, 'all', 'second_factor_reset', ctx.now);
    await endAllSessions(ctx.trx, input.personId, null, 'second_factor_reset', ctx.now);
    ctx.record({ event: 'second_factor_reset', subjectKind: 'person', subjectId: input.personId });
    await tell(ctx, input.personId, 'second_factor_reset');
    return ok({ personId: input.personId });
  },
});

/** Tells the person about a change to how they sign in, so that nobody else can make one unseen. */
export const tell = async (
  ctx: CommandContext,
  personId: string,
  what: AccountNotice,
  role?: string,
): Promise<void> => {
  const person = await findPerson(ctx.trx, personId);
  if (person === null) return;
  await queueMail(ctx, {
    to: { personId },
    lang: person.lang,
    template: 'account_notice',
    data: { what, at: ctx.now, ...(role !== undefined && { role }) },
  });
};
