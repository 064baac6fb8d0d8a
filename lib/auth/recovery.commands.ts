import { defineCommand } from '../context';
import { ok, refuse } from '../shared/result';
import { renewCodesForm, tryCodeForm, useCodeForm } from './recovery.form';
import { putRecoveryCodes, saltsOf, useRecoveryCode } from './recovery.store';
import { tell, type FactorVerdict } from './second-factor.commands';
import { lockFactor, lockSession, noteFailure, raiseSession } from './second-factor.store';
import { SECOND_FACTOR_TRIES } from './session-limits.rules';
import { endSessionRow } from './session.store';

/**
 * Somebody types a recovery code. The try is spent here, before the code is hashed: hashing is dear, and whoever has no
 * try left causes none. A right code gives the tries back.
 */
export const tryRecoveryCode = defineCommand({
  name: 'second_factor.try_code',
  permission: 'sign-in:work',
  events: ['recovery_code_tried', 'second_factor_failed'],
  input: tryCodeForm,
  run: async (ctx, { personId, sessionId }) => {
    const session = await lockSession(ctx.trx, personId, sessionId);
    if (session === null) return refuse('not_signed_in');
    if (!(await lockFactor(ctx.trx, personId))?.confirmed) return refuse('second_factor_required');
    const spent = session.failures >= SECOND_FACTOR_TRIES;
    ctx.record({
      event: spent ? 'second_factor_failed' : 'recovery_code_tried',
      subjectKind: 'person',
      subjectId: personId,
      details: { session: sessionId, failures: session.failures },
    });
    if (spent) {
      await endSessionRow(ctx.trx, personId, sessionId, 'second_factor_failed', ctx.now);
      return ok({ ended: true, salts: [] });
    }
    await noteFailure(ctx.trx, sessionId, null);
    return ok({ ended: false, salts: await saltsOf(ctx.trx, personId) });
  },
});

/** A recovery code in place of a number of the app; its try has been spent. */
export const passRecoveryCode = defineCommand({
  name: 'second_factor.use_code',
  permission: 'sign-in:work',
  events: ['recovery_code_used', 'second_factor_failed'],
  input: useCodeForm,
  run: async (ctx, input) => {
    const session = await lockSession(ctx.trx, input.personId, input.sessionId);
    if (session === null) return refuse('not_signed_in');
    if (!(await lockFactor(ctx.trx, input.personId))?.confirmed) return refuse('second_factor_required');
    if (await useRecoveryCode(ctx.trx, input.personId, input.candidates, ctx.now)) {
      ctx.record({
        event: 'recovery_code_used',
        subjectKind: 'person',
        subjectId: input.personId,
        details: { session: input.sessionId },
      });
      await tell(ctx, input.personId, 'recovery_code_used');
      await raiseSession(ctx.trx, input.sessionId, input.nextTokenHash, ctx.now);
      return ok({ verdict: 'passed' as FactorVerdict });
    }
    ctx.record({
      event: 'second_factor_failed',
      subjectKind: 'person',
      subjectId: input.personId,
      details: { session: input.sessionId, failures: session.failures },
    });
    if (session.failures < SECOND_FACTOR_TRIES) return ok({ verdict: 'wrong' as FactorVerdict });
    await endSessionRow(ctx.trx, input.personId, input.sessionId, 'second_factor_failed', ctx.now);
    return ok({ verdict: 'session_ended' as FactorVerdict });
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
    if (!(await lockFactor(ctx.trx, input.personId))?.confirmed) return refuse('second_factor_required');
    await putRecoveryCodes(ctx.trx, input.personId, input);
    ctx.record({ event: 'recovery_codes_renewed', subjectKind: 'person', subjectId: input.personId });
    await tell(ctx, input.personId, 'recovery_codes_renewed');
    return ok({ count: input.recoveryHashes.length });
  },
});
