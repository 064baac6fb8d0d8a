import { isLang } from '@/lib/i18n/languages';
import { reportPdf } from '@/lib/files/pdf-report.gateway';
import { reportModel } from '../report-model';
import { reportPaper } from './report-paper';

type Context = { params: Promise<{ lang: string; number: string }> };

/** A published report as a file; the same report in the same language gives the same bytes. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { lang, number } = await params;
  const model = isLang(lang) ? await reportModel(number) : null;
  if (!model || !isLang(lang)) return new Response('Not found', { status: 404 });
  const bytes = await reportPdf(reportPaper(lang, model));
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `inline; filename="${number}-${lang}.pdf"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'public, max-age=300',
    },
  });
}
