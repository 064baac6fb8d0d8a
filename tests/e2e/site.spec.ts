import { expect, test, type Page } from '@playwright/test';
import sharp from 'sharp';
import { words } from '@/lib/i18n/words';
import { inDatabase, newStaff, signedInAs } from '../support/signed-in';

// The inspector on the road: a small screen, a slow network that breaks off, and a picture that must count once.

const ROAD = 'ML-17';
const t = words('en', 'siteWork');
const KB = 1024;
/** A spot and a picture of this run's own, so that the test can be run again on the same data. */
const SPOT = `T${process.pid}-`;

const photographs = () =>
  inDatabase<{ id: string; station: string; uploads: number }>(
    `select p.id, p.station, (select count(*)::int from upload u where u.photograph_id = p.id) as uploads
     from photograph p join segment s on s.id = p.segment_id where s.code = $1 and p.station like $2 order by p.uploaded_at`,
    [ROAD, `${SPOT}%`],
  );

/** 400 kbit/s with 400 ms: the edge of a village's network. */
const slowDown = async (page: Page): Promise<void> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 400,
    downloadThroughput: 50_000,
    uploadThroughput: 50_000,
  });
};

/** Bytes of script as they come over the network. */
const scriptBytes = async (page: Page): Promise<number> =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter((one): one is PerformanceResourceTiming => /\.js(\?|$)/.test(one.name))
      .reduce((sum, one) => sum + one.encodedBodySize, 0),
  );

/** A picture of noise, so that it takes several pieces. */
const picture = async (): Promise<Buffer> => {
  const side = 500;
  const noise = Buffer.from(
    Array.from({ length: side * side * 3 }, (_, n) => (n * 2_654_435_761 + process.pid * n * n) % 251),
  );
  return sharp(noise, { raw: { width: side, height: side, channels: 3 } })
    .jpeg({ quality: 95 })
    .toBuffer();
};

test('a photograph waits without network, goes on where it broke off, and counts once', async ({
  browser,
}) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
  });
  const email = await newStaff(['inspector']);
  await signedInAs(context, email);
  const page = await context.newPage();
  await slowDown(page);
  await page.goto(`/en/site/${ROAD}`);
  await expect(page.getByText(t('none'))).toBeVisible({ timeout: 30_000 });
  expect(await scriptBytes(page), 'script on a phone').toBeLessThanOrEqual(150 * KB);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

  // Away from any network: it is kept on the phone.
  await context.setOffline(true);
  await page.locator('#station').fill(`${SPOT}1`);
  await page.locator('#photograph').setInputFiles({
    name: 'road.jpg',
    mimeType: 'image/jpeg',
    buffer: await picture(),
  });
  await page.getByRole('button', { name: t('save') }).click();
  await expect(page.getByText(t('offline'))).toBeVisible();
  expect(await photographs()).toHaveLength(0);

  // Back in the network it goes by itself, and breaks off after two pieces; the page is closed and opened again.
  let pieces = 0;
  await page.route('**/api/site/uploads/**', async (route) => {
    if (route.request().method() === 'PUT' && (pieces += 1) > 2) await route.abort('connectionreset');
    else await route.continue();
  });
  await context.setOffline(false);
  await expect.poll(() => pieces, { timeout: 20_000 }).toBeGreaterThan(2);
  const [before] = await inDatabase<{ have: number }>(
    `select count(*)::int as have from upload_piece p join upload u on u.id = p.upload_id
     join person o on o.id = u.person_id where o.email = $1`,
    [email],
  );
  expect(before?.have).toBe(2);
  await page.close();

  // A server that is there and cannot take it is not called a lost network.
  const busy = await context.newPage();
  await busy.route('**/api/site/uploads/**', (route) => route.fulfill({ status: 503, body: '{}' }));
  await busy.goto(`/en/site/${ROAD}`);
  await expect(busy.getByText(t('notNow'))).toBeVisible({ timeout: 30_000 });
  await busy.close();

  const again = await context.newPage();
  const sent: string[] = [];
  again.on('request', (request) => {
    if (request.method() === 'PUT') sent.push(new URL(request.url()).search);
  });
  await again.goto(`/en/site/${ROAD}`);
  await expect(again.getByText(t('sent'))).toBeVisible({ timeout: 30_000 });
  expect(sent).not.toContain('?piece=0');
  expect(sent).not.toContain('?piece=1');
  expect(sent).toContain('?piece=2');
  const filed = await photographs();
  expect(filed.map(({ station, uploads }) => ({ station, uploads }))).toEqual([
    { station: `${SPOT}1`, uploads: 1 },
  ]);

  // What was taken can be framed against: the earlier picture lies over the next one.
  await again.reload();
  await again.locator('#photograph').setInputFiles({
    name: 'next.jpg',
    mimeType: 'image/jpeg',
    buffer: await picture(),
  });
  await again.locator('#ghost').selectOption(filed[0]?.id ?? '');
  const ghost = again.locator('.site-ghost');
  await expect(ghost).toBeVisible();
  expect(
    await ghost.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)),
  ).toBe(500);
  // The very same picture again, under another spot: the server answers the one that is there.
  await again.locator('#station').fill(`${SPOT}2`);
  await again.getByRole('button', { name: t('save') }).click();
  await expect(again.getByText(t('sent'))).toBeVisible({ timeout: 30_000 });
  expect(await photographs()).toHaveLength(1);

  await again.locator('#measure-station').fill('K0+020');
  await again.locator('#measure-value').fill('48.25');
  await again.locator('#measure button').click();
  await expect(again.getByText(/K0\+020 · Length 48\.25 m/u)).toBeVisible();
  await context.close();
});

test('a face is covered by drawing over it before the picture is published by another person', async ({
  browser,
}) => {
  const [waiting] = await photographs();
  const context = await browser.newContext();
  await signedInAs(context, 'clerk@demo.invalid');
  const page = await context.newPage();
  await page.goto(`/en/finance/roads/${ROAD}/pictures`);
  const panel = page.locator('.panel', { has: page.locator(`#cover-${waiting?.id ?? ''}`) });
  const drawing = panel.locator('.cover-picture svg');
  await drawing.scrollIntoViewIfNeeded();
  const box = await drawing.boundingBox();
  if (!box) throw new Error('no picture');
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
  await page.mouse.move(...at(0.1, 0.1));
  await page.mouse.down();
  await page.mouse.move(...at(0.3, 0.25), { steps: 4 });
  await page.mouse.up();
  await expect(panel.locator(`#cover-${waiting?.id ?? ''}-rectangles`)).toHaveValue(/^\d+ \d+ \d+ \d+$/u);
  const hash = () =>
    inDatabase<{ public_sha256: string; covered_count: number }>(
      'select public_sha256, covered_count from photograph where id = $1',
      [waiting?.id],
    );
  const [open] = await hash();
  await panel.locator(`#cover-${waiting?.id ?? ''} button`).click();
  await expect(page).toHaveURL(/done=photograph\.cover/u);
  const [covered] = await hash();
  expect(covered?.covered_count).toBe(1);
  expect(covered?.public_sha256).not.toBe(open?.public_sha256);
  await page.locator(`#publish-${waiting?.id ?? ''} button`).click();
  await expect(page).toHaveURL(/done=photograph\.publish/u);
  const shown = await page.request.get(`/files/${covered?.public_sha256 ?? ''}`);
  expect(shown.status()).toBe(200);
  expect((await page.request.get(`/files/${open?.public_sha256 ?? ''}`)).status()).toBe(404);
  await context.close();
});
