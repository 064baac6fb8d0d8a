/** One proof of a row: the file that tries the cases, under the key it names them by (tests/support/bad-input.ts). */
export type Proof = {
  readonly key: string;
  readonly file: string;
  readonly cases: number;
  readonly about: string;
};

export type Row = {
  readonly bad: string;
  readonly expected: string;
  readonly proofs: readonly Proof[];
  /** What turns with the day or is counted elsewhere, in words. */
  readonly also?: string;
};

/** Everything that is tried on purpose, row by row. docs/bad-input.md is written from this list. */
export const MATRIX: readonly Row[] = [
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
    bad: 'JSON',
    expected: '400, 413 or 422, nothing written',
    proofs: [
      {
        key: 'json-webhook',
        file: 'tests/db/bad-input-webhook.test.ts',
        cases: 15,
        about: 'signed, yet no event: deep, doubled, prototypes, half letters',
      },
      {
        key: 'json-uploads',
        file: 'tests/db/bad-input-uploads.test.ts',
        cases: 152,
        about: 'the two JSON bodies of an upload: none, too much, each field wrong in ten ways',
      },
      {
        key: 'upload-pieces',
        file: 'tests/db/bad-input-uploads.test.ts',
        cases: 13,
        about: 'pieces of the wrong number or length',
      },
    ],
  },
  {
    bad: 'Deliveries of the provider',
    expected: '400 or 413 and nothing kept; 200 for kinds nobody knows yet',
    proofs: [
      {
        key: 'webhook',
        file: 'tests/db/bad-input-webhook.test.ts',
        cases: 84,
        about: 'signatures, ages, altered bodies, other modes and accounts, sizes',
      },
      {
        key: 'webhook-unknown',
        file: 'tests/db/bad-input-webhook.test.ts',
        cases: 5,
        about: 'unknown types and versions',
      },
    ],
  },
  {
    bad: 'Queries',
    expected: '400 by name of the parameter within 200 ms, or taken as plain text',
    proofs: [
      {
        key: 'queries',
        file: 'tests/db/bad-input-open-data.test.ts',
        cases: 73,
        about: 'sizes of pages, orders, cursors, days, doubled and unknown parameters',
      },
      {
        key: 'filter-texts',
        file: 'tests/db/bad-input-open-data.test.ts',
        cases: 204,
        about: 'every text filter of every list × what looks like SQL, patterns, markup',
      },
    ],
  },
  {
    bad: 'Names of things',
    expected: '404 in the same words as for what does not exist',
    proofs: [
      {
        key: 'open-names',
        file: 'tests/db/bad-input-open-data.test.ts',
        cases: 224,
        about: 'kinds of open data × names that are none',
      },
      {
        key: 'open-paths',
        file: 'tests/db/bad-input-open-data.test.ts',
        cases: 9,
        about: 'addresses that cannot be read, at eight addresses',
      },
    ],
  },
  {
    bad: 'Tokens',
    expected: 'refused; good once, for one thing, in time',
    proofs: [
      {
        key: 'tokens',
        file: 'tests/rules/auth/tokens.test.ts',
        cases: 80,
        about: 'five kinds of signed tokens × spoilt in twelve ways, or one in place of another',
      },
      {
        key: 'sign-in-tokens',
        file: 'tests/db/bad-input-sign-in.test.ts',
        cases: 11,
        about: 'what is posted in place of the token of a link',
      },
      {
        key: 'sign-in-bodies',
        file: 'tests/db/bad-input-sign-in.test.ts',
        cases: 7,
        about: 'a right code in a body that is no small form',
      },
    ],
  },
  {
    bad: 'Addresses to go on to',
    expected: 'a page of ours, or none',
    proofs: [
      {
        key: 'elsewhere',
        file: 'tests/rules/auth/elsewhere.test.ts',
        cases: 88,
        about: 'other places hidden in `next`, `to` and `back`',
      },
    ],
  },
  {
    bad: 'Forged requests',
    expected: '403, nothing written',
    proofs: [
      {
        key: 'forged',
        file: 'tests/db/bad-input-sign-in.test.ts',
        cases: 6,
        about:
          'sources × every page of the route tree in three encodings, and × every handler that changes something',
      },
    ],
  },
  {
    bad: 'Keys of acts used again',
    expected: 'refused by name, nothing written; the same input is answered as before',
    proofs: [
      {
        key: 'reused-keys',
        file: 'tests/db/bad-input-keys.test.ts',
        cases: 62,
        about: 'eleven acts × each field altered, and another person',
      },
    ],
  },
  {
    bad: 'Headers',
    expected: 'no effect on limits, links and policy',
    proofs: [
      {
        key: 'forwarded',
        file: 'tests/rules/server/headers.test.ts',
        cases: 28,
        about: 'chains of forwarded addresses behind none, one and two proxies',
      },
      {
        key: 'hosts',
        file: 'tests/rules/server/headers.test.ts',
        cases: 60,
        about: 'names of hosts in six headers, at four addresses',
      },
      {
        key: 'odd-headers',
        file: 'tests/rules/server/headers.test.ts',
        cases: 16,
        about: 'languages, browsers and versions kept',
      },
    ],
  },
  {
    bad: 'Requests no client sends',
    expected: 'exactly the foretold statuses, never 500; nothing smuggled in, nothing written',
    proofs: [
      {
        key: 'raw-requests',
        file: 'tests/e2e/raw-requests.spec.ts',
        cases: 196,
        about:
          'requests no client sends, over a socket: lines, lengths, codings, chunks, addresses, smuggled ones',
      },
      {
        key: 'spoilt-forms',
        file: 'tests/e2e/raw-requests.spec.ts',
        cases: 40,
        about: 'the fields a page adds to its form: spoilt, cut, left out, made up',
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
  {
    bad: 'Proofs of the public log',
    expected: 'the same verdict as the collection; no forged proof is accepted',
    proofs: [
      {
        key: 'inclusion-probes',
        file: 'tests/contracts/merkle.test.ts',
        cases: 59,
        about: 'published probes',
      },
      {
        key: 'consistency-probes',
        file: 'tests/contracts/merkle.test.ts',
        cases: 50,
        about: 'published probes',
      },
      {
        key: 'forged-proofs',
        file: 'tests/contracts/tlog.test.ts',
        cases: 20000,
        about: 'our own mutations, seeded',
      },
    ],
  },
  {
    bad: 'Notes, checkpoints and keys',
    expected: 'refused',
    proofs: [
      { key: 'notes', file: 'tests/contracts/note.test.ts', cases: 13, about: 'published notes' },
      {
        key: 'mangled-keys',
        file: 'tests/contracts/note.test.ts',
        cases: 2210,
        about: 'every proper part of a key',
      },
    ],
  },
  {
    bad: 'Every reason for saying no',
    expected: 'its own name, nothing written',
    proofs: [],
    also: 'Each name of the list is provoked by a test: tests/architecture/refusals.test.ts. Those no story comes upon: tests/db/refusals.test.ts, tests/rules/segments/moves.test.ts.',
  },
  {
    bad: 'What is not theirs',
    expected: '404 as for what does not exist',
    proofs: [],
    also: 'Every page and file of givers and staff × 24 ways of asking × roles: tests/e2e/variants.spec.ts (the day decides; VARIANTS=all asks all). Gifts of others: tests/db/donors.test.ts. Uploads of others: tests/db/bad-input-uploads.test.ts.',
  },
  {
    bad: 'Roles and acts',
    expected: 'exactly the written table',
    proofs: [],
    also: 'Every act × every role, with and without the second factor: tests/architecture/roles.test.ts, tests/architecture/commands.test.ts.',
  },
  {
    bad: 'Signatures (Ed25519)',
    expected: 'the same verdict as Node',
    proofs: [],
    also: 'Good and flipped signatures, an s of the group order and above, keys that are no point: tests/contracts/tlog-browser-crypto.test.ts. The Wycheproof and CCTV vectors are not part of the collection of files and are not tried.',
  },
  {
    bad: 'SQL',
    expected: 'no parameter becomes SQL',
    proofs: [],
    also: 'Every value is bound: each filter of open data × what looks like SQL is tried above, and the strings of the texts hold injections. sqlmap, a program nobody here wrote, tries the parameters of the open data, the ledger’s search and the forms of giving and signing in, and must find a careless server beside them: `npm run faults -- sqlmap` (docs/faults.md).',
  },
];
