process.env['PUBLIC_URL'] = 'https://shanlu.example.org';
import { expect, test } from 'vitest';

test('over https the cookies belong to this very host, are never sent in clear and never read by script', async () => {
  const { SESSION_COOKIE, REQUEST_COOKIE } = await import('@/lib/auth/options');
  for (const cookie of [SESSION_COOKIE, REQUEST_COOKIE]) {
    expect(cookie.name).toMatch(/^__Host-shanlu-/);
    expect(cookie.options).toEqual({ httpOnly: true, sameSite: 'lax', path: '/', secure: true });
  }
});
