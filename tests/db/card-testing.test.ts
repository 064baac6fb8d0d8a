import '../support/settings';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { allProofsHold } from '../support/act';
import { closeLeftPages } from '@/lib/payments/defence.flow';
import { makeFormToken } from '@/lib/payments/form-token';
import { newId } from '@/lib/shared/id';
import { attempt, runAttack } from '../faults/card-testing-kit';
import { person } from './donations-kit';
import { openPaymentKit, type PaymentKit } from './payments-kit';

let kit: PaymentKit;
beforeAll(async () => {
  kit = await openPaymentKit();
  const clerk = await person(kit.db, 'Mei', ['clerk']);
  await kit.db.insertInto('person_role').values({ person_id: clerk.personId, role: 'clerk' }).execute();
});
afterAll(async () => {
  await kit.close();
});

const cleared = () =>
  kit.db.selectFrom('donation').select('status').where('status', '=', 'cleared').execute();

/** As if the tries that have an open page had been made eleven minutes earlier. */
const later = async (): Promise<void> => {
  const owner = new pg.Client({ connectionString: kit.test.url });
  await owner.connect();
  await owner.query(
    `update giving_try t set at = t.at - interval '11 minutes' from checkout k where k.id = t.checkout_id and k.state = 'open'`,
  );
  await owner.end();
};

it('gives a hall behind one address its pages all at once, with a moment of waiting at most', async () => {
  const guests = Array.from({ length: 40 }, (_, n) => ({
    network: '203.0.113.99',
    device: newId(),
    email: `guest${n}@example.org`,
    works: true,
    mailbox: false,
  }));
  let waiting = guests;
  let rounds = 0;
  while (waiting.length > 0 && rounds < 3) {
    rounds += 1;
    const seen = await Promise.all(
      waiting.map(async (guest) => ({
        guest,
        tried: await attempt(kit, guest, makeFormToken(Date.now() - 30_000), 12),
      })),
    );
    expect(seen.filter(({ tried }) => tried.end === 'refuse')).toEqual([]);
    for (const { tried } of seen) if (tried.url !== null) await kit.press(tried.url, 'pay');
    await kit.quiet();
    waiting = seen.filter(({ tried }) => tried.url === null).map(({ guest }) => guest);
  }
  expect(waiting).toEqual([]);
  expect(rounds).toBeLessThanOrEqual(3);
});

it('closes pages that strangers left open when they hold too many, and then lets others on', async () => {
  const stranger = (n: number) => ({
    network: `192.0.${n}.1`,
    device: newId(),
    email: null,
    works: true,
    mailbox: false,
  });
  const tries = [];
  for (let n = 0; n < 30; n += 1)
    tries.push(await attempt(kit, stranger(n), makeFormToken(Date.now() - 30_000), 12));
  const open = tries.filter(({ url }) => url !== null).length;
  // Ten, and one for every fifteen gifts of the hall before.
  expect(open).toBe(12);
  expect(tries.at(-1)?.end).toBe('vouch');
  expect(await closeLeftPages(kit.around)).toBe(0);
  await later();
  expect(await closeLeftPages(kit.around)).toBe(12);
  await kit.quiet();
  expect((await attempt(kit, stranger(40), makeFormToken(Date.now() - 30_000), 12)).end).toBe('pass');
});

it.each(['in turn', 'all first'] as const)(
  'lets hardly any of many tries through to the provider, stops no giver, and tells staff: %s',
  async (opening) => {
    const before = (await cleared()).length;
    const outcome = await runAttack(kit, {
      tries: 160,
      addresses: 80,
      perSubnet: opening === 'in turn' ? 100 : 1,
      donors: 8,
      opening,
      easier: 12,
    });
    expect(outcome.donors).toBe(8);
    expect(outcome.donorsStopped).toBe(0);
    expect(outcome.reached).toBeLessThanOrEqual(opening === 'in turn' ? 15 : 30);
    expect(outcome.alarmAfterTries).not.toBeNull();
    expect(outcome.alarmAfterMs ?? Infinity).toBeLessThan(60_000);
    // Every giver's money is here once, and none of the attackers'.
    expect(await cleared()).toHaveLength(before + 8);
    await allProofsHold(kit.reader);
  },
);
