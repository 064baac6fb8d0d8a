import { createHash } from 'node:crypto';
import { z } from 'zod';
import { defineCommand } from '@/lib/context';
import { ok, refuse } from '@/lib/shared/result';

/** One line comes in on an account, as if a statement of that one line had been read. */
export const lineArrives = defineCommand({
  name: 'line.arrive',
  permission: 'statement:import',
  events: ['statement_imported'],
  input: z.object({ account: z.string(), amountMinor: z.bigint(), bookedOn: z.string() }),
  run: async (ctx, input) => {
    const account = await ctx.trx
      .selectFrom('bank_account')
      .select(['id', 'currency'])
      .where('code', '=', input.account)
      .executeTakeFirst();
    if (!account) return refuse('not_found');
    const id = ctx.newId();
    const sha256 = createHash('sha256').update(id);
    const fingerprint = sha256.digest();
    const code = `I-${fingerprint.readUIntBE(0, 6)}`;
    await ctx.trx
      .insertInto('bank_import')
      .values({
        id,
        code,
        account_id: account.id,
        file_sha256: fingerprint.toString('hex'),
        file_name: 'line.csv',
        size_bytes: 1n,
        status: 'done',
      })
      .execute();
    const line = await ctx.trx
      .insertInto('bank_line')
      .values({
        account_id: account.id,
        import_id: id,
        line_no: 1,
        fingerprint,
        route: 'csv',
        booked_on: input.bookedOn,
        amount_minor: input.amountMinor,
        currency: account.currency,
        memo: '',
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    ctx.record({ event: 'statement_imported', subjectKind: 'bank_import', subjectId: code });
    return ok({ line: line.id });
  },
});
