import type { PaymentMethod } from './stripe-amount.rules';
import type { CurrencyCode } from '@/lib/shared/currencies';
import type { Lang } from '@/lib/i18n/languages';

/*
 * What the Stripe gateway takes and gives, in our own words: money in our minor units, moments as dates, states
 * that may be `unknown`. None of the SDK's types gets out of the gateway.
 */

export type NewCheckout = {
  /** Our intent id, stored before the call: Stripe's idempotency key and the reference on every object. */
  readonly intentId: string;
  /** 2 and up after a stored failure: the key of a new attempt at the same intent. */
  readonly attempt?: number | undefined;
  readonly amountMinor: bigint;
  readonly currency: CurrencyCode;
  readonly lang: Lang;
  /** What the donor reads on the page and the bank statement's detail. */
  readonly description: string;
  readonly email?: string | undefined;
  /** May hold {CHECKOUT_SESSION_ID}, which Stripe fills in. */
  readonly successUrl: string;
  readonly cancelUrl: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly methods: readonly PaymentMethod[];
  /** 30 minutes to 24 hours from now; Stripe's 24 hours when absent. */
  readonly expiresAt?: Date | undefined;
};

export type NewRefund = {
  readonly chargeId: string;
  readonly amountMinor: bigint;
  readonly currency: CurrencyCode;
  readonly idempotencyKey: string;
  readonly metadata: Readonly<Record<string, string>>;
};

/** What Stripe took and settled, in the settlement currency; null until it has booked the payment. */
export type Settlement = {
  readonly transactionId: string;
  readonly grossMinor: bigint;
  readonly feeMinor: bigint;
  readonly netMinor: bigint;
  readonly currency: CurrencyCode;
  /** Settled amount of one unit of the charge's currency, as decimal text; null without conversion. */
  readonly exchangeRate: string | null;
  readonly availableOn: Date;
};

export type Failure = { readonly code: string; readonly declineCode: string | null };

export type CheckoutView = {
  readonly id: string;
  /** Our own intent id, which we gave at creation. */
  readonly intentId: string | null;
  /** Where the donor pays; null once the session is over. */
  readonly url: string | null;
  readonly status: 'open' | 'complete' | 'expired' | 'unknown';
  /** Only `paid` is money. `complete` and `unpaid` is a promise of a delayed method. */
  readonly paymentStatus: 'paid' | 'unpaid' | 'no_payment_required' | 'unknown';
  readonly amountMinor: bigint;
  readonly currency: CurrencyCode;
  readonly paymentIntentId: string | null;
  readonly chargeId: string | null;
  readonly fee: { readonly minor: bigint; readonly currency: CurrencyCode } | null;
  readonly settled: {
    readonly minor: bigint;
    readonly currency: CurrencyCode;
    readonly exchangeRate: string | null;
  } | null;
  readonly settlement: Settlement | null;
  readonly method: string | null;
  readonly failure: Failure | null;
  readonly refundedMinor: bigint;
  readonly disputed: boolean;
  readonly payerEmail: string | null;
  readonly payerName: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly livemode: boolean;
  readonly metadata: Readonly<Record<string, string>>;
};

export type ChargeView = {
  readonly id: string;
  readonly status: 'succeeded' | 'pending' | 'failed' | 'unknown';
  readonly amountMinor: bigint;
  readonly refundedMinor: bigint;
  readonly currency: CurrencyCode;
  readonly captured: boolean;
  readonly disputed: boolean;
  readonly paymentIntentId: string | null;
  readonly settlement: Settlement | null;
  readonly method: string | null;
  readonly failure: Failure | null;
  readonly createdAt: Date;
  readonly livemode: boolean;
  readonly metadata: Readonly<Record<string, string>>;
};

export type RefundView = {
  readonly id: string;
  readonly status: 'pending' | 'requires_action' | 'succeeded' | 'failed' | 'canceled' | 'unknown';
  readonly amountMinor: bigint;
  readonly currency: CurrencyCode;
  readonly chargeId: string | null;
  readonly paymentIntentId: string | null;
  /** What left the balance; amounts are negative. */
  readonly settlement: Settlement | null;
  /** What came back when the refund failed. */
  readonly returned: Settlement | null;
  readonly failureReason: string | null;
  readonly createdAt: Date;
  readonly metadata: Readonly<Record<string, string>>;
};

export type DisputeView = {
  readonly id: string;
  readonly status: string;
  /** An inquiry: the bank asks, no money has moved. */
  readonly inquiry: boolean;
  readonly outcome: 'open' | 'won' | 'lost' | 'closed_without_loss';
  readonly reason: string;
  readonly amountMinor: bigint;
  readonly currency: CurrencyCode;
  readonly chargeId: string | null;
  readonly paymentIntentId: string | null;
  readonly dueBy: Date | null;
  readonly hasEvidence: boolean;
  /** Withdrawal and, if won, reinstatement, in the order they happened; fees included. */
  readonly movements: readonly Settlement[];
  readonly createdAt: Date;
};

export type PayoutView = {
  readonly id: string;
  readonly status: 'pending' | 'in_transit' | 'paid' | 'failed' | 'canceled' | 'unknown';
  /** Only automatic payouts know which lines they are made of. */
  readonly automatic: boolean;
  readonly reconciled: boolean;
  readonly amountMinor: bigint;
  readonly currency: CurrencyCode;
  /** The day the bank should show it, 'YYYY-MM-DD' in UTC as Stripe counts it. */
  readonly arrivalDate: string;
  readonly failureCode: string | null;
  readonly traceId: string | null;
  readonly createdAt: Date;
};

export type PayoutLine = Settlement & {
  readonly type: string;
  /** Stripe's reporting category: charge, refund, dispute, fee, payout … */
  readonly category: string;
  readonly description: string | null;
  readonly sourceId: string | null;
  readonly chargeId: string | null;
  readonly paymentIntentId: string | null;
  readonly createdAt: Date;
};

export type StripeNotice = {
  readonly id: string;
  readonly type: string;
  /** Null for objects without an id, such as the balance. */
  readonly objectId: string | null;
  readonly objectType: string;
  readonly livemode: boolean;
  readonly created: Date;
  readonly apiVersion: string | null;
  /** It happened on an account that is connected to ours, not on ours. */
  readonly ofAnotherAccount: boolean;
  /** The event as text, exactly as it came. */
  readonly raw: string;
};
