import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = 'app/_ui';

const sheets = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.css'))
  .map((name) => join(ROOT, name))
  .map((path) => ({
    path,
    text: readFileSync(path, 'utf8').replace(/\/\*.*?\*\//gs, ''),
  }));

describe('the style sheets', () => {
  it('give a class its look in one folder only, so that no part changes another by its name', () => {
    const home = new Map<string, string>();
    const shared: string[] = [];
    for (const { path, text } of sheets) {
      // print.css and the page sheet may adjust parts; they own only what nothing else owns.
      if (!path.includes('/', 'app/_ui/'.length)) continue;
      for (const [, name = ''] of text.matchAll(/(?:^|[},])\s*\.([\w-]+)\s*(?=[{,])/g)) {
        const folder = dirname(path);
        const first = home.get(name) ?? folder;
        home.set(name, first);
        if (first !== folder) shared.push(`.${name}: ${first}, ${folder}`);
      }
    }
    expect(shared).toEqual([]);
  });

  it('are all named in the one sheet the site loads', () => {
    const main = readFileSync('app/_ui/styles.css', 'utf8');
    const parts = sheets
      .map(({ path }) => path.replace('app/_ui/', './'))
      .filter((path) => path !== './styles.css');
    for (const part of parts) expect(main).toContain(`'${part}'`);
  });

  it('fetch nothing from anywhere', () => {
    for (const { path, text } of sheets) expect(text, path).not.toMatch(/url\((?!#|['"]?#)/);
  });
});
