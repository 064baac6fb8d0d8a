import { cookies, headers } from 'next/headers';
import { runCommand } from '@/lib/command';
import { negotiateLang } from '@/lib/i18n/request';
import { wished } from '@/lib/own-cookie';
import { stopLetters } from '@/lib/letters/stop.commands';
import { newId } from '@/lib/shared/id';

const tokenOf = (request: Request): string => new URL(request.url).searchParams.get('t') ?? '';

/**
 * The mail program's own button (RFC 8058): one POST without a cookie or a page. The token's signature is what
 * permits it, so it needs no origin; it can end letters and nothing else.
 */
export async function POST(request: Request): Promise<Response> {
  const done = await runCommand(
    stopLetters,
    { token: tokenOf(request) },
    { kind: 'visitor' },
    { key: `stop:${newId()}` },
  );
  if (done.ok) return new Response('OK', { headers: { 'Cache-Control': 'no-store' } });
  return new Response(done.refusal.name, { status: done.refusal.name === 'busy_try_again' ? 503 : 404 });
}

/** A person who opens the link: a page that asks first, because mail scanners open links too. */
export async function GET(request: Request): Promise<Response> {
  const jar = await cookies();
  const lang = negotiateLang(
    wished((name) => jar.get(name)?.value, 'lang'),
    (await headers()).get('accept-language'),
  );
  const token = tokenOf(request);
  const query = /^[\w-]{44}$/.test(token) ? `?t=${token}` : '';
  return new Response(null, { status: 303, headers: { Location: `/${lang}/letters/stop${query}` } });
}
