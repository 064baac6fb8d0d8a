import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { PERMISSIONS, type Permission } from '@/lib/auth/roles.rules';
import { printReceipt } from '@/lib/receipts/receipt-print.commands';
import { PAGES, ROUTE_FOLDER, routeFiles, routes } from '../a11y/pages';
import { rawRequest, type RawAnswer } from '../support/raw-request';
import { langOf, round } from '../support/round';
import { inDatabase, newStaff, openAccount, signedInAs } from '../support/signed-in';
import { stack } from '../support/stack';

/*
 * Doors: every page and file of givers and staff is asked for by everybody who may not have it, in all the ways in
 * which a web framework has been talked past its own door (RELIABILITY.md section 4: segment and prefetch addresses,
 * internal headers, other spellings). Nobody gets a word of it. The addresses are read from the folder app/, so that a
 * new one joins by itself or fails here until it has an example.
 *
 * Each run asks at every door, plainly and in one of the other ways, as nobody and as two of the others; the day decides
 * which. VARIANTS=all asks in all ways as everybody.
 */

const ALL = process.env['VARIANTS'] === 'all';
const A_DAY = 1;
const lang = langOf(0);
const OTHER = lang === 'en' ? 'zh-Hant' : 'en';

type Way = (path: string) => { readonly path?: string; readonly method?: string } & {
  readonly headers?: Record<string, string>;
};
const query = (path: string, more: string): string => `${path}${path.includes('?') ? '&' : '?'}${more}`;
const onPath = (change: (path: string) => string): Way => {
  return (path) => {
    const [bare = '', search] = path.split('?');
    return { path: change(bare) + (search === undefined ? '' : `?${search}`) };
  };
};
const withHeaders =
  (headers: Record<string, string>): Way =>
  () => ({ headers });
const times = (word: string): string => Array.from({ length: 5 }, () => word).join(':');

const WAYS: Readonly<Record<string, Way>> = {
  'as .rsc': onPath((path) => `${path}.rsc`),
  'as the tree of a segment': onPath((path) => `${path}.segments/_tree.segment.rsc`),
  'as a segment of the page': onPath((path) => `${path}.segments/$c$children/__PAGE__.segment.rsc`),
  '?_rsc=': (path) => ({ path: query(path, '_rsc=1x2y3'), headers: { RSC: '1' } }),
  'RSC: 1': withHeaders({ RSC: '1' }),
  'Next-Router-Prefetch': withHeaders({ RSC: '1', 'Next-Router-Prefetch': '1' }),
  'Next-Router-Segment-Prefetch': withHeaders({
    RSC: '1',
    'Next-Router-Prefetch': '1',
    'Next-Router-Segment-Prefetch': '/_tree',
  }),
  'subrequest middleware': withHeaders({ 'x-middleware-subrequest': 'middleware' }),
  'subrequest src/middleware': withHeaders({ 'x-middleware-subrequest': 'src/middleware' }),
  'subrequest middleware five times': withHeaders({ 'x-middleware-subrequest': times('middleware') }),
  'subrequest src/middleware five times': withHeaders({ 'x-middleware-subrequest': times('src/middleware') }),
  'subrequest proxy five times': withHeaders({ 'x-middleware-subrequest': times('proxy') }),
  'x-nextjs-data': withHeaders({ 'x-nextjs-data': '1' }),
  '?nxtPid=': (path) => ({ path: query(path, `nxtPlang=${lang}&nxtPcode=ML-07&nxtPid=1`) }),
  'x-now-route-matches': withHeaders({ 'x-now-route-matches': `1=${lang}&nxtPlang=${lang}` }),
  'x-matched-path': withHeaders({ 'x-matched-path': `/${lang}/roads` }),
  'x-forwarded-host': withHeaders({ 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }),
  'x-original-url': withHeaders({ 'x-original-url': `/${lang}/roads`, 'x-rewrite-url': `/${lang}/roads` }),
  'another language before it': onPath((path) => `/${OTHER}${path}`),
  'a slash behind it': onPath((path) => `${path}/`),
  'two slashes before it': onPath((path) => `/${path}`),
  'a slash written %2f': onPath((path) => path.replace(/^(\/[^/]+)\//, '$1%2f')),
  'in capitals': onPath((path) => path.toUpperCase()),
  'as a picture': onPath((path) => `${path}.png`),
  HEAD: () => ({ method: 'HEAD' }),
  OPTIONS: () => ({ method: 'OPTIONS' }),
};

/** Files that only some may fetch, as the folder `app/[lang]` names them, with an example of each. */
const FILES: Readonly<Record<string, () => Promise<string>>> = {
  '/me/data': async () => '/me/data',
  '/me/receipts/[id]': async () => {
    const [row] = await inDatabase<{ id: string }>(
      `select r.id from receipt r join donation d on d.id = r.donation_id join donor g on g.id = d.donor_id
       where g.email = 'donor@demo.invalid' order by r.id limit 1`,
    );
    return `/me/receipts/${row?.id ?? ''}`;
  },
  '/me/statements/[year]': async () => '/me/statements/2023',
  '/finance/accounts/file': async () => '/finance/accounts/file?kind=trial&format=csv',
  '/finance/audit/export': async () => '/finance/audit/export',
  '/finance/concerns/[code]/picture': async () => '/finance/concerns/R-0001/picture',
  '/finance/documents/[code]': async () => {
    const [row] = await inDatabase<{ code: string }>('select code from document order by code limit 1');
    return `/finance/documents/${row?.code ?? ''}`;
  },
  '/finance/payments/file': async () => '/finance/payments/file',
  '/finance/statements/upload': async () => '/finance/statements/upload',
};

/** Pages that have no example in the walk of all pages. */
const MORE: Readonly<Record<string, string>> = {
  '/finance/pledges/[code]': '/finance/pledges/P-0055',
  '/finance/payouts/[code]': '/finance/payouts/PO-0001',
  '/finance/roads/[code]/change/letters': '/finance/roads/ML-22/change/letters',
};

const inside = (route: string): boolean => /^\/(?:me|finance|site|account)(?:\/|$)/.test(route);
const messages = fileURLToPath(new URL('../../lib/i18n/messages', import.meta.url));
const MESSAGES = readdirSync(messages, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(`${messages}/${file}`, 'utf8'))
  .join('\n');

const STAFF = ['clerk', 'approver', 'inspector', 'auditor', 'administrator'] as const;
type Visitor = 'nobody' | 'stranger' | 'owner' | (typeof STAFF)[number] | 'clerk without second factor';

/** Who may have it: what its code asks for, by the table of permissions; of givers, only whose it is. */
const mayHave = (source: string): ReadonlySet<Visitor> => {
  const asked = /requireStaff\('([a-z:-]+)'/.exec(source)?.[1] as Permission | undefined;
  const byCommand = /runCommand\(printReceipt,/.test(source) ? printReceipt.permission : undefined;
  const holders: readonly string[] = PERMISSIONS[asked ?? byCommand ?? 'finance:read'];
  const staff = STAFF.filter((role) => holders.includes(role));
  return new Set(asked !== undefined ? staff : byCommand !== undefined ? ['owner', ...staff] : ['owner']);
};

/** Pages that tell everybody who signed in of themselves. */
const OWN = /^\/[^/]+\/(?:account|me|me\/forget|me\/data|me\/statements\/.*)$/;

test('nobody gets a word of what is not theirs, however it is asked for', async ({ browser }) => {
  test.setTimeout(ALL ? 1_800_000 : 120_000);
  const context = await browser.newContext();
  const cookies = new Map<Visitor, string>([['nobody', '']]);
  const signIn = async (who: Visitor, email: string, secondFactor = true) =>
    cookies.set(who, `shanlu-session=${await signedInAs(context, email, { secondFactor })}`);
  await openAccount('donor@demo.invalid');
  await openAccount('stranger@example.org');
  await signIn('owner', 'donor@demo.invalid');
  await signIn('stranger', 'stranger@example.org');
  for (const role of STAFF) await signIn(role, await newStaff([role], lang));
  await signIn('clerk without second factor', await newStaff(['clerk'], lang), false);
  await context.close();

  const ask = (who: Visitor, path: string, way?: Way): Promise<RawAnswer> => {
    const sent = way?.(path) ?? {};
    const headers = { Cookie: cookies.get(who) ?? '', 'Accept-Encoding': 'gzip', ...sent.headers };
    return rawRequest(stack().url, sent.path ?? path, { method: sent.method ?? 'GET', headers });
  };

  const pages = routeFiles('page.tsx');
  const handlers = routeFiles('route.ts');
  const doors: { readonly path: string; readonly source: string }[] = [];
  for (const route of routes().filter(inside)) {
    const examples = PAGES[route]?.at ?? (MORE[route] === undefined ? [] : [MORE[route]]);
    expect(examples.length, `give ${route} an example`).toBeGreaterThan(0);
    const source = readFileSync(`${ROUTE_FOLDER}/${pages.get(route)}`, 'utf8');
    doors.push(...examples.slice(0, 1).map((example) => ({ path: `/${lang}${example}`, source })));
  }
  for (const [route, file] of [...handlers].filter(([one]) => inside(one))) {
    const example = await FILES[route]?.();
    expect(example, `give ${route} an example`).toBeDefined();
    doors.push({ path: `/${lang}${example}`, source: readFileSync(`${ROUTE_FOLDER}/${file}`, 'utf8') });
  }

  const names = Object.keys(WAYS);
  const today = ALL
    ? names
    : Array.from({ length: A_DAY }, (_, n) => names[(round * A_DAY + n) % names.length]!);
  // Words that everybody may read: those of the interface, what is public, and what is said to who may not come in.
  let open = MESSAGES;
  for (const path of ['', '/roads', '/ledger', '/sign-in', '/about', '/nothing-here', '/give', '/words'])
    for (const who of ['nobody', 'stranger', 'clerk without second factor'] as const)
      open += (await ask(who, `/${lang}${path}`)).body;
  // An address that begins with another language is answered in that one.
  open += (await ask('nobody', `/${OTHER}/nothing-here`)).body;
  let [asked, telling] = [0, 0];
  for (const [door, { path, source }] of doors.entries()) {
    const allowed = mayHave(source);
    expect(allowed.size, path).toBeGreaterThan(0);
    const [holder = 'owner'] = allowed;
    const whole = await ask(holder, path);
    const own = OWN.test(path);
    const theirs = own ? wordsOf((await ask('stranger', path)).body) : new Set<string>();
    // A few hundred words of a long file are as telling as all of them.
    const secret = [...wordsOf(whole.body)]
      .slice(0, 400)
      .filter((word) => !open.includes(word) && !theirs.has(word) && !path.includes(word));
    if (secret.length > 0) telling += 1;
    const denied = (own ? (['nobody', 'stranger'] as const) : [...cookies.keys()]).filter(
      (who) => !allowed.has(who),
    );
    const turn = (door + round) % 3;
    for (const who of denied.filter((one, n) => ALL || one === 'nobody' || n % 3 === turn)) {
      for (const name of [undefined, ...today]) {
        const answer = await ask(who, path, name === undefined ? undefined : WAYS[name]);
        asked += 1;
        const told = secret.filter((word) => answer.body.includes(word));
        expect.soft(told, `${path}, ${who}, ${name ?? 'plainly'}`).toEqual([]);
        expect.soft(answer.status, `${path}, ${who}, ${name ?? 'plainly'}`).toBeLessThan(500);
      }
    }
  }
  expect(asked).toBeGreaterThan(doors.length * (ALL ? 4 : 1.5) * (today.length + 1));
  // Doors behind which nothing stands that is not said outside as well prove nothing: they must be the fewer.
  expect(telling).toBeGreaterThan(doors.length * 0.5);
  console.log(
    `${asked} requests at ${doors.length} doors, ${telling} of them telling, in ${today.length + 1} ways`,
  );
});

/** Longer words of a page or file, of whatever language, without those of its markup, its scripts and its public foot. */
const wordsOf = (body: string): Set<string> =>
  new Set(
    body
      .replace(/<(script|style|footer)[ >].*?<\/\1>/gs, ' ')
      .replace(/<[^>]*>/g, ' ')
      .match(/[\p{L}\p{N}@.-]{4,}/gu) ?? [],
  );
