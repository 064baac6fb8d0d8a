import { staffIdOf } from '../auth/roles.rules';
import { findCampaign, type CampaignRow } from '../campaigns/campaign.store';
import { defineCommand, type CommandContext } from '../context';
import { actLeaf } from '../proof/leaf';
import { contentHash } from '../shared/canonical';
import { toSecond } from '../shared/instant';
import { ok, refuse, type Result } from '../shared/result';
import {
  transferAccountDecisionForm,
  transferAccountForm,
  transferAccountProposalForm,
  transferAccountReturnForm,
} from './transfer-account.form';
import {
  accountInForce,
  addTransferAccount,
  decideProposal,
  hasWaitingProposal,
  insertProposal,
  lockProposal,
  type AccountText,
} from './transfer-account.store';

/**
 * Names the account a campaign is set up with, printed on every transfer card from then on. Only the first: each later
 * one is proposed by one person and approved by another.
 */
export const nameTransferAccount = defineCommand({
  name: 'campaign.transfer_account',
  permission: 'transfer_account:name',
  events: ['transfer_account_named'],
  input: transferAccountForm,
  run: async (ctx, input) => {
    const campaign = await findCampaign(ctx.trx, { slug: input.campaign });
    if (!campaign) return refuse('not_found', {}, 'campaign');
    if (await accountInForce(ctx.trx, campaign.id)) return refuse('illegal_state_change');
    return print(ctx, campaign, { ...input, id: null, person: null });
  },
});

/** Proposes another account for transfers. What is printed stays until another person approves it. */
export const proposeTransferAccount = defineCommand({
  name: 'transfer_account.propose',
  permission: 'transfer_account:propose',
  events: ['transfer_account_proposed'],
  input: transferAccountProposalForm,
  run: async (ctx, input) => {
    const person = staffIdOf(ctx.actor);
    if (person === null) return refuse('not_permitted');
    const campaign = await findCampaign(ctx.trx, { slug: input.campaign });
    if (!campaign) return refuse('not_found', {}, 'campaign');
    if (await hasWaitingProposal(ctx.trx, campaign.id)) return refuse('account_change_waiting');
    const { on, reason, ...account } = input;
    const id = ctx.newId();
    const hash = contentHash({ id, reason, ...account });
    await insertProposal(ctx.trx, { id, campaignId: campaign.id, reason, on, person, hash, ...account });
    ctx.record({
      event: 'transfer_account_proposed',
      subjectKind: 'campaign',
      subjectId: campaign.slug,
      details: { ending: endingOf(account.accountNumber), reason },
    });
    return ok({ proposal: id, contentHash: hash });
  },
});

/** Approves the account that was seen; every transfer card prints it from now on, and the public log says so. */
export const approveTransferAccount = defineCommand({
  name: 'transfer_account.approve',
  permission: 'transfer_account:approve',
  events: ['transfer_account_named'],
  input: transferAccountDecisionForm,
  run: async (ctx, input) => {
    const proposal = await lockProposal(ctx.trx, input.proposal);
    if (!proposal) return refuse('not_found', {}, 'proposal');
    if (proposal.status !== 'proposed') return refuse('illegal_state_change', { from: proposal.status });
    if (proposal.content_hash !== input.seenHash) return refuse('changed_since_seen');
    const person = staffIdOf(ctx.actor);
    if (person === proposal.proposed_by) return refuse('maker_is_checker');
    const campaign = await findCampaign(ctx.trx, { id: proposal.campaign_id });
    if (!campaign) return refuse('not_found');
    await decideProposal(ctx.trx, proposal.id, { status: 'approved', person, on: input.on, note: null });
    return print(ctx, campaign, {
      holder: proposal.holder,
      accountNumber: proposal.account_number,
      bank: proposal.bank,
      on: input.on,
      id: proposal.id,
      person: proposal.proposed_by,
    });
  },
});

/** The checker sends a proposed account back with a reason. */
export const returnTransferAccount = defineCommand({
  name: 'transfer_account.return',
  permission: 'transfer_account:approve',
  events: ['transfer_account_returned'],
  input: transferAccountReturnForm,
  run: (ctx, input) => close(ctx, input, 'returned'),
});

/** The maker takes a proposed account back. */
export const withdrawTransferAccount = defineCommand({
  name: 'transfer_account.withdraw',
  permission: 'transfer_account:propose',
  events: ['transfer_account_withdrawn'],
  input: transferAccountReturnForm,
  run: (ctx, input) => close(ctx, input, 'withdrawn'),
});

const close = async (
  ctx: CommandContext,
  input: { readonly proposal: string; readonly reason: string; readonly on: string },
  to: 'returned' | 'withdrawn',
): Promise<Result<{ readonly campaign: string }>> => {
  const proposal = await lockProposal(ctx.trx, input.proposal);
  if (!proposal) return refuse('not_found', {}, 'proposal');
  if (proposal.status !== 'proposed') return refuse('illegal_state_change', { from: proposal.status });
  const person = staffIdOf(ctx.actor);
  if (to === 'returned' && person === proposal.proposed_by) return refuse('maker_is_checker');
  if (to === 'withdrawn' && person !== proposal.proposed_by) return refuse('not_permitted');
  const campaign = await findCampaign(ctx.trx, { id: proposal.campaign_id });
  if (!campaign) return refuse('not_found');
  await decideProposal(ctx.trx, proposal.id, { status: to, person, on: input.on, note: input.reason });
  ctx.record({
    event: `transfer_account_${to}`,
    subjectKind: 'campaign',
    subjectId: campaign.slug,
    details: { ending: endingOf(proposal.account_number), reason: input.reason },
  });
  return ok({ campaign: campaign.slug });
};

/** Puts an account into force. Older ones stay as rows: which account was printed when can be looked up. */
const print = async (
  ctx: CommandContext,
  campaign: CampaignRow,
  account: AccountText & {
    readonly on: string;
    readonly id: string | null;
    readonly person: string | null;
  },
): Promise<Result<{ readonly campaign: string }>> => {
  await addTransferAccount(ctx.trx, { ...account, rowId: ctx.newId(), campaignId: campaign.id });
  ctx.record({
    event: 'transfer_account_named',
    subjectKind: 'campaign',
    subjectId: campaign.slug,
    details: { ending: endingOf(account.accountNumber) },
  });
  ctx.publish(
    actLeaf({
      event: 'transfer_account_named',
      subject: campaign.slug,
      date: account.on,
      recorded: toSecond(ctx.now),
      campaign: campaign.slug,
      facts: { account: account.accountNumber.replaceAll(/[ -]/g, '') },
    }),
  );
  return ok({ campaign: campaign.slug });
};

const endingOf = (accountNumber: string): string => accountNumber.slice(-4);
