import { staffIdOf } from '../auth/roles.rules';
import { findCampaign } from '../campaigns/campaign.store';
import { defineCommand } from '../context';
import { retentionPayable } from '../ledger/accounts.rules';
import { publishSegmentAct } from '../segments/segment-move.commands';
import { lockSegment } from '../segments/segment.store';
import { sumMinor } from '../shared/money';
import { ok, refuse } from '../shared/result';
import { enterCertificate } from './certificate.commands';
import { repairForm } from './contract.form';
import { decideRepair } from './contract.rules';
import { certificatesOf, confirmedDefect, findContractor, lockContract } from './contract.store';

/**
 * An inspector states that a confirmed defect was repaired within the warranty, and that the retention money pays
 * for it: the contractor of the contract, or whoever came instead. What is left of the retention stays for its day.
 * The payment itself is asked for and approved like every other.
 */
export const useRetention = defineCommand({
  name: 'retention.use',
  permission: 'work:certify',
  events: ['retention_used'],
  input: repairForm,
  run: async (ctx, input) => {
    const person = staffIdOf(ctx.actor);
    if (person === null) return refuse('not_permitted');
    const contract = await lockContract(ctx.trx, input.contract);
    if (!contract) return refuse('not_found', {}, 'contract');
    if (contract.status !== 'signed') return refuse('illegal_state_change', { from: contract.status });
    const segment = await lockSegment(ctx.trx, { id: contract.segment_id });
    const campaign = await findCampaign(ctx.trx, { id: contract.campaign_id });
    const paidTo = await findContractor(ctx.trx, input.paidTo);
    if (!segment || !campaign) return refuse('not_found');
    if (!paidTo) return refuse('not_found', {}, 'paidTo');
    const defect = await confirmedDefect(ctx.trx, segment.id, input.concern);
    if (!defect) return refuse('not_found', {}, 'concern');
    const earlier = await certificatesOf(ctx.trx, contract.id);
    const repairs = earlier.filter((one) => one.stage === 'repair');
    const allowed = decideRepair({
      amountMinor: input.amountMinor,
      retentionMinor: contract.retention_minor,
      usedMinor: sumMinor(repairs.map((one) => one.amountMinor)),
      retentionCertified: earlier.some((one) => one.stage === 'retention'),
      segmentStatus: segment.status,
      defectConfirmed: defect.confirmed,
      photographsOfRepair: defect.photographsSince,
    });
    if (!allowed.ok) return allowed;
    const code = `${contract.code}/K${earlier.length + 1}`;
    const entry = await enterCertificate(ctx, {
      kind: 'retention_used',
      campaign,
      contract,
      owedFrom: retentionPayable(campaign.slug),
      row: {
        code,
        stage: 'repair',
        percent: null,
        amount_minor: input.amountMinor,
        certified_on: input.on,
        certified_by: person,
        note: input.note,
        concern_id: defect.id,
        paid_to: paidTo.id,
      },
    });
    if (!entry.ok) return entry;
    ctx.record({
      event: 'retention_used',
      subjectKind: 'certificate',
      subjectId: code,
      details: { concern: input.concern, amountMinor: input.amountMinor, entry: entry.value.number },
    });
    publishSegmentAct(ctx, campaign, {
      event: 'retention_used',
      subject: code,
      on: input.on,
      facts: {
        segment: segment.code,
        contract: contract.code,
        contractor: paidTo.code,
        concern: input.concern,
        amount: input.amountMinor,
        currency: campaign.currency,
      },
    });
    return ok({ code, entry: entry.value.number });
  },
});
