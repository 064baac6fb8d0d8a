import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, type APIRequestContext } from '@playwright/test';
import { inDatabase, signedInAs } from '../support/signed-in';
import { mailTo, stack } from '../support/stack';

// A giver who stays anonymous writes something unmistakable into every field. None of it may come out anywhere but in
// their own letters and on their own pages.

const RESOURCES = 'campaigns segments entries postings gifts contracts payments documents duties'.split(' ');

const MARK = `canary${randomBytes(5).toString('hex')}`;

/** Whatever an address answers, as text; binary answers are looked through as they are. */
const textOf = async (request: APIRequestContext, path: string, headers = {}): Promise<string> => {
  const answer = await request.get(path, { headers });
  expect.soft(answer.status(), path).toBe(200);
  return (await answer.body()).toString('utf8');
};

/** The addresses below which something public lies: all of the sitemap, the files, feeds and lists of open data. */
const publicPaths = async (request: APIRequestContext): Promise<string[]> => {
  const map = await textOf(request, '/sitemap.xml');
  const pages = [...map.matchAll(/<loc>([^<]+)<\/loc>/gu)].map((found) => new URL(found[1] ?? '').pathname);
  // All pages, of the roads and entries one: they are made alike.
  const wanted = pages.filter((path) => !/\/(?:roads|ledger|reports)\/(?!ML-07|R-)/u.test(path));
  const data = await textOf(request, '/en/data');
  // Whole files are rationed, and other tests take some too: those that hold gifts; the lists have the rest.
  const linked = [...data.matchAll(/href="(\/open-data\/[^"]*)"/gu)]
    .map((found) => found[1] ?? '')
    .filter((path) => /\/(?:gifts\.csv|360giving\.json|ledger\.hledger)$/u.test(path));
  return [
    ...new Set([
      '/sitemap.xml',
      '/robots.txt',
      '/api/hall/concert-2023',
      '/en/hall/concert-2023',
      '/en/words',
      '/en/merit',
      '/api/v1/openapi.json',
      ...RESOURCES.map((name) => `/api/v1/${name}`),
      ...wanted,
      ...linked,
    ]),
  ];
};

test('an anonymous giver leaves no trace in anything public, in anybody else’s mail or in the exports of staff', async ({
  browser,
  request,
}) => {
  test.slow();
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const next = () => page.locator('.give-foot button').click();
  const choose = (name: string, value: string) =>
    page.locator(`label:has(input[name="${name}"][value="${value}"])`).click();
  await page.goto('/en/give?event=concert-2023');
  await page.locator('#other').fill('77');
  await next();
  await choose('road', 'any');
  await next();
  await choose('timing', 'once');
  await next();
  const email = `${MARK}@example.org`;
  const fields = {
    email,
    receiptName: `${MARK} receipt`,
    contact: `${MARK} contact`,
    sharer1: `${MARK} sharer`,
  };
  for (const folded of ['#message', '#sharer1'])
    await page.locator(`details:has(${folded}) > summary`).click();
  for (const [id, value] of Object.entries(fields)) await page.locator(`#${id}`).fill(value);
  await page.locator('#share1').fill('1');
  await page.locator('#donorKind').selectOption('organisation');
  await page.locator('#message').fill(`${MARK} message`);
  await page.locator('#dedication').fill(`${MARK} dedication`);
  await next();
  await choose('method', 'card');
  await next();
  await page.waitForTimeout(3_200);
  await next();
  await page.locator('#email').fill(email);
  await page.locator('#method-card').check();
  await page.locator('button[value=pay]').click();
  await expect(page).toHaveURL(/give\/return\?try=/u);
  const [gift] = await inDatabase<{ code: string }>(
    `select g.code from donation g join donor d on d.id = g.donor_id where d.email = $1 and g.received_on is not null`,
    [email],
  );
  expect(gift?.code).toMatch(/^G-\d+$/u);
  // The receipt has come, so whatever is made of a gift in the background has been made.
  expect((await mailTo(email)).text).not.toBe('');
  await context.close();

  const paths = [...(await publicPaths(request)), `/en/gifts/${gift?.code}`, `/zh-Hans/gifts/${gift?.code}`];
  expect(paths.length).toBeGreaterThan(30);
  const hits: string[] = [];
  for (const path of paths) if ((await textOf(request, path)).includes(MARK)) hits.push(path);
  for (const path of ['/en', '/en/ledger', `/en/gifts/${gift?.code}`, '/en/merit'])
    if ((await textOf(request, path, { RSC: '1' })).includes(MARK)) hits.push(`${path} (RSC)`);

  const mails = (await (await fetch(`${stack().mailboxUrl}/messages.json`)).json()) as { to: string[] }[];
  for (const mail of mails)
    if (!mail.to.includes(email) && JSON.stringify(mail).includes(MARK))
      hits.push(`mail to ${mail.to.join()}`);

  const staff = await browser.newContext();
  await signedInAs(staff, 'auditor@demo.invalid');
  for (const path of [
    '/en/finance/audit/export',
    '/en/finance/accounts/file?format=csv',
    '/en/finance/accounts/file?format=hledger',
    '/en/finance/accounts/file?format=beancount',
    '/en/finance/log',
  ])
    if ((await textOf(staff.request, path)).includes(MARK)) hits.push(path);
  await staff.close();
  expect(hits).toEqual([]);

  // What the browser is sent holds no map of the sources.
  const built = fileURLToPath(new URL('../../.next/static', import.meta.url));
  const files = readdirSync(built, { recursive: true, encoding: 'utf8' });
  expect(files.filter((file) => file.endsWith('.map'))).toEqual([]);
  for (const file of files.filter((one) => /\.(?:js|css)$/u.test(one)))
    expect(readFileSync(join(built, file), 'utf8')).not.toContain('sourceMappingURL=data');
});
