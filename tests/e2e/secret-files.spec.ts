import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { freePort } from '@/lib/run/launch/ports';
import { SECRETS } from '@/lib/secrets.js';
import { ended, serve } from '../faults/web-load';
import { untilHealthy } from '../support/page-cache';
import { stack } from '../support/stack';

// The built server as systemd starts it: every secret is a credential, none is in its environment.

test('a server with secrets in files alone is ready, knows its token and keeps them out of its environment', async () => {
  test.setTimeout(120_000);
  const { environment } = stack();
  const credentials = mkdtempSync(join(tmpdir(), 'shanlu-credentials-'));
  // The tests' own variable tells them all settings of the product; the server gets none of it.
  const plain: Record<string, string> = { CREDENTIALS_DIRECTORY: credentials, SHANLU_TEST_STACK: '' };
  const secrets: string[] = [];
  for (const [name, value] of Object.entries(environment)) {
    if (!SECRETS.includes(name)) plain[name] = value;
    else if (value !== '') {
      writeFileSync(join(credentials, name), `${value}\n`, { mode: 0o400 });
      secrets.push(value);
    }
  }
  expect(secrets.length).toBeGreaterThan(5);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = serve(port, plain);
  try {
    await untilHealthy(url, 60_000);
    expect((await fetch(`${url}/api/ready?for=proxy`)).status).toBe(200);
    const token = environment['METRICS_TOKEN'] ?? '';
    const figures = await fetch(`${url}/api/metrics`, { headers: { authorization: `Bearer ${token}` } });
    expect(figures.status).toBe(200);
    expect((await fetch(`${url}/api/metrics`)).status).toBe(404);
    expect((await fetch(`${url}/en`)).status).toBe(200);
    const told = `/proc/${server.pid}/environ`;
    if (existsSync(told)) {
      const text = readFileSync(told, 'latin1');
      expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    }
  } finally {
    await ended(server);
    rmSync(credentials, { recursive: true, force: true });
  }
});
