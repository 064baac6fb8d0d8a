import '../support/settings';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { sql } from 'kysely';
import { SIGN_IN } from '@/lib/auth/adapter';
import { disablePerson, enrolPerson, grantRole, revokeRole } from '@/lib/auth/person.commands';
import { accountOf, pendingSecret, staffList } from '@/lib/auth/person.queries';
import { mayDo, type Actor, type Role } from '@/lib/auth/roles.rules';
import {
  beginSecondFactor,
  confirmSecondFactor,
  passSecondFactor,
  renewRecoveryCodes,
  resetSecondFactor,
} from '@/lib/auth/second-factor.commands';
import { newRecoveryCodes, newSecret, recoveryCodeHash, sessionTokenHash } from '@/lib/auth/secrets';
import { endOtherSessions, endSession } from '@/lib/auth/session.commands';
import { newTotpSecret } from '@/lib/auth/totp';
import { done, refused } from '../support/act';
import { newWorld, type World } from '../support/people';
import { live, signIn, STAFF_SECRET, totp } from '../support/sign-in';

let world: World;
beforeAll(async () => {
  world = await newWorld();
});
afterAll(() => world.close());
// A code made in the last moments of its step would be looked at in the next.
beforeEach(async () => {
  const left = 30_000 - (Date.now() % 30_000);
  if (left < 4_000) await new Promise((resolve) => setTimeout(resolve, left + 50));
});

let count = 0;
const enrol = async (roles: Role[] = ['approver'], totpSecret: string | null = STAFF_SECRET) => {
  count += 1;
  const email = `p${count}@example.invalid`;
  const { personId } = await done(
    world.db,
    enrolPerson,
    { email, name: `Person ${count}`, lang: 'en', roles, totpSecret },
    world.staff.ming,
  );
  return { email, personId };
};

const session = async (email: string) => {
  const token = await signIn(world.db, email);
  const found = await live(world.db, token);
  if (!found) throw new Error('no session');
  return { token, sessionId: found.sessionId, personId: found.personId };
};

const pass = async (who: { personId: string; sessionId: string }, typed: string) => {
  const next = newSecret();
  const { verdict } = await done(
    world.db,
    passSecondFactor,
    {
      personId: who.personId,
      sessionId: who.sessionId,
      typed,
      nextTokenHash: sessionTokenHash(next).toString('hex'),
    },
    SIGN_IN,
  );
  return { verdict, next };
};

/** The code of the step after the last one used, however fast the test runs. */
const freshTotp = async (personId: string): Promise<string> => {
  await sql`update second_factor set last_step = 0 where person_id = ${personId}`.execute(world.owner);
  return totp();
};

describe('the second factor', () => {
  test('raises the session and gives it a new token; the old one opens nothing', async () => {
    const { email } = await enrol();
    const who = await session(email);
    const { verdict, next } = await pass(who, totp());
    expect(verdict).toBe('passed');
    expect(await live(world.db, who.token)).toBeNull();
    expect((await live(world.db, next))?.secondFactorSecondsAgo).toBeLessThan(60);
  });

  test('grows old by the database’s clock, also where the clock of the server is two days behind', async () => {
    const { email } = await enrol();
    const { next } = await pass(await session(email), totp());
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
    const { email } = await enrol();
    const [one, two] = [await session(email), await session(email)];
    const code = totp();
    expect((await pass(one, code)).verdict).toBe('passed');
    expect((await pass(two, code)).verdict).toBe('wrong');
    expect((await pass(two, totp(STAFF_SECRET, -1))).verdict, 'an older step').toBe('wrong');
  });

  test('twenty simultaneous posts of one code raise one session', async () => {
    const { email } = await enrol();
    const sessions = await Promise.all(Array.from({ length: 20 }, () => session(email)));
    const code = totp();
    const answers = await Promise.all(sessions.map((who) => pass(who, code)));
    expect(answers.filter((answer) => answer.verdict === 'passed')).toHaveLength(1);
  });

  test('one step early or late is taken, two are not', async () => {
    for (const [steps, verdict] of [
      [-2, 'wrong'],
      [-1, 'passed'],
      [1, 'passed'],
      [3, 'wrong'],
    ] as const) {
      const { email } = await enrol();
      expect((await pass(await session(email), totp(STAFF_SECRET, steps))).verdict, `${steps} steps`).toBe(
        verdict,
      );
    }
  });

  test('five wrong ones end the session, and only that session', async () => {
    const { email } = await enrol();
    const [guesser, owner] = [await session(email), await session(email)];
    for (let tries = 1; tries <= 4; tries += 1) expect((await pass(guesser, '000000')).verdict).toBe('wrong');
    expect((await pass(guesser, '000000')).verdict).toBe('session_ended');
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
    expect((await pass(owner, totp())).verdict).toBe('passed');
  });

  test('anything that is not a code is a wrong code', async () => {
    const { email } = await enrol();
    for (const typed of ['', 'abcdef', '1e5', '-12345', '１２３', "' or 1=1"]) {
      const who = await session(email);
      expect((await pass(who, typed)).verdict, typed).toBe('wrong');
    }
  });

  test('of another person does not help', async () => {
    const hers = await enrol(['clerk'], newTotpSecret());
    const who = await session(hers.email);
    expect((await pass(who, totp())).verdict).toBe('wrong');
    const other = await enrol();
    await refused(
      world.db,
      passSecondFactor,
      { personId: other.personId, sessionId: who.sessionId, typed: totp(), nextTokenHash: '0'.repeat(64) },
      SIGN_IN,
      'not_signed_in',
    );
  });

  test('the secret lies encrypted and bound to its person', async () => {
    const [one, two] = [await enrol(), await enrol()];
    const { rows } = await sql<{
      t: string;
    }>`select string_agg(to_jsonb(f)::text, ' ') as t from second_factor f`.execute(world.owner);
    expect(rows[0]?.t).not.toContain(STAFF_SECRET);
    expect(rows[0]?.t).not.toContain(Buffer.from(STAFF_SECRET).toString('hex'));
    await sql`update second_factor set secret_sealed = (select secret_sealed from second_factor where person_id = ${one.personId})
      where person_id = ${two.personId}`.execute(world.owner);
    await expect(pass(await session(two.email), totp())).rejects.toThrow(/sealed/);
  });
});

describe('setting up', () => {
  test('shows a secret until it is confirmed, then never again; ten recovery codes work once each', async () => {
    const { email, personId } = await enrol(['clerk'], null);
    const who = await session(email);
    const secret = newTotpSecret();
    await done(world.db, beginSecondFactor, { personId, secret }, SIGN_IN);
    expect(await pendingSecret(personId, world.db)).toBe(secret);

    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    const hashes = codes.map((code) => recoveryCodeHash(personId, code).toString('hex'));
    const confirm = (typed: string, next: string) =>
      done(
        world.db,
        confirmSecondFactor,
        {
          personId,
          sessionId: who.sessionId,
          typed,
          recoveryHashes: hashes,
          nextTokenHash: sessionTokenHash(next).toString('hex'),
        },
        SIGN_IN,
      );
    expect((await confirm('000000', newSecret())).verdict).toBe('wrong');
    expect((await accountOf(personId, world.db)).recoveryCodesLeft).toBe(0);
    const next = newSecret();
    expect((await confirm(totp(secret), next)).verdict).toBe('passed');
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
    const [one, two] = [await session(email), await session(email)];
    expect((await pass(one, ` ${first.slice(0, 5)}-${first.slice(5).toLowerCase()} `)).verdict).toBe(
      'passed',
    );
    expect((await pass(two, first)).verdict).toBe('wrong');
    expect((await accountOf(personId, world.db)).recoveryCodesLeft).toBe(9);

    const racing = await Promise.all(Array.from({ length: 10 }, () => session(email)));
    const answers = await Promise.all(racing.map((s) => pass(s, codes[1]!)));
    expect(answers.filter((answer) => answer.verdict === 'passed')).toHaveLength(1);

    const fresh = newRecoveryCodes();
    await done(
      world.db,
      renewRecoveryCodes,
      {
        personId,
        sessionId: two.sessionId,
        recoveryHashes: fresh.map((code) => recoveryCodeHash(personId, code).toString('hex')),
      },
      SIGN_IN,
    );
    expect((await pass(await session(email), codes[2]!)).verdict, 'an old code').toBe('wrong');
    expect((await pass(await session(email), fresh[2]!)).verdict).toBe('passed');
    const mails = await sql<{
      n: number;
    }>`select count(*)::int as n from outbox where template = 'account_notice' and person_id = ${personId}`.execute(
      world.owner,
    );
    expect(mails.rows[0]?.n, 'set up, used, used, renewed, used').toBe(5);
  });

  test('a recovery code of one person opens nothing for another', async () => {
    const [one, two] = [await enrol(), await enrol()];
    const code = newRecoveryCodes()[0]!;
    await sql`insert into recovery_code (person_id, code_hash) values (${one.personId}, ${recoveryCodeHash(one.personId, code)})`.execute(
      world.owner,
    );
    expect((await pass(await session(two.email), code)).verdict).toBe('wrong');
  });

  test('an administrator resets a lost one, never their own; its owner is signed out everywhere', async () => {
    const { email, personId } = await enrol();
    const who = await session(email);
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
    expect((await live(world.db, (await session(email)).token))?.hasSecondFactor).toBe(false);
  });
});

describe('sessions of staff', () => {
  test('end after twelve hours, and after thirty minutes without a click', async () => {
    const { email } = await enrol();
    const { token, sessionId } = await session(email);
    const shift = (column: string, minutes: number) =>
      sql
        .raw(
          `update sign_in_session set ${column} = ${column} - interval '${minutes} min' where id = '${sessionId}'`,
        )
        .execute(world.owner);
    await shift('last_seen_at', 29);
    expect(await live(world.db, token)).not.toBeNull();
    const { rows } = await sql<{
      age: number;
    }>`select extract(epoch from now() - last_seen_at)::int as age from sign_in_session where id = ${sessionId}`.execute(
      world.owner,
    );
    expect(rows[0]?.age, 'a look keeps it alive').toBeLessThan(5);
    await shift('last_seen_at', 31);
    expect(await live(world.db, token)).toBeNull();

    const second = await session(email);
    await sql
      .raw(
        `update sign_in_session set created_at = created_at - interval '721 min' where id = '${second.sessionId}'`,
      )
      .execute(world.owner);
    expect(await live(world.db, second.token)).toBeNull();
  });

  test('a donor who becomes staff gets staff limits in the session already open', async () => {
    await sql`insert into donor (id, email) values (gen_random_uuid(), 'both@example.invalid')`.execute(
      world.owner,
    );
    const who = await session('both@example.invalid');
    await sql`update sign_in_session set last_seen_at = now() - interval '2 hours' where id = ${who.sessionId}`.execute(
      world.owner,
    );
    expect(await live(world.db, who.token)).not.toBeNull();
    await sql`update sign_in_session set last_seen_at = now() - interval '2 hours' where id = ${who.sessionId}`.execute(
      world.owner,
    );
    await done(world.db, grantRole, { personId: who.personId, role: 'clerk' }, world.staff.ming);
    expect(await live(world.db, who.token)).toBeNull();
  });

  test('can be ended one by one, all but one, and never for somebody else', async () => {
    const { email } = await enrol();
    const [a, b, c] = [await session(email), await session(email), await session(email)];
    const stranger = await session((await enrol()).email);
    expect((await accountOf(a.personId, world.db)).sessions).toHaveLength(3);
    await refused(
      world.db,
      endSession,
      { personId: stranger.personId, sessionId: a.sessionId, because: 'ended_elsewhere' },
      SIGN_IN,
      'not_found',
    );
    await done(
      world.db,
      endSession,
      { personId: a.personId, sessionId: b.sessionId, because: 'ended_elsewhere' },
      SIGN_IN,
    );
    expect(await live(world.db, b.token)).toBeNull();
    await done(world.db, endOtherSessions, { personId: a.personId, keepSessionId: a.sessionId }, SIGN_IN);
    expect(await live(world.db, c.token)).toBeNull();
    expect(await live(world.db, a.token)).not.toBeNull();
    expect(await live(world.db, stranger.token)).not.toBeNull();
  });
});

describe('roles', () => {
  const actor = async (token: string): Promise<Actor> => {
    const found = await live(world.db, token);
    if (!found) return { kind: 'visitor' };
    return {
      kind: 'person',
      personId: found.personId,
      roles: found.roles,
      secondFactor: found.secondFactorSecondsAgo !== null,
    };
  };

  test('hold from the moment they are given, and end with every session the moment they are taken', async () => {
    const { email, personId } = await enrol(['clerk']);
    const { token } = await session(email);
    expect(mayDo(await actor(token), 'allocation:approve')).toBe('not_permitted');
    await done(world.db, grantRole, { personId, role: 'approver' }, world.staff.ming);
    expect(mayDo(await actor(token), 'allocation:approve')).toBe('second_factor_required');
    const raised = await pass(await session(email), await freshTotp(personId));
    expect(mayDo(await actor(raised.next), 'allocation:approve')).toBe('allowed');
    await done(world.db, revokeRole, { personId, role: 'approver' }, world.staff.ming);
    expect(mayDo(await actor(raised.next), 'allocation:approve')).toBe('not_signed_in');
    const again = await session(email);
    expect(mayDo(await actor(again.token), 'allocation:approve')).toBe('not_permitted');
  });

  test('nobody gives themselves a role, and only administrators give any', async () => {
    const { personId } = await enrol(['clerk']);
    await refused(
      world.db,
      grantRole,
      { personId: world.staff.ming.personId, role: 'approver' },
      world.staff.ming,
      'own_account',
    );
    for (const who of ['lin', 'zhou', 'he', 'wen'] as const)
      await refused(world.db, grantRole, { personId, role: 'approver' }, world.staff[who], 'not_permitted');
    await refused(world.db, grantRole, { personId, role: 'clerk' }, world.staff.ming, 'role_held');
    await refused(world.db, revokeRole, { personId, role: 'auditor' }, world.staff.ming, 'role_not_held');
  });

  test('the last administrator stays, also when two try to take the last two at once', async () => {
    const ming = world.staff.ming;
    await refused(
      world.db,
      revokeRole,
      { personId: ming.personId, role: 'administrator' },
      ming,
      'last_administrator',
    );
    const second = await enrol(['administrator']);
    const acting: Actor = {
      kind: 'person',
      personId: second.personId,
      roles: ['administrator'],
      secondFactor: true,
    };
    const { runCommand } = await import('@/lib/command');
    const answers = await Promise.all([
      runCommand(revokeRole, { personId: second.personId, role: 'administrator' }, ming, {
        key: newSecret(),
        db: world.db,
      }),
      runCommand(revokeRole, { personId: ming.personId, role: 'administrator' }, acting, {
        key: newSecret(),
        db: world.db,
      }),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    const left = (await staffList(world.reader)).filter(
      (line) => line.roles.includes('administrator') && !line.disabled,
    );
    expect(left).toHaveLength(1);
    const last = left[0]!;
    const other: Actor = { kind: 'system', name: 'setup' };
    await refused(
      world.db,
      disablePerson,
      { personId: last.personId, reason: 'x' },
      other,
      'last_administrator',
    );
  });
});
