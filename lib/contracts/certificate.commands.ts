import { staffIdOf } from '../auth/roles.rules';
import { findCampaign } from '../campaigns/campaign.store';
import { defineCommand } from '../context';
import {
  certified,
  committed,
  contractorPayable,
  retentionPayable,
  roadWorks,
} from '../ledger/accounts.rules';
import { post } from '../ledger/ledger.commands';
import { publishSegmentAct } from '../segments/segment-move.commands';
import { lockSegment } from '../segments/segment.store';
import { sumMinor } from '../shared/money';
import { ok, refuse } from '../shared/result';
import { certificateForm } from './contract.form';
import { decideCertificate, isOfWorks } from './contract.rules';
import { certificatesOf, lockContract, photographsOfWork } from './contract.store';

/**
 * An inspector states that work worth this amount, net of retention, is there. Money moves from committed to
 * certified; in the financial book the contractor is now owed it. A retention certificate releases the retention
 * money (质量保证金) after the warranty.
 */
export const certifyWork = defineCommand({
  name: 'work.certify',
  permission: 'work:certify',
  events: ['work_certified'],
  input: certificateForm,
  run: async (ctx, input) => {
    const person = staffIdOf(ctx.actor);
    if (person === null) return refuse('not_permitted');
    const contract = await lockContract(ctx.trx, input.contract);
    if (!contract) return refuse('not_found', {}, 'contract');
    if (contract.status !== 'signed') return refuse('illegal_state_change', { from: contract.status });
    const segment = await lockSegment(ctx.trx, { id: contract.segment_id });
    const campaign = await findCampaign(ctx.trx, { id: contract.campaign_id });
    if (!segment || !campaign) return refuse('not_found');
    const warranty = await ctx.trx
      .selectFrom('segment')
      .select('warranty_until')
      .where('id', '=', segment.id)
      .executeTakeFirstOrThrow();
    const earlier = await certificatesOf(ctx.trx, contract.id);
    const sumOf = (these: typeof earlier) => sumMinor(these.map((one) => one.amountMinor));
    const allowed = decideCertificate({
      stage: input.stage,
      amountMinor: input.amountMinor,
      contractMinor: contract.amount_minor,
      retentionMinor: contract.retention_minor,
      worksCertifiedMinor: sumOf(earlier.filter((one) => isOfWorks(one.stage))),
      retentionCertified: earlier.some((one) => one.stage === 'retention'),
      repairsMinor: sumOf(earlier.filter((one) => one.stage === 'repair')),
      segmentStatus: segment.status,
      warrantyUntil: warranty.warranty_until,
      on: input.on,
      photographsOfWork: await photographsOfWork(ctx.trx, segment.id),
    });
    if (!allowed.ok) return allowed;

    const isRetention = input.stage === 'retention';
    const code = `${contract.code}/K${earlier.length + 1}`;
    const entry = await post(ctx, {
      kind: isRetention ? 'retention_released' : 'work_certified',
      campaign,
      subjectKind: 'certificate',
      subject: code,
      date: input.on,
      postings: [
        {
          from: committed(contract.code),
          to: certified(contract.code),
          amountMinor: input.amountMinor,
          lots: { kind: 'in_order' },
        },
        {
          from: contractorPayable(campaign.slug),
          to: isRetention ? retentionPayable(campaign.slug) : roadWorks(campaign.slug, segment.code),
          amountMinor: input.amountMinor,
        },
      ],
    });
    if (!entry.ok) return entry;
    await ctx.trx
      .insertInto('certificate')
      .values({
        id: ctx.newId(),
        code,
        contract_id: contract.id,
        stage: input.stage,
        percent: input.percent,
        amount_minor: input.amountMinor,
        certified_on: input.on,
        certified_by: person,
        note: input.note,
        entry_id: entry.value.id,
      })
      .execute();
    ctx.record({
      event: 'work_certified',
      subjectKind: 'certificate',
      subjectId: code,
      details: { stage: input.stage, amountMinor: input.amountMinor, entry: entry.value.number },
    });
    publishSegmentAct(ctx, campaign, {
      event: 'work_certified',
      subject: code,
      on: input.on,
      facts: {
        segment: segment.code,
        contract: contract.code,
        stage: input.stage,
        amount: input.amountMinor,
        currency: campaign.currency,
      },
    });
    return ok({ code, entry: entry.value.number });
  },
});
