import { randomBytes } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { amountText } from '@/lib/i18n/format';
import { words } from '@/lib/i18n/words';
import { payOnHostedPage, walkThroughGiving } from '@/lib/run/check/giving';
import { plainBrowser } from '@/lib/run/check/plain-browser';
import { money } from '@/lib/shared/money';
import { confirmOnce, giftOf, next, PHONE, readTheReview, tile, tryIn } from '../support/giving-pages';
import { langOf, localeOf, round } from '../support/round';
import { inDatabase } from '../support/signed-in';
import { codeIn, linkIn } from '../support/signing-in';
import { mailTo, stack, type Mail } from '../support/stack';

// Giving as people do it: at home a week later (in the hall: hall.spec.ts), in another currency, without script. Each
// journey is walked in one language, and in another one the next day (tests/support/round.ts).

const hasLink = (mail: Mail): boolean => linkIn(mail.text) !== '';

test('at home without script: a promise in parts, mistakes at their field with nothing lost, and its reference', async ({
  browser,
}) => {
  test.slow();
  const lang = langOf(1);
  const t = words(lang, 'give');
  const context = await browser.newContext({ ...PHONE, javaScriptEnabled: false, locale: localeOf(lang) });
  const page = await context.newPage();
  const email = `lin-${randomBytes(4).toString('hex')}@example.org`;
  await page.goto(`/${lang}/give`);
  await page.locator('#other').fill('600.123');
  await next(page);
  await expect(page.locator('#other-error')).toHaveText(t('mistakes.amount_decimals', { digits: 2 }));
  await expect(page.locator('#other')).toHaveValue('600.123');
  await page.locator('#other').fill('600');
  await next(page);
  await tile(page, 'road', 'any').click();
  await next(page);
  await tile(page, 'timing', 'parts').click();
  await page.locator('details:has(#first) > summary').first().click({ force: true });
  await page.locator('#count').selectOption('3');
  await page.locator('#first').fill('2001-01-01');
  await next(page);
  await expect(page.locator('#first-error')).toHaveText(t('mistakes.date_early'));
  await expect(page.locator('#count')).toHaveValue('3');
  const [{ day } = { day: '' }] = await inDatabase<{ day: string }>(
    `select ((now() at time zone 'Asia/Shanghai')::date + 30)::text as day`,
  );
  await page.locator('#first').fill(day);
  await next(page);
  await page.locator('#shownAs').fill('林太太');
  await page.locator('#email').fill('not an address');
  await next(page);
  await expect(page.locator('#email-error')).toHaveText(t('mistakes.email_wrong'));
  await expect(page.locator('#shownAs')).toHaveValue('林太太');
  await page.locator('#email').fill(email);
  await next(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('review.title'));
  // Back: the answer stands there.
  await page.locator('.give-back').click();
  await expect(page.locator('#email')).toHaveValue(email);
  await page.goto(`/${lang}/give/review`);
  await next(page);
  await expect(page).toHaveURL(/\/give\/card\?ref=/u);
  const reference = new URL(page.url()).searchParams.get('ref') ?? '';
  const rows = await inDatabase(
    `select p.status, p.amount_minor::text as amount, count(i.*)::int as parts, min(i.due_on)::text as first
     from pledge p join instalment i on i.pledge_id = p.id and i.pledge_version = p.version
     where p.reference = $1 group by p.id`,
    [reference],
  );
  expect(rows).toEqual([{ status: 'open', amount: '60000', parts: 3, first: day }]);

  // Without an account: proving the address makes it mine, and its parts can be changed, never its sum.
  const me = words(lang, 'me');
  const since = new Date(Date.now() - 1_000).toISOString();
  await page.goto(`/${lang}/sign-in`);
  await page.locator('input[type=email]').fill(email);
  await page.locator('main form button[type=submit], main form button:not([type])').first().click();
  const entry = words(lang, 'signIn');
  await page.getByLabel(entry('code.label')).fill(codeIn((await mailTo(email, since, hasLink)).text));
  await page.getByRole('button', { name: entry('code.submit'), exact: true }).click();
  await page.goto(`/${lang}/me`);
  await page.getByRole('link', { name: me('replan.link') }).click();
  await page.locator('#part1').fill('100');
  await page.getByRole('button', { name: me('replan.save') }).click();
  await expect(page.locator('.field-error')).toHaveText(t('mistakes.parts_sum', { amount: '¥600.00' }));
  await expect(page.locator('#part1')).toHaveValue('100');
  await page.locator('#part2').fill('500');
  await page.locator('#date3').fill('');
  await page.locator('#part3').fill('');
  await page.getByRole('button', { name: me('replan.save') }).click();
  await expect(page.getByText(me('replan.done'))).toBeVisible();
  expect(
    await inDatabase(
      `select p.version, p.amount_minor::text as amount, array_agg(i.amount_minor::text order by i.no) as parts
       from pledge p join instalment i on i.pledge_id = p.id and i.pledge_version = p.version
       where p.reference = $1 group by p.id`,
      [reference],
    ),
  ).toEqual([{ version: 2, amount: '60000', parts: ['10000', '50000'] }]);

  // The reference typed wrong is told apart from one that is right, however it is written.
  await page.goto(`/${lang}/give/pay`);
  const wrong = `${reference.slice(0, -3)}${reference.at(-2)}${reference.at(-3)}${reference.at(-1)}`;
  await page.locator('#reference').fill(wrong === reference ? `${reference}X` : wrong);
  await page.getByRole('button', { name: t('pay.find') }).click();
  await expect(page.locator('#reference-error')).toHaveText(t('mistakes.reference_wrong'));
  await page.locator('#reference').fill(` ${reference.toLowerCase()} `);
  await page.getByRole('button', { name: t('pay.find') }).click();
  await expect(page).toHaveURL(/pay\?ref=/u);
  // In part and before it is due: what came in is kept of the promise, and the rest stays open.
  await page.locator('#amount').fill('120');
  await tile(page, 'method', 'alipay').click();
  await readTheReview(page);
  await next(page);
  await page.locator('#email').fill(email);
  await page.locator('button[value=pay]').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('result.titleCleared'));
  const promise = () =>
    inDatabase(
      `select p.status, p.amount_minor::text as amount, sum(a.amount_minor)::text as kept from pledge p
       left join pledge_application a on a.pledge_id = p.id where p.reference = $1 group by p.id`,
      [reference],
    );
  expect(await promise()).toEqual([{ status: 'partly_fulfilled', amount: '60000', kept: '12000' }]);
  // More than is left asks what becomes of the rest, before any money moves.
  await page.goto(`/${lang}/give/pay?ref=${reference}`);
  await page.locator('#amount').fill('580');
  await tile(page, 'method', 'alipay').click();
  await next(page);
  await expect(page.locator('#surplus-error')).toHaveText(t('mistakes.surplus_missing'));
  await expect(page.locator('#amount')).toHaveValue('580');
  await tile(page, 'surplus', 'raise_pledge').click();
  await readTheReview(page);
  await next(page);
  await page.locator('#email').fill(email);
  await page.locator('button[value=pay]').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('result.titleCleared'));
  expect(await promise()).toEqual([{ status: 'fulfilled', amount: '70000', kept: '70000' }]);
  await context.close();
});

/** With yen and yuan, the currencies one can give in; each day the journey from abroad is made with another one. */
const FOREIGN = ['CAD', 'HKD', 'USD', 'AUD', 'SGD', 'MYR', 'EUR', 'GBP'] as const;

/** An amount times a rate as the provider told it (`5.12`), to the nearest minor unit, without a float. */
const converted = (minor: bigint, rate: string): bigint => {
  const [whole = '0', fraction = ''] = rate.split('.');
  const scale = 10n ** BigInt(fraction.length);
  return (minor * BigInt(whole + fraction) + scale / 2n) / scale;
};

test('from abroad: in their money, a refused card that took nothing, and then the money', async ({
  browser,
}) => {
  const lang = langOf(2);
  const currency = FOREIGN[round % FOREIGN.length] ?? 'CAD';
  const t = words(lang, 'give');
  const context = await browser.newContext({ ...PHONE, locale: localeOf(lang) });
  const page = await context.newPage();
  await page.goto(`/${lang}/give?currency=${currency}`);
  await page.locator('#other').fill('twenty');
  await next(page);
  await expect(page.locator('#other-error')).toBeVisible();
  await expect(page.locator('#other')).toHaveValue('twenty');
  await expect(page.locator('#other')).toHaveAttribute('inputmode', 'decimal');
  await page.locator('#other').fill('25');
  await next(page);
  await tile(page, 'road', 'any').click();
  await next(page);
  await tile(page, 'timing', 'once').click();
  await next(page);
  await page.goBack();
  await expect(page.locator('input[name=timing][value=once]')).toBeChecked();
  await next(page);
  await next(page);
  await tile(page, 'method', 'card').click();
  await next(page);
  await readTheReview(page);
  await next(page);
  await page.locator('#email').fill('cousin@example.org');
  await page.locator('#method-card').check();
  await page.locator('button[value=decline]').click();
  await page.locator('button[value=abandon]').click();
  await expect(page).toHaveURL(/give\/return\?try=/u);
  await expect(page.getByText(t('result.left'))).toBeVisible();
  await page.getByRole('button', { name: t('result.goOn') }).click();
  await page.locator('#email').fill('cousin@example.org');
  await page.locator('#method-card').check();
  await page.locator('button[value=pay]').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('result.titleCleared'));
  const gift = await giftOf(tryIn(page.url()));
  expect(gift).toMatchObject({ status: 'cleared', currency, amount: '2500', channel: 'card' });
  expect(gift?.['rate']).toMatch(/^\d+\.\d+$/u);
  const settled = BigInt(gift?.['settled'] ?? 0);
  expect(settled).toBe(converted(2_500n, gift?.['rate'] ?? '0'));
  const inYuan = (minor: bigint): string => amountText(money('CNY', minor));
  // Their own amount, the rate, what it became, the fee and what is left of it, all as they were kept.
  const [{ fee, rate_on: rateOn } = { fee: '', rate_on: '' }] = await inDatabase<{
    fee: string;
    rate_on: string;
  }>(`select fee_minor::text as fee, rate_on::text from donation where code = $1`, [gift?.['code']]);
  const shown = page.locator('main');
  await expect(shown).toContainText(
    t('result.clearedForeign', {
      given: amountText(money(currency, 2_500n)),
      rate: gift?.['rate'] ?? '',
      settled: inYuan(settled),
    }),
  );
  await expect(shown).toContainText(
    t('result.clearedFee', { fee: inYuan(BigInt(fee)), net: inYuan(settled - BigInt(fee)) }),
  );
  expect(rateOn).toMatch(/^\d{4}-\d\d-\d\d$/u);

  // In yen, which have no smaller part; and a telephone's payment app that never comes back: the provider takes the
  // money, and the gift ends right without us.
  await page.goto(`/${lang}/give?currency=JPY`);
  await page.locator('#other').fill('3100.5');
  await next(page);
  await expect(page.locator('#other-error')).toHaveText(t('mistakes.amount_decimals', { digits: 0 }));
  await page.locator('#other').fill('3100');
  await confirmOnce(page, 'card');
  await page.locator('#email').waitFor();
  const away = page.url();
  const paid = new URLSearchParams({ act: 'pay', method: 'card', email: 'cousin@example.org' });
  await fetch(away, { method: 'POST', redirect: 'manual', body: paid });
  const yen = () =>
    inDatabase<Record<string, string>>(
      `select code, status, amount_minor::text as amount, settled_minor::text as settled, rate from donation
       where currency = 'JPY' and amount_minor = 3100 order by code desc limit 1`,
    );
  await expect.poll(async () => (await yen())[0]?.['status'], { timeout: 15_000 }).toBe('cleared');
  const [came] = await yen();
  expect(BigInt(came?.['settled'] ?? 0)).toBeGreaterThan(3_100n);
  await page.goto(`/${lang}/gifts/${came?.['code'] ?? ''}`);
  await expect(page.locator('main')).toContainText(amountText(money('JPY', 3_100n)));
  await expect(page.locator('main')).toContainText(came?.['rate'] ?? 'none');
  await expect(page.locator('main')).toContainText(inYuan(BigInt(came?.['settled'] ?? 0)));
  await context.close();
});

test('more than was promised goes to the general fund or is not taken, as its giver wishes, and waits for no part that is not there', async () => {
  const wishes = ['next_instalment', 'general_fund', 'refund'] as const;
  await Promise.all(
    wishes.map(async (wish) => {
      const browser = plainBrowser(stack().url);
      const email = `${wish.slice(0, 4)}-${randomBytes(4).toString('hex')}@example.org`;
      const card = await walkThroughGiving(browser, { amount: '60', road: 'any', email, method: 'bank' });
      const reference = new URL(card.url).searchParams.get('ref') ?? '';
      const pay = await browser.open(`/en/give/pay?ref=${reference}`);
      const form = pay.forms.find((one) => one.choices.has('surplus'));
      if (!form) throw new Error('the page to pay a promise has no form');
      await new Promise((wake) => setTimeout(wake, 3_200));
      const hosted = await browser.send(pay, form, { amount: '75', method: 'alipay', surplus: wish });
      // All of it is due, so there is no next part to keep the rest for: asked again, and nothing is opened.
      if (wish === 'next_instalment') {
        expect(hosted.text).toContain(words('en', 'give')('mistakes.surplus_missing'));
        expect(
          await inDatabase('select 1 from donation d join donor g on g.id = d.donor_id where g.email = $1', [
            email,
          ]),
        ).toEqual([]);
        return;
      }
      const back = await payOnHostedPage(browser, hosted, email);
      expect(back.text).toContain(words('en', 'give')('result.titleCleared'));
      // Whoever wants the rest back is not charged it in the first place.
      const returned = wish === 'refund';
      expect(
        await inDatabase(
          `select p.status, p.amount_minor::text as promised, d.amount_minor::text as given, d.status as gift, c.choice,
             (select sum(amount_minor)::text from pledge_application where pledge_id = p.id) as kept
           from pledge p join pledge_application a on a.pledge_id = p.id join donation d on d.id = a.donation_id
             left join surplus_choice c on c.donation_id = d.id where p.reference = $1`,
          [reference],
        ),
      ).toEqual([
        {
          status: 'fulfilled',
          promised: '6000',
          given: returned ? '6000' : '7500',
          gift: 'cleared',
          choice: returned ? null : wish,
          kept: '6000',
        },
      ]);
    }),
  );
});
