import '../support/settings';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sql } from 'kysely';
import { SIGN_IN } from '@/lib/auth/adapter';
import { disablePerson, grantRole, revokeRole } from '@/lib/auth/person.commands';
import { accountOf, staffList } from '@/lib/auth/person.queries';
import { mayDo, type Actor } from '@/lib/auth/roles.rules';
import { newSecret, sessionTokenHash } from '@/lib/auth/secrets';
import { endOtherSessions, endSession } from '@/lib/auth/session.commands';
import { findRest } from '@/lib/auth/session.store';
import { done, refused } from '../support/act';
import type { World } from '../support/people';
import { live } from '../support/sign-in';
import { betweenSteps } from '../support/totp';
import { StaffKit } from './staff-kit';

let kit: StaffKit;
let world: World;
beforeAll(async () => {
  kit = await StaffKit.open();
  world = kit.world;
});
afterAll(() => kit.close());
beforeEach(betweenSteps);

describe('sessions of staff', () => {
  test('end after twelve hours, and after thirty minutes without a click', async () => {
    const { email } = await kit.enrol();
    const { token, sessionId } = await kit.session(email);
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

    const second = await kit.session(email);
    await sql
      .raw(
        `update sign_in_session set created_at = created_at - interval '721 min' where id = '${second.sessionId}'`,
      )
      .execute(world.owner);
    expect(await live(world.db, second.token)).toBeNull();
  });

  test('a page may ask how long its session lasts, and asking does not make it longer', async () => {
    const { email } = await kit.enrol();
    const { token, sessionId } = await kit.session(email);
    const rest = async () => findRest(world.db, sessionTokenHash(token));
    const passed = (column: string, minutes: number) =>
      sql
        .raw(
          `update sign_in_session set ${column} = ${column} - interval '${minutes} min' where id = '${sessionId}'`,
        )
        .execute(world.owner);
    expect((await rest())?.secondsLeft).toBeGreaterThan(29 * 60);
    await passed('last_seen_at', 29);
    for (const _time of [1, 2]) {
      const left = await rest();
      expect(left?.sessionId).toBe(sessionId);
      expect(left?.secondsLeft).toBeLessThanOrEqual(60);
      expect(left?.secondsLeft).toBeGreaterThan(30);
    }
    await passed('last_seen_at', 2);
    expect(await rest()).toBeNull();
    // Just seen, but begun twelve hours ago but for a minute.
    const second = await kit.session(email);
    await sql
      .raw(
        `update sign_in_session set created_at = created_at - interval '719 min' where id = '${second.sessionId}'`,
      )
      .execute(world.owner);
    const almost = await findRest(world.db, sessionTokenHash(second.token));
    expect(almost?.secondsLeft).toBeLessThanOrEqual(60);
    expect(await findRest(world.db, sessionTokenHash(newSecret()))).toBeNull();
  });

  test('a donor who becomes staff gets staff limits in the session already open', async () => {
    await sql`insert into donor (id, email) values (gen_random_uuid(), 'both@example.invalid')`.execute(
      world.owner,
    );
    const who = await kit.session('both@example.invalid');
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
    const { email } = await kit.enrol();
    const [a, b, c] = [await kit.session(email), await kit.session(email), await kit.session(email)];
    const stranger = await kit.session((await kit.enrol()).email);
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
    const { email, personId } = await kit.enrol(['clerk']);
    const { token } = await kit.session(email);
    expect(mayDo(await actor(token), 'allocation:approve')).toBe('not_permitted');
    await done(world.db, grantRole, { personId, role: 'approver' }, world.staff.ming);
    expect(mayDo(await actor(token), 'allocation:approve')).toBe('second_factor_required');
    const raised = await kit.pass(await kit.session(email), await kit.freshTotp(personId));
    expect(mayDo(await actor(raised.next), 'allocation:approve')).toBe('allowed');
    await done(world.db, revokeRole, { personId, role: 'approver' }, world.staff.ming);
    expect(mayDo(await actor(raised.next), 'allocation:approve')).toBe('not_signed_in');
    const again = await kit.session(email);
    expect(mayDo(await actor(again.token), 'allocation:approve')).toBe('not_permitted');
  });

  test('nobody gives themselves a role, and only administrators give any', async () => {
    const { personId } = await kit.enrol(['clerk']);
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
    const second = await kit.enrol(['administrator']);
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
