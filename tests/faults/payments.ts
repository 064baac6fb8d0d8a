import { sql } from 'kysely';
import { expect, vi } from 'vitest';
import { startDonation } from '@/lib/payments/checkout.commands';
import { openPaymentPage } from '@/lib/payments/checkout.flow';
import { sweepPayments } from '@/lib/payments/sweep.flow';
import { prove } from '@/lib/proofs/proofs.queries';
import { newId } from '@/lib/shared/id';
import { donor, must, tieOut } from '../db/donations-kit';
import { onlineGift, openPaymentKit, type PaymentKit } from '../db/payments-kit';

export type Asked = { readonly code: string; readonly checkoutId: string };

/** With books and a stand-in of the provider, which are put away whatever happens. */
export const withPayments = async <T>(work: (kit: PaymentKit) => Promise<T>): Promise<T> => {
  const kit = await openPaymentKit();
  try {
    return await work(kit);
  } finally {
    await kit.close();
  }
};

let givers = 0;

/** A gift somebody means to give, with an address for the letter, under the key of their form. */
export const mean = async (kit: PaymentKit, key = `form:${newId()}`): Promise<Asked> => {
  givers += 1;
  const input = onlineGift({ donor: { ...donor(`Giver ${givers}`), email: `giver${givers}@example.org` } });
  return must(await kit.run(startDonation, input, kit.visitor, key));
};

/** Presses "pay" as often as a person would who is told that the provider cannot be reached; null when it stays so. */
export const pageOf = async (
  kit: PaymentKit,
  { checkoutId }: Asked,
  tries: number,
): Promise<string | null> => {
  for (let left = tries; left > 0; left -= 1) {
    const page = await openPaymentPage(checkoutId, 'en', kit.around);
    if (page.ok) return page.value.url;
    if (page.refusal.name !== 'payment_provider_unavailable')
      throw new Error(`the giver was told ${page.refusal.name}`);
  }
  return null;
};

/** `work` for each, a few at a time. */
export const each = async <T, R>(
  all: readonly T[],
  width: number,
  work: (one: T, index: number) => Promise<R>,
): Promise<R[]> => {
  const results: R[] = [];
  for (let from = 0; from < all.length; from += width)
    results.push(
      ...(await Promise.all(all.slice(from, from + width).map((one, at) => work(one, from + at)))),
    );
  return results;
};

export const countTo = (n: number): number[] => Array.from({ length: n }, (_, index) => index);

/** Sweeps until a sweep finds nothing more to do, as the worker does every five minutes. */
export const sweepAll = async (kit: PaymentKit, now = new Date()): Promise<number> => {
  for (let sweeps = 1; ; sweeps += 1) {
    const { foundEvents, workedEvents, payments, interrupted } = await sweepPayments(kit.around, {
      now: new Date(now.getTime() + 600_000),
    });
    if (foundEvents + workedEvents + payments === 0 && !interrupted) return sweeps;
    if (sweeps === 20) throw new Error('the sweep does not come to its end');
  }
};

const DAY_AND_MORE_MS = 26 * 3_600_000;

/** Moves the clocks of app and provider on until every page has run out, and sweeps. */
export const dayLater = async (kit: PaymentKit): Promise<void> => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + DAY_AND_MORE_MS });
  try {
    kit.standin.control.advance(DAY_AND_MORE_MS / 1_000);
    await kit.quiet();
    await sweepAll(kit);
  } finally {
    vi.useRealTimers();
  }
};

/**
 * The provider's charges against the books: each charge is one gift with one entry and one lot, nothing was charged that
 * is not there, the two books tie out, every proof holds.
 */
export const settle = async (kit: PaymentKit) => {
  const charges = new Set(
    kit.standin.control
      .events()
      .filter(({ type }) => type === 'charge.succeeded')
      .map(({ data }) => (data.object as { id: string }).id),
  );
  const taken = await kit.db
    .selectFrom('checkout')
    .select('charge_id')
    .where('charge_id', 'is not', null)
    .execute();
  const { rows } = await sql<{ entries: number; lots: number }>`
    select (select count(*)::int from entry where kind = 'gift_received') as entries,
      (select count(*)::int from lot) as lots`.execute(kit.db);
  const { entries = -1, lots = -1 } = rows[0] ?? {};
  const known = new Set(taken.map((row) => row.charge_id));
  const broken = (await prove(kit.reader)).filter(({ offenders }) => offenders > 0n).map(({ name }) => name);
  const apart = await tieOut(kit.db);
  const found = {
    charges: charges.size,
    missing: [...charges].filter((id) => !known.has(id)).length,
    doubled: entries - charges.size + (lots - charges.size),
  };
  return {
    found,
    check: (): void => {
      expect(found).toMatchObject({ missing: 0, doubled: 0 });
      expect(broken).toEqual([]);
      expect(apart).toBe(0n);
    },
  };
};

export const SETTLED =
  'each charge at the provider is one gift with one entry and one lot; the books tie out; all proofs';

/** States of all tries, counted. */
export const tries = async (kit: PaymentKit): Promise<Record<string, number>> => {
  const rows = await kit.db
    .selectFrom('checkout')
    .select(['state', (eb) => eb.fn.countAll<bigint>().as('n')])
    .groupBy('state')
    .execute();
  return Object.fromEntries(rows.map(({ state, n }) => [state, Number(n)]));
};
