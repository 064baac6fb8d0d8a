import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const { dataDir } = vi.hoisted(() => {
  const folder = `${process.env['TMPDIR'] ?? '/tmp'}/shanlu-erasure-${process.pid}`;
  process.env['DATA_DIR'] = folder;
  process.env['PUBLIC_URL'] = 'http://shanlu.test';
  return { dataDir: folder };
});

import { journal } from '@/lib/bookkeeping/journal';
import { defineCommand } from '@/lib/context';
import { clearDonation, recordDonation, verifyDonation } from '@/lib/donations/donation.commands';
import { forgetSeals } from '@/lib/donations/seal.commands';
import { privatePart } from '@/lib/donations/seal.queries';
import { makePledge } from '@/lib/pledges/pledge.commands';
import { commit, opens } from '@/lib/proof/commitment';
import { canonicalBytes } from '@/lib/proof/jcs';
import { leavesOf, proofFile, publicKeys } from '@/lib/proof/log.queries';
import { newSequencer } from '@/lib/proof/sequencer';
import { ok } from '@/lib/shared/result';
import { giftInput, must, openKit, pledgeInput, same, type Kit } from './donations-kit';
import { download, newFolder, removeFolders, verify } from './proof-kit';

const DONORS = 1_000;
const HANDED_OUT = 200;
const nameOf = (n: number): string => `陳大文${n}`;
const sealedName = (name: string): string => Buffer.from(canonicalBytes(same(name))).toString('utf8');

let kit: Kit;
let proofs: string;
let vkey: string;
let gift: string;

// A thousand donors agree to be named; their promises are logged and their proofs handed out.
beforeAll(async () => {
  rmSync(dataDir, { recursive: true, force: true });
  kit = await openKit();
  for (let n = 0; n < DONORS; n += 10)
    await Promise.all(
      Array.from({ length: 10 }, async (_, at) =>
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
  gift = await receivedGift();
  await newSequencer({ db: kit.db, witness: null })();
  vkey = (await publicKeys(kit.reader))[0] ?? '';
  proofs = newFolder();
  for (let n = 1; n <= HANDED_OUT; n += 1) {
    const code = `P-${String(n * 5).padStart(4, '0')}`;
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

/** One of them has also given: the entry of that gift commits to name, address and telephone number. */
const receivedGift = async (): Promise<string> => {
  const donor = {
    name: nameOf(7),
    email: 'donor7@example.org',
    phone: '+852 90000007',
    country: 'HK',
    lang: 'zh-Hant',
  };
  const { code, contentHash } = must(await kit.run(recordDonation, giftInput({ donor }), kit.lin));
  const seen = { donation: code, seenHash: contentHash, on: '2023-10-09' };
  must(await kit.run(verifyDonation, seen, kit.zhou));
  const cleared = {
    donation: code,
    receivedOn: '2023-10-09',
    settledMinor: 50_000n,
    feeMinor: 0n,
    rate: null,
    rateOn: null,
    bankReference: null,
  };
  must(await kit.run(clearDonation, cleared, kit.lin));
  return code;
};

const giftLeaf = async (): Promise<{ index: bigint; body: string }> => {
  const { leaf_index: index, body } = await kit.reader
    .selectFrom('disclosure.log_leaf')
    .select(['leaf_index', 'body'])
    .where('subject', '=', gift)
    .where('event', '=', 'gift_received')
    .executeTakeFirstOrThrow();
  return { index, body: body.toString() };
};

const { parseKey, checkProof } = (await import(new URL('../../public/verify.mjs', import.meta.url).href)) as {
  parseKey: (vkey: string) => unknown;
  /** Throws when anything about the proof does not hold. */
  checkProof: (file: string, keys: unknown[]) => object;
};
const { openSeals } = (await import(new URL('../../public/verify-seal.mjs', import.meta.url).href)) as {
  openSeals: (leaf: object, part: object) => Record<string, string>;
};

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

describe('the entry of a gift', () => {
  it('seals what its giver has told us, and the private part of the receipt opens it', async () => {
    const { body } = await giftLeaf();
    const part = await privatePart(gift, kit.db);
    expect(openSeals(JSON.parse(body) as object, JSON.parse(part ?? '') as object)).toEqual({
      name: nameOf(7),
      email: 'donor7@example.org',
      phone: '+852 90000007',
    });
  });

  it('can be unsealed by nobody who changes what opens it', async () => {
    await expect(sql`update gift_seal set value = 'someone else'`.execute(kit.db)).rejects.toThrow(
      'only be forgotten',
    );
    await expect(sql`delete from gift_seal`.execute(kit.db)).rejects.toThrow('permission denied');
    await expect(sql`update donor set name = null, erased_at = now()`.execute(kit.db)).rejects.toThrow(
      'still here',
    );
  });
});

describe('after everybody has been forgotten', () => {
  let commitments: Set<string>;
  beforeAll(async () => {
    commitments = new Set((await sealed()).map((row) => row.commitment));
    const everybody = defineCommand({
      name: 'test.forget_everybody',
      permission: 'campaign:create',
      events: ['everybody_forgotten'],
      input: z.object({}),
      run: async (ctx) => {
        for (const { id } of await ctx.trx.selectFrom('donor').select('id').execute())
          await forgetSeals(ctx, id);
        ctx.record({ event: 'everybody_forgotten', subjectKind: 'donor', subjectId: 'all' });
        return ok(null);
      },
    });
    must(await kit.run(everybody, {}, { kind: 'system', name: 'setup' }));
    // What erasing does to the other tables: values set to null, the salt emptied.
    await sql`update donor set name = null, email = null, phone = null, country = null, erased_at = now()`.execute(
      kit.db,
    );
    await sql`update recognition set shown_as = null, dedication = null, message = null, withdrawn_at = now(), salt = ''`.execute(
      kit.db,
    );
  });

  it('every proof handed out before still verifies, and so does the log', async () => {
    const files = readdirSync(proofs);
    expect(files).toHaveLength(HANDED_OUT);
    const keys = [parseKey(vkey)];
    for (const file of files) checkProof(readFileSync(join(proofs, file), 'utf8'), keys);
    expect((await verify(join(proofs, files[0] ?? ''), '--key', vkey)).ok).toBe(true);
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

  it('no file of the data folder and no exported journal holds any of it either', async () => {
    const parts: string[] = [];
    for (const format of ['hledger', 'beancount'] as const)
      for await (const part of journal(format, kit.db)) parts.push(part);
    const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    expect(files.length).toBeGreaterThan(0);
    const bytes = Buffer.concat([
      Buffer.from(parts.join('\n')),
      await publicBytes(),
      ...files.map((one) => readFileSync(join(one.parentPath, one.name))),
    ]);
    for (const value of ['陳大文', '@example.org', '+852 9']) expect(bytes.includes(value)).toBe(false);
  });

  it('the seals of the gift are 32 bytes that nothing opens any more, and its proof holds', async () => {
    expect(await privatePart(gift, kit.db)).toBeNull();
    const { index, body } = await giftLeaf();
    expect(body).toMatch(
      /"commitments":\{"email":"[0-9a-f]{64}","name":"[0-9a-f]{64}","phone":"[0-9a-f]{64}"\}/,
    );
    const file = join(proofs, `${gift}.tlog-proof`);
    writeFileSync(file, (await proofFile(index, kit.reader)) ?? '');
    expect((await verify(file, '--key', vkey)).ok).toBe(true);
    rmSync(file);
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
