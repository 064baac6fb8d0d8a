import '../support/settings';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { expect } from 'vitest';
import { sendMail } from '@/lib/mail/send-mail';
import { connectMail } from '@/lib/mail/smtp.gateway';
import { openMailbox } from '../support/smtp';
import { queueLetter, waitingLetters } from './letters';
import { countTo, each, mean, pageOf, settle, SETTLED, withPayments } from './payments';
import { trial } from './trial';

const FROM = 'Shanlu <no-reply@shanlu.example.org>';
const SITE = 'https://shanlu.example.org';

trial(
  {
    row: 35,
    name: 'mail-down',
    runs: 60,
    few: 3,
    fault:
      'Mail server closed, silent, or answering nonsense while people give (there is no CAPTCHA, rate or map service to fail: none is used)',
    invariants: `every gift goes through; every letter waits and is sent once when the server is back; ${SETTLED}`,
  },
  ({ runs }) =>
    withPayments(async (kit) => {
      const open = new Set<Socket>();
      const server = createServer((socket) => {
        open.add(socket);
        socket.on('error', () => undefined);
        // Every second connection hears nonsense, the others nothing at all.
        if (open.size % 2 === 0) socket.write('\u0000\u0001 not a mail server\r\n'.repeat(20));
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const bad = connectMail(
        `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
        FROM,
        'shanlu.example.org',
        { waitMs: 150 },
      );
      const closed = connectMail('smtp://127.0.0.1:1', FROM, 'shanlu.example.org', { waitMs: 150 });
      const failed = { bad: 0, closed: 0 };
      await each(countTo(runs), 4, async () => {
        const url = await pageOf(kit, await mean(kit), 1);
        await kit.press(url ?? '', 'pay');
      });
      await kit.quiet();
      await each(countTo(runs), 4, (n) => queueLetter(kit.db, `giver${n}@example.org`));
      const letters = await waitingLetters(kit.db);
      for (const [name, transport] of Object.entries({ bad, closed }))
        await each(letters, 8, (id) =>
          sendMail(kit.db, transport, id, SITE).then(
            () => undefined,
            () => void (failed[name as keyof typeof failed] += 1),
          ),
        );
      const kept = await waitingLetters(kit.db);
      const mailbox = await openMailbox();
      const good = connectMail(mailbox.url, FROM, 'shanlu.example.org');
      await each(kept, 4, (id) => sendMail(kit.db, good, id, SITE));
      const ids = new Set(mailbox.received.map(({ mail }) => mail.messageId));
      for (const transport of [bad, closed, good]) transport.close();
      server.close();
      for (const socket of open) socket.destroy();
      await mailbox.close();
      const { found, check } = await settle(kit);
      return {
        figure: { ...found, letters: letters.length, failed, sentAfterwards: mailbox.received.length },
        check: () => {
          check();
          expect(found.charges).toBe(runs);
          expect(letters.length).toBeGreaterThanOrEqual(runs);
          expect(failed).toEqual({ bad: letters.length, closed: letters.length });
          expect(kept.length).toBe(letters.length);
          expect([ids.size, mailbox.received.length]).toEqual([letters.length, letters.length]);
        },
      };
    }),
);
