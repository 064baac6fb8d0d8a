import { expect, test } from '@playwright/test';
import { words } from '@/lib/i18n/words';
import { newId } from '@/lib/shared/id';
import { enter, tabTo, type } from '../support/keyboard';
import { inDatabase, signedInAs } from '../support/signed-in';
import { giveByCard, provider } from '../support/giver';

// The clerk's morning by keyboard alone: gifts by hand, a statement, its lines. And the same without script.

const t = words('en', 'bank');

test('gifts are entered as a bundle only when they agree with the count, then checked by another', async ({
  page,
  context,
  browser,
}) => {
  await signedInAs(context, 'clerk@demo.invalid');
  await page.goto('/en/finance/gifts');
  await type(page, '#count', '2');
  await type(page, '#total', '700.00');
  await type(page, '#on', '2024-06-03');
  await type(page, '#paste', `${newId()}\t200\tcash\nB\t400.50\tcheque\t2024-06-02\t\t\tCHQ-7`);
  await tabTo(page, 'main form button[type=submit]');
  await page.keyboard.press('Enter');
  // What is typed before the answer is there stays as well: tests/e2e/typed-meanwhile.spec.ts.
  await expect(page.locator('#total')).toHaveAttribute('aria-invalid', 'true');
  await type(page, '#total', '600.50');
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
      `Date,Amount,Currency,Payer,Reference,Description\n2024-06-29,31.00,CNY,NEMO QUISQUAM,,${memo}\n`,
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

test('a payout is drilled to its gifts, found on the statement and matched by keys', async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  const { gift } = await giveByCard('432.10');
  const sent = await provider<{ id: string; amount: number }>('payout');
  const find = async () =>
    (
      await inDatabase<{ code: string; status: string }>(
        'select code, status from payout where provider_payout_id = $1 and booked_on is not null',
        [sent.id],
      )
    )[0];
  await expect.poll(async () => (await find())?.code ?? '', { timeout: 40_000 }).toMatch(/^PO-/u);
  const { code } = (await find()) ?? { code: '' };
  await signedInAs(context, 'clerk@demo.invalid');
  await page.goto('/en/finance/payouts');
  await enter(page, `a[href$="/payouts/${code}"]`);
  await expect(page.getByText(words('en', 'books')('payouts.agrees')).first()).toBeVisible();
  await expect(page.getByRole('link', { name: gift }).first()).toBeVisible();

  await page.goto('/en/finance/statements');
  const amount = `${String(Math.trunc(sent.amount / 100))}.${String(sent.amount % 100).padStart(2, '0')}`;
  await page.locator('#file').setInputFiles({
    name: 'payout.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      `Date,Amount,Currency,Payer,Reference,Description\n${new Date().toISOString().slice(0, 10)},${amount},CNY,STRIPE,${sent.id},payout\n`,
    ),
  });
  await page.getByRole('button', { name: t('statements.send') }).press('Enter');
  await expect(page).toHaveURL(/statements\/I-\d+/u);
  const sure = page.getByRole('button', { name: t('statements.confirm') });
  if ((await sure.count()) > 0) await sure.press('Enter');
  const line = async () =>
    (
      await inDatabase<{ id: string }>(
        'select id::text from bank_line where $1 in (reference, bank_reference)',
        [sent.id],
      )
    )[0]?.id;
  await expect.poll(line, { timeout: 30_000 }).toBeTruthy();
  await page.goto(`/en/finance/matching/boc-0300?line=${(await line()) ?? ''}`);
  await page.waitForLoadState('networkidle');
  await expect(page.locator('.match-offers li').first()).toContainText(code);
  await page.keyboard.press('1');
  await expect(page).toHaveURL(/done=/u);
  expect((await find())?.status).toBe('matched');
  const [settled] = await inDatabase<{ status: string }>('select status from donation where code = $1', [
    gift,
  ]);
  expect(settled?.status).toBe('settled');
});

test('what is typed into a split says what is still to be explained', async ({ page, context }) => {
  await signedInAs(context, 'clerk@demo.invalid');
  await page.goto('/en/finance/matching/boc-0300');
  const [left] = await inDatabase<{ id: string; yuan: string }>(
    `select b.id::text, (b.amount_minor / 100.0)::numeric(20, 2)::text as yuan from bank_line b join bank_account a on a.id = b.account_id
     where b.match_id is null and b.amount_minor > 200 and a.code = 'boc-0300' limit 1`,
  );
  expect(left).toBeDefined();
  await page.goto(`/en/finance/matching/boc-0300?line=${left?.id ?? ''}`);
  await page.waitForLoadState('networkidle');
  await page.keyboard.press('s');
  await type(page, '#split-amount1', '1.00');
  await expect(page.locator('.match-running')).not.toContainText(t('matching.even'));
  await type(page, '#split-amount1', left?.yuan ?? '');
  await expect(page.locator('.match-running')).toContainText(t('matching.even'));
});
