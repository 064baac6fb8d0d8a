import type { Row } from './row';

/** What people and files bring in: amounts, addresses, tables, pictures, texts. */
export const VALUES: readonly Row[] = [
  {
    bad: 'Text of amounts',
    expected: 'one exact integer, or refused; never rounded, never another currency',
    proofs: [
      {
        key: 'amount-text',
        file: 'tests/rules/shared/amount-text.test.ts',
        cases: 265,
        about: 'the reader of amounts, and each form that uses it',
      },
    ],
  },
  {
    bad: 'Currencies at their edges',
    expected: 'to the digit of the table, for us and for the provider',
    proofs: [
      {
        key: 'currency-text',
        file: 'tests/rules/shared/currency-bounds.test.ts',
        cases: 850,
        about: 'all codes × nothing, least, most, one more, a digit too many',
      },
      {
        key: 'currency-charge',
        file: 'tests/rules/shared/currency-bounds.test.ts',
        cases: 710,
        about: 'the codes that can be charged × the same edges, in the provider’s units',
      },
    ],
  },
  {
    bad: 'E-mail addresses',
    expected: 'one canonical form, or refused; exactly one recipient',
    proofs: [
      {
        key: 'addresses',
        file: 'tests/rules/mail/address.test.ts',
        cases: 21,
        about: 'odd, yet one address',
      },
      {
        key: 'no-addresses',
        file: 'tests/rules/mail/address.test.ts',
        cases: 102,
        about: 'lists, comments, quotes, line ends, look-alikes, lengths',
      },
    ],
  },
  {
    bad: 'Imported CSV',
    expected: 'the row is named by its line, nothing is guessed; a broken table gives no row',
    proofs: [
      {
        key: 'csv-rows',
        file: 'tests/rules/reconciliation/bad-csv.test.ts',
        cases: 76,
        about: 'one row spoilt',
      },
      {
        key: 'csv-tables',
        file: 'tests/rules/reconciliation/bad-csv.test.ts',
        cases: 20,
        about: 'the whole spoilt',
      },
      {
        key: 'csv-other',
        file: 'tests/rules/reconciliation/bad-csv.test.ts',
        cases: 9,
        about: 'only written otherwise: read all the same',
      },
    ],
    also: 'Files of real banks: tests/contracts/statements.test.ts. A hundred thousand rows: tests/rules/reconciliation/large-files.test.ts. All or nothing: tests/db/statement-import.test.ts.',
  },
  {
    bad: 'Exported cells',
    expected: 'no formula in any reader, the text reads back as it was',
    proofs: [
      { key: 'csv-cells', file: 'tests/rules/shared/csv.test.ts', cases: 61, about: 'beginnings of a cell' },
    ],
    also: 'Every export of open data: tests/db/open-data.test.ts. The spreadsheets: tests/contracts/files/xlsx.test.ts. LibreOffice: tests/stories/judges.test.ts.',
  },
  {
    bad: 'Pictures and documents',
    expected: 'refused by reason, or made anew without metadata, in little memory',
    proofs: [
      {
        key: 'pictures',
        file: 'tests/rules/files/picture.test.ts',
        cases: 41,
        about: 'other kinds, two kinds at once, cut off, too large, animated',
      },
      {
        key: 'decoder',
        file: 'tests/contracts/files/photograph.test.ts',
        cases: 6,
        about: 'lying headers, bombs, rubbish for profiles',
      },
      {
        key: 'hostile-pictures',
        file: 'tests/db/bad-input-pictures.test.ts',
        cases: 232,
        about:
          'sent in as photographs: spoilt in every part, twisted metadata, bombs, other kinds; what is kept is read back',
      },
      {
        key: 'documents',
        file: 'tests/contracts/files/document.test.ts',
        cases: 17,
        about: 'active content, other kinds, cut off',
      },
    ],
    also: 'A byte changed anywhere, every kind of metadata, 40 megapixels in memory: tests/contracts/files/photograph.test.ts.',
  },
  {
    bad: 'Names of files',
    expected: 'our own, safe name',
    proofs: [
      {
        key: 'file-names',
        file: 'tests/rules/files/file-name.test.ts',
        cases: 62,
        about: 'paths, devices, directions, NUL, lengths',
      },
    ],
    also: 'The naughty strings as names of files: the same test.',
  },
  {
    bad: 'Texts',
    expected: 'stored exactly or refused at the field; nothing runs',
    proofs: [
      {
        key: 'texts',
        file: 'tests/db/naughty-texts.test.ts',
        cases: 819,
        about: 'strings that break programs, in the texts of gifts, promises, requests and answers',
      },
    ],
    also: 'Every form over HTTP and what a real browser makes of it: tests/e2e/naughty.spec.ts (the day decides which string goes to which form; NAUGHTY=1 sends all to all).',
  },
];
