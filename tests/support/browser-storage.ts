import type { Page } from '@playwright/test';

/**
 * Everything the browser keeps for this site, as bytes: each store of each IndexedDB with its blobs, localStorage,
 * sessionStorage, Cache Storage and the cookies scripts can read. What is in it is looked for in the raw.
 */
export const rawStorage = async (page: Page): Promise<Buffer> =>
  Buffer.from(
    await page.evaluate(async () => {
      const parts: Blob[] = [];
      const put = (value: unknown): void => {
        if (value instanceof Blob)
          parts.push(value, new Blob([`${value.type} ${'name' in value ? String(value.name) : ''}`]));
        else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value))
          parts.push(new Blob([value as BlobPart]));
        else if (typeof value === 'object' && value !== null)
          for (const [key, part] of Object.entries(value)) {
            put(key);
            put(part);
          }
        else parts.push(new Blob([String(value), ' ']));
      };
      const asked = <T>(request: IDBRequest<T>): Promise<T> =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error ?? new Error('indexedDB'));
        });
      for (const { name } of await indexedDB.databases()) {
        const db = await asked(indexedDB.open(name ?? ''));
        put([name, ...db.objectStoreNames]);
        for (const store of db.objectStoreNames) {
          put(await asked(db.transaction(store).objectStore(store).getAllKeys()));
          put(await asked(db.transaction(store).objectStore(store).getAll()));
        }
        db.close();
      }
      put([{ ...localStorage }, { ...sessionStorage }, document.cookie]);
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
          put(request.url);
          put(await (await cache.match(request))?.blob());
        }
      }
      const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
      let text = '';
      for (let at = 0; at < bytes.length; at += 8192)
        text += String.fromCharCode(...bytes.subarray(at, at + 8192));
      return text;
    }),
    'latin1',
  );
