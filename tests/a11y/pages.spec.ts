import { expect, test } from '@playwright/test';
import { axeFinds } from '../support/axe';
import { round } from '../support/round';
import { openAccount, signedInAs } from '../support/signed-in';
import { PAGES, type Visitor } from './pages';

// Every page in every language: nothing for axe to find by day or by night, one heading of the first rank, nothing wider
// than the screen and no word from the console. A page is loaded once per language and then turned from day to night or
// from phone to desk, as a reader does with a hand. Colours know no language: a phone by day and by night and a desk by
// night and by day are looked at in one language each; what axe reads of words and order is the same by night.
// Givers' pages are walked in all three views every time. The others take turns: a day sees each of them in one view, the
// next page in the next, so that three days (ROUND=0, 1, 2) see every page in every view.

test.describe.configure({ mode: 'parallel' });

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 900 };

const VIEWS = [
  { lang: 'zh-Hans', name: 'a phone', sizes: [PHONE], shown: 'light', turned: 'dark' },
  { lang: 'zh-Hant', name: 'a desk', sizes: [DESK], shown: 'dark', turned: null },
  { lang: 'en', name: 'a desk and then a phone', sizes: [DESK, PHONE], shown: 'light', turned: null },
] as const;

const visitors = new Set(Object.values(PAGES).map(({ as = 'anyone' }) => as));

for (const [view, { lang, name, sizes, shown, turned }] of VIEWS.entries())
  for (const visitor of visitors)
    test(`${lang} on ${name}, ${visitor}`, async ({ browser }) => {
      test.setTimeout(240_000);
      const context = await browser.newContext({ colorScheme: shown, viewport: sizes[0] });
      if (visitor === 'donor') await openAccount('donor@demo.invalid');
      if (visitor !== 'anyone') await signedInAs(context, `${visitor}@demo.invalid`);
      const page = await context.newPage();
      const said: string[] = [];
      page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
      page.on('pageerror', (error) => said.push(error.message));
      for (const path of pathsOf(visitor, view)) {
        const answer = await page.goto(`/${lang}${path}`);
        expect.soft(answer?.status(), path).toBe(200);
        await expect.soft(page.locator('h1'), path).toHaveCount(1);
        expect.soft(await page.getAttribute('html', 'lang'), path).toBe(lang);
        expect.soft(await axeFinds(page), path).toEqual([]);
        if (turned !== null) {
          await page.emulateMedia({ colorScheme: turned });
          expect.soft(await axeFinds(page, 'color-contrast'), `${path}, ${turned}`).toEqual([]);
          await page.emulateMedia({ colorScheme: shown });
        }
        for (const size of sizes) {
          await page.setViewportSize(size);
          const wider = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          expect.soft(wider, `${path} scrolls sideways at ${size.width} px`).toBeLessThanOrEqual(0);
        }
        if (sizes.length > 1) {
          expect
            .soft(await axeFinds(page, 'target-size', 'scrollable-region-focusable'), `${path}, on a phone`)
            .toEqual([]);
          await page.setViewportSize(sizes[0]);
        }
        expect.soft(said.splice(0), path).toEqual([]);
      }
      await context.close();
    });

/** What this visitor looks at in this view today. */
const pathsOf = (visitor: Visitor, view: number): string[] =>
  Object.values(PAGES)
    .filter(({ as = 'anyone' }) => as === visitor)
    .flatMap(({ at }) => at)
    .filter((_, page) => visitor === 'donor' || (page + round) % VIEWS.length === view);
