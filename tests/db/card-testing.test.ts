import '../support/settings';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { allProofsHold } from '../support/act';
import { runAttack } from '../faults/card-testing-kit';
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

it('lets hardly any of many tries through to the provider, stops no giver, and tells staff', async () => {
  const outcome = await runAttack(kit, { tries: 160, addresses: 80, donors: 8, easier: 12 });
  expect(outcome.donors).toBe(8);
  expect(outcome.donorsStopped).toBe(0);
  expect(outcome.reached).toBeLessThanOrEqual(15);
  expect(outcome.alarmAfterTries).not.toBeNull();
  expect(outcome.alarmAfterMs ?? Infinity).toBeLessThan(60_000);
  // Every giver's money is here once, and none of the attackers'.
  const cleared = await kit.db
    .selectFrom('donation')
    .select('status')
    .where('status', '=', 'cleared')
    .execute();
  expect(cleared).toHaveLength(8);
  const refused = await kit.db
    .selectFrom('giving_try')
    .select((eb) => eb.fn.countAll<bigint>().as('n'))
    .where('outcome', '<>', 'passed')
    .executeTakeFirstOrThrow();
  expect(Number(refused.n)).toBeGreaterThan(100);
  await allProofsHold(kit.reader);
});
