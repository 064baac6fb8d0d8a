import { staffIdOf } from '../auth/roles.rules';
import { defineCommand, type CommandContext } from '../context';
import { commit, newSalt } from '../proof/commitment';
import { canonicalBytes } from '../proof/jcs';
import type { LeafCommitments } from '../proof/leaf';
import { ok, refuse, type Result } from '../shared/result';
import { accountingDate, startOfDay } from '../shared/time';
import { moderationForm, type DonorForm, type RecognitionForm, type SharersForm } from './giver.form';
import { decideSharers } from './giving.rules';
import { findHallEvent, insertDonor, insertRecognition, insertSharers, moderateRow } from './giver.store';

/** Enters who gives. A signed-in donor's own account is tied to it; nobody else's ever is. */
export const enterDonor = async (ctx: CommandContext, donor: DonorForm): Promise<string> => {
  const id = ctx.newId();
  await insertDonor(ctx.trx, id, donor, ctx.actor.kind === 'donor' ? ctx.actor.personId : null);
  return id;
};

/** The evening behind a gift or promise made in a hall. Refuses `not_found` for one the campaign does not have. */
export const eventOf = async (
  ctx: CommandContext,
  slug: string | null,
  campaignId: string,
): Promise<Result<string | null>> => {
  if (slug === null) return ok(null);
  const id = await findHallEvent(ctx.trx, slug, campaignId);
  return id === null ? refuse('not_found', {}, 'event') : ok(id);
};

/** Enters who shares in a promise or gift. Refuses `exceeds_donation` when their parts are more than the whole. */
export const enterSharers = async (
  ctx: CommandContext,
  of: { readonly pledgeId: string } | { readonly donationId: string },
  sharers: SharersForm,
  wholeMinor: bigint,
): Promise<Result<null>> => {
  const decided = decideSharers(sharers, wholeMinor);
  if (decided.ok) await insertSharers(ctx.trx, of, sharers, ctx.newId);
  return decided;
};

export type EnteredRecognition = { readonly id: string; readonly commitments: LeafCommitments };

/**
 * Enters how this pledge or gift may be named. Words that staff copy from a paper card have been read by them;
 * words from the public form wait for a moderator. Answers the commitment to the name for the public log.
 */
export const enterRecognition = async (
  ctx: CommandContext,
  donorId: string,
  form: RecognitionForm | null,
  givenOn: { readonly day: string; readonly timeZone: string },
): Promise<EnteredRecognition | null> => {
  if (form === null || !form.consent) return null;
  const id = ctx.newId();
  const salt = newSalt();
  const sameDay = accountingDate(ctx.now, givenOn.timeZone) === givenOn.day;
  await insertRecognition(ctx.trx, {
    id,
    donorId,
    form,
    consentedAt: sameDay ? ctx.now : startOfDay(givenOn.day, givenOn.timeZone),
    moderatedBy: staffIdOf(ctx.actor),
    now: ctx.now,
    salt,
  });
  const shown = form.shownAs;
  return {
    id,
    commitments:
      shown === null
        ? {}
        : { name: commit(salt, 'recognition', 'name', Buffer.from(canonicalBytes(shown)).toString('utf8')) },
  };
};

/** Lets consented words appear in public, or hides them. Nothing a visitor typed is shown before this. */
export const moderateRecognition = defineCommand({
  name: 'recognition.moderate',
  permission: 'recognition:moderate',
  events: ['recognition_moderated'],
  input: moderationForm,
  run: async (ctx, input) => {
    if (ctx.actor.kind !== 'person') return refuse('not_permitted');
    const moved = await moderateRow(
      ctx.trx,
      input.recognitionId,
      input.moderation,
      ctx.actor.personId,
      ctx.now,
    );
    if (!moved) return refuse('changed_since_seen');
    ctx.record({
      event: 'recognition_moderated',
      subjectKind: 'recognition',
      subjectId: input.recognitionId,
      details: { moderation: input.moderation },
    });
    return ok({ recognitionId: input.recognitionId, moderation: input.moderation });
  },
});
