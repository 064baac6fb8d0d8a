import { randomBytes } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { words } from '@/lib/i18n/words';
import { newId } from '@/lib/shared/id';
import { giveByCard } from '../support/giver';
import { langOf } from '../support/round';
import { inDatabase, newStaff, openAccount, signedInAs } from '../support/signed-in';

// What a giver finds and decides under "my giving", and what the desk does about givers.

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test('a gift whose road is finished: its way to the fen, its receipt, its data, and what is asked of the desk', async ({
  browser,
}) => {
  test.slow();
  const lang = langOf(0);
  const t = words(lang, 'me');
  const context = await browser.newContext({ ...PHONE, javaScriptEnabled: false });
  await openAccount('donor@demo.invalid');
  await signedInAs(context, 'donor@demo.invalid');
  const page = await context.newPage();
  await page.goto(`/${lang}/me`);
  const main = page.locator('main');
  await expect(main).toContainText('G-0095');
  // Every place of the gift, as the public views have it, stands on the page to the fen.
  const places = await inDatabase<{ segment: string | null; yuan: string }>(
    `select segment, to_char(sum(amount_minor) / 100.0, 'FM999,999,990.00') as yuan from disclosure.gift_place
     where gift = 'G-0095' and segment is not null group by segment`,
  );
  expect(places.length).toBeGreaterThan(0);
  for (const place of places) {
    await expect(main).toContainText(place.segment ?? '');
    await expect(main).toContainText(place.yuan);
  }
  await expect(page.locator('main img').first()).toHaveAttribute('src', /^\/files\/[0-9a-f]{64}$/u);
  const [paid] = await inDatabase<{ payment: string }>(
    `select payment from disclosure.gift_payment where gift = 'G-0095' order by payment limit 1`,
  );
  await expect(main).toContainText(paid?.payment ?? 'none');

  await main.locator('a[href$="/me/gifts/G-0095"]', { hasText: t('open') }).click();
  await expect(page).toHaveURL(/\/me\/gifts\/G-0095$/u);
  const name = `林太太 ${randomBytes(3).toString('hex')}`;
  const consented = async () =>
    (
      await inDatabase<{ n: number }>(
        `select count(*)::int as n from donation d join recognition r on r.id = d.recognition_id
         where d.code = 'G-0095' and r.consented_at is not null and r.withdrawn_at is null and r.shown_as->>'en' = $1`,
        [name],
      )
    )[0]?.n;
  const withdraw = page.getByRole('button', { name: t('withdraw') });
  if ((await withdraw.count()) > 0) await withdraw.click();
  await page.locator('#name').fill(name);
  await page.getByRole('button', { name: t('showName') }).click();
  await expect(page).toHaveURL(/done=1/u);
  expect(await consented()).toBe(1);
  await withdraw.click();
  await expect(page).toHaveURL(/done=1/u);
  expect(await consented()).toBe(0);
  await page.locator('#amount').fill('1.00');
  await page.locator('#reason').fill('家中急用');
  await page.locator('form:has(#reason) button').click();
  await expect(page).toHaveURL(/done=1/u);

  const get = (path: string) => context.request.get(path);
  const data = (await (await get(`/${lang}/me/data`)).json()) as object;
  expect(JSON.stringify(data)).toContain('donor@demo.invalid');
  const receipt = await page.locator('a[href*="/me/receipts/"]').first().getAttribute('href');
  const paper = await get(receipt ?? '');
  expect(paper.headers()['content-type']).toBe('application/pdf');
  expect((await paper.body()).subarray(0, 5).toString()).toBe('%PDF-');

  const stranger = await browser.newContext({ javaScriptEnabled: false });
  await signedInAs(stranger, 'clerk@demo.invalid');
  const clerk = await stranger.newPage();
  expect((await clerk.goto(`/${lang}/me/gifts/G-0095`))?.status(), 'of somebody else').toBe(404);
  await clerk.goto(`/${lang}/finance/donors`);
  const asked = clerk.locator('li', { hasText: '家中急用' });
  await asked.locator('textarea[name=reason]').fill('款已付工程，请先与我们联系');
  await asked.getByRole('button', { name: words(lang, 'me')('desk.decline') }).click();
  await expect(clerk).toHaveURL(/done=/u);
  await page.goto(`/${lang}/me/gifts/G-0095`);
  await expect(page.getByText('款已付工程，请先与我们联系').first()).toBeVisible();
  await context.close();
  await stranger.close();
});

test('a gift that is not yet committed goes to another road at its giver’s word, and the desk corrects its receipt', async ({
  browser,
}) => {
  test.slow();
  const lang = langOf(1);
  const [t, desk] = [words(lang, 'me'), words(lang, 'giverDesk')];
  const email = `mover-${randomBytes(4).toString('hex')}@example.org`;
  const yuan = `41.${String(10 + (Number.parseInt(email.slice(6, 10), 16) % 90))}`;
  const { gift } = await giveByCard(yuan, email, 'any');
  await openAccount(email);
  const context = await browser.newContext({ ...PHONE, javaScriptEnabled: false });
  await signedInAs(context, email);
  const page = await context.newPage();
  await page.goto(`/${lang}/me/gifts/${gift}`);
  const road = await page.locator('#designation option').first().getAttribute('value');
  await page.locator('#designation').selectOption(road);
  await page.locator('form:has(#designation) button').click();
  await expect(page).toHaveURL(/done=1/u);
  // It lay in the fund, so its giver's word moves it at once; what was first named stays on the gift.
  const [moved] = await inDatabase<Record<string, string | null>>(
    `select r.code, r.status, r.designation as asked, g.designation, g.designation_now as now,
       (select string_agg(event, ' ' order by event) from audit_event where command = 'donor.ask_move'
          and subject_id in (d.code, r.code)) as told
     from donor_request r join donation d on d.id = r.donation_id join disclosure.gift g on g.code = d.code
     where d.code = $1 and r.kind = 'move'`,
    [gift],
  );
  expect(moved).toMatchObject({ status: 'done', asked: road, designation: null, now: road });
  expect(moved?.['told']).toContain('gift_moved');
  const main = page.locator('main');
  await expect(main).toContainText(t('request.move', { code: moved?.['code'] ?? '', road: road ?? '' }));
  await expect(main).toContainText(t('request.done'));
  await page.goto(`/${lang}/gifts/${gift}`);
  await expect(main).toContainText(road ?? 'none');

  const staff = await browser.newContext({ javaScriptEnabled: false });
  await signedInAs(staff, await newStaff(['clerk']));
  const clerk = await staff.newPage();
  // The receipt: void with a reason, then another one under its own number for another name; the giver sees both.
  const papers = () =>
    inDatabase<{ serial: string; status: string; issued_to: string | null; reason: string | null }>(
      `select r.serial::text, r.status, r.issued_to, r.reason from receipt r join donation d on d.id = r.donation_id
       where d.code = $1 order by r.serial`,
      [gift],
    );
  await expect.poll(papers, { timeout: 20_000 }).toHaveLength(1);
  await page.goto(`/${lang}/me/gifts/${gift}`);
  const number = /\d{4}-\d{6,}/u.exec(await main.innerText())?.[0] ?? '';
  const act = async (name: 'void' | 'reissue', fill: () => Promise<void>): Promise<void> => {
    await clerk.goto(`/${lang}/finance/receipts?q=${number}`);
    await clerk.locator('details > summary', { hasText: desk(`receipts.${name}`) }).click();
    await fill();
    await clerk
      .locator('details[open]')
      .getByRole('button', { name: desk(`receipts.${name}`) })
      .click();
    await expect(clerk).toHaveURL(/done=/u);
  };
  const reason = () => clerk.locator('details[open] textarea[name=reason]');
  await act('void', () => reason().fill('抬头写错'));
  await page.goto(`/${lang}/me/gifts/${gift}`);
  await expect(page.locator('main')).toContainText(t('receiptState.voided'));
  await act('reissue', async () => {
    await reason().fill('改为本人姓名');
    await clerk.locator('details[open] input[name=issuedTo]').fill('陳大文');
  });
  expect(await papers()).toMatchObject([{ status: 're_issued' }, { status: 'issued', issued_to: '陳大文' }]);
  await page.goto(`/${lang}/me/gifts/${gift}`);
  await expect(page.locator('main')).toContainText(t('receiptState.re_issued'));
  const links = await page
    .locator('a[href*="/me/receipts/"]')
    .evaluateAll((all) => all.map((one) => one.getAttribute('href')));
  expect(new Set(links).size).toBe(2);
  for (const link of links)
    expect((await (await context.request.get(link ?? '')).body()).subarray(0, 5).toString()).toBe('%PDF-');
  await context.close();
  await staff.close();
});

test('two records of one person are joined and parted again with nothing lost', async ({ browser }) => {
  const lang = langOf(1);
  const t = words(lang, 'me');
  const mark = randomBytes(4).toString('hex');
  const phone = `+1604${String(Number.parseInt(mark.slice(0, 6), 16))
    .padStart(7, '0')
    .slice(-7)}`;
  const [a, b] = [newId(), newId()];
  for (const [id, name] of [
    [a, `陳大文${mark}`],
    [b, `陈大文${mark}`],
  ])
    await inDatabase(`insert into donor (id, name, phone, lang) values ($1, $2, $3, 'en')`, [
      id,
      name,
      phone,
    ]);
  const givers = () =>
    inDatabase(`select id, name, email, phone, lang from donor where id = any($1) order by name`, [[a, b]]);
  const before = await givers();
  const context = await browser.newContext({ javaScriptEnabled: false });
  await signedInAs(context, 'clerk@demo.invalid');
  const page = await context.newPage();
  await page.goto(`/${lang}/finance/donors`);
  const pair = page.locator('li', { hasText: mark });
  await expect(pair).toContainText(t('desk.why.same_phone'));
  await pair
    .getByRole('button', { name: t('desk.merge') })
    .first()
    .click();
  await expect(page).toHaveURL(/done=/u);
  const joined = page.locator('li', { hasText: mark });
  await joined.locator('textarea[name=reason]').fill('two cousins after all');
  await joined.getByRole('button', { name: t('desk.unmerge') }).click();
  await expect(page).toHaveURL(/done=/u);
  expect(await givers()).toEqual(before);
  expect(
    await inDatabase(
      `select event from audit_event where command in ('donor.merge', 'donor.end_merge') order by id desc limit 2`,
    ),
  ).toHaveLength(2);
  await context.close();
});

test('to be forgotten says what stays, and then knows the giver no more', async ({ browser }) => {
  const lang = langOf(2);
  const t = words(lang, 'me');
  const email = `gone-${randomBytes(4).toString('hex')}@example.org`;
  const person = newId();
  await inDatabase('insert into person (id, email, name, lang) values ($1, $2, $3, $4)', [
    person,
    email,
    'Ada',
    'en',
  ]);
  await inDatabase('insert into donor (id, name, email, lang, person_id) values ($1, $2, $3, $4, $5)', [
    newId(),
    'Ada Gone',
    email,
    'en',
    person,
  ]);
  const context = await browser.newContext({ ...PHONE, javaScriptEnabled: false });
  await signedInAs(context, email);
  const page = await context.newPage();
  await page.goto(`/${lang}/me/forget`);
  await expect(page.getByText(t('forgetReceipts'))).toBeVisible();
  await page.getByRole('button', { name: t('forgetYes') }).click();
  await expect(page.getByText(t('forgetConfirmMissing'))).toBeVisible();
  await page.locator('label:has(input[name=confirm])').click();
  await page.getByRole('button', { name: t('forgetYes') }).click();
  await expect(page.getByText(t('forgotten'))).toBeVisible();
  expect(
    await inDatabase(`select 1 from donor where email = $1 or name = 'Ada Gone' and person_id = $2`, [
      email,
      person,
    ]),
  ).toEqual([]);
  expect(await inDatabase('select 1 from person where email = $1', [email])).toEqual([]);
  await context.close();
});
