import '../support/route-settings';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { PATCH, POST, PUT } from '@/app/api/site/uploads/[id]/route';
import type { Actor } from '@/lib/auth/roles.rules';
import { finishUpload } from '@/lib/evidence/upload.flow';
import { takeReport } from '@/lib/concerns/report.flow';
import { BUDGETS } from '@/lib/auth/rate-limit';
import { newId } from '@/lib/shared/id';
import { cases } from '../support/bad-input';
import { expectNoInsides, listening, useWorld, written } from '../support/routes';
import { CAMPAIGN, ON, RoadsKit, shaOf } from './roads-kit';

const asking = vi.hoisted(() => ({ actor: { kind: 'visitor' } as Actor }));
vi.mock('@/lib/auth/session', async (original) => ({
  ...(await original<object>()),
  currentActor: () => Promise.resolve(asking.actor),
}));

let kit: RoadsKit;
let end: () => Promise<void>;
beforeAll(async () => {
  kit = await RoadsKit.open(4);
  end = useWorld(kit.world);
});
beforeEach(() => {
  asking.actor = kit.staff.he;
});
afterAll(async () => {
  await end();
  await kit.close();
});

const OURS = { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' };
const METHODS = { POST, PUT, PATCH };

type Body = string | Uint8Array<ArrayBuffer>;
const send = async (
  method: keyof typeof METHODS,
  body: Body,
  { id = newId(), query = '', headers = {} as Record<string, string> } = {},
) => {
  const request = new Request(`http://localhost:3000/api/site/uploads/x${query}`, {
    method,
    body,
    headers: { ...OURS, 'content-type': 'application/json', ...headers },
  });
  const { answer, printed } = await listening(() =>
    METHODS[method](request, { params: Promise.resolve({ id }) }),
  );
  const text = await answer.text();
  expectNoInsides(text + printed);
  return { status: answer.status, text, printed };
};

const BEGIN = { sha256: shaOf('x'), sizeBytes: 9_000, pieceBytes: 4096 };
const FINISH = {
  segment: 'ML-0001',
  stage: 'before',
  station: 'A',
  on: ON,
  capturedAt: null,
  place: null,
};

/** The good body with one field altered, each in every wrong way. */
const altered = (good: Readonly<Record<string, unknown>>): string[] => [
  ...Object.keys(good).map((name) =>
    JSON.stringify(Object.fromEntries(Object.entries(good).filter(([key]) => key !== name))),
  ),
  ...Object.keys(good).flatMap((name) =>
    [[], {}, true, -1, 1.5, 1e300, '', 'x'.repeat(300), { toString: 'x' }].map((value) =>
      JSON.stringify({ ...good, [name]: value }),
    ),
  ),
];

const NO_BODIES: readonly Body[] = [
  '',
  ' ',
  'null',
  'true',
  '1',
  '"x"',
  '[]',
  '{}',
  '[{}]',
  '{',
  '}{',
  "{'sha256':1}",
  '{"sha256":}',
  '\ufeff{}',
  `\ufeff${JSON.stringify(BEGIN)}`,
  `${JSON.stringify(BEGIN)}x`,
  `${JSON.stringify(BEGIN)}${JSON.stringify(BEGIN)}`,
  JSON.stringify([BEGIN]),
  JSON.stringify(JSON.stringify(BEGIN)),
  '{"__proto__":{"sha256":"x","sizeBytes":1,"pieceBytes":4096}}',
  '{"constructor":{"prototype":{"sizeBytes":1}}}',
  '['.repeat(9_000),
  `${'['.repeat(4_900)}${']'.repeat(4_900)}`,
  `${'{"a":'.repeat(1_500)}1${'}'.repeat(1_500)}`,
  JSON.stringify({ ...BEGIN, more: 'x'.repeat(10_000) }),
  `{"more":"${'x'.repeat(10_000_000)}"}`,
  new Uint8Array([0xff, 0xfe, 0x7b, 0, 0x7d, 0]),
  new Uint8Array([0x7b, 0xc0, 0x80, 0x7d]),
  new Uint8Array(20_000),
  'sha256=x&sizeBytes=1',
  '<sha256/>',
];

describe('the JSON of an upload', () => {
  test('that is none, too much, or has one field wrong begins and finishes nothing', async () => {
    const all = cases('json-uploads', [
      ...NO_BODIES.flatMap((body) => [{ method: 'POST', body } as const, { method: 'PATCH', body } as const]),
      ...altered(BEGIN).map((body) => ({ method: 'POST', body }) as const),
      ...altered(FINISH)
        // The same again is no upload: refused as not there, which is said before the rest is looked at.
        .map((body) => ({ method: 'PATCH', body }) as const),
    ]);
    const before = await written(kit.world);
    for (const { method, body } of all) {
      const { status, text, printed } = await send(method, body);
      expect(status, `${method} ${String(body).slice(0, 90)}`).toBe(422);
      expect(JSON.parse(text)).toEqual({ refused: expect.stringMatching(/^(?:invalid_input|not_found)$/) });
      expect(printed).toBe('');
    }
    expect(await written(kit.world)).toBe(before);
  });

  test('with fields nobody asked for sets nothing by them', async () => {
    const id = newId();
    const more = { personId: kit.staff.lin.personId, photographId: newId(), person_id: 'x', id: newId() };
    expect((await send('POST', JSON.stringify({ ...BEGIN, ...more }), { id })).status).toBe(200);
    const row = await kit.db.selectFrom('upload').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    expect(row).toMatchObject({ person_id: kit.staff.he.personId, photograph_id: null });
  });
});

describe('the pieces of an upload', () => {
  test('are of the length their number demands, and are there before the whole is filed', async () => {
    const id = newId();
    await send('POST', JSON.stringify(BEGIN), { id });
    const before = await written(kit.world);
    const piece = (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(length);
    const wrong = cases('upload-pieces', [
      ['?piece=0', piece(0)],
      ['?piece=0', piece(4095)],
      ['?piece=0', piece(4097)],
      ['?piece=2', piece(809)],
      ['?piece=3', piece(4096)],
      ['?piece=-1', piece(4096)],
      ['?piece=1.5', piece(4096)],
      ['?piece=1e3', piece(4096)],
      ['?piece=99999', piece(4096)],
      ['?piece=', piece(4096)],
      ['?piece=0x0', piece(4096)],
      ['', piece(4096)],
      ['?piece=0', piece(1_048_577)],
    ] as const);
    for (const [query, body] of wrong)
      expect((await send('PUT', body, { id, query })).status, `${query} ${body.length}`).toBe(422);
    expect(await written(kit.world)).toBe(before);
    const finished = await finishUpload(kit.staff.he, id, { ...FINISH, stage: 'before' });
    expect(finished.ok ? 'done' : finished.refusal.name).toBe('upload_incomplete');
  });

  test('of somebody else, or of an id that is none, are not there; visitors and other staff are refused', async () => {
    const id = newId();
    await send('POST', JSON.stringify(BEGIN), { id });
    const before = await written(kit.world);
    asking.actor = { ...kit.staff.he, personId: kit.staff.lin.personId };
    for (const method of ['POST', 'PATCH'] as const)
      expect((await send(method, JSON.stringify(method === 'POST' ? BEGIN : FINISH), { id })).text).toBe(
        '{"refused":"not_found"}',
      );
    asking.actor = kit.staff.he;
    for (const none of ['x', '', '0', `${id}x`, id.slice(1), '../x', '{}'])
      expect((await send('POST', JSON.stringify(BEGIN), { id: none })).status).toBe(404);
    for (const [actor, status] of [
      [{ kind: 'visitor' }, 401],
      [{ kind: 'donor', personId: newId() }, 403],
      [{ ...kit.staff.he, secondFactor: false }, 401],
      [kit.staff.wen, 403],
    ] as const) {
      asking.actor = actor;
      for (const method of ['POST', 'PUT', 'PATCH'] as const)
        expect((await send(method, JSON.stringify(BEGIN), { id })).status, `${actor.kind} ${method}`).toBe(
          status,
        );
    }
    expect(await written(kit.world)).toBe(before);
  });
});

test('reports from one network come to an end, and start again', async () => {
  const report = {
    kind: 'irregularity',
    campaign: CAMPAIGN,
    segment: null,
    aboutRole: null,
    contact: null,
    on: ON,
  };
  const tell = (network: string) =>
    takeReport({ ...report, told: '有人没有到场，请查一查。' }, null, { key: `report:${newId()}`, network });
  for (let n = 0; n < BUDGETS.concern_per_network.burst; n += 1)
    expect((await tell('203.0.113.9')).ok).toBe(true);
  const before = await written(kit.world);
  const refused = await tell('203.0.113.9');
  expect(refused.ok ? 'done' : refused.refusal.name).toBe('too_many_reports');
  expect(await written(kit.world)).toBe(before);
  expect((await tell('203.0.113.10')).ok).toBe(true);
});
