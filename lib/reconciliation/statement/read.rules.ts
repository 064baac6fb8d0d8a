import { isCamt, readCamt } from './camt.rules';
import type { DateOrder } from './date-text.rules';
import { decodeText } from './decode.rules';
import { finish } from './finish.rules';
import { isMt, readMt } from './mt940.rules';
import { isOfx, readOfx } from './ofx.rules';
import { isQif, readQif } from './qif.rules';
import { refusal, refusedFile, type FileDraft, type Progress, type StatementFile } from './statement.rules';
import { readTableText } from './csv.rules';
import type { ColumnMapping } from './mapping.rules';
import { isMarkupTable, isWorkbook, readMarkupTable, readWorkbook } from './workbook.rules';

export type ReadOptions = {
  /** The columns of a CSV or spreadsheet, as saved; guessed when not given. */
  readonly mapping?: ColumnMapping | undefined;
  /** The account's own currency, for formats that state none. */
  readonly currency?: string | undefined;
  /** Decides dates such as 02/12/2009. */
  readonly dateOrder?: DateOrder | undefined;
  readonly onProgress?: Progress | undefined;
};

/** Two hundred megabytes: a hundred thousand entries of the most talkative format, with room. */
export const FILE_BYTES_MAX = 200 * 1024 * 1024;

const readText = (text: string, options: ReadOptions): FileDraft => {
  const bare = text.trimStart();
  if (bare === '') return refusedFile('unknown', 'unknown', refusal('empty_file', 1, ''));
  if (isCamt(text)) return readCamt(text, options.onProgress);
  if (isOfx(text)) return readOfx(text, options.onProgress);
  if (isMt(text)) return readMt(text, options.onProgress);
  if (isQif(text)) return readQif(text, options.onProgress, options.dateOrder);
  if (isMarkupTable(text)) return readMarkupTable(text, options);
  return readTableText(text, options);
};

const withCurrency = (draft: FileDraft, currency: string | undefined): FileDraft =>
  currency === undefined
    ? draft
    : {
        ...draft,
        statements: draft.statements.map((one) => ({
          ...one,
          account: { ...one.account, currency: one.account.currency ?? currency },
        })),
      };

/**
 * Reads a bank file of any supported format, recognised by its content alone. Never throws: what cannot be read
 * is refused with reason and line, for the whole file (`refusal`) or for single records (`errors`).
 */
export const readStatement = (bytes: Uint8Array, options: ReadOptions = {}): StatementFile => {
  if (bytes.length === 0)
    return finish(refusedFile('unknown', 'unknown', refusal('empty_file', 1, '')), 'utf-8');
  if (bytes.length > FILE_BYTES_MAX)
    return finish(refusedFile('unknown', 'unknown', refusal('file_too_long', 1, '')), 'utf-8');
  if (isWorkbook(bytes))
    return finish(withCurrency(readWorkbook(bytes, options), options.currency), 'workbook');
  const { text, encoding, flags } = decodeText(bytes);
  return finish(withCurrency(readText(text, options), options.currency), encoding, flags);
};
