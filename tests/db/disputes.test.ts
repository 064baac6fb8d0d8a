import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PaymentKit } from './payments-kit';
import { idOf, RefundKit } from './refunds-kit';

let refunds: RefundKit;
let kit: PaymentKit;
beforeAll(async () => {
  refunds = await RefundKit.open();
  kit = refunds.payments;
});
afterAll(() => refunds.close());

describe('a dispute', () => {
  const disputed = async () => {
    const gift = await kit.open();
    await kit.press(gift.url, 'pay');
    await kit.quiet();
    const dispute = kit.standin.control.dispute(idOf(gift.url));
    await kit.quiet();
    return { ...gift, dispute: dispute.id };
  };

  it('takes the money and a fee; won, everything that came back serves its purpose again', async () => {
    const gift = await disputed();
    expect(await refunds.statusOf(gift.code)).toBe('disputed');
    expect((await refunds.placesOf(gift.code))['lost:gen-hun-meng']).toBe('50000');
    await refunds.sound();
    kit.standin.control.closeDispute(gift.dispute, true);
    await kit.quiet();
    expect(await refunds.statusOf(gift.code)).toBe('won');
    expect(await refunds.placesOf(gift.code)).toEqual({
      'fees:gen-hun-meng': '1650',
      'unallocated:gen-hun-meng': '48350',
    });
    await refunds.sound();
  });

  it('lost, stays lost, and the holes have names', async () => {
    const gift = await disputed();
    kit.standin.control.closeDispute(gift.dispute, false);
    await kit.quiet();
    expect(await refunds.statusOf(gift.code)).toBe('lost');
    const open = await kit.db
      .selectFrom('shortfall')
      .innerJoin('donation', 'donation.id', 'shortfall.donation_id')
      .select(['shortfall.cause', 'shortfall.amount_minor'])
      .where('donation.code', '=', gift.code)
      .where('resolved_on', 'is', null)
      .orderBy('shortfall.code')
      .execute();
    expect(open[0]).toEqual({ cause: 'dispute', amount_minor: 1_650n });
    await refunds.sound();
  });

  it('that only asks moves nothing', async () => {
    const gift = await kit.open();
    await kit.press(gift.url, 'pay');
    await kit.quiet();
    kit.standin.control.dispute(idOf(gift.url), { inquiry: true });
    await kit.quiet();
    expect(await refunds.statusOf(gift.code)).toBe('cleared');
    await refunds.sound();
  });
});
