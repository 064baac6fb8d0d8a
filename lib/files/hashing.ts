import { createHash } from 'node:crypto';
import { Transform, type Readable } from 'node:stream';
import { FileDamaged, type FileStore } from './store';

/** SHA-256 of bytes in lower-case hexadecimal: the name of a stored file, and what is published of a document. */
export const sha256Hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Passes a stream on and fails it at the end when its hash is not the one expected. */
export const checkedStream = (source: Readable, sha256: string): Readable => {
  const hash = createHash('sha256');
  const checked = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      done(null, chunk);
    },
    flush: (done) => done(hash.digest('hex') === sha256 ? null : new FileDamaged(sha256)),
  });
  source.once('error', (error) => checked.destroy(error));
  checked.once('close', () => source.destroy());
  return source.pipe(checked);
};

/** Reads a file to its end through the checked stream and says what became of it. */
export const verifyThrough = async (
  get: FileStore['get'],
  sha256: string,
): Promise<'intact' | 'damaged' | 'missing'> => {
  try {
    const stream = await get(sha256);
    if (!stream) return 'missing';
    // Reading is the whole work: the stream fails at its end when the hash differs.
    for await (const _ of stream);
    return 'intact';
  } catch (error) {
    if (error instanceof FileDamaged) return 'damaged';
    throw error;
  }
};
