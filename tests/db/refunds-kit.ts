import { expect } from 'vitest';
import { approveAllocation, proposeAllocation } from '@/lib/allocations/allocation.commands';
import { clearDonation, recordDonation, verifyDonation } from '@/lib/donations/donation.commands';
import { completeRefund } from '@/lib/donations/refund-close.commands';
import { approveRefund, proposeRefund, sendRefund } from '@/lib/donations/refund.commands';
import { approveBudget, proposeBudget } from '@/lib/segments/segment.commands';
import { allProofsHold } from '../support/act';
import { giftInput, must, placesOf, same, tieOut } from './donations-kit';
import { openPaymentKit, type PaymentKit } from './payments-kit';

/** The day it is in China. */
export const TODAY = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/** The number of a page of the provider, from its address. */
export const idOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

type Proposed = { readonly code: string; readonly contentHash: string };

/** Gifts that have come, roads they may be assigned to, and refunds of them: each act done by those who may. */
export class RefundKit {
  private constructor(readonly payments: PaymentKit) {}

  /** Two roads with a budget of 50,000.00 each. */
  static async open(): Promise<RefundKit> {
    const kit = new RefundKit(await openPaymentKit());
    const { run, lin, zhou } = kit.payments;
    const line = { item: same('路面'), unit: 'm', quantityMilli: 48_000n, amountMinor: 5_000_000n };
    for (const segment of ['ML-07', 'ML-12']) {
      const budget = must(
        await run(proposeBudget, { segment, lines: [line], reason: null, on: '2023-10-01' }, lin),
      );
      const seen = { segment, version: budget.version, seenHash: budget.contentHash, on: '2023-10-02' };
      must(await run(approveBudget, seen, zhou));
    }
    return kit;
  }

  close(): Promise<void> {
    return this.payments.close();
  }

  /** A gift by bank transfer that has come; answers its number. */
  async receive(over: Record<string, unknown> = {}, feeMinor = 0n): Promise<string> {
    const { run, lin, zhou } = this.payments;
    const { code, contentHash } = must(await run(recordDonation, giftInput(over), lin));
    must(await run(verifyDonation, { donation: code, seenHash: contentHash, on: '2023-10-09' }, zhou));
    const cleared = {
      donation: code,
      receivedOn: '2023-10-09',
      settledMinor: null,
      feeMinor,
      rate: null,
      rateOn: null,
      bankReference: 'BOC 1',
    };
    must(await run(clearDonation, cleared, lin));
    return code;
  }

  async allocate(segment: string, amountMinor: bigint): Promise<void> {
    const { run, lin, zhou } = this.payments;
    const proposed = must(
      await run(proposeAllocation, { segment, amountMinor, note: null, on: '2023-11-01' }, lin),
    );
    const seen = {
      allocation: proposed.code,
      seenHash: proposed.contentHash,
      on: '2023-11-02',
      note: null,
    };
    must(await run(approveAllocation, seen, zhou));
  }

  async propose(donation: string, amountMinor: bigint): Promise<Proposed> {
    const { run, lin } = this.payments;
    return must(
      await run(proposeRefund, { donation, amountMinor, reason: 'asked by giver', on: '2023-12-01' }, lin),
    );
  }

  async approve({ code, contentHash }: Proposed) {
    const { run, zhou } = this.payments;
    return must(await run(approveRefund, { refund: code, seenHash: contentHash, on: '2023-12-02' }, zhou));
  }

  /** From the proposal to the line of the bank. */
  async refund(donation: string, amountMinor: bigint): Promise<void> {
    const { run, lin } = this.payments;
    const proposed = await this.propose(donation, amountMinor);
    await this.approve(proposed);
    must(await run(sendRefund, { refund: proposed.code, on: '2023-12-05' }, lin));
    must(await run(completeRefund, { refund: proposed.code, on: '2023-12-06', bankReference: 'b' }, lin));
  }

  async statusOf(code: string): Promise<string> {
    const { db } = this.payments;
    const row = await db
      .selectFrom('donation')
      .select('status')
      .where('code', '=', code)
      .executeTakeFirstOrThrow();
    return row.status;
  }

  /** Where the fen of a gift lie, as text. */
  async placesOf(subject: string): Promise<Record<string, string>> {
    const places = await placesOf(this.payments.db, subject);
    return Object.fromEntries(Object.entries(places).map(([account, minor]) => [account, String(minor)]));
  }

  /** Both books agree to the fen, and every proof holds. */
  async sound(): Promise<void> {
    expect(await tieOut(this.payments.db)).toBe(0n);
    await allProofsHold(this.payments.reader);
  }
}
