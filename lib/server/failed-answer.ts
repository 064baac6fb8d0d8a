import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
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

type Failure = 'busy' | 'unreadable' | 'too_large';

/** The requests that are being answered, by their ids, and why one of them failed, where it is no fault of ours. */
const held = globalThis as { shanluFailed?: Map<string, { why: Failure | null }> };
const underWay = (): Map<string, { why: Failure | null }> => (held.shanluFailed ??= new Map());

/** Takes note of an error that nobody caught, if it is the database that takes no work now, or a form that is none. */
export const noteFailure = (
  error: unknown,
  method: string,
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): void => {
  const asked = underWay().get(String(headers[REQUEST_HEADER]));
  if (!asked) return;
  if (isUnavailable(error)) asked.why = 'busy';
  else if (isTooLarge(error)) asked.why = 'too_large';
  else if (method === 'POST' && isUnreadableForm(error)) asked.why ??= 'unreadable';
};

/** What the framework says of a form that was cut, spoilt or made up, before a line of ours has seen it. */
const isUnreadableForm = (error: unknown): boolean =>
  error instanceof Error && (UNREADABLE.test(error.message) || isOfTheirReader(error));

const UNREADABLE =
  /^(?:Failed to parse body as FormData\.|Connection closed\.|Invalid (?:Server Actions request|reference)\.)$/;

/** Whether their code stumbled and not ours, going by the first line of the stack that names a file. */
const isOfTheirReader = ({ name, stack = '' }: Error): boolean =>
  (name === 'SyntaxError' || name === 'TypeError') &&
  /[\\/]next[\\/]dist[\\/]/.test(/^ +at (?!JSON\.parse \(<).*$/m.exec(stack)?.[0] ?? '');

const isTooLarge = (error: unknown): boolean =>
  error instanceof Error && 'statusCode' in error && error.statusCode === 413;

/**
 * Where a page or a route threw because the database is away or all its connections are taken, Next answers 500, which
 * says that something is broken, and without script nothing at all. So whoever asked gets 503 and is told to come again:
 * a page in their language, a problem where data was asked for, else a word. A form that cannot be read is no fault of
 * ours either: 400, and 413 where it is longer than any of ours.
 */
export const answerFailed = (request: IncomingMessage, response: ServerResponse): void => {
  const id = String(request.headers[REQUEST_HEADER]);
  const asked: { why: Failure | null } = { why: null };
  underWay().set(id, asked);
  response.once('close', () => underWay().delete(id));
  insteadOf(
    response,
    () => response.statusCode === 500 && asked.why !== null,
    () => void send(request, response, asked.why ?? 'unreadable'),
  );
};

/** 503 at once, where it is known before Next is asked that the database takes no work now. */
export const answerBusy = (request: IncomingMessage, response: ServerResponse): Promise<void> =>
  send(request, response, 'busy');

const STATUS = { busy: 503, unreadable: 400, too_large: 413 } as const;

const send = async (request: IncomingMessage, response: ServerResponse, why: Failure): Promise<void> => {
  const isBusy = why === 'busy';
  const { headers, body } = isBusy ? await answerFor(request) : word(STATUS_CODES[STATUS[why]] ?? '');
  for (const name of response.getHeaderNames()) if (OF_WHAT_FAILED.has(name)) response.removeHeader(name);
  response.writeHead(STATUS[why], {
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
    ...(isBusy && { 'retry-after': String(COME_AGAIN_SECONDS) }),
    'content-length': String(Buffer.byteLength(body)),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
  // Next goes on to say 500. That changes nothing of what was sent, and the log must not tell it instead.
  const sent = STATUS[why];
  Object.defineProperty(response, 'statusCode', { get: () => sent, set: () => undefined });
};

type Answer = { headers: Readonly<Record<string, string>>; body: string };

const word = (body: string): Answer => ({ headers: { 'content-type': 'text/plain; charset=utf-8' }, body });

const answerFor = async (request: IncomingMessage): Promise<Answer> => {
  const address = request.url ?? '/';
  const path = address.split('?')[0] ?? '/';
  if (isApiPath(path)) return asProblem();
  if (isPage(path, request.headers))
    return busyPage(
      askedLang(request),
      request.method === 'GET' ? address : null,
      path.startsWith('/embed/'),
    );
  return word('Busy, please try again');
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

const asProblem = async (): Promise<Answer> => {
  const answer = problem(503, 'unavailable', 'The service is busy; come again after Retry-After seconds.');
  return { headers: Object.fromEntries(answer.headers), body: await answer.text() };
};
