import { sql, type SelectQueryBuilder, type Transaction } from 'kysely';
import { later, together } from '@/db/dialect';
import type { Database } from '@/db/tables';
import { hasFloor, type AccountClass, type AccountSpec } from './accounts.rules';
import type { Position } from './lots.rules';
import type { PostingPlan } from './posting.rules';

/*
 * Reading and locking the books for an entry that is to be written (ledger.store.ts writes it).
 */

type Trx = Transaction<Database>;

export type KnownAccount = AccountSpec & { readonly id: bigint };

export type OpenedBooks = {
  /** By code. */
  readonly accounts: ReadonlyMap<string, KnownAccount>;
  /** Of the accounts that are taken from, locked. */
  readonly guards: readonly GuardState[];
  /** For each posting that takes lots in their order: those that lie there first. */
  readonly first: readonly FirstPositions[];
};

export type AccountRow = { readonly id: bigint; readonly code: string };

/** The accounts of postings as far as they exist: a statement that can travel with others of the act. */
export const accountsQuery = (trx: Trx, postings: readonly Pick<PostingPlan, 'from' | 'to'>[]) =>
  trx
    .selectFrom('account')
    .select(['id', 'code'])
    .where('code', 'in', [...specsOf(postings).keys()]);

const specsOf = (postings: readonly Pick<PostingPlan, 'from' | 'to'>[]): Map<string, AccountSpec> =>
  new Map(postings.flatMap(({ from, to }) => [from, to]).map((spec) => [spec.code, spec]));

/**
 * What must be known of the books before an entry can be written, in one journey: its accounts (made on first use), the
 * guards of those it takes from (`takenFrom`, codes), locked, what has come into these, and the lots that lie there first.
 *
 * @param read the accounts, when the act has asked for them already: money that only comes in then needs no journey.
 */
export const openBooks = async (
  trx: Trx,
  campaign: { readonly id: string; readonly currency: string },
  postings: readonly PostingPlan[],
  takenFrom: readonly string[],
  read: readonly AccountRow[] = [],
): Promise<OpenedBooks> => {
  const wanted = specsOf(postings);
  const knownOf = (rows: readonly AccountRow[]) =>
    new Map(rows.map(({ id, code }) => [code, { ...specOf(wanted, code), id }]));
  const inOrder = postings.some(({ lots }) => lots?.kind === 'in_order');
  if (read.length === wanted.size && takenFrom.length === 0 && !inOrder)
    return { accounts: knownOf(read), guards: [], first: [] };
  const accounts = accountsQuery(trx, postings);
  const guarded = takenFrom.length === 0 ? [] : guardsOf(trx, takenFrom);
  const groups = postings.map(({ lots }) => (lots?.kind === 'in_order' ? groupsOf(lots.forSegment) : []));
  const positions = postings.flatMap(({ from }, at) =>
    (groups[at] ?? []).map((group) => positionsOf(trx, accountIdOf(trx, from.code), group, 0, FEW)),
  );
  const open = async (): Promise<OpenedBooks> => {
    const [rows, ...answers] = await together(trx, accounts, ...guarded, ...positions);
    const guards = (guarded.length === 0 ? [] : answers[1]) as GuardState[];
    const pages = answers.slice(guarded.length) as Position[][];
    return {
      accounts: knownOf(rows),
      guards,
      first: groups.map((each) => pages.splice(0, each.length)),
    };
  };
  const opened = await open();
  if (opened.accounts.size === wanted.size) return opened;
  const missing = [...wanted.values()].filter(({ code }) => !opened.accounts.has(code));
  for (const spec of missing.toSorted(byCode)) await makeAccount(trx, campaign, spec);
  return open();
};

const byCode = (a: AccountSpec, b: AccountSpec): number => (a.code < b.code ? -1 : 1);

const specOf = (wanted: ReadonlyMap<string, AccountSpec>, code: string): AccountSpec => {
  const spec = wanted.get(code);
  if (!spec) throw new Error(`account ${code} was not asked for`);
  return spec;
};

/** An account, together with its guard when it has a floor; whoever was faster made it. */
const makeAccount = async (
  trx: Trx,
  campaign: { readonly id: string; readonly currency: string },
  spec: AccountSpec,
): Promise<void> => {
  await trx
    .with('made', (db) =>
      db
        .insertInto('account')
        .values({
          code: spec.code,
          book: spec.book,
          class: spec.class,
          subject: spec.subject,
          currency: campaign.currency,
          campaign_id: campaign.id,
          has_floor: hasFloor(spec.class),
        })
        .onConflict((conflict) => conflict.column('code').doNothing())
        .returning(['id', 'has_floor']),
    )
    .insertInto('guard')
    .columns(['account_id'])
    .expression((eb) => eb.selectFrom('made').select('made.id').where('made.has_floor', '=', true))
    .execute();
};

const accountIdOf = (trx: Trx, code: string) =>
  trx.selectFrom('account').select('id').where('code', '=', code);

export type GuardState = {
  readonly code: string;
  readonly accountId: bigint;
  readonly class: AccountClass;
  readonly inMinor: bigint;
  readonly outMinor: bigint;
};

/** The guards of some accounts, locked in account order, so that two acts can never wait for each other. */
const locksOf = (trx: Trx, accounts: bigint[] | SelectQueryBuilder<Database, 'account', { id: bigint }>) =>
  trx
    .selectFrom('guard')
    .select('account_id')
    .where('account_id', 'in', accounts)
    .orderBy('account_id')
    .forUpdate();

/**
 * Locks the guards and then counts what has come into each account: folded summary plus newer postings, exact at the
 * moment the lock was won.
 */
const guardsOf = (trx: Trx, codes: readonly string[]) => {
  const accounts = trx
    .selectFrom('account')
    .select('id')
    .where('code', 'in', [...codes]);
  // Two statements: what has come in is read by a snapshot taken after the lock was won.
  const counts = sql<GuardState>`
    select b.code, b.account_id as "accountId", b.class, b.in_minor as "inMinor", g.out_minor as "outMinor"
    from account_balance b join guard g on g.account_id = b.account_id
    where b.code = any(${codes as string[]}::text[]) order by b.account_id`;
  return [locksOf(trx, accounts), counts] as const;
};

/** Holds the guards of accounts until the end of the transaction. */
export const lockGuards = async (trx: Trx, accountIds: readonly bigint[]): Promise<void> => {
  await locksOf(trx, [...accountIds]).execute();
};

/** Moves a guard forward; its CHECK refuses an overdraft whatever the code above believed. */
export const advanceGuard = (trx: Trx, guard: GuardState, takenMinor: bigint): Promise<void> =>
  later(
    trx,
    trx
      .updateTable('guard')
      .set({ in_seen_minor: guard.inMinor, out_minor: guard.outMinor + takenMinor })
      .where('account_id', '=', guard.accountId),
  );

/** Most postings take a few lots; only a large one goes on to read by the page. */
const FEW = 16;
const PAGE = 500;

/** The first few lots of each group of an account, in order of use. */
export type FirstPositions = readonly (readonly Position[])[];

/** For a road: gifts for this very road, and the free ones; otherwise whatever lies there (`undefined`). */
const groupsOf = (forSegment: string | undefined): readonly (string | null | undefined)[] =>
  forSegment === undefined ? [undefined] : [forSegment, null];

/** The first lots of an account, whatever they are for. */
export const firstPositions = async (trx: Trx, accountId: bigint): Promise<FirstPositions> => [
  await positionsOf(trx, accountId, undefined, 0, FEW).execute(),
];

/**
 * The lots that will make up `amountMinor`, in order of use. For a road: gifts for this very road first, then the
 * free ones, oldest first; gifts for other roads never. Read page by page so that a fund of ten million gifts costs
 * no more than the lots that are taken.
 *
 * @param first as read under the lock of the account's guard.
 */
export const nextPositions = async (
  trx: Trx,
  accountId: bigint,
  amountMinor: bigint,
  forSegment: string | undefined,
  first: FirstPositions,
): Promise<Position[]> => {
  const found: Position[] = [];
  let sum = 0n;
  const take = (positions: readonly Position[]): void => {
    found.push(...positions);
    sum = positions.reduce((total, position) => total + position.heldMinor, sum);
  };
  for (const [at, group] of groupsOf(forSegment).entries()) {
    let page = first[at] ?? [];
    if (sum < amountMinor) take(page);
    if (page.length < FEW) continue;
    for (let offset = FEW; sum < amountMinor; offset += PAGE) {
      page = await positionsOf(trx, accountId, group, offset, PAGE).execute();
      take(page);
      if (page.length < PAGE) break;
    }
  }
  return found;
};

/** Some of the lots in an account, in order of use; only those for a road, for none (`null`), or whatever they are for. */
const positionsOf = (
  trx: Trx,
  account: bigint | ReturnType<typeof accountIdOf>,
  designation: string | null | undefined,
  offset: number,
  limit: number,
) => {
  const query = trx
    .selectFrom('lot_position')
    .select(['lot_id as lotId', 'held_minor as heldMinor'])
    .where('account_id', '=', account)
    .where('held_minor', '>', 0n)
    .orderBy('ordered_on')
    .orderBy('order_no')
    .orderBy('lot_id')
    .limit(limit)
    .offset(offset);
  if (designation === undefined) return query;
  return designation === null
    ? query.where('designation', 'is', null)
    : query.where('designation', '=', designation);
};
