import { requireStaff } from '@/lib/auth/session';
import { sealedDocument } from '@/lib/evidence/document.queries';
import { downloadHeaders } from '@/lib/files/download.rules';
import { fileShelves } from '@/lib/files/shelves';
import { isLang } from '@/lib/i18n/languages';

type Context = { params: Promise<{ lang: string; code: string }> };

/** The original of a document for staff: who approves a payment must be able to read the invoice itself. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { lang, code } = await params;
  await requireStaff('finance:read', isLang(lang) ? lang : 'zh-Hans');
  const document = await sealedDocument(code);
  // Checked against its hash before a byte leaves: a damaged file is not shown as evidence.
  const bytes = document && (await fileShelves().sealed.read(document.sha256));
  if (!document || !bytes) return new Response('Not found', { status: 404 });
  const { sha256, mediaType } = document;
  return new Response(new Uint8Array(bytes), {
    headers: {
      ...downloadHeaders({ sha256, size: bytes.length, mediaType, fileName: document.code }),
      'cache-control': 'private, no-store',
    },
  });
}
