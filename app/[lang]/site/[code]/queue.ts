// The phone's own list of photographs waiting to go out. Kept in IndexedDB, so that it survives a closed page, a flat
// battery and a night without network; sealed for the server, so that nobody who holds the phone can read it.
import { sealForServer, type ServerKey } from './seal';

/** What is said about a photograph. It goes with it, sealed. */
export type Facts = {
  readonly segment: string;
  readonly stage: string;
  readonly station: string;
  readonly on: string;
  readonly capturedAt: string;
  readonly place: { readonly latitudeE7: number; readonly longitudeE7: number } | null;
};

/** All that lies on the phone: no picture, no name, no place. */
export type Waiting = {
  /** Also the upload's id on the server: a retry continues the same upload. */
  readonly id: string;
  /** Whose it is: only while they are signed in does it go out. */
  readonly person: string;
  /** Of the server. */
  readonly key: string;
  readonly keptAt: string;
  /** Of the sealed bytes. */
  readonly sha256: string;
  readonly sealed: Blob;
};

/** For whom this page seals. */
export type Sealer = { readonly person: string; readonly key: ServerKey };

const STORE = 'sealed';
const opened = (name: string, store: string): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: 'id' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('indexedDB'));
  });

const within = async <T>(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
  [name, store]: readonly [string, string] = ['shanlu-waiting', STORE],
): Promise<T> => {
  const db = await opened(name, store);
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = db.transaction(store, mode);
      const request = act(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Error('indexedDB'));
    });
  } finally {
    db.close();
  }
};

/** Everything that waits here, also what another person of this phone has left. Oldest first. */
export const allWaiting = async (): Promise<Waiting[]> =>
  (await within('readonly', (store) => store.getAll() as IDBRequest<Waiting[]>)).sort((a, b) =>
    a.keptAt.localeCompare(b.keptAt),
  );
export const dropWaiting = (id: string): Promise<unknown> => within('readwrite', (store) => store.delete(id));

/** Seals a photograph and puts it on the list; answers its id. */
export const keepSealed = async (sealer: Sealer, facts: Facts, photograph: Blob): Promise<string> => {
  const id = crypto.randomUUID();
  const bytes = new Uint8Array(await photograph.arrayBuffer());
  const sealed = await sealForServer(sealer.key, { person: sealer.person, upload: id }, facts, bytes);
  const waiting: Waiting = {
    id,
    person: sealer.person,
    key: sealer.key.id,
    keptAt: new Date().toISOString(),
    sha256: await sha256Of(sealed),
    sealed: new Blob([sealed]),
  };
  await within('readwrite', (store) => store.put(waiting));
  return id;
};

/** As versions before kept it: readable by anybody with the phone. */
type Unsealed = Facts & { readonly id: string; readonly blob: Blob };
const UNSEALED = ['shanlu-site', 'photographs'] as const;

/** Seals what an earlier version left here unsealed, and removes where it lay. */
export const sealWhatLiesOpen = async (sealer: Sealer): Promise<void> => {
  const open = await within('readonly', (store) => store.getAll() as IDBRequest<Unsealed[]>, UNSEALED);
  for (const { id, blob, segment, stage, station, on, capturedAt, place } of open) {
    await keepSealed(sealer, { segment, stage, station, on, capturedAt, place }, blob);
    await within('readwrite', (store) => store.delete(id), UNSEALED);
  }
  indexedDB.deleteDatabase(UNSEALED[0]);
};

const PIECE_BYTES = 64 * 1024;

/** What became of one try: sent, to be tried again later, or refused for good with the server's reason. */
export type Outcome =
  | { readonly kind: 'sent' }
  /** The phone came to nobody, or the server (its database, its scanner) cannot take anything now. */
  | { readonly kind: 'no_network' }
  | { readonly kind: 'not_now' }
  | { readonly kind: 'sign_in' }
  | { readonly kind: 'refused'; readonly reason: string };

const ask = async (method: string, path: string, body: BodyInit): Promise<Response | null> => {
  try {
    return await fetch(path, { method, body, credentials: 'same-origin' });
  } catch {
    return null; // no network: the photograph stays where it is
  }
};

const judged = async (response: Response | null): Promise<Outcome | null> => {
  if (response === null) return { kind: 'no_network' };
  if (response.status >= 500) return { kind: 'not_now' };
  if (response.status === 401) return { kind: 'sign_in' };
  if (response.ok) return null;
  const { refused } = (await response.json().catch(() => ({}))) as { refused?: string };
  return { kind: 'refused', reason: refused ?? 'invalid_input' };
};

/** Sends one photograph in pieces, only those the server does not have, and says what became of it. */
export const send = async (
  { id, person, key, sha256, sealed }: Waiting,
  progress: (share: number) => void,
): Promise<Outcome> => {
  const path = `/api/site/uploads/${id}`;
  const size = sealed.size;
  const plan = { sha256, sizeBytes: size, pieceBytes: PIECE_BYTES, sealed: { key, person } };
  const begun = await ask('POST', path, JSON.stringify(plan));
  const trouble = await judged(begun);
  if (trouble || !begun) return trouble ?? { kind: 'no_network' };
  const there = (await begun.json()) as { have: number[]; photograph: string | null; pieceBytes: number };
  if (there.photograph !== null) return { kind: 'sent' };
  const have = new Set(there.have);
  const count = Math.ceil(size / there.pieceBytes);
  for (let no = 0; no < count; no += 1) {
    if (!have.has(no)) {
      const piece = sealed.slice(no * there.pieceBytes, (no + 1) * there.pieceBytes);
      const failed = await judged(await ask('PUT', `${path}?piece=${no}`, piece));
      if (failed) return failed;
    }
    progress((no + 1) / count);
  }
  const finished = await ask('PATCH', path, JSON.stringify({ sealed: true }));
  return (await judged(finished)) ?? { kind: 'sent' };
};

const sha256Of = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> => {
  const hash = await crypto.subtle.digest('SHA-256', bytes);
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
};
