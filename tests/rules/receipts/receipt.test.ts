import { describe, expect, it } from 'vitest';
import {
  decideReceipt,
  decideReceiptMove,
  receiptableMinor,
  receiptNumber,
  RECEIPT_STATES,
} from '@/lib/receipts/receipt.rules';

describe('a receipt', () => {
  it('moves along its table and nowhere else', () => {
    for (const status of RECEIPT_STATES.states)
      for (const event of ['issue', 'void', 're_issue'] as const) {
        const edge = RECEIPT_STATES.edges.find((one) => one.from === status && one.event === event);
        expect(decideReceiptMove(status, event).ok).toBe(edge !== undefined);
      }
  });

  it('is about what was given and is still here', () => {
    const gift = { status: 'cleared' as const, settledMinor: 500n, refundedMinor: 0n, disputedMinor: 0n };
    expect(receiptableMinor(gift)).toBe(500n);
    expect(receiptableMinor({ ...gift, refundedMinor: 200n })).toBe(300n);
    expect(receiptableMinor({ ...gift, status: 'intent', settledMinor: null })).toBe(0n);
    expect(receiptableMinor({ ...gift, status: 'lost', disputedMinor: 500n })).toBe(0n);
  });

  it('is issued, replaced or voided until it is right, and then left alone', () => {
    expect(decideReceipt(null, 500n)).toEqual({ do: 'issue', amountMinor: 500n });
    expect(decideReceipt(null, 0n)).toEqual({ do: 'nothing' });
    expect(decideReceipt({ amountMinor: 500n }, 500n)).toEqual({ do: 'nothing' });
    expect(decideReceipt({ amountMinor: 500n }, 300n)).toEqual({ do: 'replace', amountMinor: 300n });
    expect(decideReceipt({ amountMinor: 500n }, 0n)).toEqual({ do: 'void' });
  });

  it('has a number people can read', () => {
    expect(receiptNumber('2023-10-09', 95n)).toBe('2023-000095');
    expect(receiptNumber('2023-10-09', 12_345_678n)).toBe('2023-12345678');
  });
});
