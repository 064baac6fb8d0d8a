import { ApiError, badParameter } from './errors';
import { canonicalForm, type FormObject } from './form';
import type { KeyRecord } from './store';
import { now, type World } from './world';

const KEPT_SECONDS = 24 * 3600;

/** Keys whose first call is still being answered, by running stand-in. */
const busy = new WeakMap<World, Set<string>>();
const busyKeys = (world: World): Set<string> => {
  const keys = busy.get(world) ?? new Set<string>();
  busy.set(world, keys);
  return keys;
};

/**
 * What Stripe does with an idempotency key before any work: the kept answer for the same call, a refusal for
 * another call under the key, a conflict while the first is under way, or nothing (null: go on).
 */
export const keptAnswer = (world: World, key: string, path: string, form: FormObject): KeyRecord | null => {
  if (key.length > 255)
    throw badParameter('Idempotency keys can have up to 255 characters.', 'Idempotency-Key');
  const kept = world.store.get('key', key);
  if (kept && kept.created > now(world) - KEPT_SECONDS) {
    if (kept.path !== path)
      throw reused(
        `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${path}' vs '${kept.path}'). Try using a key other than '${key}' if you meant to execute a different request.`,
      );
    if (kept.parameters !== canonicalForm(form))
      throw reused(
        `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
      );
    return kept;
  }
  if (busyKeys(world).has(key))
    throw new ApiError(
      409,
      {
        type: 'idempotency_error',
        code: 'idempotency_key_in_use',
        message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. You should wait and try again after the first request completes.`,
      },
      { headers: { 'stripe-should-retry': 'true' } },
    );
  return null;
};

const reused = (message: string): ApiError => new ApiError(400, { type: 'idempotency_error', message });

export const holdKey = (world: World, key: string): void => {
  busyKeys(world).add(key);
};
export const releaseKey = (world: World, key: string): void => {
  busyKeys(world).delete(key);
};

/** Keeps the first answer, good or bad, for 24 hours. */
export const keepAnswer = (
  world: World,
  key: string,
  path: string,
  form: FormObject,
  answer: { readonly status: number; readonly body: string; readonly requestId: string },
): void => {
  world.store.put('key', {
    id: key,
    path,
    parameters: canonicalForm(form),
    created: now(world),
    requestId: answer.requestId,
    status: answer.status,
    body: answer.body,
  });
};
