import { accountIdOf, staffIdOf } from '../auth/roles.rules';
import { findCampaign } from '../campaigns/campaign.store';
import { defineCommand } from '../context';
import { lockDonation } from '../donations/donation.store';
import { proposeRefund } from '../donations/refund.commands';
import { decideRefund } from '../donations/refund.rules';
import { goneOf } from '../donations/refund.store';
import { ok, refuse } from '../shared/result';
import { accountingDate } from '../shared/time';
import { answerRequestForm, askRefundForm, declineRequestForm, withdrawRequestForm } from './giver.form';
import { lockOwnGift } from './own.store';
import { closeRequest, findRequest, hasOpenRequest, insertRequest, nextRequestCode } from './request.store';

/** A giver asks for part or all of a gift back. Nothing moves: staff propose the refund and another person approves. */
export const askRefund = defineCommand({
  name: 'donor.ask_refund',
  permission: 'donor:own',
  events: ['refund_asked'],
  input: askRefundForm,
  run: async (ctx, input) => {
    const account = accountIdOf(ctx.actor);
    const gift = account === null ? null : await lockOwnGift(ctx.trx, input.donation, account);
    if (!gift || account === null) return refuse('not_found', {}, 'donation');
    const campaign = await findCampaign(ctx.trx, { id: gift.campaignId });
    if (!campaign) return refuse('not_found');
    if (await hasOpenRequest(ctx.trx, gift.id, 'refund')) return refuse('request_open');
    const gone = await goneOf(ctx.trx, gift.id);
    const allowed = decideRefund(
      { status: gift.status, settledMinor: gift.settledMinor ?? 0n },
      gone.refundedMinor + gone.disputedMinor,
      input.amountMinor,
    );
    if (!allowed.ok) return allowed;
    const code = await nextRequestCode(ctx.trx);
    await insertRequest(ctx.trx, {
      id: ctx.newId(),
      code,
      donationId: gift.id,
      kind: 'refund',
      amountMinor: input.amountMinor,
      designation: null,
      reason: input.reason,
      askedBy: account,
      askedOn: accountingDate(ctx.now, campaign.timeZone),
      status: 'open',
    });
    ctx.record({
      event: 'refund_asked',
      subjectKind: 'donation',
      subjectId: gift.code,
      details: { request: code, amountMinor: input.amountMinor },
    });
    return ok({ request: code });
  },
});

/** A giver takes an open request back. */
export const withdrawRequest = defineCommand({
  name: 'donor.withdraw_request',
  permission: 'donor:own',
  events: ['donor_request_withdrawn'],
  input: withdrawRequestForm,
  run: async (ctx, input) => {
    const request = await findRequest(ctx.trx, input.request);
    const account = accountIdOf(ctx.actor);
    if (!request || account === null || request.askedBy !== account)
      return refuse('not_found', {}, 'request');
    const done = await closeRequest(ctx.trx, request.id, {
      status: 'withdrawn',
      by: account,
      on: ctx.now.toISOString().slice(0, 10),
      answer: null,
    });
    if (!done) return refuse('illegal_state_change', { from: request.status, event: 'withdraw' });
    ctx.record({ event: 'donor_request_withdrawn', subjectKind: 'donor_request', subjectId: request.code });
    return ok({ request: request.code });
  },
});

/** A clerk turns a giver's request into a proposed refund, with the same checks as any other. */
export const proposeAskedRefund = defineCommand({
  name: 'donor.propose_refund',
  permission: 'refund:propose',
  events: ['refund_proposed', 'donor_request_done'],
  input: answerRequestForm,
  run: async (ctx, input) => {
    const request = await findRequest(ctx.trx, input.request);
    const gift = request && (await lockDonation(ctx.trx, { id: request.donationId }));
    if (!request || !gift || request.amountMinor === null) return refuse('not_found', {}, 'request');
    const proposed = await proposeRefund.run(ctx, {
      donation: gift.code,
      amountMinor: request.amountMinor,
      // The giver's own words stay with the request, where they can be erased.
      reason: request.code,
      on: input.on,
    });
    if (!proposed.ok) return proposed;
    const done = await closeRequest(ctx.trx, request.id, {
      status: 'done',
      by: staffIdOf(ctx.actor),
      on: input.on,
      answer: null,
      refundId: proposed.value.refundId,
    });
    if (!done) return refuse('illegal_state_change', { from: request.status, event: 'do' });
    ctx.record({
      event: 'donor_request_done',
      subjectKind: 'donor_request',
      subjectId: request.code,
      details: { refund: proposed.value.code },
    });
    return ok({ request: request.code, refund: proposed.value.code });
  },
});

/** Staff decline a request with words for the giver. */
export const declineRequest = defineCommand({
  name: 'donor.decline_request',
  permission: 'donor:decline',
  events: ['donor_request_declined'],
  input: declineRequestForm,
  run: async (ctx, input) => {
    const request = await findRequest(ctx.trx, input.request);
    if (!request) return refuse('not_found', {}, 'request');
    const done = await closeRequest(ctx.trx, request.id, {
      status: 'declined',
      by: staffIdOf(ctx.actor),
      on: input.on,
      answer: input.reason,
    });
    if (!done) return refuse('illegal_state_change', { from: request.status, event: 'decline' });
    ctx.record({ event: 'donor_request_declined', subjectKind: 'donor_request', subjectId: request.code });
    return ok({ request: request.code });
  },
});
