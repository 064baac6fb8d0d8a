import { fromStripeUnits } from './stripe-amount.rules';
import type {
  ChargeView,
  CheckoutView,
  DisputeView,
  PayoutLine,
  PayoutView,
  RefundView,
  Settlement,
  StripeNotice,
} from './stripe-view.rules';
import type { CurrencyCode } from '@/lib/shared/currencies';
import { ok, refuse, type Result } from '@/lib/shared/result';

/*
 * Stripe's objects read into our own views. The inputs name only the fields that are read; unknown states stay
 * unknown instead of being taken for a known one.
 */

export type Expandable<T> = string | T | null | undefined;
export type TransactionInput = {
  readonly id: string;
  readonly amount: number;
  readonly fee: number;
  readonly net: number;
  readonly currency: string;
  readonly exchange_rate: number | null;
  readonly available_on: number;
};
export type ChargeInput = {
  readonly id: string;
  readonly status: string;
  readonly amount: number;
  readonly amount_refunded: number;
  readonly currency: string;
  readonly captured: boolean;
  readonly disputed: boolean;
  readonly payment_intent: Expandable<{ readonly id: string }>;
  readonly balance_transaction: Expandable<TransactionInput>;
  readonly payment_method_details: { readonly type: string } | null;
  readonly failure_code: string | null;
  readonly outcome?: { readonly reason: string | null } | null;
  readonly created: number;
  readonly livemode: boolean;
  readonly metadata: Readonly<Record<string, string>>;
};
export type IntentInput = {
  readonly id: string;
  readonly latest_charge: Expandable<ChargeInput>;
  readonly last_payment_error: { readonly code?: string; readonly decline_code?: string } | null;
};
export type SessionInput = {
  readonly id: string;
  readonly url: string | null;
  readonly status: string | null;
  readonly payment_status: string;
  readonly amount_total: number | null;
  readonly currency: string | null;
  readonly client_reference_id: string | null;
  readonly payment_intent: Expandable<IntentInput>;
  readonly customer_details: { readonly email: string | null; readonly name: string | null } | null;
  readonly customer_email: string | null;
  readonly created: number;
  readonly expires_at: number;
  readonly livemode: boolean;
  readonly metadata: Readonly<Record<string, string>> | null;
};
export type RefundInput = {
  readonly id: string;
  readonly status: string | null;
  readonly amount: number;
  readonly currency: string;
  readonly charge: Expandable<{ readonly id: string }>;
  readonly payment_intent: Expandable<{ readonly id: string }>;
  readonly balance_transaction: Expandable<TransactionInput>;
  readonly failure_balance_transaction?: Expandable<TransactionInput>;
  readonly failure_reason?: string;
  readonly created: number;
  readonly metadata: Readonly<Record<string, string>> | null;
};
export type DisputeInput = {
  readonly id: string;
  readonly status: string;
  readonly reason: string;
  readonly amount: number;
  readonly currency: string;
  readonly charge: Expandable<{ readonly id: string }>;
  readonly payment_intent: Expandable<{ readonly id: string }>;
  readonly evidence_details: { readonly due_by: number | null; readonly has_evidence: boolean };
  readonly balance_transactions: readonly TransactionInput[];
  readonly created: number;
};
export type PayoutInput = {
  readonly id: string;
  readonly status: string;
  readonly automatic: boolean;
  readonly reconciliation_status: string;
  readonly amount: number;
  readonly currency: string;
  readonly arrival_date: number;
  readonly failure_code: string | null;
  readonly trace_id: { readonly value: string | null } | null;
  readonly created: number;
};
export type LineInput = TransactionInput & {
  readonly type: string;
  readonly reporting_category: string;
  readonly description: string | null;
  readonly source: Expandable<{ readonly id: string; readonly object: string }>;
  readonly created: number;
};

/** The id behind a field that may be the id or the opened object. */
export const idOf = (value: Expandable<{ readonly id: string }>): string | null =>
  typeof value === 'string' ? value : (value?.id ?? null);

const opened = <T>(value: Expandable<T>): T | null =>
  typeof value === 'object' && value !== null ? value : null;
const at = (seconds: number): Date => new Date(seconds * 1000);
const oneOf = <const T extends string>(value: string | null, known: readonly T[]): T | 'unknown' =>
  known.find((one) => one === value) ?? 'unknown';

/** Reads several amounts of one currency at once; refuses if any does not fit our minor units. */
const amounts = <const K extends string>(
  currency: string,
  given: Readonly<Record<K, number>>,
): Result<Readonly<Record<K, bigint>> & { readonly currency: CurrencyCode }> => {
  const read: Record<string, bigint | CurrencyCode> = {};
  for (const [key, units] of Object.entries<number>(given)) {
    const money = fromStripeUnits(BigInt(units), currency);
    if (!money.ok) return money;
    read[key] = money.value.minor;
    read['currency'] = money.value.currency;
  }
  return ok(read as Readonly<Record<K, bigint>> & { readonly currency: CurrencyCode });
};

export const readSettlement = (transaction: TransactionInput): Result<Settlement> => {
  const read = amounts(transaction.currency, {
    grossMinor: transaction.amount,
    feeMinor: transaction.fee,
    netMinor: transaction.net,
  });
  if (!read.ok) return read;
  return ok({
    transactionId: transaction.id,
    ...read.value,
    // The number's own decimal text: it is shown and stored, never multiplied with.
    exchangeRate: transaction.exchange_rate === null ? null : String(transaction.exchange_rate),
    availableOn: at(transaction.available_on),
  });
};

const settlementOf = (value: Expandable<TransactionInput>): Result<Settlement | null> => {
  const transaction = opened(value);
  return transaction ? readSettlement(transaction) : ok(null);
};

export const readCharge = (charge: ChargeInput): Result<ChargeView> => {
  const read = amounts(charge.currency, {
    amountMinor: charge.amount,
    refundedMinor: charge.amount_refunded,
  });
  if (!read.ok) return read;
  const settlement = settlementOf(charge.balance_transaction);
  if (!settlement.ok) return settlement;
  return ok({
    id: charge.id,
    status: oneOf(charge.status, ['succeeded', 'pending', 'failed']),
    ...read.value,
    captured: charge.captured,
    disputed: charge.disputed,
    paymentIntentId: idOf(charge.payment_intent),
    settlement: settlement.value,
    method: charge.payment_method_details?.type ?? null,
    failure:
      charge.failure_code === null
        ? null
        : { code: charge.failure_code, declineCode: charge.outcome?.reason ?? null },
    createdAt: at(charge.created),
    livemode: charge.livemode,
    metadata: charge.metadata,
  });
};

export const readCheckout = (session: SessionInput): Result<CheckoutView> => {
  const read = amounts(session.currency ?? '', { amountMinor: session.amount_total ?? 0 });
  if (!read.ok) return read;
  const intent = opened(session.payment_intent);
  const charge = intent ? opened(intent.latest_charge) : null;
  const view = charge ? readCharge(charge) : ok(null);
  if (!view.ok) return view;
  const settlement = view.value?.settlement ?? null;
  const error = intent?.last_payment_error;
  return ok({
    id: session.id,
    intentId: session.client_reference_id,
    url: session.url,
    status: oneOf(session.status, ['open', 'complete', 'expired']),
    paymentStatus: oneOf(session.payment_status, ['paid', 'unpaid', 'no_payment_required']),
    ...read.value,
    paymentIntentId: idOf(session.payment_intent),
    chargeId: intent ? idOf(intent.latest_charge) : null,
    fee: settlement && { minor: settlement.feeMinor, currency: settlement.currency },
    settled: settlement && {
      minor: settlement.grossMinor,
      currency: settlement.currency,
      exchangeRate: settlement.exchangeRate,
    },
    settlement,
    method: view.value?.method ?? null,
    failure: error ? { code: error.code ?? 'unknown', declineCode: error.decline_code ?? null } : null,
    refundedMinor: view.value?.refundedMinor ?? 0n,
    disputed: view.value?.disputed ?? false,
    payerEmail: session.customer_details?.email ?? session.customer_email,
    payerName: session.customer_details?.name ?? null,
    createdAt: at(session.created),
    expiresAt: at(session.expires_at),
    livemode: session.livemode,
    metadata: session.metadata ?? {},
  });
};

export const readRefund = (refund: RefundInput): Result<RefundView> => {
  const read = amounts(refund.currency, { amountMinor: refund.amount });
  if (!read.ok) return read;
  const settlement = settlementOf(refund.balance_transaction);
  if (!settlement.ok) return settlement;
  const returned = settlementOf(refund.failure_balance_transaction);
  if (!returned.ok) return returned;
  return ok({
    id: refund.id,
    status: oneOf(refund.status, ['pending', 'requires_action', 'succeeded', 'failed', 'canceled']),
    ...read.value,
    chargeId: idOf(refund.charge),
    paymentIntentId: idOf(refund.payment_intent),
    settlement: settlement.value,
    returned: returned.value,
    failureReason: refund.failure_reason ?? null,
    createdAt: at(refund.created),
    metadata: refund.metadata ?? {},
  });
};

const OUTCOMES: Readonly<Record<string, DisputeView['outcome']>> = {
  won: 'won',
  lost: 'lost',
  warning_closed: 'closed_without_loss',
  prevented: 'closed_without_loss',
};

export const readDispute = (dispute: DisputeInput): Result<DisputeView> => {
  const read = amounts(dispute.currency, { amountMinor: dispute.amount });
  if (!read.ok) return read;
  const movements: Settlement[] = [];
  for (const transaction of dispute.balance_transactions) {
    const movement = readSettlement(transaction);
    if (!movement.ok) return movement;
    movements.push(movement.value);
  }
  return ok({
    id: dispute.id,
    status: dispute.status,
    inquiry: dispute.status.startsWith('warning_'),
    outcome: OUTCOMES[dispute.status] ?? 'open',
    reason: dispute.reason,
    ...read.value,
    chargeId: idOf(dispute.charge),
    paymentIntentId: idOf(dispute.payment_intent),
    dueBy: dispute.evidence_details.due_by === null ? null : at(dispute.evidence_details.due_by),
    hasEvidence: dispute.evidence_details.has_evidence,
    movements,
    createdAt: at(dispute.created),
  });
};

export const readPayout = (payout: PayoutInput): Result<PayoutView> => {
  const read = amounts(payout.currency, { amountMinor: payout.amount });
  if (!read.ok) return read;
  return ok({
    id: payout.id,
    status: oneOf(payout.status, ['pending', 'in_transit', 'paid', 'failed', 'canceled']),
    automatic: payout.automatic,
    reconciled: payout.reconciliation_status === 'completed',
    ...read.value,
    arrivalDate: at(payout.arrival_date).toISOString().slice(0, 10),
    failureCode: payout.failure_code,
    traceId: payout.trace_id?.value ?? null,
    createdAt: at(payout.created),
  });
};

/** One line of a payout, with the charge it belongs to when the source was opened (`expand[]=data.source`). */
export const readLine = (line: LineInput): Result<PayoutLine> => {
  const settlement = readSettlement(line);
  if (!settlement.ok) return settlement;
  const source = opened(line.source) as {
    readonly id: string;
    readonly object: string;
    readonly charge?: Expandable<{ readonly id: string }>;
    readonly payment_intent?: Expandable<{ readonly id: string }>;
  } | null;
  return ok({
    ...settlement.value,
    type: line.type,
    category: line.reporting_category,
    description: line.description,
    sourceId: idOf(line.source),
    chargeId: source?.object === 'charge' ? source.id : idOf(source?.charge),
    paymentIntentId: idOf(source?.payment_intent),
    createdAt: at(line.created),
  });
};

/** An event as a hint: what happened to which object. Refuses what is no Stripe event at all. */
export const readEvent = (event: unknown, raw: string): Result<StripeNotice> => {
  const { id, type, object, created, livemode, api_version, data, account } = fields(event);
  const subject = fields(fields(data)['object']);
  if (
    object !== 'event' ||
    typeof id !== 'string' ||
    typeof type !== 'string' ||
    typeof created !== 'number' ||
    !Number.isSafeInteger(created) ||
    typeof subject['object'] !== 'string'
  )
    return refuse('invalid_input', { reason: 'not_an_event' });
  return ok({
    id,
    type,
    objectId: typeof subject['id'] === 'string' ? subject['id'] : null,
    objectType: subject['object'],
    livemode: livemode === true,
    ofAnotherAccount: typeof account === 'string',
    created: at(created),
    apiVersion: typeof api_version === 'string' ? api_version : null,
    raw,
  });
};

const fields = (value: unknown): Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' ? (value as Readonly<Record<string, unknown>>) : {};
