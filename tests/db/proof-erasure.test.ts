import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

import { TABLES } from '@/lib/disclosure/open-data/tables';
import { bytesOf, FORMATS, openFile } from '@/lib/disclosure/open-data/exports';
import { clearDonation, recordDonation, verifyDonation } from '@/lib/donations/donation.commands';
import { privatePart } from '@/lib/donations/seal.queries';
import { forgetMe } from '@/lib/donors/forget.commands';
import { makeNameKeys } from '@/lib/donors/merge.commands';
import { writeLetters } from '@/lib/letters/letters.commands';
import { accountingToday } from '@/lib/clock';
import { defineCommand } from '@/lib/context';
import { makePledge } from '@/lib/pledges/pledge.commands';
import { commit, opens } from '@/lib/proof/commitment';
import { canonicalBytes } from '@/lib/proof/jcs';
import { leavesOf, proofFile, publicKeys } from '@/lib/proof/log.queries';
import { newSequencer } from '@/lib/proof/sequencer';
import { prove } from '@/lib/proofs/proofs.queries';
import { receiptPaper } from '@/lib/receipts/receipt-paper.queries';
import { issueReceipt } from '@/lib/receipts/receipt.commands';
import { journal } from '@/lib/bookkeeping/journal';
import { newId } from '@/lib/shared/id';
import { ok } from '@/lib/shared/result';
import { giftInput, must, openKit, pledgeInput, same, type Kit } from './donations-kit';
import { download, newFolder, removeFolders, verify } from './proof-kit';

const DONORS = 1_000;
const HANDED_OUT = 200;
const TODAY = accountingToday();
const nameOf = (n: number): string => `陳大文${n}`;
const sealedName = (name: string): string => Buffer.from(canonicalBytes(same(name))).toString('utf8');
/** Whatever of theirs may stand somewhere: names, contacts, sharers, words, addresses, telephone numbers. */
const TRACES = ['陳大文', '聯絡人甲', '分攤人乙', '寄語丙', '@giver.test', '+852 9'];

let kit: Kit;
let proofs: string;
let vkey: string;
let gift: string;
let owner: { kind: 'donor'; personId: string };
/** Everything the process has written to its output: the log of a server. */
const said: string[] = [];

// A thousand donors agree to be named; their promises are logged and their proofs handed out.
beforeAll(async () => {
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((chunk) => said.push(String(chunk)) > 0);
  rmSync(dataDir, { recursive: true, force: true });
  kit = await openKit();
  owner = { kind: 'donor', personId: newId() };
  await kit.db
    .insertInto('person')
    .values({ id: owner.personId, email: 'donor7@giver.test', name: nameOf(7) })
    .execute();
  await Promise.all(
    Array.from({ length: 8 }, async (_, part) => must(await kit.run(promises, { part }, kit.lin))),
  );
  gift = await receivedGift();
  // Signing in ties a giver to the account of their address; here one account has them all, so that one act forgets all.
  await kit.db.updateTable('donor').set({ person_id: owner.personId }).execute();
  await newSequencer({ db: kit.db, witness: null })();
  must(await kit.run(writeLetters, {}, kit.worker));
  must(await kit.run(makeNameKeys, {}, kit.worker));
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
  vi.restoreAllMocks();
  await kit.close();
  rmSync(dataDir, { recursive: true, force: true });
  removeFolders();
});

/** An eighth of the promises in one transaction, each made as ever: a thousand commits would only cost time. */
const promises = defineCommand({
  name: 'test.promises',
  permission: 'pledge:make',
  events: ['pledge_made'],
  input: z.object({ part: z.int() }),
  run: async (ctx, { part }) => {
    for (let n = part; n < DONORS; n += 8)
      must(await makePledge.run(ctx, makePledge.input.parse(promiseOf(n))));
    return ok(null);
  },
});

const promiseOf = (n: number) =>
  pledgeInput({
    donor: {
      name: nameOf(n),
      email: `donor${n}@giver.test`,
      phone: `+852 9${String(n).padStart(7, '0')}`,
      country: 'HK',
      lang: 'zh-Hant',
      ...(n === 9 && { kind: 'organisation', contact: '聯絡人甲' }),
    },
    ...(n === 9 && { sharers: [{ name: '分攤人乙', amountMinor: 10_000n }] }),
    // One is of today, so that a letter with the name in it is waiting to be sent.
    ...(n === 8 && { pledgedOn: TODAY, instalments: [{ dueOn: TODAY, amountMinor: 50_000n }] }),
    recognition: { shownAs: same(nameOf(n)), dedication: null, message: '寄語丙', consent: true },
  });

/** One of them has also given, has a receipt, and the bank has written who paid. */
const receivedGift = async (): Promise<string> => {
  const donor = {
    name: nameOf(7),
    email: 'donor7@giver.test',
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
  must(await kit.run(issueReceipt, { donation: code, on: null }, kit.worker));
  await sql`
    with a as (insert into bank_account (id, code, campaign_id, name, number, currency, main)
        select ${newId()}::uuid, 'bank', id, ${JSON.stringify(same('b'))}::jsonb, '1', 'CNY', false from campaign returning id),
      i as (insert into bank_import (id, code, account_id, file_sha256, file_name, size_bytes, status, uploaded_by)
        select ${newId()}::uuid, 'I-1', id, repeat('a', 64), 'f', 1, 'done', ${kit.lin.personId}::uuid from a returning id, account_id),
      m as (insert into bank_match (id, code, account_id, matched_on, made_by)
        select ${newId()}::uuid, 'M-1', account_id, '2023-10-09', ${kit.lin.personId}::uuid from i returning id),
      p as (insert into bank_match_part (match_id, part_no, kind, subject, amount_minor, donation_id)
        select m.id, 1, 'gift', d.code, 50000, d.id from m, donation d returning match_id)
    insert into bank_line (account_id, import_id, line_no, fingerprint, route, booked_on, amount_minor, currency,
      counterparty, counterparty_account, reference, memo, match_id)
    select i.account_id, i.id, 1, ${Buffer.alloc(32)}, 'r', '2023-10-09', 50000, 'CNY', ${nameOf(7)}, '+852 9', null,
      ${`${nameOf(7)} 捐款`}, p.match_id from i, p`.execute(kit.db);
  await sql`insert into bank_match_line select match_id, id, amount_minor from bank_line`.execute(kit.db);
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

const filesIn = (folder: string): Buffer[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)));

/** Every table the application may read in which one of these words stands, with how many rows. */
const tablesWith = async (words: readonly string[]): Promise<Record<string, bigint>> => {
  const tables = (
    await sql<{ name: string }>`select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname in ('public', 'graphile_worker') and has_table_privilege(format('%I.%I', schemaname, tablename), 'select')`.execute(
      kit.db,
    )
  ).rows;
  expect(tables.length).toBeGreaterThan(40);
  const found: Record<string, bigint> = {};
  for (const { name } of tables) {
    const { rows } = await sql<{ n: bigint }>`select count(*) as n from ${sql.raw(name)} t
      where t::text like any (${words.map((word) => `%${word}%`)}::text[])`.execute(kit.db);
    if (rows[0]?.n) found[name] = rows[0].n;
  }
  return found;
};

/** Every file anybody can take away: both journals of the desk and all open data. */
const exports = async (): Promise<Buffer> => {
  const parts: Uint8Array[] = [];
  for (const format of ['hledger', 'beancount'] as const)
    for await (const part of journal(format, kit.db)) parts.push(Buffer.from(part));
  for (const name of [...Object.values(FORMATS), ...TABLES.map((table) => `${table.name}.csv`)]) {
    const file = openFile(name, 'http://shanlu.test');
    if (!file) throw new Error(`there is no export ${name}`);
    if (name.endsWith('.xlsx')) continue; // the tables once more, packed
    for await (const part of bytesOf(file, kit.reader)) parts.push(part);
  }
  return Buffer.concat(parts);
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
    const bytes = Buffer.concat(filesIn(await download(kit.reader)));
    for (const value of TRACES) expect(bytes.includes(value)).toBe(false);
  });

  it('the values stand where the search below looks for them', async () => {
    expect(Object.keys(await tablesWith(TRACES)).sort()).toEqual([
      'public.bank_line',
      'public.donor',
      'public.donor_name_key',
      'public.gift_seal',
      'public.person',
      'public.receipt',
      'public.recognition',
      'public.soft_credit',
    ]);
    const waiting = await kit.db.selectFrom('outbox').select('sealed').where('sent_at', 'is', null).execute();
    expect(waiting.filter((mail) => mail.sealed !== null)).toHaveLength(1);
  });
});

describe('the entry of a gift', () => {
  it('seals what its giver has told us, and the private part of the receipt opens it', async () => {
    const { body } = await giftLeaf();
    const part = await privatePart(gift, kit.db);
    expect(openSeals(JSON.parse(body) as object, JSON.parse(part ?? '') as object)).toEqual({
      name: nameOf(7),
      email: 'donor7@giver.test',
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
    expect(must(await kit.run(forgetMe, { confirm: 'yes' }, owner))).toEqual({ records: DONORS + 1 });
  });

  it('every proof handed out before still verifies, and so does the log', async () => {
    const files = readdirSync(proofs);
    expect(files).toHaveLength(HANDED_OUT);
    const keys = [parseKey(vkey)];
    for (const file of files) checkProof(readFileSync(join(proofs, file), 'utf8'), keys);
    expect((await verify(join(proofs, files[0] ?? ''), '--key', vkey)).ok).toBe(true);
    expect((await verify(await download(kit.reader), '--key', vkey)).ok).toBe(true);
  });

  it('no table holds anything of theirs any more, no mail waits for them, and every invariant holds', async () => {
    expect(await tablesWith(TRACES)).toEqual({});
    const mails = await kit.db.selectFrom('outbox').select(['sealed', 'dropped_because']).execute();
    expect(mails).toEqual([{ sealed: null, dropped_because: 'erased' }]);
    expect((await prove(kit.reader)).filter((proof) => proof.offenders !== 0n)).toEqual([]);
  });

  it('neither does a file of the data folder, an export, the log, or anything the process has said', async () => {
    mkdirSync(dataDir, { recursive: true });
    expect(existsSync(join(dataDir, 'log', 'key'))).toBe(true);
    const open = await exports();
    expect(open.includes('E-000001')).toBe(true);
    const bytes = Buffer.concat([open, ...filesIn(await download(kit.reader)), ...filesIn(dataDir)]);
    for (const value of TRACES) expect(bytes.includes(value)).toBe(false);
    for (const value of TRACES) expect(said.join('')).not.toContain(value);
  });

  it('the stub of the receipt is kept for 30 years, opened by an auditor’s print alone', async () => {
    const stub = await kit.db.selectFrom('receipt_stub').selectAll().executeTakeFirstOrThrow();
    const year = Number(TODAY.slice(0, 4));
    expect(stub.kept_until).toBe(`${year + 31}-01-01`);
    const print = { lang: 'en', copy: 2, at: new Date(), forGiver: false } as const;
    const payer = async (forAuditor: boolean) =>
      (await receiptPaper(stub.receipt_id, { ...print, forAuditor }, kit.db))?.payer.name;
    expect(await payer(false)).toBeNull();
    expect(await payer(true)).toBe(nameOf(7));
    for (const tried of [
      sql`delete from receipt_stub`,
      sql`update receipt_stub set kept_until = '2000-01-01'`,
    ])
      await expect(tried.execute(kit.db)).rejects.toThrow(/before its time|permission denied/);
    await expect(sql`select * from receipt_stub`.execute(kit.reader)).rejects.toThrow('permission denied');
    await expect(sql`update bank_line set memo = 'x'`.execute(kit.db)).rejects.toThrow('only be emptied');
  });

  it('the seals of the gift are 32 bytes that nothing opens any more, and its proof holds', async () => {
    expect(await privatePart(gift, kit.db)).toBeNull();
    const { index, body } = await giftLeaf();
    expect(body).toMatch(
      /"commitments":\{"email":"[0-9a-f]{64}","name":"[0-9a-f]{64}","phone":"[0-9a-f]{64}"\}/,
    );
    checkProof((await proofFile(index, kit.reader)) ?? '', [parseKey(vkey)]);
  });

  it('a million guesses against the thousand commitments find nobody', () => {
    // Whoever knows every name and every leaf, but no salt, can only try salts of their own.
    let hits = 0;
    const names = Array.from({ length: DONORS * 2 }, (_, n) => sealedName(nameOf(n)));
    for (let salt = 0; salt < 500; salt += 1) {
      const guessed = Buffer.alloc(32, `salt ${salt}`);
      for (const name of names) if (commitments.has(commit(guessed, 'recognition', 'name', name))) hits += 1;
    }
    expect(hits).toBe(0);
  }, 120_000);
});
