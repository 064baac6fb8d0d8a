import { afterAll, beforeAll, expect, test } from 'vitest';
import { mergeSegments, splitSegment } from '@/lib/segments/succession.commands';
import { allProofsHold } from '../support/act';
import { ON, RoadsKit, words } from './roads-kit';

let kit: RoadsKit;
beforeAll(async () => {
  kit = await RoadsKit.open(4);
});
afterAll(async () => {
  await allProofsHold(kit.world.reader);
  await kit.close();
});

const split = (segment: string, over: Record<string, unknown> = {}) => ({
  segment,
  atMm: 500_000,
  first: { code: `${segment.slice(0, 2)}-9${kit.next()}`, name: words('北段') },
  second: { code: `${segment.slice(0, 2)}-9${kit.next()}`, name: words('南段') },
  reason: '中间要先修桥',
  on: ON,
  ...over,
});

test('a road is split, its old number leads to both parts, and they join again to the same length', async () => {
  const road = await kit.road(50_000n);
  const { lin } = kit.staff;
  const { roads } = await kit.act(splitSegment, split(road), lin);
  expect(await kit.status(road)).toBe('cancelled');
  const parts = await kit.db
    .selectFrom('segment')
    .select(['code', 'length_mm'])
    .where('code', 'in', roads)
    .execute();
  const shown = await kit.db
    .selectFrom('disclosure.segment_succession')
    .selectAll()
    .where('segment', '=', road)
    .orderBy('successor')
    .execute();
  expect(shown.map((one) => [one.kind, one.successor])).toEqual(
    roads.toSorted().map((code) => ['split', code]),
  );
  const first = parts.find((one) => one.code === roads[0]);
  expect(Math.abs((first?.length_mm ?? 0) - 500_000)).toBeLessThanOrEqual(10);

  const joined = await kit.act(
    mergeSegments,
    { segments: roads, into: { code: 'MG-01', name: words('全段') }, reason: '一次修完', on: ON },
    lin,
  );
  expect(joined.roads).toEqual(['MG-01']);
  const whole = await kit.db
    .selectFrom('segment')
    .select('length_mm')
    .where('code', '=', 'MG-01')
    .executeTakeFirstOrThrow();
  const sum = parts.reduce((total, one) => total + one.length_mm, 0);
  expect(Math.abs(whole.length_mm - sum)).toBeLessThanOrEqual(5);
  const events = await kit.db
    .selectFrom('audit_event')
    .select('event')
    .where('subject_id', '=', road)
    .execute();
  expect(events.map((one) => one.event)).toContain('segment_split');
});

test('money that lies with a road or waits for it alone keeps it whole; so do works, a taken number and a cut beyond its end', async () => {
  const { lin } = kit.staff;
  const waiting = await kit.road(50_000n);
  await kit.gift(1_000n, { designation: waiting });
  await kit.refused(splitSegment, split(waiting), lin, 'allocations_remain');
  const funded = await kit.fundedRoad(2_000n);
  await kit.refused(splitSegment, split(funded), lin, 'illegal_state_change');
  const road = await kit.road(50_000n);
  await kit.refused(
    splitSegment,
    split(road, { first: { code: waiting, name: words('北段') } }),
    lin,
    'duplicate_submission',
  );
  await kit.refused(splitSegment, split(road, { atMm: 900_000_000 }), lin, 'line_too_short');
  await kit.refused(splitSegment, split(road), kit.staff.zhou, 'not_permitted');
  await kit.refused(
    mergeSegments,
    { segments: [road, road], into: { code: 'MG-02', name: words('全段') }, reason: '合并', on: ON },
    lin,
    'invalid_input',
  );
});
