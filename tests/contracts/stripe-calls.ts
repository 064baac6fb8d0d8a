import Stripe from 'stripe';
import { SECRET_KEY, type Kit } from '../stripe-standin/testing';

/** A payment that is confirmed at once, with a card that pays unless `more` names another. */
export const pay = (stripe: Stripe, amount: number, more: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  stripe.paymentIntents.create({
    amount,
    currency: 'usd',
    confirm: true,
    payment_method: 'pm_card_visa',
    ...more,
  });

/** The error a call ends in; a call that succeeds fails the test. */
export const errorOf = async (
  work: Promise<unknown>,
): Promise<InstanceType<typeof Stripe.errors.StripeError>> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error;
    throw error;
  }
  throw new Error('the call succeeded');
};

/** A call as plain HTTP, for what the SDK would never send. */
export const raw = async (
  { standin }: Pick<Kit, 'standin'>,
  method: string,
  path: string,
  body: string | null = null,
  headers: Readonly<Record<string, string>> = {},
) => {
  const response = await fetch(`${standin.url}${path}`, {
    method,
    body,
    headers: {
      authorization: `Bearer ${SECRET_KEY}`,
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    },
  });
  return { response, json: (await response.json()) as { error?: Record<string, string>; id?: string } };
};
