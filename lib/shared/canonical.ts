import { createHash } from 'node:crypto';

type Plain =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | Date
  | readonly Plain[]
  | { readonly [key: string]: Plain };

/** One text per value: keys sorted, bigint as decimal text with an n, absent keys left out. For hashes only. */
export const canonicalText = (value: unknown): string => {
  const plain = value as Plain;
  if (plain === null || plain === undefined) return 'null';
  if (typeof plain === 'bigint') return `${plain}n`;
  if (plain instanceof Date) return JSON.stringify(plain.toISOString());
  if (plain instanceof Uint8Array) return JSON.stringify(Buffer.from(plain).toString('hex'));
  if (Array.isArray(plain)) return `[${plain.map(canonicalText).join(',')}]`;
  if (typeof plain === 'object')
    return `{${Object.entries(plain)
      .filter(([, v]) => v !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => `${JSON.stringify(k)}:${canonicalText(v)}`)
      .join(',')}}`;
  return JSON.stringify(plain);
};

/** SHA-256 over the canonical text: equal inputs, equal hash. Used for idempotency and for "changed since seen". */
export const contentHash = (value: unknown): string =>
  createHash('sha256').update(canonicalText(value)).digest('hex');

/** JSON that keeps bigint: written as {"$big":"…"} so that an answer stored under a key comes back exact. */
export const toStoredJson = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'bigint' ? { $big: part.toString() } : part,
  ) ?? 'null';

export const fromStoredJson = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(fromStoredJson);
  if (typeof value === 'object' && value !== null) {
    const big = (value as { $big?: unknown }).$big;
    if (typeof big === 'string') return BigInt(big);
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, fromStoredJson(part)]));
  }
  return value;
};
