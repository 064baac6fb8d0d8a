import '../support/settings';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { approveRefund } from '@/lib/donations/refund.commands';
import { env } from '@/lib/env';
import {
  answerOwn,
  askGivers,
  openChange,
  passDeadline,
  recordAnswer,
  withdrawChange,
} from '@/lib/plan-changes/change.commands';
import { consentToken } from '@/lib/plan-changes/consent-token';
import {
  decideChange,
  proposeSettlement,
  returnGifts,
  returnSettlement,
} from '@/lib/plan-changes/settle.commands';
import { allProofsHold } from '../support/act';
import { CAMPAIGN, RoadsKit, words } from '../db/roads-kit';
import { placesOf } from '../db/donations-kit';
import { openInput, settle } from './plan-change-kit';

let kit: RoadsKit;
beforeAll(async () => {
  kit = await RoadsKit.open(20);
});
afterAll(() => kit.close());
afterEach(() => allProofsHold(kit.world.reader));

const donor = (n: number, lang: string) => ({
  name: `王${n}`,
  email: `giver${n}@example.invalid`,
  phone: null,
  country: null,
  lang,
});

describe('a cancelled road with forty gifts for it', () => {
  test('25 agree, 10 refuse, 5 do not answer: each gift is where its giver or the law says, to the fen', async () => {
    const road = await kit.road(4_000_000n);
    const other = await kit.road(9_000_000n);
    const langs = ['zh-Hans', 'zh-Hant', 'en'];
    const gifts: string[] = [];
    for (let n = 0; n < 40; n += 1)
      gifts.push(
        (
          await kit.gift(50_000n + BigInt(n), {
            designation: road,
            donor: donor(n, langs[n % 3] ?? 'en'),
          })
        ).code,
      );
    const free = (await kit.gift(1_000_000n)).code;
    // Some of it lies with the road, some still waits in the fund for this road only.
    await kit.allocate(road, 1_500_000n);
    await kit.move(road, 'suspend', { reason: '改由市政修建' });
    const { code: change, gifts: touched } = await kit.act(openChange, openInput(road), kit.staff.lin);
    expect(touched).toBe(40);
    await kit.refused(openChange, openInput(road), kit.staff.lin, 'plan_change_exists');

    expect(
      (await kit.act(askGivers, { change, gift: null, means: 'mail', on: '2024-04-02' }, kit.staff.lin))
        .asked,
    ).toBe(40);
    const letters = await kit.db
      .selectFrom('outbox')
      .select(['lang', (eb) => eb.fn.countAll<bigint>().as('n')])
      .where('template', '=', 'use_change')
      .groupBy('lang')
      .orderBy('lang')
      .execute();
    expect(letters.map((row) => [row.lang, row.n])).toEqual([
      ['en', 13n],
      ['zh-Hans', 14n],
      ['zh-Hant', 13n],
    ]);

    for (const [n, gift] of gifts.slice(0, 25).entries())
      if (n % 2 === 0)
        await kit.act(
          answerOwn,
          { token: consentToken(env.AUTH_SECRET, change, gift), answer: 'given', on: '2024-04-10' },
          { kind: 'visitor' },
        );
      else
        await kit.act(
          recordAnswer,
          {
            change,
            gift,
            answer: 'given',
            evidence: '电话记录 4 月 10 日',
            document: null,
            on: '2024-04-10',
          },
          kit.staff.lin,
        );
    for (const gift of gifts.slice(25, 35))
      await kit.act(
        recordAnswer,
        { change, gift, answer: 'refused', evidence: '回信', document: null, on: '2024-04-12' },
        kit.staff.lin,
      );
    await kit.refused(
      answerOwn,
      { token: `${change}.${gifts[0]}.forged`, answer: 'refused', on: '2024-04-12' },
      { kind: 'visitor' },
      'not_found',
    );
    // Silence is not consent, and not before the day.
    const settlement = {
      change,
      decision: 'move',
      keepUntil: null,
      outcome: words('已处理'),
      on: '2024-04-20',
    };
    await kit.refused(proposeSettlement, settlement, kit.staff.lin, 'answers_missing');
    await kit.refused(passDeadline, { change, on: '2024-04-30' }, kit.staff.lin, 'deadline_not_reached');
    expect((await kit.act(passDeadline, { change, on: '2024-05-01' }, kit.staff.lin)).silent).toBe(5);

    await settle(kit, change);
    expect(await kit.balance(`allocated:${road}`)).toBe(0n);
    await kit.move(road, 'cancel', { on: '2024-05-04', reason: '改由市政修建' });

    const { refunds } = await kit.act(returnGifts, { change, on: '2024-05-05' }, kit.staff.lin);
    expect(refunds).toHaveLength(15);
    await kit.refused(returnGifts, { change, on: '2024-05-05' }, kit.staff.lin, 'not_found');
    for (const refund of refunds) {
      const row = await kit.db
        .selectFrom('refund')
        .select('content_hash')
        .where('code', '=', refund)
        .executeTakeFirstOrThrow();
      await kit.act(approveRefund, { refund, seenHash: row.content_hash, on: '2024-05-06' }, kit.staff.zhou);
    }
    expect(await kit.db.selectFrom('shortfall').select('id').execute()).toEqual([]);
    for (const [n, gift] of gifts.entries())
      expect(await placesOf(kit.db, gift)).toEqual({
        [n < 25 ? `unallocated:${CAMPAIGN}` : `returned:${CAMPAIGN}`]: 50_000n + BigInt(n),
      });
    // What was agreed may now pave another road, and does, oldest first; the named choice on the gift stays.
    await kit.allocate(other, 1_250_000n);
    expect(await placesOf(kit.db, gifts[0] ?? '')).toEqual({ [`allocated:${other}`]: 50_000n });
    expect(await placesOf(kit.db, free)).toEqual({ [`unallocated:${CAMPAIGN}`]: 1_000_000n });
    const [publicRow] = await kit.world.reader
      .selectFrom('disclosure.plan_change')
      .selectAll()
      .where('code', '=', change)
      .execute();
    expect(publicRow).toMatchObject({
      given_count: 25,
      refused_count: 10,
      no_reply_count: 5,
      gift_count: 40,
    });
    expect((publicRow?.moved_minor ?? 0n) + (publicRow?.return_minor ?? 0n)).toBe(publicRow?.amount_minor);
    const trail = await kit.db
      .selectFrom('audit_event')
      .select(['event', (eb) => eb.fn.countAll<bigint>().as('n')])
      .where('event', 'like', 'consent_%')
      .groupBy('event')
      .orderBy('event')
      .execute();
    expect(trail.map((row) => [row.event, row.n])).toEqual([
      ['consent_asked', 40n],
      ['consent_given', 25n],
      ['consent_no_reply', 5n],
      ['consent_refused', 10n],
    ]);
  });

  test('what givers chose beforehand is their answer; a filing moves those who stay silent; refusals still go back', async () => {
    const road = await kit.road(400_000n);
    const target = await kit.road(400_000n);
    const code = async (over: Record<string, unknown>) =>
      (await kit.gift(100_000n, { designation: road, ...over })).code;
    const agreed = await code({ ifNotBuilt: 'where_needed' });
    const back = await code({ ifNotBuilt: 'return' });
    const silent = await code({});
    await kit.allocate(road, 200_000n);
    const { code: change } = await kit.act(
      openChange,
      openInput(road, { basis: 'filing', basisReference: '备案号 2024-17', toSegment: target }),
      kit.staff.lin,
    );
    // No address: a letter on paper.
    await kit.refused(
      askGivers,
      { change, gift: silent, means: 'mail', on: '2024-04-02' },
      kit.staff.lin,
      'not_found',
    );
    await kit.act(askGivers, { change, gift: silent, means: 'letter', on: '2024-04-02' }, kit.staff.lin);
    await kit.act(passDeadline, { change, on: '2024-05-01' }, kit.staff.lin);
    await settle(kit, change);
    await kit.allocate(target, 200_000n);
    expect(await placesOf(kit.db, agreed)).toEqual({ [`allocated:${target}`]: 100_000n });
    expect(await placesOf(kit.db, silent)).toEqual({ [`allocated:${target}`]: 100_000n });
    // Bound to the road that will not come until the refund takes it: no allocation may touch it.
    expect(await placesOf(kit.db, back)).toEqual({ [`unallocated:${CAMPAIGN}`]: 100_000n });
    const { refunds } = await kit.act(returnGifts, { change, on: '2024-05-05' }, kit.staff.lin);
    expect(refunds).toHaveLength(1);
    await kit.move(road, 'cancel', { on: '2024-05-06', reason: '不修了' });
  });

  test('a settlement is decided as it was seen, by another person, and not after money has moved', async () => {
    const road = await kit.road(300_000n);
    const gift = (await kit.gift(100_000n, { designation: road })).code;
    await kit.allocate(road, 100_000n);
    const { code: change } = await kit.act(openChange, openInput(road), kit.staff.lin);
    await kit.act(
      recordAnswer,
      { change, gift, answer: 'given', evidence: '当面', document: null, on: '2024-04-05' },
      kit.staff.lin,
    );
    const propose = () =>
      kit.act(
        proposeSettlement,
        { change, decision: 'move', keepUntil: null, outcome: words('处理'), on: '2024-04-06' },
        kit.staff.lin,
      );
    const seen = await propose();
    const decide = { change, seenHash: seen.contentHash, on: '2024-04-07' };
    const linAsChecker = { ...kit.staff.lin, roles: ['approver' as const] };
    await kit.refused(decideChange, decide, linAsChecker, 'maker_is_checker');
    await kit.act(returnSettlement, { change, reason: '再问一次', on: '2024-04-07' }, kit.staff.zhou);
    await kit.refused(decideChange, decide, kit.staff.zhou, 'illegal_state_change');
    await kit.act(
      recordAnswer,
      { change, gift, answer: 'refused', evidence: '改主意', document: null, on: '2024-04-08' },
      kit.staff.lin,
    );
    const again = await propose();
    await kit.refused(decideChange, decide, kit.staff.zhou, 'changed_since_seen');
    await kit.gift(70_000n, { designation: road });
    await kit.refused(
      decideChange,
      { ...decide, seenHash: again.contentHash },
      kit.staff.zhou,
      'changed_since_seen',
    );
    await kit.act(returnSettlement, { change, reason: '又来一笔', on: '2024-04-09' }, kit.staff.zhou);
    await kit.act(withdrawChange, { change, reason: '重新列清单', on: '2024-04-09' }, kit.staff.lin);
    await kit.act(openChange, openInput(road, { kind: 'suspended', deadline: '2099-12-31' }), kit.staff.lin);
  });
});
