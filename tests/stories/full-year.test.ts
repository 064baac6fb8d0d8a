import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePeriod, preparePeriod } from '@/lib/bookkeeping/period.commands';
import { periodDetail, periodLines } from '@/lib/bookkeeping/period.queries';
import { approveDisbursement } from '@/lib/disbursements/disbursement.commands';
import { enterBatch, verifyBatch } from '@/lib/donations/batch.commands';
import { completeRefund } from '@/lib/donations/refund-close.commands';
import { approveRefund, proposeRefund, sendRefund } from '@/lib/donations/refund.commands';
import { resolveShortfall } from '@/lib/donations/shortfall.commands';
import { exceptions } from '@/lib/exceptions/exceptions.queries';
import { sendRefundToProvider } from '@/lib/payments/refund.flow';
import { makePledge } from '@/lib/pledges/pledge.commands';
import { acceptCertain } from '@/lib/reconciliation/accept.flow';
import { makeMatch, undoMatch } from '@/lib/reconciliation/match.commands';
import { ownAccounts } from '@/lib/reconciliation/workspace.queries';
import { makeReport } from '@/lib/reports/make.queries';
import { formatReference } from '@/lib/shared/reference.rules';
import { approveContract } from '@/lib/contracts/contract.commands';
import { allProofsHold } from '../support/act';
import { balanceOf, must, pledgeInput } from '../db/donations-kit';
import { HEAD, openMatchingKit, type MatchingKit } from '../db/matching-kit';
import { openPaymentKit, type PaymentKit } from '../db/payments-kit';
import { CAMPAIGN, RoadsKit } from '../db/roads-kit';

// One year of the campaign as its clerk and approver live it: money by every way there is, every month closed by two.
// The books' clock and the provider's are set back, so that each month is the present when it is worked on.

let roads: RoadsKit;
let online: PaymentKit;
let kit: MatchingKit;

beforeAll(async () => {
  roads = await RoadsKit.open(12);
  const { world, staff } = roads;
  await sql`create schema clock`.execute(world.owner);
  await sql`create table clock.shift (by interval not null)`.execute(world.owner);
  await sql`insert into clock.shift values ('0')`.execute(world.owner);
  await sql`create function clock.moment() returns timestamptz stable security definer language sql
    as 'select now() + by from clock.shift'`.execute(world.owner);
  await sql`grant usage on schema clock to public`.execute(world.owner);
  for (const [table, column] of [
    ['command_key', 'recorded_at'],
    ['audit_event', 'recorded_at'],
    ['checkout', 'asked_at'],
  ])
    await sql`alter table ${sql.table(table ?? '')} alter column ${sql.ref(column ?? '')} set default clock.moment()`.execute(
      world.owner,
    );
  online = await openPaymentKit({
    test: world.database,
    db: roads.db,
    reader: world.reader,
    lin: staff.lin,
    zhou: staff.zhou,
    visitor: { kind: 'visitor' },
    stripe: { kind: 'system', name: 'stripe' },
    worker: { kind: 'system', name: 'worker' },
    run: roads.try as never,
    close: () => roads.close(),
  });
  kit = await openMatchingKit(online);
  online.standin.control.setClock(secondsOf('2023-09-10'));
}, 60_000);
afterAll(() => online.close());

const secondsOf = (day: string): number => Date.parse(`${day}T04:00:00Z`) / 1000;

/** Both clocks go to noon of this day. */
const comes = async (day: string): Promise<void> => {
  const { control } = online.standin;
  control.advance(Math.max(0, secondsOf(day) - control.now()));
  await sql`update clock.shift set by = to_timestamp(${control.now()}) - now()`.execute(roads.world.owner);
  await online.quiet();
};

/** What the bank has shown so far, in fen: its closing balance. */
let shown = 0n;
const statement = async (account: string, ...rows: string[]): Promise<void> => {
  const { ended } = await kit.take(`${HEAD}\n${rows.join('\n')}\n`, account);
  expect(ended).toBe('done');
  if (account === 'boc-main')
    for (const row of rows) shown += BigInt((row.split(',')[1] ?? '').replace('.', ''));
};
const yuan = (minor: bigint): string => {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(3, '0');
  return `${minor < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};
const explain = async (amountMinor: bigint, parts: readonly object[], account = 'boc-main') => {
  const line = (await kit.lines(account)).find((one) => one.amountMinor === amountMinor);
  if (!line) throw new Error(`no line of ${amountMinor}`);
  const made = must(
    await kit.run(makeMatch, { account, lines: [{ id: line.id, version: line.version }], parts }, kit.lin),
  );
  return { ...made, line };
};
const batch = async (kind: 'cash' | 'cheque', on: string, ...amounts: bigint[]): Promise<string[]> => {
  const entered = must(
    await kit.run(
      enterBatch,
      {
        campaign: CAMPAIGN,
        kind,
        note: null,
        count: amounts.length,
        totalMinor: amounts.reduce((sum, one) => sum + one, 0n),
        cashCount: null,
        on,
        gifts: amounts.map((amountMinor) => ({
          donorName: null,
          amountMinor,
          channel: kind,
          givenOn: on,
          designation: null,
          pledge: null,
          reference: null,
        })),
      },
      kit.lin,
    ),
  );
  must(await kit.run(verifyBatch, { batch: entered.batch, seenHash: entered.contentHash, on }, kit.zhou));
  const rows = await kit.db
    .selectFrom('gift_batch_line as l')
    .innerJoin('gift_batch as b', 'b.id', 'l.batch_id')
    .innerJoin('donation as d', 'd.id', 'l.donation_id')
    .select('d.code')
    .where('b.code', '=', entered.batch)
    .orderBy('l.line_no')
    .execute();
  return rows.map((row) => row.code);
};
const paysOnline = async (on: string, over: Record<string, unknown>, method = 'card') => {
  const gift = await online.open({ givenOn: on, ...over });
  await online.press(gift.url, 'pay', method);
  await online.quiet();
  return { ...gift, session: /cs_[A-Za-z0-9_]+/u.exec(gift.url)?.[0] ?? '' };
};
/** Everything at the provider goes out, arrives, stands on the statement and is matched. */
const paidOut = async (on: string): Promise<bigint> => {
  online.standin.control.advance(5);
  const payout = online.standin.control.payout();
  await online.quiet();
  online.standin.control.arrivePayout(payout.id);
  await online.quiet();
  const { code, amount_minor: amountMinor } = await kit.db
    .selectFrom('payout')
    .select(['code', 'amount_minor'])
    .where('provider_payout_id', '=', payout.id)
    .executeTakeFirstOrThrow();
  await statement('boc-main', `${on},${yuan(amountMinor)},CNY,STRIPE,${payout.id},payout`);
  await explain(amountMinor, [{ kind: 'payout', subject: code, amountMinor }]);
  return amountMinor;
};

const closed = new Map<string, string>();
/** The clerk prepares the month, the approver closes it; nothing may be left to explain. */
const closes = async (month: string, on: string): Promise<void> => {
  await comes(on);
  const { hash, checks } = await periodDetail(CAMPAIGN, month, kit.reader);
  expect(
    checks.filter((check) => check.count > 0),
    month,
  ).toEqual([]);
  const asked = { campaign: CAMPAIGN, month, seenHash: hash, on };
  must(await kit.run(preparePeriod, asked, kit.lin));
  must(await kit.run(closePeriod, asked, kit.zhou));
  closed.set(month, hash);
};
const refunded = async (donation: string, amountMinor: bigint, on: string): Promise<string> => {
  const refund = must(
    await kit.run(proposeRefund, { donation, amountMinor, reason: '重复捐款', on }, kit.lin),
  );
  must(await kit.run(approveRefund, { refund: refund.code, seenHash: refund.contentHash, on }, kit.zhou));
  must(await kit.run(sendRefund, { refund: refund.code, on }, kit.lin));
  return refund.code;
};

/** What was returned after a road, or a fee, had taken it is filled from the fund. */
const fillHoles = async (on: string): Promise<void> => {
  const open = await kit.db.selectFrom('shortfall').select('code').where('resolved_on', 'is', null).execute();
  expect(open.length).toBeGreaterThan(0);
  for (const { code } of open)
    must(await kit.run(resolveShortfall, { shortfall: code, on, reason: '用待分配款补足' }, kit.zhou));
};

test('a year of every kind of money closes month by month, and every clearing account ends at zero', async () => {
  await comes('2023-09-16');
  await batch('cash', '2023-09-16', 50_000n, 20_000n, 30_000n);
  const pledge = must(
    await kit.run(
      makePledge,
      pledgeInput({ designation: null, instalments: [{ dueOn: '2023-10-16', amountMinor: 50_000n }] }),
      kit.visitor,
    ),
  );
  await statement(
    'boc-main',
    '2023-09-18,1000.00,CNY,,C1,现金存入',
    `2023-09-20,500.00,CNY,林太太,T1,ROAD ${formatReference(pledge.reference)}`,
  );
  await explain(100_000n, [{ kind: 'cash_banked', amountMinor: 100_000n }]);
  const [account] = await ownAccounts(kit.reader);
  const [sure] = await kit.lines();
  if (!account || !sure) throw new Error('no line');
  expect(await acceptCertain(account, new Map([[sure.id, sure.version]]), kit.lin, 'year-1', kit.db)).toEqual(
    { accepted: 1, left: 0 },
  );
  await closes('2023-09', '2023-10-03');

  await comes('2023-10-10');
  await paysOnline('2023-10-10', { channel: 'alipay', amountMinor: 66_600n }, 'alipay');
  await paysOnline('2023-10-10', { channel: 'wechat', amountMinor: 88_800n }, 'wechat_pay');
  await paidOut('2023-10-12');
  await closes('2023-10', '2023-11-03');

  await comes('2023-11-10');
  const card = await paysOnline('2023-11-10', { amountMinor: 120_000n });
  await paysOnline('2023-11-10', { currency: 'HKD', amountMinor: 87_500n });
  await paysOnline('2023-11-10', { currency: 'JPY', amountMinor: 10_000n });
  await paidOut('2023-11-13');
  await closes('2023-11', '2023-12-04');

  await comes('2023-12-11');
  const [cheque = ''] = await batch('cheque', '2023-12-11', 200_000n);
  await statement(
    'boc-main',
    '2023-12-15,2000.00,CNY,,Q1,支票',
    '2023-12-21,8.64,CNY,银行,I1,结息',
    '2023-12-22,-5.00,CNY,银行,F1,账户管理费',
  );
  await explain(200_000n, [{ kind: 'gift', subject: cheque, amountMinor: 200_000n }]);
  await explain(864n, [{ kind: 'interest', amountMinor: 864n }]);
  await explain(-500n, [{ kind: 'fee', amountMinor: -500n }]);
  await closes('2023-12', '2024-01-03');

  await comes('2024-01-10');
  const back = await refunded(cheque, 50_000n, '2024-01-10');
  must(await kit.run(completeRefund, { refund: back, on: '2024-01-11', bankReference: 'TT-1' }, kit.lin));
  await statement('boc-main', '2024-01-11,-500.00,CNY,陈先生,R1,退款');
  await explain(-50_000n, [{ kind: 'refund', subject: back, amountMinor: -50_000n }]);
  const cardBack = await refunded(card.code, 20_000n, '2024-01-12');
  must(await sendRefundToProvider(cardBack, online.around));
  await online.quiet();
  await comes('2024-01-12');
  await paysOnline('2024-01-12', { amountMinor: 90_000n });
  await paidOut('2024-01-15');
  await closes('2024-01', '2024-02-03');

  await comes('2024-02-10');
  const doubted = await paysOnline('2024-02-10', { amountMinor: 40_000n });
  await paysOnline('2024-02-10', { amountMinor: 300_000n });
  const dispute = online.standin.control.dispute(doubted.session);
  await online.quiet();
  online.standin.control.closeDispute(dispute.id, false);
  await online.quiet();
  await fillHoles('2024-02-12');
  await paidOut('2024-02-13');
  await closes('2024-02', '2024-03-04');

  await comes('2024-03-10');
  const given = await roads.gift(500_000n);
  await statement('boc-main', '2024-03-06,5000.00,CNY,同乡会,T2,修路');
  await explain(500_000n, [{ kind: 'gift', subject: given.code, amountMinor: 500_000n }]);
  const road = await roads.road(400_000n);
  await roads.allocate(road, 400_000n);
  const contract = await roads.proposedContract(road, 400_000n);
  await roads.act(
    approveContract,
    { contract: contract.code, seenHash: contract.contentHash, on: '2024-03-05' },
    roads.staff.zhou,
  );
  const certificate = await roads.certify(contract.code, 150_000n);
  const approved = async (payment: { code: string; contentHash: string }) => {
    must(
      await kit.run(
        approveDisbursement,
        { disbursement: payment.code, seenHash: payment.contentHash, on: '2024-03-11' },
        kit.zhou,
      ),
    );
    return payment;
  };
  const payment = await approved(await roads.request(road, certificate, 150_000n));
  await statement(
    'boc-main',
    '2024-03-12,-1500.00,CNY,施工队,D1,工程款',
    '2024-03-14,1500.00,CNY,施工队,D1,退汇',
  );
  await explain(-150_000n, [{ kind: 'payment', subject: payment.code, amountMinor: -150_000n }]);
  await explain(150_000n, [{ kind: 'payment_returned', subject: payment.code, amountMinor: 150_000n }]);
  const again = await approved(await roads.request(road, certificate, 150_000n));
  await statement('boc-main', '2024-03-18,-1500.00,CNY,施工队,D2,工程款');
  await explain(-150_000n, [{ kind: 'payment', subject: again.code, amountMinor: -150_000n }]);
  await closes('2024-03', '2024-04-03');

  await comes('2024-04-10');
  await statement('boc-main', '2024-04-09,123.45,CNY,,U1,汇入');
  const unknown = await explain(12_345n, [{ kind: 'unidentified', amountMinor: 12_345n }]);
  await comes('2024-04-20');
  must(
    await kit.run(
      undoMatch,
      {
        match: unknown.match,
        reason: '来电说明',
        seen: [{ id: unknown.line.id, version: unknown.line.version + 1 }],
      },
      kit.lin,
    ),
  );
  await explain(12_345n, [
    { kind: 'new_gift', amountMinor: 12_345n, donorName: '黄先生', designation: null },
  ]);
  await closes('2024-04', '2024-05-06');

  await comes('2024-05-10');
  await statement('boc-main', '2024-05-10,-300.00,CNY,本会,X1,转存');
  await statement('abc-second', '2024-05-10,300.00,CNY,本会,X1,转存');
  await explain(-30_000n, [{ kind: 'own_transfer', subject: 'abc-second', amountMinor: -30_000n }]);
  await explain(30_000n, [{ kind: 'own_transfer', subject: 'boc-main', amountMinor: 30_000n }], 'abc-second');
  await closes('2024-05', '2024-06-03');

  await comes('2024-06-10');
  const dashboard = await paysOnline('2024-06-10', { amountMinor: 50_000n });
  await paysOnline('2024-06-10', { amountMinor: 70_000n });
  online.standin.control.refundInDashboard(dashboard.session);
  await online.quiet();
  await fillHoles('2024-06-10');
  await paidOut('2024-06-13');
  await closes('2024-06', '2024-07-03');

  // A transfer that came short by the bank's charge, and one line for two gifts.
  await comes('2024-07-10');
  const short = await roads.verified(100_000n, { givenOn: '2024-07-09' });
  const [one, two] = await batch('cheque', '2024-07-10', 10_000n, 15_000n);
  await statement('boc-main', '2024-07-11,975.00,CNY,LEE,T3,GIFT', '2024-07-12,250.00,CNY,,Q2,支票');
  await explain(97_500n, [
    { kind: 'gift', subject: short.code, amountMinor: 100_000n },
    { kind: 'fee', amountMinor: -2_500n },
  ]);
  await explain(25_000n, [
    { kind: 'gift', subject: one, amountMinor: 10_000n },
    { kind: 'gift', subject: two, amountMinor: 15_000n },
  ]);
  await closes('2024-07', '2024-08-05');

  await comes('2024-08-10');
  await batch('cash', '2024-08-10', 10_000n);
  await statement('boc-main', '2024-08-12,100.00,CNY,,C2,现金存入');
  await explain(10_000n, [{ kind: 'cash_banked', amountMinor: 10_000n }]);
  await closes('2024-08', '2024-09-04');

  expect([...closed.keys()]).toHaveLength(12);
  const lines = await periodLines(CAMPAIGN, kit.reader);
  expect(lines.map((line) => line.status)).toEqual(Array(12).fill('closed'));
  // What was closed has stayed as two people saw it.
  for (const [month, hash] of closed)
    expect((await periodDetail(CAMPAIGN, month, kit.reader)).hash, month).toBe(hash);
});

test('the bank’s own balance is ours, nothing is on its way, nobody is owed, and nothing waits', async () => {
  expect(await balanceOf(kit.db, `assets:bank:${CAMPAIGN}`)).toBe(shown);
  const open = await kit.db
    .selectFrom('account_balance')
    .select(['code', 'balance_minor'])
    .where('class', 'in', ['asset', 'liability'])
    .where('balance_minor', '<>', 0n)
    .orderBy('code')
    .execute();
  expect(open.map((row) => row.code)).toEqual([
    `assets:bank:abc-second:${CAMPAIGN}`,
    `assets:bank:${CAMPAIGN}`,
  ]);
  expect(await exceptions(kit.reader)).toEqual([]);
  const report = await makeReport(
    { kind: 'position', campaign: CAMPAIGN, on: '2024-08-31', lang: 'zh-Hans' },
    kit.reader,
  );
  const cell = report?.rows.find((row) => row.id === 'money')?.cells[3];
  expect(cell?.kind === 'money' ? cell.minor : null).toBe(shown + 30_000n);
  await allProofsHold(kit.reader);
});
