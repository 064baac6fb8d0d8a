import 'server-only';
import type { Actor } from '../auth/roles.rules';
import { runCommand } from '../command';
import type { Around } from '../payments/stripe-event.flow';
import type { Provided } from '../payments/stripe-trouble.rules';
import type { PayoutLine, PayoutView } from '../payments/stripe-view.rules';
import { contentHash } from '../shared/canonical';
import { ok, type Result } from '../shared/result';
import { accountingDate } from '../shared/time';
import { BOOK_TIME_ZONE } from '../i18n/format';
import type { ListedLine } from './assess.rules';
import type { RecordedPayout } from './payout.form';
import { recordPayout } from './payout.commands';
import { homeOf } from './payout.rules';
import { payoutReadState, payoutsToFollow } from './payout.queries';

const STRIPE: Actor = { kind: 'system', name: 'stripe' };
const DAY_MS = 86_400_000;
/** A payout counts as paid or failed for good some days after its arrival; until then it is looked at again. */
const SINCE_MS = 40 * DAY_MS;

type Taken = { readonly code: string; readonly status: string; readonly booked: boolean };

/**
 * Reads a payout at the provider, with its list and the history beside it when the list is complete and not booked
 * yet, and records what was seen. Called for every event about it and by the sweep, in any order and as often as they
 * like. Refuses by the provider's trouble when it cannot be asked.
 */
export const takePayout = async (providerId: string, { gateway, db }: Around): Promise<Result<Taken>> => {
  const seen = await gateway.getPayout(providerId);
  if (!seen.ok) return { ok: false, refusal: seen.refusal };
  const known = await payoutReadState(providerId, db);
  const wanted = seen.value.automatic && seen.value.reconciled && !(known?.booked ?? false);
  const list = wanted ? await readList(seen.value, { gateway, db }) : null;
  if (list !== null && !list.ok) return { ok: false, refusal: list.refusal };
  const input = recorded(seen.value, list?.value ?? null);
  return runCommand(recordPayout, input, STRIPE, {
    key: `payout:${contentHash({ input, reading: known?.reading ?? 0 }).slice(0, 60)}`,
    db,
  });
};

const STATES: Readonly<Record<PayoutView['status'], RecordedPayout['state']>> = {
  pending: 'expected',
  in_transit: 'expected',
  unknown: 'expected',
  paid: 'paid',
  failed: 'failed',
  canceled: 'failed',
};

const recorded = (payout: PayoutView, list: RecordedPayout['list']): RecordedPayout => ({
  providerId: payout.id,
  state: STATES[payout.status],
  automatic: payout.automatic,
  currency: payout.currency,
  amountMinor: payout.amountMinor,
  madeOn: accountingDate(payout.createdAt, BOOK_TIME_ZONE),
  arrivesOn: payout.arrivalDate,
  trace: payout.traceId,
  failure: payout.failureCode ?? (payout.status === 'canceled' ? 'canceled' : null),
  list,
});

const readList = async (
  payout: PayoutView,
  { gateway }: Around,
): Promise<Provided<NonNullable<RecordedPayout['list']>>> => {
  const lines = await collect(gateway.listPayoutTransactions(payout.id));
  if (!lines.ok) return lines;
  const first = lines.value.reduce(
    (earliest, line) => (line.createdAt < earliest ? line.createdAt : earliest),
    payout.createdAt,
  );
  const history = await collect(
    gateway.listBalanceTransactions(new Date(first.getTime() - 3 * DAY_MS), payout.createdAt),
  );
  if (!history.ok) return history;
  return {
    ok: true,
    value: {
      lines: lines.value.map(listed),
      history: history.value.filter((line) => isDue(line, payout)).map(listed),
    },
  };
};

/** Money that could go out with this payout; payouts themselves are lines of their own kind. */
const isDue = (line: PayoutLine, payout: PayoutView): boolean =>
  line.currency === payout.currency &&
  line.availableOn <= payout.createdAt &&
  line.createdAt < payout.createdAt &&
  homeOf(line.type, line.category) !== 'payout';

const listed = (line: PayoutLine): ListedLine => ({
  providerLineId: line.transactionId,
  type: line.type,
  category: line.category,
  currency: line.currency,
  grossMinor: line.grossMinor,
  feeMinor: line.feeMinor,
  netMinor: line.netMinor,
  sourceId: line.sourceId,
  madeAt: line.createdAt,
});

const collect = async (
  items: AsyncGenerator<Provided<PayoutLine>, void>,
): Promise<Provided<PayoutLine[]>> => {
  const all: PayoutLine[] = [];
  for await (const item of items) {
    if (!item.ok) return item;
    all.push(item.value);
  }
  return { ok: true, value: all };
};

/** Finds payouts of which no event has told, and looks again at those that are not finished. */
export const sweepPayouts = async (
  around: Around,
  now: Date = new Date(),
): Promise<{ readonly taken: number; readonly interrupted: boolean }> => {
  const ids = new Set(await payoutsToFollow(around.db));
  let interrupted = false;
  for await (const payout of around.gateway.listPayoutsSince(new Date(now.getTime() - SINCE_MS)))
    if (!payout.ok) interrupted = true;
    else if ((await payoutReadState(payout.value.id, around.db)) === null) ids.add(payout.value.id);
  let taken = 0;
  for (const id of ids) {
    const one = await takePayout(id, around);
    if (one.ok) taken += 1;
    else interrupted = true;
  }
  return { taken, interrupted };
};

/** Reads one payout again by its number. */
export const readAgain = async (code: string, around: Around): Promise<Result<{ readonly code: string }>> => {
  const state = await payoutReadState(code, around.db);
  if (state === null) return ok({ code });
  const taken = await takePayout(state.providerId, around);
  return taken.ok ? ok({ code: taken.value.code }) : taken;
};
