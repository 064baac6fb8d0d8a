import { entryLeaf, lotLeaves, LOTS_PER_LEAF, type LeafCommitments, type LeafLot } from '../proof/leaf';
import type { CommandContext } from '../context';
import { sumMinor } from '../shared/money';
import { ok, refuse, type Result } from '../shared/result';
import { isSource, type AccountClass, type AccountSpec, type Book } from './accounts.rules';
import {
  advanceGuard,
  lockGuards,
  nextPositions,
  openBooks,
  type AccountRow,
  type FirstPositions,
  type GuardState,
  type KnownAccount,
} from './books.store';
import { findEntry, insertEntry, insertLotQuery, lotAgain } from './ledger.store';
import { netChanges, sharesMakeUp, takeInOrder, type LotShare } from './lots.rules';
import {
  assertPlan,
  decideOutflow,
  entryNumber,
  outflows,
  type EntryKind,
  type LotChoice,
  type PostingPlan,
} from './posting.rules';
import { standIns, type EarlierMoves } from './stand-in.store';

export type CampaignBooks = { readonly id: string; readonly slug: string; readonly currency: string };

export type EntryPlan = {
  readonly kind: EntryKind;
  readonly campaign: CampaignBooks;
  readonly subjectKind: string;
  /** Public number of what the entry is about, e.g. G-0095. */
  readonly subject: string;
  /** Accounting date, YYYY-MM-DD in the charity's time zone. */
  readonly date: string;
  readonly postings: readonly PostingPlan[];
  /** The accounts of the postings, when the act has read them in an earlier journey (`accountsQuery`). */
  readonly accounts?: readonly AccountRow[];
  readonly reverses?: { readonly entryId: bigint; readonly reason: string } | undefined;
  /** What the leaf commits to without saying it; its opening is kept by the caller where it can be erased. */
  readonly commitments?: LeafCommitments | undefined;
};

export type PostedEntry = {
  readonly id: bigint;
  readonly number: string;
  /** The lots each purpose posting moved, by line. */
  readonly lots: readonly (readonly LotShare[])[];
};

/**
 * Writes one entry into the books, inside the caller's transaction: the only door to the ledger. Locks the guards of
 * the accounts that give money away (none when money comes in), picks the lots, writes everything in one statement
 * and drafts the entry's leaf for the public log.
 *
 * Refuses `exceeds_…` when an account with a floor holds less than is taken, `period_closed` by the database.
 */
export const post = async (ctx: CommandContext, plan: EntryPlan): Promise<Result<PostedEntry>> => {
  assertPlan(plan.postings);
  const { campaign } = plan;
  const taken = outflows(plan.postings);
  const { accounts, guards, first } = await openBooks(
    ctx.trx,
    campaign,
    plan.postings,
    [...taken.keys()],
    plan.accounts,
  );
  const lines = plan.postings.map((posting, index) => ({
    ...posting,
    from: known(accounts, posting.from),
    to: known(accounts, posting.to),
    first: first[index] ?? [],
  }));

  const allowed = await takeFromGuards(ctx, guards, taken, lines);
  if (!allowed.ok) return allowed;
  const chosen = await chooseLots(ctx, lines);
  if (!chosen.ok) return chosen;
  const lots = chosen.value;

  const moves = lines.flatMap((line, index) =>
    (lots[index] ?? []).map((share) => ({
      ...share,
      fromAccountId: isSource(line.from.class) ? null : line.from.id,
      toAccountId: isSource(line.to.class) ? null : line.to.id,
    })),
  );
  const funds = new Set([...accounts.values()].filter((a) => a.class === 'unallocated').map((a) => a.id));
  const { id, subjects } = await insertEntry(
    ctx.trx,
    {
      kind: plan.kind,
      campaignId: campaign.id,
      subjectKind: plan.subjectKind,
      subject: plan.subject,
      date: plan.date,
      reversesId: plan.reverses?.entryId ?? null,
      reason: plan.reverses?.reason ?? null,
    },
    campaign.currency,
    lines.map((line) => ({
      book: line.from.book,
      creditId: line.from.id,
      debitId: line.to.id,
      amountMinor: line.amountMinor,
    })),
    lots.flatMap((shares, index) => shares.map((share) => ({ lineNo: index + 1, ...share }))),
    netChanges(moves).map((change) => ({ ...change, byDay: funds.has(change.accountId) })),
  );
  draftLeaves(ctx, plan, { id, lots, subjects });
  return ok({ id, number: entryNumber(id), lots });
};

type Line = Omit<PostingPlan, 'from' | 'to'> & {
  readonly from: KnownAccount;
  readonly to: KnownAccount;
  readonly first: FirstPositions;
};

const known = (accounts: ReadonlyMap<string, KnownAccount>, spec: AccountSpec): KnownAccount => {
  const account = accounts.get(spec.code);
  if (!account) throw new Error(`account ${spec.code} is missing`);
  return account;
};

const takeFromGuards = async (
  ctx: CommandContext,
  guards: readonly GuardState[],
  taken: ReadonlyMap<string, bigint>,
  lines: readonly Line[],
): Promise<Result<null>> => {
  // What the same entry brings into an account counts for what it takes from it (a chain through one account).
  const broughtIn = (code: string): bigint =>
    sumMinor(lines.filter(({ to }) => to.code === code).map(({ amountMinor }) => amountMinor));
  for (const guard of guards) {
    const asked = taken.get(guard.code) ?? 0n;
    const inMinor = guard.inMinor + broughtIn(guard.code);
    const allowed = decideOutflow(guard.class, inMinor - guard.outMinor, asked);
    if (!allowed.ok) return allowed;
    await advanceGuard(ctx.trx, { ...guard, inMinor }, asked);
  }
  return ok(null);
};

const chooseLots = async (ctx: CommandContext, lines: readonly Line[]): Promise<Result<LotShare[][]>> => {
  const chosen: LotShare[][] = [];
  for (const line of lines) {
    const shares = line.lots === undefined ? [] : await sharesFor(ctx, line, line.lots, lines, chosen);
    if (shares === null)
      return refuse(line.from.class === 'unallocated' ? 'exceeds_unallocated' : 'account_overdrawn', {
        askedMinor: line.amountMinor,
      });
    if (line.lots !== undefined && !sharesMakeUp(shares, line.amountMinor))
      throw new RangeError(`the lots of ${line.from.code} → ${line.to.code} do not make up the posting`);
    chosen.push(shares);
  }
  return ok(chosen);
};

const sharesFor = async (
  ctx: CommandContext,
  line: Line,
  choice: LotChoice,
  lines: readonly Line[],
  earlier: readonly LotShare[][],
): Promise<LotShare[] | null> => {
  switch (choice.kind) {
    case 'named':
      return [...choice.shares];
    case 'named_or_stand_ins':
      return standIns(ctx.trx, line.from.id, choice.shares, earlierMoves(line.from.id, lines, earlier));
    case 'same_as':
      return [...(earlier[choice.line] ?? [])];
    case 'in_order':
      return takeInOrder(
        await nextPositions(ctx.trx, line.from.id, line.amountMinor, choice.forSegment, line.first),
        line.amountMinor,
      );
  }
};

/** What the postings whose lots are chosen already did to an account, each posting's lots by age. */
const earlierMoves = (
  accountId: bigint,
  lines: readonly Line[],
  chosen: readonly (readonly LotShare[])[],
): EarlierMoves => {
  const lotsOf = (moves: (line: Line) => boolean): LotShare[] =>
    chosen.flatMap((shares, at) => {
      const line = lines[at];
      return line && moves(line) ? shares.toSorted((a, b) => (a.lotId < b.lotId ? -1 : 1)) : [];
    });
  return {
    taken: lotsOf((line) => line.from.id === accountId),
    brought: lotsOf((line) => line.to.id === accountId),
  };
};

/**
 * Holds accounts with a floor still to the end of the transaction: nothing leaves them but by the caller. For acts
 * that must look where money lies before they can say what moves. Money coming in is not held up.
 */
export const lockAccounts = (ctx: CommandContext, accountIds: readonly bigint[]): Promise<void> =>
  lockGuards(ctx.trx, accountIds);

const GIFT_KINDS: ReadonlySet<EntryKind> = new Set(['gift_received', 'refund_reserved', 'refund_sent']);

const draftLeaves = (
  ctx: CommandContext,
  plan: EntryPlan,
  written: {
    readonly id: bigint;
    readonly lots: readonly (readonly LotShare[])[];
    readonly subjects: ReadonlyMap<bigint, string>;
  },
): void => {
  const { id, lots, subjects } = written;
  const leafLots: LeafLot[] = plan.postings.flatMap((posting, index) =>
    (lots[index] ?? []).map((share) => ({
      gift: subjects.get(share.lotId) ?? '',
      from: posting.from.code,
      to: posting.to.code,
      amountMinor: share.amountMinor,
    })),
  );
  const number = entryNumber(id);
  const instant = ctx.now.toISOString();
  ctx.publish(
    entryLeaf({
      number,
      kind: plan.kind,
      date: plan.date,
      // The second of a small gift could tell who gave it: the day is enough.
      recorded: GIFT_KINDS.has(plan.kind) ? instant.slice(0, 10) : `${instant.slice(0, 19)}Z`,
      campaign: plan.campaign.slug,
      reverses: plan.reverses ? entryNumber(plan.reverses.entryId) : null,
      subject: plan.subject,
      postings: plan.postings.map((posting) => ({
        book: posting.from.book,
        from: posting.from.code,
        to: posting.to.code,
        amountMinor: posting.amountMinor,
        currency: plan.campaign.currency,
      })),
      lots: leafLots.length <= LOTS_PER_LEAF ? leafLots : undefined,
      commitments: plan.commitments,
    }),
  );
  if (leafLots.length > LOTS_PER_LEAF)
    for (const leaf of lotLeaves({ number, campaign: plan.campaign.slug }, leafLots)) ctx.publish(leaf);
};

/**
 * Undoes an entry by its exact mirror, dated in an open period even when the original's is closed. A gift that has
 * gone back to its giver since is replaced by what stands in its place. Refuses `already_reversed`,
 * `reason_required`, and by the account's name when the money has moved on.
 */
export const reverse = async (
  ctx: CommandContext,
  campaign: CampaignBooks,
  entryId: bigint,
  date: string,
  reason: string,
): Promise<Result<PostedEntry>> => {
  if (reason.trim() === '') return refuse('reason_required');
  const found = await findEntry(ctx.trx, entryId);
  if (!found || found.entry.campaign_id !== campaign.id) return refuse('not_found');
  // Two at once pass here; the unique reversal of the schema lets one of them through.
  if (found.reversed) return refuse('already_reversed');
  return post(ctx, {
    kind: 'reversal',
    campaign,
    subjectKind: found.entry.subject_kind,
    subject: found.entry.subject,
    date,
    reverses: { entryId, reason },
    postings: found.postings.map((posting) => ({
      from: spec(posting.book, posting.debit_class, posting.debit_code, posting.debit_subject),
      to: spec(posting.book, posting.credit_class, posting.credit_code, posting.credit_subject),
      amountMinor: posting.amount_minor,
      ...(posting.book === 'purpose' && {
        lots: {
          kind: 'named_or_stand_ins' as const,
          shares: found.lots
            .filter((lot) => lot.line_no === posting.line_no)
            .map((lot) => ({ lotId: lot.lot_id, amountMinor: lot.amount_minor })),
        },
      }),
    })),
  });
};

const spec = (book: string, accountClass: string, code: string, subject: string): AccountSpec => ({
  book: book as Book,
  class: accountClass as AccountClass,
  code,
  subject,
});

export type LotPlan = {
  readonly kind: 'gift' | 'shortfall';
  readonly subject: string;
  readonly campaign: CampaignBooks;
  readonly amountMinor: bigint;
  readonly receivedOn: string;
  readonly designation: string | null;
};

/** Makes a cleared gift traceable; call it just before posting its `gift_received`. */
export const openLot = async (ctx: CommandContext, lot: LotPlan): Promise<bigint> =>
  lotOpened(ctx, await lotToOpen(ctx, lot).execute(), lot);

/** The same as a statement that can travel with others; `lotOpened` reads its answer. */
export const lotToOpen = (ctx: CommandContext, lot: LotPlan) =>
  insertLotQuery(ctx.trx, { ...lot, campaignId: lot.campaign.id });

export const lotOpened = async (
  ctx: CommandContext,
  made: readonly { readonly id: bigint }[],
  lot: LotPlan,
): Promise<bigint> => made[0]?.id ?? lotAgain(ctx.trx, lot);
