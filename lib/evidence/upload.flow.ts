import 'server-only';
import type { StaffActor } from '../auth/session';
import { sha256Hex } from '../files/hashing';
import { uploadPool as db } from '../files/upload-pool';
import { ok, refuse, type Result } from '../shared/result';
import { keepPhotograph, type PhotographUpload } from './photograph.flow';
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
 * answers the photograph that is there. Refuses `upload_incomplete` while a piece is missing or damaged.
 */
export const finishUpload = async (
  actor: StaffActor,
  id: string,
  upload: PhotographUpload,
): Promise<Result<{ photograph: string }>> => {
  const row = await findUpload(db(), id, actor.personId);
  if (row === null) return refuse('not_found', {}, 'upload');
  if (row.photographId !== null) return ok({ photograph: row.photographId });
  const bytes = await wholeUpload(db(), id);
  if (bytes.length !== row.sizeBytes || sha256Hex(bytes) !== row.sha256)
    return refuse('upload_incomplete', { have: bytes.length, size: row.sizeBytes });
  const kept = await keepPhotograph(actor, `upload:${id}`, bytes, upload);
  // What carries a virus goes at once; pieces on their way are looked at by nobody, and nothing else holds it.
  if (!kept.ok && kept.refusal.name === 'file_infected') await dropUpload(db(), id);
  const photograph = kept.ok
    ? kept.value.id
    : kept.refusal.name === 'duplicate_submission'
      ? await photographOfOriginal(db(), upload.segment, row.sha256)
      : null;
  if (photograph === null) return kept.ok ? refuse('not_found') : kept;
  await closeUpload(db(), id, photograph);
  return ok({ photograph });
};
