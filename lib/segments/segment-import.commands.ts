import { findCampaign } from '../campaigns/campaign.store';
import { defineCommand } from '../context';
import { contentHash } from '../shared/canonical';
import { ok, refuse } from '../shared/result';
import { readRoads } from './road-file.rules';
import { segmentImportForm } from './segment.form';
import { codesTaken, pointOfCampaign } from './segment.store';

/**
 * Enters all roads of a file as proposed, or none: a single road that cannot be taken refuses the file with its
 * reason. Lines are stored in WGS 84; the file's hash, its grid and the stated lengths stay in the audit event.
 */
export const importSegments = defineCommand({
  name: 'segment.import',
  permission: 'segment:propose',
  events: ['segments_imported', 'segment_proposed'],
  input: segmentImportForm,
  run: async (ctx, input) => {
    const campaign = await findCampaign(ctx.trx, { slug: input.campaign });
    if (!campaign) return refuse('not_found', {}, 'campaign');
    const roads = readRoads(
      input.file,
      input.grid,
      await pointOfCampaign(ctx.trx, campaign.id),
      await codesTaken(ctx.trx),
    );
    if (roads === null || roads.length === 0) return refuse('file_unreadable', {}, 'file');
    const wrong = roads.find((road) => road.problem !== null);
    if (wrong?.problem) return refuse(wrong.problem, { road: wrong.code }, 'file');
    await ctx.trx
      .insertInto('segment')
      .values(
        roads.map((road) => ({
          id: ctx.newId(),
          campaign_id: campaign.id,
          code: road.code,
          name: { 'zh-Hans': road.name, 'zh-Hant': road.name, en: road.name },
          location: null,
          length_mm: road.statedMm ?? road.lengthMm,
          width_mm: road.widthMm,
          thickness_mm: road.thicknessMm,
          road_class: road.roadClass,
          surface: road.surface,
          households: road.households,
          line_privacy: road.linePrivacy,
          geometry: JSON.stringify({ type: 'LineString', coordinates: road.line }),
          status: 'proposed',
        })),
      )
      .execute();
    ctx.record({
      event: 'segments_imported',
      subjectKind: 'campaign',
      subjectId: campaign.slug,
      details: { roads: roads.length, grid: input.grid, file: contentHash({ file: input.file }) },
    });
    for (const road of roads)
      ctx.record({
        event: 'segment_proposed',
        subjectKind: 'segment',
        subjectId: road.code,
        details: { lengthMm: road.lengthMm, statedMm: road.statedMm ?? 0 },
      });
    return ok({ roads: roads.map((road) => road.code) });
  },
});
