import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  cancelDonation,
  clearDonation,
  recordDonation,
  verifyDonation,
} from '@/lib/donations/donation.commands';
import { makePledge, writeOffPledge } from '@/lib/pledges/pledge.commands';
import { allProofsHold } from '../support/act';
import {
  balanceOf,
  balances,
  giftInput,
  must,
  openKit,
  patiently,
  pledgeInput,
  refusalOf,
  tieOut,
  type Kit,
} from './donations-kit';

let kit: Kit;
beforeAll(async () => {
  kit = await openKit();
});
afterAll(async () => {
  await allProofsHold(kit.reader);
  await kit.close();
});

const record = async (over: Record<string, unknown> = {}) =>
  must(await kit.run(recordDonation, giftInput(over), kit.lin));
const verify = async (gift: { code: string; contentHash: string }) =>
  must(
    await kit.run(
      verifyDonation,
      { donation: gift.code, seenHash: gift.contentHash, on: '2023-10-09' },
      kit.zhou,
    ),
  );
const clearInput = (code: string, over: Record<string, unknown> = {}) => ({
  donation: code,
  receivedOn: '2023-10-09',
  settledMinor: null,
  feeMinor: 0n,
  rate: null,
  rateOn: null,
  bankReference: 'BOC 0001',
  ...over,
});
const receive = async (over: Record<string, unknown> = {}, clear: Record<string, unknown> = {}) => {
  const gift = await record(over);
  await verify(gift);
  return {
    ...gift,
    ...must(await kit.run(clearDonation, clearInput(gift.code, clear), kit.lin)),
  };
};
const pledgeStatus = async (code: string): Promise<string> =>
  (await kit.db.selectFrom('pledge').select('status').where('code', '=', code).executeTakeFirstOrThrow())
    .status;

describe('a gift by hand', () => {
  it('is recorded by one person, verified by another, cleared on the bank day, and books both sides', async () => {
    const gift = await record();
    expect(gift.code).toBe('G-0001');
    expect(await balances(kit.db)).toEqual({});
    expect(refusalOf(await kit.run(clearDonation, clearInput(gift.code), kit.lin)).name).toBe(
      'illegal_state_change',
    );
    await verify(gift);
    const cleared = must(await kit.run(clearDonation, clearInput(gift.code), kit.lin));
    expect(cleared).toMatchObject({ code: 'G-0001', appliedMinor: 0n });
    expect(await balances(kit.db)).toEqual({
      'assets:bank:gen-hun-meng': '50000',
      'given:gen-hun-meng': '-50000',
      'income:donations:gen-hun-meng': '-50000',
      'unallocated:gen-hun-meng': '50000',
    });
    expect(await tieOut(kit.db)).toBe(0n);
    const events = await kit.db
      .selectFrom('audit_event')
      .select(['event', 'actor_name'])
      .where('subject_id', '=', 'G-0001')
      .orderBy('id')
      .execute();
    expect(events).toEqual([
      { event: 'donation_recorded', actor_name: 'clerk' },
      { event: 'donation_verified', actor_name: 'approver' },
      { event: 'donation_cleared', actor_name: 'clerk' },
    ]);
    expect(refusalOf(await kit.run(clearDonation, clearInput(gift.code), kit.lin)).name).toBe(
      'illegal_state_change',
    );
  });

  it('is not verified by who recorded it, nor when it is not what they saw', async () => {
    const both = { ...kit.lin, roles: ['clerk', 'approver'] as const };
    const gift = must(await kit.run(recordDonation, giftInput(), both));
    const input = { donation: gift.code, seenHash: gift.contentHash, on: '2023-10-09' };
    expect(refusalOf(await kit.run(verifyDonation, input, both)).name).toBe('maker_is_checker');
    expect(
      refusalOf(await kit.run(verifyDonation, { ...input, seenHash: '0'.repeat(64) }, kit.zhou)).name,
    ).toBe('changed_since_seen');
    must(
      await kit.run(
        cancelDonation,
        { donation: gift.code, on: '2023-10-09', reason: 'entered twice' },
        kit.lin,
      ),
    );
    expect(refusalOf(await kit.run(verifyDonation, input, kit.zhou)).name).toBe('illegal_state_change');
  });

  it('in another currency keeps its own amount and freezes rate, day and what arrived', async () => {
    const gift = await record({ currency: 'HKD', amountMinor: 87_500n, channel: 'bank' });
    await verify(gift);
    expect(refusalOf(await kit.run(clearDonation, clearInput(gift.code), kit.lin)).field).toBe(
      'settledMinor',
    );
    const bad = { settledMinor: 81_200n, rate: '0', rateOn: '2023-10-02' };
    expect(refusalOf(await kit.run(clearDonation, clearInput(gift.code, bad), kit.lin)).field).toBe('rate');
    must(await kit.run(clearDonation, clearInput(gift.code, { ...bad, rate: '0.9280' }), kit.lin));
    const row = await kit.db
      .selectFrom('donation')
      .select(['amount_minor', 'currency', 'settled_minor', 'rate', 'rate_on', 'fee_minor'])
      .where('code', '=', gift.code)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({
      amount_minor: 87_500n,
      currency: 'HKD',
      settled_minor: 81_200n,
      rate: '0.9280',
      rate_on: '2023-10-02',
      fee_minor: 0n,
    });
  });

  it('with a bank fee: the fee is seen in both books and the rest can be used', async () => {
    const before = await balanceOf(kit.db, 'unallocated:gen-hun-meng');
    const { code } = await receive({ amountMinor: 10_000n }, { feeMinor: 150n });
    expect((await balanceOf(kit.db, 'unallocated:gen-hun-meng')) - before).toBe(9_850n);
    expect(await balanceOf(kit.db, 'fees:gen-hun-meng')).toBe(150n);
    expect(await balanceOf(kit.db, 'expense:processing-fees:gen-hun-meng')).toBe(150n);
    expect(await tieOut(kit.db)).toBe(0n);
    const lot = await kit.db
      .selectFrom('lot')
      .innerJoin('lot_position', 'lot_position.lot_id', 'lot.id')
      .innerJoin('account', 'account.id', 'lot_position.account_id')
      .select(['account.class', 'held_minor'])
      .where('lot.subject', '=', code)
      .orderBy('account.class')
      .execute();
    expect(lot).toEqual([
      { class: 'fees', held_minor: 150n },
      { class: 'unallocated', held_minor: 9_850n },
    ]);
  });

  it('refuses what cannot be: a future day, a fee above the gift, a worth that differs, an unknown pledge', async () => {
    const gift = await record();
    await verify(gift);
    const tries: [Record<string, unknown>, string][] = [
      [{ receivedOn: '2034-01-01' }, 'date_in_future'],
      [{ feeMinor: 50_000n }, 'amounts_differ'],
      [{ settledMinor: 49_999n }, 'amounts_differ'],
    ];
    for (const [over, name] of tries)
      expect(refusalOf(await kit.run(clearDonation, clearInput(gift.code, over), kit.lin)).name).toBe(name);
    expect(refusalOf(await kit.run(recordDonation, giftInput({ pledge: 'P-9999' }), kit.lin)).name).toBe(
      'reference_unknown',
    );
  });

  it('recorded by mistake is cancelled with its reason, by a clerk, until its money is booked', async () => {
    const cancelled = (donation: string, who = kit.lin) =>
      kit.run(cancelDonation, { donation, on: '2023-10-12', reason: '与认捐重复' }, who);
    const { code } = await record();
    expect(refusalOf(await cancelled(code, kit.zhou)).name).toBe('not_permitted');
    must(await cancelled(code));
    const [moved] = await kit.db
      .selectFrom('donation_status_change as m')
      .innerJoin('donation as d', 'd.id', 'm.donation_id')
      .select(['d.status', 'm.event', 'm.from_status', 'm.reason', 'm.by_person'])
      .where('d.code', '=', code)
      .orderBy('m.id', 'desc')
      .limit(1)
      .execute();
    expect(moved).toEqual({
      status: 'cancelled',
      event: 'cancel',
      from_status: 'recorded',
      reason: '与认捐重复',
      by_person: kit.lin.personId,
    });
    const verified = await record();
    await verify(verified);
    must(await cancelled(verified.code));

    // Money that is in the books goes back as a refund, never by crossing the gift out.
    const before = await balances(kit.db);
    const received = await receive();
    const booked = await balances(kit.db);
    expect(booked).not.toEqual(before);
    expect(refusalOf(await cancelled(received.code))).toMatchObject({
      name: 'illegal_state_change',
      details: { from: 'cleared', event: 'cancel' },
    });
    expect(await balances(kit.db)).toEqual(booked);
  });
});

describe('a gift that keeps a promise', () => {
  const promise = async (over: Record<string, unknown> = {}) =>
    must(await kit.run(makePledge, pledgeInput(over), kit.lin));

  it('in parts, then whole; what is above stays unapplied', async () => {
    const { code, donorId } = await promise();
    const first = await receive({ pledge: code, donor: null, amountMinor: 20_000n });
    expect(first.appliedMinor).toBe(20_000n);
    expect(await pledgeStatus(code)).toBe('partly_fulfilled');
    const second = await receive({ pledge: code, donor: null, amountMinor: 40_000n });
    expect(second.appliedMinor).toBe(30_000n);
    expect(await pledgeStatus(code)).toBe('fulfilled');
    const row = await kit.db
      .selectFrom('donation')
      .select(['donor_id', 'designation'])
      .where('code', '=', first.code)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ donor_id: donorId, designation: 'ML-07' });
  });

  it('after a write-off reopens the promise first, and the log says so', async () => {
    const { code } = await promise();
    must(
      await kit.run(
        writeOffPledge,
        { pledge: code, on: '2024-03-01', reason: 'no answer for a year' },
        kit.zhou,
      ),
    );
    await receive({ pledge: code, donor: null, amountMinor: 50_000n });
    const moves = await kit.db
      .selectFrom('pledge_status_change')
      .innerJoin('pledge', 'pledge.id', 'pledge_status_change.pledge_id')
      .select(['event', 'pledge_status_change.amount_minor'])
      .where('pledge.code', '=', code)
      .orderBy('pledge_status_change.id')
      .execute();
    expect(moves).toEqual([
      { event: 'write_off', amount_minor: 50_000n },
      { event: 'reopen', amount_minor: -50_000n },
      { event: 'fulfil', amount_minor: 50_000n },
    ]);
  });

  it('given by many at once fulfils exactly the promise and no fen more', async () => {
    const { code, pledgeId } = await promise({
      amountMinor: 100_000n,
      instalments: [{ dueOn: '2023-10-16', amountMinor: 100_000n }],
    });
    const gifts = [];
    for (let n = 0; n < 15; n += 1) {
      const gift = await record({ pledge: code, donor: null, amountMinor: 10_000n });
      await verify(gift);
      gifts.push(gift);
    }
    const answers = await Promise.all(
      gifts.map((gift) => patiently(kit, clearDonation, clearInput(gift.code), kit.lin)),
    );
    for (const answer of answers) must(answer);
    const { sum } = await kit.db
      .selectFrom('pledge_application')
      .select((eb) => eb.fn.sum<string>('amount_minor').as('sum'))
      .where('pledge_id', '=', pledgeId)
      .executeTakeFirstOrThrow();
    expect(String(sum)).toBe('100000');
    expect(await pledgeStatus(code)).toBe('fulfilled');
    expect(await tieOut(kit.db)).toBe(0n);
  });

  it('for another road than the promise is refused; cleared twice at once it is one entry', async () => {
    const { code } = await promise();
    expect(
      refusalOf(
        await kit.run(
          recordDonation,
          giftInput({ pledge: code, donor: null, designation: 'ML-12' }),
          kit.lin,
        ),
      ).name,
    ).toBe('designation_differs');
    const gift = await record({ pledge: code, donor: null });
    await verify(gift);
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => patiently(kit, clearDonation, clearInput(gift.code), kit.lin)),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    const entries = await kit.db.selectFrom('entry').select('id').where('subject', '=', gift.code).execute();
    expect(entries).toHaveLength(1);
  });
});
