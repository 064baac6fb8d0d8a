import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

// Before anything reads the settings.
const { dataDir } = vi.hoisted(() => {
  const folder = `${process.env['TMPDIR'] ?? '/tmp'}/shanlu-sequencer-${process.pid}`;
  process.env['DATA_DIR'] = folder;
  process.env['PUBLIC_URL'] = 'http://shanlu.test';
  return { dataDir: folder };
});

import { runCommand } from '@/lib/command';
import { openCheckpoint } from '@/lib/proof/checkpoint';
import { rotateSigningKey, signingKeys } from '@/lib/proof/key';
import { BATCH } from '@/lib/proof/log.commands';
import { leavesOf, logStatus, newestHead, proofFile, publicKeys } from '@/lib/proof/log.queries';
import { Frontier, leafHash } from '@/lib/proof/merkle';
import { mayTakeMoney } from '@/lib/proof/money-gate';
import { parseVerifierKey, type NoteKey } from '@/lib/proof/note';
import { newSequencer } from '@/lib/proof/sequencer';
import { newWorld, type World } from '../support/people';
import {
  anyLeaf,
  count,
  download,
  draft,
  loggedNames,
  newFolder,
  removeFolders,
  startWitness,
  verify,
} from './proof-kit';

let world: World;
let troubles: string[];
beforeEach(async () => {
  rmSync(dataDir, { recursive: true, force: true });
  troubles = [];
  world = await newWorld();
});
afterEach(() => world.close());
afterAll(() => {
  rmSync(dataDir, { recursive: true, force: true });
  removeFolders();
});

const sequencer = (witness: Parameters<typeof newSequencer>[0]['witness'] = null) =>
  newSequencer({ db: world.db, witness, onTrouble: (sentence) => troubles.push(sentence) });

const keys = async (): Promise<NoteKey[]> =>
  (await publicKeys(world.reader)).map((vkey) => parseVerifierKey(vkey) as NoteKey);

describe('a new log', () => {
  it('makes its key, signs the empty tree, and takes money from then on', async () => {
    expect((await mayTakeMoney(world.db)).ok).toBe(true);
    expect(await sequencer()()).toBe(0);
    const head = await newestHead(world.reader);
    const opened = openCheckpoint(head?.note ?? '', 'shanlu.test/log', await keys());
    expect(opened.ok && opened.head.size).toBe(0n);
    expect(statSync(join(dataDir, 'log', 'key')).mode & 0o777).toBe(0o600);
    expect((await mayTakeMoney(world.db)).ok).toBe(true);
    expect(troubles).toEqual([]);
  });

  it('never makes a second key for a log that has begun', async () => {
    await sequencer()();
    rmSync(join(dataDir, 'log', 'key'));
    await draft(world.db, 1);
    expect(await sequencer()()).toBe(0);
    expect(troubles.join()).toContain('key is missing');
    expect(existsSync(join(dataDir, 'log', 'key'))).toBe(false);
    expect(await count(world.db, 'log_leaf')).toBe(0n);
  });
});

describe('appending', () => {
  it('takes drafts in their order, once each, and signs the root anyone can rebuild', async () => {
    const round = sequencer();
    await draft(world.db, 1, 2, 3);
    expect(await round()).toBe(3);
    expect(await round()).toBe(0);
    for (let n = 4; n <= 700; n += 100)
      await draft(world.db, ...Array.from({ length: Math.min(100, 701 - n) }, (_, at) => n + at));
    expect(await round()).toBe(697);

    expect(await loggedNames(world.db)).toEqual(Array.from({ length: 700 }, (_, at) => String(at + 1)));
    const frontier = new Frontier();
    for (let n = 1; n <= 700; n += 1) frontier.append(leafHash(anyLeaf(n)));
    const head = await newestHead(world.reader);
    expect(head?.root).toEqual(frontier.root());
    expect(await count(world.db, 'log_node')).toBe(2n);
    expect(await verify(await download(world.reader))).toMatchObject({ ok: true, size: '700' });
  });

  it('works through a backlog of several batches', async () => {
    const backlog = BATCH * 2 + 7;
    await sql`insert into log_draft (body) select convert_to(replace(${anyLeaf('N').toString()}, 'ML-N', 'ML-' || n), 'UTF8')
      from generate_series(1, ${backlog}::int) n`.execute(world.db);
    expect(await sequencer()()).toBe(backlog);
    const names = await loggedNames(world.db);
    expect(names).toEqual(Array.from({ length: backlog }, (_, at) => String(at + 1)));
    expect((await logStatus(world.reader)).waiting).toBe(0);
  });

  it('a smaller number that commits later is neither skipped nor doubled', async () => {
    const round = sequencer();
    await draft(world.db, 'early');
    await round();
    const slow = await world.db.startTransaction().execute();
    await slow
      .insertInto('log_draft')
      .values({ body: anyLeaf('slow') })
      .execute();
    await draft(world.db, 'quick');
    expect(await round()).toBe(0); // the slow one could still come before the quick one
    expect((await logStatus(world.reader)).waiting).toBe(1);
    await slow.commit().execute();
    expect(await round()).toBe(2);
    expect(await loggedNames(world.db)).toEqual(['early', 'slow', 'quick']);
  });

  it('what was rolled back leaves no leaf', async () => {
    const round = sequencer();
    const undone = await world.db.startTransaction().execute();
    await undone
      .insertInto('log_draft')
      .values({ body: anyLeaf('undone') })
      .execute();
    await undone.rollback().execute();
    await draft(world.db, 'done');
    await round();
    expect(await loggedNames(world.db)).toEqual(['done']);
  });

  it('two sequencers and eight writers at once: every draft is one leaf, in one tree', async () => {
    const rounds = [sequencer(), sequencer()];
    let writing = true;
    const append = rounds.map(async (round) => {
      while (writing) await round();
    });
    await Promise.all(
      Array.from({ length: 8 }, async (_, writer) => {
        for (let n = 0; n < 40; n += 1) await draft(world.db, `${writer}x${n}`, `${writer}y${n}`);
      }),
    );
    writing = false;
    await Promise.all(append);
    for (const round of rounds) await round();
    const names = await loggedNames(world.db);
    expect(names).toHaveLength(640);
    expect(new Set(names).size).toBe(640);
    expect(await verify(await download(world.reader))).toMatchObject({ ok: true, size: '640' });
    expect(troubles).toEqual([]);
  }, 120_000);

  it('drafts of a dump restored elsewhere carry numbers of the future and are appended all the same', async () => {
    await world.owner.transaction().execute(async (trx) => {
      await sql`insert into log_draft (body, tx) values (${anyLeaf('foreign')}, '9000000000'::xid8)`.execute(
        trx,
      );
    });
    await draft(world.db, 'native');
    await sequencer()();
    expect(await loggedNames(world.db)).toEqual(['foreign', 'native']);
  });

  it('shows how far behind it is', async () => {
    await sequencer()();
    await draft(world.db, 1, 2);
    await new Promise((resolve) => setTimeout(resolve, 30));
    const behind = await logStatus(world.reader);
    expect(behind.waiting).toBe(2);
    expect(behind.waitingMs).toBeGreaterThanOrEqual(25n);
  });
});

describe('the stored log', () => {
  const asApp = (query: string) => sql.raw(query).execute(world.db);

  it('can be neither changed nor shortened by the application', async () => {
    await draft(world.db, 1, 2, 3);
    await sequencer()();
    for (const table of [
      'log_leaf',
      'log_node',
      'log_checkpoint',
      'log_cosignature',
      'log_halt',
      'log_resumption',
      'log_key',
      'log_epoch',
    ]) {
      await expect(asApp(`delete from ${table}`)).rejects.toThrow('permission denied');
      await expect(asApp(`truncate ${table}`)).rejects.toThrow('permission denied');
    }
    await expect(asApp(`update log_leaf set leaf_hash = leaf_hash`)).rejects.toThrow('permission denied');
    await expect(sql`update log_leaf set leaf_hash = leaf_hash`.execute(world.owner)).rejects.toThrow(
      'refused',
    );
  });

  it('takes no leaf out of turn and no second head of one size', async () => {
    await draft(world.db, 1, 2);
    await sequencer()();
    await draft(world.db, 3);
    const leaf = (index: number) =>
      `insert into log_leaf (leaf_index, draft_id, leaf_hash, kind) select ${index}, max(id), '\\x${'00'.repeat(32)}', 'act' from log_draft`;
    await expect(asApp(leaf(5))).rejects.toThrow('without a gap');
    await expect(asApp(leaf(1))).rejects.toThrow('log_leaf_pkey');
    await expect(
      asApp(
        `insert into log_checkpoint (epoch, size, root, note) select epoch, size, root, 'x' from log_checkpoint`,
      ),
    ).rejects.toThrow('log_checkpoint_one_per_size');
  });

  it('is read by the public role through views only', async () => {
    const reader = world.reader;
    await sequencer()();
    expect((await newestHead(reader))?.size).toBe(0n);
  });

  it('signs nothing on a tree that is not the one it signed last', async () => {
    const round = sequencer();
    await draft(world.db, 1, 2, 3);
    await round();
    const admin = world.owner;
    await sql`set session_replication_role = replica`.execute(admin).catch(() => undefined);
    await sql`alter table log_leaf disable trigger log_leaf_append_only`.execute(admin);
    await sql`update log_leaf set leaf_hash = sha256('other') where leaf_index = 1`.execute(admin);
    await draft(world.db, 4);
    await expect(round()).rejects.toThrow('not the one that was signed last');
    expect(await count(world.db, 'log_leaf')).toBe(3n);
  });
});

describe('a proof of one thing', () => {
  it('verifies offline, under the key of the log, and stays below 4 KB', async () => {
    await draft(world.db, ...Array.from({ length: 300 }, (_, at) => at));
    await sequencer()();
    const [found] = await leavesOf('ML-130', null, world.reader);
    const file = join(newFolder(), 'ML-130.tlog-proof');
    const proof = await proofFile(found?.index ?? -1n, world.reader);
    writeFileSync(file, proof ?? '');
    expect(Buffer.byteLength(proof ?? '')).toBeLessThan(4096);
    const vkey = (await publicKeys(world.reader))[0] ?? '';
    expect(await verify(file, '--key', vkey)).toMatchObject({ ok: true, index: '130' });
    writeFileSync(file, (proof ?? '').replace('index 130', 'index 131'));
    expect(await verify(file, '--key', vkey)).toMatchObject({ ok: false });
  });

  it('stays good when the key is rotated, and the rotation is in the log', async () => {
    const round = sequencer();
    await draft(world.db, 'before');
    await round();
    const old = (await publicKeys(world.reader))[0] ?? '';
    const file = join(newFolder(), 'before.tlog-proof');
    writeFileSync(file, (await proofFile(0n, world.reader)) ?? '');

    rotateSigningKey();
    await draft(world.db, 'after');
    await round();
    await round();
    const now = (await publicKeys(world.reader))[0] ?? '';
    expect(now).not.toBe(old);
    expect(signingKeys()).toHaveLength(2);
    expect((await leavesOf('shanlu.test/log', 'log_key_added', world.reader)).length).toBe(1);
    expect(await verify(file, '--key', old)).toMatchObject({ ok: true });
    // While both sign, whoever knows only one of the two keys can check.
    const folder = await download(world.reader);
    for (const vkey of [old, now]) expect(await verify(folder, '--key', vkey)).toMatchObject({ ok: true });

    // The old key is gone for good: the new one signs alone, old proofs are still checked with the old one.
    const kept = readFileSync(join(dataDir, 'log', 'key'), 'utf8').split('\n')[0] ?? '';
    writeFileSync(join(dataDir, 'log', 'key'), kept);
    await draft(world.db, 'later');
    await round();
    expect(await verify(await download(world.reader), '--key', now)).toMatchObject({ ok: true, size: '4' });
    expect(await verify(file, '--key', old)).toMatchObject({ ok: true });
  });
});

describe('with a witness', () => {
  it('has every head cosigned, and goes on without when it cannot be asked', async () => {
    await sequencer()();
    const witness = await startWitness(newFolder(), ...(await publicKeys(world.reader)));
    const round = sequencer(witness);
    await draft(world.db, 1, 2, 3);
    await round();
    expect((await newestHead(world.reader))?.witnesses).toBe(1);
    const folder = await download(world.reader);
    expect(await verify(folder, '--witness', witness.key.vkey)).toMatchObject({ ok: true, size: '3' });

    witness.stop();
    await draft(world.db, 4);
    expect(await round()).toBe(1);
    expect((await newestHead(world.reader))?.witnesses).toBe(0);
    expect(troubles.join()).toContain('could not be asked');
    // A proof uses the newest head that is witnessed, as long as it holds the leaf.
    expect(await proofFile(0n, world.reader)).toContain('— witness.test ');
    expect((await mayTakeMoney(world.db)).ok).toBe(true);
  });

  it('says what to do when the witness does not know the log', async () => {
    const witness = await startWitness(newFolder());
    await sequencer(witness)();
    expect(troubles.join()).toContain('does not know this log');
    witness.stop();
  });
});

describe('permissions', () => {
  it('only the sequencer appends', async () => {
    const { appendLeaves } = await import('@/lib/proof/log.commands');
    const answer = await runCommand(appendLeaves, { through: null, after: 0n }, world.staff.ming, {
      key: 'not-for-people',
      db: world.db,
    });
    expect(answer.ok).toBe(false);
  });
});
