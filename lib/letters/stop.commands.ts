import { z } from 'zod';
import { defineCommand } from '../context';
import { ok, refuse } from '../shared/result';
import { stopLettersOf } from './letters.store';
import { readStopToken } from './stop-token';

/**
 * Ends reminders or news for whoever holds the link of a letter. Asked again it answers the same: a mail program may
 * ask twice, and a person may too.
 */
export const stopLetters = defineCommand({
  name: 'letters.stop',
  permission: 'letters:stop',
  events: ['letters_stopped'],
  input: z.object({ token: z.string().max(100) }),
  run: async (ctx, { token }) => {
    const about = readStopToken(token);
    if (about === null) return refuse('not_found', {}, 'token');
    const records = await stopLettersOf(ctx.trx, about.donorId, about.kind, ctx.now);
    ctx.record({
      event: 'letters_stopped',
      subjectKind: 'donor',
      subjectId: about.donorId,
      details: { kind: about.kind, records },
    });
    return ok({ kind: about.kind });
  },
});
