import { langParam } from '@/app/_ui/site/page-lang';
import { currentActor } from '@/lib/auth/session';
import { runCommand } from '@/lib/command';
import { receiptPaper } from '@/lib/receipts/receipt-paper.queries';
import { receiptPdf } from '@/lib/receipts/receipt-pdf.gateway';
import { printReceipt } from '@/lib/receipts/receipt-print.commands';
import { newId } from '@/lib/shared/id';

type Context = { params: Promise<{ lang: string; id: string }> };

/** Prints a receipt of the signed-in giver, or of anybody for the desk. Each print is counted; copies say so. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const lang = await langParam(params);
  const { id } = await params;
  const actor = await currentActor();
  if (actor.kind === 'visitor')
    return new Response(null, {
      status: 303,
      headers: { Location: `/${lang}/sign-in?next=${encodeURIComponent(`/${lang}/me`)}` },
    });
  const print = await runCommand(printReceipt, { receiptId: id, lang }, actor, { key: `print:${newId()}` });
  if (!print.ok) return new Response('Not found', { status: 404 });
  const paper = await receiptPaper(id, {
    lang,
    copy: print.value.no,
    at: new Date(),
    forGiver: actor.kind === 'donor',
    forAuditor: actor.kind === 'person' && actor.roles.includes('auditor'),
  });
  if (paper === null) return new Response('Not found', { status: 404 });
  const { bytes } = await receiptPdf(paper);
  return new Response(Buffer.from(bytes), {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `attachment; filename="shanlu-${paper.number}.pdf"`,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
