import { expect, test } from '@playwright/test';
import { inDatabase, signedInAs } from '../support/signed-in';

const statusOf = async (code: string): Promise<string | undefined> =>
  (await inDatabase<{ status: string }>('select status from disbursement where code = $1', [code]))[0]
    ?.status;

test('the checker reads, compares and sends back by keyboard; their own item is locked', async ({
  page,
  context,
}) => {
  await signedInAs(context, 'approver@demo.invalid');
  await page.goto('/zh-Hans/finance/approvals?item=disbursement:D-0046');
  await expect(page.getByRole('heading', { name: /拨付 D-0046/ })).toBeVisible();
  await expect(page.getByText('不超过已计量、未请款的数')).toBeVisible();

  // The invoice itself can be read, by staff only.
  const invoice = await page.getByRole('link', { name: /发票/ }).first().getAttribute('href');
  const paper = await page.request.get(invoice ?? '');
  expect(paper.status()).toBe(200);
  expect((await paper.body()).subarray(0, 5).toString()).toBe('%PDF-');

  // Keys are heard once the page is awake; a person looks for longer than that.
  await page.waitForLoadState('networkidle');
  await page.keyboard.press('j');
  await expect(page).toHaveURL(/D-0047/);
  await page.waitForLoadState('networkidle');
  await page.keyboard.press('k');
  await expect(page).toHaveURL(/D-0046/);
  await page.waitForLoadState('networkidle');
  await page.keyboard.press('r');
  await expect(page.getByLabel('退回原因')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#return-reason-error, [id$="reason-error"]')).toBeVisible();
  expect(await statusOf('D-0046')).toBe('submitted');
  await page.getByLabel('退回原因').fill('发票抬头写错了');
  await page.keyboard.press('Enter');
  await expect(page.getByText('已写入')).toBeVisible();
  expect(await statusOf('D-0046')).toBe('returned');
  const [event] = await inDatabase<{ event: string }>(
    "select event from audit_event where subject_id = 'D-0046' order by id desc limit 1",
  );
  expect(event?.event).toBe('disbursement_returned');

  const [own] = await inDatabase<{ code: string }>(
    `select a.code from allocation a join person p on p.id = a.proposed_by
     where a.status = 'proposed' and p.email = 'approver@demo.invalid'`,
  );
  await page.goto(`/zh-Hans/finance/approvals?item=allocation:${own?.code}`);
  await expect(page.getByText('您提交的，须由别人复核').last()).toBeVisible();
  await expect(page.locator('#approve')).toHaveCount(0);
});

test('without script the same page approves, and the paper of others stays closed to strangers', async ({
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  await signedInAs(context, 'approver@demo.invalid');
  const page = await context.newPage();
  await page.goto('/en/finance/approvals?item=disbursement:D-0047');
  await page.getByRole('button', { name: /Approve/ }).click();
  expect(await statusOf('D-0047')).toBe('approved');
  await context.clearCookies();
  const answer = await page.goto('/en/finance/documents/F-0136');
  expect(new URL(answer?.url() ?? '').pathname).toBe('/en/sign-in');
  await context.close();
});
