import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startDonation } from '@/lib/payments/checkout.commands';
import { openPaymentPage } from '@/lib/payments/checkout.flow';
import type { StripeGateway } from '@/lib/payments/stripe.gateway';
import { workEvent, type Around } from '@/lib/payments/stripe-event.flow';
import { receiveWebhook } from '@/lib/payments/webhook.flow';
import { startStandin, type Standin } from '../stripe-standin/server';
import { gatewayFor, press, SECRET_KEY, WEBHOOK_SECRET } from '../stripe-standin/testing';
import { donor, must, openKit, type Kit } from './donations-kit';

/** The books with the payment provider's stand-in beside them, and a web server that receives its deliveries. */
export type PaymentKit = Kit & {
  readonly standin: Standin;
  readonly gateway: StripeGateway;
  readonly around: Around;
  /** Event ids in the order in which deliveries were answered 2xx. */
  readonly received: string[];
  readonly quiet: () => Promise<void>;
  /** Starts a gift and opens its page. */
  readonly open: (over?: Record<string, unknown>) => Promise<OpenGift>;
  readonly press: typeof press;
};

export type OpenGift = { readonly code: string; readonly checkoutId: string; readonly url: string };

export const onlineGift = (over: Record<string, unknown> = {}) => ({
  campaign: 'gen-hun-meng',
  donor: donor('陳先生'),
  currency: 'CNY',
  amountMinor: 50_000n,
  designation: null,
  recognition: null,
  givenOn: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10),
  channel: 'card',
  feeCoveredMinor: 0n,
  pledgeReference: null,
  ...over,
});

/** On books of its own, or on those that are handed in. */
export const openPaymentKit = async (base?: Kit): Promise<PaymentKit> => {
  const kit = base ?? (await openKit());
  const received: string[] = [];
  const working = new Set<Promise<unknown>>();
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const signature = request.headers['stripe-signature'];
      const work = receiveWebhook(
        Buffer.concat(parts),
        typeof signature === 'string' ? signature : null,
        around,
      ).then(async ({ status, eventId }) => {
        response.writeHead(status).end();
        if (status === 200 && eventId !== null) {
          received.push(eventId);
          await workEvent(eventId, around);
        }
      });
      working.add(work);
      void work.finally(() => working.delete(work));
    });
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const standin = await startStandin({
    secretKey: SECRET_KEY,
    webhookSecret: WEBHOOK_SECRET,
    webhookUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
    seed: 'payments',
  });
  const gateway = gatewayFor(standin, { maxNetworkRetries: 0 });
  const around: Around = { gateway, db: kit.db };
  return {
    ...kit,
    standin,
    gateway,
    around,
    received,
    press,
    quiet: async () => {
      await standin.control.quiet();
      while (working.size > 0) await Promise.all([...working]);
    },
    open: async (over = {}) => {
      const gift = must(await kit.run(startDonation, onlineGift(over), kit.visitor));
      const page = must(await openPaymentPage(gift.checkoutId, 'en', around));
      return { code: gift.code, checkoutId: gift.checkoutId, url: page.url };
    },
    close: async () => {
      await standin.stop();
      await new Promise<void>((done) => {
        server.close(() => {
          done();
        });
        server.closeAllConnections();
      });
      await Promise.allSettled([...working]);
      await kit.close();
    },
  };
};
