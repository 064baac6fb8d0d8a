import 'server-only';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { sha256Hex } from './hashing';
import { readPhotographFacts, type PhotographFacts } from './exif.rules';
import {
  PICTURE_PIXELS_MAX,
  readPicture,
  readRedactions,
  type Picture,
  type PictureKind,
  type Redaction,
} from './picture.rules';

/** One picture made by us, of pixels only: no metadata, no colour profile, nothing of the original's bytes. */
export type CleanPicture = {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly mediaType: 'image/webp' | 'image/jpeg';
  readonly width: number;
  readonly height: number;
};

export type PreparedPhotograph = {
  /** What was uploaded; to be kept sealed. */
  readonly original: Picture & { readonly sha256: string; readonly size: number };
  /** When and where the camera says it was taken; sealed like the original. */
  readonly facts: PhotographFacts;
  /** At most 1600 pixels on its longer side, upright, redacted. */
  readonly publicCopy: CleanPicture;
  /** At most 480 pixels on its longer side. */
  readonly thumbnail: CleanPicture;
  /** The most memory the decoding process had in use; for the log. */
  readonly peakRssBytes: number;
};

export type PhotographOptions = {
  /** Faces and number plates to make unrecognisable, marked on the upright picture. */
  readonly redactions?: readonly Redaction[] | undefined;
  /** WebP is a third smaller; JPEG where the copy goes into a PDF. */
  readonly format?: 'webp' | 'jpeg' | undefined;
  /** Where the worker lies when the process was not started in the project's folder. */
  readonly workerPath?: string | undefined;
  readonly timeoutMs?: number | undefined;
};

export const PUBLIC_EDGE = 1600;
export const THUMBNAIL_EDGE = 480;

/** Decoding 40 megapixels takes two seconds of a processor; on a crowded machine that can be half a minute. */
const TIMEOUT_MS = 30_000;

/** Private memory of the decoding process, enforced by the kernel where there is one that does. */
const MEMORY_MAX_KB = 300_000;

/** Two decoders at a time use at most some 600 MB; those who wait longer than the queue are asked to come again. */
const RUNNING_MAX = 2;
const WAITING_MAX = 16;

/**
 * Checks an uploaded photograph and makes its public copies in a process of its own. Refuses `file_too_large`
 * (10 MB, 40 megapixels), `file_type_refused` (not JPEG, PNG or WebP, or more than a still picture),
 * `file_unreadable` (broken, or too much work), `busy_try_again`, and `invalid_input` for bad rectangles.
 */
export const preparePhotograph = async (
  bytes: Uint8Array,
  options: PhotographOptions = {},
): Promise<Result<PreparedPhotograph>> => {
  const picture = readPicture(bytes);
  if (!picture.ok) return picture;
  const redactions = readRedactions(options.redactions ?? []);
  if (!redactions.ok) return redactions;
  const decoded = await inTurn(() => decode(bytes, picture.value.kind, redactions.value, options));
  if (!decoded.ok) return decoded;
  const { head, bodies } = decoded.value;
  const mediaType = options.format === 'jpeg' ? 'image/jpeg' : 'image/webp';
  const [exif, publicBytes, thumbnailBytes] = bodies;
  if (!exif || !publicBytes || !thumbnailBytes) return refuse('file_unreadable', { reason: 'decoder' });
  return ok({
    original: { ...picture.value, sha256: sha256Hex(bytes), size: bytes.length },
    facts: readPhotographFacts(exif.length > 0 ? exif : null),
    publicCopy: { bytes: publicBytes, sha256: sha256Hex(publicBytes), mediaType, ...head.publicCopy },
    thumbnail: { bytes: thumbnailBytes, sha256: sha256Hex(thumbnailBytes), mediaType, ...head.thumbnail },
    peakRssBytes: head.peakRssBytes,
  });
};

let running = 0;
const waiting: (() => void)[] = [];

const inTurn = async <T>(work: () => Promise<Result<T>>): Promise<Result<T>> => {
  if (running >= RUNNING_MAX) {
    if (waiting.length >= WAITING_MAX) return refuse('busy_try_again', { reason: 'photographs' });
    // The one who finishes hands its place over, so `running` does not change here.
    await new Promise<void>((start) => waiting.push(start));
  } else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
};

type Size = { readonly width: number; readonly height: number };
type AnswerHead = {
  readonly publicCopy: Size;
  readonly thumbnail: Size;
  readonly peakRssBytes: number;
};
type Answer = { readonly head: AnswerHead; readonly bodies: readonly Uint8Array[] };

const decode = async (
  bytes: Uint8Array,
  kind: PictureKind,
  redactions: readonly Redaction[],
  options: PhotographOptions,
): Promise<Result<Answer>> => {
  const request = Buffer.from(
    JSON.stringify({
      kind,
      redactions,
      pixelsMax: PICTURE_PIXELS_MAX,
      publicEdge: PUBLIC_EDGE,
      thumbnailEdge: THUMBNAIL_EDGE,
      format: options.format ?? 'webp',
      rssMax: MEMORY_MAX_KB * 1024,
    }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32BE(request.length);
  const ended = await runWorker([length, request, bytes], options);
  if (ended.timedOut) return refuse('file_unreadable', { reason: 'too_slow' });
  if (ended.code !== 0) return refuse('file_unreadable', { reason: 'too_demanding' });
  return readAnswer(ended.output);
};

const readAnswer = (output: Buffer): Result<Answer> => {
  if (output.length < 4 || output.length < 4 + output.readUInt32BE(0))
    return refuse('file_unreadable', { reason: 'decoder' });
  const start = 4 + output.readUInt32BE(0);
  const head = JSON.parse(output.toString('utf8', 4, start)) as
    | ({ readonly ok: true; readonly lengths: readonly number[] } & AnswerHead)
    | { readonly ok: false; readonly reason: string };
  if (!head.ok)
    return head.reason === 'animated'
      ? refuse('file_type_refused', { reason: 'animated' })
      : refuse('file_unreadable', { reason: 'decoder' });
  let at = start;
  const bodies = head.lengths.map((size) => new Uint8Array(output.subarray(at, (at += size))));
  return ok({ head, bodies });
};

type Ended = { readonly code: number | null; readonly timedOut: boolean; readonly output: Buffer };

const OUTPUT_MAX = 16 * 1024 * 1024;

const runWorker = (input: readonly Uint8Array[], options: PhotographOptions): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const [command, args] = workerCommand(
      options.workerPath ?? join(process.cwd(), 'lib', 'files', 'photograph-worker.mjs'),
    );
    // No environment: the decoder must not know the database's address or any key.
    const child = spawn(/* turbopackIgnore: true */ command, args, {
      env: { NODE_ENV: 'production', MALLOC_ARENA_MAX: '2', VIPS_CONCURRENCY: '1', UV_THREADPOOL_SIZE: '2' },
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
    });
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, options.timeoutMs ?? TIMEOUT_MS);
    const output: Buffer[] = [];
    let received = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (received > OUTPUT_MAX) child.kill('SIGKILL');
      else output.push(chunk);
    });
    // A decoder that dies early closes the pipe under us; its exit says what happened.
    child.stdin.on('error', () => undefined);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code, timedOut, output: Buffer.concat(output) });
    });
    for (const part of input) child.stdin.write(part);
    child.stdin.end();
  });

// `ulimit` before `exec`: data segment (private memory), processor seconds, no core dump, no file ever written.
const LIMITS = `ulimit -d ${MEMORY_MAX_KB}; ulimit -t 15; ulimit -c 0; ulimit -f 0; exec "$@"`;

const workerCommand = (workerPath: string): readonly [command: string, args: string[]] => {
  const node = [process.execPath, '--max-old-space-size=96', workerPath] as const;
  return process.platform === 'linux'
    ? ['/bin/sh', ['-c', LIMITS, 'sh', ...node]]
    : [node[0], [...node.slice(1)]];
};
