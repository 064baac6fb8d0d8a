import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { askedLang } from './asked-lang';
import { missingPageName } from './missing-page';
import { insteadOf } from './other-answer';

/**
 * Where a page calls `notFound()`, Next answers 404 with an empty body and lets scripts draw the page (vercel/next.js
 * issue 62228). Whoever has no script would see nothing. So the empty answer is held back, and the same words are asked
 * of this server again as an ordinary page and sent with the 404. Only whole pages: data and files pass untouched.
 */
export const answerWholePages = (request: IncomingMessage, response: ServerResponse): void => {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  if (path.endsWith(missingPageName())) return;
  const isEmptyPage = (): boolean =>
    response.statusCode === 404 && String(response.getHeader('content-type') ?? '').startsWith('text/html');
  insteadOf(response, isEmptyPage, () => {
    void wholePage(request).then(
      ({ status, headers, body }) => {
        for (const name of response.getHeaderNames()) if (!name.startsWith('x-')) response.removeHeader(name);
        response.writeHead(status === 503 ? 503 : 404, headers);
        response.end(request.method === 'HEAD' ? undefined : body);
      },
      () => response.end(),
    );
  });
};

type Whole = { status: number | undefined; headers: Record<string, string | string[]>; body: Buffer };

const PASSED_ON = ['host', 'cookie', 'accept-language', 'x-forwarded-proto', 'x-forwarded-host'];
const PATIENCE_MS = 10_000;

/** The page for what does not exist, in the visitor's language, asked of this very server over its own address. */
const wholePage = (request: IncomingMessage): Promise<Whole> => {
  const headers = Object.fromEntries(
    PASSED_ON.flatMap((name) => (request.headers[name] === undefined ? [] : [[name, request.headers[name]]])),
  );
  return new Promise((resolve, reject) => {
    const { localAddress, localPort } = request.socket;
    const asked = ask(
      {
        host: localAddress,
        port: localPort,
        path: `/${askedLang(request)}/${missingPageName()}`,
        headers,
        timeout: PATIENCE_MS,
      },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({ status: answer.statusCode, headers: kept(answer), body: Buffer.concat(parts) }),
        );
      },
    );
    asked.on('timeout', () => asked.destroy(new Error('no answer in time')));
    asked.on('error', reject);
    asked.end();
  });
};

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
