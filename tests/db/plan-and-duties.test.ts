import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordDuty } from '@/lib/campaigns/campaign.commands';
import { plansAndDuties } from '@/lib/publications/plan.queries';
import { PLAN_TEXTS } from '@/lib/publications/plan.rules';
import { recordPlan } from '@/lib/publications/publication.commands';
import { allProofsHold } from '../support/act';
import { CAMPAIGN, ON, RoadsKit, words } from './roads-kit';

// The plan as filed in versions, and what must be published by when: both go to the public, neither is overwritten.

let kit: RoadsKit;
beforeAll(async () => {
  kit = await RoadsKit.open(4);
});
afterAll(async () => {
  await allProofsHold(kit.world.reader);
  await kit.close();
});

const plan = (seenVersion: number, over: Record<string, unknown> = {}) => ({
  campaign: CAMPAIGN,
  mode: 'public',
  ...Object.fromEntries(PLAN_TEXTS.map((name) => [name, words(`${name} 的内容`)])),
  partners: [{ name: words('村委会'), role: words('验收') }],
  filedOn: ON,
  reason: null,
  seenVersion,
  on: ON,
  ...over,
});
const duty = (over: Record<string, unknown> = {}) => ({
  campaign: CAMPAIGN,
  kind: 'promise',
  title: { 'zh-Hans': '给村里的信', 'zh-Hant': '給村裏的信', en: 'A letter to the village' },
  rule: '协议第三条',
  dueOn: '2024-04-01',
  doneOn: null,
  ...over,
});
const state = async () => {
  const [one] = await plansAndDuties(kit.world.reader);
  if (!one) throw new Error('there is no campaign');
  return one;
};
const eventsOf = async (event: string) =>
  kit.db.selectFrom('audit_event').select('details').where('event', '=', event).orderBy('id').execute();

test('a plan is recorded on what was seen: none, then the version before it and why it changes', async () => {
  const { lin, zhou, wen } = kit.staff;
  await kit.refused(recordPlan, plan(1), lin, 'changed_since_seen');
  await kit.refused(recordPlan, plan(0), zhou, 'not_permitted');
  await kit.refused(recordPlan, plan(0), wen, 'not_permitted');
  await kit.refused(recordPlan, plan(0, { filedOn: '2024-03-06' }), lin, 'date_in_future');
  expect(await kit.act(recordPlan, plan(0), lin)).toEqual({ version: 1 });
  await kit.refused(recordPlan, plan(0, { reason: '改一个字' }), lin, 'changed_since_seen');
  await kit.refused(recordPlan, plan(1), lin, 'reason_required');
  await kit.act(recordPlan, plan(1, { purpose: words('修三十条路'), reason: '多修六条' }), lin);
  const { plans } = await state();
  expect(plans.map(({ version, reason, recordedBy }) => [version, reason, recordedBy])).toEqual([
    [2, '多修六条', 'lin'],
    [1, null, 'lin'],
  ]);
  expect(plans.map(({ purpose }) => purpose.en)).toEqual(['修三十条路', 'purpose 的内容']);
  expect(plans[0]).toMatchObject({ surplus: words('surplus 的内容'), filedOn: ON, mode: 'public' });
  expect(plans[0]?.partners).toEqual([{ name: words('村委会'), role: words('验收') }]);
  expect((await eventsOf('plan_recorded')).map(({ details }) => details)).toEqual([
    { version: 1 },
    { version: 2 },
  ]);
});

test('of several who record the next version at once one has done it, the others are told to look again', async () => {
  const { lin, ming } = kit.staff;
  const seen = (await state()).plans[0]?.version ?? 0;
  const results = await Promise.all(
    [lin, ming, lin, ming].map((person, index) =>
      kit.decided(recordPlan, plan(seen, { reason: `改动 ${index}` }), person),
    ),
  );
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(results.flatMap((one) => (one.ok ? [] : [one.refusal.name]))).toEqual(
    Array.from({ length: 3 }, () => 'changed_since_seen'),
  );
  expect((await state()).plans).toHaveLength(seen + 1);
});

test('a duty is entered once, met once, and keeps the words it was entered with', async () => {
  const { lin, zhou } = kit.staff;
  await kit.refused(recordDuty, duty(), zhou, 'not_permitted');
  await kit.act(recordDuty, duty(), lin);
  await kit.refused(recordDuty, duty({ title: words('别的') }), lin, 'duplicate_submission');
  await kit.refused(recordDuty, duty({ doneOn: '2999-01-01' }), lin, 'date_in_future');
  await kit.act(recordDuty, duty({ title: words('别的'), rule: '—', doneOn: '2024-03-30' }), lin);
  const asItStands = async () => {
    const { duties } = await state();
    return duties.map(({ title, rule, due_on, done_on }) => ({ title, rule, due_on, done_on }));
  };
  const { title, rule } = duty();
  const met = { title, rule, due_on: '2024-04-01', done_on: '2024-03-30' };
  expect(await asItStands()).toEqual([met]);
  await kit.refused(recordDuty, duty({ doneOn: '2024-03-31' }), lin, 'changed_since_seen');
  await kit.refused(recordDuty, duty(), lin, 'duplicate_submission');
  expect(await asItStands()).toEqual([met]);
  expect((await eventsOf('duty_recorded')).map(({ details }) => details)).toEqual([
    { doneOn: null },
    { doneOn: '2024-03-30' },
  ]);
});

test('a day of the law that nobody had on record is put there with the day it was met', async () => {
  await kit.act(
    recordDuty,
    duty({ kind: 'annual_report', dueOn: '2024-05-31', doneOn: '2024-05-30' }),
    kit.staff.ming,
  );
  expect((await state()).duties.at(-1)).toMatchObject({ kind: 'annual_report', done_on: '2024-05-30' });
});

test('of two who say at once when a duty was met the first is believed', async () => {
  const { lin, ming } = kit.staff;
  await kit.act(recordDuty, duty({ dueOn: '2024-07-01' }), lin);
  const results = await Promise.all([
    kit.decided(recordDuty, duty({ dueOn: '2024-07-01', doneOn: '2024-06-29' }), lin),
    kit.decided(recordDuty, duty({ dueOn: '2024-07-01', doneOn: '2024-06-30' }), ming),
  ]);
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(results.flatMap((one) => (one.ok ? [] : [one.refusal.name]))).toEqual(['changed_since_seen']);
  const believed = results[0]?.ok ? '2024-06-29' : '2024-06-30';
  expect((await state()).duties.at(-1)?.done_on).toBe(believed);
});
