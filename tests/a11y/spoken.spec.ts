import { expect, test } from '@playwright/test';

// What a screen reader is told, in its own order: the landmarks it jumps between, headings that never skip a rank,
// nothing to press without a name, tables that say what they hold, and pictures that are words.

type Node = {
  readonly depth: number;
  readonly role: string;
  readonly name: string;
  readonly rest: string;
  readonly url: string | null;
};

/** The lines of an accessibility tree: `- link "Roads" [level=2]:`, an address standing below as `- /url: …`. */
const read = (tree: string): Node[] => {
  const nodes: Node[] = [];
  for (const line of tree.split('\n')) {
    const url = /^\s*- \/url: "?(.*?)"?$/.exec(line)?.[1];
    const last = nodes.at(-1);
    if (url !== undefined && last) nodes[nodes.length - 1] = { ...last, url };
    const found = /^(\s*)- '?([a-z]+)(?: "((?:[^"\\]|\\.)*)")?(.*)$/.exec(line);
    if (!found || url !== undefined) continue;
    const [, space = '', role = '', name = '', rest = ''] = found;
    // A short line ends with what it says: `- link: Roads`.
    nodes.push({
      depth: space.length / 2,
      role,
      name: name || rest.replace(/^:\s*/, '').replace(/^\[.*/, ''),
      rest,
      url: null,
    });
  }
  return nodes;
};

const PRESSED = new Set([
  'link',
  'button',
  'textbox',
  'searchbox',
  'combobox',
  'checkbox',
  'radio',
  'slider',
  'img',
  'table',
]);

const WALKS = [
  { lang: 'zh-Hans', path: '', says: [/路/, /到账/, /已付款/] },
  { lang: 'zh-Hant', path: '/roads', says: [/路/] },
  { lang: 'zh-Hans', path: '/roads/ML-07', says: [/ML-07/, /发票|付款/] },
  { lang: 'en', path: '/ledger', says: [/received/i, /paid/i] },
  { lang: 'en', path: '/ledger/E-000300', says: [/E-000300/] },
  { lang: 'zh-Hant', path: '/reports/R-0002', says: [/更正/] },
  { lang: 'en', path: '/reports', says: [/due/i] },
  { lang: 'zh-Hant', path: '/merit', says: [/功德碑/] },
  { lang: 'en', path: '/data', says: [/CSV/] },
  { lang: 'en', path: '/about', says: [/complain|report/i] },
] as const;

for (const { lang, path, says } of WALKS)
  test(`/${lang}${path} as it is spoken`, async ({ page }) => {
    await page.goto(`/${lang}${path}`);
    const tree = await page.locator('body').ariaSnapshot();
    const nodes = read(tree);
    expect(nodes.length).toBeGreaterThan(30);

    const once = (role: string) => nodes.filter((node) => node.role === role).length;
    expect([once('banner'), once('main'), once('contentinfo')]).toEqual([1, 1, 1]);
    const navigations = nodes.filter(({ role }) => role === 'navigation').map(({ name }) => name);
    expect(navigations).not.toContain('');
    expect(new Set(navigations).size, `navigations: ${navigations.join(', ')}`).toBe(navigations.length);
    // The first thing said is the way past the rest.
    expect(nodes.find(({ role }) => role === 'link')?.url).toBe('#main');

    const ranks = nodes
      .filter(({ role }) => role === 'heading')
      .map(({ rest, name }) => ({ name, rank: Number(/\[level=(\d)\]/.exec(rest)?.[1] ?? 0) }));
    expect(ranks.filter(({ rank }) => rank === 1)).toHaveLength(1);
    const start = ranks.findIndex(({ rank }) => rank === 1);
    for (const [n, { name, rank }] of ranks.entries())
      if (n > start) expect(rank, `the heading ${name}`).toBeLessThanOrEqual((ranks[n - 1]?.rank ?? 0) + 1);

    expect(
      nodes.filter(({ role, name }) => PRESSED.has(role) && name === '').map(({ role, rest }) => role + rest),
    ).toEqual([]);
    for (const words of says) expect(tree).toMatch(words);
  });
