import { segmentExists } from '@/lib/disclosure/segment.queries';
import { negotiateLang } from '@/lib/i18n/request';
import { wished } from '@/lib/own-cookie';
import { cookies, headers } from 'next/headers';

type Context = { params: Promise<{ code: string }> };

/**
 * The permanent short address of a road (`/r/ML-07`), as it stands on the poster at the roadside: leads to the road's
 * page in the reader's language. It must never change what it means.
 */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const code = (await params).code.toUpperCase();
  const known = /^[A-Z]{2,6}-[0-9]{2,4}$/.test(code) && (await segmentExists(code));
  const jar = await cookies();
  const remembered = wished((name) => jar.get(name)?.value, 'lang');
  const lang = negotiateLang(remembered, (await headers()).get('accept-language'));
  // An unknown code still leads somewhere a person can read: the page that says there is no such road.
  return new Response(null, {
    status: known ? 302 : 307,
    headers: {
      Location: `/${lang}/roads/${encodeURIComponent(code)}`,
      Vary: 'Accept-Language, Cookie',
      'Cache-Control': 'private, max-age=0',
    },
  });
}
