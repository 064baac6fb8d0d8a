import type { Reader } from '@/db/connect';
import type { Looked } from '../look';
import type { StripeGateway } from '../stripe.gateway';

/** One event type and how its object is read again. The event's own body is never looked into. */
export type StripeEventHandler = {
  readonly type: string;
  readonly look: (gateway: StripeGateway, objectId: string, db?: Reader) => Promise<Looked>;
};
