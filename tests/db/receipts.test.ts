import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordDonation } from '@/lib/donations/donation.commands';
import {
  issueReceipt,
  registerFiscalNumber,
  reissueReceipt,
  voidReceipt,
} from '@/lib/receipts/receipt.commands';
import { receiptsOfGift } from '@/lib/receipts/receipt.queries';
import { giftInput, must, refusalOf } from './donations-kit';
import type { PaymentKit } from './payments-kit';
import { RefundKit, TODAY } from './refunds-kit';

let refunds: RefundKit;
let kit: PaymentKit;
beforeAll(async () => {
  refunds = await RefundKit.open();
  kit = refunds.payments;
});
afterAll(() => refunds.close());

describe('a receipt', () => {
  const issue = (donation: string) => kit.run(issueReceipt, { donation, on: null }, kit.worker);

  it('is numbered without gaps when a hundred are issued at once, and some refused', async () => {
    const codes = [];
    for (let n = 0; n < 20; n += 1) codes.push(await refunds.receive());
    const unpaid = must(await kit.run(recordDonation, giftInput(), kit.lin)).code;
    const answers = await Promise.all([...codes, ...codes, unpaid, ...codes].map(issue));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(20);
    const serials = (await kit.db.selectFrom('receipt').select('serial').orderBy('serial').execute()).map(
      (row) => row.serial,
    );
    expect(serials).toEqual(serials.map((_, index) => BigInt(index + 1)));
    await refunds.sound();
  });

  it('after a refund is replaced by one over what is left, and voided when nothing is', async () => {
    const code = await refunds.receive();
    const first = must(await issue(code));
    await refunds.refund(code, 20_000n);
    const second = must(await issue(code));
    expect(await receiptsOfGift(code, kit.reader)).toMatchObject([
      { number: second.number, status: 'issued', amountMinor: 30_000n, issuedTo: '林太太', replacedBy: null },
      { number: first.number, status: 're_issued', amountMinor: 50_000n, replacedBy: second.number },
    ]);
    await refunds.refund(code, 30_000n);
    expect(must(await issue(code))).toEqual({ number: null, serial: null });
    expect((await receiptsOfGift(code, kit.reader))[0]?.status).toBe('voided');
  });

  it('with a misspelt name is replaced; its fiscal number is registered; a void one stays void', async () => {
    const code = await refunds.receive();
    const { serial } = must(await issue(code));
    const campaign = 'gen-hun-meng';
    const next = must(
      await kit.run(
        reissueReceipt,
        { campaign, serial, reason: '姓名有误', on: TODAY, issuedTo: '林陳秀英' },
        kit.lin,
      ),
    );
    must(
      await kit.run(
        registerFiscalNumber,
        { campaign, serial: next.serial, fiscalNumber: '4400 0023 00000095' },
        kit.lin,
      ),
    );
    must(await kit.run(voidReceipt, { campaign, serial: next.serial, reason: '重复', on: TODAY }, kit.lin));
    expect(
      refusalOf(
        await kit.run(voidReceipt, { campaign, serial: next.serial, reason: 'x', on: TODAY }, kit.lin),
      ).name,
    ).toBe('illegal_state_change');
    expect(await receiptsOfGift(code, kit.reader)).toMatchObject([
      { status: 'voided', issuedTo: '林陳秀英', fiscalNumber: '4400 0023 00000095' },
      { status: 're_issued', issuedTo: '林太太', reason: '姓名有误' },
    ]);
    await refunds.sound();
  });
});
