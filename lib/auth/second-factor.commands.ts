import { defineCommand, type CommandContext } from '../context';
import type { AccountNotice } from '../mail/mail';
import { queueMail } from '../mail/outbox.store';
import { ok, refuse } from '../shared/result';
import { readCode, RECOVERY_CODE_LENGTH } from './code.rules';
import { endPasskeys } from './passkey.store';
import { findPerson } from './person.store';
import { beginForm, confirmForm, passForm, renewCodesForm, resetForm } from './second-factor.form';
import {
  lockFactor,
  lockSession,
  noteFailure,
  noteStep,
  putPendingFactor,
  putRecoveryCodes,
  raiseSession,
  removeFactor,
  useRecoveryCode,
} from './second-factor.store';
import { recoveryCodeHash } from './secrets';
import { SECOND_FACTOR_TRIES } from './session-limits.rules';
import { endAllSessions, endSessionRow } from './session.store';
import { totpStep } from './totp';

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

export type FactorVerdict = 'passed' | 'wrong' | 'session_ended';

/** A wrong try is an outcome, not a refusal: it must be counted, and a refusal writes nothing. */
export const countWrong = async (
  ctx: CommandContext,
  personId: string,
  sessionId: string,
  failures: number,
): Promise<FactorVerdict> => {
  await noteFailure(ctx.trx, sessionId);
  ctx.record({
    event: 'second_factor_failed',
    subjectKind: 'person',
    subjectId: personId,
    details: { session: sessionId, failures: failures + 1 },
  });
  if (failures + 1 < SECOND_FACTOR_TRIES) return 'wrong';
  await endSessionRow(ctx.trx, personId, sessionId, 'second_factor_failed', ctx.now);
  return 'session_ended';
};

/** The first code of a new authenticator app: it is in force from here on, together with its recovery codes. */
export const confirmSecondFactor = defineCommand({
  name: 'second_factor.confirm',
  permission: 'sign-in:work',
  events: ['second_factor_set_up', 'second_factor_failed'],
  input: confirmForm,
  run: async (ctx, input) => {
    const session = await lockSession(ctx.trx, input.personId, input.sessionId);
    if (session === null) return refuse('not_signed_in');
    const factor = await lockFactor(ctx.trx, input.personId);
    if (factor === null || factor.confirmed) return refuse('illegal_state_change');
    const step = totpStep(factor.secret, input.typed, ctx.now, factor.lastStep);
    if (step === null)
      return ok({
        verdict: await countWrong(ctx, input.personId, input.sessionId, session.failures),
      });
    await noteStep(ctx.trx, input.personId, step, ctx.now);
    await putRecoveryCodes(ctx.trx, input.personId, input.recoveryHashes);
    await raiseSession(ctx.trx, input.sessionId, input.nextTokenHash, ctx.now);
    ctx.record({ event: 'second_factor_set_up', subjectKind: 'person', subjectId: input.personId });
    await tell(ctx, input.personId, 'second_factor_set_up');
    return ok({ verdict: 'passed' as FactorVerdict });
  },
});

/** The second step of signing in, and again before weighty acts: a code of the app, or a recovery code. */
export const passSecondFactor = defineCommand({
  name: 'second_factor.pass',
  permission: 'sign-in:work',
  events: ['second_factor_passed', 'recovery_code_used', 'second_factor_failed'],
  input: passForm,
  run: async (ctx, input) => {
    const session = await lockSession(ctx.trx, input.personId, input.sessionId);
    if (session === null) return refuse('not_signed_in');
    const factor = await lockFactor(ctx.trx, input.personId);
    if (!factor?.confirmed) return refuse('second_factor_required');

    const step = totpStep(factor.secret, input.typed, ctx.now, factor.lastStep);
    if (step !== null) {
      await noteStep(ctx.trx, input.personId, step, null);
      ctx.record({
        event: 'second_factor_passed',
        subjectKind: 'person',
        subjectId: input.personId,
        details: { session: input.sessionId },
      });
    } else {
      const code = readCode(input.typed, RECOVERY_CODE_LENGTH);
      const used =
        code !== null &&
        (await useRecoveryCode(ctx.trx, input.personId, recoveryCodeHash(input.personId, code), ctx.now));
      if (!used)
        return ok({ verdict: await countWrong(ctx, input.personId, input.sessionId, session.failures) });
      ctx.record({
        event: 'recovery_code_used',
        subjectKind: 'person',
        subjectId: input.personId,
        details: { session: input.sessionId },
      });
      await tell(ctx, input.personId, 'recovery_code_used');
    }
    await raiseSession(ctx.trx, input.sessionId, input.nextTokenHash, ctx.now);
    return ok({ verdict: 'passed' as FactorVerdict });
  },
});

/** A new set of recovery codes; the page asks for a fresh second factor first. */
export const renewRecoveryCodes = defineCommand({
  name: 'second_factor.renew_codes',
  permission: 'sign-in:work',
  events: ['recovery_codes_renewed'],
  input: renewCodesForm,
  run: async (ctx, input) => {
    if ((await lockSession(ctx.trx, input.personId, input.sessionId)) === null)
      return refuse('not_signed_in');
    const factor = await lockFactor(ctx.trx, input.personId);
    if (!factor?.confirmed) return refuse('second_factor_required');
    await putRecoveryCodes(ctx.trx, input.personId, input.recoveryHashes);
    ctx.record({ event: 'recovery_codes_renewed', subjectKind: 'person', subjectId: input.personId });
    await tell(ctx, input.personId, 'recovery_codes_renewed');
    return ok({ count: input.recoveryHashes.length });
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
