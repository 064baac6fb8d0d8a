import { z } from 'zod';
import { currency, day, reason } from '../shared/form-parts';

const providerId = z.string().regex(/^[A-Za-z0-9_]{3,255}$/, { error: 'provider_id' });
const signed = z.bigint({ error: 'amount' });

const line = z.object({
  providerLineId: providerId,
  type: z.string().regex(/^[a-z_]{1,80}$/),
  category: z.string().regex(/^[a-z_]{1,80}$/),
  currency,
  grossMinor: signed,
  feeMinor: signed,
  netMinor: signed,
  sourceId: providerId.nullable(),
  madeAt: z.date(),
});

/** A payout as the provider shows it now, with its list when there is one to read. */
export const recordPayoutForm = z.object({
  providerId,
  state: z.enum(['expected', 'paid', 'failed']),
  automatic: z.boolean(),
  currency,
  amountMinor: signed.refine((minor) => minor !== 0n, { error: 'amount' }),
  madeOn: day,
  arrivesOn: day,
  trace: z.string().max(200).nullable(),
  failure: z.string().max(200).nullable(),
  /** Null while the provider is still putting the list together, and for manual payouts. */
  list: z.object({ lines: z.array(line).max(1_000_000), history: z.array(line).max(1_000_000) }).nullable(),
});
export type RecordedPayout = z.infer<typeof recordPayoutForm>;

export const payoutNumber = z.string().regex(/^PO-\d{4,}$/, { error: 'payout_number' });

export const explainFindingForm = z.object({
  payout: payoutNumber,
  finding: z.bigint(),
  /** What the person saw: the finding's figures, so that another reading in between is noticed. */
  reading: z.number().int().positive(),
  reason,
  on: day,
});

export const readPayoutAgainForm = z.object({ payout: payoutNumber, on: day });

/** A payout found on a line of the bank statement. */
export const settlePayoutForm = z.object({
  payout: payoutNumber,
  /** Public number of the bank line. */
  line: z.string().trim().min(1).max(100),
  /** What the bank shows, signed, in the book currency. */
  amountMinor: signed,
  on: day,
  /** Where the difference between bank and payout goes, when there is one. */
  difference: z.enum(['none', 'exchange', 'bank_charge']),
});
export type SettlePayout = z.infer<typeof settlePayoutForm>;
