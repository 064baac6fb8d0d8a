import { z } from 'zod';
import { env } from '../env';
import { removeOldMail, strandedMail } from '../mail/outbox.store';
import { removeOldStubs } from '../receipts/stub.store';
import { sendMail } from '../mail/send-mail';
import { connectMail, type MailTransport } from '../mail/smtp.gateway';
import { attachTo } from './letter.tasks';
import { addJob } from './queue';
import type { JobTask } from './task';

const payload = z.object({ outboxId: z.uuid() });

const held: { transport?: MailTransport } = {};
const mailServer = (): MailTransport => {
  if (env.SMTP_URL === undefined) throw new Error('SMTP_URL is not set, so no mail can be sent.');
  return (held.transport ??= connectMail(env.SMTP_URL, env.MAIL_FROM, new URL(env.PUBLIC_URL).hostname));
};

/** Sends one mail of the outbox. */
export const sendMailTask: JobTask = {
  name: 'send_mail',
  run: async ({ db, payload: raw }) => {
    await sendMail(db, mailServer(), payload.parse(raw).outboxId, env.PUBLIC_URL, attachTo(db));
  },
};

/** Puts mail whose job got lost back into the queue, and removes what was sent long ago. */
export const mailSweepTask: JobTask = {
  name: 'mail_sweep',
  everySeconds: 60,
  run: async ({ db }) => {
    for (const outboxId of await strandedMail(db, 500))
      await addJob(db, { task: 'send_mail', payload: { outboxId }, key: `mail:${outboxId}` });
    await removeOldMail(db);
    await removeOldStubs(db);
  },
};
