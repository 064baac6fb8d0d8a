import { connect } from '@/db/connect';
import { newBenchWorld } from './log-world';
import { median } from './public-load';
import { addGifts } from './public-rows';

/**
 * `npm run bench -- ledger [entries]`: what the database takes for the public ledger and the home page over the story of
 * Maling and ten times and ten times more gifts, up to as many as asked for (1,000,000 unless said). Milliseconds, the
 * median of five askings that differ.
 */
export const benchLedger = async ([entries = '1000000']: readonly string[]): Promise<
  Record<string, unknown>
> => {
  const world = await newBenchWorld();
  const { roleUrls } = await import('@/db/urls');
  const publicDb = connect(roleUrls(world.adminUrl, process.env['DATABASE_ROLE_SECRET'] ?? '').public, {
    max: 2,
    statementTimeoutMs: 60_000,
  });
  const owner = connect(world.adminUrl, { max: 1, statementTimeoutMs: 900_000 });
  try {
    const { enrolCast } = await import('@/lib/run/story/enrol');
    const { newPlayer } = await import('@/lib/run/story/player');
    const { playStory } = await import('@/lib/run/story/play');
    const { recordsOnly } = await import('../support/story-files');
    const cast = await enrolCast(newPlayer(world.db));
    await playStory(world.db, cast, recordsOnly(cast), () => undefined);
    const found: Record<string, Record<string, number>> = {};
    let gifts = 0;
    for (const size of [0, 10_000, 100_000, 1_000_000, 10_000_000].filter(
      (each) => each <= Number(entries),
    )) {
      if (size > 0) await addGifts(owner, size - gifts, gifts);
      gifts = size;
      found[`${gifts} more`] = await timesOf(publicDb, gifts);
      console.error(JSON.stringify({ [`${gifts} more`]: found[`${gifts} more`] }));
    }
    return { milliseconds: found };
  } finally {
    await publicDb.destroy();
    await owner.destroy();
    await world.close();
  }
};

const timesOf = async (db: ReturnType<typeof connect>, gifts: number): Promise<Record<string, number>> => {
  const { bookPage, bookSides, giftsNamed, kindSums } = await import('@/lib/disclosure/ledger-book.queries');
  const { campaignNumbers, roadsOf } = await import('@/lib/disclosure/campaign.queries');
  const { latestMoves } = await import('@/lib/disclosure/moves.queries');
  const { moneyMonths } = await import('@/lib/disclosure/reports.queries');
  const { segmentPage } = await import('@/lib/disclosure/segment.queries');
  const campaign = 'gen-hun-meng';
  const all = {
    campaign,
    kinds: [],
    segment: null,
    contractor: null,
    subject: null,
    from: null,
    to: null,
    leastMinor: null,
    mostMinor: null,
    text: null,
    named: [],
  };
  /** A page of the ledger and the sums beside it, as the page asks for them. */
  const ledger = (filter: Partial<typeof all> | Record<string, unknown>, before: bigint | null = null) =>
    Promise.all([bookPage({ ...all, ...filter }, before, db), kindSums({ ...all, ...filter }, db)]);
  const words = async (text: string) => ledger({ text, named: (await giftsNamed(text, campaign, db)) ?? [] });
  const month = (n: number) => ({ from: `2024-0${1 + n}-01`, to: `2024-0${1 + n}-28` });
  const asked: Record<string, (n: number) => Promise<unknown>> = {
    newest: () => ledger({}),
    deepPage: (n) => ledger({}, BigInt(Math.floor(gifts / 2) + 100 + n)),
    kind: (n) => ledger({ kinds: ['gift_received', 'contractor_paid'].slice(n % 2) }),
    rareKind: () => ledger({ kinds: ['contractor_paid'] }),
    road: (n) => ledger({ segment: `ML-0${1 + n}` }),
    contractor: () => ledger({ contractor: 'K-01' }),
    oneSubject: (n) => ledger({ subject: `G-000${1 + n}` }),
    month: (n) => ledger(month(n)),
    monthAndRoad: (n) => ledger({ ...month(n), segment: 'ML-07' }),
    rareAmount: (n) => ledger({ leastMinor: BigInt(123_456 + n), mostMinor: BigInt(123_457 + n) }),
    number: (n) => words(`G-${1_000_001 + n}`),
    name: (n) => words(['陈', '李', '禾场', '示例', '更正'][n] ?? '陈'),
    nothing: (n) => words(`nobody${n}`),
    sides: () => bookSides(campaign, db),
    numbers: () => campaignNumbers(campaign, db),
    months: () => moneyMonths(campaign, db),
    latest: () => latestMoves(campaign, 6, db),
    roads: () => roadsOf(campaign, db),
    oneRoad: () => segmentPage('ML-07', db),
  };
  const times: Record<string, number> = {};
  for (const [name, ask] of Object.entries(asked)) {
    const took: number[] = [];
    for (let n = 0; n < 5; n += 1) {
      const start = performance.now();
      await ask(n);
      took.push(performance.now() - start);
    }
    times[name] = Math.round(median(took) * 10) / 10;
  }
  return times;
};
