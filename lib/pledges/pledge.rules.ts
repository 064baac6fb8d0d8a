import { minMinor, splitByWeight, sumMinor } from '../shared/money';
import { ok, refuse, type Result } from '../shared/result';
import { nextState, stateTable } from '../shared/state-table';
import { addMonths } from '../shared/time';

/**
 * The life of a promise (DESIGN section 5). Overdue is computed from the instalments and never a state of its own,
 * so that a late payment does not have to undo one. Money that comes after a write-off reopens the pledge first.
 */
export const PLEDGE_STATES = stateTable(
  'pledge',
  ['draft', 'open', 'partly_fulfilled', 'fulfilled', 'written_off', 'released_hardship', 'cancelled'],
  ['draft', 'open'],
  [
    ['draft', 'open', 'open'],
    ['draft', 'cancel', 'cancelled'],
    ['open', 'fulfil_part', 'partly_fulfilled'],
    ['open', 'fulfil', 'fulfilled'],
    ['partly_fulfilled', 'fulfil_part', 'partly_fulfilled'],
    ['partly_fulfilled', 'fulfil', 'fulfilled'],
    ['fulfilled', 'return_part', 'partly_fulfilled'],
    ['partly_fulfilled', 'return_part', 'partly_fulfilled'],
    ['fulfilled', 'return_all', 'open'],
    ['partly_fulfilled', 'return_all', 'open'],
    ['fulfilled', 'raise', 'partly_fulfilled'],
    ['open', 'cancel', 'cancelled'],
    ['partly_fulfilled', 'cancel', 'cancelled'],
    ['open', 'write_off', 'written_off'],
    ['partly_fulfilled', 'write_off', 'written_off'],
    ['open', 'release', 'released_hardship'],
    ['partly_fulfilled', 'release', 'released_hardship'],
    ['written_off', 'reopen', 'partly_fulfilled'],
  ],
);
export type PledgeStatus = (typeof PLEDGE_STATES.states)[number];
export type PledgeEvent = (typeof PLEDGE_STATES.edges)[number]['event'];

export type Instalment = { readonly dueOn: string; readonly amountMinor: bigint };

export const INSTALMENTS_MAX = 60;

/** A plan adds up to the promise exactly and goes forward in time; one instalment is a plan too. */
export const decideInstalments = (
  amountMinor: bigint,
  instalments: readonly Instalment[],
  pledgedOn: string,
): Result<null> => {
  const field = 'instalments';
  if (instalments.length === 0 || instalments.length > INSTALMENTS_MAX)
    return refuse('invalid_input', { reason: 'instalment_count', max: INSTALMENTS_MAX }, field);
  const sum = sumMinor(instalments.map((part) => part.amountMinor));
  if (sum !== amountMinor)
    return refuse('instalments_do_not_add_up', { sumMinor: sum, pledgedMinor: amountMinor }, field);
  for (const [index, { dueOn }] of instalments.entries()) {
    const before = index === 0 ? pledgedOn : (instalments[index - 1]?.dueOn ?? pledgedOn);
    if (dueOn < before || (index > 0 && dueOn === before))
      return refuse('invalid_input', { reason: 'dates_out_of_order' }, field);
  }
  return ok(null);
};

/** Equal parts to the fen (the first ones carry what does not divide), one every `everyMonths` months. */
export const planInstalments = (
  amountMinor: bigint,
  count: number,
  firstDue: string,
  everyMonths: number,
): Instalment[] =>
  splitByWeight(amountMinor, Array<bigint>(count).fill(1n)).map((part, index) => ({
    dueOn: addMonths(firstDue, index * everyMonths),
    amountMinor: part,
  }));

/** What is still to come. Zero for a pledge that has ended, whatever was left open. */
export const outstandingMinor = (status: PledgeStatus, pledgedMinor: bigint, appliedMinor: bigint): bigint =>
  status === 'open' || status === 'partly_fulfilled'
    ? pledgedMinor - minMinor(appliedMinor, pledgedMinor)
    : 0n;

/**
 * What a pledge adds to the pledged number: all of it while it stands, and only what was kept once it has ended.
 * A draft adds nothing.
 */
export const promisedMinor = (status: PledgeStatus, pledgedMinor: bigint, appliedMinor: bigint): bigint => {
  switch (status) {
    case 'draft':
      return 0n;
    case 'open':
    case 'partly_fulfilled':
    case 'fulfilled':
      return pledgedMinor;
    case 'written_off':
    case 'released_hardship':
    case 'cancelled':
      return minMinor(appliedMinor, pledgedMinor);
  }
};

/** What should have come by `today` and has not: instalments are fulfilled in order of their due dates. */
export const overdueMinor = (
  status: PledgeStatus,
  instalments: readonly Instalment[],
  appliedMinor: bigint,
  today: string,
): bigint => {
  if (status !== 'open' && status !== 'partly_fulfilled') return 0n;
  const due = sumMinor(instalments.filter((part) => part.dueOn < today).map((part) => part.amountMinor));
  return due > appliedMinor ? due - appliedMinor : 0n;
};

export type PledgeMove = {
  readonly event: PledgeEvent;
  readonly from: PledgeStatus;
  readonly to: PledgeStatus;
};

export type Application = { readonly applyMinor: bigint; readonly moves: readonly PledgeMove[] };

const move = (from: PledgeStatus, event: PledgeEvent): PledgeMove => {
  const to = nextState(PLEDGE_STATES, from, event);
  if (to === null) throw new RangeError(`a pledge that is ${from} cannot ${event}`);
  return { event, from, to };
};

/**
 * How much of a gift fulfils its pledge. Never more than is outstanding: what is above stays an unapplied gift
 * that the donor decides about. A cancelled or released pledge takes nothing, a written-off one is reopened.
 */
export const decideApplication = (
  status: PledgeStatus,
  pledgedMinor: bigint,
  appliedMinor: bigint,
  giftMinor: bigint,
): Application => {
  if (status === 'draft' || status === 'cancelled' || status === 'released_hardship')
    return { applyMinor: 0n, moves: [] };
  const applyMinor = minMinor(pledgedMinor - minMinor(appliedMinor, pledgedMinor), giftMinor);
  if (applyMinor === 0n) return { applyMinor, moves: [] };
  const complete = appliedMinor + applyMinor === pledgedMinor;
  const moves: PledgeMove[] = [];
  let from = status;
  if (from === 'written_off') {
    moves.push(move(from, 'reopen'));
    from = 'partly_fulfilled';
    if (!complete) return { applyMinor, moves };
  }
  moves.push(move(from, complete ? 'fulfil' : 'fulfil_part'));
  return { applyMinor, moves };
};

/**
 * How much of a returned gift the pledge loses again. What was never applied goes back first; an ended pledge
 * keeps its state.
 */
export const decideReturn = (
  status: PledgeStatus,
  appliedMinor: bigint,
  appliedOfGiftMinor: bigint,
  giftLeftMinor: bigint,
): Application => {
  const applyMinor = appliedOfGiftMinor > giftLeftMinor ? giftLeftMinor - appliedOfGiftMinor : 0n;
  if (applyMinor === 0n || (status !== 'partly_fulfilled' && status !== 'fulfilled'))
    return { applyMinor, moves: [] };
  return {
    applyMinor,
    moves: [move(status, appliedMinor + applyMinor === 0n ? 'return_all' : 'return_part')],
  };
};

/** Ends a promise: cancelled by the donor, written off, or released for hardship. Refuses once it is fulfilled. */
export const decideEnd = (
  status: PledgeStatus,
  event: 'cancel' | 'write_off' | 'release',
): Result<PledgeStatus> => {
  if (status === 'fulfilled') return refuse('pledge_settled');
  const to = nextState(PLEDGE_STATES, status, event);
  return to === null ? refuse('illegal_state_change', { from: status, event }) : ok(to);
};

/** The public number of a pledge. */
export const pledgeCode = (serial: bigint): string => `P-${serial.toString().padStart(4, '0')}`;
