import { staffIdOf } from '../auth/roles.rules';
import { findCampaign } from '../campaigns/campaign.store';
import { defineCommand } from '../context';
import { allocated, committed } from '../ledger/accounts.rules';
import { post } from '../ledger/ledger.commands';
import { moveSegment, publishSegmentAct } from '../segments/segment-move.commands';
import { lockSegment } from '../segments/segment.store';
import { contentHash } from '../shared/canonical';
import { sumMinor } from '../shared/money';
import { ok, refuse } from '../shared/result';
import {
  contractDecisionForm,
  contractForm,
  contractorForm,
  contractReturnForm,
  quoteForm,
} from './contract.form';
import { decideAward } from './contract.rules';
import { contractCount, findContractor, findDocument, lockContract, quotesOf } from './contract.store';

/** Enters a contractor into the register, with any conflict of interest declared. */
export const registerContractor = defineCommand({
  name: 'contractor.register',
  permission: 'contractor:register',
  events: ['contractor_registered'],
  input: contractorForm,
  run: async (ctx, input) => {
    const inserted = await ctx.trx
      .insertInto('contractor')
      .values({
        id: ctx.newId(),
        code: input.code,
        name: input.name,
        registration_no: input.registrationNo,
        phone: input.phone,
        bank_account: input.bankAccount,
        conflict_of_interest: input.conflictOfInterest,
      })
      .onConflict((conflict) => conflict.column('code').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!inserted) return refuse('duplicate_submission', {}, 'code');
    ctx.record({ event: 'contractor_registered', subjectKind: 'contractor', subjectId: input.code });
    return ok({ id: inserted.id, code: input.code });
  },
});

/** Records an offer with its document. */
export const recordQuote = defineCommand({
  name: 'quote.record',
  permission: 'quote:record',
  events: ['quote_recorded'],
  input: quoteForm,
  run: async (ctx, input) => {
    const person = staffIdOf(ctx.actor);
    if (person === null) return refuse('not_permitted');
    const segment = await lockSegment(ctx.trx, { code: input.segment });
    const contractor = await findContractor(ctx.trx, input.contractor);
    const document = await findDocument(ctx.trx, input.document);
    if (!segment) return refuse('not_found', {}, 'segment');
    if (!contractor) return refuse('not_found', {}, 'contractor');
    if (!document) return refuse('not_found', {}, 'document');
    const inserted = await ctx.trx
      .insertInto('quote')
      .values({
        id: ctx.newId(),
        segment_id: segment.id,
        contractor_id: contractor.id,
        amount_minor: input.amountMinor,
        document_id: document.id,
        received_on: input.on,
        recorded_by: person,
      })
      .onConflict((conflict) => conflict.columns(['segment_id', 'contractor_id', 'amount_minor']).doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!inserted) return refuse('duplicate_submission');
    ctx.record({
      event: 'quote_recorded',
      subjectKind: 'segment',
      subjectId: segment.code,
      details: { contractor: contractor.code, amountMinor: input.amountMinor },
    });
    return ok({ id: inserted.id });
  },
});

/** Proposes the contract with the chosen bidder. Commits nothing until a second person signs it off. */
export const proposeContract = defineCommand({
  name: 'contract.propose',
  permission: 'contract:propose',
  events: ['contract_proposed'],
  input: contractForm,
  run: async (ctx, input) => {
    const person = staffIdOf(ctx.actor);
    if (person === null) return refuse('not_permitted');
    const segment = await lockSegment(ctx.trx, { code: input.segment });
    if (!segment) return refuse('not_found', {}, 'segment');
    if (segment.status !== 'funded')
      return refuse('illegal_state_change', { from: segment.status, event: 'contract' });
    const campaign = await findCampaign(ctx.trx, { id: segment.campaignId });
    const contractor = await findContractor(ctx.trx, input.contractor);
    const document = await findDocument(ctx.trx, input.document);
    if (!campaign || !contractor) return refuse('not_found', {}, 'contractor');
    if (!document) return refuse('not_found', {}, 'document');
    if (input.lines.length > 0 && sumMinor(input.lines.map((line) => line.amountMinor)) !== input.amountMinor)
      return refuse('amounts_differ', {}, 'lines');
    if (input.retentionMinor >= input.amountMinor) return refuse('invalid_input', {}, 'retentionMinor');
    const quotes = await quotesOf(ctx.trx, segment.id);
    const award = decideAward({
      quotes,
      required: campaign.quotesRequired,
      fewQuotesReason: input.fewQuotesReason,
      contractor: contractor.code,
      amountMinor: input.amountMinor,
    });
    if (!award.ok) return award;
    const chosen = quotes.find(
      (quote) => quote.contractor === contractor.code && quote.amountMinor === input.amountMinor,
    );
    const code = `C-${segment.code}-${(await contractCount(ctx.trx, segment.id)) + 1}`;
    const hash = contentHash({ code, ...input });
    const id = ctx.newId();
    await ctx.trx
      .insertInto('contract')
      .values({
        id,
        code,
        segment_id: segment.id,
        contractor_id: contractor.id,
        quote_id: chosen?.id ?? null,
        amount_minor: input.amountMinor,
        retention_minor: input.retentionMinor,
        few_quotes_reason: input.fewQuotesReason,
        document_id: document.id,
        signed_on: input.signedOn,
        status: 'proposed',
        content_hash: hash,
        proposed_by: person,
      })
      .execute();
    if (input.lines.length > 0)
      await ctx.trx
        .insertInto('contract_line')
        .values(
          input.lines.map((line, index) => ({
            contract_id: id,
            line_no: index + 1,
            item: line.item,
            unit: line.unit,
            quantity_milli: line.quantityMilli,
            amount_minor: line.amountMinor,
          })),
        )
        .execute();
    ctx.record({
      event: 'contract_proposed',
      subjectKind: 'contract',
      subjectId: code,
      details: { segment: segment.code, contractor: contractor.code, amountMinor: input.amountMinor },
    });
    return ok({ code, contentHash: hash });
  },
});

/** The second signature: commits the road's money to this contract. */
export const approveContract = defineCommand({
  name: 'contract.approve',
  permission: 'contract:approve',
  events: ['contract_signed', 'segment_moved'],
  input: contractDecisionForm,
  run: async (ctx, input) => {
    const contract = await lockContract(ctx.trx, input.contract);
    if (!contract) return refuse('not_found', {}, 'contract');
    if (contract.status !== 'proposed') return refuse('illegal_state_change', { from: contract.status });
    if (contract.content_hash !== input.seenHash) return refuse('changed_since_seen');
    const person = staffIdOf(ctx.actor);
    if (person === contract.proposed_by) return refuse('maker_is_checker');
    const segment = await lockSegment(ctx.trx, { id: contract.segment_id });
    const campaign = await findCampaign(ctx.trx, { id: contract.campaign_id });
    if (!segment || !campaign) return refuse('not_found');
    const entry = await post(ctx, {
      kind: 'contract_signed',
      campaign,
      subjectKind: 'contract',
      subject: contract.code,
      date: contract.signed_on,
      postings: [
        {
          from: allocated(segment.code),
          to: committed(contract.code),
          amountMinor: contract.amount_minor,
          lots: { kind: 'in_order' },
        },
      ],
    });
    if (!entry.ok) return entry;
    await ctx.trx
      .updateTable('contract')
      .set({ status: 'signed', decided_by: person, decided_on: input.on, entry_id: entry.value.id })
      .where('id', '=', contract.id)
      .execute();
    ctx.record({
      event: 'contract_signed',
      subjectKind: 'contract',
      subjectId: contract.code,
      details: { segment: segment.code, amountMinor: contract.amount_minor, entry: entry.value.number },
    });
    publishSegmentAct(ctx, campaign, {
      event: 'contract_signed',
      subject: contract.code,
      on: contract.signed_on,
      facts: {
        segment: segment.code,
        contractor: contract.contractor_code,
        amount: contract.amount_minor,
        retention: contract.retention_minor,
        currency: campaign.currency,
      },
    });
    const moved = await moveSegment(ctx, campaign, segment, 'contract', { on: contract.signed_on });
    if (!moved.ok) return moved;
    return ok({ code: contract.code, entry: entry.value.number });
  },
});

/** The checker sends a proposed contract back with a reason. */
export const returnContract = defineCommand({
  name: 'contract.return',
  permission: 'contract:approve',
  events: ['contract_returned'],
  input: contractReturnForm,
  run: async (ctx, input) => {
    const contract = await lockContract(ctx.trx, input.contract);
    if (!contract) return refuse('not_found', {}, 'contract');
    if (contract.status !== 'proposed') return refuse('illegal_state_change', { from: contract.status });
    const person = staffIdOf(ctx.actor);
    if (person === contract.proposed_by) return refuse('maker_is_checker');
    await ctx.trx
      .updateTable('contract')
      .set({ status: 'returned', decided_by: person, decided_on: input.on })
      .where('id', '=', contract.id)
      .execute();
    ctx.record({
      event: 'contract_returned',
      subjectKind: 'contract',
      subjectId: contract.code,
      details: { reason: input.reason },
    });
    return ok({ code: contract.code });
  },
});
