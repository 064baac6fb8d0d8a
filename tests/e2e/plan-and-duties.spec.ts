import { expect, test, type Browser, type Page } from '@playwright/test';
import { refusals } from '@/lib/i18n/messages/refusals';
import { words } from '@/lib/i18n/words';
import { newId } from '@/lib/shared/id';
import { addDays } from '@/lib/shared/time';
import { axeFinds } from '../support/axe';
import { langOf } from '../support/round';
import { inDatabase, newStaff, signedInAs } from '../support/signed-in';

// What a campaign filed and what it owes the public, entered at the desk and read on the public pages; without script.

type Lang = 'zh-Hans' | 'zh-Hant' | 'en';

const deskOf = async (browser: Browser, roles: readonly string[], script = false) => {
  const context = await browser.newContext({ javaScriptEnabled: script });
  const email = await newStaff(roles);
  await signedInAs(context, email);
  return { page: await context.newPage(), email };
};

const campaign = async (): Promise<string> => {
  const [one] = await inDatabase<{ slug: string }>(
    "select slug from campaign where status = 'open' order by opens_on desc limit 1",
  );
  if (!one) throw new Error('no campaign is open');
  return one.slug;
};

const newestPlan = async (slug: string) => {
  const [one] = await inDatabase<{ version: number; reason: string | null; en: string; by: string }>(
    `select p.version, p.reason, p.purpose ->> 'en' as en, w.email as by from campaign_plan p
     join campaign c on c.id = p.campaign_id join person w on w.id = p.recorded_by where c.slug = $1
     order by p.version desc limit 1`,
    [slug],
  );
  if (!one) throw new Error('the demo has no plan');
  return one;
};

const openForm = async (page: Page, lang: Lang, id: string) => {
  await page.goto(`/${lang}/finance/campaigns`);
  await page
    .locator('details')
    .filter({ has: page.locator(`[id="${id}"]`) })
    .locator('summary')
    .first()
    .click();
  return page.locator(`[id="${id}"]`);
};

test('a clerk changes one word of the plan: the reason is asked for, nothing is lost, the public reads both', async ({
  browser,
}) => {
  const lang = langOf(0);
  const t = words(lang, 'planDesk');
  const slug = await campaign();
  const { page, email } = await deskOf(browser, ['clerk']);
  const before = await newestPlan(slug);
  const [purpose, english, reason] = ['用途', 'Purpose, changed', '原因'].map(
    (text) => `${text} ${newId()}`,
  ) as [string, string, string];

  // Somebody else has the same version open.
  const slow = await deskOf(browser, ['administrator']);
  const late = await openForm(slow.page, lang, `plan-${slug}`);

  const form = await openForm(page, lang, `plan-${slug}`);
  const surplus = await form.locator('[name=surplus]').inputValue();
  expect(surplus.length).toBeGreaterThan(5);
  await form.locator('[name=purpose]').fill(purpose);
  await form.locator('details:has([name=purposeEn]) summary').click();
  await form.locator('[name=purposeEn]').fill(english);
  await form.getByRole('button', { name: t('save') }).click();
  await expect(form.locator('[name=reason]')).toHaveAttribute('aria-invalid', 'true');
  await expect(form.locator('[name=reason] ~ .field-error')).toHaveText(refusals[lang].reason_required);
  await expect(form.locator('[name=reason]')).toBeVisible();
  await expect(form.locator('[name=purpose]')).toHaveValue(purpose);
  await expect(form.locator('[name=purposeEn]')).toHaveValue(english);
  expect((await newestPlan(slug)).version).toBe(before.version);

  await form.locator('[name=reason]').fill(reason);
  await form.getByRole('button', { name: t('save') }).click();
  await expect(page).toHaveURL(/done=plan\.record/u);
  await expect(page.locator('main')).toContainText(t('version', { version: before.version + 1 }));
  await expect(page.locator('main')).toContainText(reason);
  // What was not touched is as it was, and the next form begins from this one.
  await expect(page.locator(`#plan-${slug} [name=surplus]`)).toHaveValue(surplus);
  await expect(page.locator(`#plan-${slug} [name=purposeEn]`)).toHaveValue(english);
  expect(await newestPlan(slug)).toEqual({ version: before.version + 1, reason, en: english, by: email });
  const events = await inDatabase<{ details: unknown; subject_id: string }>(
    `select e.details, e.subject_id from audit_event e join person p on p.id = e.actor_id
     where e.event = 'plan_recorded' and p.email = $1`,
    [email],
  );
  expect(events).toEqual([{ details: { version: before.version + 1 }, subject_id: slug }]);

  await late.locator('[name=reason]').fill('晚了一步');
  await late.locator('[name=purpose]').fill('晚了一步的用途');
  await late.getByRole('button', { name: t('save') }).click();
  await expect(late.locator('.msg')).toContainText(refusals[lang].changed_since_seen);
  await expect(late.locator('[name=purpose]')).toHaveValue('晚了一步的用途');
  expect((await newestPlan(slug)).reason).toBe(reason);

  const reader = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await expect(async () => {
    await reader.goto('/en/about');
    await expect(reader.locator('main')).toContainText(english, { timeout: 1000 });
    await expect(reader.locator('main')).toContainText(reason, { timeout: 1000 });
  }).toPass({ timeout: 30_000 });
  for (const one of [page, slow.page, reader]) await one.context().close();
});

test('by keyboard and with script: refused with nothing lost, then done, and the form says what is in force', async ({
  browser,
}) => {
  const lang = langOf(2);
  const t = words(lang, 'planDesk');
  const slug = await campaign();
  const { page } = await deskOf(browser, ['clerk'], true);
  await page.goto(`/${lang}/finance/campaigns`);
  const form = page.locator(`#plan-${slug}`);
  const summary = page.locator('details').filter({ has: form }).locator('summary').first();
  await summary.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(form.locator('[name=reason]')).toBeFocused();
  const office = `中山市石岐 ${newId()}`;
  await form.locator('[name=office]').fill(office);
  await form.locator('[name=mode]').selectOption('overseas');
  const send = form.getByRole('button', { name: t('save') });
  await send.press('Enter');
  await expect(form.locator('[name=reason][aria-invalid=true]')).toBeVisible();
  await expect(form.locator('[name=office]')).toHaveValue(office);
  await expect(form.locator('[name=mode]')).toHaveValue('overseas');
  // From abroad the law sets other days: what others read at the same time must not lose theirs.
  await form.locator('[name=mode]').selectOption('public');
  await form.locator('[name=reason]').fill('搬了办公室');
  await send.press('Enter');
  await expect(page).toHaveURL(/done=plan\.record/u);
  await expect(page.locator('dl.pack').first()).toContainText(office);
  await expect(form.locator('[name=reason]')).toHaveValue('');
  await expect(form.locator('[name=office]')).toHaveValue(office);
  await page.context().close();
});

test('a duty is entered, is owed in public, and is done', async ({ browser }) => {
  const lang = langOf(1);
  const t = words(lang, 'planDesk');
  const slug = await campaign();
  const { page, email } = await deskOf(browser, ['clerk']);
  const name = `给村里的信 ${newId()}`;
  const due = addDays('2031-01-01', Math.floor(Math.random() * 20_000));
  await page.goto(`/${lang}/finance/campaigns`);
  const form = page.locator(`[id="duty-${slug}"]`);
  await form.locator('[name=title]').fill(name);
  await form.locator('[name=dueOn]').fill(due);
  await form.getByRole('button', { name: t('saveDuty') }).click();
  await expect(form.locator('[name=rule]')).toHaveAttribute('aria-invalid', 'true');
  await expect(form.locator('[name=title]')).toHaveValue(name);
  await form.locator('[name=rule]').fill('合作协议第三条');
  await form.locator('details:has([name=titleEn]) summary').click();
  await form.locator('[name=titleEn]').fill(`A letter to the village ${name}`);
  await form.getByRole('button', { name: t('saveDuty') }).click();
  await expect(page).toHaveURL(/done=duty\.record/u);

  const reader = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  const inPublic = reader.locator('tr', { hasText: `A letter to the village ${name}` });
  await expect(async () => {
    await reader.goto('/en/reports');
    await expect(inPublic).toContainText(due, { timeout: 1000 });
  }).toPass({ timeout: 30_000 });
  await expect(inPublic).not.toContainText(words('en', 'home')('duties.onTime'));

  const id = `done-${slug}-promise-${due}`;
  const done = await openForm(page, lang, id);
  await done.locator('[name=doneOn]').fill('2999-01-01');
  await done.getByRole('button').click();
  // Refused in a form that was folded away: it stays open, with the day that was typed.
  await expect(done.locator('[name=doneOn][aria-invalid=true]')).toHaveValue('2999-01-01');
  await expect(done.locator('.field-error')).toHaveText(refusals[lang].date_in_future);
  await expect(done.locator('.field-error')).toBeVisible();
  await done.locator('[name=doneOn]').fill('2026-11-02');
  await done.getByRole('button').click();
  await expect(page).toHaveURL(/done=duty\.done/u);
  await expect(page.locator(`[id="${id}"]`)).toHaveCount(0);
  const rows = await inDatabase<{ en: string; done_on: string; rule: string }>(
    `select title ->> 'en' as en, done_on::text, rule from duty where kind = 'promise' and due_on = $1`,
    [due],
  );
  expect(rows).toEqual([
    { en: `A letter to the village ${name}`, done_on: '2026-11-02', rule: '合作协议第三条' },
  ]);
  const events = await inDatabase<{ details: { doneOn: string | null } }>(
    `select e.details from audit_event e join person p on p.id = e.actor_id
     where e.event = 'duty_recorded' and p.email = $1 order by e.id`,
    [email],
  );
  expect(events.map(({ details }) => details.doneOn)).toEqual([null, '2026-11-02']);
  await expect(async () => {
    await reader.goto('/en/reports');
    await expect(inPublic).toContainText('2026-11-02', { timeout: 1000 });
    await expect(inPublic).toContainText(words('en', 'home')('duties.onTime'), { timeout: 1000 });
  }).toPass({ timeout: 30_000 });
  for (const one of [page, reader]) await one.context().close();
});

test('whoever may only read sees the plan and the duties, and no form', async ({ browser }) => {
  const slug = await campaign();
  for (const role of ['approver', 'auditor']) {
    const { page } = await deskOf(browser, [role]);
    await page.goto('/en/finance/campaigns');
    await expect(page.locator('main')).toContainText(
      words('en', 'planDesk')('version', { version: (await newestPlan(slug)).version }),
    );
    await expect(page.locator('main table').last()).toContainText('2027-');
    await expect(page.locator('main form')).toHaveCount(0);
    await page.context().close();
  }
});

test('the page with everything unfolded: widths, light and dark, nothing for axe', async ({ browser }) => {
  const { page } = await deskOf(browser, ['administrator'], true);
  const lang = langOf(0);
  for (const width of [320, 1280]) {
    // By day in hand and by night at a desk; in English the other way round.
    const colorScheme = (width === 320) === (lang !== 'en') ? 'light' : 'dark';
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    await page.goto(`/${lang}/finance/campaigns`);
    await page.evaluate(() => {
      for (const one of document.querySelectorAll<HTMLDetailsElement>('main details')) one.open = true;
    });
    const what = `${lang} ${width} ${colorScheme}`;
    expect(await axeFinds(page), what).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(wide, what).toBe(false);
  }
  await page.context().close();
});

test('an administrator enters the number of the filing when it comes; the public reads it, a clerk has no such form', async ({
  browser,
}) => {
  const lang = langOf(1);
  const t = words(lang, 'planDesk');
  const slug = await campaign();
  const number = `SL-${newId().slice(-8)}`;
  const clerk = await deskOf(browser, ['clerk']);
  await clerk.page.goto(`/${lang}/finance/campaigns`);
  await expect(clerk.page.locator(`#amend-${slug}`)).toHaveCount(0);

  const { page, email } = await deskOf(browser, ['administrator']);
  const form = await openForm(page, lang, `amend-${slug}`);
  await form.locator('[name=filingNo]').fill(number);
  await form.getByRole('button', { name: t('amendSave') }).click();
  await expect(form.locator('[name=reason]')).toHaveAttribute('aria-invalid', 'true');
  await expect(form.locator('[name=filingNo]')).toHaveValue(number);
  await form.locator('[name=reason]').fill('备案完成');
  await form.getByRole('button', { name: t('amendSave') }).click();
  await expect(page).toHaveURL(/done=campaign\.amend/u);
  await expect(page.locator('.facts').first()).toContainText(number);
  await expect(page.locator('main')).toContainText(t('amended'));
  const rows = await inDatabase<{ by: string; after: string }>(
    `select w.email as by, a.after ->> 'filingNo' as after from campaign_amendment a join person w on w.id = a.made_by
     order by a.recorded_at desc limit 1`,
  );
  expect(rows).toEqual([{ by: email, after: number }]);
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false);
  }
  await expect(async () => {
    await page.goto(`/${lang}/about`);
    await expect(page.locator('main')).toContainText(number, { timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
});
