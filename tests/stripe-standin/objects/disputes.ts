import { notPossible } from '../errors';
import { change, emit } from '../events';
import { convert } from '../fees';
import { page, pageFields } from '../lists';
import { flag, inRange, mergeMetadata, metadata, range, shape, text, unimitatedFields } from '../params';
import type { Route } from '../router';
import type { Charge, Dispute } from '../store';
import { find, newId, now, type World } from '../world';
import { book } from './balance';
import { behaviourOf } from './methods';

const EVIDENCE = [
  'access_activity_log',
  'billing_address',
  'cancellation_policy',
  'cancellation_policy_disclosure',
  'cancellation_rebuttal',
  'customer_communication',
  'customer_email_address',
  'customer_name',
  'customer_purchase_ip',
  'customer_signature',
  'duplicate_charge_documentation',
  'duplicate_charge_explanation',
  'duplicate_charge_id',
  'product_description',
  'receipt',
  'refund_policy',
  'refund_policy_disclosure',
  'refund_refusal_explanation',
  'service_date',
  'service_documentation',
  'shipping_address',
  'shipping_carrier',
  'shipping_date',
  'shipping_documentation',
  'shipping_tracking_number',
  'uncategorized_file',
  'uncategorized_text',
] as const;

export type DisputeWish = {
  /** An inquiry (`warning_needs_response`) moves no money. */
  readonly inquiry?: boolean;
  /** Less than the charge, if only a part is disputed; in the charge's units. */
  readonly amount?: number;
  readonly reason?: string;
};

/** The donor's bank takes the money back: withdrawal with Stripe's dispute fee, charge marked, events. */
export const openDispute = (world: World, charge: Charge, wish: DisputeWish = {}): Dispute => {
  if (charge.status !== 'succeeded') throw notPossible('Only a succeeded charge can be disputed.');
  if (charge.disputed) throw notPossible(`Charge ${charge.id} is disputed already.`);
  const behaviour = behaviourOf(world, charge.payment_method ?? '');
  const inquiry = wish.inquiry ?? false;
  const amount = wish.amount ?? charge.amount - charge.amount_refunded;
  const id = newId(world, 'du');
  const dispute: Dispute = {
    id,
    object: 'dispute',
    amount,
    balance_transactions: [],
    charge: charge.id,
    created: now(world),
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: {
      ...(Object.fromEntries(EVIDENCE.map((name) => [name, null])) as Record<
        (typeof EVIDENCE)[number],
        null
      >),
      enhanced_evidence: {},
    },
    evidence_details: {
      due_by: now(world) + 9 * 24 * 3600,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: inquiry,
    livemode: world.settings.livemode,
    metadata: {},
    payment_intent: charge.payment_intent,
    ...(behaviour.type === 'card' && {
      payment_method_details: {
        card: {
          brand: 'visa',
          case_type: inquiry ? ('inquiry' as const) : ('chargeback' as const),
          network: 'visa',
          network_reason_code: '10.4',
        },
        type: 'card' as const,
      },
    }),
    reason: wish.reason ?? (inquiry ? 'general' : 'fraudulent'),
    status: inquiry ? 'warning_needs_response' : 'needs_response',
  };
  world.store.put('dispute', dispute);
  const previous = change(world, 'charge', charge, { disputed: true });
  emit(world, 'charge.dispute.created', dispute);
  emit(world, 'charge.updated', charge, previous);
  if (!inquiry) {
    withdraw(world, dispute);
    emit(world, 'charge.dispute.funds_withdrawn', dispute);
  }
  return dispute;
};

const withdraw = (world: World, dispute: Dispute): void => {
  const settled = convert(dispute.amount, dispute.currency, world.settings.settlementCurrency, world.rates);
  const transaction = book(world, {
    type: 'adjustment',
    category: 'dispute',
    amount: -settled.amount,
    fee: world.settings.fees.dispute,
    feeDescription: 'Dispute fee',
    rate: settled.rate,
    source: dispute.id,
    description: `Chargeback withdrawal for ${dispute.charge}`,
    availableIn: 0,
  });
  change(world, 'dispute', dispute, {
    balance_transactions: [...dispute.balance_transactions, transaction as never],
  });
};

/** Won: exactly what was withdrawn comes back, the fee does not. Lost: nothing moves any more. */
export const closeDispute = (world: World, dispute: Dispute, won: boolean): void => {
  if (['won', 'lost', 'warning_closed'].includes(dispute.status))
    throw notPossible('This dispute is already closed.');
  const inquiry = dispute.status.startsWith('warning_');
  const taken = dispute.balance_transactions[0];
  if (won && !inquiry && taken) {
    const transaction = book(world, {
      type: 'adjustment',
      category: 'dispute_reversal',
      amount: -taken.amount,
      rate: taken.exchange_rate,
      source: dispute.id,
      description: `Chargeback reversal for ${dispute.charge}`,
      availableIn: 0,
    });
    change(world, 'dispute', dispute, {
      balance_transactions: [...dispute.balance_transactions, transaction as never],
    });
  }
  const previous = change(world, 'dispute', dispute, {
    status: inquiry ? 'warning_closed' : won ? 'won' : 'lost',
    is_charge_refundable: won || inquiry,
  });
  if (won && !inquiry) emit(world, 'charge.dispute.funds_reinstated', dispute);
  emit(world, 'charge.dispute.closed', dispute, previous);
};

/** An inquiry that the bank takes further: now the money goes. */
export const escalateDispute = (world: World, dispute: Dispute): void => {
  if (!dispute.status.startsWith('warning_')) throw notPossible('Only an inquiry can be escalated.');
  const previous = change(world, 'dispute', dispute, {
    status: 'needs_response',
    is_charge_refundable: false,
  });
  withdraw(world, dispute);
  emit(world, 'charge.dispute.updated', dispute, previous);
  emit(world, 'charge.dispute.funds_withdrawn', dispute);
};

const evidenceShape = shape({
  ...(Object.fromEntries(EVIDENCE.map((name) => [name, text(20_000)])) as Record<
    (typeof EVIDENCE)[number],
    ReturnType<typeof text>
  >),
  ...unimitatedFields(['enhanced_evidence']),
});
const updateShape = shape({
  evidence: evidenceShape,
  metadata,
  submit: flag,
  ...unimitatedFields(['intended_submission_method']),
});
const listShape = shape({ ...pageFields, charge: text(), payment_intent: text(), created: range });

export const disputeRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/disputes',
    run: (world, _ids, form) => {
      const asked = listShape(form, '');
      const found = world.store
        .all('dispute')
        .filter(
          (dispute) =>
            inRange(dispute.created, asked.created) &&
            (asked.charge === undefined || dispute.charge === asked.charge) &&
            (asked.payment_intent === undefined || dispute.payment_intent === asked.payment_intent),
        );
      return page('dispute', found, asked, '/v1/disputes');
    },
  },
  {
    method: 'GET',
    path: '/v1/disputes/:id',
    run: (world, { id }, form) => {
      shape({})(form, '');
      return find(world, 'dispute', id ?? '');
    },
  },
  {
    method: 'POST',
    path: '/v1/disputes/:id',
    run: (world, { id }, form) => {
      const dispute = find(world, 'dispute', id ?? '');
      const asked = updateShape(form, '');
      const answerable = dispute.status === 'needs_response' || dispute.status === 'warning_needs_response';
      if (asked.evidence && !answerable)
        throw notPossible(`Evidence cannot be given for a dispute with status ${dispute.status}.`);
      const given = Object.fromEntries(
        Object.entries(asked.evidence ?? {}).filter(([, value]) => value !== undefined),
      );
      // Stripe submits unless told to hold the evidence back (docs.stripe.com/api/disputes/update).
      const submits = asked.evidence !== undefined && asked.submit !== false;
      const previous = change(world, 'dispute', dispute, {
        metadata: mergeMetadata(dispute.metadata, asked.metadata),
        evidence: { ...dispute.evidence, ...given },
        evidence_details: {
          ...dispute.evidence_details,
          has_evidence: dispute.evidence_details.has_evidence || Object.keys(given).length > 0,
          submission_count: dispute.evidence_details.submission_count + (submits ? 1 : 0),
          ...(submits && { submission_method: 'manual' as const }),
        },
        ...(submits && {
          status:
            dispute.status === 'needs_response'
              ? ('under_review' as const)
              : ('warning_under_review' as const),
        }),
      });
      emit(world, 'charge.dispute.updated', dispute, previous);
      // Stripe's test texts decide the case at once (docs.stripe.com/testing#evidence).
      if (submits && given['uncategorized_text'] === 'winning_evidence') closeDispute(world, dispute, true);
      if (submits && given['uncategorized_text'] === 'losing_evidence') closeDispute(world, dispute, false);
      return dispute;
    },
  },
  {
    method: 'POST',
    path: '/v1/disputes/:id/close',
    run: (world, { id }, form) => {
      shape({})(form, '');
      const dispute = find(world, 'dispute', id ?? '');
      closeDispute(world, dispute, false);
      return dispute;
    },
  },
];
