import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { roleUrls } from '@/db/urls';
import { walkThroughGiving } from '@/lib/run/check/giving';
import { plainBrowser } from '@/lib/run/check/plain-browser';
import { freePort } from '@/lib/run/launch/ports';
import { onStack } from '../bench/public-stack';
import { until } from '../support/until';
import { judge, openCareless, openFront, type Target } from './sqlmap-judge';
import { trial } from './trial';
import { serve } from './web-load';

const LEDGER =
  '/en/ledger?kind=donation&road=ML-07&contractor=C-01&entry=D-0001&q=road&from=2023-01-01&to=2024-12-31&least=1&most=8000&before=800';
const AT_ONCE = 2;

type Described = {
  readonly paths: Record<
    string,
    { readonly get: { readonly parameters?: { name: string; in: string; schema: { type?: string } }[] } }
  >;
};
type Page = { readonly data: readonly Record<string, unknown>[]; readonly next: string | null };

/** Every list of the open data, with all that can be asked of it: what its first record answers to, and its own cursor. */
const openData = async (url: string): Promise<Target[]> => {
  const read = async <T>(path: string): Promise<T> => (await (await fetch(url + path)).json()) as T;
  const { paths } = await read<Described>('/api/v1/openapi.json');
  const targets: Target[] = [];
  for (const [path, { get }] of Object.entries(paths)) {
    const parameters = (get.parameters ?? []).filter((one) => one.in === 'query');
    if (parameters.length === 0) continue;
    const { data, next } = await read<Page>(`/api/v1${path}?limit=1`);
    const after = next === null ? null : new URL(next).searchParams.get('after');
    const query = new URLSearchParams();
    for (const { name, schema } of parameters) {
      const known = data[0]?.[name];
      const sample = name === 'from' ? '2020-01-01' : name === 'to' ? '2030-01-01' : 'ML-07';
      const value =
        name === 'after'
          ? after
          : schema.type === 'integer'
            ? '5'
            : typeof known === 'string'
              ? known
              : sample;
      if (value !== null) query.set(name, value);
    }
    targets.push({
      name: `open data ${path}`,
      path: `/api/v1${path}?${query.toString()}`,
      parameters: [...query.keys()],
    });
  }
  return targets;
};

/** What is typed into fields that may stay empty. */
const TYPED: Readonly<Record<string, string>> = { shownAs: 'Ada', message: 'hello', dedication: 'Bo' };

/** The form without empty fields, for sqlmap writes into them where they are no longer fields; React's own may hold anything. */
const filled = (sent: FormData): FormData => {
  const form = new FormData();
  for (const [name, value] of sent) {
    const typed = value === '' ? (name.startsWith('$') ? 'x' : TYPED[name]) : value;
    if (typed !== undefined) form.append(name, typed);
  }
  return form;
};

/** The forms that anybody can send, as a browser without script sent them a moment ago. */
const forms = async (url: string): Promise<Target[]> => {
  const sent: Target[] = [];
  const really = globalThis.fetch;
  globalThis.fetch = async (input, init = {}) => {
    if (init.method === 'POST' && init.body instanceof FormData) {
      const body = filled(init.body);
      const packed = new Request('http://form', { method: 'POST', body });
      const at = new URL(String(input));
      const names = [...body.keys()].filter((name) => !name.startsWith('$'));
      sent.push({
        name: `form ${at.pathname}`,
        path: at.pathname + at.search,
        parameters: [...new Set(names)],
        form: {
          headers: {
            ...(init.headers as Record<string, string>),
            'Content-Type': packed.headers.get('content-type') ?? '',
          },
          body: await packed.text(),
        },
      });
    }
    return really(input, init);
  };
  try {
    const browser = plainBrowser(url);
    await walkThroughGiving(browser, {
      amount: '30',
      road: 'any',
      email: 'judge@example.org',
      method: 'bank',
      stopAtReview: true,
    });
    const signIn = await browser.open('/en/sign-in');
    const form = signIn.forms.find(({ texts }) => texts.includes('email'));
    if (form) await browser.send(signIn, form, { email: 'judge@example.org' });
  } finally {
    globalThis.fetch = really;
  }
  const plain = (path: string, fields: Record<string, string>): Target => ({
    name: `fields ${path} ${Object.keys(fields).join(' ')}`,
    path,
    parameters: Object.keys(fields),
    form: {
      headers: { origin: url, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    },
  });
  return [
    ...sent,
    plain('/api/auth/callback/email', { token: 'a'.repeat(43), lang: 'en' }),
    plain('/api/auth/callback/email', { code: 'ABCD-EFGH', lang: 'en' }),
  ];
};

trial(
  {
    row: 39,
    name: 'sqlmap',
    runs: 1,
    fault:
      'sqlmap (a program nobody here wrote) makes SQL of every parameter of the open data, of the ledger’s search, of the forms of giving and of signing in',
    invariants:
      'it finds no parameter that becomes SQL, and no answer is a 5xx; a server beside it that is careless on purpose is found',
  },
  () =>
    onStack(async ({ environment, databaseUrl }) => {
      const folder = mkdtempSync(join(tmpdir(), 'shanlu-sqlmap-'));
      const began = performance.now();
      const [port, frontPort] = [await freePort(), await freePort()];
      const url = `http://127.0.0.1:${frontPort}`;
      const server = serve(port, { ...environment, PUBLIC_URL: url, TRUSTED_PROXIES: '1' });
      const front = await openFront(port, frontPort);
      const careless = await openCareless(
        roleUrls(databaseUrl, environment['DATABASE_ROLE_SECRET'] ?? '').public,
      );
      try {
        await until('a ready server', () => isReady(url), 60_000);
        // The judge sees: what is careless is found, or its other verdicts are worth nothing.
        const seen = await judge(
          careless.url,
          { name: 'careless', path: '/?road=ML-07', parameters: ['road'] },
          folder,
        );
        const targets: Target[] = [
          {
            name: 'ledger',
            path: LEDGER,
            parameters: [...new URL(url + LEDGER).searchParams.keys()],
          },
          ...(await openData(url)),
          ...(await forms(url)),
        ];
        // What is refused as it stands never comes as far as the database.
        const refused = await refusedOf(url, targets);
        const injectable: string[] = [];
        const queue = [...targets];
        const worker = async (): Promise<void> => {
          for (let target = queue.shift(); target; target = queue.shift())
            if ((await judge(url, target, folder)) === 'injectable') injectable.push(target.name);
        };
        await Promise.all(Array.from({ length: AT_ONCE }, worker));
        const minutes = Math.round((performance.now() - began) / 6_000) / 10;
        return {
          figure: {
            targets: targets.length,
            parameters: targets.reduce((sum, { parameters }) => sum + parameters.length, 0),
            requests: front.asked(),
            injectable,
            failed: front.failed().length,
            careless: seen,
            minutes,
          },
          check: () => {
            expect(seen).toBe('injectable');
            expect(refused).toEqual([]);
            expect(injectable).toEqual([]);
            expect(front.failed()).toEqual([]);
            expect(targets.length).toBeGreaterThan(15);
            // A judge that gave up early has judged nothing.
            expect(front.asked()).toBeGreaterThan(targets.length * 30);
          },
        };
      } finally {
        server.kill('SIGKILL');
        front.close();
        await careless.close();
        rmSync(folder, { recursive: true, force: true });
      }
    }),
);

const refusedOf = async (url: string, targets: readonly Target[]): Promise<string[]> => {
  const refused: string[] = [];
  for (const { name, path, form } of targets) {
    const { status } = await fetch(url + path, {
      redirect: 'manual',
      ...(form && { method: 'POST', ...form }),
    });
    if (status >= 400) refused.push(`${name}: ${status}`);
  }
  return refused;
};

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/api/ready?for=proxy`).then(
    ({ status }) => status === 200,
    () => false,
  );
