/**
 * Names of files. What is stored is named by its hash alone; a name given by an uploader is only ever shown to
 * people and offered when they save a copy, so it is cleaned here and never becomes a path.
 */

/** Bytes of UTF-8 that common file systems allow in a name. */
const NAME_BYTES_MAX = 200;

// What Windows keeps for devices, whatever follows the first dot.
const RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;

/**
 * A name that is safe to show and to save under on any system: no path, no control, invisible or direction
 * character, no leading dot, at most 200 bytes, ending in the extension of what the file really is.
 */
export const safeFileName = (given: string, extension: string): string => {
  const base = given
    .normalize('NFC')
    .toWellFormed()
    .split(/[/\\]/)
    .at(-1)
    ?.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\uFFFD]/gu, '')
    .replace(/[<>:"|?*%]/g, '_')
    .replace(/\s+/gu, ' ')
    .replace(/^[.\s]+|[.\s]+$/gu, '');
  const stem = withoutExtension(base ?? '', extension);
  const named = stem === '' || RESERVED.test(stem) ? `file${stem && `_${stem}`}` : stem;
  return `${cutBytes(named, NAME_BYTES_MAX - extension.length - 1)}.${extension}`;
};

/** Takes off the true extension and, so that "photo.jpg.exe" does not live on inside the name, dots become "_". */
const withoutExtension = (name: string, extension: string): string => {
  const lower = name.toLowerCase();
  const same = lower.endsWith(`.${extension}`) || (extension === 'jpg' && lower.endsWith('.jpeg'));
  const stem = same ? name.slice(0, name.lastIndexOf('.')) : name;
  return stem.replace(/\.(?=[A-Za-z0-9]{1,5}(?:$|\.))/g, '_').replace(/[.\s]+$/u, '');
};

const cutBytes = (text: string, max: number): string => {
  let bytes = 0;
  let cut = '';
  for (const character of text) {
    bytes += utf8Length(character);
    if (bytes > max) break;
    cut += character;
  }
  return cut.trimEnd();
};

const utf8Length = (character: string): number => {
  const point = character.codePointAt(0) ?? 0;
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
};

/**
 * The value of Content-Disposition for any name: plain ASCII for old readers, UTF-8 by RFC 5987 for the others.
 * `attachment` makes the browser save the file instead of opening it in our origin.
 */
export const contentDisposition = (
  fileName: string,
  kind: 'attachment' | 'inline' = 'attachment',
): string => {
  const plain = fileName.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_');
  const encoded = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
};
