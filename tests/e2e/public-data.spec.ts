import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test, type Response as Answer } from '@playwright/test';
import { stack } from '../support/stack';

const run = promisify(execFile);

const VARIANTS: readonly Readonly<Record<string, string>>[] = [
  {},
  { RSC: '1' },
  { RSC: '1', 'Next-Router-Prefetch': '1' },
  { 'Next-Router-State-Tree': '%5B%22%22%5D' },
  { 'Next-Url': '/zh-Hans/finance' },
  { 'X-Forwarded-Host': 'evil.invalid' },
  { 'X-Forwarded-Proto': 'https' },
  { 'Accept-Language': 'zh-Hant' },
  { Cookie: 'lang=zh-Hant; session=forged' },
  { 'X-Shanlu-Render': '1', 'X-Nonce': 'abc' },
  { 'X-Middleware-Subrequest': 'proxy:proxy:proxy' },
  { Authorization: 'Bearer x', 'X-Original-Url': '/en/finance', 'User-Agent': 'other' },
];

test('a public page is the same bytes whatever headers ask for it, and carries no cookie', async () => {
  for (const path of ['/en', '/zh-Hans/roads/ML-07', '/en/data']) {
    // Somebody may publish between two of the answers; then all are asked again.
    await expect(async () => {
      const answers = await Promise.all(
        VARIANTS.map(async (headers) => {
          const answer = await fetch(stack().url + path, { headers });
          expect(answer.status).toBe(200);
          expect(answer.headers.get('set-cookie')).toBeNull();
          expect(answer.headers.get('vary')).toBe('Accept-Encoding');
          return `${answer.headers.get('content-security-policy')}\n${await answer.text()}`;
        }),
      );
      expect(new Set(answers).size, path).toBe(1);
    }).toPass({ timeout: 15_000 });
  }
});

test('an unchanged page costs 304, and who asked for dark gets a page nobody keeps', async () => {
  await expect(async () => {
    const first = await fetch(`${stack().url}/en/roads`);
    const etag = first.headers.get('etag') ?? '';
    const again = await fetch(`${stack().url}/en/roads`, { headers: { 'If-None-Match': etag } });
    expect(again.status).toBe(304);
  }).toPass({ timeout: 10_000 });
  const dark = await fetch(`${stack().url}/en/roads`, { headers: { Cookie: 'theme=dark' } });
  expect(dark.headers.get('cache-control')).toContain('no-store');
  expect(await dark.text()).toContain('data-theme="dark"');
});

test('public pages stay within their budget of bytes and break no policy', async ({ page }) => {
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  for (const path of [
    '/en',
    '/zh-Hans/roads',
    '/en/roads/ML-07',
    '/zh-Hant/ledger',
    '/en/verify',
    '/en/data',
  ]) {
    let script = 0;
    let words = 0;
    const seen: Promise<void>[] = [];
    const count = (response: Answer): void => {
      const type = response.request().resourceType();
      if (type !== 'script' && type !== 'stylesheet' && type !== 'document') return;
      seen.push(
        // What really crossed the wire, in whatever encoding the browser was sent.
        response
          .request()
          .sizes()
          .then(({ responseBodySize }) => {
            if (type === 'script') script += responseBodySize;
            else words += responseBodySize;
          }),
      );
    };
    page.on('response', count);
    await page.goto(path);
    await Promise.all(seen);
    page.off('response', count);
    expect(words, `${path}: HTML and CSS`).toBeLessThanOrEqual(60_000);
    // What an empty page of the framework weighs, and 15 kB of our own.
    expect(script, `${path}: script`).toBeLessThanOrEqual(135_500 + 15_000);
  }
  expect(complaints).toEqual([]);
});

test('the API pages by key, names what it cannot use, and the shell writes what HTTP sends', async () => {
  const { url, environment } = stack();
  const numbers: string[] = [];
  let next: string | null = `${url}/api/v1/entries?limit=200`;
  while (next !== null) {
    const page: Response = await fetch(next);
    expect(page.headers.get('access-control-allow-origin')).toBe('*');
    expect(page.headers.get('ratelimit')).toMatch(/^"network";r=\d+;t=\d+$/);
    const body = (await page.json()) as { data: { number: string }[]; next: string | null };
    numbers.push(...body.data.map(({ number }) => number));
    next = body.next && url + new URL(body.next).pathname + new URL(body.next).search;
  }
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers.length).toBeGreaterThan(200);
  const bad = await fetch(`${url}/api/v1/entries?from=yesterday&colour=red`);
  expect(bad.status).toBe(400);
  expect(bad.headers.get('content-type')).toBe('application/problem+json');
  const { errors } = (await bad.json()) as { errors: { parameter: string }[] };
  expect(errors.map(({ parameter }) => parameter).sort()).toEqual(['colour', 'from']);
  expect((await fetch(`${url}/api/v1/entries/E-999999`)).status).toBe(404);

  for (const [format, file] of [
    ['oc4ids', 'oc4ids.json'],
    ['csv', 'postings.csv'],
  ] as const) {
    const sent = async () => Buffer.from(await (await fetch(`${url}/open-data/${file}`)).arrayBuffer());
    const args = ['--conditions=react-server', '--import', 'tsx', 'lib/run/export.ts', '--format', format];
    // Other journeys publish meanwhile: the shell says what was sent before or after it, or more than one thing changed.
    await expect(async () => {
      const before = await sent();
      // Not the waiting kind: while it waits, this process would miss that the server hangs up on its idle connection.
      const { stdout: written } = await run(process.execPath, args, {
        env: { ...process.env, ...environment },
        maxBuffer: 1 << 28,
        encoding: 'buffer',
      });
      expect(written.equals(before) || written.equals(await sent()), format).toBe(true);
    }).toPass({ timeout: 25_000 });
  }
});

test('the road bar can be framed, without script or cookie', async () => {
  for (const path of ['/embed/en/roads/ML-07', '/embed/zh-Hans/campaigns/gen-hun-meng']) {
    const answer = await fetch(stack().url + path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-frame-options')).toBeNull();
    expect(answer.headers.get('content-security-policy')).toMatch(/script-src 'none'.*frame-ancestors \*/);
    expect(await answer.text()).not.toContain('<script');
  }
  const about = await fetch(
    `${stack().url}/api/oembed?url=${encodeURIComponent(`${stack().environment['PUBLIC_URL']}/en/roads/ML-07`)}&maxwidth=300`,
  );
  expect(await about.json()).toMatchObject({ type: 'rich', width: 300 });
});
