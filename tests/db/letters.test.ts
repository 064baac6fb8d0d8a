import { rmSync } from 'node:fs';
import '../support/settings';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

// The log's key lies in the data folder.
const { dataDir } = vi.hoisted(() => {
  const folder = `${process.env['TMPDIR'] ?? '/tmp'}/shanlu-letters-${process.pid}`;
  process.env['DATA_DIR'] = folder;
  return { dataDir: folder };
});

import { groupedCode } from '@/lib/auth/code.rules';
import { env } from '@/lib/env';
import { attachTo } from '@/lib/jobs/letter.tasks';
import { writeLetters } from '@/lib/letters/letters.commands';
import { stopLetters } from '@/lib/letters/stop.commands';
import { readStopToken, stopToken } from '@/lib/letters/stop-token';
import { sendMail } from '@/lib/mail/send-mail';
import { connectMail, type MailTransport } from '@/lib/mail/smtp.gateway';
import { makePledge, writeOffPledge } from '@/lib/pledges/pledge.commands';
import { clearDonation, recordDonation, verifyDonation } from '@/lib/donations/donation.commands';
import { issueReceipt } from '@/lib/receipts/receipt.commands';
import { printReceipt } from '@/lib/receipts/receipt-print.commands';
import { accountingToday } from '@/lib/clock';
import { letterLink } from '@/lib/shared/letter-link.rules';
import { addDays } from '@/lib/shared/time';
import { readPdf } from '@/lib/files/pdf-file';
import { publicKeys } from '@/lib/proof/log.queries';
import { newSequencer } from '@/lib/proof/sequencer';
import { pdfSquares, pdfText } from '../support/pdf-text';
import { ask } from '../support/sign-in';
import { readQr } from '../support/qr';
import { openMailbox, type Mailbox, type Received } from '../support/smtp';
import { proposeAllocation, approveAllocation } from '@/lib/allocations/allocation.commands';
import { approveBudget, changeSegment, proposeBudget } from '@/lib/segments/segment.commands';
import { giftInput, must, person, pledgeInput, refusalOf, same } from './donations-kit';
import { openPaymentKit, type PaymentKit } from './payments-kit';

type Verifier = {
  readonly parseKey: (vkey: string) => object;
  /** Throws when anything about the proof does not hold. */
  readonly checkProof: (file: string, keys: object[]) => { readonly leaf: object };
};
const publicScript = (name: string): Promise<unknown> =>
  import(new URL(`../../public/${name}.mjs`, import.meta.url).href);
const { parseKey, checkProof } = (await publicScript('verify')) as Verifier;
const { openSeals } = (await publicScript('verify-seal')) as {
  openSeals: (leaf: object, part: object) => Record<string, string>;
};
const { proofIn } = (await publicScript('verify-file')) as {
  proofIn: (bytes: Uint8Array) => Promise<{ proof?: Uint8Array; privatePart?: Uint8Array }>;
};

const TODAY = accountingToday();
const SITE = 'http://localhost:3000';
let kit: PaymentKit;
let mailbox: Mailbox;
let transport: MailTransport;
beforeAll(async () => {
  kit = await openPaymentKit();
  mailbox = await openMailbox();
  transport = connectMail(mailbox.url, '善路 <no-reply@shanlu.test>', 'shanlu.test');
});
afterAll(async () => {
  transport.close();
  await mailbox.close();
  await kit.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Writes what is to be written, sends everything that waits, and answers what came, oldest first. */
const post = async (): Promise<Received[]> => {
  const before = mailbox.received.length;
  for (;;) if (!(await kit.run(writeLetters, {}, kit.worker)).ok) break;
  const waiting = await kit.db
    .selectFrom('outbox')
    .select('id')
    .where('sent_at', 'is', null)
    .where('dropped_at', 'is', null)
    .orderBy('queued_at')
    .execute();
  for (const { id } of waiting) await sendMail(kit.db, transport, id, SITE, attachTo(kit.db));
  return mailbox.received.slice(before);
};

const from = (email: string, lang = 'zh-Hant') => ({
  name: '林太太',
  email,
  phone: null,
  country: 'CA',
  lang,
});
const plan = (email: string, dueOn: string, pledgedOn: string, lang?: string) =>
  pledgeInput({ donor: from(email, lang), instalments: [{ dueOn, amountMinor: 50_000n }], pledgedOn });

/** A gift by bank that is here, for a promise or on its own. */
const receive = async (over: Record<string, unknown> = {}): Promise<string> => {
  const gift = must(await kit.run(recordDonation, giftInput({ givenOn: TODAY, ...over }), kit.lin));
  must(
    await kit.run(verifyDonation, { donation: gift.code, seenHash: gift.contentHash, on: TODAY }, kit.zhou),
  );
  const settled = { receivedOn: TODAY, settledMinor: null, feeMinor: 0n, rate: null, rateOn: null };
  must(await kit.run(clearDonation, { donation: gift.code, ...settled, bankReference: 'b' }, kit.lin));
  return gift.code;
};

describe('a promise', () => {
  it('is thanked for once, in the language of its giver, as text and as a page, with the plan and the reference', async () => {
    for (const lang of ['zh-Hans', 'zh-Hant', 'en'])
      must(
        await kit.run(
          makePledge,
          plan(`thanks-${lang}@x.test`, addDays(TODAY, 30), TODAY, lang),
          kit.visitor,
        ),
      );
    const mails = await post();
    expect(mails.map((one) => [one.recipients[0], one.mail.subject])).toEqual([
      ['thanks-zh-hans@x.test', expect.stringMatching(/^您的认捐 .+：¥500\.00$/)],
      ['thanks-zh-hant@x.test', expect.stringMatching(/^您的認捐 .+：¥500\.00$/)],
      ['thanks-en@x.test', expect.stringMatching(/^Your pledge .+: ¥500\.00$/)],
    ]);
    for (const { mail } of mails) {
      expect(mail.text).toContain('/give/card?ref=');
      expect(mail.html).toContain('/give/card?ref=');
      expect(mail.messageId).toMatch(/^<[0-9a-f-]{36}@shanlu\.test>$/);
    }
    expect(await post()).toEqual([]);
  });

  it('entered long after it was made is thanked for by nobody, and an anonymous one neither', async () => {
    must(await kit.run(makePledge, plan('old@x.test', '2023-10-16', '2023-09-16'), kit.visitor));
    must(
      await kit.run(
        makePledge,
        pledgeInput({ pledgedOn: TODAY, instalments: [{ dueOn: TODAY, amountMinor: 50_000n }] }),
        kit.visitor,
      ),
    );
    expect((await post()).flatMap((one) => one.recipients)).toEqual([]);
  });
});

describe('a reminder', () => {
  const remind = async (email: string, dueIn: number): Promise<{ code: string }> =>
    must(await kit.run(makePledge, plan(email, addDays(TODAY, dueIn), addDays(TODAY, -80)), kit.visitor));
  const to = (mails: Received[], email: string) => mails.filter((one) => one.recipients.includes(email));

  it('comes before the day and after it, once each, and says what is still due', async () => {
    await remind('soon@x.test', 5);
    await remind('late@x.test', -4);
    await remind('later@x.test', -30);
    await remind('far@x.test', 20);
    await remind('given-up@x.test', -70);
    const mails = await post();
    expect(mails.flatMap((one) => one.recipients).sort()).toEqual([
      'late@x.test',
      'later@x.test',
      'soon@x.test',
    ]);
    expect(to(mails, 'soon@x.test')[0]?.mail.subject).toMatch(/應付 ¥500\.00$/);
    expect(to(mails, 'late@x.test')[0]?.mail.subject).toMatch(/尚未收到$/);
    expect(await post()).toEqual([]);
  });

  it('does not come for what was paid, written off, or is being paid', async () => {
    const paid = await remind('paid@x.test', 3);
    await receive({ pledge: paid.code, donor: null });
    const off = await remind('off@x.test', -10);
    must(await kit.run(writeOffPledge, { pledge: off.code, on: TODAY, reason: '联系不上' }, kit.zhou));
    const under = await remind('under@x.test', -10);
    must(
      await kit.run(recordDonation, giftInput({ givenOn: TODAY, pledge: under.code, donor: null }), kit.lin),
    );
    const part = await remind('part@x.test', 3);
    await receive({ pledge: part.code, donor: null, amountMinor: 20_000n });
    const mails = await post();
    expect(mails.flatMap((one) => one.recipients)).toEqual(['part@x.test']);
    expect(mails[0]?.mail.subject).toContain('¥300.00');
  });

  it('ends by its own link, by one POST of the mail program too, for this giver and for no one else', async () => {
    await remind('stop@x.test', 6);
    await remind('stop@x.test', -5);
    await remind('other@x.test', 6);
    const mails = await post();
    const header = mails.find((one) => one.recipients.includes('stop@x.test'))?.mail.headers;
    expect(JSON.stringify(header?.get('list'))).toContain('/api/letters/stop?t=');
    const raw = mails.find((one) => one.recipients.includes('stop@x.test'))?.raw.replace(/\r\n\s/g, '') ?? '';
    expect(raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    const token = /letters\/stop\?t=([\w-]{44})/.exec(raw)?.[1] ?? '';
    expect(must(await kit.run(stopLetters, { token }, kit.visitor))).toEqual({ kind: 'reminders' });
    expect(must(await kit.run(stopLetters, { token }, kit.visitor))).toEqual({ kind: 'reminders' });
    const stopped = await kit.db
      .selectFrom('donor')
      .select(['email', 'news_stopped_at'])
      .where('reminders_stopped_at', 'is not', null)
      .execute();
    expect(stopped).toEqual([
      { email: 'stop@x.test', news_stopped_at: null },
      { email: 'stop@x.test', news_stopped_at: null },
    ]);
    // Another one of theirs becomes due: nothing is written any more.
    await remind('stop2@x.test', 5);
    await kit.db
      .updateTable('donor')
      .set({ reminders_stopped_at: new Date() })
      .where('email', '=', 'stop2@x.test')
      .execute();
    expect(await post()).toEqual([]);
  });

  it('cannot be ended by a token we did not sign', async () => {
    const id = '0192aaaa-0000-7000-8000-000000000001';
    const token = stopToken(id, 'news');
    expect(readStopToken(token)).toEqual({ donorId: id, kind: 'news' });
    const other = stopToken('0192aaaa-0000-7000-8000-000000000002', 'news');
    for (const wrong of [token.slice(0, 30) + other.slice(30), `B${token.slice(1)}`, '', 'x'.repeat(44)])
      expect(refusalOf(await kit.run(stopLetters, { token: wrong }, kit.visitor)).name).toBe('not_found');
  });
});

describe('a receipt', () => {
  it('comes by mail as a PDF that is the original; every later print says 副本', async () => {
    const code = await receive({ donor: from('paper@x.test', 'zh-Hans') });
    must(await kit.run(issueReceipt, { donation: code, on: null }, kit.worker));
    // It carries the proof, so it waits for the log.
    expect(await post()).toEqual([]);
    await newSequencer({ db: kit.db, witness: null })();
    const mails = await post();
    expect(mails.flatMap((one) => one.recipients)).toEqual(['paper@x.test']);
    const file = mails[0]?.mail.attachments[0];
    expect(file?.contentType).toBe('application/pdf');
    const bytes = new Uint8Array(file?.content ?? Buffer.alloc(0));
    expect(readPdf(bytes)).toMatchObject({ whole: true, pages: 1 });
    const text = pdfText(bytes).join('').replace(/\s+/g, '');
    expect(text).toContain('人民币伍佰元整');
    expect(text).toContain('林太太');
    expect(text).not.toContain('副本');

    // What left us can be checked without us: proof and private part, inside the PDF and beside it.
    const key = parseKey((await publicKeys(kit.reader))[0] ?? '');
    const beside = mails[0]?.mail.attachments.slice(1) ?? [];
    expect(beside.map((one) => one.filename)).toEqual([`${code}.tlog-proof`, `${code}-private.json`]);
    const inside = await proofIn(bytes);
    for (const [proof, part] of [
      [inside.proof, inside.privatePart],
      beside.map((one) => new Uint8Array(one.content)),
    ]) {
      expect(proof?.length).toBeLessThanOrEqual(4096);
      const { leaf } = checkProof(new TextDecoder().decode(proof), [key]);
      expect(leaf).toMatchObject({ type: 'entry', kind: 'gift_received', subject: code });
      expect(openSeals(leaf, JSON.parse(new TextDecoder().decode(part)) as object)).toEqual({
        name: '林太太',
        email: 'paper@x.test',
      });
    }
    // The code on the paper leads to the page of this gift, which links to the same proof (tests/e2e/verify.spec.ts).
    const { squares, side } = pdfSquares(bytes);
    expect(readQr(squares, side - 0.02)).toBe(`${SITE}/zh-Hans/gifts/${code}`);

    const receipt = await kit.db
      .selectFrom('receipt as r')
      .innerJoin('donation as d', 'd.id', 'r.donation_id')
      .select('r.id')
      .where('d.code', '=', code)
      .executeTakeFirstOrThrow();
    expect(must(await kit.run(printReceipt, { receiptId: receipt.id, lang: 'en' }, kit.lin))).toEqual({
      no: 2,
    });
    expect(
      refusalOf(
        await kit.run(
          printReceipt,
          { receiptId: receipt.id, lang: 'en' },
          { kind: 'donor', personId: kit.lin.personId },
        ),
      ).name,
    ).toBe('not_found');
  });
});

describe('what happened to a gift', () => {
  it('is told when its payment fails and when a bank disputes it, each once', async () => {
    const late = await kit.open({ donor: from('late@x.test', 'en') });
    await kit.press(late.url, 'delayed');
    await kit.quiet();
    kit.standin.control.finishDelayed(late.url.slice(late.url.lastIndexOf('/') + 1), false);
    await kit.quiet();
    const taken = await kit.open({ donor: from('bank@x.test', 'zh-Hans') });
    await kit.press(taken.url, 'pay');
    await kit.quiet();
    kit.standin.control.dispute(taken.url.slice(taken.url.lastIndexOf('/') + 1));
    await kit.quiet();
    const mails = await post();
    expect(mails.map((one) => [one.recipients[0], one.mail.subject])).toEqual([
      ['late@x.test', expect.stringMatching(/500\.00/)],
      ['bank@x.test', expect.stringContaining(taken.code)],
    ]);
    expect(mails[0]?.mail.text).toContain('/en/give');
    expect(mails[1]?.mail.text).toContain(`/zh-Hans/gifts/${taken.code}`);
    for (const { mail } of mails) expect(mail.html).toContain('500.00');
    expect(await post()).toEqual([]);
  });

  it('is told when its road moves on, to whoever has money in it and has not said no', async () => {
    const code = await receive({ donor: from('road@x.test'), designation: 'ML-12' });
    const other = await receive({ donor: from('elsewhere@x.test'), designation: 'ML-07' });
    const lines = [{ item: same('路面'), unit: 'm2', quantityMilli: 1_000n, amountMinor: 50_000n }];
    const road = { segment: 'ML-12', on: TODAY };
    const budget = must(await kit.run(proposeBudget, { ...road, lines, reason: null }, kit.lin));
    must(await kit.run(approveBudget, { ...road, version: 1, seenHash: budget.contentHash }, kit.zhou));
    const proposed = must(
      await kit.run(
        proposeAllocation,
        { segment: 'ML-12', amountMinor: 50_000n, note: null, on: TODAY },
        kit.lin,
      ),
    );
    must(
      await kit.run(
        approveAllocation,
        { allocation: proposed.code, seenHash: proposed.contentHash, note: null, on: TODAY },
        kit.zhou,
      ),
    );
    // Contract and work are other tests' matter; here only that the road is ready to be looked at.
    await kit.db.updateTable('segment').set({ status: 'in_progress' }).where('code', '=', 'ML-12').execute();
    const move = { segment: 'ML-12', event: 'ask_inspection', on: TODAY, reason: null, warrantyUntil: null };
    must(await kit.run(changeSegment, move, await person(kit.db, 'Wu', ['inspector'])));
    const mails = await post();
    expect(mails.flatMap((one) => one.recipients)).toEqual(['road@x.test']);
    expect(mails[0]?.mail.subject).toContain('ML-12');
    expect(mails[0]?.mail.text).toContain(`/zh-Hant/gifts/${code}`);
    expect(mails[0]?.mail.text).not.toContain(other);
    expect(mails[0]?.mail.text).toContain('/letters/stop?');
    expect(await post()).toEqual([]);
  });
});

describe('the links of letters', () => {
  it('keep what lets somebody in behind the #, with a code beside it', async () => {
    const asked = await ask(kit.db, 'in@x.test', '/en/give');
    const [mail, ...others] = await post();
    expect([mail?.recipients, others]).toEqual([['in@x.test'], []]);
    const link = letterLink(`${env.PUBLIC_URL}/en/sign-in/confirm`, asked.link);
    for (const body of [mail?.mail.text, mail?.mail.html]) {
      expect(body).toContain(link);
      expect(body).toContain(groupedCode(asked.code));
      expect(String(body).replaceAll(link, '')).not.toContain(asked.link);
    }
  });

  it('of all the letters above: none tells a server what opens anything; what ends letters can do nothing else', () => {
    const links = mailbox.received.flatMap(({ mail }) =>
      [...(mail.text ?? '').matchAll(/https?:\/\/\S+/gu)].map(([link]) => new URL(link)),
    );
    const [ending, opening] = [true, false].map((ends) =>
      links.filter(({ pathname }) => (pathname === '/api/letters/stop') === ends),
    );
    expect(ending?.length).toBeGreaterThan(2);
    for (const { searchParams } of ending ?? []) {
      expect([...searchParams.keys()]).toEqual(['t']);
      expect(readStopToken(searchParams.get('t') ?? '')).not.toBeNull();
    }
    expect(opening?.length).toBeGreaterThan(10);
    // Numbers of gifts and promises, which are counted up, and the id of a receipt, which opens for its own giver only.
    for (const { pathname, search } of opening ?? [])
      expect(pathname + search).toMatch(
        /^\/(?:[a-zA-Z][a-zA-Z-]{0,12}|[A-Z]{1,3}-\d+|[0-9a-f-]{36}|\/)+(?:\?ref=SR[2-9A-Z]{6,17})?$/u,
      );
  });
});
