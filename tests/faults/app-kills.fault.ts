import '../support/settings';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'vitest';
import { freePort } from '@/lib/run/launch/ports';
import { signature } from '../stripe-standin/delivery';
import { WEBHOOK_SECRET } from '../stripe-standin/testing';
import { ask } from './app';
import { bundled } from './bundle';
import { CrashWorld } from './crash-world';
import { compare, Load, p95, type Asked } from './load';
import { trial } from './trial';
import { HELD } from './under-load';

/** Points of a booked gift and of a kept delivery, each as often as the others; what is sent in one piece has one name. */
const POINTS = [
  'before start transaction',
  'sent start transaction',
  'after insert into "command_key"',
  'before insert into "donation" ',
  'sent insert into "donation" ',
  'after insert into "lot" ',
  'before with e as (',
  'sent with e as (',
  'after with e as (',
  'before with event as (',
  'sent commit',
  'after commit',
  'reply to a gift',
  'reply to a webhook',
] as const;

trial(
  {
    row: 4,
    name: 'app-kills',
    runs: 300,
    fault: `App killed (kill -9) at ${POINTS.length} points of a gift and of a delivery, 8 clients`,
    invariants: HELD,
  },
  async ({ runs, seed, random }) => {
    const world = await CrashWorld.open();
    const program = await bundled('tests/faults/app-child.ts');
    const port = await freePort();
    const start = (point: string): ChildProcess =>
      spawn(
        process.execPath,
        [program, world.appUrl, String(port), point, String(1 + random.below(6)), WEBHOOK_SECRET],
        { stdio: ['ignore', 'ignore', 'inherit'] },
      );
    const load = new Load(
      6,
      2,
      (key) => ask(`http://127.0.0.1:${port}/gift/${encodeURIComponent(key)}`, '', {}),
      (event) => tell(`http://127.0.0.1:${port}/webhook`, event),
      `s${seed}`,
    );
    let child: ChildProcess | null = null;
    try {
      const ready: number[] = [];
      const ends: Record<string, number> = {};
      for (let run = 0; run < runs; run += 1) {
        const point = POINTS[run % POINTS.length]!;
        const at = performance.now();
        const answered = load.nextAnswer();
        child = start(point);
        const gone = once(child, 'exit') as Promise<[number | null, string | null]>;
        // Some die before their first answer: the next to answer ends that wait as well.
        const first = await Promise.race([answered, gone.then(() => null)]);
        if (first !== null) ready.push(first - at);
        const [, signal] = await gone;
        ends[String(signal)] = (ends[String(signal)] ?? 0) + 1;
      }
      child = start('nowhere');
      await load.nextAnswer();
      await load.stop();
      const books = await world.examine();
      const found = compare(load, books);
      const readyP95Ms = Math.round(p95(ready));
      return {
        figure: {
          ...found,
          answered: load.answered.size + load.told.size,
          askedAgain: load.doubts,
          readyP95Ms,
        },
        check: () => {
          expect(found).toEqual({ lost: 0, doubled: 0 });
          expect(books.broken).toEqual([]);
          expect(ends).toEqual({ SIGKILL: runs });
        },
        time: () => expect(readyP95Ms).toBeLessThanOrEqual(5_000),
      };
    } finally {
      if (child?.exitCode === null) child.kill('SIGKILL');
      await world.close();
    }
  },
);

const tell = (url: string, id: string): Promise<Asked> => {
  const seconds = Math.floor(Date.now() / 1000);
  const body = JSON.stringify({
    id,
    object: 'event',
    api_version: '2026-10-28.endive',
    // Delivered again it is the same event: only the signature is another.
    created: 1_790_000_000,
    livemode: false,
    type: 'charge.updated',
    data: { object: { id: id.replace('evt', 'ch'), object: 'charge' } },
  });
  return ask(url, body, { 'stripe-signature': signature(body, WEBHOOK_SECRET, seconds) });
};
