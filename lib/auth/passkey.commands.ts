import { defineCommand } from '../context';
import { ok, refuse } from '../shared/result';
import { addPasskeyForm, challengeForm, removePasskeyForm, usePasskeyForm } from './passkey.form';
import {
  endPasskeys,
  insertPasskey,
  lockPasskey,
  noteUse,
  putChallenge,
  takeChallenge,
} from './passkey.store';
import { readNewCredential, readUse } from './passkeys';
import { countWrong, tell, type FactorVerdict } from './second-factor.commands';
import { lockFactor, lockSession, raiseSession } from './second-factor.store';

/** Keeps what the browser of this session is to sign, in place of what it was asked before. */
export const askPasskey = defineCommand({
  name: 'passkey.ask',
  permission: 'sign-in:work',
  events: ['passkey_asked'],
  input: challengeForm,
  run: async (ctx, input) => {
    if ((await lockSession(ctx.trx, input.personId, input.sessionId)) === null)
      return refuse('not_signed_in');
    await putChallenge(ctx.trx, input);
    ctx.record({
      event: 'passkey_asked',
      subjectKind: 'person',
      subjectId: input.personId,
      details: { session: input.sessionId, purpose: input.purpose },
    });
    return ok({ sessionId: input.sessionId });
  },
});

/**
 * A passkey beside the authenticator app, which must be in force: without script, or without the device, it is still
 * the way in. A wrong answer is an outcome, not a refusal, because its challenge must be gone. The page asks for a fresh
 * second factor first.
 */
export const addPasskey = defineCommand({
  name: 'passkey.add',
  permission: 'sign-in:work',
  events: ['passkey_added', 'passkey_failed'],
  input: addPasskeyForm,
  run: async (ctx, input) => {
    if ((await lockSession(ctx.trx, input.personId, input.sessionId)) === null)
      return refuse('not_signed_in');
    if (!(await lockFactor(ctx.trx, input.personId))?.confirmed) return refuse('second_factor_required');
    const challenge = await takeChallenge(ctx.trx, input.sessionId, 'add');
    const made = challenge === null ? null : await readNewCredential(input.answer, challenge);
    const id = ctx.newId();
    const row = { id, personId: input.personId, name: input.name, now: ctx.now };
    const added = made !== null && (await insertPasskey(ctx.trx, { ...made, ...row }));
    ctx.record({
      event: added ? 'passkey_added' : 'passkey_failed',
      subjectKind: 'person',
      subjectId: input.personId,
      details: added ? { passkey: id, name: input.name } : { session: input.sessionId },
    });
    if (added) await tell(ctx, input.personId, 'passkey_added');
    return ok({ added });
  },
});

/** A passkey in place of a number of the app, at signing in and again before weighty acts. */
export const passPasskey = defineCommand({
  name: 'passkey.pass',
  permission: 'sign-in:work',
  events: ['passkey_passed', 'second_factor_failed'],
  input: usePasskeyForm,
  run: async (ctx, input) => {
    const session = await lockSession(ctx.trx, input.personId, input.sessionId);
    if (session === null) return refuse('not_signed_in');
    const challenge = await takeChallenge(ctx.trx, input.sessionId, 'use');
    const passkey = await lockPasskey(ctx.trx, input.personId, Buffer.from(input.answer.id, 'base64url'));
    const counter =
      challenge === null || passkey === null ? null : await readUse(input.answer, challenge, passkey);
    if (passkey === null || counter === null)
      return ok({ verdict: await countWrong(ctx, input.personId, input.sessionId, session.failures) });
    await noteUse(ctx.trx, passkey.id, counter, ctx.now);
    await raiseSession(ctx.trx, input.sessionId, input.nextTokenHash, ctx.now);
    ctx.record({
      event: 'passkey_passed',
      subjectKind: 'person',
      subjectId: input.personId,
      details: { session: input.sessionId, passkey: passkey.id },
    });
    return ok({ verdict: 'passed' as FactorVerdict });
  },
});

/** A person removes a passkey of theirs, with the reason; the page asks for a fresh second factor first. */
export const removePasskey = defineCommand({
  name: 'passkey.remove',
  permission: 'sign-in:work',
  events: ['passkey_removed'],
  input: removePasskeyForm,
  run: async (ctx, input) => {
    if ((await lockSession(ctx.trx, input.personId, input.sessionId)) === null)
      return refuse('not_signed_in');
    const { personId, passkeyId, reason } = input;
    if ((await endPasskeys(ctx.trx, personId, passkeyId, reason, ctx.now)) === 0)
      return refuse('not_found', {}, 'passkeyId');
    ctx.record({
      event: 'passkey_removed',
      subjectKind: 'person',
      subjectId: personId,
      details: { passkey: passkeyId, reason },
    });
    await tell(ctx, personId, 'passkey_removed');
    return ok({ passkeyId });
  },
});
