import type { IncomingMessage, ServerResponse } from 'node:http';
import { isUnavailable } from '@/db/refusals';
import { langOfPath } from '../i18n/request';
import { askedLang } from './asked-lang';
import { busyPage } from './busy-page';
import { problem } from './open-data-answer';
import { insteadOf } from './other-answer';
import { isApiPath } from './page-for-everyone';
import { REQUEST_HEADER } from './request-log';

/** A database that restarts is back in a second or two; a crowd takes a little longer. */
const COME_AGAIN_SECONDS = 5;

/** The requests that are being answered, by their ids, and whether one of them found no database. */
const held = globalThis as { shanluBusy?: Map<string, { busy: boolean }> };
const underWay = (): Map<string, { busy: boolean }> => (held.shanluBusy ??= new Map());

/** Takes note of an error that nobody caught, if what it says is that the database takes no work now. */
export const noteBusy = (
  error: unknown,
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): void => {
  const asked = underWay().get(String(headers[REQUEST_HEADER]));
  if (asked && isUnavailable(error)) asked.busy = true;
};

/**
 * Where a page or a route threw because the database is away or all its connections are taken, Next answers 500, which
 * says that something is broken, and without script nothing at all. So whoever asked gets 503 and is told to come again:
 * a page in their language, a problem where data was asked for, else a word.
 */
export const answerBusy = (request: IncomingMessage, response: ServerResponse): void => {
  const id = String(request.headers[REQUEST_HEADER]);
  const asked = { busy: false };
  underWay().set(id, asked);
  response.once('close', () => underWay().delete(id));
  insteadOf(
    response,
    () => response.statusCode === 500 && asked.busy,
    () => void sendBusy(request, response),
  );
};

const sendBusy = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { headers, body } = await answerFor(request);
  for (const name of response.getHeaderNames()) if (OF_WHAT_FAILED.has(name)) response.removeHeader(name);
  response.writeHead(503, {
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
    'retry-after': String(COME_AGAIN_SECONDS),
    'content-length': String(Buffer.byteLength(body)),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
};

const answerFor = async (
  request: IncomingMessage,
): Promise<{ headers: Readonly<Record<string, string>>; body: string }> => {
  const address = request.url ?? '/';
  const path = address.split('?')[0] ?? '/';
  if (isApiPath(path)) return asProblem();
  if (isPage(path, request.headers))
    return busyPage(
      askedLang(request),
      request.method === 'GET' ? address : null,
      path.startsWith('/embed/'),
    );
  return { headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'Busy, please try again' };
};

/** Whether a person looks at it, not a script of ours, nor somebody who asked for a picture or a file. */
const isPage = (path: string, headers: IncomingMessage['headers']): boolean => {
  const isFetched = headers['rsc'] !== undefined || headers['next-action'] !== undefined;
  return !isFetched && (langOfPath(path) !== null || path.startsWith('/embed/')) && !/\.\w+$/.test(path);
};

/** Headers that were meant for the page that failed; those that protect any page stay. */
const OF_WHAT_FAILED: ReadonlySet<string> = new Set([
  'content-type',
  'content-length',
  'content-encoding',
  'content-security-policy',
  'transfer-encoding',
  'etag',
  'link',
]);

const asProblem = async (): Promise<{ headers: Record<string, string>; body: string }> => {
  const answer = problem(503, 'unavailable', 'The service is busy; come again after Retry-After seconds.');
  return { headers: Object.fromEntries(answer.headers), body: await answer.text() };
};
