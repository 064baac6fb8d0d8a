import { staffIdOf } from '../auth/roles.rules';
import { findCampaign } from '../campaigns/campaign.store';
import { findDocument } from '../contracts/contract.store';
import { defineCommand, type CommandContext } from '../context';
import { bank, certified, contractorPayable, paid } from '../ledger/accounts.rules';
import { post, reverse } from '../ledger/ledger.commands';
import { publishSegmentAct } from '../segments/segment-move.commands';
import { contentHash } from '../shared/canonical';
import { ok, refuse, type Result } from '../shared/result';
import { nextState } from '../shared/state-table';
import {
  disbursementDecisionForm,
  disbursementForm,
  disbursementPaidForm,
  disbursementReasonForm,
} from './disbursement.form';
import { linesOf } from '../contracts/contract-line.store';
import {
  decideInvoiceLines,
  decideRequest,
  DISBURSEMENT_STATES,
  type DisbursementStatus,
} from './disbursement.rules';
import { claimedOf, lockCertificate, lockDisbursement, nextDisbursementCode } from './disbursement.store';

type Disbursement = NonNullable<Awaited<ReturnType<typeof lockDisbursement>>>;
type Event = (typeof DISBURSEMENT_STATES.edges)[number]['event'];

/** Asks for a payment against a certificate and an invoice that this contractor has not used before. */
export const requestDisbursement = defineCommand({
  name: 'disbursement.request',
  permission: 'disbursement:request',
  events: ['disbursement_requested'],
  input: disbursementForm,
  run: async (ctx, input) => {
    const person = staffIdOf(ctx.actor);
    if (person === null) return refuse('not_permitted');
    const certificate = await lockCertificate(ctx.trx, input.certificate);
    if (!certificate) return refuse('not_found', {}, 'certificate');
    const invoice = await findDocument(ctx.trx, input.invoice);
    if (invoice?.kind !== 'invoice') return refuse('invoice_missing', {}, 'invoice');
    if (invoice.segment_id !== certificate.segment_id) return refuse('contractor_differs', {}, 'invoice');
    const allowed = decideRequest({
      amountMinor: input.amountMinor,
      certifiedMinor: certificate.amount_minor,
      claimedMinor: await claimedOf(ctx.trx, certificate.id),
    });
    if (!allowed.ok) return allowed;
    const lines = decideInvoiceLines({
      stage: certificate.stage,
      amountMinor: input.amountMinor,
      lines: input.lines,
      contract: await linesOf(ctx.trx, certificate.contract_id),
    });
    if (!lines.ok) return lines;
    const id = ctx.newId();
    const code = await nextDisbursementCode(ctx.trx);
    const hash = contentHash({ code, ...input, invoiceSha256: invoice.sha256 });
    await ctx.trx
      .insertInto('disbursement')
      .values({
        id,
        code,
        certificate_id: certificate.id,
        contract_id: certificate.contract_id,
        contractor_id: certificate.paid_to ?? certificate.contractor_id,
        invoice_document_id: invoice.id,
        invoice_sha256: invoice.sha256,
        amount_minor: input.amountMinor,
        status: 'submitted',
        content_hash: hash,
        requested_by: person,
        requested_on: input.on,
      })
      .execute();
    if (input.lines.length > 0)
      await ctx.trx
        .insertInto('invoice_line')
        .values(
          input.lines.map((line) => ({
            disbursement_id: id,
            line_no: line.lineNo,
            quantity_milli: line.quantityMilli,
            amount_minor: line.amountMinor,
          })),
        )
        .execute();
    ctx.record({
      event: 'disbursement_requested',
      subjectKind: 'disbursement',
      subjectId: code,
      details: { certificate: certificate.code, amountMinor: input.amountMinor },
    });
    return ok({ code, contentHash: hash });
  },
});

/** Loads and locks a disbursement and checks that the event may happen to it now. */
const begin = async (
  ctx: CommandContext,
  code: string,
  event: Event,
): Promise<Result<{ row: Disbursement; to: DisbursementStatus }>> => {
  const row = await lockDisbursement(ctx.trx, code);
  if (!row) return refuse('not_found', {}, 'disbursement');
  const to = nextState(DISBURSEMENT_STATES, row.status as DisbursementStatus, event);
  return to === null ? refuse('illegal_state_change', { from: row.status, event }) : ok({ row, to });
};

/** The second pair of eyes: approves exactly what was seen. */
export const approveDisbursement = defineCommand({
  name: 'disbursement.approve',
  permission: 'disbursement:approve',
  events: ['disbursement_approved'],
  input: disbursementDecisionForm,
  run: async (ctx, input) => {
    const begun = await begin(ctx, input.disbursement, 'approve');
    if (!begun.ok) return begun;
    const { row, to } = begun.value;
    if (row.content_hash !== input.seenHash) return refuse('changed_since_seen');
    const person = staffIdOf(ctx.actor);
    if (person === row.requested_by) return refuse('requester_is_approver');
    await ctx.trx
      .updateTable('disbursement')
      .set({ status: to, decided_by: person, decided_on: input.on })
      .where('id', '=', row.id)
      .execute();
    ctx.record({
      event: 'disbursement_approved',
      subjectKind: 'disbursement',
      subjectId: row.code,
      details: { amountMinor: row.amount_minor },
    });
    return ok({ code: row.code });
  },
});

/** The checker sends a request back with a reason; the invoice may be used again. */
export const returnDisbursement = defineCommand({
  name: 'disbursement.return',
  permission: 'disbursement:approve',
  events: ['disbursement_returned'],
  input: disbursementReasonForm,
  run: async (ctx, input) => {
    const begun = await begin(ctx, input.disbursement, 'return');
    if (!begun.ok) return begun;
    const { row, to } = begun.value;
    const person = staffIdOf(ctx.actor);
    if (person === row.requested_by) return refuse('requester_is_approver');
    await ctx.trx
      .updateTable('disbursement')
      .set({ status: to, decided_by: person, decided_on: input.on })
      .where('id', '=', row.id)
      .execute();
    ctx.record({
      event: 'disbursement_returned',
      subjectKind: 'disbursement',
      subjectId: row.code,
      details: { reason: input.reason },
    });
    return ok({ code: row.code });
  },
});

/** Records that the bank has paid the contractor: certified money becomes road. */
export const payDisbursement = defineCommand({
  name: 'disbursement.pay',
  permission: 'disbursement:pay',
  events: ['disbursement_paid'],
  input: disbursementPaidForm,
  run: async (ctx, input) => {
    const begun = await begin(ctx, input.disbursement, 'pay');
    if (!begun.ok) return begun;
    const { row, to } = begun.value;
    const campaign = await findCampaign(ctx.trx, { id: row.campaign_id });
    if (!campaign) return refuse('not_found');
    const entry = await post(ctx, {
      kind: 'contractor_paid',
      campaign,
      subjectKind: 'disbursement',
      subject: row.code,
      date: input.on,
      postings: [
        {
          from: certified(row.contract_code),
          to: paid(row.contract_code),
          amountMinor: row.amount_minor,
          lots: { kind: 'in_order' },
        },
        {
          from: bank(campaign.slug, input.bankAccount),
          to: contractorPayable(campaign.slug),
          amountMinor: row.amount_minor,
        },
      ],
    });
    if (!entry.ok) return entry;
    await ctx.trx
      .updateTable('disbursement')
      .set({
        status: to,
        paid_by: staffIdOf(ctx.actor),
        paid_on: input.on,
        bank_reference: input.bankReference,
        entry_id: entry.value.id,
      })
      .where('id', '=', row.id)
      .execute();
    ctx.record({
      event: 'disbursement_paid',
      subjectKind: 'disbursement',
      subjectId: row.code,
      details: { amountMinor: row.amount_minor, entry: entry.value.number },
    });
    publishSegmentAct(ctx, campaign, {
      event: 'contractor_paid',
      subject: row.code,
      on: input.on,
      facts: {
        segment: row.segment_code,
        contract: row.contract_code,
        certificate: row.certificate_code,
        contractor: row.contractor_code,
        amount: row.amount_minor,
        currency: campaign.currency,
        invoice: row.invoice_sha256,
      },
    });
    return ok({ code: row.code, entry: entry.value.number });
  },
});

/** The bank sent a payment back: the entry is reversed in the open period and the certificate can be paid again. */
export const bounceDisbursement = defineCommand({
  name: 'disbursement.bounce',
  permission: 'disbursement:pay',
  events: ['disbursement_bounced'],
  input: disbursementReasonForm,
  run: async (ctx, input) => {
    const begun = await begin(ctx, input.disbursement, 'bounce');
    if (!begun.ok) return begun;
    const { row, to } = begun.value;
    const campaign = await findCampaign(ctx.trx, { id: row.campaign_id });
    if (!campaign || row.entry_id === null) return refuse('not_found');
    const entry = await reverse(ctx, campaign, row.entry_id, input.on, input.reason);
    if (!entry.ok) return entry;
    await ctx.trx.updateTable('disbursement').set({ status: to }).where('id', '=', row.id).execute();
    ctx.record({
      event: 'disbursement_bounced',
      subjectKind: 'disbursement',
      subjectId: row.code,
      details: { reason: input.reason, entry: entry.value.number },
    });
    publishSegmentAct(ctx, campaign, {
      event: 'payment_bounced',
      subject: row.code,
      on: input.on,
      facts: { amount: row.amount_minor, currency: campaign.currency },
    });
    return ok({ code: row.code, entry: entry.value.number });
  },
});
