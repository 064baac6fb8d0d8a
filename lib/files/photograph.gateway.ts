import 'server-only';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { sha256Hex } from './hashing';
import { MEMORY_MAX_KB, openDecoder, type Decoder, type DecoderAnswer } from './photograph-decoder';
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
  /** A decoder that is kept for several pictures of one hand; without it each picture has a process to itself. */
  readonly decoder?: Decoder | undefined;
};

export const PUBLIC_EDGE = 1600;
export const THUMBNAIL_EDGE = 480;

/** Decoding 40 megapixels takes two seconds of a processor; on a crowded machine that can be half a minute. */
const TIMEOUT_MS = 30_000;

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
  const request = {
    kind,
    redactions,
    pixelsMax: PICTURE_PIXELS_MAX,
    publicEdge: PUBLIC_EDGE,
    thumbnailEdge: THUMBNAIL_EDGE,
    format: options.format ?? 'webp',
    rssMax: MEMORY_MAX_KB * 1024,
  };
  const kept = options.decoder;
  const decoder = kept ?? openDecoder(options);
  try {
    const ended = await decoder.ask(request, bytes, options.timeoutMs ?? TIMEOUT_MS);
    if (ended.timedOut) return refuse('file_unreadable', { reason: 'too_slow' });
    if (ended.answer === null)
      return refuse('file_unreadable', { reason: ended.code === 0 ? 'decoder' : 'too_demanding' });
    return readAnswer(ended.answer);
  } finally {
    if (kept === undefined) decoder.end();
  }
};

const readAnswer = (answer: DecoderAnswer): Result<Answer> => {
  const head = answer.head as
    | ({ readonly ok: true } & AnswerHead)
    | { readonly ok: false; readonly reason: string };
  if (!head.ok)
    return head.reason === 'animated'
      ? refuse('file_type_refused', { reason: 'animated' })
      : refuse('file_unreadable', { reason: 'decoder' });
  return ok({ head, bodies: answer.bodies });
};
