import { publicFile } from '@/lib/disclosure/file.queries';
import { downloadHeaders, publicPictureHeaders } from '@/lib/files/download.rules';
import { fileShelves } from '@/lib/files/shelves';
import { isFileName } from '@/lib/files/store';

type Context = { params: Promise<{ sha256: string }> };

/** A public file by the hash of its content: the same address gives the same bytes for ever. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { sha256 } = await params;
  const file = isFileName(sha256) ? await publicFile(sha256) : null;
  // Checked against its name before a byte leaves: a damaged file is not served as evidence.
  const bytes = file && (await fileShelves().public.read(sha256));
  if (!file || !bytes) return new Response('Not found', { status: 404 });
  const about = { sha256, size: bytes.length, mediaType: file.mediaType };
  const headers = file.mediaType.startsWith('image/')
    ? publicPictureHeaders(about)
    : downloadHeaders({ ...about, fileName: file.name });
  return new Response(new Uint8Array(bytes), { headers });
}
