import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A small S3: PUT, GET, HEAD and DELETE of objects by path, over HTTP. It checks what the real one checks and a
 * client gets wrong first: the signature (version 4, worked out here from the request as it arrived), the clock,
 * the hash of the body, and `if-none-match`. Faults can be switched on.
 */
export type S3Standin = {
  readonly endpoint: string;
  readonly objects: Map<string, Buffer>;
  readonly requests: { method: string; key: string; status: number }[];
  /** Answers the next n requests with this status, as an overloaded service does. */
  failNext: { times: number; status: number };
  readonly close: () => Promise<void>;
};

export type S3StandinKeys = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
  readonly bucket: string;
};

export const startS3Standin = async (keys: S3StandinKeys): Promise<S3Standin> => {
  const objects = new Map<string, Buffer>();
  const requests: S3Standin['requests'] = [];
  const state = { failNext: { times: 0, status: 503 } };
  const server = createServer((request, response) => {
    void handle(request, keys, objects, state).then((answer) => {
      requests.push({ method: request.method ?? '', key: request.url ?? '', status: answer.status });
      write(response, answer, request.method === 'HEAD');
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    requests,
    get failNext() {
      return state.failNext;
    },
    set failNext(fault) {
      state.failNext = fault;
    },
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
};

type Answer = { readonly status: number; readonly body?: Buffer; readonly code?: string };

const write = (response: ServerResponse, { status, body, code }: Answer, headOnly: boolean): void => {
  const sent = code ? Buffer.from(`<?xml version="1.0"?><Error><Code>${code}</Code></Error>`) : body;
  response.writeHead(status, {
    'content-type': code ? 'application/xml' : 'application/octet-stream',
    'content-length': String(sent?.length ?? 0),
  });
  response.end(headOnly ? undefined : sent);
};

const handle = async (
  request: IncomingMessage,
  keys: S3StandinKeys,
  objects: Map<string, Buffer>,
  state: { failNext: { times: number; status: number } },
): Promise<Answer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  if (state.failNext.times > 0) {
    state.failNext.times -= 1;
    return { status: state.failNext.status, code: 'SlowDown' };
  }
  const refused = checkSignature(request, body, keys);
  if (refused) return refused;
  const path = (request.url ?? '').split('?')[0] ?? '';
  if (!path.startsWith(`/${keys.bucket}/`)) return { status: 404, code: 'NoSuchBucket' };
  const key = path.slice(keys.bucket.length + 2);
  const there = objects.get(key);
  switch (request.method) {
    case 'PUT':
      if (request.headers['if-none-match'] === '*' && there)
        return { status: 412, code: 'PreconditionFailed' };
      objects.set(key, body);
      return { status: 200 };
    case 'GET':
    case 'HEAD':
      return there ? { status: 200, body: there } : { status: 404, code: 'NoSuchKey' };
    case 'DELETE':
      objects.delete(key);
      return { status: 204 };
    default:
      return { status: 405, code: 'MethodNotAllowed' };
  }
};

const hex = (data: Buffer | string): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: Buffer | string, data: string): Buffer => createHmac('sha256', key).update(data).digest();

const checkSignature = (request: IncomingMessage, body: Buffer, keys: S3StandinKeys): Answer | null => {
  const shape =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? '',
    );
  if (!shape) return { status: 403, code: 'AccessDenied' };
  const [, id = '', day = '', region = '', signed = '', signature = ''] = shape;
  const header = (name: string): string => String(request.headers[name] ?? '').trim();
  const stamp = header('x-amz-date');
  const time = Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (!(Math.abs(Date.now() - time) < 15 * 60_000)) return { status: 403, code: 'RequestTimeTooSkewed' };
  if (id !== keys.accessKeyId) return { status: 403, code: 'InvalidAccessKeyId' };
  if (region !== keys.region || !stamp.startsWith(day))
    return { status: 400, code: 'AuthorizationHeaderMalformed' };
  const names = signed.split(';');
  if (!names.includes('host') || !names.includes('x-amz-date')) return { status: 403, code: 'AccessDenied' };
  const declared = header('x-amz-content-sha256');
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const canonical = [
    request.method,
    path,
    query.split('&').sort().join('&'),
    ...names.map((name) => `${name}:${header(name).replace(/\s+/g, ' ')}`),
    '',
    signed,
    declared,
  ].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', stamp, scope, hex(canonical)].join('\n');
  const signingKey = ['s3', 'aws4_request'].reduce(
    (key, part) => hmac(key, part),
    hmac(hmac(`AWS4${keys.secretAccessKey}`, day), region),
  );
  const expected = createHmac('sha256', signingKey).update(toSign).digest();
  if (!timingSafeEqual(expected, Buffer.from(signature, 'hex')))
    return { status: 403, code: 'SignatureDoesNotMatch' };
  if (declared !== 'UNSIGNED-PAYLOAD' && declared !== hex(body))
    return { status: 400, code: 'XAmzContentSHA256Mismatch' };
  return null;
};
