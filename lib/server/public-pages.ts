import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { isUnavailable } from '@/db/refusals';
import { PEER_HEADER } from '../auth/client-address.rules';
import { accountingToday } from '../clock';
import { publicationVersion } from '../disclosure/version.queries';
import { env } from '../env';
import { newId } from '../shared/id';
import { askedNow } from './asked';
import { bestCoding, type Coding } from './coding';
import { checkoutOrigins, contentPolicy } from './content-policy.rules';
import { answerBusy } from './failed-answer';
import { KeptPage, KeptPages } from './kept-pages';
import { finishPage, isApiPath, isPublicPath, RENDER_HEADER, wishesOtherLook } from './page-for-everyone';
import { takeForNetwork } from './public-budget';
import { REQUEST_HEADER } from './request-log';
import { sharedRead } from './shared-read';

const PATIENCE_MS = 20_000;
const LONGEST_ADDRESS = 2_000;
const MEGABYTE = 1 << 20;

const kept = new KeptPages(64 * MEGABYTE, 4_000);
const underWay = new Map<string, Promise<KeptPage>>();
/** Only this process knows it, so no visitor can ask for a page as the server asks for it. */
const token = newId();
/** Whose request a page is made for; believed only beside the token. */
const FOR_HEADER = 'x-shanlu-for';
const readVersion = sharedRead(publicationVersion);

/**
 * Answers a request for a page that is the same for everyone, from the copy of the current version of the published
 * data or by making one. The page is made from nothing but its address: the server asks itself for it with no header
 * of the visitor, so no cookie can make it personal and no header can poison it (RSC and router-state headers of Next,
 * forwarded hosts, encodings). Gives the visitor's request back (`pass`) when the page cannot be made; while the database
 * is away nobody can say which version is current, and whoever asks is told to come again.
 *
 * @returns false when the request is not for such a page
 */
export const answerPublicPage = (
  request: IncomingMessage,
  response: ServerResponse,
  pass: () => void,
): boolean => {
  const asked = askedNow();
  if (request.headers[RENDER_HEADER] === token) {
    if (asked) asked.id = String(request.headers[FOR_HEADER]);
    return false;
  }
  Reflect.deleteProperty(request.headers, RENDER_HEADER);
  const address = request.url ?? '/';
  const path = address.split('?')[0] ?? '';
  const isApi = isApiPath(path);
  if (
    env.NODE_ENV === 'development' ||
    (request.method !== 'GET' && request.method !== 'HEAD') ||
    address.length > LONGEST_ADDRESS ||
    !(isApi || (isPublicPath(path) && !wishesOtherLook(request.headers.cookie)))
  )
    return false;
  void answer(request, response, address, isApi).then(
    (answered) => answered || pass(),
    // Making the page would wait for the same database once more, and once for each of its questions.
    (error: unknown) => (isUnavailable(error) ? void answerBusy(request, response) : pass()),
  );
  return true;
};

/** Whoever has used up what their network may ask for is passed on, to be refused in words. */
const answer = async (
  request: IncomingMessage,
  response: ServerResponse,
  address: string,
  isApi: boolean,
): Promise<boolean> => {
  const budget = isApi ? await budgetOf(request) : { ok: true, headers: {} };
  if (!budget.ok) return false;
  const page = await currentPage(request, address);
  // The server has asked itself, and that request has written why.
  const asked = askedNow();
  if (asked && page.status >= 400) asked.noted = true;
  const coding = bestCoding(request.headers['accept-encoding']);
  send(request, response, page, coding, await page.body(coding), budget.headers);
  return true;
};

const budgetOf = (request: IncomingMessage): ReturnType<typeof takeForNetwork> =>
  takeForNetwork(
    'open_api_per_network',
    String(request.headers[PEER_HEADER] ?? ''),
    request.headers['x-forwarded-for']?.toString() ?? null,
  );

const versionNow = async (): Promise<string> => `${await readVersion()} ${accountingToday()}`;

const currentPage = async (request: IncomingMessage, address: string): Promise<KeptPage> => {
  const version = await versionNow();
  const ready = kept.get(version, address);
  if (ready) return ready;
  const key = `${version} ${address}`;
  const already = underWay.get(key);
  if (already) return already;
  const made = makePage(request, address, version).finally(() => underWay.delete(key));
  underWay.set(key, made);
  return made;
};

/** Kept only if nothing was published while it was made: its figures are then all of one version. */
const makePage = async (request: IncomingMessage, address: string, version: string): Promise<KeptPage> => {
  const page = await askMyself(request, address);
  if (page.status === 200 && (await versionNow()) === version) kept.put(version, address, page);
  return page;
};

const askMyself = (request: IncomingMessage, address: string): Promise<KeptPage> =>
  new Promise((resolve, reject) => {
    const { localAddress, localPort } = request.socket;
    const { host, protocol } = new URL(env.PUBLIC_URL);
    const asked = ask(
      {
        host: localAddress,
        port: localPort,
        path: address,
        headers: {
          host,
          'x-forwarded-proto': protocol.slice(0, -1),
          [RENDER_HEADER]: token,
          [FOR_HEADER]: String(request.headers[REQUEST_HEADER]),
        },
        timeout: PATIENCE_MS,
      },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () => resolve(finished(address, answer, Buffer.concat(parts))));
      },
    );
    asked.on('timeout', () => asked.destroy(new Error('no answer in time')));
    asked.on('error', reject);
    asked.end();
  });

/** Headers that say something of the page itself; those of the connection and of Next's own caches do not. */
const PAGE_HEADERS = [
  'content-type',
  'content-disposition',
  'location',
  'link',
  'retry-after',
  'access-control-allow-origin',
  'access-control-expose-headers',
  'x-content-type-options',
  'x-frame-options',
  'referrer-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'permissions-policy',
  'strict-transport-security',
];

// Caches before us may answer for so long without asking; with an ETag asking again costs next to nothing.
const FOR_CACHES = 'public, max-age=0, s-maxage=2, stale-if-error=86400';

const finished = (address: string, answer: IncomingMessage, body: Buffer): KeptPage => {
  const headers: Record<string, string> = {};
  for (const name of PAGE_HEADERS) {
    const value = answer.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  const status = answer.statusCode ?? 500;
  headers['cache-control'] = status === 200 ? FOR_CACHES : 'private, no-store';
  // What a network may still ask for must not be told to another one by a cache: it asks us each time.
  if (isApiPath(address.split('?')[0] ?? '') && status === 200) headers['cache-control'] = 'public, no-cache';
  headers['vary'] = 'Accept-Encoding';
  if (status !== 200 || !headers['content-type']?.startsWith('text/html')) {
    const policy = answer.headers['content-security-policy'];
    if (typeof policy === 'string') headers['content-security-policy'] = policy;
    return new KeptPage(status, headers, body);
  }
  const page = finishPage(body.toString('utf8'));
  headers['content-security-policy'] = contentPolicy({
    scripts: page.scriptSources,
    styles: "'self'",
    formTargets: checkoutOrigins(env.STRIPE_API_BASE),
    framedByOthers: address.startsWith('/embed/'),
  });
  return new KeptPage(status, headers, Buffer.from(page.html));
};

const send = (
  request: IncomingMessage,
  response: ServerResponse,
  page: KeptPage,
  coding: Coding,
  body: Buffer,
  more: Readonly<Record<string, string>>,
): void => {
  const etag = coding === 'identity' ? `"${page.etag}"` : `"${page.etag}-${coding}"`;
  const headers = { ...page.headers, ...more, etag };
  if (page.status === 200 && matches(request.headers['if-none-match'], etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(page.status, {
    ...headers,
    ...(coding !== 'identity' && { 'content-encoding': coding }),
    'content-length': String(body.length),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
};

/** RFC 9110, section 13.1.2: the comparison of If-None-Match is weak. */
const matches = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  (header.trim() === '*' || header.split(',').some((each) => each.trim().replace(/^W\//, '') === etag));
