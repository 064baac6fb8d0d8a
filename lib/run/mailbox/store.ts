import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';

/** A received mail, as the page and the tests see it. */
export type Message = {
  readonly id: string;
  readonly receivedAt: string;
  /** The envelope's recipients: whom it would have reached. */
  readonly to: readonly string[];
  readonly from: string;
  readonly subject: string;
  readonly messageId: string;
  readonly text: string;
  /** Empty when the mail has no HTML part. */
  readonly html: string;
  readonly attachments: readonly {
    readonly name: string;
    readonly type: string;
    readonly sizeBytes: number;
  }[];
};

export type MailStore = {
  readonly keep: (raw: Buffer, recipients: readonly string[]) => Promise<void>;
  /** Newest first. */
  readonly list: () => Promise<Message[]>;
  readonly find: (id: string) => Promise<Message | undefined>;
};

const idPattern = /^\d{8}T\d{9}Z-[0-9a-f]{8}$/;

/** Mails as .eml files in one folder: any mail program opens them, and deleting the file deletes the mail. */
export const mailStore = (folder: string): MailStore => {
  const read = new Map<string, Message>();
  const load = async (id: string): Promise<Message | undefined> => {
    const known = read.get(id);
    if (known !== undefined) return known;
    const raw = await readFile(join(folder, `${id}.eml`)).catch(() => undefined);
    if (raw === undefined) return undefined;
    const message = messageOf(id, await simpleParser(raw, { skipImageLinks: true }));
    read.set(id, message);
    return message;
  };
  return {
    keep: async (raw, recipients) => {
      await mkdir(folder, { recursive: true });
      const id = `${new Date().toISOString().replaceAll(/[-:.]/g, '')}-${randomBytes(4).toString('hex')}`;
      // The envelope is not part of a mail; mail programs note it in this header on delivery.
      const delivered = recipients
        .map((address) => `Delivered-To: ${address.replaceAll(/[\r\n]/g, '')}\r\n`)
        .join('');
      const file = join(folder, `${id}.eml`);
      await writeFile(`${file}.new`, Buffer.concat([Buffer.from(delivered), raw]));
      await rename(`${file}.new`, file);
    },
    list: async () => {
      const names = await readdir(folder).catch(() => []);
      const ids = names.filter((name) => name.endsWith('.eml')).map((name) => name.slice(0, -4));
      const newestFirst = ids
        .filter((id) => idPattern.test(id))
        .sort()
        .reverse();
      const messages = await Promise.all(newestFirst.map(load));
      return messages.filter((message) => message !== undefined);
    },
    find: async (id) => (idPattern.test(id) ? load(id) : undefined),
  };
};

const messageOf = (id: string, mail: ParsedMail): Message => ({
  id,
  receivedAt: id.replace(/^(....)(..)(..)T(..)(..)(..)(...)Z.*/, '$1-$2-$3T$4:$5:$6.$7Z'),
  to: deliveredTo(mail.headers.get('delivered-to')),
  from: mail.from?.text ?? '',
  subject: mail.subject ?? '',
  messageId: mail.messageId ?? '',
  text: mail.text ?? '',
  html: mail.html === false ? '' : (mail.html ?? ''),
  attachments: mail.attachments.map(({ filename, contentType, size }) => ({
    name: filename ?? '',
    type: contentType,
    sizeBytes: size,
  })),
});

/** The parser gives one address header as an object or text, several as a list. */
const deliveredTo = (header: unknown): string[] => {
  if (Array.isArray(header)) return header.flatMap(deliveredTo);
  if (typeof header === 'string') return [header];
  if (typeof header !== 'object' || header === null || !('value' in header)) return [];
  return (header.value as { address?: string }[]).flatMap(({ address }) =>
    address === undefined ? [] : [address],
  );
};
