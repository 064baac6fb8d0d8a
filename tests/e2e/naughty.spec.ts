import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { walkThroughGiving } from '@/lib/run/check/giving';
import {
  plainBrowser,
  type PlainBrowser,
  type PlainForm,
  type PlainPage,
} from '@/lib/run/check/plain-browser';
import { newId } from '@/lib/shared/id';
import { contractData } from '../support/contract-data';
import { giveByCard } from '../support/giver';
import { langOf, round } from '../support/round';
import { inDatabase, newStaff, openAccount, sessionCookie, signedInAs } from '../support/signed-in';
import { stack } from '../support/stack';

/*
 * Strings that break programs, sent over HTTP to every form of giving, paying, my giving, the evening and the desk's
 * gifts, promises, receipts, refunds and givers: no answer is an error of ours, nothing typed comes back as markup, and
 * what was kept runs nothing in a real browser. The fields are read from the forms themselves, so a new one joins by
 * itself. That each string is stored exactly or refused at its field: tests/db/naughty-texts.test.ts.
 *
 * Every second string is sent in a run, to one form after another; the day decides which. With NAUGHTY=1 each goes to all
 * (over an hour on two busy processors); FROM=20000 goes on where such a run was broken off.
 */

const ALL = process.env['NAUGHTY'] === '1';
const FROM = Number(process.env['FROM'] ?? 0);

const lines = (...path: string[]): string[] =>
  readFileSync(contractData('text', ...path), 'utf8').split('\n');
const STRINGS = [
  ...(JSON.parse(readFileSync(contractData('text', 'blns', 'blns.json'), 'utf8')) as string[]),
  ...lines('xss', 'xss-payloads-first300.txt'),
  ...lines('injection', 'csv-payload.txt'),
  'nothing\u0000after',
  '\ufffe\uffff',
  '路'.repeat(20_000),
];

/** A form with text fields, where it was found and who sends it. */
type Target = { readonly browser: PlainBrowser; readonly page: PlainPage; readonly form: PlainForm };

/** Buttons of every page's frame: the display switch and the language. */
const FRAME = new Set(['/display', '/language']);

const targetsOf = (browser: PlainBrowser, page: PlainPage, mine: readonly string[]): Target[] => {
  expect(page.status, page.url).toBe(200);
  return page.forms
    .filter((form) => form.texts.length > 0 && !FRAME.has(form.action))
    .filter(
      // On a list that all share, only what is ours may be changed.
      (form) =>
        mine.length === 0 ||
        form.method !== 'post' ||
        mine.some((one) => [...form.values.values()].includes(one)),
    )
    .map((form) => ({ browser, page, form }));
};

/** Sends the form with strings in all its text fields, or in one of them and everything else as the page had it. */
const send = ({ browser, page, form }: Target, n: number): Promise<PlainPage> => {
  const typed = (shift: number): string => STRINGS[(n + shift) % STRINGS.length] ?? '';
  const one = form.texts[n % form.texts.length];
  const filled = Object.fromEntries(
    form.texts.flatMap((field, at) =>
      n % 2 === 1 || field === one ? [[field, typed(field === one ? 0 : at * 7)]] : [],
    ),
  );
  // Each sending is an act of its own, not a repetition of the last.
  return browser.send(page, form, { ...filled, ...(form.values.has('key') && { key: newId() }) });
};

const judged = (page: PlainPage, where: string, typed: string): void => {
  expect.soft(page.status, `${where}: ${typed.slice(0, 80)}`).toBeLessThan(500);
  // Typed text may stand on the page only with its signs written out.
  if (typed.length > 12 && /<[a-z]/iu.test(typed))
    expect.soft(page.html.includes(typed), `${where}: ${typed.slice(0, 80)}`).toBe(false);
};

const ATTACK = '"><img src=x onerror=alert(1)><script>alert(2)</script>';

test('no string typed into any field makes an error of ours, or comes back as markup', async ({
  browser,
}) => {
  test.setTimeout(ALL ? 7_200_000 : 300_000);
  const lang = langOf(1);
  const email = `naughty-${randomBytes(4).toString('hex')}@example.org`;
  const visitor = plainBrowser(stack().url);
  const signedIn = async (address: string): Promise<PlainBrowser> => {
    const context = await browser.newContext();
    const { name, value } = sessionCookie(await signedInAs(context, address));
    await context.close();
    return plainBrowser(stack().url, { [name]: value });
  };

  // A promise and a paid gift of our own, and the pages that lead to them as far as they have text fields.
  const giver = plainBrowser(stack().url);
  const card = await walkThroughGiving(giver, { amount: '600', road: 'any', email, method: 'bank' });
  const reference = new URL(card.url).searchParams.get('ref') ?? '';
  const cents = String(1 + (Number.parseInt(email.slice(8, 12), 16) % 99)).padStart(2, '0');
  const { gift } = await giveByCard(`73.${cents}`, email, 'any');
  await openAccount(email);
  const [own] = await inDatabase<{ pledge: string }>(
    `select code as pledge from pledge where reference = $1`,
    [reference],
  );
  const pledge = own?.pledge ?? '';
  await expect
    .poll(() =>
      inDatabase(`select 1 from receipt r join donation d on d.id = r.donation_id where d.code = $1`, [gift]),
    )
    .toHaveLength(1);
  const [{ number, serial } = { number: '', serial: '' }] = await inDatabase<{
    number: string;
    serial: string;
  }>(
    `select to_char(r.issued_on, 'YYYY') || '-' || lpad(r.serial::text, 6, '0') as number, r.serial::text
     from receipt r join donation d on d.id = r.donation_id where d.code = $1`,
    [gift],
  );
  const [mine, clerk] = [await signedIn(email), await signedIn(await newStaff(['clerk', 'approver']))];

  const answer = (page: PlainPage, field: string, value: string): Promise<PlainPage> => {
    const form = page.forms.find((one) => one.values.has(field) || one.choices.has(field));
    if (!form) throw new Error(`${page.url} has no field ${field}`);
    return visitor.send(page, form, { [field]: value });
  };
  const amount = await visitor.open(`/${lang}/give`);
  const road = await answer(amount, 'other', '600');
  const timing = await answer(road, 'road', 'any');
  const name = await answer(timing, 'timing', 'once');
  const open = async (who: PlainBrowser, path: string, ...codes: string[]): Promise<Target[]> =>
    targetsOf(who, await who.open(`/${lang}/${path}`), codes);
  const targets = [
    ...[amount, timing, name].flatMap((page) => targetsOf(visitor, page, [])),
    ...(
      await Promise.all([
        open(visitor, 'give/pay'),
        open(visitor, `give/pay?ref=${reference}`),
        open(visitor, 'report'),
        open(visitor, 'sign-in'),
        open(visitor, 'sign-in/confirm'),
        open(visitor, 'consent'),
        ...['ledger', 'roads', 'verify'].map((path) => open(visitor, path)),
        open(mine, `me/gifts/${gift}`),
        open(mine, `me/pledges/${pledge}`),
        open(clerk, 'finance/gifts', 'CNY'),
        open(clerk, 'finance/hall/concert-2023'),
        open(clerk, `finance/pledges?q=${pledge}`, pledge),
        open(clerk, `finance/pledges/${pledge}`),
        open(clerk, `finance/receipts?q=${number}`, serial),
        open(clerk, `finance/refunds?gift=${gift}&amount=1`, gift),
        open(clerk, 'finance/donors', pledge),
      ])
    ).flat(),
  ];
  const fields = targets.flatMap(({ page, form }) =>
    form.texts.map((field) => `${new URL(page.url).pathname} ${field}`),
  );
  for (const known of [
    'give/name message',
    'report told',
    `gifts/${gift} reason`,
    'receipts issuedTo',
    'pledges publicText',
    'finance/gifts paste',
    'finance/hall/concert-2023 name1',
  ])
    expect(
      fields.some((field) => field.endsWith(known)),
      `${known} of ${fields.join(', ')}`,
    ).toBe(true);

  const sendings = STRINGS.flatMap((typed, n) =>
    ALL
      ? targets.map((target) => ({ target, typed, n }))
      : (n + round) % 2 === 0
        ? [{ target: targets[(n + 17 * round) % targets.length], typed, n }]
        : [],
  );
  const queue = [...sendings.entries()].slice(FROM).values();
  const worker = async (): Promise<void> => {
    for (const [at, { target, typed, n }] of queue) {
      if (target) judged(await send(target, n), target.page.url, typed);
      if (at % 1_000 === 999) console.log(`${at + 1} of ${sendings.length} sent`);
    }
  };
  await Promise.all(Array.from({ length: 4 }, worker));
  // Addresses take what anyone writes into them: the last strings in every one, of the others one each.
  const paths = [
    'ledger?q=',
    'roads?q=',
    'verify?code=',
    'give?road=',
    'give?currency=',
    'give?event=',
    'give?campaign=',
    'give/card?ref=',
    'give/pay?ref=',
    'give/return?try=',
    'report?road=',
    'letters/stop?t=',
    'sign-in/confirm?token=',
    'consent/',
  ];
  const addresses = STRINGS.flatMap((typed, n) =>
    ALL || n >= STRINGS.length - 3
      ? paths.map((path) => ({ path, typed }))
      : n % 24 === round % 24
        ? [{ path: paths[(n + round) % paths.length] ?? '', typed }]
        : [],
  ).values();
  const reader = async (): Promise<void> => {
    for (const { path, typed } of addresses)
      judged(
        await visitor.open(`/${lang}/${path}${encodeURIComponent(typed.slice(0, 1_000).toWellFormed())}`),
        path,
        typed,
      );
  };
  await Promise.all([reader(), reader(), reader()]);

  // What is kept and shown runs nothing in a real browser: the words of a promise that wait at the desk.
  const words = { show: 'alias', shownAs: ATTACK, message: ATTACK, dedication: ATTACK, receiptName: ATTACK };
  const fresh = plainBrowser(stack().url);
  let page = await fresh.open(`/${lang}/give`);
  for (const answers of [
    { other: '600' },
    { road: 'any' },
    { timing: 'once' },
    words,
    { method: 'bank' },
    { token: null },
  ]) {
    const [field = ''] = Object.keys(answers);
    const form = page.forms.find((one) => one.values.has(field) || one.choices.has(field));
    if (!form) throw new Error(`${page.url} has no field ${field}`);
    page = await fresh.send(page, form, field === 'token' ? {} : (answers as Record<string, string>));
  }
  expect(page.url).toMatch(/\/give\/card\?ref=/u);
  expect(
    await inDatabase(
      `select r.message, r.dedication, r.shown_as->>'en' as shown, d.name from pledge p join recognition r on r.id = p.recognition_id
       join donor d on d.id = p.donor_id where p.reference = $1`,
      [new URL(page.url).searchParams.get('ref')],
    ),
  ).toEqual([{ message: ATTACK, dedication: ATTACK, shown: ATTACK, name: ATTACK }]);
  const attacked = await browser.newContext();
  await signedInAs(attacked, 'clerk@demo.invalid');
  const desk = await attacked.newPage();
  const ran: string[] = [];
  desk.on('dialog', (dialog) => {
    ran.push(dialog.message());
    void dialog.dismiss();
  });
  for (const path of [
    'finance/hall',
    `finance/pledges?q=${pledge}`,
    `finance/receipts?q=${number}`,
    'finance/refunds',
  ]) {
    await desk.goto(`/${lang}/${path}`);
    if (path === 'finance/hall') await expect(desk.getByText(ATTACK).first()).toBeVisible();
  }
  expect(ran).toEqual([]);
  await attacked.close();
});
