import { staffIdOf } from '../auth/roles.rules';
import { defineCommand, type CommandContext } from '../context';
import { ok, refuse, type Result } from '../shared/result';
import { assess } from './assess.rules';
import { bookFailed, bookSent } from './book.commands';
import {
  explainFindingForm,
  readPayoutAgainForm,
  recordPayoutForm,
  type RecordedPayout,
} from './payout.form';
import { decidePayoutMove } from './payout.rules';
import {
  changePayout,
  explainFindingRow,
  insertPayout,
  insertReading,
  linesElsewhere,
  lockPayout,
  openFindings,
  type PayoutRow,
} from './payout.store';
import { tiesOf } from './tie.store';

/**
 * Takes in a payout as the provider shows it now: its state, and its list once that is complete. A list without a
 * finding is booked at once; one with findings waits for people. Safe to repeat: what is booked is not read again.
 */
export const recordPayout = defineCommand({
  name: 'payout.record',
  permission: 'stripe:work',
  events: ['payout_recorded', 'payout_read', 'payout_booked', 'payout_failed'],
  input: recordPayoutForm,
  run: async (ctx, input) => {
    await insertPayout(ctx.trx, { id: ctx.newId(), ...input });
    const payout = await lockPayout(ctx.trx, { providerId: input.providerId });
    if (!payout) return refuse('not_found');
    if (payout.amountMinor !== input.amountMinor || payout.currency !== input.currency)
      return refuse('amounts_differ', { knownMinor: payout.amountMinor, seenMinor: input.amountMinor });
    const read =
      input.list !== null && payout.bookedOn === null ? await readList(ctx, payout, input) : payout;
    const booked = await bookIfClear(ctx, read);
    if (!booked.ok) return booked;
    const moved = await follow(ctx, booked.value, input);
    if (!moved.ok) return moved;
    ctx.record({
      event: 'payout_recorded',
      subjectKind: 'payout',
      subjectId: payout.code,
      details: { state: input.state, amountMinor: input.amountMinor },
    });
    return ok({ code: payout.code, status: moved.value, booked: booked.value.bookedOn !== null });
  },
});

const readList = async (
  ctx: CommandContext,
  payout: PayoutRow,
  { list }: RecordedPayout,
): Promise<PayoutRow> => {
  const { lines, history } = list ?? { lines: [], history: [] };
  const all = [...lines, ...history];
  const found = assess(
    payout,
    lines,
    history,
    await tiesOf(ctx.trx, all),
    await linesElsewhere(
      ctx.trx,
      payout.id,
      all.map((line) => line.providerLineId),
    ),
  );
  const reading = payout.reading + 1;
  await insertReading(ctx.trx, payout.id, reading, found.lines, found.findings, found.netMinor, ctx.now);
  ctx.record({
    event: 'payout_read',
    subjectKind: 'payout',
    subjectId: payout.code,
    details: { reading, lines: lines.length, findings: found.findings.length },
  });
  return { ...payout, reading };
};

/** Books a payout whose list is read and explained; a manual one has no list to wait for. */
const bookIfClear = async (ctx: CommandContext, payout: PayoutRow): Promise<Result<PayoutRow>> => {
  if (payout.bookedOn !== null || payout.status === 'failed') return ok(payout);
  if (payout.automatic && (payout.reading === 0 || (await openFindings(ctx.trx, payout)) > 0))
    return ok(payout);
  const booked = await bookSent(ctx, payout);
  // What cannot be booked yet stays recorded and visible: the queue of exceptions shows it.
  if (!booked.ok) return booked.refusal.name === 'not_found' ? booked : ok(payout);
  return ok((await lockPayout(ctx.trx, { code: payout.code })) ?? payout);
};

const follow = async (
  ctx: CommandContext,
  payout: PayoutRow,
  seen: RecordedPayout,
): Promise<Result<PayoutRow['status']>> => {
  const notes = { arrivesOn: seen.arrivesOn, trace: seen.trace, failure: seen.failure };
  if (seen.state === 'failed' && payout.status !== 'failed') {
    const to = decidePayoutMove(payout.status, 'fail');
    if (!to.ok) return to;
    const back = await bookFailed(ctx, payout);
    if (!back.ok) return back;
    await changePayout(ctx.trx, payout.id, { ...notes, status: to.value });
    ctx.record({
      event: 'payout_failed',
      subjectKind: 'payout',
      subjectId: payout.code,
      details: { failure: seen.failure },
    });
    return ok(to.value);
  }
  const status = seen.state === 'paid' && payout.status === 'expected' ? 'paid' : payout.status;
  await changePayout(ctx.trx, payout.id, { ...notes, status });
  return ok(status);
};

/**
 * A person says what a finding is. The last explanation books the payout: strange lines as money nobody has
 * identified, differing fees as the account's own cost, so that the bank line can be matched to the fen.
 */
export const explainFinding = defineCommand({
  name: 'payout.explain',
  permission: 'payout:explain',
  events: ['payout_finding_explained', 'payout_booked'],
  input: explainFindingForm,
  run: async (ctx, input) => {
    const payout = await lockPayout(ctx.trx, { code: input.payout });
    if (!payout) return refuse('not_found', {}, 'payout');
    if (payout.reading !== input.reading) return refuse('changed_since_seen');
    const by = staffIdOf(ctx.actor);
    if (by === null) return refuse('not_permitted');
    if (!(await explainFindingRow(ctx.trx, payout, input.finding, { by, at: ctx.now, words: input.reason })))
      return refuse('changed_since_seen');
    ctx.record({
      event: 'payout_finding_explained',
      subjectKind: 'payout',
      subjectId: payout.code,
      details: { finding: input.finding, reason: input.reason },
    });
    const booked = await bookIfClear(ctx, payout);
    return booked.ok ? ok({ code: payout.code, booked: booked.value.bookedOn !== null }) : booked;
  },
});

/** Asks the provider for a payout's list once more, after something was set right on either side. */
export const readPayoutAgain = defineCommand({
  name: 'payout.read_again',
  permission: 'payout:match',
  events: ['payout_asked_again'],
  input: readPayoutAgainForm,
  run: async (ctx, input) => {
    const payout = await lockPayout(ctx.trx, { code: input.payout });
    if (!payout) return refuse('not_found', {}, 'payout');
    if (payout.bookedOn !== null)
      return refuse('illegal_state_change', { from: payout.status, event: 'read_again' });
    ctx.enqueue({ task: 'payout_read', payload: { payout: payout.code }, key: `payout_read:${payout.code}` });
    ctx.record({ event: 'payout_asked_again', subjectKind: 'payout', subjectId: payout.code });
    return ok({ code: payout.code });
  },
});
