import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import { readRequestLine } from './readable-request.rules';

/**
 * Refuses what nobody here can read, before anybody tries.
 *
 * @returns whether the request was refused
 */
export const refuseUnreadable = (request: IncomingMessage, response: ServerResponse): boolean => {
  const { method = '', url = '', httpVersion, rawHeaders } = request;
  const hosts = rawHeaders.filter((_, n) => n % 2 === 1 && rawHeaders[n - 1]?.toLowerCase() === 'host');
  const read = readRequestLine({ method, address: url, httpVersion, hosts });
  if ('address' in read) {
    request.url = read.address;
    return false;
  }
  response
    .writeHead(read.status, {
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      Connection: 'close',
    })
    .end(STATUS_CODES[read.status]);
  return true;
};
