import '../support/route-settings';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { POST as signIn } from '@/app/api/auth/[...nextauth]/route';
import { PATCH, POST as begin, PUT } from '@/app/api/site/uploads/[id]/route';
import { POST as webhook } from '@/app/api/stripe/webhook/route';
import { GET as openData } from '@/app/api/v1/[[...path]]/route';
import { askedByLetter } from '@/app/[lang]/(donor)/consent/actions';
import { answerAmount, answerName, answerTiming } from '@/app/[lang]/(donor)/give/actions';
import { findPledge } from '@/app/[lang]/(donor)/give/pay/actions';
import { actOnMine } from '@/app/[lang]/(donor)/me/actions';
import { sendReport } from '@/app/[lang]/(donor)/report/actions';
import { actOnDesk } from '@/app/[lang]/finance/_desk/action';
import { enterGifts } from '@/app/[lang]/finance/gifts/actions';
import { acceptTicked } from '@/app/[lang]/finance/matching/[account]/actions';
import { actOnPeople } from '@/app/[lang]/finance/people/actions';
import { importRoads } from '@/app/[lang]/finance/roads/import/actions';
import { POST as handIn } from '@/app/[lang]/finance/statements/upload/route';
import { sendDirectly } from '@/app/[lang]/site/[code]/actions';
import { approveAllocation, proposeAllocation } from '@/lib/allocations/allocation.commands';
import { takeFromBudget } from '@/lib/auth/rate-limit';
import type { Actor } from '@/lib/auth/roles.rules';
import { duringRequest } from '@/lib/server/asked';
import { writeRefusalsTo } from '@/lib/server/refusal-log';
import { emptyDraft } from '@/lib/payments/give-draft.rules';
import { newId } from '@/lib/shared/id';
import { useWorld } from '../support/routes';
import { CAMPAIGN, ON, RoadsKit } from './roads-kit';

// Every door that reads what people send, and what a refusal there leaves in the log: one line with the same names
// (ASVS 5.0.0, 16.3.3). What an act refuses is in tests/rules/server/refusal-log.test.ts.

const state = vi.hoisted(() => ({
  actor: { kind: 'visitor' } as unknown,
  draft: null as unknown,
}));
const answer = vi.hoisted(() => ({
  see: (to: string): never => {
    throw new Error(`see ${to}`);
  },
}));
vi.mock('next/navigation', () => ({ redirect: answer.see, notFound: () => answer.see('nothing') }));
vi.mock('next/server', async (original) => ({ ...(await original<object>()), after: () => undefined }));
vi.mock('@/lib/auth/session', async (original) => ({
  ...(await original<object>()),
  currentActor: () => Promise.resolve(state.actor),
  requireStaff: () => Promise.resolve(state.actor),
  requireRecentSecondFactor: () => Promise.resolve(),
  refuseForeignAction: () => Promise.resolve(),
  requestNetwork: () => Promise.resolve('203.0.113.9'),
  askedBrowser: () => Promise.resolve(null),
}));
vi.mock('@/app/[lang]/(donor)/_give/giving', () => ({
  loadGiving: () =>
    Promise.resolve({ slug: 'gen-hun-meng', currency: 'CNY', today: '2024-03-05', open: true, roads: [] }),
}));
vi.mock('@/app/[lang]/(donor)/_give/draft-cookie', () => ({
  readDraft: () => Promise.resolve(state.draft),
  freshDraft: () => Promise.resolve(null),
  keepDraft: () => Promise.resolve(true),
}));

let lines: Record<string, unknown>[] = [];
let kit: RoadsKit;
let end: () => Promise<void>;
beforeAll(async () => {
  kit = await RoadsKit.open(4);
  end = useWorld(kit.world);
});
afterAll(async () => {
  writeRefusalsTo(pino({ enabled: false }));
  await end();
  await kit.close();
});
beforeEach(() => {
  lines = [];
  state.actor = kit.staff.lin;
  state.draft = emptyDraft(CAMPAIGN, 'CNY');
  writeRefusalsTo(
    pino(
      { base: null, timestamp: false },
      { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
    ),
  );
});

const MARK = 'value-nobody-may-log';
const as = (actor: Actor): void => {
  state.actor = actor;
};
const donor: Actor = { kind: 'donor', personId: newId() };
const form = (fields: Readonly<Record<string, string | File>>): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
};
const FRESH = { message: null, field: null, values: {} };
const STEP = { typed: {}, errors: [] };
const ours = { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' };
const request = (method: string, path: string, body: BodyInit | null, headers: Record<string, string> = {}) =>
  new Request(`http://localhost:3000${path}`, { method, body, headers: { ...ours, ...headers } });
const params = <T>(value: T) => ({ params: Promise.resolve(value) });

type Said = {
  event: string;
  code: string;
  door: string;
  field: string | null;
  level: 30 | 40;
  who: string | null;
};
type Try = readonly [name: string, url: string, send: () => Promise<unknown>, said: Said];

const input = (
  code: string,
  door: string,
  field: string | null,
  level: 30 | 40,
  who: string | null,
): Said => ({
  event: 'input_refused',
  code,
  door,
  field,
  level,
  who,
});
const UPLOADS = '/api/site/uploads/[id]';
const upload =
  (method: 'POST' | 'PUT' | 'PATCH', body: string, query = '') =>
  () =>
    ({ POST: begin, PUT, PATCH })[method](
      request(method, `/api/site/uploads/x${query}`, body, { 'content-type': 'application/json' }),
      params({ id: newId() }),
    );
const inspector = (send: () => Promise<unknown>) => () => {
  as(kit.staff.he);
  return send();
};
const giver = (send: () => Promise<unknown>) => () => {
  as(donor);
  return send();
};
const FINISH = { segment: 'ML-0001', stage: 'before', station: 'A', on: ON, capturedAt: null, place: null };
const DESK = { lang: 'en', act: 'allocation.propose', key: newId(), back: '/en/finance' };

const TRIES: readonly Try[] = [
  [
    'a delivery nobody has signed',
    '/api/stripe/webhook',
    () => webhook(request('POST', '/api/stripe/webhook', `{"id":"${MARK}"}`)),
    {
      event: 'secret_refused',
      code: 'signature_wrong',
      door: '/api/stripe/webhook',
      field: null,
      level: 40,
      who: null,
    },
  ],
  [
    'a parameter of open data that cannot be',
    '/api/v1/segments?limit=0',
    () => openData(request('GET', `/api/v1/segments?limit=${MARK}`, null), params({ path: ['segments'] })),
    input('parameter_wrong', '/api/v1/[[...path]]', 'limit', 30, null),
  ],
  [
    'a parameter of open data there is not',
    '/api/v1/segments',
    () => openData(request('GET', `/api/v1/segments?${MARK}=1`, null), params({ path: ['segments'] })),
    input('parameter_wrong', '/api/v1/[[...path]]', '*', 30, null),
  ],
  [
    'an upload begun with a spoilt body',
    '/api/site/uploads/x',
    inspector(upload('POST', `{"sha256":["${MARK}"]}`)),
    input('shape_wrong', UPLOADS, 'sha256', 40, null),
  ],
  [
    'a piece without a number',
    '/api/site/uploads/x',
    inspector(upload('PUT', MARK, `?piece=${MARK}`)),
    input('shape_wrong', UPLOADS, 'piece', 40, null),
  ],
  [
    'a piece of somebody else’s upload',
    '/api/site/uploads/x',
    inspector(upload('PUT', MARK, '?piece=0')),
    { event: 'rule_refused', code: 'not_found', door: UPLOADS, field: 'upload', level: 30, who: 'inspector' },
  ],
  [
    'an upload ended with a place that is none',
    '/api/site/uploads/x',
    inspector(upload('PATCH', JSON.stringify({ ...FINISH, place: { latitudeE7: MARK, longitudeE7: 0 } }))),
    input('shape_wrong', UPLOADS, 'place.latitudeE7', 40, null),
  ],
  [
    'a link we never sent',
    '/api/auth/callback/email',
    () =>
      signIn(
        request('POST', '/api/auth/callback/email', `token=${'a'.repeat(43)}`, {
          'content-type': 'application/x-www-form-urlencoded',
        }),
        params({ nextauth: ['callback', 'email'] }),
      ),
    {
      event: 'secret_refused',
      code: 'not_theirs',
      door: '/api/auth/[...nextauth]',
      field: 'token',
      level: 40,
      who: null,
    },
  ],
  [
    'a code in a browser that asked for none',
    '/api/auth/callback/email',
    () =>
      signIn(
        request('POST', '/api/auth/callback/email', 'code=123456', {
          'content-type': 'application/x-www-form-urlencoded',
        }),
        params({ nextauth: ['callback', 'email'] }),
      ),
    {
      event: 'secret_refused',
      code: 'code_expired',
      door: '/api/auth/[...nextauth]',
      field: 'code',
      level: 30,
      who: null,
    },
  ],
  [
    'an act of the desk there is not',
    '/en/finance',
    () => actOnDesk(FRESH, form({ ...DESK, act: MARK })),
    input('act_unknown', '/[lang]/finance', 'act', 40, null),
  ],
  [
    'an act of the desk by the name of what every object has',
    '/en/finance',
    () => actOnDesk(FRESH, form({ ...DESK, act: 'constructor' })),
    input('act_unknown', '/[lang]/finance', 'act', 40, null),
  ],
  [
    'a form of the desk without its number',
    '/en/finance',
    () => actOnDesk(FRESH, form({ ...DESK, key: '' })),
    input('key_wrong', 'allocation.propose', 'key', 40, 'clerk'),
  ],
  [
    'a form of the desk with a field left empty',
    '/en/finance',
    () =>
      actOnDesk(
        FRESH,
        form({ ...DESK, campaign: CAMPAIGN, segment: 'ML-0001', amount: '', currency: 'CNY' }),
      ),
    input('invalid_input', 'allocation.propose', 'amount', 30, 'clerk'),
  ],
  [
    'a photograph of a stage nobody offers',
    '/en/finance',
    () => actOnDesk(FRESH, form({ ...DESK, act: 'photograph.file', segment: 'ML-0001', stage: MARK })),
    input('value_not_offered', 'photograph.file', 'stage', 40, 'clerk'),
  ],
  [
    'a bundle of gifts without its day',
    '/en/finance/gifts',
    () => enterGifts(FRESH, form({ lang: 'en', kind: 'cash', currency: 'CNY', on: MARK })),
    input('invalid_input', 'gift_batch.enter', 'on', 30, 'clerk'),
  ],
  [
    'a bundle of gifts with a row that cannot be read',
    '/en/finance/gifts',
    () =>
      enterGifts(
        FRESH,
        form({ lang: 'en', kind: 'cash', currency: 'CNY', on: ON, name0: 'Ada', amount0: MARK }),
      ),
    input('invalid_input', 'gift_batch.enter', 'amount', 30, 'clerk'),
  ],
  [
    'what nobody can do with people',
    '/en/finance/people',
    () => actOnPeople(FRESH, form({ lang: 'en', act: MARK })),
    input('act_unknown', '/[lang]/finance/people', 'act', 40, 'clerk'),
  ],
  [
    'matches of an account there is not',
    '/en/finance/matching/x',
    () => acceptTicked(form({ lang: 'en', account: MARK, key: newId() })),
    input('value_not_offered', '/[lang]/finance/matching/[account]', 'account', 40, null),
  ],
  [
    'roads on a grid there is not',
    '/en/finance/roads/import',
    () =>
      importRoads(
        { message: null, roads: null, file: '', grid: null, campaign: '', atUpload: false, uploads: 0 },
        form({ lang: 'en', grid: MARK, upload: new File(['{}'], `${MARK}.geojson`) }),
      ),
    input('grid_unknown', 'segment.import', 'grid', 40, 'clerk'),
  ],
  [
    'a statement of an account there is not',
    '/en/finance/statements/upload',
    () =>
      handIn(
        (() => {
          const body = form({ account: MARK, key: newId(), file: new File(['a;b'], `${MARK}.csv`) });
          return request('POST', '/en/finance/statements/upload', body, { 'content-length': '300' });
        })(),
        params({ lang: 'en' }),
      ),
    input('value_not_offered', 'statement.hand_in', 'account', 40, 'clerk'),
  ],
  [
    'a photograph without a picture, sent directly',
    '/en/site/ML-0001',
    inspector(() => sendDirectly(form({ lang: 'en', segment: 'ML-0001', stage: 'before' }))),
    input('invalid_input', 'photograph.file', 'photograph', 30, 'inspector'),
  ],
  [
    'an amount left empty',
    '/en/give',
    giver(() => answerAmount('en', STEP, form({ campaign: CAMPAIGN, amount: 'other', other: '' }))),
    input('amount_missing', '/[lang]/give', 'other', 30, null),
  ],
  [
    'a way to give in time that is no button',
    '/en/give/timing',
    giver(() => {
      state.draft = { ...emptyDraft(CAMPAIGN, 'CNY'), amountMinor: 100n, road: 'any' };
      return answerTiming('en', STEP, form({ timing: MARK }));
    }),
    input('value_not_offered', '/[lang]/give/timing', 'timing', 40, null),
  ],
  [
    'a question answered before the one before it',
    '/en/give/name',
    giver(() => answerName('en', STEP, form({ show: 'yes' }))),
    {
      event: 'rule_refused',
      code: 'step_skipped',
      door: '/[lang]/give/name',
      field: null,
      level: 40,
      who: null,
    },
  ],
  [
    'a reference there is not',
    '/en/give/pay',
    giver(() => findPledge('en', STEP, form({ reference: MARK }))),
    input('reference_wrong', '/[lang]/give/pay', 'reference', 30, null),
  ],
  [
    'something no giver can decide',
    '/en/me/gifts/x',
    giver(() => actOnMine(form({ lang: 'en', gift: 'G-0001', act: MARK }))),
    input('act_unknown', '/[lang]/me/gifts/[code]', 'act', 40, 'donor'),
  ],
  [
    'a link of a letter that is none',
    '/en/consent',
    giver(() => askedByLetter({ kind: 'unread' }, form({ lang: 'en', token: MARK }))),
    {
      event: 'secret_refused',
      code: 'code_wrong',
      door: '/[lang]/consent',
      field: 'token',
      level: 30,
      who: null,
    },
  ],
  [
    'somebody else’s gift',
    '/en/me/gifts/x',
    giver(() => actOnMine(form({ lang: 'en', gift: 'G-0001', act: 'withdraw_consent', key: newId() }))),
    {
      event: 'secret_refused',
      code: 'not_theirs',
      door: 'donor.withdraw_consent',
      field: 'donation',
      level: 40,
      who: 'donor',
    },
  ],
  [
    'a picture of a report that is none',
    '/en/report',
    giver(() =>
      sendReport(
        { message: null, field: null, typed: {} },
        form({ lang: 'en', kind: 'defect', told: MARK, key: newId(), picture: new File([MARK], 'x.jpg') }),
      ),
    ),
    input('file_type_refused', 'concern.report', null, 30, 'visitor'),
  ],
  [
    'a budget that is spent',
    '/en/sign-in',
    async () => {
      for (let n = 0; n < 2; n += 1)
        // oxlint-disable-next-line no-await-in-loop -- the second is one too many
        await takeFromBudget('try', MARK, { burst: 1, everySeconds: 60 }, kit.db);
    },
    { event: 'budget_spent', code: 'too_many_requests', door: 'try', field: null, level: 40, who: null },
  ],
  [
    'an allocation approved by who proposed it',
    '/en/finance/approvals',
    async () => {
      const road = await newRoad();
      const made = await kit.act(
        proposeAllocation,
        { segment: road, amountMinor: 100n, note: MARK, on: ON },
        kit.staff.zhou,
      );
      await kit.try(
        approveAllocation,
        { allocation: made.code, seenHash: made.contentHash, on: ON, note: null },
        kit.staff.zhou,
      );
    },
    {
      event: 'rule_refused',
      code: 'maker_is_checker',
      door: 'allocation.approve',
      field: null,
      level: 40,
      who: 'approver',
    },
  ],
  [
    'more allocated than there is',
    '/en/finance/approvals',
    async () => {
      const road = await newRoad();
      const made = await kit.proposal(road, 10n ** 11n);
      await kit.try(approveAllocation, kit.approval(made), kit.staff.zhou);
    },
    {
      event: 'rule_refused',
      code: 'exceeds_unallocated',
      door: 'allocation.approve',
      field: null,
      level: 30,
      who: 'approver',
    },
  ],
];

const newRoad = async (): Promise<string> => {
  await kit.gift(1_000n);
  return kit.road(10n ** 12n);
};

test.each(TRIES)('%s leaves its one line', async (_, url, send, said) => {
  await duringRequest({ id: 'f00dcafe-0123', url, who: null, noted: false }, () =>
    send().catch((error: unknown) => {
      if (!(error instanceof Error) || !error.message.startsWith('see ')) throw error;
    }),
  );
  expect(lines).toEqual([{ ...said, request: 'f00dcafe-0123', msg: 'refused' }]);
  expect(JSON.stringify(lines)).not.toContain(MARK);
});
