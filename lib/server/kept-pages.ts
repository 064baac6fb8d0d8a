import { createHash } from 'node:crypto';
import { type Coding, inCoding } from './coding';

/** One finished answer, the same for everyone, in the codings that have been asked for so far. */
export class KeptPage {
  readonly #bodies = new Map<Coding, Promise<Buffer>>();
  readonly etag: string;
  readonly size: number;

  constructor(
    readonly status: number,
    readonly headers: Readonly<Record<string, string>>,
    body: Buffer,
  ) {
    this.#bodies.set('identity', Promise.resolve(body));
    this.size = body.length;
    this.etag = createHash('sha256')
      .update(JSON.stringify(headers))
      .update(body)
      .digest('base64url')
      .slice(0, 24);
  }

  body(coding: Coding): Promise<Buffer> {
    const known = this.#bodies.get(coding);
    if (known) return known;
    const made = this.body('identity').then((plain) => inCoding(plain, coding));
    this.#bodies.set(coding, made);
    return made;
  }
}

/**
 * The pages of one version of the published data, the least recently asked for dropped first. Another version empties
 * it: nothing of an older one can be served again.
 */
export class KeptPages {
  #version = '';
  #size = 0;
  readonly #pages = new Map<string, KeptPage>();

  constructor(
    private readonly mostBytes: number,
    private readonly mostPages: number,
  ) {}

  get(version: string, key: string): KeptPage | undefined {
    if (version !== this.#version) return undefined;
    const page = this.#pages.get(key);
    if (page) {
      this.#pages.delete(key);
      this.#pages.set(key, page);
    }
    return page;
  }

  put(version: string, key: string, page: KeptPage): void {
    if (version !== this.#version) {
      this.#pages.clear();
      this.#size = 0;
      this.#version = version;
    }
    const before = this.#pages.get(key);
    if (before) this.#size -= before.size;
    this.#pages.set(key, page);
    this.#size += page.size;
    for (const [oldest, { size }] of this.#pages) {
      if (this.#size <= this.mostBytes && this.#pages.size <= this.mostPages) break;
      this.#pages.delete(oldest);
      this.#size -= size;
    }
  }
}
