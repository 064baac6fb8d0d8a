import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerApi, type Answer } from './api';
import { callControl, makeControl, type Control } from './control';
import { openCourier } from './delivery';
import { ApiError } from './errors';
import { FEES, RATES, type FeeSchedule } from './fees';
import { fractions, newSeed } from './ids';
import { pressPage, showPage } from './page/pay';
import { openStore } from './store';
import { quietDelivery } from './switches';
import { msToNext, runDue } from './tasks';
import { now, type World } from './world';

export type StandinOptions = {
  /** 0 or none: a free port. */
  readonly port?: number;
  readonly host?: string;
  /** Where events go; null for nowhere. */
  readonly webhookUrl: string | null;
  readonly webhookSecret: string;
  readonly secretKey: string;
  /** The address browsers know it by, if another than the one it listens on. */
  readonly publicBaseUrl?: string;
  /** Keeps its objects in this file from one start to the next. */
  readonly persistFile?: string;
  /** Ids and chosen accidents follow from it; without one every start is different. */
  readonly seed?: string;
  readonly settlementCurrency?: string;
  readonly apiVersion?: string;
  readonly fees?: FeeSchedule;
  readonly rates?: Readonly<Record<string, string>>;
  readonly availableAfterSeconds?: number;
  readonly laterSeconds?: number;
};

export type Standin = {
  readonly url: string;
  readonly port: number;
  readonly control: Control;
  readonly stop: () => Promise<void>;
};

const BODY_MAX = 1_000_000;
const THREE_DAYS = 3 * 24 * 3600;

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = part as Buffer;
    size += bytes.length;
    if (size > BODY_MAX)
      throw new ApiError(413, { type: 'invalid_request_error', message: 'Body too large' });
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString('utf8');
};

const send = (response: ServerResponse, answer: Answer): void => {
  response.writeHead(answer.status, { ...answer.headers, 'content-length': Buffer.byteLength(answer.body) });
  response.end(answer.body);
};

const json = (status: number, body: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: `${JSON.stringify(body ?? null, null, 2)}\n`,
});

/** Starts a stand-in for Stripe on its own port. No real money, no outside connection but the webhook. */
export const startStandin = async (options: StandinOptions): Promise<Standin> => {
  const store = openStore(options.persistFile);
  const seed = String(store.get('fact', 'seed')?.value ?? options.seed ?? newSeed());
  store.put('fact', { id: 'seed', value: seed });
  const world: World = {
    settings: {
      secretKey: options.secretKey,
      webhookSecret: options.webhookSecret,
      webhookUrl: options.webhookUrl,
      apiVersion: options.apiVersion ?? '2026-10-28.endive',
      settlementCurrency: options.settlementCurrency ?? 'cny',
      fees: options.fees ?? FEES,
      availableAfterSeconds: options.availableAfterSeconds ?? 2 * 24 * 3600,
      laterSeconds: options.laterSeconds ?? 1,
      livemode: false,
    },
    store,
    switches: { troubles: [], delivery: quietDelivery() },
    rates: { ...RATES, ...options.rates },
    publicUrl: '',
    request: { id: null, idempotency_key: null },
    calls: { row: options.persistFile === undefined ? seed : `${seed}/${Date.now()}`, count: 0 },
    muted: false,
    onEvent: () => undefined,
  };
  const courier = openCourier(world, seed);
  world.onEvent = courier.take;
  const chance = fractions(`${seed}/trouble`);

  // Planned acts happen by the real clock too; the timer is set again after everything that may plan one.
  let timer: NodeJS.Timeout | undefined;
  const wake = (): void => {
    clearTimeout(timer);
    const wait = msToNext(world);
    if (wait === null) return;
    timer = setTimeout(
      () => {
        runDue(world);
        store.keep();
        wake();
      },
      Math.min(wait + 5, 60_000),
    );
    timer.unref();
  };
  const control = makeControl(world, courier, wake);

  const answer = async (request: IncomingMessage): Promise<Answer | null> => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const accepted = request.headers['accept-language'] ?? '';
    const body = await bodyOf(request);
    if (path.startsWith('/v1/'))
      return answerApi(
        world,
        { method: request.method ?? 'GET', url: request.url ?? '/', headers: request.headers, body },
        chance,
      );
    const pay = /^\/pay\/([^/]+)$/.exec(path)?.[1];
    if (pay !== undefined && request.method === 'GET') return showPage(world, pay, accepted);
    if (pay !== undefined && request.method === 'POST') return pressPage(world, pay, body, accepted);
    const name = /^\/_control\/(\w+)$/.exec(path)?.[1];
    if (name !== undefined && request.method === 'POST') {
      if (request.headers.authorization !== `Bearer ${options.secretKey}`)
        throw new ApiError(401, {
          type: 'invalid_request_error',
          message: 'The control needs the secret key.',
        });
      return json(200, await callControl(control, name, body === '' ? undefined : JSON.parse(body)));
    }
    if (path === '/_health') return json(200, { ok: true });
    throw new ApiError(404, { type: 'invalid_request_error', message: `Nothing here: ${path}` });
  };

  const server = createServer((request, response) => {
    answer(request)
      .catch((error: unknown): Answer => {
        if (error instanceof ApiError) return json(error.status, { error: error.body });
        const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
        process.stderr.write(`stripe stand-in: ${message}\n`);
        return json(500, {
          error: { type: 'api_error', message: 'The stand-in itself failed; see its log.' },
        });
      })
      .then((found) => {
        store.keep();
        wake();
        // A black hole: the socket stays open and nothing is ever written.
        if (found) send(response, found);
      })
      .catch(() => {
        response.destroy();
      });
  });
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', done);
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://${options.host ?? '127.0.0.1'}:${port}`;
  world.publicUrl = options.publicBaseUrl ?? url;
  store.keep();
  courier.catchUp(now(world) - THREE_DAYS);
  wake();

  return {
    url,
    port,
    control,
    stop: async () => {
      clearTimeout(timer);
      courier.stop();
      store.keep();
      await new Promise<void>((done) => {
        server.close(() => {
          done();
        });
        server.closeAllConnections();
      });
    },
  };
};
