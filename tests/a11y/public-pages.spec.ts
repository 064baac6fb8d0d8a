import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

// Every public and giving page anyone can open without signing in: nothing for axe to find, nothing wider than a
// phone, and no word from the console, by day on a phone and by night on a desk, in each language.

const PAGES = [
  '',
  '/roads',
  '/roads/ML-07',
  '/roads/ML-22',
  '/ledger',
  '/verify',
  '/give',
  '/give/pay',
  '/sign-in',
];
const LANGUAGES = ['zh-Hans', 'zh-Hant', 'en'];
const VIEWS = [
  { name: 'a desk by night', colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
] as const;

for (const { name, colorScheme, viewport } of VIEWS)
  for (const lang of LANGUAGES)
    test(`${lang} on ${name}`, async ({ browser }) => {
      test.setTimeout(240_000);
      const context = await browser.newContext({ colorScheme, viewport });
      const page = await context.newPage();
      const said: string[] = [];
      page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
      page.on('pageerror', (error) => said.push(error.message));
      for (const path of PAGES) {
        const answer = await page.goto(`/${lang}${path}`);
        expect(answer?.status(), path).toBe(200);
        await expect(page.locator('h1')).toHaveCount(1);
        expect(await page.getAttribute('html', 'lang')).toBe(lang);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(
          violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(' | ')}`),
          path,
        ).toEqual([]);
        const wider = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(wider, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
      }
      expect(said).toEqual([]);
      await context.close();
    });

test('a page that does not exist says so in its language', async ({ page }) => {
  const answer = await page.goto('/zh-Hant/roads/ML-99');
  expect(answer?.status()).toBe(404);
  await expect(page.locator('h1')).toHaveCount(1);
});
