import '../support/settings';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect } from 'vitest';
import { newWorld } from '../support/people';
import { openMailbox } from '../support/smtp';
import { bundled } from './bundle';
import { queueLetter, waitingLetters } from './letters';
import { trial } from './trial';

trial(
  {
    row: 6,
    name: 'worker-kills',
    runs: 60,
    few: 2,
    fault:
      'Worker killed (kill -9) when the mail server has the whole letter, before or just after it says so',
    invariants: 'no letter is missing; at most one repeat for each kill, with the same Message-ID',
  },
  async ({ runs, random }) => {
    const world = await newWorld();
    let worker: ChildProcess | null = null;
    let tell: (() => void) | null = null;
    const mailbox = await openMailbox({
      onMail: (answer) => {
        if (tell === null) return answer();
        const after = random.chance(50);
        if (after) answer();
        worker?.kill('SIGKILL');
        tell();
        if (!after) answer();
      },
    });
    try {
      const program = await bundled('tests/faults/mail-child.ts');
      const start = (): ChildProcess =>
        spawn(process.execPath, [program, world.database.appUrl, mailbox.url], {
          stdio: ['ignore', 'ignore', 'inherit'],
        });
      const ids = new Set<string>();
      for (let run = 0; run < runs; run += 1) {
        ids.add(await queueLetter(world.db, `giver${run}@example.org`));
        const killed = new Promise<void>((resolve) => (tell = resolve));
        worker = start();
        const gone = once(worker, 'exit');
        await killed;
        await gone;
        // What a dead worker holds is free again after two minutes; nobody waits here so long.
        await sql`update outbox set leased_until = now() - interval '1 s' where leased_until is not null`.execute(
          world.owner,
        );
      }
      tell = null;
      worker = start();
      while ((await waitingLetters(world.db)).length > 0) await sleep(50);
      const times = new Map<string, number>();
      for (const { mail } of mailbox.received) {
        const id = /^<([^@]+)@/.exec(mail.messageId ?? '')?.[1] ?? '';
        times.set(id, (times.get(id) ?? 0) + 1);
      }
      const missing = [...ids].filter((id) => !times.has(id)).length;
      const strange = [...times.keys()].filter((id) => !ids.has(id)).length;
      const repeated = [...times.values()].reduce((sum, n) => sum + n - 1, 0);
      return {
        figure: {
          letters: ids.size,
          received: mailbox.received.length,
          missing,
          repeated,
          repeatsPerKill: repeated / runs,
        },
        check: () => {
          expect([missing, strange]).toEqual([0, 0]);
          expect(repeated).toBeLessThanOrEqual(runs);
        },
      };
    } finally {
      (worker as ChildProcess | null)?.kill('SIGKILL');
      await mailbox.close();
      await world.close();
    }
  },
);
