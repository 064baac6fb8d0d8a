import { clearSessionCookie, currentPerson, endThisSession, refuseForeignRequest } from '@/lib/auth/session';
import { isLang } from '@/lib/i18n/languages';
import { negotiateLang } from '@/lib/i18n/request';
import { readSmallForm } from '@/lib/server/small-form';

/**
 * Signs out of the session the form names. A page that was without network tells late: a session begun here since then
 * is another one, and stays.
 */
export async function POST(request: Request): Promise<Response> {
  const foreign = refuseForeignRequest(request);
  if (foreign) return foreign;
  const form = await readSmallForm(request);
  const live = await currentPerson();
  if (live === null) await clearSessionCookie();
  else if (form?.get('session') === live.sessionId) await endThisSession(live);
  const asked = form?.get('lang') ?? '';
  const lang = isLang(asked) ? asked : negotiateLang(null, request.headers.get('accept-language'));
  return new Response(null, {
    status: 303,
    headers: { Location: `/${lang}`, 'Cache-Control': 'no-store' },
  });
}
