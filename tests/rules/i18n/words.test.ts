import { createTranslator } from 'next-intl';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '@/lib/i18n/languages';
import { AREAS } from '@/lib/i18n/messages/index';
import { failed } from '@/lib/i18n/messages/failed';
import type { MessageTree } from '@/lib/i18n/messages/types';

type Leaf = readonly [path: string, text: string];

const leaves = (tree: MessageTree, path = ''): Leaf[] =>
  Object.entries(tree).flatMap(([key, value]): Leaf[] =>
    typeof value === 'string' ? [[path + key, value]] : leaves(value, `${path}${key}.`),
  );

const found = (text: string, pattern: RegExp): string[] =>
  [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ''))].sort();

/** The arguments and tags of a message: what the code that shows it has to hand over. */
const needs = (text: string): { values: string[]; tags: string[] } => ({
  values: found(text, /\{(\w+)\s*[,}]/g),
  tags: found(text, /<(\w+)>/g),
});

describe.each(Object.entries({ ...AREAS, failed }))('the words of %s', (_, area) => {
  const original = new Map(leaves(area['zh-Hans']));

  it.each(LANGUAGES)('are all there in %s and ask for the same values', (lang) => {
    const here = leaves(area[lang]);
    expect(here.map(([path]) => path)).toEqual([...original.keys()]);
    for (const [path, text] of here) expect(needs(text), path).toEqual(needs(original.get(path) ?? ''));
  });

  it.each(LANGUAGES)('can be read in %s', (lang) => {
    const t = createTranslator<MessageTree>({
      locale: lang,
      messages: area[lang],
      onError: (error) => {
        throw error;
      },
    });
    for (const [path, text] of leaves(area[lang])) {
      const { values, tags } = needs(text);
      const given = Object.fromEntries([
        ...values.map((name) => [name, 1] as const),
        ...tags.map((name) => [name, (inner: unknown) => inner] as const),
      ]);
      expect(t.rich(path as never, given as never), path).toBeDefined();
    }
  });

  it('use the quotation marks of their script', () => {
    for (const [path, text] of leaves(area['zh-Hant'])) expect(text, path).not.toMatch(/[“”]/);
    for (const [path, text] of leaves(area['zh-Hans'])) expect(text, path).not.toMatch(/[「」]/);
  });
});
