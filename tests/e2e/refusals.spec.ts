import { request as ask } from 'node:http';
import { expect, test } from '@playwright/test';
import { logs } from '../support/logs';
import { stack } from '../support/stack';

// Through the whole server: what no page of ours sends is in the log under the id the answer told, and in the figures.
// Each door by itself: tests/db/refused-doors.test.ts.

const MARK = 'q7x-nobody-may-log';

type Line = Readonly<Record<string, unknown>>;
const linesOf = (id: string): Line[] =>
  logs()
    .split('\n')
    .filter((line) => line.startsWith('{') && line.includes('"refus') && line.includes(id))
    .map((line) => JSON.parse(line) as Line);

/** How many lines say that more was refused of this event at this door. */
const sumsOf = ({ event, door }: Line): number =>
  logs().split(`"event":"${String(event)}","door":"${String(door)}","more":`).length - 1;

const counted = async (code: string): Promise<number> => {
  const answer = await fetch(`${stack().url}/api/metrics`, {
    headers: { authorization: `Bearer ${stack().environment['METRICS_TOKEN'] ?? ''}` },
  });
  const found = new RegExp(`^shanlu_refusals_total\\{[^}]*code="${code}"[^}]*\\} (\\d+)$`, 'm').exec(
    await answer.text(),
  );
  return Number(found?.[1] ?? 0);
};

type Sent = {
  readonly method: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
};

/** Status and id of an answer, with methods and headers that fetch does not let through. */
const send = ({ method, path, headers = {}, body }: Sent): Promise<{ status: number; id: string }> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(stack().url);
    const asked = ask({ host: hostname, port, method, path, headers }, (answer) => {
      answer.resume();
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, id: String(answer.headers['x-request-id']) }),
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });

const FORM = { 'content-type': 'multipart/form-data; boundary=cut' };

const TRIES = (
  origin: string,
): readonly (readonly [name: string, sent: Sent, status: number, said: Line])[] => [
  [
    'a form of another site',
    { method: 'POST', path: '/en/sign-in', headers: { ...FORM, origin: 'https://evil.example' }, body: MARK },
    403,
    { event: 'request_refused', code: 'http_403', door: '/[lang]/sign-in', field: null, level: 40 },
  ],
  [
    'a form that is none',
    { method: 'POST', path: '/en/report', headers: { ...FORM, origin }, body: `--cut\r\n${MARK}` },
    400,
    { event: 'request_refused', code: 'http_400', door: '/[lang]/report', field: null, level: 40 },
  ],
  [
    'a method nobody knows',
    { method: 'TRACE', path: `/en/${MARK}` },
    501,
    { event: 'request_refused', code: 'http_501', door: '/[lang]/[...missing]', field: null, level: 40 },
  ],
  [
    'a method an address does not take',
    { method: 'PUT', path: `/api/health?${MARK}`, headers: { origin } },
    405,
    { event: 'request_refused', code: 'http_405', door: '/api/health', field: null, level: 40 },
  ],
  [
    'an address with NUL',
    { method: 'GET', path: `/en/${MARK}%00` },
    400,
    { event: 'request_refused', code: 'http_400', door: '/[lang]/[...missing]', field: null, level: 40 },
  ],
  [
    'an action there is not',
    {
      method: 'POST',
      path: '/en/give',
      headers: { origin, 'next-action': '0'.repeat(42), 'content-type': 'text/plain' },
      body: '[]',
    },
    409,
    { event: 'request_refused', code: 'action_unknown', door: '/[lang]/give', field: null, level: 30 },
  ],
  [
    'a delivery nobody has signed',
    {
      method: 'POST',
      path: '/api/stripe/webhook',
      headers: { 'content-type': 'application/json' },
      body: MARK,
    },
    400,
    { event: 'secret_refused', code: 'signature_wrong', door: '/api/stripe/webhook', field: null, level: 40 },
  ],
  [
    'a parameter of open data that cannot be',
    { method: 'GET', path: `/api/v1/segments?limit=${MARK}` },
    400,
    {
      event: 'input_refused',
      code: 'parameter_wrong',
      door: '/api/v1/[[...path]]',
      field: 'limit',
      level: 30,
    },
  ],
];

test('what goes around the pages is in the log and counted, once, without a word of what was sent', async () => {
  test.slow();
  let written = 0;
  for (const [name, sent, status, said] of TRIES(stack().url)) {
    const before = await counted(String(said['code']));
    const answer = await send(sent);
    expect(answer.status, name).toBe(status);
    // Others who knock at the same door in this minute may have used up its lines; then this one is in the sum.
    const summedBefore = sumsOf(said);
    await expect
      .poll(() => linesOf(answer.id).length + sumsOf(said) - summedBefore, { message: name, timeout: 75_000 })
      .toBeGreaterThan(0);
    const [line, ...more] = linesOf(answer.id);
    expect(more, name).toEqual([]);
    expect(new RegExp(`${answer.id}.*request failed`).test(logs()), name).toBe(false);
    if (line === undefined) continue;
    written += 1;
    expect(line, name).toEqual({
      ...said,
      time: expect.any(Number) as unknown,
      part: 'refusals',
      request: answer.id,
      who: null,
      msg: 'refused',
    });
    expect(await counted(String(said['code'])), name).toBeGreaterThan(before);
  }
  expect(written).toBeGreaterThan(0);
  expect(logs()).not.toContain(MARK);
});

test('a flood writes a handful of lines, and is counted whole', async () => {
  const ofThisDoor = (): number => logs().split('"code":"http_405","door":"/api/ready"').length - 1;
  const linesBefore = ofThisDoor();
  const before = await counted('http_405');
  const answers = await Promise.all(
    Array.from({ length: 400 }, () =>
      send({ method: 'PUT', path: '/api/ready', headers: { origin: stack().url } }),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([405]));
  expect(await counted('http_405')).toBeGreaterThanOrEqual(before + 400);
  // Twice the ten, should a minute end in the middle.
  expect(ofThisDoor() - linesBefore).toBeLessThanOrEqual(20);
});
