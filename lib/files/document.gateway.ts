import 'server-only';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { sha256Hex } from './hashing';
import { readPdf } from './pdf-file';
import { readPicture } from './picture.rules';
import { readZipDirectory } from './zip-directory.rules';

/** A document that evidence is made of: invoice, contract, quote, acceptance sheet. Kept sealed, as it came. */
export type AcceptedDocument = {
  readonly sha256: string;
  readonly size: number;
  readonly kind: 'pdf' | 'jpeg' | 'png' | 'xlsx' | 'ofd';
  readonly mediaType: string;
  /** Pages of a PDF where they can be counted without a PDF engine; else null. */
  readonly pages: number | null;
};

/** 20 MB: a scanned contract of fifty pages. */
export const DOCUMENT_BYTES_MAX = 20 * 1024 * 1024;

/** What a spreadsheet may unpack to; a thousand times its size is no bill of quantities. */
const UNPACKED_BYTES_MAX = 200 * 1024 * 1024;

/**
 * Judges an uploaded document from its bytes: PDF, JPEG, PNG, XLSX, or OFD, the format of Chinese electronic
 * invoices. Refuses `file_too_large`, `file_type_refused` (anything else; programs inside: macros, JavaScript,
 * launch actions) and `file_unreadable`. Nothing is rendered or unpacked here, and nothing of it is shown inside a
 * page: it is handed out with downloadHeaders only.
 */
export const acceptDocument = (bytes: Uint8Array): Result<AcceptedDocument> => {
  if (bytes.length === 0) return refuse('file_unreadable', { reason: 'empty' });
  if (bytes.length > DOCUMENT_BYTES_MAX)
    return refuse('file_too_large', { bytes: bytes.length, bytesMax: DOCUMENT_BYTES_MAX });
  const found = judge(bytes);
  return found.ok ? ok({ sha256: sha256Hex(bytes), size: bytes.length, ...found.value }) : found;
};

type Found = Pick<AcceptedDocument, 'kind' | 'mediaType' | 'pages'>;

const judge = (bytes: Uint8Array): Result<Found> => {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 8));
  if (start.startsWith('%PDF-')) return judgePdf(bytes);
  if (start.startsWith('PK\x03\x04')) return judgeZip(bytes);
  return judgePicture(bytes);
};

const judgePdf = (bytes: Uint8Array): Result<Found> => {
  const pdf = readPdf(bytes);
  if (!pdf.whole) return refuse('file_unreadable', { reason: 'truncated' });
  if (pdf.active) return refuse('file_type_refused', { reason: 'active_content' });
  return ok({ kind: 'pdf', mediaType: 'application/pdf', pages: pdf.pages });
};

const judgeZip = (bytes: Uint8Array): Result<Found> => {
  const directory = readZipDirectory(bytes);
  if (!directory) return refuse('file_unreadable', { reason: 'zip' });
  const names = new Set(directory.entries.map(({ name }) => name));
  const unpacked = directory.entries.reduce((sum, { unpackedSize }) => sum + unpackedSize, 0);
  if (unpacked > UNPACKED_BYTES_MAX) return refuse('file_too_large', { reason: 'unpacked', bytes: unpacked });
  if (
    directory.entries.some(
      ({ name }) => /vbaProject|\.(?:bin|exe|js|vbs|dll)$/i.test(name) && !isPrinterSetting(name),
    )
  )
    return refuse('file_type_refused', { reason: 'active_content' });
  if (names.has('[Content_Types].xml') && names.has('xl/workbook.xml'))
    return ok({
      kind: 'xlsx',
      mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      pages: null,
    });
  if (names.has('OFD.xml')) return ok({ kind: 'ofd', mediaType: 'application/ofd', pages: null });
  return refuse('file_type_refused', { reason: 'zip' });
};

// Excel keeps the chosen printer's settings in files called .bin.
const isPrinterSetting = (name: string): boolean =>
  /^xl\/printerSettings\/printerSettings\d+\.bin$/.test(name);

const judgePicture = (bytes: Uint8Array): Result<Found> => {
  const picture = readPicture(bytes);
  if (!picture.ok) return picture;
  const { kind, mediaType } = picture.value;
  if (kind === 'webp') return refuse('file_type_refused', { reason: 'webp' });
  return ok({ kind, mediaType, pages: 1 });
};
