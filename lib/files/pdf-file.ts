import { inflateSync } from 'node:zlib';

/** What can be said of a PDF without rendering it. */
export type PdfFacts = {
  /** Begins and ends as a PDF does. */
  readonly whole: boolean;
  /** Names an action that runs something: JavaScript, or the launch of a program. */
  readonly active: boolean;
  /** Pages of the page tree; null when the file is encrypted or written in an unusual way. */
  readonly pages: number | null;
};

const OBJECT_STREAMS_MAX = 400;
const INFLATED_BYTES_MAX = 32 * 1024 * 1024;

/** Reads a PDF's outline of objects, those in compressed object streams included, within fixed limits of work. */
export const readPdf = (bytes: Uint8Array): PdfFacts => {
  const text = new TextDecoder('latin1').decode(bytes);
  const whole = /^%PDF-\d\.\d/.test(text) && text.slice(-2048).includes('%%EOF');
  const encrypted = /\/Encrypt\b/.test(text);
  const objects = plainParts(text) + (encrypted ? '' : objectStreams(text, bytes));
  return {
    whole,
    // Names may be written with escapes (/J#61vaScript); unescape before looking.
    active: /\/(?:JavaScript|JS|Launch)(?![A-Za-z])/.test(unescapeNames(objects)),
    pages: encrypted ? null : countPages(objects),
  };
};

/**
 * The text between streams: stream data is binary and may spell anything. Searches run forward only, so that a file
 * made of nothing but the word "stream" takes no longer than any other.
 */
const plainParts = (text: string): string => {
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf('stream', at);
    const end = start < 0 ? -1 : text.indexOf('endstream', start);
    if (end < 0) return parts.concat(text.slice(at)).join(' ');
    parts.push(text.slice(at, start));
    at = end + 'endstream'.length;
  }
};

const unescapeNames = (text: string): string =>
  text.replace(/#([0-9a-fA-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

const objectStreams = (text: string, bytes: Uint8Array): string => {
  const found: string[] = [];
  let left = INFLATED_BYTES_MAX;
  for (const match of text.matchAll(/\/ObjStm\b[^]{0,400}?\bstream\r?\n/g)) {
    const start = match.index + match[0].length;
    const end = text.indexOf('endstream', start);
    if (end < 0 || found.length >= OBJECT_STREAMS_MAX || left <= 0) break;
    try {
      const inflated = inflateSync(bytes.subarray(start, end), { maxOutputLength: left });
      left -= inflated.length;
      found.push(inflated.toString('latin1'));
    } catch {
      // Another filter, or damage: what cannot be read is not counted.
    }
  }
  return found.join('\n');
};

/** The root of the page tree has the largest count; without one, the page objects are counted. */
const countPages = (objects: string): number | null => {
  let most = 0;
  let pages = 0;
  // In an object stream nothing but its dictionary's own brackets separates one object from the next.
  for (const object of objects.split(/endobj|>>\s*<</)) {
    if (/\/Type\s*\/Pages\b/.test(object))
      most = Math.max(most, Number(/\/Count\s+(\d{1,6})\b/.exec(object)?.[1] ?? 0));
    else if (/\/Type\s*\/Page\b/.test(object)) pages += 1;
  }
  return most || pages || null;
};
