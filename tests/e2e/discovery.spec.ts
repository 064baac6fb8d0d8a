import { expect, test } from '@playwright/test';
import { XMLParser } from 'fast-xml-parser';
import { decode } from '@/lib/run/check/plain-browser';
import { rawRequest } from '../support/raw-request';
import { stack } from '../support/stack';

// What search engines, messengers and programs are told in the head of a page, and that each address named there answers.

type Tag = Readonly<Record<string, string>>;

const tags = (html: string, name: 'link' | 'meta'): Tag[] =>
  [...html.matchAll(new RegExp(`<${name}\\b([^>]*)>`, 'g'))].map(([, inside = '']) =>
    Object.fromEntries(
      [...inside.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [
        key.toLowerCase(),
        decode(value),
      ]),
    ),
  );

const PAGES = [
  { path: '', picture: '/share.png', feed: '/campaigns/gen-hun-meng.atom', type: 'Project' },
  {
    path: '/roads/ML-07',
    picture: '/roads/ML-07/share.png',
    feed: '/roads/ML-07.atom',
    type: 'Place',
  },
  { path: '/ledger/E-000300', picture: '/share.png', feed: null, type: null },
  { path: '/reports/R-0002', picture: '/share.png', feed: null, type: null },
  { path: '/about', picture: '/share.png', feed: null, type: null },
  { path: '/give', picture: '/share.png', feed: null, type: null },
] as const;

const LANGS = ['zh-Hans', 'zh-Hant', 'en'] as const;
const LOCALES = { 'zh-Hans': 'zh_CN', 'zh-Hant': 'zh_HK', en: 'en_GB' } as const;

test('title and description come in the head and not by script, also for who does not say who they are', async () => {
  // Each part of a page that may come late leaves a mark where it would be put in.
  const marks = (html: string): number => html.split('<!--$').length;
  for (const path of ['/en/report', '/en/gifts/G-0095', '/zh-Hans/sign-in', '/zh-Hant/give']) {
    const named = await rawRequest(stack().url, path, { headers: { 'User-Agent': 'Mozilla/5.0' } });
    const nobody = await rawRequest(stack().url, path);
    expect(nobody.status, path).toBe(200);
    expect(marks(nobody.body), path).toBe(marks(named.body));
    expect(nobody.body.indexOf('<title>'), path).toBeLessThan(nobody.body.indexOf('</head>'));
  }
});

test('each page says its title, its one address, its languages and its picture, and what programs may read', async () => {
  const { url, environment } = stack();
  const site = environment['PUBLIC_URL'] ?? '';
  const here = (address: string): string => {
    expect(address.startsWith(site), address).toBe(true);
    return url + address.slice(site.length);
  };
  const titles = new Set<string>();
  for (const [n, { path, picture, feed, type }] of PAGES.entries()) {
    const lang = LANGS[n % 3] ?? 'en';
    const html = await (await fetch(`${url}/${lang}${path}`)).text();
    const head = html.slice(0, html.indexOf('</head>'));
    const links = tags(head, 'link');
    const metas = tags(head, 'meta');
    const meta = (key: string) =>
      metas.find((one) => one['property'] === key || one['name'] === key)?.['content'];
    const of = (rel: string, media: string) =>
      links.find((one) => one['rel'] === rel && one['type'] === media)?.['href'] ?? '';

    const title = decode(/<title>([^<]*)<\/title>/.exec(head)?.[1] ?? '');
    titles.add(title);
    expect(title.length, path).toBeGreaterThan(4);
    expect(meta('description')?.length, path).toBeGreaterThan(lang === 'en' ? 40 : 15);
    expect(links.filter((one) => one['rel'] === 'canonical').map((one) => one['href'])).toEqual([
      `${site}/${lang}${path}`,
    ]);
    expect(
      Object.fromEntries(links.filter((one) => one['hreflang']).map((one) => [one['hreflang'], one['href']])),
    ).toEqual({
      ...Object.fromEntries(LANGS.map((each) => [each, `${site}/${each}${path}`])),
      'x-default': `${site}/zh-Hans${path}`,
    });

    expect(meta('og:url')).toBe(`${site}/${lang}${path}`);
    expect(meta('og:locale')).toBe(LOCALES[lang]);
    expect(title).toContain(meta('og:title') ?? 'no title');
    expect(meta('twitter:card')).toBe('summary_large_image');
    const share = meta('og:image') ?? '';
    expect(new URL(share).pathname).toBe(`/${lang}${picture}`);
    const bytes = Buffer.from(await (await fetch(here(share))).arrayBuffer());
    expect([bytes.toString('latin1', 1, 4), bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([
      'PNG',
      Number(meta('og:image:width')),
      Number(meta('og:image:height')),
    ]);

    if (feed === null) continue;
    const atom = of('alternate', 'application/atom+xml');
    expect(atom).toBe(`${site}/open-data/feeds/${lang}${feed}`);
    const parsed = new XMLParser({ ignoreAttributes: false }).parse(
      await (await fetch(here(atom))).text(),
    ) as { feed: { id: string; updated: string; entry: { id: string }[] } };
    expect(Date.parse(parsed.feed.updated)).toBeGreaterThan(0);
    expect(new Set(parsed.feed.entry.map(({ id }) => id)).size).toBe(parsed.feed.entry.length);

    const embed = (await (await fetch(here(of('alternate', 'application/json+oembed')))).json()) as {
      readonly html: string;
    };
    expect(embed).toMatchObject({ version: '1.0', type: 'rich' });
    const frame = await fetch(here(/src="([^"]+)"/.exec(embed.html)?.[1] ?? ''));
    expect([frame.status, await frame.text()]).toEqual([200, expect.stringContaining('<svg')]);

    const record = await fetch(here(of('alternate', 'application/json')));
    expect(record.status, 'the record of the API').toBe(200);
    const facts = JSON.parse(
      /<script type="application\/ld\+json"[^>]*>([^<]*)</.exec(html)?.[1] ?? '{}',
    ) as Record<string, unknown>;
    expect(facts).toMatchObject({
      '@context': 'https://schema.org',
      '@type': type,
      url: `${site}/${lang}${path}`,
    });
  }
  expect(titles.size).toBe(PAGES.length);
});
