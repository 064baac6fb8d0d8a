import { z } from 'zod';
import { defineCommand } from '../context';
import type { Lang } from '../i18n/languages';
import { queueMail } from '../mail/outbox.store';
import { ok, refuse } from '../shared/result';
import { newestHead, publicKeys } from './log.queries';

/**
 * Sends the newest signed head to every auditor: a copy outside our reach, against which a later log can be held.
 * Refuses `not_found` when there is no head yet or nobody to send it to.
 */
export const mailLogHead = defineCommand({
  name: 'log.mail_head',
  permission: 'log:append',
  events: ['log_head_mailed'],
  input: z.object({}),
  run: async (ctx) => {
    const head = await newestHead(ctx.trx);
    const auditors = await ctx.trx
      .selectFrom('person as p')
      .innerJoin('person_role as r', 'r.person_id', 'p.id')
      .select(['p.id', 'p.lang'])
      .where('r.role', '=', 'auditor')
      .where('r.revoked_at', 'is', null)
      .where('p.disabled_at', 'is', null)
      .execute();
    if (!head || auditors.length === 0) return refuse('not_found');
    const data = {
      checkpoint: head.note,
      size: String(head.size),
      signedAt: head.signedAt,
      keys: await publicKeys(ctx.trx),
    };
    for (const { id, lang } of auditors)
      await queueMail(ctx, { template: 'log_head', data, to: { personId: id }, lang: lang as Lang });
    ctx.record({
      event: 'log_head_mailed',
      subjectKind: 'log',
      subjectId: head.origin,
      details: { size: head.size, auditors: auditors.length },
    });
    return ok({ sent: auditors.length });
  },
});
