import { createHash, randomBytes } from 'node:crypto';
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import sharp from 'sharp';
import { words } from '@/lib/i18n/words';
import { awake } from '../support/awake';
import { rawStorage } from '../support/browser-storage';
import { inDatabase, newStaff, openAccount, signedInAs } from '../support/signed-in';
import { langOf } from '../support/round';

// What stays in a browser when somebody has worked in it: of photographs that wait, nothing that can be read; of a session
// that is over, nothing.

const ROAD = 'ML-17';
const t = words('en', 'siteWork');
const over = words('en', 'signIn');
const FILE = 'road-at-the-well.jpg';
/** 欧阳明 of `newStaff`, whose name stands at the head of each staff page. */
const NAME = '欧阳明';
const UPLOADS = '**/api/site/uploads/**';

const picture = async (): Promise<Buffer> =>
  sharp(randomBytes(240 * 240 * 3), { raw: { width: 240, height: 240, channels: 3 } })
    .jpeg({ quality: 92 })
    .toBuffer();
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const spotOf = (what: string): string => `${what}-${randomBytes(4).toString('hex')}`;

/** What of this photograph can be found there: its first bytes, some from its middle, its file's name, its spot, its place. */
const found = (raw: Buffer, bytes: Buffer, spot: string): string[] =>
  Object.entries({
    start: bytes.subarray(0, 16),
    middle: bytes.subarray(2_000, 2_016),
    file: Buffer.from(FILE),
    spot: Buffer.from(spot),
    road: Buffer.from(ROAD),
    place: Buffer.from('22.51'),
    placeE7: Buffer.from('225123456'),
  })
    .filter(([, part]) => raw.includes(part))
    .map(([name]) => name);

const inspector = async (browser: Browser): Promise<{ context: BrowserContext; email: string }> => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    permissions: ['geolocation'],
    geolocation: { latitude: 22.512_345_6, longitude: 113.371_234_5 },
  });
  const email = await newStaff(['inspector']);
  await signedInAs(context, email);
  return { context, email };
};

const take = async (page: Page, spot: string, bytes: Buffer): Promise<void> => {
  await page.locator('#station').fill(spot);
  await page.locator('[name=place]').evaluate((field: HTMLInputElement) => {
    field.value = '22.5123456,113.3712345';
  });
  await page.locator('#photograph').setInputFiles({ name: FILE, mimeType: 'image/jpeg', buffer: bytes });
  await page.getByRole('button', { name: t('save') }).click();
};

const filed = (spot: string) =>
  inDatabase<{ sha: string; lat: number }>(
    `select p.original_sha256 as sha, s.latitude_e7 as lat from photograph p join photograph_sealed s on s.photograph_id = p.id
     where p.station = $1`,
    [spot],
  );
const sessionsOf = (email: string) =>
  inDatabase<{ because: string | null }>(
    `select s.ended_because as because from sign_in_session s join person p on p.id = s.person_id where p.email = $1
     order by s.created_at`,
    [email],
  );

/** Without network the page has said that it will be tried again. */
const waits = (page: Page) => expect(page.getByText(t('offline'))).toBeVisible();

test('a photograph that waits cannot be read on the phone, and arrives byte for byte', async ({
  browser,
}) => {
  const { context } = await inspector(browser);
  const page = await context.newPage();
  const [bytes, spot] = [await picture(), spotOf('sealed')];
  await page.goto(`/en/site/${ROAD}`);
  await expect(page.getByText(t('none'))).toBeVisible();
  await context.setOffline(true);
  await take(page, spot, bytes);
  await waits(page);
  await expect(page.getByText(`${t('waiting')} 1`)).toBeVisible();
  // The page that took it still knows of which spot it is; the phone's own store does not.
  await expect(page.locator('.site-waiting li')).toContainText(spot);
  const raw = await rawStorage(page);
  expect(raw.length, 'something waits').toBeGreaterThan(bytes.length);
  expect(found(raw, bytes, spot)).toEqual([]);

  // Network, but not for uploads: after opening the page anew it is one photograph of some minute.
  await page.route(UPLOADS, (route) => route.abort('connectionreset'));
  await context.setOffline(false);
  await page.reload();
  await waits(page);
  await expect(page.locator('.site-waiting li')).toHaveText(/^\d{1,2}\s\w+\s\d{4}, \d{2}:\d{2}$/u);
  await expect(page.locator('body')).not.toContainText(spot);
  expect(found(await rawStorage(page), bytes, spot)).toEqual([]);

  await page.unroute(UPLOADS);
  await page.getByRole('button', { name: t('sendNow') }).click();
  await expect(page.getByText(t('sent'))).toBeVisible({ timeout: 30_000 });
  expect(await filed(spot)).toEqual([{ sha: sha256(bytes), lat: 225_123_456 }]);
  const after = await rawStorage(page);
  expect(after.length).toBeLessThan(1_000);
  await context.close();
});

test('what an earlier version left readable is sealed when the page is next opened, and sent', async ({
  browser,
}) => {
  const { context } = await inspector(browser);
  const page = await context.newPage();
  const [bytes, spot] = [await picture(), spotOf('before')];
  await page.goto('/en');
  await page.evaluate(
    async ({ letters, station, segment, name }) => {
      const blob = new File([Uint8Array.from(letters, (one) => one.charCodeAt(0))], name, {
        type: 'image/jpeg',
      });
      await new Promise<void>((resolve, reject) => {
        const request = indexedDB.open('shanlu-site', 1);
        request.onupgradeneeded = () => request.result.createObjectStore('photographs', { keyPath: 'id' });
        request.onerror = () => reject(new Error('open'));
        request.onsuccess = () => {
          const transaction = request.result.transaction('photographs', 'readwrite');
          transaction.objectStore('photographs').put({
            id: crypto.randomUUID(),
            segment,
            stage: 'during',
            station,
            on: '2024-03-05',
            capturedAt: '2024-03-05T02:00:00.000Z',
            place: { latitudeE7: 225123456, longitudeE7: 1133712345 },
            sha256: 'not asked any more',
            blob,
          });
          transaction.oncomplete = () => {
            request.result.close();
            resolve();
          };
        };
      });
    },
    { letters: bytes.toString('latin1'), station: spot, segment: ROAD, name: FILE },
  );
  // This is what the search above would have found.
  expect(found(await rawStorage(page), bytes, spot)).toEqual([
    'start',
    'middle',
    'file',
    'spot',
    'road',
    'placeE7',
  ]);
  await page.route(UPLOADS, (route) => route.abort('connectionreset'));
  await page.goto(`/en/site/${ROAD}`);
  await waits(page);
  expect(found(await rawStorage(page), bytes, spot)).toEqual([]);
  await page.unroute(UPLOADS);
  await page.getByRole('button', { name: t('sendNow') }).click();
  await expect(page.getByText(t('sent'))).toBeVisible({ timeout: 30_000 });
  expect(await filed(spot)).toEqual([{ sha: sha256(bytes), lat: 225_123_456 }]);
  await context.close();
});

test('signing out without network leaves nothing readable; the photograph goes out with the same person, and no other', async ({
  browser,
}) => {
  const { context, email } = await inspector(browser);
  const page = await context.newPage();
  const [bytes, spot] = [await picture(), spotOf('left')];
  const desk = await context.newPage();
  await desk.goto('/en/finance/roads');
  await expect(desk.locator('body')).toContainText(NAME);
  await page.goto(`/en/site/${ROAD}`);
  await expect(page.getByText(t('none'))).toBeVisible();
  await context.setOffline(true);
  await take(page, spot, bytes);
  await waits(page);
  await page.getByRole('button', { name: words('en', 'ui')('staff.signOut') }).click();
  await expect(page.getByText(over('over.left'))).toBeVisible();
  // The other tab of the same browser as well.
  await expect(desk.getByText(over('over.left'))).toBeVisible();
  for (const tab of [page, desk]) {
    const html = await tab.content();
    for (const word of [NAME, spot, ROAD, FILE, 'blob:', 'staff-head', 'measure'])
      expect(html.includes(word), word).toBe(false);
    expect(found(await rawStorage(tab), bytes, spot)).toEqual([]);
  }
  expect((await sessionsOf(email)).map(({ because }) => because)).toEqual([null]);
  await desk.close();

  // The telephone is put away before there is network. Whoever opens it next is signed out before anything is shown.
  await page.close();
  await context.setOffline(false);
  const next = await context.newPage();
  await next.goto(`/en/site/${ROAD}`);
  await expect(next).toHaveURL(/\/en\/sign-in\?/u);
  expect((await sessionsOf(email)).map(({ because }) => because)).toEqual(['signed_out']);

  await signedInAs(context, await newStaff(['inspector']));
  await next.goto(`/en/site/${ROAD}`);
  await expect(next.getByText(t('others'))).toBeVisible();
  await expect(next.getByText(t('none'))).toBeVisible();
  expect(await filed(spot)).toEqual([]);

  await signedInAs(context, email);
  await next.goto(`/en/site/${ROAD}`);
  await expect(next.getByText(t('sent'))).toBeVisible({ timeout: 30_000 });
  expect(await filed(spot)).toEqual([{ sha: sha256(bytes), lat: 225_123_456 }]);
  await context.close();
});

test('with the network back, the page that was left tells the server and goes; a session begun since is not ended', async ({
  browser,
}) => {
  const { context, email } = await inspector(browser);
  const page = await context.newPage();
  await page.goto('/en/finance/roads');
  const [first] = await inDatabase<{ id: string }>(
    'select s.id from sign_in_session s join person p on p.id = s.person_id where p.email = $1',
    [email],
  );
  await context.setOffline(true);
  await page.getByRole('button', { name: words('en', 'ui')('staff.signOut') }).click();
  await expect(page.getByText(over('over.left'))).toBeVisible();
  await context.setOffline(false);
  await expect(page).toHaveURL(/\/en$/u);
  expect((await sessionsOf(email)).map(({ because }) => because)).toEqual(['signed_out']);
  expect((await context.cookies()).filter(({ name }) => name === 'shanlu-session')).toEqual([]);

  await signedInAs(context, email);
  // The note of the session that was left says nothing about this one, and neither does a late call.
  expect((await context.cookies()).find(({ name }) => name === 'shanlu-left')?.value).toBe(first?.id);
  const late = await page.evaluate(
    async (session) =>
      (
        await fetch('/api/sign-out', {
          method: 'POST',
          body: new URLSearchParams({ lang: 'en', session }),
          redirect: 'manual',
        })
      ).type,
    first?.id ?? '',
  );
  expect(late).toBe('opaqueredirect');
  await page.goto('/en/finance/roads');
  await expect(page.locator('body')).toContainText(NAME);
  expect((await sessionsOf(email)).map(({ because }) => because)).toEqual(['signed_out', null]);
  await context.close();
});

test('a giver signs out without network too, and no page of theirs comes back', async ({ browser }) => {
  const context = await browser.newContext();
  const email = `left-${randomBytes(6).toString('hex')}@example.org`;
  await openAccount(email);
  await signedInAs(context, email, { secondFactor: false });
  const page = await context.newPage();
  await page.goto('/en/me');
  await page.goto('/en/account');
  await expect(page.locator('body')).toContainText(email);
  await context.setOffline(true);
  await page.getByRole('button', { name: over('account.signOut') }).click();
  await expect(page.getByText(over('over.left'))).toBeVisible();
  expect((await page.content()).includes(email)).toBe(false);
  await page.goBack().catch(() => null);
  await expect(async () => expect((await page.content()).includes(email)).toBe(false)).toPass();
  await page.close();
  await context.setOffline(false);
  const next = await context.newPage();
  await next.goto('/en/me');
  await expect(next).toHaveURL(/\/en\/sign-in/u);
  expect((await sessionsOf(email)).map(({ because }) => because)).toEqual(['signed_out']);
  await context.close();
});

test('a session that runs out takes its data off the page, also without network; photographs can still be taken', async ({
  browser,
}) => {
  const { context, email } = await inspector(browser);
  // One clock for all pages of the browser.
  await context.clock.install();
  const desk = await context.newPage();
  await desk.goto('/en/finance/roads');
  await expect(desk.locator('body')).toContainText(NAME);
  await awake(desk, 'main table');
  await context.clock.runFor(1_000);
  // The server is asked before anything is taken away: the session lives, for somebody has just opened the page.
  const askedAgain = desk.waitForResponse('**/api/session');
  await context.clock.fastForward('31:00');
  await context.clock.runFor(20_000);
  await askedAgain;
  await expect(desk.locator('body')).toContainText(NAME);

  const page = await context.newPage();
  const [bytes, spot] = [await picture(), spotOf('late')];
  await page.goto(`/en/site/${ROAD}`);
  await expect(page.getByText(t('none'))).toBeVisible();
  await context.setOffline(true);
  await context.clock.fastForward('31:00');
  await context.clock.runFor(20_000);
  for (const tab of [desk, page]) {
    await expect(tab.getByText(over('over.expired'))).toBeVisible();
    expect((await tab.content()).includes(NAME)).toBe(false);
  }
  await expect(desk.locator('table')).toHaveCount(0);
  await expect(page.locator('#measure')).toHaveCount(0);
  await expect(page.locator('#ghost')).toHaveCount(0);
  await take(page, spot, bytes);
  await waits(page);
  await expect(page.locator('body')).not.toContainText(spot);
  expect(found(await rawStorage(page), bytes, spot)).toEqual([]);

  // And a session that the server has ended goes from the page as soon as it is seen again.
  await context.setOffline(false);
  const other = await context.newPage();
  await other.goto('/en/account');
  await expect(other.locator('body')).toContainText(email);
  await inDatabase(
    `update sign_in_session set ended_at = now(), ended_because = 'ended_elsewhere'
     where person_id = (select id from person where email = $1)`,
    [email],
  );
  await other.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect(other.getByText(over('over.expired'))).toBeVisible();
  expect((await other.content()).includes(email)).toBe(false);
  await context.close();
});

test('no page of a person leaves anything of theirs in the browser’s storage', async ({ browser }) => {
  const context = await browser.newContext();
  const typed = `asked-${randomBytes(6).toString('hex')}@example.org`;
  const page = await context.newPage();
  await page.goto('/en/sign-in');
  await page.getByLabel('E-mail address').fill(typed);
  await page.getByRole('button', { name: 'Send the code' }).click();
  await expect(page).toHaveURL(/\/sign-in\/code/u);
  await expect(page.locator('body'), 'our own page can read it').toContainText(typed);
  const asked = (await context.cookies()).find(({ name }) => name === 'shanlu-sign-in');
  expect(asked).toMatchObject({ httpOnly: true });
  for (const part of (asked?.value ?? '').split('.')) {
    expect(part.includes(typed)).toBe(false);
    expect(Buffer.from(part, 'base64url').includes(typed)).toBe(false);
  }
  await signedInAs(context, 'clerk@demo.invalid');
  await page.goto('/en/account');
  for (const path of ['finance', 'finance/gifts', 'finance/donors', 'finance/matching', 'account', 'me'])
    await page.goto(`/${langOf(0)}/${path}`);
  // Besides the session: the language.
  const kept = (await context.cookies()).map(({ name }) => name).sort();
  expect(kept.filter((name) => !['shanlu-session', 'shanlu-sign-in', 'lang'].includes(name))).toEqual([]);
  const raw = (await rawStorage(page)).toString('utf8').trim();
  expect(raw, 'nothing by script: local, session and cookies').toBe('0 1 2');
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  await context.close();
});
