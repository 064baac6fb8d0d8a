import '../support/settings';
import { spawn } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { sql } from 'kysely';
import type { CommandContext } from '@/lib/context';
import type { MailRequest } from '@/lib/mail/mail';
import { leaseMail, queueMail, removeOldMail, strandedMail } from '@/lib/mail/outbox.store';
import { sendMail } from '@/lib/mail/send-mail';
import { connectMail, type MailTransport } from '@/lib/mail/smtp.gateway';
import { newId } from '@/lib/shared/id';
import { money } from '@/lib/shared/money';
import { newWorld, type World } from '../support/people';
import { openMailbox, type Mailbox } from '../support/smtp';

const SITE = 'https://shanlu.example.org';
const FROM = '善路 Shanlu <no-reply@shanlu.example.org>';

let world: World;
let mailbox: Mailbox;
let transport: MailTransport;
beforeAll(async () => {
  world = await newWorld();
  mailbox = await openMailbox();
  transport = connectMail(mailbox.url, FROM, 'shanlu.example.org');
});
afterAll(async () => {
  transport.close();
  await mailbox.close();
  await world.close();
});
afterEach(() => void mailbox.received.splice(0));

const queue = (request: MailRequest, fail = false): Promise<string> =>
  world.db.transaction().execute(async (trx) => {
    const ctx: Pick<CommandContext, 'trx' | 'now' | 'newId' | 'enqueue'> = {
      trx,
      now: new Date(),
      newId,
      enqueue: () => undefined,
    };
    const id = await queueMail(ctx, request);
    if (fail) throw new Error('rolled back');
    return id;
  });

const signInMail = (address: string): MailRequest => ({
  to: { address },
  lang: 'zh-Hant',
  template: 'sign_in',
  data: {
    code: 'K7QM-3XTP',
    url: `${SITE}/zh-Hant/sign-in/confirm#SECRETLINK`,
    device: 'Chrome · Android',
  },
});

const row = async (id: string) =>
  world.owner.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const send = (id: string, by = transport) => sendMail(world.db, by, id, SITE);

describe('a mail', () => {
  test('reaches exactly its one recipient, in its language, and leaves nothing of itself behind', async () => {
    const id = await queue(signInMail('ada@example.org'));
    expect(await send(id)).toBe('sent');
    const got = await mailbox.newest('ada@example.org');
    expect(got.recipients).toEqual(['ada@example.org']);
    expect(got.mail.subject).toBe('登入善路');
    expect(got.mail.from?.value).toEqual([{ address: 'no-reply@shanlu.example.org', name: '善路 Shanlu' }]);
    expect(got.mail.messageId).toBe(`<${id}@shanlu.example.org>`);
    expect(got.mail.text).toContain('K7QM-3XTP');
    expect(got.mail.html).toContain('SECRETLINK');
    expect(got.mail.headers.get('auto-submitted')).toBe('auto-generated');
    const kept = await row(id);
    expect([kept.sealed, kept.sent_at instanceof Date]).toEqual([null, true]);
    expect(await send(id), 'a second job for it does nothing').toBe('not_waiting');
    expect(mailbox.received).toHaveLength(1);
  });

  test('is not written when its act is rolled back', async () => {
    const before = await sql<{ n: number }>`select count(*)::int as n from outbox`.execute(world.owner);
    await expect(queue(signInMail('ada@example.org'), true)).rejects.toThrow('rolled back');
    const after = await sql<{ n: number }>`select count(*)::int as n from outbox`.execute(world.owner);
    expect(after.rows).toEqual(before.rows);
  });

  test('lies encrypted while it waits, and opens only in its own row', async () => {
    const [one, two] = [
      await queue(signInMail('ada@example.org')),
      await queue(signInMail('bayo@example.org')),
    ];
    const text = JSON.stringify(await row(one)) + (await row(one)).sealed?.toString('latin1');
    for (const secret of ['ada@example.org', 'K7QM-3XTP', 'SECRETLINK']) expect(text).not.toContain(secret);
    await sql`update outbox set sealed = (select sealed from outbox where id = ${one}) where id = ${two}`.execute(
      world.owner,
    );
    expect(await send(two)).toBe('dropped_refused');
    expect(mailbox.received).toHaveLength(0);
    await send(one);
  });

  test('carries money to the fen and dates as dates', async () => {
    const { personId } = world.staff.lin;
    const id = await queue({
      to: { personId },
      lang: 'zh-Hans',
      template: 'pledge_thanks',
      data: {
        campaign: '根魂梦·家国情',
        reference: 'SR4K7M2PX',
        amount: money('CNY', 900_719_925_474_099_312n),
        road: '古井路（ML-07）',
        instalments: [
          { dueOn: '2024-07-01', amount: money('CNY', 1n) },
          { dueOn: '2024-08-01', amount: money('CNY', 2n) },
        ],
        transfer: {
          accountName: '中山市侨联',
          bank: '中国银行',
          accountNumber: '7200 1234',
          reference: 'SR4K7M2PX',
        },
        url: `${SITE}/zh-Hans/pledges/x`,
      },
    });
    expect(await send(id)).toBe('sent');
    const got = await mailbox.newest('lin@example.invalid');
    expect(got.mail.subject).toBe('您的认捐 SR4K7M2PX：¥9,007,199,254,740,993.12');
    expect(got.mail.text).toContain('¥0.01');
    expect(got.mail.text?.replaceAll('\u00a0', ' ')).toContain('2024 年 7 月 1 日');
    const notice = await queue({
      to: { personId },
      lang: 'en',
      template: 'account_notice',
      data: { what: 'role_granted', at: new Date('2024-06-28T08:20:00Z'), role: 'approver' },
    });
    await send(notice);
    expect((await mailbox.newest('lin@example.invalid', 1)).mail.text?.replaceAll('\u00a0', ' ')).toContain(
      'On 28 June 2024, 16:20',
    );
  });

  test('to nobody, to an erased donor, after its time, or under a lost secret is dropped and emptied', async () => {
    const nobody = await queue({ ...signInMail('x@example.org'), to: { nobody: true } });
    const donorId = newId();
    await world.owner
      .insertInto('donor')
      .values({ id: donorId, email: 'd@example.org', name: 'D' })
      .execute();
    const erased = await queue({ ...signInMail('x@example.org'), to: { donorId } });
    await sql`update donor set email = null, name = null, erased_at = now() where id = ${donorId}`.execute(
      world.owner,
    );
    const late = await queue({ ...signInMail('late@example.org'), goodForSeconds: -1 });
    expect([await send(nobody), await send(erased), await send(late)]).toEqual([
      'dropped_nobody',
      'dropped_erased',
      'dropped_expired',
    ]);
    for (const id of [nobody, erased, late]) expect((await row(id)).sealed).toBeNull();
    expect(mailbox.received).toHaveLength(0);
  });

  test('to a donor goes to the address of the day it is sent', async () => {
    const donorId = newId();
    await world.owner.insertInto('donor').values({ id: donorId, email: 'old@example.org' }).execute();
    const id = await queue({ ...signInMail('x@example.org'), to: { donorId } });
    await sql`update donor set email = 'new@example.org' where id = ${donorId}`.execute(world.owner);
    await send(id);
    expect(mailbox.received.map((one) => one.recipients)).toEqual([['new@example.org']]);
  });

  test.each([
    'ada@example.org,eve@evil.example',
    'ada@example.org\r\nBcc: eve@evil.example',
    'ada@example.org\r\nRCPT TO:<eve@evil.example>',
    'Ada <ada@example.org>, eve@evil.example',
    '"eve@evil.example" <ada@example.org>',
    'eve@evil.example(ada@example.org)',
  ])('to %j is never sent, even when a caller forgot to look', async (address) => {
    expect(await send(await queue(signInMail(address)))).toBe('dropped_refused');
    expect(mailbox.received).toHaveLength(0);
  });

  test('gains no header from what people typed', async () => {
    const evil = 'x\r\nBcc: eve@evil.example\r\nX-Evil: 1\u2028y';
    const id = await queue({
      to: { address: 'ada@example.org' },
      lang: 'en',
      template: 'receipt',
      data: {
        campaign: evil,
        number: evil,
        amount: money('CNY', 1n),
        receivedOn: '2024-06-28',
        receiptUrl: `${SITE}/x`,
        giftUrl: `${SITE}/y`,
        receiptId: '00000000-0000-7000-8000-000000000000',
      },
    });
    expect(await send(id)).toBe('sent');
    const got = await mailbox.newest('ada@example.org');
    expect(got.recipients).toEqual(['ada@example.org']);
    expect(got.mail.headers.has('bcc')).toBe(false);
    expect(got.mail.headers.has('x-evil')).toBe(false);
    expect(got.raw.split('\r\n\r\n')[0]).not.toMatch(/^(?:bcc|x-evil):/im);
  });
});

describe('the lease', () => {
  test('lets one of many workers send', async () => {
    const id = await queue(signInMail('ada@example.org'));
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(id)));
    expect(answers.filter((answer) => answer === 'sent')).toHaveLength(1);
    expect(mailbox.received).toHaveLength(1);
  });

  test('of a worker that died after sending and before noting it runs out: one repeat, with the same Message-ID', async () => {
    const id = await queue(signInMail('ada@example.org'));
    await leaseMail(world.db, id);
    const mail = {
      id,
      to: 'ada@example.org',
      subject: 's',
      text: 't',
      html: 'h',
      lang: 'en',
      date: new Date(),
    };
    await transport.send(mail);
    expect(await send(id), 'still in the dead worker’s hands').toBe('not_waiting');
    expect(await strandedMail(world.db, 10)).not.toContain(id);
    await sql`update outbox set leased_until = now() - interval '1 s', queued_at = queued_at - interval '5 min' where id = ${id}`.execute(
      world.owner,
    );
    expect(await strandedMail(world.db, 10)).toContain(id);
    expect(await send(id)).toBe('sent');
    expect(mailbox.received.map((one) => one.mail.messageId)).toEqual([
      `<${id}@shanlu.example.org>`,
      `<${id}@shanlu.example.org>`,
    ]);
  });
});

describe('a mail server', () => {
  test('that is away keeps the mail waiting for the next try', async () => {
    const id = await queue(signInMail('ada@example.org'));
    const away = connectMail('smtp://127.0.0.1:1', FROM, 'shanlu.example.org');
    await expect(send(id, away)).rejects.toThrow(/could not be sent yet/);
    away.close();
    expect(await row(id)).toMatchObject({ attempts: 1, leased_until: null, sent_at: null, dropped_at: null });
    expect((await row(id)).last_problem).not.toContain('ada@');
    expect(await send(id)).toBe('sent');
  });

  test('that refuses the recipient for good ends the tries; one that says later does not', async () => {
    for (const [code, outcome] of [
      [550, 'dropped_refused'],
      [451, 'later'],
    ] as const) {
      const picky = await openMailbox({
        onRcptTo: (_address, _session, done) => done(Object.assign(new Error('no'), { responseCode: code })),
      });
      const by = connectMail(picky.url, FROM, 'shanlu.example.org');
      const id = await queue(signInMail('ada@example.org'));
      if (outcome === 'later') await expect(send(id, by)).rejects.toThrow(/451/);
      else expect(await send(id, by)).toBe(outcome);
      by.close();
      await picky.close();
    }
  });

  test('elsewhere that offers no encryption gets neither letter nor password', async () => {
    const mailbox = await openMailbox();
    const elsewhere = mailbox.url.replace('127.0.0.1', 'reader:secret@0.0.0.0');
    const transport = connectMail(elsewhere, 'Shanlu <a@example.org>', 'example.org');
    const letter = { id: 'x', to: 'b@example.org', subject: 's', text: 't', html: '<p>t</p>' };
    expect(await transport.send({ ...letter, lang: 'en', date: new Date() })).toMatchObject({
      ok: false,
      kind: 'later',
      reason: expect.stringContaining('ETLS'),
    });
    expect(mailbox.received).toEqual([]);
    transport.close();
    await mailbox.close();
  });

  test('that never answers is given up after the time-outs, before the lease runs out', async () => {
    const silent = spawn(process.execPath, [
      '-e',
      "require('node:net').createServer(() => {}).listen(0, '127.0.0.1', function () { console.log(this.address().port) })",
    ]);
    const port = await new Promise<string>((resolve) =>
      silent.stdout.once('data', (text: Buffer) => resolve(text.toString().trim())),
    );
    const by = connectMail(`smtp://127.0.0.1:${port}`, FROM, 'shanlu.example.org', { waitMs: 1_000 });
    const id = await queue(signInMail('ada@example.org'));
    const began = Date.now();
    await expect(send(id, by)).rejects.toThrow(/could not be sent yet/);
    expect(Date.now() - began).toBeLessThan(3_000);
    by.close();
    silent.kill();
  });

  test('that fails again and again is given up in the end', async () => {
    const id = await queue(signInMail('ada@example.org'));
    await sql`update outbox set attempts = 15 where id = ${id}`.execute(world.owner);
    const away = connectMail('smtp://127.0.0.1:1', FROM, 'shanlu.example.org');
    expect(await send(id, away)).toBe('dropped_given_up');
    away.close();
    expect((await row(id)).sealed).toBeNull();
  });
});

test('what was sent a month ago is removed, what still waits is not', async () => {
  const [old, waiting] = [
    await queue(signInMail('ada@example.org')),
    await queue(signInMail('ada@example.org')),
  ];
  await send(old);
  await sql`update outbox set queued_at = now() - interval '31 days' where id in (${old}, ${waiting})`.execute(
    world.owner,
  );
  await removeOldMail(world.db);
  const { rows } = await sql<{ id: string }>`select id from outbox where id in (${old}, ${waiting})`.execute(
    world.owner,
  );
  expect(rows.map((one) => one.id)).toEqual([waiting]);
});
