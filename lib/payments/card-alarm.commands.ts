import { z } from 'zod';
import { defineCommand } from '../context';
import type { Lang } from '../i18n/languages';
import { queueMail } from '../mail/outbox.store';
import { ok } from '../shared/result';

/**
 * Tells staff that cards are being tried out: one row that also keeps the breaker open for ten minutes, and a mail to
 * every clerk and administrator through the outbox.
 */
export const raiseCardAlarm = defineCommand({
  name: 'card_alarm.raise',
  permission: 'stripe:work',
  events: ['card_alarm_raised'],
  input: z.object({ declined: z.number().int().nonnegative(), paid: z.number().int().nonnegative() }),
  run: async (ctx, input) => {
    const id = ctx.newId();
    await ctx.trx
      .insertInto('card_alarm')
      .values({ id, ...input })
      .execute();
    const people = await ctx.trx
      .selectFrom('person as p')
      .innerJoin('person_role as r', 'r.person_id', 'p.id')
      .select(['p.id', 'p.lang'])
      .distinct()
      .where('r.role', 'in', ['clerk', 'administrator'])
      .where('r.revoked_at', 'is', null)
      .where('p.disabled_at', 'is', null)
      .execute();
    for (const { id: personId, lang } of people)
      await queueMail(ctx, { template: 'card_alarm', data: input, to: { personId }, lang: lang as Lang });
    ctx.record({ event: 'card_alarm_raised', subjectKind: 'card_alarm', subjectId: id, details: input });
    return ok({ told: people.length });
  },
});
