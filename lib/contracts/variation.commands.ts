import { staffIdOf } from '../auth/roles.rules';
import { findCampaign } from '../campaigns/campaign.store';
import { defineCommand } from '../context';
import { allocated, committed } from '../ledger/accounts.rules';
import { post } from '../ledger/ledger.commands';
import { publishSegmentAct } from '../segments/segment-move.commands';
import { contentHash } from '../shared/canonical';
import { sumMinor } from '../shared/money';
import { ok, refuse } from '../shared/result';
import { variationDecisionForm, variationForm } from './contract.form';
import { decideVariation, decideVariedLines, isOfWorks } from './contract.rules';
import { certificatesOf, findDocument, lockContract } from './contract.store';
import { linesOf, variedLines } from './contract-line.store';

/** Proposes a new value for a signed contract, with the reason. */
export const proposeVariation = defineCommand({
  name: 'variation.propose',
  permission: 'contract:propose',
  events: ['variation_proposed'],
  input: variationForm,
  run: async (ctx, input) => {
    const person = staffIdOf(ctx.actor);
    if (person === null) return refuse('not_permitted');
    const contract = await lockContract(ctx.trx, input.contract);
    if (!contract) return refuse('not_found', {}, 'contract');
    if (contract.status !== 'signed') return refuse('illegal_state_change', { from: contract.status });
    if (input.afterMinor === contract.amount_minor) return refuse('amounts_differ', {}, 'afterMinor');
    const document = input.document === null ? null : await findDocument(ctx.trx, input.document);
    if (input.document !== null && !document) return refuse('not_found', {}, 'document');
    const lines = decideVariedLines({
      lines: await linesOf(ctx.trx, contract.id),
      varied: input.lines,
      changeMinor: input.afterMinor - contract.amount_minor,
    });
    if (!lines.ok) return lines;
    const { count } = await ctx.trx
      .selectFrom('variation')
      .select((eb) => eb.fn.countAll<bigint>().as('count'))
      .where('contract_id', '=', contract.id)
      .executeTakeFirstOrThrow();
    const code = `${contract.code}/V${count + 1n}`;
    const hash = contentHash({ code, before: contract.amount_minor, ...input });
    const id = ctx.newId();
    await ctx.trx
      .insertInto('variation')
      .values({
        id,
        code,
        contract_id: contract.id,
        before_minor: contract.amount_minor,
        after_minor: input.afterMinor,
        rationale: input.rationale,
        document_id: document?.id ?? null,
        status: 'proposed',
        content_hash: hash,
        proposed_by: person,
        proposed_on: input.on,
      })
      .execute();
    if (input.lines.length > 0)
      await ctx.trx
        .insertInto('variation_line')
        .values(
          input.lines.map((line) => ({
            variation_id: id,
            line_no: line.lineNo,
            quantity_milli: line.quantityMilli,
            amount_minor: line.amountMinor,
          })),
        )
        .execute();
    ctx.record({
      event: 'variation_proposed',
      subjectKind: 'contract',
      subjectId: code,
      details: { beforeMinor: contract.amount_minor, afterMinor: input.afterMinor },
    });
    return ok({ code, contentHash: hash });
  },
});

/** Approves a variation: more is committed from the road's free money, or what is saved goes back to it. */
export const approveVariation = defineCommand({
  name: 'variation.approve',
  permission: 'contract:approve',
  events: ['variation_approved'],
  input: variationDecisionForm,
  run: async (ctx, input) => {
    const variation = await ctx.trx
      .selectFrom('variation as v')
      .innerJoin('contract as c', 'c.id', 'v.contract_id')
      .selectAll('v')
      .select('c.code as contract_code')
      .where('v.code', '=', input.variation)
      .forUpdate('v')
      .executeTakeFirst();
    if (!variation) return refuse('not_found', {}, 'variation');
    if (variation.status !== 'proposed') return refuse('illegal_state_change', { from: variation.status });
    if (variation.content_hash !== input.seenHash) return refuse('changed_since_seen');
    const person = staffIdOf(ctx.actor);
    if (person === variation.proposed_by) return refuse('maker_is_checker');
    const contract = await lockContract(ctx.trx, variation.contract_code);
    if (contract?.status !== 'signed')
      return refuse('illegal_state_change', { from: contract?.status ?? null });
    if (contract.amount_minor !== variation.before_minor) return refuse('changed_since_seen');
    const campaign = await findCampaign(ctx.trx, { id: contract.campaign_id });
    if (!campaign) return refuse('not_found');
    const works = (await certificatesOf(ctx.trx, contract.id)).filter((one) => isOfWorks(one.stage));
    const lines = decideVariedLines({
      lines: await linesOf(ctx.trx, contract.id),
      varied: await variedLines(ctx.trx, variation.id),
      changeMinor: variation.after_minor - variation.before_minor,
    });
    if (!lines.ok) return lines;
    const allowed = decideVariation({
      beforeMinor: variation.before_minor,
      afterMinor: variation.after_minor,
      retentionMinor: contract.retention_minor,
      worksCertifiedMinor: sumMinor(works.map((one) => one.amountMinor)),
    });
    if (!allowed.ok) return allowed;
    const growsMinor = variation.after_minor - variation.before_minor;
    const road = allocated(contract.segment_code);
    const bound = committed(contract.code);
    const entry = await post(ctx, {
      kind: 'contract_varied',
      campaign,
      subjectKind: 'contract',
      subject: contract.code,
      date: input.on,
      postings: [
        growsMinor > 0n
          ? { from: road, to: bound, amountMinor: growsMinor, lots: { kind: 'in_order' } }
          : { from: bound, to: road, amountMinor: -growsMinor, lots: { kind: 'in_order' } },
      ],
    });
    if (!entry.ok) return entry;
    await ctx.trx
      .updateTable('contract')
      .set({ amount_minor: variation.after_minor })
      .where('id', '=', contract.id)
      .execute();
    await ctx.trx
      .updateTable('variation')
      .set({ status: 'approved', decided_by: person, decided_on: input.on, entry_id: entry.value.id })
      .where('id', '=', variation.id)
      .execute();
    const details = { beforeMinor: variation.before_minor, afterMinor: variation.after_minor };
    ctx.record({
      event: 'variation_approved',
      subjectKind: 'contract',
      subjectId: contract.code,
      details: { variation: variation.code, ...details, entry: entry.value.number },
    });
    publishSegmentAct(ctx, campaign, {
      event: 'variation_approved',
      subject: contract.code,
      on: input.on,
      facts: { before: variation.before_minor, after: variation.after_minor, currency: campaign.currency },
    });
    return ok({ code: variation.code, entry: entry.value.number });
  },
});
