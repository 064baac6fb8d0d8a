import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { connect } from '@/db/connect';
import { FORMATS } from '@/lib/disclosure/open-data/exports';
import { RESOURCES } from '@/lib/disclosure/open-data/resources';
import { LANGUAGES } from '@/lib/i18n/languages';
import { PAGES } from '../a11y/pages';
import { debianTool } from '../support/debian-tool';
import { secretsOf } from '../support/secrets';
import { stack } from '../support/stack';

const run = promisify(execFile);

// Everything the public can fetch, once: whole pages are judged by the validator of the HTML standard's own people,
// and nothing anywhere holds what nobody agreed to show.

const pathsOfPages = async (url: string): Promise<string[]> => {
  const map = await (await fetch(`${url}/sitemap.xml`)).text();
  const all = [...map.matchAll(/<loc>[^<]*\/zh-Hans([^<]*)<\/loc>/g)].map(([, path = '']) => path);
  // Roads differ by their state, not by their number: every fourth of them.
  const site = all.filter((path, n) => !path.startsWith('/roads/') || n % 4 === 0);
  const named = Object.values(PAGES).flatMap(({ as, at }) => (as === undefined ? at : []));
  return [...new Set([...named, ...site, '/ledger?kind=gift&q=ML-07', '/roads?sort=missing', '/nowhere'])];
};

const pathsOfData = (lang: string): string[] => [
  ...Object.values(FORMATS).map((file) => `/open-data/${file}`),
  ...RESOURCES.flatMap(({ name }) => [`/open-data/${name}.csv`, `/api/v1/${name}?limit=200`]),
  '/open-data/gift-totals.csv',
  `/open-data/feeds/${lang}/campaigns/gen-hun-meng.atom`,
  `/open-data/feeds/${lang}/campaigns/gen-hun-meng.ics`,
  '/sitemap.xml',
  '/robots.txt',
];

test('every public page is valid HTML, and nothing public holds what nobody agreed to show', async () => {
  test.slow();
  const { url, environment } = stack();
  const folder = mkdtempSync(join(tmpdir(), 'shanlu-html-'));
  const owner = connect(environment['DATABASE_URL'] ?? '', { max: 1 });
  try {
    const secrets = await secretsOf(owner);
    expect(secrets.length).toBeGreaterThan(20);
    const seen: { readonly path: string; readonly text: string }[] = [];
    const see = async (path: string): Promise<void> => {
      const answer = await fetch(url + path);
      expect(answer.status, path).toBe(path.endsWith('/nowhere') ? 404 : 200);
      seen.push({ path, text: Buffer.from(await answer.arrayBuffer()).toString('utf8') });
    };
    // Each page in one of the languages: what they share is the markup.
    const pages = (await pathsOfPages(url)).map((path, n) => `/${LANGUAGES[n % 3] ?? 'en'}${path}`);
    const frames = ['/embed/en/roads/ML-07', '/embed/zh-Hant/campaigns/gen-hun-meng'];
    for (const path of [...pages, ...frames, ...pathsOfData('en')]) await see(path);
    expect(pages.length).toBeGreaterThan(30);

    for (const { path, text } of seen)
      expect(
        secrets.filter((secret) => text.includes(secret)),
        path,
      ).toEqual([]);

    const html = seen.filter(({ text }) => text.startsWith('<!DOCTYPE html>'));
    expect(html.length).toBe(pages.length + frames.length);
    html.forEach(({ text }, n) => writeFileSync(join(folder, `${n}.html`), text));
    expect(await complaintsOf(folder, html)).toEqual([]);
  } finally {
    await owner.destroy();
    rmSync(folder, { recursive: true });
  }
});

type Complaint = {
  readonly type: string;
  readonly url: string;
  readonly message: string;
  readonly extract?: string;
};

/** What the Nu Html Checker finds, with the page and the place. */
const complaintsOf = async (
  folder: string,
  pages: readonly { readonly path: string }[],
): Promise<string[]> => {
  const java = await debianTool('java');
  const args = [
    '-jar',
    'node_modules/vnu-jar/build/dist/vnu.jar',
    '--format',
    'json',
    '--exit-zero-always',
    folder,
  ];
  const { stderr } = await run(java.path, args, {
    env: { ...process.env, ...java.env },
    maxBuffer: 1 << 26,
  });
  const { messages } = JSON.parse(stderr) as { messages: Complaint[] };
  // What is only information (React closes void elements with a slash) is no fault.
  return messages
    .filter(({ type }) => type === 'error')
    .map(({ url, message, extract = '' }) => ({
      path: pages[Number(/(\d+)\.html$/.exec(url)?.[1] ?? -1)]?.path ?? url,
      says: `${message} ${extract}`,
    }))
    .filter(({ path, says }) => !KNOWN.some((one) => one.at.test(path) && one.says.test(says)))
    .map(({ path, says }) => `${path}: ${says}`);
};

/** What we cannot help or want in spite of the standard, on pages that are made for one visitor or for a screen. */
const KNOWN: readonly { readonly at: RegExp; readonly says: RegExp; readonly why: string }[] = [
  {
    at: /\/(give|letters|sign-in)(\/|$)/,
    says: /Bad value “” for attribute “action”/,
    why: 'React writes the forms of its server functions so; browsers read it as this page',
  },
  {
    at: /\/hall\//,
    says: /“http-equiv” not allowed|Element “meta” is missing/,
    why: 'without script nothing else brings a screen its new figures',
  },
];
