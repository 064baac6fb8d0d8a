import { clientNetwork } from '../auth/client-address.rules';
import { BUDGETS, takeFromBudget } from '../auth/rate-limit';
import { env } from '../env';

export type PublicBudget = 'open_api_per_network' | 'open_export_per_network';

/**
 * Takes one request for open data from the budget of a network; the headers say what is left, or when to come again
 * (draft-ietf-httpapi-ratelimit-headers).
 *
 * @param peer address of the connection, as our server saw it
 * @param forwardedFor X-Forwarded-For as received
 */
export const takeForNetwork = async (
  name: PublicBudget,
  peer: string | null,
  forwardedFor: string | null,
): Promise<{ readonly ok: boolean; readonly headers: Record<string, string> }> => {
  const budget = BUDGETS[name];
  const policy = `"network";q=${budget.burst};w=${Math.round(budget.burst * budget.everySeconds)}`;
  const network = clientNetwork(peer, forwardedFor, env.TRUSTED_PROXIES);
  const taken = await takeFromBudget(name, network, budget);
  return taken.ok
    ? {
        ok: true,
        headers: {
          'ratelimit-policy': policy,
          ratelimit: `"network";r=${taken.left};t=${taken.fullInSeconds}`,
        },
      }
    : {
        ok: false,
        headers: {
          'ratelimit-policy': policy,
          ratelimit: `"network";r=0;t=${taken.retryAfterSeconds}`,
          'retry-after': String(taken.retryAfterSeconds),
        },
      };
};
