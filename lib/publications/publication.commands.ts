import { staffIdOf } from '../auth/roles.rules';
import { findCampaign } from '../campaigns/campaign.store';
import { defineCommand, type CommandContext } from '../context';
import { actLeaf } from '../proof/leaf';
import { canonicalText, contentHash } from '../shared/canonical';
import { toSecond } from '../shared/instant';
import { ok, refuse } from '../shared/result';
import { nextState } from '../shared/state-table';
import { composeFigures } from './figures.store';
import {
  planForm,
  reportDecisionForm,
  reportDraftForm,
  reportEmbargoForm,
  reportReturnForm,
  reportSubmitForm,
} from './publication.form';
import { decideCorrection, PUBLICATION_STATES } from './publication.rules';
import { lockReport, meetDuty, nextReportCode } from './publication.store';

/** Begins a report: whose period, and a person's words. Nothing is public. */
export const draftReport = defineCommand({
  name: 'report.draft',
  permission: 'report:write',
  events: ['report_drafted'],
  input: reportDraftForm,
  run: async (ctx, input) => {
    const person = staffIdOf(ctx.actor);
    if (person === null) return refuse('not_permitted');
    const campaign = await findCampaign(ctx.trx, { slug: input.campaign });
    if (!campaign) return refuse('not_found', {}, 'campaign');
    const corrected = input.corrects === null ? null : await lockReport(ctx.trx, input.corrects);
    if (input.corrects !== null && !corrected) return refuse('not_found', {}, 'corrects');
    const allowed = decideCorrection(
      input.kind,
      corrected && { status: corrected.status, sameCampaign: corrected.campaignId === campaign.id },
    );
    if (!allowed.ok) return allowed;
    const code = await nextReportCode(ctx.trx);
    await ctx.trx
      .insertInto('publication')
      .values({
        id: ctx.newId(),
        code,
        campaign_id: campaign.id,
        kind: input.kind,
        title: input.title,
        body: input.body,
        original_lang: input.originalLang,
        corrects_id: corrected?.id ?? null,
        status: 'draft',
        content_hash: contentHash({ code, ...input }),
        written_by: person,
        period_from: input.periodFrom,
        period_to: input.periodTo,
        due_on: input.dueOn,
      })
      .execute();
    ctx.record({
      event: 'report_drafted',
      subjectKind: 'report',
      subjectId: code,
      details: { kind: input.kind, from: input.periodFrom, to: input.periodTo },
    });
    return ok({ code });
  },
});

/** Hands a draft to a second person. The figures are taken from the books now and stand still from here on. */
export const submitReport = defineCommand({
  name: 'report.submit',
  permission: 'report:write',
  events: ['report_submitted'],
  input: reportSubmitForm,
  run: async (ctx, input) => {
    const report = await lockReport(ctx.trx, input.report);
    if (!report) return refuse('not_found');
    const campaign = await findCampaign(ctx.trx, { id: report.campaignId });
    if (!campaign) return refuse('not_found');
    const to = nextState(PUBLICATION_STATES, report.status as never, 'submit');
    if (to === null) return refuse('illegal_state_change', { from: report.status });
    if (input.on < report.periodTo) return refuse('date_in_future', {}, 'on');
    const figures = await composeFigures(ctx.trx, campaign, report.periodFrom, report.periodTo);
    const hash = contentHash({
      code: report.code,
      title: report.title,
      body: report.body,
      period: [report.periodFrom, report.periodTo],
      corrects: report.correctsId,
      figures: canonicalText(figures),
    });
    await ctx.trx
      .updateTable('publication')
      .set({ status: to, figures: JSON.stringify(figures), content_hash: hash, submitted_on: input.on })
      .where('id', '=', report.id)
      .execute();
    ctx.record({ event: 'report_submitted', subjectKind: 'report', subjectId: report.code });
    return ok({ contentHash: hash });
  },
});

/** Publishes what a second person has read. A correction marks the report it corrects; a duty it meets is met. */
export const publishReport = defineCommand({
  name: 'report.publish',
  permission: 'report:publish',
  events: ['report_published', 'report_corrected'],
  input: reportDecisionForm,
  run: async (ctx, input) => {
    const person = staffIdOf(ctx.actor);
    if (person === null) return refuse('not_permitted');
    const report = await lockReport(ctx.trx, input.report);
    if (!report) return refuse('not_found');
    const to = nextState(PUBLICATION_STATES, report.status as never, 'publish');
    if (to === null) return refuse('illegal_state_change', { from: report.status });
    if (report.writtenBy === person) return refuse('maker_is_checker');
    if (report.contentHash !== input.seenHash) return refuse('changed_since_seen');
    if (input.on < report.periodTo) return refuse('date_in_future', {}, 'on');
    if (report.opensOn !== null && input.on < report.opensOn) return refuse('not_open_yet', {}, 'on');
    await ctx.trx
      .updateTable('publication')
      .set({ status: to, approved_by: person, published_on: input.on })
      .where('id', '=', report.id)
      .execute();
    if (report.dueOn !== null)
      await meetDuty(ctx.trx, {
        id: ctx.newId(),
        campaignId: report.campaignId,
        kind: report.kind,
        title: report.title,
        dueOn: report.dueOn,
        doneOn: input.on,
      });
    const corrected = report.correctsId === null ? null : await markCorrected(ctx, report.correctsId);
    if (report.correctsId !== null && corrected === null) return refuse('changed_since_seen');
    ctx.record({ event: 'report_published', subjectKind: 'report', subjectId: report.code });
    if (corrected !== null)
      ctx.record({ event: 'report_corrected', subjectKind: 'report', subjectId: corrected });
    ctx.publish(
      actLeaf({
        event: 'report_published',
        subject: report.code,
        date: input.on,
        recorded: toSecond(ctx.now),
        campaign: report.campaign,
        facts: {
          kind: report.kind,
          from: report.periodFrom,
          to: report.periodTo,
          content_sha256: report.contentHash,
          corrects: corrected,
        },
      }),
    );
    return ok({ code: report.code });
  },
});

const markCorrected = async (ctx: CommandContext, id: string): Promise<string | null> =>
  (
    await ctx.trx
      .updateTable('publication')
      .set({ status: 'corrected' })
      .where('id', '=', id)
      .where('status', '=', 'published')
      .returning('code')
      .executeTakeFirst()
  )?.code ?? null;

/**
 * A second person has read a report and keeps it back until a day, with the reason. The public sees that it is there,
 * why it waits, until when, and its hash; from that day on it is published like any other.
 */
export const embargoReport = defineCommand({
  name: 'report.embargo',
  permission: 'report:publish',
  events: ['report_embargoed'],
  input: reportEmbargoForm,
  run: async (ctx, input) => {
    const person = staffIdOf(ctx.actor);
    if (person === null) return refuse('not_permitted');
    const report = await lockReport(ctx.trx, input.report);
    if (!report) return refuse('not_found');
    const to = nextState(PUBLICATION_STATES, report.status as never, 'embargo');
    if (to === null) return refuse('illegal_state_change', { from: report.status });
    if (report.writtenBy === person) return refuse('maker_is_checker');
    if (report.contentHash !== input.seenHash) return refuse('changed_since_seen');
    await ctx.trx
      .updateTable('publication')
      .set({ status: to, approved_by: person, opens_on: input.opensOn, withheld_reason: input.reason })
      .where('id', '=', report.id)
      .execute();
    ctx.record({
      event: 'report_embargoed',
      subjectKind: 'report',
      subjectId: report.code,
      details: { opens: input.opensOn, reason: input.reason },
    });
    ctx.publish(
      actLeaf({
        event: 'report_embargoed',
        subject: report.code,
        date: input.on,
        recorded: toSecond(ctx.now),
        campaign: report.campaign,
        facts: { kind: report.kind, opens: input.opensOn, content_sha256: report.contentHash },
      }),
    );
    return ok({ code: report.code });
  },
});

/** Gives a report back to its writer with a reason; nothing becomes public. */
export const returnReport = defineCommand({
  name: 'report.return',
  permission: 'report:publish',
  events: ['report_returned'],
  input: reportReturnForm,
  run: async (ctx, input) => {
    const report = await lockReport(ctx.trx, input.report);
    if (!report) return refuse('not_found');
    const to = nextState(PUBLICATION_STATES, report.status as never, 'return');
    if (to === null) return refuse('illegal_state_change', { from: report.status });
    await ctx.trx.updateTable('publication').set({ status: to }).where('id', '=', report.id).execute();
    ctx.record({
      event: 'report_returned',
      subjectKind: 'report',
      subjectId: report.code,
      details: { reason: input.reason },
    });
    return ok({ code: report.code });
  },
});

/** Takes back a draft that will not be published; its number stays used. */
export const withdrawReport = defineCommand({
  name: 'report.withdraw',
  permission: 'report:write',
  events: ['report_withdrawn'],
  input: reportReturnForm,
  run: async (ctx, input) => {
    const report = await lockReport(ctx.trx, input.report);
    if (!report) return refuse('not_found');
    const to = nextState(PUBLICATION_STATES, report.status as never, 'withdraw');
    if (to === null) return refuse('illegal_state_change', { from: report.status });
    await ctx.trx.updateTable('publication').set({ status: to }).where('id', '=', report.id).execute();
    ctx.record({
      event: 'report_withdrawn',
      subjectKind: 'report',
      subjectId: report.code,
      details: { reason: input.reason },
    });
    return ok({ code: report.code });
  },
});

/**
 * Records the plan as filed, or a new version of it with the reason of the change (慈善法 art 24, 56). Refuses
 * `changed_since_seen` when another version was recorded since the form was opened, or is at the same moment.
 */
export const recordPlan = defineCommand({
  name: 'plan.record',
  permission: 'plan:record',
  events: ['plan_recorded'],
  input: planForm,
  run: async (ctx, { seenVersion, ...input }) => {
    const person = staffIdOf(ctx.actor);
    if (person === null) return refuse('not_permitted');
    const campaign = await findCampaign(ctx.trx, { slug: input.campaign });
    if (!campaign) return refuse('not_found', {}, 'campaign');
    const newest = await ctx.trx
      .selectFrom('campaign_plan')
      .select((eb) => eb.fn.max('version').as('version'))
      .where('campaign_id', '=', campaign.id)
      .executeTakeFirst();
    const inForce = newest?.version ?? 0;
    if (inForce !== seenVersion) return refuse('changed_since_seen', { inForce });
    const version = inForce + 1;
    if (version > 1 && input.reason === null) return refuse('reason_required', {}, 'reason');
    if (input.filedOn !== null && input.filedOn > input.on) return refuse('date_in_future', {}, 'filedOn');
    const written = await ctx.trx
      .insertInto('campaign_plan')
      .values({
        campaign_id: campaign.id,
        version,
        mode: input.mode,
        purpose: input.purpose,
        area: input.area,
        person_in_charge: input.personInCharge,
        office: input.office,
        ways_to_give: input.waysToGive,
        bank_account: input.bankAccount,
        beneficiaries: input.beneficiaries,
        uses: input.uses,
        costs: input.costs,
        surplus: input.surplus,
        partners: JSON.stringify(input.partners),
        contact: input.contact,
        complaints: input.complaints,
        filed_on: input.filedOn,
        reason: input.reason,
        recorded_by: person,
        recorded_on: input.on,
      })
      .onConflict((conflict) => conflict.columns(['campaign_id', 'version']).doNothing())
      .returning('version')
      .executeTakeFirst();
    if (!written) return refuse('changed_since_seen');
    ctx.record({
      event: 'plan_recorded',
      subjectKind: 'campaign',
      subjectId: campaign.slug,
      details: { version },
    });
    ctx.publish(
      actLeaf({
        event: 'plan_recorded',
        subject: campaign.slug,
        date: input.on,
        recorded: toSecond(ctx.now),
        campaign: campaign.slug,
        facts: { version, content_sha256: contentHash(input) },
      }),
    );
    return ok({ version });
  },
});
