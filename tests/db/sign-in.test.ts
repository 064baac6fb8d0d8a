import '../support/settings';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from 'kysely';
import { SIGN_IN } from '@/lib/auth/adapter';
import { enrolPerson } from '@/lib/auth/person.commands';
import { takeFromBudget } from '@/lib/auth/rate-limit';
import { newSecret } from '@/lib/auth/secrets';
import { trySignInCode } from '@/lib/auth/sign-in.commands';
import { requestOfBrowser, requestOfLink } from '@/lib/auth/sign-in.queries';
import { newId } from '@/lib/shared/id';
import { done, refused } from '../support/act';
import { newWorld, type World } from '../support/people';
import { ask, consume, consumeCode, consumeLink, live, signIn, type Asked } from '../support/sign-in';

let world: World;
beforeAll(async () => {
  world = await newWorld();
});
afterAll(() => world.close());

const tryCode = async (asked: Asked, code: string): Promise<string> =>
  (await done(world.db, trySignInCode, { requestSecret: asked.request, code }, SIGN_IN)).verdict;

const addDonor = async (email: string, name: string | null = 'Ada'): Promise<string> => {
  const id = newId();
  await world.owner.insertInto('donor').values({ id, email, name }).execute();
  return id;
};

/** Moves a request or session into the past, as waiting would. */
const later = (table: 'sign_in_request' | 'sign_in_session', seconds: number) =>
  sql
    .raw(
      table === 'sign_in_request'
        ? `update sign_in_request set created_at = created_at - interval '${seconds} s', expires_at = expires_at - interval '${seconds} s'`
        : `update sign_in_session set created_at = created_at - interval '${seconds} s', last_seen_at = last_seen_at - interval '${seconds} s',
             expires_at = expires_at - interval '${seconds} s'`,
    )
    .execute(world.owner);

describe('asking', () => {
  test('writes the same rows for a known and an unknown address, and keeps nothing of the unknown one', async () => {
    const counts = async () => {
      const { rows } = await sql<Record<string, bigint>>`select
        (select count(*) from sign_in_request) as requests, (select count(*) from outbox) as mails,
        (select count(*) from audit_event) as events, (select count(*) from command_key) as keys,
        (select count(*) from graphile_worker._private_jobs) as jobs, (select count(*) from person) as people`.execute(
        world.owner,
      );
      return rows[0] ?? {};
    };
    const grown = async (email: string) => {
      const before = await counts();
      await ask(world.db, email);
      const after = await counts();
      return Object.fromEntries(
        Object.keys(after).map((key) => [key, (after[key] ?? 0n) - (before[key] ?? 0n)]),
      );
    };
    const known = await grown('lin@example.invalid');
    const unknown = await grown('nobody-here@example.invalid');
    expect(unknown).toEqual(known);
    expect(known).toEqual({ requests: 1n, mails: 1n, events: 1n, keys: 1n, jobs: 1n, people: 0n });

    const shapes = await sql`select template, lang, person_id, donor_id, sent_at, dropped_at, last_problem
      from outbox order by queued_at desc limit 2`.execute(world.owner);
    expect(shapes.rows[0]).toEqual(shapes.rows[1]);
    const { rows } = await sql<{ t: string }>`
      select coalesce(string_agg(r::text, ' '), '') as t from (
        select to_jsonb(x)::text as r from sign_in_request x union all select to_jsonb(x)::text from outbox x
        union all select to_jsonb(x)::text from audit_event x union all select to_jsonb(x)::text from command_key x) all_rows`.execute(
      world.owner,
    );
    expect(rows[0]?.t).not.toContain('nobody-here');
  });

  test('of somebody new on the way to a gift gets its mail and makes an account; on another way it does neither', async () => {
    const mails = async (email: string): Promise<number> =>
      (
        await sql<{
          n: number;
        }>`select count(*)::int as n from sign_in_request where email = ${email}`.execute(world.owner)
      ).rows[0]?.n ?? 0;
    const asked = await ask(world.db, 'new-giver@example.invalid', '/en/give/review');
    expect(await mails('new-giver@example.invalid')).toBe(1);
    const token = await consumeLink(world.db, asked);
    expect((await live(world.db, token!))?.roles).toEqual([]);
    for (const next of ['/en/me', '/en/giver', '/en/finance?x=/give']) {
      const other = await ask(world.db, 'new-other@example.invalid', next);
      expect(await mails('new-other@example.invalid')).toBe(0);
      expect(await consumeLink(world.db, other)).toBeNull();
    }
  });

  test('takes the same time for a known and an unknown address', async () => {
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let round = 0; round < 120; round += 1)
      for (const kind of round % 2 === 0
        ? (['known', 'unknown'] as const)
        : (['unknown', 'known'] as const)) {
        const email = kind === 'known' ? 'zhou@example.invalid' : `n${round}@example.invalid`;
        const began = performance.now();
        await ask(world.db, email);
        times[kind].push(performance.now() - began);
      }
    const median = (list: number[]): number => list.sort((a, b) => a - b)[list.length / 2] ?? 0;
    expect(Math.abs(median(times.known) - median(times.unknown))).toBeLessThan(5);
  });

  test('keeps no secret that could be used: not in the request, the mail, the answer or the audit trail', async () => {
    const asked = await ask(world.db, 'he@example.invalid');
    const { rows } = await sql<{ t: string }>`
      select string_agg(r, ' ') as t from (
        select to_jsonb(x)::text as r from sign_in_request x union all select to_jsonb(x)::text from outbox x
        union all select to_jsonb(x)::text from audit_event x union all select to_jsonb(x)::text from command_key x
        union all select to_jsonb(x)::text from graphile_worker._private_jobs x) all_rows`.execute(
      world.owner,
    );
    const grouped = `${asked.code.slice(0, 4)}-${asked.code.slice(4)}`;
    for (const secret of [asked.request, asked.link, asked.code, grouped]) {
      expect(rows[0]?.t).not.toContain(secret);
      expect(rows[0]?.t).not.toContain(Buffer.from(secret).toString('hex'));
    }
  });

  test('an address that is no address is refused before anything is written', async () => {
    const { askToSignIn } = await import('@/lib/auth/sign-in.commands');
    const input = (email: string) => ({
      email,
      lang: 'en',
      next: null,
      requestSecret: newSecret(),
      linkSecret: newSecret(),
      code: 'K7QM3XTP',
      device: '—',
    });
    for (const email of [
      'lin@example.invalid,eve@evil.example',
      'lin@example.invalid\r\nBcc: eve@evil.example',
      'x',
    ])
      await refused(world.db, askToSignIn, input(email), SIGN_IN, 'invalid_input');
    await refused(world.db, askToSignIn, input('lin@example.invalid'), { kind: 'visitor' }, 'not_signed_in');
    await refused(world.db, askToSignIn, input('lin@example.invalid'), world.staff.ming, 'not_permitted');
  });
});

describe('the link', () => {
  test('signs in once; reading it changes nothing', async () => {
    const asked = await ask(world.db, 'lin@example.invalid', '/en/finance/approvals');
    for (let scans = 0; scans < 5; scans += 1)
      expect(await requestOfLink(asked.link, world.db)).toEqual({
        email: 'lin@example.invalid',
        lang: 'en',
        next: '/en/finance/approvals',
        usable: true,
      });
    const token = await consumeLink(world.db, asked);
    expect((await live(world.db, token!))?.roles).toEqual(['clerk']);
    expect(await consumeLink(world.db, asked)).toBeNull();
    expect(await consumeCode(world.db, asked)).toBeNull();
    expect((await requestOfLink(asked.link, world.db))?.usable).toBe(false);
  });

  test('signs in once when it is posted twenty times at the same moment', async () => {
    const asked = await ask(world.db, 'lin@example.invalid');
    const answers = await Promise.all(Array.from({ length: 20 }, () => consumeLink(world.db, asked)));
    expect(answers.filter((token) => token !== null)).toHaveLength(1);
  });

  test('is nothing after ten minutes', async () => {
    const asked = await ask(world.db, 'lin@example.invalid');
    await later('sign_in_request', 599);
    expect((await requestOfLink(asked.link, world.db))?.usable).toBe(true);
    await later('sign_in_request', 2);
    expect((await requestOfLink(asked.link, world.db))?.usable).toBe(false);
    expect(await consumeLink(world.db, asked)).toBeNull();
  });

  test('cannot be cut, lengthened, altered, or replaced by another secret of the same row', async () => {
    const asked = await ask(world.db, 'lin@example.invalid');
    const wrong = [
      '',
      asked.link.slice(0, -1),
      asked.link.slice(1),
      `${asked.link}A`,
      asked.link.toUpperCase(),
      asked.link.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A')),
      asked.request,
      asked.code,
      `code:${asked.request}:`,
      `code::${asked.code}`,
      `code:${newSecret()}:${asked.code}`,
      newSecret(),
    ];
    for (const token of wrong) expect(await consume(world.db, token), token).toBeNull();
    expect(await requestOfLink(asked.request, world.db)).toBeNull();
    expect(await requestOfBrowser(asked.link, world.db)).toBeNull();
    expect(await consumeLink(world.db, asked)).not.toBeNull();
  });

  test('of one person is not stopped by requests others make for the same address', async () => {
    const asked = await ask(world.db, 'wen@example.invalid');
    for (let i = 0; i < 10; i += 1) await ask(world.db, 'wen@example.invalid');
    expect(await consumeLink(world.db, asked)).not.toBeNull();
  });
});

describe('the code', () => {
  test('is tried five times in the browser that asked, and a sixth time never', async () => {
    const asked = await ask(world.db, 'lin@example.invalid');
    for (let tries = 1; tries <= 4; tries += 1) expect(await tryCode(asked, 'AAAAAAAA')).toBe('wrong');
    expect(await tryCode(asked, 'AAAAAAAA')).toBe('tries_used_up');
    expect(await tryCode(asked, asked.code)).toBe('tries_used_up');
    expect((await requestOfLink(asked.link, world.db))?.usable, 'the link of the mail still works').toBe(
      true,
    );
  });

  test('tries of one browser do not touch the request of another', async () => {
    const hers = await ask(world.db, 'lin@example.invalid');
    const his = await ask(world.db, 'lin@example.invalid');
    for (let tries = 0; tries < 6; tries += 1) await tryCode(his, 'AAAAAAAA');
    expect(await tryCode(his, hers.code)).toBe('tries_used_up');
    expect(await tryCode(hers, hers.code)).toBe('right');
    expect(await consumeCode(world.db, hers)).not.toBeNull();
  });

  test('answers a guesser the same for known, unknown and already used', async () => {
    const known = await ask(world.db, 'lin@example.invalid');
    const unknown = await ask(world.db, 'nobody@example.invalid');
    const used = await ask(world.db, 'lin@example.invalid');
    await consumeLink(world.db, used);
    for (let tries = 0; tries < 6; tries += 1) {
      const answers = [
        await tryCode(known, 'AAAAAAAA'),
        await tryCode(unknown, 'AAAAAAAA'),
        await tryCode(used, 'AAAAAAAA'),
      ];
      expect(new Set(answers).size).toBe(1);
    }
  });

  test('of an unknown address is nothing, even when it is the right one', async () => {
    const asked = await ask(world.db, 'nobody@example.invalid');
    expect(await consumeCode(world.db, asked)).toBeNull();
    expect(await consumeLink(world.db, asked)).toBeNull();
    const { rows } = await sql`select from person where email = 'nobody@example.invalid'`.execute(
      world.owner,
    );
    expect(rows).toHaveLength(0);
  });

  test('a parallel storm of guesses is counted one by one', async () => {
    const asked = await ask(world.db, 'lin@example.invalid');
    const answers = await Promise.all(Array.from({ length: 40 }, () => tryCode(asked, 'AAAAAAAA')));
    expect(answers.filter((verdict) => verdict === 'wrong')).toHaveLength(4);
    expect(answers.filter((verdict) => verdict === 'tries_used_up')).toHaveLength(36);
  });
});

describe('donors', () => {
  test('sign in with the address they gave with, get an account on first use, and find all their gifts tied to it', async () => {
    const [one, two] = [await addDonor('ada@example.invalid'), await addDonor('ada@example.invalid', null)];
    const stranger = await addDonor('bayo@example.invalid');
    const token = await signIn(world.db, 'ada@example.invalid');
    const session = await live(world.db, token);
    expect(session).toMatchObject({ name: 'Ada', email: 'ada@example.invalid', roles: [] });
    const tied = await world.owner
      .selectFrom('donor')
      .select(['id', 'person_id'])
      .where('id', 'in', [one, two, stranger])
      .execute();
    const personOf = new Map(tied.map((row) => [row.id, row.person_id]));
    expect([personOf.get(one), personOf.get(two), personOf.get(stranger)]).toEqual([
      session?.personId,
      session?.personId,
      null,
    ]);

    const three = await addDonor('ada@example.invalid');
    await signIn(world.db, 'ada@example.invalid');
    const later = await world.owner
      .selectFrom('donor')
      .select('person_id')
      .where('id', '=', three)
      .executeTakeFirstOrThrow();
    expect(later.person_id).toBe(session?.personId);
  });

  test('who asked to be forgotten is unknown again', async () => {
    const id = await addDonor('gone@example.invalid');
    await sql`update donor set email = null, name = null, erased_at = now() where id = ${id}`.execute(
      world.owner,
    );
    expect(await consumeLink(world.db, await ask(world.db, 'gone@example.invalid'))).toBeNull();
  });

  test('stay signed in for thirty days, whatever they do', async () => {
    await addDonor('long@example.invalid');
    const token = await signIn(world.db, 'long@example.invalid');
    await later('sign_in_session', 30 * 24 * 3600 - 60);
    expect(await live(world.db, token)).not.toBeNull();
    await later('sign_in_session', 120);
    expect(await live(world.db, token)).toBeNull();
  });
});

describe('a person whose account is shut', () => {
  test('is unknown: no mail, no session, the open ones end', async () => {
    const { personId } = await done(
      world.db,
      enrolPerson,
      { email: 'shut@example.invalid', name: 'Shut', lang: 'en', roles: ['auditor'], totpSecret: null },
      world.staff.ming,
    );
    const asked = await ask(world.db, 'shut@example.invalid');
    const token = await signIn(world.db, 'shut@example.invalid');
    const { disablePerson } = await import('@/lib/auth/person.commands');
    await done(world.db, disablePerson, { personId, reason: 'left' }, world.staff.ming);
    expect(await live(world.db, token)).toBeNull();
    expect(await consumeLink(world.db, asked)).toBeNull();
    expect(await consumeLink(world.db, await ask(world.db, 'shut@example.invalid'))).toBeNull();
  });
});

describe('a budget', () => {
  const budget = { burst: 4, everySeconds: 120 };

  test('is spent once each, however many ask at the same moment, and comes back one by one', async () => {
    const subject = newSecret();
    const take = () => takeFromBudget('test', subject, budget, world.db);
    const answers = await Promise.all(Array.from({ length: 30 }, take));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(4);
    const refusal = answers.find((answer) => !answer.ok);
    expect(refusal).toMatchObject({ ok: false });
    expect(refusal && !refusal.ok && refusal.retryAfterSeconds).toBeGreaterThan(100);
    await sql`update rate_limit set full_until = full_until - interval '121 s'`.execute(world.owner);
    expect((await take()).ok).toBe(true);
    expect((await take()).ok).toBe(false);
    await sql`update rate_limit set full_until = full_until - interval '1 day'`.execute(world.owner);
    const fresh = await Promise.all(Array.from({ length: 10 }, take));
    expect(
      fresh.filter((answer) => answer.ok),
      'saved up no further than the burst',
    ).toHaveLength(4);
  });

  test('of one is not the budget of another, and names nobody', async () => {
    for (let i = 0; i < 6; i += 1) await takeFromBudget('test', 'ada@example.invalid', budget, world.db);
    expect((await takeFromBudget('test', 'bayo@example.invalid', budget, world.db)).ok).toBe(true);
    expect((await takeFromBudget('other', 'ada@example.invalid', budget, world.db)).ok).toBe(true);
    const { rows } = await sql<{
      t: string;
    }>`select string_agg(encode(key, 'escape'), ' ') as t from rate_limit`.execute(world.owner);
    expect(rows[0]?.t).not.toContain('ada');
  });
});
