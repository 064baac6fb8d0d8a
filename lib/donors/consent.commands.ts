import { accountIdOf } from '../auth/roles.rules';
import { defineCommand } from '../context';
import { enterRecognition } from '../pledges/giver.commands';
import { actLeaf } from '../proof/leaf';
import { ok, refuse } from '../shared/result';
import { accountingDate } from '../shared/time';
import { findCampaign } from '../campaigns/campaign.store';
import { giveConsentForm, withdrawConsentForm } from './giver.form';
import { lockOwnGift, nameGift, recognitionOf, withdrawRecognition } from './own.store';

/**
 * A giver lets one gift be named in public (个人信息保护法 art 25: separate consent). The words wait for a person to
 * read them; an earlier naming of this gift ends.
 */
export const giveConsent = defineCommand({
  name: 'donor.give_consent',
  permission: 'donor:own',
  events: ['consent_given'],
  input: giveConsentForm,
  run: async (ctx, input) => {
    const account = accountIdOf(ctx.actor);
    const gift = account === null ? null : await lockOwnGift(ctx.trx, input.donation, account);
    if (gift?.donorId == null) return refuse('not_found', {}, 'donation');
    const campaign = await findCampaign(ctx.trx, { id: gift.campaignId });
    if (!campaign) return refuse('not_found');
    const today = accountingDate(ctx.now, campaign.timeZone);
    const entered = await enterRecognition(
      { ...ctx, actor: { kind: 'visitor' } },
      gift.donorId,
      {
        shownAs: { 'zh-Hans': input.name, 'zh-Hant': input.name, en: input.name },
        nameKind: 'name',
        dedication: null,
        dedicationKind: null,
        message: null,
        consent: true,
      },
      { day: today, timeZone: campaign.timeZone },
    );
    if (entered === null) return refuse('invalid_input', {}, 'name');
    if (gift.recognitionId !== null) {
      const before = await recognitionOf(ctx.trx, gift.recognitionId);
      if (before && before.withdrawnAt === null) await withdrawRecognition(ctx.trx, before.id, ctx.now);
    }
    await nameGift(ctx.trx, gift.id, entered.id);
    ctx.record({ event: 'consent_given', subjectKind: 'donation', subjectId: gift.code });
    ctx.publish(
      actLeaf({
        event: 'gift_named',
        subject: gift.code,
        date: today,
        recorded: ctx.now.toISOString().slice(0, 10),
        campaign: campaign.slug,
        facts: {},
        commitments: entered.commitments,
      }),
    );
    return ok({ donation: gift.code });
  },
});

/** A giver's name leaves the public pages at once. What was agreed and when stays known until they ask to be forgotten. */
export const withdrawConsent = defineCommand({
  name: 'donor.withdraw_consent',
  permission: 'donor:own',
  events: ['consent_withdrawn'],
  input: withdrawConsentForm,
  run: async (ctx, input) => {
    const account = accountIdOf(ctx.actor);
    const gift = account === null ? null : await lockOwnGift(ctx.trx, input.donation, account);
    if (!gift) return refuse('not_found', {}, 'donation');
    const naming = gift.recognitionId === null ? null : await recognitionOf(ctx.trx, gift.recognitionId);
    if (!naming || naming.withdrawnAt !== null) return refuse('duplicate_submission');
    await withdrawRecognition(ctx.trx, naming.id, ctx.now);
    ctx.record({ event: 'consent_withdrawn', subjectKind: 'donation', subjectId: gift.code });
    return ok({ donation: gift.code });
  },
});
