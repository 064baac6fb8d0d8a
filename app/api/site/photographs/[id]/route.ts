import { z } from 'zod';
import { noteRefusedRight } from '@/lib/auth/refused-rights';
import { mayDo } from '@/lib/auth/roles.rules';
import { currentActor } from '@/lib/auth/session';
import { cleanCopyOf } from '@/lib/evidence/evidence.queries';
import { downloadHeaders } from '@/lib/files/download.rules';
import { fileShelves } from '@/lib/files/shelves';

type Context = { params: Promise<{ id: string }> };

/**
 * The cleaned copy of a photograph for staff, published or not: to lay over the camera's picture, and to cover faces
 * before anyone outside sees it. Never the original.
 */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const actor = await currentActor();
  const missing = () => new Response('Not found', { status: 404 });
  const answer = mayDo(actor, 'finance:read');
  if (answer !== 'allowed') noteRefusedRight(actor, 'finance:read', '/api/site/photographs/[id]', answer);
  if (actor.kind !== 'person' || answer !== 'allowed') return missing();
  const id = z.uuid().safeParse((await params).id);
  const sha256 = id.success ? await cleanCopyOf(id.data) : null;
  const bytes = sha256 && (await fileShelves().public.read(sha256));
  if (!sha256 || !bytes) return missing();
  return new Response(new Uint8Array(bytes), {
    headers: {
      ...downloadHeaders({ sha256, size: bytes.length, mediaType: 'image/webp', fileName: id.data ?? '' }),
      'cache-control': 'private, no-store',
    },
  });
}
