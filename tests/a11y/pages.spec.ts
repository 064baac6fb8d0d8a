import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { signedInAs } from '../support/signed-in';
import { PAGES, type Visitor } from './pages';

// Every page: nothing for axe to find, one heading of the first rank, nothing wider than the screen and no word from
// the console. Each language is seen on a phone or a desk, each size by day and by night: what the languages share
// (colours) and what the colours share (words) is not looked at twice.

const VIEWS = [
  { lang: 'zh-Hans', name: 'a phone by day', colorScheme: 'light', viewport: { width: 390, height: 844 } },
  { lang: 'zh-Hant', name: 'a desk by night', colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
  { lang: 'en', name: 'a phone by night', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
  { lang: 'en', name: 'a desk by day', colorScheme: 'light', viewport: { width: 1440, height: 900 } },
] as const;

const visitors = new Set(Object.values(PAGES).map(({ as = 'anyone' }) => as));

for (const { lang, name, colorScheme, viewport } of VIEWS)
  for (const visitor of visitors)
    test(`${lang} on ${name}, ${visitor}`, async ({ browser }) => {
      test.setTimeout(240_000);
      const context = await browser.newContext({ colorScheme, viewport });
      if (visitor !== 'anyone') await signedInAs(context, `${visitor}@demo.invalid`);
      const page = await context.newPage();
      const said: string[] = [];
      page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
      page.on('pageerror', (error) => said.push(error.message));
      for (const path of pathsOf(visitor)) {
        const answer = await page.goto(`/${lang}${path}`);
        expect.soft(answer?.status(), path).toBe(200);
        await expect.soft(page.locator('h1'), path).toHaveCount(1);
        expect.soft(await page.getAttribute('html', 'lang'), path).toBe(lang);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect
          .soft(
            violations.map(
              (one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(' | ')}`,
            ),
            path,
          )
          .toEqual([]);
        const wider = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect.soft(wider, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
        expect.soft(said.splice(0), path).toEqual([]);
      }
      await context.close();
    });

const pathsOf = (visitor: Visitor): string[] =>
  Object.values(PAGES)
    .filter(({ as = 'anyone' }) => as === visitor)
    .flatMap(({ at }) => at);
