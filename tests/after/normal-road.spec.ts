import { expect, test } from '@playwright/test';
import { LANGUAGES } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { illustration } from '@/lib/run/illustrations';
import { deskOf, events, isDone, one, own, send, told } from '../support/desk-pages';
import { useRoadScenes } from '../support/road-scenes';
import { langOf } from '../support/round';
import { inDatabase } from '../support/signed-in';

// A road as it should go, every step by the people whose step it is: proposed, budgeted, given for, allocated, quoted,
// contracted, built, photographed, measured, certified, invoiced by line, paid, accepted, in its warranty, told in public.

const scenes = useRoadScenes();

const picture = async (code: string, stage: 'during' | 'after') => ({
  file: {
    name: `${stage}.jpg`,
    mimeType: 'image/jpeg',
    buffer: Buffer.from(
      await illustration({
        code,
        name: '新围路',
        stage,
        takenAt: '2026-11-20T10:30:00',
        latitudeE7: 224_840_000,
        longitudeE7: 1_133_640_000,
      }),
    ),
  },
});

test('a road from its proposal to its warranty, each step by the person whose step it is', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const [road, lang] = [own('PN'), langOf(2)];
  const at = `/${lang}/finance/roads/${road}`;
  const clerk = await deskOf(browser, ['clerk'], { viewport: { width: 1440, height: 900 } });
  const approver = await deskOf(browser, ['approver'], { viewport: { width: 1440, height: 900 } });
  const inspector = await deskOf(browser, ['inspector'], {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  });
  const step = async (
    page: typeof clerk,
    id: string,
    act: string,
    fields: Parameters<typeof send>[2] = {},
  ) => {
    await page.goto(at);
    await send(page, `step-${id}`, fields);
    await isDone(page, act);
  };
  const approve = async (item: string) => {
    await approver.goto(`/${lang}/finance/approvals?item=${encodeURIComponent(item)}`);
    await approver.locator('#approve button[type=submit]').click();
    await isDone(approver, `${item.split(':')[0] ?? ''}\\.approve`);
  };

  await clerk.goto(`/${lang}/finance/roads/import`);
  await clerk.locator('#grid').selectOption('wgs84');
  await clerk
    .locator('#file')
    .fill(
      `code,name,width_m,thickness_mm,class,surface,households,line\n${road},Lane,3,180,village,concrete,12,113.364 22.484; 113.365 22.484`,
    );
  await clerk.locator('#import-look button').click();
  await clerk.locator('#import-take button').click();
  await isDone(clerk, 'segment\\.import');

  await step(clerk, 'budget', 'budget\\.propose', {
    item1: '混凝土路面',
    unit1: 'm2',
    quantity1: '300',
    amount1: '1000.00',
  });
  await approve(`budget:${road}`);
  const gift = await scenes.give(road, 100_000n);
  await step(clerk, 'allocate', 'allocation\\.propose', { amount: '1000.00' });
  const allocation = await one<{ code: string }>(
    'select a.code from allocation a join segment s on s.id = a.segment_id where s.code = $1',
    road,
  );
  await approve(`allocation:${allocation?.code ?? ''}`);

  for (const [contractor, amount] of [
    ['CO-A', '980.00'],
    ['CO-B', '1040.00'],
    ['CO-C', '1100.00'],
  ] as const)
    await step(clerk, 'quote', 'quote\\.record', {
      contractor: { choose: contractor },
      amount,
      document: 'paper',
    });
  await step(clerk, 'contract', 'contract\\.propose', {
    contractor: { choose: 'CO-A' },
    amount: '980.00',
    retention: '49.00',
    price1: '980.00',
    document: 'paper',
  });
  await approve(`contract:C-${road}-1`);

  await step(inspector, 'start', 'segment\\.move');
  await step(inspector, 'photograph', 'photograph\\.file', {
    stage: { choose: 'during' },
    photograph: await picture(road, 'during'),
  });
  await step(inspector, 'certify', 'work\\.certify', { stage: { choose: 'final' }, amount: '931.00' });
  await step(clerk, 'request', 'disbursement\\.request', {
    quantity1: '300',
    price1: '931.00',
    document: 'paper',
  });
  const payment =
    (
      await one<{ code: string }>(
        `select d.code from disbursement d join contract k on k.id = d.contract_id where k.code = $1`,
        `C-${road}-1`,
      )
    )?.code ?? '';
  await approve(`disbursement:${payment}`);
  await clerk.goto(`/${lang}/finance/payments`);
  await send(clerk, `pay-${payment}`, { bankReference: `TT-${payment}` });
  await isDone(clerk, 'disbursement\\.pay');

  await step(inspector, 'ask_inspection', 'segment\\.move');
  await step(inspector, 'photograph', 'photograph\\.file', {
    stage: { choose: 'after' },
    photograph: await picture(road, 'after'),
  });
  for (const stage of ['during', 'after'])
    await test.step(`the ${stage} picture is published`, () =>
      step(clerk, 'publish', 'photograph\\.publish'));
  await step(clerk, 'sheet', 'sheet\\.file', { document: 'paper' });
  await step(inspector, 'sign', 'acceptance\\.sign', { thickness: '180', result: { choose: 'accepted' } });
  await step(clerk, 'begin_warranty', 'segment\\.move', { warrantyUntil: '2027-11-26' });

  // It cost 20.00 less than was allocated: the giver is asked, agrees, and two people let it serve where it is needed.
  await clerk.goto(`${at}/change`);
  await send(clerk, 'step-open', {
    kind: { choose: 'under_budget' },
    why: '结算价低于预算',
    basis: { choose: 'consent' },
    deadline: '2026-12-31',
  });
  await isDone(clerk, 'plan-change\\.open');
  await clerk.goto(`${at}/change`);
  await send(clerk, 'step-answer', {
    gift: { choose: gift },
    answer: { choose: 'given' },
    evidence: '电话记录',
  });
  await isDone(clerk, 'plan-change\\.answer');
  await clerk.goto(`${at}/change`);
  await send(clerk, 'step-settle', { decision: { choose: 'move' }, outcome: '结余转入其他道路' });
  await isDone(clerk, 'plan-change\\.propose');
  await approver.goto(`${at}/change`);
  await send(approver, 'step-decide', {});
  await isDone(approver, 'plan-change\\.decide');
  expect(await scenes.places([gift])).toContainEqual({
    gift,
    account: 'unallocated:gen-hun-meng',
    minor: 2_000n,
  });

  expect(await events(road)).toEqual(expect.arrayContaining(['budget_proposed', 'budget_approved']));
  expect(await events(payment)).toEqual([
    'disbursement_requested',
    'disbursement_approved',
    'disbursement_paid',
  ]);
  expect(
    await one(
      `select s.status, c.committed_minor::text as committed, c.certified_minor::text as certified, c.paid_minor::text as paid
       from segment s join disclosure.segment c on c.code = s.code where s.code = $1`,
      road,
    ),
  ).toEqual({ status: 'in_warranty', committed: '98000', certified: '93100', paid: '93100' });
  // The gift's way: into this road's payment, and what is left of it is still this road's.
  expect(
    await inDatabase(
      'select payment, amount_minor::text as minor from disclosure.gift_payment where gift = $1 order by 1',
      [gift],
    ),
  ).toEqual([{ payment, minor: '93100' }]);
  for (const each of LANGUAGES)
    await told(clerk, `/${each}/roads/${road}`, words(each, 'ui')('state.in_warranty'), payment, '931.00');
});

test('one amount is split over three roads: shown to the fen, proposed, and approved whole by another', async ({
  browser,
}) => {
  const lang = langOf(0);
  const t = words(lang, 'changes');
  const roads = ['PX', 'PY', 'PZ'].map(own);
  await scenes.budgeted(roads, 50_000n, 100_000n);
  const clerk = await deskOf(browser, ['clerk']);
  const preview = async (amount: string) => {
    await clerk.goto(`/${lang}/finance/roads/plan`);
    for (const road of roads) await clerk.locator(`input[name=segment][value=${road}]`).check();
    await clerk.locator('#amount').fill(amount);
    await clerk.locator('#method').selectOption('even');
    await clerk.locator('main form[method=get] button[type=submit]').click();
  };
  // More than the three budgets take: said with its reason, and nothing can be proposed.
  await preview('1500.01');
  await expect(clerk.locator('main')).toContainText(t('plan.impossible'));
  await expect(clerk.locator('#propose-plan')).toHaveCount(0);
  await preview('1000.00');
  const rows = clerk.locator('main table tbody tr');
  for (const [n, share] of ['333.34', '333.33', '333.33'].entries())
    await expect(rows.filter({ hasText: roads[n] ?? '' })).toContainText(share);
  await send(clerk, 'propose-plan', {});
  await isDone(clerk, 'allocation-plan\\.propose');
  const plan = await one<{ code: string }>(
    `select p.code from allocation_plan p join allocation_plan_line l on l.plan_id = p.id
       join segment s on s.id = l.segment_id where s.code = $1`,
    roads[0],
  );
  const approver = await deskOf(browser, ['approver']);
  await approver.goto(
    `/${lang}/finance/approvals?item=${encodeURIComponent(`allocation-plan:${plan?.code}`)}`,
  );
  await approver.locator('#approve button[type=submit]').click();
  await expect(approver).toHaveURL(/done=allocation/u);
  expect(
    await inDatabase(
      'select code, allocated_minor::text as minor from disclosure.segment where code = any($1) order by code',
      [roads],
    ),
  ).toEqual(roads.map((code, n) => ({ code, minor: n === 0 ? '33334' : '33333' })));
});
