import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disputeSteps, type SeenDispute } from '@/lib/donations/dispute.rules';
import {
  clearingEvent,
  decideMove,
  decideSettlement,
  DONATION_STATES,
  RECEIVED,
} from '@/lib/donations/donation.rules';
import { decideRefund, ownShare, takeBackFrom, type Place } from '@/lib/donations/refund.rules';
import { allocated, fees, paid, unallocated } from '@/lib/ledger/accounts.rules';
import { sumMinor } from '@/lib/shared/money';

const EVENTS = [...new Set(DONATION_STATES.edges.map((edge) => edge.event))];

describe('the life of a gift', () => {
  it('moves along its table and nowhere else', () => {
    for (const status of DONATION_STATES.states)
      for (const event of EVENTS) {
        const edge = DONATION_STATES.edges.find((one) => one.from === status && one.event === event);
        const decided = decideMove(status, event);
        expect(decided.ok ? decided.value : decided.refusal.name, `${status} ${event}`).toBe(
          edge?.to ?? 'illegal_state_change',
        );
      }
  });

  it('can always take in money that is really there, and never twice', () => {
    for (const status of DONATION_STATES.states) {
      const event = clearingEvent(status);
      if (RECEIVED.includes(status)) expect(event, status).toBeNull();
      else if (status !== 'recorded') expect(event, status).not.toBeNull();
    }
    // A gift by hand needs its second person first.
    expect(clearingEvent('recorded')).toBeNull();
  });

  it('leads from money back to no money only when the bank line that showed it is unmatched', () => {
    const back = DONATION_STATES.edges.filter(
      ({ from, to }) => RECEIVED.includes(from) && !RECEIVED.includes(to),
    );
    expect(back.map(({ event }) => event)).toEqual(['unclear', 'take_back']);
  });
});

describe('what a gift is worth', () => {
  const none = { settledMinor: null, feeMinor: 0n, rate: null, rateOn: null };

  it('in the book currency is itself, and a rate has no business there', () => {
    const gift = { currency: 'CNY', amountMinor: 500n };
    expect(decideSettlement(gift, 'CNY', none)).toEqual({
      ok: true,
      value: { settledMinor: 500n, feeMinor: 0n, rate: null, rateOn: null },
    });
    for (const over of [{ settledMinor: 499n }, { rate: '1.0' }, { feeMinor: 500n }, { feeMinor: -1n }])
      expect(decideSettlement(gift, 'CNY', { ...none, ...over }).ok).toBe(false);
  });

  it('in another currency needs amount, rate and day', () => {
    const gift = { currency: 'HKD', amountMinor: 87_500n };
    const full = { settledMinor: 81_200n, feeMinor: 0n, rate: '0.9280', rateOn: '2023-10-02' };
    expect(decideSettlement(gift, 'CNY', full).ok).toBe(true);
    for (const over of [
      { settledMinor: null },
      { settledMinor: 0n },
      { rate: null },
      { rate: '0' },
      { rate: '0.00' },
      { rate: '1e-3' },
      { rate: '-1' },
      { rate: '1,5' },
      { rateOn: null },
    ])
      expect(
        decideSettlement(gift, 'CNY', { ...full, ...over }).ok,
        JSON.stringify(over, (_k, v: unknown) => String(v)),
      ).toBe(false);
  });
});

describe('money going back', () => {
  const place = (account: Place['account'], heldMinor: bigint): Place => ({ account, heldMinor });
  const places = [
    place(fees('c'), 20n),
    place(paid('C-07-1'), 100n),
    place(allocated('ML-07'), 300n),
    place(unallocated('c'), 80n),
  ];

  it('takes what no road was promised first, then the road, the fee last', () => {
    const split = takeBackFrom(places, 400n);
    expect(split?.free.map((one) => [one.account.code, one.amountMinor])).toEqual([['unallocated:c', 80n]]);
    expect(split?.assigned.map((one) => [one.account.code, one.amountMinor])).toEqual([
      ['allocated:ML-07', 300n],
      ['paid:C-07-1', 20n],
    ]);
    expect(takeBackFrom(places, 500n)?.assigned.at(-1)?.account.code).toBe('fees:c');
    expect(takeBackFrom(places, 501n)).toBeNull();
  });

  it('always takes exactly what is asked, from places that hold it', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 500n }), (amount) => {
        const split = takeBackFrom(places, amount);
        const all = [...(split?.free ?? []), ...(split?.assigned ?? [])];
        expect(sumMinor(all.map((one) => one.amountMinor))).toBe(amount);
        for (const one of all)
          expect(one.amountMinor).toBeLessThanOrEqual(
            places.find((held) => held.account.code === one.account.code)?.heldMinor ?? 0n,
          );
      }),
    );
  });

  it('in the giver’s own currency adds up to what they gave, however it is cut', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 1_000_000n }),
        fc.bigInt({ min: 1n, max: 1_000_000n }),
        fc.array(fc.bigInt({ min: 1n, max: 300_000n }), { maxLength: 8 }),
        (amountMinor, settledMinor, cuts) => {
          let goneMinor = 0n;
          let goneOwnMinor = 0n;
          for (const cut of [...cuts, settledMinor]) {
            const part = cut < settledMinor - goneMinor ? cut : settledMinor - goneMinor;
            if (part === 0n) break;
            const own = ownShare({ amountMinor, settledMinor }, { goneMinor, goneOwnMinor }, part);
            expect(own).toBeGreaterThanOrEqual(0n);
            goneMinor += part;
            goneOwnMinor += own;
            expect(goneOwnMinor).toBeLessThanOrEqual(amountMinor);
          }
          if (goneMinor === settledMinor) expect(goneOwnMinor).toBe(amountMinor);
        },
      ),
    );
  });

  it('is refused beyond the gift and for gifts that are not here', () => {
    expect(decideRefund({ status: 'cleared', settledMinor: 500n }, 400n, 100n).ok).toBe(true);
    expect(decideRefund({ status: 'cleared', settledMinor: 500n }, 400n, 101n).ok).toBe(false);
    for (const status of ['intent', 'recorded', 'refunded', 'disputed', 'lost'] as const)
      expect(decideRefund({ status, settledMinor: 500n }, 0n, 1n).ok).toBe(false);
  });
});

describe('a dispute', () => {
  const seen = (over: Partial<SeenDispute>): SeenDispute => ({
    providerId: 'du_1',
    reason: 'fraudulent',
    openedOn: '2024-01-01',
    withdrawn: { amountMinor: 500n, feeMinor: 85n },
    reinstated: null,
    outcome: 'open',
    ...over,
  });

  it('follows from the object, not from the order of its events', () => {
    expect(disputeSteps(seen({ withdrawn: null }), null)).toEqual([]);
    expect(disputeSteps(seen({}), null)).toEqual(['open']);
    expect(disputeSteps(seen({}), { status: 'open' })).toEqual([]);
    expect(disputeSteps(seen({ outcome: 'lost' }), null)).toEqual(['open', 'lose']);
    const back = { amountMinor: 500n, feeMinor: 0n };
    expect(disputeSteps(seen({ outcome: 'won', reinstated: back }), null)).toEqual(['open', 'win']);
    expect(disputeSteps(seen({ outcome: 'won', reinstated: back }), { status: 'open' })).toEqual(['win']);
    // Won in words but not yet in money: still away.
    expect(disputeSteps(seen({ outcome: 'won' }), { status: 'open' })).toEqual([]);
    expect(disputeSteps(seen({ outcome: 'lost' }), { status: 'lost' })).toEqual([]);
  });
});
