import { sql, type Kysely } from 'kysely';
import type { Database } from '@/db/tables';
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
const SMALLEST = 10_000;

/**
 * `npm run bench -- growth [gifts]`: how long public pages and lists of the API take when nothing is kept, over ten
 * thousand gifts and ten times and again ten times as many, up to as many as asked for (1,000,000 unless said: two
 * million postings), on one stack in one run. Milliseconds, the median of eleven askings; then how many times the
 * first size's. Further words limit it to addresses that hold one of them.
 */
export const benchGrowth = async ([most = '1000000', ...only]: readonly string[]): Promise<
  Record<string, unknown>
> =>
  onStack(async ({ url, owner }) => {
    const found: Record<number, Record<string, number>> = {};
    let gifts = 0;
    for (let size = SMALLEST; size <= Number(most); size *= 10) {
      await addGifts(owner, size - gifts, gifts);
      gifts = size;
      found[size] = await coldTimes(url, owner, only);
      console.error(JSON.stringify({ [size]: found[size] }));
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
  return Object.fromEntries(
    Object.entries(took).map(([page, all]) => [page, Math.round(median(all) * 10) / 10]),
  );
};
