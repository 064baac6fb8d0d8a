import { staffIdOf } from '../auth/roles.rules';
import { findCampaign } from '../campaigns/campaign.store';
import { defineCommand, type CommandContext } from '../context';
import { ok, refuse, type Result } from '../shared/result';
import { accountingDate } from '../shared/time';
import { dropRuleForm, lockMatchesForm, makeMatchForm, undoMatchForm, type MatchPart } from './bank.form';
import { decideMatch, exchangeOf, isLearned, wordingKey } from './match-parts.rules';
import { dayOfMatch, doPart } from './match-parts.commands';
import { undoPart } from './match-undo.commands';
import {
  findBankAccount,
  insertMatch,
  insertParts,
  learnRule,
  lineIdsOf,
  lockLines,
  lockMatch,
  nextMatchCode,
  partsOf,
  setMatch,
  unlearnRule,
  type BankAccountRow,
  type DonePart,
  type LockedLine,
} from './match.store';

type SeenLine = { readonly id: bigint; readonly version: number };

/** The lines as the person saw them, locked; or why their screen is old. */
const linesAsSeen = async (
  ctx: CommandContext,
  account: BankAccountRow,
  seen: readonly SeenLine[],
): Promise<Result<LockedLine[]>> => {
  const lines = await lockLines(
    ctx.trx,
    account.id,
    seen.map((line) => line.id),
  );
  if (lines.length !== seen.length) return refuse('not_found', {}, 'lines');
  const version = new Map(seen.map((line) => [line.id, line.version]));
  return lines.some((line) => version.get(line.id) !== line.version)
    ? refuse('line_changed_since_seen', {}, 'lines')
    : ok(lines);
};

/**
 * Says what bank lines were: gifts, promises kept, payments, the bank's own charges and interest, transfers between our
 * accounts, or money nobody knows yet. n lines to m things whose sums agree; books everything in one go.
 *
 * Refuses `line_changed_since_seen`, `already_matched`, `amounts_differ` and whatever each of the things refuses.
 */
export const makeMatch = defineCommand({
  name: 'match.make',
  permission: 'match:make',
  events: [
    'line_matched',
    'donation_cleared',
    'pledge_applied',
    'payout_matched',
    'disbursement_paid',
    'disbursement_bounced',
  ],
  input: makeMatchForm,
  run: async (ctx, input) => {
    const account = await findBankAccount(ctx.trx, input.account);
    const campaign = account && (await findCampaign(ctx.trx, { id: account.campaignId }));
    if (!account || !campaign) return refuse('not_found', {}, 'account');
    const found = await linesAsSeen(ctx, account, input.lines);
    if (!found.ok) return found;
    const lines = found.value;
    const [first] = lines;
    if (!first) return refuse('not_found', {}, 'lines');
    if (lines.some((line) => line.matchId !== null)) return refuse('already_matched');
    const allowed = decideMatch(lines, input.parts);
    if (!allowed.ok) return allowed;

    const today = accountingDate(ctx.now, campaign.timeZone);
    const on = await dayOfMatch(ctx, campaign, first.bookedOn, today);
    const frame = {
      campaign,
      account,
      code: await nextMatchCode(ctx.trx),
      bookedOn: first.bookedOn,
      on,
      bankReference: `${account.code} ${first.bookedOn} #${first.id}`,
      exchangeMinor: exchangeOf(input.parts),
    };
    const done: DonePart[] = [];
    // Always in the same order, so that two matches that share a thing wait for each other instead of blocking.
    for (const part of [...input.parts].sort((a, b) => lockKey(a).localeCompare(lockKey(b)))) {
      const one = await doPart(ctx, frame, part);
      if (!one.ok) return one;
      done.push(one.value);
    }
    const rule = await learnFrom(ctx, account, lines, input.parts);
    const id = ctx.newId();
    await insertMatch(ctx.trx, {
      id,
      code: frame.code,
      accountId: account.id,
      on,
      by: staffIdOf(ctx.actor),
      inBulk: input.inBulk,
      reasons: input.reasons,
      ruleId: rule?.id ?? null,
      lines,
    });
    await insertParts(ctx.trx, id, done);
    ctx.record({
      event: 'line_matched',
      subjectKind: 'bank_match',
      subjectId: frame.code,
      details: {
        lines: lines.map((line) => String(line.id)).join(' '),
        parts: done
          .map(({ part, subject }) => `${part.kind}${subject === null ? '' : ` ${subject}`}`)
          .join(', '),
        amountMinor: lines.reduce((sum, line) => sum + line.amountMinor, 0n),
        inBulk: input.inBulk,
        ruleTimes: rule?.times ?? null,
      },
    });
    return ok({ match: frame.code, learned: rule?.times ?? null });
  },
});

const lockKey = (part: MatchPart): string => `${part.kind} ${'subject' in part ? part.subject : ''}`;

/** One line that was one of the bank's own things teaches a rule for the next line of the same wording. */
const learnFrom = async (
  ctx: CommandContext,
  account: BankAccountRow,
  lines: readonly LockedLine[],
  parts: readonly MatchPart[],
): Promise<{ readonly id: bigint; readonly times: number } | null> => {
  const [line, ...otherLines] = lines;
  const [part, ...otherParts] = parts;
  if (!line || !part || otherLines.length > 0 || otherParts.length > 0 || !isLearned(part.kind)) return null;
  const [counterparty, memo] = [wordingKey(line.counterparty), wordingKey(line.memo)];
  if (counterparty === '' && memo === '') return null;
  return learnRule(ctx.trx, {
    accountId: account.id,
    inward: line.amountMinor > 0n,
    counterparty,
    memo,
    makes: part.kind,
    otherAccount: part.kind === 'own_transfer' ? part.subject : null,
  });
};

/**
 * Undoes a match by reversing entries in the open period: its lines wait again, its gifts and payments stand where they
 * stood before. Refuses `exceeds_unallocated` when a gift's money has gone to a road meanwhile, `match_locked` unless a
 * checker asks, and `line_changed_since_seen`.
 */
export const undoMatch = defineCommand({
  name: 'match.undo',
  permission: 'match:undo',
  events: ['match_undone', 'pledge_applied', 'payout_unmatched'],
  input: undoMatchForm,
  run: async (ctx, input) => {
    const match = await lockMatch(ctx.trx, input.match);
    if (!match) return refuse('not_found', {}, 'match');
    if (match.undone_at !== null) return refuse('already_reversed');
    const isChecker = ctx.actor.kind === 'person' && ctx.actor.roles.includes('approver');
    if (match.locked_at !== null && !isChecker) return refuse('match_locked');
    const account = await findBankAccount(ctx.trx, match.account);
    const campaign = account && (await findCampaign(ctx.trx, { id: account.campaignId }));
    if (!account || !campaign) return refuse('not_found');
    const ids = await lineIdsOf(ctx.trx, match.id);
    if (ids.length !== input.seen.length) return refuse('line_changed_since_seen');
    const lines = await linesAsSeen(ctx, account, input.seen);
    if (!lines.ok) return lines;
    const on = accountingDate(ctx.now, campaign.timeZone);
    for (const part of await partsOf(ctx.trx, match.id)) {
      const undone = await undoPart(ctx, { campaign, on, reason: input.reason, code: match.code }, part);
      if (!undone.ok) return undone;
      if (undone.value !== null)
        await ctx.trx
          .updateTable('bank_match_part')
          .set({ undo_entry_id: undone.value })
          .where('match_id', '=', match.id)
          .where('part_no', '=', part.part_no)
          .execute();
    }
    await setMatch(ctx.trx, ids, null);
    await ctx.trx
      .updateTable('bank_match')
      .set({
        undone_by: staffIdOf(ctx.actor),
        undone_at: ctx.now,
        undone_because: input.reason,
        locked_by: null,
        locked_at: null,
      })
      .where('id', '=', match.id)
      .execute();
    if (match.rule_id !== null) await unlearnRule(ctx.trx, match.rule_id);
    ctx.record({
      event: 'match_undone',
      subjectKind: 'bank_match',
      subjectId: match.code,
      details: { reason: input.reason },
    });
    return ok({ match: match.code });
  },
});

/** The second person has looked at matches and locks them; nobody locks their own. */
export const lockMatches = defineCommand({
  name: 'match.lock',
  permission: 'match:lock',
  events: ['match_locked'],
  input: lockMatchesForm,
  run: async (ctx, input) => {
    for (const code of [...input.matches].sort()) {
      const match = await lockMatch(ctx.trx, code);
      if (!match) return refuse('not_found', {}, 'match');
      if (match.undone_at !== null || match.locked_at !== null)
        return refuse('changed_since_seen', { match: code });
      if (match.made_by === staffIdOf(ctx.actor)) return refuse('maker_is_checker', { match: code });
      await ctx.trx
        .updateTable('bank_match')
        .set({ locked_by: staffIdOf(ctx.actor), locked_at: ctx.now })
        .where('id', '=', match.id)
        .execute();
      ctx.record({ event: 'match_locked', subjectKind: 'bank_match', subjectId: code });
    }
    return ok({ locked: input.matches.length });
  },
});

/** A rule that learned the wrong thing is switched off; the next match of that wording starts it afresh. */
export const dropRule = defineCommand({
  name: 'match.drop_rule',
  permission: 'match:make',
  events: ['match_rule_dropped'],
  input: dropRuleForm,
  run: async (ctx, input) => {
    const dropped = await ctx.trx
      .updateTable('match_rule')
      .set({ off_at: ctx.now, off_by: staffIdOf(ctx.actor), times: 1 })
      .where('id', '=', input.rule)
      .where('off_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (!dropped) return refuse('not_found', {}, 'rule');
    ctx.record({ event: 'match_rule_dropped', subjectKind: 'match_rule', subjectId: String(input.rule) });
    return ok({ rule: input.rule });
  },
});
