import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export type Received = {
  /** As named in the envelope: who really gets it. */
  readonly recipients: readonly string[];
  readonly sender: string;
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

/** A real SMTP server on a free port of this machine that keeps what it gets. */
export const openMailbox = async (options: SMTPServerOptions = {}): Promise<Mailbox> => {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    ...options,
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        void simpleParser(raw).then((mail) => {
          received.push({
            recipients: session.envelope.rcptTo.map((one) => one.address),
            sender: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
            mail,
            raw,
          });
          done();
        }, done);
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the mailbox has no port');
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    received,
    newest: async (to, after = 0) => {
      const until = Date.now() + 15_000;
      for (;;) {
        const found = received.slice(after).filter((one) => one.recipients.includes(to));
        const last = found.at(-1);
        if (last) return last;
        if (Date.now() > until) throw new Error(`no mail to ${to} came within 15 s`);
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    },
    close: () => new Promise((closed) => server.close(() => closed())),
  };
};
