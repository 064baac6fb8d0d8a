import { Server, type IncomingMessage } from 'node:http';
import { PEER_HEADER } from './client-address.rules';

const marked = Symbol.for('shanlu.peer');

/**
 * Notes on every request the address of the connection it came over. Next passes only headers on, and takes
 * X-Forwarded-For from the client as it is; a rate limit that believed it would limit nobody. Called once when the
 * server starts (instrumentation.ts); the header is overwritten, so a client cannot set it.
 */
export const markPeers = (): void => {
  const server = Server.prototype as typeof Server.prototype & { [marked]?: boolean };
  if (server[marked]) return;
  server[marked] = true;
  // Not a bound method: it is called below with the server that emits.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const emit = server.emit as (this: Server, event: string | symbol, ...values: unknown[]) => boolean;
  server.emit = function (this: Server, event: string | symbol, ...values: unknown[]): boolean {
    if (event === 'request') {
      const request = values[0] as IncomingMessage;
      request.headers[PEER_HEADER] = request.socket.remoteAddress ?? '';
    }
    return emit.call(this, event, ...values);
  };
};
