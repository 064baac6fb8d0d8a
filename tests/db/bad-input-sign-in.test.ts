import '../support/route-settings';
import { NextRequest } from 'next/server';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { POST as callback } from '@/app/api/auth/[...nextauth]/route';
import { PATCH, POST as begin, PUT } from '@/app/api/site/uploads/[id]/route';
import { POST as display } from '@/app/display/route';
import { REQUEST_COOKIE } from '@/lib/auth/options';
import { newSecret } from '@/lib/auth/secrets';
import { proxy } from '@/proxy';
import { routes } from '../a11y/pages';
import { cases } from '../support/bad-input';
import { newWorld, type World } from '../support/people';
import { expectNoInsides, listening, useWorld, written } from '../support/routes';
import { ask } from '../support/sign-in';

const browser = vi.hoisted(() => ({ headers: new Headers(), cookies: new Map<string, string>() }));
vi.mock('next/headers', () => ({
  headers: () => Promise.resolve(browser.headers),
  cookies: () =>
    Promise.resolve({
      get: (name: string) => {
        const value = browser.cookies.get(name);
        return value === undefined ? undefined : { name, value };
      },
    }),
}));

let world: World;
let end: () => Promise<void>;
beforeAll(async () => {
  world = await newWorld();
  end = useWorld(world);
});
beforeEach(() => {
  browser.cookies.clear();
  browser.headers = new Headers({ 'x-shanlu-peer': '203.0.113.1' });
});
afterAll(async () => {
  await end();
  await world.close();
});

const ORIGIN = 'http://localhost:3000';
const FORM = 'application/x-www-form-urlencoded';
const ours = { origin: ORIGIN, 'sec-fetch-site': 'same-origin' };

const post = async (
  body: string,
  { type = FORM as string | null, headers = ours as Record<string, string>, path = 'callback/email' } = {},
) => {
  const request = new Request(`${ORIGIN}/api/auth/${path}`, {
    method: 'POST',
    body: new TextEncoder().encode(body),
    headers: { ...headers, ...(type !== null && { 'content-type': type }) },
  });
  const { answer, printed } = await listening(() =>
    callback(request, { params: Promise.resolve({ nextauth: path.split('/') }) }),
  );
  expectNoInsides((await answer.text()) + printed);
  const location = answer.headers.get('location');
  return { status: answer.status, to: location, printed };
};

const remember = (secret: string): void => {
  const email = Buffer.from('lin@example.invalid').toString('base64url');
  browser.cookies.set(REQUEST_COOKIE.name, `${secret}.${email}`);
};

test('a body that is no small form is no sign-in', async () => {
  const asked = await ask(world.db, 'lin@example.invalid');
  remember(asked.request);
  const before = await written(world);
  const bodies = cases('sign-in-bodies', [
    [`code=${asked.code}`, 'text/plain'],
    [`code=${asked.code}`, null],
    [`code=${asked.code}`, 'multipart/form-data; boundary=x'],
    [JSON.stringify({ code: asked.code }), 'application/json'],
    [`code=${asked.code}`, 'application/x-www-form'],
    [`code=${asked.code}&more=${'x'.repeat(10_000)}`, FORM],
    ['x'.repeat(5_000_000), FORM],
  ] as const);
  for (const [body, type] of bodies)
    expect((await post(body, { type })).status, `${type} ${body.length}`).toBe(400);
  for (const path of ['callback', 'callback/credentials', 'signin/email', 'session', 'csrf', '_log'])
    expect((await post(`code=${asked.code}`, { path })).status, path).toBe(404);
  expect(await written(world)).toBe(before);
});

test('a token that opens nothing leads back to its page, and is not kept', async () => {
  const before = await written(world);
  const secret = newSecret();
  const tokens = cases('sign-in-tokens', [
    '',
    'x',
    secret,
    secret.slice(1),
    `${secret}A`,
    `${secret}\u0000`,
    `code:${secret}:AAAAAAAA`,
    'eyJhbGciOiJub25lIn0.eyJlbWFpbCI6ImxpbkBleGFtcGxlLmludmFsaWQifQ.',
    '../../etc/passwd',
    "' or '1'='1",
    'x'.repeat(9_000),
  ]);
  for (const token of tokens) {
    const { status, to, printed } = await post(`token=${encodeURIComponent(token)}&lang=en`);
    expect(status).toBe(303);
    expect(to).toBe('/en/sign-in/confirm?over=1');
    expect(printed).toBe('');
  }
  expect(await written(world)).toBe(before);
});

test('codes are tried five times, without a request never, and from one network not without end', async () => {
  const problem = async (code: string): Promise<string> => {
    const { status, to } = await post(`code=${encodeURIComponent(code)}&lang=en`);
    expect(status).toBe(303);
    return /^\/en\/sign-in\/code\?problem=(\w+)$/.exec(to ?? '')?.[1] ?? `went to ${to}`;
  };
  expect(await problem('AAAAAAAA')).toBe('code_expired');
  remember(newSecret());
  expect(await problem('AAAAAAAA')).toBe('code_expired');
  const asked = await ask(world.db, 'lin@example.invalid');
  remember(asked.request);
  for (const wrong of ['', 'A', 'AAAAAAAA', `${asked.code}A`])
    expect(await problem(wrong)).toBe('code_wrong');
  expect(await problem(`${asked.code}${asked.code}`)).toBe('code_tries_used_up');
  expect(await problem(asked.code)).toBe('code_tries_used_up');
  browser.headers = new Headers({ 'x-shanlu-peer': '203.0.113.2' });
  const said: string[] = [];
  for (let n = 0; n < 110 && said.at(-1) !== 'too_many_requests'; n += 1)
    said.push(await problem('AAAAAAAA'));
  expect(said.at(-1)).toBe('too_many_requests');
  expect(said.length).toBeGreaterThan(95);
  browser.headers = new Headers({ 'x-shanlu-peer': '203.0.113.3' });
  expect(await problem('AAAAAAAA')).toBe('code_tries_used_up');
});

const FORGED: Readonly<Record<string, Record<string, string>>> = {
  'names no origin': {},
  'has the null origin': { origin: 'null' },
  'comes from another site': { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  'comes from a neighbour': { origin: 'http://x.localhost:3000', 'sec-fetch-site': 'same-site' },
  'contradicts itself': { origin: ORIGIN, 'sec-fetch-site': 'cross-site' },
  'hides its method': { 'x-http-method-override': 'GET', 'x-method-override': 'GET', _method: 'GET' },
};

test('a request that none of our pages sent is answered 403 by every page and address that changes something', async () => {
  const paths = routes().map((route) => `/en${route.replaceAll(/\[[^\]]+\]/g, 'x')}`);
  const asked = paths.flatMap((path) =>
    Object.entries(FORGED).map(([says, headers]) => ({ path, says, headers })),
  );
  expect(paths.length).toBeGreaterThan(75);
  for (const { path, says, headers } of asked)
    for (const type of [FORM, 'text/plain', 'multipart/form-data; boundary=x'])
      expect(
        proxy(
          new NextRequest(`${ORIGIN}${path}`, {
            method: 'POST',
            headers: { ...headers, 'content-type': type },
          }),
        ).status,
        `${path} ${says} ${type}`,
      ).toBe(403);
  const params = { params: Promise.resolve({ id: 'x' }) };
  const before = await written(world);
  const forged = (method: string, headers: Record<string, string>) =>
    new NextRequest(`${ORIGIN}/x`, {
      method,
      headers: { ...headers, 'content-type': FORM },
      body: 'theme=dark',
    });
  for (const [says, headers] of cases('forged', Object.entries(FORGED))) {
    expect((await post('code=x', { headers })).status, says).toBe(403);
    expect((await display(forged('POST', headers))).status, says).toBe(403);
    expect((await begin(forged('POST', headers), params)).status, says).toBe(403);
    expect((await PUT(forged('PUT', headers), params)).status, says).toBe(403);
    expect((await PATCH(forged('PATCH', headers), params)).status, says).toBe(403);
  }
  expect(await written(world)).toBe(before);
});

test('a wish for another look from our own pages is kept, and leads back to a page of ours', async () => {
  const wish = (body: string, type = FORM) =>
    display(
      new NextRequest(`${ORIGIN}/display`, {
        method: 'POST',
        headers: { ...ours, 'content-type': type },
        body,
      }),
    );
  const good = await wish('theme=dark&back=%2Fen%2Froads%3Fq%3D1');
  expect([good.status, good.headers.get('location')]).toEqual([303, '/en/roads?q=1']);
  for (const back of ['//evil.example', '/\\evil.example', '/en/路', '/en\r\nx', 'https://evil.example', ''])
    expect((await wish(`theme=dark&back=${encodeURIComponent(back)}`)).headers.get('location')).toBe('/');
  expect((await wish('x', 'text/plain')).status).toBe(400);
  expect((await wish('x'.repeat(20_000))).status).toBe(400);
});
