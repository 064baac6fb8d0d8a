import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp, { type Region } from 'sharp';
import { describe, expect, it } from 'vitest';
import { preparePhotograph, type PreparedPhotograph } from '@/lib/files/photograph.gateway';
import { sha256Hex } from '@/lib/files/hashing';
import { openDecoder } from '@/lib/files/photograph-decoder';
import {
  CANARY,
  metadataIn,
  photograph,
  png,
  pngChunk,
  withEveryMetadata,
  withJpegSegments,
} from '../../support/hostile-pictures';
import { cases } from '../../support/bad-input';

const accepted = async (
  bytes: Uint8Array,
  options?: Parameters<typeof preparePhotograph>[1],
): Promise<PreparedPhotograph> => {
  const result = await preparePhotograph(bytes, options);
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
};

const refusal = async (bytes: Uint8Array): Promise<string> => {
  const result = await preparePhotograph(bytes);
  return result.ok
    ? 'accepted'
    : `${result.refusal.name} ${String(result.refusal.details?.['reason'] ?? '')}`.trim();
};

const JPEG = await photograph().jpeg().toBuffer();
const RSS_RISE_MAX = 300e6;

describe('a good photograph', () => {
  for (const kind of ['jpeg', 'png', 'webp'] as const)
    for (const format of ['webp', 'jpeg'] as const)
      it(`in ${kind} comes out as ${format} without one tag of its metadata`, async () => {
        const original = await withEveryMetadata(kind);
        expect(original.includes(CANARY)).toBe(true);
        const made = await accepted(original, { format });
        for (const copy of [made.publicCopy, made.thumbnail]) {
          expect(metadataIn(copy.bytes)).toEqual([]);
          expect(Buffer.from(copy.bytes).includes(CANARY)).toBe(false);
          const { exif, icc, iptc, xmp, comments, hasProfile } = await sharp(copy.bytes).metadata();
          expect([exif, icc, iptc, xmp, comments]).toEqual([
            undefined,
            undefined,
            undefined,
            undefined,
            undefined,
          ]);
          expect(hasProfile).toBe(false);
          expect(copy.sha256).toBe(sha256Hex(copy.bytes));
          expect(copy.mediaType).toBe(`image/${format}`);
        }
        expect(made.original).toMatchObject({ kind, size: original.length, sha256: sha256Hex(original) });
        expect(made.facts).toEqual({
          takenAt: { local: '2023-12-22T10:11:12', offset: '+08:00' },
          takenWhere: { latitudeE7: 224_700_944, longitudeE7: 1_133_596_000 },
        });
      });

  it('is made upright and small, and never enlarged', async () => {
    const large = await accepted(
      await photograph(4000, 3000).jpeg().withMetadata({ orientation: 6 }).toBuffer(),
    );
    expect([large.publicCopy.width, large.publicCopy.height]).toEqual([1200, 1600]);
    expect([large.thumbnail.width, large.thumbnail.height]).toEqual([360, 480]);
    expect(await sharp(large.publicCopy.bytes).metadata()).toMatchObject({ width: 1200, height: 1600 });
    const small = await accepted(await photograph(200, 100).png().toBuffer());
    expect([small.publicCopy.width, small.thumbnail.width]).toEqual([200, 200]);
  });

  it('may be grey, indexed, 16 bits deep, CMYK or see-through', async () => {
    const pictures = [
      photograph().greyscale().jpeg(),
      photograph().png({ palette: true, colours: 16 }),
      photograph().toColourspace('rgb16').png(),
      photograph().toColourspace('cmyk').jpeg(),
      photograph().ensureAlpha(0.5).png(),
    ];
    for (const picture of pictures) {
      const { publicCopy } = await accepted(await picture.toBuffer());
      expect(await sharp(publicCopy.bytes).metadata()).toMatchObject({
        channels: 3,
        space: 'srgb',
        depth: 'uchar',
      });
    }
  });

  it('of 40 megapixels takes less than 300 MB', async () => {
    const plain = sharp({ create: { width: 7300, height: 5470, channels: 3, background: '#987' } });
    const pictures = [plain.clone().jpeg({ progressive: true }), plain.clone().png({ progressive: true })];
    for (const picture of pictures) {
      const before = process.memoryUsage.rss();
      const made = await accepted(await picture.toBuffer());
      expect(made.peakRssBytes).toBeLessThan(RSS_RISE_MAX);
      expect(process.memoryUsage.rss() - before).toBeLessThan(RSS_RISE_MAX);
    }
  });
});

describe('what must not be recognised', () => {
  /** The number of different colours in a part of a picture. */
  const colours = async (bytes: Uint8Array, area: Region): Promise<number> => {
    const data = await sharp(bytes).extract(area).raw().toBuffer();
    const seen = new Set<number>();
    for (let at = 0; at < data.length; at += 3) seen.add(data.readUIntBE(at, 3));
    return seen.size;
  };

  it('is a few flat tiles in the copy and the thumbnail, and the rest stays', async () => {
    const original = await photograph(800, 600).png().toBuffer();
    const redactions = [{ x: 2500, y: 2500, w: 2500, h: 2500 }];
    const made = await accepted(original, { redactions, format: 'jpeg' });
    const plain = await accepted(original, { format: 'jpeg' });
    const inside = { left: 208, top: 158, width: 184, height: 134 };
    const outside = { left: 500, top: 400, width: 184, height: 134 };
    expect(await colours(plain.publicCopy.bytes, inside)).toBeGreaterThan(5000);
    expect(await colours(made.publicCopy.bytes, inside)).toBeLessThan(800);
    expect(await colours(made.publicCopy.bytes, outside)).toBeGreaterThan(5000);
    // Spread of brightness, away from the tile's edges: noise has some 40, a tile none.
    const tile = { left: 205, top: 155, width: 20, height: 20 };
    const spread = async (bytes: Uint8Array): Promise<number> =>
      (await sharp(await sharp(bytes).extract(tile).png().toBuffer()).stats()).channels[0]?.stdev ?? 99;
    expect(await spread(plain.publicCopy.bytes)).toBeGreaterThan(15);
    expect(await spread(made.publicCopy.bytes)).toBeLessThan(3);
    expect(made.thumbnail.sha256).not.toBe(plain.thumbnail.sha256);
  });

  it('is marked on the upright picture, whatever the camera stored', async () => {
    const half = await sharp({ create: { width: 400, height: 200, channels: 3, background: '#fff' } })
      .composite([{ input: await photograph(200, 200).png().toBuffer(), left: 0, top: 0 }])
      .jpeg()
      .withMetadata({ orientation: 6 })
      .toBuffer();
    // Turned a quarter to the right, the noisy left half lies on top.
    const made = await accepted(half, { redactions: [{ x: 0, y: 0, w: 10_000, h: 5000 }] });
    expect([made.publicCopy.width, made.publicCopy.height]).toEqual([200, 400]);
    const top = await sharp(made.publicCopy.bytes)
      .extract({ left: 4, top: 4, width: 30, height: 30 })
      .png()
      .toBuffer();
    expect((await sharp(top).stats()).channels[0]?.stdev ?? 99).toBeLessThan(4);
  });

  it('must lie inside the picture', async () => {
    for (const bad of [
      { x: -1, y: 0, w: 10, h: 10 },
      { x: 0, y: 0, w: 0, h: 10 },
      { x: 9000, y: 0, w: 2000, h: 10 },
      { x: 0.5, y: 0, w: 10, h: 10 },
      { x: NaN, y: 0, w: 10, h: 10 },
    ])
      expect(await preparePhotograph(JPEG, { redactions: [bad] })).toMatchObject({
        ok: false,
        refusal: { name: 'invalid_input' },
      });
    const many = Array.from({ length: 101 }, () => ({ x: 0, y: 0, w: 10, h: 10 }));
    expect(await preparePhotograph(JPEG, { redactions: many })).toMatchObject({ ok: false });
  });
});

describe('what only the decoder finds out', () => {
  const pixels = 14_000;
  it.each(
    cases('decoder', [
      ['a header that says 100 × 100 before 14,000² pixels', png(100, 100, { rows: 2000, rowBytes: pixels })],
      ['a header that says 4,000² before one row', png(4000, 4000, { rows: 1 })],
      ['a chunk of text that unpacks to 200 MB', png(50, 50, { extra: [textBomb('zTXt')] })],
      ['a colour profile that unpacks to 200 MB', png(50, 50, { extra: [textBomb('iCCP')] })],
      [
        'a profile of rubbish',
        withJpegSegments(JPEG, [0xe2, Buffer.from(`ICC_PROFILE\0\x01\x01${'x'.repeat(500)}`)]),
      ],
      [
        'EXIF of rubbish',
        withJpegSegments(JPEG, [0xe1, Buffer.from(`Exif\0\0MM\0*${'\xff'.repeat(900)}`, 'latin1')]),
      ],
    ] as const),
  )('%s is refused or comes out clean, in little memory', async (_name, bytes) => {
    const before = process.memoryUsage.rss();
    const result = await preparePhotograph(bytes);
    if (result.ok) {
      expect(metadataIn(result.value.publicCopy.bytes)).toEqual([]);
      expect(result.value.peakRssBytes).toBeLessThan(RSS_RISE_MAX);
    } else expect(result.refusal.name).toBe('file_unreadable');
    expect(process.memoryUsage.rss() - before).toBeLessThan(RSS_RISE_MAX);
  });

  it('is refused when the picture is cut off but closed properly', async () => {
    for (const part of [0.3, 0.6, 0.95]) {
      const cut = Buffer.concat([
        JPEG.subarray(0, Math.floor(JPEG.length * part)),
        Buffer.from([0xff, 0xd9]),
      ]);
      expect(await refusal(cut)).toBe('file_unreadable decoder');
    }
  });

  it('never breaks us: a byte changed anywhere gives a clean picture or a refusal', async () => {
    const originals = await Promise.all(
      (['jpeg', 'png', 'webp'] as const).map((kind) => withEveryMetadata(kind)),
    );
    // One process for as long as none of them ends it: starting one takes longer than all the decoding.
    let decoder = openDecoder({});
    for (const original of originals)
      for (let turn = 0; turn < 8; turn += 1) {
        const bytes = Buffer.from(original);
        for (let flips = 0; flips < 6; flips += 1) {
          const at = (turn * 7919 + flips * 104_729) % bytes.length;
          bytes[at] = (bytes[at] ?? 0) ^ (1 << (turn % 8));
        }
        const result = await preparePhotograph(bytes, { decoder });
        if (result.ok) expect(metadataIn(result.value.publicCopy.bytes)).toEqual([]);
        else {
          expect(['file_unreadable', 'file_type_refused', 'file_too_large']).toContain(result.refusal.name);
          if (result.refusal.details?.['reason'] === 'too_demanding') decoder = openDecoder({});
        }
      }
    decoder.end();
  });
});

function textBomb(type: 'zTXt' | 'iCCP'): Buffer {
  return pngChunk(type, Buffer.concat([Buffer.from('bomb\0\0'), deflateSync(Buffer.alloc(200_000_000))]));
}

describe('the decoding process', () => {
  const worker = (name: string): string =>
    join(process.cwd(), 'tests', 'contracts', 'files', 'workers', name);

  it('is stopped when it takes too long', async () => {
    const started = Date.now();
    const result = await preparePhotograph(JPEG, { workerPath: worker('endless.mjs'), timeoutMs: 500 });
    expect(result).toMatchObject({ refusal: { name: 'file_unreadable', details: { reason: 'too_slow' } } });
    expect(Date.now() - started).toBeLessThan(5000);
  });

  it('cannot take the memory of the machine', async () => {
    const result = await preparePhotograph(JPEG, { workerPath: worker('greedy.mjs') });
    expect(result).toMatchObject({ refusal: { name: 'file_unreadable' } });
  });

  it.each(['crashing.mjs', 'noisy.mjs', 'silent.mjs', 'missing.mjs'])(
    'may be %s: the answer is a refusal',
    async (name) => {
      expect(await preparePhotograph(JPEG, { workerPath: worker(name) })).toMatchObject({
        ok: false,
        refusal: { name: 'file_unreadable' },
      });
    },
  );

  it('knows nothing of our environment and writes no file', async () => {
    process.env['SHANLU_TEST_SECRET'] = CANARY;
    try {
      const result = await preparePhotograph(JPEG, { workerPath: worker('prying.mjs') });
      expect(result).toMatchObject({ refusal: { name: 'file_type_refused' } });
    } finally {
      delete process.env['SHANLU_TEST_SECRET'];
    }
  });

  it('runs twice at a time; a crowd waits, and a larger one is asked to come again', async () => {
    const results = await Promise.all(Array.from({ length: 24 }, () => preparePhotograph(JPEG)));
    const kept = results.filter((result) => result.ok);
    const asked = results.filter((result) => !result.ok && result.refusal.name === 'busy_try_again');
    expect([kept.length, asked.length]).toEqual([18, 6]);
    expect((await preparePhotograph(JPEG)).ok).toBe(true);
  });
});
