import type { Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import type { Lang } from '../i18n/languages';
import { composeLetter, letterSignature } from './letters';
import { letterHtml, letterText } from './letter.rules';
import { dropMail, leaseMail, markSent, returnMail, type DropReason } from './outbox.store';
import type { MailContent } from './mail';
import type { Attachment, MailTransport } from './smtp.gateway';

/** With the queue's growing pauses the last try comes after about two days. */
const TRIES = 16;

/** Makes the files that go with a mail at the moment it is sent: a receipt is printed then, not before. */
export type Attach = (mail: {
  readonly id: string;
  readonly content: MailContent;
  readonly lang: Lang;
}) => Promise<readonly Attachment[]>;

export type SendOutcome = 'sent' | 'not_waiting' | `dropped_${DropReason}`;

/**
 * Sends one mail of the outbox. At least once, and more than once only when this process dies between the server's
 * "accepted" and our note of it; the repeat then carries the same Message-ID. Throws when it should be tried again,
 * so that the queue waits and calls again.
 *
 * This is upkeep of a queue, not an act of anyone: the act that caused the mail left its audit event.
 */
export const sendMail = async (
  db: Kysely<Database>,
  transport: MailTransport,
  outboxId: string,
  publicUrl: string,
  attach: Attach = async () => [],
): Promise<SendOutcome> => {
  const mail = await leaseMail(db, outboxId);
  if (mail === null) return 'not_waiting';
  const drop = async (because: DropReason, problem?: string): Promise<SendOutcome> => {
    await dropMail(db, outboxId, because, problem);
    return `dropped_${because}`;
  };
  if (mail.erased) return drop('erased');
  if (mail.content === null) return drop('refused', 'sealed under another secret');
  if (mail.address === null) return drop('nobody');
  if (mail.expired) return drop('expired');

  const attachments = await attach({ id: mail.id, content: mail.content, lang: mail.lang });
  const letter = composeLetter(mail.content, mail.lang, publicUrl);
  const signature = letterSignature(mail.lang);
  const answer = await transport.send({
    id: mail.id,
    to: mail.address,
    subject: letter.subject,
    text: letterText(letter, signature),
    html: letterHtml(letter, signature, mail.lang),
    lang: mail.lang,
    date: mail.queuedAt,
    stopUrl: letter.stopUrl,
    attachments,
  });
  if (answer.ok) {
    await markSent(db, outboxId);
    return 'sent';
  }
  if (answer.kind === 'refused') return drop('refused', answer.reason);
  if (mail.attempts >= TRIES) return drop('given_up', answer.reason);
  await returnMail(db, outboxId, answer.reason);
  throw new Error(`mail ${outboxId} could not be sent yet: ${answer.reason}`);
};
