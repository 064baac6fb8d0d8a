import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

const CONNECTIONS = 16;

export type Round = { readonly perSecond: number; readonly p50Ms: number; readonly p99Ms: number };

/** Asks for one address over a few kept connections as fast as answers come, and says how fast that was. */
export const load = async (
  url: string,
  seconds: number,
  headers: Record<string, string> = {},
): Promise<Round> => {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const times: number[] = [];
  const began = performance.now();
  const once = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const start = performance.now();
      const reader = `10.${times.length >> 16}.${(times.length >> 8) & 255}.${times.length & 255}`;
      request(url, { agent, headers: { 'x-forwarded-for': reader, ...headers } }, (answer) => {
        if (answer.statusCode !== 200 && answer.statusCode !== 304)
          reject(new Error(`${url}: ${answer.statusCode}`));
        answer.resume();
        answer.on('end', () => {
          times.push(performance.now() - start);
          resolve();
        });
      })
        .on('error', reject)
        .end();
    });
  const worker = async (): Promise<void> => {
    while (performance.now() - began < seconds * 1000) await once();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  const took = (performance.now() - began) / 1000;
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (part: number): number => Math.round((times[Math.floor(times.length * part)] ?? 0) * 10) / 10;
  return { perSecond: Math.round(times.length / took), p50Ms: at(0.5), p99Ms: at(0.99) };
};

/** The same bytes from Node's own server, as little as a server can do: what the others are measured against. */
export const staticServer = async (bytes: Buffer): Promise<{ url: string; close: () => void }> => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'content-length': bytes.length });
    response.end(bytes);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => server.close(),
  };
};

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
