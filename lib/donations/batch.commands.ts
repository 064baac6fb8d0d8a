import { staffIdOf } from '../auth/roles.rules';
import { sql } from 'kysely';
import { z } from 'zod';
import { findCampaign } from '../campaigns/campaign.store';
import { defineCommand, type CommandContext } from '../context';
import { contentHash } from '../shared/canonical';
import { day, minorAmount, reason, segmentCode, sha256, slug } from '../shared/form-parts';
import { ok, refuse } from '../shared/result';
import { decideBatch, giverName, seenOfBatch } from './batch.rules';
import { cancelDonation, clearDonation, recordDonation, verifyDonation } from './donation.commands';

const batchCode = z.string().regex(/^B-\d{4,}$/, { error: 'batch_number' });

const enterBatchForm = z.object({
  campaign: slug,
  kind: z.enum(['mixed', 'cash', 'cheque']),
  note: z.string().trim().max(500).nullable(),
  count: z.number().int().positive(),
  totalMinor: minorAmount,
  /** Pieces of each note and coin, by face value in minor units; null when there is no cash to count. */
  cashCount: z
    .record(z.string().regex(/^\d{1,6}$/), z.number().int().nonnegative().max(1_000_000))
    .nullable(),
  on: day,
  gifts: z
    .array(
      z.object({
        donorName: giverName.nullable(),
        amountMinor: minorAmount,
        channel: z.enum(['cash', 'cheque', 'bank']),
        givenOn: day,
        designation: segmentCode.nullable(),
        pledge: z.string().nullable(),
        reference: z.string().trim().min(1).max(140).nullable(),
      }),
    )
    .min(1)
    .max(500),
});

/**
 * Enters gifts by hand, one or a whole bundle. Nothing is written unless count and sum are what the clerk had counted
 * before (`control_totals_differ`), and, with a cash count sheet, its notes and coins come to the cash entered.
 */
export const enterBatch = defineCommand({
  name: 'gift_batch.enter',
  permission: 'donation:record',
  events: ['gift_batch_entered', 'donation_recorded'],
  input: enterBatchForm,
  run: async (ctx, input) => {
    const by = staffIdOf(ctx.actor);
    if (by === null) return refuse('not_permitted');
    const allowed = decideBatch(input.gifts, input);
    if (!allowed.ok) return allowed;
    const campaign = await findCampaign(ctx.trx, { slug: input.campaign });
    if (!campaign) return refuse('not_found', {}, 'campaign');
    const { rows } = await sql<{ no: bigint }>`select nextval('gift_batch_no') as no`.execute(ctx.trx);
    const code = `B-${(rows[0]?.no ?? 0n).toString().padStart(4, '0')}`;
    const gifts: { readonly id: string; readonly hash: string }[] = [];
    for (const [index, gift] of input.gifts.entries()) {
      const recorded = await recordDonation.run(ctx, {
        campaign: input.campaign,
        pledge: gift.pledge,
        donor:
          gift.donorName === null
            ? null
            : {
                name: gift.donorName,
                email: null,
                phone: null,
                country: null,
                kind: 'person',
                contact: null,
                lang: 'zh-Hans',
              },
        currency: campaign.currency,
        amountMinor: gift.amountMinor,
        designation: gift.designation,
        recognition: null,
        ifNotBuilt: 'ask',
        sharers: [],
        event: null,
        givenOn: gift.givenOn,
        channel: gift.channel,
        bankReference: gift.reference,
      });
      if (!recorded.ok)
        return {
          ...recorded,
          refusal: { ...recorded.refusal, field: `gifts.${index}.${recorded.refusal.field ?? 'amount'}` },
        };
      gifts.push({ id: recorded.value.donationId, hash: recorded.value.contentHash });
    }
    const id = ctx.newId();
    const hash = contentHash({ code, gifts: gifts.map((gift) => gift.hash), cash: input.cashCount });
    await ctx.trx
      .insertInto('gift_batch')
      .values({
        id,
        code,
        campaign_id: campaign.id,
        kind: input.kind,
        note: input.note,
        gift_count: input.count,
        total_minor: input.totalMinor,
        cash_count: input.cashCount === null ? null : JSON.stringify(input.cashCount),
        content_hash: hash,
        status: 'recorded',
        entered_on: input.on,
        entered_by: by,
      })
      .execute();
    await ctx.trx
      .insertInto('gift_batch_line')
      .values(gifts.map((gift, index) => ({ batch_id: id, line_no: index + 1, donation_id: gift.id })))
      .execute();
    ctx.record({
      event: 'gift_batch_entered',
      subjectKind: 'gift_batch',
      subjectId: code,
      details: { count: input.count, totalMinor: input.totalMinor },
    });
    return ok({ batch: code, contentHash: hash, gifts: gifts.length });
  },
});

const lockBatch = (ctx: CommandContext, code: string) =>
  ctx.trx.selectFrom('gift_batch').selectAll().where('code', '=', code).forUpdate().executeTakeFirst();

const giftsOf = (ctx: CommandContext, batchId: string) =>
  ctx.trx
    .selectFrom('gift_batch_line as l')
    .innerJoin('donation as d', 'd.id', 'l.donation_id')
    .select(['d.code', 'd.channel', 'd.content_hash as contentHash', 'd.status', 'd.given_on as givenOn'])
    .where('l.batch_id', '=', batchId)
    .orderBy('l.line_no')
    .execute();

/**
 * The second person confirms a bundle as a whole: what they counted is what was entered. Cash is in the box and counts
 * as received from now on; cheques and transfers wait for their bank line.
 */
export const verifyBatch = defineCommand({
  name: 'gift_batch.verify',
  permission: 'donation:verify',
  events: ['gift_batch_verified', 'donation_verified', 'donation_cleared', 'pledge_applied'],
  input: z.object({ batch: batchCode, seenHash: sha256, on: day }),
  run: async (ctx, input) => {
    const batch = await lockBatch(ctx, input.batch);
    if (!batch) return refuse('not_found', {}, 'batch');
    if (batch.status !== 'recorded')
      return refuse('illegal_state_change', { from: batch.status, event: 'verify' });
    const gifts = await giftsOf(ctx, batch.id);
    if (seenOfBatch({ contentHash: batch.content_hash }, gifts) !== input.seenHash)
      return refuse('changed_since_seen');
    if (batch.entered_by === staffIdOf(ctx.actor)) return refuse('maker_is_checker');
    for (const gift of gifts) {
      // One of them may have been confirmed by itself, by whoever has looked through everything that waits.
      if (gift.status === 'recorded') {
        const verified = await verifyDonation.run(ctx, {
          donation: gift.code,
          seenHash: gift.contentHash,
          on: input.on,
        });
        if (!verified.ok) return verified;
      }
      if (gift.channel !== 'cash' || !['recorded', 'verified'].includes(gift.status)) continue;
      const cleared = await clearDonation.run(ctx, {
        donation: gift.code,
        receivedOn: gift.givenOn,
        settledMinor: null,
        feeMinor: 0n,
        rate: null,
        rateOn: null,
        bankReference: null,
      });
      if (!cleared.ok) return cleared;
    }
    await ctx.trx
      .updateTable('gift_batch')
      .set({ status: 'verified', decided_by: staffIdOf(ctx.actor), decided_on: input.on })
      .where('id', '=', batch.id)
      .execute();
    ctx.record({ event: 'gift_batch_verified', subjectKind: 'gift_batch', subjectId: batch.code });
    return ok({ batch: batch.code });
  },
});

/** Sends a bundle back: its gifts are cancelled with the reason, and the clerk enters it anew. */
export const returnBatch = defineCommand({
  name: 'gift_batch.return',
  permission: 'donation:verify',
  events: ['gift_batch_returned', 'donation_cancelled'],
  input: z.object({ batch: batchCode, reason, on: day }),
  run: async (ctx, input) => {
    const batch = await lockBatch(ctx, input.batch);
    if (!batch) return refuse('not_found', {}, 'batch');
    if (batch.status !== 'recorded')
      return refuse('illegal_state_change', { from: batch.status, event: 'return' });
    if (batch.entered_by === staffIdOf(ctx.actor)) return refuse('maker_is_checker');
    for (const gift of await giftsOf(ctx, batch.id)) {
      if (gift.status !== 'recorded') continue;
      const cancelled = await cancelDonation.run(ctx, {
        donation: gift.code,
        on: input.on,
        reason: input.reason,
      });
      if (!cancelled.ok) return cancelled;
    }
    await ctx.trx
      .updateTable('gift_batch')
      .set({
        status: 'returned',
        decided_by: staffIdOf(ctx.actor),
        decided_on: input.on,
        reason: input.reason,
      })
      .where('id', '=', batch.id)
      .execute();
    ctx.record({
      event: 'gift_batch_returned',
      subjectKind: 'gift_batch',
      subjectId: batch.code,
      details: { reason: input.reason },
    });
    return ok({ batch: batch.code });
  },
});
