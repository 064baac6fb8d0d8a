import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDonation } from '@/lib/payments/checkout.commands';
import { lookAtPayment, openAgain, openPaymentPage } from '@/lib/payments/checkout.flow';
import { workEvent } from '@/lib/payments/stripe-event.flow';
import { sweepPayments } from '@/lib/payments/sweep.flow';
import { receiveWebhook } from '@/lib/payments/webhook.flow';
import { newId } from '@/lib/shared/id';
import { allProofsHold } from '../support/act';
import { must, refusalOf, tieOut } from './donations-kit';
import { onlineGift, openPaymentKit, type PaymentKit } from './payments-kit';

let kit: PaymentKit;
beforeAll(async () => {
  kit = await openPaymentKit();
});
afterAll(async () => {
  await allProofsHold(kit.reader);
  await kit.close();
});

const giftOf = (code: string) =>
  kit.db.selectFrom('donation').selectAll().where('code', '=', code).executeTakeFirstOrThrow();
const entriesOf = async (code: string): Promise<string[]> =>
  (await kit.db.selectFrom('entry').select('kind').where('subject', '=', code).orderBy('id').execute()).map(
    (row) => row.kind,
  );

describe('the giver on the provider’s page', () => {
  it('pays, and the signed webhook takes the gift in with its real fee', async () => {
    const gift = await kit.open();
    expect((await kit.press(gift.url, 'pay')).status).toBe(303);
    await kit.quiet();
    const row = await giftOf(gift.code);
    expect(row).toMatchObject({ status: 'cleared', settled_minor: 50_000n, fee_minor: 1_650n, rate: null });
    expect(await entriesOf(gift.code)).toEqual(['gift_received']);
    expect(await tieOut(kit.db)).toBe(0n);
  });

  it('comes back before the webhook: the return page finds the money itself, and the webhook finds it done', async () => {
    kit.standin.control.pause();
    const gift = await kit.open({ channel: 'alipay' });
    await kit.press(gift.url, 'pay', 'alipay');
    const seen = await lookAtPayment(gift.checkoutId, kit.around);
    expect(seen).toMatchObject({ state: 'complete', status: 'cleared' });
    kit.standin.control.resume();
    await kit.quiet();
    expect(await entriesOf(gift.code)).toEqual(['gift_received']);
  });

  it('never comes back and the webhook is lost: the sweep finds both', async () => {
    kit.standin.control.pause();
    const gift = await kit.open();
    await kit.press(gift.url, 'pay');
    kit.standin.control.dropHeld();
    kit.standin.control.resume();
    expect((await giftOf(gift.code)).status).toBe('intent');
    const report = await sweepPayments(kit.around, { now: new Date(Date.now() + 600_000) });
    expect(report).toMatchObject({ interrupted: false });
    expect((await giftOf(gift.code)).status).toBe('cleared');
    // A second sweep finds nothing.
    expect(await sweepPayments(kit.around)).toMatchObject({ foundEvents: 0, payments: 0, refunds: 0 });
  });

  it('is declined: the page stays, nothing is booked; leaves: comes back to the same page', async () => {
    const gift = await kit.open();
    expect((await kit.press(gift.url, 'insufficient')).status).toBe(402);
    await kit.quiet();
    expect((await giftOf(gift.code)).status).toBe('intent');
    const again = must(await openAgain(gift.checkoutId, 'en', kit.visitor, `again:${newId()}`, kit.around));
    expect(again.url).toBe(gift.url);
    await kit.press(again.url, 'pay');
    await kit.quiet();
    expect((await giftOf(gift.code)).status).toBe('cleared');
  });

  it('is too late: the page ends, and another try gets a page of its own', async () => {
    const gift = await kit.open();
    must(await kit.gateway.expireCheckout(idOf(gift.url)));
    await kit.quiet();
    expect((await giftOf(gift.code)).status).toBe('expired');
    const again = must(await openAgain(gift.checkoutId, 'en', kit.visitor, `again:${newId()}`, kit.around));
    expect(again.url).not.toBe(gift.url);
    await kit.press(again.url, 'pay');
    await kit.quiet();
    expect((await giftOf(gift.code)).status).toBe('cleared');
    expect(await entriesOf(gift.code)).toEqual(['gift_received']);
  });

  it('pays by a delayed method: waiting, then here; or waiting, then not', async () => {
    const here = await kit.open();
    await kit.press(here.url, 'delayed');
    await kit.quiet();
    expect((await giftOf(here.code)).status).toBe('pending');
    kit.standin.control.finishDelayed(idOf(here.url), true);
    await kit.quiet();
    expect((await giftOf(here.code)).status).toBe('cleared');
    const not = await kit.open();
    await kit.press(not.url, 'delayed');
    await kit.quiet();
    kit.standin.control.finishDelayed(idOf(not.url), false);
    await kit.quiet();
    expect((await giftOf(not.code)).status).toBe('failed');
    expect(await entriesOf(not.code)).toEqual([]);
  });

  it('pays in yen, dinar thousandths and Hong Kong dollars: own amount, rate and yuan kept exactly', async () => {
    for (const [currency, amountMinor] of [
      ['JPY', 10_000n],
      ['KWD', 5_120n],
      ['HKD', 87_500n],
    ] as const) {
      const gift = await kit.open({ currency, amountMinor });
      await kit.press(gift.url, 'pay');
      await kit.quiet();
      const row = await giftOf(gift.code);
      expect(row).toMatchObject({ status: 'cleared', currency, amount_minor: amountMinor });
      expect(row.rate).toMatch(/^\d+(\.\d+)?$/);
      const [session] = await kit.db
        .selectFrom('checkout')
        .select('session_id')
        .where('donation_id', '=', row.id)
        .execute();
      const view = must(await kit.gateway.getCheckout(session?.session_id ?? ''));
      expect(row.settled_minor).toBe(view.settled?.minor);
      expect(row.fee_minor).toBe(view.fee?.minor);
    }
    expect(await tieOut(kit.db)).toBe(0n);
  });
});

describe('when the provider cannot be reached', () => {
  it('says so, keeps the try as unknown, and the same form finds the page that was made after all', async () => {
    const input = onlineGift();
    const key = `form:${newId()}`;
    const gift = must(await kit.run(startDonation, input, kit.visitor, key));
    kit.standin.control.trouble({
      kind: 'black_hole',
      worked: true,
      path: '/v1/checkout/sessions',
      method: 'POST',
    });
    const refused = await openPaymentPage(gift.checkoutId, 'en', kit.around);
    expect(refusalOf(refused).name).toBe('payment_provider_unavailable');
    const [row] = await kit.db.selectFrom('checkout').selectAll().where('id', '=', gift.checkoutId).execute();
    expect(row?.state).toBe('unknown');
    const same = must(await kit.run(startDonation, input, kit.visitor, key));
    expect(same.checkoutId).toBe(gift.checkoutId);
    const page = must(await openPaymentPage(gift.checkoutId, 'en', kit.around));
    await kit.press(page.url, 'pay');
    await kit.quiet();
    expect((await giftOf(gift.code)).status).toBe('cleared');
    const sessions = await kit.gateway.findCheckout(gift.checkoutId, new Date(Date.now() - 3_600_000));
    expect(must(sessions)?.id).toBe(idOf(page.url));
  });

  it('a stored failure is looked behind before a second key is used', async () => {
    for (const worked of [true, false]) {
      const gift = must(await kit.run(startDonation, onlineGift(), kit.visitor));
      kit.standin.control.trouble({
        kind: 'stored_500',
        worked,
        path: '/v1/checkout/sessions',
        method: 'POST',
      });
      const page = must(await openPaymentPage(gift.checkoutId, 'en', kit.around));
      await kit.press(page.url, 'pay');
      await kit.quiet();
      expect((await giftOf(gift.code)).status).toBe('cleared');
    }
  });

  it('a refused request ends the try: nothing could have been paid', async () => {
    const gift = must(
      await kit.run(startDonation, onlineGift({ currency: 'JPY', amountMinor: 1n }), kit.visitor),
    );
    const refused = await openPaymentPage(gift.checkoutId, 'en', kit.around);
    expect(refused.ok).toBe(false);
    expect((await giftOf(gift.code)).status).toBe('failed');
  });
});

describe('deliveries', () => {
  it('that are not signed, spoiled or stale are answered 400 and leave nothing', async () => {
    const before = await kit.db.selectFrom('stripe_event').select('event_id').execute();
    const body = Buffer.from('{"object":"event","id":"evt_forged"}');
    expect(await receiveWebhook(body, null, kit.around)).toEqual({ status: 400, eventId: null });
    expect(await receiveWebhook(body, 't=1,v1=00', kit.around)).toEqual({ status: 400, eventId: null });
    expect(await kit.db.selectFrom('stripe_event').select('event_id').execute()).toHaveLength(before.length);
  });

  it('doubled, late and shuffled, half of them lost: each gift is taken in once', async () => {
    kit.standin.control.delivery({ copies: 3, shuffle: 5, lose: 0.4 });
    const gifts = [];
    for (let n = 0; n < 25; n += 1) gifts.push(await kit.open());
    await Promise.all(gifts.map((gift) => kit.press(gift.url, 'pay')));
    await kit.quiet();
    kit.standin.control.calm();
    await kit.quiet();
    await sweepPayments(kit.around, { now: new Date(Date.now() + 600_000) });
    for (const gift of gifts) {
      expect((await giftOf(gift.code)).status).toBe('cleared');
      expect(await entriesOf(gift.code)).toEqual(['gift_received']);
    }
    expect(await tieOut(kit.db)).toBe(0n);
  });

  it('are left to the server that answered for five seconds before the queue has them too', async () => {
    const event = kit.standin.control.emit('customer.created', { id: 'cus_2', object: 'customer' });
    await kit.quiet();
    const { rows } = await sql<{ seconds: number }>`
      select round(extract(epoch from j.run_at - e.received_at))::int as seconds
      from graphile_worker._private_jobs j join stripe_event e on j.key = 'stripe_event:' || e.event_id
      where e.event_id = ${event.id}`.execute(kit.db);
    expect(rows).toEqual([{ seconds: 5 }]);
  });

  it('of something we do not know are kept, flagged and counted, never dropped with a 200', async () => {
    const event = kit.standin.control.emit('checkout.session.completed', {
      id: 'cs_test_nobody',
      object: 'checkout.session',
    });
    await kit.quiet();
    const row = await kit.db
      .selectFrom('stripe_event')
      .selectAll()
      .where('event_id', '=', event.id)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ done_at: null, outcome: 'flagged: provider_not_found', attempts: 1 });
    // Kept without its body: a giver's name and address are in there.
    expect(row.body).toEqual({});
    const other = kit.standin.control.emit('customer.created', { id: 'cus_1', object: 'customer' });
    await kit.quiet();
    expect(
      await kit.db
        .selectFrom('stripe_event')
        .select('outcome')
        .where('event_id', '=', other.id)
        .executeTakeFirstOrThrow(),
    ).toEqual({ outcome: 'not_for_us' });
  });

  it('worked on by ten at once are one act', async () => {
    kit.standin.control.pause();
    const gift = await kit.open();
    await kit.press(gift.url, 'pay');
    const [id] = kit.standin.control
      .events()
      .filter((event) => event.type === 'checkout.session.completed')
      .slice(-1)
      .map((event) => event.id);
    kit.standin.control.resume();
    await kit.quiet();
    const ends = await Promise.all(Array.from({ length: 10 }, () => workEvent(id ?? '', kit.around)));
    expect(new Set(ends)).toEqual(new Set(['done']));
    expect(await entriesOf(gift.code)).toEqual(['gift_received']);
  });
});

const idOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);
