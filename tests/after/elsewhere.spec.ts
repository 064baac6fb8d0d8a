import { expect, test } from '@playwright/test';
import { walkThroughGiving } from '@/lib/run/check/giving';
import { plainBrowser } from '@/lib/run/check/plain-browser';
import { formOf } from '@/lib/run/check/steps';
import { refusals } from '@/lib/i18n/messages/refusals';
import { words } from '@/lib/i18n/words';
import { PHONE } from '../support/giving-pages';
import { langOf } from '../support/round';
import { inDatabase } from '../support/signed-in';
import { stack } from '../support/stack';

// A campaign that takes gifts only on the platform its filing names. It is the one campaign of the story,
// so this runs by itself when all other journeys have ended.

const PLATFORM = 'https://platform.example.org/give/gen-hun-meng';
const setPlatform = (url: string | null) =>
  inDatabase('update campaign set pay_elsewhere_url = $1 where slug = $2', [url, 'gen-hun-meng']);

test('the designated platform takes the place of the button, and no old page of ours opens a payment', async ({
  browser,
}) => {
  const lang = langOf(0);
  // Somebody is on the last page when the campaign goes over to the platform.
  const before = plainBrowser(stack().url);
  const email = 'elsewhere@example.org';
  const review = await walkThroughGiving(before, {
    amount: '60',
    road: 'any',
    email,
    method: 'card',
    stopAtReview: true,
  });
  const context = await browser.newContext({ ...PHONE, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`/${lang}/give`);
  await expect(page.locator('#other')).toBeVisible();
  try {
    await setPlatform(PLATFORM);
    await page.goto(`/${lang}`);
    const button = page.getByRole('link', { name: words(lang, 'home')('giveElsewhere') }).first();
    await expect(button).toHaveAttribute('href', PLATFORM);
    await expect(page.locator('main a[href$="/give"]')).toHaveCount(0);
    await page.goto(`/${lang}/give`);
    await expect(page.getByRole('link', { name: words(lang, 'give')('elsewhere.go') })).toHaveAttribute(
      'href',
      PLATFORM,
    );
    await expect(page.locator('#other')).toHaveCount(0);
    const refused = await before.send(review, formOf(review));
    expect(refused.text).toContain(refusals.en.pay_elsewhere);
    expect(
      await inDatabase('select d.code from donation d join donor g on g.id = d.donor_id where g.email = $1', [
        email,
      ]),
    ).toEqual([]);
  } finally {
    await setPlatform(null);
    await context.close();
  }
});
