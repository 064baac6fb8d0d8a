// Its core, without React: the worker writes mail in the same words and has no React to render with.
import { createTranslator } from 'use-intl/core';
import type { Lang } from './languages';
import { AREAS, type AreaName } from './messages/index';

const translator = <A extends AreaName>(lang: Lang, area: A) =>
  createTranslator<(typeof AREAS)[A][Lang], never>({
    locale: lang,
    messages: AREAS[area][lang],
    onError: (error) => {
      throw error;
    },
  });

export type Words<A extends AreaName> = ReturnType<typeof translator<A>>;

const kept = new Map<string, unknown>();

/**
 * The words of one area in one language: `words(lang, 'home')('title')`. ICU arguments and `t.rich` with
 * `<tag></tag>` as in next-intl. Takes the language as an argument, so components stay plain functions and the
 * same call works in pages, server actions, route handlers and tests; kept per process, so a message is parsed
 * once and not once per request. A missing word throws: it is a bug, and a test finds it.
 */
export const words = <A extends AreaName>(lang: Lang, area: A): Words<A> => {
  const key = `${lang}:${area}`;
  const found = kept.get(key) as Words<A> | undefined;
  if (found) return found;
  const made = translator(lang, area);
  kept.set(key, made);
  return made;
};
