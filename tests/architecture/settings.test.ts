import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SECRETS } from '@/lib/secrets.js';
import { settingsText, toldSettings } from '@/lib/run/settings-text';

// `.env.example` is where people look a setting up; lib/env.js is where it is read. They name the same ones.

const code = readFileSync('lib/env.js', 'utf8');
const schema = code.slice(code.indexOf('z.object({'), code.indexOf('\n});'));
const example = readFileSync('.env.example', 'utf8');

/** Set by tools, or read before lib/env.js is there (lib/run/launch). */
const ELSEWHERE = { code: ['NODE_ENV'], example: ['HOST', 'PORT'] };

test('every setting stands in .env.example, and nothing else does', () => {
  const read = [...schema.matchAll(/^ {2}([A-Z][A-Z0-9_]*):/gm)].map(([, name]) => name ?? '');
  const told = [...example.matchAll(/\b([A-Z][A-Z0-9_]*)=/g)].map(([, name]) => name ?? '');
  expect(read.length).toBeGreaterThan(25);
  expect([...new Set(told)].sort()).toEqual(
    [...read.filter((name) => !ELSEWHERE.code.includes(name)), ...ELSEWHERE.example].sort(),
  );
});

test('what opens something is a secret, and may come from a file', () => {
  const read = [...schema.matchAll(/^ {2}([A-Z][A-Z0-9_]*):/gm)].map(([, name]) => name ?? '');
  const opening = /SECRET|PASSWORD|TOKEN|(?<!WITNESS_V)KEY|DATABASE_URL|SMTP_URL/;
  expect(read.filter((name) => opening.test(name)).sort()).toEqual([...SECRETS].sort());
});

test('the defaults it tells are those of the code', () => {
  for (const [, name = '', value = ''] of schema.matchAll(
    /^ {2}([A-Z][A-Z0-9_]*):.*?\.default\(['"]?([^'")]*)['"]?\)/gm,
  )) {
    const line = new RegExp(`^# ${name}=(.*?)(?: {2,}|$)`, 'm').exec(example)?.[1];
    if (line !== undefined && line !== '' && !line.includes('example.org')) expect(line, name).toBe(value);
  }
});

test('every setting is explained', () => {
  expect(toldSettings(example).filter(({ words }) => words.length < 8)).toEqual([]);
});

test('docs/settings.md is what `npm run settings` writes', () => {
  // The formatter sets tables in columns; what stands in the cells is compared.
  const cells = (text: string): string =>
    text
      .replaceAll(/\|[ -]*(?=\|)/g, '|')
      .replaceAll(/ *\| */g, '|')
      .replaceAll(/-{3,}/g, '---');
  expect(cells(readFileSync('docs/settings.md', 'utf8'))).toBe(cells(settingsText(example)));
});
