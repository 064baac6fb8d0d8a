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
];
