import { webcrypto } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { sealForServer } from '@/app/[lang]/site/[code]/seal';
import { openWaiting, waitingKey } from '@/lib/evidence/waiting';
import { HEAD_BYTES, packed, SEALED_EXTRA_MAX, unpacked } from '@/lib/evidence/waiting.rules';
import { newId } from '@/lib/shared/id';

// A photograph that waits on a telephone: sealed by the page's own code with WebCrypto, opened by the server's with
// OpenSSL. Two writers of the same mathematics, so neither is asked to believe itself.

const now = waitingKey('the secret of this year, long enough');
const before = waitingKey('the secret of the year before, also long');
const FOR = { person: newId(), upload: newId() };
const FACTS = {
  segment: 'ML-17',
  station: '井边 3 号',
  on: '2026-11-20',
  place: { latitudeE7: 225_123_456 },
};
const PICTURE = Uint8Array.from({ length: 70_000 }, (_, at) => (at * 31) % 256);

const page = (key: typeof now) => ({ id: key.id, point: key.publicKey.toString('base64') });
const sealed = (key = now, forWhom = FOR) => sealForServer(page(key), forWhom, FACTS, PICTURE);

const changed = (bytes: Uint8Array, at: number): Uint8Array => {
  const other = Uint8Array.from(bytes);
  other[at] = (other[at] ?? 0) ^ 1;
  return other;
};

describe('a photograph that waits', () => {
  test('opens on the server as it was: where, when, and every byte', async () => {
    const opened = openWaiting([now], FOR, await sealed());
    expect(opened?.facts).toEqual(FACTS);
    expect(Buffer.from(opened?.photograph ?? []).equals(PICTURE)).toBe(true);
  });

  test('opens also by the key before the present one, and by no key that is gone', async () => {
    const old = await sealed(before);
    expect(openWaiting([now, before], FOR, old)?.facts).toEqual(FACTS);
    expect(openWaiting([now], FOR, old)).toBeNull();
    // The name of the right key upon a letter sealed for another does not open it either.
    const renamed = Uint8Array.from(old);
    renamed.set(Buffer.from(now.id, 'hex'), 1);
    expect(openWaiting([now, before], FOR, renamed)).toBeNull();
  });

  test('opens for no other person and as no other upload', async () => {
    const bytes = await sealed();
    expect(openWaiting([now], { ...FOR, person: newId() }, bytes)).toBeNull();
    expect(openWaiting([now], { ...FOR, upload: newId() }, bytes)).toBeNull();
    expect(openWaiting([now], { person: FOR.upload, upload: FOR.person }, bytes)).toBeNull();
  });

  test('does not open with any one byte changed, cut off or added', async () => {
    const bytes = await sealed();
    // Every byte of the head and of the tag, the first of the sealed words, and some of the picture.
    const places = [
      ...Array.from({ length: HEAD_BYTES + 40 }, (_, at) => at),
      ...Array.from({ length: 16 }, (_, back) => bytes.length - 1 - back),
      ...Array.from({ length: 40 }, (_, n) => HEAD_BYTES + 1_731 * (n + 1)),
    ];
    for (const at of places) expect(openWaiting([now], FOR, changed(bytes, at)), `byte ${at}`).toBeNull();
    for (const length of [0, 1, 9, HEAD_BYTES, HEAD_BYTES + 15, HEAD_BYTES + 16, 1_000, bytes.length - 1])
      expect(openWaiting([now], FOR, bytes.subarray(0, length)), `${length} bytes`).toBeNull();
    expect(openWaiting([now], FOR, Buffer.concat([bytes, Buffer.of(0)]))).toBeNull();
  });

  test('shows nothing of itself, and never the same bytes twice', async () => {
    const [one, two] = [Buffer.from(await sealed()), Buffer.from(await sealed())];
    for (const word of ['ML-17', '井边', '2026-11-20', '225123456'])
      expect(one.includes(word), word).toBe(false);
    expect(one.includes(Buffer.from(PICTURE.subarray(300, 316)))).toBe(false);
    expect(one.subarray(9).equals(two.subarray(9))).toBe(false);
    expect(one.length - PICTURE.length).toBeLessThan(SEALED_EXTRA_MAX);
  });
});

test('the key of a secret is the same each time, a point of the curve, and another for another secret', async () => {
  expect(waitingKey('the secret of this year, long enough').publicKey.equals(now.publicKey)).toBe(true);
  expect(before.id).not.toBe(now.id);
  const point = await webcrypto.subtle.importKey(
    'raw',
    Uint8Array.from(now.publicKey),
    { name: 'ECDH', namedCurve: 'P-256' },
    true,
    [],
  );
  expect(point.type).toBe('public');
});

test('what was opened and is not packed as we pack is nothing', () => {
  expect(unpacked(packed({ a: 1 }, PICTURE))?.facts).toEqual({ a: 1 });
  expect(unpacked(packed('', new Uint8Array()))?.photograph).toHaveLength(0);
  for (const bytes of [
    new Uint8Array(),
    new Uint8Array(3),
    Uint8Array.of(0, 0, 0, 9, 0x7b),
    Uint8Array.of(255, 255, 255, 255, 0x7b, 0x7d),
    Uint8Array.of(0, 0, 0, 2, 0x7b, 0x7b, 1, 2),
    Uint8Array.of(0, 0, 0, 2, 0xc0, 0x80, 1, 2),
    packed('x'.repeat(5_000), PICTURE),
  ])
    expect(unpacked(bytes)).toBeNull();
});
