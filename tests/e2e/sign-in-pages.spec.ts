import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { axeFinds } from '../support/axe';
import { round } from '../support/round';
import { newStaff, signedInAs } from '../support/signed-in';
import { linkIn } from '../support/signing-in';
import { mailTo } from '../support/stack';
import { betweenSteps, freshTotp, totp } from '../support/totp';

// Every page of signing in, in every language, each on another screen, by day or by night: nothing for axe to find,
// nothing wider than the screen. One of the three views a day, the others by ROUND=0, 1, 2. `SHOTS=folder` keeps pictures
// to look at.

const VIEWS = [
  { lang: 'zh-Hans', name: 'phone', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  { lang: 'en', name: 'narrow', viewport: { width: 320, height: 640 }, colorScheme: 'dark' },
  { lang: 'zh-Hant', name: 'desk', viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
] as const;

const look = async (page: Page, name: string): Promise<void> => {
  expect(await axeFinds(page), name).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, `${name} is wider than the screen`).toBeLessThanOrEqual(0);
  await expect(page.locator('h1')).toHaveCount(1);
  const shots = process.env['SHOTS'];
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
};

const walk = async (page: Page, context: BrowserContext, lang: Lang, name: string): Promise<void> => {
  const t = words(lang, 'signIn');
  const shot = (part: string) => look(page, `${part}-${name}-${lang}`);
  const email = await newStaff(['clerk', 'inspector'], lang);

  await page.goto(`/${lang}/sign-in`);
  await shot('1-ask');
  await page.getByLabel(t('ask.email')).fill('not an address');
  await page.getByRole('button', { name: t('ask.send') }).click();
  await expect(page.getByText(t('ask.emailWrong'))).toBeVisible();
  await shot('2-ask-wrong');
  await page.getByLabel(t('ask.email')).fill(email);
  const since = new Date(Date.now() - 1_000).toISOString();
  await page.getByRole('button', { name: t('ask.send') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('code.title'));
  await shot('3-code');
  await page.getByRole('textbox', { name: t('code.label') }).fill('x');
  await page.getByRole('button', { name: t('code.submit'), exact: true }).click();
  await expect(page).toHaveURL(/problem=code_wrong/);
  await shot('4-code-wrong');
  const { text } = await mailTo(email, since);
  const link = linkIn(text);
  await page.goto(`/${lang}/sign-in/confirm`);
  await shot('5-confirm-unread');
  await page.goto(link);
  await expect(page.getByText(email)).toBeVisible();
  await shot('5-confirm');
  await page.getByRole('button', { name: t('confirm.submit'), exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('setUp.title'));
  await shot('6-set-up');
  await page.getByRole('button', { name: t('setUp.begin'), exact: true }).click();
  await expect(page.getByRole('img', { name: t('setUp.qr') })).toBeVisible();
  await page.getByText(t('setUp.secret')).click();
  await shot('7-set-up-scan');
  const secret = (await page.locator('details code').innerText()).replaceAll(' ', '');
  await page.getByRole('textbox', { name: t('setUp.label') }).fill(await freshTotp(secret));
  await page.getByRole('button', { name: t('setUp.confirm'), exact: true }).click();
  // They are hashed slowly, on purpose.
  await expect(page.locator('ol code')).toHaveCount(10, { timeout: 60_000 });
  await shot('8-codes');
  await page.goto(link);
  await expect(page.getByText(t('confirm.over'))).toBeVisible();
  await shot('9-confirm-over');
  await page.goto(`/${lang}/account`);
  await shot('A-account');
  await page.goto(`/${lang}/sign-in/recovery-codes`);
  await shot('B-renew');
  await signedInAs(context, email, { secondFactor: false });
  await page.goto(`/${lang}/sign-in/second-factor`);
  await shot('C-factor');
  await page.getByRole('textbox', { name: t('factor.label') }).fill('000000');
  await page.getByRole('button', { name: t('factor.submit'), exact: true }).click();
  await expect(page.getByText(t('factor.wrong'))).toBeVisible();
  await shot('D-factor-wrong');
  await betweenSteps();
  await page.getByRole('textbox', { name: t('factor.label') }).fill(totp(secret, 1));
  await page.getByRole('button', { name: t('factor.submit'), exact: true }).click();
  await expect(page.getByText(t('factor.runOut'))).toBeVisible();
  await shot('D-factor-run-out');
  await signedInAs(context, 'admin@demo.invalid');
  await page.goto(`/${lang}/finance/people`);
  await page.getByRole('row').filter({ hasText: 'clerk@demo.invalid' }).getByRole('link').click();
  await shot('E-people');
};

test('the pages of signing in', async ({ browser }) => {
  test.setTimeout(240_000);
  const { name, lang, ...view } = VIEWS[round % VIEWS.length] ?? VIEWS[0];
  const context = await browser.newContext(view);
  await walk(await context.newPage(), context, lang, name);
  await context.close();
});

test('signing in needs only the keyboard', async ({ page }) => {
  await page.goto('/en/sign-in');
  await page.getByLabel('E-mail address').focus();
  await page.keyboard.type('somebody@example.org');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Enter the code');
  await page.getByLabel('Code').focus();
  await page.keyboard.type('AAAA-AAAA');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Code')).toHaveAttribute('aria-invalid', 'true');
});
