/**
 * RFC 8785 (JSON Canonicalization Scheme): one JSON value has exactly one sequence of bytes, so that a hash
 * of it means the value and not somebody's spacing. Leaves of the log are written this way.
 */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/**
 * The canonical text of a value. Throws TypeError for anything JSON cannot carry exactly: NaN, Infinity,
 * bigint, undefined, functions and lone surrogates. A leaf that would be ambiguous must never be written.
 */
export const canonicalText = (value: JsonValue): string => {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('canonical JSON has no NaN and no Infinity');
    return JSON.stringify(value); // ECMAScript's number form is the one RFC 8785 section 3.2.2.3 asks for
  }
  if (typeof value === 'string') return quoted(value);
  if (isList(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (typeof value === 'object') {
    const members = Object.keys(value)
      .sort(byUtf16)
      .map((key) => `${quoted(key)}:${canonicalText(value[key] as JsonValue)}`);
    return `{${members.join(',')}}`;
  }
  throw new TypeError(`canonical JSON cannot carry a ${typeof value}`);
};

/** The canonical UTF-8 bytes: what is stored, hashed and served. */
export const canonicalBytes = (value: JsonValue): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(canonicalText(value));

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

// Section 3.2.3: keys are ordered by UTF-16 code units, which is how JavaScript compares strings.
const byUtf16 = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

const quoted = (text: string): string => {
  if (LONE_SURROGATE.test(text)) throw new TypeError('canonical JSON has no lone surrogates');
  return JSON.stringify(text); // well-formed text is escaped exactly as section 3.2.2.2 asks
};
