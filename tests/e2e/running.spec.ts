import { spawnSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
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
