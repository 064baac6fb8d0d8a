import { ApiError, badParameter } from './errors';
import { expand } from './expand';
import { decodeForm, type FormObject } from './form';
import { holdKey, keepAnswer, keptAnswer, releaseKey } from './idempotency';
import { list, text } from './params';
import { findRoute } from './router';
import type { Trouble } from './switches';
import { newRequestId, type World } from './world';

export type Asked = {
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
};
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

const header = (asked: Asked, name: string): string | undefined => {
  const value = asked.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

const checkKey = (world: World, asked: Asked): void => {
  const given = header(asked, 'authorization') ?? '';
  const bearer = /^Bearer (.+)$/.exec(given)?.[1];
  const basic = /^Basic (.+)$/.exec(given)?.[1];
  const key = bearer ?? (basic && Buffer.from(basic, 'base64').toString().split(':')[0]);
  if (!key)
    throw new ApiError(401, {
      type: 'invalid_request_error',
      message:
        "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    });
  if (key !== world.settings.secretKey)
    throw new ApiError(401, {
      type: 'invalid_request_error',
      message: `Invalid API Key provided: ${key.slice(0, 8)}${'*'.repeat(8)}${key.slice(-4)}`,
    });
};

const versionOf = (world: World, asked: Asked): string => {
  const given = header(asked, 'stripe-version');
  if (given === undefined) return world.settings.apiVersion;
  if (!/^\d{4}-\d{2}-\d{2}(\.[a-z]+)?$/.test(given))
    throw new ApiError(400, {
      type: 'invalid_request_error',
      message: `Invalid Stripe API version: ${given}`,
    });
  return given;
};

/** Which trouble, if any, this call runs into. */
const troubleFor = (world: World, asked: Asked, path: string, chance: () => number): Trouble | null => {
  const found = world.switches.troubles.find(
    (one) =>
      one.left > 0 &&
      path.startsWith(one.path ?? '/v1') &&
      (one.method === undefined || one.method === asked.method) &&
      (one.share === undefined || chance() < one.share),
  );
  if (!found) return null;
  found.left -= 1;
  return found;
};

const refusal = (trouble: Trouble): ApiError => {
  if (trouble.code === 'lock_timeout')
    return new ApiError(
      trouble.status ?? 429,
      {
        type: 'invalid_request_error',
        code: 'lock_timeout',
        message:
          'This object cannot be accessed right now because another API request or Stripe process is currently accessing it. If you see this error intermittently, retry the request.',
      },
      { headers: { 'stripe-should-retry': 'true' } },
    );
  if (trouble.status === 429)
    return new ApiError(429, {
      type: 'invalid_request_error',
      code: 'rate_limit',
      message: 'Request rate limit exceeded. Please try again later.',
    });
  return new ApiError(trouble.status ?? 500, {
    type: 'api_error',
    message: 'Sorry! There was an error while talking to one of our backends.',
  });
};

const stored500 = (): ApiError =>
  new ApiError(
    500,
    { type: 'api_error', message: 'An unknown error occurred.' },
    // Stripe says not to retry: the kept answer would only come again.
    { started: true, headers: { 'stripe-should-retry': 'false' } },
  );

const split = (form: FormObject): { readonly rest: FormObject; readonly paths: readonly string[] } => {
  const { expand: given, ...rest } = form;
  if (given === undefined) return { rest: form, paths: [] };
  return { rest, paths: list(text(), 20)(given, 'expand') };
};

/** Answers one call of the API, or null for a black hole. Everything between two waits happens at once. */
export const answerApi = async (world: World, asked: Asked, chance: () => number): Promise<Answer | null> => {
  const [path = '', query = ''] = asked.url.split('?');
  const requestId = newRequestId(world);
  const key = asked.method === 'POST' ? header(asked, 'idempotency-key') : undefined;
  const base = {
    'content-type': 'application/json',
    'cache-control': 'no-cache, no-store',
    'request-id': requestId,
    ...(key !== undefined && { 'idempotency-key': key }),
  };
  const send = (status: number, body: object, more: Readonly<Record<string, string>> = {}): Answer => ({
    status,
    headers: { ...base, ...more },
    body: `${JSON.stringify(body, null, 2)}\n`,
  });
  let version = world.settings.apiVersion;
  let form: FormObject = {};
  let held = false;
  try {
    const trouble = troubleFor(world, asked, path, chance);
    if (trouble?.kind === 'refuse') throw refusal(trouble);
    if (trouble?.kind === 'black_hole' && trouble.worked !== true) return null;
    checkKey(world, asked);
    version = versionOf(world, asked);
    if (asked.method === 'POST' && query !== '') throw badParameter('POST takes no query string.', query);
    form = decodeForm(asked.method === 'POST' ? asked.body : query);
    if (key !== undefined) {
      const kept = keptAnswer(world, key, path, form);
      if (kept)
        return {
          status: kept.status,
          body: kept.body,
          headers: {
            ...base,
            'stripe-version': version,
            'idempotent-replayed': 'true',
            'original-request': kept.requestId,
            ...(kept.status >= 500 && { 'stripe-should-retry': 'false' }),
          },
        };
      holdKey(world, key);
      held = true;
    }
    if (trouble?.kind === 'slow') await new Promise((done) => setTimeout(done, trouble.delayMs ?? 1000));
    if (trouble?.kind === 'stored_500' && trouble.worked !== true) throw stored500();
    const { route, ids } = findRoute(asked.method, path);
    const { rest, paths } = split(form);
    world.request = { id: requestId, idempotency_key: key ?? null };
    const object = expand(world, route.run(world, ids, rest, { version }), paths);
    if (trouble?.kind === 'stored_500') throw stored500();
    const answer = send(200, object, { 'stripe-version': version });
    if (key !== undefined) keepAnswer(world, key, path, form, { ...answer, requestId });
    return trouble?.kind === 'black_hole' ? null : answer;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const answer = send(
      error.status,
      { error: { ...error.body, request_log_url: `${world.publicUrl}/_control/log?request=${requestId}` } },
      { 'stripe-version': version, ...error.headers },
    );
    if (key !== undefined && held && error.started)
      keepAnswer(world, key, path, form, { ...answer, requestId });
    return answer;
  } finally {
    world.request = { id: null, idempotency_key: null };
    if (held && key !== undefined) releaseKey(world, key);
    world.store.keep();
  }
};
