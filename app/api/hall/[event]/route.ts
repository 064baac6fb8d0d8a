import { hallSnapshot } from '@/lib/disclosure/hall-snapshot';

/**
 * The figures of an evening for whoever asks again and again: read once in two seconds per process, answered 304 while
 * nothing has changed, and marked so that a CDN in front answers nearly all of it.
 */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ event: string }> },
): Promise<Response> {
  const { event } = await params;
  const kept = /^[a-z0-9-]{1,60}$/.test(event) ? await hallSnapshot(event) : null;
  if (!kept) return new Response('Not found', { status: 404, headers: { 'Cache-Control': 'no-store' } });
  const headers = {
    ETag: kept.etag,
    'Cache-Control': 'public, max-age=2, stale-while-revalidate=10',
    'X-Content-Type-Options': 'nosniff',
  };
  if (request.headers.get('if-none-match') === kept.etag) return new Response(null, { status: 304, headers });
  return new Response(kept.json, { headers: { ...headers, 'Content-Type': 'application/json' } });
}
