import '../support/settings';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { openDiskStore } from '@/lib/files/disk-store.gateway';
import { CrashWorld } from './crash-world';
import { trial } from './trial';
import { HELD, underLoad } from './under-load';

/** A disk of its own in memory; only root may make one, so this trial needs root. */
const onSmallDisk = async <T>(megabytes: number, work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), 'shanlu-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  chmodSync(folder, 0o755);
  try {
    return await work(folder);
  } finally {
    execFileSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true });
  }
};

/** Fills the disk up to the last kilobytes. */
const fill = (folder: string): string => {
  const file = join(folder, 'filler');
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(file, Buffer.alloc(Math.max(0, bavail * bsize - 65_536)));
  return file;
};

trial(
  {
    row: 23,
    name: 'disk-full',
    runs: 4,
    fault:
      'Disk of the database (data and WAL) filled under 10 clients and emptied again; disk of the uploads filled',
    invariants: `writes are refused by name, the database comes back without repair, uploads that were answered are whole and no half file is left; ${HELD}`,
  },
  (playing) =>
    onSmallDisk(700, (folder) =>
      underLoad(
        playing,
        { open: () => CrashWorld.open(folder), givers: 8, tellers: 2, max: 8 },
        async ({ world, load, db }) => {
          const back: number[] = [];
          let reads = { asked: 0, answered: 0 };
          for (let run = 0; run < playing.runs; run += 1) {
            await load.nextAnswer();
            const filler = fill(folder);
            for (let n = 0; n < 20; n += 1) {
              reads.asked += 1;
              await db
                .selectFrom('donation')
                .select('code')
                .limit(1)
                .execute()
                .then(
                  () => (reads.answered += 1),
                  () => undefined,
                );
              await sleep(100);
            }
            rmSync(filler);
            const at = performance.now();
            const again = load.nextAnswer();
            // Where not even its log could be written, it ended itself: then it is started, and recovers.
            await Promise.race([again, sleep(2_000)]);
            await world.restart();
            back.push((await again) - at);
          }
          const uploads = await onSmallDisk(8, fullUploads);
          return {
            figure: { reads, backMs: back.map(Math.round), uploads },
            check: () => {
              expect(uploads).toMatchObject({ damaged: 0, halfFiles: 0, takenAgain: true });
              expect(load.answered.size).toBeGreaterThan(playing.runs);
              reads = { asked: 0, answered: 0 };
            },
          };
        },
      ),
    ),
);

const fullUploads = async (folder: string) => {
  const store = openDiskStore(folder, 'public');
  const kept: string[] = [];
  let refused = 0;
  for (let n = 0; n < 24; n += 1)
    await store.put(Buffer.alloc(500_000, n)).then(
      ({ sha256 }) => kept.push(sha256),
      () => (refused += 1),
    );
  const ends = await Promise.all(kept.map((sha256) => store.verify(sha256)));
  const halfFiles = readdirSync(join(folder, 'public', 'incoming')).length;
  await store.remove(kept[0] ?? '');
  const takenAgain = await store.put(Buffer.alloc(400_000, 99)).then(
    () => true,
    () => false,
  );
  return {
    kept: kept.length,
    refused,
    damaged: ends.filter((end) => end !== 'intact').length,
    halfFiles,
    takenAgain,
  };
};
