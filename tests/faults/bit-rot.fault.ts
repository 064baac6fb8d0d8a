import '../support/settings';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeSync,
  chmodSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { connect } from '@/db/connect';
import { openDiskStore } from '@/lib/files/disk-store.gateway';
import { shelfPath } from '@/lib/files/store';
import type { Random } from '../model/random';
import { giveGift } from './acts';
import { CrashWorld } from './crash-world';
import { countTo, each } from './payments';
import { trial } from './trial';

const PAGE = 8_192;

type Page = { readonly table: string; readonly path: string; readonly block: number };

trial(
  {
    row: 24,
    name: 'bit-rot',
    runs: 100,
    fault: 'One byte changed in so many pages of tables (database down), and in half as many uploads',
    invariants:
      'whoever reads such a page gets an error and no row; a damaged upload is never served whole; all else is read',
  },
  async ({ runs, random }) => {
    const world = await CrashWorld.open();
    try {
      const db = connect(world.appUrl, { max: 8, prepare: true });
      await each(countTo(400), 8, async (n) => {
        while (!('done' in (await giveGift(db, `gift:rot:${n}`))));
      });
      await db.destroy();
      const pages = await pagesOf(world);
      await world.stop();
      const hit = drawn(pages, Math.min(runs, pages.length), random);
      for (const { path, block } of hit)
        flip(join(world.files, path), block * PAGE + random.below(PAGE), random);
      await world.restart();
      const [detected, wholeOthers] = await world.asAdmin(async (admin) => {
        const reads = async ({ table, block }: Page): Promise<boolean> =>
          admin
            .query(`select count(*) from ${table} where ctid >= '(${block},0)' and ctid < '(${block + 1},0)'`)
            .then(
              () => true,
              (error: { code?: string }) => {
                if (error.code !== 'XX001') throw error;
                return false;
              },
            );
        await admin.query('set max_parallel_workers_per_gather = 0; set enable_seqscan = off');
        let found = 0;
        for (const page of hit) found += (await reads(page)) ? 0 : 1;
        let whole = 0;
        const others = pages.filter((page) => !hit.includes(page)).slice(0, 50);
        for (const page of others) whole += (await reads(page)) ? 1 : 0;
        return [found, whole === others.length];
      });
      const files = await damagedFiles(Math.ceil(runs / 2), random);
      return {
        figure: {
          pages: hit.length,
          pagesDetected: detected,
          uploads: files.files,
          uploadsDetected: files.detected,
          wholeOthers,
        },
        check: () => {
          expect(detected).toBe(hit.length);
          expect(files.detected).toBe(files.files);
          expect(wholeOthers).toBe(true);
        },
      };
    } finally {
      await world.close();
    }
  },
);

/** Every page of the tables that hold rows. */
const pagesOf = (world: CrashWorld): Promise<Page[]> =>
  world.asAdmin(async (admin) => {
    await admin.query('checkpoint');
    const { rows } = await admin.query<Page>(`
      select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as table, pg_relation_filepath(c.oid) as path,
        generate_series(0, pg_relation_size(c.oid) / ${PAGE} - 1)::int as block
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind = 'r' and pg_relation_size(c.oid) > 0`);
    return rows;
  });

const drawn = <T>(from: readonly T[], count: number, random: Random): T[] => {
  const left = [...from];
  return Array.from({ length: count }, () => left.splice(random.below(left.length), 1)[0] as T);
};

const flip = (path: string, offset: number, random: Random): void => {
  const file = openSync(path, 'r+');
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, offset);
  byte[0] = (byte[0] ?? 0) ^ (1 << random.below(8));
  writeSync(file, byte, 0, 1, offset);
  closeSync(file);
};

const damagedFiles = async (files: number, random: Random): Promise<{ files: number; detected: number }> => {
  const folder = mkdtempSync(join(tmpdir(), 'shanlu-rot-'));
  try {
    const store = openDiskStore(folder, 'public');
    let detected = 0;
    for (let n = 0; n < files; n += 1) {
      const { sha256 } = await store.put(Buffer.from(`file ${n} `.repeat(500 + random.below(500))));
      const path = join(folder, shelfPath('public', sha256));
      chmodSync(path, 0o640);
      flip(path, random.below(readFileSync(path).length), random);
      const served = await store.read(sha256).then(
        () => true,
        () => false,
      );
      if (!served && (await store.verify(sha256)) === 'damaged') detected += 1;
    }
    return { files, detected };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
