import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { signature } from '../stripe-standin/delivery';
import { option, paceOf, type Pace } from './post';
import { median } from './public-load';
import { onStack } from './public-stack';
import { pgbench, record, scriptOf, WARM_UP_SECONDS } from './same-sql';

const CLIENTS = [1, 8, 16, 32];

/**
 * `npm run bench -- webhook`: signed deliveries to the running product, counted when they are answered 2xx, that is when
 * the event is kept; the product works on them meanwhile as it always does. Against the statements that keep one event,
 * prepared, in pgbench on the same database; they take turns. `--seconds 3`, `--rounds 3`.
 */
export const benchWebhook = async (args: readonly string[]): Promise<Record<string, unknown>> => {
  const seconds = option(args, 'seconds', 3);
  const rounds = option(args, 'rounds', 3);
  return onStack(async ({ url, databaseUrl, folder, environment }) => {
    const secret = environment['STRIPE_WEBHOOK_SECRET'] ?? '';
    const run = randomBytes(4).toString('hex');
    const deliver = (part: string) => async (client: number, n: number) => {
      const body = event(`evt_${run}${part}${client}x${n}`);
      const answer = await fetch(`${url}/api/stripe/webhook`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'stripe-signature': signature(body, secret, Math.floor(Date.now() / 1000)),
        },
        body,
      });
      await answer.arrayBuffer();
      if (answer.status !== 200) throw new Error(`a delivery was answered ${answer.status}`);
    };

    const eventId = 'evt_recorded0000';
    const { keepEvent } = await import('@/lib/payments/stripe-event.flow');
    const notice = { id: eventId, type: TYPE, objectId: 'cus_bench', objectType: 'customer' };
    const sent = await record(databaseUrl, (db) =>
      keepEvent({ ...notice, livemode: false, created: new Date() } as never, db),
    );
    const script = scriptOf(sent, [{ was: eventId, sql: `'evt_' || :n` }]);

    const found: Record<string, unknown> = { statements: sent.length };
    for (const clients of CLIENTS) {
      const ours: Pace[] = [];
      const theirs: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        await paceOf(clients, WARM_UP_SECONDS, deliver(`w${clients}r${round}c`));
        ours.push(await paceOf(clients, seconds, deliver(`m${clients}r${round}c`)));
        theirs.push(await pgbench(script, join(folder, 'event.sql'), databaseUrl, clients, seconds));
      }
      const perSecond = median(ours.map((one) => one.perSecond));
      const inPgbench = median(theirs);
      found[`${clients} clients`] = {
        perSecond: Math.round(perSecond),
        inPgbench: Math.round(inPgbench),
        ratio: Math.round((perSecond / inPgbench) * 100) / 100,
        p50Ms: median(ours.map((one) => one.p50Ms)),
        p95Ms: median(ours.map((one) => one.p95Ms)),
      };
      console.error(`webhook, ${clients} clients: ${JSON.stringify(found[`${clients} clients`])}`);
    }
    return found;
  });
};

/** One we keep and have nothing to do for: what is measured is receiving, not what follows from it. */
const TYPE = 'customer.created';

const event = (id: string): string =>
  JSON.stringify({
    id,
    object: 'event',
    api_version: '2026-01-28.clover',
    created: Math.floor(Date.now() / 1000),
    data: { object: { id: 'cus_bench', object: 'customer' } },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type: TYPE,
  });
