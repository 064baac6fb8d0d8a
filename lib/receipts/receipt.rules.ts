import { RECEIVED, type DonationStatus } from '../donations/donation.rules';
import { ok, refuse, type Result } from '../shared/result';
import { nextState, stateTable } from '../shared/state-table';

/**
 * The life of a receipt. A number once given is never used again and never vanishes: a wrong receipt is voided with a
 * reason, and a new one with its own number may take its place.
 */
export const RECEIPT_STATES = stateTable(
  'receipt',
  ['requested', 'issued', 'voided', 're_issued'],
  ['requested', 'issued'],
  [
    ['requested', 'issue', 'issued'],
    ['issued', 'void', 'voided'],
    ['issued', 're_issue', 're_issued'],
    ['voided', 're_issue', 're_issued'],
  ],
);
export type ReceiptStatus = (typeof RECEIPT_STATES.states)[number];
export type ReceiptEvent = (typeof RECEIPT_STATES.edges)[number]['event'];

export const decideReceiptMove = (status: ReceiptStatus, event: ReceiptEvent): Result<ReceiptStatus> => {
  const to = nextState(RECEIPT_STATES, status, event);
  return to === null ? refuse('illegal_state_change', { from: status, event }) : ok(to);
};

/** What was given and is still here: what a receipt may be about. Zero for a gift that has not arrived or is gone. */
export const receiptableMinor = (gift: {
  readonly status: DonationStatus;
  readonly settledMinor: bigint | null;
  readonly refundedMinor: bigint;
  readonly disputedMinor: bigint;
}): bigint =>
  gift.settledMinor !== null && RECEIVED.includes(gift.status)
    ? gift.settledMinor - gift.refundedMinor - gift.disputedMinor
    : 0n;

export type ReceiptStep =
  | { readonly do: 'nothing' }
  | { readonly do: 'issue'; readonly amountMinor: bigint }
  | { readonly do: 'void' }
  | { readonly do: 'replace'; readonly amountMinor: bigint };

/**
 * What must happen so that a gift has exactly the receipt it should have. Asked after the gift came in, after a refund
 * or a dispute, and again at any time: once it is right, nothing happens.
 */
export const decideReceipt = (
  valid: { readonly amountMinor: bigint } | null,
  dueMinor: bigint,
): ReceiptStep => {
  if (valid === null) return dueMinor > 0n ? { do: 'issue', amountMinor: dueMinor } : { do: 'nothing' };
  if (valid.amountMinor === dueMinor) return { do: 'nothing' };
  return dueMinor > 0n ? { do: 'replace', amountMinor: dueMinor } : { do: 'void' };
};

/** As printed: the year it was issued in and the serial, 2023-000095. The serial alone is gap-free in a campaign. */
export const receiptNumber = (issuedOn: string, serial: bigint): string =>
  `${issuedOn.slice(0, 4)}-${serial.toString().padStart(6, '0')}`;
