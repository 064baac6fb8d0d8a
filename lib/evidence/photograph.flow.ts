import 'server-only';
import type { Actor } from '../auth/roles.rules';
import { runCommand } from '../command';
import { takeUpload } from '../files/intake';
import { preparePhotograph } from '../files/photograph.gateway';
import { PICTURE_BYTES_MAX, type Redaction } from '../files/picture.rules';
import { fileShelves } from '../files/shelves';
import { ok, refuse, type Result } from '../shared/result';
import { filePhotograph } from './evidence.commands';
import { sealedOriginalOf } from './evidence.queries';
import { coverPhotograph } from './public-copy.commands';

const STAGES = {
  before: { 'zh-Hans': '施工前', 'zh-Hant': '施工前', en: 'Before' },
  during: { 'zh-Hans': '施工中', 'zh-Hant': '施工中', en: 'During the works' },
  after: { 'zh-Hans': '竣工后', 'zh-Hant': '竣工後', en: 'After' },
} as const;
export type WorkStage = keyof typeof STAGES;
export const isWorkStage = (text: string): text is WorkStage => Object.hasOwn(STAGES, text);

export type PhotographUpload = {
  readonly segment: string;
  readonly stage: WorkStage;
  /** The spot it was taken from, so that pictures of one spot can be laid over each other. */
  readonly station: string;
  readonly on: string;
  /** When and where the phone says it was taken, for pictures that carry no EXIF of their own. Kept sealed. */
  readonly capturedAt?: string | null;
  readonly place?: { readonly latitudeE7: number; readonly longitudeE7: number } | null;
};

/** Scans, decodes, cleans and keeps a photograph, and files it. Nothing of it is public until a second person publishes it. */
export const keepPhotograph = async (
  actor: Actor,
  key: string,
  file: Blob | Uint8Array,
  upload: PhotographUpload,
): Promise<Result<{ id: string }>> => {
  const taken = await takeUpload(file, PICTURE_BYTES_MAX, 'photograph');
  if (!taken.ok) return taken;
  const prepared = await preparePhotograph(taken.value);
  if (!prepared.ok) return prepared;
  const { original, facts, publicCopy, thumbnail } = prepared.value;
  const shelves = fileShelves();
  await shelves.sealed.put(taken.value);
  await shelves.public.put(publicCopy.bytes);
  await shelves.public.put(thumbnail.bytes);
  const filed = await runCommand(
    filePhotograph,
    {
      segment: upload.segment,
      stage: upload.stage,
      station: upload.station,
      takenOn: upload.on,
      originalSha256: original.sha256,
      publicSha256: publicCopy.sha256,
      thumbSha256: thumbnail.sha256,
      widthPx: publicCopy.width,
      heightPx: publicCopy.height,
      caption: STAGES[upload.stage],
      illustrative: false,
      capturedAt: capturedAt(facts.takenAt) ?? upload.capturedAt ?? null,
      latitudeE7: facts.takenWhere?.latitudeE7 ?? upload.place?.latitudeE7 ?? null,
      longitudeE7: facts.takenWhere?.longitudeE7 ?? upload.place?.longitudeE7 ?? null,
    },
    actor,
    { key },
  );
  return filed.ok ? ok({ id: filed.value.id }) : filed;
};

/**
 * Makes the public copy anew from the sealed original with faces and number plates made unrecognisable, and puts it
 * in place of the one before. The original stays as it is, sealed.
 */
export const coverFaces = async (
  actor: Actor,
  key: string,
  photograph: string,
  rectangles: readonly Redaction[],
  on: string,
): Promise<Result<{ id: string }>> => {
  const sha256 = await sealedOriginalOf(photograph);
  if (sha256 === null) return refuse('not_found', {}, 'photograph');
  const shelves = fileShelves();
  const bytes = await shelves.sealed.read(sha256);
  if (bytes === null) return refuse('not_found', {}, 'photograph');
  const prepared = await preparePhotograph(bytes, { redactions: rectangles });
  if (!prepared.ok) return prepared;
  const { publicCopy, thumbnail } = prepared.value;
  await shelves.public.put(publicCopy.bytes);
  await shelves.public.put(thumbnail.bytes);
  return runCommand(
    coverPhotograph,
    {
      photograph,
      publicSha256: publicCopy.sha256,
      thumbSha256: thumbnail.sha256,
      widthPx: publicCopy.width,
      heightPx: publicCopy.height,
      count: rectangles.length,
      on,
    },
    actor,
    { key },
  );
};

/** The camera's wall clock as an instant; a camera that does not say its zone is taken to stand in the village. */
const capturedAt = (
  taken: { readonly local: string; readonly offset: string | null } | null,
): string | null => {
  if (taken === null) return null;
  const instant = new Date(`${taken.local}${taken.offset ?? '+08:00'}`);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
};
