import { staffIdOf } from '../auth/roles.rules';
import { findCampaign } from '../campaigns/campaign.store';
import { findDocument } from '../contracts/contract.store';
import { defineCommand } from '../context';
import { publishSegmentAct } from '../segments/segment-move.commands';
import { ok, refuse } from '../shared/result';
import { coverPhotographForm, redactDocumentForm, withholdDocumentForm } from './evidence.form';

/** Puts a public copy with faces and number plates covered in place of the one before, while nobody outside sees it. */
export const coverPhotograph = defineCommand({
  name: 'photograph.cover',
  permission: 'photograph:publish',
  events: ['photograph_covered'],
  input: coverPhotographForm,
  run: async (ctx, input) => {
    const found = await ctx.trx
      .selectFrom('photograph')
      .select('published_on')
      .where('id', '=', input.photograph)
      .forUpdate()
      .executeTakeFirst();
    if (!found) return refuse('not_found', {}, 'photograph');
    if (found.published_on !== null) return refuse('illegal_state_change', { from: 'published' });
    await ctx.trx
      .updateTable('photograph')
      .set({
        public_sha256: input.publicSha256,
        thumb_sha256: input.thumbSha256,
        width_px: input.widthPx,
        height_px: input.heightPx,
        covered_by: staffIdOf(ctx.actor),
        covered_on: input.on,
        covered_count: input.count,
      })
      .where('id', '=', input.photograph)
      .execute();
    ctx.record({
      event: 'photograph_covered',
      subjectKind: 'photograph',
      subjectId: input.photograph,
      details: { count: input.count, sha256: input.publicSha256 },
    });
    return ok({ id: input.photograph });
  },
});

/**
 * Adds the copy of a document in which names, accounts and signatures are blacked out: from now on the public can open
 * it. The sealed original and its hash stay as they are. Not by the one who uploaded the original, and nothing that is
 * withheld before its day.
 */
export const redactDocument = defineCommand({
  name: 'document.redact',
  permission: 'document:redact',
  events: ['document_redacted'],
  input: redactDocumentForm,
  run: async (ctx, input) => {
    const found = await findDocument(ctx.trx, input.document);
    if (!found) return refuse('not_found', {}, 'document');
    if (found.visibility !== 'redacted' && found.visibility !== 'withheld')
      return refuse('illegal_state_change', { from: found.visibility });
    if (found.opens_on !== null && input.on < found.opens_on) return refuse('not_open_yet', {}, 'on');
    const person = staffIdOf(ctx.actor);
    if (person === found.uploaded_by) return refuse('maker_is_checker');
    if (input.publicSha256 === found.sha256) return refuse('duplicate_submission', {}, 'document');
    const campaign = await findCampaign(ctx.trx, { id: found.campaign_id });
    if (!campaign) return refuse('not_found');
    await ctx.trx
      .updateTable('document')
      .set({
        public_sha256: input.publicSha256,
        redacted_by: person,
        redacted_on: input.on,
        visibility: 'redacted',
        withheld_reason: null,
        opens_on: null,
      })
      .where('id', '=', found.id)
      .execute();
    ctx.record({
      event: 'document_redacted',
      subjectKind: 'document',
      subjectId: found.code,
      details: { sha256: input.publicSha256 },
    });
    publishSegmentAct(ctx, campaign, {
      event: 'document_redacted',
      subject: found.code,
      on: input.on,
      facts: { kind: found.kind, sha256: input.publicSha256 },
    });
    return ok({ code: found.code });
  },
});

/**
 * Keeps a document back that the public has not opened yet, with the reason and the day it opens; again with another day
 * when it must wait longer. Its hash stays public, each day given is a leaf of the public log, and what has once been open
 * is never withheld. Not by the one who uploaded it.
 */
export const withholdDocument = defineCommand({
  name: 'document.withhold',
  permission: 'document:redact',
  events: ['document_withheld'],
  input: withholdDocumentForm,
  run: async (ctx, input) => {
    const found = await findDocument(ctx.trx, input.document);
    if (!found) return refuse('not_found', {}, 'document');
    if (found.visibility === 'public' || found.visibility === 'internal' || found.public_sha256 !== null)
      return refuse('illegal_state_change', { from: found.visibility });
    const person = staffIdOf(ctx.actor);
    if (person === found.uploaded_by) return refuse('maker_is_checker');
    const campaign = await findCampaign(ctx.trx, { id: found.campaign_id });
    if (!campaign) return refuse('not_found');
    await ctx.trx
      .updateTable('document')
      .set({ visibility: 'withheld', withheld_reason: input.reason, opens_on: input.opensOn })
      .where('id', '=', found.id)
      .execute();
    ctx.record({
      event: 'document_withheld',
      subjectKind: 'document',
      subjectId: found.code,
      details: { opens: input.opensOn, reason: input.reason },
    });
    publishSegmentAct(ctx, campaign, {
      event: 'document_withheld',
      subject: found.code,
      on: input.on,
      facts: { kind: found.kind, sha256: found.sha256, opens: input.opensOn },
    });
    return ok({ code: found.code });
  },
});
