import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  observeCheckout,
  noteCheckoutOpened,
  startDonation,
  tryAgain,
} from '@/lib/payments/checkout.commands';
import { makePledge } from '@/lib/pledges/pledge.commands';
import type { SeenPayment } from '@/lib/payments/checkout.rules';
import { newId } from '@/lib/shared/id';
import { allProofsHold } from '../support/act';
import { balanceOf, donor, must, openKit, pledgeInput, refusalOf, tieOut, type Kit } from './donations-kit';

let kit: Kit;
beforeAll(async () => {
  kit = await openKit();
});
afterAll(async () => {
  await allProofsHold(kit.reader);
  await kit.close();
});

const giftForm = (over: Record<string, unknown> = {}) => ({
  campaign: 'gen-hun-meng',
  donor: donor('陳先生'),
  currency: 'CNY',
  amountMinor: 50_000n,
  designation: null,
  recognition: null,
  givenOn: '2023-10-08',
  channel: 'card',
  feeCoveredMinor: 0n,
  pledgeReference: null,
  ...over,
});
const start = async (over: Record<string, unknown> = {}) =>
  must(await kit.run(startDonation, giftForm(over), kit.visitor));
let serial = 0;
const paid = (over: Partial<SeenPayment> = {}): SeenPayment => {
  serial += 1;
  return {
    state: 'paid',
    currency: 'CNY',
    amountMinor: 50_000n,
    paymentIntentId: `pi_${serial}`,
    chargeId: `ch_${serial}`,
    paidOn: '2023-10-08',
    settled: { currency: 'CNY', grossMinor: 50_000n, feeMinor: 1_900n, rate: null },
    failure: null,
    ...over,
  };
};
const notPaid = (state: SeenPayment['state'], failure: string | null = null): SeenPayment => ({
  ...paid(),
  state,
  chargeId: null,
  paidOn: null,
  settled: null,
  failure,
});
const observe = async (checkoutId: string, seen: SeenPayment, key = `test:${newId()}`) =>
  must(await kit.run(observeCheckout, { checkoutId, seen }, kit.stripe, key)).outcome;
const statusOf = async (code: string): Promise<string> =>
  (await kit.db.selectFrom('donation').select('status').where('code', '=', code).executeTakeFirstOrThrow())
    .status;

describe('a gift paid online', () => {
  it('is an intent with a try before anyone is asked, then is taken in with its fee, once', async () => {
    const gift = await start();
    expect(await statusOf(gift.code)).toBe('intent');
    must(
      await kit.run(
        noteCheckoutOpened,
        {
          checkoutId: gift.checkoutId,
          session: { id: 'cs_test_1', url: 'https://pay.example/1' },
          failure: null,
        },
        kit.stripe,
      ),
    );
    const seen = paid();
    expect(await observe(gift.checkoutId, seen)).toBe('cleared');
    expect(await observe(gift.checkoutId, seen)).toBe('already_done');
    expect(await statusOf(gift.code)).toBe('cleared');
    expect(await balanceOf(kit.db, 'assets:stripe:gen-hun-meng')).toBe(48_100n);
    expect(await balanceOf(kit.db, 'unallocated:gen-hun-meng')).toBe(48_100n);
    expect(await balanceOf(kit.db, 'fees:gen-hun-meng')).toBe(1_900n);
    expect(await tieOut(kit.db)).toBe(0n);
  });

  it('is not credited for a finished page that is not paid, and waits for the settlement', async () => {
    const gift = await start();
    expect(await observe(gift.checkoutId, notPaid('processing'))).toBe('processing');
    expect(await statusOf(gift.code)).toBe('pending');
    expect(await observe(gift.checkoutId, paid({ settled: null }))).toBe('waiting_for_settlement');
    expect(await statusOf(gift.code)).toBe('pending');
    expect(await observe(gift.checkoutId, paid())).toBe('cleared');
    // What comes late never takes it back.
    expect(await observe(gift.checkoutId, notPaid('processing'))).toBe('already_done');
    expect(await observe(gift.checkoutId, notPaid('expired'))).toBe('already_done');
    expect(await statusOf(gift.code)).toBe('cleared');
  });

  it('declined or expired can be tried again; money that comes late is taken in all the same', async () => {
    const gift = await start();
    expect(await observe(gift.checkoutId, notPaid('failed', 'card_declined'))).toBe('failed');
    expect(await statusOf(gift.code)).toBe('failed');
    const again = must(await kit.run(tryAgain, { checkoutId: gift.checkoutId }, kit.visitor));
    expect(again.code).toBe(gift.code);
    // While the new try can be paid there is no third.
    expect(refusalOf(await kit.run(tryAgain, { checkoutId: again.checkoutId }, kit.visitor)).name).toBe(
      'illegal_state_change',
    );
    expect(await observe(again.checkoutId, notPaid('expired'))).toBe('expired');
    expect(await observe(again.checkoutId, paid())).toBe('cleared');
    expect(await statusOf(gift.code)).toBe('cleared');
  });

  it('paid twice is two gifts, because the money is there twice', async () => {
    const gift = await start();
    expect(await observe(gift.checkoutId, notPaid('expired'))).toBe('expired');
    const again = must(await kit.run(tryAgain, { checkoutId: gift.checkoutId }, kit.visitor));
    expect(await observe(again.checkoutId, paid())).toBe('cleared');
    const second = paid();
    expect(await observe(gift.checkoutId, second)).toBe('second_payment_taken');
    expect(await observe(gift.checkoutId, second)).toBe('already_done');
    expect(await tieOut(kit.db)).toBe(0n);
    const audit = await kit.db
      .selectFrom('audit_event')
      .select('details')
      .where('event', '=', 'donation_paid_twice')
      .where('subject_id', '=', gift.code)
      .execute();
    expect(audit).toHaveLength(1);
  });

  it('waits for a person when the figures do not fit, and books nothing', async () => {
    const before = await balanceOf(kit.db, 'assets:stripe:gen-hun-meng');
    const { checkoutId, code } = await start();
    expect(await observe(checkoutId, paid({ amountMinor: 5_000_000n }))).toBe('amount_differs');
    expect(await observe(checkoutId, paid({ currency: 'JPY' }))).toBe('currency_differs');
    expect(
      await observe(
        checkoutId,
        paid({ settled: { currency: 'HKD', grossMinor: 1n, feeMinor: 0n, rate: null } }),
      ),
    ).toBe('settled_elsewhere');
    expect(await statusOf(code)).toBe('intent');
    expect(await balanceOf(kit.db, 'assets:stripe:gen-hun-meng')).toBe(before);
  });

  it('in yen: whole yen kept, yuan frozen with the rate', async () => {
    const gift = await start({ currency: 'JPY', amountMinor: 10_000n });
    const seen = paid({
      currency: 'JPY',
      amountMinor: 10_000n,
      settled: { currency: 'CNY', grossMinor: 48_912n, feeMinor: 1_850n, rate: '0.048912' },
    });
    expect(await observe(gift.checkoutId, seen)).toBe('cleared');
    const row = await kit.db
      .selectFrom('donation')
      .select(['amount_minor', 'settled_minor', 'fee_minor', 'rate', 'rate_on'])
      .where('code', '=', gift.code)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({
      amount_minor: 10_000n,
      settled_minor: 48_912n,
      fee_minor: 1_850n,
      rate: '0.048912',
      rate_on: '2023-10-08',
    });
  });

  it('keeps the promise whose reference was typed, in any spelling; never one found by counting', async () => {
    const promise = must(await kit.run(makePledge, pledgeInput(), kit.visitor));
    const typed = ` ${promise.reference.slice(0, 3).toLowerCase()}-${promise.reference.slice(3)} `;
    const gift = await start({ pledgeReference: typed, donor: null });
    expect(await observe(gift.checkoutId, paid())).toBe('cleared');
    const pledge = await kit.db
      .selectFrom('pledge')
      .select('status')
      .where('code', '=', promise.code)
      .executeTakeFirstOrThrow();
    expect(pledge.status).toBe('fulfilled');
    const tries: [string, string][] = [
      [promise.code, 'reference_mistyped'],
      [promise.reference.slice(0, -1), 'reference_mistyped'],
      [promise.reference, 'pledge_settled'],
    ];
    for (const [pledgeReference, name] of tries)
      expect(
        refusalOf(await kit.run(startDonation, giftForm({ pledgeReference, donor: null }), kit.visitor)).name,
      ).toBe(name);
  });

  it('refuses what cannot be charged, before anything is written', async () => {
    const tries: [Record<string, unknown>, string][] = [
      [{ currency: 'XXX' }, 'currency_unknown'],
      [{ currency: 'KWD', amountMinor: 5_124n }, 'invalid_input'],
      [{ amountMinor: 99_999_999_999n }, 'invalid_input'],
      [{ feeCoveredMinor: 50_000n }, 'invalid_input'],
      [{ channel: 'cash' }, 'invalid_input'],
    ];
    for (const [over, name] of tries)
      expect(refusalOf(await kit.run(startDonation, giftForm(over), kit.visitor)).name).toBe(name);
  });
});

describe('at once', () => {
  it('1,000 submits of one form are one intent with one try', async () => {
    const key = `form:${newId()}`;
    const before = await countGifts();
    const codes = new Set<string>();
    for (let round = 0; round < 20; round += 1) {
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => kit.run(startDonation, giftForm(), kit.visitor, key)),
      );
      for (const answer of answers)
        if (answer.ok) codes.add(answer.value.code);
        else expect(answer.refusal.name).toBe('busy_try_again');
    }
    expect(codes.size).toBe(1);
    expect((await countGifts()) - before).toBe(1n);
  });

  // `npm run faults -- return-race` runs as many as are asked for, over HTTP.
  it('300 races of return page, webhook and sweep leave one entry each', async () => {
    const gifts = await inParts(300, 20, () => start());
    await inParts(300, 6, async (n) => {
      const checkoutId = gifts[n]?.checkoutId ?? '';
      const seen = paid();
      const answers = await Promise.all([
        observe(checkoutId, seen, `observe:${checkoutId}:page`),
        observe(checkoutId, seen),
        observe(checkoutId, { ...seen, settled: null }),
      ]);
      expect(answers.filter((answer) => answer === 'cleared')).toHaveLength(1);
    });
    const { entries, lots } = await kit.db
      .selectNoFrom([
        (eb) =>
          eb
            .selectFrom('entry')
            .select((e) => e.fn.countAll<bigint>().as('n'))
            .where(
              'subject',
              'in',
              gifts.map((gift) => gift.code),
            )
            .as('entries'),
        (eb) =>
          eb
            .selectFrom('lot')
            .select((e) => e.fn.countAll<bigint>().as('n'))
            .where(
              'subject',
              'in',
              gifts.map((gift) => gift.code),
            )
            .as('lots'),
      ])
      .executeTakeFirstOrThrow();
    expect([entries, lots]).toEqual([300n, 300n]);
    expect(await tieOut(kit.db)).toBe(0n);
  }, 240_000);
});

const countGifts = async (): Promise<bigint> =>
  (
    await kit.db
      .selectFrom('donation')
      .select((eb) => eb.fn.countAll<bigint>().as('n'))
      .executeTakeFirstOrThrow()
  ).n;

/** Runs `work` for 0…n−1, `width` at a time, answers in order. */
const inParts = async <T>(n: number, width: number, work: (index: number) => Promise<T>): Promise<T[]> => {
  const results: T[] = [];
  for (let from = 0; from < n; from += width)
    results.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(width, n - from) }, (_, offset) => work(from + offset)),
      )),
    );
  return results;
};
