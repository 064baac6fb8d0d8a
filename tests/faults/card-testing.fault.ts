import '../support/settings';
import { expect, it } from 'vitest';
import { openPaymentKit } from '../db/payments-kit';
import { person } from '../db/donations-kit';
import { runAttack } from './card-testing-kit';

it('ten thousand tries from five hundred addresses, two hundred givers among them', async () => {
  const kit = await openPaymentKit();
  try {
    const clerk = await person(kit.db, 'Mei', ['clerk']);
    await kit.db.insertInto('person_role').values({ person_id: clerk.personId, role: 'clerk' }).execute();
    const outcome = await runAttack(kit, { tries: 10_000, addresses: 500, donors: 200, easier: 5 });
    console.log(JSON.stringify(outcome));
    expect(outcome.reached).toBeLessThanOrEqual(50);
    expect(outcome.donorsStopped).toBeLessThanOrEqual(2);
    expect(outcome.alarmAfterMs ?? Infinity).toBeLessThanOrEqual(60_000);
  } finally {
    await kit.close();
  }
});
