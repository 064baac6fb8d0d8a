import { z } from 'zod';
import { staffIdOf } from '../auth/roles.rules';
import { defineCommand } from '../context';
import { day } from '../shared/form-parts';
import { ok, refuse } from '../shared/result';

const said = (longest: number) => z.string().trim().max(longest, { error: 'too_long' }).nullable();
const declarationForm = z.object({ phone: said(40), bankAccount: said(60), interests: said(2000), on: day });

/** A member of staff declares their own telephone, account and interests; bidders are compared with them. */
export const declareInterests = defineCommand({
  name: 'staff.declare',
  permission: 'declaration:make',
  events: ['interests_declared'],
  input: declarationForm,
  run: async (ctx, input) => {
    const person = staffIdOf(ctx.actor);
    if (person === null) return refuse('not_permitted');
    const values = {
      phone: input.phone,
      bank_account: input.bankAccount,
      interests: input.interests,
      declared_on: input.on,
    };
    await ctx.trx
      .insertInto('staff_declaration')
      .values({ person_id: person, ...values })
      .onConflict((conflict) => conflict.column('person_id').doUpdateSet(values))
      .execute();
    // What was declared stays out of the audit trail, which everyone on the desk can read.
    ctx.record({ event: 'interests_declared', subjectKind: 'person', subjectId: person });
    return ok({ person });
  },
});
