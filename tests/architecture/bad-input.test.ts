import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { MATRIX } from '../bad-input/matrix';
import { markdownTable } from '../support/markdown-table';

// docs/bad-input.md is written from tests/bad-input/ (`npx vitest run --config tests/vitest.config.ts
// tests/architecture/bad-input.test.ts -u`). The numbers are those the tests themselves count: `cases` of
// tests/support/bad-input.ts throws when a list is longer or shorter than the matrix says.

const proofs = MATRIX.flatMap((row) => row.proofs);

test('every proof is named once, and its file names it', () => {
  expect(new Set(proofs.map(({ key }) => key)).size).toBe(proofs.length);
  for (const { key, file } of proofs) expect(readFileSync(file, 'utf8'), file).toContain(`'${key}'`);
});

test('every file that is only mentioned is there', () => {
  for (const { also = '' } of MATRIX)
    for (const file of also.match(/tests\/[\w./-]+\.ts/g) ?? []) expect(existsSync(file), file).toBe(true);
});

const written = `# What is sent in on purpose, and what must come of it

Written from \`tests/bad-input/\`; the tests count their own cases and fail when they are not as many. Every
case asks for the exact answer. Cases that come as far as an act also ask that nothing was written; those that are
answered over HTTP, that neither the answer nor what is printed holds a stack trace or a word of the database.

${markdownTable([
  ['what is bad', 'what must come of it', 'cases', 'tried in', 'what'],
  ...MATRIX.flatMap(({ bad, expected, proofs: of }) =>
    of.map(({ file, cases, about }, index) => [
      index === 0 ? bad : '',
      index === 0 ? expected : '',
      String(cases),
      `\`${file}\``,
      about,
    ]),
  ),
])}

${String(proofs.reduce((sum, { cases }) => sum + cases, 0))} cases in all.

## What has no number of its own

${MATRIX.flatMap(({ bad, expected, also }) => (also === undefined ? [] : [`- **${bad}** (${expected}). ${also}`])).join('\n')}
`;

test('docs/bad-input.md says what is tried', async () => {
  await expect(written).toMatchFileSnapshot('../../docs/bad-input.md');
});
