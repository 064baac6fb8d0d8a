import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * `npm run bench -- hall URL [VIEWERS] [SECONDS]`: so many viewers of an evening, each with a connection of its own,
 * ask every five seconds as the screen does when it has no event stream. URL is the product's address on 127.0.0.1.
 */
export const benchHall = async ([base = '', viewers = '10000', seconds = '30']: readonly string[]) => {
  const url = new URL('/api/hall/concert-2023', base);
  if (url.hostname !== '127.0.0.1' && url.hostname !== 'localhost')
    throw new Error('Only against this machine.');
  const count = Number.parseInt(viewers, 10);
  const until = performance.now() + 1_000 * Number.parseInt(seconds, 10);
  const agent = new Agent({ keepAlive: true, maxSockets: count, maxFreeSockets: count });
  const took: number[] = [];
  const answers: Record<string, number> = {};
  const ask = (etag: string): Promise<string> =>
    new Promise((resolve) => {
      const began = performance.now();
      const note = (what: string): void => {
        answers[what] = (answers[what] ?? 0) + 1;
        took.push(performance.now() - began);
      };
      request(
        url,
        { agent, headers: etag === '' ? {} : { 'if-none-match': etag }, timeout: 20_000 },
        (answer) => {
          answer.resume();
          answer.on('end', () => {
            note(String(answer.statusCode));
            resolve(answer.headers.etag ?? etag);
          });
        },
      )
        .on('error', (error: NodeJS.ErrnoException) => {
          note(error.code ?? 'error');
          resolve(etag);
        })
        .end();
    });
  const view = async (): Promise<void> => {
    await sleep(Math.random() * 5_000);
    for (let etag = ''; performance.now() < until; await sleep(5_000)) etag = await ask(etag);
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: count }, view));
  agent.destroy();
  took.sort((a, b) => a - b);
  const at = (share: number): number => Math.round(took[Math.floor((took.length - 1) * share)] ?? 0);
  return {
    viewers: count,
    answers,
    perSecond: Math.round((took.length / (performance.now() - began)) * 1_000),
    ms: { median: at(0.5), p95: at(0.95), p99: at(0.99), worst: at(1) },
  };
};
