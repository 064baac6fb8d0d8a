import '../support/route-settings';
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { POST } from '@/app/api/stripe/webhook/route';
import { cases } from '../support/bad-input';
import { newWorld, type World } from '../support/people';
import { expectNoInsides, listening, useWorld, written } from '../support/routes';

vi.mock('next/server', () => ({ after: () => undefined }));

let world: World;
let end: () => Promise<void>;
beforeAll(async () => {
  world = await newWorld();
  end = useWorld(world);
});
afterAll(async () => {
  await end();
  await world.close();
});

const SECRET = 'whsec_standin';
const NOW = Math.floor(Date.now() / 1000);
const MARK = 'value-nobody-may-log';

const event = (over: Record<string, unknown> = {}): string =>
  JSON.stringify({
    id: 'evt_bad_input',
    object: 'event',
    type: 'charge.succeeded',
    created: NOW,
    livemode: false,
    api_version: '2026-07-29.dahlia',
    data: { object: { id: 'ch_bad_input', object: 'charge', description: MARK } },
    ...over,
  });
const GOOD = event();

const hmac = (text: string | Buffer, secret = SECRET): string =>
  createHmac('sha256', secret).update(text).digest('hex');
const signed = (payload: string | Buffer, { at = NOW, secret = SECRET } = {}): string =>
  `t=${at},v1=${hmac(Buffer.concat([Buffer.from(`${at}.`), Buffer.from(payload)]), secret)}`;

type Sent = { readonly body: string | Buffer; readonly signature: string | null };

const send = async ({
  body,
  signature,
}: Sent): Promise<{ status: number; body: string; printed: string }> => {
  const { answer, printed } = await listening(() =>
    POST(
      new Request('http://localhost:3000/api/stripe/webhook', {
        method: 'POST',
        body: typeof body === 'string' ? body : new Uint8Array(body),
        headers: {
          'content-type': 'application/json',
          ...(signature !== null && { 'stripe-signature': signature }),
        },
      }),
    ),
  );
  return { status: answer.status, body: await answer.text(), printed };
};

const v1 = signed(GOOD).split(',v1=')[1] ?? '';
const SIGNATURES: readonly (string | null)[] = [
  null,
  '',
  ' ',
  'x',
  ',,,',
  't=,v1=',
  't=1',
  'v1=1',
  '{}',
  'null',
  `t=${NOW}`,
  `v1=${v1}`,
  `t=${NOW},v1=`,
  `t=${NOW},v0=${v1}`,
  `t=${NOW},v2=${v1}`,
  `t=${NOW},V1=${v1}`,
  `t=${NOW};v1=${v1}`,
  `t=${NOW},v1=${v1.slice(1)}`,
  `t=${NOW},v1=${v1}0`,
  `t=${NOW},v1=${v1.toUpperCase()}`,
  `t=${NOW},v1=${[...v1].reverse().join('')}`,
  `t=${NOW},v1=${'0'.repeat(64)}`,
  `t=${NOW},v1=${'0'.repeat(100_000)}`,
  `t=${NOW + 1},v1=${v1}`,
  `t=0,v1=${v1}`,
  `t=-${NOW},v1=${v1}`,
  `t=NaN,v1=${v1}`,
  `t=1e9,v1=${v1}`,
  `t=0x${NOW.toString(16)},v1=${v1}`,
  `t=${NOW},v1=${hmac(GOOD)}`,
  ...[301, 600, 3_600, 86_400, 3 * 86_400 + 3_600, NOW].map((ago) => signed(GOOD, { at: NOW - ago })),
  ...[330, 3_600, 86_400, 4_000_000_000].map((ahead) => signed(GOOD, { at: NOW + ahead })),
  ...['', 'whsec_other', 'whsec_standi', 'WHSEC_STANDIN', 'sk_test_standin'].map((secret) =>
    signed(GOOD, { secret }),
  ),
];

const ALTERED: readonly (string | Buffer)[] = [
  `${GOOD}\n`,
  ` ${GOOD}`,
  `\ufeff${GOOD}`,
  JSON.stringify(JSON.parse(GOOD), null, 2),
  GOOD.replace('ch_bad_input', 'ch_bad_inpuu'),
  GOOD.replace('"livemode":false', '"livemode":true'),
  GOOD.replace(MARK, `${MARK}\\u0020`),
  GOOD.slice(0, -1),
  GOOD.replaceAll('/', '\\/').replace('evt', '\\u0065vt'),
  Buffer.from(GOOD, 'utf16le'),
  '',
  '{}',
];

const NO_EVENTS: readonly (string | Buffer)[] = [
  '',
  'null',
  '[]',
  '"x"',
  '1',
  '{',
  '{}',
  '{"object":"event"}',
  `\ufeff${GOOD}`,
  event({ object: 'v2.core.event' }),
  event({ id: 1 }),
  event({ id: '' }),
  event({ id: 'evt\u0000' }),
  event({ id: "evt'; drop table entry; --" }),
  event({ id: 'e'.repeat(300) }),
  event({ type: 7 }),
  event({ type: 'Charge Succeeded\n' }),
  event({ created: 'now' }),
  event({ created: 1.5 }),
  event({ created: 9e15 }),
  event({ data: null }),
  event({ data: { object: 'charge' } }),
  event({ data: { object: { id: '../../etc/passwd', object: 'charge' } } }),
  event({ livemode: true }),
  event({ account: 'acct_1other' }),
];

const LARGE: readonly Buffer[] = [512_001, 5_000_000].map((size) =>
  Buffer.from(event({ data: { object: { id: 'ch', object: 'charge', description: 'x'.repeat(size) } } })),
);

describe('a delivery is refused, with nothing kept and nothing told,', () => {
  const everything = cases('webhook', [
    ...SIGNATURES.map((signature) => ({ status: 400, body: GOOD, signature })),
    ...ALTERED.map((body) => ({ status: 400, body, signature: signed(GOOD) })),
    ...NO_EVENTS.map((body) => ({ status: 400, body, signature: signed(body) })),
    ...LARGE.map((body) => ({ status: 413, body, signature: signed(body) })),
  ]);

  test('when it is not signed by the provider, altered, no event, from elsewhere or too large', async () => {
    const before = await written(world);
    for (const [index, { status, ...sent }] of everything.entries()) {
      const answer = await send(sent);
      expect(answer.status, `case ${index}: ${String(sent.signature).slice(0, 60)}`).toBe(status);
      expect(answer.body).toBe('');
      expect(answer.printed).not.toContain(MARK);
      expectNoInsides(answer.printed);
    }
    expect(await written(world)).toBe(before);
  });
});

test('what we do not know of yet is kept and answered with 200: another type, another version, no version', async () => {
  const news = cases('webhook-unknown', [
    event({ id: 'evt_new1', type: 'moon.landed' }),
    event({ id: 'evt_new2', api_version: '2099-01-01.iris' }),
    event({ id: 'evt_new3', api_version: null }),
    event({ id: 'evt_new4', extra: { deep: [1, 2, 3] } }),
    event({ id: 'evt_new5', data: { object: { object: 'balance' } } }),
  ]);
  for (const body of news) {
    const before = await written(world);
    expect((await send({ body, signature: signed(body) })).status).toBe(200);
    expect(await written(world)).not.toBe(before);
  }
});

test('a body of deep lists, a second key of a name, or __proto__ does nothing but be read or refused', async () => {
  const shapes = cases('json-webhook', [
    '['.repeat(200_000),
    `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    `{"a":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`,
    GOOD.replace('{"id"', '{"__proto__":{"object":"event"},"idd"'),
    '{"__proto__":{"id":"evt_p","object":"event","type":"a.b","created":1,"livemode":false,"data":{"object":{"object":"x"}}}}',
    '{"constructor":{"prototype":{"id":"x"}}}',
    GOOD.replace('evt_bad_input', 'evt_\ud800'),
    GOOD.replace('"evt_bad_input"', '["evt_bad_input"]'),
    GOOD.replace('"evt_bad_input"', '{"toString":"evt"}'),
    GOOD.replace('"evt_bad_input"', 'true'),
    GOOD.replace('false', '"false"').replace('"evt_bad_input"', 'null'),
    GOOD.replace('}}', '},}'),
    GOOD.replace('{', '{/* */'),
    GOOD.replaceAll('"', "'"),
    `${GOOD}${GOOD}`,
  ]);
  const before = await written(world);
  for (const body of shapes) {
    const bytes = Buffer.from(body);
    const answer = await send({ body: bytes, signature: signed(bytes) });
    expect(answer.status, body.slice(0, 60)).toBe(400);
    expectNoInsides(answer.printed);
  }
  expect(({} as Record<string, unknown>)['object']).toBeUndefined();
  expect(await written(world)).toBe(before);
});
