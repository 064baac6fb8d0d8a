import { randomBytes } from 'node:crypto';
import {
  expect,
  request as newRequest,
  test,
  type APIResponse,
  type Browser,
  type Page,
} from '@playwright/test';
import { newId } from '@/lib/shared/id';
import { generateSync } from 'otplib';
import { inDatabase, sessionCookie, signedInAs } from '../support/signed-in';
import { mailTo, secondFactorOf, stack } from '../support/stack';

// Signing in as people do it: in a browser, with the mail really sent and read, with and without script.

const unique = (name: string): string => `${name}-${randomBytes(5).toString('hex')}@example.org`;

/** Someone who gave with this address. */
const newDonor = async (name = 'Ada'): Promise<string> => {
  const email = unique('donor');
  await inDatabase('insert into donor (id, name, email, lang) values ($1, $2, $3, $4)', [
    newId(),
    name,
    email,
    'en',
  ]);
  return email;
};

/** Someone who works here and has not signed in before. */
const newStaff = async (role: string): Promise<{ email: string; personId: string }> => {
  const [email, personId] = [unique('staff'), newId()];
  await inDatabase('insert into person (id, email, name, lang) values ($1, $2, $3, $4)', [
    personId,
    email,
    'Bo',
    'en',
  ]);
  await inDatabase('insert into person_role (person_id, role) values ($1, $2)', [personId, role]);
  return { email, personId };
};

const ask = async (page: Page, email: string, next = ''): Promise<string> => {
  await page.goto(`/en/sign-in${next === '' ? '' : `?next=${encodeURIComponent(next)}`}`);
  await page.getByLabel('E-mail address').fill(email);
  const since = new Date(Date.now() - 1_000).toISOString();
  await page.getByRole('button', { name: 'Send the code' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Enter the code');
  return since;
};
const codeIn = (text: string): string => /\b([2-9A-Z]{4}-[2-9A-Z]{4})\b/.exec(text)?.[1] ?? '';
const linkIn = (text: string): string => /https?:\/\/\S+\/sign-in\/confirm\?token=\S+/.exec(text)?.[0] ?? '';

test('staff: mail, code, second factor, to where they were going; signing out ends it', async ({
  page,
  context,
}) => {
  const email = 'auditor@demo.invalid';
  await page.goto('/en/finance/proofs');
  await expect(page).toHaveURL(/\/en\/sign-in\?next=%2Fen%2Ffinance%2Fproofs$/);
  const since = await ask(page, email, '/en/finance/proofs');
  await expect(page.getByText(email)).toBeVisible();

  await page.getByLabel('Code').fill('AAAA-AAAA');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('The code is not right.')).toBeVisible();

  const mail = await mailTo(email, since, (one) => codeIn(one.text) !== '');
  await page.getByLabel('Code').fill(codeIn(mail.text).toLowerCase().replace('-', ' '));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Second step: your authenticator');
  expect(new URL(page.url()).searchParams.get('next')).toBe('/en/finance/proofs');

  const [before] = (await context.cookies()).filter((cookie) => cookie.name === 'shanlu-session');
  expect(before).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  await page.goto('/en/finance/approvals');
  await expect(page, 'nothing of the desk without it').toHaveURL(/second-factor/);
  await page.goto('/en/sign-in/second-factor?next=%2Fen%2Ffinance%2Fproofs');

  await page.getByLabel('Six digits').fill('000000');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('Not right, or used a moment ago')).toBeVisible();
  await page.getByLabel('Six digits').fill(await secondFactorOf(email));
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/\/en\/finance\/proofs$/);

  const [after] = (await context.cookies()).filter((cookie) => cookie.name === 'shanlu-session');
  expect(after?.value, 'a new token').not.toBe(before?.value);
  const old = await newRequest.newContext({
    baseURL: stack().url,
    extraHTTPHeaders: { Cookie: `shanlu-session=${before?.value}` },
  });
  expect((await old.get('/en/finance', { maxRedirects: 0 })).headers()['location']).toContain('/en/sign-in');

  await page.goto('/en/account');
  await expect(page.getByRole('row').filter({ hasText: 'this one' })).toHaveCount(1);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/en$/);
  const stolen = await newRequest.newContext({
    baseURL: stack().url,
    extraHTTPHeaders: { Cookie: `shanlu-session=${after?.value}` },
  });
  expect((await stolen.get('/en/finance', { maxRedirects: 0 })).headers()['location']).toContain(
    '/en/sign-in',
  );
  await page.goBack();
  await page.waitForLoadState();
  await page.reload();
  await expect(page, 'the back button shows nothing').toHaveURL(/\/en\/sign-in/);
});

test('a donor without script signs in by the link, which mail scanners may open as often as they like', async ({
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const email = await newDonor();
  const since = await ask(page, `  ${email.toUpperCase()} `);
  const mail = await mailTo(email, since);
  expect(mail.subject).toBe('Sign in to Shanlu');
  const link = linkIn(mail.text);
  const scanner = await newRequest.newContext();
  for (let i = 0; i < 3; i += 1) {
    expect((await scanner.get(link)).status()).toBe(200);
    expect((await scanner.head(link)).status()).toBe(200);
  }
  // Another browser than the one that asked: the phone the mail was read on.
  const phone = await browser.newContext({ javaScriptEnabled: false });
  const there = await phone.newPage();
  await there.goto(link);
  await expect(there.getByText(email)).toBeVisible();
  await there.getByRole('button', { name: 'Sign in' }).click();
  await expect(there).toHaveURL(/\/en\/me$/);
  await expect(there.getByText(email)).toBeVisible();
  expect((await there.goto('/en/finance'))?.status(), 'for a donor there is no desk').toBe(404);

  await there.goto(link);
  await expect(there.getByText('This link no longer works')).toBeVisible();
  await page.getByLabel('Code').fill(codeIn(mail.text));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('The code has been used')).toBeVisible();
});

test('setting up an authenticator, its recovery codes, and losing the phone', async ({ page, browser }) => {
  const { email } = await newStaff('clerk');
  const since = await ask(page, email);
  await page.goto(linkIn((await mailTo(email, since)).text));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Set up an authenticator');
  await page.getByRole('button', { name: 'Begin' }).click();
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
  await page.getByText('Cannot scan?').click();
  const secret = (await page.locator('details code').innerText()).replaceAll(' ', '');
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);

  await page.getByLabel('The six digits').fill('000000');
  await page.getByRole('button', { name: 'Set up' }).click();
  await expect(page.getByText('Not right. Check')).toBeVisible();
  await page.getByLabel('The six digits').fill(generateSync({ secret }));
  await page.getByRole('button', { name: 'Set up' }).click();
  await expect(page.getByRole('heading', { name: 'Your ten recovery codes' })).toBeVisible();
  const codes = await page.locator('ol code').allInnerTexts();
  expect(codes).toHaveLength(10);
  await mailTo(email, since, (mail) => mail.subject === 'A change to your Shanlu account');
  await page.getByRole('link', { name: 'I have kept them' }).click();
  await expect(page).toHaveURL(/\/en\/finance$/);
  await page.goto('/en/sign-in/set-up');
  expect(await page.content()).not.toContain(secret);

  const other = await browser.newContext();
  const lost = await other.newPage();
  await signedInAs(other, email, { secondFactor: false });
  await lost.goto('/en/finance');
  await lost.getByLabel('Six digits').fill(codes[3] ?? '');
  await lost.getByRole('button', { name: 'Continue' }).click();
  await expect(lost).toHaveURL(/\/en\/finance$/);
  await lost.goto('/en/account');
  await expect(lost.getByText('9 recovery codes left')).toBeVisible();
  await lost.getByText('9 recovery codes left').click();
  await lost.getByRole('button', { name: 'Make new recovery codes' }).click();
  await expect(lost.locator('ol code')).toHaveCount(10);
});

test('setting up works without script', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const { email } = await newStaff('clerk');
  await signedInAs(context, email, { secondFactor: false });
  await page.goto('/en/sign-in');
  await page.getByRole('button', { name: 'Begin' }).click();
  const secret = ((await page.locator('details code').textContent()) ?? '').replaceAll(' ', '');
  await page.getByLabel('The six digits').fill(generateSync({ secret }));
  await page.getByRole('button', { name: 'Set up' }).click();
  await expect(page.locator('ol code')).toHaveCount(10);
  await page.getByRole('link', { name: 'I have kept them' }).click();
  await expect(page).toHaveURL(/\/en\/finance$/);
});

test('five wrong numbers end the sign-in; a session ended elsewhere is out at the next click', async ({
  page,
  context,
  browser,
}) => {
  const email = 'inspector@demo.invalid';
  await signedInAs(context, email, { secondFactor: false });
  await page.goto('/en/sign-in/second-factor');
  for (let tries = 1; tries <= 5; tries += 1) {
    await page.getByLabel('Six digits').fill(`00000${tries}`);
    await page.getByRole('button', { name: 'Continue' }).click();
    if (tries < 5) await expect(page.getByText('Not right')).toBeVisible();
  }
  await expect(page.getByText('Too many wrong numbers')).toBeVisible();
  await expect(page).toHaveURL(/\/en\/sign-in/);

  await signedInAs(context, email);
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await signedInAs(elsewhere, email);
  await other.goto('/en/finance');
  await expect(other).toHaveURL(/\/en\/finance$/);
  await page.goto('/en/account');
  await page.getByRole('button', { name: 'End all others' }).click();
  await expect(page.getByText('Ended.')).toBeVisible();
  await other.reload();
  await expect(other).toHaveURL(/\/en\/sign-in/);
  await page.reload();
  await expect(page).toHaveURL(/\/en\/account/);
});

test('an administrator adds someone, gives and takes roles; what is taken is gone at the next click', async ({
  page,
  context,
  browser,
}) => {
  await signedInAs(context, 'admin@demo.invalid');
  await page.goto('/en/finance/people');
  const email = unique('new');
  await page.getByLabel('Name').fill('欧阳明');
  await page.getByLabel('E-mail').fill(email);
  await page.locator('#enrol-role').selectOption('approver');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText('Done.')).toBeVisible();
  const theirs = await browser.newContext();
  const them = await theirs.newPage();
  await signedInAs(theirs, email);
  await them.goto('/en/finance/approvals');
  await expect(them).toHaveURL(/approvals$/);
  expect((await them.goto('/en/finance/people'))?.status(), 'only for administrators').toBe(404);

  await page.getByRole('row').filter({ hasText: email }).getByRole('link').click();
  await page.getByRole('button', { name: 'Take away: approver' }).click();
  await expect(page.getByText('Done.')).toBeVisible();
  await them.goto('/en/finance/approvals');
  await expect(them, 'signed out everywhere').toHaveURL(/\/en\/sign-in/);
  await signedInAs(theirs, email);
  expect((await them.goto('/en/finance/approvals'))?.status(), 'a donor now').toBe(404);

  await page.getByRole('row').filter({ hasText: 'admin@demo.invalid' }).getByRole('link').click();
  await expect(page.getByText('Your own account is changed by another').first()).toBeVisible();
});

test('weighty pages ask for the second factor again when it was given long ago', async ({
  page,
  context,
}) => {
  await signedInAs(context, 'admin@demo.invalid');
  await inDatabase(`update sign_in_session set second_factor_at = now() - interval '1 hour' where second_factor_at is not null
    and person_id = (select id from person where email = 'admin@demo.invalid')`);
  await page.goto('/en/finance/people');
  await expect(page.getByText('This is a weighty step')).toBeVisible();
  await page.getByLabel('Six digits').fill(await secondFactorOf('admin@demo.invalid'));
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/\/en\/finance\/people$/);
});

/** The fields React needs to take a form without script, as the browser would send them. */
const formOf = async (get: APIResponse): Promise<Record<string, string>> => {
  const html = await get.text();
  const form = /<form[^>]*enctype="multipart\/form-data"[^>]*>(.*?)<\/form>/is.exec(html)?.[1] ?? '';
  const unescape = (text: string): string =>
    text
      .replaceAll('&quot;', '"')
      .replaceAll('&#x27;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
  return Object.fromEntries(
    [...form.matchAll(/<input type="hidden" name="([^"]*)"(?: value="([^"]*)")?/g)].map((hit) => [
      unescape(hit[1] ?? ''),
      unescape(hit[2] ?? ''),
    ]),
  );
};

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
    const fields = await formOf(await api.get('/en/sign-in'));
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
  // The foot of each page tells the newest head of the log; when somebody signed one in between, both are asked again.
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
  const unknown = await pair().catch(pair).catch(pair);
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
    const token = await signedInAs(context, 'approver@demo.invalid');
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
        multipart: { [action]: '', lang: 'en' },
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
  });
});

test('a token is good only as it was given: not cut, altered, of another kind, or sent by GET', async () => {
  const email = await newDonor();
  const api = await newRequest.newContext({
    baseURL: stack().url,
    extraHTTPHeaders: { Origin: stack().url },
  });
  const fields = await formOf(await api.get('/en/sign-in'));
  const since = new Date(Date.now() - 1_000).toISOString();
  await api.post('/en/sign-in', { multipart: { ...fields, email }, maxRedirects: 0 });
  const { text } = await mailTo(email, since);
  const token = new URL(linkIn(text)).searchParams.get('token') ?? '';
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

test('the server says whether it lives and whether it can work', async () => {
  const api = await newRequest.newContext({ baseURL: stack().url });
  expect(await (await api.get('/api/health')).json()).toEqual({ status: 'ok' });
  const ready = await api.get('/api/ready');
  const body = (await ready.json()) as { checks: Record<string, { ok: boolean; says: string }> };
  expect(body.checks['database']).toEqual({ ok: true, says: 'takes writes' });
  expect(body.checks['schema']?.ok).toBe(true);
  expect(Object.keys(body.checks).sort()).toEqual(['database', 'log', 'schema', 'worker']);
});

test('figures for monitoring are told to who holds the token, and to nobody else', async () => {
  const api = await newRequest.newContext({ baseURL: stack().url });
  const token = stack().environment['METRICS_TOKEN'] ?? '';
  expect(token.length).toBeGreaterThan(20);
  for (const Authorization of [undefined, 'Bearer', `Bearer ${token.slice(1)}`, `Basic ${token}`, token])
    expect(
      (
        await api.get('/api/metrics', { headers: Authorization === undefined ? {} : { Authorization } })
      ).status(),
    ).toBe(404);
  const told = await api.get('/api/metrics', { headers: { Authorization: `Bearer ${token}` } });
  expect(told.headers()['content-type']).toContain('text/plain; version=0.0.4');
  const figures = new Map(
    (await told.text())
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.replace(/ \S+$/, ''), Number(line.split(' ').at(-1))]),
  );
  expect(figures.get('shanlu_log_halted')).toBe(0);
  expect(figures.has('shanlu_jobs_failed')).toBe(true);
  expect(figures.get('shanlu_worker_beat_age_seconds')).toBeLessThan(60);
  expect(figures.get('shanlu_log_leaves')).toBeGreaterThan(1_000);
  expect(figures.get('nodejs_heap_size_used_bytes')).toBeGreaterThan(10_000_000);
  const proofs = [...figures].filter(([name]) => name.startsWith('shanlu_proof_offenders{'));
  expect(proofs.length).toBeGreaterThan(20);
  expect(proofs.filter(([, rows]) => rows !== 0)).toEqual([]);
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
