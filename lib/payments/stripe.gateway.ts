import 'server-only';
import Stripe from 'stripe';
import { toStripeUnits } from './stripe-amount.rules';
import {
  idOf,
  readCharge,
  readEvent,
  readCheckout,
  readDispute,
  readLine,
  readPayout,
  readRefund,
} from './stripe-object.rules';
import { refusalFor, RETRY, type Provided, type Trouble, type Untold } from './stripe-trouble.rules';
import type {
  ChargeView,
  CheckoutView,
  DisputeView,
  NewCheckout,
  NewRefund,
  PayoutLine,
  PayoutView,
  RefundView,
  StripeNotice,
} from './stripe-view.rules';
import type { Lang } from '@/lib/i18n/languages';
import type { Refusal } from '@/lib/shared/refusal';
import { ok, refuse, type Result } from '@/lib/shared/result';

/** The version every call names and every answer is read in; moving it is a reviewed change. */
export const STRIPE_API_VERSION = '2026-10-28.endive';

/** How old a webhook's signature may be, in seconds (RELIABILITY.md section 3). */
const TOLERANCE_SECONDS = 300;

/** Text that is these very bytes: a byte order mark stays, and what is no UTF-8 is refused rather than replaced. */
const EXACT_TEXT = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

export type GatewayOptions = {
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** Another server that speaks Stripe's API, as `http://host:port`. */
  readonly apiBase?: string | undefined;
  readonly timeoutMs?: number | undefined;
  readonly maxNetworkRetries?: number | undefined;
  /** Told of every failed call, for the log; gets codes and ids, never personal data. */
  readonly onTrouble?: (what: {
    readonly call: string;
    readonly trouble: Trouble;
    readonly status: number | null;
    readonly code: string | null;
    readonly requestId: string | null;
  }) => void;
};

export type StripeGateway = ReturnType<typeof createStripeGateway>;

const LOCALES = { 'zh-Hans': 'zh', 'zh-Hant': 'zh-HK', en: 'en' } as const satisfies Record<Lang, string>;

/**
 * Text that can be sent: half of a surrogate pair cannot be written in UTF-8, and Stripe has lengths. Cut by
 * UTF-16 units, the strictest way to count, and never through the middle of a character.
 */
const sendable = (text: string, longest: number): string =>
  text
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .slice(0, longest)
    .replace(/[\uD800-\uDBFF]$/, '');

const connect = (options: GatewayOptions): Stripe => {
  const base = options.apiBase === undefined ? null : new URL(options.apiBase);
  if (base && base.pathname !== '/') throw new Error('STRIPE_API_BASE must be an origin without a path');
  return new Stripe(options.secretKey, {
    apiVersion: STRIPE_API_VERSION,
    maxNetworkRetries: options.maxNetworkRetries ?? 2,
    timeout: options.timeoutMs ?? 10_000,
    telemetry: false,
    ...(base && {
      protocol: base.protocol === 'http:' ? ('http' as const) : ('https' as const),
      host: base.hostname,
      port: base.port === '' ? (base.protocol === 'http:' ? 80 : 443) : Number(base.port),
    }),
  });
};

const troubleOf = (error: unknown): Trouble => {
  if (error instanceof Stripe.errors.StripeConnectionError) return 'unreachable';
  if (error instanceof Stripe.errors.StripeRateLimitError) return 'busy';
  if (error instanceof Stripe.errors.StripeIdempotencyError) return 'key_reused';
  if (error instanceof Stripe.errors.StripeAuthenticationError) return 'credentials';
  if (error instanceof Stripe.errors.StripePermissionError) return 'credentials';
  if (!(error instanceof Stripe.errors.StripeError)) throw error;
  if (error.statusCode === 409) return 'busy';
  if (error.statusCode === 404) return 'not_found';
  if (error.statusCode !== undefined && error.statusCode < 500) return 'rejected';
  return 'failed';
};

/**
 * Shanlu's only door to Stripe. Pure to build: it reads no environment and opens no connection until called.
 * Every function answers with a value or with `Untold`; none throws for what Stripe or the network does.
 */
export const createStripeGateway = (options: GatewayOptions) => {
  const stripe = connect(options);

  const untold = (call: string, error: unknown): Untold => {
    const trouble = troubleOf(error);
    const known = error as InstanceType<typeof Stripe.errors.StripeError>;
    const code = known.code ?? null;
    const requestId = known.requestId ?? null;
    options.onTrouble?.({ call, trouble, status: known.statusCode ?? null, code, requestId });
    return {
      ok: false,
      refusal: refusalFor(trouble, code, known.param ?? null),
      trouble,
      ...RETRY[trouble],
      code,
      requestId,
    };
  };
  const unreadable = (call: string, refusal: Refusal): Untold => {
    options.onTrouble?.({ call, trouble: 'unreadable', status: null, code: refusal.name, requestId: null });
    return { ok: false, refusal, trouble: 'unreadable', ...RETRY.unreadable, code: null, requestId: null };
  };
  const ask = async <S, V>(
    call: string,
    work: () => Promise<S>,
    read: (answer: S) => Result<V>,
  ): Promise<Provided<V>> => {
    let answer: S;
    try {
      answer = await work();
    } catch (error) {
      return untold(call, error);
    }
    const value = read(answer);
    return value.ok ? value : unreadable(call, value.refusal);
  };
  /** Goes through a whole list page by page; a failure is the last thing yielded. */
  const walk = async function* <S, V>(
    call: string,
    pages: () => AsyncIterable<S>,
    read: (item: S) => Result<V>,
  ): AsyncGenerator<Provided<V>, void> {
    try {
      for await (const item of pages()) {
        const value = read(item);
        yield value.ok ? value : unreadable(call, value.refusal);
      }
    } catch (error) {
      yield untold(call, error);
    }
  };

  const CHECKOUT_OPENED = ['payment_intent.latest_charge.balance_transaction'];
  const REFUND_OPENED = ['balance_transaction', 'failure_balance_transaction'];

  return {
    /** Whether this server's key moves real money. */
    livemode: /^[a-z]+_live_/.test(options.secretKey),

    /**
     * Opens a hosted payment page for one intent. Safe to repeat with the same input: the intent id is the key,
     * and a repeat brings the first answer again, not the session as it has become (`getCheckout`). Amounts that
     * Stripe cannot charge exactly are refused before anything is sent.
     */
    createCheckout: async (input: NewCheckout): Promise<Provided<CheckoutView>> => {
      const units = toStripeUnits(input.amountMinor, input.currency);
      if (!units.ok) return { ...units, trouble: 'rejected', ...RETRY.rejected, code: null, requestId: null };
      const metadata = { ...input.metadata, intent_id: input.intentId };
      return ask(
        'createCheckout',
        () =>
          stripe.checkout.sessions.create(
            {
              mode: 'payment',
              submit_type: 'donate',
              client_reference_id: input.intentId,
              locale: LOCALES[input.lang],
              success_url: input.successUrl,
              cancel_url: input.cancelUrl,
              // The donor pays what was asked, in the currency that was asked.
              adaptive_pricing: { enabled: false },
              allowed_payment_method_types: [...input.methods],
              ...(input.methods.includes('wechat_pay') && {
                payment_method_options: { wechat_pay: { client: 'web' as const } },
              }),
              ...(input.email !== undefined && { customer_email: input.email }),
              ...(input.expiresAt && { expires_at: Math.floor(input.expiresAt.getTime() / 1000) }),
              line_items: [
                {
                  quantity: 1,
                  price_data: {
                    currency: input.currency.toLowerCase(),
                    unit_amount: Number(units.value),
                    product_data: { name: sendable(input.description, 250) },
                  },
                },
              ],
              metadata,
              // Not copied from the session by Stripe. `automatic` so that the fee is known with the payment; with
              // the default the balance transaction comes later, by charge.updated.
              payment_intent_data: {
                metadata,
                description: sendable(input.description, 1000),
                capture_method: 'automatic',
              },
            },
            {
              idempotencyKey:
                input.attempt === undefined || input.attempt <= 1
                  ? input.intentId
                  : `${input.intentId}:${input.attempt}`,
            },
          ),
        readCheckout,
      );
    },

    /** The session as it stands now, with intent, charge and settlement. */
    getCheckout: (id: string): Promise<Provided<CheckoutView>> =>
      ask(
        'getCheckout',
        () => stripe.checkout.sessions.retrieve(id, { expand: CHECKOUT_OPENED }),
        readCheckout,
      ),

    /**
     * The newest session of one of our intents among those made since a moment; null when there is none. For
     * finding out what a failed or unanswered create has done.
     */
    findCheckout: async (intentId: string, since: Date): Promise<Provided<CheckoutView | null>> => {
      const created = { gte: Math.floor(since.getTime() / 1000) };
      for await (const item of walk(
        'findCheckout',
        () => stripe.checkout.sessions.list({ created, limit: 100 }),
        readCheckout,
      )) {
        if (!item.ok && item.trouble !== 'unreadable') return item;
        if (item.ok && item.value.intentId === intentId) return item;
      }
      return { ok: true, value: null };
    },

    /** Closes a session that must no longer be paid. A session that is over already is refused as rejected. */
    expireCheckout: (id: string): Promise<Provided<CheckoutView>> =>
      ask('expireCheckout', () => stripe.checkout.sessions.expire(id), readCheckout),

    getCharge: (id: string): Promise<Provided<ChargeView>> =>
      ask('getCharge', () => stripe.charges.retrieve(id, { expand: ['balance_transaction'] }), readCharge),

    /** Gives money back, in the charge's currency. The answer may be `pending`, and may fail later. */
    refund: async (input: NewRefund): Promise<Provided<RefundView>> => {
      const units = toStripeUnits(input.amountMinor, input.currency);
      if (!units.ok) return { ...units, trouble: 'rejected', ...RETRY.rejected, code: null, requestId: null };
      return ask(
        'refund',
        () =>
          stripe.refunds.create(
            {
              charge: input.chargeId,
              amount: Number(units.value),
              metadata: { ...input.metadata },
              expand: REFUND_OPENED,
            },
            { idempotencyKey: input.idempotencyKey },
          ),
        readRefund,
      );
    },

    getRefund: (id: string): Promise<Provided<RefundView>> =>
      ask('getRefund', () => stripe.refunds.retrieve(id, { expand: REFUND_OPENED }), readRefund),

    /** All refunds of a charge, also those made in Stripe's dashboard, newest first. */
    listRefunds: (chargeId: string): AsyncGenerator<Provided<RefundView>, void> =>
      walk(
        'listRefunds',
        () =>
          stripe.refunds.list({
            charge: chargeId,
            limit: 100,
            expand: REFUND_OPENED.map((path) => `data.${path}`),
          }),
        readRefund,
      ),

    getDispute: (id: string): Promise<Provided<DisputeView>> =>
      ask('getDispute', () => stripe.disputes.retrieve(id), readDispute),

    /** Hands the bank our side of it in writing; `submit: false` keeps a draft at Stripe. */
    answerDispute: (
      id: string,
      text: string,
      submit: boolean,
      idempotencyKey: string,
    ): Promise<Provided<DisputeView>> =>
      ask(
        'answerDispute',
        () =>
          stripe.disputes.update(
            id,
            { evidence: { uncategorized_text: sendable(text, 20_000) }, submit },
            { idempotencyKey },
          ),
        readDispute,
      ),

    getPayout: (id: string): Promise<Provided<PayoutView>> =>
      ask('getPayout', () => stripe.payouts.retrieve(id), readPayout),

    /** Payouts made since a moment, newest first. */
    listPayoutsSince: (since: Date): AsyncGenerator<Provided<PayoutView>, void> =>
      walk(
        'listPayoutsSince',
        () => stripe.payouts.list({ created: { gte: Math.floor(since.getTime() / 1000) }, limit: 100 }),
        readPayout,
      ),

    /**
     * Every line of an automatic payout, the payout's own line left out: their nets sum to the payout. A manual
     * payout has no such list; Stripe rejects the call.
     */
    listPayoutTransactions: async function* (payoutId: string): AsyncGenerator<Provided<PayoutLine>, void> {
      const lines = walk(
        'listPayoutTransactions',
        () => stripe.balanceTransactions.list({ payout: payoutId, limit: 100, expand: ['data.source'] }),
        (line): Result<PayoutLine | null> =>
          line.type === 'payout' && idOf(line.source) === payoutId ? ok(null) : readLine(line),
      );
      for await (const line of lines) {
        if (!line.ok) yield line;
        else if (line.value) yield { ok: true, value: line.value };
      }
    },

    /**
     * The balance's own history between two moments, newest first, whatever payout a line went out with: the second
     * opinion beside a payout's list.
     */
    listBalanceTransactions: (since: Date, until: Date): AsyncGenerator<Provided<PayoutLine>, void> =>
      walk(
        'listBalanceTransactions',
        () =>
          stripe.balanceTransactions.list({
            created: { gte: Math.floor(since.getTime() / 1000), lte: Math.floor(until.getTime() / 1000) },
            limit: 100,
          }),
        readLine,
      ),

    /** Events since a moment (seconds since 1970, inclusive), newest first; Stripe keeps them 30 days. */
    listEventsSince: (
      unixSeconds: number,
      types?: readonly string[],
    ): AsyncGenerator<Provided<StripeNotice>, void> =>
      walk(
        'listEventsSince',
        () =>
          stripe.events.list({
            created: { gte: unixSeconds },
            limit: 100,
            ...(types && { types: [...types] }),
          }),
        (event) => readEvent(event, JSON.stringify(event)),
      ),

    /**
     * Checks a webhook's signature over the raw bytes and reads it as a hint. Refuses `invalid_input` with a
     * `reason`: no_signature, wrong_signature (also too old or of the future) or not_an_event.
     */
    verifyWebhook: (rawBody: string | Uint8Array, signatureHeader: string | null): Result<StripeNotice> => {
      if (signatureHeader === null || signatureHeader === '')
        return refuse('invalid_input', { reason: 'no_signature' });
      let raw: string;
      let event: unknown;
      try {
        raw = typeof rawBody === 'string' ? rawBody : EXACT_TEXT.decode(rawBody);
        event = stripe.webhooks.constructEvent(
          raw,
          signatureHeader,
          options.webhookSecret,
          TOLERANCE_SECONDS,
        );
      } catch (error) {
        const wrong = error instanceof Stripe.errors.StripeSignatureVerificationError;
        return refuse('invalid_input', { reason: wrong ? 'wrong_signature' : 'not_an_event' });
      }
      return isOfTheFuture(signatureHeader)
        ? refuse('invalid_input', { reason: 'wrong_signature' })
        : readEvent(event, raw);
    },
  };
};

/** The library looks at the age of a signature only; one of tomorrow would be good for a day and five minutes. */
const isOfTheFuture = (signatureHeader: string): boolean => {
  const at = Number(/(?:^|,)t=(\d{1,15})/.exec(signatureHeader)?.[1]);
  return at > Math.floor(Date.now() / 1000) + TOLERANCE_SECONDS;
};
