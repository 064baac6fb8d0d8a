import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@/lib/auth/roles.rules';
import {
  declineConcern,
  inspectConcern,
  reportConcern,
  settleConcern,
  takeUpConcern,
} from '@/lib/concerns/concern.commands';
import { concernsFor } from '@/lib/concerns/concern.queries';
import { publicConcerns } from '@/lib/disclosure/concern.queries';
import { connect } from '@/db/connect';
import { CAMPAIGN, ON, RoadsKit, words } from './roads-kit';

let kit: RoadsKit;
beforeAll(async () => {
  kit = await RoadsKit.open(4);
});
afterAll(() => kit.close());

const ANYONE: Actor = { kind: 'visitor' };
const SECRET = '王某说验收那天没人到场，电话 13800000000';
const report = (over: Record<string, unknown> = {}) => ({
  kind: 'irregularity',
  campaign: CAMPAIGN,
  segment: null,
  aboutRole: null,
  told: SECRET,
  contact: 'someone@example.org',
  pictureSha256: null,
  on: ON,
  ...over,
});

const shown = async (): Promise<string> => {
  const db = connect(kit.world.database.publicUrl, { max: 1 });
  try {
    return JSON.stringify(await publicConcerns(null, db));
  } finally {
    await db.destroy();
  }
};

test('a defect becomes public in our words, is looked at again, and settled; the reporter is forgotten', async () => {
  const road = await kit.fundedRoad(100_000n);
  const { code } = await kit.act(reportConcern, report({ kind: 'defect', segment: road }), ANYONE);
  expect(await shown()).not.toContain(code);
  await kit.refused(
    settleConcern,
    { concern: code, outcome: words('好了'), on: ON },
    kit.staff.he,
    'illegal_state_change',
  );
  await kit.act(takeUpConcern, { concern: code, summary: words('路面开裂约两米'), on: ON }, kit.staff.he);
  expect(await shown()).toContain('路面开裂约两米');
  await kit.refused(
    settleConcern,
    { concern: code, outcome: words('好了'), on: ON },
    kit.staff.he,
    'illegal_state_change',
  );
  const looked = { concern: code, finding: 'confirmed', note: '现场确有裂缝', on: ON };
  await kit.act(inspectConcern, looked, kit.staff.he);
  await kit.act(settleConcern, { concern: code, outcome: words('施工方已修补'), on: ON }, kit.staff.lin);
  const open = await shown();
  expect(open).toContain(road);
  expect(open).toContain('施工方已修补');
  expect(open).not.toContain('王某');
  expect(open).not.toContain('现场确有裂缝');
  const kept = await kit.db
    .selectFrom('concern')
    .select(['contact', 'status'])
    .where('code', '=', code)
    .executeTakeFirst();
  expect(kept).toEqual({ contact: null, status: 'settled' });
  const steps = await kit.db
    .selectFrom('concern_step as x')
    .innerJoin('concern as c', 'c.id', 'x.concern_id')
    .select('x.event')
    .where('c.code', '=', code)
    .orderBy('x.id')
    .execute();
  expect(steps.map((one) => one.event)).toEqual(['take_up', 'inspect', 'settle']);
});

test('whoever it may be about neither sees nor handles it; the outcome names no road and nobody', async () => {
  const road = await kit.road(1_000n);
  const { code } = await kit.act(reportConcern, report({ segment: road, aboutRole: 'approver' }), ANYONE);
  const { zhou, lin } = kit.staff;
  expect((await concernsFor(zhou.roles, kit.world.reader)).map((one) => one.code)).not.toContain(code);
  expect((await concernsFor(lin.roles, kit.world.reader)).map((one) => one.code)).toContain(code);
  const takeUp = { concern: code, summary: words('内部概述'), on: ON };
  await kit.refused(takeUpConcern, takeUp, zhou, 'person_concerned');
  await kit.refused(
    takeUpConcern,
    takeUp,
    { ...lin, roles: ['clerk', 'approver'] } as Actor,
    'person_concerned',
  );
  await kit.act(takeUpConcern, takeUp, lin);
  expect(await shown()).not.toContain('内部概述');
  await kit.act(settleConcern, { concern: code, outcome: words('查无此事'), on: ON }, lin);
  const open = await shown();
  expect(open).toContain('查无此事');
  for (const hidden of ['王某', 'someone@example.org', `"segment":"${road}"`])
    expect(open).not.toContain(hidden);
});

test('what is no report is declined with a reason and never public; nonsense is not taken', async () => {
  const waiting = await kit.act(reportConcern, report(), ANYONE);
  const { code } = await kit.act(reportConcern, report(), ANYONE);
  await kit.act(declineConcern, { concern: code, reason: '广告', on: ON }, kit.staff.zhou);
  expect(await shown()).not.toContain(code);
  // What waits stands before what is done, though it is older.
  const [first] = await concernsFor(kit.staff.lin.roles, kit.world.reader);
  expect(first?.code).toBe(waiting.code);
  await kit.refused(
    takeUpConcern,
    { concern: code, summary: words('x'), on: ON },
    kit.staff.lin,
    'illegal_state_change',
  );
  await kit.refused(reportConcern, report({ kind: 'defect' }), ANYONE, 'invalid_input');
  await kit.refused(reportConcern, report({ segment: 'ZZ-99' }), ANYONE, 'not_found');
  await kit.refused(reportConcern, report({ told: '坏' }), ANYONE, 'invalid_input');
  await kit.refused(reportConcern, report(), kit.staff.lin, 'not_permitted');
});
