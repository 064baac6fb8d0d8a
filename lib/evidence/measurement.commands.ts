import { staffIdOf } from '../auth/roles.rules';
import { findCampaign } from '../campaigns/campaign.store';
import { findDocument } from '../contracts/contract.store';
import { defineCommand } from '../context';
import { publishSegmentAct } from '../segments/segment-move.commands';
import { lockSegment } from '../segments/segment.store';
import { ok, refuse } from '../shared/result';
import { measurementForm } from './evidence.form';

/**
 * Records what was measured on a road: length, width, a layer's thickness, a drilled core, a strength with its
 * laboratory report. Public at once; a wrong reading is answered by a new one, never changed. Refuses
 * `evidence_missing` for a strength without a report of this road.
 */
export const recordMeasurement = defineCommand({
  name: 'measurement.record',
  permission: 'measurement:record',
  events: ['measurement_recorded'],
  input: measurementForm,
  run: async (ctx, input) => {
    const person = staffIdOf(ctx.actor);
    if (person === null) return refuse('not_permitted');
    const segment = await lockSegment(ctx.trx, { code: input.segment });
    if (!segment) return refuse('not_found', {}, 'segment');
    const campaign = await findCampaign(ctx.trx, { id: segment.campaignId });
    if (!campaign) return refuse('not_found');
    const report = input.report === null ? null : await findDocument(ctx.trx, input.report);
    const usable = report?.kind === 'test_result' && report.segment_id === segment.id;
    if (input.report === null ? input.kind === 'compressive_strength' : !usable)
      return refuse('evidence_missing', {}, 'document');
    const id = ctx.newId();
    await ctx.trx
      .insertInto('measurement')
      .values({
        id,
        segment_id: segment.id,
        kind: input.kind,
        station: input.station,
        value_milli: input.valueMilli,
        required_milli: input.requiredMilli,
        document_id: report?.id ?? null,
        note: input.note,
        measured_by: person,
        measured_on: input.on,
      })
      .execute();
    const details = { kind: input.kind, station: input.station, valueMilli: input.valueMilli };
    ctx.record({
      event: 'measurement_recorded',
      subjectKind: 'segment',
      subjectId: segment.code,
      details,
    });
    publishSegmentAct(ctx, campaign, {
      event: 'measurement_recorded',
      subject: segment.code,
      on: input.on,
      // The spot is written freely and stands in the record; a leaf holds codes and figures only.
      facts: { kind: input.kind, valueMilli: input.valueMilli, report: report?.sha256 ?? null },
    });
    return ok({ id });
  },
});
