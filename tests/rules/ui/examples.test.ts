import { createElement, Fragment } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { GALLERY } from '@/app/_ui/examples/gallery';
import { LANGUAGES } from '@/lib/i18n/languages';

const cases = Object.entries(GALLERY).flatMap(([component, examples]) =>
  LANGUAGES.flatMap((lang) => examples.map((example) => [component, example.name, lang, example] as const)),
);

describe('every example of every component', () => {
  it.each(cases)('%s: %s, %s', (_component, _name, lang, example) => {
    const html = renderToStaticMarkup(createElement(Fragment, null, example.render(lang)));
    expect(html).not.toBe('');
    // The content security policy refuses style attributes and inline scripts, so none may ever be written.
    expect(html).not.toMatch(/\sstyle=/);
    expect(html).not.toMatch(/<script|\son[a-z]+=/);
    expect(html).not.toMatch(/NaN|undefined|\[object/);
    // A message whose values were forgotten shows its braces.
    expect(html).not.toMatch(/[{}]/);
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
