import type { Insertable } from 'kysely';
import type { CertificateTable } from '@/db/tables';
import { staffIdOf } from '../auth/roles.rules';
import { findCampaign } from '../campaigns/campaign.store';
import { defineCommand, type CommandContext } from '../context';
import {
  certified,
  committed,
  contractorPayable,
  retentionPayable,
  roadWorks,
  type AccountSpec,
} from '../ledger/accounts.rules';
import { post, type CampaignBooks, type PostedEntry } from '../ledger/ledger.commands';
import { publishSegmentAct } from '../segments/segment-move.commands';
import { lockSegment } from '../segments/segment.store';
import { sumMinor } from '../shared/money';
import { ok, refuse, type Result } from '../shared/result';
import { certificateForm } from './contract.form';
import { decideCertificate, isOfWorks } from './contract.rules';
import { certificatesOf, lockContract, photographsOfWork } from './contract.store';

type Certificate = {
  readonly kind: 'work_certified' | 'retention_released' | 'retention_used';
  readonly campaign: CampaignBooks;
  readonly contract: { readonly id: string; readonly code: string };
  /** Where the financial book takes what the contractor is now owed. */
  readonly owedFrom: AccountSpec;
  readonly row: Omit<Insertable<CertificateTable>, 'id' | 'contract_id' | 'entry_id'>;
};

/** Books a certificate and files it: its amount moves from committed to certified, and the contractor is owed it. */
export const enterCertificate = async (
  ctx: CommandContext,
  { kind, campaign, contract, owedFrom, row }: Certificate,
): Promise<Result<PostedEntry>> => {
  const amountMinor = row.amount_minor;
  const entry = await post(ctx, {
    kind,
    campaign,
    subjectKind: 'certificate',
    subject: row.code,
    date: row.certified_on,
    postings: [
      {
        from: committed(contract.code),
        to: certified(contract.code),
        amountMinor,
        lots: { kind: 'in_order' },
      },
      { from: contractorPayable(campaign.slug), to: owedFrom, amountMinor },
    ],
  });
  if (!entry.ok) return entry;
  await ctx.trx
    .insertInto('certificate')
    .values({ id: ctx.newId(), contract_id: contract.id, entry_id: entry.value.id, ...row })
    .execute();
  return entry;
};

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
    const entry = await enterCertificate(ctx, {
      kind: isRetention ? 'retention_released' : 'work_certified',
      campaign,
      contract,
      owedFrom: isRetention ? retentionPayable(campaign.slug) : roadWorks(campaign.slug, segment.code),
      row: {
        code,
        stage: input.stage,
        percent: input.percent,
        amount_minor: input.amountMinor,
        certified_on: input.on,
        certified_by: person,
        note: input.note,
      },
    });
    if (!entry.ok) return entry;
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
