import type { Kysely } from 'kysely';
import { connect } from '@/db/connect';
import type { Database } from '@/db/tables';
import { createCampaign, openCampaign } from '@/lib/campaigns/campaign.commands';
import { runCommand } from '@/lib/command';
import type { Command } from '@/lib/context';
import type { Actor, Role } from '@/lib/auth/roles.rules';
import { newId } from '@/lib/shared/id';
import type { Refusal } from '@/lib/shared/refusal';
import type { Result } from '@/lib/shared/result';
import { proposeSegment } from '@/lib/segments/segment.commands';
import { cloneDatabase, type TestDatabase } from '../support/database';

/** A campaign with roads and people on a database of its own, and short ways to act on it. */
export type Kit = {
  readonly test: TestDatabase;
  /** As the application. */
  readonly db: Kysely<Database>;
  readonly reader: Kysely<Database>;
  readonly lin: Actor & { kind: 'person' };
  readonly zhou: Actor & { kind: 'person' };
  readonly visitor: Actor;
  readonly stripe: Actor;
  readonly worker: Actor;
  /** Runs a command with a key of its own and answers its result. */
  readonly run: <N extends string, I, O>(
    command: Command<N, I, O>,
    input: unknown,
    actor: Actor,
    key?: string,
  ) => Promise<Result<O>>;
  readonly close: () => Promise<void>;
};

export const CAMPAIGN = 'gen-hun-meng';
export const same = (text: string) => ({ 'zh-Hans': text, 'zh-Hant': text, en: text });

export const person = async (
  db: Kysely<Database>,
  name: string,
  roles: readonly Role[],
): Promise<Actor & { kind: 'person' }> => {
  const personId = newId();
  await db
    .insertInto('person')
    .values({ id: personId, email: `${name.toLowerCase()}@example.org`, name })
    .execute();
  return { kind: 'person', personId, roles, secondFactor: true };
};

export const campaignForm = (over: Record<string, unknown> = {}) => ({
  slug: CAMPAIGN,
  name: same('根魂梦·家国情'),
  organiser: same('中山市侨联'),
  place: same('马岭社区'),
  story: null,
  bookCurrency: 'CNY',
  timeZone: 'Asia/Shanghai',
  opensOn: '2023-09-01',
  endsOn: '2035-09-15',
  eventOn: '2023-09-16',
  legalHost: null,
  licenceNo: null,
  filingNo: null,
  payElsewhereUrl: null,
  quotesRequired: 3,
  illustrative: true,
  ...over,
});

export const openKit = async (): Promise<Kit> => {
  const test = await cloneDatabase();
  const db = connect(test.appUrl, { max: 12, statementTimeoutMs: 20_000, prepare: true });
  const reader = connect(test.readerUrl, { max: 2, statementTimeoutMs: 60_000 });
  const run: Kit['run'] = (command, input, actor, key = `test:${newId()}`) =>
    runCommand(command, input, actor, { key, db });
  const setup: Actor = { kind: 'system', name: 'setup' };
  must(await run(createCampaign, campaignForm(), setup));
  must(await run(openCampaign, { slug: CAMPAIGN, on: '2023-09-01' }, setup));
  const lin = await person(db, 'Lin', ['clerk']);
  const zhou = await person(db, 'Zhou', ['approver']);
  for (const code of ['ML-07', 'ML-12'])
    must(
      await run(
        proposeSegment,
        {
          campaign: CAMPAIGN,
          code,
          name: same(code),
          location: null,
          lengthMm: 48_000,
          widthMm: 3_000,
          geometry: {
            type: 'LineString',
            coordinates: [
              [113.35, 22.46],
              [113.36, 22.47],
            ],
          },
        },
        lin,
      ),
    );
  return {
    test,
    db,
    reader,
    lin,
    zhou,
    visitor: { kind: 'visitor' },
    stripe: { kind: 'system', name: 'stripe' },
    worker: { kind: 'system', name: 'worker' },
    run,
    close: async () => {
      await Promise.all([db.destroy(), reader.destroy()]);
      await test.drop();
    },
  };
};

/**
 * Runs a command as a caller does: whoever waited too long for a connection (2 s) or a row (2 s) is told to try again,
 * and does, with the same key. On a busy machine a dozen gifts for one promise can wait that long for each other.
 */
export const patiently = async <N extends string, I, O>(
  kit: Kit,
  command: Command<N, I, O>,
  input: unknown,
  actor: Actor,
): Promise<Result<O>> => {
  const key = `test:${newId()}`;
  for (let left = 20; ; left -= 1) {
    const answer = await kit.run(command, input, actor, key);
    if (answer.ok || answer.refusal.name !== 'busy_try_again' || left === 0) return answer;
  }
};

export const must = <T>(result: Result<T>): T => {
  if (!result.ok)
    throw new Error(
      `refused: ${result.refusal.name} ${result.refusal.field ?? ''} ${JSON.stringify(result.refusal.details, (_k, v: unknown) => (typeof v === 'bigint' ? String(v) : v))}`,
    );
  return result.value;
};

export const refusalOf = <T>(result: Result<T>): Refusal => {
  if (result.ok) throw new Error('was not refused');
  return result.refusal;
};

/** Balance of an account by code, debits minus credits; 0 when it was never used. */
export const balanceOf = async (db: Kysely<Database>, code: string): Promise<bigint> =>
  (await db.selectFrom('account_balance').select('balance_minor').where('code', '=', code).executeTakeFirst())
    ?.balance_minor ?? 0n;

/** Where the parts of a gift (or of a hole) lie: fen by account. */
export const placesOf = async (db: Kysely<Database>, subject: string): Promise<Record<string, bigint>> =>
  Object.fromEntries(
    (
      await db
        .selectFrom('lot_position as p')
        .innerJoin('lot as l', 'l.id', 'p.lot_id')
        .innerJoin('account as a', 'a.id', 'p.account_id')
        .select(['a.code', 'p.held_minor'])
        .where('l.subject', '=', subject)
        .where('p.held_minor', '>', 0n)
        .orderBy('a.code')
        .execute()
    ).map((row) => [row.code, row.held_minor]),
  );

/** Every balance that is not zero, as a readable table. */
export const balances = async (db: Kysely<Database>): Promise<Record<string, string>> =>
  Object.fromEntries(
    (
      await db
        .selectFrom('account_balance')
        .select(['code', 'balance_minor'])
        .where('balance_minor', '<>', 0n)
        .orderBy('code')
        .execute()
    ).map((row) => [row.code, String(row.balance_minor)]),
  );

/** What is still with us by purpose must be what the assets less the liabilities hold, to the fen. */
export const tieOut = async (db: Kysely<Database>): Promise<bigint> => {
  const rows = await db.selectFrom('account_balance').select(['class', 'balance_minor']).execute();
  const sum = (...classes: string[]): bigint =>
    rows.filter((row) => classes.includes(row.class)).reduce((total, row) => total + row.balance_minor, 0n);
  return sum('unallocated', 'allocated', 'committed', 'certified', 'shortfall') - sum('asset', 'liability');
};

export const donor = (name: string | null = null) => ({
  name,
  email: null,
  phone: null,
  country: null,
  lang: 'zh-Hant',
});

export const pledgeInput = (over: Record<string, unknown> = {}) => ({
  campaign: CAMPAIGN,
  donor: donor('林太太'),
  currency: 'CNY',
  amountMinor: 50_000n,
  instalments: [{ dueOn: '2023-10-16', amountMinor: 50_000n }],
  designation: 'ML-07',
  recognition: null,
  pledgedOn: '2023-09-16',
  source: 'hall',
  ...over,
});

export const giftInput = (over: Record<string, unknown> = {}) => ({
  campaign: CAMPAIGN,
  pledge: null,
  donor: donor('林太太'),
  currency: 'CNY',
  amountMinor: 50_000n,
  designation: null,
  recognition: null,
  givenOn: '2023-10-08',
  channel: 'bank',
  bankReference: null,
  ...over,
});
