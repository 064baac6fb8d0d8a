import { shape, inRange, list, range, text, choice } from './params';
import { ApiError, badParameter } from './errors';
import { page, pageFields } from './lists';
import type { Route } from './router';
import type { Kind, Kinds, StandinEvent } from './store';
import { find, newId, now, type World } from './world';

/** How long Stripe lists events (docs.stripe.com/api/events: "for at least 30 days"). */
const KEPT_SECONDS = 30 * 24 * 3600;

/** Writes an event with the object as it is at this moment, and lets the delivery know. */
export const emit = (
  world: World,
  type: string,
  object: object,
  previous: Record<string, unknown> = {},
): StandinEvent => {
  const event: StandinEvent = {
    id: newId(world, 'evt'),
    object: 'event',
    api_version: world.settings.apiVersion,
    created: now(world),
    data: {
      object: structuredClone(object),
      ...(Object.keys(previous).length > 0 && { previous_attributes: structuredClone(previous) }),
    },
    livemode: world.settings.livemode,
    pending_webhooks: world.settings.webhookUrl === null ? 0 : 1,
    request: { ...world.request },
    type,
  };
  if (world.muted) return event;
  world.store.put('event', event);
  world.onEvent(event.id);
  return event;
};

/** Changes an object in place and says what the changed fields were before. */
export const change = <K extends Kind>(
  world: World,
  kind: K,
  object: Kinds[K],
  patch: Partial<Kinds[K]>,
): Record<string, unknown> => {
  const previous: Record<string, unknown> = {};
  for (const key of Object.keys(patch) as (keyof Kinds[K] & string)[])
    if (JSON.stringify(object[key]) !== JSON.stringify(patch[key]))
      previous[key] = structuredClone(object[key]);
  Object.assign(object, patch);
  world.store.put(kind, object);
  return previous;
};

const listed = (world: World): StandinEvent[] =>
  world.store.all('event').filter((event) => event.created > now(world) - KEPT_SECONDS);

const listShape = shape({
  ...pageFields,
  type: text(),
  types: list(text(), 20),
  created: range,
  delivery_success: choice('true', 'false'),
});

/** `payout.*` stands for every type that starts so. */
const matchesType = (type: string, wanted: string): boolean =>
  wanted === '*' || (wanted.endsWith('.*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted);

export const eventRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/events',
    run: (world, _ids, form) => {
      const asked = listShape(form, '');
      if (asked.type !== undefined && asked.types !== undefined)
        throw badParameter('You may only specify one of these parameters: type, types.', 'types');
      const types = asked.types ?? (asked.type === undefined ? ['*'] : [asked.type]);
      const found = listed(world).filter(
        (event) =>
          inRange(event.created, asked.created) &&
          types.some((wanted) => matchesType(event.type, wanted)) &&
          (asked.delivery_success === undefined ||
            (asked.delivery_success === 'true') === (event.pending_webhooks === 0)),
      );
      return page('event', found, asked, '/v1/events');
    },
  },
  {
    method: 'GET',
    path: '/v1/events/:id',
    run: (world, { id }, form) => {
      shape({})(form, '');
      const event = find(world, 'event', id ?? '');
      if (event.created <= now(world) - KEPT_SECONDS)
        throw new ApiError(404, {
          type: 'invalid_request_error',
          code: 'resource_missing',
          message: `No such event: '${event.id}'; events are kept for 30 days`,
          param: 'id',
        });
      return event;
    },
  },
];
