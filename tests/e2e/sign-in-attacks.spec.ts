import { randomBytes } from 'node:crypto';
import { test, expect, request as newRequest, type APIResponse, type Browser } from '@playwright/test';
import { tokenOfLink } from '@/lib/shared/letter-link.rules';
import { hiddenFields } from '../support/hidden-fields';
import { inDatabase, newStaff, sessionCookie, signedInAs } from '../support/signed-in';
import { newDonor, ask, codeIn, linkIn } from '../support/signing-in';
import { mailTo, stack } from '../support/stack';

// Signing in as people do it who want to be somebody else, or to learn who is known here.

/**
 * What a page says, whatever the order it was sent in: its markup, and every text in the data React sends along. React
 * cuts and numbers that data by how busy the server is, so two answers to the same person differ there too.
 */
const saidBy = (html: string): { markup: string; data: string[] } => {
  const scripts = [...html.matchAll(/<script[^>]*>self\.__next_f\.push\(\[1,(".*?")\]\)<\/script>/gs)];
  const flight = scripts.map(([, text]) => JSON.parse(text ?? '""') as string).join('');
  const texts = flight.match(/"(?:[^"\\]|\\.)*"/g) ?? [];
  return {
    markup: scripts.reduce((rest, [script]) => rest.replace(script, ''), html),
    data: texts.filter((text) => !/^"\$[A-Z]?[0-9a-f]+(:[^"]*)?"$/.test(text)).toSorted(),
  };
};

test('the answer is the same for who is known and who is not: status, headers, bytes', async () => {
  const api = await newRequest.newContext({
    baseURL: stack().url,
    extraHTTPHeaders: { Origin: stack().url },
  });
  const answer = async (email: string) => {
    const fields = Object.fromEntries(hiddenFields(await (await api.get('/en/sign-in')).text()));
    const sent = await api.post('/en/sign-in', { multipart: { ...fields, email }, maxRedirects: 0 });
    const headers = sent
      .headersArray()
      .map(({ name, value }) => (/^(?:date|x-nonce|x-request-id)$/i.test(name) ? name : `${name}: ${value}`))
      .map((line) =>
        line
          .replace(/nonce-[A-Za-z0-9+/=]+/g, 'nonce')
          .replace(/shanlu-sign-in=[^;]+/, (cookie) => `cookie of ${cookie.length}`),
      )
      .map((line) => line.replace(/expires=[^;]+/i, 'expires'));
    const page = await api.get('/en/sign-in/code');
    const body = (await page.text())
      .replaceAll(email, 'X')
      .replaceAll(/nonce="[^"]*"/g, '')
      .replaceAll(/[A-Za-z0-9+/]{22}==/g, '');
    return { status: sent.status(), headers, body: (await sent.body()).toString('base64'), ...saidBy(body) };
  };
  // The foot of each page tells the newest head of the log; when one was signed in between, which journeys beside this one
  // make happen every second or two, both are asked again.
  const pair = async (): Promise<string> => {
    const known = await newDonor();
    const unknown = known.replace(/donor-[0-9a-f]/, (start) => `donor-${start.endsWith('0') ? '1' : '0'}`);
    expect(unknown).toHaveLength(known.length);
    const [one, two] = [await answer(known), await answer(unknown)];
    expect(one.status).toBe(303);
    expect(one.data.length).toBeGreaterThan(100);
    expect(two).toEqual(one);
    return unknown;
  };
  let unknown = '';
  await expect(async () => {
    unknown = await pair();
  }).toPass({ timeout: 20_000 });
  const [row] = await inDatabase<{ people: number }>(
    'select count(*)::int as people from person where email = $1',
    [unknown],
  );
  expect(row?.people).toBe(0);
});

test('more mails than the budget are refused alike for known and unknown, and the link of the last one still works', async ({
  page,
}) => {
  const known = await newDonor();
  const since = new Date(Date.now() - 1_000).toISOString();
  for (let mails = 1; mails <= 5; mails += 1) await ask(page, known);
  for (const email of [known]) {
    await page.goto('/en/sign-in');
    await page.getByLabel('E-mail address').fill(email);
    await page.getByRole('button', { name: 'Send the code' }).click();
    await expect(page.getByText(/try again in \d+ seconds/)).toBeVisible();
    await expect(page.getByLabel('E-mail address')).toHaveValue(email);
  }
  await page.goto(linkIn((await mailTo(known, since)).text));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/en\/me$/);
});

test.describe('a forged request', () => {
  const own = () => stack().url;
  const FORGERIES: readonly (readonly [string, Record<string, string>])[] = [
    ['without Origin', {}],
    ['with the null origin', { Origin: 'null' }],
    ['from another site', { Origin: 'https://evil.example' }],
    ['from another site, as plain text', { Origin: 'https://evil.example', 'Content-Type': 'text/plain' }],
    ['from another port of this machine', { Origin: 'http://localhost:1' }],
    [
      'that claims same-origin under another origin',
      { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'same-origin' },
    ],
    ['from a neighbouring site', { 'Sec-Fetch-Site': 'same-site' }],
    ['typed into the address bar', { 'Sec-Fetch-Site': 'none' }],
    ['with a method override', { Origin: 'https://evil.example', 'X-HTTP-Method-Override': 'GET' }],
    ['with a forwarded host', { Origin: 'https://evil.example', 'X-Forwarded-Host': 'evil.example' }],
  ];
  const TARGETS = [
    '/en/sign-in',
    '/zh-Hans/sign-in/second-factor',
    '/en/account',
    '/en/finance/people',
    '/en/finance/approvals',
    '/api/auth/callback/email',
    '/api/auth/signin/email',
    '/api/auth/signout',
    '/api/auth/session',
  ];

  test('is refused with 403 wherever it is sent, whoever is signed in, and changes nothing', async ({
    context,
  }) => {
    const token = await signedInAs(context, 'approver@demo.invalid');
    const api = await newRequest.newContext({ baseURL: own() });
    // Only this person's: other tests sign in, out and give roles meanwhile.
    const count = async () =>
      (
        await inDatabase<{ n: string }>(
          'select count(*)::text as n from person_role r join person p on p.id = r.person_id where p.email = $1',
          ['approver@demo.invalid'],
        )
      )[0]?.n;
    const before = await count();
    for (const path of TARGETS)
      for (const [says, headers] of FORGERIES)
        for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
          const sent = await api.fetch(path, {
            method,
            headers: {
              Cookie: `shanlu-session=${token}`,
              'Content-Type': 'application/x-www-form-urlencoded',
              ...headers,
            },
            data: 'lang=en&session=others&act=grant',
            maxRedirects: 0,
          });
          // A method a handler does not have is 405 before anything else is asked.
          expect(
            [403, ...(path.startsWith('/api/') && method !== 'POST' ? [405] : [])],
            `${method} ${path} ${says}`,
          ).toContain(sent.status());
        }
    expect(await count()).toBe(before);
    // And the session the forgeries named is as it was: none of them signed anybody out.
    const still = await api.get('/en/finance', {
      headers: { Cookie: `shanlu-session=${token}` },
      maxRedirects: 0,
    });
    expect(still.status()).toBe(200);
  });

  test('is refused by the action itself when it finds a way around the outer wall', async ({ context }) => {
    const email = await newStaff(['approver']);
    // Signed in on two devices, so that the page offers to end a session: the action would end this one.
    await signedInAs(context, email);
    const token = await signedInAs(context, email);
    const [newest] = await inDatabase<{ id: string }>(
      `select s.id from sign_in_session s join person p on p.id = s.person_id where p.email = $1
       order by s.created_at desc limit 1`,
      [email],
    );
    const session = newest?.id ?? '';
    const api = await newRequest.newContext({ baseURL: own() });
    const cookie = `shanlu-session=${token}`;
    const html = await (await api.get('/en/account', { headers: { Cookie: cookie } })).text();
    const action = /name="(\$ACTION_ID_[0-9a-f]+)"/.exec(html)?.[1] ?? '';
    expect(action).not.toBe('');
    // Addresses that look like files do not pass through proxy.ts.
    for (const headers of [{}, { Origin: 'null' }, { Origin: 'https://evil.example' }] as Record<
      string,
      string
    >[]) {
      await api.post('/en/account.png', {
        headers: { Cookie: cookie, ...headers },
        multipart: { [action]: '', lang: 'en', session },
        maxRedirects: 0,
      });
      await api.post('/en/account.png', {
        headers: {
          Cookie: cookie,
          ...headers,
          'Next-Action': action.slice('$ACTION_ID_'.length),
          'Content-Type': 'text/plain;charset=UTF-8',
        },
        data: '[]',
        maxRedirects: 0,
      });
    }
    const still = await api.get('/en/account', { headers: { Cookie: cookie }, maxRedirects: 0 });
    expect(still.status(), 'the session has not been ended').toBe(200);
    // Sent by our own page the same ends it.
    await api.post('/en/account', {
      headers: { Cookie: cookie, Origin: own() },
      multipart: { [action]: '', lang: 'en', session },
      maxRedirects: 0,
    });
    const ended = await api.get('/en/account', { headers: { Cookie: cookie }, maxRedirects: 0 });
    expect(ended.status()).toBe(307);
  });

  test('cannot sign anybody out', async ({ context }) => {
    const email = await newStaff(['approver']);
    const token = await signedInAs(context, email);
    const api = await newRequest.newContext({ baseURL: own() });
    const headers = { Cookie: `shanlu-session=${token}` };
    const [row] = await inDatabase<{ id: string }>(
      'select s.id from sign_in_session s join person p on p.id = s.person_id where p.email = $1',
      [email],
    );
    const form = { lang: 'en', session: row?.id ?? '' };
    const standing = async () => (await api.get('/en/account', { headers, maxRedirects: 0 })).status();
    for (const origin of ['null', 'https://evil.example', 'http://localhost:1']) {
      const sent = await api.post('/api/sign-out', { headers: { ...headers, Origin: origin }, form });
      expect(sent.status()).toBe(403);
    }
    // A note of another session, or none that is one, ends nothing.
    for (const note of ['', 'x', '01a21b31-c0e2-75bf-8c11-dd00ddc1bea6', '%00'])
      await api.get('/en/account', { headers: { Cookie: `${headers.Cookie}; shanlu-left=${note}` } });
    expect(await standing()).toBe(200);
    const ours = { ...headers, Origin: own() };
    expect((await api.post('/api/sign-out', { headers: ours, form, maxRedirects: 0 })).status()).toBe(303);
    expect(await standing()).toBe(307);
  });
});

test('a token is good only as it was given: not cut, altered, of another kind, or sent by GET', async () => {
  const email = await newDonor();
  const api = await newRequest.newContext({
    baseURL: stack().url,
    extraHTTPHeaders: { Origin: stack().url },
  });
  const fields = Object.fromEntries(hiddenFields(await (await api.get('/en/sign-in')).text()));
  const since = new Date(Date.now() - 1_000).toISOString();
  await api.post('/en/sign-in', { multipart: { ...fields, email }, maxRedirects: 0 });
  const { text } = await mailTo(email, since);
  const token = tokenOfLink(linkIn(text)) ?? '';
  const secret =
    (await api.storageState()).cookies
      .find((cookie) => cookie.name === 'shanlu-sign-in')
      ?.value.split('.')[0] ?? '';
  const isSignedIn = (sent: APIResponse): boolean =>
    /shanlu-session=[^;]/.test(sent.headers()['set-cookie'] ?? '');
  for (const wrong of [
    '',
    token.slice(0, -1),
    `${token}A`,
    token.toLowerCase(),
    secret,
    codeIn(text),
    `code:${secret}:${codeIn(text).replace('-', '')}`,
    '../../x',
    'a'.repeat(9000),
  ]) {
    const sent = await api.post('/api/auth/callback/email', {
      form: { token: wrong, lang: 'en' },
      maxRedirects: 0,
    });
    expect(isSignedIn(sent), wrong).toBe(false);
    expect(sent.status(), wrong).toBeLessThan(500);
  }
  for (const path of [
    `/api/auth/callback/email?token=${token}&email=${email}`,
    `/api/auth/callback/email?token=${token}`,
    `/en/sign-in/confirm?token=${token}`,
  ])
    expect(isSignedIn(await api.get(path, { maxRedirects: 0 })), path).toBe(false);
  const json = await api.post('/api/auth/callback/email', { data: { token }, maxRedirects: 0 });
  expect([json.status(), isSignedIn(json)]).toEqual([400, false]);
  const sent = await api.post('/api/auth/callback/email', {
    form: { token, lang: 'en', callbackUrl: 'https://evil.example' },
    maxRedirects: 0,
  });
  expect([sent.status(), isSignedIn(sent), sent.headers()['location']]).toEqual([303, true, '/en/sign-in']);
  const again = await api.post('/api/auth/callback/email', { form: { token, lang: 'en' }, maxRedirects: 0 });
  expect(isSignedIn(again)).toBe(false);
});

test('the way on stays on this site', async ({ browser }) => {
  for (const next of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/en/%5cevil.example',
    'javascript:alert(1)',
  ]) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const email = await newDonor();
    const since = await ask(page, email, next);
    await page.goto(linkIn((await mailTo(email, since)).text));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page, next).toHaveURL(`${stack().url}/en/me`);
    await context.close();
  }
});

test('tries are counted per connection, whatever a client writes into its headers', async () => {
  const rows = async () =>
    (await inDatabase<{ n: number }>('select count(*)::int as n from rate_limit'))[0]?.n ?? 0;
  const api = await newRequest.newContext({
    baseURL: stack().url,
    extraHTTPHeaders: { Origin: stack().url },
  });
  await api.post('/api/auth/callback/email', { form: { code: 'AAAAAAAA', lang: 'en' }, maxRedirects: 0 });
  const before = await rows();
  for (let n = 1; n <= 10; n += 1)
    await api.post('/api/auth/callback/email', {
      form: { code: 'AAAAAAAA', lang: 'en' },
      headers: {
        'X-Forwarded-For': `198.51.100.${n}`,
        'X-Shanlu-Peer': `203.0.113.${n}`,
        'X-Real-IP': `192.0.2.${n}`,
      },
      maxRedirects: 0,
    });
  // Another test may take from another budget meanwhile; ten clients would be ten rows.
  expect((await rows()) - before).toBeLessThan(8);
});

const fresh = async (browser: Browser) => {
  const context = await browser.newContext();
  return { context, page: await context.newPage() };
};

test('a session that is someone else’s, cut or made up opens nothing', async ({ browser }) => {
  const { context, page } = await fresh(browser);
  const token = await signedInAs(context, 'clerk@demo.invalid');
  for (const value of [
    token.slice(0, -1),
    `${token}A`,
    randomBytes(32).toString('base64url'),
    '',
    'null',
    "' or 1=1 --",
    'a'.repeat(3000),
  ]) {
    await context.clearCookies();
    if (value !== '') await context.addCookies([sessionCookie(encodeURIComponent(value))]);
    const answer = await page.goto('/en/finance');
    expect(answer?.status(), value).toBeLessThan(500);
    await expect(page, value).toHaveURL(/\/en\/sign-in/);
  }
});
