import { test, expect, request as newRequest } from '@playwright/test';
import { inDatabase, signedInAs } from '../support/signed-in';
import { unique, newDonor, newStaff, ask, codeIn, linkIn } from '../support/signing-in';
import { mailTo, secondFactorOf, stack } from '../support/stack';
import { freshTotp } from '../support/totp';

// Signing in as people do it: in a browser, with the mail really sent and read, with and without script.

/** Ten recovery codes are hashed slowly, on purpose: seconds, and more of them on a machine that is busy. */
const SLOW = 60_000;

test('staff: mail, code, second factor, to where they were going; signing out ends it', async ({
  page,
  context,
}) => {
  const email = 'auditor@demo.invalid';
  await page.goto('/en/finance/proofs');
  await expect(page).toHaveURL(/\/en\/sign-in\?next=%2Fen%2Ffinance%2Fproofs$/);
  const since = await ask(page, email, '/en/finance/proofs');
  await expect(page.getByText(email)).toBeVisible();

  await page.getByLabel('Code').fill('AAAA-AAAA');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('The code is not right.')).toBeVisible();

  const mail = await mailTo(email, since, (one) => codeIn(one.text) !== '');
  await page.getByLabel('Code').fill(codeIn(mail.text).toLowerCase().replace('-', ' '));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Second step: your authenticator');
  expect(new URL(page.url()).searchParams.get('next')).toBe('/en/finance/proofs');

  const [before] = (await context.cookies()).filter((cookie) => cookie.name === 'shanlu-session');
  expect(before).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  await page.goto('/en/finance/approvals');
  await expect(page, 'nothing of the desk without it').toHaveURL(/second-factor/);
  await page.goto('/en/sign-in/second-factor?next=%2Fen%2Ffinance%2Fproofs');

  await page.getByLabel('Six digits').fill('000000');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('Not right, or used a moment ago')).toBeVisible();
  await page.getByLabel('Six digits').fill(await secondFactorOf(email));
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/\/en\/finance\/proofs$/);

  const [after] = (await context.cookies()).filter((cookie) => cookie.name === 'shanlu-session');
  expect(after?.value, 'a new token').not.toBe(before?.value);
  const old = await newRequest.newContext({
    baseURL: stack().url,
    extraHTTPHeaders: { Cookie: `shanlu-session=${before?.value}` },
  });
  expect((await old.get('/en/finance', { maxRedirects: 0 })).headers()['location']).toContain('/en/sign-in');

  await page.goto('/en/account');
  await expect(page.getByRole('row').filter({ hasText: 'this one' })).toHaveCount(1);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/en$/);
  const stolen = await newRequest.newContext({
    baseURL: stack().url,
    extraHTTPHeaders: { Cookie: `shanlu-session=${after?.value}` },
  });
  expect((await stolen.get('/en/finance', { maxRedirects: 0 })).headers()['location']).toContain(
    '/en/sign-in',
  );
  await page.goBack();
  await page.waitForLoadState();
  await page.reload();
  await expect(page, 'the back button shows nothing').toHaveURL(/\/en\/sign-in/);
});

test('a donor without script signs in by the link, pasted, which mail scanners may open as often as they like', async ({
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const email = await newDonor();
  const since = await ask(page, `  ${email.toUpperCase()} `);
  const mail = await mailTo(email, since);
  expect(mail.subject).toBe('Sign in to Shanlu');
  const link = linkIn(mail.text);
  const scanner = await newRequest.newContext();
  for (let i = 0; i < 3; i += 1) {
    expect((await scanner.get(link)).status()).toBe(200);
    expect((await scanner.head(link)).status()).toBe(200);
  }
  // Another browser than the one that asked: the phone the mail was read on.
  const phone = await browser.newContext({ javaScriptEnabled: false });
  const there = await phone.newPage();
  const open = async () => {
    await there.goto(link);
    await there.getByLabel('The sign-in link from your letter').fill(` ${link} `);
    await there.getByRole('button', { name: 'Open' }).click();
  };
  await open();
  await expect(there.getByText(email)).toBeVisible();
  await there.getByRole('button', { name: 'Sign in' }).click();
  await expect(there).toHaveURL(/\/en\/me$/);
  await expect(there.getByText(email)).toBeVisible();
  expect((await there.goto('/en/finance'))?.status(), 'for a donor there is no desk').toBe(404);

  await open();
  await expect(there.getByText('This link no longer works')).toBeVisible();
  await page.getByLabel('Code').fill(codeIn(mail.text));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('The code has been used')).toBeVisible();
});

test('setting up an authenticator, its recovery codes, and losing the phone', async ({ page, browser }) => {
  test.setTimeout(180_000);
  const { email } = await newStaff('clerk');
  const since = await ask(page, email);
  await page.goto(linkIn((await mailTo(email, since)).text));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Set up an authenticator');
  await page.getByRole('button', { name: 'Begin' }).click();
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
  await page.getByText('Cannot scan?').click();
  const secret = (await page.locator('details code').innerText()).replaceAll(' ', '');
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);

  await page.getByLabel('The six digits').fill('000000');
  await page.getByRole('button', { name: 'Set up' }).click();
  await expect(page.getByText('Not right. Check')).toBeVisible();
  await page.getByLabel('The six digits').fill(await freshTotp(secret));
  await page.getByRole('button', { name: 'Set up' }).click();
  await expect(page.getByRole('heading', { name: 'Your ten recovery codes' })).toBeVisible({ timeout: SLOW });
  const codes = await page.locator('ol code').allInnerTexts();
  expect(codes).toHaveLength(10);
  await mailTo(email, since, (mail) => mail.subject === 'A change to your Shanlu account');
  await page.getByRole('link', { name: 'I have kept them' }).click();
  await expect(page).toHaveURL(/\/en\/finance$/);
  await page.goto('/en/sign-in/set-up');
  expect(await page.content()).not.toContain(secret);

  const other = await browser.newContext();
  const lost = await other.newPage();
  await signedInAs(other, email, { secondFactor: false });
  await lost.goto('/en/finance');
  await lost.getByLabel('Six digits').fill(codes[3] ?? '');
  await lost.getByRole('button', { name: 'Continue' }).click();
  await expect(lost).toHaveURL(/\/en\/finance$/);
  await lost.goto('/en/account');
  await expect(lost.getByText('9 recovery codes left')).toBeVisible();
  await lost.getByText('9 recovery codes left').click();
  await lost.getByRole('button', { name: 'Make new recovery codes' }).click();
  await expect(lost.locator('ol code')).toHaveCount(10, { timeout: SLOW });
});

test('setting up works without script', async ({ browser }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const { email } = await newStaff('clerk');
  await signedInAs(context, email, { secondFactor: false });
  await page.goto('/en/sign-in');
  await page.getByRole('button', { name: 'Begin' }).click();
  const secret = ((await page.locator('details code').textContent()) ?? '').replaceAll(' ', '');
  await page.getByLabel('The six digits').fill(await freshTotp(secret));
  await page.getByRole('button', { name: 'Set up' }).click();
  await expect(page.locator('ol code')).toHaveCount(10, { timeout: SLOW });
  await page.getByRole('link', { name: 'I have kept them' }).click();
  await expect(page).toHaveURL(/\/en\/finance$/);
});

test('five wrong numbers end the sign-in; a session ended elsewhere is out at the next click', async ({
  page,
  context,
  browser,
}) => {
  const email = 'inspector@demo.invalid';
  await signedInAs(context, email, { secondFactor: false });
  await page.goto('/en/sign-in/second-factor');
  for (let tries = 1; tries <= 5; tries += 1) {
    await page.getByLabel('Six digits').fill(`00000${tries}`);
    await page.getByRole('button', { name: 'Continue' }).click();
    if (tries < 5) await expect(page.getByText('Not right')).toBeVisible();
  }
  await expect(page.getByText('Too many wrong numbers')).toBeVisible();
  await expect(page).toHaveURL(/\/en\/sign-in/);

  await signedInAs(context, email);
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await signedInAs(elsewhere, email);
  await other.goto('/en/finance');
  await expect(other).toHaveURL(/\/en\/finance$/);
  await page.goto('/en/account');
  await page.getByRole('button', { name: 'End all others' }).click();
  await expect(page.getByText('Ended.')).toBeVisible();
  await other.reload();
  await expect(other).toHaveURL(/\/en\/sign-in/);
  await page.reload();
  await expect(page).toHaveURL(/\/en\/account/);
});

test('an administrator adds someone, gives and takes roles; what is taken is gone at the next click', async ({
  page,
  context,
  browser,
}) => {
  await signedInAs(context, 'admin@demo.invalid');
  await page.goto('/en/finance/people');
  const email = unique('new');
  await page.getByLabel('Name').fill('欧阳明');
  await page.getByLabel('E-mail').fill(email);
  await page.locator('#enrol-role').selectOption('approver');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText('Done.')).toBeVisible();
  const theirs = await browser.newContext();
  const them = await theirs.newPage();
  await signedInAs(theirs, email);
  await them.goto('/en/finance/approvals');
  await expect(them).toHaveURL(/approvals$/);
  expect((await them.goto('/en/finance/people'))?.status(), 'only for administrators').toBe(404);

  await page.getByRole('row').filter({ hasText: email }).getByRole('link').click();
  await page.getByRole('button', { name: 'Take away: approver' }).click();
  await expect(page.getByText('Done.')).toBeVisible();
  await them.goto('/en/finance/approvals');
  await expect(them, 'signed out everywhere').toHaveURL(/\/en\/sign-in/);
  await signedInAs(theirs, email);
  expect((await them.goto('/en/finance/approvals'))?.status(), 'a donor now').toBe(404);

  await page.getByRole('row').filter({ hasText: 'admin@demo.invalid' }).getByRole('link').click();
  await expect(page.getByText('Your own account is changed by another').first()).toBeVisible();
});

test('weighty pages ask for the second factor again when it was given long ago', async ({
  page,
  context,
}) => {
  await signedInAs(context, 'admin@demo.invalid');
  await inDatabase(`update sign_in_session set second_factor_at = now() - interval '1 hour' where second_factor_at is not null
    and person_id = (select id from person where email = 'admin@demo.invalid')`);
  await page.goto('/en/finance/people');
  await expect(page.getByText('This is a weighty step')).toBeVisible();
  await page.getByLabel('Six digits').fill(await secondFactorOf('admin@demo.invalid'));
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/\/en\/finance\/people$/);
});
