import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filePhotograph, publishPhotograph } from '@/lib/evidence/evidence.commands';
import { coverPhotograph, redactDocument, withholdDocument } from '@/lib/evidence/public-copy.commands';
import { recordMeasurement } from '@/lib/evidence/measurement.commands';
import { storedMilli, writtenValue, type MeasurementKind } from '@/lib/shared/measurement';
import {
  beginUpload,
  closeUpload,
  keepPiece,
  piecesThere,
  removeAbandonedUploads,
  wholeUpload,
} from '@/lib/evidence/upload.store';
import { newId } from '@/lib/shared/id';
import { addDays } from '@/lib/shared/time';
import { ON, RoadsKit, shaOf } from './roads-kit';

let kit: RoadsKit;
beforeAll(async () => {
  kit = await RoadsKit.open(8);
});
afterAll(() => kit.close());

test('pieces of a photograph come in any order and more than once, and make it whole; another person’s id is not theirs', async () => {
  const plan = {
    id: newId(),
    personId: kit.staff.he.personId,
    sha256: shaOf('abc'),
    sizeBytes: 9_000,
    pieceBytes: 4096,
  };
  expect(await beginUpload(kit.db, plan)).toMatchObject({ photographId: null });
  const bytes = Buffer.from(Array.from({ length: 9_000 }, (_, index) => index % 251));
  for (const no of [2, 0, 2, 1, 0]) {
    await keepPiece(kit.db, plan.id, no, bytes.subarray(no * 4096, (no + 1) * 4096));
    if (no === 0) expect((await beginUpload(kit.db, plan))?.id).toBe(plan.id);
  }
  expect(await piecesThere(kit.db, plan.id)).toEqual([0, 1, 2]);
  expect((await wholeUpload(kit.db, plan.id)).equals(bytes)).toBe(true);
  expect(await beginUpload(kit.db, { ...plan, personId: kit.staff.lin.personId })).toBeNull();
  expect(await beginUpload(kit.db, { ...plan, sha256: shaOf('other') })).toBeNull();
  const road = await kit.road(100_000n);
  await closeUpload(kit.db, plan.id, await kit.photo(road, 'before'));
  expect(await piecesThere(kit.db, plan.id)).toEqual([]);
});

test('faces are covered before publication, never after; the same original counts once for a road', async () => {
  const road = await kit.road(100_000n);
  const input = kit.photoInput(road, 'after');
  const { id } = await kit.act(filePhotograph, input, kit.staff.he);
  await kit.refused(filePhotograph, input, kit.staff.he, 'duplicate_submission');
  const cover = {
    photograph: id,
    publicSha256: shaOf('covered'),
    thumbSha256: shaOf('covered thumb'),
    widthPx: 1600,
    heightPx: 1200,
    count: 2,
    on: ON,
  };
  await kit.act(coverPhotograph, cover, kit.staff.lin);
  await kit.act(publishPhotograph, { photograph: id, on: ON }, kit.staff.lin);
  await kit.refused(coverPhotograph, cover, kit.staff.lin, 'illegal_state_change');
  const shown = await kit.world.reader
    .selectFrom('disclosure.photograph')
    .select('public_sha256')
    .where('id', '=', id)
    .executeTakeFirst();
  expect(shown?.public_sha256).toBe(shaOf('covered'));
});

test('a document opens to the public by its blacked-out copy, made by someone other than the uploader', async () => {
  const road = await kit.road(100_000n);
  const document = await kit.paper(road, 'invoice', { visibility: 'redacted' });
  const redact = { document, publicSha256: shaOf('blacked out'), on: ON };
  await kit.refused(redactDocument, redact, kit.staff.lin, 'maker_is_checker');
  await kit.act(redactDocument, redact, kit.staff.zhou);
  const shown = await kit.world.reader
    .selectFrom('disclosure.document')
    .select('file_sha256')
    .where('code', '=', document)
    .executeTakeFirst();
  expect(shown?.file_sha256).toBe(shaOf('blacked out'));
});

test('what is measured stands for good, in public, with its report; a strength without one is refused', async () => {
  const road = await kit.fundedRoad(100_000n);
  const input = {
    segment: road,
    kind: 'core_thickness',
    station: 'K0+020',
    valueMilli: storedMilli('core_thickness', 178_500),
    requiredMilli: storedMilli('core_thickness', 180_000),
    report: null,
    note: null,
    on: ON,
  };
  await kit.act(recordMeasurement, { ...input, station: '井边 3 号桩' }, kit.staff.he);
  const strength = { ...input, kind: 'compressive_strength', valueMilli: 32_400n, requiredMilli: 30_000n };
  await kit.refused(recordMeasurement, strength, kit.staff.he, 'evidence_missing');
  const elsewhere = await kit.paper(await kit.road(1_000n), 'test_result');
  await kit.refused(recordMeasurement, { ...strength, report: elsewhere }, kit.staff.he, 'evidence_missing');
  await kit.refused(recordMeasurement, input, kit.staff.lin, 'not_permitted');
  const report = await kit.paper(road, 'test_result');
  await kit.act(recordMeasurement, { ...strength, report }, kit.staff.he);
  const shown = await kit.db
    .selectFrom('disclosure.measurement')
    .select(['kind', 'value_milli', 'report'])
    .where('segment', '=', road)
    .orderBy('kind')
    .execute();
  expect(shown).toEqual([
    { kind: 'compressive_strength', value_milli: 32_400n, report },
    { kind: 'core_thickness', value_milli: 178_500n, report: null },
  ]);
  expect(shown.map((one) => writtenValue(one.kind as MeasurementKind, one.value_milli))).toEqual([
    '32.4',
    '178.5',
  ]);
  const events = await kit.db
    .selectFrom('audit_event')
    .select('event')
    .where('subject_id', '=', road)
    .where('event', '=', 'measurement_recorded')
    .execute();
  expect(events).toHaveLength(2);
});

test('an upload nobody came back to for two weeks goes with its pieces; a younger or a finished one stays', async () => {
  const plan = (id: string) => ({
    id,
    personId: kit.staff.he.personId,
    sha256: shaOf(id),
    sizeBytes: 4_096,
    pieceBytes: 4_096,
  });
  const [old, young, finished] = [newId(), newId(), newId()];
  for (const id of [old, young, finished]) {
    await beginUpload(kit.db, plan(id));
    await keepPiece(kit.db, id, 0, new Uint8Array(4_096));
  }
  const photograph = await kit.photo(await kit.fundedRoad(1_000n), 'before');
  await closeUpload(kit.db, finished, photograph);
  const client = new pg.Client({ connectionString: kit.world.database.url });
  await client.connect();
  await client.query("update upload set begun_at = now() - interval '15 days' where id = any($1)", [
    [old, finished],
  ]);
  await client.end();
  expect(await removeAbandonedUploads(kit.db)).toBe(1);
  expect(await piecesThere(kit.db, old)).toEqual([]);
  expect(await piecesThere(kit.db, young)).toEqual([0]);
  const left = await kit.db
    .selectFrom('upload')
    .select('id')
    .where('id', 'in', [old, young, finished])
    .execute();
  expect(left.map((row) => row.id).sort()).toEqual([young, finished].sort());
});

test('a document that must wait is shown with its reason and its day, and opens from that day on', async () => {
  const road = await kit.road(100_000n);
  const document = await kit.paper(road, 'quote', { visibility: 'redacted' });
  const seen = () =>
    kit.world.reader
      .selectFrom('disclosure.document')
      .select(['visibility', 'withheld_reason', 'opens_on', 'file_sha256'])
      .where('code', '=', document)
      .executeTakeFirst();
  const opensOn = addDays(ON, 30);
  const wait = { document, reason: '报价截止前不公开', opensOn, on: ON };
  await kit.refused(withholdDocument, wait, kit.staff.lin, 'maker_is_checker');
  await kit.refused(withholdDocument, { ...wait, opensOn: ON }, kit.staff.zhou, 'invalid_input');
  await kit.act(withholdDocument, wait, kit.staff.zhou);
  expect(await seen()).toEqual({
    visibility: 'withheld',
    withheld_reason: '报价截止前不公开',
    opens_on: opensOn,
    file_sha256: null,
  });
  const open = { document, publicSha256: shaOf('opened later') };
  await kit.refused(redactDocument, { ...open, on: addDays(ON, 29) }, kit.staff.zhou, 'not_open_yet');
  await kit.act(redactDocument, { ...open, on: opensOn }, kit.staff.zhou);
  expect(await seen()).toEqual({
    visibility: 'redacted',
    withheld_reason: null,
    opens_on: null,
    file_sha256: shaOf('opened later'),
  });
  // What has been open stays open.
  await kit.refused(withholdDocument, wait, kit.staff.zhou, 'illegal_state_change');
});
