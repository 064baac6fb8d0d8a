import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';

const { dataDir } = vi.hoisted(() => {
  const folder = `${process.env['TMPDIR'] ?? '/tmp'}/shanlu-drill-data-${process.pid}`;
  process.env['DATA_DIR'] = folder;
  process.env['PUBLIC_URL'] = 'http://shanlu.drill';
  process.env['ALLOW_STANDINS'] = '1';
  return { dataDir: folder };
});

import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import { runCommand } from '@/lib/command';
import { recordDonation } from '@/lib/donations/donation.commands';
import { namedFiles } from '@/lib/evidence/named-files.queries';
import { openFileShelves } from '@/lib/files/store.gateway';
import { confirmHalt } from '@/lib/proof/log.commands';
import { logStatus, newestHead, publicKeys } from '@/lib/proof/log.queries';
import { mayTakeMoney } from '@/lib/proof/money-gate';
import { newSequencer, startSequencer } from '@/lib/proof/sequencer';
import { download, startWitness, verify, type RunningWitness } from '../db/proof-kit';
import { Random } from '../model/random';
import { giveGift } from './acts';
import { ARCHIVE_SECONDS, takeBaseBackup } from './base-backup';
import { killAll } from './crash-world';
import { DrillWorld, giftByHand, handInDocument, proofsOf, shut, type Running } from './drill-world';
import { report } from './report';
import { seedOf, sizeOf } from './settings';

const SEED = seedOf(1);
const SIZE = sizeOf(10_000);
/** How long people go on after the backup: more than a segment of the archive may take. */
const WORK_SECONDS = ARCHIVE_SECONDS + 15;
const FILES_EVERY_MS = 10_000;

const began = performance.now();
const say = (line: string): void => console.log(`${String(seconds(began)).padStart(6)} s  ${line}`);
const seconds = (since: number): number => Math.round((performance.now() - since) / 100) / 10;

type Done = {
  readonly key: string;
  readonly asked: number;
  readonly answered: number;
  readonly code: string;
};

/** Clerks and givers at work until they are stopped; what was answered, and between which moments. */
const atWork = (live: Running, world: DrillWorld) => {
  const done: Done[] = [];
  let on = true;
  const hand = async (name: string, act: (key: string) => Promise<string | null>): Promise<void> => {
    for (let n = 0; on; n += 1) {
      const key = `drill:${name}:${n}`;
      const asked = Date.now();
      const code = await act(key).catch(() => null);
      if (code !== null) done.push({ key, asked, answered: Date.now(), code });
      await sleep(20);
    }
  };
  const give = async (key: string): Promise<string | null> => {
    const answer = await giveGift(live.db, key);
    return 'done' in answer ? answer.done : null;
  };
  const hands = [
    ...[1, 2, 3, 4].map((n) => hand(`gift-${n}`, give)),
    hand('document', (key) => handInDocument(live, world.clerk, key)),
  ];
  return {
    done,
    stop: async () => {
      on = false;
      await Promise.all(hands);
    },
  };
};

it(`a server that is lost comes back from its backup, at ${SIZE} postings: to its end and to a second`, async () => {
  const random = new Random(SEED);
  const world = new DrillWorld();
  let witness: RunningWitness | undefined;
  try {
    say(`Starting a server that archives its WAL, with ${SIZE} postings`);
    const live = await world.start(SIZE);
    const proofsBefore = await proofsOf(live.owner);
    await newSequencer({ db: live.db, witness: null })();
    witness = await startWitness(join(world.folder, 'witness'), ...(await publicKeys(live.owner)));
    const sequencer = startSequencer({ db: live.db, witness });
    const work = atWork(live, world);
    const filesCopied = setInterval(() => world.copyFiles(dataDir), FILES_EVERY_MS);

    await sleep(3_000);
    say('Taking the base backup while people give and hand in documents');
    const backupAt = performance.now();
    const base = join(world.folder, 'base');
    await takeBaseBackup(live.server.adminUrl, base);
    const backupS = seconds(backupAt);
    say(`Base backup after ${backupS} s; people go on for ${WORK_SECONDS} s`);
    await sleep(8_000 + random.below(4_000));
    const second = new Date(Math.floor(Date.now() / 1_000) * 1_000);
    await sleep(WORK_SECONDS * 1_000 - 10_000 + random.below(5_000));

    const lostAt = Date.now();
    killAll(live.server.pid);
    clearInterval(filesCopied);
    await Promise.all([work.stop(), sequencer.stop()]);
    await shut(live);
    say(`The server is lost (kill -9; its disk is not read any more) after ${work.done.length} acts`);

    const toEnd = await restored(world, witness, base, 'at-the-end');
    const kept = await keysOf(toEnd.running.db);
    const lost = work.done.filter(({ key }) => !kept.has(key));
    const rpoS = Math.ceil((lostAt - Math.min(lostAt, ...lost.map(({ answered }) => answered))) / 100) / 10;
    say(
      `RPO ${rpoS} s (${lost.length} acts), RTO ${toEnd.rtoS} s; root and ${toEnd.heads} witnessed heads agree`,
    );
    expect(toEnd.proofs).toEqual(proofsBefore);
    const missing = await missingFiles(toEnd.running.db, world.files);
    say(
      `${missing.whole} files are there byte by byte; ${missing.since.length} of the last seconds are named as missing`,
    );
    expect(missing.damaged).toBe(0);
    for (const since of missing.since)
      expect(lostAt - since.getTime()).toBeLessThanOrEqual(FILES_EVERY_MS + 5_000);
    await refusesUntilConfirmed(toEnd.running, world, witness);
    say('It took no money and signed nothing until a person had said why; then it did both');
    await shut(toEnd.running);
    await toEnd.running.server.stop();

    const toSecond = await restored(world, witness, base, 'at-a-second', inUtc(second));
    const then = await keysOf(toSecond.running.db);
    const before = work.done.filter(({ answered }) => answered < second.getTime());
    const after = work.done.filter(({ asked }) => asked > second.getTime());
    expect(before.filter(({ key }) => !then.has(key))).toEqual([]);
    expect(after.filter(({ key }) => then.has(key))).toEqual([]);
    expect(toSecond.proofs).toEqual(proofsBefore);
    say(`At ${second.toISOString()}: all ${before.length} acts before it, none of ${after.length} after it`);
    await shut(toSecond.running);

    report({
      row: 32,
      fault: 'Server lost under load; restored from base backup and WAL archive, to the end and to a second',
      runs: 2,
      seed: SEED,
      command: `SEED=${SEED} SIZE=${SIZE} npm run drill`,
      invariants:
        'manifest whole; all proofs; the tree continues every head the witness holds; every file whole or named; no act before the second missing, none after it there; no money and no signature until a person confirms (row 33)',
      figure: {
        postings: SIZE,
        acts: work.done.length,
        lostActs: lost.length,
        rpoS,
        rtoS: toEnd.rtoS,
        upAfterS: toEnd.upS,
        backupS,
        headsCompared: toEnd.heads + toSecond.heads,
        filesWhole: missing.whole,
        filesMissing: missing.since.length,
      },
    });
    expect(work.done.length).toBeGreaterThan(200);
    expect(before.length * after.length).toBeGreaterThan(0);
    expect(rpoS).toBeLessThanOrEqual(60);
    expect(toEnd.rtoS).toBeLessThanOrEqual(900);
  } finally {
    witness?.stop();
    await world.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
});

/** The server reads its settings before it knows the short names of zones: `Z` is one, `+00` is not. */
const inUtc = (at: Date): string => at.toISOString().replace('T', ' ').replace('.000Z', '+00');

/** Restores beside the lost server and lets the copy prove itself: manifest, proofs, and the tree against the witness. */
const restored = async (
  world: DrillWorld,
  witness: RunningWitness,
  base: string,
  name: string,
  until?: string,
) => {
  say(`Restoring ${until === undefined ? 'to the end of the archive' : `to ${until}`}`);
  const at = performance.now();
  const running = await world.restore(name, base, until);
  const upS = seconds(at);
  const proofs = await proofsOf(running.owner);
  const heads = await compareHeads(running.owner, witness);
  return { running, proofs, heads, upS, rtoS: seconds(at) };
};

/** The stand-alone verifier recomputes the tree from its leaves and holds it against what the witness has signed. */
const compareHeads = async (db: Kysely<Database>, witness: RunningWitness): Promise<number> => {
  const { writeFileSync } = await import('node:fs');
  const head = await newestHead(db);
  const folder = mkdtempSync(join(tmpdir(), 'shanlu-drill-log-'));
  const files: string[] = [];
  for await (const { head: seen, note, number } of witness.store.history('shanlu.drill/log')) {
    if (seen.size > (head?.size ?? 0n)) continue;
    const file = join(folder, `seen-${number}`);
    writeFileSync(file, note);
    files.push('--checkpoint', file);
  }
  const verdict = await verify(await download(db, folder), ...files);
  rmSync(folder, { recursive: true, force: true });
  expect(verdict).toMatchObject({ ok: true, size: String(head?.size) });
  expect(files.length).toBeGreaterThan(0);
  return files.length / 2;
};

const keysOf = async (db: Kysely<Database>): Promise<Set<string>> =>
  new Set(
    (await db.selectFrom('command_key').select('key').where('key', 'like', 'drill:%').execute()).map(
      ({ key }) => key,
    ),
  );

const missingFiles = async (db: Kysely<Database>, folder: string) => {
  const shelves = openFileShelves({ kind: 'disk', folder });
  let [whole, damaged] = [0, 0];
  const since: Date[] = [];
  for (const file of await namedFiles(db)) {
    const found = await shelves[file.shelf].verify(file.sha256);
    if (found === 'intact') whole += 1;
    else if (found === 'missing') since.push(file.since);
    else damaged += 1;
  }
  return { whole, damaged, since };
};

/** Row 33: an older state than the witness has seen is not a place to give money or to sign at. */
const refusesUntilConfirmed = async (
  { db }: Running,
  { clerk, approver }: DrillWorld,
  witness: RunningWitness,
): Promise<void> => {
  const give = (key: string) => runCommand(recordDonation, giftByHand(), clerk, { key, db });
  const round = newSequencer({ db, witness });
  const size = (await newestHead(db))?.size;
  expect((await mayTakeMoney(db)).ok).toBe(false);
  const early = await give('drill-early');
  expect(early.ok || early.refusal.name).toBe('donations_suspended');
  expect(await round()).toBe(0);
  expect((await logStatus(db)).halt?.cause).toBe('tree_smaller');
  const halted = await give('drill-halted');
  expect(halted.ok || halted.refusal.name).toBe('donations_suspended');
  expect((await newestHead(db))?.size).toBe(size);
  const reason = 'The server was lost; restored from the backup in a drill.';
  const confirmed = await runCommand(confirmHalt, { reason }, approver, { key: 'drill-confirm', db });
  expect(confirmed.ok).toBe(true);
  expect(await round()).toBeGreaterThan(0);
  expect((await give('drill-again')).ok).toBe(true);
};
