import 'server-only';
import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { AwsClient } from 'aws4fetch';
import { checkedStream, sha256Hex, verifyThrough } from './hashing';
import { FileDamaged, isFileName, shelfPath, type FileStore, type Shelf } from './store';

/** An S3-compatible service, addressed by path: https://endpoint/bucket/prefix/sealed/ab/cd/abcd… */
export type S3Options = {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Put before every key, so that several installations can share a bucket. */
  readonly prefix?: string | undefined;
  readonly timeoutMs?: number | undefined;
};

/** Uploads are held in memory to be signed; the largest thing a person may upload is 20 MB. */
export const S3_BODY_BYTES_MAX = 64 * 1024 * 1024;

/** The service answered something that is neither success nor "not there". */
export class S3Failure extends Error {
  override readonly name = 'S3Failure';
  constructor(
    readonly action: string,
    readonly status: number,
  ) {
    super(`S3 ${action} answered ${status}`);
  }
}

/** Files in an S3-compatible store: right for more than one server. The bucket needs no public access. */
export const openS3Store = (options: S3Options, shelf: Shelf): FileStore => {
  const client = new AwsClient({
    accessKeyId: options.accessKeyId,
    secretAccessKey: options.secretAccessKey,
    region: options.region,
    service: 's3',
    retries: 3,
  });
  const base = `${options.endpoint.replace(/\/+$/, '')}/${encodeURIComponent(options.bucket)}/${options.prefix ?? ''}`;
  const urlOf = (sha256: string): string => base + shelfPath(shelf, sha256);

  const request = (method: string, sha256: string, init: RequestInit = {}): Promise<Response> =>
    client.fetch(urlOf(sha256), {
      ...init,
      method,
      signal: AbortSignal.timeout(options.timeoutMs ?? 30_000),
    });

  const put: FileStore['put'] = async (content) => {
    const bytes = await gather(content);
    const sha256 = sha256Hex(bytes);
    const answer = await request('PUT', sha256, {
      body: bytes,
      headers: {
        // The service compares the body with this hash, so a damaged upload is refused there; and with if-none-match
        // a file that is there is left alone.
        'x-amz-content-sha256': sha256,
        'if-none-match': '*',
        'content-type': 'application/octet-stream',
      },
    });
    await answer.body?.cancel();
    if (answer.ok) return { sha256, size: bytes.length };
    if (answer.status === 412 || answer.status === 409) {
      // There already, or being written by another process with the same content.
      if ((await verify(sha256)) === 'intact') return { sha256, size: bytes.length };
      throw new FileDamaged(sha256);
    }
    throw new S3Failure('PUT', answer.status);
  };

  const get: FileStore['get'] = async (sha256) => {
    if (!isFileName(sha256)) return null;
    const answer = await request('GET', sha256);
    if (answer.ok && answer.body)
      return checkedStream(Readable.fromWeb(answer.body as WebStream<Uint8Array>), sha256);
    await answer.body?.cancel();
    if (answer.status === 404) return null;
    throw new S3Failure('GET', answer.status);
  };

  const read: FileStore['read'] = async (sha256) => {
    const stream = await get(sha256);
    return stream && (await gather(stream));
  };

  const has: FileStore['has'] = async (sha256) => {
    if (!isFileName(sha256)) return false;
    const answer = await request('HEAD', sha256);
    if (answer.ok || answer.status === 404) return answer.ok;
    throw new S3Failure('HEAD', answer.status);
  };

  const verify: FileStore['verify'] = (sha256) => verifyThrough(get, sha256);

  const remove: FileStore['remove'] = async (sha256) => {
    if (!isFileName(sha256)) return;
    const answer = await request('DELETE', sha256);
    await answer.body?.cancel();
    if (!answer.ok && answer.status !== 404) throw new S3Failure('DELETE', answer.status);
  };

  return { put, get, read, has, verify, remove };
};

const gather = async (content: Uint8Array | AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> => {
  if (content instanceof Uint8Array) return new Uint8Array(content);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of content) {
    size += chunk.length;
    if (size > S3_BODY_BYTES_MAX) throw new RangeError(`a file of more than ${S3_BODY_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks, size));
};
