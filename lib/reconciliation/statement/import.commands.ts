import { staffIdOf } from '../../auth/roles.rules';
import { defineCommand, type CommandContext } from '../../context';
import { ok, refuse } from '../../shared/result';
import { addDays } from '../../shared/time';
import {
  answerHeldForm,
  cancelImportForm,
  confirmColumnsForm,
  endImportForm,
  handInForm,
  storeStatementForm,
  type LineToStore,
  type StatementToStore,
} from '../bank.form';
import { findBankAccount } from '../match.store';
import { planImport, type ReadyLine } from './import.rules';
import {
  cancelAsked,
  fingerprintOf,
  insertLines,
  knownLines,
  lockAccountForImport,
  lockImport,
  nextImportCode,
} from './import.store';
import { tellProgress } from './progress';

const queue = (ctx: CommandContext, code: string): void =>
  ctx.enqueue({ task: 'statement_import', payload: { import: code }, key: `statement_import:${code}` });

/** Hands in a bank file that is kept already; it is read by the worker, or first waits for its columns to be confirmed. */
export const handInStatement = defineCommand({
  name: 'statement.hand_in',
  permission: 'statement:import',
  events: ['statement_handed_in'],
  input: handInForm,
  run: async (ctx, input) => {
    const account = await findBankAccount(ctx.trx, input.account);
    if (!account) return refuse('not_found', {}, 'account');
    const code = await nextImportCode(ctx.trx);
    await ctx.trx
      .insertInto('bank_import')
      .values({
        id: ctx.newId(),
        code,
        account_id: account.id,
        file_sha256: input.sha256,
        file_name: input.fileName,
        size_bytes: input.sizeBytes,
        status: input.asking ? 'asking' : 'waiting',
        uploaded_by: staffIdOf(ctx.actor),
      })
      .execute();
    if (!input.asking) queue(ctx, code);
    ctx.record({
      event: 'statement_handed_in',
      subjectKind: 'bank_import',
      subjectId: code,
      details: { account: input.account, sha256: input.sha256 },
    });
    return ok({ import: code });
  },
});

/** A person has looked at the preview and says which column is what; kept for the account's next file of that header. */
export const confirmColumns = defineCommand({
  name: 'statement.confirm_columns',
  permission: 'statement:import',
  events: ['statement_columns_confirmed'],
  input: confirmColumnsForm,
  run: async (ctx, input) => {
    const found = await lockImport(ctx.trx, input.import);
    if (!found) return refuse('not_found', {}, 'import');
    if (found.status !== 'asking' && found.status !== 'refused') return refuse('import_over');
    await ctx.trx
      .insertInto('column_mapping')
      .values({
        account_id: found.account_id,
        mapping: JSON.stringify(input.mapping),
        saved_by: staffIdOf(ctx.actor),
      })
      .execute();
    await ctx.trx
      .updateTable('bank_import')
      .set({ status: 'waiting', ended_at: null })
      .where('id', '=', found.id)
      .execute();
    queue(ctx, found.code);
    ctx.record({ event: 'statement_columns_confirmed', subjectKind: 'bank_import', subjectId: found.code });
    return ok({ import: found.code });
  },
});

/** Answers what was asked about held lines. The file is read again with the answer; what is known stays known. */
export const answerHeld = defineCommand({
  name: 'statement.answer_held',
  permission: 'statement:import',
  events: ['statement_question_answered'],
  input: answerHeldForm,
  run: async (ctx, input) => {
    const found = await lockImport(ctx.trx, input.import);
    if (!found) return refuse('not_found', {}, 'import');
    if (found.status !== 'done') return refuse('import_over');
    await ctx.trx
      .updateTable('bank_import')
      .set({ status: 'waiting', options: JSON.stringify(input.options), ended_at: null })
      .where('id', '=', found.id)
      .execute();
    queue(ctx, found.code);
    ctx.record({ event: 'statement_question_answered', subjectKind: 'bank_import', subjectId: found.code });
    return ok({ import: found.code });
  },
});

/** Stops an import. One that is being written stops at the next few thousand lines, and nothing of it stays. */
export const cancelImport = defineCommand({
  name: 'statement.cancel',
  permission: 'statement:import',
  events: ['statement_cancelled'],
  input: cancelImportForm,
  run: async (ctx, input) => {
    const found = await lockImport(ctx.trx, input.import);
    if (!found) return refuse('not_found', {}, 'import');
    if (!['asking', 'waiting', 'working'].includes(found.status)) return refuse('import_over');
    const status = found.status === 'working' ? 'working' : 'cancelled';
    await ctx.trx
      .updateTable('bank_import')
      .set({ cancel_asked: true, status, ended_at: status === 'cancelled' ? ctx.now : null })
      .where('id', '=', found.id)
      .execute();
    ctx.record({ event: 'statement_cancelled', subjectKind: 'bank_import', subjectId: input.import });
    return ok({ import: input.import, status });
  },
});

/** Nothing of the file is taken in: it could not be read, or somebody cancelled. */
export const endImport = defineCommand({
  name: 'statement.end',
  permission: 'statement:store',
  events: ['statement_refused', 'statement_cancelled'],
  input: endImportForm,
  run: async (ctx, input) => {
    const { import: code, status, ...result } = input;
    const ended = await ctx.trx
      .updateTable('bank_import')
      .set({ status, result: JSON.stringify(result), ended_at: ctx.now, phase: null })
      .where('code', '=', code)
      .where('status', 'in', ['waiting', 'working'])
      .returning('id')
      .executeTakeFirst();
    if (!ended) return refuse('import_over');
    ctx.record({
      event: status === 'refused' ? 'statement_refused' : 'statement_cancelled',
      subjectKind: 'bank_import',
      subjectId: code,
      details: { reason: input.reason },
    });
    return ok({ import: code });
  },
});

const CHUNK = 4_000;
/** Lines of another route may carry a day that is a few days off. */
const AROUND_DAYS = 6;

/**
 * Writes what was read from a file: all of it or nothing. Lines the account has already, by whatever route they came,
 * are counted and left alone.
 */
export const storeStatement = defineCommand({
  name: 'statement.store',
  permission: 'statement:store',
  events: ['statement_imported'],
  input: storeStatementForm,
  run: async (ctx, input) => {
    const found = await ctx.trx
      .selectFrom('bank_import')
      .select(['id', 'code', 'account_id', 'status', 'attempt'])
      .where('code', '=', input.import)
      .executeTakeFirst();
    if (!found) return refuse('not_found', {}, 'import');
    if (found.status !== 'working') return refuse('import_over');
    await lockAccountForImport(ctx.trx, found.account_id);
    const plan = await compare(ctx, found.account_id, input);
    const home = { accountId: found.account_id, importId: found.id, route: input.route };
    const suspects = new Map(plan.suspects.map(({ line, id }) => [line.lineNo, id]));
    for (let at = 0; at < plan.fresh.length; at += CHUNK) {
      if (await cancelAsked(ctx.trx, found.id)) return refuse('import_over', { reason: 'cancelled' });
      const chunk = plan.fresh.slice(at, at + CHUNK);
      await insertLines(
        ctx.trx,
        home,
        chunk.map((line) => ({
          ...(line as unknown as LineToStore),
          suspectOf: suspects.get(line.lineNo) ?? null,
        })),
      );
      await tellProgress(found.code, 'storing', at + chunk.length, plan.fresh.length);
    }
    await writeStatements(ctx, home, input);
    await writeHeld(ctx, found, input);
    const counts = {
      fresh: plan.fresh.length,
      known: plan.known.length,
      suspects: plan.suspects.length,
      held: input.held.length,
      passedOver: input.passedOver,
      flags: input.flags,
    };
    const ended = await ctx.trx
      .updateTable('bank_import')
      .set({
        status: 'done',
        phase: null,
        format: input.format,
        result: JSON.stringify(counts),
        ended_at: ctx.now,
      })
      .where('id', '=', found.id)
      .where('status', '=', 'working')
      .where('cancel_asked', '=', false)
      .returning('id')
      .executeTakeFirst();
    if (!ended) return refuse('import_over', { reason: 'cancelled' });
    const { flags: _flags, ...details } = counts;
    ctx.record({ event: 'statement_imported', subjectKind: 'bank_import', subjectId: found.code, details });
    return ok(counts);
  },
});

/** Which lines are new. Fingerprints are compared by their hash, which is what the table keeps. */
const compare = async (ctx: CommandContext, accountId: string, input: StatementToStore) => {
  await tellProgress(input.import, 'comparing', 0, input.lines.length);
  let [from, to] = ['9999-12-31', '0001-01-01'];
  for (const line of input.lines) {
    if (line.bookedOn < from) from = line.bookedOn;
    if (line.bookedOn > to) to = line.bookedOn;
  }
  const known =
    input.lines.length === 0
      ? []
      : await knownLines(ctx.trx, accountId, addDays(from, -AROUND_DAYS), addDays(to, AROUND_DAYS));
  const lines = input.lines.map((line) => ({
    ...line,
    fingerprintText: fingerprintOf(line.fingerprintText).toString('hex'),
  }));
  return planImport(lines as unknown as ReadyLine[], input.route, known);
};

const writeStatements = async (
  ctx: CommandContext,
  home: { readonly accountId: string; readonly importId: string },
  input: StatementToStore,
): Promise<void> => {
  if (input.statements.length === 0) return;
  await ctx.trx
    .insertInto('bank_statement')
    .values(
      input.statements.slice(0, 5_000).map((one) => ({
        import_id: home.importId,
        account_id: home.accountId,
        number: one.number,
        from_on: one.from,
        to_on: one.to,
        opening_minor: one.openingMinor,
        closing_minor: one.closingMinor,
        currency: one.currency,
        adds_up: one.addsUp,
        flags: JSON.stringify(one.flags),
      })),
    )
    .execute();
};

/** More questions than this in one file mean that the file is wrong as a whole. */
const HELD_MAX = 2_000;

const writeHeld = async (
  ctx: CommandContext,
  home: { readonly id: string; readonly attempt: number },
  input: StatementToStore,
): Promise<void> => {
  if (input.held.length === 0) return;
  await ctx.trx
    .insertInto('bank_line_held')
    .values(
      input.held.slice(0, HELD_MAX).map((one) => ({
        import_id: home.id,
        attempt: home.attempt,
        line_no: one.lineNo,
        reason: one.reason,
        excerpt: one.excerpt,
        booked_on: one.bookedOn,
        amount: one.amount,
      })),
    )
    .execute();
};
