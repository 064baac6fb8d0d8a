import { defineCommand } from '../context';
import { ok, refuse } from '../shared/result';
import { SESSION_SECONDS } from './session-limits.rules';
import { endAllSessions, endSessionRow, insertSession } from './session.store';
import { endOthersForm, endSessionForm, openSessionForm } from './sign-in.form';

/** Signs a browser in, after the mailbox has been shown to be theirs. */
export const openSession = defineCommand({
  name: 'session.open',
  permission: 'sign-in:work',
  events: ['session_opened'],
  input: openSessionForm,
  run: async (ctx, input) => {
    const id = ctx.newId();
    const { staff } = await insertSession(ctx.trx, {
      id,
      tokenHash: Buffer.from(input.tokenHash, 'hex'),
      personId: input.personId,
      device: input.device,
      now: ctx.now,
    });
    ctx.record({
      event: 'session_opened',
      subjectKind: 'person',
      subjectId: input.personId,
      details: { session: id },
    });
    return ok({ sessionId: id, seconds: staff ? SESSION_SECONDS.staff : SESSION_SECONDS.donor });
  },
});

/** Ends one session at once: signing out here, or a lost phone from somewhere else. */
export const endSession = defineCommand({
  name: 'session.end',
  permission: 'sign-in:work',
  events: ['session_ended'],
  input: endSessionForm,
  run: async (ctx, input) => {
    if (!(await endSessionRow(ctx.trx, input.personId, input.sessionId, input.because, ctx.now)))
      return refuse('not_found');
    ctx.record({
      event: 'session_ended',
      subjectKind: 'person',
      subjectId: input.personId,
      details: { session: input.sessionId, because: input.because },
    });
    return ok({ sessionId: input.sessionId });
  },
});

/** Ends all other sessions of a person. */
export const endOtherSessions = defineCommand({
  name: 'session.end_others',
  permission: 'sign-in:work',
  events: ['sessions_ended'],
  input: endOthersForm,
  run: async (ctx, input) => {
    const count = await endAllSessions(
      ctx.trx,
      input.personId,
      input.keepSessionId,
      'ended_elsewhere',
      ctx.now,
    );
    ctx.record({
      event: 'sessions_ended',
      subjectKind: 'person',
      subjectId: input.personId,
      details: { count, because: 'ended_elsewhere' },
    });
    return ok({ count });
  },
});
