import { staffIdOf } from '../auth/roles.rules';
import { findCampaign } from '../campaigns/campaign.store';
import { defineCommand } from '../context';
import { allocated, committed } from '../ledger/accounts.rules';
import { post } from '../ledger/ledger.commands';
import { publishSegmentAct } from '../segments/segment-move.commands';
import { lockSegment } from '../segments/segment.store';
import { ok, refuse } from '../shared/result';
import { contractEndForm } from './contract.form';
import { lockContract } from './contract.store';

/**
 * Ends a contract of a suspended road before its works are done: what is neither certified nor paid returns to the
 * road. The one who ends it is not the one who proposed it.
 */
export const endContract = defineCommand({
  name: 'contract.end',
  permission: 'contract:approve',
  events: ['contract_ended'],
  input: contractEndForm,
  run: async (ctx, input) => {
    const contract = await lockContract(ctx.trx, input.contract);
    if (!contract) return refuse('not_found', {}, 'contract');
    if (contract.status !== 'signed') return refuse('illegal_state_change', { from: contract.status });
    const person = staffIdOf(ctx.actor);
    if (person === contract.proposed_by) return refuse('maker_is_checker');
    const segment = await lockSegment(ctx.trx, { id: contract.segment_id });
    const campaign = await findCampaign(ctx.trx, { id: contract.campaign_id });
    if (!segment || !campaign) return refuse('not_found');
    if (segment.status !== 'suspended') return refuse('illegal_state_change', { from: segment.status });
    const { balance_minor: restMinor } = (await ctx.trx
      .selectFrom('account_balance')
      .select('balance_minor')
      .where('code', '=', committed(contract.code).code)
      .executeTakeFirst()) ?? { balance_minor: 0n };
    let number: string | null = null;
    if (restMinor > 0n) {
      const entry = await post(ctx, {
        kind: 'contract_ended',
        campaign,
        subjectKind: 'contract',
        subject: contract.code,
        date: input.on,
        postings: [
          {
            from: committed(contract.code),
            to: allocated(segment.code),
            amountMinor: restMinor,
            lots: { kind: 'in_order' },
          },
        ],
      });
      if (!entry.ok) return entry;
      number = entry.value.number;
    }
    await ctx.trx
      .updateTable('contract')
      .set({ status: 'cancelled' })
      .where('id', '=', contract.id)
      .execute();
    ctx.record({
      event: 'contract_ended',
      subjectKind: 'contract',
      subjectId: contract.code,
      details: { reason: input.reason, returnedMinor: restMinor, entry: number },
    });
    publishSegmentAct(ctx, campaign, {
      event: 'contract_ended',
      subject: contract.code,
      on: input.on,
      facts: { segment: segment.code, returned: restMinor, currency: campaign.currency },
    });
    return ok({ code: contract.code, returnedMinor: restMinor });
  },
});
