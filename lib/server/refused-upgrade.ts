import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { duringRequest } from './asked';
import { noteRefusal } from './refusal-log';

/**
 * Answers who asks for another protocol (WebSocket, HTTP/2 without TLS), and closes: no page of ours speaks anything but
 * HTTP. Next would close without a word, and keep the connection open for ever at an address it does not know.
 */
export const refuseUpgrade = ({ url = '' }: IncomingMessage, socket: Duplex): void => {
  const id = randomUUID();
  const word = 'Bad Request';
  // Whoever has gone meanwhile is told nothing.
  socket.on('error', () => socket.destroy());
  const head = [
    `HTTP/1.1 400 ${word}`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${word.length}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    `X-Request-Id: ${id}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${word}`, () => socket.destroy());
  duringRequest({ id, url, who: null, noted: false }, () => noteRefusal({ code: 'http_400' }));
};
