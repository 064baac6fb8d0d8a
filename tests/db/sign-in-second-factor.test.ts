import '../support/settings';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { sql } from 'kysely';
import { SIGN_IN } from '@/lib/auth/adapter';
import { accountOf, pendingSecret } from '@/lib/auth/person.queries';
import { renewCodesOf, setUpFactor } from '@/lib/auth/recovery';
import {
  beginSecondFactor,
  confirmSecondFactor,
  passSecondFactor,
  proveSecondFactor,
  resetSecondFactor,
} from '@/lib/auth/second-factor.commands';
import { newRecoveryCodes, newSecret, recoveryCodeHash, sessionTokenHash } from '@/lib/auth/secrets';
import { newTotpSecret } from '@/lib/auth/totp';
import { done, refused } from '../support/act';
import type { World } from '../support/people';
import { live, STAFF_SECRET, totp } from '../support/sign-in';
import { must } from './donations-kit';
import { betweenSteps, StaffKit } from './staff-kit';

vi.mock('node:crypto', async (original) =>
  (await import('../support/quick-scrypt')).withQuickScrypt(await original<object>()),
);

let kit: StaffKit;
let world: World;
beforeAll(async () => {
  kit = await StaffKit.open();
  world = kit.world;
});
afterAll(() => kit.close());
beforeEach(betweenSteps);

describe('the second factor', () => {
  test('raises the session and gives it a new token; the old one opens nothing', async () => {
    const { email } = await kit.enrol();
    const who = await kit.session(email);
    const { verdict, next } = await kit.pass(who, totp());
    expect(verdict).toBe('passed');
    expect(await live(world.db, who.token)).toBeNull();
    expect((await live(world.db, next))?.secondFactorSecondsAgo).toBeLessThan(60);
  });

  test('grows old by the database’s clock, also where the clock of the server is two days behind', async () => {
    const { email } = await kit.enrol();
    const { next } = await kit.pass(await kit.session(email), totp());
    await sql`update sign_in_session set second_factor_at = second_factor_at - interval '20 minutes'
      where token_hash = ${sessionTokenHash(next)}`.execute(world.owner);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 2 * 86_400_000 });
    try {
      const secondsAgo = (await live(world.db, next))?.secondFactorSecondsAgo ?? 0;
      expect(secondsAgo).toBeGreaterThanOrEqual(20 * 60);
      expect(secondsAgo).toBeLessThan(21 * 60);
    } finally {
      vi.useRealTimers();
    }
  });

  test('a code is accepted once, also by another session and a step later', async () => {
    const { email } = await kit.enrol();
    const [one, two] = [await kit.session(email), await kit.session(email)];
    const code = totp();
    expect((await kit.pass(one, code)).verdict).toBe('passed');
    expect((await kit.pass(two, code)).verdict).toBe('wrong');
    expect((await kit.pass(two, totp(STAFF_SECRET, -1))).verdict, 'an older step').toBe('wrong');
  });

  test('twenty simultaneous posts of one code raise one session', async () => {
    const { email } = await kit.enrol();
    const sessions = await Promise.all(Array.from({ length: 20 }, () => kit.session(email)));
    const code = totp();
    const answers = await Promise.all(sessions.map((who) => kit.pass(who, code)));
    expect(answers.filter((answer) => answer.verdict === 'passed')).toHaveLength(1);
  });

  test('one step early or late is taken, two are not', async () => {
    for (const [steps, verdict] of [
      [-2, 'wrong'],
      [-1, 'passed'],
      [1, 'passed'],
      [3, 'wrong'],
    ] as const) {
      const { email } = await kit.enrol();
      expect(
        (await kit.pass(await kit.session(email), totp(STAFF_SECRET, steps))).verdict,
        `${steps} steps`,
      ).toBe(verdict);
    }
  });

  test('five wrong ones end the session, and only that session', async () => {
    const { email } = await kit.enrol();
    const [guesser, owner] = [await kit.session(email), await kit.session(email)];
    for (let tries = 1; tries <= 4; tries += 1)
      expect((await kit.pass(guesser, '000000')).verdict).toBe('wrong');
    expect((await kit.pass(guesser, '000000')).verdict).toBe('session_ended');
    expect(await live(world.db, guesser.token)).toBeNull();
    await refused(
      world.db,
      passSecondFactor,
      {
        personId: guesser.personId,
        sessionId: guesser.sessionId,
        typed: totp(),
        nextTokenHash: '0'.repeat(64),
      },
      SIGN_IN,
      'not_signed_in',
    );
    expect((await kit.pass(owner, totp())).verdict).toBe('passed');
  });

  test('anything that is not a code is a wrong code', async () => {
    const { email } = await kit.enrol();
    for (const typed of ['', 'abcdef', '1e5', '-12345', '１２３', "' or 1=1"]) {
      const who = await kit.session(email);
      expect((await kit.pass(who, typed)).verdict, typed).toBe('wrong');
    }
  });

  test('of another person does not help', async () => {
    const hers = await kit.enrol(['clerk'], newTotpSecret());
    const who = await kit.session(hers.email);
    expect((await kit.pass(who, totp())).verdict).toBe('wrong');
    const other = await kit.enrol();
    await refused(
      world.db,
      passSecondFactor,
      { personId: other.personId, sessionId: who.sessionId, typed: totp(), nextTokenHash: '0'.repeat(64) },
      SIGN_IN,
      'not_signed_in',
    );
  });

  test('the secret lies encrypted and bound to its person', async () => {
    const [one, two] = [await kit.enrol(), await kit.enrol()];
    const { rows } = await sql<{
      t: string;
    }>`select string_agg(to_jsonb(f)::text, ' ') as t from second_factor f`.execute(world.owner);
    expect(rows[0]?.t).not.toContain(STAFF_SECRET);
    expect(rows[0]?.t).not.toContain(Buffer.from(STAFF_SECRET).toString('hex'));
    await sql`update second_factor set secret_sealed = (select secret_sealed from second_factor where person_id = ${one.personId})
      where person_id = ${two.personId}`.execute(world.owner);
    await expect(kit.pass(await kit.session(two.email), totp())).rejects.toThrow(/sealed/);
  });
});

describe('setting up', () => {
  test('shows a secret until it is confirmed, then never again; ten recovery codes work once each', async () => {
    const { email, personId } = await kit.enrol(['clerk'], null);
    const who = await kit.session(email);
    const secret = newTotpSecret();
    await done(world.db, beginSecondFactor, { personId, secret }, SIGN_IN);
    expect(await pendingSecret(personId, world.db)).toBe(secret);

    const set = async (typed: string, next: string) =>
      must(
        await setUpFactor(
          {
            personId,
            sessionId: who.sessionId,
            typed,
            nextTokenHash: sessionTokenHash(next).toString('hex'),
          },
          world.db,
        ),
      );
    expect(await set('000000', newSecret())).toEqual({ verdict: 'wrong', codes: [] });
    expect((await accountOf(personId, world.db)).recoveryCodesLeft).toBe(0);
    const next = newSecret();
    const { verdict, codes } = await set(totp(secret), next);
    expect(verdict).toBe('passed');
    expect(new Set(codes).size).toBe(10);
    expect((await live(world.db, next))?.hasSecondFactor).toBe(true);
    expect(await pendingSecret(personId, world.db)).toBeNull();
    await refused(
      world.db,
      beginSecondFactor,
      { personId, secret: newTotpSecret() },
      SIGN_IN,
      'illegal_state_change',
    );

    const first = codes[0]!;
    const [one, two] = [await kit.session(email), await kit.session(email)];
    expect((await kit.pass(one, ` ${first.slice(0, 5)}-${first.slice(5).toLowerCase()} `)).verdict).toBe(
      'passed',
    );
    expect((await kit.pass(two, first)).verdict).toBe('wrong');
    expect((await accountOf(personId, world.db)).recoveryCodesLeft).toBe(9);

    const racing = await Promise.all(Array.from({ length: 10 }, () => kit.session(email)));
    const answers = await Promise.all(racing.map((s) => kit.pass(s, codes[1]!)));
    expect(answers.filter((answer) => answer.verdict === 'passed')).toHaveLength(1);

    const { codes: fresh } = must(await renewCodesOf({ personId, sessionId: two.sessionId }, world.db));
    expect((await kit.pass(await kit.session(email), codes[2]!)).verdict, 'an old code').toBe('wrong');
    expect((await kit.pass(await kit.session(email), fresh[2]!)).verdict).toBe('passed');
    const mails = await sql<{
      n: number;
    }>`select count(*)::int as n from outbox where template = 'account_notice' and person_id = ${personId}`.execute(
      world.owner,
    );
    expect(mails.rows[0]?.n, 'set up, used, used, renewed, used').toBe(5);
  });

  test('is not in force without the code that proved it, a moment ago and of this very secret', async () => {
    const { email, personId } = await kit.enrol(['clerk'], null);
    const { sessionId } = await kit.session(email);
    const secret = newTotpSecret();
    await done(world.db, beginSecondFactor, { personId, secret }, SIGN_IN);
    const typed = totp(secret);
    const { step } = await done(world.db, proveSecondFactor, { personId, sessionId, typed }, SIGN_IN);
    const set = {
      recoveryHashes: Array.from({ length: 10 }, (_, n) => `${n}`.repeat(64)),
      salt: '0'.repeat(32),
    };
    const proof = { personId, sessionId, typed, step: step!, ...set, nextTokenHash: '1'.repeat(64) };
    const no = (change: object) =>
      refused(world.db, confirmSecondFactor, { ...proof, ...change }, SIGN_IN, 'illegal_state_change');
    await no({ typed: '000000' });
    await no({ step: proof.step + 1n });
    await done(world.db, beginSecondFactor, { personId, secret: newTotpSecret() }, SIGN_IN);
    await no({});
    await done(world.db, beginSecondFactor, { personId, secret }, SIGN_IN);
    await no({});
    const old = step! - 5n;
    await sql`update second_factor set last_step = ${old} where person_id = ${personId}`.execute(world.owner);
    await no({ step: old, typed: totp(secret, -5) });
    await sql`update second_factor set last_step = ${step} where person_id = ${personId}`.execute(
      world.owner,
    );
    await done(world.db, confirmSecondFactor, proof, SIGN_IN);
    expect((await accountOf(personId, world.db)).recoveryCodesLeft).toBe(10);
    await no({});
  });

  test('a recovery code of one person opens nothing for another', async () => {
    const [one, two] = [await kit.enrol(), await kit.enrol()];
    const code = newRecoveryCodes()[0]!;
    await sql`insert into recovery_code (person_id, code_hash) values (${one.personId}, ${recoveryCodeHash(one.personId, code)})`.execute(
      world.owner,
    );
    expect((await kit.pass(await kit.session(two.email), code)).verdict).toBe('wrong');
  });

  test('an administrator resets a lost one, never their own; its owner is signed out everywhere', async () => {
    const { email, personId } = await kit.enrol();
    const who = await kit.session(email);
    await refused(
      world.db,
      resetSecondFactor,
      { personId: world.staff.ming.personId },
      world.staff.ming,
      'own_account',
    );
    await refused(world.db, resetSecondFactor, { personId }, world.staff.lin, 'not_permitted');
    await done(world.db, resetSecondFactor, { personId }, world.staff.ming);
    expect(await live(world.db, who.token)).toBeNull();
    expect((await live(world.db, (await kit.session(email)).token))?.hasSecondFactor).toBe(false);
  });
});
