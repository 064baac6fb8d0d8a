import { createTransport } from 'nodemailer';
import type SMTPPool from 'nodemailer/lib/smtp-pool';
import { parseAddress } from './address.rules';

export type OutgoingMail = {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly lang: string;
  readonly date: Date;
  /** Address that ends letters of this kind by one POST (RFC 8058). */
  readonly stopUrl?: string | undefined;
  readonly attachments?: readonly Attachment[] | undefined;
};

export type Attachment = {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** Shown within the text under this name; null: a file beside it. */
  readonly inlineAs: string | null;
};

/** `refused` = this mail will never be taken; `later` = try again. The reason holds no address. */
export type SendAnswer =
  | { readonly ok: true }
  | { readonly ok: false; readonly kind: 'refused' | 'later'; readonly reason: string };

export type MailTransport = {
  readonly send: (mail: OutgoingMail) => Promise<SendAnswer>;
  readonly close: () => void;
};

type Sender = { readonly name: string; readonly address: string };

const readSender = (from: string): Sender => {
  const shape = /^\s*(?:"?([^"<>]*?)"?\s*)?<([^<>\s]+)>\s*$/.exec(from);
  return { name: (shape?.[1] ?? '').replace(/\p{Cc}/gu, ' ').trim(), address: shape?.[2] ?? from.trim() };
};

type Server = Pick<SMTPPool.Options, 'host' | 'port' | 'secure' | 'requireTLS' | 'auth'>;

const server = (address: string): Server => {
  const url = new URL(address);
  const secure = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return {
    host,
    // Whoever stands between could else strike STARTTLS from the greeting and read every letter (RFC 3207, section 6).
    requireTLS: !secure && !isThisMachine(host),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    ...(url.username !== '' && {
      auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    }),
  };
};

const isThisMachine = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);

/**
 * The mail server (SMTP). Every wait is bounded, together shorter than the outbox lease. Addresses of the headers are handed
 * over as objects; the envelope names exactly one recipient whatever they say, and its addresses are plain and looked at
 * before.
 *
 * @param url smtps://, or smtp:// with STARTTLS (without it to this very machine only), with user and password
 * @param from as in MAIL_FROM: `Name <address>`
 * @param host right side of the Message-ID
 * @param waitMs for a connection and for the greeting; twice that between two answers
 */
export const connectMail = (
  url: string,
  from: string,
  host: string,
  { waitMs = 10_000 }: { readonly waitMs?: number } = {},
): MailTransport => {
  const sender = readSender(from);
  const settings: SMTPPool.Options & { readonly maxRequeues: number } = {
    // Not `url`: nodemailer would then take nothing but the address and ignore every limit below.
    ...server(url),
    pool: true,
    maxConnections: 2,
    // Left out, the pool would repeat a broken connection for ever, beyond any lease; repeating is the queue's part.
    maxRequeues: 0,
    connectionTimeout: waitMs,
    greetingTimeout: waitMs,
    socketTimeout: 2 * waitMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  const transport = createTransport(settings);
  return {
    send: async (mail) => {
      // The last look before the wire: one plain address, or nothing is sent.
      if (parseAddress(mail.to) !== mail.to) return { ok: false, kind: 'refused', reason: 'address' };
      try {
        await transport.sendMail({
          envelope: { from: sender.address, to: [mail.to] },
          from: sender,
          to: [{ name: '', address: mail.to }],
          messageId: `<${mail.id}@${host}>`,
          date: mail.date,
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          headers: {
            'Auto-Submitted': 'auto-generated',
            'Content-Language': mail.lang,
            ...(mail.stopUrl !== undefined && {
              'List-Unsubscribe': `<${mail.stopUrl}>`,
              'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
            }),
          },
          attachments: (mail.attachments ?? []).map((file) => ({
            filename: file.fileName,
            contentType: file.mediaType,
            content: Buffer.from(file.bytes),
            ...(file.inlineAs !== null && { cid: file.inlineAs, contentDisposition: 'inline' as const }),
          })),
        });
        return { ok: true };
      } catch (error) {
        return failure(error);
      }
    },
    close: () => transport.close(),
  };
};

const failure = (error: unknown): SendAnswer => {
  const { code, responseCode, command } = error as { code?: string; responseCode?: number; command?: string };
  const reason = [code, responseCode, command].filter((part) => part !== undefined).join(' ') || 'unknown';
  // 5xx about the recipient or the message is final; 5xx at sign-in to the server is our set-up and may be mended.
  const final =
    responseCode !== undefined && responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA');
  return { ok: false, kind: final ? 'refused' : 'later', reason };
};
