import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startStandin } from '../stripe-standin/server';
import {
  checkoutInput,
  gatewayFor,
  must,
  openReceiver,
  press,
  SECRET_KEY,
  WEBHOOK_SECRET,
} from '../stripe-standin/testing';

const folder = mkdtempSync(join(tmpdir(), 'standin-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const base = { secretKey: SECRET_KEY, webhookSecret: WEBHOOK_SECRET };

describe('kept in a file', () => {
  it('objects, keys, ids and undelivered events outlive a restart; a torn line does not stop it', async () => {
    const file = join(folder, 'kept.jsonl');
    const down = { ...base, webhookUrl: 'http://127.0.0.1:9/webhook', persistFile: file };
    const first = await startStandin(down);
    const gateway = gatewayFor(first);
    const session = must(await gateway.createCheckout(checkoutInput('kept-1')));
    await press(session.url ?? '', 'pay');
    const before = must(await gateway.getCheckout(session.id));
    await first.stop();
    appendFileSync(file, '{"k":"charge","v":{"id":"ch_torn"');

    const receiver = await openReceiver();
    const second = await startStandin({ ...base, webhookUrl: receiver.url, persistFile: file });
    const again = gatewayFor(second);
    expect(must(await again.getCheckout(session.id))).toEqual(before);
    // The key still brings the first answer; a new intent gets an id nobody had before.
    expect(must(await again.createCheckout(checkoutInput('kept-1'))).id).toBe(session.id);
    expect(must(await again.createCheckout(checkoutInput('kept-2'))).id).not.toBe(session.id);
    await second.control.quiet();
    expect(receiver.types()).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.completed',
    ]);
    await second.stop();

    const third = await startStandin({ ...base, webhookUrl: receiver.url, persistFile: file });
    await third.control.quiet();
    expect(receiver.arrivals).toHaveLength(4);
    await third.stop();
    await receiver.stop();
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    for (const line of lines) JSON.parse(line);
  });
});

describe('as a process of its own', () => {
  const start = async (env: Readonly<Record<string, string>>) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'tests/stripe-standin/main.ts'], {
      env: {
        ...process.env,
        STRIPE_SECRET_KEY: SECRET_KEY,
        STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
        ...env,
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let said = '';
    const ready = await new Promise<{ url: string; port: number } | null>((done) => {
      child.stdout.on('data', (part: Buffer) => {
        said += part.toString();
        const line = /^(\{.*\})\n/.exec(said)?.[1];
        if (line) done(JSON.parse(line) as { url: string; port: number });
      });
      child.on('exit', () => {
        done(null);
      });
    });
    return { child, ready };
  };
  const ended = (child: ChildProcess) =>
    child.exitCode === null && child.signalCode === null
      ? new Promise<number | null>((done) => {
          child.on('exit', done);
        })
      : Promise.resolve(child.exitCode);

  it('starts by its environment, is controlled over HTTP, keeps its objects over a kill, ends with its parent', async () => {
    const env = { STRIPE_STANDIN_PORT: '0', STRIPE_STANDIN_FILE: join(folder, 'process', 'standin.jsonl') };
    const one = await start(env);
    if (!one.ready) throw new Error('did not start');
    const gateway = gatewayFor({ ...one.ready } as never);
    const session = must(await gateway.createCheckout(checkoutInput('process-1')));
    await press(session.url ?? '', 'delayed');
    const control = (name: string, body: unknown, key = SECRET_KEY) =>
      fetch(`${one.ready?.url}/_control/${name}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}` },
        body: JSON.stringify(body),
      });
    expect((await control('finishDelayed', { args: [session.id, true] }, 'sk_wrong')).status).toBe(401);
    expect((await control('nothing', {})).status).toBe(404);
    expect((await control('finishDelayed', { args: [session.id, true] })).status).toBe(200);
    const payout = (await (await control('payout', { args: [true] })).json()) as { id: string };
    expect(payout.id).toMatch(/^po_/);
    one.child.kill('SIGKILL');
    await ended(one.child);

    const two = await start(env);
    if (!two.ready) throw new Error('did not start again');
    const after = gatewayFor({ ...two.ready } as never);
    expect(must(await after.getCheckout(session.id)).paymentStatus).toBe('paid');
    expect(must(await after.getPayout(payout.id)).amountMinor).toBe(483_50n);
    two.child.stdin.end();
    expect(await ended(two.child)).toBe(0);
  }, 60_000);

  it('a missing setting and a taken port each get one sentence', async () => {
    const missing = await start({ STRIPE_WEBHOOK_SECRET: '' });
    expect(await ended(missing.child)).toBe(2);
    const taken = await startStandin({ ...base, webhookUrl: null });
    const second = await start({ STRIPE_STANDIN_PORT: String(taken.port) });
    expect(await ended(second.child)).toBe(1);
    await taken.stop();
  }, 60_000);
});
