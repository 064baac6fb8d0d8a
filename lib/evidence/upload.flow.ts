import 'server-only';
import type { StaffActor } from '../auth/session';
import { env } from '../env';
import { sha256Hex } from '../files/hashing';
import { uploadPool as db } from '../files/upload-pool';
import { ok, refuse, type Result } from '../shared/result';
import { keepPhotograph, type PhotographUpload } from './photograph.flow';
import { photographFacts } from './upload.form';
import {
  beginUpload,
  closeUpload,
  dropUpload,
  findUpload,
  keepPiece,
  photographOfOriginal,
  piecesThere,
  wholeUpload,
} from './upload.store';
import { openWaiting, waitingKey, type WaitingKey } from './waiting';

let kept: readonly [WaitingKey, ...WaitingKey[]] | undefined;

/** The keys that photographs wait for: the one to seal for, then the one of the secret before it. */
const waitingKeys = (): readonly [WaitingKey, ...WaitingKey[]] =>
  (kept ??= [
    waitingKey(env.AUTH_SECRET),
    ...(env.AUTH_SECRET_BEFORE === undefined ? [] : [waitingKey(env.AUTH_SECRET_BEFORE)]),
  ]);

/** What the inspector's page carries to seal a photograph with. */
export const keyToSealFor = (): { readonly id: string; readonly point: string } => {
  const [{ id, publicKey }] = waitingKeys();
  return { id, point: publicKey.toString('base64') };
};

/** Whether a photograph sealed for this key can be opened here, so that none is sent in vain. */
export const opensKey = (id: string): boolean => waitingKeys().some((key) => key.id === id);

/** Begins or resumes: says which pieces are there already, and the photograph when it was finished before. */
export const resumeUpload = async (
  actor: StaffActor,
  plan: {
    readonly id: string;
    readonly sha256: string;
    readonly sizeBytes: number;
    readonly pieceBytes: number;
  },
): Promise<Result<{ have: number[]; photograph: string | null; pieceBytes: number }>> => {
  const row = await beginUpload(db(), { ...plan, personId: actor.personId });
  if (row === null) return refuse('not_found', {}, 'upload');
  return ok({
    have: await piecesThere(db(), row.id),
    photograph: row.photographId,
    pieceBytes: row.pieceBytes,
  });
};

/** Keeps one piece of exactly the length its place in the file demands. */
export const receivePiece = async (
  actor: StaffActor,
  id: string,
  no: number,
  bytes: Uint8Array,
): Promise<Result<null>> => {
  const row = await findUpload(db(), id, actor.personId);
  if (row === null) return refuse('not_found', {}, 'upload');
  const expected = Math.min(row.pieceBytes, row.sizeBytes - no * row.pieceBytes);
  if (!Number.isInteger(no) || no < 0 || bytes.length !== expected)
    return refuse('invalid_input', { reason: 'piece' });
  if (row.photographId === null) await keepPiece(db(), id, no, bytes);
  return ok(null);
};

/**
 * Puts the pieces together and files the photograph, once: a retry, or the same picture sent again by another way,
 * answers the photograph that is there. Refuses `upload_incomplete` while a piece is missing or damaged. A sealed one
 * is opened here and goes on as any other; `sealed_unreadable` when it does not open, and then nothing of it stays.
 */
export const finishUpload = async (
  actor: StaffActor,
  id: string,
  upload: PhotographUpload | 'sealed',
): Promise<Result<{ photograph: string }>> => {
  const row = await findUpload(db(), id, actor.personId);
  if (row === null) return refuse('not_found', {}, 'upload');
  if (row.photographId !== null) return ok({ photograph: row.photographId });
  const bytes = await wholeUpload(db(), id);
  if (bytes.length !== row.sizeBytes || sha256Hex(bytes) !== row.sha256)
    return refuse('upload_incomplete', { have: bytes.length, size: row.sizeBytes });
  const told = upload === 'sealed' ? readSealed(actor, id, bytes) : ok({ photograph: bytes, facts: upload });
  if (!told.ok) {
    await dropUpload(db(), id);
    return told;
  }
  const { photograph: original, facts } = told.value;
  const kept = await keepPhotograph(actor, `upload:${id}`, original, facts);
  // What carries a virus goes at once; pieces on their way are looked at by nobody, and nothing else holds it.
  if (!kept.ok && kept.refusal.name === 'file_infected') await dropUpload(db(), id);
  const photograph = kept.ok
    ? kept.value.id
    : kept.refusal.name === 'duplicate_submission'
      ? await photographOfOriginal(db(), facts.segment, sha256Hex(original))
      : null;
  if (photograph === null) return kept.ok ? refuse('not_found') : kept;
  await closeUpload(db(), id, photograph);
  return ok({ photograph });
};

/** Opens what a telephone sealed for this person and this upload, and reads what is said in it as strictly as a form. */
const readSealed = (
  actor: StaffActor,
  upload: string,
  bytes: Uint8Array,
): Result<{ photograph: Uint8Array; facts: PhotographUpload }> => {
  const opened = openWaiting(waitingKeys(), { person: actor.personId, upload }, bytes);
  if (opened === null) return refuse('sealed_unreadable');
  const facts = photographFacts.safeParse(opened.facts);
  return facts.success
    ? ok({ photograph: opened.photograph, facts: facts.data })
    : refuse('invalid_input', { reason: 'facts' });
};
