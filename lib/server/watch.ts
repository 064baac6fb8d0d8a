import { Server, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { PEER_HEADER } from '../auth/client-address.rules';
import { answerFailed } from './failed-answer';
import { env } from '../env';
import { askedOf, duringRequest } from './asked';
import { answerHall } from './hall-answer';
import { lastOnItsConnection } from './leaving';
import { refuseUpgrade } from './refused-upgrade';
import { nameRequest } from './request-log';
import { answerPublicPage } from './public-pages';
import { refuseUnreadable } from './readable-request';
import { noteIfRefused } from './refused-request';
import { answerWholePages } from './whole-pages';
import { answerWokenLater } from './woken-later';

/**
 * How long a connection waits for its next request. Node's five seconds are just the interval in which the screens of a
 * hall ask again: the server would close as they speak. A proxy in front keeps its own for a minute or less.
 */
const KEEP_ALIVE_MS = 75_000;

const watched = Symbol.for('shanlu.watched');

/**
 * To whom does not say who they are, Next may send title and description late and by script, whatever `htmlLimitedBots`
 * says; such a page is not whole without script, and this server asks itself for those it keeps. So nobody is nobody.
 */
export const nameVisitor = ({ headers }: Pick<IncomingMessage, 'headers'>): void => {
  if (!headers['user-agent']) headers['user-agent'] = '-';
};

/**
 * Sees every request before Next does, for the things Next does not offer. Called once when the server starts
 * (instrumentation.ts).
 *
 * The address of the connection is noted on the request: Next passes only headers on, and takes X-Forwarded-For from
 * the client as it is; a rate limit that believed it would limit nobody. The header is overwritten, so a client cannot
 * set it. Every request gets an id (request-log.ts), and what it is refused is logged under it (refused-request.ts).
 * What cannot be read is refused (readable-request.ts), another protocol too (refused-upgrade.ts), and who comes while
 * the database takes no work is told to come again (failed-answer.ts). Pages that do not exist are answered whole
 * (whole-pages.ts), pages that are the same for everyone come ready-made (public-pages.ts), and so do the figures of an
 * evening that ten thousand ask for (hall-answer.ts). The page giving begins with fetches its script when somebody uses
 * it (woken-later.ts). Idle connections are kept, until the process is told to end: then each answer closes its own.
 */
export const watchRequests = (proxies: number): void => {
  const server = Server.prototype as typeof Server.prototype & { [watched]?: boolean };
  if (server[watched]) return;
  server[watched] = true;
  // Not a bound method: it is called below with the server that emits.
  const emit = server.emit as (this: Server, event: string | symbol, ...values: unknown[]) => boolean;
  server.emit = function (this: Server, event: string | symbol, ...values: unknown[]): boolean {
    if (event === 'request') {
      this.keepAliveTimeout = Math.max(this.keepAliveTimeout, KEEP_ALIVE_MS);
      const [request, response] = values as [IncomingMessage, ServerResponse];
      lastOnItsConnection(response);
      nameRequest(request, response, proxies);
      request.headers[PEER_HEADER] = request.socket.remoteAddress ?? '';
      const asked = askedOf(request);
      noteIfRefused(asked, response);
      // Only for what Next is to answer: most requests never come to it.
      const pass = (): boolean => {
        nameVisitor(request);
        answerFailed(request, response);
        answerWholePages(request, response);
        answerWokenLater(request, response);
        return emit.call(this, event, ...values);
      };
      return duringRequest(
        asked,
        () =>
          refuseUnreadable(request, response) ||
          answerHall(request, response) ||
          answerPublicPage(request, response, pass) ||
          pass(),
      );
    }
    // The development server tells the browser of changes over a WebSocket.
    if (event === 'upgrade' && env.NODE_ENV !== 'development') {
      const [request, socket] = values as [IncomingMessage, Duplex];
      refuseUpgrade(request, socket);
      return true;
    }
    return emit.call(this, event, ...values);
  };
};
