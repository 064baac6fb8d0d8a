import { expect, test } from '@playwright/test';
import { roleUrls } from '@/db/urls';
import { LANGUAGES } from '@/lib/i18n/languages';
import { busy } from '@/lib/i18n/messages/busy';
import { freePort } from '@/lib/run/launch/ports';
import { openLine } from '../faults/line';
import { serve } from '../faults/web-load';
import { hiddenFields } from '../support/hidden-fields';
import { sessionCookie, signedInAs } from '../support/signed-in';
import { unique } from '../support/signing-in';
import { stack } from '../support/stack';
import { until } from '../support/until';

/*
 * A second server of the same product, with one connection of each kind, and a line to the database that can fall
 * silent: then one request holds the connection and nobody else gets one. Whoever comes is told to come again, in words
 * and by status, and is served as soon as the line speaks.
 */

const INSIDES = /\bat [\w.<>]+ \(|node_modules|\.tsx?:\d|timeout exceeded|terminated/;

test('whoever gets no connection to the database is told to come again: 503, in their language, and is served afterwards', async ({
  context,
}) => {
  const token = await signedInAs(context, 'clerk@demo.invalid');
  const { environment } = stack();
  const database = new URL(environment['DATABASE_URL'] ?? '');
  let silent = false;
  const line = await openLine(() => Number(database.port), { delayMs: () => (silent ? 3_600_000 : 0) });
  const through = new URL(database);
  through.hostname = '127.0.0.1';
  through.port = String(line.port);
  const urls = roleUrls(through.href, environment['DATABASE_ROLE_SECRET'] ?? '');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = serve(port, {
    ...environment,
    PUBLIC_URL: url,
    DATABASE_URL: '',
    APP_DATABASE_URL: urls.app,
    READ_DATABASE_URL: urls.reader,
    PUBLIC_DATABASE_URL: urls.public,
    DATABASE_POOL_MAX: '1',
  });
  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(url + path, { redirect: 'manual', ...init });
  const asStaff = { cookie: `${sessionCookie(token).name}=${token}` };
  const isServed = (): Promise<boolean> =>
    ask('/api/ready?for=proxy').then(
      ({ status }) => status === 200,
      () => false,
    );
  try {
    await until('a ready server', isServed, 30_000);
    for (const path of ['/en/ledger', '/api/v1/segments']) expect((await ask(path)).status).toBe(200);
    expect((await ask('/en/finance', { headers: asStaff })).status).toBe(200);
    const form = new FormData();
    for (const [name, value] of hiddenFields(await (await ask('/en/sign-in')).text())) form.set(name, value);
    form.set('email', unique('busy'));

    silent = true;
    // Holds the only connection for as long as a statement may take.
    const holders = ['/en/ledger', '/en/finance'].map((path) => ask(path, { headers: asStaff }));

    const page = async (path: string, init: RequestInit, lang: (typeof LANGUAGES)[number]) => {
      const answer = await ask(path, init);
      const html = await answer.text();
      expect(answer.status, path).toBe(503);
      expect(answer.headers.get('retry-after'), path).toBe('5');
      expect(answer.headers.get('content-type'), path).toMatch(/^text\/html/);
      expect(answer.headers.get('cache-control'), path).toContain('no-store');
      expect(answer.headers.get('content-security-policy'), path).toContain("style-src 'sha256-");
      expect(html, path).toContain(`<html lang="${lang}">`);
      expect(html, path).toContain(busy[lang].title);
      expect(html, path).not.toMatch(INSIDES);
      return html;
    };
    await Promise.all([
      ...LANGUAGES.map(async (lang) => {
        expect(await page(`/${lang}/roads?a=%22%3E`, {}, lang)).toContain(`href="/${lang}/roads?a=%22%3E"`);
      }),
      page('/en/sign-in', { method: 'POST', body: form, headers: { origin: url } }, 'en').then((html) => {
        expect(html).toContain(busy.en.form);
        expect(html).not.toContain(busy.en.retry);
      }),
      page('/en/finance/approvals', { headers: asStaff }, 'en'),
      page('/zh-Hant/me', { headers: asStaff }, 'zh-Hant'),
      page('/en/roads/ML-07', { headers: { cookie: 'theme=dark' } }, 'en'),
      (async () => {
        const answer = await ask('/api/v1/segments?limit=2');
        expect(answer.status).toBe(503);
        expect(answer.headers.get('retry-after')).toBe('5');
        expect(answer.headers.get('content-type')).toBe('application/problem+json');
        expect(await answer.json()).toMatchObject({ status: 503 });
      })(),
      (async () => {
        const answer = await ask('/en/roads', { method: 'HEAD' });
        expect([answer.status, await answer.text()]).toEqual([503, '']);
      })(),
    ]);
    silent = false;
    line.cutAll();
    for (const { status } of await Promise.all(holders)) expect(status).toBe(503);

    await until('the page', async () => (await ask('/en/roads')).status === 200, 15_000);
    expect((await ask('/api/v1/segments')).status).toBe(200);
    await until(
      'the desk',
      async () => (await ask('/en/finance', { headers: asStaff })).status === 200,
      15_000,
    );
  } finally {
    server.kill('SIGKILL');
    await line.close();
  }
});
