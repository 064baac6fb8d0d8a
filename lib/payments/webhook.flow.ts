import 'server-only';
import type { RefusalCode } from '../server/refusal-kinds.rules';
import { noteRefusal } from '../server/refusal-log';
import { keepEvent, type Around } from './stripe-event.flow';

/** What to answer a delivery, and which event to work on after the answer. */
export type Received = { readonly status: 200 | 400 | 503; readonly eventId: string | null };

const refused = (code: RefusalCode): Received => {
  noteRefusal({ code, door: '/api/stripe/webhook' });
  return { status: 400, eventId: null };
};

/**
 * Receives one delivery: the signature is checked over the raw bytes, the event is kept, and only then is it answered.
 * 400 for what is not signed by the provider, is no event we could keep, or happened where we have nothing (practice
 * money on a server of real money or the other way round, another account): it must not look accepted. 503 when it
 * could not be kept (the provider delivers again for three days). A repeated event is answered 200 and finds itself done.
 */
export const receiveWebhook = async (
  rawBody: Uint8Array,
  signature: string | null,
  { gateway, db }: Around,
): Promise<Received> => {
  const notice = gateway.verifyWebhook(rawBody, signature);
  if (!notice.ok)
    return refused(notice.refusal.details?.['reason'] === 'not_an_event' ? 'shape_wrong' : 'signature_wrong');
  if (notice.value.livemode !== gateway.livemode || notice.value.ofAnotherAccount)
    return refused('not_theirs');
  const kept = await keepEvent(notice.value, db);
  if (!kept.ok)
    return kept.refusal.name === 'busy_try_again'
      ? { status: 503, eventId: null }
      : refused(kept.refusal.name);
  return { status: 200, eventId: kept.value.toDo ? notice.value.id : null };
};
