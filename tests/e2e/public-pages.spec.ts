import { expect, test } from '@playwright/test';

// One way through the public pages as a visitor without script takes it, then what script adds.

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 320, height: 700 } });

  test('a villager follows a payment to its gifts and its papers, and finds who is responsible', async ({
    page,
  }) => {
    await page.goto('/zh-Hans/ledger?q=D-0005');
    await expect(page.locator('#entries')).toContainText('1');
    await page.getByRole('link', { name: 'D-0005', exact: true }).first().click();
    await expect(page).toHaveURL(/\/zh-Hans\/ledger\/E-\d{6}$/);
    await expect(page.locator('.story')).toContainText('4,500.00');
    await expect(page.getByRole('heading', { name: '这笔钱的来龙去脉' })).toBeVisible();
    await page.locator('.chain-list a[href*="/gifts/"]').first().click();
    await expect(page).toHaveURL(/\/gifts\/G-\d+/);
    // Each payment of the gift with its invoice and what the road looked like then; both can be fetched.
    await page.goto('/zh-Hans/gifts/G-0095');
    const payment = page.locator('.gift-payment').filter({ hasText: 'D-0013' });
    await expect(payment.getByRole('img', { name: /^ML-07的照片，2024 年 1 月 21 日拍摄$/ })).toBeVisible();
    for (const link of await payment.getByRole('link').all())
      expect((await page.request.get((await link.getAttribute('href')) ?? '')).status()).toBe(200);
    await expect(payment.getByRole('link', { name: /^发票 F-\d+$/ })).toBeVisible();
    await expect(page.locator('.lots .lots-mine')).toHaveCount(1);
    await expect(page.locator('.trace')).toContainText('与另外 13 份捐款合在一起，共 ¥15,000.00');
    await expect(page.locator('.trace')).toContainText('示例路业有限公司；3 家报价，取最低价 · ¥15,000.00');
    // What its last payment rests on, also on the page of the road, where the sheet bears the seal.
    const sheet = page
      .locator('.gift-payment')
      .filter({ hasText: 'D-0035' })
      .getByRole('link', { name: /^验收单 F-/ });
    await expect(sheet).toBeVisible();
    await page.goto('/zh-Hans/roads/ML-07');
    const last = page.getByRole('row').filter({ has: page.locator('#D-0035') });
    for (const name of ['发票', '验收单', '照片']) {
      const href = await last.getByRole('link', { name, exact: true }).getAttribute('href');
      expect((await page.request.get(href ?? '')).status(), name).toBe(200);
    }
    await expect(page.locator('.docs li', { has: page.locator('.seal') })).toHaveCount(1);
    await expect(page.locator('.timeline')).toContainText('实测长 48 米、宽 3 米，面层厚 60 mm');
    // Before it is accepted: what waits for works is not called retention.
    await page.goto('/zh-Hans/roads/ML-18');
    await expect(page.getByRole('row').filter({ hasText: 'G-0136' })).toContainText(
      '未付 ¥1,825.88 质量保证金 ¥435.00',
    );
    await expect(page.locator('.seal')).toHaveCount(0);
    await expect(page.locator('.timeline')).toContainText('面层厚 48 mm');

    await page.goto('/zh-Hant/reports');
    await expect(page.locator('#corrections')).toBeVisible();
    await page.getByRole('link', { name: '進展公布（第 2 期）' }).first().click();
    await expect(page.getByText('這份報告有更正')).toBeVisible();
    // Written in simplified Chinese only: converted, and said to be.
    await expect(page.locator('.content-text')).toContainText('各段陸續復工');
    await expect(page.locator('.content-text')).toContainText('自動轉換');

    // A paper that is kept back: named, with its day and why, in the words of its writer or converted.
    await page.goto('/zh-Hant/roads/ML-07');
    const kept = page.locator('.docs li', { has: page.locator('.withheld') });
    await expect(kept).toContainText('2027 年 3 月 31 日');
    await expect(kept).toContainText('手機號，遮蓋個人信息的副本複核完成後公開');
    await expect(kept).toContainText('自動轉換');
    await expect(kept.locator('.fingerprint')).toBeVisible();
    await expect(kept.getByRole('link')).toHaveCount(0);
    await page.goto('/en/roads/ML-07');
    await expect(kept.locator('[lang="zh-Hans"]')).toContainText('身份证号和手机号');

    await page.goto('/en/roads?sort=missing&q=road');
    await expect(page.locator('.road-list li').first()).toBeVisible();
    await page.goto('/en/about');
    await expect(page.locator('dl').first()).toContainText('Organiser');
    await page.goto('/en/merit');
    await expect(page.locator('.stele-wall li').first()).toBeVisible();
    for (const path of [
      '/zh-Hans',
      '/zh-Hant/reports/R-0002',
      '/en/ledger/E-000300',
      '/en/merit',
      '/en/about',
    ]) {
      await page.goto(path);
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wider, `${path} at 320 px`).toBeLessThanOrEqual(0);
    }
  });
});

test('the short address of a road, its poster, its picture and what machines are told', async ({
  page,
  request,
}) => {
  const short = await request.get('/r/ml-07', {
    maxRedirects: 0,
    headers: { 'Accept-Language': 'zh-HK' },
  });
  expect([short.status(), short.headers()['location']]).toEqual([302, '/zh-Hant/roads/ML-07']);
  const picture = await request.get('/zh-Hant/roads/ML-07/share.png');
  expect(picture.headers()['content-type']).toBe('image/png');
  const bytes = await picture.body();
  // Width and height as the PNG header says them.
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630]);
  const again = await request.get('/zh-Hant/roads/ML-07/share.png', {
    headers: { 'If-None-Match': picture.headers()['etag'] ?? '' },
  });
  expect(again.status()).toBe(304);
  const paper = await request.get('/en/reports/R-0002/pdf');
  expect((await paper.body()).subarray(0, 5).toString()).toBe('%PDF-');
  expect((await request.get('/en/reports/R-9999/pdf')).status()).toBe(404);

  await page.goto('/zh-Hant/roads/ML-07/poster');
  await expect(page.locator('svg.qr')).toBeVisible();
  await expect(page.locator('.poster-address')).toContainText('/r/ML-07');
  await page.goto('/en/roads/ML-07');
  const links = await page
    .locator('link[rel=alternate][hreflang]')
    .evaluateAll((all) =>
      all.map((one) => [one.getAttribute('hreflang'), new URL((one as HTMLLinkElement).href).pathname]),
    );
  expect(links).toEqual([
    ['zh-Hans', '/zh-Hans/roads/ML-07'],
    ['zh-Hant', '/zh-Hant/roads/ML-07'],
    ['en', '/en/roads/ML-07'],
    ['x-default', '/zh-Hans/roads/ML-07'],
  ]);
  await expect(page.locator('link[rel=canonical]')).toHaveAttribute('href', /\/en\/roads\/ML-07$/);
  const facts = JSON.parse(
    (await page.locator('script[type="application/ld+json"]').textContent()) ?? '',
  ) as {
    readonly '@type': string;
    readonly identifier: string;
  };
  expect([facts['@type'], facts.identifier]).toEqual(['Place', 'ML-07']);
});

test('with script the map comes closer, and arrow keys lead from road to road', async ({ page }) => {
  await page.goto('/en/roads');
  const map = page.locator('.map svg').first();
  const before = await map.getAttribute('viewBox');
  await page.getByRole('button', { name: 'Closer' }).click();
  expect(await map.getAttribute('viewBox')).not.toBe(before);
  await page.getByRole('button', { name: 'Whole village' }).click();
  expect(await map.getAttribute('viewBox')).toBe(before);
  await map.locator('a').first().focus();
  const first = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft']) await page.keyboard.press(key);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).not.toBe(first);
});
