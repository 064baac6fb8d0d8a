import { accountIdOf } from '../auth/roles.rules';
import { defineCommand } from '../context';
import { forgetSeals } from '../donations/seal.commands';
import { sealStubs } from '../receipts/stub.store';
import { ok, refuse } from '../shared/result';
import {
  dropTheirMail,
  emptyBankLines,
  eraseAccount,
  eraseDonors,
  eraseRecognitions,
  eraseSoftCredits,
  isStaff,
} from './forget.store';
import { forgetForm } from './giver.form';
import { ownDonors } from './own.store';

/**
 * A giver asks to be forgotten (个人信息保护法 art 47; GDPR art 17). Values and salts go; ledger, lots and log are not
 * touched and every proof still verifies, because none of them ever held a personal value.
 *
 * Kept, and told before: the name on issued receipts, encrypted (stub.store.ts), and the files the bank sent us.
 */
export const forgetMe = defineCommand({
  name: 'donor.forget',
  permission: 'donor:own',
  events: ['donor_forgotten'],
  input: forgetForm,
  run: async (ctx) => {
    const account = accountIdOf(ctx.actor);
    if (account === null) return refuse('not_signed_in');
    if (ctx.actor.kind === 'person' || (await isStaff(ctx.trx, account))) return refuse('account_of_staff');
    const donors = await ownDonors(ctx.trx, account);
    if (donors.length > 0) {
      for (const donor of donors) await forgetSeals(ctx, donor);
      await sealStubs(ctx.trx, donors);
      await emptyBankLines(ctx.trx, donors);
      await eraseSoftCredits(ctx.trx, donors);
      await eraseRecognitions(ctx.trx, donors, ctx.now);
      await eraseDonors(ctx.trx, donors, ctx.now);
    }
    await dropTheirMail(ctx.trx, donors, account);
    await eraseAccount(ctx.trx, account, ctx.now);
    ctx.record({
      event: 'donor_forgotten',
      subjectKind: 'person',
      subjectId: account,
      details: { records: donors.length },
    });
    return ok({ records: donors.length });
  },
});
