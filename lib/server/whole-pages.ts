import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { LANG_COOKIE, langOfPath, negotiateLang } from '../i18n/request';
import { missingPageName } from './missing-page';

/**
 * Where a page calls `notFound()`, Next answers 404 with an empty body and lets scripts draw the page (vercel/next.js
 * issue 62228). Whoever has no script would see nothing. So the empty answer is held back, and the same words are asked
 * of this server again as an ordinary page and sent with the 404. Only whole pages: data and files pass untouched.
 */
export const answerWholePages = (request: IncomingMessage, response: ServerResponse): void => {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  if (path.endsWith(missingPageName())) return;
  const { writeHead, write, end, flushHeaders } = response;
  let held = false;
  const isEmptyPage = (): boolean =>
    !response.headersSent &&
    response.statusCode === 404 &&
    String(response.getHeader('content-type') ?? '').startsWith('text/html');

  const sendWhole = (): void => {
    release();
    void wholePage(request, path).then(
      ({ headers, body }) => {
        for (const name of response.getHeaderNames()) if (!name.startsWith('x-')) response.removeHeader(name);
        response.writeHead(404, headers);
        response.end(request.method === 'HEAD' ? undefined : body);
      },
      () => response.end(),
    );
  };
  const release = (): void => {
    Object.assign(response, { writeHead, write, end, flushHeaders });
  };

  // The four ways in which an answer begins. Once one finds an empty page, all that Next still says is dropped.
  response.flushHeaders = () => {
    held ||= isEmptyPage();
    if (!held) flushHeaders.call(response);
  };
  response.writeHead = ((status: number, ...rest: unknown[]) => {
    if (!held) response.statusCode = status;
    held ||= isEmptyPage();
    return held
      ? response
      : (writeHead as (...all: unknown[]) => ServerResponse).call(response, status, ...rest);
  }) as ServerResponse['writeHead'];
  response.write = ((...values: unknown[]) => {
    held ||= isEmptyPage();
    if (!held) return (write as (...all: unknown[]) => boolean).apply(response, values);
    const done = values.find((value) => typeof value === 'function') as (() => void) | undefined;
    if (done) process.nextTick(done);
    return true;
  }) as ServerResponse['write'];
  response.end = ((...values: unknown[]) => {
    held ||= isEmptyPage();
    if (!held) return (end as (...all: unknown[]) => ServerResponse).apply(response, values);
    sendWhole();
    return response;
  }) as ServerResponse['end'];
};

type Whole = { headers: Record<string, string | string[]>; body: Buffer };

const PASSED_ON = ['host', 'cookie', 'accept-language', 'x-forwarded-proto', 'x-forwarded-host'];
const PATIENCE_MS = 10_000;

/** The page for what does not exist, in the visitor's language, asked of this very server over its own address. */
const wholePage = (request: IncomingMessage, path: string): Promise<Whole> => {
  const lang =
    langOfPath(path) ?? negotiateLang(rememberedLang(request), request.headers['accept-language'] ?? null);
  const headers = Object.fromEntries(
    PASSED_ON.flatMap((name) => (request.headers[name] === undefined ? [] : [[name, request.headers[name]]])),
  );
  return new Promise((resolve, reject) => {
    const { localAddress, localPort } = request.socket;
    const asked = ask(
      {
        host: localAddress,
        port: localPort,
        path: `/${lang}/${missingPageName()}`,
        headers,
        timeout: PATIENCE_MS,
      },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () => resolve({ headers: kept(answer), body: Buffer.concat(parts) }));
      },
    );
    asked.on('timeout', () => asked.destroy(new Error('no answer in time')));
    asked.on('error', reject);
    asked.end();
  });
};

const rememberedLang = (request: IncomingMessage): string | undefined =>
  new RegExp(`(?:^|;\\s*)${LANG_COOKIE}=([^;]*)`).exec(request.headers.cookie ?? '')?.[1];

/** Headers of the page itself; those of the connection belong to the answer that is sent. */
const kept = (answer: IncomingMessage): Whole['headers'] =>
  Object.fromEntries(
    Object.entries(answer.headers).filter(
      (header): header is [string, string | string[]] =>
        header[1] !== undefined &&
        !['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'date', 'set-cookie'].includes(
          header[0],
        ),
    ),
  );
