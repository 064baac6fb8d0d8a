import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const { dataDir } = vi.hoisted(() => {
  const folder = `${process.env['TMPDIR'] ?? '/tmp'}/shanlu-erasure-${process.pid}`;
  process.env['DATA_DIR'] = folder;
  process.env['PUBLIC_URL'] = 'http://shanlu.test';
  return { dataDir: folder };
});

import { makePledge } from '@/lib/pledges/pledge.commands';
import { commit, opens } from '@/lib/proof/commitment';
import { canonicalBytes } from '@/lib/proof/jcs';
import { leavesOf, proofFile, publicKeys } from '@/lib/proof/log.queries';
import { newSequencer } from '@/lib/proof/sequencer';
import { must, openKit, pledgeInput, same, type Kit } from './donations-kit';
import { download, newFolder, removeFolders, verify } from './proof-kit';

const DONORS = 1_000;
const nameOf = (n: number): string => `陳大文${n}`;
const sealedName = (name: string): string => Buffer.from(canonicalBytes(same(name))).toString('utf8');

let kit: Kit;
let proofs: string;
let vkey: string;

// A thousand donors agree to be named; their promises are logged and their proofs handed out.
beforeAll(async () => {
  rmSync(dataDir, { recursive: true, force: true });
  kit = await openKit();
  for (let n = 0; n < DONORS; n += 50)
    await Promise.all(
      Array.from({ length: 50 }, async (_, at) =>
        must(
          await kit.run(
            makePledge,
            pledgeInput({
              donor: {
                name: nameOf(n + at),
                email: `donor${n + at}@example.org`,
                phone: `+852 9${String(n + at).padStart(7, '0')}`,
                country: 'HK',
                lang: 'zh-Hant',
              },
              recognition: { shownAs: same(nameOf(n + at)), dedication: null, message: null, consent: true },
            }),
            kit.visitor,
          ),
        ),
      ),
    );
  await newSequencer({ db: kit.db, witness: null })();
  vkey = (await publicKeys(kit.reader))[0] ?? '';
  proofs = newFolder();
  for (let n = 1; n <= 40; n += 1) {
    const code = `P-${String(n * 20).padStart(4, '0')}`;
    const [leaf] = await leavesOf(code, 'pledge_made', kit.reader);
    writeFileSync(
      join(proofs, `${code}.tlog-proof`),
      (await proofFile(leaf?.index ?? -1n, kit.reader)) ?? '',
    );
  }
}, 240_000);
afterAll(async () => {
  await kit.close();
  rmSync(dataDir, { recursive: true, force: true });
  removeFolders();
});

type Sealed = {
  readonly code: string;
  readonly commitment: string;
  readonly salt: Buffer;
  readonly name: string;
};
const sealed = async (): Promise<Sealed[]> =>
  (
    await sql<Sealed>`
      select p.code, r.salt, r.shown_as->>'zh-Hans' as name,
        convert_from(l.body, 'UTF8')::jsonb #>> '{commitments,name}' as commitment
      from pledge p join recognition r on r.id = p.recognition_id
      join disclosure.log_leaf l on l.subject = p.code and l.event = 'pledge_made' order by p.code`.execute(
      kit.db,
    )
  ).rows;

/** Every byte the log shows to anybody. */
const publicBytes = async (): Promise<Buffer> => {
  const folder = await download(kit.reader);
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Buffer.concat(names.map((entry) => readFileSync(join(entry.parentPath, entry.name))));
};

describe('before anybody is forgotten', () => {
  it('each donor can open their own commitment, and no other', async () => {
    const all = await sealed();
    expect(all).toHaveLength(DONORS);
    expect(new Set(all.map((row) => row.commitment)).size).toBe(DONORS);
    for (const [n, row] of all.entries()) {
      expect(opens(row.commitment, row.salt, 'recognition', 'name', sealedName(row.name))).toBe(true);
      const other = all[(n + 1) % DONORS] as Sealed;
      expect(opens(row.commitment, other.salt, 'recognition', 'name', sealedName(row.name))).toBe(false);
    }
  });

  it('the log shows no name, no address and no telephone number', async () => {
    const bytes = await publicBytes();
    for (let n = 0; n < DONORS; n += 1)
      for (const value of [nameOf(n), `donor${n}@example.org`, `9${String(n).padStart(7, '0')}`])
        expect(bytes.includes(value)).toBe(false);
  });
});

describe('after everybody has been forgotten', () => {
  let commitments: Set<string>;
  beforeAll(async () => {
    commitments = new Set((await sealed()).map((row) => row.commitment));
    // What erasing does to these tables: values set to null, the salt emptied.
    await sql`update donor set name = null, email = null, phone = null, country = null, erased_at = now()`.execute(
      kit.db,
    );
    await sql`update recognition set shown_as = null, dedication = null, message = null, withdrawn_at = now(), salt = ''`.execute(
      kit.db,
    );
  });

  it('every proof handed out before still verifies, and so does the log', async () => {
    const files = readdirSync(proofs);
    expect(files).toHaveLength(40);
    for (const file of files) expect((await verify(join(proofs, file), '--key', vkey)).ok).toBe(true);
    expect((await verify(await download(kit.reader), '--key', vkey)).ok).toBe(true);
  });

  it('no table holds a name, an address or a telephone number any more', async () => {
    const tables = (
      await sql<{ name: string }>`select format('%I.%I', schemaname, tablename) as name from pg_tables
        where schemaname in ('public', 'graphile_worker') and has_table_privilege(format('%I.%I', schemaname, tablename), 'select')`.execute(
        kit.db,
      )
    ).rows;
    expect(tables.length).toBeGreaterThan(40);
    for (const { name } of tables) {
      const { rows } = await sql<{ n: bigint }>`select count(*) as n from ${sql.raw(name)} t
        where t::text like any (array['%陳大文%', '%@example.org%', '%+852 9%'])
          and t::text not like '%lin@example.org%' and t::text not like '%zhou@example.org%'`.execute(kit.db);
      expect({ name, found: rows[0]?.n }).toEqual({ name, found: 0n });
    }
  });

  it('a million guesses against the thousand commitments find nobody', () => {
    // Whoever knows every name and every leaf, but no salt, can only try salts of their own.
    let hits = 0;
    const salts = Array.from({ length: 10 }, (_, n) => Buffer.alloc(32, n));
    for (let guess = 0; guess < 1_000_000; guess += 1) {
      const name = sealedName(nameOf(guess % (DONORS * 2)));
      if (commitments.has(commit(salts[guess % 10] as Buffer, 'recognition', 'name', name))) hits += 1;
    }
    expect(hits).toBe(0);
  }, 120_000);
});
