import { expect, test, type Page } from '@playwright/test';
import { words } from '@/lib/i18n/words';
import { axeFinds } from '../support/axe';
import { confirmOnce } from '../support/giving-pages';
import { langOf } from '../support/round';
import { inDatabase, newStaff, signedInAs } from '../support/signed-in';

// From the proposal of another account to the card of the next giver, without script.

const NUMBER = '0000 1111 2222 0300';

const promiseByTransfer = async (page: Page, lang: string): Promise<void> => {
  await page.goto(`/${lang}/give`);
  await page.locator('#other').fill('300');
  await confirmOnce(page, 'bank');
  await expect(page).toHaveURL(/\/give\/card\?ref=/u);
};

test('an account is proposed by one, approved by another, and stands on the next transfer card', async ({
  browser,
}) => {
  const lang = langOf(2);
  const t = words(lang, 'transferAccounts');
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const page = await plain.newPage();
  const path = `/${lang}/finance/transfer-accounts`;

  await signedInAs(plain, await newStaff(['clerk', 'approver']));
  await page.goto(path);
  const form = page.locator('form[id^=propose-]').first();
  await form.locator('[name=holder]').fill('（示意）募捐主体专户');
  await form.locator('[name=accountNumber]').fill('12');
  await form.locator('[name=bank]').fill('（示意）示意银行石岐支行');
  await form.locator('[name=reason]').fill('换了开户行');
  await form.getByRole('button').click();
  // Refused at its field, and nothing typed is lost.
  await expect(page.locator('[name=accountNumber][aria-invalid=true]')).toHaveValue('12');
  await expect(page.locator('[name=reason]').first()).toHaveValue('换了开户行');
  await page.locator('[name=accountNumber]').fill(NUMBER);
  await form.getByRole('button').click();
  await expect(page.locator('main')).toContainText(t('waiting'));
  // Whoever proposed it cannot approve it, also with both roles, and sees why.
  await expect(page.locator('#approve-account')).toHaveCount(0);
  await expect(page.locator('#withdraw-account')).toBeVisible();

  await plain.clearCookies();
  await signedInAs(plain, await newStaff(['approver']));
  await page.goto(path);
  await expect(page.locator('main')).toContainText(NUMBER);
  await expect(page.locator('main')).toContainText(t('statementsRead'));
  await page.locator('#approve-account button').click();
  await expect(page.locator('#approve-account')).toHaveCount(0);
  await expect(page.locator('.facts').first()).toContainText(NUMBER);
  await expect(page.locator('main')).toContainText(t('history'));
  const events = await inDatabase<{ event: string }>(
    "select event from audit_event where event like 'transfer_account%' order by id desc limit 2",
  );
  expect(events.map(({ event }) => event)).toEqual(['transfer_account_named', 'transfer_account_proposed']);

  await plain.clearCookies();
  await promiseByTransfer(page, lang);
  await expect(page.locator('.ticket')).toContainText(NUMBER);
  await expect(page.locator('.ticket')).toContainText('石岐支行');
  await plain.close();
});

test('a change that waits can be read by everybody: widths, light and dark, nothing for axe', async ({
  page,
  context,
}) => {
  await signedInAs(context, await newStaff(['clerk']));
  await page.goto('/en/finance/transfer-accounts');
  const form = page.locator('form[id^=propose-]').first();
  await form.locator('[name=holder]').fill('示意');
  await form.locator('[name=accountNumber]').fill('9999 8888 7777');
  await form.locator('[name=bank]').fill('示意银行');
  await form.locator('[name=reason]').fill('试填');
  await form.getByRole('button').click();
  await expect(page.locator('#withdraw-account')).toBeVisible();
  await context.clearCookies();
  await signedInAs(context, await newStaff(['approver']));
  const lang = langOf(0);
  for (const width of [320, 1280]) {
    // By day in hand and by night at a desk; in English the other way round.
    const colorScheme = (width === 320) === (lang !== 'en') ? 'light' : 'dark';
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    await page.goto(`/${lang}/finance/transfer-accounts`);
    const what = `${lang} ${width} ${colorScheme}`;
    expect(await axeFinds(page), what).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(wide, what).toBe(false);
  }
  await page.locator('summary').last().click();
  await page.locator('#return-account [name=reason]').fill('试填');
  await page.locator('#return-account button').click();
  await expect(page.locator('#approve-account')).toHaveCount(0);
});
