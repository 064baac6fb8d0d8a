import { staffIdOf } from '../auth/roles.rules';
import { z } from 'zod';
import { defineCommand } from '../context';
import { day } from '../shared/form-parts';
import { ok, refuse } from '../shared/result';

const answerDisputeForm = z.object({
  dispute: z.string().regex(/^DP-\d{4,}$/, { error: 'dispute_number' }),
  words: z.string().trim().min(1, { error: 'required' }).max(20_000, { error: 'too_long' }),
  /** Number of the filed evidence, if there is one. */
  document: z.string().max(40).nullable(),
  on: day,
});

/** Writes our side of a dispute; it is sent to the provider after the commit. */
export const answerDispute = defineCommand({
  name: 'dispute.answer',
  permission: 'dispute:answer',
  events: ['dispute_answered'],
  input: answerDisputeForm,
  run: async (ctx, input) => {
    const dispute = await ctx.trx
      .selectFrom('dispute')
      .select(['id', 'code', 'status', 'due_on'])
      .where('code', '=', input.dispute)
      .forUpdate()
      .executeTakeFirst();
    if (!dispute) return refuse('not_found', {}, 'dispute');
    if (dispute.status !== 'open')
      return refuse('illegal_state_change', { from: dispute.status, event: 'answer' });
    const person = staffIdOf(ctx.actor);
    if (person === null) return refuse('not_permitted');
    const document =
      input.document === null
        ? null
        : await ctx.trx
            .selectFrom('document')
            .select('id')
            .where('code', '=', input.document)
            .executeTakeFirst();
    if (document === undefined) return refuse('not_found', {}, 'document');
    const id = ctx.newId();
    await ctx.trx
      .insertInto('dispute_answer')
      .values({
        id,
        dispute_id: dispute.id,
        words: input.words,
        document_id: document?.id ?? null,
        written_by: person,
        written_on: input.on,
      })
      .execute();
    ctx.enqueue({ task: 'dispute_answer', payload: { answer: id }, key: `dispute_answer:${id}` });
    ctx.record({
      event: 'dispute_answered',
      subjectKind: 'dispute',
      subjectId: dispute.code,
      details: { document: input.document },
    });
    return ok({ answer: id });
  },
});

/** Marks an answer as sent, after the provider has taken it. */
export const noteAnswerSent = defineCommand({
  name: 'dispute.answer_sent',
  permission: 'stripe:work',
  events: ['dispute_answer_sent'],
  input: z.object({ answer: z.uuid() }),
  run: async (ctx, input) => {
    const row = await ctx.trx
      .updateTable('dispute_answer')
      .set({ sent_at: ctx.now })
      .where('id', '=', input.answer)
      .where('sent_at', 'is', null)
      .returning('dispute_id')
      .executeTakeFirst();
    if (!row) return refuse('changed_since_seen');
    ctx.record({ event: 'dispute_answer_sent', subjectKind: 'dispute_answer', subjectId: input.answer });
    return ok({ answer: input.answer });
  },
});
