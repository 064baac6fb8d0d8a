import type { Row } from './row';

/** What somebody claims: proofs, signatures, rights. */
export const CLAIMS: readonly Row[] = [
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
