import { contentDisposition, safeFileName } from './file-name.rules';

/** A file on its way to a browser. */
export type Download = {
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: string;
  /** Any name a person gave; cleaned here. */
  readonly fileName: string;
};

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
  'application/ofd': 'ofd',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'text/csv': 'csv',
  'application/json': 'json',
  'application/geo+json': 'geojson',
};

/** The extension of a media type we keep; `bin` for any other. */
export const extensionOf = (mediaType: string): string => EXTENSIONS[mediaType] ?? 'bin';

// Whatever a file turns out to be, it may neither run, nor load, nor be framed, nor be guessed at.
const INERT: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
};

/**
 * Headers for handing out something people uploaded: saved, not opened; its type as we found it from the bytes; not
 * kept by any cache in between, because permission may end. ETag is the content's hash.
 */
export const downloadHeaders = (file: Download): Record<string, string> => ({
  'content-type': EXTENSIONS[file.mediaType] ? file.mediaType : 'application/octet-stream',
  'content-length': String(file.size),
  'content-disposition': contentDisposition(safeFileName(file.fileName, extensionOf(file.mediaType))),
  etag: `"${file.sha256}"`,
  'cache-control': 'private, no-store',
  ...INERT,
});

/**
 * Headers for a public copy that we made ourselves of pixels only, the one kind of file shown inside a page. It
 * never changes under its name; a day in caches is a compromise with copies that have to be taken down.
 */
export const publicPictureHeaders = (file: Omit<Download, 'fileName'>): Record<string, string> => ({
  ...downloadHeaders({ ...file, fileName: file.sha256.slice(0, 16) }),
  'content-disposition': contentDisposition(
    safeFileName(file.sha256.slice(0, 16), extensionOf(file.mediaType)),
    'inline',
  ),
  'cache-control': 'public, max-age=86400',
});
