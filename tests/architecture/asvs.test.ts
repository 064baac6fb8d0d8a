import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Control } from '../asvs/control';
import { DOOR_CONTROLS } from '../asvs/doors';
import { INPUT_CONTROLS } from '../asvs/input';
import { INSIDE_CONTROLS } from '../asvs/inside';
import { markdownTable } from '../support/markdown-table';

// docs/asvs.md is written from tests/asvs/ (`npx vitest run --config tests/vitest.config.ts tests/architecture/asvs.test.ts
// -u`). Every test it names is in the file it names; that those tests pass is what `npm test` says.

const CONTROLS: readonly Control[] = [...INPUT_CONTROLS, ...DOOR_CONTROLS, ...INSIDE_CONTROLS];

test('every test that is named is there', () => {
  const missing = CONTROLS.flatMap(({ id, proofs }) =>
    proofs
      .filter(([file, title]) => !existsSync(file) || !readFileSync(file, 'utf8').includes(title))
      .map(([file, title]) => `${id}: ${file}: ${title}`),
  );
  expect(missing).toEqual([]);
});

test('every control is named once, in order, and has a test or a reason', () => {
  const ids = CONTROLS.map(({ id }) => id);
  const key = (id: string): string =>
    id
      .split('.')
      .map((part) => part.padStart(3, '0'))
      .join('.');
  expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => key(a).localeCompare(key(b))));
  for (const { id, result, proofs, reason } of CONTROLS)
    expect(result === 'held' ? proofs.length : reason.length, id).toBeGreaterThan(0);
});

test('of the third level at least 25 are held', () => {
  const third = CONTROLS.filter(({ level, result }) => level === 3 && result === 'held');
  expect(third.length).toBeGreaterThanOrEqual(25);
});

const RESULTS = ['held', 'built so', 'partly', 'not held', 'whoever runs it', 'does not apply'] as const;
const number = (level: 1 | 2 | 3, result: Control['result']): number =>
  CONTROLS.filter((one) => one.level === level && one.result === result).length;

const written = `# OWASP ASVS 5.0.0, control by control

Written from \`tests/asvs/\`. The numbers are those of the standard; what each asks is said in our own words. "held"
means that the tests named beside it prove it, in every run of \`npm test\`; "built so" that there is nothing to test,
for the reason given; "partly" and "not held" say what is missing; "whoever runs it" is decided where Shanlu is
installed.

${markdownTable([
  ['level', ...RESULTS],
  ...([1, 2, 3] as const).map((level) => [
    String(level),
    ...RESULTS.map((result) => String(number(level, result))),
  ]),
])}

${CONTROLS.map(({ id, level, asks, result, proofs, reason }) =>
  [
    `- **${id}** (level ${level}) ${asks} **${result}**${reason === '' ? '.' : `: ${reason}`}`,
    ...proofs.map(([file, title]) => `  - \`${file}\`: ${title.replaceAll(/[`_*${}<>]/g, '\\$&')}`),
  ].join('\n'),
).join('\n')}
`;

test('docs/asvs.md says what is held', async () => {
  await expect(written).toMatchFileSnapshot('../../docs/asvs.md');
});
