import 'server-only';
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { env } from '../env';
import { newSignerKey, parseSignerKey, renamedSigner, SIGNATURE_ED25519, type NoteSigner } from './note';

/**
 * The log's signing keys. `LOG_SIGNING_KEY` holds one or more `PRIVATE+KEY+…` texts, the newest first; while a key
 * is being replaced both sign, so that whoever knows only the old one can still check. Without it the key lies in
 * the data folder, where `npm run log-key` or the first start of the sequencer makes it.
 */
export const signingKeys = (): NoteSigner[] | null => {
  const text = env.LOG_SIGNING_KEY ?? readIfThere(keyFile());
  if (text === null) return null;
  const signers = text
    .split(/\s+/)
    .filter((skey) => skey !== '')
    .map((skey) => {
      const signer = parseSignerKey(skey);
      if (signer?.type !== SIGNATURE_ED25519)
        throw new Error(
          'LOG_SIGNING_KEY (or log/key in the data folder) does not hold a signing key of a log.',
        );
      return signer;
    });
  return signers.length === 0 ? null : signers;
};

/**
 * Makes the key of a new log; its name is the log's origin. Never replaces one: a server that quietly signs with
 * another key looks exactly like an impostor. Answers the key that is there when another process was faster.
 */
export const createSigningKey = (origin = defaultOrigin()): NoteSigner => {
  const { skey, signer } = newSignerKey(origin);
  mkdirSync(dirname(keyFile()), { recursive: true });
  const draft = `${keyFile()}.${process.pid}`;
  writeFileSync(draft, `${skey}\n`, { mode: 0o600 });
  try {
    linkSync(draft, keyFile()); // whole or not at all, and never over another one
    return signer;
  } catch (error) {
    const first = (error as NodeJS.ErrnoException).code === 'EEXIST' ? signingKeys()?.[0] : undefined;
    if (!first) throw error;
    return first;
  } finally {
    unlinkSync(draft);
  }
};

/** Puts a new key in front of the ones in the data folder. The sequencer publishes it as an act of its own. */
export const rotateSigningKey = (): NoteSigner => {
  const old = signingKeys();
  if (env.LOG_SIGNING_KEY !== undefined)
    throw new Error('The key is in LOG_SIGNING_KEY: put a new one in front of it there.');
  if (!old?.[0]) throw new Error('There is no key to rotate.');
  const { skey, signer } = newSignerKey(old[0].name);
  writeFileSync(keyFile(), `${skey}\n${readFileSync(keyFile(), 'utf8')}`, { mode: 0o600 });
  return signer;
};

/** The same keys under the name of a later epoch: a head is signed by a key of the log's own name. */
export const signersFor = (origin: string, signers: readonly NoteSigner[]): NoteSigner[] =>
  signers.map((signer) => (signer.name === origin ? signer : renamedSigner(signer, origin)));

/** The name of the log: its address without the scheme (C2SP tlog-tiles). It never changes once heads are signed. */
export const defaultOrigin = (): string => env.LOG_ORIGIN ?? `${new URL(env.PUBLIC_URL).host}/log`;

const keyFile = (): string => join(env.DATA_DIR, 'log', 'key');

const readIfThere = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};
