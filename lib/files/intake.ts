import 'server-only';
import { pino, type Logger } from 'pino';
import { env } from '../env';
import { ok, refuse, type Result } from '../shared/result';
import { clamdAnswers, scanWithClamd } from './clamd.gateway';
import { sha256Hex } from './hashing';
import { readUpload } from './upload';

/** A large bank file takes seconds; who waits longer than this is told to come again. */
const SCAN_MS = 30_000;
const PING_MS = 2_000;

type Counts = { infected: number; not_checked: number };
const held = globalThis as { shanluFilesLog?: Logger; shanluUploadsRefused?: Counts };
const log = (): Logger =>
  (held.shanluFilesLog ??= pino({ base: { part: 'files' }, enabled: env.NODE_ENV !== 'test' }));

/** How many uploads this process refused because of what the scanner said, or did not say. */
export const uploadsRefused = (): Counts => (held.shanluUploadsRefused ??= { infected: 0, not_checked: 0 });

/**
 * The one door for files from outside: reads at most `bytesMax` and, where CLAMD_ADDRESS is set, has them scanned.
 * Nothing may be done with an upload before it came through here. Refuses what `readUpload` refuses, `file_infected`,
 * and `file_not_checked` when the scanner gave no clear answer: then nobody knows, and nothing is kept.
 *
 * @param field the input it came from: a form puts the words there, and the log says which door it was
 */
export const takeUpload = async (
  upload: Blob | Uint8Array,
  bytesMax: number,
  field: string,
): Promise<Result<Uint8Array>> => {
  const read = await wholeOf(upload, bytesMax);
  if (!read.ok) return { ok: false, refusal: { ...read.refusal, field } };
  if (env.CLAMD_ADDRESS === undefined) return read;
  const bytes = read.value;
  const verdict = await scanWithClamd(env.CLAMD_ADDRESS, bytes, SCAN_MS);
  if (verdict.kind === 'clean') return read;
  // Neither the file's name nor its sender: what helps against an attack is which file it is and where it came in.
  if (verdict.kind === 'infected') {
    uploadsRefused().infected += 1;
    const about = { field, signature: verdict.signature, sha256: sha256Hex(bytes), bytes: bytes.length };
    log().warn(about, 'upload infected');
    return refuse('file_infected', {}, field);
  }
  uploadsRefused().not_checked += 1;
  log().error({ field, reason: verdict.reason, bytes: bytes.length }, 'upload not checked');
  return refuse('file_not_checked', { reason: verdict.reason }, field);
};

const wholeOf = async (upload: Blob | Uint8Array, bytesMax: number): Promise<Result<Uint8Array>> => {
  if (upload instanceof Blob) return readUpload(upload, bytesMax);
  return upload.length > bytesMax ? refuse('file_too_large', { bytes: upload.length, bytesMax }) : ok(upload);
};

/** Whether uploads can be scanned now; null where no scanner is set. */
export const scannerAnswers = async (): Promise<boolean | null> =>
  env.CLAMD_ADDRESS === undefined ? null : clamdAnswers(env.CLAMD_ADDRESS, PING_MS);
