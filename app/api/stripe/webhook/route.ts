import { after } from 'next/server';
import { provider } from '@/lib/payments/provider';
import { workEvent } from '@/lib/payments/stripe-event.flow';
import { receiveWebhook } from '@/lib/payments/webhook.flow';

export const dynamic = 'force-dynamic';

/** Larger than any event the provider sends; more is not read. */
const BODY_MAX = 512_000;

/**
 * The provider's deliveries. Kept first, answered second, worked on third; the queue has the work too, so that a
 * server that dies after its answer loses nothing. The proof of origin is the signature, so no session is asked.
 */
export const POST = async (request: Request): Promise<Response> => {
  const gateway = provider();
  if (gateway === null) return answer(503);
  const body = await readLimited(request);
  if (body === null) return answer(413);
  const { status, eventId } = await receiveWebhook(body, request.headers.get('stripe-signature'), {
    gateway,
  });
  if (eventId !== null) after(() => workEvent(eventId, { gateway }).catch(() => undefined));
  return answer(status);
};

const answer = (status: number): Response =>
  new Response(null, { status, headers: { 'cache-control': 'no-store' } });

/** The raw bytes, on which the signature stands; null when there are too many. */
const readLimited = async (request: Request): Promise<Uint8Array | null> => {
  const reader = request.body?.getReader();
  if (!reader) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(parts);
    size += value.length;
    if (size > BODY_MAX) {
      await reader.cancel();
      return null;
    }
    parts.push(value);
  }
};
