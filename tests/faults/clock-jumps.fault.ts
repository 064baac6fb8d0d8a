import '../support/settings';
import { expect } from 'vitest';
import { startApp } from './app';
import { BooksWorld } from './crash-world';
import { compare } from './load';
import { countTo, each } from './payments';
import { trial } from './trial';

const DAY_MS = 86_400_000;

/** Processes on one database: right, five minutes ahead, an hour ahead, two days ahead, two days behind, and one that jumps back. */
const SHIFTS = [
  '0',
  '300000',
  '3600000',
  String(2 * DAY_MS),
  String(-2 * DAY_MS),
  `n % 40 < 20 ? 0 : -${DAY_MS}`,
];

/** Loaded before the program: its clock is another from then on. */
const shifted = (by: string): string =>
  `data:text/javascript,${encodeURIComponent(`
    const real = Date; let n = 0;
    const now = () => { n += 1; return real.now() + (${by}); };
    globalThis.Date = class extends real {
      constructor(...given) { if (given.length === 0) super(now()); else super(...given); }
      static now() { return now(); }
    };`)}`;

trial(
  {
    row: 28,
    name: 'clock-jumps',
    runs: 240,
    fault:
      'Six app processes whose clocks are right, 5 minutes, an hour and two days ahead, two days behind, and jumping a day back and forth (the database’s clock is the one that counts and was left alone)',
    invariants:
      'a gift asked of any two is one; every time in the books is the database’s; the trail is in the order of its numbers; all proofs. That the second factor grows old by the database’s clock: tests/db/sign-in-second-factor.test.ts',
  },
  async ({ runs, random }) => {
    const world = await BooksWorld.beside();
    const apps = await Promise.all(
      SHIFTS.map((by) => startApp(world.appUrl, { node: ['--import', shifted(by)] })),
    );
    try {
      const now = async (): Promise<Date> =>
        world.asAdmin(async (admin) => (await admin.query<{ now: Date }>('select now()')).rows[0]!.now);
      const from = await now();
      const answered = new Map<string, string>();
      const asked: Record<string, number> = {};
      await each(countTo(runs), 6, async (n) => {
        const key = `gift:clock:${n}`;
        const [one, other] = [apps[n % apps.length]!, apps[random.below(apps.length)]!];
        const codes = new Set<string>();
        for (const app of [one, other])
          for (;;) {
            const answer = await app.gift(key);
            if ('done' in answer) {
              codes.add(answer.done);
              break;
            }
            asked[answer.doubt] = (asked[answer.doubt] ?? 0) + 1;
          }
        expect(codes.size, key).toBe(1);
        answered.set(key, [...codes][0] ?? '');
      });
      const to = await now();
      const violations = await world.asAdmin(async (admin) => {
        const { rows } = await admin.query<{ outside: number; backwards: number }>(
          `select (select count(*)::int from entry where recorded_at < $1 or recorded_at > $2) as outside,
            (select count(*)::int from (select recorded_at - lag(recorded_at) over (order by id) as step
              from audit_event) s where step < interval '-10 seconds') as backwards`,
          [from, to],
        );
        return rows[0]!;
      });
      const books = await world.examine();
      const found = compare({ answered, told: new Set() }, books);
      return {
        figure: { ...found, processes: apps.length, askedAgain: asked, ...violations },
        check: () => {
          expect(found).toEqual({ lost: 0, doubled: 0 });
          expect(books.broken).toEqual([]);
          expect(violations).toEqual({ outside: 0, backwards: 0 });
        },
      };
    } finally {
      for (const app of apps) await app.stop();
      await world.close();
    }
  },
);
