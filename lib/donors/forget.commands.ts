import { defineCommand } from '../context';
import { forgetSeals } from '../donations/seal.commands';
import { ok, refuse } from '../shared/result';
import { dropTheirMail, eraseAccount, eraseDonors, eraseRecognitions, isStaff } from './forget.store';
import { forgetForm } from './giver.form';
import { ownAccount, ownDonors } from './own.store';

/**
 * A giver asks to be forgotten (个人信息保护法 art 47; GDPR art 17). Values and salts go; ledger, lots and log are not
 * touched and every proof still verifies, because none of them ever held a personal value.
 *
 * Kept, and told before: the name printed on issued receipts. A receipt's stub is an accounting voucher, to be kept 30
 * years (会计档案管理办法, 财政部 国家档案局令第79号, annex 1; 个人信息保护法 art 47 lets such duties come first).
 */
export const forgetMe = defineCommand({
  name: 'donor.forget',
  permission: 'donor:own',
  events: ['donor_forgotten'],
  input: forgetForm,
  run: async (ctx) => {
    const account = ownAccount(ctx);
    if (account === null) return refuse('not_signed_in');
    if (ctx.actor.kind === 'person' || (await isStaff(ctx.trx, account))) return refuse('account_of_staff');
    const donors = await ownDonors(ctx.trx, account);
    if (donors.length > 0) {
      for (const donor of donors) await forgetSeals(ctx, donor);
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
