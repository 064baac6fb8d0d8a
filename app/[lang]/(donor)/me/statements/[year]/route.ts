import { langParam } from '@/app/_ui/site/page-lang';
import { currentPerson } from '@/lib/auth/session';
import { annualStatement } from '@/lib/donors/statement.queries';
import { statementPdf } from '@/lib/receipts/statement-pdf.gateway';

type Context = { params: Promise<{ lang: string; year: string }> };

/** All gifts of the signed-in giver that arrived in a year, on paper. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const lang = await langParam(params);
  const { year } = await params;
  const live = await currentPerson();
  if (live === null)
    return new Response(null, {
      status: 303,
      headers: { Location: `/${lang}/sign-in?next=${encodeURIComponent(`/${lang}/me`)}` },
    });
  const statement = /^\d{4}$/.test(year) ? await annualStatement(live, year, lang) : null;
  if (statement === null) return new Response('Not found', { status: 404 });
  return new Response(Buffer.from(await statementPdf(statement)), {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `attachment; filename="shanlu-${year}.pdf"`,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
