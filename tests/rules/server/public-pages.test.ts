import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { KeptPage, KeptPages } from '@/lib/server/kept-pages';
import {
  finishPage,
  isPublicPath,
  needsNoScript,
  PUBLIC_SECTIONS,
  wishesOtherLook,
} from '@/lib/server/page-for-everyone';
import { sharedRead } from '@/lib/server/shared-read';
import { groupSmallCells, LEAST_IN_CELL } from '@/lib/disclosure/open-data/small-cells.rules';

const part = (name: string): string =>
  `<script>self.__next_f.push([1,"3:I[1,[\\"/a.js\\"],\\"${name}\\"]\\n"])</script>`;
const loader = '<script src="/_next/static/a.js" async=""></script>';

test('every page below (public) is kept for everyone, and nothing else is', () => {
  const folder = readdirSync('app/[lang]/(public)', { withFileTypes: true });
  const sections = folder
    .filter((item) => item.isDirectory() && !item.name.startsWith('_'))
    .map(({ name }) => name);
  expect([...PUBLIC_SECTIONS].sort(), 'name the section in lib/server/page-for-everyone.ts').toEqual(
    ['', ...sections].sort(),
  );
  for (const path of ['/en', '/zh-Hant/roads/ML-07', '/embed/en/roads/ML-07'])
    expect(isPublicPath(path), path).toBe(true);
  for (const path of [
    '/',
    '/en/give',
    '/en/finance',
    '/en/gifts/G-0095',
    '/xx/roads',
    '/files/ab',
    '/en/sign-in',
  ])
    expect(isPublicPath(path), path).toBe(false);
});

test('parts that run in the browser have names of their own, so that they are told from the framework’s', () => {
  const files = readdirSync('app', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.tsx'),
  );
  const unnamed = files.filter((file) => {
    const text = readFileSync(`app/${file}`, 'utf8');
    return (
      /^'use client'/.test(text) &&
      text.includes('export default') &&
      !/(?:^|\/)(?:global-)?error\.tsx$/.test(file)
    );
  });
  expect(unnamed).toEqual([]);
});

test('a page of links needs no script and loses the framework’s; any other part keeps it', () => {
  const plain = `<p>x</p>${loader}${part('NavLink')}<script type="application/ld+json">{}</script>`;
  expect(finishPage(plain)).toEqual({
    html: '<p>x</p><script type="application/ld+json">{}</script>',
    scriptSources: "'none'",
  });
  expect(needsNoScript(`${part('NavLink')}${part('CopyButton')}`)).toBe(false);
  expect(needsNoScript(`<!--$?-->${part('NavLink')}`)).toBe(false);
  expect(needsNoScript('<p>no parts are known</p>')).toBe(false);
});

test('the policy names the very text of each script; only inline neighbours are joined', () => {
  const { html, scriptSources } = finishPage(
    `${loader}<script>a()</script><script>b()</script>${loader}<script>c()</script>`,
  );
  expect(html).toBe(`${loader}<script>a();b()</script>${loader}<script>c()</script>`);
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  // An empty script element of a file counts as no text worth allowing beyond its own hash.
  expect(scriptSources.split(' ')).toEqual(["'self'", hash('a();b()'), hash('c()')]);
});

test('who asked for another look gets a page of their own', () => {
  expect(wishesOtherLook('theme=dark')).toBe(true);
  expect(wishesOtherLook('a=1; size=large; b=2')).toBe(true);
  expect(wishesOtherLook('a=1; __Host-theme=light')).toBe(true);
  for (const cookie of [
    undefined,
    '',
    'theme=system; size=normal',
    '__Host-theme=system',
    'x__Host-theme=dark',
    'session=theme=dark2',
    'xtheme=dark',
  ])
    expect(wishesOtherLook(cookie)).toBe(false);
});

test('another version empties the kept pages, and the bounds drop what was not asked for longest', () => {
  const pages = new KeptPages(30, 10);
  const page = (text: string) => new KeptPage(200, {}, Buffer.from(text));
  pages.put('1', '/a', page('a'.repeat(10)));
  pages.put('1', '/b', page('b'.repeat(10)));
  pages.get('1', '/a');
  pages.put('1', '/c', page('c'.repeat(15)));
  expect([pages.get('1', '/a'), pages.get('1', '/b')].map(Boolean)).toEqual([true, false]);
  pages.put('2', '/c', page('d'));
  expect(pages.get('1', '/a')).toBeUndefined();
  expect(pages.get('2', '/a')).toBeUndefined();
  expect(pages.get('2', '/c')?.size).toBe(1);
});

test('a shared read never answers with what was read before somebody asked', async () => {
  let value = 0;
  const waiting: (() => void)[] = [];
  const read = sharedRead(async () => {
    const seen = value;
    await new Promise<void>((go) => waiting.push(go));
    return seen;
  });
  const first = read();
  value = 1;
  const second = read();
  const third = read();
  waiting.shift()?.();
  expect(await first).toBe(0);
  await new Promise((tick) => setTimeout(tick));
  waiting.shift()?.();
  expect([await second, await third]).toEqual([1, 1]);
});

test('small groups are put together, sums stay, and what is left cannot be found by subtraction', () => {
  const cell = (month: string, channel: string, count: number) => ({
    campaign: 'c',
    currency: 'CNY',
    month,
    channel,
    count,
    minor: BigInt(count) * 100n + 7n,
  });
  const cells = [
    cell('2024-01', 'card', 9),
    cell('2024-01', 'cash', 2),
    cell('2024-02', 'card', 1),
    cell('2024-03', 'card', 30),
  ];
  const grouped = groupSmallCells(cells);
  expect(grouped.every(({ count }) => count >= LEAST_IN_CELL)).toBe(true);
  const sum = (all: readonly { minor: bigint }[]) => all.reduce((total, { minor }) => total + minor, 0n);
  expect(sum(grouped)).toBe(sum(cells));
  expect(groupSmallCells([cell('2024-01', 'card', 2)])).toMatchObject([
    { count: 0, month: null, channel: null },
  ]);
  // Five may stand alone, four may not.
  const [five, four] = [cell('2024-01', 'card', 5), cell('2024-01', 'cash', 4)];
  expect(groupSmallCells([five, cell('2024-02', 'card', 6)])).toHaveLength(2);
  expect(groupSmallCells([five, four])).toEqual([
    { ...five, count: 9, minor: five.minor + four.minor, channel: null },
  ]);
  expect(groupSmallCells([four])).toMatchObject([{ count: 0 }]);
});
