import { sql, type Kysely } from 'kysely';
import { connect } from '@/db/connect';
import type { Database } from '@/db/tables';
import { roleUrls } from '@/db/urls';
import { newId } from '@/lib/shared/id';
import { allocationActs } from './hot';
import { newGiver } from './post';
import { median } from './public-load';
import { addGifts } from './public-rows';
import { onStack } from './public-stack';

const PAGES = [
  '/zh-Hans',
  '/zh-Hans/roads',
  '/zh-Hans/roads/ML-07',
  '/zh-Hans/ledger',
  '/zh-Hans/ledger?road=ML-07',
  `/zh-Hans/ledger?q=${encodeURIComponent('陈')}`,
  '/zh-Hans/ledger/E-000300',
  '/zh-Hans/merit',
  '/zh-Hans/reports',
  '/zh-Hans/data',
  '/api/v1/entries?limit=50',
  '/api/v1/gift-totals',
  '/open-data/gift-totals.csv',
] as const;
const TIMES = 11;
/** Acts are short and wait for a disk: as few as of pages gave another median each time. */
const ACT_TIMES = 61;
const SMALLEST = 10_000;
/** A day of a month that the story has not closed. */
const ON = '2024-06-07';

/**
 * `npm run bench -- growth [gifts]`: how long public pages and lists of the API take when nothing is kept, and acts that
 * move money, over ten thousand gifts and ten times and again ten times as many, up to as many as asked for (1,000,000
 * unless said: two million postings), on one stack in one run. Milliseconds, the median of eleven (of acts: of
 * sixty-one); then how many times the first size's. Further words limit it to addresses and acts that hold one of them.
 */
export const benchGrowth = async ([most = '1000000', ...only]: readonly string[]): Promise<
  Record<string, unknown>
> =>
  onStack(async ({ url, owner, databaseUrl, environment }) => {
    const appUrl = roleUrls(databaseUrl, environment['DATABASE_ROLE_SECRET'] ?? '').app;
    const app = connect(appUrl, { max: 2, prepare: true });
    const found: Record<number, Record<string, number>> = {};
    try {
      const acts = await actsOf(app);
      let gifts = 0;
      for (let size = SMALLEST; size <= Number(most); size *= 10) {
        await addGifts(owner, size - gifts, gifts);
        gifts = size;
        found[size] = { ...(await coldTimes(url, owner, only)), ...(await actTimes(acts, only)) };
        console.error(JSON.stringify({ [size]: found[size] }));
      }
    } finally {
      await app.destroy();
    }
    const [first = {}, ...larger] = Object.values(found);
    const last = larger.at(-1) ?? {};
    return {
      milliseconds: found,
      times: Object.fromEntries(
        Object.entries(last).map(([page, took]) => [
          page,
          Math.round((100 * took) / (first[page] ?? 1)) / 100,
        ]),
      ),
    };
  });

/** Before each asking something published is written again, so that no page that was kept may be sent. */
const coldTimes = async (
  url: string,
  owner: Kysely<Database>,
  only: readonly string[],
): Promise<Record<string, number>> => {
  const pages = PAGES.filter((page) => only.length === 0 || only.some((word) => page.includes(word)));
  const took: Record<string, number[]> = {};
  for (let time = 0; time < TIMES; time += 1)
    for (const page of pages) {
      await sql`update segment set name = name where code = 'ML-24'`.execute(owner);
      const start = performance.now();
      const answer = await fetch(url + page);
      await answer.arrayBuffer();
      (took[page] ??= []).push(performance.now() - start);
      if (answer.status !== 200) throw new Error(`${page}: ${answer.status}`);
    }
  return middles(took);
};

type Acts = Readonly<Record<string, () => Promise<unknown>>>;

/** A gift that is paid, and money assigned to a road of its own: proposed by one person, approved by another. */
const actsOf = async (db: Kysely<Database>): Promise<Acts> => {
  const giveOne = await newGiver(ON);
  const { person } = await import('../db/donations-kit');
  const [clerk, approver] = [await person(db, 'Lin', ['clerk']), await person(db, 'Zhou', ['approver'])];
  const act = await allocationActs(db);
  const road = await act.road(clerk, approver, 'ML-25');
  return {
    gift: () => giveOne(db, newId()),
    allocation: async () => {
      const answer = await act.approve(approver, await act.propose(clerk, road, 100n));
      if (answer !== 'ok') throw new Error(`an allocation was refused: ${answer}`);
    },
  };
};

const actTimes = async (acts: Acts, only: readonly string[]): Promise<Record<string, number>> => {
  const took: Record<string, number[]> = {};
  for (const [name, act] of Object.entries(acts)) {
    if (only.length > 0 && !only.some((word) => name.includes(word))) continue;
    for (let time = 0; time < ACT_TIMES; time += 1) {
      const start = performance.now();
      await act();
      (took[name] ??= []).push(performance.now() - start);
    }
  }
  return middles(took);
};

const middles = (took: Readonly<Record<string, readonly number[]>>): Record<string, number> =>
  Object.fromEntries(Object.entries(took).map(([name, all]) => [name, Math.round(median(all) * 10) / 10]));
