import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import '../support/route-settings';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { keepPhotograph } from '@/lib/evidence/photograph.flow';
import { sha256Hex } from '@/lib/files/hashing';
import type { Decoder, openDecoder } from '@/lib/files/photograph-decoder';
import { newId } from '@/lib/shared/id';
import { HOSTILE_PICTURES } from '../bad-input/pictures';
import type { HostilePicture } from '../bad-input/pictures/bytes';
import { cases } from '../support/bad-input';
import { CANARY, metadataIn } from '../support/hostile-pictures';
import { listening, useWorld, written } from '../support/routes';
import { ON, RoadsKit } from './roads-kit';

const { dataDir, decoding } = vi.hoisted(() => {
  const folder = `${process.env['TMPDIR'] ?? '/tmp'}/shanlu-pictures-${process.pid}`;
  process.env['DATA_DIR'] = folder;
  return { dataDir: folder, decoding: { kept: null as Decoder | null, peak: 0, answers: 0 } };
});

// Each picture has a process of its own to be decoded in, which takes longer to start than the decoding: here one
// decodes them all, and another takes its place when a picture ends it.
vi.mock('@/lib/files/photograph-decoder', async (original) => {
  const real = await original<{ readonly openDecoder: typeof openDecoder }>();
  const ask: Decoder['ask'] = async (...question) => {
    decoding.kept ??= real.openDecoder({ processorSeconds: 120 });
    const end = await decoding.kept.ask(...question);
    const head = end.answer?.head as { readonly peakRssBytes?: number } | undefined;
    decoding.peak = Math.max(decoding.peak, head?.peakRssBytes ?? 0);
    decoding.answers += 1;
    if (end.answer === null) decoding.kept = null;
    return end;
  };
  return { ...real, openDecoder: () => ({ ask, end: () => undefined }) };
});

let kit: RoadsKit;
let road: string;
let end: () => Promise<void>;
beforeAll(async () => {
  rmSync(dataDir, { recursive: true, force: true });
  kit = await RoadsKit.open(4);
  end = useWorld(kit.world);
  road = await kit.road(100_000n);
});
afterAll(async () => {
  decoding.kept?.end();
  await end();
  await kit.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Every file below the shelves, half ones too. */
const files = (): string[] =>
  existsSync(dataDir)
    ? readdirSync(dataDir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : [];

const send = async (bytes: Buffer): Promise<string> => {
  const upload = { segment: road, stage: 'before', station: 'A', on: ON } as const;
  const { answer, printed } = await listening(() =>
    keepPhotograph(kit.staff.he, `photo:${newId()}`, bytes, upload),
  );
  expect(printed).toBe('');
  return answer.ok
    ? 'taken'
    : `${answer.refusal.name} ${String(answer.refusal.details?.['reason'] ?? '')}`.trim();
};

const MB = 1_000_000;

test('a hostile picture is refused by name and leaves nothing, or is kept sealed and made anew of pixels only', async () => {
  const pictures = cases<HostilePicture>('hostile-pictures', HOSTILE_PICTURES);
  expect(new Set(pictures.map(([, bytes]) => sha256Hex(bytes))).size).toBe(pictures.length);
  const before = process.memoryUsage.rss();
  const wrong: string[] = [];
  let [rows, had] = [await written(kit.world), new Set(files())];
  for (const [name, bytes, comesOf] of pictures) {
    const came = await send(bytes);
    if (came !== comesOf) wrong.push(`${name}: ${came}, not ${comesOf}`);
    const [rowsNow, made] = [await written(kit.world), files().filter((file) => !had.has(file))];
    if (came !== 'taken') {
      expect(rowsNow, name).toBe(rows);
      expect(made, name).toEqual([]);
      continue;
    }
    expect(rowsNow, name).not.toBe(rows);
    [rows, had] = [rowsNow, new Set([...had, ...made])];
    for (const file of made) {
      const kept = readFileSync(file);
      expect(file, name).toMatch(/\/(?:sealed|public)\/\w\w\/\w\w\/[0-9a-f]{64}$/);
      expect(file, name).toContain(sha256Hex(kept));
      if (file.includes('/sealed/')) expect(kept.equals(bytes), name).toBe(true);
      else {
        expect(metadataIn(kept), name).toEqual([]);
        expect(kept.includes(CANARY), name).toBe(false);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(decoding.answers).toBeGreaterThan(100);
  expect(decoding.peak).toBeLessThan(300 * MB);
  expect(process.memoryUsage.rss() - before).toBeLessThan(300 * MB);
});
