import { ApiError } from './errors';
import { eventRoutes } from './events';
import type { FormObject } from './form';
import { balanceRoutes } from './objects/balance';
import { chargeRoutes } from './objects/charges';
import { disputeRoutes } from './objects/disputes';
import { intentRoutes } from './objects/intents';
import { methodRoutes } from './objects/methods';
import { pageRoutes } from './objects/payment-pages';
import { payoutRoutes } from './objects/payouts';
import { customerRoutes, productRoutes } from './objects/products';
import { refundRoutes } from './objects/refunds';
import { sessionRoutes } from './objects/sessions';
import type { World } from './world';

/** What a handler may want to know of the call besides its parameters. */
export type Call = { readonly version: string };

export type Route = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  /** Does the work and returns the object, or throws an ApiError. Never waits: one call is one moment. */
  readonly run: (world: World, ids: Readonly<Record<string, string>>, form: FormObject, call: Call) => object;
};

const routes = (): readonly Route[] => [
  ...sessionRoutes,
  ...pageRoutes,
  ...intentRoutes,
  ...methodRoutes,
  ...chargeRoutes,
  ...refundRoutes,
  ...disputeRoutes,
  ...balanceRoutes,
  ...payoutRoutes,
  ...eventRoutes,
  ...customerRoutes,
  ...productRoutes,
];

const match = (pattern: string, path: string): Record<string, string> | null => {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const ids: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const here = given[index] ?? '';
    if (part.startsWith(':')) ids[part.slice(1)] = decodeURIComponent(here);
    else if (part !== here) return null;
  }
  return ids;
};

export const findRoute = (
  method: string,
  path: string,
): { readonly route: Route; readonly ids: Readonly<Record<string, string>> } => {
  for (const route of routes()) {
    if (route.method !== method) continue;
    const ids = match(route.path, path);
    if (ids) return { route, ids };
  }
  throw new ApiError(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${method}: ${path}). The stand-in imitates only what tests/stripe-standin/README.md lists.`,
  });
};
