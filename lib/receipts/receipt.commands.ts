import { staffIdOf } from '../auth/roles.rules';
import { findCampaign, type CampaignRow } from '../campaigns/campaign.store';
import { defineCommand, type CommandContext } from '../context';
import { lockDonation, type DonationRow } from '../donations/donation.store';
import { goneOf } from '../donations/refund.store';
import { actLeaf } from '../proof/leaf';
import { ok, refuse, type Result } from '../shared/result';
import { accountingDate } from '../shared/time';
import { fiscalNumberForm, issueReceiptForm, reissueReceiptForm, voidReceiptForm } from './receipt.form';
import { decideReceipt, decideReceiptMove, receiptableMinor, receiptNumber } from './receipt.rules';
import {
  donorName,
  endReceipt,
  insertReceipt,
  lockReceipt,
  nextSerial,
  setFiscalNumber,
  validReceipt,
  waiverInForce,
  type ReceiptRow,
} from './receipt.store';

/** Both null when the gift's receipt was only voided. */
export type IssuedReceipt = { readonly number: string | null; readonly serial: bigint | null };

/**
 * Gives a gift the receipt it should have: a first one, a corrected one after a refund, or none when everything went
 * back. Asked again when all is right, it refuses `duplicate_submission` and writes nothing.
 *
 * It runs after the gift's own transaction: a gap-free number is a lock on the campaign, and gifts that come in at a
 * concert must not wait for one another.
 */
export const issueReceipt = defineCommand({
  name: 'receipt.issue',
  permission: 'receipt:issue',
  events: ['receipt_issued', 'receipt_voided'],
  input: issueReceiptForm,
  run: async (ctx, input) => {
    const donation = await lockDonation(ctx.trx, { code: input.donation });
    if (!donation) return refuse('not_found', {}, 'donation');
    const campaign = await findCampaign(ctx.trx, { id: donation.campaignId });
    if (!campaign) return refuse('not_found');
    const today = accountingDate(ctx.now, campaign.timeZone);
    const on = input.on ?? today;
    if (on > today) return refuse('date_in_future', { on }, 'on');
    if (await waiverInForce(ctx.trx, donation.id)) return refuse('receipt_waived', { gift: donation.code });
    const valid = await validReceipt(ctx.trx, donation.id);
    const step = decideReceipt(
      valid,
      receiptableMinor({ ...donation, ...(await goneOf(ctx.trx, donation.id)) }),
    );
    if (step.do === 'nothing')
      return valid === null
        ? refuse('illegal_state_change', { from: donation.status, event: 'issue' })
        : refuse('duplicate_submission', { serial: valid.serial });
    if (valid !== null) {
      const ended = await end(ctx, campaign, valid, step.do === 'void' ? 'void' : 're_issue', {
        on,
        reason: 'amount changed by a refund or dispute',
      });
      if (!ended.ok) return ended;
    }
    if (step.do === 'void') return ok<IssuedReceipt>({ number: null, serial: null });
    return ok<IssuedReceipt>(
      await write(ctx, campaign, donation, {
        amountMinor: step.amountMinor,
        issuedTo: valid?.issuedTo ?? (await donorName(ctx.trx, donation.donorId)),
        on,
        replacesId: valid?.id ?? null,
      }),
    );
  },
});

/** Voids a receipt with a reason. The number stays used and the paper stays readable as void. */
export const voidReceipt = defineCommand({
  name: 'receipt.void',
  permission: 'receipt:issue',
  events: ['receipt_voided'],
  input: voidReceiptForm,
  run: async (ctx, input) => {
    const found = await find(ctx, input);
    if (!found.ok) return found;
    const { receipt, campaign } = found.value;
    const ended = await end(ctx, campaign, receipt, 'void', input);
    return ended.ok ? ok({ serial: input.serial }) : ended;
  },
});

/** Replaces a receipt, for instance for a misspelt name: the old one is void, the new one has a number of its own. */
export const reissueReceipt = defineCommand({
  name: 'receipt.reissue',
  permission: 'receipt:issue',
  events: ['receipt_issued', 'receipt_voided'],
  input: reissueReceiptForm,
  run: async (ctx, input) => {
    const found = await find(ctx, input);
    if (!found.ok) return found;
    const { receipt, campaign, donation } = found.value;
    const dueMinor = receiptableMinor({ ...donation, ...(await goneOf(ctx.trx, donation.id)) });
    if (dueMinor <= 0n) return refuse('illegal_state_change', { from: donation.status, event: 're_issue' });
    if (receipt.status === 'voided' && (await validReceipt(ctx.trx, donation.id)))
      return refuse('duplicate_submission');
    const ended = await end(ctx, campaign, receipt, 're_issue', input);
    if (!ended.ok) return ended;
    return ok(
      await write(ctx, campaign, donation, {
        amountMinor: dueMinor,
        issuedTo: input.issuedTo ?? receipt.issuedTo,
        on: input.on,
        replacesId: receipt.id,
      }),
    );
  },
});

/** Registers the number of the fiscal receipt that the finance bureau's system gave. */
export const registerFiscalNumber = defineCommand({
  name: 'receipt.fiscal_number',
  permission: 'receipt:issue',
  events: ['receipt_fiscal_number_registered'],
  input: fiscalNumberForm,
  run: async (ctx, input) => {
    const found = await find(ctx, input);
    if (!found.ok) return found;
    const { receipt } = found.value;
    if (receipt.status !== 'issued')
      return refuse('illegal_state_change', { from: receipt.status, event: 'register' });
    await setFiscalNumber(ctx.trx, receipt.id, {
      number: input.fiscalNumber,
      details: input.details,
    });
    ctx.record({
      event: 'receipt_fiscal_number_registered',
      subjectKind: 'receipt',
      subjectId: `${input.campaign}/${input.serial}`,
    });
    return ok({ serial: input.serial });
  },
});

type Found = {
  readonly receipt: ReceiptRow;
  readonly campaign: CampaignRow;
  readonly donation: DonationRow;
};

/** Locks the gift before its receipt, as everything about a gift does. */
const find = async (
  ctx: CommandContext,
  { campaign: slug, serial }: { readonly campaign: string; readonly serial: bigint },
): Promise<Result<Found>> => {
  const campaign = await findCampaign(ctx.trx, { slug });
  if (!campaign) return refuse('not_found', {}, 'campaign');
  const seen = await ctx.trx
    .selectFrom('receipt')
    .select('donation_id')
    .where('campaign_id', '=', campaign.id)
    .where('serial', '=', serial)
    .executeTakeFirst();
  const donation = seen && (await lockDonation(ctx.trx, { id: seen.donation_id }));
  const receipt = donation && (await lockReceipt(ctx.trx, campaign.id, serial));
  return donation && receipt ? ok({ receipt, campaign, donation }) : refuse('not_found', {}, 'serial');
};

const end = async (
  ctx: CommandContext,
  campaign: CampaignRow,
  receipt: ReceiptRow,
  event: 'void' | 're_issue',
  how: { readonly on: string; readonly reason: string },
): Promise<Result<null>> => {
  const to = decideReceiptMove(receipt.status, event);
  if (!to.ok) return to;
  const moved = await endReceipt(ctx.trx, receipt.id, receipt.status, {
    to: event === 'void' ? 'voided' : 're_issued',
    on: how.on,
    by: staffIdOf(ctx.actor),
    reason: how.reason,
  });
  if (!moved) return refuse('changed_since_seen');
  tell(ctx, campaign, 'receipt_voided', receipt, how.on);
  return ok(null);
};

const write = async (
  ctx: CommandContext,
  campaign: CampaignRow,
  donation: DonationRow,
  paper: {
    readonly amountMinor: bigint;
    readonly issuedTo: string | null;
    readonly on: string;
    readonly replacesId: string | null;
  },
): Promise<{ readonly number: string; readonly serial: bigint }> => {
  const serial = await nextSerial(ctx.trx, campaign.id);
  const receipt = {
    id: ctx.newId(),
    serial,
    donationId: donation.id,
    amountMinor: paper.amountMinor,
    currency: campaign.currency,
    issuedTo: paper.issuedTo,
    issuedOn: paper.on,
  };
  await insertReceipt(ctx.trx, {
    ...receipt,
    campaignId: campaign.id,
    replacesId: paper.replacesId,
    issuedBy: staffIdOf(ctx.actor),
  });
  tell(ctx, campaign, 'receipt_issued', receipt, paper.on);
  return { number: receiptNumber(paper.on, serial), serial };
};

/** Every number, used or void, is in the public log with its amount: anyone can see that none is missing. */
const tell = (
  ctx: CommandContext,
  campaign: CampaignRow,
  event: 'receipt_issued' | 'receipt_voided',
  receipt: Pick<ReceiptRow, 'serial' | 'issuedOn' | 'amountMinor' | 'currency'>,
  on: string,
): void => {
  const number = receiptNumber(receipt.issuedOn, receipt.serial ?? 0n);
  ctx.record({
    event,
    subjectKind: 'receipt',
    subjectId: `${campaign.slug}/${number}`,
    details: { amountMinor: receipt.amountMinor },
  });
  ctx.publish(
    actLeaf({
      event,
      subject: number,
      date: on,
      recorded: ctx.now.toISOString().slice(0, 10),
      campaign: campaign.slug,
      facts: { amount: receipt.amountMinor, currency: receipt.currency },
    }),
  );
};
