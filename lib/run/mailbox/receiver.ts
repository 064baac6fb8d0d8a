import { SMTPServer } from 'smtp-server';

import type { MailStore } from './store';

const sizeLimitBytes = 25_000_000;

/** Takes mail by SMTP without sign-in or encryption: it listens on this machine only. */
export const smtpReceiver = (store: MailStore): SMTPServer => {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    size: sizeLimitBytes,
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.once('end', () => {
        if (stream.sizeExceeded)
          return done(Object.assign(new Error('message too large'), { responseCode: 552 }));
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        // The answer waits for the disk: a sender that hears “accepted” will not send again.
        store.keep(Buffer.concat(parts), recipients).then(() => done(), done);
      });
    },
  });
  // A client that hangs up in the middle of a dialogue is no reason to end.
  server.on('error', (error) => console.warn(`mailbox: ${error.message}`));
  return server;
};
