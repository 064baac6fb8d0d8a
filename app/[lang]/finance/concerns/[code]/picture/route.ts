import { requireStaff } from '@/lib/auth/session';
import { concernsFor } from '@/lib/concerns/concern.queries';
import { downloadHeaders } from '@/lib/files/download.rules';
import { fileShelves } from '@/lib/files/shelves';
import { isLang } from '@/lib/i18n/languages';

type Context = { params: Promise<{ lang: string; code: string }> };

/** The cleaned picture of a report, for staff it is not about. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { lang, code } = await params;
  const actor = await requireStaff('finance:read', isLang(lang) ? lang : 'zh-Hans');
  const sha256 = (await concernsFor(actor.roles)).find((one) => one.code === code)?.pictureSha256;
  const bytes = sha256 ? await fileShelves().sealed.read(sha256) : null;
  if (!sha256 || !bytes) return new Response('Not found', { status: 404 });
  return new Response(new Uint8Array(bytes), {
    headers: downloadHeaders({ sha256, size: bytes.length, mediaType: 'image/webp', fileName: code }),
  });
}
