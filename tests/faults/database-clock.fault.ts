import '../support/settings';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import { afterAll, expect, vi } from 'vitest';

// Before anything reads the settings: the key of the log lies there.
const { dataDir } = vi.hoisted(() => {
  const folder = `${process.env['TMPDIR'] ?? '/tmp'}/shanlu-database-clock-${process.pid}`;
  process.env['DATA_DIR'] = folder;
  return { dataDir: folder };
});

import { connect } from '@/db/connect';
import type { Database } from '@/db/tables';
import { addJob } from '@/lib/jobs/queue';
import { TASKS } from '@/lib/jobs/tasks';
import { startWorker, type JobWorker } from '@/lib/jobs/worker';
import { queueMail } from '@/lib/mail/outbox.store';
import { sendMail } from '@/lib/mail/send-mail';
import { connectMail, type MailTransport } from '@/lib/mail/smtp.gateway';
import { logStatus, newestHead, publicKeys } from '@/lib/proof/log.queries';
import { startSequencer } from '@/lib/proof/sequencer';
import { newId } from '@/lib/shared/id';
import { person } from '../db/donations-kit';
import { served, verifyHere } from '../db/proof-kit';
import { openMailbox } from '../support/smtp';
import { until } from '../support/until';
import { GIFT, keepNotice } from './acts';
import { startApp, type App } from './app';
import { ClockTokens, patiently } from './clock-tokens';
import { CrashWorld } from './crash-world';
import { FakeClock } from './fake-clock';
import { compare, Load } from './load';
import { trial } from './trial';
import { HELD } from './under-load';

const DAY = 86_400;
/** Where the clock jumps to, in seconds from right. */
const AWAY = [300, 3_600, 2 * DAY, -2 * DAY];

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

trial(
  {
    row: 40,
    name: 'database-clock',
    runs: 40,
    fault:
      'Clock of PostgreSQL itself 5 minutes, an hour or two days ahead or two days behind, from one to another and back to right, under 8 clients of two app processes',
    invariants: `a session, second factor or sign-in code of before lives by the clock and is alive again when it is right (but for a code that upkeep took for a day old and removed); one of the wrong clock is not taken then; who used up a budget of mails is not shut out; a gift asked again is the same; what one giver did later stands later in trail and log; the dates of the books are the act’s; the log verifies from an earlier head; every letter goes out, and upkeep goes on, within five minutes; ${HELD}`,
  },
  async ({ runs, seed, random }) => {
    const clock = await FakeClock.make();
    const world = await CrashWorld.open(undefined, clock.environment);
    const mailbox = await openMailbox();
    const transport = connectMail(mailbox.url, 'Shanlu <no-reply@shanlu.example.org>', 'shanlu.example.org');
    const db = connect(world.appUrl, { max: 10, prepare: true });
    const sent = new Map<string, number>();
    const upkeep: number[] = [];
    const worker = await startWholeWorker(world.appUrl, transport, sent, upkeep);
    const apps = await Promise.all([startApp(world.appUrl), startApp(world.appUrl)]);
    await until('the log to begin', async () => (await newestHead(db)) !== null);
    let [turn, longestMs] = [0, 0];
    const asked = new Map<string, number>();
    const load = new Load(
      6,
      2,
      async (key) => {
        const began = asked.get(key) ?? performance.now();
        asked.set(key, began);
        turn += 1;
        const answer = await apps[turn % apps.length]!.gift(key);
        if ('done' in answer) longestMs = Math.max(longestMs, performance.now() - began);
        return answer;
      },
      (event) => keepNotice(db, event),
      `s${seed}`,
    );
    try {
      const tokens = new ClockTokens(db, await person(db, 'Ming', ['administrator']));
      const letters = new Map<string, number>();
      await load.nextAnswer();
      const early = await newestHead(db);
      let otherAnswers = 0;
      for (let run = 0; run < runs; run += 1) {
        const signed = await tokens.begin(`p${run}`);
        let away = 0;
        // One place after the other, so that it also jumps back and forth while it is wrong.
        for (let left = 1 + random.below(2); left > 0; left -= 1) {
          // Now and then for so long that upkeep comes round, and leaves its times in two days.
          const long = left === 1 && run % 8 === 7;
          away = long ? 2 * DAY : random.pick(AWAY.filter((shift) => shift !== away));
          clock.jump(away);
          await sleep(long ? 6_000 : 100 + random.below(300));
          await tokens.whileAway(signed, away);
        }
        const there = await tokens.beginAway(signed);
        await tokens.useUp(signed.email);
        const letter = await patiently(() => beginLetter(db, `giver${run}@example.org`));
        const [key, code] = random.pick([...load.answered]);
        otherAnswers += await answersOtherThan(code, key, apps);
        clock.jump(0);
        if (await letter.commit()) letters.set(letter.id, performance.now());
        await tokens.whenRight(signed, there);
        await tokens.mayTakeSoon(signed.email);
        otherAnswers += await answersOtherThan(code, key, apps);
      }
      const right = performance.now();
      await load.stop();
      // What does not come at all shows below, as late for ever.
      const goesOn = () => (upkeep.at(-1) ?? 0) > right && [...letters.keys()].every((id) => sent.has(id));
      await until('upkeep and letters', goesOn, 300_000).catch(() => undefined);
      await until('the log', async () => (await logStatus(db)).waiting === 0, 60_000);
      const late = [...letters].map(([id, at]) => ((sent.get(id) ?? Infinity) - at) / 1_000);
      const upkeepS = ((upkeep.find((at) => at > right) ?? Infinity) - right) / 1_000;
      const order = await orderOf(db, load.answered);
      const verdict = await verified(db, early?.note ?? '');
      const books = await world.examine();
      const found = compare(load, books);
      return {
        figure: {
          ...found,
          answered: load.answered.size + load.told.size,
          askedAgain: load.doubts,
          longestGiftMs: Math.round(longestMs),
          ...tokens.figure,
          wrong: tokens.wrong.length,
          otherAnswers,
          ...order,
          leaves: verdict.size,
          letters: letters.size,
          letterLatestS: Math.round(Math.max(...late)),
          repeated:
            mailbox.received.length - new Set(mailbox.received.map(({ mail }) => mail.messageId)).size,
          upkeepS: Math.round(upkeepS),
        },
        check: () => {
          expect(found).toEqual({ lost: 0, doubled: 0 });
          expect(books.broken).toEqual([]);
          expect(
            Object.keys(load.doubts).filter((name) => !/^(busy_try_again|donations_suspended)$/.test(name)),
          ).toEqual([]);
          expect(longestMs).toBeLessThan(15_000);
          expect(tokens.wrong).toEqual([]);
          expect(otherAnswers).toBe(0);
          // The clock did jump; the order is another matter.
          expect(order.backwards).toBeGreaterThan(0);
          expect({ ...order, backwards: 0 }).toEqual({ backwards: 0, outOfOrder: 0, otherDates: 0 });
          expect(verdict).toMatchObject({ ok: true });
          expect(Math.max(...late, upkeepS)).toBeLessThan(300);
        },
      };
    } finally {
      await load.stop();
      await worker.stop();
      for (const app of apps) await app.stop();
      await db.destroy();
      transport.close();
      await mailbox.close();
      await world.close();
      clock.remove();
    }
  },
);

/**
 * The worker with the sequencer of the log, but for what speaks to the provider and for receipts, which the clients ask for
 * faster than one worker makes them: letters would wait for those. Notes what it sent and when upkeep ran.
 */
const startWholeWorker = (
  databaseUrl: string,
  transport: MailTransport,
  sent: Map<string, number>,
  upkeep: number[],
): Promise<JobWorker> =>
  startWorker({
    databaseUrl,
    tasks: [
      ...TASKS.filter(({ name }) => !/^send_mail$|stripe|page|refund|payout|dispute|receipt/.test(name)),
      {
        name: 'send_mail',
        run: async ({ db, payload }) => {
          const { outboxId } = payload as { outboxId: string };
          if ((await sendMail(db, transport, outboxId, 'https://shanlu.example.org')) === 'sent')
            sent.set(outboxId, performance.now());
        },
      },
      {
        name: 'trial_upkeep',
        everySeconds: 5,
        run: () => Promise.resolve(void upkeep.push(performance.now())),
      },
    ],
    services: [{ name: 'sequencer', start: (around) => startSequencer({ ...around, witness: null }) }],
    log: () => undefined,
  });

/** A letter and its job written under one clock, to be committed under another. */
const beginLetter = async (db: Kysely<Database>, address: string) => {
  let commit = (): void => undefined;
  // A trial that fails in between must not wait for its own letter.
  const told = Promise.race([new Promise<void>((resolve) => (commit = resolve)), sleep(30_000)]);
  let committed: Promise<void> | undefined;
  const id = await new Promise<string>((written, failed) => {
    committed = db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ now: Date }>`select now()`.execute(trx);
      const jobs: Parameters<typeof addJob>[1][] = [];
      const letter = await queueMail(
        { trx, now: rows[0]!.now, newId, enqueue: (job) => void jobs.push(job) },
        {
          to: { address },
          lang: 'zh-Hant',
          template: 'sign_in',
          data: { code: 'K7QM-3XTP', url: 'https://shanlu.example.org/zh-Hant', device: 'Chrome · Android' },
        },
      );
      for (const job of jobs) await addJob(trx, job);
      written(letter);
      await told;
    });
    committed.catch(failed);
  });
  return {
    id,
    /** False when the jump ended it: then nobody was promised a letter. */
    commit: async (): Promise<boolean> => {
      commit();
      return committed!.then(
        () => true,
        () => false,
      );
    },
  };
};

/** How many of the processes answer an old key with something else than its gift. */
const answersOtherThan = async (code: string, key: string, apps: readonly App[]): Promise<number> => {
  const answers = await Promise.all(apps.map((app) => app.gift(key)));
  return answers.filter((answer) => 'done' in answer && answer.done !== code).length;
};

/** Each giver asks for one gift after the other: a later one must have the larger number in the trail and in the log. */
const orderOf = async (db: Kysely<Database>, answered: ReadonlyMap<string, string>) => {
  const numbers = new Map(
    (
      await sql<{ code: string; event: string; leaf: string }>`
        select a.subject_id as code, max(a.id)::text as event, max(l.leaf_index)::text as leaf
        from audit_event a join log_leaf l on l.subject = a.subject_id group by 1`.execute(db)
    ).rows.map(({ code, event, leaf }) => [code, [BigInt(event), BigInt(leaf)] as const]),
  );
  const last = new Map<string, readonly [bigint, bigint]>();
  let outOfOrder = 0;
  for (const [key, code] of answered) {
    const giver = key.replace(/_\d+$/, '');
    const here = numbers.get(code) ?? ([-1n, -1n] as const);
    const before = last.get(giver);
    if (here[0] <= (before?.[0] ?? 0n) || here[1] <= (before?.[1] ?? -1n)) outOfOrder += 1;
    last.set(giver, here);
  }
  const { rows } = await sql<{ backwards: number; otherDates: number }>`
    select (select count(*)::int from (select recorded_at - lag(recorded_at) over (order by id) as step
        from audit_event) s where step < interval '-4 minutes') as backwards,
      (select count(*)::int from entry where accounting_date <> ${GIFT.receivedOn}::date) as "otherDates"`.execute(
    db,
  );
  return { outOfOrder, ...rows[0]! };
};

/** What the stand-alone verifier says of the whole log, held against a head from before the jumps. */
const verified = async (reader: Kysely<Database>, note: string) =>
  verifyHere(await served(reader), (await publicKeys(reader))[0] ?? '', { note });
