import { createElement, Fragment } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { EXAMPLE_VIEWS } from '@/app/[lang]/examples/views';
import { GALLERY } from '@/app/_ui/examples/gallery';
import { LANGUAGES } from '@/lib/i18n/languages';

const parts = Object.entries(GALLERY).flatMap(([component, examples]) =>
  examples.map(({ name, render }) => [component, name, render] as const),
);
const pages = Object.entries(EXAMPLE_VIEWS).map(([view, render]) => ['page', view, render] as const);
const cases = [...parts, ...pages].flatMap(([component, name, render]) =>
  LANGUAGES.map((lang) => [component, name, lang, render] as const),
);

describe('every example of every component and page', () => {
  it.each(cases)('%s: %s, %s', (_component, _name, lang, render) => {
    const html = renderToStaticMarkup(createElement(Fragment, null, render(lang)));
    expect(html).not.toBe('');
    // The content security policy refuses style attributes and inline scripts, so none may ever be written.
    expect(html).not.toMatch(/\sstyle=/);
    expect(html).not.toMatch(/<script(?![^>]*\ssrc="\/)|\son[a-z]+=/);
    expect(html).not.toMatch(/NaN|undefined|\[object/);
    // A message whose values were forgotten shows its braces.
    expect(html).not.toMatch(/[{}]/);
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('every page', () => {
  const rendered = pages.flatMap(([, view, render]) =>
    LANGUAGES.map(
      (lang) => [view, lang, renderToStaticMarkup(createElement(Fragment, null, render(lang)))] as const,
    ),
  );

  it.each(rendered)('%s in %s has one first heading and skips no level', (_view, _lang, html) => {
    const levels = [...html.matchAll(/<h([1-6])/g)].map((match) => Number(match[1]));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.slice(1).forEach((level, index) => expect(level - (levels[index] ?? 0)).toBeLessThanOrEqual(1));
  });

  it.each(rendered)('%s in %s leads nowhere out of its language', (_view, lang, html) => {
    const links = [...html.matchAll(/href="(\/[^"#]*)"/g)].map((match) => match[1] ?? '');
    const own = links.filter((link) => !/^\/(?:open-data|api\/v1|files|log|r)\//.test(link));
    for (const link of own) expect(link.split(/[/?]/)[1]).toBe(lang);
  });
});
