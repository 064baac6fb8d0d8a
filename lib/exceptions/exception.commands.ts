import { z } from 'zod';
import { defineCommand } from '../context';
import { ok, refuse } from '../shared/result';

const takeExceptionForm = z.object({
  kind: z.string().regex(/^[a-z_]{1,60}$/),
  subject: z.string().min(1).max(200),
  note: z.string().trim().max(2000).nullable(),
});

/** Takes charge of an item of the exceptions queue, with a note for the others. The item itself stays until put right. */
export const takeException = defineCommand({
  name: 'exception.take',
  permission: 'exception:take',
  events: ['exception_taken', 'shortfall_assigned'],
  input: takeExceptionForm,
  run: async (ctx, input) => {
    if (ctx.actor.kind !== 'person') return refuse('not_permitted');
    await ctx.trx
      .insertInto('exception_owner')
      .values({
        kind: input.kind,
        subject: input.subject,
        owner_id: ctx.actor.personId,
        note: input.note,
        given_by: ctx.actor.personId,
      })
      .execute();
    ctx.record({ event: 'exception_taken', subjectKind: input.kind, subjectId: input.subject });
    // A hole in a road has an owner of its own, whom its record names for good.
    if (input.kind === 'shortfall') {
      const owned = await ctx.trx
        .updateTable('shortfall')
        .set({ owner_id: ctx.actor.personId })
        .where('code', '=', input.subject)
        .where('resolved_on', 'is', null)
        .executeTakeFirst();
      if (owned.numUpdatedRows !== 1n) return refuse('not_found', {}, 'subject');
      ctx.record({ event: 'shortfall_assigned', subjectKind: 'shortfall', subjectId: input.subject });
    }
    return ok({ subject: input.subject });
  },
});

const tellForm = z.object({ mail: z.uuid(), note: z.string().trim().min(1).max(2000) });

/** A mail that was given up: its recipient has been told in another way, which puts the matter right. */
export const tellOtherwise = defineCommand({
  name: 'mail.told',
  permission: 'exception:take',
  events: ['mail_told'],
  input: tellForm,
  run: async (ctx, input) => {
    if (ctx.actor.kind !== 'person') return refuse('not_permitted');
    const mail = await ctx.trx
      .selectFrom('outbox')
      .select('id')
      .where('id', '=', input.mail)
      .where('dropped_at', 'is not', null)
      .forUpdate()
      .executeTakeFirst();
    if (!mail) return refuse('not_found', {}, 'mail');
    const told = await ctx.trx
      .insertInto('mail_told')
      .values({ outbox_id: mail.id, told_by: ctx.actor.personId, note: input.note })
      .onConflict((conflict) => conflict.doNothing())
      .returning('outbox_id')
      .executeTakeFirst();
    if (!told) return refuse('changed_since_seen');
    ctx.record({ event: 'mail_told', subjectKind: 'mail', subjectId: mail.id });
    return ok({ mail: mail.id });
  },
});
