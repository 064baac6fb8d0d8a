import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { REFUSAL_NAMES } from '@/lib/shared/refusal';

// A reason for saying no that no test ever comes upon may be said wrongly, or never. Each name of the list stands in
// at least one test that provokes it, and is said by the product somewhere.

const under = (folder: string, ending: RegExp): string =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file))
    .map((file) => readFileSync(`${folder}/${file}`, 'utf8'))
    .join('\n');

const tests = ['rules', 'db', 'stories', 'contracts', 'properties', 'e2e']
  .map((folder) => under(`tests/${folder}`, /\.ts$/))
  .join('\n');
const product = [
  under('lib', /(?<!refusals|shared\/refusal)\.ts$/),
  under('app', /\.tsx?$/),
  readFileSync('db/refusals.ts', 'utf8'),
].join('\n');

test.each(REFUSAL_NAMES)('%s is provoked by a test', (name) => {
  expect(new RegExp(`['"\`=.]${name}\\b`).test(tests)).toBe(true);
});

test('each is said somewhere, or asked for by a list that says it', () => {
  expect(REFUSAL_NAMES.filter((name) => !new RegExp(`\\b${name}\\b`).test(product))).toEqual([]);
});
