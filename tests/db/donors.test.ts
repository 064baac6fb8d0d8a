import '../support/settings';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approveAllocation, proposeAllocation } from '@/lib/allocations/allocation.commands';
import type { Actor } from '@/lib/auth/roles.rules';
import { accountingToday } from '@/lib/clock';
import { giftEvidence } from '@/lib/disclosure/gift-evidence.queries';
import { giftPage } from '@/lib/disclosure/gift.queries';
import { clearDonation, recordDonation, verifyDonation } from '@/lib/donations/donation.commands';
import { giveConsent, withdrawConsent } from '@/lib/donors/consent.commands';
import { mergedPairs, suggestDuplicates } from '@/lib/donors/duplicates.queries';
import { forgetMe } from '@/lib/donors/forget.commands';
import { myGift, myGiving } from '@/lib/donors/me.queries';
import { endMerge, keepApart, makeNameKeys, mergeDonors } from '@/lib/donors/merge.commands';
import { askGiftMove, moveGift } from '@/lib/donors/move.commands';
import { myData } from '@/lib/donors/my-data.queries';
import {
  askRefund,
  declineRequest,
  proposeAskedRefund,
  withdrawRequest,
} from '@/lib/donors/request.commands';
import { annualStatement } from '@/lib/donors/statement.queries';
import { moderateRecognition } from '@/lib/pledges/giver.commands';
import { makePledge } from '@/lib/pledges/pledge.commands';
import { prove } from '@/lib/proofs/proofs.queries';
import { issueReceipt } from '@/lib/receipts/receipt.commands';
import { waiveReceipt } from '@/lib/receipts/receipt-print.commands';
import { approveBudget, proposeBudget } from '@/lib/segments/segment.commands';
import { newId } from '@/lib/shared/id';
import { giftInput, must, openKit, pledgeInput, refusalOf, same, type Kit } from './donations-kit';

const TODAY = accountingToday();
let kit: Kit;
let chan: Actor & { kind: 'donor' };
let stranger: Actor & { kind: 'donor' };
beforeAll(async () => {
  kit = await openKit();
  chan = await account('chan@x.test');
  stranger = await account('stranger@x.test');
  for (const segment of ['ML-07', 'ML-12']) {
    const lines = [{ item: same('路面'), unit: 'm2', quantityMilli: 1_000n, amountMinor: 100_000n }];
    const budget = must(await kit.run(proposeBudget, { segment, lines, reason: null, on: TODAY }, kit.lin));
    must(
      await kit.run(
        approveBudget,
        { segment, version: 1, seenHash: budget.contentHash, on: TODAY },
        kit.zhou,
      ),
    );
  }
});
afterAll(() => kit.close());

const account = async (email: string): Promise<Actor & { kind: 'donor' }> => {
  const personId = newId();
  await kit.db.insertInto('person').values({ id: personId, email, name: '—' }).execute();
  return { kind: 'donor', personId };
};

const who = (over: Record<string, unknown> = {}) => ({
  name: null,
  email: null,
  phone: null,
  country: null,
  lang: 'zh-Hant',
  ...over,
});

/** A received gift; tied to the account whose address it has, as signing in does. */
const receive = async (
  donor: Record<string, unknown>,
  over: Record<string, unknown> = {},
): Promise<string> => {
  const gift = must(await kit.run(recordDonation, giftInput({ givenOn: TODAY, donor, ...over }), kit.lin));
  must(
    await kit.run(verifyDonation, { donation: gift.code, seenHash: gift.contentHash, on: TODAY }, kit.zhou),
  );
  const settled = { receivedOn: TODAY, settledMinor: null, feeMinor: 0n, rate: null, rateOn: null };
  must(await kit.run(clearDonation, { donation: gift.code, ...settled, bankReference: 'b' }, kit.lin));
  await sql`update donor d set person_id = p.id from person p
    where p.email = d.email and d.person_id is null`.execute(kit.db);
  return gift.code;
};

const allocate = async (segment: string, amountMinor: bigint): Promise<void> => {
  const proposed = must(
    await kit.run(proposeAllocation, { segment, amountMinor, note: null, on: TODAY }, kit.lin),
  );
  must(
    await kit.run(
      approveAllocation,
      { allocation: proposed.code, seenHash: proposed.contentHash, note: null, on: TODAY },
      kit.zhou,
    ),
  );
};

const sound = async (): Promise<void> =>
  expect((await prove(kit.reader)).filter((proof) => proof.offenders !== 0n)).toEqual([]);
const counts = async () =>
  (
    await sql<Record<string, bigint>>`select (select count(*) from audit_event) as events,
      (select count(*) from donor_request) as requests, (select count(*) from entry) as entries`.execute(
      kit.db,
    )
  ).rows[0];

describe('my giving', () => {
  it('shows what is mine and nothing of anybody else', async () => {
    const mine = await receive(who({ name: '陳大文', email: 'chan@x.test' }));
    const theirs = await receive(who({ name: '李四', email: 'stranger@x.test' }));
    must(
      await kit.run(
        makePledge,
        pledgeInput({
          donor: who({ email: 'chan@x.test' }),
          pledgedOn: TODAY,
          instalments: [{ dueOn: TODAY, amountMinor: 50_000n }],
        }),
        chan,
      ),
    );
    const seen = await myGiving(chan, kit.db);
    expect(seen.gifts.map((gift) => gift.code)).toEqual([mine]);
    expect(seen.pledges).toMatchObject([
      { keptMinor: 0n, instalments: [{ amountMinor: 50_000n, keptMinor: 0n }] },
    ]);
    expect(await myGift(chan, theirs, kit.db)).toBeNull();
    expect(JSON.stringify(await myData(chan, new Date(), kit.db))).toContain('陳大文');
    expect(JSON.stringify(await myData(chan, new Date(), kit.db))).not.toContain('李四');
    const before = await counts();
    for (const [command, input] of [
      [askRefund, { donation: theirs, amountMinor: 1n, reason: 'x' }],
      [askGiftMove, { donation: theirs, designation: 'ML-07' }],
      [giveConsent, { donation: theirs, name: '陳' }],
      [withdrawConsent, { donation: theirs }],
      [waiveReceipt, { donation: theirs, waive: true, on: TODAY }],
    ] as const)
      expect(refusalOf(await kit.run(command as never, input, chan)).name).toBe('not_found');
    expect(await counts()).toEqual(before);
  });

  it('tells the public figures, to the fen', async () => {
    const code = await receive(who({ email: 'chan@x.test' }), { amountMinor: 33_333n, designation: 'ML-07' });
    await allocate('ML-07', 33_333n);
    const page = await giftPage(code, kit.reader);
    const mine = await myGift(chan, code, kit.db);
    expect(page?.places.reduce((sum, place) => sum + place.amount_minor, 0n)).toBe(mine?.settledMinor);
    expect((await giftEvidence(page as never, kit.reader)).roads.map((road) => road.code)).toEqual(['ML-07']);
    const year = await annualStatement(chan, TODAY.slice(0, 4), 'en', kit.db);
    expect(year?.gifts.reduce((sum, gift) => sum + gift.settledMinor, 0n)).toBe(83_333n);
    expect(await annualStatement(chan, '1999', 'en', kit.db)).toBeNull();
  });
});

describe('moving a gift', () => {
  it('that lies in the fund happens at once and holds for the next allocation', async () => {
    const code = await receive(who({ email: 'chan@x.test' }), { designation: 'ML-12', amountMinor: 7_000n });
    expect(must(await kit.run(askGiftMove, { donation: code, designation: 'ML-07' }, chan))).toMatchObject({
      moved: true,
    });
    // What the giver named stays on the gift; where it goes now stands beside it.
    expect((await giftPage(code, kit.reader))?.gift).toMatchObject({
      designation: 'ML-12',
      designation_now: 'ML-07',
    });
    expect((await myGift(chan, code, kit.db))?.designation).toBe('ML-07');
    await allocate('ML-07', 7_000n);
    const places = (await giftPage(code, kit.reader))?.places;
    expect(places).toMatchObject([{ state: 'allocated', segment: 'ML-07', amount_minor: 7_000n }]);
    await sound();
  });

  it('that a road was promised waits for an approver, who is not the asker', async () => {
    const code = await receive(who({ email: 'chan@x.test' }), { designation: 'ML-07', amountMinor: 9_000n });
    await allocate('ML-07', 9_000n);
    const asked = must(await kit.run(askGiftMove, { donation: code, designation: 'ML-12' }, chan));
    expect(asked.moved).toBe(false);
    expect(refusalOf(await kit.run(askGiftMove, { donation: code, designation: null }, chan)).name).toBe(
      'request_open',
    );
    expect(refusalOf(await kit.run(moveGift, { request: asked.request, on: TODAY }, kit.lin)).name).toBe(
      'not_permitted',
    );
    must(await kit.run(moveGift, { request: asked.request, on: TODAY }, kit.zhou));
    expect((await giftPage(code, kit.reader))?.places).toMatchObject([
      { state: 'unallocated', amount_minor: 9_000n },
    ]);
    expect((await giftPage(code, kit.reader))?.gift).toMatchObject({
      designation: 'ML-07',
      designation_now: 'ML-12',
    });
    // And back again: the newest word counts.
    const back = must(await kit.run(askGiftMove, { donation: code, designation: 'ML-07' }, chan));
    expect(back.moved).toBe(true);
    expect((await giftPage(code, kit.reader))?.gift.designation_now).toBe('ML-07');
    await sound();
  });

  it('rewrites neither a lot nor what was written about its road', async () => {
    await expect(
      sql`update lot set designation = 'ML-12' where subject = 'G-0001'`.execute(kit.db),
    ).rejects.toThrow(/permission denied/);
    await expect(sql`update lot_redesignation set to_segment = null`.execute(kit.db)).rejects.toThrow(
      /permission denied/,
    );
  });
});

describe('a refund', () => {
  it('is asked for by the giver, proposed by a clerk, and can be declined or taken back', async () => {
    const code = await receive(who({ email: 'chan@x.test' }));
    expect(
      refusalOf(await kit.run(askRefund, { donation: code, amountMinor: 50_001n, reason: 'r' }, chan)).name,
    ).toBe('exceeds_donation');
    const first = must(
      await kit.run(askRefund, { donation: code, amountMinor: 20_000n, reason: '家里急用' }, chan),
    );
    must(await kit.run(declineRequest, { request: first.request, on: TODAY, reason: '已经开工' }, kit.lin));
    const second = must(
      await kit.run(askRefund, { donation: code, amountMinor: 20_000n, reason: '家里急用' }, chan),
    );
    must(await kit.run(withdrawRequest, { request: second.request }, chan));
    const third = must(
      await kit.run(askRefund, { donation: code, amountMinor: 20_000n, reason: '家里急用' }, chan),
    );
    expect(refusalOf(await kit.run(withdrawRequest, { request: third.request }, stranger)).name).toBe(
      'not_found',
    );
    const proposed = must(await kit.run(proposeAskedRefund, { request: third.request, on: TODAY }, kit.lin));
    const refund = await kit.db
      .selectFrom('refund')
      .select(['amount_minor', 'reason', 'status'])
      .where('code', '=', proposed.refund)
      .executeTakeFirst();
    expect(refund).toEqual({ amount_minor: 20_000n, reason: third.request, status: 'proposed' });
    expect((await myGift(chan, code, kit.db))?.requests.map((one) => one.status)).toEqual([
      'done',
      'withdrawn',
      'declined',
    ]);
    await sound();
  });
});

describe('a name in public', () => {
  it('appears after consent and reading, and is gone at once when withdrawn', async () => {
    const code = await receive(who({ email: 'chan@x.test' }));
    const shown = async () => (await giftPage(code, kit.reader))?.gift.shown_as ?? null;
    const onTheWall = async () =>
      (
        await kit.reader
          .selectFrom('disclosure.named_gift')
          .select('shown_as')
          .where('code', '=', code)
          .execute()
      ).map((row) => row.shown_as);
    must(await kit.run(giveConsent, { donation: code, name: '陈家' }, chan));
    expect([await shown(), await onTheWall()]).toEqual([null, []]);
    const { recognition_id: id } = await kit.db
      .selectFrom('donation')
      .select('recognition_id')
      .where('code', '=', code)
      .executeTakeFirstOrThrow();
    must(await kit.run(moderateRecognition, { recognitionId: id, moderation: 'shown' }, kit.lin));
    expect([await shown(), await onTheWall()]).toEqual([same('陈家'), [same('陈家')]]);
    must(await kit.run(withdrawConsent, { donation: code }, chan));
    expect([await shown(), await onTheWall()]).toEqual([null, []]);
    expect(refusalOf(await kit.run(withdrawConsent, { donation: code }, chan)).name).toBe(
      'duplicate_submission',
    );
  });
});

describe('a receipt that is waived', () => {
  it('is not issued, until its giver wants one after all', async () => {
    const code = await receive(who({ email: 'chan@x.test' }));
    must(await kit.run(waiveReceipt, { donation: code, waive: true, on: TODAY }, chan));
    expect(refusalOf(await kit.run(issueReceipt, { donation: code, on: null }, kit.worker)).name).toBe(
      'receipt_waived',
    );
    must(await kit.run(waiveReceipt, { donation: code, waive: false, on: TODAY }, chan));
    must(await kit.run(issueReceipt, { donation: code, on: null }, kit.worker));
    expect(
      refusalOf(await kit.run(waiveReceipt, { donation: code, waive: true, on: TODAY }, chan)).name,
    ).toBe('illegal_state_change');
    await sound();
  });
});

describe('duplicates', () => {
  it('are suggested with reasons, joined and taken apart with nothing lost', async () => {
    const codes = [
      await receive(who({ name: '黃美玲', phone: '+852 9123 4567' })),
      await receive(who({ name: '黄美玲', email: 'mei@x.test' })),
      await receive(who({ name: 'Wong Mei Ling', phone: '9123-4567' })),
      await receive(who({ name: 'Mei Ling Wong' })),
      await receive(who({ name: '周杰', phone: '852 91234567' })),
    ];
    must(await kit.run(makeNameKeys, {}, kit.worker));
    expect(refusalOf(await kit.run(makeNameKeys, {}, kit.worker)).name).toBe('not_found');
    const found = (await suggestDuplicates(50, kit.reader)).filter(
      (one) => one.a.name !== null && /黃|黄|Wong|周杰/.test(one.a.name),
    );
    const said = Object.fromEntries(
      found.map((one) => [[one.a.name, one.b.name].sort().join(' = '), one.reasons]),
    );
    expect(said).toEqual({
      '黃美玲 = 黄美玲': ['same_name'],
      'Wong Mei Ling = 黃美玲': ['same_phone', 'surname'],
      'Mei Ling Wong = Wong Mei Ling': ['same_name_any_order'],
      '周杰 = 黃美玲': ['same_phone', 'names_contradict'],
      'Wong Mei Ling = 周杰': ['same_phone', 'names_contradict'],
    });
    const mei = await account('mei@x.test');
    await sql`update donor d set person_id = p.id from person p where p.email = d.email and d.person_id is null`.execute(
      kit.db,
    );
    const idOf = async (code: string) =>
      (
        await kit.db
          .selectFrom('donation')
          .select('donor_id')
          .where('code', '=', code)
          .executeTakeFirstOrThrow()
      ).donor_id ?? '';
    const [hall, home] = [await idOf(codes[0] ?? ''), await idOf(codes[1] ?? '')];
    const picture = async () => (await sql`select * from donor order by id`.execute(kit.db)).rows;
    const before = await picture();
    expect((await myGiving(mei, kit.db)).gifts.map((gift) => gift.code)).toEqual([codes[1]]);
    const { mergeId } = must(await kit.run(mergeDonors, { keptId: home, mergedId: hall }, kit.lin));
    expect(refusalOf(await kit.run(mergeDonors, { keptId: hall, mergedId: home }, kit.lin)).name).toBe(
      'duplicate_submission',
    );
    expect((await myGiving(mei, kit.db)).gifts.map((gift) => gift.code).sort()).toEqual(
      [codes[0], codes[1]].sort(),
    );
    expect((await mergedPairs(50, kit.reader)).map((pair) => pair.merged.id)).toEqual([hall]);
    must(await kit.run(endMerge, { mergeId, reason: '两个人' }, kit.lin));
    expect((await myGiving(mei, kit.db)).gifts.map((gift) => gift.code)).toEqual([codes[1]]);
    expect(await picture()).toEqual(before);
    must(await kit.run(keepApart, { aId: hall, bId: home }, kit.lin));
    expect(
      (await suggestDuplicates(50, kit.reader)).some(
        (one) => [one.a.id, one.b.id].includes(hall) && [one.a.id, one.b.id].includes(home),
      ),
    ).toBe(false);
    // A record with an account of its own is never opened to another account.
    const other = await idOf(await receive(who({ name: '黄美玲', email: 'stranger@x.test' })));
    must(await kit.run(mergeDonors, { keptId: home, mergedId: other }, kit.lin));
    expect((await myGiving(mei, kit.db)).gifts.map((gift) => gift.code)).toEqual([codes[1]]);
    await sound();
  });
});

describe('being forgotten', () => {
  it('leaves nothing of the giver in clear, and moves nothing in the books', async () => {
    const email = 'canary-forget@x.test';
    const owner = await account(email);
    const code = await receive(who({ name: 'CANARY名', email, phone: '+86 13900001111', country: 'CA' }), {
      recognition: { shownAs: same('CANARY名'), dedication: 'CANARY献', message: 'CANARY言', consent: true },
    });
    const silent = await receive(who({ email }));
    must(await kit.run(issueReceipt, { donation: code, on: null }, kit.worker));
    must(await kit.run(askRefund, { donation: silent, amountMinor: 1n, reason: 'CANARY因' }, owner));
    must(await kit.run(makeNameKeys, {}, kit.worker));
    const books = async () =>
      (await sql`select entry_id, line_no, amount_minor from posting order by 1, 2`.execute(kit.db)).rows;
    const drafts = async () => (await sql`select body from log_draft order by 1`.execute(kit.db)).rows.length;
    const before = await books();
    const leaves = await drafts();
    expect(refusalOf(await kit.run(forgetMe, { confirm: '' }, owner)).name).toBe('invalid_input');
    expect(refusalOf(await kit.run(forgetMe, { confirm: 'yes' }, kit.lin)).name).toBe('account_of_staff');
    expect(must(await kit.run(forgetMe, { confirm: 'yes' }, owner))).toEqual({ records: 2 });
    expect(await books()).toEqual(before);
    expect(await drafts()).toBe(leaves);
    const tables = (
      await sql<{ name: string }>`select format('%I.%I', schemaname, tablename) as name from pg_tables
        where schemaname in ('public', 'graphile_worker') and has_table_privilege(format('%I.%I', schemaname, tablename), 'select')`.execute(
        kit.db,
      )
    ).rows;
    const left: string[] = [];
    for (const { name } of tables) {
      const { rows } = await sql<{ n: bigint }>`select count(*) as n from ${sql.raw(name)} t
        where t::text ~* 'canary|13900001111'`.execute(kit.db);
      if (rows[0]?.n !== 0n) left.push(name);
    }
    expect(left).toEqual([]);
    const salts = await sql<{
      n: bigint;
    }>`select count(*) as n from recognition r join donor d on d.id = r.donor_id
      where d.erased_at is not null and length(r.salt) > 0`.execute(kit.db);
    expect(salts.rows[0]?.n).toBe(0n);
    expect((await giftPage(code, kit.reader))?.gift.shown_as ?? null).toBeNull();
    expect((await myGiving(owner, kit.db)).gifts).toEqual([]);
    await sound();
  });
});
