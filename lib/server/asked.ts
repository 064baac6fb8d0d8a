import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';
import type { Actor } from '../auth/roles.rules';
import { REQUEST_HEADER } from './request-log';

/** What is known of the request that is being answered, for whoever writes a line about it. */
export type Asked = {
  /** As the answer tells it; of a page that is made for a visitor, the id of their request. */
  id: string;
  readonly url: string;
  /** The role in which somebody asks; null until a page or an act has asked for it. */
  who: string | null;
  /** Whether a line says already why this request was refused. */
  noted: boolean;
};

// On globalThis: Next loads what runs at the start and what answers requests as separate copies of this module.
const held = globalThis as { shanluAsked?: AsyncLocalStorage<Asked> };
const storage = (): AsyncLocalStorage<Asked> => (held.shanluAsked ??= new AsyncLocalStorage());

/** A request as it comes in, after it was given its id. */
export const askedOf = ({ headers, url = '' }: Pick<IncomingMessage, 'headers' | 'url'>): Asked => ({
  id: String(headers[REQUEST_HEADER]),
  url,
  who: null,
  noted: false,
});

/** Everything `answer` does, and what comes of it later, belongs to this request. */
export const duringRequest = <T>(asked: Asked, answer: () => T): T => storage().run(asked, answer);

/** The request that is being answered; undefined in the worker and in commands run by hand. */
export const askedNow = (): Asked | undefined => storage().getStore();

/** In which role somebody acts: what may be written down of a person. */
export const roleOf = (actor: Actor): string =>
  actor.kind === 'person' ? actor.roles.join('+') : actor.kind === 'system' ? actor.name : actor.kind;
