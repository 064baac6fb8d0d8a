import { createHash, randomBytes } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseCheckpointText, type TreeHead } from '../checkpoint';
import {
  newSignerKey,
  parseNote,
  parseSignerKey,
  parseVerifierKey,
  SIGNATURE_COSIGNATURE_V1,
  type NoteKey,
  type NoteSigner,
} from '../note';

/**
 * What a witness remembers, as plain files a person can read: its key, the logs it trusts, every checkpoint it
 * has cosigned, and the evidence of what it refused.
 *
 *   key                              its secret (mode 600)
 *   logs                             one verifier key per line; edited by a person
 *   logs.d/<origin>/000/000001.txt   cosigned checkpoints in order, never overwritten
 *   evidence/<day>-<kind>-<hash>.txt what a log signed and should not have
 */
export type Kept = { readonly number: number; readonly head: TreeHead; readonly note: string };

export class WitnessStore {
  constructor(readonly folder: string) {}

  /** The witness's own key, made at the first start. */
  async signer(name: string): Promise<NoteSigner> {
    const file = join(this.folder, 'key');
    const known = await readText(file);
    if (known !== null) {
      const signer = parseSignerKey(known.trim());
      if (!signer || signer.type !== SIGNATURE_COSIGNATURE_V1)
        throw new Error(`${file} does not hold the key of a witness`);
      return signer;
    }
    const { skey, signer } = newSignerKey(name, SIGNATURE_COSIGNATURE_V1);
    if (!(await createOnce(file, `${skey}\n`, 0o600))) return this.signer(name);
    return signer;
  }

  /** The logs this witness speaks for. Read anew each time, so that trust given takes effect at once. */
  async trustedLogs(): Promise<NoteKey[]> {
    const lines = ((await readText(join(this.folder, 'logs'))) ?? '').split('\n').map((line) => line.trim());
    return lines
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const key = parseVerifierKey(line);
        if (!key) throw new Error(`logs: not a verifier key: ${line}`);
        return key;
      });
  }

  async trust(vkey: string): Promise<void> {
    if (!parseVerifierKey(vkey)) throw new Error(`not a verifier key: ${vkey}`);
    const known = await this.trustedLogs();
    if (known.some((key) => key.vkey === vkey)) return;
    await writeWhole(join(this.folder, 'logs'), `${[...known.map((key) => key.vkey), vkey].join('\n')}\n`);
  }

  /** The newest checkpoint cosigned for this origin, or null. */
  async last(origin: string): Promise<Kept | null> {
    const folder = this.#originFolder(origin);
    const shard = (await list(folder)).filter((name) => /^\d{6,}$/.test(name)).at(-1);
    if (shard === undefined) return null;
    const name = (await list(join(folder, shard))).filter((one) => /^\d+\.txt$/.test(one)).at(-1);
    return name === undefined ? null : this.#read(folder, Number(name.slice(0, -'.txt'.length)));
  }

  /** All checkpoints cosigned for this origin, oldest first: what an auditor compares with the log's own story. */
  async *history(origin: string): AsyncGenerator<Kept> {
    const folder = this.#originFolder(origin);
    for (const shard of (await list(folder)).filter((name) => /^\d{6,}$/.test(name)))
      for (const name of (await list(join(folder, shard))).filter((one) => /^\d+\.txt$/.test(one)))
        yield await this.#read(folder, Number(name.slice(0, -'.txt'.length)));
  }

  /**
   * Stores a checkpoint as the one after `last`, on disk before it returns. False when another request, in this
   * process or another one, has been faster: the number is then taken. This is the check and the store in one.
   */
  async keepNext(origin: string, last: Kept | null, note: string): Promise<boolean> {
    const number = (last?.number ?? 0) + 1;
    return createOnce(this.#file(this.#originFolder(origin), number), note, 0o644);
  }

  /** Keeps what a log has signed and must not have signed. The same thing is kept once. */
  async keepEvidence(kind: 'split_view' | 'rollback' | 'bad_proof', at: Date, text: string): Promise<void> {
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 24);
    const folder = join(this.folder, 'evidence');
    const known = await list(folder);
    if (known.some((name) => name.endsWith(`-${kind}-${hash}.txt`))) return;
    await createOnce(join(folder, `${at.toISOString().slice(0, 10)}-${kind}-${hash}.txt`), text, 0o644);
  }

  async evidence(): Promise<string[]> {
    return list(join(this.folder, 'evidence'));
  }

  #originFolder(origin: string): string {
    return join(this.folder, 'logs.d', originId(origin));
  }

  #file(folder: string, number: number): string {
    const digits = String(number).padStart(9, '0');
    return join(folder, digits.slice(0, -3), `${digits}.txt`);
  }

  async #read(folder: string, number: number): Promise<Kept> {
    const note = await readFile(this.#file(folder, number), 'utf8');
    const head = parseCheckpointText(parseNote(note)?.text ?? '');
    if (!head) throw new Error(`checkpoint ${number} in ${folder} cannot be read`);
    return { number, head, note };
  }
}

/** A log's folder and web address: hex SHA-256 of its origin, as other witnesses do it. */
export const originId = (origin: string): string => createHash('sha256').update(origin).digest('hex');

/** Creates a file that is either whole and on disk or not there. False when it exists already. */
const createOnce = async (file: string, text: string, mode: number): Promise<boolean> => {
  const draft = await writeDraft(file, text, mode);
  try {
    await link(draft, file); // refuses an existing name, on every file system and between processes
    await syncFolder(dirname(file));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(draft);
  }
};

const writeWhole = async (file: string, text: string): Promise<void> => {
  await rename(await writeDraft(file, text, 0o644), file);
  await syncFolder(dirname(file));
};

const writeDraft = async (file: string, text: string, mode: number): Promise<string> => {
  const first = await mkdir(dirname(file), { recursive: true });
  if (first !== undefined) await syncFolder(dirname(first));
  const draft = `${file}.${randomBytes(6).toString('hex')}.draft`;
  const handle = await open(draft, 'wx', mode);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return draft;
};

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const list = async (folder: string): Promise<string[]> => {
  try {
    return (await readdir(folder)).filter((name) => !name.endsWith('.draft')).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};

const readText = async (file: string): Promise<string | null> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};
