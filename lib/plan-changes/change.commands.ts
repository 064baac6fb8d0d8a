import { staffIdOf } from '../auth/roles.rules';
import { findCampaign } from '../campaigns/campaign.store';
import { findDocument } from '../contracts/contract.store';
import { defineCommand, type CommandContext } from '../context';
import { env } from '../env';
import { queueMail } from '../mail/outbox.store';
import { publishSegmentAct } from '../segments/segment-move.commands';
import { lockSegment } from '../segments/segment.store';
import { isCurrency, sumMinor } from '../shared/money';
import { ok, refuse, type Result } from '../shared/result';
import {
  answerForm,
  askForm,
  changeReasonForm,
  deadlineForm,
  openChangeForm,
  ownAnswerForm,
} from './change.form';
import { decideAnswer, firstAnswer } from './change.rules';
import { giftsOfChange, lockChange, lotsOfRoad, nextChangeCode, type ChangeRow } from './change.store';
import { letterData } from './change.letter';
import { readConsentToken } from './consent-token';

/**
 * Opens the change of a road's plan and lists every gift it touches. Gifts for this very road need an answer of
 * their giver; gifts for wherever it is needed do not. Refuses `shortfall_open` while a hole lies with the road.
 */
export const openChange = defineCommand({
  name: 'plan-change.open',
  permission: 'plan-change:work',
  events: ['plan_change_opened'],
  input: openChangeForm,
  run: async (ctx, input) => {
    const person = staffIdOf(ctx.actor);
    if (person === null) return refuse('not_permitted');
    const segment = await lockSegment(ctx.trx, { code: input.segment });
    if (!segment) return refuse('not_found', {}, 'segment');
    if (segment.status === 'closed' || segment.status === 'proposed')
      return refuse('illegal_state_change', { from: segment.status });
    const target =
      input.toSegment === null
        ? null
        : await ctx.trx
            .selectFrom('segment')
            .select(['id', 'campaign_id', 'code'])
            .where('code', '=', input.toSegment)
            .executeTakeFirst();
    if (target === undefined || target?.code === segment.code) return refuse('not_found', {}, 'toSegment');
    if (target !== null && target.campaign_id !== segment.campaignId)
      return refuse('not_found', {}, 'toSegment');
    const campaign = await findCampaign(ctx.trx, { id: segment.campaignId });
    if (!campaign) return refuse('not_found');
    const open = await ctx.trx
      .selectFrom('plan_change')
      .select('code')
      .where('segment_id', '=', segment.id)
      .where('status', 'in', ['open', 'proposed'])
      .executeTakeFirst();
    if (open) return refuse('plan_change_exists', { change: open.code });
    const lots = await lotsOfRoad(ctx.trx, { code: segment.code, campaign: campaign.slug });
    if (lots.some((lot) => lot.kind === 'shortfall')) return refuse('shortfall_open');
    const code = await nextChangeCode(ctx.trx);
    const id = ctx.newId();
    await ctx.trx
      .insertInto('plan_change')
      .values({
        id,
        code,
        campaign_id: campaign.id,
        segment_id: segment.id,
        kind: input.kind,
        reason: input.reason,
        basis: input.basis,
        basis_reference: input.basisReference,
        to_segment_id: target?.id ?? null,
        deadline: input.deadline,
        status: 'open',
        opened_by: person,
        opened_on: input.on,
      })
      .execute();
    if (lots.length > 0)
      await ctx.trx
        .insertInto('plan_change_gift')
        .values(
          lots.map((lot) => {
            const answer = firstAnswer(input.kind, {
              forThisRoad: lot.designation === segment.code,
              ifNotBuilt: lot.ifNotBuilt,
            });
            const answered = answer === 'given' || answer === 'refused';
            return {
              plan_change_id: id,
              lot_id: lot.lotId,
              amount_minor: lot.onRoadMinor + lot.inFundMinor,
              answer,
              asked_on: answered ? input.on : null,
              asked_by_means: answered ? 'with_gift' : null,
              answered_on: answered ? input.on : null,
              evidence: answered ? 'with-gift' : null,
            };
          }),
        )
        .execute();
    const amountMinor = sumMinor(lots.map((lot) => lot.onRoadMinor + lot.inFundMinor));
    ctx.record({
      event: 'plan_change_opened',
      subjectKind: 'plan_change',
      subjectId: code,
      details: { segment: segment.code, kind: input.kind, gifts: lots.length, amountMinor },
    });
    publishSegmentAct(ctx, campaign, {
      event: 'plan_change_opened',
      subject: code,
      on: input.on,
      facts: { segment: segment.code, kind: input.kind, basis: input.basis, deadline: input.deadline },
    });
    return ok({ code, gifts: lots.length });
  },
});

const openOf = async (ctx: CommandContext, code: string): Promise<Result<ChangeRow>> => {
  const change = await lockChange(ctx.trx, code);
  if (!change) return refuse('not_found', {}, 'change');
  return change.status === 'open' ? ok(change) : refuse('illegal_state_change', { from: change.status });
};

/**
 * Records that givers are asked. By mail it writes to each in their own language, with a link of their own to answer;
 * by letter, telephone or in person it records that and when.
 */
export const askGivers = defineCommand({
  name: 'plan-change.ask',
  permission: 'plan-change:work',
  events: ['consent_asked'],
  input: askForm,
  run: async (ctx, input) => {
    const found = await openOf(ctx, input.change);
    if (!found.ok) return found;
    const change = found.value;
    const campaign = await findCampaign(ctx.trx, { id: change.campaignId });
    if (!campaign || !isCurrency(campaign.currency)) return refuse('not_found');
    const gifts = (await giftsOfChange(ctx.trx, change.id)).filter(
      (gift) =>
        (input.gift === null ? gift.answer === 'to_ask' : gift.subject === input.gift) &&
        (gift.answer === 'to_ask' || gift.answer === 'asked') &&
        (input.means !== 'mail' || gift.hasAddress),
    );
    if (gifts.length === 0) return refuse('not_found', {}, 'gift');
    for (const gift of gifts) {
      if (input.means === 'mail' && gift.donorId !== null)
        await queueMail(ctx, {
          template: 'use_change',
          lang: gift.donorLang,
          to: { donorId: gift.donorId },
          goodForSeconds: 14 * 24 * 3600,
          data: letterData(change, campaign.name[gift.donorLang], gift, campaign.currency),
        });
      await ctx.trx
        .updateTable('plan_change_gift')
        .set({ answer: 'asked', asked_on: input.on, asked_by_means: input.means })
        .where('plan_change_id', '=', change.id)
        .where('lot_id', '=', gift.lotId)
        .execute();
      ctx.record({
        event: 'consent_asked',
        subjectKind: 'donation',
        subjectId: gift.subject,
        details: { change: change.code, means: input.means },
      });
    }
    return ok({ asked: gifts.length });
  },
});

const writeAnswer = async (
  ctx: CommandContext,
  change: ChangeRow,
  answer: {
    readonly gift: string;
    readonly answer: 'given' | 'refused';
    readonly evidence: string;
    readonly documentId: string | null;
    readonly on: string;
  },
): Promise<Result<{ gift: string; answer: string }>> => {
  const gift = (await giftsOfChange(ctx.trx, change.id)).find((one) => one.subject === answer.gift);
  if (!gift) return refuse('not_found', {}, 'gift');
  const allowed = decideAnswer(change.status, gift.answer);
  if (!allowed.ok) return allowed;
  await ctx.trx
    .updateTable('plan_change_gift')
    .set((eb) => ({
      answer: answer.answer,
      answered_on: answer.on,
      evidence: answer.evidence,
      evidence_document_id: answer.documentId,
      // Whoever answers before a letter went out was asked by that very conversation.
      asked_on: eb.fn.coalesce('asked_on', eb.val(answer.on)),
      asked_by_means: eb.fn.coalesce('asked_by_means', eb.val('in_person')),
    }))
    .where('plan_change_id', '=', change.id)
    .where('lot_id', '=', gift.lotId)
    .execute();
  ctx.record({
    event: answer.answer === 'given' ? 'consent_given' : 'consent_refused',
    subjectKind: 'donation',
    subjectId: gift.subject,
    details: { change: change.code },
  });
  return ok({ gift: gift.subject, answer: answer.answer });
};

/** Records a giver's answer with what proves it: a signed slip, a mail, a note of the telephone call. */
export const recordAnswer = defineCommand({
  name: 'plan-change.answer',
  permission: 'plan-change:work',
  events: ['consent_given', 'consent_refused'],
  input: answerForm,
  run: async (ctx, input) => {
    const found = await openOf(ctx, input.change);
    if (!found.ok) return found;
    const document = input.document === null ? null : await findDocument(ctx.trx, input.document);
    if (input.document !== null && !document) return refuse('not_found', {}, 'document');
    return writeAnswer(ctx, found.value, { ...input, documentId: document?.id ?? null });
  },
});

/** The giver's own answer by the link in their letter. May be changed until the settlement is proposed. */
export const answerOwn = defineCommand({
  name: 'plan-change.answer-own',
  permission: 'consent:answer',
  events: ['consent_given', 'consent_refused'],
  input: ownAnswerForm,
  run: async (ctx, input) => {
    const about = readConsentToken(env.AUTH_SECRET, input.token);
    if (about === null) return refuse('not_found', {}, 'token');
    const found = await openOf(ctx, about.change);
    if (!found.ok) return found;
    return writeAnswer(ctx, found.value, {
      gift: about.gift,
      answer: input.answer,
      evidence: 'own-link',
      documentId: null,
      on: input.on,
    });
  },
});

/** After the deadline: whoever was asked and did not answer is recorded as not having replied. */
export const passDeadline = defineCommand({
  name: 'plan-change.deadline',
  permission: 'plan-change:work',
  events: ['consent_no_reply'],
  input: deadlineForm,
  run: async (ctx, input) => {
    const found = await openOf(ctx, input.change);
    if (!found.ok) return found;
    const change = found.value;
    if (input.on <= change.deadline) return refuse('deadline_not_reached', { deadline: change.deadline });
    const silent = (await giftsOfChange(ctx.trx, change.id)).filter((gift) => gift.answer === 'asked');
    if (silent.length === 0) return refuse('not_found', {}, 'gift');
    await ctx.trx
      .updateTable('plan_change_gift')
      .set({ answer: 'no_reply' })
      .where('plan_change_id', '=', change.id)
      .where('answer', '=', 'asked')
      .execute();
    for (const gift of silent)
      ctx.record({
        event: 'consent_no_reply',
        subjectKind: 'donation',
        subjectId: gift.subject,
        details: { change: change.code },
      });
    return ok({ silent: silent.length });
  },
});

/** The plan holds after all; nothing has moved. */
export const withdrawChange = defineCommand({
  name: 'plan-change.withdraw',
  permission: 'plan-change:work',
  events: ['plan_change_withdrawn'],
  input: changeReasonForm,
  run: async (ctx, input) => {
    const found = await openOf(ctx, input.change);
    if (!found.ok) return found;
    await ctx.trx
      .updateTable('plan_change')
      .set({ status: 'withdrawn' })
      .where('id', '=', found.value.id)
      .execute();
    ctx.record({
      event: 'plan_change_withdrawn',
      subjectKind: 'plan_change',
      subjectId: found.value.code,
      details: { reason: input.reason },
    });
    return ok({ code: found.value.code });
  },
});
