import type { IncomingMessage, ServerResponse } from 'node:http';

import { codesNow } from './codes';
import { codesPage, listPage, messagePage, notFoundPage, styleSheet } from './pages';
import type { MailStore } from './store';

const own =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
// A mail's own HTML: shown with its styles, without scripts, forms or anything from outside.
const foreign = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups";

/** Answers one request to the mailbox's pages. */
export const answerRequest = async (
  { store, peopleFile }: { readonly store: MailStore; readonly peopleFile: string },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const send = (status: number, type: string, body: string, policy = own) => {
    response.writeHead(status, {
      'content-type': `${type}; charset=utf-8`,
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
  try {
    // A page of some other site must not read sign-in links here through a name that points to this machine.
    if (!/^(localhost|127\.0\.0\.1)(:\d+)?$/.test(request.headers.host ?? '')) {
      return send(421, 'text/plain', 'This mailbox answers on this machine only.\n');
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return send(405, 'text/plain', 'Read only.\n');
    const url = new URL(request.url ?? '/', 'http://localhost');
    const address = url.searchParams.get('to')?.toLowerCase();
    const messages = async () =>
      (await store.list()).filter(
        ({ to }) => address === undefined || to.some((one) => one.toLowerCase() === address),
      );
    if (url.pathname === '/') return send(200, 'text/html', listPage(await messages(), address));
    if (url.pathname === '/messages.json')
      return send(200, 'application/json', JSON.stringify(await messages()));
    if (url.pathname === '/mailbox.css') return send(200, 'text/css', styleSheet);
    if (url.pathname === '/codes')
      return send(
        200,
        'text/html',
        codesPage(await codesNow(peopleFile), 30 - (Math.floor(Date.now() / 1000) % 30)),
      );
    if (url.pathname === '/codes.json')
      return send(200, 'application/json', JSON.stringify(await codesNow(peopleFile)));
    const [, id, part] = /^\/messages\/([^/]+)(\/html)?$/.exec(url.pathname) ?? [];
    const message = id === undefined ? undefined : await store.find(id);
    if (message === undefined) return send(404, 'text/html', notFoundPage);
    if (part === undefined) return send(200, 'text/html', messagePage(message));
    return send(200, 'text/html', message.html, foreign);
  } catch (error) {
    console.warn('mailbox:', error);
    send(500, 'text/plain', 'The mailbox could not read its folder.\n');
  }
};
