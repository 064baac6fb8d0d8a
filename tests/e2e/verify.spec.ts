import { deflateSync } from 'node:zlib';
import { expect, test, type Page } from '@playwright/test';

// Check it yourself, in a real browser: with the network switched off once the page is open, with a changed file, the
// whole log with its numbers, and without scripts.

const proofOf = async (page: Page, name: string): Promise<string> => {
  let text = '';
  // The sequencer has the story in the log within seconds of its start.
  await expect
    .poll(
      async () => {
        const answer = await page.request.get(`/log/proof/${name}.tlog-proof`);
        text = answer.ok() ? await answer.text() : '';
        return text.slice(0, 22);
      },
      { timeout: 30_000 },
    )
    .toBe('c2sp.org/tlog-proof@v1');
  return text;
};

const drop = async (page: Page, name: string, content: string | Buffer): Promise<void> => {
  await page.setInputFiles('#verify-file', {
    name,
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(content),
  });
};

const opened = async (page: Page, path = '/en/verify'): Promise<void> => {
  await page.goto(path);
  await expect(page.locator('#verify[data-ready]')).toBeAttached();
};

const verdict = (page: Page) => page.locator('.verify-verdict');
const states = (page: Page) =>
  page
    .locator('.verify-step')
    .evaluateAll((steps) => steps.map((step) => /verify-(ok|bad|off)/.exec(step.className)?.[1]));

test('a proof file is checked with the network off, each step in words', async ({ page, context }) => {
  const file = await proofOf(page, 'G-0095');
  await opened(page);
  await context.setOffline(true);
  await drop(page, 'G-0095.tlog-proof', file);
  await expect(verdict(page)).toContainText('steps agree');
  await expect(verdict(page)).toContainText('G-0095');
  const [read, entry, climb, signature, , today] = await states(page);
  expect([read, entry, climb, signature, today]).toEqual(['ok', 'ok', 'ok', 'ok', 'off']);
  await expect(page.locator('.climb svg')).toBeVisible();
  await expect(page.locator('.verify-step').nth(2)).toContainText('hashes lead up to the log head');
});

test('with a network the sixth step compares with today’s log', async ({ page }) => {
  const file = await proofOf(page, 'G-0095');
  await opened(page);
  await drop(page, 'G-0095.tlog-proof', file);
  await expect(page.locator('.verify-step').nth(5)).toContainText('same bytes');
  expect((await states(page))[5]).toBe('ok');
});

test('a receipt carries its proof inside the PDF', async ({ page }) => {
  const file = await proofOf(page, 'G-0095');
  await opened(page);
  const stream = deflateSync(Buffer.from(file));
  await drop(
    page,
    'receipt.pdf',
    Buffer.concat([
      Buffer.from('%PDF-1.7\n1 0 obj\n<< /Filter /FlateDecode >>\nstream\n'),
      stream,
      Buffer.from('\nendstream\nendobj\n%%EOF\n'),
    ]),
  );
  await expect(verdict(page)).toContainText('steps agree');
  await drop(page, 'other.pdf', '%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n');
  await expect(verdict(page)).toContainText('carries no proof file');
});

test('one changed letter is found, and the step that finds it says so', async ({ page }) => {
  const file = await proofOf(page, 'G-0095');
  await opened(page);
  const leaf = Buffer.from(/extra (\S+)/.exec(file)?.[1] ?? '', 'base64').toString();
  const dearer = leaf.replace(/"amount":"(\d)/, (_, digit: string) => `"amount":"${(Number(digit) % 9) + 1}`);
  await drop(
    page,
    'changed.tlog-proof',
    file.replace(/extra \S+/, `extra ${Buffer.from(dearer).toString('base64')}`),
  );
  await expect(verdict(page)).toContainText('Step 3 does not agree');
  expect(await states(page)).toEqual(['ok', 'ok', 'bad', 'off', 'off', 'off']);

  const [before = '', after = ''] = file.split(/(?<=\n— \S+ )/);
  const forged = before + after.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A'));
  await drop(page, 'forged.tlog-proof', forged);
  await expect(verdict(page)).toContainText('Step 4 does not agree');

  await drop(page, 'nonsense.tlog-proof', 'nothing of the kind');
  await expect(verdict(page)).toContainText('Step 1 does not agree');
});

test('gift, entry, allocation, acceptance and report each lead from their page to a proof of at most 4 KB', async ({
  page,
}) => {
  await proofOf(page, 'G-0095');
  const proofsOn = async (path: string): Promise<string[]> => {
    await page.goto(path);
    return page
      .locator('a[href$=".tlog-proof"]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  };
  const report = await page
    .goto('/en/reports')
    .then(() => page.locator('main a[href^="/en/reports/R-"]').first().getAttribute('href'));
  const road = await proofsOn('/en/roads/ML-07');
  for (const kind of ['allocation_approved', 'contract_signed', 'contractor_paid', 'acceptance_signed'])
    expect(road.filter((href) => href.includes(kind)).length, kind).toBeGreaterThan(0);
  const links = [
    ...road,
    ...(await proofsOn('/en/gifts/G-0095')),
    ...(await proofsOn('/en/ledger/E-000131')),
    ...(await proofsOn(report ?? '/en/reports/none')),
  ];
  for (const kind of ['/G-0095.', '/leaf/', '/report_published.'])
    expect(links.filter((href) => href.includes(kind)).length, kind).toBeGreaterThan(0);
  for (const href of links) {
    const answer = await page.request.get(href);
    const file = await answer.text();
    expect(file.slice(0, 22), href).toBe('c2sp.org/tlog-proof@v1');
    expect(Buffer.byteLength(file), href).toBeLessThanOrEqual(4096);
  }
});

test('a number is enough, and an unknown one is said to be unknown', async ({ page }) => {
  await proofOf(page, 'G-0001');
  await opened(page, '/en/verify?gift=G-0001');
  await expect(verdict(page)).toContainText('G-0001');
  await page.getByLabel('or type the gift number').fill('G-9999');
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(verdict(page)).toContainText('nothing in the log about “G-9999”');
});

test('the whole log gives the very numbers this site shows', async ({ page }) => {
  await proofOf(page, 'G-0001');
  await opened(page);
  await page.locator('#verify-whole').click();
  await expect(verdict(page)).toContainText('entries agree', { timeout: 30_000 });
  const rows = page.locator('.verify-numbers tbody tr');
  await expect(rows).toHaveCount(5);
  for (const row of await rows.all()) await expect(row).toContainText('as shown on this site');
  await expect(page.locator('.verify-numbers')).toContainText('Difference of the two books: ¥0.00');
});

test('nothing the page does breaks its own content security policy', async ({ page }) => {
  const file = await proofOf(page, 'G-0095');
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  for (const lang of ['zh-Hans', 'zh-Hant', 'en']) {
    await opened(page, `/${lang}/verify`);
    await drop(page, 'G-0095.tlog-proof', file);
    await expect(verdict(page)).toBeVisible();
  }
  expect(complaints).toEqual([]);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });
  test('the server checks a number and says that this is its own word', async ({ page }) => {
    await proofOf(page, 'G-0095');
    await page.goto('/en/verify');
    await expect(page.locator('#verify-file')).toBeHidden();
    await page.getByLabel('or type the gift number').fill('G-0095');
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await expect(page.locator('#verify-server')).toContainText('Checked by the server: every step agrees');
    await expect(page.locator('#verify-server')).toContainText('Our own server has done this');
    await expect(
      page.locator('#verify-server').getByRole('link', { name: 'Download the proof file' }),
    ).toBeVisible();
  });
});
