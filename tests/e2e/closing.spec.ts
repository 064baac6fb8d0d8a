import { expect, test, type Browser, type Page } from '@playwright/test';
import { words } from '@/lib/i18n/words';
import { giveByCard, provider } from '../support/giver';
import { enter, tabTo, type } from '../support/keyboard';
import { inDatabase, signedInAs } from '../support/signed-in';

// What comes after the gifts, by keyboard alone: money that goes back, what nobody has explained, the month, the reports.

const t = words('en', 'books');

/** A page of its own for one person of the demo. */
const deskOf = async (
  browser: Browser,
  who: 'clerk' | 'approver' | 'auditor',
  script = true,
): Promise<Page> => {
  const context = await browser.newContext({ javaScriptEnabled: script });
  await signedInAs(context, `${who}@demo.invalid`);
  return context.newPage();
};
const isDone = (page: Page) => expect(page).toHaveURL(/done=/u);

test('a refund shows which road loses what, takes two, and its hole is filled from the queue', async ({
  browser,
}) => {
  const [gift] = await inDatabase<{ code: string; road: string }>(
    `select l.subject as code, s.code as road from lot l join lot_position p on p.lot_id = l.id and p.held_minor > 2000
     join account a on a.id = p.account_id and a.class in ('committed', 'certified', 'paid') join contract k on k.code = a.subject
     join segment s on s.id = k.segment_id join donation d on d.code = l.subject and d.status in ('cleared', 'settled')
     where d.channel in ('bank', 'cash') and l.subject <> 'G-0095'
       and (select count(*) from lot_position q where q.lot_id = l.id and q.held_minor > 0) = 1
     order by l.id desc limit 1`,
  );
  const clerk = await deskOf(browser, 'clerk');
  await clerk.goto('/en/finance/refunds');
  await type(clerk, '#refund-gift', gift?.code ?? '');
  await type(clerk, '#refund-amount', '15.00');
  await clerk.keyboard.press('Enter');
  await expect(clerk.locator('main table').first()).toContainText(gift?.road ?? '?');
  await type(clerk, '#propose-refund-reason', 'Given twice');
  await enter(clerk, '#propose-refund button');
  await isDone(clerk);
  const refund = async () =>
    (
      await inDatabase<{ code: string; status: string }>(
        'select code, status from refund order by code desc limit 1',
      )
    )[0];
  const { code } = (await refund()) ?? { code: '' };
  await expect(clerk.locator(`#refund-approve-${code}`)).toHaveCount(0);

  const approver = await deskOf(browser, 'approver', false);
  await approver.goto('/en/finance/refunds');
  await expect(approver.locator('main table').first()).toContainText(gift?.road ?? '?');
  await approver.locator(`#refund-approve-${code} button`).press('Enter');
  await isDone(approver);
  await clerk.goto('/en/finance/refunds');
  await enter(clerk, `#refund-send-${code} button`);
  await isDone(clerk);
  await type(clerk, `#refund-complete-${code}-bankReference`, 'TT-99');
  await enter(clerk, `#refund-complete-${code} button`);
  await expect.poll(async () => (await refund())?.status).toBe('succeeded');

  const [hole] = await inDatabase<{ code: string }>(
    'select f.code from shortfall f join donation d on d.id = f.donation_id where d.code = $1 and f.resolved_on is null',
    [gift?.code],
  );
  const checker = await deskOf(browser, 'approver');
  await checker.goto('/en/finance/exceptions');
  await enter(checker, `#exception-take-shortfall-${hole?.code ?? ''} button`);
  await isDone(checker);
  await expect(checker.locator('main table')).toContainText(t('exceptionKinds.shortfall'));
  const fill = `#shortfall-resolve-${hole?.code ?? ''}`;
  // By a named source: one gift that no road has yet.
  const [source] = await inDatabase<{ code: string }>(
    `select l.subject as code from lot l join lot_now n on n.lot_id = l.id join lot_position p on p.lot_id = l.id
     join account a on a.id = p.account_id
     where l.kind = 'gift' and a.class = 'unallocated' and n.designation is null and p.held_minor >= 1500 order by l.id limit 1`,
  );
  await checker.locator(`${fill}-source`).selectOption('gift');
  await type(checker, `${fill}-from`, source?.code ?? '');
  await type(checker, `${fill}-reason`, 'From what is not yet assigned');
  await enter(checker, `${fill} button`);
  await expect(checker.locator(fill)).toHaveCount(0);
  const [after] = await inDatabase<{ source: string | null; owned: boolean }>(
    `select source_kind || ' ' || source_subject as source, owner_id is not null as owned
     from shortfall where code = $1 and resolved_on is not null`,
    [hole?.code],
  );
  expect(after).toEqual({ source: `gift ${source?.code}`, owned: true });
});

test('a dispute shows amount, fee and due day, is answered with words and paper, and ends as the bank decides', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const { gift, charge } = await giveByCard('123.40');
  const { id } = await provider<{ id: string }>('dispute', charge);
  const dispute = async () =>
    (
      await inDatabase<{ code: string; status: string; sent: boolean }>(
        `select x.code, x.status, exists (select 1 from dispute_answer w where w.dispute_id = x.id and w.sent_at is not null) as sent
         from dispute x join donation d on d.id = x.donation_id where d.code = $1`,
        [gift],
      )
    )[0];
  await expect.poll(dispute, { timeout: 40_000 }).toBeTruthy();
  const { code } = (await dispute()) ?? { code: '' };
  const clerk = await deskOf(browser, 'clerk');
  await clerk.goto('/en/finance/disputes');
  const panel = clerk.locator('li', { has: clerk.locator(`#answer-${code}`) });
  await expect(panel).toContainText('123.40');
  await expect(panel).toContainText(t('disputes.due'));
  await type(clerk, `#answer-${code}-words`, 'The giver wrote to us on the day of the gift.');
  await clerk.locator(`#answer-${code}-document`).setInputFiles({
    name: 'letter.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'),
  });
  await enter(clerk, `#answer-${code} button`);
  await isDone(clerk);
  await expect.poll(async () => (await dispute())?.sent, { timeout: 40_000 }).toBe(true);
  await provider('closeDispute', id, true);
  await expect.poll(async () => (await dispute())?.status, { timeout: 40_000 }).toBe('won');
});

test('a month is closed by two over the same figures, and opened again only by two, in public', async ({
  browser,
}) => {
  const [clerk, approver] = [await deskOf(browser, 'clerk'), await deskOf(browser, 'approver')];
  const address = '/en/finance/periods?month=2023-09';
  const status = async () =>
    (
      await inDatabase<{ status: string }>(
        "select status from period where month = '2023-09-01' order by changed_at desc limit 1",
      )
    )[0]?.status ?? 'open';
  expect(await status()).toBe('open');
  await clerk.goto(address);
  await enter(clerk, '#period-prepare button');
  await isDone(clerk);
  await approver.goto(address);
  await enter(approver, '#period-close button');
  await isDone(approver);
  expect(await status()).toBe('closed');
  const page = await browser.newPage();
  const inPublic = (said: string) =>
    expect
      .poll(async () => {
        await page.goto('/en/corrections');
        return page.getByText(said).count();
      })
      .toBeGreaterThan(0);
  await inPublic(t('corrections.closed', { month: '2023-09' }));

  await clerk.goto(address);
  await type(clerk, '#period-propose_reopening-reason', 'A receipt was left out');
  await type(clerk, '#period-propose_reopening-publicText', 'One receipt is added');
  await enter(clerk, '#period-propose_reopening button');
  await isDone(clerk);
  await approver.goto(address);
  await enter(approver, '#period-reopen button');
  await isDone(approver);
  expect(await status()).toBe('open');
  await inPublic('One receipt is added');
  await page.close();
});

test('a report of any day is chosen by keyboard, and its files say what the screen says', async ({
  browser,
}) => {
  const auditor = await deskOf(browser, 'auditor');
  await auditor.goto('/en/finance/accounts');
  await tabTo(auditor, '#report-kind');
  await auditor.keyboard.type(words('en', 'accounts')('titles.position').slice(0, 18));
  await tabTo(auditor, '#report-on');
  await auditor.locator('#report-on').fill('2024-03-31');
  await enter(auditor, 'main form button');
  await expect(auditor).toHaveURL(/kind=position.*on=2024-03-31/u);
  const shown = (await auditor.locator('main table tbody tr td:last-child').allInnerTexts())
    .map((text) => text.replaceAll('−', '-').replaceAll(/[^\d.-]/gu, ''))
    .filter((text) => text !== '');
  const file = async (format: string) => {
    const link = auditor.locator(`a[href*="format=${format}"]`);
    return auditor.request.get((await link.getAttribute('href')) ?? '');
  };
  const csv = (await (await file('csv')).text())
    .split('\r\n')
    .slice(1)
    .map((row) => row.split(',').at(-1) ?? '')
    .filter((text) => text !== '');
  expect(shown.length).toBeGreaterThan(20);
  expect(csv).toEqual(shown);
  for (const format of ['xlsx', 'pdf', 'hledger', 'beancount'])
    expect((await file(format)).status(), format).toBe(200);
});
