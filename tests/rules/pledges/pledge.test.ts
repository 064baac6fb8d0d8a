import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideOpenFor } from '@/lib/pledges/giving.rules';
import {
  decideApplication,
  decideEnd,
  decideInstalments,
  decideReturn,
  outstandingMinor,
  overdueMinor,
  planInstalments,
  PLEDGE_STATES,
  promisedMinor,
  type PledgeStatus,
} from '@/lib/pledges/pledge.rules';
import { sumMinor } from '@/lib/shared/money';
import { nextState } from '@/lib/shared/state-table';

const STATUSES = PLEDGE_STATES.states;

describe('the life of a promise', () => {
  it('goes draft, open, partly fulfilled, fulfilled; and every state can be reached', () => {
    const reached = new Set<string>(PLEDGE_STATES.initial);
    for (let n = 0; n < STATUSES.length; n += 1)
      for (const { from, to } of PLEDGE_STATES.edges) if (reached.has(from)) reached.add(to);
    expect([...reached].sort()).toEqual([...STATUSES].sort());
  });

  it('lets nothing out of cancelled and released, and only money out of written off', () => {
    const out = (from: PledgeStatus) => PLEDGE_STATES.edges.filter((edge) => edge.from === from);
    expect(out('cancelled')).toEqual([]);
    expect(out('released_hardship')).toEqual([]);
    expect(out('written_off')).toEqual([{ from: 'written_off', event: 'reopen', to: 'partly_fulfilled' }]);
  });

  it('ends in three ways while it is open, never after it is fulfilled', () => {
    for (const event of ['cancel', 'write_off', 'release'] as const)
      for (const status of STATUSES) {
        const decided = decideEnd(status, event);
        const allowed = nextState(PLEDGE_STATES, status, event) !== null && status !== 'fulfilled';
        expect(decided.ok, `${status} ${event}`).toBe(allowed);
        if (!decided.ok)
          expect(decided.refusal.name).toBe(
            status === 'fulfilled' ? 'pledge_settled' : 'illegal_state_change',
          );
      }
  });
});

describe('a plan of parts', () => {
  const part = (dueOn: string, amountMinor: bigint) => ({ dueOn, amountMinor });

  it('adds up to the promise, goes forward in time, and one part is a plan', () => {
    expect(decideInstalments(500n, [part('2023-10-16', 500n)], '2023-09-16').ok).toBe(true);
    expect(decideInstalments(500n, [part('2023-09-16', 500n)], '2023-09-16').ok).toBe(true);
    const wrong: [Parameters<typeof decideInstalments>[1], string][] = [
      [[], 'invalid_input'],
      [[part('2023-10-16', 499n)], 'instalments_do_not_add_up'],
      [[part('2023-09-15', 500n)], 'invalid_input'],
      [[part('2023-11-16', 250n), part('2023-10-16', 250n)], 'invalid_input'],
      [[part('2023-10-16', 250n), part('2023-10-16', 250n)], 'invalid_input'],
    ];
    for (const [parts, name] of wrong) {
      const decided = decideInstalments(500n, parts, '2023-09-16');
      expect(decided.ok ? 'ok' : decided.refusal.name).toBe(name);
    }
  });

  it('made by us is always accepted, to the fen, over months of any length', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom(1, 3),
        fc.constantFrom('2023-01-31', '2024-02-29', '2023-08-30'),
        (amount, count, every, first) => {
          fc.pre(amount >= BigInt(count));
          const plan = planInstalments(amount, count, first, every);
          expect(decideInstalments(amount, plan, '2023-01-01').ok).toBe(true);
          const amounts = plan.map((one) => one.amountMinor);
          expect((amounts[0] ?? 0n) - (amounts.at(-1) ?? 0n)).toBeLessThanOrEqual(1n);
        },
      ),
    );
  });

  it('is overdue by what should have come before today and has not', () => {
    const plan = [part('2023-10-16', 100n), part('2023-11-16', 100n), part('2023-12-16', 100n)];
    expect(overdueMinor('open', plan, 0n, '2023-10-16')).toBe(0n);
    expect(overdueMinor('open', plan, 0n, '2023-10-17')).toBe(100n);
    expect(overdueMinor('partly_fulfilled', plan, 150n, '2023-11-17')).toBe(50n);
    expect(overdueMinor('written_off', plan, 0n, '2024-01-01')).toBe(0n);
  });
});

describe('applying gifts', () => {
  it('never applies more than was promised, and what a promise adds to the public number stays told', () => {
    const event = fc.oneof(
      fc.record({ kind: fc.constant('gift' as const), amount: fc.bigInt({ min: 1n, max: 2_000n }) }),
      fc.record({
        kind: fc.constant('end' as const),
        how: fc.constantFrom('cancel', 'write_off', 'release'),
      }),
      fc.record({ kind: fc.constant('return' as const), left: fc.bigInt({ min: 0n, max: 2_000n }) }),
    );
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 3_000n }),
        fc.array(event, { maxLength: 12 }),
        (pledged, events) => {
          let status: PledgeStatus = 'open';
          let applied = 0n;
          // As the log tells it: made and reopened, less cancelled, written off and released.
          let told = pledged;
          let lastGift = 0n;
          for (const one of events) {
            if (one.kind === 'gift') {
              const { applyMinor, moves } = decideApplication(status, pledged, applied, one.amount);
              expect(applyMinor).toBeGreaterThanOrEqual(0n);
              expect(applyMinor).toBeLessThanOrEqual(one.amount);
              if (moves[0]?.event === 'reopen') told += pledged - applied;
              applied += applyMinor;
              lastGift = applyMinor;
              status = moves.at(-1)?.to ?? status;
            } else if (one.kind === 'return') {
              const { applyMinor, moves } = decideReturn(status, applied, lastGift, one.left);
              applied += applyMinor;
              lastGift += applyMinor;
              status = moves.at(-1)?.to ?? status;
              // A promise that had ended keeps less than was told; only a fulfilled or open one is told in full.
              if (!['open', 'partly_fulfilled', 'fulfilled'].includes(status)) return;
            } else {
              const ended = decideEnd(status, one.how as 'cancel');
              if (!ended.ok) continue;
              told -= pledged - applied;
              status = ended.value;
            }
            expect(applied).toBeGreaterThanOrEqual(0n);
            expect(applied).toBeLessThanOrEqual(pledged);
            expect(promisedMinor(status, pledged, applied)).toBe(told);
            expect(outstandingMinor(status, pledged, applied)).toBe(
              status === 'open' || status === 'partly_fulfilled' ? pledged - applied : 0n,
            );
            if (status === 'fulfilled') expect(applied).toBe(pledged);
            if (status === 'open') expect(applied).toBe(0n);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('reopens a promise that was written off before it fulfils it', () => {
    expect(decideApplication('written_off', 500n, 0n, 500n).moves.map((move) => move.event)).toEqual([
      'reopen',
      'fulfil',
    ]);
    expect(decideApplication('written_off', 500n, 100n, 100n).moves.map((move) => move.event)).toEqual([
      'reopen',
    ]);
    expect(decideApplication('cancelled', 500n, 0n, 500n)).toEqual({ applyMinor: 0n, moves: [] });
  });
});

describe('whether a campaign takes a promise or a gift', () => {
  const campaign = {
    id: 'c',
    status: 'open',
    opensOn: '2023-09-06',
    endsOn: '2024-09-15',
    timeZone: 'Asia/Shanghai',
  };
  // 23:30 on the 14th in Greenwich is already the 15th in Zhongshan.
  const now = new Date('2024-09-14T23:30:00Z');
  const none = { designation: null, road: null };

  it('counts days as the charity does', () => {
    expect(decideOpenFor(campaign, none, '2024-09-15', now).ok).toBe(true);
    const tomorrow = decideOpenFor(campaign, none, '2024-09-16', now);
    expect(tomorrow.ok ? '' : tomorrow.refusal.name).toBe('date_in_future');
    const early = decideOpenFor(campaign, none, '2023-09-05', now);
    expect(early.ok ? '' : early.refusal.name).toBe('campaign_not_open');
  });

  it('refuses a road that is finished, stopped, unknown, or of another campaign', () => {
    const answer = (status: string, campaignId = 'c') => {
      const decided = decideOpenFor(
        campaign,
        { designation: 'ML-07', road: { campaignId, status } },
        '2024-09-01',
        now,
      );
      return decided.ok ? 'ok' : decided.refusal.name;
    };
    for (const status of ['proposed', 'approved', 'funded', 'contracted', 'in_progress', 'rework'])
      expect(answer(status)).toBe('ok');
    for (const status of ['accepted', 'in_warranty', 'closed', 'suspended', 'cancelled'])
      expect(answer(status)).toBe('segment_not_open');
    expect(answer('approved', 'other')).toBe('segment_not_open');
    expect(decideOpenFor(campaign, { designation: 'ML-99', road: null }, '2024-09-01', now).ok).toBe(false);
  });
});

it('sums of parts are the whole', () => {
  expect(sumMinor(planInstalments(100n, 3, '2024-01-31', 1).map((part) => part.amountMinor))).toBe(100n);
  expect(planInstalments(100n, 3, '2024-01-31', 1).map((part) => part.dueOn)).toEqual([
    '2024-01-31',
    '2024-02-29',
    '2024-03-31',
  ]);
});
