import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '@/db/connect';
import {
  approveReopening,
  closePeriod,
  preparePeriod,
  proposeReopening,
} from '@/lib/bookkeeping/period.commands';
import { periodDetail, periodLines } from '@/lib/bookkeeping/period.queries';
import { closedMonths, corrections } from '@/lib/disclosure/correction.queries';
import { recordDonation, verifyDonation } from '@/lib/donations/donation.commands';
import { takeException, tellOtherwise } from '@/lib/exceptions/exception.commands';
import { exceptions } from '@/lib/exceptions/exceptions.queries';
import { makeMatch, undoMatch } from '@/lib/reconciliation/match.commands';
import { newId } from '@/lib/shared/id';
import { allProofsHold, refused } from '../support/act';
import { CAMPAIGN, giftInput, must, refusalOf, same } from './donations-kit';
import { HEAD, openMatchingKit, type MatchingKit } from './matching-kit';

let kit: MatchingKit;
beforeAll(async () => {
  kit = await openMatchingKit();
}, 60_000);
afterAll(() => kit.close());

const MONTH = '2024-03';
const ON = '2024-04-05';
const detail = () => periodDetail(CAMPAIGN, MONTH, kit.reader);
const asked = async (over: Record<string, unknown> = {}) => ({
  campaign: CAMPAIGN,
  month: MONTH,
  seenHash: (await detail()).hash,
  on: ON,
  ...over,
});
const statusOf = async () =>
  (await periodLines(CAMPAIGN, kit.reader)).find((line) => line.month === MONTH)?.status;
const matched = async (amountMinor: bigint, parts: readonly object[]) => {
  const line = (await kit.lines()).find((one) => one.amountMinor === amountMinor);
  if (!line) throw new Error('no such line');
  const made = must(
    await kit.run(
      makeMatch,
      { account: 'boc-main', lines: [{ id: line.id, version: line.version }], parts },
      kit.lin,
    ),
  );
  return { line, ...made };
};

test('the queue names what is unexplained, since when and who is on it, and is empty when all is put right', async () => {
  expect(await exceptions(kit.reader)).toEqual([]);
  await kit.take(
    `${HEAD}\n2024-03-08,300.00,CNY,LAM,B1,gift\n2024-03-09,-2.00,CNY,,B2,charge\n2024-03-10,45.00,CNY,,B3,?\n`,
  );
  const gift = must(
    await kit.run(recordDonation, giftInput({ givenOn: '2024-03-07', amountMinor: 30_000n }), kit.lin),
  );
  const mail = newId();
  await kit.db
    .insertInto('outbox')
    .values({
      id: mail,
      template: 'receipt',
      lang: 'en',
      person_id: kit.zhou.personId,
      queued_at: new Date('2024-03-11T00:00:00Z'),
      expires_at: new Date('2024-03-14T00:00:00Z'),
      dropped_at: new Date('2024-03-12T00:00:00Z'),
      dropped_because: 'given_up',
    })
    .execute();
  const found = await exceptions(kit.reader);
  expect(found.map((item) => [item.kind, item.label ?? item.subject, item.amountMinor, item.owner])).toEqual([
    ['gift_unverified', gift.code, 30_000n, null],
    ['line_unmatched', expect.stringMatching(/^boc-main #\d+$/u), 30_000n, null],
    ['line_unmatched', expect.stringMatching(/^boc-main #\d+$/u), -200n, null],
    ['line_unmatched', expect.stringMatching(/^boc-main #\d+$/u), 4_500n, null],
    ['mail_failed', 'Zhou', null, null],
  ]);
  expect(found[1]?.since.toISOString().slice(0, 10)).toMatch(/^2024-03-0[78]$/u);
  must(
    await kit.run(
      takeException,
      { kind: 'line_unmatched', subject: found[1]?.subject, note: '问银行' },
      kit.lin,
    ),
  );
  expect((await exceptions(kit.reader))[1]).toMatchObject({ owner: 'Lin', note: '问银行' });

  await refused(kit.db, tellOtherwise, { mail: newId(), note: '电话' }, kit.lin, 'not_found');
  must(await kit.run(tellOtherwise, { mail, note: '电话告知' }, kit.lin));
  await refused(kit.db, tellOtherwise, { mail, note: '又一次' }, kit.zhou, 'changed_since_seen');
  must(
    await kit.run(
      verifyDonation,
      { donation: gift.code, seenHash: gift.contentHash, on: '2024-03-12' },
      kit.zhou,
    ),
  );
  await matched(30_000n, [{ kind: 'gift', subject: gift.code, amountMinor: 30_000n }]);
  await matched(-200n, [{ kind: 'fee', amountMinor: -200n }]);
  expect((await exceptions(kit.reader)).map((item) => item.kind)).toEqual(['line_unmatched']);
});

test('many lines of an account hide nothing else: the oldest stand alone, the others are one item', async () => {
  const rows = Array.from({ length: 60 }, (_, n) => `2024-02-01,1.00,CNY,,M${n},many ${n}`);
  await kit.take(`${HEAD}\n${rows.join('\n')}\n`, 'abc-second');
  const found = (await exceptions(kit.reader)).filter((item) => item.subject.startsWith('abc-second'));
  expect(found.filter((item) => item.kind === 'line_unmatched')).toHaveLength(50);
  expect(found.find((item) => item.kind === 'lines_unmatched')).toMatchObject({
    subject: 'abc-second',
    amountMinor: 1_000n,
  });
  const account = await kit.db
    .selectFrom('bank_account')
    .select('id')
    .where('code', '=', 'abc-second')
    .executeTakeFirstOrThrow();
  const lines = await kit.db
    .selectFrom('bank_line')
    .select(['id', 'version'])
    .where('account_id', '=', account.id)
    .execute();
  for (let at = 0; at < lines.length; at += 50) {
    const some = lines.slice(at, at + 50);
    const amountMinor = BigInt(some.length) * 100n;
    must(
      await kit.run(
        makeMatch,
        { account: 'abc-second', lines: some, parts: [{ kind: 'interest', amountMinor }] },
        kit.lin,
      ),
    );
  }
});

test('a month is prepared by one, closed by another over the same figures, with nothing left to explain', async () => {
  await refused(
    kit.db,
    preparePeriod,
    await asked({ seenHash: '0'.repeat(64) }),
    kit.lin,
    'changed_since_seen',
  );
  await refused(kit.db, closePeriod, await asked(), kit.zhou, 'illegal_state_change');
  must(await kit.run(preparePeriod, await asked(), kit.lin));
  expect(await statusOf()).toBe('soft_closed');
  const both = { ...kit.lin, roles: ['clerk', 'approver'] as const };
  await refused(kit.db, closePeriod, await asked(), both, 'maker_is_checker');
  const blocked = refusalOf(await kit.run(closePeriod, await asked(), kit.zhou));
  expect(blocked).toMatchObject({ name: 'month_unexplained', details: { items: 'lines_unmatched' } });

  // The last line is explained, so the figures are others than those that were prepared: prepared anew.
  await matched(4_500n, [{ kind: 'unidentified', amountMinor: 4_500n }]);
  await refused(kit.db, closePeriod, await asked(), kit.zhou, 'changed_since_seen');
  must(await kit.run(preparePeriod, await asked(), kit.lin));
  await refused(kit.db, preparePeriod, await asked(), kit.lin, 'illegal_state_change');
  expect((await detail()).checks.filter((check) => check.blocks && check.count > 0)).toEqual([]);
  must(await kit.run(closePeriod, await asked(), kit.zhou));
  expect(await statusOf()).toBe('closed');
  expect((await detail()).history.map((one) => [one.event, one.maker, one.checker])).toEqual([
    ['soft_closed', 'Lin', null],
    ['soft_closed', 'Lin', null],
    ['closed', 'Lin', 'Zhou'],
  ]);
  // The database itself holds the lock: not even its owner dates an entry into the month.
  const owner = connect(kit.test.url, { max: 1, statementTimeoutMs: 20_000 });
  await expect(
    sql`insert into entry (kind, campaign_id, subject_kind, subject, accounting_date)
      select kind, campaign_id, subject_kind, subject, ${`${MONTH}-20`}::date from entry limit 1`.execute(
      owner,
    ),
  ).rejects.toThrow(/is closed/u);
  await owner.destroy();
  await allProofsHold(kit.reader);
});

test('a closed month is corrected in the open one, with both entries named in public', async () => {
  const [standing] = await kit.db
    .selectFrom('bank_match as m')
    .innerJoin('bank_match_part as p', 'p.match_id', 'm.id')
    .innerJoin('bank_match_line as l', 'l.match_id', 'm.id')
    .innerJoin('bank_line as b', 'b.id', 'l.line_id')
    .select(['m.code', 'p.entry_id', 'b.id', 'b.version'])
    .where('p.kind', '=', 'unidentified')
    .execute();
  if (!standing) throw new Error('no match');
  const seen = [{ id: standing.id, version: standing.version }];
  const hash = (await detail()).hash;
  must(await kit.run(undoMatch, { match: standing.code, reason: '查到来款人', seen }, kit.lin));
  expect((await detail()).hash).toBe(hash);
  const visitor = connect(kit.test.publicUrl, { max: 1, statementTimeoutMs: 20_000 });
  const [notice] = await corrections(visitor);
  const mirror = await kit.db
    .selectFrom('entry')
    .select(['id', 'accounting_date'])
    .where('reverses_id', '=', standing.entry_id)
    .executeTakeFirstOrThrow();
  expect(notice).toMatchObject({
    corrected: `E-${String(standing.entry_id).padStart(6, '0')}`,
    correcting: `E-${String(mirror.id).padStart(6, '0')}`,
    amountMinor: 4_500n,
  });
  expect(mirror.accounting_date > ON).toBe(true);
  // Matched again: the line is of the closed month, its new entry is not.
  await matched(4_500n, [{ kind: 'new_gift', amountMinor: 4_500n, donorName: '林太太', designation: null }]);
  expect((await detail()).hash).toBe(hash);
  await visitor.destroy();
  await allProofsHold(kit.reader);
});

test('a month is opened again only by two, and everyone sees that and why', async () => {
  const asks = {
    campaign: CAMPAIGN,
    month: MONTH,
    reason: '漏记一笔现金',
    publicText: same('补记一笔'),
    on: ON,
  };
  await refused(kit.db, proposeReopening, { ...asks, month: '2024-05' }, kit.lin, 'illegal_state_change');
  const proposed = must(await kit.run(proposeReopening, asks, kit.lin));
  expect(await statusOf()).toBe('closed');
  const approve = { reopening: proposed.reopening, seenHash: proposed.contentHash, on: ON };
  const both = { ...kit.lin, roles: ['clerk', 'approver'] as const };
  await refused(kit.db, approveReopening, approve, both, 'maker_is_checker');
  await refused(
    kit.db,
    approveReopening,
    { ...approve, seenHash: '1'.repeat(64) },
    kit.zhou,
    'changed_since_seen',
  );
  must(await kit.run(approveReopening, approve, kit.zhou));
  expect(await statusOf()).toBe('open');
  await refused(kit.db, approveReopening, approve, kit.zhou, 'illegal_state_change');
  const visitor = connect(kit.test.publicUrl, { max: 1, statementTimeoutMs: 20_000 });
  expect(
    (await closedMonths(visitor)).map((one) => [one.month, one.event, one.publicText?.en ?? null]),
  ).toEqual(
    expect.arrayContaining([
      [MONTH, 'reopened', '补记一笔'],
      [MONTH, 'closed', null],
    ]),
  );
  await visitor.destroy();
  const leaves = await kit.db.selectFrom('audit_event').select('event').orderBy('id').execute();
  expect(leaves.map((row) => row.event).filter((event) => event.startsWith('period_'))).toEqual([
    'period_soft_closed',
    'period_soft_closed',
    'period_closed',
    'period_reopening_proposed',
    'period_reopened',
  ]);
});
