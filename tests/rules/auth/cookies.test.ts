process.env['PUBLIC_URL'] = 'https://shanlu.example.org';
import { NextRequest } from 'next/server';
import { expect, test } from 'vitest';

test('over https the cookies belong to this very host, are never sent in clear and never read by script', async () => {
  const { authOptions, SESSION_COOKIE, REQUEST_COOKIE } = await import('@/lib/auth/options');
  const { ownCookie, wishCookie } = await import('@/lib/own-cookie');
  const { cookies } = authOptions(() => Promise.resolve('Test'));
  for (const cookie of [
    SESSION_COOKIE,
    REQUEST_COOKIE,
    ...Object.values(cookies ?? {}),
    ownCookie('giving'),
    wishCookie('lang'),
  ]) {
    expect(cookie.name).toMatch(/^__Host-/);
    expect(cookie.options).toMatchObject({ httpOnly: true, sameSite: 'lax', path: '/', secure: true });
    expect(cookie.options).not.toHaveProperty('domain');
  }
});

test('what keeps a wish over https belongs to this very host, whatever the request says of its own scheme', async () => {
  const { GET } = await import('@/app/language/route');
  const { POST } = await import('@/app/display/route');
  const { proxy } = await import('@/proxy');
  // As the server behind a proxy sees them: in clear, under a name of its own.
  const asked = (path: string, init?: ConstructorParameters<typeof NextRequest>[1]) =>
    new NextRequest(`http://127.0.0.1:3001${path}`, init);
  const wish = await POST(
    asked('/display', {
      method: 'POST',
      headers: { origin: 'https://shanlu.example.org', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'size=large&theme=dark&back=/en',
    }),
  );
  const kept = [GET(asked('/language?to=/en/roads')), wish, proxy(asked('/en/sign-in'))].flatMap((answer) =>
    answer.headers.getSetCookie(),
  );
  expect(kept.map((line) => line.split(';')[0])).toEqual([
    '__Host-lang=en',
    '__Host-size=large',
    '__Host-theme=dark',
    '__Host-lang=en',
  ]);
  for (const line of kept) {
    expect(line).toMatch(/; Path=\/;/i);
    expect(line).toMatch(/; Secure/i);
    expect(line).toMatch(/; HttpOnly/i);
    expect(line).not.toMatch(/domain/i);
  }
});
