import { convert, feeOf } from './fees';
import { makeCharge, settle } from './objects/charges';
import { makeIntent } from './objects/intents';
import { behaviourOf, makeMethod, mannerFor } from './objects/methods';
import { change } from './events';
import type { World } from './world';

/**
 * Paid gifts without anything being sent: for lists of thousands. Amounts differ by one unit each, so that a
 * line can be told from the next. Answers what the settlement must come to.
 */
export const seedPayments = (
  world: World,
  count: number,
  amount: number,
  currency: string,
): {
  readonly count: number;
  readonly gross: number;
  readonly fees: number;
  readonly charges: readonly string[];
} => {
  world.muted = true;
  let gross = 0;
  let fees = 0;
  const charges: string[] = [];
  try {
    const method = makeMethod(world, { ...mannerFor('card', 'succeed'), available: 'now' });
    for (let n = 0; n < count; n += 1) {
      const intent = makeIntent(world, {
        amount: amount + n,
        currency,
        types: ['card'],
        captureMethod: 'automatic',
      });
      const charge = makeCharge(world, intent, method, behaviourOf(world, method.id), 'succeeded');
      settle(world, charge);
      change(world, 'intent', intent, {
        status: 'succeeded',
        amount_received: intent.amount,
        latest_charge: charge.id,
        payment_method: method.id,
      });
      const settled = convert(intent.amount, currency, world.settings.settlementCurrency, world.rates).amount;
      gross += settled;
      fees += feeOf(settled, 'card', world.settings.fees);
      charges.push(charge.id);
    }
  } finally {
    world.muted = false;
  }
  return { count, gross, fees, charges };
};
