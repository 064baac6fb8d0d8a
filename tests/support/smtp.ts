import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export type Received = {
  /** As named in the envelope: who really gets it. */
  readonly recipients: readonly string[];
  readonly mail: ParsedMail;
  readonly raw: string;
};

export type Mailbox = {
  readonly url: string;
  readonly received: Received[];
  /** Waits until a mail to this address is there and answers the newest. */
  readonly newest: (to: string, after?: number) => Promise<Received>;
  readonly close: () => Promise<void>;
};

type Settings = ConstructorParameters<typeof SMTPServer>[0];
export type MailboxOptions = {
  /** Looks at each recipient; `done(error)` with a `responseCode` refuses it. */
  readonly onRcptTo?: (address: unknown, session: unknown, done: (error?: Error) => void) => void;
  /** Called when the whole mail is here; the sender hears "accepted" when it calls `answer`. */
  readonly onMail?: (answer: () => void) => void;
};

/** A real SMTP server on a free port of this machine that keeps what it gets. */
export const openMailbox = async ({ onMail, ...options }: MailboxOptions = {}): Promise<Mailbox> => {
  const received: Received[] = [];
  const settings: Settings & MailboxOptions = {
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    size: 10_000_000,
    ...options,
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const source = Buffer.concat(chunks);
        void simpleParser(source).then((mail) => {
          const recipients = session.envelope.rcptTo.map((one) => one.address);
          received.push({ recipients, mail, raw: source.toString('utf8') });
          if (onMail) onMail(done);
          else done();
        }, done);
      });
    },
  };
  const server = new SMTPServer(settings);
  server.on('error', () => undefined);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the mailbox has no port');
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    received,
    newest: async (to, after = 0) => {
      const until = Date.now() + 45_000;
      for (;;) {
        const found = received.slice(after).filter((one) => one.recipients.includes(to));
        const last = found.at(-1);
        if (last) return last;
        if (Date.now() > until) throw new Error(`no mail to ${to} came within 45 s`);
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    },
    close: () => new Promise((closed) => server.close(() => closed())),
  };
};
