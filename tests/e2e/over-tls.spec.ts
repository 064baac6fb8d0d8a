import type { ChildProcess } from 'node:child_process';
import { expect, test, type Browser, type BrowserContext } from '@playwright/test';
import { freePort } from '@/lib/run/launch/ports';
import { letterLink, tokenOfLink } from '@/lib/shared/letter-link.rules';
import { ended, serve } from '../faults/web-load';
import { untilHealthy } from '../support/page-cache';
import { ask, codeIn, linkIn, newDonor } from '../support/signing-in';
import { mailTo, secondFactorOf, stack } from '../support/stack';
import { startTlsFront, type Passed } from '../support/tls-front';

// A site as people meet it: https before the product, and a real browser. What the front saw is what any proxy's log would
// hold.

let url = '';
let passed: Passed = { requests: [], cookies: [] };
let server: ChildProcess | undefined;
let endFront: (() => Promise<void>) | undefined;

test.beforeAll(async () => {
  const [port, app] = [await freePort(), await freePort()];
  url = `https://localhost:${port}`;
  server = serve(app, { ...stack().environment, PUBLIC_URL: url, TRUSTED_PROXIES: '1' });
  await untilHealthy(`http://127.0.0.1:${app}`, 30_000);
  const front = await startTlsFront(port, app);
  passed = front.passed;
  endFront = front.end;
});

test.afterAll(async () => {
  await endFront?.();
  if (server !== undefined) await ended(server);
});

const visitor = (browser: Browser, javaScriptEnabled = true): Promise<BrowserContext> =>
  browser.newContext({ baseURL: url, ignoreHTTPSErrors: true, javaScriptEnabled });

test('every cookie of a walk through the site belongs to this very host, and an old wish still counts', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const context = await visitor(browser);
  const page = await context.newPage();
  const html = page.locator('html');
  passed.cookies.length = 0;

  // As a browser comes that chose before the names changed.
  const old = { name: 'theme', value: 'dark', url, secure: true };
  await context.addCookies([old]);
  await page.goto('/');
  await page.goto('/en/ledger');
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('button', { name: 'Large' }).first().click();
  await expect(html).toHaveAttribute('data-size', 'large');
  await page.locator('select[name=theme]').selectOption('light');
  await page.locator('form:has(select[name=theme]) button').click();
  await expect(html).toHaveAttribute('data-theme', 'light');
  await page.goto('/language?to=/zh-Hant/roads');
  await page.goto('/');
  await expect(page).toHaveURL(`${url}/zh-Hant`);

  await page.goto('/en/give');
  await page.locator('#other').fill('60');
  await page.locator('.give-foot button').click();
  await expect(page).toHaveURL(/\/give\/road$/u);

  const email = 'clerk@demo.invalid';
  const since = await ask(page, email);
  await page.getByLabel('Code').fill(codeIn((await mailTo(email, since)).text));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('Six digits').fill(await secondFactorOf(email));
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/\/en\/finance$/u);
  for (const path of ['/en/nothing/here', '/en/me', '/api/v1/segments', '/en/report', '/en/account'])
    await page.goto(path);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/en$/u);

  for (const line of passed.cookies) {
    expect(line).toMatch(/^__Host-[\w-]+=/u);
    expect(line).toMatch(/; path=\/(?:;|$)/iu);
    expect(line).toMatch(/; secure/iu);
    expect(line).toMatch(/; httponly/iu);
    expect(line).not.toMatch(/domain/iu);
  }
  const names = new Set(passed.cookies.map((line) => line.split('=')[0]));
  expect([...names].toSorted()).toEqual(
    ['giving', 'lang', 'shanlu-session', 'shanlu-sign-in', 'size', 'theme'].map((name) => `__Host-${name}`),
  );
  // The browser itself took them under these names, beside the one it had.
  const kept = (await context.cookies()).map(({ name }) => name);
  expect(kept).toEqual(
    expect.arrayContaining(['theme', '__Host-theme', '__Host-size', '__Host-lang', '__Host-shanlu-left']),
  );
});

test('what the link of a letter opens with is told to no server on the way, and leaves the address bar', async ({
  browser,
}) => {
  const context = await visitor(browser);
  const page = await context.newPage();
  passed.requests.length = 0;
  const email = await newDonor();
  const since = await ask(page, email);
  const link = linkIn((await mailTo(email, since)).text);
  const token = tokenOfLink(link) ?? '';
  expect(token).toMatch(/^[\w-]{43}$/u);
  expect(link).toBe(letterLink(`${url}/en/sign-in/confirm`, token));

  await page.goto(link);
  await expect(page.getByText(email)).toBeVisible();
  await expect(page).toHaveURL(`${url}/en/sign-in/confirm`);
  // Neither another language nor going back and on brings it into an address again.
  await page.getByRole('link', { name: '繁體' }).first().click();
  await expect(page).toHaveURL(`${url}/zh-Hant/sign-in/confirm`);
  await page.goBack();
  await expect(page).toHaveURL(`${url}/en/sign-in/confirm`);
  await page.goto('/en/roads');
  await page.goto(link);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(`${url}/en/me`);
  await page.goto(link);
  await expect(page.getByText('This link no longer works')).toBeVisible();
  await expect(page).toHaveURL(`${url}/en/sign-in/confirm`);

  expect(passed.requests.filter((one) => one.startsWith('POST /en/sign-in/confirm')).length).toBeGreaterThan(
    2,
  );
  for (const one of passed.requests) expect(one).not.toContain(token);
});

test('a link of the form before still works, and its token goes no further than the first request', async ({
  browser,
}) => {
  const context = await visitor(browser);
  const page = await context.newPage();
  const email = await newDonor();
  const since = await ask(page, email);
  const token = tokenOfLink(linkIn((await mailTo(email, since)).text)) ?? '';
  passed.requests.length = 0;
  await page.goto(`/en/sign-in/confirm?token=${token}`);
  await expect(page.getByText(email)).toBeVisible();
  await expect(page).toHaveURL(`${url}/en/sign-in/confirm`);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(`${url}/en/me`);
  expect(passed.requests.filter((one) => one.includes(token))).toHaveLength(1);
});

test('without script the code of the letter is typed, where it was asked for', async ({ browser }) => {
  const context = await visitor(browser, false);
  const page = await context.newPage();
  passed.requests.length = 0;
  const email = await newDonor();
  const since = await ask(page, email);
  const { text } = await mailTo(email, since);
  const [code, token] = [codeIn(text), tokenOfLink(linkIn(text)) ?? ''];
  // The link was tried first: the page says what else there is, and leads to it.
  await page.goto(linkIn(text));
  await page.getByLabel('The sign-in link from your letter').fill('https://shanlu.example.org/en');
  await page.getByRole('button', { name: 'Open' }).click();
  await expect(page.getByText('This is not a sign-in link.')).toBeVisible();
  await page.getByRole('link', { name: 'Use the code instead' }).click();
  await page.getByLabel('Code').fill(code);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(`${url}/en/me`);
  for (const one of passed.requests) {
    expect(one).not.toContain(token);
    expect(one).not.toContain(code);
  }
});
