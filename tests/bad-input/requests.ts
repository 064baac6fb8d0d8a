import type { Row } from './row';

/** What is sent to the server: bodies, addresses, headers, tokens. */
export const REQUESTS: readonly Row[] = [
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
      {
        key: 'sealed-photographs',
        file: 'tests/db/sealed-uploads.test.ts',
        cases: 6,
        about: 'sealed photographs altered, cut off, of another person or upload, or not sealed',
      },
      {
        key: 'sealed-facts',
        file: 'tests/db/sealed-uploads.test.ts',
        cases: 6,
        about: 'what is said within a sealed photograph: none, or a field wrong',
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
        cases: 199,
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
];
