import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { answerRequest } from '@/lib/run/mailbox/answer';
import { escapeHtml, linkify } from '@/lib/run/mailbox/pages';
import { smtpReceiver } from '@/lib/run/mailbox/receiver';
import { mailStore, type Message } from '@/lib/run/mailbox/store';

const folder = mkdtempSync(join(tmpdir(), 'shanlu-mailbox-'));
const store = mailStore(folder);
let pages: Server;
let receiver: SMTPServer;
let base = '';
let transport: ReturnType<typeof createTransport>;

beforeAll(async () => {
  receiver = smtpReceiver(store);
  await new Promise<void>((ready) => receiver.listen(0, '127.0.0.1', ready));
  pages = createServer(
    (incoming, response) => void answerRequest({ store, peopleFile: '' }, incoming, response),
  );
  pages.listen(0, '127.0.0.1');
  await once(pages, 'listening');
  base = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
  const { port } = receiver.server.address() as AddressInfo;
  transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
});

afterAll(() => {
  transport.close();
  receiver.close();
  pages.close();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
});

const messages = async (query = ''): Promise<Message[]> =>
  (await (await fetch(`${base}/messages.json${query}`)).json()) as Message[];

describe('the local mailbox', () => {
  it('keeps a mail whole: recipients of the envelope, Chinese subject, text, HTML and attachments', async () => {
    await transport.sendMail({
      from: '善路 <no-reply@shanlu.invalid>',
      to: '陳先生 <chan@example.org>',
      bcc: 'archive@example.org',
      subject: '您的捐款收據',
      text: '多謝！詳情：http://localhost:3000/zh-Hant/gifts/7。',
      html: '<p>多謝！</p>',
      messageId: '<gift-7@shanlu.invalid>',
      attachments: [{ filename: '收據.pdf', content: Buffer.from('%PDF-1.4') }],
    });
    expect(await messages()).toMatchObject([
      {
        to: ['chan@example.org', 'archive@example.org'],
        from: '"善路" <no-reply@shanlu.invalid>',
        subject: '您的捐款收據',
        messageId: '<gift-7@shanlu.invalid>',
        text: expect.stringContaining('多謝！詳情：') as string,
        html: '<p>多謝！</p>',
        attachments: [{ name: '收據.pdf', type: 'application/pdf', sizeBytes: 8 }],
      },
    ]);
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/\.eml$/)]);
  });

  it('lists the newest first and can be asked for one recipient', async () => {
    await transport.sendMail({ from: 'a@x.org', to: 'Ada@x.org', subject: 'one', text: '1' });
    await transport.sendMail({ from: 'a@x.org', to: 'bayo@x.org', subject: 'two', text: '2' });
    expect((await messages()).map(({ subject }) => subject)).toEqual(['two', 'one']);
    expect((await messages('?to=ada@x.org')).map(({ subject }) => subject)).toEqual(['one']);
  });

  it('shows mails on a page that no mail can write markup or script into', async () => {
    await transport.sendMail({
      from: 'a@x.org',
      to: 'ada@x.org',
      subject: '<script>alert(1)</script>',
      text: 'Open https://example.org/?a=1&b="><img src=x onerror=alert(1)> now.',
      html: '<script>alert(1)</script>',
    });
    const [message] = await messages();
    const list = await (await fetch(`${base}/`)).text();
    const page = await (await fetch(`${base}/messages/${message?.id}`)).text();
    for (const text of [list, page]) expect(text).not.toMatch(/<script|<img/);
    expect(page).toContain('<a href="https://example.org/?a=1&#38;b=" rel="noreferrer">');
    const designed = await fetch(`${base}/messages/${message?.id}/html`);
    expect(designed.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
  });

  it('answers only on this machine, only to reading, and only for mails it has', async () => {
    const { port } = pages.address() as AddressInfo;
    const rebound = request({ port, host: '127.0.0.1', headers: { host: 'evil.example' } }).end();
    const [answer] = (await once(rebound, 'response')) as [{ statusCode: number; resume: () => void }];
    answer.resume();
    expect(answer.statusCode).toBe(421);
    expect((await fetch(base, { method: 'POST' })).status).toBe(405);
    for (const path of [
      '/messages/..%2f..%2fetc%2fpasswd',
      '/messages/20260101T000000000Z-00000000',
      '/nothing',
    ]) {
      expect((await fetch(base + path)).status).toBe(404);
    }
  });
});

describe('text becomes markup', () => {
  it('escapes all five characters', () => {
    expect(escapeHtml(`<a href="x" title='y'>&</a>`)).not.toMatch(/[<>"']|&(?!#\d+;)/);
  });

  it('links web addresses without the punctuation that follows, and nothing else', () => {
    expect(linkify('见 https://a.example/b。javascript:alert(1)')).toBe(
      '见 <a href="https://a.example/b" rel="noreferrer">https://a.example/b</a>。javascript:alert(1)',
    );
  });
});
