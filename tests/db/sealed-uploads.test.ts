import '../support/route-settings';
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/auth/roles.rules';
import { PATCH, POST, PUT } from '@/app/api/site/uploads/[id]/route';
import { sealForServer } from '@/app/[lang]/site/[code]/seal';
import { keyToSealFor } from '@/lib/evidence/upload.flow';
import { waitingKey } from '@/lib/evidence/waiting';
import { SEALED_EXTRA_MAX } from '@/lib/evidence/waiting.rules';
import { PICTURE_BYTES_MAX } from '@/lib/files/picture.rules';
import { newId } from '@/lib/shared/id';
import { cases } from '../support/bad-input';
import { useWorld, written } from '../support/routes';
import { ON, RoadsKit } from './roads-kit';

// A photograph that waited sealed comes in by the door every photograph comes in by (app/api/site/uploads), sealed by the
// code of the inspector's page itself.

// Before lib/env.js is read.
const { asking, files } = await vi.hoisted(async () => {
  const { mkdtempSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const folder = mkdtempSync(`${tmpdir()}/shanlu-sealed-`);
  process.env['DATA_DIR'] = folder;
  process.env['AUTH_SECRET_BEFORE'] = 'the secret before, of the tests 0123456789';
  return { asking: { actor: { kind: 'visitor' } as Actor }, files: folder };
});
vi.mock('@/lib/auth/session', async (original) => ({
  ...(await original<object>()),
  currentActor: () => Promise.resolve(asking.actor),
}));

let kit: RoadsKit;
let end: () => Promise<void>;
let road: string;
beforeAll(async () => {
  kit = await RoadsKit.open(4);
  end = useWorld(kit.world);
  road = await kit.road(100_000n);
});
beforeEach(() => {
  asking.actor = kit.staff.he;
});
afterAll(async () => {
  await end();
  await kit.close();
  rmSync(files, { recursive: true });
});

const OURS = { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' };
const PIECE = 65_536;

const send = async (
  door: typeof POST,
  id: string,
  body: string | Uint8Array<ArrayBuffer>,
  query = '',
): Promise<{ status: number; said: Record<string, unknown> }> => {
  const method = door === POST ? 'POST' : door === PUT ? 'PUT' : 'PATCH';
  const request = new Request(`http://localhost:3000/api/site/uploads/x${query}`, {
    method,
    body,
    headers: { ...OURS, 'content-type': 'application/json' },
  });
  const answer = await door(request, { params: Promise.resolve({ id }) });
  return { status: answer.status, said: (await answer.json()) as Record<string, unknown> };
};

const facts = (station: string) => ({
  segment: road,
  stage: 'during',
  station,
  on: ON,
  capturedAt: '2026-01-02T03:04:05.000Z',
  place: { latitudeE7: 225_123_456, longitudeE7: 1_133_712_345 },
});

/** Another picture each time, as JPEG. */
const picture = async (): Promise<Buffer> =>
  sharp(randomBytes(300 * 300 * 3), { raw: { width: 300, height: 300, channels: 3 } })
    .jpeg()
    .toBuffer();

const begin = (
  id: string,
  sealed: Uint8Array,
  key = keyToSealFor().id,
  person: string = kit.staff.he.personId,
) =>
  send(
    POST,
    id,
    JSON.stringify({
      sha256: createHash('sha256').update(sealed).digest('hex'),
      sizeBytes: sealed.length,
      pieceBytes: PIECE,
      sealed: { key, person },
    }),
  );

/** Sends it whole, as the page does, and answers what the last request came to. */
const sent = async (id: string, sealed: Uint8Array<ArrayBuffer>, key?: string) => {
  expect((await begin(id, sealed, key)).status).toBe(200);
  for (let no = 0; no * PIECE < sealed.length; no += 1) {
    const piece = sealed.slice(no * PIECE, (no + 1) * PIECE);
    expect((await send(PUT, id, piece, `?piece=${no}`)).status).toBe(200);
  }
  return send(PATCH, id, '{"sealed":true}');
};

const photographAt = (station: string) =>
  kit.db.selectFrom('photograph').selectAll().where('station', '=', station).execute();
const shelved = (): number =>
  readdirSync(files, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length;
const rest = async (): Promise<string> =>
  `${await written(kit.world)} ${shelved()} ${(await kit.db.selectFrom('photograph').select('id').execute()).length}`;

test('a sealed photograph is opened at the door and filed with what was said in it; sent again it counts once', async () => {
  const bytes = await picture();
  const id = newId();
  const forWhom = { person: kit.staff.he.personId, upload: id };
  const sealed = await sealForServer(keyToSealFor(), forWhom, facts('sealed-1'), bytes);
  const done = await sent(id, sealed);
  expect(done.status).toBe(200);
  const [filed, ...more] = await photographAt('sealed-1');
  expect(more).toEqual([]);
  expect(filed).toMatchObject({
    id: done.said['photograph'],
    uploaded_by: kit.staff.he.personId,
    original_sha256: createHash('sha256').update(bytes).digest('hex'),
  });
  const whereAndWhen = await kit.db
    .selectFrom('photograph_sealed')
    .select(['latitude_e7', 'longitude_e7', 'captured_at'])
    .where('photograph_id', '=', filed?.id ?? '')
    .executeTakeFirst();
  expect(whereAndWhen).toEqual({
    latitude_e7: 225_123_456,
    longitude_e7: 1_133_712_345,
    captured_at: new Date('2026-01-02T03:04:05.000Z'),
  });
  const pieces = await kit.db
    .selectFrom('upload_piece')
    .select('piece_no')
    .where('upload_id', '=', id)
    .execute();
  expect(pieces).toEqual([]);
  expect((await send(PATCH, id, '{"sealed":true}')).said).toEqual(done.said);
  // The same picture, sealed anew as another upload: the one that is there.
  const again = newId();
  const second = await sealForServer(keyToSealFor(), { ...forWhom, upload: again }, facts('sealed-2'), bytes);
  expect((await sent(again, second)).said).toEqual(done.said);
  expect(await photographAt('sealed-2')).toEqual([]);
});

test('what was sealed for the secret before is opened while that is still told', async () => {
  const before = waitingKey(process.env['AUTH_SECRET_BEFORE'] ?? '');
  const key = { id: before.id, point: before.publicKey.toString('base64') };
  const id = newId();
  const forWhom = { person: kit.staff.he.personId, upload: id };
  const sealed = await sealForServer(key, forWhom, facts('sealed-before'), await picture());
  expect((await sent(id, sealed, before.id)).status).toBe(200);
  expect(await photographAt('sealed-before')).toHaveLength(1);
});

test('what does not open is refused by name, and nothing of it stays', async () => {
  const bytes = await picture();
  const id = newId();
  const forWhom = { person: kit.staff.he.personId, upload: id };
  const good = await sealForServer(keyToSealFor(), forWhom, facts('never'), bytes);
  const changed = Uint8Array.from(good);
  changed[5_000] = (changed[5_000] ?? 0) ^ 1;
  const seal = (whom: typeof forWhom) => sealForServer(keyToSealFor(), whom, facts('never'), bytes);
  const before = await rest();
  for (const [why, wrong] of cases('sealed-photographs', [
    ['a byte changed', changed],
    ['cut off', good.slice(0, -200)],
    ['sealed by another person', await seal({ ...forWhom, person: kit.staff.lin.personId })],
    ['sealed as another upload', await seal({ ...forWhom, upload: newId() })],
    ['not sealed at all', Uint8Array.from(bytes)],
    ['one byte', Uint8Array.of(1)],
  ] as const)) {
    expect(await sent(id, wrong), why).toEqual({ status: 422, said: { refused: 'sealed_unreadable' } });
    expect(await rest(), why).toBe(before);
  }
  expect(await photographAt('never')).toEqual([]);
});

test('what is opened is asked as strictly as a form, and by the same limits', async () => {
  const bytes = await picture();
  const before = await written(kit.world);
  const tried = async (told: unknown, photograph: Uint8Array) => {
    const id = newId();
    const forWhom = { person: kit.staff.he.personId, upload: id };
    const answer = await sent(id, await sealForServer(keyToSealFor(), forWhom, told, photograph));
    await kit.db.deleteFrom('upload').where('id', '=', id).execute();
    return answer.said['refused'];
  };
  for (const told of cases('sealed-facts', [
    null,
    [],
    'x',
    {},
    { ...facts('x'), stage: 'never' },
    { ...facts('x'), station: '' },
  ]))
    expect(await tried(told, bytes), JSON.stringify(told)).toBe('invalid_input');
  expect(await tried({ ...facts('x'), segment: 'ML-9999' }, bytes)).toBe('not_found');
  expect(await tried(facts('x'), Buffer.from('no picture at all'))).toBe('file_type_refused');
  // A photograph may be as large as ever, though a sealed one is larger; a byte more is too large.
  const large = (size: number) => Buffer.concat([bytes], size);
  expect(await tried(facts('x'), large(PICTURE_BYTES_MAX + 1))).toBe('file_too_large');
  expect(await photographAt('x')).toEqual([]);
  expect(await written(kit.world)).toBe(before);
  expect(await tried(facts('as large as may be'), large(PICTURE_BYTES_MAX))).toBeUndefined();
  expect(await photographAt('as large as may be')).toHaveLength(1);
});

test('nothing is begun for a key nobody here has, for somebody else, or for more than a photograph', async () => {
  const before = await written(kit.world);
  const bytes = new Uint8Array(9_000);
  expect(await begin(newId(), bytes, '0123456789abcdef')).toEqual({
    status: 422,
    said: { refused: 'sealed_unreadable' },
  });
  expect(await begin(newId(), bytes, keyToSealFor().id, kit.staff.lin.personId)).toEqual({
    status: 401,
    said: { refused: 'not_signed_in' },
  });
  for (const [sizeBytes, sealed] of [
    [PICTURE_BYTES_MAX + SEALED_EXTRA_MAX + 1, { key: keyToSealFor().id, person: kit.staff.he.personId }],
    [PICTURE_BYTES_MAX + 1, undefined],
    [9_000, { key: 'x', person: kit.staff.he.personId }],
    [9_000, { key: keyToSealFor().id, person: 'x' }],
    [9_000, null],
    [9_000, 'yes'],
  ] as const)
    expect(
      await send(
        POST,
        newId(),
        JSON.stringify({ sha256: 'ab'.repeat(32), sizeBytes, pieceBytes: PIECE, sealed }),
      ),
    ).toEqual({ status: 422, said: { refused: 'invalid_input' } });
  expect(await written(kit.world)).toBe(before);
});
