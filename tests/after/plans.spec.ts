import { expect, test, type Page } from '@playwright/test';
import { LANGUAGES } from '@/lib/i18n/languages';
import { refusals } from '@/lib/i18n/messages/refusals';
import { unitText } from '@/lib/i18n/units';
import { words } from '@/lib/i18n/words';
import { tokenOfLink } from '@/lib/shared/letter-link.rules';
import { axeFinds } from '../support/axe';
import { deskOf, events, isDone, one, own, send, told } from '../support/desk-pages';
import { useRoadScenes } from '../support/road-scenes';
import { langOf } from '../support/round';
import { inDatabase } from '../support/signed-in';
import { mailTo, stack } from '../support/stack';

// When plans change, as the people of the desk see it: a road is given up, another becomes dearer, a payment comes
// back, a defect is repaired from the retention. They change the campaign's figures, so they run when all else has.

test.describe.configure({ mode: 'parallel' });

const scenes = useRoadScenes();

const ownWords = words('zh-Hant', 'changes');

/** By the letter's link: no request holds what it opens with, and the address bar does not either. */
const agreeByLetter = async (giver: Page, link: string, page: string, token: string): Promise<void> => {
  const asked: string[] = [];
  giver.on('request', (one) => asked.push(`${one.url()} ${one.headers()['referer'] ?? ''}`));
  await giver.goto(link);
  await giver.getByRole('button', { name: ownWords('own.agree'), exact: true }).click();
  await expect(giver.locator('main')).toContainText(ownWords('own.done'));
  await expect(giver).toHaveURL(page);
  expect(await axeFinds(giver)).toEqual([]);
  expect(asked.length).toBeGreaterThan(2);
  for (const one of asked) expect(one).not.toContain(token);
  // As a letter has it that went out with the token in the path.
  await giver.goto(`${page}/${token}`);
  await expect(giver.getByRole('button', { name: ownWords('own.agree'), exact: true })).toBeVisible();
  await expect(giver).toHaveURL(page);
};

/** By the code that stands beside the link, in a browser without script: a wrong one, then the right one. */
const agreeWithoutScript = async (giver: Page, page: string, token: string): Promise<void> => {
  await giver.goto(page);
  for (const typed of [token.slice(0, -1), ` ${token}。`]) {
    await giver.getByLabel(ownWords('own.paste')).fill(typed);
    await giver.getByRole('button', { name: ownWords('own.open') }).click();
    const known = typed.includes(token);
    await expect(giver.getByText(ownWords('own.unknown'))).toHaveCount(known ? 0 : 1);
  }
  await giver.getByRole('button', { name: ownWords('own.agree'), exact: true }).click();
  await expect(giver.locator('main')).toContainText(ownWords('own.done'));
  await expect(giver).toHaveURL(page);
};

test('a road is given up with forty gifts for it: 25 agree, 10 refuse, 5 are silent; every gift is where it belongs', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const [road, lang] = [own('PA'), langOf(0)];
  const t = words(lang, 'changes');
  const gifts = await scenes.giftsForRoad(road, 40, `plan${process.pid}-`);
  const clerk = await deskOf(browser, ['clerk']);
  const [atRoad, atChange] = [`/${lang}/finance/roads/${road}`, `/${lang}/finance/roads/${road}/change`];

  await clerk.goto(atRoad);
  await send(clerk, 'step-suspend', { reason: '改由市政修建' });
  await isDone(clerk, 'segment\\.move');
  await clerk.goto(atChange);
  await send(clerk, 'step-open', {
    kind: { choose: 'cancelled' },
    why: '这条路改由市政修建',
    basis: { choose: 'consent' },
    deadline: '2026-11-20',
    on: '2026-11-01',
  });
  await isDone(clerk, 'plan-change\\.open');
  const rows = clerk.locator('main table tbody tr');
  await expect(rows).toHaveCount(40);
  // By how a cell begins: “同意” stands in “不同意” as well.
  const cell = (key: Parameters<typeof t>[0]) =>
    clerk.getByRole('cell', { name: new RegExp(`^${t(key)}`, 'u') });
  const { code: change = '' } =
    (await one<{ code: string }>(
      'select x.code from plan_change x join segment s on s.id = x.segment_id where s.code = $1',
      road,
    )) ?? {};
  await send(clerk, 'step-ask-mail', { on: '2026-11-02' });
  await isDone(clerk, 'plan-change\\.ask');

  // The first giver reads it in their own language and agrees by the link in the mail; two tell the clerk.
  const mail = await mailTo(`plan${process.pid}-1@example.invalid`);
  const link = /\S+\/zh-Hant\/consent#\S+/u.exec(mail.text)?.[0] ?? '';
  const token = tokenOfLink(link) ?? '';
  expect(token).toMatch(/^PC-\d+\.G-\d+\.[\w-]{22}$/u);
  const page = `${stack().url}/zh-Hant/consent`;
  const giver = await browser.newPage();
  await agreeByLetter(giver, link, page, token);
  await agreeWithoutScript(
    await (await browser.newContext({ javaScriptEnabled: false })).newPage(),
    page,
    token,
  );
  const [agreed = '', first = '', ...others] = [gifts[0], gifts[25], ...gifts.slice(2, 25)];
  for (const [gift, answer] of [
    [agreed, 'given'],
    [first, 'refused'],
  ] as const) {
    await clerk.goto(atChange);
    const fields = {
      gift: { choose: gift },
      answer: { choose: answer },
      evidence: '电话记录',
      on: '2026-11-10',
    };
    await send(clerk, 'step-answer', fields);
    await isDone(clerk, 'plan-change\\.answer');
  }
  await scenes.answers(change, others, 'given');
  await scenes.answers(change, gifts.slice(26, 35), 'refused');

  // Silence is no consent: nothing is settled before the deadline has been recorded as passed.
  await clerk.goto(atChange);
  const settlement = { decision: { choose: 'move' }, outcome: '已逐笔征询并处理' };
  await send(clerk, 'step-settle', settlement);
  await expect(clerk.locator('#step-settle')).toContainText(refusals[lang].answers_missing);
  await clerk.goto(atChange);
  await send(clerk, 'step-deadline', {});
  await isDone(clerk, 'plan-change\\.deadline');
  for (const [answer, count] of [
    ['given', 25],
    ['refused', 10],
    ['no_reply', 5],
  ] as const)
    await expect(rows.filter({ has: cell(`answers.${answer}`) })).toHaveCount(count);
  await send(clerk, 'step-settle', settlement);
  await isDone(clerk, 'plan-change\\.propose');
  await expect(clerk.locator('#step-decide')).toHaveCount(0);

  const approver = await deskOf(browser, ['approver']);
  await approver.goto(atChange);
  await send(approver, 'step-decide', {});
  await isDone(approver, 'plan-change\\.decide');
  await clerk.goto(atRoad);
  await send(clerk, 'step-cancel', { reason: '改由市政修建' });
  await isDone(clerk, 'segment\\.move');
  await clerk.goto(atChange);
  await send(clerk, 'step-refund', {});
  await isDone(clerk, 'plan-change\\.refund');
  const refunds = await inDatabase<{ code: string }>(
    `select r.code from refund r join donation d on d.id = r.donation_id where d.code = any($1) order by r.code`,
    [gifts],
  );
  expect(refunds).toHaveLength(15);
  await expect(rows.filter({ has: cell('outcomes.to_return') })).toHaveCount(15);
  await expect(rows.filter({ has: cell('outcomes.moved') })).toHaveCount(25);
  await scenes.approveRefunds(
    refunds.map(({ code }) => code),
    '2026-11-26',
  );

  // No gift in limbo, each to the fen.
  expect(await scenes.places(gifts)).toEqual(
    gifts
      .map((gift, n) => ({
        gift,
        account: n < 25 ? 'unallocated:gen-hun-meng' : 'returned:gen-hun-meng',
        minor: 50_000n + BigInt(n),
      }))
      .toSorted((a, b) => (a.gift < b.gift ? -1 : 1)),
  );
  expect(await events(change)).toEqual(['plan_change_opened', 'settlement_proposed', 'plan_change_settled']);
  expect(await events(gifts[39] ?? '')).toEqual(
    expect.arrayContaining(['consent_asked', 'consent_no_reply']),
  );
  expect((await one<{ status: string }>('select status from segment where code = $1', road))?.status).toBe(
    'cancelled',
  );
  for (const each of LANGUAGES)
    await told(giver, `/${each}/roads/${road}`, words(each, 'ui')('state.cancelled'), '25', '10');
});

test('a dearer road, an invoice by line that comes back, and a defect repaired from the retention', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const [road, lang] = [own('PW'), langOf(1)];
  const [bidder, other] = [`CO-A${process.pid}`, `CO-B${process.pid}`];
  const contract = await scenes.tender(road, bidder, other);
  const t = words(lang, 'approvals');
  const [clerk, approver, inspector] = [
    await deskOf(browser, ['clerk']),
    await deskOf(browser, ['approver']),
    await deskOf(browser, ['inspector']),
  ];
  const at = `/${lang}/finance/roads/${road}`;
  const approve = async (item: string, ...said: string[]) => {
    await approver.goto(`/${lang}/finance/approvals?item=${encodeURIComponent(item)}`);
    for (const text of said) await expect(approver.locator('main')).toContainText(text);
    await approver.locator('#approve button[type=submit]').click();
    await isDone(approver, `${item.split(':')[0] ?? ''}\\.approve`);
  };
  const newest = async (table: 'disbursement' | 'variation') =>
    (
      await one<{ code: string }>(
        `select x.code from ${table} x join contract k on k.id = x.contract_id where k.code = $1 order by x.code desc limit 1`,
        contract,
      )
    )?.code ?? '';
  const cubic = (figure: string) => `${figure} ${unitText('m3')}`;

  // Two bidders with one telephone: whoever signs is told, and sees each line against the budget.
  await approve(`contract:${contract}`, words(lang, 'roadWork')('contractors.ties'), other, cubic('100'));
  const certificate = await scenes.begin(road, contract);

  // By line, and not one line more than is contracted.
  await clerk.goto(at);
  const invoice = { certificate: { choose: certificate }, quantity2: '10', price2: '40.00' };
  await send(clerk, 'step-request', {
    ...invoice,
    quantity1: '100.001',
    price1: '560.00',
    document: 'paper',
  });
  await expect(clerk.locator('#step-request')).toContainText(
    refusals[lang].exceeds_contracted.split('{')[0] ?? '',
  );
  const request = async () => {
    await clerk.goto(at);
    await send(clerk, 'step-request', { ...invoice, quantity1: '70', price1: '560.00', document: 'paper' });
    await isDone(clerk, 'disbursement\\.request');
    return newest('disbursement');
  };
  const bounced = await request();
  await approve(`disbursement:${bounced}`, t('lines.title'), cubic('70'), cubic('30'));
  await clerk.goto(`/${lang}/finance/payments`);
  await send(clerk, `pay-${bounced}`, { bankReference: `TT-${bounced}` });
  await isDone(clerk, 'disbursement\\.pay');
  await send(clerk, 'bounce', { code: { choose: bounced }, reason: '账号有误，退汇' });
  await isDone(clerk, 'disbursement\\.bounce');
  const again = await request();
  expect(again).not.toBe(bounced);
  await scenes.pay(again);
  expect(await events(bounced)).toEqual([
    'disbursement_requested',
    'disbursement_approved',
    'disbursement_paid',
    'disbursement_bounced',
  ]);

  // Dearer: the plan's clause, the amended budget, more money, the variation by line; the gifts stay.
  await clerk.goto(`${at}/change`);
  await send(clerk, 'step-open', {
    kind: { choose: 'over_budget' },
    why: '软土换填',
    basis: { choose: 'plan' },
    basisReference: '募捐方案第 9 条',
    deadline: '2099-12-31',
  });
  await isDone(clerk, 'plan-change\\.open');
  await clerk.goto(at);
  await expect(clerk.locator('#step-budget-amount2')).toHaveValue('200.00');
  await send(clerk, 'step-budget', { quantity1: '120', amount1: '960.00', reason: '软土换填' });
  await isDone(clerk, 'budget\\.propose');
  await approve(`budget:${road}`, cubic('+20'), cubic('120'));
  await scenes.fund(road, 16_000n);
  await clerk.goto(at);
  const change = { amount: '1160.00', quantity1: '20', price1: '160.00', reason: '软土换填 20 方' };
  await send(clerk, 'step-variation', { ...change, document: 'paper' });
  await isDone(clerk, 'variation\\.propose');
  await approve(`variation:${await newest('variation')}`, cubic('+20'), cubic('120'));
  await clerk.goto(`${at}/change`);
  const keep = { decision: { choose: 'keep' }, keepUntil: '2099-12-31', outcome: '增加预算后继续修建' };
  await send(clerk, 'step-settle', keep);
  await approver.goto(`${at}/change`);
  await send(approver, 'step-decide', {});
  await isDone(approver, 'plan-change\\.decide');

  // Done, accepted, in its warranty: another contractor repairs the defect from the retention.
  const defect = await scenes.finish(road, contract, 51_000n, [
    { lineNo: 1, quantityMilli: 50_000n, amountMinor: 39_000n },
    { lineNo: 2, quantityMilli: 40_000n, amountMinor: 12_000n },
  ]);
  await inspector.goto(at);
  const repair = { concern: { choose: defect }, contractor: { choose: other } };
  await send(inspector, 'step-repair', { ...repair, amount: '50.01' });
  await expect(inspector.locator('#step-repair .msg, #step-repair .field-error')).not.toHaveCount(0);
  await send(inspector, 'step-repair', { ...repair, amount: '30.00' });
  await isDone(inspector, 'retention\\.use');
  await clerk.goto(at);
  await send(clerk, 'step-request', { amount: '30.00', document: 'paper' });
  await isDone(clerk, 'disbursement\\.request');
  const repaired = await newest('disbursement');
  await scenes.pay(repaired);
  await inspector.goto(at);
  await send(inspector, 'step-certify', { stage: { choose: 'retention' }, amount: '20.00' });
  await isDone(inspector, 'work\\.certify');
  const rest = await one<{ code: string }>(
    `select f.code from certificate f join contract k on k.id = f.contract_id where k.code = $1 and f.stage = 'retention'`,
    contract,
  );
  await scenes.release(road, rest?.code ?? '', 2_000n);
  await inspector.goto(at);
  await send(inspector, 'step-close', {});
  await isDone(inspector, 'segment\\.move');

  const [paid] = await inDatabase<{ minor: string; contractor: string }>(
    `select d.amount_minor::text as minor, b.code as contractor from disbursement d join contractor b on b.id = d.contractor_id where d.code = $1`,
    [repaired],
  );
  expect(paid).toEqual({ minor: '3000', contractor: other });
  // Traced both ways, to the fen: the gifts of what was paid add up to it, and are this road's own.
  const traced = await inDatabase<{ payment: string; minor: string; others: number }>(
    `select g.payment, sum(g.amount_minor)::text as minor,
       count(*) filter (where d.designation is distinct from $2)::int as others
     from disclosure.gift_payment g join donation d on d.code = g.gift where g.payment = any($1) group by 1 order by 1`,
    [[bounced, again, repaired], road],
  );
  expect(traced).toEqual([
    { payment: again, minor: '60000', others: 0 },
    { payment: repaired, minor: '3000', others: 0 },
  ]);
  const line = await one<{ milli: string; minor: string }>(
    `select paid_milli::text as milli, paid_minor::text as minor from disclosure.contract_line where contract = $1 and line_no = 1`,
    contract,
  );
  expect(line).toEqual({ milli: '120000', minor: '95000' });
  for (const each of LANGUAGES)
    await told(
      clerk,
      `/${each}/roads/${road}`,
      words(each, 'ui')('state.closed'),
      other,
      bounced,
      cubic('120'),
    );
});
