import { expect, test } from '@playwright/test';
import { refusals } from '@/lib/i18n/messages/refusals';
import { words } from '@/lib/i18n/words';
import { keyedHash } from '@/lib/shared/seal';
import { inDatabase, newStaff, signedInAs } from '../support/signed-in';
import { stack } from '../support/stack';

// What a road is: brought in by a file, drawn by keys, parted, reported broken. Each on roads of its own.

const own = (letters: string): string => `${letters}-${String(process.pid % 10_000).padStart(4, '0')}`;
/** Under which the reports of this machine are counted. */
const ownBudgets = (): Buffer[] =>
  ['127.0.0.1', '0:0:0:0::/64'].map((network) =>
    keyedHash(stack().environment['AUTH_SECRET'] ?? '', 'rate-limit', `concern_per_network:${network}`),
  );
const ROAD = '113.364 22.484; 113.365 22.484';

test('a road is brought in, drawn by keys and parted; the old page says where it went', async ({
  browser,
}) => {
  const email = await newStaff(['clerk']);
  const code = own('NW');
  const plain = await browser.newContext({ javaScriptEnabled: false });
  await signedInAs(plain, email);
  const page = await plain.newPage();
  const look = async (grid: string, line: string) => {
    await page.goto('/en/finance/roads/import');
    await page.locator('#grid').selectOption(grid);
    const row = `${code},Lane,3,180,village,concrete,12,${line}`;
    await page.locator('#file').fill(`code,name,width_m,thickness_mm,class,surface,households,line\n${row}`);
    await page.locator('#import-look button').click();
  };
  await look('', ROAD);
  await expect(page.locator('main')).toContainText(refusals.en.grid_unknown);
  await look('wgs84', '22.484 113.364; 22.484 113.365');
  await expect(page.locator('main table')).toContainText(refusals.en.line_axes_swapped);
  await expect(page.locator('#import-take')).toHaveCount(0);
  await look('wgs84', ROAD);
  await expect(page.locator('main table')).toContainText('102.9');
  await page.locator('#import-take button').click();
  await expect(page).toHaveURL(/done=segment\.import/u);

  const scripted = await browser.newContext({ viewport: { width: 390, height: 844 } });
  await signedInAs(scripted, email);
  const desk = await scripted.newPage();
  await desk.goto(`/en/finance/roads/${code}/line`);
  const points = desk.locator('.plan-point');
  await expect(points).toHaveCount(2);
  await points.nth(1).focus();
  await desk.keyboard.press('Shift+ArrowRight');
  await desk.keyboard.press('+');
  await expect(points).toHaveCount(3);
  await desk.keyboard.press('Delete');
  await expect(points).toHaveCount(2);
  // Dragged by mouse: the typed line follows the point, and the drawing of the point the mouse.
  const typed = await desk.locator('#line-line').inputValue();
  const before = await points.nth(1).boundingBox();
  const centre = {
    x: (before?.x ?? 0) + (before?.width ?? 0) / 2,
    y: (before?.y ?? 0) + (before?.height ?? 0) / 2,
  };
  await desk.mouse.move(centre.x, centre.y);
  await desk.mouse.down();
  await desk.mouse.move(centre.x - 30, centre.y - 20, { steps: 3 });
  await desk.mouse.up();
  await desk.mouse.move(5, 5);
  const [start, moved] = (await desk.locator('#line-line').inputValue()).split('\n');
  expect(start).toBe(typed.split('\n')[0]);
  expect(Number(moved?.split(' ')[0])).toBeLessThan(Number(typed.split('\n')[1]?.split(' ')[0]));
  expect(Number(moved?.split(' ')[1])).toBeGreaterThan(Number(typed.split('\n')[1]?.split(' ')[1]));
  const after = await points.nth(1).boundingBox();
  expect(Math.abs((after?.x ?? 0) - (before?.x ?? 0) + 30)).toBeLessThan(2);
  await desk.locator('#line-line').fill('22.484 113.364\n22.484 113.365');
  await expect(desk.locator('#line-line-error')).toContainText(refusals.en.line_axes_swapped);
  await desk.locator('#line-line').fill('113.364 22.484\n113.366 22.484');
  await desk.locator('#line-reason').fill('Measured again');
  await desk.locator('#line-form button[type=submit]').click();
  await expect(desk).toHaveURL(/done=segment\.revise/u);
  await expect(desk.locator('.history')).toContainText('Measured again');
  const kept = await inDatabase<{ line: string }>(
    `select (r.geometry ->> 'coordinates') as line from segment_revision r join segment s on s.id = r.segment_id where s.code = $1`,
    [code],
  );
  expect(kept.map(({ line }) => line)).toEqual(['[[113.364, 22.484], [113.365, 22.484]]']);
  expect(await desk.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

  await page.goto(`/en/finance/roads/${code}/succession?at=900`);
  await expect(page.locator('main')).toContainText(refusals.en.line_too_short);
  await page.goto(`/en/finance/roads/${code}/succession?at=100`);
  await page.locator('#split-firstCode').fill(own('NX'));
  await page.locator('#split-firstName').fill('North');
  await page.locator('#split-secondCode').fill(own('NY'));
  await page.locator('#split-secondName').fill('South');
  await page.locator('#split-reason').fill('The bridge comes first');
  await page.locator('#split button').click();
  await expect(page).toHaveURL(/done=segment\.split/u);
  await expect(async () => {
    await page.goto(`/en/roads/${code}`);
    await expect(page.locator(`main a[href="/en/roads/${own('NX')}"]`).first()).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });

  // The two parts are joined again, by the page, and a road at work may not be: it says why.
  await page.goto(`/en/finance/roads/${own('NX')}/succession?with=${own('NY')}`);
  await page.locator('#merge-intoCode').fill(own('NZ'));
  await page.locator('#merge-intoName').fill('Whole again');
  await page.locator('#merge-reason').fill('The bridge is not built');
  await page.locator('#merge button').click();
  await expect(page).toHaveURL(/done=segment\.merge/u);
  const [whole] = await inDatabase<{ length: number; from: string }>(
    `select t.length_mm as length, string_agg(f.code || ' ' || f.status, ', ' order by f.code) as from
     from segment_succession x join segment f on f.id = x.from_segment join segment t on t.id = x.to_segment
     where t.code = $1 and x.kind = 'merge' group by 1`,
    [own('NZ')],
  );
  expect(whole?.from).toBe(`${own('NX')} cancelled, ${own('NY')} cancelled`);
  expect(Math.abs((whole?.length ?? 0) - 205_800)).toBeLessThan(100);
  expect(
    await inDatabase(`select from audit_event where event = 'segment_merged' and subject_id = any($1)`, [
      [own('NX'), own('NY')],
    ]),
  ).toHaveLength(2);
  await page.goto('/en/finance/roads/ML-19/succession');
  await expect(page.locator('main .msg')).toContainText(words('en', 'ui')('state.in_progress'));
  await expect(page.locator('#at, #with')).toHaveCount(0);
  await plain.close();
  await scripted.close();
});

test('a villager reports a broken road without script; staff take it up and the road’s history tells it', async ({
  browser,
}) => {
  const plain = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  const page = await plain.newPage();
  const said = `A crack of two metres near the well (${process.pid})`;
  await page.goto('/en/roads/ML-03');
  await page.locator('[aria-labelledby=check] a[href*="/report"]').click();
  await expect(page.locator('#segment')).toHaveValue('ML-03');
  await page.locator('#told').fill('short');
  await page.locator('#report button').click();
  await expect(page.locator('#told')).toHaveValue('short');
  await page.locator('#told').fill(said);
  // Other journeys report from the same machine, and a network may send only so many.
  await inDatabase('delete from rate_limit where key = any($1)', [ownBudgets()]);
  await page.locator('#report button').click();
  const code = (await page.locator('.msg').first().textContent())?.match(/W-\d{4,}/u)?.[0] ?? '';
  expect(code).not.toBe('');

  const desk = await browser.newContext({ javaScriptEnabled: false });
  await signedInAs(desk, await newStaff(['inspector']));
  const staff = await desk.newPage();
  await staff.goto('/en/finance/concerns');
  await expect(staff.locator('main')).toContainText(said);
  await staff.locator(`#concern-take_up-${code}-summary`).fill(`A crack near the well, ${code}`);
  await staff.locator(`#concern-take_up-${code} button`).click();
  await staff.locator(`#concern-inspect-${code}-note`).fill('Seen on the spot');
  await staff.locator(`#concern-inspect-${code} button`).click();
  await staff.locator(`#concern-settle-${code}-outcome`).fill(`The contractor mended it, ${code}`);
  await staff.locator(`#concern-settle-${code} button`).click();
  await expect(staff).toHaveURL(/done=concern\.settle/u);
  await expect(async () => {
    await page.goto('/en/roads/ML-03');
    await expect(page.locator('[aria-labelledby=history]')).toContainText(
      `The contractor mended it, ${code}`,
      {
        timeout: 500,
      },
    );
  }).toPass({ timeout: 20_000 });
  await expect(page.locator('main')).not.toContainText(said);
  await plain.close();
  await desk.close();
});
