import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@/lib/run/launch/ports';
import { debianTool } from '../support/debian-tool';

const run = promisify(execFile);

export type Round = { readonly perSecond: number; readonly p50Ms: number; readonly p99Ms: number };

/** Each request comes from another reader, as it would behind a proxy; the budget of one network is not what is asked. */
const script = (headers: Readonly<Record<string, string>>): string => `
local n = 0
request = function()
  n = n + 1
  wrk.headers["x-forwarded-for"] = "10." .. math.floor(n / 65536) % 256 .. "." .. math.floor(n / 256) % 256 .. "." .. n % 256
${Object.entries(headers)
  .map(([name, value]) => `  wrk.headers["${name}"] = ${JSON.stringify(value)}`)
  .join('\n')}
  return wrk.format()
end
`;

/** Asks for one address over kept connections as fast as answers come (wrk, one thread), and says how fast that was. */
export const load = async (
  url: string,
  seconds: number,
  {
    headers = {},
    connections = 16,
    niceness = 0,
  }: { headers?: Record<string, string>; connections?: number; niceness?: number } = {},
): Promise<Round> => {
  const wrk = await debianTool('wrk');
  const folder = mkdtempSync(join(tmpdir(), 'shanlu-wrk-'));
  try {
    const file = join(folder, 'ask.lua');
    writeFileSync(file, script(headers));
    const args = [
      '-t1',
      `-c${connections}`,
      `-d${seconds}s`,
      '--latency',
      '--timeout',
      '10s',
      '-s',
      file,
      url,
    ];
    const { stdout } = await run('nice', ['-n', String(niceness), wrk.path, ...args], {
      env: { ...process.env, ...wrk.env },
    });
    if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`${url}: ${stdout}`);
    const percentile = (part: string): number =>
      milliseconds(new RegExp(`${part}%\\s+([\\d.]+)(us|ms|s)`).exec(stdout));
    return {
      perSecond: Math.round(Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1] ?? 0)),
      p50Ms: percentile('50'),
      p99Ms: percentile('99'),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const milliseconds = (found: RegExpExecArray | null): number => {
  const scale = { us: 0.001, ms: 1, s: 1000 }[found?.[2] ?? 'ms'] ?? 1;
  return Math.round(Number(found?.[1] ?? 0) * scale * 10) / 10;
};

/** The same bytes as files behind nginx with one process: what our own server is measured against. */
export const staticFiles = async (
  files: Readonly<Record<string, Buffer>>,
): Promise<{ url: string; close: () => Promise<void> }> => {
  const folder = mkdtempSync(join(tmpdir(), 'shanlu-static-'));
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  const port = await freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (each) => `${each}_temp_path ${folder}/t;`,
  );
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; worker_processes 1; ${process.getuid?.() === 0 ? 'user root;' : ''} pid ${folder}/pid; error_log stderr crit;
     events { worker_connections 256; }
     http { access_log off; sendfile on; keepalive_requests 10000000; default_type text/html; ${temporary.join(' ')}
       server { listen 127.0.0.1:${port}; root ${folder}; } }`,
  );
  const nginx = await debianTool('nginx');
  const server = spawn(nginx.path, ['-p', folder, '-c', join(folder, 'nginx.conf')], {
    env: { ...process.env, ...nginx.env },
    stdio: 'ignore',
  });
  const ended = new Promise<void>((done) => server.once('exit', () => done()));
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 50; tries += 1) {
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      break;
    await sleep(100);
  }
  return {
    url,
    close: async () => {
      server.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
