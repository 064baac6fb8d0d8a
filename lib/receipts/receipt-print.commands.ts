import { accountIdOf } from '../auth/roles.rules';
import { defineCommand } from '../context';
import { lockDonation } from '../donations/donation.store';
import { ok, refuse } from '../shared/result';
import { accountingDate } from '../shared/time';
import { findCampaign } from '../campaigns/campaign.store';
import { printReceiptForm, waiveReceiptForm } from './receipt.form';
import {
  endWaiver,
  insertPrint,
  insertWaiver,
  isOwnGift,
  lockForPrint,
  validReceipt,
  waiverInForce,
} from './receipt.store';

/**
 * Counts a print of a receipt before it is drawn. The first is the original; each later one is marked 副本, so that no
 * two papers without that mark exist. A giver prints only receipts of their own gifts.
 */
export const printReceipt = defineCommand({
  name: 'receipt.print',
  permission: 'receipt:print',
  events: ['receipt_printed'],
  input: printReceiptForm,
  run: async (ctx, input) => {
    const receipt = await lockForPrint(ctx.trx, input.receiptId);
    if (!receipt || receipt.serial === null) return refuse('not_found');
    if (ctx.actor.kind === 'donor' && !(await isOwnGift(ctx.trx, receipt.donationId, ctx.actor.personId)))
      return refuse('not_found');
    const by = accountIdOf(ctx.actor);
    const no = await insertPrint(ctx.trx, { receiptId: receipt.id, lang: input.lang, by });
    ctx.record({ event: 'receipt_printed', subjectKind: 'receipt', subjectId: receipt.id, details: { no } });
    return ok({ no });
  },
});

/**
 * A giver does without a receipt before one was issued, or wants one after all; either is kept on record
 * (慈善法 art 38). A receipt that exists is not waived but voided.
 */
export const waiveReceipt = defineCommand({
  name: 'receipt.waive',
  permission: 'receipt:waive',
  events: ['receipt_waived', 'receipt_waiver_withdrawn'],
  input: waiveReceiptForm,
  run: async (ctx, input) => {
    const donation = await lockDonation(ctx.trx, { code: input.donation });
    if (!donation) return refuse('not_found', {}, 'donation');
    if (ctx.actor.kind === 'donor' && !(await isOwnGift(ctx.trx, donation.id, ctx.actor.personId)))
      return refuse('not_found', {}, 'donation');
    const campaign = await findCampaign(ctx.trx, { id: donation.campaignId });
    if (!campaign) return refuse('not_found');
    if (input.on > accountingDate(ctx.now, campaign.timeZone)) return refuse('date_in_future', {}, 'on');
    if ((await waiverInForce(ctx.trx, donation.id)) === input.waive) return refuse('duplicate_submission');
    const by = accountIdOf(ctx.actor);
    if (input.waive) {
      if (await validReceipt(ctx.trx, donation.id))
        return refuse('illegal_state_change', { from: 'issued', event: 'waive' });
      await insertWaiver(ctx.trx, { donationId: donation.id, by, on: input.on });
    } else {
      await endWaiver(ctx.trx, donation.id, input.on);
      ctx.enqueue({
        task: 'receipt_issue',
        payload: { donation: donation.code },
        key: `receipt_issue:${donation.code}`,
      });
    }
    ctx.record({
      event: input.waive ? 'receipt_waived' : 'receipt_waiver_withdrawn',
      subjectKind: 'donation',
      subjectId: donation.code,
    });
    return ok({ donation: donation.code, waived: input.waive });
  },
});
