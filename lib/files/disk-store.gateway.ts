import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, open, readFile, rename, rm, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { checkedStream, sha256Hex, verifyThrough } from './hashing';
import { FileDamaged, isFileName, shelfPath, type FileStore, type Shelf, type StoredFile } from './store';

/** Files in a folder on this machine; `folder` is DATA_DIR/files. Right for one server. */
export const openDiskStore = (folder: string, shelf: Shelf): FileStore => {
  const pathOf = (sha256: string): string => join(folder, shelfPath(shelf, sha256));

  const read = async (sha256: string): Promise<Uint8Array | null> => {
    if (!isFileName(sha256)) return null;
    const bytes = await readFile(pathOf(sha256)).catch(nullIfMissing);
    if (bytes && sha256Hex(bytes) !== sha256) throw new FileDamaged(sha256);
    return bytes;
  };

  const get: FileStore['get'] = async (sha256) => {
    if (!isFileName(sha256)) return null;
    const file = await open(pathOf(sha256), 'r').catch(nullIfMissing);
    return file && checkedStream(file.createReadStream(), sha256);
  };

  const verify: FileStore['verify'] = (sha256) => verifyThrough(get, sha256);

  const has = async (sha256: string): Promise<boolean> =>
    isFileName(sha256) &&
    (await access(pathOf(sha256)).then(
      () => true,
      () => false,
    ));

  const put: FileStore['put'] = async (content) => {
    const workshop = join(folder, shelf, 'incoming');
    await mkdir(workshop, { recursive: true });
    const temporary = join(workshop, randomUUID());
    try {
      const stored = await writeDurably(temporary, content);
      await place(temporary, pathOf(stored.sha256), await verify(stored.sha256));
      return stored;
    } finally {
      await rm(temporary, { force: true });
    }
  };

  const remove: FileStore['remove'] = async (sha256) => {
    if (!isFileName(sha256)) return;
    await unlink(pathOf(sha256)).catch(nullIfMissing);
  };

  return { put, get, read, has, verify, remove };
};

const nullIfMissing = (error: NodeJS.ErrnoException): null => {
  if (error.code === 'ENOENT') return null;
  throw error;
};

/** Writes and waits until the disk has it: an answer to an uploader must survive a power cut. */
const writeDurably = async (
  path: string,
  content: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<StoredFile> => {
  const hash = createHash('sha256');
  let size = 0;
  const file = await open(path, 'wx', 0o440);
  try {
    for await (const chunk of content instanceof Uint8Array ? [content] : content) {
      hash.update(chunk);
      size += chunk.length;
      await file.appendFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), size };
};

/** Moves the finished file to its name. What is there and whole stays; what is there and rotten is set aside, not lost. */
const place = async (from: string, to: string, there: 'intact' | 'damaged' | 'missing'): Promise<void> => {
  if (there === 'intact') return;
  if (there === 'damaged') await rename(to, `${to}.damaged-${Date.now()}`);
  await mkdir(dirname(to), { recursive: true });
  await rename(from, to);
  await syncFolder(dirname(to));
};

/** Without this the name itself could be gone after a power cut, although the content is on the disk. */
const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Windows cannot sync a folder; there the file system's journal has to do.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  } finally {
    await handle.close();
  }
};
