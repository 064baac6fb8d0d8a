import '../support/settings';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SIGN_IN } from '@/lib/auth/adapter';
import { addPasskey, askPasskey, passPasskey, removePasskey } from '@/lib/auth/passkey.commands';
import { passkeysOf } from '@/lib/auth/passkey.store';
import { putConfirmedFactor } from '@/lib/auth/second-factor.store';
import { passSecondFactor, resetSecondFactor } from '@/lib/auth/second-factor.commands';
import { newSecret, sessionTokenHash } from '@/lib/auth/secrets';
import { done, refused } from '../support/act';
import { SoftAuthenticator, type Wrong } from '../support/authenticator';
import { newWorld, type World } from '../support/people';
import { live, signIn, STAFF_SECRET } from '../support/sign-in';
import { freshTotp } from '../support/totp';

const ORIGIN = 'http://localhost:3000';

let world: World;
beforeAll(async () => {
  world = await newWorld();
  for (const who of ['lin', 'zhou', 'he', 'wen'] as const)
    await world.owner
      .transaction()
      .execute((trx) => putConfirmedFactor(trx, world.staff[who].personId, STAFF_SECRET, new Date()));
});
afterAll(() => world.close());

type Session = { readonly personId: string; readonly sessionId: string; readonly token: string };
const session = async (who: 'lin' | 'zhou' | 'he' | 'wen' | 'ming'): Promise<Session> => {
  const token = await signIn(world.db, `${who}@example.invalid`);
  const found = await live(world.db, token);
  if (!found) throw new Error('no session');
  return { personId: found.personId, sessionId: found.sessionId, token };
};

const challenge = async ({ personId, sessionId }: Session, purpose: 'add' | 'use'): Promise<string> => {
  const asked = newSecret();
  await done(world.db, askPasskey, { personId, sessionId, purpose, challenge: asked }, SIGN_IN);
  return asked;
};

const add = async (at: Session, key: SoftAuthenticator, wrong: Wrong = {}, name = 'Laptop') => {
  const { personId, sessionId } = at;
  const answer = key.create(await challenge(at, 'add'), wrong);
  return (await done(world.db, addPasskey, { personId, sessionId, name, answer }, SIGN_IN)).added;
};

const use = async (at: Session, answer: ReturnType<SoftAuthenticator['get']>) => {
  const next = newSecret();
  const input = {
    personId: at.personId,
    sessionId: at.sessionId,
    answer,
    nextTokenHash: sessionTokenHash(next).toString('hex'),
  };
  return { verdict: (await done(world.db, passPasskey, input, SIGN_IN)).verdict, next };
};

const events = async (personId: string): Promise<Record<string, number>> => {
  const { rows } = await sql<{ event: string; n: number }>`
    select event, count(*)::int as n from audit_event where subject_id = ${personId} and event like 'passkey%'
    group by event`.execute(world.owner);
  return Object.fromEntries(rows.map(({ event, n }) => [event, n]));
};
const ours = () => new SoftAuthenticator(ORIGIN, 'localhost');

describe('a passkey', () => {
  test('is added under a name, raises a session and gives it a new token, again and again', async () => {
    const at = await session('lin');
    const key = ours();
    expect(await add(at, key)).toBe(true);
    expect(await add(at, ours(), {}, '办公室钥匙')).toBe(true);
    expect((await passkeysOf(world.db, at.personId)).map(({ name }) => name)).toEqual([
      'Laptop',
      '办公室钥匙',
    ]);
    expect((await live(world.db, at.token))?.secondFactorSecondsAgo).toBeNull();
    const { verdict, next } = await use(at, key.get(await challenge(at, 'use')));
    expect(verdict).toBe('passed');
    expect(await live(world.db, at.token)).toBeNull();
    expect(await live(world.db, next)).toMatchObject({
      hasPasskey: true,
      secondFactorSecondsAgo: expect.any(Number),
    });
    const again = await use(at, key.get(await challenge(at, 'use')));
    expect(again.verdict).toBe('passed');
    expect((await passkeysOf(world.db, at.personId))[0]?.usedAt).toBeInstanceOf(Date);
    expect(await events(at.personId)).toMatchObject({ passkey_added: 2, passkey_passed: 2 });
  });

  test('answers each challenge once, in its own session, for its own purpose and in two minutes', async () => {
    const at = await session('lin');
    const elsewhere = await session('lin');
    const key = ours();
    await add(at, key);
    const asked = await challenge(at, 'use');
    expect((await use(at, key.get(asked))).verdict).toBe('passed');
    expect((await use(at, key.get(asked))).verdict).toBe('wrong');
    const theirs = await challenge(elsewhere, 'use');
    expect((await use(at, key.get(theirs))).verdict).toBe('wrong');
    expect((await use(at, key.get(await challenge(at, 'add')))).verdict).toBe('wrong');
    const late = await challenge(at, 'use');
    await sql`update passkey_challenge set expires_at = expires_at - interval '121 s'`.execute(world.owner);
    expect((await use(at, key.get(late))).verdict).toBe('wrong');
  });

  const WRONGS: readonly (readonly [string, Wrong])[] = [
    ['another page', { origin: 'http://evil.example' }],
    ['a neighbour of ours', { origin: 'http://x.localhost:3000' }],
    ['another port', { origin: 'http://localhost:3001' }],
    ['another name of a site', { rpId: 'evil.example' }],
    ['an owner it has not seen', { verified: false }],
    ['nobody there', { present: false }],
    ['another challenge', { challenge: newSecret() }],
    ['another kind of answer', { type: 'webauthn.other' }],
  ];
  test.each(WRONGS)('made or used for %s is none', async (_says, wrong) => {
    const at = await session('zhou');
    const before = await passkeysOf(world.db, at.personId);
    expect(await add(at, ours(), wrong)).toBe(false);
    expect(await passkeysOf(world.db, at.personId)).toEqual(before);
    const key = ours();
    await add(at, key);
    expect((await use(at, key.get(await challenge(at, 'use'), wrong))).verdict).toBe('wrong');
    expect((await live(world.db, at.token))?.secondFactorSecondsAgo).toBeNull();
  });

  test('that does not count on, signs something else or is somebody else’s is none', async () => {
    const at = await session('he');
    const key = ours();
    await add(at, key, { counter: 5 });
    expect((await use(at, key.get(await challenge(at, 'use'), { counter: 9 }))).verdict).toBe('passed');
    expect((await use(at, key.get(await challenge(at, 'use'), { counter: 9 }))).verdict).toBe('wrong');
    expect((await use(at, key.get(await challenge(at, 'use'), { counter: 3 }))).verdict).toBe('wrong');
    expect((await use(at, key.get(await challenge(at, 'use'), { counter: 10, spoilt: true }))).verdict).toBe(
      'wrong',
    );
    const thief = await session('wen');
    expect((await use(thief, key.get(await challenge(thief, 'use'), { counter: 20 }))).verdict).toBe('wrong');
    // The number of a credential is taken once for all.
    expect(await add(thief, key, { counter: 21 })).toBe(false);
  });

  test('that is wrong five times ends the session; the app still opens another', async () => {
    const at = await session('he');
    const key = ours();
    const verdicts: string[] = [];
    for (let n = 0; n < 5; n += 1)
      verdicts.push((await use(at, key.get(await challenge(at, 'use')))).verdict);
    expect(verdicts).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'session_ended']);
    expect(await live(world.db, at.token)).toBeNull();
    const other = await session('he');
    const { verdict } = await done(
      world.db,
      passSecondFactor,
      {
        personId: other.personId,
        sessionId: other.sessionId,
        typed: await freshTotp(STAFF_SECRET),
        nextTokenHash: sessionTokenHash(newSecret()).toString('hex'),
      },
      SIGN_IN,
    );
    expect(verdict).toBe('passed');
  });
});

describe('removing', () => {
  test('one takes a reason, is for its owner alone, and ends it', async () => {
    const at = await session('wen');
    const key = ours();
    await add(at, key);
    const [mine] = await passkeysOf(world.db, at.personId);
    const input = { ...at, passkeyId: mine?.id ?? '', reason: '换了电脑' };
    const stranger = await session('zhou');
    await refused(world.db, removePasskey, { ...input, ...stranger }, SIGN_IN, 'not_found');
    await refused(world.db, removePasskey, { ...input, reason: ' ' }, SIGN_IN, 'invalid_input');
    await done(world.db, removePasskey, input, SIGN_IN);
    await refused(world.db, removePasskey, input, SIGN_IN, 'not_found');
    expect(await passkeysOf(world.db, at.personId)).toEqual([]);
    expect((await use(at, key.get(await challenge(at, 'use')))).verdict).toBe('wrong');
    const { rows } = await sql<{ details: { reason: string } }>`
      select details from audit_event where event = 'passkey_removed'`.execute(world.owner);
    expect(rows).toEqual([{ details: { passkey: mine?.id, reason: '换了电脑' } }]);
    const { rows: mails } = await sql<{ n: number }>`
      select count(*)::int as n from outbox where template = 'account_notice' and person_id = ${at.personId}`.execute(
      world.owner,
    );
    expect(mails).toEqual([{ n: 2 }]);
  });

  test('the authenticator app removes all; without an app none is added', async () => {
    const at = await session('zhou');
    await add(at, ours());
    await done(world.db, resetSecondFactor, { personId: at.personId }, world.staff.ming);
    expect(await passkeysOf(world.db, at.personId)).toEqual([]);
    const without = await session('zhou');
    const { personId, sessionId } = without;
    const answer = ours().create(await challenge(without, 'add'));
    await refused(
      world.db,
      addPasskey,
      { personId, sessionId, name: 'x', answer },
      SIGN_IN,
      'second_factor_required',
    );
  });
});
