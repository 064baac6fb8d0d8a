import '../support/settings';
import { sql, type Kysely } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '@/db/connect';
import type { Database } from '@/db/tables';
import type { Actor } from '@/lib/auth/roles.rules';
import { giftTotals } from '@/lib/disclosure/open-data/gift-totals.queries';
import { LEAST_IN_CELL } from '@/lib/disclosure/open-data/small-cells.rules';
import { publicationVersion } from '@/lib/disclosure/version.queries';
import { clearDonation, recordDonation, verifyDonation } from '@/lib/donations/donation.commands';
import { approveRefund, proposeRefund } from '@/lib/donations/refund.commands';
import { giveConsent, withdrawConsent } from '@/lib/donors/consent.commands';
import { forgetMe } from '@/lib/donors/forget.commands';
import { foldSummaries } from '@/lib/ledger/summary.store';
import { moderateRecognition } from '@/lib/pledges/giver.commands';
import { makeMatch, undoMatch } from '@/lib/reconciliation/match.commands';
import { newId } from '@/lib/shared/id';
import { prove } from '@/lib/proofs/proofs.queries';
import { donor, giftInput, must, patiently, same } from './donations-kit';
import { HEAD, openMatchingKit, type MatchingKit } from './matching-kit';

const ON = '2024-03-05';
let kit: MatchingKit;
let publicDb: Kysely<Database>;
let wong: Actor & { kind: 'donor' };
beforeAll(async () => {
  kit = await openMatchingKit();
  publicDb = connect(kit.test.publicUrl, { max: 2 });
  wong = { kind: 'donor', personId: newId() };
  await kit.db.insertInto('person').values({ id: wong.personId, email: 'wong@x.test', name: '—' }).execute();
});
afterAll(async () => {
  await publicDb.destroy();
  await kit.close();
});

type Cell = { month: string; channel: string; gifts: number; minor: bigint };

/** Every received gift asked one by one, as a reader of the rule would count them. */
const counted = async (): Promise<Cell[]> =>
  (
    await sql<Cell>`
      select to_char(l.received_on, 'YYYY-MM') as month, d.channel, count(*)::int as gifts,
        sum(d.settled_minor)::bigint as minor
      from donation d join lot l on l.subject = d.code left join recognition r on r.id = d.recognition_id
      where exists (select from lot_position p where p.lot_id = l.id and p.held_minor > 0)
        and not coalesce(r.consented_at is not null and r.withdrawn_at is null and r.shown_as is not null
          and r.moderation = 'shown', false)
      group by 1, 2 order by 1, 2`.execute(kit.db)
  ).rows;

const published = async (): Promise<Cell[]> =>
  (
    await sql<Cell>`select month, channel, gifts, amount_minor as minor from disclosure.unnamed_gift_sum
      order by month, channel`.execute(publicDb)
  ).rows;

/** The same before anything of it is folded and after, and once more with everything folded twice; no page is made anew for it. */
const agrees = async (): Promise<Cell[]> => {
  const cells = await counted();
  const version = await publicationVersion(publicDb);
  for (let folded = 0; folded < 3; folded += 1) {
    expect(await published()).toEqual(cells);
    await foldSummaries(kit.db);
  }
  expect(await publicationVersion(publicDb)).toBe(version);
  return cells;
};

const sound = async (): Promise<void> =>
  expect((await prove(kit.reader)).filter((proof) => proof.offenders !== 0n)).toEqual([]);

const recorded = async (over: Record<string, unknown> = {}): Promise<string> => {
  const gift = must(await kit.run(recordDonation, giftInput(over), kit.lin));
  must(await kit.run(verifyDonation, { donation: gift.code, seenHash: gift.contentHash, on: ON }, kit.zhou));
  return gift.code;
};

const received = async (over: Record<string, unknown> = {}, receivedOn = ON): Promise<string> => {
  const code = await recorded(over);
  const settled = { receivedOn, settledMinor: null, feeMinor: 0n, rate: null, rateOn: null };
  must(
    await patiently(kit, clearDonation, { donation: code, ...settled, bankReference: `b-${code}` }, kit.lin),
  );
  return code;
};

const named = (name: string) => ({
  shownAs: same(name),
  dedication: null,
  message: null,
  consent: true,
});

const namingOf = async (code: string): Promise<string> =>
  (
    await kit.db
      .selectFrom('donation')
      .select('recognition_id')
      .where('code', '=', code)
      .executeTakeFirstOrThrow()
  ).recognition_id ?? '';

const ownGift = async (over: Record<string, unknown> = {}): Promise<string> => {
  const code = await received({ donor: { ...donor('黄'), email: 'wong@x.test' }, ...over });
  await sql`update donor set person_id = ${wong.personId} where email = 'wong@x.test' and person_id is null`.execute(
    kit.db,
  );
  return code;
};

test('the sums of unnamed gifts are the gifts, folded or not, whatever happens to them', async () => {
  expect(await agrees()).toEqual([]);
  await received({ amountMinor: 1_001n });
  await received({ amountMinor: 2_002n, channel: 'cash' }, '2024-02-29');
  const shown = await received({ amountMinor: 4_004n, recognition: named('陈家') });
  expect(await agrees()).toEqual([
    { month: '2024-02', channel: 'cash', gifts: 1, minor: 2_002n },
    { month: '2024-03', channel: 'bank', gifts: 1, minor: 1_001n },
  ]);

  // Hidden by whoever reads the words, and shown again.
  for (const [moderation, gifts] of [
    ['hidden', 2],
    ['shown', 1],
  ] as const) {
    must(await kit.run(moderateRecognition, { recognitionId: await namingOf(shown), moderation }, kit.lin));
    expect((await agrees()).find(({ channel }) => channel === 'bank')?.gifts).toBe(gifts);
  }

  // Money that goes back does not make a gift ungiven; a gift that was a mistake of ours does.
  const refund = must(
    await kit.run(proposeRefund, { donation: shown, amountMinor: 4n, reason: '给错了', on: ON }, kit.lin),
  );
  must(await kit.run(approveRefund, { refund: refund.code, seenHash: refund.contentHash, on: ON }, kit.zhou));
  await agrees();
  await sound();
});

test('consent that is given, withdrawn, given anew and forgotten counts at once', async () => {
  const code = await ownGift({ amountMinor: 8_008n });
  const bank = async () => (await agrees()).find(({ channel }) => channel === 'bank')?.minor ?? 0n;
  const unnamed = await bank();
  must(await kit.run(giveConsent, { donation: code, name: '黄家' }, wong));
  expect(await bank()).toBe(unnamed);
  const show = async () =>
    must(
      await kit.run(
        moderateRecognition,
        { recognitionId: await namingOf(code), moderation: 'shown' },
        kit.lin,
      ),
    );
  await show();
  expect(await bank()).toBe(unnamed - 8_008n);
  must(await kit.run(withdrawConsent, { donation: code }, wong));
  expect(await bank()).toBe(unnamed);
  must(await kit.run(giveConsent, { donation: code, name: '黄太太' }, wong));
  await show();
  expect(await bank()).toBe(unnamed - 8_008n);
  must(await kit.run(forgetMe, { confirm: 'yes' }, wong));
  expect(await bank()).toBe(unnamed);
  await sound();
});

test('a match that is undone takes its gift out of the sums, and the money that comes after all puts it back', async () => {
  const code = await recorded({ amountMinor: 16_016n, recognition: named('李家') });
  const other = await recorded({ amountMinor: 16_016n });
  await kit.take(`${HEAD}\n${ON},160.16,CNY,修路,X1,\n${ON},160.16,CNY,修路,X2,`);
  const before = await agrees();
  const seen = (version = 0) =>
    kit.lines().then((lines) => lines.map((line) => ({ id: line.id, version: line.version + version })));
  const lines = await seen();
  const match = async (line: { id: bigint; version: number } | undefined, subject: string) =>
    must(
      await kit.run(
        makeMatch,
        { account: 'boc-main', lines: [line], parts: [{ kind: 'gift', subject, amountMinor: 16_016n }] },
        kit.lin,
      ),
    ).match;
  const matches = [await match(lines[0], code), await match(lines[1], other)];
  const after = await agrees();
  expect(after).not.toEqual(before);
  for (const [index, matched] of matches.entries()) {
    const line = lines[index];
    must(
      await kit.run(
        undoMatch,
        { match: matched, reason: '认错了人', seen: [{ id: line?.id, version: (line?.version ?? 0) + 1 }] },
        kit.lin,
      ),
    );
  }
  expect(await agrees()).toEqual(before);
  const again = await seen();
  await match(again[0], code);
  await match(again[1], other);
  expect(await agrees()).toEqual(after);
  await sound();
});

test('gifts, changed minds and folding at the same time leave no gift out and none in twice', async () => {
  const codes = await Promise.all(
    Array.from({ length: 6 }, (_, n) =>
      received({ amountMinor: 100n + BigInt(n), channel: 'cheque', recognition: named(`周${n}`) }),
    ),
  );
  const namings = await Promise.all(codes.map(namingOf));
  let busy = true;
  const folding = (async () => {
    while (busy) await foldSummaries(kit.db);
  })();
  await Promise.all([
    ...namings.map(async (recognitionId, n) => {
      for (let round = 0; round < 2 + (n % 2); round += 1)
        must(
          await patiently(
            kit,
            moderateRecognition,
            { recognitionId, moderation: round % 2 === 0 ? 'hidden' : 'shown' },
            kit.lin,
          ),
        );
    }),
    ...Array.from({ length: 4 }, (_, n) => received({ amountMinor: 1_000n + BigInt(n), channel: 'cheque' })),
  ]).catch((cause: unknown) => {
    busy = false;
    throw cause;
  });
  busy = false;
  await folding;
  await agrees();
  await sound();
});

test('what is published of them stays grouped, and adds up', async () => {
  const totals = await giftTotals(publicDb);
  for (const { count } of totals) expect(Number(count)).toBeGreaterThanOrEqual(LEAST_IN_CELL);
  const sum = (minors: readonly bigint[]): bigint => minors.reduce((total, minor) => total + minor, 0n);
  expect(sum(totals.map(({ amount }) => BigInt(String(amount).replace('.', ''))))).toBe(
    sum((await counted()).map(({ minor }) => minor)),
  );
});

test('a naming cannot be changed behind the sums', async () => {
  const code = await received({ recognition: named('何家') });
  await foldSummaries(kit.db);
  // As the version before the sums did it, and as a hand in the database would: the change is seen at once, and folded once.
  await sql`update recognition set withdrawn_at = now(), tx = '0' where id = ${await namingOf(code)}`.execute(
    kit.db,
  );
  await agrees();
  await expect(
    sql`update donation set recognition_id = null where code = ${code}`.execute(kit.db),
  ).rejects.toThrow(/made or changed with it/);
});
