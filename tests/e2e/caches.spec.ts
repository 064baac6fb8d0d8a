import type { ChildProcess } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { sql } from 'kysely';
import { connect } from '@/db/connect';
import { freePort } from '@/lib/run/launch/ports';
import { startPageCache, untilHealthy } from '../support/page-cache';
import { stack } from '../support/stack';
import { until } from '../support/until';
import { ended, serve } from '../faults/web-load';

// Two app processes and an nginx before them, on one database: what is published reaches a reader through each of them,
// and a spike of readers is carried by the cache.

const PAGE = '/en/roads';

const see = async (url: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(url + PAGE, { headers });
  const [policy, cache] = ['content-security-policy', 'x-cache'].map((name) => answer.headers.get(name));
  return { text: await answer.text(), etag: answer.headers.get('etag'), policy, cache, answer };
};

/** A network that has asked for all it may is refused in words, also when it pretends to be the server itself; others are not. */
const usedUp = async (list: string): Promise<void> => {
  const ask = (network: string, headers: Record<string, string> = {}) =>
    fetch(list, { headers: { 'X-Forwarded-For': network, 'X-Shanlu-Render': 'me', ...headers } });
  const [greedy, other] = ['198.51.100.7', '198.51.100.8'];
  await expect(async () => {
    const etag = (await ask(greedy)).headers.get('etag');
    expect((await ask(greedy, { 'If-None-Match': etag ?? '' })).status).toBe(304);
    expect((await fetch(list, { method: 'HEAD' })).headers.get('etag')).toBe(etag);
  }).toPass({ timeout: 10_000 });
  let refused: Response | undefined;
  for (let asked = 0; asked < 900 && refused === undefined; asked += 50)
    refused = (await Promise.all(Array.from({ length: 50 }, () => ask(greedy)))).find(
      ({ status }) => status === 429,
    );
  expect(refused?.headers.get('content-type')).toBe('application/problem+json');
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  expect((await ask(other)).status).toBe(200);
};

test('two processes and a cache before them show what is published, at once and together', async () => {
  test.setTimeout(120_000);
  const { url, environment } = stack();
  const [secondPort, cachePort] = [await freePort(), await freePort()];
  let server: ChildProcess | undefined;
  let endCache: (() => Promise<void>) | undefined;
  const owner = connect(environment['DATABASE_URL'] ?? '', { max: 1 });
  const rename = (to: string) =>
    sql`update segment set name = jsonb_set(name, '{en}', to_jsonb(${to}::text)) where code = 'ML-24'`.execute(
      owner,
    );
  const { rows } = await sql<{
    name: string;
  }>`select name ->> 'en' as name from segment where code = 'ML-24'`.execute(owner);
  const name = rows[0]?.name ?? '';
  try {
    // Behind a proxy, so that readers can come from networks of their own.
    server = serve(secondPort, { ...environment, TRUSTED_PROXIES: '1' });
    endCache = await startPageCache(cachePort, [Number(new URL(url).port), secondPort]);
    const second = `http://127.0.0.1:${secondPort}`;
    const cached = `http://127.0.0.1:${cachePort}`;
    await untilHealthy(second, 30_000);
    await untilHealthy(cached, 10_000);

    // The same page with the same policy from each, so that any of them may have made what a cache holds. Other journeys
    // publish meanwhile: then there is another page, and it is looked at again.
    let one = await see(url);
    await expect(async () => {
      one = await see(url);
      for (const other of [await see(second), await see(cached)])
        expect([other.etag, other.policy, other.text]).toEqual([one.etag, one.policy, one.text]);
      // A spike: the cache answers, the processes hardly notice.
      const spike = await Promise.all(Array.from({ length: 200 }, () => see(cached)));
      expect(spike.every(({ text, policy }) => text === one.text && policy === one.policy)).toBe(true);
      expect(spike.filter(({ cache }) => cache !== 'HIT').length).toBeLessThanOrEqual(3);
      expect((await see(cached, { 'If-None-Match': one.etag ?? '' })).answer.status).toBe(304);
      expect((await see(cached, { RSC: '1', 'Next-Url': '/en/finance' })).text).toBe(one.text);
    }).toPass({ timeout: 30_000 });
    expect(one.policy).toContain("script-src 'self';");

    expect((await see(cached, { Cookie: 'theme=dark' })).text).toContain('data-theme="dark"');
    // As the cookie is called over https, where these servers would know it.
    for (const [wish, isKept] of [
      ['a=1; __Host-size=large; b=2', false],
      ['__Host-theme=system; __Host-size=normal', true],
    ] as const)
      expect((await see(cached, { Cookie: wish })).cache === 'BYPASS', wish).toBe(!isKept);

    await usedUp(`${second}/api/v1/segments`);

    await rename('Tried Road');
    for (const each of [url, second]) {
      const { text, etag } = await see(each);
      expect(text, each).toContain('Tried Road');
      expect(etag).not.toBe(one.etag);
    }
    // A cache may hold it for two seconds without asking.
    await until('the cache to notice', async () => (await see(cached)).text.includes('Tried Road'), 4_000);
  } finally {
    await rename(name);
    await owner.destroy();
    await endCache?.();
    if (server !== undefined) await ended(server);
  }
});
