import { hallSnapshot, type Kept } from '@/lib/disclosure/hall-snapshot';

/** Screens that one process holds open; everybody beyond asks the cached address instead. */
const LISTENERS_MAX = 400;
const LOOK_MS = 2_000;
const BEAT_MS = 10_000;

const held = globalThis as { shanluHallListeners?: { count: number } };
const listeners = (held.shanluHallListeners ??= { count: 0 });

/** The same figures, sent when they change; a beat in between says that the connection lives. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ event: string }> },
): Promise<Response> {
  const { event } = await params;
  const first = /^[a-z0-9-]{1,60}$/.test(event) ? await hallSnapshot(event) : null;
  if (!first) return new Response('Not found', { status: 404 });
  if (listeners.count >= LISTENERS_MAX)
    return new Response('Too many listeners', { status: 503, headers: { 'Retry-After': '30' } });
  listeners.count += 1;
  const encoder = new TextEncoder();
  let timer: ReturnType<typeof setInterval> | undefined;
  let open = true;
  const end = (): void => {
    if (!open) return;
    open = false;
    listeners.count -= 1;
    clearInterval(timer);
  };
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let sent = '';
      let spoke = 0;
      const say = (kind: string, data: string): void => {
        if (!open) return;
        try {
          controller.enqueue(encoder.encode(`event: ${kind}\ndata: ${data}\n\n`));
          spoke = Date.now();
        } catch {
          end();
        }
      };
      const tell = (kept: Kept | null): void => {
        if (kept && kept.etag !== sent) {
          sent = kept.etag;
          say('snapshot', kept.json);
        } else if (Date.now() - spoke >= BEAT_MS) say('beat', '');
      };
      controller.enqueue(encoder.encode('retry: 3000\n\n'));
      tell(first);
      // A database that is away is not told as a beat: the screen notices the silence and says so.
      timer = setInterval(() => void hallSnapshot(event).then(tell, () => undefined), LOOK_MS);
    },
    cancel: end,
  });
  request.signal.addEventListener('abort', end);
  return new Response(body, {
    headers: {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    },
  });
}
