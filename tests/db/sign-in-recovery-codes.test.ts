import '../support/settings';
import type * as Crypto from 'node:crypto';
import { scryptSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { sql } from 'kysely';
import { giveFactor, renewCodesOf } from '@/lib/auth/recovery';
import { newRecoveryCodes, recoveryCodeHash, sessionTokenHash } from '@/lib/auth/secrets';
import { slowOldRecoveryCodes } from '@/lib/auth/upkeep';
import type { World } from '../support/people';
import { quickly } from '../support/quick-scrypt';
import { live } from '../support/sign-in';
import { must } from './donations-kit';
import { StaffKit } from './staff-kit';

// What recovery codes are kept as, and what hashing them costs. scrypt itself is slow: it is watched, and where only the
// order of things matters something quick stands in for it.

const watch = vi.hoisted(() => ({
  calls: 0,
  running: 0,
  most: 0,
  quick: false,
  /** Looks around while a hash is made. */
  meanwhile: (() => Promise.resolve()) as () => Promise<void>,
}));

type Scrypt = typeof Crypto.scrypt;
vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof Crypto>();
  const scrypt = ((value: Buffer, salt: Buffer, length: number, cost: object, answer: never) => {
    const done = answer as (error: Error | null, key: Buffer) => void;
    watch.calls += 1;
    watch.running += 1;
    watch.most = Math.max(watch.most, watch.running);
    const ready = (error: Error | null, key: Buffer) => {
      watch.running -= 1;
      done(error, key);
    };
    void watch
      .meanwhile()
      .then(() =>
        watch.quick ? ready(null, quickly(value, salt)) : crypto.scrypt(value, salt, length, cost, ready),
      )
      .catch((error: unknown) => ready(error as Error, Buffer.alloc(length)));
  }) as unknown as Scrypt;
  return { ...crypto, scrypt };
});

let kit: StaffKit;
let world: World;
beforeAll(async () => {
  kit = await StaffKit.open();
  world = kit.world;
});
afterAll(() => kit.close());
beforeEach(() => {
  Object.assign(watch, { calls: 0, most: 0, quick: true, meanwhile: () => Promise.resolve() });
});

type Row = { code_hash: Buffer; salt: Buffer | null; used_at: Date | null };
const rowsOf = async (personId: string): Promise<Row[]> =>
  (
    await sql<Row>`select code_hash, salt, used_at from recovery_code where person_id = ${personId}`.execute(
      world.owner,
    )
  ).rows;
const failuresOf = async (sessionId: string): Promise<number> =>
  (
    await sql<{
      n: number;
    }>`select second_factor_failures as n from sign_in_session where id = ${sessionId}`.execute(world.owner)
  ).rows[0]!.n;

const withCodes = async () => {
  const { email, personId } = await kit.enrol();
  const who = await kit.session(email);
  const { codes } = must(await renewCodesOf(who, world.db));
  return { email, personId, who, codes };
};

/** Rows as they were written before there were salts. */
const withOldCodes = async () => {
  const { email, personId } = await kit.enrol();
  const codes = newRecoveryCodes();
  for (const code of codes)
    await sql`insert into recovery_code (person_id, code_hash) values (${personId}, ${recoveryCodeHash(personId, code)})`.execute(
      world.owner,
    );
  return { email, personId, codes };
};

describe('recovery codes', () => {
  test('are kept under scrypt at the cost OWASP names, with 128 random bits of salt for each set', async () => {
    watch.quick = false;
    const { personId, codes, who, email } = await withCodes();
    const rows = await rowsOf(personId);
    expect(rows).toHaveLength(10);
    const salts = new Set(rows.map((row) => row.salt?.toString('hex')));
    expect(salts.size).toBe(1);
    const salt = rows[0]!.salt!;
    expect(salt).toHaveLength(16);
    const keyed = recoveryCodeHash(personId, codes[0]!);
    const kept = scryptSync(keyed, salt, 32, { N: 32_768, r: 8, p: 3, maxmem: 2 ** 26 });
    expect(rows.filter((row) => row.code_hash.equals(kept))).toHaveLength(1);
    expect(
      rows.filter((row) => row.code_hash.equals(keyed)),
      'the quick hash',
    ).toHaveLength(0);

    watch.quick = true;
    must(await renewCodesOf(who, world.db));
    expect(salts.has((await rowsOf(personId))[0]!.salt!.toString('hex')), 'a new set has a new salt').toBe(
      false,
    );
    expect((await kit.pass(await kit.session(email), codes[0]!)).verdict).toBe('wrong');
  });

  test('a try is spent before its code is hashed, and no transaction waits for the hash', async () => {
    const { email, personId, codes } = await withCodes();
    const at = await kit.session(email);
    const seen: unknown[] = [];
    watch.calls = 0;
    watch.meanwhile = async () => {
      seen.push(await failuresOf(at.sessionId));
      // Would be refused at once if anybody held them.
      await sql`select from sign_in_session where id = ${at.sessionId} for update nowait`.execute(
        world.owner,
      );
      await sql`select from second_factor where person_id = ${personId} for update nowait`.execute(
        world.owner,
      );
    };
    expect((await kit.pass(at, newRecoveryCodes()[0]!)).verdict).toBe('wrong');
    expect((await kit.pass(at, codes[0]!)).verdict).toBe('passed');
    expect(seen, 'one hash for a try, whichever of the ten it is').toEqual([1, 2]);
    expect(await failuresOf(at.sessionId), 'a right one gives the tries back').toBe(0);
  });

  test('whoever has no try left causes no hash', async () => {
    const { email, codes } = await withCodes();
    const at = await kit.session(email);
    watch.calls = 0;
    const verdicts: string[] = [];
    for (const wrong of newRecoveryCodes().slice(0, 5)) verdicts.push((await kit.pass(at, wrong)).verdict);
    expect(verdicts).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'session_ended']);
    expect(await live(world.db, at.token)).toBeNull();
    expect(watch.calls).toBe(5);
    const nextTokenHash = sessionTokenHash('x').toString('hex');
    const after = await giveFactor({ ...at, typed: codes[0]!, nextTokenHash }, { db: world.db });
    expect(after.ok ? 'done' : after.refusal.name).toBe('not_signed_in');
    for (const no of ['', '000000', 'no code', 'K7QM3XTPWDD']) await kit.pass(await kit.session(email), no);
    expect(watch.calls, 'what is no code of ours is not hashed').toBe(5);
  });

  test('a fifth try that is right passes; one that was cut off before it was hashed stays spent', async () => {
    const { email, codes } = await withCodes();
    const at = await kit.session(email);
    for (const wrong of newRecoveryCodes().slice(0, 4)) await kit.pass(at, wrong);
    expect((await kit.pass(at, codes[0]!)).verdict).toBe('passed');

    const cut = await kit.session(email);
    watch.meanwhile = () => Promise.reject(new Error('cut off'));
    for (const code of codes.slice(1, 6)) await expect(kit.pass(cut, code)).rejects.toThrow('cut off');
    watch.meanwhile = () => Promise.resolve();
    watch.calls = 0;
    expect((await kit.pass(cut, codes[7]!)).verdict).toBe('session_ended');
    expect(watch.calls).toBe(0);
  });

  test('a flood hashes two at a time, and whoever finds the line full spends nothing', async () => {
    const { email, codes } = await withCodes();
    const sessions = await Promise.all(Array.from({ length: 50 }, () => kit.session(email)));
    watch.calls = 0;
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    watch.meanwhile = () => opened;
    const nextTokenHash = (n: number) => sessionTokenHash(`flood ${n}`).toString('hex');
    const give = (n: number) =>
      giveFactor(
        { ...sessions[n]!, typed: codes[n % 10]!, nextTokenHash: nextTokenHash(n) },
        { db: world.db },
      );
    const answers: ReturnType<typeof give>[] = [];
    for (let n = 0; n < 50; n += 1) {
      answers.push(give(n));
      // One after the other, as it is the line that is to be full, and not the pool of connections.
      if (n < 40) await expect.poll(() => failuresOf(sessions[n]!.sessionId), { timeout: 20_000 }).toBe(1);
    }
    const refused = (await Promise.all(answers.slice(40))).map((one) => (one.ok ? 'done' : one.refusal.name));
    expect(new Set(refused)).toEqual(new Set(['busy_try_again']));
    expect(await Promise.all(sessions.slice(40).map((at) => failuresOf(at.sessionId)))).toEqual(
      Array.from({ length: 10 }, () => 0),
    );
    open();
    const taken = (await Promise.all(answers.slice(0, 40))).map((one) =>
      one.ok ? one.value.verdict : one.refusal.name,
    );
    expect(
      taken.filter((verdict) => verdict === 'passed'),
      'each code once',
    ).toHaveLength(10);
    expect(taken.filter((verdict) => verdict === 'wrong')).toHaveLength(30);
    expect(watch.most).toBe(2);
    expect(watch.calls).toBe(40);
    watch.meanwhile = () => Promise.resolve();
    expect((await kit.pass(sessions[45]!, newRecoveryCodes()[0]!)).verdict, 'the line is free again').toBe(
      'wrong',
    );
  });

  test('new sets are made five times in a row and then slowly', async () => {
    const { who } = await withCodes();
    for (let n = 2; n <= 5; n += 1) must(await renewCodesOf(who, world.db));
    watch.calls = 0;
    const more = await renewCodesOf(who, world.db);
    expect(more.ok ? 'done' : more.refusal.name).toBe('too_many_requests');
    expect(watch.calls).toBe(0);
  });
});

describe('codes kept before there were salts', () => {
  const migratedAgo = (ago: string) =>
    sql`update kysely_migration set timestamp = to_char((now() - ${ago}::interval) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
      where name like '%slow_recovery_codes'`.execute(world.owner);

  test('work once, cause no hash, and are not touched while a server of before may be running', async () => {
    const { email, personId, codes } = await withOldCodes();
    const before = await rowsOf(personId);
    await migratedAgo('23 hours');
    expect(await slowOldRecoveryCodes(world.db)).toBe(0);
    expect(await rowsOf(personId)).toEqual(before);
    watch.calls = 0;
    expect((await kit.pass(await kit.session(email), codes[0]!)).verdict).toBe('passed');
    expect((await kit.pass(await kit.session(email), codes[0]!)).verdict).toBe('wrong');
    expect(watch.calls).toBe(0);
  });

  test('are put under scrypt by the worker a day later, and work as before, once', async () => {
    const { email, personId, codes } = await withOldCodes();
    expect((await kit.pass(await kit.session(email), codes[0]!)).verdict).toBe('passed');
    await migratedAgo('25 hours');
    expect(await slowOldRecoveryCodes(world.db), 'those of the test before, too').toBe(2);
    const rows = await rowsOf(personId);
    expect(rows).toHaveLength(10);
    expect(
      rows.filter((row) => row.salt === null).map((row) => row.used_at),
      'the used one',
    ).toEqual([expect.any(Date)]);
    const { salt } = rows.find((row) => row.salt !== null)!;
    const keyed = recoveryCodeHash(personId, codes[1]!);
    const kept = quickly(keyed, salt!);
    expect(rows.filter((row) => row.code_hash.equals(kept))).toHaveLength(1);
    expect((await kit.pass(await kit.session(email), codes[1]!)).verdict).toBe('passed');
    expect((await kit.pass(await kit.session(email), codes[1]!)).verdict).toBe('wrong');
    expect((await kit.pass(await kit.session(email), codes[0]!)).verdict, 'used before').toBe('wrong');
    expect(await slowOldRecoveryCodes(world.db)).toBe(0);
  });
});
