import { ok, refuse, type Result } from '@/lib/shared/result';

/**
 * Reads an uploaded body into memory, but never more than `bytesMax`: what a sender says about the length is not
 * believed, and the rest of a body that is too long is not waited for. Refuses `file_too_large` and, when the
 * connection breaks off, `file_unreadable`.
 */
export const readUpload = async (
  body: ReadableStream<Uint8Array> | Blob | null,
  bytesMax: number,
): Promise<Result<Uint8Array>> => {
  if (!body) return refuse('file_unreadable', { reason: 'empty' });
  if (body instanceof Blob && body.size > bytesMax)
    return refuse('file_too_large', { bytes: body.size, bytesMax });
  const reader = (body instanceof Blob ? body.stream() : body).getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      size += step.value.length;
      if (size > bytesMax) {
        await reader.cancel();
        return refuse('file_too_large', { bytes: size, bytesMax });
      }
      chunks.push(step.value);
    }
  } catch {
    return refuse('file_unreadable', { reason: 'broken_off' });
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return ok(bytes);
};
