import { describe, expect, it } from 'vitest';
import {
  declinesPerPage,
  formAge,
  decideTry,
  isBroken,
  strangersMax,
  type SourceCounts,
  type TryCounts,
  type Trying,
} from '@/lib/payments/defence.rules';

const quiet: SourceCounts = { declined: 0, paid: 0, unpaid: 1 };
const counts = (over: Partial<TryCounts>, all: Partial<TryCounts['all']> = {}): TryCounts => ({
  network: quiet,
  subnet: quiet,
  device: quiet,
  email: null,
  ...over,
  all: { declined: 0, paid: 0, opened: 1, alarmed: false, strangers: 1, ...all },
});
const card: Trying = { card: true, worked: false, known: false };
const worked = { ...card, worked: true };
const known = { ...card, known: true };
const wallet = { ...card, card: false };
const paying: SourceCounts = { declined: 0, paid: 1, unpaid: 10 };

describe('who may have a payment page', () => {
  it('lets a giver through when nothing speaks against it', () => {
    expect(decideTry(counts({}), card)).toEqual({ do: 'pass' });
  });

  it('takes a form that a person had the time to read, and none of yesterday or tomorrow', () => {
    const now = Date.UTC(2026, 10, 26);
    const ages = [-60_000, 0, 2_999, 3_000, 7_200_000, 7_200_001].map((age) => formAge(now - age, now));
    expect(ages).toEqual(['young', 'young', 'young', 'ok', 'ok', 'old']);
  });

  it('counts open card pages of strangers together: first a second of work, then a mailbox, which work does not replace', () => {
    const max = strangersMax(0);
    expect(decideTry(counts({}, { strangers: max / 2 }), card).do).toBe('pass');
    expect(decideTry(counts({}, { strangers: max / 2 + 1 }), card)).toMatchObject({
      do: 'prove',
      why: 'strangers',
    });
    expect(decideTry(counts({}, { strangers: max }), worked).do).toBe('pass');
    expect(decideTry(counts({}, { strangers: max + 1 }), worked)).toEqual({ do: 'vouch', why: 'strangers' });
    expect(decideTry(counts({ email: quiet }, { strangers: max + 1 }), known).do).toBe('pass');
    // One page for one mailbox.
    expect(decideTry(counts({ email: { ...quiet, unpaid: 2 } }, { strangers: max + 1 }), known)).toEqual({
      do: 'vouch',
      why: 'open_email',
    });
    // More gifts make room for more pages; a wallet's page takes no card.
    expect(decideTry(counts({}, { strangers: max + 1, paid: 15 }), worked).do).toBe('pass');
    expect(decideTry(counts({}, { strangers: max * 9 }), { ...wallet, worked: true }).do).toBe('pass');
  });

  it('knows a hall by its paid gifts, and gives it room by their number', () => {
    expect(decideTry(counts({ network: { ...paying, unpaid: 18 } }, { strangers: 99 }), worked).do).toBe(
      'pass',
    );
    expect(decideTry(counts({ network: { ...paying, unpaid: 19 } }), worked)).toEqual({
      do: 'vouch',
      why: 'open_network',
    });
    // As many refused cards as gifts is no hall.
    expect(decideTry(counts({ network: { ...paying, declined: 1 } }, { strangers: 99 }), worked).do).toBe(
      'vouch',
    );
  });

  it('while cards are tried out asks strangers for a mailbox, payers for work, and sends refused ones away sooner', () => {
    const attacked = { declined: 6 };
    expect(decideTry(counts({}, attacked), worked)).toEqual({ do: 'vouch', why: 'breaker' });
    expect(decideTry(counts({ network: paying }, attacked), card)).toMatchObject({
      do: 'prove',
      why: 'breaker',
    });
    expect(decideTry(counts({}, attacked), wallet)).toMatchObject({ do: 'prove', why: 'breaker' });
    const refused = { declined: 2, paid: 0, unpaid: 1 };
    expect(decideTry(counts({ device: refused }), card).do).toBe('pass');
    expect(decideTry(counts({ device: refused }, attacked), known)).toEqual({
      do: 'refuse',
      why: 'declined_device',
    });
  });

  it('is broken by refused cards that gifts do not explain, and then closes pages sooner', () => {
    expect(isBroken({ declined: 5, paid: 0 })).toBe(false);
    expect(isBroken({ declined: 6, paid: 0 })).toBe(true);
    expect(isBroken({ declined: 6, paid: 60 })).toBe(false);
    expect(isBroken({ declined: 7, paid: 60 })).toBe(true);
    expect([false, true].map((paying) => declinesPerPage({ paying }, false))).toEqual([3, 3]);
    expect([false, true].map((paying) => declinesPerPage({ paying }, true))).toEqual([1, 3]);
  });
});
