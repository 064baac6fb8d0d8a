import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// What a newcomer sees when a fresh clone cannot start: one sentence each, and nothing else to read.

const clone = mkdtempSync(join(tmpdir(), 'shanlu-clone-'));

beforeAll(() => {
  for (const path of ['lib/run', 'package.json', 'package-lock.json']) {
    cpSync(join(process.cwd(), path), join(clone, path), { recursive: true });
  }
});
afterAll(() => rmSync(clone, { recursive: true, force: true }));

const demo = (env: Record<string, string>): Promise<{ code: number; stderr: string; stdout: string }> =>
  new Promise((done) => {
    execFile(
      process.execPath,
      [join(clone, 'lib', 'run', 'demo.mjs')],
      { env: { PATH: process.env['PATH'], NODE_ENV: 'test', HOME: clone, ...env } },
      (error, stdout, stderr) =>
        done({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });

describe('a start that cannot be', () => {
  it('says that the registry cannot be reached', async () => {
    const { code, stderr } = await demo({
      npm_config_registry: 'http://127.0.0.1:9/',
      npm_config_cache: join(clone, 'cache'),
      npm_config_fetch_retries: '0',
    });
    expect(code).toBe(1);
    expect(stderr.trim()).toBe(
      'The npm registry cannot be reached, so the packages cannot be installed: check the network or the proxy settings of npm, then start again.',
    );
  });

  it('says which Node it needs', async () => {
    const file = join(clone, 'package.json');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, before.replace(/"node": "[^"]*"/, '"node": ">=99.1.0"'));
    const { code, stderr } = await demo({});
    writeFileSync(file, before);
    expect(code).toBe(1);
    expect(stderr.trim()).toBe(
      `Shanlu needs Node 99.1 or newer and this is Node ${process.versions.node}: install a newer Node (24 is well supported) and start again.`,
    );
  });
});
