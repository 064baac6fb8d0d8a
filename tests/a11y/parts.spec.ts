import { createHash } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import { axeFinds } from '../support/axe';
import { round } from '../support/round';
import { LANGUAGES } from '@/lib/i18n/languages';

// Every part in every state and whole pages over example figures (the pages over the books are in
// public-pages.spec.ts): nothing for axe to find, nothing to scroll sideways for, nothing on the console.

const VIEWS = ['home', 'roads', 'segment', 'segment-empty', 'ledger', 'ledger-empty'];
const EXAMPLES = ['/examples', ...VIEWS.map((view) => `/examples/${view}`)];
/** Each width is seen by day or by night; the other two pairs would say nothing new. */
const EYES = [
  { width: 390, colorScheme: 'light' },
  { width: 1440, colorScheme: 'dark' },
] as const;

const complaints = (page: Page): string[] => {
  const heard: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') heard.push(message.text());
  });
  page.on('pageerror', (error) => heard.push(error.message));
  return heard;
};

const sidewaysBy = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

EXAMPLES.forEach((path, place) => {
  // Each in the language whose turn it is: three days see all three, and pages.spec.ts sees every page in all of them.
  const lang = LANGUAGES[(round + place) % LANGUAGES.length];
  test(`/${lang}${path}`, async ({ browser }) => {
    test.slow();
    for (const { width, colorScheme } of EYES) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
      const page = await context.newPage();
      const heard = complaints(page);
      await page.goto(`/${lang}${path}`);
      expect(await axeFinds(page), `${colorScheme} ${width}`).toEqual([]);
      expect(await sidewaysBy(page), `${colorScheme} ${width}`).toBe(0);
      expect(heard).toEqual([]);
      await context.close();
    }
  });
});

test('the road bar in the frame of other people’s pages is as readable as our own', async ({ browser }) => {
  const FRAMES = ['/embed/zh-Hant/campaigns/gen-hun-meng', '/embed/en/roads/ML-07'];
  for (const [n, colorScheme] of (['light', 'dark'] as const).entries()) {
    const context = await browser.newContext({ viewport: { width: 320, height: 640 }, colorScheme });
    const page = await context.newPage();
    const heard = complaints(page);
    await page.goto(FRAMES[n] ?? '');
    expect(await axeFinds(page), colorScheme).toEqual([]);
    expect(await sidewaysBy(page), colorScheme).toBe(0);
    expect(heard).toEqual([]);
    await context.close();
  }
});

test('a narrow screen with large type needs no sideways scrolling', async ({ page, context, baseURL }) => {
  await context.addCookies([{ name: 'size', value: 'large', url: baseURL ?? '' }]);
  await page.setViewportSize({ width: 320, height: 700 });
  for (const lang of LANGUAGES)
    for (const path of EXAMPLES.slice(1)) {
      await page.goto(`/${lang}${path}`);
      expect(await page.locator('html').getAttribute('data-size')).toBe('large');
      expect(await sidewaysBy(page), `/${lang}${path}`).toBe(0);
    }
});

test('an address that nothing answers is a whole 404 page in the language of its reader, also without script', async ({
  browser,
}) => {
  const MISSING = [
    ['/zh-Hant/nowhere', '沒有這一頁'],
    ['/en/roads/XX-99', 'There is no such page'],
    ['/en/gifts/G-99999', 'There is no such page'],
    ['/nowhere', '没有这一页'],
  ] as const;
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ javaScriptEnabled, locale: 'zh-CN' });
    for (const [path, heading] of MISSING) {
      const page = await context.newPage();
      const heard = complaints(page);
      expect((await page.goto(path))?.status()).toBe(404);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
      expect(new URL(page.url()).pathname).toBe(path);
      // Chromium itself notes each 404 on the console.
      expect(heard.filter((text) => !text.includes('404'))).toEqual([]);
      await page.close();
      await context.clearCookies();
    }
    await context.close();
  }
});

test('large type and the dark page are remembered without script', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/en/ledger?kind=gift');
  await page.getByRole('button', { name: 'Large' }).first().click();
  await expect(page).toHaveURL(/\/en\/ledger\?kind=gift$/);
  await expect(page.locator('html')).toHaveAttribute('data-size', 'large');
  await page.getByLabel('Light or dark').selectOption('dark');
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await context.close();
});

test('the language changes and the page stays', async ({ page }) => {
  await page.goto('/en/roads?state=approved');
  await page.getByRole('link', { name: '繁 繁體中文' }).first().click();
  await expect(page).toHaveURL(/\/zh-Hant\/roads\?state=approved$/);
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hant');
  const home = await page.request.get('/', { maxRedirects: 0 });
  expect(home.headers()['location']).toBe('/zh-Hant');
  // An address that leads elsewhere is not followed and remembers nothing.
  const away = await page.request.get('/language?to=//evil.invalid/en', { maxRedirects: 0 });
  expect([away.status(), away.headers()['location'], away.headers()['set-cookie']]).toEqual([
    303,
    '/',
    undefined,
  ]);
});

test('the address of the site leads to the language of the browser', async ({ playwright, baseURL }) => {
  for (const [accept, path] of [
    ['zh-HK,zh;q=0.9', '/zh-Hant'],
    ['en-CA', '/en'],
    ['fr', '/zh-Hans'],
  ] as const) {
    const visitor = await playwright.request.newContext({
      ...(baseURL !== undefined && { baseURL }),
      extraHTTPHeaders: { 'accept-language': accept },
    });
    const answer = await visitor.get('/', { maxRedirects: 0 });
    expect(answer.status()).toBe(307);
    expect(answer.headers()['location']).toBe(path);
    await visitor.dispose();
  }
});

/** The scripts of a page as it was sent, with the text the browser would hash. */
const scriptsOf = (html: string): { readonly tag: string; readonly text: string }[] =>
  [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)]
    .map(([, tag = '', text = '']) => ({ tag, text }))
    .filter(({ tag }) => !tag.includes('application/ld+json'));

const FOREIGN =
  '<script>window.hasRun = "script"</script><img src="/icon.svg" alt="" onload="window.hasRun = `handler`">' +
  '<script src="https://evil.invalid/a.js"></script><style>body { display: none }</style><p id="foreign" style="color: red">x</p></body>';

/** Puts foreign script and style into the page on its way, as a flaw of ours would, and says what came of them. */
const sneakedIn = async (page: Page, path: string) => {
  await page.route(`**${path}`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace('</body>', () => FOREIGN) });
  });
  await page.goto(path, { waitUntil: 'load' });
  await page.locator('#foreign').waitFor();
  const came = await page.evaluate(() => ({
    ran: (window as { hasRun?: string }).hasRun ?? null,
    coloured:
      getComputedStyle(document.querySelector('#foreign') ?? document.body).color === 'rgb(255, 0, 0)',
    hidden: getComputedStyle(document.body).display === 'none',
  }));
  await page.unroute(`**${path}`);
  return came;
};

const refuseEverythingForeign = (policy: string): void => {
  expect(policy).not.toContain('unsafe-');
  expect(policy).toContain("object-src 'none'");
  expect(policy).toContain("base-uri 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
};

test('pages for everyone name each of their scripts by its hash, and nothing else runs', async ({ page }) => {
  for (const path of ['/en', '/zh-Hans/roads', '/zh-Hant/verify', '/en/about']) {
    const sent = await Promise.all([0, 1].map(() => page.request.get(path)));
    const [policy = '', again] = sent.map((answer) => answer.headers()['content-security-policy']);
    expect(again, path).toBe(policy);
    expect(policy).not.toContain('nonce-');
    refuseEverythingForeign(policy);
    const html = (await sent[0]?.text()) ?? '';
    expect(html).not.toMatch(/\sstyle="|\son[a-z]+="/);
    const allowed = /script-src ([^;]+)/.exec(policy)?.[1]?.split(' ') ?? [];
    const inline = scriptsOf(html).filter(({ tag }) => !tag.includes(' src='));
    const hashes = inline.map(({ text }) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
    // Each script is named, and no hash is allowed that no script of the page has.
    expect(allowed, path).toEqual(scriptsOf(html).length === 0 ? ["'none'"] : ["'self'", ...new Set(hashes)]);
    for (const { tag } of scriptsOf(html).filter((one) => one.tag.includes(' src=')))
      expect(tag).toMatch(/ src="\/(?!\/)/);
  }
  expect(await sneakedIn(page, '/zh-Hans/roads')).toEqual({ ran: null, coloured: false, hidden: false });
  // Its own scripts are not among the refused: the map still comes closer.
  await page.goto('/en/roads');
  await page.getByRole('button', { name: 'Closer' }).click();
});

test('a page for one visitor carries a nonce of its own, and nothing else runs', async ({ page }) => {
  const policies = new Set<string>();
  for (let visit = 0; visit < 2; visit += 1) {
    const answer = await page.request.get('/en/give');
    const policy = answer.headers()['content-security-policy'] ?? '';
    policies.add(policy);
    refuseEverythingForeign(policy);
    const html = await answer.text();
    expect(html).not.toMatch(/\sstyle="|\son[a-z]+="/);
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none';
    expect(scriptsOf(html).length).toBeGreaterThan(0);
    for (const { tag } of scriptsOf(html)) expect(tag).toContain(`nonce="${nonce}"`);
  }
  expect(policies.size).toBe(2);
  expect(await sneakedIn(page, '/en/give')).toEqual({ ran: null, coloured: false, hidden: false });
});

test('the menu, the map and the skip link work by keyboard alone', async ({ page }) => {
  await page.goto('/en');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#main$/);
  const road = page.getByRole('link', { name: /^ML-07 .*Threshing Floor Road/ }).first();
  await road.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/en\/roads\/ML-07$/);
});
