import type { IncomingMessage, ServerResponse } from 'node:http';
import { env } from '../env';
import { langOfPath } from '../i18n/request';
import { bestCoding, type Coding, inCoding } from './coding';
import { insteadOf } from './other-answer';

/**
 * Pages that are asked for by many more people than use them, and that work without script: on a plain telephone the
 * framework costs a second of its processor, which a reader who only looks need not pay. Their script is fetched when
 * somebody begins to use them (`public/wake.mjs`). Only a page with nothing that must run before the first touch.
 */
const LATER = new Set(['give', 'report']);

const isWokenLater = (path: string): boolean => {
  const [, , section = '', ...rest] = path.split('/');
  return langOfPath(path) !== null && LATER.has(section) && rest.length === 0;
};

const FRAMEWORK_SCRIPT = /<script(?=[^>]* src="(\/_next\/[^"]+)")(?![^>]* noModule)[^>]*><\/script>/g;
const SCRIPT_PRELOAD = /<link(?=[^>]* as="script")[^>]*>/g;

/** The page with its framework's scripts named for later. Inline scripts stay: they only note what those will read. */
export const wokenLater = (html: string): string => {
  const sources = [...html.matchAll(FRAMEWORK_SCRIPT)].map(([, source = '']) => source);
  const nonce = / nonce="([^"]+)"/.exec(html)?.[1];
  if (sources.length === 0 || nonce === undefined) return html;
  const waiting = `<script type="module" src="/wake.mjs" nonce="${nonce}" data-wakes="${sources.join(' ')}"></script>`;
  return html
    .replace(FRAMEWORK_SCRIPT, '')
    .replace(SCRIPT_PRELOAD, '')
    .replace('</head>', () => `${waiting}</head>`);
};

/**
 * Holds back the answer to a request for such a page until it is whole, and sends it with its scripts named for later.
 * The answer to a form is sent as it comes: it may say what is wrong, and the script then leads there at once.
 */
export const answerWokenLater = (request: IncomingMessage, response: ServerResponse): void => {
  const path = (request.url ?? '').split('?')[0] ?? '';
  const asks = request.method === 'GET' && request.headers['rsc'] === undefined;
  if (env.NODE_ENV === 'development' || !asks || !isWokenLater(path)) return;
  const coding = bestCoding(request.headers['accept-encoding']);
  // Next then hands over plain text; it is compressed here once it is whole.
  Reflect.deleteProperty(request.headers, 'accept-encoding');
  insteadOf(
    response,
    () => true,
    (body) => void finish(response, body, coding),
  );
};

const finish = async (response: ServerResponse, body: Buffer, coding: Coding): Promise<void> => {
  const isPage =
    response.statusCode === 200 && String(response.getHeader('content-type') ?? '').startsWith('text/html');
  if (!isPage) {
    response.end(body);
    return;
  }
  const sent = await inCoding(Buffer.from(wokenLater(body.toString('utf8'))), coding);
  if (coding !== 'identity') response.setHeader('Content-Encoding', coding);
  response.removeHeader('Transfer-Encoding');
  response.setHeader('Content-Length', sent.length);
  response.end(sent);
};
