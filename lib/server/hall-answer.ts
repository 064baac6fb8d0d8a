import type { IncomingMessage, ServerResponse } from 'node:http';
import { hallSnapshot, type Kept } from '../disclosure/hall-snapshot';

const HALL = /^\/api\/hall\/([a-z0-9-]{1,60})(?:\?|$)/;

/**
 * Answers whoever asks for the figures of an evening again and again, before Next sees the request: read once in two
 * seconds per process, one JSON made for everybody, 304 while nothing has changed, and marked so that a CDN in front
 * answers nearly all of it. A hall full of telephones, and everyone at home, costs one small answer each.
 *
 * @returns false when the request is not for an evening's figures
 */
export const answerHall = (request: IncomingMessage, response: ServerResponse): boolean => {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const slug = HALL.exec(request.url ?? '')?.[1];
  if (slug === undefined) return false;
  void hallSnapshot(slug).then(
    (kept) => (kept ? send(request, response, kept) : refuse(response, 404, 'Not found')),
    () => refuse(response, 503, 'Unavailable'),
  );
  return true;
};

const send = (request: IncomingMessage, response: ServerResponse, { etag, json }: Kept): void => {
  const headers = {
    ETag: etag,
    'Cache-Control': 'public, max-age=2, stale-while-revalidate=10',
    'X-Content-Type-Options': 'nosniff',
  };
  if (request.headers['if-none-match'] === etag) response.writeHead(304, headers).end();
  else
    response
      .writeHead(200, {
        ...headers,
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(json),
      })
      .end(request.method === 'HEAD' ? undefined : json);
};

const refuse = (response: ServerResponse, status: number, text: string): void => {
  response
    .writeHead(status, {
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'no-store',
      ...(status === 503 && { 'Retry-After': '5' }),
    })
    .end(text);
};
