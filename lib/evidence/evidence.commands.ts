import { staffIdOf } from '../auth/roles.rules';
import { findCampaign } from '../campaigns/campaign.store';
import { defineCommand } from '../context';
import { retentionPayable, roadWorks } from '../ledger/accounts.rules';
import { post } from '../ledger/ledger.commands';
import { findDocument } from '../contracts/contract.store';
import { moveSegment, publishSegmentAct } from '../segments/segment-move.commands';
import { lockSegment } from '../segments/segment.store';
import { ok, refuse } from '../shared/result';
import { acceptanceForm, documentForm, photographForm, publishPhotographForm } from './evidence.form';

/** Files a document whose bytes are already in the store: kind, date, hash, and who may see it. */
export const fileDocument = defineCommand({
  name: 'document.file',
  permission: 'document:file',
  events: ['document_filed'],
  input: documentForm,
  run: async (ctx, input) => {
    const person = staffIdOf(ctx.actor);
    if (person === null) return refuse('not_permitted');
    const campaign = await findCampaign(ctx.trx, { slug: input.campaign });
    if (!campaign) return refuse('not_found', {}, 'campaign');
    const segment = input.segment === null ? null : await lockSegment(ctx.trx, { code: input.segment });
    if (input.segment !== null && !segment) return refuse('not_found', {}, 'segment');
    const { no } = await ctx.trx
      .selectNoFrom((eb) => eb.fn<bigint>('nextval', [eb.val('document_no')]).as('no'))
      .executeTakeFirstOrThrow();
    const code = `F-${no.toString().padStart(4, '0')}`;
    await ctx.trx
      .insertInto('document')
      .values({
        id: ctx.newId(),
        code,
        campaign_id: campaign.id,
        segment_id: segment?.id ?? null,
        kind: input.kind,
        title: input.title,
        dated: input.dated,
        pages: input.pages,
        media_type: input.mediaType,
        size_bytes: input.sizeBytes,
        sha256: input.sha256,
        public_sha256: input.publicSha256,
        visibility: input.visibility,
        withheld_reason: input.withheldReason,
        opens_on: input.opensOn,
        uploaded_by: person,
      })
      .execute();
    ctx.record({
      event: 'document_filed',
      subjectKind: 'document',
      subjectId: code,
      details: { kind: input.kind, sha256: input.sha256 },
    });
    if (input.visibility !== 'internal')
      publishSegmentAct(ctx, campaign, {
        event: 'document_filed',
        subject: code,
        on: input.dated,
        facts: { kind: input.kind, sha256: input.sha256, segment: input.segment },
      });
    return ok({ code });
  },
});

/** Files a photograph whose copies are in the store. Capture time and place stay sealed; nothing is public yet. */
export const filePhotograph = defineCommand({
  name: 'photograph.file',
  permission: 'photograph:file',
  events: ['photograph_filed'],
  input: photographForm,
  run: async (ctx, input) => {
    const person = staffIdOf(ctx.actor);
    if (person === null) return refuse('not_permitted');
    const segment = await lockSegment(ctx.trx, { code: input.segment });
    if (!segment) return refuse('not_found', {}, 'segment');
    const id = ctx.newId();
    await ctx.trx
      .insertInto('photograph')
      .values({
        id,
        segment_id: segment.id,
        stage: input.stage,
        station: input.station,
        taken_on: input.takenOn,
        original_sha256: input.originalSha256,
        public_sha256: input.publicSha256,
        thumb_sha256: input.thumbSha256,
        width_px: input.widthPx,
        height_px: input.heightPx,
        caption: input.caption,
        illustrative: input.illustrative,
        uploaded_by: person,
      })
      .execute();
    await ctx.trx
      .insertInto('photograph_sealed')
      .values({
        photograph_id: id,
        captured_at: input.capturedAt,
        latitude_e7: input.latitudeE7,
        longitude_e7: input.longitudeE7,
      })
      .execute();
    ctx.record({
      event: 'photograph_filed',
      subjectKind: 'photograph',
      subjectId: id,
      details: { segment: segment.code, stage: input.stage, sha256: input.originalSha256 },
    });
    return ok({ id });
  },
});

/** A person has looked at the public copy (faces and plates covered) and shows it. Not the one who uploaded it. */
export const publishPhotograph = defineCommand({
  name: 'photograph.publish',
  permission: 'photograph:publish',
  events: ['photograph_published'],
  input: publishPhotographForm,
  run: async (ctx, input) => {
    const person = staffIdOf(ctx.actor);
    const found = await ctx.trx
      .selectFrom('photograph as p')
      .innerJoin('segment as s', 's.id', 'p.segment_id')
      .select(['p.uploaded_by', 'p.published_on', 'p.original_sha256', 'p.stage', 's.code', 's.campaign_id'])
      .where('p.id', '=', input.photograph)
      .forUpdate('p')
      .executeTakeFirst();
    if (!found) return refuse('not_found', {}, 'photograph');
    if (found.published_on !== null) return refuse('illegal_state_change', { from: 'published' });
    if (found.uploaded_by === person) return refuse('maker_is_checker');
    const campaign = await findCampaign(ctx.trx, { id: found.campaign_id });
    if (!campaign) return refuse('not_found');
    await ctx.trx
      .updateTable('photograph')
      .set({ published_by: person, published_on: input.on })
      .where('id', '=', input.photograph)
      .execute();
    ctx.record({
      event: 'photograph_published',
      subjectKind: 'photograph',
      subjectId: input.photograph,
      details: { segment: found.code },
    });
    publishSegmentAct(ctx, campaign, {
      event: 'photograph_published',
      subject: found.code,
      on: input.on,
      facts: { stage: found.stage, sha256: found.original_sha256 },
    });
    return ok({ id: input.photograph });
  },
});

/**
 * The signed acceptance sheet (竣工验收). The signer is not the person who uploaded the sheet. Accepting recognises
 * the retention money as owed (later) and moves the road on; otherwise it goes to rework.
 */
export const signAcceptance = defineCommand({
  name: 'acceptance.sign',
  permission: 'work:accept',
  events: ['acceptance_signed', 'segment_moved'],
  input: acceptanceForm,
  run: async (ctx, input) => {
    const person = staffIdOf(ctx.actor);
    if (person === null) return refuse('not_permitted');
    const segment = await lockSegment(ctx.trx, { code: input.segment });
    if (!segment) return refuse('not_found', {}, 'segment');
    const campaign = await findCampaign(ctx.trx, { id: segment.campaignId });
    if (!campaign) return refuse('not_found');
    const sheet = await findDocument(ctx.trx, input.sheet);
    if (sheet?.kind !== 'acceptance_sheet' || sheet.segment_id !== segment.id)
      return refuse('acceptance_sheet_missing', {}, 'sheet');
    if (sheet.uploaded_by === person) return refuse('uploader_is_signer');
    await ctx.trx
      .insertInto('acceptance')
      .values({
        id: ctx.newId(),
        segment_id: segment.id,
        sheet_document_id: sheet.id,
        length_mm: input.lengthMm,
        width_mm: input.widthMm,
        thickness_mm: input.thicknessMm,
        signed_by: person,
        signed_on: input.on,
        result: input.result,
        remark: input.remark,
      })
      .execute();
    const moved = await moveSegment(
      ctx,
      campaign,
      segment,
      input.result === 'accepted' ? 'accept' : 'ask_rework',
      {
        on: input.on,
        reason: input.remark,
      },
    );
    if (!moved.ok) return moved;
    if (input.result === 'accepted') {
      const contract = await ctx.trx
        .selectFrom('contract')
        .select(['code', 'retention_minor'])
        .where('segment_id', '=', segment.id)
        .where('status', '=', 'signed')
        .executeTakeFirst();
      if (contract && contract.retention_minor > 0n) {
        const entry = await post(ctx, {
          kind: 'retention_recognised',
          campaign,
          subjectKind: 'contract',
          subject: contract.code,
          date: input.on,
          postings: [
            {
              from: retentionPayable(campaign.slug),
              to: roadWorks(campaign.slug, segment.code),
              amountMinor: contract.retention_minor,
            },
          ],
        });
        if (!entry.ok) return entry;
      }
    }
    ctx.record({
      event: 'acceptance_signed',
      subjectKind: 'segment',
      subjectId: segment.code,
      details: { result: input.result, sheet: sheet.code },
    });
    publishSegmentAct(ctx, campaign, {
      event: 'acceptance_signed',
      subject: segment.code,
      on: input.on,
      facts: {
        result: input.result,
        sheet: sheet.sha256,
        lengthMm: input.lengthMm,
        widthMm: input.widthMm,
        thicknessMm: input.thicknessMm,
      },
    });
    return ok({ status: moved.value });
  },
});
