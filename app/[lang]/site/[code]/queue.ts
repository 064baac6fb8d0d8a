// The phone's own list of photographs waiting to go out. Kept in IndexedDB, so that it survives a closed page, a flat
// battery and a night without network.

export type Waiting = {
  /** Also the upload's id on the server: a retry continues the same upload. */
  readonly id: string;
  readonly segment: string;
  readonly stage: string;
  readonly station: string;
  readonly on: string;
  readonly capturedAt: string;
  readonly place: { readonly latitudeE7: number; readonly longitudeE7: number } | null;
  readonly sha256: string;
  readonly blob: Blob;
};

const STORE = 'photographs';

const open = (): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open('shanlu-site', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('indexedDB'));
  });

const within = async <T>(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> => {
  const db = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = db.transaction(STORE, mode);
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Error('indexedDB'));
    });
  } finally {
    db.close();
  }
};

export const keepWaiting = (photograph: Waiting): Promise<unknown> =>
  within('readwrite', (store) => store.put(photograph));
export const allWaiting = (): Promise<Waiting[]> =>
  within('readonly', (store) => store.getAll() as IDBRequest<Waiting[]>);
export const dropWaiting = (id: string): Promise<unknown> => within('readwrite', (store) => store.delete(id));

const PIECE_BYTES = 64 * 1024;

/** What became of one try: sent, to be tried again later, or refused for good with the server's reason. */
export type Outcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'later' }
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
  if (response === null || response.status >= 500) return { kind: 'later' };
  if (response.status === 401) return { kind: 'sign_in' };
  if (response.ok) return null;
  const { refused } = (await response.json().catch(() => ({}))) as { refused?: string };
  return { kind: 'refused', reason: refused ?? 'invalid_input' };
};

/** Sends one photograph in pieces, only those the server does not have, and says what became of it. */
export const send = async (photograph: Waiting, progress: (share: number) => void): Promise<Outcome> => {
  const path = `/api/site/uploads/${photograph.id}`;
  const size = photograph.blob.size;
  const begun = await ask(
    'POST',
    path,
    JSON.stringify({ sha256: photograph.sha256, sizeBytes: size, pieceBytes: PIECE_BYTES }),
  );
  const trouble = await judged(begun);
  if (trouble || !begun) return trouble ?? { kind: 'later' };
  const there = (await begun.json()) as { have: number[]; photograph: string | null; pieceBytes: number };
  if (there.photograph !== null) return { kind: 'sent' };
  const have = new Set(there.have);
  const count = Math.ceil(size / there.pieceBytes);
  for (let no = 0; no < count; no += 1) {
    if (!have.has(no)) {
      const piece = photograph.blob.slice(no * there.pieceBytes, (no + 1) * there.pieceBytes);
      const failed = await judged(await ask('PUT', `${path}?piece=${no}`, piece));
      if (failed) return failed;
    }
    progress((no + 1) / count);
  }
  const { segment, stage, station, on, capturedAt, place } = photograph;
  const finished = await ask(
    'PATCH',
    path,
    JSON.stringify({ segment, stage, station, on, capturedAt, place: place ?? null }),
  );
  return (await judged(finished)) ?? { kind: 'sent' };
};

export const sha256Of = async (blob: Blob): Promise<string> => {
  const hash = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
};
