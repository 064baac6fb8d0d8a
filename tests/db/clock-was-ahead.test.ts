import '../support/settings';
import { rmSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

const { dataDir } = vi.hoisted(() => {
  const folder = `${process.env['TMPDIR'] ?? '/tmp'}/shanlu-ahead-${process.pid}`;
  process.env['DATA_DIR'] = folder;
  return { dataDir: folder };
});

import { SIGN_IN } from '@/lib/auth/adapter';
import { takeFromBudget } from '@/lib/auth/rate-limit';
import { trySignInCode } from '@/lib/auth/sign-in.commands';
import { requestOfBrowser, requestOfLink } from '@/lib/auth/sign-in.queries';
import {
  addJob,
  beat,
  bringBackAheadJobs,
  claimTurn,
  queueHealth,
  releaseJobsOfTheDead,
} from '@/lib/jobs/queue';
import { leaseMail, strandedMail } from '@/lib/mail/outbox.store';
import { mayTakeMoney } from '@/lib/proof/money-gate';
import { newSequencer } from '@/lib/proof/sequencer';
import { queueLetter } from '../faults/letters';
import { done } from '../support/act';
import type { World } from '../support/people';
import { ask, consumeCode, consumeLink, live } from '../support/sign-in';
import { betweenSteps, totp } from '../support/totp';
import { StaffKit } from './staff-kit';

/*
 * What is left behind when the database's clock stood ahead and was put right: rows of a day that has not come. The
 * clock itself jumps in `npm run faults -- database-clock`.
 */

let kit: StaffKit;
let world: World;
beforeAll(async () => {
  kit = await StaffKit.open();
  world = kit.world;
});
afterAll(async () => {
  await kit.close();
  rmSync(dataDir, { recursive: true, force: true });
});
beforeEach(betweenSteps);

/** As if it had been written two days, or so much, later. */
const ahead = (table: string, columns: readonly string[], by = '2 days') =>
  sql
    .raw(
      `update ${table} set ${columns.map((column) => `${column} = ${column} + interval '${by}'`).join(', ')}`,
    )
    .execute(world.owner);

describe('signing in', () => {
  const SESSION = ['created_at', 'last_seen_at', 'expires_at'];

  test('takes no session before it was made, but for clocks that are being set', async () => {
    const { email } = await kit.enrol();
    const { token } = await kit.session(email);
    await ahead('sign_in_session', SESSION, '50 s');
    expect(await live(world.db, token)).not.toBeNull();
    await ahead('sign_in_session', SESSION, '5 min');
    expect(await live(world.db, token)).toBeNull();
    await ahead('sign_in_session', SESSION, '-350 s');
    expect(await live(world.db, token), 'not dead for ever').not.toBeNull();
  });

  test('asks again for a second factor that was given in the future', async () => {
    const { email } = await kit.enrol();
    const { next } = await kit.pass(await kit.session(email), totp());
    const age = async () => (await live(world.db, next))?.secondFactorSecondsAgo;
    await ahead('sign_in_session', ['second_factor_at'], '50 s');
    expect(await age(), 'no age below nothing').toBe(0);
    await ahead('sign_in_session', ['second_factor_at'], '1 hour');
    expect(await age()).toBeNull();
  });

  test('takes no code and no link before it was asked for', async () => {
    const { email } = await kit.enrol();
    const asked = await ask(world.db, email);
    await ahead('sign_in_request', ['created_at', 'expires_at']);
    expect((await requestOfBrowser(asked.request, world.db))?.usable).toBe(false);
    expect((await requestOfLink(asked.link, world.db))?.usable).toBe(false);
    expect(
      await done(world.db, trySignInCode, { requestSecret: asked.request, code: asked.code }, SIGN_IN),
    ).toEqual({ verdict: 'expired' });
    expect(await consumeCode(world.db, asked)).toBeNull();
    expect(await consumeLink(world.db, asked)).toBeNull();
  });

  test('shuts nobody out whose budget was used up then', async () => {
    const take = () => takeFromBudget('test', 'ada', { burst: 3, everySeconds: 60 }, world.db);
    for (let n = 0; n < 4; n += 1) await take();
    expect((await take()).ok).toBe(false);
    await ahead('rate_limit', ['full_until']);
    expect((await Promise.all([take(), take(), take(), take()])).filter(({ ok }) => ok)).toHaveLength(3);
  });
});

describe('the queue', () => {
  test('takes the next turn of upkeep at once', async () => {
    expect(await claimTurn(world.db, 'one', 60)).toBe(true);
    await ahead('heartbeat', ['beat_at'], '30 s');
    expect(await claimTurn(world.db, 'one', 60), 'a clock that is being set').toBe(false);
    await ahead('heartbeat', ['beat_at']);
    expect(await claimTurn(world.db, 'one', 60)).toBe(true);
    expect(await claimTurn(world.db, 'one', 60)).toBe(false);
  });

  test('does the jobs of that day now, and those that are really for later then', async () => {
    const due = async () =>
      (
        await sql<{
          key: string;
        }>`select key from graphile_worker.jobs where run_at <= now() order by 1`.execute(world.owner)
      ).rows.map(({ key }) => key);
    await sql`delete from graphile_worker._private_jobs`.execute(world.owner);
    for (const key of ['failed', 'queued'])
      await addJob(world.db, { task: 'any', payload: {}, key, runAt: new Date(Date.now() + 1_000) });
    await sql`update graphile_worker._private_jobs set run_at = run_at + interval '2 days'`.execute(
      world.owner,
    );
    await sql`update graphile_worker._private_jobs set updated_at = updated_at + interval '1 hour',
      run_at = now() + interval '1 hour' where key = 'queued'`.execute(world.owner);
    await addJob(world.db, { task: 'any', payload: {}, key: 'later', runAt: new Date(Date.now() + 600_000) });
    expect(await due()).toEqual([]);
    await bringBackAheadJobs(world.db);
    expect(await due()).toEqual(['failed', 'queued']);
  });

  test('knows a worker that died then as dead', async () => {
    await beat(world.db, 'worker:host:then', 'pool-then');
    await ahead('heartbeat', ['beat_at']);
    expect(await releaseJobsOfTheDead(world.db)).toEqual(['worker:host:then']);
    await beat(world.db, 'worker:host:now', 'pool-now');
    await ahead('heartbeat', ['beat_at'], '30 s');
    expect((await queueHealth(world.db)).beatAgeSeconds, 'no age below nothing').toBe(0);
  });

  test('sends a letter that a worker took then', async () => {
    const id = await queueLetter(world.db, 'ada@example.org');
    expect(await leaseMail(world.db, id)).not.toBeNull();
    expect(await leaseMail(world.db, id)).toBeNull();
    await ahead('outbox', ['leased_until']);
    await sql`update outbox set queued_at = queued_at - interval '5 min'`.execute(world.owner);
    expect(await strandedMail(world.db, 10)).toContain(id);
    expect(await leaseMail(world.db, id)).not.toBeNull();
  });
});

test('money waits no longer for the comparison of the log than one round of the sequencer', async () => {
  const round = newSequencer({ db: world.db, witness: null });
  await round();
  for (const by of ['-2 hours', '2 days']) {
    await ahead('log_watch', ['checked_at'], by);
    await round();
    expect((await mayTakeMoney(world.db)).ok, by).toBe(true);
    const { rows } = await sql<{ age: number }>`select extract(epoch from now() - checked_at)::int as age
      from log_watch`.execute(world.owner);
    expect(rows[0]?.age, by).toBeLessThan(30);
    expect(rows[0]?.age, by).toBeGreaterThanOrEqual(0);
  }
});
