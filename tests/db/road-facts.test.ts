import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '@/db/connect';
import { segmentPage } from '@/lib/disclosure/segment.queries';
import { importSegments } from '@/lib/segments/segment-import.commands';
import { reviseSegment } from '@/lib/segments/segment-revise.commands';
import { roadShape } from '@/lib/segments/revision.queries';
import { splitSegment } from '@/lib/segments/succession.commands';
import { allProofsHold } from '../support/act';
import { CAMPAIGN, ON, RoadsKit, words } from './roads-kit';

let kit: RoadsKit;
beforeAll(async () => {
  kit = await RoadsKit.open(4);
});
afterAll(async () => {
  await allProofsHold(kit.world.reader);
  await kit.close();
});

const LINE = [
  [113.35, 22.46],
  [113.3554, 22.4651],
  [113.36, 22.47],
] as const;

const revision = (segment: string, over: Record<string, unknown> = {}) => ({
  segment,
  seenVersion: 2,
  line: LINE,
  widthMm: 3500,
  thicknessMm: 180,
  roadClass: 'village',
  surface: 'concrete',
  households: 42,
  linePrivacy: 'exact',
  reason: '按实测改线',
  on: ON,
  ...over,
});

const versionOf = async (code: string): Promise<number> => (await roadShape(code, kit.db))?.version ?? 0;
const publicly = async (code: string) => {
  const db = connect(kit.world.database.publicUrl, { max: 4 });
  try {
    return await segmentPage(code, db);
  } finally {
    await db.destroy();
  }
};

test('a changed line is superseded: the old one stays with the reason, the length follows, everyone reads it', async () => {
  const road = await kit.road(50_000n);
  const before = await roadShape(road, kit.db);
  const seenVersion = await versionOf(road);
  const { lengthMm } = await kit.act(reviseSegment, revision(road, { seenVersion }), kit.staff.lin);
  const after = await roadShape(road, kit.db);
  expect(after?.facts).toMatchObject({
    line: LINE,
    lengthMm,
    widthMm: 3500,
    thicknessMm: 180,
    roadClass: 'village',
    surface: 'concrete',
    households: 42,
  });
  expect(after?.revisions).toMatchObject([
    {
      line: before?.facts.line,
      reason: '按实测改线',
      lineChanged: true,
      beforeMm: before?.facts.lengthMm,
      afterMm: lengthMm,
    },
  ]);
  const page = await publicly(road);
  expect(page?.segment).toMatchObject({ thickness_mm: 180, road_class: 'village', households: 42 });
  expect(page?.story.revisions).toMatchObject([{ reason: '按实测改线', length_after_mm: lengthMm }]);
  const audit = await kit.db
    .selectFrom('audit_event')
    .select('event')
    .where('subject_id', '=', road)
    .where('event', '=', 'segment_revised')
    .execute();
  expect(audit).toHaveLength(1);
  // Whoever saw the road before cannot overwrite what was changed meanwhile.
  await kit.refused(reviseSegment, revision(road, { seenVersion }), kit.staff.lin, 'changed_since_seen');
});

test('a bad line is refused with its reason; a contract holds the line but not the facts', async () => {
  const road = await kit.road(50_000n);
  const seenVersion = await versionOf(road);
  const { lin, zhou } = kit.staff;
  const bad = [
    ['line_crosses_itself', [LINE[0], LINE[2], [113.36, 22.46], [113.35, 22.47]]],
    ['line_too_short', [LINE[0], LINE[0]]],
    ['line_too_short', []],
    ['line_far_away', [LINE[0], [115.35, 22.46]]],
    ['line_axes_swapped', LINE.map(([a, b]) => [b, a])],
    ['line_not_on_earth', [LINE[0], [113.35, 122.46]]],
  ] as const;
  for (const [name, line] of bad) {
    await kit.refused(reviseSegment, revision(road, { seenVersion, line }), lin, name);
    const refused = await kit.try(reviseSegment, revision(road, { seenVersion, line }), lin);
    expect(refused.ok ? null : refused.refusal.field, name).toBe('line');
  }
  await kit.refused(reviseSegment, revision(road, { seenVersion, reason: '' }), lin, 'invalid_input');
  await kit.refused(reviseSegment, revision(road, { seenVersion, thicknessMm: 5 }), lin, 'invalid_input');
  await kit.refused(reviseSegment, revision(road, { seenVersion }), zhou, 'not_permitted');
  expect((await roadShape(road, kit.db))?.revisions).toEqual([]);

  const { road: signed } = await kit.contractedRoad(40_000n);
  const version = await versionOf(signed);
  await kit.refused(reviseSegment, revision(signed, { seenVersion: version }), lin, 'illegal_state_change');
  await kit.act(
    reviseSegment,
    revision(signed, { seenVersion: version, line: null, reason: '补填户数' }),
    lin,
  );
  expect((await roadShape(signed, kit.db))?.facts.households).toBe(42);
});

test('a line may be shown roughly or not at all, and the exact one leaves by no view', async () => {
  const road = await kit.road(50_000n);
  for (const linePrivacy of ['rounded', 'withheld'] as const) {
    const seenVersion = await versionOf(road);
    await kit.act(reviseSegment, revision(road, { seenVersion, linePrivacy }), kit.staff.lin);
    const page = await publicly(road);
    expect(page?.segment.line_privacy).toBe(linePrivacy);
    expect(inspect(page, { depth: null })).not.toContain('22.4651');
    expect(page?.segment.geometry).toEqual(
      linePrivacy === 'withheld'
        ? null
        : {
            type: 'LineString',
            coordinates: [
              [113.35, 22.46],
              [113.355, 22.465],
              [113.36, 22.47],
            ],
          },
    );
  }
});

test('a file brings the facts, refuses words it does not know, and a split keeps them and leads from the old page', async () => {
  const { lin } = kit.staff;
  const csv = (facts: string, code = 'FA-01') =>
    `code,name,width_m,thickness_mm,class,surface,households,privacy,line\n${code},新路,4,${facts},113.35 22.46; 113.36 22.47`;
  const take = (file: string) => ({ campaign: CAMPAIGN, grid: 'wgs84', file });
  for (const facts of [
    '9,village,concrete,12,',
    '180,road,concrete,12,',
    '180,,mud,,',
    '180,,,many,',
    ',,,,secret',
  ])
    await kit.refused(importSegments, take(csv(facts)), lin, 'invalid_input');
  await kit.act(importSegments, take(csv('180,lane,block,12,rounded')), lin);
  const facts = { thicknessMm: 180, roadClass: 'lane', surface: 'block', linePrivacy: 'rounded' };
  expect((await roadShape('FA-01', kit.db))?.facts).toMatchObject({ ...facts, households: 12 });

  const part = (code: string) => ({ code, name: words(code) });
  const parts = { atMm: 500_000, first: part('FA-02'), second: part('FA-03'), reason: '先修桥', on: ON };
  await kit.act(splitSegment, { segment: 'FA-01', ...parts }, lin);
  expect((await roadShape('FA-02', kit.db))?.facts).toMatchObject({ ...facts, households: null });
  const page = await publicly('FA-01');
  expect(page?.segment.status).toBe('cancelled');
  expect(page?.story.successors.map((one) => one.successor)).toEqual(['FA-02', 'FA-03']);
});
