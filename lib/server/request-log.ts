import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pino } from 'pino';
import { codeOfStatus } from './refusal-kinds.rules';

/** On the way in: what the proxy in front calls this request. On the way out and in the log: what we call it. */
export const REQUEST_HEADER = 'x-request-id';

const SLOW_MS = 5_000;

const held = globalThis as { shanluServerLog?: pino.Logger };
const log = (): pino.Logger => (held.shanluServerLog ??= pino({ base: { part: 'server' } }));

/**
 * Gives a request its id, the proxy's own where a proxy of ours stands in front, and tells it in the answer; whoever
 * reports an error can name it. One line of JSON is written for an answer of 500 or more that is no refusal
 * (those have their own, refused-request.ts) and for one that took long.
 * The line holds no query, no address and no part of a path that could be a secret or a name.
 */
export const nameRequest = (request: IncomingMessage, response: ServerResponse, proxies: number): void => {
  const given = request.headers[REQUEST_HEADER];
  const id = proxies > 0 && typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
  request.headers[REQUEST_HEADER] = id;
  response.setHeader('X-Request-Id', id);
  const began = performance.now();
  response.once('close', () => {
    const ms = Math.round(performance.now() - began);
    const status = response.statusCode;
    const isFailure = status >= 500 && codeOfStatus(status) === null;
    if (!isFailure && ms < SLOW_MS) return;
    const about = { id, method: request.method, path: placeOf(request.url ?? ''), status, ms };
    if (isFailure) log().warn(about, 'request failed');
    else log().info({ ...about, whole: response.writableFinished }, 'request took long');
  });
};

/** The first three parts of the path, each only if it is a word of ours: numbers, codes and tokens become `*`. */
export const placeOf = (url: string): string =>
  (url.split('?')[0] ?? '')
    .split('/')
    .slice(0, 4)
    .map((part) => (/^[a-z][a-z-]{0,20}$|^zh-Han[st]$|^v1$|^$/.test(part) ? part : '*'))
    .join('/');

/** What a page or route threw: its kind and Next's digest for it, under the id of its request. */
export const noteError = (
  error: unknown,
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  route: string,
): void => {
  const { name, digest } = error as { name?: string; digest?: string };
  log().error({ id: headers[REQUEST_HEADER], route, kind: name, digest }, 'request threw');
};
