import { spawnSync } from 'node:child_process';
import { expect, request as newRequest, test } from '@playwright/test';
import { stack } from '../support/stack';

const run = (file: string, over: Record<string, string> = {}) => {
  const done = spawnSync(process.execPath, ['--conditions=react-server', '--import', 'tsx', file], {
    env: { ...process.env, ...stack().environment, ...over },
    encoding: 'utf8',
  });
  return { code: done.status, text: done.stdout };
};

test('every file the books name is in the store; in another store each is named as missing', () => {
  const here = run('lib/run/files.ts');
  expect(here.text).toMatch(/^All \d{2,} files are there and whole\.$/m);
  expect(here.code).toBe(0);
  const elsewhere = run('lib/run/files.ts', { DATA_DIR: test.info().outputPath('empty') });
  expect(elsewhere.code).toBe(1);
  expect(elsewhere.text).toMatch(/^missing {2}sealed {2}[0-9a-f]{64} {2}F-0001, named at /m);
});

test('a proxy is told whether to send requests to this one server', async ({ request }) => {
  const answer = await request.get(`${stack().url}/api/ready?for=proxy`);
  expect(answer.status()).toBe(200);
  expect(await answer.json()).toMatchObject({ checks: { database: { ok: true }, schema: { ok: true } } });
});

test('the server says whether it lives and whether it can work', async () => {
  const api = await newRequest.newContext({ baseURL: stack().url });
  expect(await (await api.get('/api/health')).json()).toEqual({ status: 'ok' });
  const ready = await api.get('/api/ready');
  const body = (await ready.json()) as { checks: Record<string, { ok: boolean; says: string }> };
  expect(body.checks['database']).toEqual({ ok: true, says: 'takes writes' });
  expect(body.checks['schema']?.ok).toBe(true);
  expect(Object.keys(body.checks).sort()).toEqual(['database', 'log', 'scanner', 'schema', 'worker']);
});

test('figures for monitoring are told to who holds the token, and to nobody else', async () => {
  const api = await newRequest.newContext({ baseURL: stack().url });
  const token = stack().environment['METRICS_TOKEN'] ?? '';
  expect(token.length).toBeGreaterThan(20);
  for (const Authorization of [undefined, 'Bearer', `Bearer ${token.slice(1)}`, `Basic ${token}`, token])
    expect(
      (
        await api.get('/api/metrics', { headers: Authorization === undefined ? {} : { Authorization } })
      ).status(),
    ).toBe(404);
  const told = await api.get('/api/metrics', { headers: { Authorization: `Bearer ${token}` } });
  expect(told.headers()['content-type']).toContain('text/plain; version=0.0.4');
  const figures = new Map(
    (await told.text())
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.replace(/ \S+$/, ''), Number(line.split(' ').at(-1))]),
  );
  expect(figures.get('shanlu_log_halted')).toBe(0);
  expect(figures.has('shanlu_jobs_failed')).toBe(true);
  expect(figures.get('shanlu_worker_beat_age_seconds')).toBeLessThan(60);
  expect(figures.get('shanlu_log_leaves')).toBeGreaterThan(1_000);
  expect(figures.get('nodejs_heap_size_used_bytes')).toBeGreaterThan(10_000_000);
  const proofs = [...figures].filter(([name]) => name.startsWith('shanlu_proof_offenders{'));
  expect(proofs.length).toBeGreaterThan(20);
  expect(proofs.filter(([, rows]) => rows !== 0)).toEqual([]);
});
