import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineCommand } from '@/lib/context';
import { approveRefund, proposeRefund, sendRefund } from '@/lib/donations/refund.commands';
import { sendRefundToProvider } from '@/lib/payments/refund.flow';
import { explainFinding, readPayoutAgain } from '@/lib/payouts/payout.commands';
import { readAgain, sweepPayouts, takePayout } from '@/lib/payouts/payout.flow';
import { settlePayoutForm } from '@/lib/payouts/payout.form';
import { payoutCandidates, payoutDetail, payoutLines } from '@/lib/payouts/payout.queries';
import { settlePayout, unsettlePayout } from '@/lib/payouts/settle.commands';
import { ok } from '@/lib/shared/result';
import { z } from 'zod';
import { FEES, feeOf } from '../stripe-standin/fees';
import { SECRET_KEY } from '../stripe-standin/testing';
import { allProofsHold } from '../support/act';
import { balanceOf, must, refusalOf } from './donations-kit';
import { openPaymentKit, type PaymentKit } from './payments-kit';

let kit: PaymentKit;
beforeAll(async () => {
  kit = await openPaymentKit();
});
afterAll(async () => {
  await allProofsHold(kit.reader);
  await kit.close();
});

const ON = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const STRIPE = 'assets:stripe:gen-hun-meng';
const TRANSIT = 'assets:payout-in-transit:gen-hun-meng';
const BANK = 'assets:bank:gen-hun-meng';

/** What the act that matches bank lines does with a payout. */
const match = defineCommand({
  name: 'test.match_payout',
  permission: 'payout:match',
  events: ['payout_matched'],
  input: settlePayoutForm,
  run: async (ctx, input) => {
    const done = await settlePayout(ctx, input);
    return done.ok ? ok({ gifts: done.value.gifts }) : done;
  },
});
const unmatch = defineCommand({
  name: 'test.unmatch_payout',
  permission: 'payout:match',
  events: ['payout_unmatched'],
  input: z.object({ payout: z.string(), on: z.string(), reason: z.string() }),
  run: unsettlePayout,
});

const paidGift = async (over: Record<string, unknown> = {}): Promise<string> => {
  const gift = await kit.open(over);
  const { channel } = over;
  await (channel === 'alipay' ? kit.press(gift.url, 'pay', 'alipay') : kit.press(gift.url, 'pay'));
  await kit.quiet();
  return gift.code;
};
const statusOf = async (code: string): Promise<string> =>
  (await kit.db.selectFrom('donation').select('status').where('code', '=', code).executeTakeFirstOrThrow())
    .status;
/** Lets two seconds pass at the provider, so that a payout is later than what it pays out. */
const payOut = async () => {
  kit.standin.control.advance(2);
  const payout = kit.standin.control.payout();
  await kit.quiet();
  const code = (
    await kit.db
      .selectFrom('payout')
      .select('code')
      .where('provider_payout_id', '=', payout.id)
      .executeTakeFirstOrThrow()
  ).code;
  return { payout, code };
};
const line = (code: string, amountMinor: bigint, difference = 'none') => ({
  payout: code,
  line: `BL-${code}`,
  amountMinor,
  on: ON,
  difference,
});
const gone = async (code: string): Promise<void> => {
  must(await kit.run(match, line(code, await amountOf(code)), kit.lin));
};
const amountOf = async (code: string): Promise<bigint> =>
  (
    await kit.db
      .selectFrom('payout')
      .select('amount_minor')
      .where('code', '=', code)
      .executeTakeFirstOrThrow()
  ).amount_minor;

describe('an automatic payout', () => {
  it('is read with its list, every line tied, booked; its bank line leaves both clearing accounts at zero', async () => {
    const gifts = [await paidGift(), await paidGift({ channel: 'alipay' }), await paidGift()];
    const refund = must(
      await kit.run(
        proposeRefund,
        { donation: gifts[0], amountMinor: 10_000n, reason: '捐两次了', on: ON },
        kit.lin,
      ),
    );
    must(
      await kit.run(approveRefund, { refund: refund.code, seenHash: refund.contentHash, on: ON }, kit.zhou),
    );
    must(await kit.run(sendRefund, { refund: refund.code, on: ON }, kit.lin));
    must(await sendRefundToProvider(refund.code, kit.around));
    await kit.quiet();
    const { code, payout } = await payOut();
    const seen = await payoutDetail(code, kit.reader);
    expect(seen).toMatchObject({
      openFindings: 0,
      lineCount: 4,
      status: 'expected',
      netMinor: BigInt(payout.amount),
    });
    expect(seen?.totals.map((row) => [row.home, row.count])).toEqual([
      ['gift', 3],
      ['refund', 1],
    ]);
    expect((await payoutLines(code, 0, 10, kit.reader)).map((row) => row.gift).sort()).toEqual(
      [...gifts, gifts[0]].sort(),
    );
    expect(await balanceOf(kit.db, STRIPE)).toBe(0n);
    expect(await balanceOf(kit.db, TRANSIT)).toBe(BigInt(payout.amount));
    kit.standin.control.arrivePayout(payout.id);
    await kit.quiet();
    expect((await payoutDetail(code, kit.reader))?.status).toBe('paid');
    expect(
      (await payoutCandidates({ currency: 'CNY', from: '2000-01-01', to: '2100-01-01' }, kit.reader)).map(
        (one) => one.code,
      ),
    ).toContain(code);
    const before = await balanceOf(kit.db, BANK);
    expect(must(await kit.run(match, line(code, BigInt(payout.amount)), kit.lin))).toEqual({ gifts: 2 });
    expect(await balanceOf(kit.db, TRANSIT)).toBe(0n);
    expect((await balanceOf(kit.db, BANK)) - before).toBe(BigInt(payout.amount));
    expect(await statusOf(gifts[1] ?? '')).toBe('settled');
    expect(refusalOf(await kit.run(match, line(code, BigInt(payout.amount)), kit.lin)).name).toBe(
      'illegal_state_change',
    );
    // Taken back by a reversing entry, and matched again.
    must(await kit.run(unmatch, { payout: code, on: ON, reason: '对错行' }, kit.lin));
    expect(await balanceOf(kit.db, TRANSIT)).toBe(BigInt(payout.amount));
    expect(await statusOf(gifts[1] ?? '')).toBe('cleared');
    must(await kit.run(match, line(code, BigInt(payout.amount)), kit.lin));
    expect(await balanceOf(kit.db, TRANSIT)).toBe(0n);
  });

  it('is found by the sweep when no event told of it, and taking it twice books once', async () => {
    await paidGift();
    kit.standin.control.pause();
    kit.standin.control.advance(2);
    const payout = kit.standin.control.payout();
    kit.standin.control.dropHeld();
    kit.standin.control.resume();
    expect(await sweepPayouts(kit.around)).toMatchObject({ interrupted: false });
    await Promise.all([takePayout(payout.id, kit.around), takePayout(payout.id, kit.around)]);
    const rows = await kit.db
      .selectFrom('payout as p')
      .innerJoin('payout_entry as x', 'x.payout_id', 'p.id')
      .select('p.code')
      .where('p.provider_payout_id', '=', payout.id)
      .execute();
    expect(rows).toHaveLength(1);
    await gone(rows[0]?.code ?? '');
  });

  it('that the bank converts: the difference is refused until it has a place, then it is an exchange difference', async () => {
    await paidGift();
    const { code, payout } = await payOut();
    const short = BigInt(payout.amount) - 37n;
    expect(refusalOf(await kit.run(match, line(code, short), kit.lin)).name).toBe('amounts_differ');
    must(await kit.run(match, line(code, short, 'exchange'), kit.lin));
    expect(await balanceOf(kit.db, TRANSIT)).toBe(0n);
    expect(await balanceOf(kit.db, 'expense:exchange-differences:gen-hun-meng')).toBe(37n);
  });

  it('that fails puts the money back at the provider, and the next one brings it again', async () => {
    await paidGift();
    const { code, payout } = await payOut();
    kit.standin.control.arrivePayout(payout.id);
    kit.standin.control.failPayout(payout.id);
    await kit.quiet();
    expect((await payoutDetail(code, kit.reader))?.status).toBe('failed');
    expect(await balanceOf(kit.db, STRIPE)).toBe(BigInt(payout.amount));
    expect(await balanceOf(kit.db, TRANSIT)).toBe(0n);
    const next = await payOut();
    expect((await payoutDetail(next.code, kit.reader))?.totals.map((row) => row.home)).toEqual(['payout']);
    await gone(next.code);
    expect(await balanceOf(kit.db, STRIPE)).toBe(0n);
  });

  it('with fees and reserves of the account: own costs, and a reserve that is still ours', async () => {
    await paidGift();
    kit.standin.control.bookLine('stripe_fee', -300, 'Radar');
    kit.standin.control.bookLine('reserve_hold', -1_000, 'Risk reserve');
    const { code } = await payOut();
    expect((await payoutDetail(code, kit.reader))?.openFindings).toBe(0);
    expect(await balanceOf(kit.db, 'expense:provider-fees:gen-hun-meng')).toBe(300n);
    expect(await balanceOf(kit.db, 'assets:stripe-reserve:gen-hun-meng')).toBe(1_000n);
    await gone(code);
    kit.standin.control.bookLine('reserve_release', 1_000, 'Risk reserve');
    await gone((await payOut()).code);
    expect(await balanceOf(kit.db, 'assets:stripe-reserve:gen-hun-meng')).toBe(0n);
    expect(await balanceOf(kit.db, STRIPE)).toBe(0n);
  });
});

describe('a list that is wrong', () => {
  it('is not booked; a person explains each finding or has it read again once it is right', async () => {
    await paidGift();
    await paidGift();
    kit.standin.control.pause();
    kit.standin.control.advance(2);
    const payout = kit.standin.control.payout();
    kit.standin.control.plantFaults(payout.id, 'wrong_fee', 1);
    kit.standin.control.plantFaults(payout.id, 'extra', 1);
    kit.standin.control.resume();
    await kit.quiet();
    const { code } = await kit.db
      .selectFrom('payout')
      .select('code')
      .where('provider_payout_id', '=', payout.id)
      .executeTakeFirstOrThrow();
    const detail = await payoutDetail(code, kit.reader);
    expect(detail?.findings.map((finding) => finding.kind).sort()).toEqual(['extra', 'wrong_fee']);
    expect(detail?.bookedOn).toBeNull();
    expect(refusalOf(await kit.run(match, line(code, BigInt(payout.amount)), kit.lin)).name).toBe(
      'illegal_state_change',
    );
    must(await kit.run(readPayoutAgain, { payout: code, on: ON }, kit.lin));
    must(await readAgain(code, kit.around));
    const again = await payoutDetail(code, kit.reader);
    const explain = (finding: bigint, reading: number) =>
      kit.run(
        explainFinding,
        { payout: code, finding, reading, reason: '支付方已来信确认', on: ON },
        kit.zhou,
      );
    expect(refusalOf(await explain(detail?.findings[0]?.id ?? 0n, 1)).name).toBe('changed_since_seen');
    expect(again?.reading).toBe(2);
    const results = [];
    for (const finding of again?.findings ?? []) results.push(must(await explain(finding.id, 2)).booked);
    expect(results).toEqual([false, true]);
    await gone(code);
    expect(await balanceOf(kit.db, TRANSIT)).toBe(0n);
  });
});

describe('a manual payout', () => {
  it('has no list: it takes from the balance at the provider, and the next automatic one shows it as a line', async () => {
    await paidGift();
    await paidGift();
    kit.standin.control.advance(5 * 86_400);
    await kit.quiet();
    const answer = await fetch(`${kit.standin.url}/v1/payouts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${SECRET_KEY}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'amount=30000&currency=cny',
    });
    const made = (await answer.json()) as { id: string };
    await kit.quiet();
    const manual = await kit.db
      .selectFrom('payout')
      .select(['code', 'automatic', 'booked_on'])
      .where('provider_payout_id', '=', made.id)
      .executeTakeFirstOrThrow();
    expect(manual).toMatchObject({ automatic: false, booked_on: expect.any(String) });
    expect(await balanceOf(kit.db, TRANSIT)).toBe(30_000n);
    const { code } = await payOut();
    const detail = await payoutDetail(code, kit.reader);
    expect(detail?.findings).toEqual([]);
    expect(detail?.totals.map((row) => row.home)).toEqual(['gift', 'payout']);
    await gone(manual.code);
    await gone(code);
    expect(await balanceOf(kit.db, STRIPE)).toBe(0n);
    expect(await balanceOf(kit.db, TRANSIT)).toBe(0n);
  });
});

/** Gifts for charges that came in bulk, without entries: this test is about the list, not about the books. */
const seedGifts = async (charges: readonly string[]): Promise<void> => {
  const fees = charges.map((_charge, index) => feeOf(10_000 + index, 'card', FEES));
  await sql`
    with c as (select id from campaign limit 1), made as (
      insert into donation (id, code, reference, campaign_id, channel, currency, amount_minor, settled_minor, fee_minor, status,
        given_on, received_on, content_hash)
      select gen_random_uuid(), 'G-9' || lpad(n::text, 5, '0'), 'SEED' || n, c.id, 'card', 'CNY', 9999 + n, 9999 + n, (${fees}::int[])[n], 'recorded',
        current_date, current_date, repeat('0', 64)
      from c, generate_series(1, ${charges.length}) n returning id, code)
    insert into checkout (id, donation_id, state, charge_id)
    select gen_random_uuid(), m.id, 'complete', (${[...charges]}::text[])[substring(m.code from 4)::int] from made m`.execute(
    kit.db,
  );
};

describe('a long list', () => {
  it('of 10,000 lines with 200 faults planted: exactly those 200 are found, by name', async () => {
    const { charges } = kit.standin.control.seedPayments(10_000, 10_000, 'cny');
    await seedGifts(charges);
    kit.standin.control.pause();
    kit.standin.control.advance(2);
    const payout = kit.standin.control.payout();
    const planted = (['missing', 'extra', 'wrong_fee', 'wrong_currency'] as const).flatMap((kind) =>
      kit.standin.control.plantFaults(payout.id, kind, 50),
    );
    kit.standin.control.dropHeld();
    kit.standin.control.resume();
    const began = performance.now();
    const taken = must(await takePayout(payout.id, kit.around));
    const tookMs = Math.round(performance.now() - began);
    expect(tookMs).toBeLessThan(60_000);
    const found = await kit.db
      .selectFrom('payout_finding as f')
      .innerJoin('payout as p', 'p.id', 'f.payout_id')
      .select(['f.kind', 'f.provider_line_id as line'])
      .where('p.code', '=', taken.code)
      .execute();
    const key = (kind: string, id: string | null) => `${kind} ${id}`;
    expect(found.map((one) => key(one.kind, one.line)).sort()).toEqual(
      planted.map((one) => key(one.kind, one.kind === 'missing' ? one.hidden : one.shown)).sort(),
    );
    expect(found).toHaveLength(200);
    expect(taken.booked).toBe(false);
  }, 120_000);
});
