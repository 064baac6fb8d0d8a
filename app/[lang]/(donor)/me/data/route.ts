import { currentPerson } from '@/lib/auth/session';
import { myData } from '@/lib/donors/my-data.queries';
import { langParam } from '@/app/_ui/site/page-lang';

type Context = { params: Promise<{ lang: string }> };

/** Everything kept about the signed-in giver, as a file. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const lang = await langParam(params);
  const live = await currentPerson();
  if (live === null)
    return new Response(null, {
      status: 303,
      headers: { Location: `/${lang}/sign-in?next=${encodeURIComponent(`/${lang}/me`)}` },
    });
  const at = new Date();
  return new Response(`${JSON.stringify(await myData(live, at), null, 2)}\n`, {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="shanlu-my-data-${at.toISOString().slice(0, 10)}.json"`,
      'Cache-Control': 'no-store',
    },
  });
}
