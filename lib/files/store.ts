import type { Readable } from 'node:stream';

/**
 * Files by the hash of their content: the name is the proof that the content is whole, the same file is kept once,
 * and nothing is ever overwritten. Two shelves that never mix: `sealed` for originals as they were uploaded (with
 * place and time inside), `public` for the clean copies that anyone may see.
 */
export type FileStore = {
  /** Keeps the content and says its name. Keeping what is there already changes nothing. */
  readonly put: (content: Uint8Array | AsyncIterable<Uint8Array>) => Promise<StoredFile>;
  /**
   * The content as a stream, or null when there is none of this name. The stream fails at its end with FileDamaged
   * when what was read does not have this hash; a reader who must not use a damaged byte takes `read`.
   */
  readonly get: (sha256: string) => Promise<Readable | null>;
  /** The whole content, checked against its name before it is handed out; null when there is none. */
  readonly read: (sha256: string) => Promise<Uint8Array | null>;
  readonly has: (sha256: string) => Promise<boolean>;
  /** Reads the content back and says whether it is still what its name says. */
  readonly verify: (sha256: string) => Promise<'intact' | 'damaged' | 'missing'>;
  /**
   * Takes content off the shelf for good: a public copy on which a face was left recognisable, or what the law
   * says must be erased. Hashes in the log stay valid without it.
   */
  readonly remove: (sha256: string) => Promise<void>;
};

/** `sha256` in lower-case hexadecimal, `size` in bytes. */
export type StoredFile = { readonly sha256: string; readonly size: number };

export type Shelf = 'sealed' | 'public';

/** Each shelf is a store of its own, so that code which shows things to the public is given only the public one. */
export type FileShelves = { readonly [shelf in Shelf]: FileStore };

/** The stored bytes are no longer those the name promises: bit rot, or somebody's hand. Never serve them. */
export class FileDamaged extends Error {
  override readonly name = 'FileDamaged';
  constructor(readonly sha256: string) {
    super(`the stored file ${sha256} does not have this hash any more`);
  }
}

/** Whether a text from outside can be the name of a stored file at all. Anything else is simply not there. */
export const isFileName = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/** Where a file lies below a shelf: two levels of folders, so that none holds millions of entries. */
export const shelfPath = (shelf: Shelf, sha256: string): string =>
  `${shelf}/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
