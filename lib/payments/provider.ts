import 'server-only';
import { env } from '../env';
import { createStripeGateway, type StripeGateway } from './stripe.gateway';

const held = globalThis as { shanluStripe?: StripeGateway };

/** This server's door to the payment provider, or null when no keys are set: then gifts can come by hand only. */
export const provider = (): StripeGateway | null => {
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecret } = env;
  if (!secretKey || !webhookSecret) return null;
  return (held.shanluStripe ??= createStripeGateway({
    secretKey,
    webhookSecret,
    apiBase: env.STRIPE_API_BASE,
  }));
};
