import { afterAll, beforeAll, expect, test } from 'vitest';
import { filePhotograph, publishPhotograph } from '@/lib/evidence/evidence.commands';
import { coverPhotograph, redactDocument } from '@/lib/evidence/public-copy.commands';
import { beginUpload, closeUpload, keepPiece, piecesThere, wholeUpload } from '@/lib/evidence/upload.store';
import { newId } from '@/lib/shared/id';
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
