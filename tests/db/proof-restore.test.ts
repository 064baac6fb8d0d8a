import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const { dataDir } = vi.hoisted(() => {
  const folder = `${process.env['TMPDIR'] ?? '/tmp'}/shanlu-restore-${process.pid}`;
  process.env['DATA_DIR'] = folder;
  process.env['PUBLIC_URL'] = 'http://shanlu.test';
  return { dataDir: folder };
});

import type { Kysely } from 'kysely';
import { connect } from '@/db/connect';
import type { Database } from '@/db/tables';
import { runCommand } from '@/lib/command';
import { opens } from '@/lib/proof/commitment';
import { confirmHalt } from '@/lib/proof/log.commands';
import { halts, leavesOf, logStatus, newestHead, publicKeys } from '@/lib/proof/log.queries';
import { mayTakeMoney } from '@/lib/proof/money-gate';
import { newSequencer } from '@/lib/proof/sequencer';
import {
  copyDatabase,
  count,
  download,
  draft,
  newFolder,
  newLogWorld,
  removeFolders,
  startWitness,
  verify,
  type LogWorld,
  type RunningWitness,
} from './proof-kit';

let world: LogWorld;
let backup: Kysely<Database> | undefined;
let witness: RunningWitness;
let troubles: string[];

const sequencer = (db: Kysely<Database>, by: RunningWitness | null = witness) =>
  newSequencer({ db, witness: by, onTrouble: (sentence) => troubles.push(sentence) });

/** Yesterday's state, put back on the same server under another name. Open connections are closed for the copy. */
const restoreFromCopy = async (): Promise<Kysely<Database>> => {
  const url = new URL(world.database.appUrl);
  const copy = await copyDatabase(world.database.adminUrl, url.pathname.slice(1));
  url.pathname = `/${copy}`;
  return connect(url.href, { max: 4 });
};

beforeEach(async () => {
  rmSync(dataDir, { recursive: true, force: true });
  troubles = [];
  world = await newLogWorld();
  await sequencer(world.db, null)();
  witness = await startWitness(newFolder(), ...(await publicKeys(world.reader)));
});
afterEach(async () => {
  witness.stop();
  await backup?.destroy();
  backup = undefined;
  await world.close();
});
afterAll(() => {
  rmSync(dataDir, { recursive: true, force: true });
  removeFolders();
});

describe('yesterday’s copy', () => {
  // The log goes on after the backup; then the backup is put back.
  const yesterday = async (): Promise<Kysely<Database>> => {
    await draft(world.db, 1, 2, 3, 4, 5);
    await sequencer(world.db)();
    backup = await restoreFromCopy();
    await draft(world.db, 6, 7, 8);
    await sequencer(world.db)();
    return backup;
  };

  it('takes no money before it has been compared, and none after', async () => {
    const old = await yesterday();
    const before = await mayTakeMoney(old);
    expect(before.ok || before.refusal.name).toBe('donations_suspended');
    expect(await sequencer(old)()).toBe(0);
    expect((await mayTakeMoney(old)).ok).toBe(false);
    expect((await logStatus(old)).halt).toEqual({ cause: 'tree_smaller', ownSize: 5n, witnessedSize: 8n });
    expect(troubles.join()).toContain('halted (tree_smaller)');
  });

  it('signs nothing, though drafts are waiting', async () => {
    const old = await yesterday();
    await draft(old, 'new');
    const round = sequencer(old);
    for (let times = 0; times < 3; times += 1) expect(await round()).toBe(0);
    expect((await newestHead(old))?.size).toBe(5n);
    expect(await count(old, 'log_leaf')).toBe(5n);
  });

  it.each([
    ['by the remembered head alone, without a witness', 'memory'],
    ['by the witness alone, when the data folder is as old as the copy', 'witness'],
  ])('is recognised %s', async (_, by) => {
    const old = await yesterday();
    if (by === 'witness') forgetHead();
    expect(await sequencer(old, by === 'witness' ? witness : null)()).toBe(0);
    expect((await logStatus(old)).halt?.cause).toBe('tree_smaller');
  });

  it('that has grown again beyond the witnessed size is recognised by its content', async () => {
    const old = await yesterday();
    rmSync(`${dataDir}/log/head`);
    // A server without witness and memory signs another history; then it is asked to show it.
    expect(await sequencer(old, null)()).toBe(0);
    await draft(old, 'a', 'b', 'c', 'd');
    expect(await sequencer(old, null)()).toBe(4);
    rmSync(`${dataDir}/log/head`);
    await sequencer(old)();
    expect((await logStatus(old)).halt).toMatchObject({
      cause: 'tree_differs',
      ownSize: 9n,
      witnessedSize: 8n,
    });
    expect((await mayTakeMoney(old)).ok).toBe(false);
  });

  it('does not start on its own word when neither memory nor witness can be asked', async () => {
    const old = await yesterday();
    forgetHead();
    witness.stop();
    expect(await sequencer(old)()).toBe(0);
    expect((await mayTakeMoney(old)).ok).toBe(false);
    expect(troubles.join()).toContain('Neither');
  });

  it('goes on after a person has said why, publicly and under a new name', async () => {
    const old = await yesterday();
    await sequencer(old)();
    const reason = 'Disk of the server lost; restored from the backup of last night.';
    const early = await runCommand(confirmHalt, { reason: 'too short' }, world.approver, {
      key: 'confirm-0',
      db: old,
    });
    expect(early.ok).toBe(false);
    const clerk = await runCommand(confirmHalt, { reason }, world.clerk, { key: 'confirm-1', db: old });
    expect(clerk.ok || clerk.refusal.name).toBe('not_permitted');
    const done = await runCommand(confirmHalt, { reason }, world.approver, { key: 'confirm-2', db: old });
    expect(done.ok && done.value.origin).toBe('shanlu.test/log/epoch-2');

    const round = sequencer(old);
    expect(await round()).toBe(2); // the confirmation, and the key's new name
    expect((await mayTakeMoney(old)).ok).toBe(true);
    const head = await newestHead(old);
    expect(head?.note.startsWith('shanlu.test/log/epoch-2\n7\n')).toBe(true);

    // The act is a leaf that tells both sizes; its reason is public and opens the leaf's commitment.
    const [leaf] = await leavesOf('shanlu.test/log/epoch-2', 'log_resumed', old);
    expect(leaf?.index).toBe(5n);
    const [halt] = await halts(old);
    const body = await old
      .selectFrom('disclosure.log_leaf')
      .select('body')
      .where('leaf_index', '=', 5n)
      .executeTakeFirstOrThrow();
    const said = JSON.parse(body.body.toString()) as {
      facts: Record<string, string>;
      commitments: { reason: string };
    };
    expect(said.facts).toMatchObject({ cause: 'tree_smaller', ownSize: '5', witnessedSize: '8' });
    expect(halt?.reason).toBe(reason);
    expect(opens(said.commitments.reason, halt?.salt ?? Buffer.alloc(0), 'log', 'reason', reason)).toBe(true);

    // The witness speaks for the new name once a person has told it the new key.
    expect(troubles.join()).toContain('tell it shanlu.test/log/epoch-2+');
    for (const vkey of await publicKeys(old)) await witness.store.trust(vkey);
    await draft(old, 'on');
    await round();
    expect((await newestHead(old))?.witnesses).toBe(1);
    expect(await verify(await download(old))).toMatchObject({ ok: true, size: '8' });
    expect((await logStatus(old)).halt).toBeNull();
  });

  it('of a time before a confirmation is recognised although its old name is consistent', async () => {
    await draft(world.db, 1, 2);
    await sequencer(world.db)();
    backup = await restoreFromCopy();
    const current = await yesterdayOf(world.db);
    const reason = 'A second restore on the same day, for this test.';
    await runCommand(confirmHalt, { reason }, world.approver, { key: 'confirm-3', db: current });
    await sequencer(current)();
    for (const vkey of await publicKeys(current)) await witness.store.trust(vkey);
    await draft(current, 'x');
    await sequencer(current)();
    // Now the copy of size 2, taken before the first name was given up, is put back.
    expect(await sequencer(backup)()).toBe(0);
    expect((await logStatus(backup)).halt).not.toBeNull();
    await current.destroy();
  });

  /** Brings a database into the halted state: a copy is taken, the original goes on, the copy is compared. */
  const yesterdayOf = async (db: Kysely<Database>): Promise<Kysely<Database>> => {
    const copy = await restoreFromCopy();
    await draft(db, 'lost');
    await sequencer(db)();
    await sequencer(copy)();
    expect((await logStatus(copy)).halt?.cause).toBe('tree_smaller');
    return copy;
  };
});

function forgetHead(): void {
  rmSync(`${dataDir}/log/head`, { force: true });
}

describe('an honest restart', () => {
  it('is compared within one round and takes money again', async () => {
    await draft(world.db, 1, 2, 3);
    await sequencer(world.db)();
    const same = await restoreFromCopy(); // the same content on another running database
    expect((await mayTakeMoney(same)).ok).toBe(false);
    await sequencer(same)();
    expect((await mayTakeMoney(same)).ok).toBe(true);
    expect(troubles).toEqual([]);
    await same.destroy();
  });
});

describe('a split view', () => {
  it('is refused by the witness, kept as evidence with both signatures, and halts the log', async () => {
    await draft(world.db, 1, 2, 3);
    await sequencer(world.db)();
    const other = await restoreFromCopy();
    await draft(world.db, 'for-one-reader');
    await sequencer(world.db)();
    // The other copy is given the same keys, forgets what it knew and signs another fourth leaf.
    forgetHead();
    await draft(other, 'for-another-reader');
    await sequencer(other, null)();
    forgetHead();
    await sequencer(other)();
    expect((await logStatus(other)).halt?.cause).toBe('tree_differs');
    await other.destroy();
  });
});

describe('a gift on a database that is not the one others have seen', () => {
  it('is refused by name, online and by hand, and nothing is written', async () => {
    const { recordDonation } = await import('@/lib/donations/donation.commands');
    const { createCampaign, openCampaign } = await import('@/lib/campaigns/campaign.commands');
    const { CAMPAIGN, campaignForm, giftInput, must } = await import('./donations-kit');
    const setup = { kind: 'system', name: 'setup' } as const;
    must(await runCommand(createCampaign, campaignForm(), setup, { key: 'campaign', db: world.db }));
    must(
      await runCommand(openCampaign, { slug: CAMPAIGN, on: '2023-09-01' }, setup, {
        key: 'opening-1',
        db: world.db,
      }),
    );
    await sequencer(world.db)();
    const gift = (db: Kysely<Database>, key: string) =>
      runCommand(recordDonation, giftInput(), world.clerk, { key, db });
    expect((await gift(world.db, 'gift-on-the-real-one')).ok).toBe(true);

    backup = await restoreFromCopy();
    const before = await count(backup, 'donation');
    const refused = await gift(backup, 'gift-before-comparing');
    expect(refused.ok || refused.refusal.name).toBe('donations_suspended');
    await draft(world.db, 'since-the-backup');
    await sequencer(world.db)();
    await sequencer(backup)();
    const halted = await gift(backup, 'gift-while-halted');
    expect(halted.ok || halted.refusal.name).toBe('donations_suspended');
    expect(await count(backup, 'donation')).toBe(before);
  });
});
