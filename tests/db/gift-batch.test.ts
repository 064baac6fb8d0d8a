import { afterAll, beforeAll, expect, test } from 'vitest';
import { enterBatch, returnBatch, verifyBatch } from '@/lib/donations/batch.commands';
import { readPasted, readRow, seenOfBatch } from '@/lib/donations/batch.rules';
import { cancelDonation, verifyDonation } from '@/lib/donations/donation.commands';
import { allProofsHold, refused } from '../support/act';
import { balanceOf, CAMPAIGN, must, openKit, type Kit } from './donations-kit';

let kit: Kit;
beforeAll(async () => {
  kit = await openKit();
}, 60_000);
afterAll(() => kit.close());

const PASTED =
  '陈先生\t500\t现金\t2023/9/16\tML-07\r\n"欧阳 明"\t1,000.00\t支票\t2023年9月16日\t\t\tCHQ-0091\n\t66.60\n';
const gifts = () =>
  readPasted(PASTED).map((row) =>
    must(readRow(row, { channel: 'cash', givenOn: '2023-09-16', currency: 'CNY' })),
  );
const batch = (over: Record<string, unknown> = {}) => ({
  campaign: CAMPAIGN,
  kind: 'mixed',
  note: null,
  count: 3,
  totalMinor: 156_660n,
  cashCount: { '10000': 5, '5000': 1, '1000': 1, '500': 1, '100': 1, '50': 1, '10': 1 },
  on: '2023-09-17',
  gifts: gifts(),
  ...over,
});

test('rows copied from a spreadsheet are read cell by cell, and a wrong cell is named', () => {
  expect(gifts()).toMatchObject([
    {
      donorName: '陈先生',
      amountMinor: 50_000n,
      channel: 'cash',
      givenOn: '2023-09-16',
      designation: 'ML-07',
    },
    { donorName: '欧阳 明', amountMinor: 100_000n, channel: 'cheque', reference: 'CHQ-0091' },
    { donorName: null, amountMinor: 6_660n, channel: 'cash', givenOn: '2023-09-16' },
  ]);
  const otherwise = { channel: 'cash', givenOn: '2023-09-16', currency: 'CNY' } as const;
  const wrong = (text: string) =>
    readPasted(text)
      .map((row) => readRow(row, otherwise))
      .map((one) => (one.ok ? 'ok' : one.refusal.field));
  expect(wrong('A\t1.005\nB\t1\tgold\nC\t1\t\t31.12.2023\nD\t1\t\t\troad 7\nE\t1\t\t2023-02-30')).toEqual([
    'amount',
    'channel',
    'givenOn',
    'designation',
    'givenOn',
  ]);
});

test('nothing is posted unless count, sum and cash sheet agree', async () => {
  await refused(kit.db, enterBatch, batch({ count: 2 }), kit.lin, 'control_totals_differ');
  await refused(kit.db, enterBatch, batch({ totalMinor: 156_661n }), kit.lin, 'control_totals_differ');
  await refused(kit.db, enterBatch, batch({ cashCount: { '10000': 5 } }), kit.lin, 'control_totals_differ');
  expect(await kit.db.selectFrom('donation').select('code').execute()).toEqual([]);
});

test('a second person confirms: cash is received, cheques wait for the bank', async () => {
  const entered = must(await kit.run(enterBatch, batch({ cashCount: null }), kit.lin));
  const ask = { batch: entered.batch, seenHash: entered.contentHash, on: '2023-09-18' };
  await refused(kit.db, verifyBatch, ask, { ...kit.lin, roles: ['clerk', 'approver'] }, 'maker_is_checker');
  await refused(kit.db, verifyBatch, { ...ask, seenHash: '0'.repeat(64) }, kit.zhou, 'changed_since_seen');
  must(await kit.run(verifyBatch, ask, kit.zhou));
  const rows = await kit.db.selectFrom('donation').select(['channel', 'status']).orderBy('code').execute();
  expect(rows.map((row) => `${row.channel} ${row.status}`)).toEqual([
    'cash cleared',
    'cheque verified',
    'cash cleared',
  ]);
  expect(await balanceOf(kit.db, `assets:cash:${CAMPAIGN}`)).toBe(56_660n);
  await refused(kit.db, verifyBatch, ask, kit.zhou, 'illegal_state_change');
  await allProofsHold(kit.reader);
});

test('a bundle that is sent back cancels its gifts with the reason', async () => {
  const entered = must(await kit.run(enterBatch, batch({ cashCount: null }), kit.lin));
  must(
    await kit.run(returnBatch, { batch: entered.batch, reason: '支票金额不符', on: '2023-09-18' }, kit.zhou),
  );
  const rows = await kit.db
    .selectFrom('donation as d')
    .innerJoin('gift_batch_line as l', 'l.donation_id', 'd.id')
    .innerJoin('gift_batch as b', 'b.id', 'l.batch_id')
    .select('d.status')
    .where('b.code', '=', entered.batch)
    .execute();
  expect(rows.map((row) => row.status)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  await allProofsHold(kit.reader);
});

const giftsIn = (code: string) =>
  kit.db
    .selectFrom('donation as d')
    .innerJoin('gift_batch_line as l', 'l.donation_id', 'd.id')
    .innerJoin('gift_batch as b', 'b.id', 'l.batch_id')
    .select(['d.code', 'd.status', 'd.content_hash as contentHash'])
    .where('b.code', '=', code)
    .orderBy('l.line_no')
    .execute();

test('a gift cancelled after the checker looked makes it another bundle; without it the rest is confirmed', async () => {
  const entered = must(await kit.run(enterBatch, batch({ cashCount: null }), kit.lin));
  const [mistake] = await giftsIn(entered.batch);
  const ask = { batch: entered.batch, seenHash: entered.contentHash, on: '2023-09-18' };
  must(
    await kit.run(
      cancelDonation,
      { donation: mistake?.code ?? '', on: '2023-09-18', reason: '同一笔登记了两次' },
      kit.lin,
    ),
  );
  await refused(kit.db, verifyBatch, ask, kit.zhou, 'changed_since_seen');
  const seenHash = seenOfBatch(entered, await giftsIn(entered.batch));
  expect(seenHash).not.toBe(entered.contentHash);
  must(await kit.run(verifyBatch, { ...ask, seenHash }, kit.zhou));
  expect((await giftsIn(entered.batch)).map((gift) => gift.status)).toEqual([
    'cancelled',
    'verified',
    'cleared',
  ]);
  await allProofsHold(kit.reader);
});

test('gifts of a bundle that were confirmed one by one are confirmed once, and their cash is received', async () => {
  const entered = must(await kit.run(enterBatch, batch({ cashCount: null }), kit.lin));
  const [cash, cheque] = await giftsIn(entered.batch);
  for (const gift of [cash, cheque])
    must(
      await kit.run(
        verifyDonation,
        { donation: gift?.code ?? '', seenHash: gift?.contentHash ?? '', on: '2023-09-18' },
        kit.zhou,
      ),
    );
  must(
    await kit.run(
      verifyBatch,
      { batch: entered.batch, seenHash: entered.contentHash, on: '2023-09-18' },
      kit.zhou,
    ),
  );
  expect((await giftsIn(entered.batch)).map((gift) => gift.status)).toEqual([
    'cleared',
    'verified',
    'cleared',
  ]);
  await allProofsHold(kit.reader);
});
