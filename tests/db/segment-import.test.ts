import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCampaign, openCampaign } from '@/lib/campaigns/campaign.commands';
import { toBd09, toGcj02 } from '@/lib/segments/chinese-grid.rules';
import { ellipsoidMetres, type Position } from '@/lib/segments/ellipsoid.rules';
import { importSegments } from '@/lib/segments/segment-import.commands';
import { contractData } from '../support/contract-data';
import { CAMPAIGN, campaignInput, RoadsKit, roadInput } from './roads-kit';
import { proposeSegment } from '@/lib/segments/segment.commands';

let kit: RoadsKit;
beforeAll(async () => {
  kit = await RoadsKit.open(4);
});
afterAll(() => kit.close());

type Roads = {
  features: { id: string; properties: Record<string, unknown>; geometry: { coordinates: Position[] } }[];
};
const read = (...path: string[]): string => readFileSync(contractData(...path), 'utf8');
const { geo } = JSON.parse(read('expected.json')) as {
  geo: Record<string, { lengths_m_wgs84: Record<string, number> }>;
};
const count = async (): Promise<number> => (await kit.db.selectFrom('segment').select('id').execute()).length;

test.each([
  ['norfolk-village-roads.geojson', 'NF'],
  ['taipei-zhongshan-roads.geojson', 'TP'],
])(
  'real roads of %s are entered with the lengths of the ellipsoid, to the centimetre',
  async (file, letters) => {
    const setup = { kind: 'system', name: 'setup' } as const;
    const slug = `geo-${letters.toLowerCase()}`;
    await kit.act(createCampaign, campaignInput({ slug }), setup);
    await kit.act(openCampaign, { slug, on: '2023-09-01' }, setup);
    const roads = JSON.parse(read('geo', file)) as Roads;
    const ids = new Map<string, string>();
    roads.features.forEach((road, index) => {
      const code = `${letters}-${String(index + 1).padStart(3, '0')}`;
      ids.set(code, road.id);
      road.properties = { code, name: String(road.properties['name'] ?? code) };
    });
    const { roads: codes } = await kit.act(
      importSegments,
      { campaign: slug, grid: 'wgs84', file: JSON.stringify(roads) },
      kit.staff.lin,
    );
    const stored = await kit.db
      .selectFrom('segment')
      .select(['code', 'length_mm', 'status'])
      .where('code', 'in', codes)
      .execute();
    expect(stored).toHaveLength(roads.features.length);
    for (const road of stored) {
      const metres = geo[file]?.lengths_m_wgs84[ids.get(road.code) ?? ''] ?? 0;
      expect(Math.abs(road.length_mm - metres * 1000), road.code).toBeLessThanOrEqual(10);
      expect(road.status).toBe('proposed');
    }
  },
);

test('one bad road refuses the whole file with its reason, and nothing is written', async () => {
  await kit.act(proposeSegment, roadInput('GD-01'), kit.staff.lin);
  const line = '113.35 22.46; 113.351 22.46; 113.351 22.461';
  const csv = (...rows: string[]) => ['code,name,width_m,length_m,line', ...rows].join('\r\n');
  const good = `GD-02,"巷子, 东",3.5,,${line}`;
  const before = await count();
  const cases = [
    ['line_crosses_itself', 'GD-03,路,3,,113.35 22.46; 113.352 22.46; 113.351 22.461; 113.351 22.459'],
    ['line_axes_swapped', 'GD-03,路,3,,22.46 113.35; 22.461 113.35'],
    ['line_far_away', 'GD-03,路,3,,0.54 52.8; 0.55 52.8'],
    ['line_too_short', 'GD-03,路,3,,113.35 22.46; 113.35 22.46'],
    ['length_differs', `GD-03,路,3,300,${line}`],
    ['duplicate_submission', `GD-01,路,3,,${line}`],
    ['duplicate_submission', `GD-02,路,3,,${line}`],
    ['invalid_input', `gd3,路,3,,${line}`],
    ['invalid_input', `GD-03,,3,,${line}`],
  ] as const;
  for (const [refusal, row] of cases)
    await kit.refused(
      importSegments,
      { campaign: CAMPAIGN, grid: 'wgs84', file: csv(good, row) },
      kit.staff.lin,
      refusal,
    );
  await kit.refused(
    importSegments,
    { campaign: CAMPAIGN, grid: 'wgs84', file: '<kml/>' },
    kit.staff.lin,
    'file_unreadable',
  );
  expect(await count()).toBe(before);
  await kit.act(importSegments, { campaign: CAMPAIGN, grid: 'wgs84', file: csv(good) }, kit.staff.lin);
  const entered = await kit.db
    .selectFrom('segment')
    .select(['name', 'width_mm'])
    .where('code', '=', 'GD-02')
    .executeTakeFirst();
  expect(entered).toMatchObject({ name: { en: '巷子, 东' }, width_mm: 3500 });
});

test('coordinates of Chinese maps are stored where the road really lies', async () => {
  const real: Position[] = [
    [113.35, 22.46],
    [113.352, 22.461],
  ];
  for (const [grid, convert, code] of [
    ['gcj02', toGcj02, 'GR-01'],
    ['bd09', toBd09, 'GR-02'],
  ] as const) {
    const line = real.map((point) => convert(point).join(' ')).join('; ');
    const file = `code,name,line\n${code},路,${line}`;
    await kit.act(importSegments, { campaign: CAMPAIGN, grid, file }, kit.staff.lin);
    const row = await kit.db
      .selectFrom('segment')
      .select('geometry')
      .where('code', '=', code)
      .executeTakeFirstOrThrow();
    const { coordinates } = row.geometry as unknown as { coordinates: Position[] };
    coordinates.forEach((point, index) =>
      expect(ellipsoidMetres(point, real[index] ?? point)).toBeLessThan(0.5),
    );
  }
});
