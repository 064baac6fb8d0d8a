import { expect, test, type Page } from '@playwright/test';
import { words } from '@/lib/i18n/words';
import { newId } from '@/lib/shared/id';
import { inDatabase, signedInAs } from '../support/signed-in';

// The clerk's morning by keyboard alone: gifts by hand, a statement, its lines. And the same without script.

const t = words('en', 'bank');

/** Moves with Tab to what is wanted, as a person without a mouse does. */
const tabTo = async (page: Page, selector: string): Promise<void> => {
  for (let n = 0; n < 150; n += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never comes to ${selector}`);
};

/** Fills the fields of a form by keyboard, in any order. */
const type = async (page: Page, id: string, text: string): Promise<void> => {
  await tabTo(page, `#${id}`);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(text);
};

test('gifts are entered as a bundle only when they agree with the count, then checked by another', async ({
  page,
  context,
  browser,
}) => {
  await signedInAs(context, 'clerk@demo.invalid');
  await page.goto('/en/finance/gifts');
  await type(page, 'count', '2');
  await type(page, 'total', '700.00');
  await type(page, 'on', '2024-06-03');
  await type(page, 'paste', `${newId()}\t200\tcash\nB\t400.50\tcheque\t2024-06-02\t\t\tCHQ-7`);
  await tabTo(page, 'main form button[type=submit]');
  await page.keyboard.press('Enter');
  await expect(page.getByText('do not agree').or(page.getByText('counted')).first()).toBeVisible();
  await type(page, 'total', '600.50');
  await tabTo(page, 'main form button[type=submit]');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/done=/u);
  const [batch] = await inDatabase<{ code: string; gift_count: number; total_minor: string }>(
    'select code, gift_count, total_minor::text from gift_batch order by entered_at desc limit 1',
  );
  expect(batch).toMatchObject({ gift_count: 2, total_minor: '60050' });

  const other = await browser.newContext({ javaScriptEnabled: false });
  await signedInAs(other, 'approver@demo.invalid');
  const checker = await other.newPage();
  await checker.goto('/en/finance/gifts');
  await checker.locator(`#verify-${batch?.code ?? ''} button`).press('Enter');
  await expect(checker).toHaveURL(/done=/u);
  const rows = await inDatabase<{ channel: string; status: string }>(
    `select d.channel, d.status from donation d join gift_batch_line l on l.donation_id = d.id
     join gift_batch b on b.id = l.batch_id where b.code = $1 order by l.line_no`,
    [batch?.code],
  );
  expect(rows).toEqual([
    { channel: 'cash', status: 'cleared' },
    { channel: 'cheque', status: 'verified' },
  ]);
  await other.close();
});

test('lines are matched by keys, undone by one, and an old screen is told', async ({ page, context }) => {
  await signedInAs(context, 'clerk@demo.invalid');
  await page.goto('/en/finance/matching/boc-0300');
  const second = await context.newPage();
  const open = async () =>
    Number(
      (await inDatabase<{ n: string }>('select count(*) as n from bank_line where match_id is null'))[0]?.n,
    );
  const before = await open();
  await page.keyboard.press('j');
  await expect(page).toHaveURL(/line=/u);
  await page.keyboard.press('k');
  await expect(page.locator('.row-chosen')).toHaveCount(1);

  const [interest] = await inDatabase<{ id: string }>(
    'select id::text from bank_line where amount_minor = 8642 and match_id is null',
  );
  const address = `/en/finance/matching/boc-0300?line=${interest?.id ?? ''}`;
  await second.goto(address);
  await page.goto(address);
  await page.keyboard.press('1');
  await expect(page).toHaveURL(/done=/u);
  expect(await open()).toBe(before - 1);
  const [match] = await inDatabase<{ kind: string; entry: string }>(
    `select e.kind, p.kind as entry from bank_match_part p join entry e on e.id = p.entry_id order by e.id desc limit 1`,
  );
  expect(match).toEqual({ kind: 'bank_interest', entry: 'interest' });

  await second.keyboard.press('1');
  await expect(second.getByText('has been dealt with').or(second.locator('.msg-err')).first()).toBeVisible();

  await page.keyboard.press('u');
  await tabTo(page, 'input[name=reason]');
  await page.keyboard.insertText('wrong line');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/done=/u);
  await expect.poll(open).toBe(before);

  await page.goto('/en/finance/matching/boc-0300');
  await page.waitForLoadState('networkidle');
  await page.keyboard.press('a');
  await expect(page).toHaveURL(/accepted=/u);
  await expect(page.getByText(t('matching.accepted', { accepted: '2', left: '0' }))).toBeVisible();
});

test('a statement is handed in and matched without script', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  await signedInAs(context, 'clerk@demo.invalid');
  const page = await context.newPage();
  await page.goto('/en/finance/statements');
  const memo = newId();
  await page.locator('#file').setInputFiles({
    name: 'july.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      `Date,Amount,Currency,Payer,Reference,Description\n2024-06-29,31.00,CNY,Nobody,,${memo}\n`,
    ),
  });
  await page.getByRole('button', { name: t('statements.send') }).press('Enter');
  await expect(page).toHaveURL(/statements\/I-\d+/u);
  await page.getByRole('button', { name: t('statements.confirm') }).press('Enter');
  await expect
    .poll(
      async () => {
        await page.goto(page.url());
        return page.getByRole('link', { name: t('statements.toMatching') }).count();
      },
      { timeout: 30_000 },
    )
    .toBe(1);
  const [line] = await inDatabase<{ id: string }>('select id::text from bank_line where memo like $1', [
    `%${memo}%`,
  ]);
  await page.goto(`/en/finance/matching/boc-0300?line=${line?.id ?? ''}`);
  await page.locator('#own-unidentified button').press('Enter');
  await expect(page).toHaveURL(/done=/u);
  const [entry] = await inDatabase<{ kind: string }>(
    'select e.kind from bank_match_line l join bank_match_part p on p.match_id = l.match_id join entry e on e.id = p.entry_id where l.line_id = $1',
    [line?.id],
  );
  expect(entry?.kind).toBe('receipt_unidentified');
  await context.close();
});
