import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordDonation, verifyDonation } from '@/lib/donations/donation.commands';
import { approveAllocation, proposeAllocation } from '@/lib/allocations/allocation.commands';
import { makePledge } from '@/lib/pledges/pledge.commands';
import { acceptCertain } from '@/lib/reconciliation/accept.flow';
import { dropRule, lockMatches, makeMatch, undoMatch } from '@/lib/reconciliation/match.commands';
import {
  openWork,
  ownAccounts,
  standingMatches,
  type OpenLine,
} from '@/lib/reconciliation/workspace.queries';
import { formatReference } from '@/lib/shared/reference.rules';
import { approveBudget, proposeBudget } from '@/lib/segments/segment.commands';
import { allProofsHold, refused } from '../support/act';
import { balanceOf, CAMPAIGN, giftInput, must, pledgeInput, refusalOf, same } from './donations-kit';
import { HEAD, openMatchingKit, type MatchingKit } from './matching-kit';

let kit: MatchingKit;
beforeAll(async () => {
  kit = await openMatchingKit();
  const line = { item: same('路面'), unit: 'm', quantityMilli: 48_000n, amountMinor: 5_000_000n };
  for (const segment of ['ML-07', 'ML-12']) {
    const on = '2024-02-01';
    const budget = must(await kit.run(proposeBudget, { segment, lines: [line], reason: null, on }, kit.lin));
    const { version, contentHash: seenHash } = budget;
    must(await kit.run(approveBudget, { segment, version, seenHash, on }, kit.zhou));
  }
}, 60_000);
afterAll(() => kit.close());

let serial = 0;
/** One line on the main account, of its own wording. */
const line = async (amount: string, memo = '', payer = ''): Promise<OpenLine> => {
  serial += 1;
  await kit.take(
    `${HEAD}\n2024-03-${String((serial % 27) + 1).padStart(2, '0')},${amount},CNY,${payer},B${serial},${memo}\n`,
  );
  const found = (await kit.lines()).find(
    (one) => one.reference === `B${serial}` || one.bankReference === `B${serial}`,
  );
  if (!found) throw new Error('the line was not taken in');
  return found;
};
const seen = (...lines: OpenLine[]) => lines.map(({ id, version }) => ({ id, version }));
const match = (lines: OpenLine[], parts: readonly object[], actor = kit.lin) =>
  kit.run(makeMatch, { account: 'boc-main', lines: seen(...lines), parts }, actor);
const undo = async (code: string, lines: OpenLine[], actor = kit.lin) =>
  kit.run(
    undoMatch,
    { match: code, reason: '认错了人', seen: lines.map(({ id, version }) => ({ id, version: version + 1 })) },
    actor,
  );
const bankBalance = () => balanceOf(kit.db, `assets:bank:${CAMPAIGN}`);
const statusOf = async (code: string) =>
  (await kit.db.selectFrom('donation').select('status').where('code', '=', code).executeTakeFirstOrThrow())
    .status;
const recorded = async (over: Record<string, unknown> = {}) => {
  const gift = must(await kit.run(recordDonation, giftInput(over), kit.lin));
  must(
    await kit.run(
      verifyDonation,
      { donation: gift.code, seenHash: gift.contentHash, on: '2024-03-01' },
      kit.zhou,
    ),
  );
  return gift.code;
};

test('a recorded gift is cleared by its line, waits again when that is undone, and can be cleared anew', async () => {
  const [gift, one] = [await recorded(), await line('500.00', '修路')];
  const before = await bankBalance();
  const made = must(await match([one], [{ kind: 'gift', subject: gift, amountMinor: 50_000n }]));
  expect([await statusOf(gift), (await bankBalance()) - before]).toEqual(['settled', 50_000n]);
  await allProofsHold(kit.reader);

  must(await undo(made.match, [one]));
  expect([await statusOf(gift), await bankBalance()]).toEqual(['verified', before]);
  await allProofsHold(kit.reader);

  const again = (await kit.lines()).find(({ id }) => id === one.id);
  if (!again) throw new Error('the line does not wait');
  expect(again.version).toBe(one.version + 2);
  must(await match([again], [{ kind: 'gift', subject: gift, amountMinor: 50_000n }]));
  expect(await statusOf(gift)).toBe('settled');
  const { rows } = {
    rows: await kit.db
      .selectFrom('entry')
      .select(['kind'])
      .where('subject', '=', gift)
      .orderBy('id')
      .execute(),
  };
  expect(rows.map((row) => row.kind)).toEqual(['gift_received', 'reversal', 'gift_received']);
  await allProofsHold(kit.reader);
});

test('an old screen is refused, a matched line is refused, and nothing is written', async () => {
  const one = await line('12.00', 'x');
  must(await match([one], [{ kind: 'unidentified', amountMinor: 1_200n }]));
  const asked = (version: number) => ({
    account: 'boc-main',
    lines: [{ id: one.id, version }],
    parts: [{ kind: 'unidentified', amountMinor: 1_200n }],
  });
  await refused(kit.db, makeMatch, asked(one.version), kit.lin, 'line_changed_since_seen');
  await refused(kit.db, makeMatch, asked(one.version + 1), kit.lin, 'already_matched');
});

test('two people with the same screen: one of them is told, the line is matched once', async () => {
  const one = await line('13.00', 'race');
  const results = await Promise.all(
    [1, 2, 3].map(() => match([one], [{ kind: 'unidentified', amountMinor: 1_300n }])),
  );
  expect(results.filter((result) => result.ok)).toHaveLength(1);
  for (const result of results.filter((one_) => !one_.ok))
    expect(refusalOf(result).name).toBe('line_changed_since_seen');
  await allProofsHold(kit.reader);
});

test('sums, directions and charges are held to', async () => {
  const [one, out] = [await line('975.00', 'short'), await line('-30.00', 'out')];
  const gift = await recorded({ amountMinor: 100_000n });
  const ask = (lines: OpenLine[], parts: readonly object[]) => ({
    account: 'boc-main',
    lines: seen(...lines),
    parts,
  });
  await refused(
    kit.db,
    makeMatch,
    ask([one], [{ kind: 'unidentified', amountMinor: 97_499n }]),
    kit.lin,
    'amounts_differ',
  );
  await refused(
    kit.db,
    makeMatch,
    ask([out], [{ kind: 'unidentified', amountMinor: -3_000n }]),
    kit.lin,
    'amounts_differ',
  );
  await refused(
    kit.db,
    makeMatch,
    ask(
      [one],
      [
        { kind: 'unidentified', amountMinor: 102_501n },
        { kind: 'fee', amountMinor: -5_001n },
      ],
    ),
    kit.lin,
    'amounts_differ',
  );
  const charges = await balanceOf(kit.db, `expense:bank-charges:${CAMPAIGN}`);
  must(
    await match(
      [one],
      [
        { kind: 'gift', subject: gift, amountMinor: 100_000n },
        { kind: 'fee', amountMinor: -2_500n },
      ],
    ),
  );
  expect((await balanceOf(kit.db, `expense:bank-charges:${CAMPAIGN}`)) - charges).toBe(2_500n);
  must(await match([out], [{ kind: 'fee', amountMinor: -3_000n }]));
  await allProofsHold(kit.reader);
});

test('several lines to several promises, split as the person says', async () => {
  const [a, b] = [await line('300.00', '捐款', '何*'), await line('700.00', '捐款', '何*')];
  const pledges = [];
  for (const amountMinor of [40_000n, 60_000n])
    pledges.push(
      must(
        await kit.run(
          makePledge,
          pledgeInput({ amountMinor, instalments: [{ dueOn: '2024-04-01', amountMinor }] }),
          kit.visitor,
        ),
      ).code,
    );
  must(
    await match(
      [a, b],
      [
        { kind: 'pledge', subject: pledges[0], amountMinor: 40_000n },
        { kind: 'pledge', subject: pledges[1], amountMinor: 60_000n },
      ],
    ),
  );
  const rows = await kit.db.selectFrom('pledge').select('status').where('code', 'in', pledges).execute();
  expect(rows.map((row) => row.status)).toEqual(['fulfilled', 'fulfilled']);
  await allProofsHold(kit.reader);
});

test('a gift made from a line is taken back when the match is undone, unless its money has gone to a road', async () => {
  const one = await line('80.00', '修路', '周先生');
  const made = must(
    await match(
      [one],
      [{ kind: 'new_gift', amountMinor: 8_000n, donorName: '周先生', designation: 'ML-12' }],
    ),
  );
  const part = await kit.db
    .selectFrom('bank_match_part as p')
    .innerJoin('bank_match as m', 'm.id', 'p.match_id')
    .innerJoin('donation as d', 'd.id', 'p.donation_id')
    .select('d.code')
    .where('m.code', '=', made.match)
    .executeTakeFirstOrThrow();
  expect(await statusOf(part.code)).toBe('settled');
  must(await undo(made.match, [one]));
  expect(await statusOf(part.code)).toBe('cancelled');
  await allProofsHold(kit.reader);
  const again = (await kit.lines()).find(({ id }) => id === one.id);
  if (!again) throw new Error('the line does not wait');
  const second = must(
    await match([again], [{ kind: 'new_gift', amountMinor: 8_000n, donorName: null, designation: null }]),
  );
  await allocateAll('ML-07');
  expect(refusalOf(await undo(second.match, [again])).name).toBe('exceeds_unallocated');
  await allProofsHold(kit.reader);
});

/** Everything in the fund that may go to this road goes there. */
const allocateAll = async (segment: string): Promise<void> => {
  const { rows } = await sql<{ total: bigint }>`
    select coalesce(sum(p.held_minor), 0)::bigint as total from lot_position p join account a on a.id = p.account_id and a.class = 'unallocated'
    join lot l on l.id = p.lot_id where l.designation is null or l.designation = ${segment}`.execute(kit.db);
  const on = '2024-04-01';
  const proposed = must(
    await kit.run(proposeAllocation, { segment, amountMinor: rows[0]?.total ?? 0n, note: null, on }, kit.lin),
  );
  const { code: allocation, contentHash: seenHash } = proposed;
  must(await kit.run(approveAllocation, { allocation, seenHash, on, note: null }, kit.zhou));
};

test('interest, a transfer between our accounts and cash brought to the bank each find their account', async () => {
  const [interest, transfer, banked] = [
    await line('86.42', '结息', '示意银行'),
    await line('-200.00', '转存'),
    await line('150.00', '现金存入'),
  ];
  must(await match([interest], [{ kind: 'interest', amountMinor: 8_642n }]));
  must(await match([transfer], [{ kind: 'own_transfer', subject: 'abc-second', amountMinor: -20_000n }]));
  expect(await balanceOf(kit.db, `assets:transfer-in-transit:${CAMPAIGN}`)).toBe(20_000n);
  await kit.take(`${HEAD}\n2024-03-05,200.00,CNY,,T9,from main\n`, 'abc-second');
  const [there] = await kit.lines('abc-second');
  if (!there) throw new Error('no line');
  must(
    await kit.run(
      makeMatch,
      {
        account: 'abc-second',
        lines: seen(there),
        parts: [{ kind: 'own_transfer', subject: 'boc-main', amountMinor: 20_000n }],
      },
      kit.lin,
    ),
  );
  expect(await balanceOf(kit.db, `assets:transfer-in-transit:${CAMPAIGN}`)).toBe(0n);
  must(await match([banked], [{ kind: 'cash_banked', amountMinor: 15_000n }]));
  expect(await balanceOf(kit.db, `assets:bank:abc-second:${CAMPAIGN}`)).toBe(20_000n);
  await refused(
    kit.db,
    makeMatch,
    {
      account: 'boc-main',
      lines: seen(await line('1.00', 'y')),
      parts: [{ kind: 'own_transfer', subject: 'boc-main', amountMinor: 100n }],
    },
    kit.lin,
    'accounts_must_differ',
  );
  await allProofsHold(kit.reader);
});

test('a rule learns from what was accepted, says how often, is certain only after three times, and can be dropped', async () => {
  const account = (await ownAccounts(kit.reader)).find((one) => one.code === 'boc-main');
  if (!account) throw new Error('no account');
  const offered = async (id: bigint) =>
    (await openWork(account, kit.reader)).find(({ line: one }) => one.id === id)?.offers[0];
  for (const times of [1, 2, 3]) {
    const one = await line('-5.00', `账户管理费 2024${times}`, '示意银行');
    const made = must(await match([one], [{ kind: 'fee', amountMinor: -500n }]));
    expect(made.learned).toBe(times);
    const next = await line(`-${times + 5}.00`, '账户管理费 202499', '示意银行');
    expect(await offered(next.id)).toMatchObject({
      kind: 'rule',
      makes: 'fee',
      times,
      class: times < 3 ? 'likely' : 'certain',
    });
    if (times < 3) continue;
    const taken = await acceptCertain(
      account,
      new Map([[next.id, next.version]]),
      kit.lin,
      'bulk-accept-rule',
      kit.db,
    );
    expect(taken).toEqual({ accepted: 1, left: 0 });
    const rule = await kit.db
      .selectFrom('match_rule')
      .select('id')
      .where('times', '=', 4)
      .executeTakeFirstOrThrow();
    must(await kit.run(dropRule, { rule: rule.id }, kit.lin));
    const last = await line('-6.50', '账户管理费 2025', '示意银行');
    expect((await offered(last.id))?.kind === 'rule' && (await offered(last.id))?.class === 'certain').toBe(
      false,
    );
  }
});

test('certain matches are accepted in one go, only those ticked, only as they were seen', async () => {
  const account = (await ownAccounts(kit.reader)).find((one) => one.code === 'boc-main');
  if (!account) throw new Error('no account');
  const pledge = must(await kit.run(makePledge, pledgeInput(), kit.visitor));
  const sure = await line('500.00', `ROAD ${formatReference(pledge.reference)}`, 'LAM');
  const unsure = await line('501.00', '捐款', '陌生人');
  const ticked = new Map([
    [sure.id, sure.version],
    [unsure.id, unsure.version],
  ]);
  expect(
    await acceptCertain(account, new Map([[sure.id, sure.version + 1]]), kit.lin, 'bulk-accept-0', kit.db),
  ).toEqual({ accepted: 0, left: 1 });
  expect(await acceptCertain(account, ticked, kit.lin, 'bulk-accept-1', kit.db)).toEqual({
    accepted: 1,
    left: 1,
  });
  const [made] = await standingMatches(account.id, 1, kit.reader);
  expect(made).toMatchObject({ inBulk: true, parts: [{ kind: 'pledge', subject: pledge.code }] });
  await allProofsHold(kit.reader);
});

test('a checker locks what another made; then only a checker undoes it', async () => {
  const one = await line('21.00', 'lock');
  const made = must(await match([one], [{ kind: 'unidentified', amountMinor: 2_100n }]));
  const both = { ...kit.lin, roles: ['clerk', 'approver'] as const };
  expect(refusalOf(await kit.run(lockMatches, { matches: [made.match] }, both)).name).toBe(
    'maker_is_checker',
  );
  must(await kit.run(lockMatches, { matches: [made.match] }, kit.zhou));
  expect(refusalOf(await undo(made.match, [one])).name).toBe('match_locked');
  must(await undo(made.match, [one], kit.zhou));
  expect(refusalOf(await undo(made.match, [one], kit.zhou)).name).toBe('already_reversed');
  const events = await kit.db
    .selectFrom('audit_event')
    .select('event')
    .where('subject_id', '=', made.match)
    .orderBy('id')
    .execute();
  expect(events.map((row) => row.event)).toEqual(['line_matched', 'match_locked', 'match_undone']);
  await allProofsHold(kit.reader);
});

test('a match whose gift has gone to a road is not undone with another gift’s money', async () => {
  const [gone, other] = [await line('60.00', '修路甲', '甲'), await line('60.00', '修路乙', '乙')];
  const gift = async (one: OpenLine) =>
    must(
      await match([one], [{ kind: 'new_gift', amountMinor: 6_000n, donorName: null, designation: 'ML-12' }]),
    );
  const made = await gift(gone);
  await gift(other);
  const proposed = must(
    await kit.run(
      proposeAllocation,
      { segment: 'ML-12', amountMinor: 6_000n, note: null, on: '2024-04-02' },
      kit.lin,
    ),
  );
  must(
    await kit.run(
      approveAllocation,
      { allocation: proposed.code, seenHash: proposed.contentHash, note: null, on: '2024-04-02' },
      kit.zhou,
    ),
  );
  expect(refusalOf(await undo(made.match, [gone])).name).toBe('exceeds_unallocated');
  await allProofsHold(kit.reader);
});
