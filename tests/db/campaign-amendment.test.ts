import { afterAll, beforeAll, expect, test } from 'vitest';
import { amendCampaign } from '@/lib/campaigns/amendment.commands';
import { filedHash } from '@/lib/campaigns/filed-facts.rules';
import { plansAndDuties } from '@/lib/publications/plan.queries';
import { addDays } from '@/lib/shared/time';
import { allProofsHold } from '../support/act';
import { CAMPAIGN, ON, RoadsKit, words } from './roads-kit';

// What a campaign filed can come late or be prolonged; what stood before stays readable, with the reason.

let kit: RoadsKit;
beforeAll(async () => {
  kit = await RoadsKit.open(4);
});
afterAll(async () => {
  await allProofsHold(kit.world.reader);
  await kit.close();
});

const state = async () => {
  const [one] = await plansAndDuties(kit.world.reader);
  if (!one) throw new Error('there is no campaign');
  return one;
};
const amendment = async (over: Record<string, unknown> = {}) => {
  const { filed } = await state();
  return {
    campaign: CAMPAIGN,
    ...filed,
    reason: '民政部门已备案',
    seenHash: filedHash(filed),
    on: ON,
    ...over,
  };
};
const shown = async () =>
  kit.world.reader
    .selectFrom('disclosure.campaign')
    .select(['legal_host', 'licence_no', 'filing_no', 'ends_on'])
    .where('slug', '=', CAMPAIGN)
    .executeTakeFirstOrThrow();
const today = async () =>
  (
    await kit.db
      .selectFrom('campaign')
      .select((eb) => eb.cast<string>(eb.fn('now'), 'date').as('day'))
      .executeTakeFirstOrThrow()
  ).day;

test('host, licence and number that came late are public at once; what stood before stays, and the log says what changed', async () => {
  const { ming } = kit.staff;
  const before = await shown();
  const done = await kit.act(
    amendCampaign,
    await amendment({ legalHost: words('中山市慈善会'), filingNo: '514420 2026 A01' }),
    ming,
  );
  expect(done).toEqual({ campaign: CAMPAIGN, changed: ['legalHost', 'filingNo'] });
  expect(await shown()).toEqual({
    ...before,
    legal_host: words('中山市慈善会'),
    filing_no: '514420 2026 A01',
  });
  expect((await state()).amendments).toEqual([
    {
      campaign: CAMPAIGN,
      changed: ['legalHost', 'filingNo'],
      before: { legalHost: null, licenceNo: null, filingNo: null, endsOn: before.ends_on },
      reason: '民政部门已备案',
      on: ON,
      by: 'ming',
    },
  ]);
  const [event] = await kit.db
    .selectFrom('audit_event')
    .select('details')
    .where('event', '=', 'campaign_amended')
    .execute();
  expect(event?.details).toMatchObject({ changed: 'legalHost filingNo', reason: '民政部门已备案' });
  const leaves = (await kit.db.selectFrom('log_draft').select('body').execute())
    .map(({ body }) => Buffer.from(body).toString())
    .filter((body) => body.includes('campaign_amended'));
  expect(leaves).toHaveLength(1);
  expect(leaves[0]).toContain('"changed":"legalHost+filingNo"');
  await expect(kit.db.deleteFrom('campaign_amendment').execute()).rejects.toThrow();
});

test('a filing is prolonged, never ended in the past', async () => {
  const { ming } = kit.staff;
  const later = addDays(await today(), 400);
  await kit.refused(
    amendCampaign,
    await amendment({ endsOn: addDays(await today(), -2) }),
    ming,
    'invalid_input',
  );
  await kit.act(amendCampaign, await amendment({ endsOn: later, reason: '批准延期' }), ming);
  expect((await shown()).ends_on).toBe(later);
  expect((await state()).amendments[0]?.changed).toEqual(['endsOn']);
});

test('refused: what changes nothing, without reason, on what was not seen, by others; and nothing is written', async () => {
  const { ming, lin, zhou } = kit.staff;
  const change = await amendment({ licenceNo: 'L-1' });
  await kit.refused(amendCampaign, await amendment(), ming, 'duplicate_submission');
  await kit.refused(amendCampaign, { ...change, reason: ' ' }, ming, 'invalid_input');
  await kit.refused(amendCampaign, { ...change, licenceNo: 'x'.repeat(101) }, ming, 'invalid_input');
  await kit.refused(amendCampaign, { ...change, campaign: 'nobodys' }, ming, 'not_found');
  await kit.refused(amendCampaign, change, lin, 'not_permitted');
  await kit.refused(amendCampaign, change, zhou, 'not_permitted');
  const count = (await state()).amendments.length;
  // Two at once over the same state: one is told to look again.
  const results = await Promise.all(
    ['L-2', 'L-3'].map((licenceNo) => kit.decided(amendCampaign, { ...change, licenceNo }, ming)),
  );
  expect(results.map((one) => (one.ok ? 'done' : one.refusal.name)).toSorted()).toEqual([
    'changed_since_seen',
    'done',
  ]);
  await kit.refused(amendCampaign, change, ming, 'changed_since_seen');
  expect((await state()).amendments).toHaveLength(count + 1);
});
