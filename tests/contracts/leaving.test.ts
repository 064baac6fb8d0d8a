import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';

const ask = (port: number, path: string, agent: Agent): Promise<{ text: string; connection: string }> =>
  new Promise((done, failed) => {
    get({ host: '127.0.0.1', port, path, agent }, (answer: IncomingMessage) => {
      let text = '';
      answer.on('data', (part: Buffer) => (text += part.toString()));
      answer.on('end', () => done({ text, connection: answer.headers.connection ?? '' }));
      answer.on('error', failed);
    }).on('error', failed);
  });

test('a server that is told to end answers what comes while the proxy notices, finishes a slow answer, and goes', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/contracts/leaving-child.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const agent = new Agent({ keepAlive: true });
  try {
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const port = Number(line.toString());
    expect(await ask(port, '/', agent)).toEqual({ text: 'here', connection: 'keep-alive' });
    // Begun before the signal and done after the port is closed, on a connection that was to be kept.
    const slow = ask(port, '/?2000', agent);
    await sleep(100);
    const gone = once(child, 'exit') as Promise<[number]>;
    child.kill('SIGTERM');
    await sleep(300);
    expect(await ask(port, '/', agent)).toEqual({ text: 'leaving', connection: 'close' });
    expect((await slow).text).toBe('leaving');
    const since = performance.now();
    expect(await gone).toEqual([143, null]);
    expect(performance.now() - since).toBeLessThan(3_000);
    await expect(ask(port, '/', agent)).rejects.toThrow('ECONNREFUSED');
  } finally {
    child.kill('SIGKILL');
    agent.destroy();
  }
});
