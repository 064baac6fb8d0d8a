import { expect, test, type Browser, type Page } from '@playwright/test';
import { refusals } from '@/lib/i18n/messages/refusals';
import { words } from '@/lib/i18n/words';
import { newId } from '@/lib/shared/id';
import { axeFinds } from '../support/axe';
import { inDatabase, newStaff, signedInAs } from '../support/signed-in';

// What its maker takes back while it waits for a second person: an allocation, a plan over several roads, a gift that was
// recorded by mistake. People of their own do it, for others act as the people of the demo at the same time.

type Lang = 'zh-Hans' | 'zh-Hant' | 'en';

/** A page of somebody's own, and their address. */
const deskOf = async (
  browser: Browser,
  roles: readonly string[],
  lang: Lang,
  script = true,
): Promise<{ page: Page; email: string }> => {
  const context = await browser.newContext({ javaScriptEnabled: script });
  const email = await newStaff(roles, lang);
  await signedInAs(context, email);
  return { page: await context.newPage(), email };
};

const itemAt = (lang: Lang, kind: string, code: string): string =>
  `/${lang}/finance/approvals?item=${encodeURIComponent(`${kind}:${code}`)}`;

/** Roads that may be given a little more. */
const openRoads = () =>
  inDatabase<{ code: string }>(
    `select s.code from segment s where s.status in ('approved', 'funded', 'contracted', 'in_progress')
       and s.budget_minor > 1000 + (select coalesce(sum(a.amount_minor), 0) from allocation a
         where a.segment_id = s.id and a.status in ('approved', 'proposed'))
     order by s.code limit 2`,
  );

const eventsOf = (code: string) =>
  inDatabase<{ event: string; by: string }>(
    `select e.event, p.email as by from audit_event e join person p on p.id = e.actor_id
     where e.subject_id = $1 order by e.id`,
    [code],
  );

test('the maker takes an allocation back by keyboard; nobody else is offered that, and an old screen is told', async ({
  browser,
}) => {
  const lang = 'zh-Hans';
  const t = words(lang, 'approvals');
  const maker = await deskOf(browser, ['clerk'], lang);
  const [road] = await openRoads();
  await maker.page.goto(`/${lang}/finance/roads/${road?.code ?? ''}`);
  await maker.page.locator('#step-allocate-amount').fill('1.00');
  await maker.page.locator('#step-allocate button[type=submit]').click();
  await expect(maker.page).toHaveURL(/done=allocation\.propose/u);
  const rowOf = async () =>
    (
      await inDatabase<{ code: string; status: string; decision_note: string | null; by: string | null }>(
        `select a.code, a.status, a.decision_note, d.email as by from allocation a
         join person p on p.id = a.proposed_by left join person d on d.id = a.decided_by where p.email = $1`,
        [maker.email],
      )
    )[0];
  const code = (await rowOf())?.code ?? '';

  for (const roles of [['approver'], ['clerk']]) {
    const other = await deskOf(browser, roles, lang);
    await other.page.goto(itemAt(lang, 'allocation', code));
    await expect(other.page.getByRole('heading', { name: new RegExp(code) })).toBeVisible();
    await expect(other.page.locator('#take-back')).toHaveCount(0);
    await expect(other.page.locator('#approve')).toHaveCount(roles.includes('approver') ? 1 : 0);
    await other.page.context().close();
  }

  const { page } = maker;
  const old = await page.context().newPage();
  for (const one of [old, page]) await one.goto(itemAt(lang, 'allocation', code));
  await expect(page.locator('#approve')).toHaveCount(0);
  await expect(page.getByText(t('own')).last()).toBeVisible();
  // Keys are heard once the page is awake; a person looks for longer than that.
  await page.waitForLoadState('networkidle');
  await page.keyboard.press('r');
  await expect(page.getByLabel(t('takeBackReason'))).toBeFocused();
  expect(await axeFinds(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(page.locator('#take-back-reason')).toHaveAttribute('aria-invalid', 'true');
  expect((await rowOf())?.status).toBe('proposed');
  await page.getByLabel(t('takeBackReason')).fill('金额看错了一位');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/done=allocation\.withdraw/u);
  expect(await rowOf()).toEqual({
    code,
    status: 'withdrawn',
    decision_note: '金额看错了一位',
    by: maker.email,
  });
  expect(await eventsOf(code)).toEqual([
    { event: 'allocation_proposed', by: maker.email },
    { event: 'allocation_withdrawn', by: maker.email },
  ]);

  await old.locator('.decision-return summary').click();
  await old.getByLabel(t('takeBackReason')).fill('再来一次');
  await old.locator('#take-back button[type=submit]').click();
  await expect(old.locator('#take-back')).toContainText(refusals[lang].illegal_state_change);
  await expect(old.getByLabel(t('takeBackReason'))).toHaveValue('再来一次');
  await page.context().close();
});

test('without script a plan over two roads is taken back by its maker and by nobody else', async ({
  browser,
}) => {
  const lang = 'zh-Hant';
  const t = words(lang, 'approvals');
  const { page, email } = await deskOf(browser, ['approver'], lang, false);
  const roads = await openRoads();
  const query = roads.map(({ code }) => `&segment=${code}`).join('');
  await page.goto(`/${lang}/finance/roads/plan?method=even&amount=2.00${query}`);
  await page.locator('#propose-plan button[type=submit]').click();
  await expect(page).toHaveURL(/done=allocation-plan\.propose/u);
  const rowOf = async () =>
    (
      await inDatabase<{ code: string; status: string; decision_note: string | null }>(
        `select a.code, a.status, a.decision_note from allocation_plan a join person p on p.id = a.proposed_by
         where p.email = $1`,
        [email],
      )
    )[0];
  const code = (await rowOf())?.code ?? '';

  const checker = await deskOf(browser, ['approver'], lang, false);
  await checker.page.goto(itemAt(lang, 'allocation-plan', code));
  await expect(checker.page.locator('#return')).toHaveCount(1);
  await expect(checker.page.locator('#take-back')).toHaveCount(0);
  await checker.page.context().close();

  await page.goto(itemAt(lang, 'allocation-plan', code));
  await expect(page.locator('#approve, #return')).toHaveCount(0);
  await page.getByText(t('takeBack')).click();
  await page.getByLabel(t('takeBackReason')).fill('先等雨季過後再分');
  await page.locator('#take-back button[type=submit]').click();
  await expect(page).toHaveURL(/done=allocation-plan\.withdraw/u);
  expect(await rowOf()).toEqual({ code, status: 'withdrawn', decision_note: '先等雨季過後再分' });
  expect((await eventsOf(code)).at(-1)).toEqual({ event: 'allocation_plan_withdrawn', by: email });
  await page.context().close();
});

test('gifts recorded by mistake are cancelled one by one; the checker confirms what is left, not what they saw before', async ({
  browser,
}) => {
  const lang = 'en';
  const t = words(lang, 'approvals');
  const bank = words(lang, 'bank');
  const { page, email } = await deskOf(browser, ['clerk'], lang);
  await page.goto(`/${lang}/finance/gifts`);
  await page.locator('#count').fill('3');
  await page.locator('#total').fill('600.00');
  await page.locator('#on').fill('2024-06-03');
  await page.locator('#paste').fill(`${newId()}\t100\tcash\n${newId()}\t200\tcash\n${newId()}\t300\tcheque`);
  await page.getByRole('button', { name: bank('gifts.submit') }).click();
  await expect(page).toHaveURL(/done=gift_batch\.enter/u);
  const rows = () =>
    inDatabase<{ code: string; status: string; batch: string }>(
      `select d.code, d.status, b.code as batch from donation d join gift_batch_line l on l.donation_id = d.id
       join gift_batch b on b.id = l.batch_id join person p on p.id = b.entered_by where p.email = $1 order by l.line_no`,
      [email],
    );
  const [first, second] = await rows();
  const batch = first?.batch ?? '';

  const checker = await deskOf(browser, ['approver'], lang);
  await checker.page.goto(itemAt(lang, 'donation', first?.code ?? ''));
  await expect(checker.page.locator('#approve')).toHaveCount(1);
  await expect(checker.page.locator('#take-back')).toHaveCount(0);
  await checker.page.goto(`/${lang}/finance/gifts`);
  await expect(checker.page.locator(`#verify-${batch}`)).toHaveCount(1);
  await expect(checker.page.getByText(bank('gifts.cancel'))).toHaveCount(0);

  await page.goto(itemAt(lang, 'donation', first?.code ?? ''));
  await page.getByText(t('cancel')).click();
  await page.getByLabel(t('cancelReason')).fill('Entered twice');
  await page.locator('#take-back button[type=submit]').click();
  await expect(page).toHaveURL(/done=donation\.cancel/u);

  await page.goto(`/${lang}/finance/gifts`);
  const panel = page.locator('.panel', { has: page.getByRole('heading', { name: batch }) });
  await expect(panel.getByRole('row', { name: first?.code ?? '' })).toContainText(bank('gifts.cancelled'));
  await panel.getByText(bank('gifts.cancel')).click();
  const form = panel.locator(`#donation-cancel-${batch}`);
  await expect(form.getByRole('option')).toHaveCount(2);
  expect(await axeFinds(page)).toEqual([]);
  await form.getByLabel(bank('gifts.cancelWhich')).selectOption(second?.code ?? '');
  await form.getByRole('button').click();
  await expect(form.getByLabel(bank('gifts.cancelWhy'))).toHaveAttribute('aria-invalid', 'true');
  await form.getByLabel(bank('gifts.cancelWhy')).fill('Belongs to the concert');
  await form.getByRole('button').click();
  await expect(page).toHaveURL(/done=donation\.cancel/u);
  await expect(panel).toContainText(bank('gifts.gifts', { count: 1 }));
  await expect(panel.locator('.panel-aside')).toContainText('300.00');
  expect((await rows()).map(({ status }) => status)).toEqual(['cancelled', 'cancelled', 'recorded']);
  for (const gift of [first, second])
    expect(await eventsOf(gift?.code ?? '')).toEqual([
      { event: 'donation_recorded', by: email },
      { event: 'donation_cancelled', by: email },
    ]);
  expect(
    await inDatabase(
      `select c.reason from donation_status_change c join donation d on d.id = c.donation_id
       where d.code = $1 and c.event = 'cancel'`,
      [first?.code],
    ),
  ).toEqual([{ reason: 'Entered twice' }]);

  // The checker still looks at three gifts of 600.00.
  const verify = checker.page.locator(`#verify-${batch}`);
  await verify.getByRole('button').click();
  await expect(verify).toContainText(refusals[lang].changed_since_seen);
  await checker.page.goto(`/${lang}/finance/gifts`);
  await verify.getByRole('button').click();
  await expect(checker.page).toHaveURL(/done=gift_batch\.verify/u);
  expect((await rows()).map(({ status }) => status)).toEqual(['cancelled', 'cancelled', 'verified']);
  await checker.page.context().close();
  await page.context().close();
});
