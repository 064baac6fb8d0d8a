import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { createStripeGateway, type StripeGateway } from '@/lib/payments/stripe.gateway';
import { startStandin, type Standin, type StandinOptions } from './server';

/*
 * What a test needs around the stand-in: the real SDK pointed at it, the gateway, and somewhere for webhooks to
 * arrive.
 */

export const SECRET_KEY = 'sk_test_standin';
export const WEBHOOK_SECRET = 'whsec_standin';

export type Arrival = { readonly body: string; readonly headers: IncomingHttpHeaders; readonly at: number };
export type Receiver = {
  readonly url: string;
  readonly arrivals: Arrival[];
  /** Types of the events that arrived, in order. */
  readonly types: () => string[];
  /** What to answer: a status, or a function of the arrival; never answering is 'silence'. */
  answer: number | 'silence' | ((arrival: Arrival) => number);
  readonly stop: () => Promise<void>;
};

/** A web server that only keeps what it is sent. */
export const openReceiver = async (): Promise<Receiver> => {
  const arrivals: Arrival[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const arrival = {
        body: Buffer.concat(parts).toString('utf8'),
        headers: request.headers,
        at: Date.now(),
      };
      arrivals.push(arrival);
      if (receiver.answer === 'silence') return;
      response.writeHead(typeof receiver.answer === 'number' ? receiver.answer : receiver.answer(arrival));
      response.end();
    });
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
    arrivals,
    types: () => arrivals.map((arrival) => (JSON.parse(arrival.body) as { type: string }).type),
    answer: 200,
    stop: () =>
      new Promise((done) => {
        server.close(() => {
          done();
        });
        server.closeAllConnections();
      }),
  };
  return receiver;
};

export type Kit = {
  readonly standin: Standin;
  readonly control: Standin['control'];
  readonly receiver: Receiver;
  /** The unmodified SDK. */
  readonly stripe: Stripe;
  readonly gateway: StripeGateway;
  readonly stop: () => Promise<void>;
};

export const clientFor = (standin: Standin, apiVersion?: string): Stripe =>
  new Stripe(SECRET_KEY, {
    host: '127.0.0.1',
    port: standin.port,
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 0,
    ...(apiVersion !== undefined && { apiVersion: apiVersion as never }),
  });

export const gatewayFor = (
  standin: Standin,
  more: Partial<Parameters<typeof createStripeGateway>[0]> = {},
): StripeGateway =>
  createStripeGateway({
    secretKey: SECRET_KEY,
    webhookSecret: WEBHOOK_SECRET,
    apiBase: standin.url,
    timeoutMs: 2_000,
    ...more,
  });

export const openKit = async (options: Partial<StandinOptions> = {}): Promise<Kit> => {
  const receiver = await openReceiver();
  const standin = await startStandin({
    secretKey: SECRET_KEY,
    webhookSecret: WEBHOOK_SECRET,
    webhookUrl: receiver.url,
    seed: 'test',
    ...options,
  });
  return {
    standin,
    control: standin.control,
    receiver,
    stripe: clientFor(standin),
    gateway: gatewayFor(standin),
    stop: async () => {
      await standin.stop();
      await receiver.stop();
    },
  };
};

/** A checkout as the product opens one, with the parts a test cares about. */
export const checkoutInput = (
  intentId: string,
  more: Partial<Parameters<StripeGateway['createCheckout']>[0]> = {},
): Parameters<StripeGateway['createCheckout']>[0] => ({
  intentId,
  amountMinor: 500_00n,
  currency: 'CNY',
  lang: 'zh-Hans',
  description: '麻岭村道路 · 捐款',
  email: 'ada@example.org',
  successUrl: 'https://shanlu.example.org/thanks?session={CHECKOUT_SESSION_ID}',
  cancelUrl: 'https://shanlu.example.org/give',
  metadata: { gift: 'G-1' },
  methods: ['card', 'alipay', 'wechat_pay'],
  ...more,
});

/** Presses a button of the hosted page, as a browser without scripts does; redirects are not followed. */
export const press = async (
  url: string,
  act: string,
  method = 'card',
  more: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ act, method, email: 'ada@example.org', ...more }),
  });

/** The value, or a failed test with the reason. */
export const must = <T>(result: { ok: true; value: T } | { ok: false; refusal: { name: string } }): T => {
  if (!result.ok)
    throw new Error(
      `refused: ${JSON.stringify(result, (_key, v: unknown) => (typeof v === 'bigint' ? String(v) : v))}`,
    );
  return result.value;
};

/** Opens a checkout through the gateway and pays it on the page. */
export const paidCheckout = async (
  kit: Kit,
  intentId: string,
  more: Parameters<typeof checkoutInput>[1] = {},
  method = 'card',
): Promise<string> => {
  const session = must(await kit.gateway.createCheckout(checkoutInput(intentId, more)));
  const response = await press(session.url ?? '', 'pay', method);
  if (response.status !== 303) throw new Error(`the page answered ${response.status}`);
  return session.id;
};
