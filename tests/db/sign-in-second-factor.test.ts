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
import { live, STAFF_SECRET } from '../support/sign-in';
import { must } from './donations-kit';
import { betweenSteps, totp } from '../support/totp';
import { StaffKit } from './staff-kit';

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

/** A test that counts steps, begun again when one ended under it: the database's clock does not stand still for it. */
const inOneStep = (act: () => Promise<void>) => async (): Promise<void> => {
  const step = () => Math.floor(Date.now() / 30_000);
  for (;;) {
    await betweenSteps();
    const begun = step();
    try {
      return await act();
    } catch (error) {
      if (step() === begun) throw error;
    }
  }
};

/** What the authenticator shows, or so many steps away, with time left for it to be looked at. */
const shown = async (secret = STAFF_SECRET, steps = 0): Promise<string> => {
  await betweenSteps();
  return totp(secret, steps);
};

describe('the second factor', () => {
  test('raises the session and gives it a new token; the old one opens nothing', async () => {
    const { email } = await kit.enrol();
    const who = await kit.session(email);
    const { verdict, next } = await kit.pass(who, await shown());
    expect(verdict).toBe('passed');
    expect(await live(world.db, who.token)).toBeNull();
    expect((await live(world.db, next))?.secondFactorSecondsAgo).toBeLessThan(60);
  });

  test('grows old by the database’s clock, also where the clock of the server is two days behind', async () => {
    const { email } = await kit.enrol();
    const { next } = await kit.pass(await kit.session(email), await shown());
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
    const code = await shown();
    expect((await kit.pass(one, code)).verdict).toBe('passed');
    expect((await kit.pass(two, code)).verdict).toBe('wrong');
    expect((await kit.pass(two, totp(STAFF_SECRET, -1))).verdict, 'an older step').toBe('wrong');
  });

  test(
    'twenty simultaneous posts of one code raise one session',
    inOneStep(async () => {
      const { email } = await kit.enrol();
      const sessions = await Promise.all(Array.from({ length: 20 }, () => kit.session(email)));
      const code = await shown();
      const answers = await Promise.all(sessions.map((who) => kit.pass(who, code)));
      expect(answers.filter((answer) => answer.verdict === 'passed')).toHaveLength(1);
    }),
  );

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
    expect((await kit.pass(owner, await shown())).verdict).toBe('passed');
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
    expect((await kit.pass(who, await shown())).verdict).toBe('wrong');
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
    await expect(kit.pass(await kit.session(two.email), await shown())).rejects.toThrow(/sealed/);
  });
});

describe('a code of the authenticator', () => {
  const noted = async (personId: string, sessionId: string) =>
    (
      await sql<{ drift: number; last: number; tries: number; seen: number | null }>`
        select f.drift, f.last_step::float8 as last, s.second_factor_failures as tries, s.seen_drift as seen
        from second_factor f join sign_in_session s on s.id = ${sessionId} where f.person_id = ${personId}`.execute(
        world.owner,
      )
    ).rows[0]!;
  const events = async (personId: string) =>
    (
      await sql<{ event: string; details: object }>`select event, details from audit_event
        where subject_id = ${personId} and event like 'second_factor%' order by id`.execute(world.owner)
    ).rows;
  const now = () => Math.floor(Date.now() / 30_000);
  /** Everything noted so far becomes half a minute older. */
  const halfAMinuteLater = async (personId: string) => {
    await sql`update second_factor set last_step = last_step - 1 where person_id = ${personId}`.execute(
      world.owner,
    );
    await sql`update sign_in_session set seen_step = seen_step - 1 where person_id = ${personId}`.execute(
      world.owner,
    );
  };
  const signedIn = async () => {
    await betweenSteps();
    const { email, personId } = await kit.enrol();
    return { email, personId, at: await kit.session(email) };
  };

  test(
    'is taken in its own thirty seconds; one step off it is told so, farther off it is wrong',
    inOneStep(async () => {
      for (const [steps, verdict] of [
        [-10, 'wrong'],
        [-2, 'wrong'],
        [-1, 'run_out'],
        [0, 'passed'],
        [1, 'run_out'],
        [2, 'wrong'],
        [11, 'wrong'],
      ] as const) {
        const { personId, at } = await signedIn();
        expect((await kit.pass(at, await shown(STAFF_SECRET, steps))).verdict, `${steps} steps`).toBe(
          verdict,
        );
        const passed = verdict === 'passed';
        expect(await live(world.db, at.token), 'only a right one changes the token').toEqual(
          passed ? null : expect.objectContaining({ secondFactorSecondsAgo: null }),
        );
        expect(await noted(personId, at.sessionId), `${steps} steps`).toEqual({
          drift: 0,
          last: verdict === 'wrong' ? 0 : now() + steps,
          tries: passed ? 0 : 1,
          seen: passed || steps === 11 ? null : steps,
        });
        expect(await events(personId)).toEqual([
          passed
            ? { event: 'second_factor_passed', details: { session: at.sessionId } }
            : { event: 'second_factor_failed', details: { session: at.sessionId, failures: 1, verdict } },
        ]);
      }
    }),
  );

  test(
    'that was told to have run out is never taken, also when its half minute comes',
    inOneStep(async () => {
      const { email, personId, at } = await signedIn();
      const early = await shown(STAFF_SECRET, 1);
      expect((await kit.pass(at, early)).verdict).toBe('run_out');
      expect((await kit.pass(at, early)).verdict).toBe('wrong');
      await halfAMinuteLater(personId);
      expect((await kit.pass(await kit.session(email), await shown())).verdict, 'its half minute').toBe(
        'wrong',
      );
      await halfAMinuteLater(personId);
      expect((await kit.pass(await kit.session(email), await shown())).verdict, 'the next one').toBe(
        'passed',
      );
    }),
  );

  test(
    'counts as a try when it has run out: the fifth ends the session',
    inOneStep(async () => {
      const { personId, at } = await signedIn();
      const verdicts: string[] = [];
      for (let tries = 1; tries <= 5; tries += 1) {
        verdicts.push((await kit.pass(at, await shown(STAFF_SECRET, tries % 2 === 0 ? 1 : -1))).verdict);
        await sql`update second_factor set last_step = 0 where person_id = ${personId}`.execute(world.owner);
      }
      expect(verdicts).toEqual(['run_out', 'run_out', 'run_out', 'run_out', 'session_ended']);
      expect(await live(world.db, at.token)).toBeNull();
    }),
  );

  test.each([-10, -7, -1, 1, 4, 10])(
    'of a clock %i steps off passes with its second, and by that clock from then on',
    (off) =>
      inOneStep(async () => {
        const { email, personId, at } = await signedIn();
        expect((await kit.pass(at, await shown(STAFF_SECRET, off))).verdict).not.toBe('passed');
        await halfAMinuteLater(personId);
        const { verdict, next } = await kit.pass(at, await shown(STAFF_SECRET, off));
        expect(verdict).toBe('passed');
        expect((await live(world.db, next))?.secondFactorSecondsAgo).toBeLessThan(60);
        expect(await noted(personId, at.sessionId)).toEqual({
          drift: off,
          last: now() + off,
          tries: 0,
          seen: null,
        });
        expect((await events(personId)).slice(1)).toEqual([
          { event: 'second_factor_clock_set', details: { session: at.sessionId, drift: off, was: 0 } },
          { event: 'second_factor_passed', details: { session: at.sessionId } },
        ]);
        await halfAMinuteLater(personId);
        const later = await kit.session(email);
        expect((await kit.pass(later, await shown(STAFF_SECRET, off + 1))).verdict).toBe(
          off === 10 ? 'wrong' : 'run_out',
        );
        await sql`update second_factor set last_step = 0 where person_id = ${personId}`.execute(world.owner);
        expect((await kit.pass(later, await shown(STAFF_SECRET, off))).verdict).toBe('passed');
      })(),
  );

  test(
    'proves no clock with one of another session, of another distance, the same again, or a wrong one between',
    inOneStep(async () => {
      const { email, personId, at } = await signedIn();
      const off = (steps: number) => shown(STAFF_SECRET, steps);
      const other = await kit.session(email);
      expect((await kit.pass(at, await off(-5))).verdict).toBe('wrong');
      expect((await kit.pass(at, await off(-5))).verdict, 'the same again').toBe('wrong');
      await halfAMinuteLater(personId);
      expect((await kit.pass(other, await off(-5))).verdict, 'another session').toBe('wrong');
      expect((await kit.pass(at, await off(-4))).verdict, 'another distance').toBe('wrong');
      expect((await kit.pass(at, '000000')).verdict).toBe('wrong');
      await halfAMinuteLater(personId);
      expect((await kit.pass(at, await off(-4))).verdict, 'a wrong one between').toBe('session_ended');
      expect((await noted(personId, at.sessionId)).drift).toBe(0);
    }),
  );

  test(
    'finds the clock of a new authenticator, and never by a code of the one before',
    inOneStep(async () => {
      const { email, personId } = await kit.enrol(['clerk'], null);
      const at = await kit.session(email);
      const begin = async () => {
        const secret = newTotpSecret();
        await done(world.db, beginSecondFactor, { personId, secret }, SIGN_IN);
        return secret;
      };
      const give = async (typed: string) =>
        must(
          await setUpFactor(
            {
              personId,
              sessionId: at.sessionId,
              typed,
              nextTokenHash: sessionTokenHash('set up').toString('hex'),
            },
            world.db,
          ),
        ).verdict;
      const before = await begin();
      expect(await give(await shown(before, 6))).toBe('wrong');
      await halfAMinuteLater(personId);
      const secret = await begin();
      expect(await give(await shown(secret, 6)), 'the first of this one').toBe('wrong');
      await halfAMinuteLater(personId);
      expect(await give(await shown(secret, 6))).toBe('passed');
      expect(await noted(personId, at.sessionId)).toMatchObject({ drift: 6, tries: 0, seen: null });
      expect((await accountOf(personId, world.db)).recoveryCodesLeft).toBe(10);
      await halfAMinuteLater(personId);
      expect((await kit.pass(await kit.session(email), await shown(secret, 6))).verdict).toBe('passed');
    }),
  );
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
    const { verdict, codes } = await set(await shown(secret), next);
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
    const typed = await shown(secret);
    const { step } = await done(world.db, proveSecondFactor, { personId, sessionId, typed }, SIGN_IN);
    const set = {
      recoveryHashes: Array.from({ length: 10 }, (_, n) => `${n}`.repeat(64)),
      salt: '0'.repeat(32),
    };
    const proof = { personId, sessionId, typed, step: step!, ...set, nextTokenHash: '1'.repeat(64) };
    const no = (change: object) =>
      refused(world.db, confirmSecondFactor, { ...proof, ...change }, SIGN_IN, 'illegal_state_change');
    await no({ typed: '000000' });
    await no({ step: proof.step + 1 });
    await done(world.db, beginSecondFactor, { personId, secret: newTotpSecret() }, SIGN_IN);
    await no({});
    await done(world.db, beginSecondFactor, { personId, secret }, SIGN_IN);
    await no({});
    const old = step! - 5;
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
