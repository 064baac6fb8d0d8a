import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { plainBrowser, type PlainBrowser, type PlainPage } from '@/lib/run/check/plain-browser';
import { contractData } from '../support/contract-data';
import { langOf, round } from '../support/round';
import { inDatabase, openAccount, sessionCookie, signedInAs } from '../support/signed-in';
import { stack } from '../support/stack';

// Strings that break programs, typed into every text field of giving, paying, signing in, my giving and the cards of an
// evening, and into every search: no answer is an error of ours, nothing typed comes back as markup, and what was kept
// runs nothing in a real browser. That each is stored exactly or refused at its field is said by tests/db/hall.test.ts.

/** One string in so many, each day others; with NAUGHTY=1 all of them. */
const EVERY = Number.parseInt(process.env['NAUGHTY'] ?? '200', 10);

const STRINGS = [
  ...(JSON.parse(readFileSync(contractData('text', 'blns', 'blns.json'), 'utf8')) as string[]),
  ...readFileSync(contractData('text', 'xss', 'xss-payloads-first300.txt'), 'utf8').split('\n'),
].filter((_, index) => index % EVERY === round % EVERY);

/** The promise of the giver in the story that is still open. */
const openPledge = async (): Promise<string> =>
  (
    await inDatabase<{ code: string }>(
      `select p.code from pledge p join donor d on d.id = p.donor_id
       where d.email = 'donor@demo.invalid' and p.status in ('open', 'partly_fulfilled') limit 1`,
    )
  )[0]?.code ?? '';

const ATTACK = '"><img src=x onerror=alert(1)><script>alert(2)</script>';

/** What is not a person's to type: chosen from a list, or made by the page. */
const NOT_TYPED =
  /^(?:\$|lang$|key$|token$|proof$|act$|gift$|currency$|campaign$|event$|rows$|on$|next$|answers?$)/u;

/** Sends the form that has this field, every text field filled with the string. */
const fill = async (
  browser: PlainBrowser,
  page: PlainPage,
  field: string,
  typed: string,
  chosen: Readonly<Record<string, string>> = {},
): Promise<PlainPage> => {
  const form = page.forms.find(
    (one) => (one.values.has(field) || one.choices.has(field)) && one.action !== '/display',
  );
  if (!form) throw new Error(`${page.url} has no field ${field} (${page.status})`);
  const texts = [...form.values.keys()].filter((name) => !NOT_TYPED.test(name) && !form.choices.has(name));
  return browser.send(page, form, { ...Object.fromEntries(texts.map((name) => [name, typed])), ...chosen });
};

const judged = (page: PlainPage, typed: string): void => {
  expect.soft(page.status, `${page.url}: ${typed}`).toBeLessThan(500);
  // Typed text may stand on the page only with its signs written out.
  if (typed.length > 12 && /<[a-z]/iu.test(typed))
    expect.soft(page.html.includes(typed), `${page.url}: ${typed}`).toBe(false);
};

test('no string typed into any field makes an error of ours, or comes back as markup', async ({
  browser,
}) => {
  test.setTimeout(EVERY < 20 ? 1_800_000 : 90_000);
  const lang = langOf(1);
  const giver = plainBrowser(stack().url);
  const signedIn = async (email: string): Promise<PlainBrowser> => {
    const context = await browser.newContext();
    const { name, value } = sessionCookie(await signedInAs(context, email));
    await context.close();
    return plainBrowser(stack().url, { [name]: value });
  };
  await openAccount('donor@demo.invalid');
  const [mine, clerk] = [await signedIn('donor@demo.invalid'), await signedIn('clerk@demo.invalid')];
  // As far as the questions with many texts; their pages are sent again and again.
  const amount = await giver.open(`/${lang}/give`);
  const road = await fill(giver, amount, 'other', '', { other: '600' });
  const timing = await fill(giver, road, 'road', '', { road: 'any' });
  const name = await fill(giver, timing, 'timing', '', { timing: 'once' });
  const find = await giver.open(`/${lang}/give/pay`);
  const signIn = await giver.open(`/${lang}/sign-in`);
  const myGift = await mine.open(`/${lang}/me/gifts/G-0095`);
  const myPledge = await mine.open(`/${lang}/me/pledges/${await openPledge()}`);
  const cards = await clerk.open(`/${lang}/finance/hall/concert-2023`);
  for (const typed of STRINGS) {
    judged(await fill(giver, amount, 'other', typed), typed);
    judged(await fill(giver, timing, 'timing', typed, { timing: 'parts' }), typed);
    judged(await fill(giver, name, 'shownAs', typed, { show: 'alias' }), typed);
    judged(await fill(giver, find, 'reference', typed), typed);
    judged(await fill(giver, signIn, 'email', typed), typed);
    judged(await fill(mine, myGift, 'amount', typed), typed);
    judged(await fill(mine, myPledge, 'part1', typed), typed);
    judged(await fill(clerk, cards, 'amount1', typed), typed);
    const query = encodeURIComponent(typed.toWellFormed());
    for (const path of [
      'ledger?q=',
      'roads?q=',
      'verify?code=',
      'give?road=',
      'give?currency=',
      'give/card?ref=',
    ])
      judged(await giver.open(`/${lang}/${path}${query}`), typed);
  }

  // What is kept and shown runs nothing in a real browser: the words of a promise that wait at the desk.
  const words = { show: 'alias', shownAs: ATTACK, message: ATTACK, dedication: ATTACK, receiptName: ATTACK };
  const method = await fill(giver, name, 'shownAs', '', words);
  const review = await fill(giver, method, 'method', '', { method: 'bank' });
  const card = await fill(giver, review, 'token', '');
  expect(card.url).toMatch(/\/give\/card\?ref=/u);
  expect(
    await inDatabase(
      `select r.message, r.dedication, r.shown_as->>'en' as shown, d.name from pledge p join recognition r on r.id = p.recognition_id
       join donor d on d.id = p.donor_id where p.reference = $1`,
      [new URL(card.url).searchParams.get('ref')],
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
  await desk.goto(`/${lang}/finance/hall`);
  await expect(desk.getByText(ATTACK).first()).toBeVisible();
  expect(ran).toEqual([]);
  await attacked.close();
});
