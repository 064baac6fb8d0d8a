import { expect, test, type Page } from '@playwright/test';
import { newId } from '@/lib/shared/id';
import { awake } from '../support/awake';
import { inDatabase, newStaff, signedInAs } from '../support/signed-in';

// Nothing that somebody types is lost: not by the answer that comes while they type, whatever it says.

/** Holds back the answer of the next action until it is let go. */
const holdAnswer = async (
  page: Page,
): Promise<{ readonly asked: Promise<void>; readonly letGo: () => void }> => {
  let letGo = (): void => undefined;
  let isAsked = (): void => undefined;
  const free = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const asked = new Promise<void>((resolve) => {
    isAsked = resolve;
  });
  let held = false;
  await page.route('**/*', async (route) => {
    if (held || route.request().method() !== 'POST') return route.fallback();
    held = true;
    const answer = await route.fetch({ maxRedirects: 0 });
    isAsked();
    await free;
    return route.fulfill({ response: answer });
  });
  return { asked, letGo };
};

test('a bundle of gifts is sent, and what is typed before the answer stays, refused or taken', async ({
  page,
  context,
}) => {
  await signedInAs(context, await newStaff(['clerk']));
  await page.goto('/en/finance/gifts');
  await awake(page, '.batch-form');
  const cell = (name: string, n: number) => page.locator(`[name="${name}${n}"]`);
  const send = page.locator('.batch-form button[type=submit]');
  const [first, second] = [newId(), newId()];
  const boxes = [`box ${newId()}`, `box ${newId()}`] as const;
  await page.locator('#count').fill('2');
  await page.locator('#total').fill('100');
  await page.locator('#on').fill('2024-06-03');
  await cell('name', 0).fill(first);
  await cell('amount', 0).fill('40');

  // Refused: the count says two.
  const refused = await holdAnswer(page);
  await send.click();
  await refused.asked;
  await page.locator('#total').fill('100.50');
  await cell('name', 1).fill(second);
  await cell('amount', 1).pressSequentially('60.50');
  await cell('channel', 1).selectOption('cheque');
  await page.locator('#note').fill(boxes[0]);
  refused.letGo();
  await expect(page.locator('.batch-form .msg, .batch-form [aria-invalid=true]').first()).toBeVisible();
  await expect(page.locator('#count')).toHaveValue('2');
  await expect(page.locator('#total')).toHaveValue('100.50');
  await expect(page.locator('#on')).toHaveValue('2024-06-03');
  await expect(cell('name', 0)).toHaveValue(first);
  await expect(cell('name', 1)).toHaveValue(second);
  await expect(cell('amount', 1)).toHaveValue('60.50');
  await expect(cell('channel', 1)).toHaveValue('cheque');
  await expect(page.locator('#note')).toHaveValue(boxes[0]);

  // Taken: the next bundle was begun while the first was on its way.
  const taken = await holdAnswer(page);
  await send.click();
  await taken.asked;
  await cell('name', 2).fill('of the next bundle');
  await page.locator('#note').fill(boxes[1]);
  taken.letGo();
  await expect(page).toHaveURL(/done=/u);
  await expect(cell('name', 0)).toHaveValue('');
  await expect(cell('amount', 1)).toHaveValue('');
  await expect(cell('channel', 1)).toHaveValue('');
  await expect(page.locator('#total')).toHaveValue('');
  await expect(page.locator('.batch-form .msg')).toHaveCount(0);
  await expect(cell('name', 2)).toHaveValue('of the next bundle');
  await expect(page.locator('#note')).toHaveValue(boxes[1]);

  // And again: now the address stays as it is.
  await page.locator('#count').fill('1');
  await page.locator('#total').fill('7');
  await page.locator('#on').fill('2024-06-03');
  await cell('amount', 2).fill('7');
  const again = await holdAnswer(page);
  await send.click();
  await again.asked;
  await cell('name', 0).fill('of the third bundle');
  again.letGo();
  await expect(cell('amount', 2)).toHaveValue('');
  await expect(cell('name', 2)).toHaveValue('');
  await expect(page.locator('#note')).toHaveValue('');
  await expect(cell('name', 0)).toHaveValue('of the third bundle');
  const rows = await inDatabase<{ gift_count: number; total_minor: string }>(
    `select b.gift_count, b.total_minor::text from gift_batch b where b.note in ($1, $2)
     order by entered_at`,
    [boxes[0], boxes[1]],
  );
  expect(rows).toEqual([
    { gift_count: 2, total_minor: '10050' },
    { gift_count: 1, total_minor: '700' },
  ]);
});

test('a form of the desk keeps what is typed before its refusal comes', async ({ page, context }) => {
  await signedInAs(context, await newStaff(['clerk', 'administrator']));
  await page.goto('/en/finance/contractors');
  await awake(page, 'form.desk-form');
  const form = page.locator('form.desk-form').first();
  const texts = form.locator('input:not([type=hidden])');
  await texts.nth(0).fill('x');
  const refused = await holdAnswer(page);
  await form.locator('button[type=submit]').click();
  await refused.asked;
  await texts.nth(0).fill('corrected meanwhile');
  await texts.nth(1).fill('typed meanwhile');
  refused.letGo();
  await expect(form.locator('.msg, [aria-invalid=true]').first()).toBeVisible();
  await expect(texts.nth(0)).toHaveValue('corrected meanwhile');
  await expect(texts.nth(1)).toHaveValue('typed meanwhile');
});

test('the form of a road’s line keeps what is typed before its refusal comes', async ({ page, context }) => {
  await signedInAs(context, await newStaff(['clerk']));
  const [road] = await inDatabase<{ code: string }>('select code from segment order by code limit 1');
  await page.goto(`/en/finance/roads/${road?.code ?? ''}/line`);
  await awake(page, '#line-form');
  await page.locator('#line-width').fill('wide');
  const refused = await holdAnswer(page);
  await page.locator('#line-form button[type=submit]').click();
  await refused.asked;
  await page.locator('#line-width').fill('3.5');
  await page.locator('#line-reason').fill('typed meanwhile');
  refused.letGo();
  await expect(page.locator('#line-form [aria-invalid=true]').first()).toBeVisible();
  await expect(page.locator('#line-width')).toHaveValue('3.5');
  await expect(page.locator('#line-reason')).toHaveValue('typed meanwhile');
});

test('the form for a file of roads keeps what is typed meanwhile; a file that was read can be changed as text', async ({
  page,
  context,
}) => {
  await signedInAs(context, await newStaff(['clerk']));
  await page.goto('/en/finance/roads/import');
  await awake(page, '#import-look');
  await page.locator('#grid').selectOption('wgs84');
  await page.locator('#file').fill('no road at all');
  const refused = await holdAnswer(page);
  await page.locator('#import-look button').click();
  await refused.asked;
  await page.locator('#file').fill('typed meanwhile');
  await page.locator('#grid').selectOption('gcj02');
  refused.letGo();
  await expect(page.locator('main .msg').first()).toBeVisible();
  await expect(page.locator('#file')).toHaveValue('typed meanwhile');
  await expect(page.locator('#grid')).toHaveValue('gcj02');
  await page.unrouteAll();

  const file =
    'code,name,width_m,thickness_mm,class,surface,households,line\nZZ1,Lane,3,180,village,concrete,12,';
  await page.locator('#upload').setInputFiles({
    name: 'roads.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`${file}113.364 22.484; 113.365 22.484`),
  });
  await page.locator('#import-look button').click();
  await expect(page.locator('main table')).toContainText('ZZ1');
  await expect(page.locator('#file')).toHaveValue(/ZZ1,Lane/u);
  await page.locator('#file').fill(`${file.replace('ZZ1', 'ZZ2')}113.364 22.484; 113.365 22.484`);
  await page.locator('#import-look button').click();
  await expect(page.locator('main table')).toContainText('ZZ2');
  await expect(page.locator('#grid')).toHaveValue('gcj02');
});

test('the form of a report keeps what is typed before its refusal comes', async ({ page }) => {
  await page.goto('/en/report');
  await page.locator('#kind').selectOption({ index: 1 });
  const kind = await page.locator('#kind').inputValue();
  await page.locator('#told').fill('x');
  // Its script comes with the first touch.
  await awake(page, '#report');
  const refused = await holdAnswer(page);
  await page.locator('#report button').click();
  await refused.asked;
  await page.locator('#told').fill('The kerb is broken at the bridge, and water stands in it.');
  await page.locator('#contact').fill('typed meanwhile');
  await page.locator('#aboutRole').selectOption({ index: 1 });
  const about = await page.locator('#aboutRole').inputValue();
  refused.letGo();
  await expect(page.locator('#report [aria-invalid=true], #report .msg').first()).toBeVisible();
  await expect(page.locator('#told')).toHaveValue(
    'The kerb is broken at the bridge, and water stands in it.',
  );
  await expect(page.locator('#contact')).toHaveValue('typed meanwhile');
  await expect(page.locator('#kind')).toHaveValue(kind);
  await expect(page.locator('#aboutRole')).toHaveValue(about);
});
