import { staffIdOf } from '../auth/roles.rules';
import { sql } from 'kysely';
import { findCampaign } from '../campaigns/campaign.store';
import { defineCommand } from '../context';
import { sumMinor } from '../shared/money';
import { ok, refuse } from '../shared/result';
import { batchForm, hallEventForm } from './hall.form';
import { enterPledge } from './pledge.commands';

/** Opens an evening: from now on its QR code leads to the form and its screen has an address. */
export const createHallEvent = defineCommand({
  name: 'hall.create_event',
  permission: 'hall:manage',
  events: ['hall_event_created'],
  input: hallEventForm,
  run: async (ctx, input) => {
    const campaign = await findCampaign(ctx.trx, { slug: input.campaign });
    if (!campaign) return refuse('not_found', {}, 'campaign');
    const fresh = await ctx.trx
      .insertInto('hall_event')
      .values({
        id: ctx.newId(),
        slug: input.slug,
        campaign_id: campaign.id,
        name: input.name,
        held_on: input.heldOn,
        recorded_by: staffIdOf(ctx.actor),
      })
      .onConflict((conflict) => conflict.column('slug').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!fresh) return refuse('duplicate_submission', {}, 'slug');
    ctx.record({ event: 'hall_event_created', subjectKind: 'hall_event', subjectId: input.slug });
    return ok({ event: input.slug });
  },
});

/**
 * Takes a batch of paper cards: all of them or none. Count and total were added up by hand before typing; when what
 * was typed differs, nothing is written and the difference is said (`control_totals_differ`). Each card becomes a
 * promise of its own with its number and payment reference.
 */
export const recordPledgeBatch = defineCommand({
  name: 'hall.record_batch',
  permission: 'hall:manage',
  events: ['pledge_batch_recorded', 'pledge_made'],
  input: batchForm,
  run: async (ctx, input) => {
    if (ctx.actor.kind !== 'person') return refuse('not_permitted');
    const event = await ctx.trx
      .selectFrom('hall_event as h')
      .innerJoin('campaign as c', 'c.id', 'h.campaign_id')
      .select(['h.id', 'c.slug as campaign', 'c.book_currency as currency'])
      .where('h.slug', '=', input.event)
      .executeTakeFirst();
    if (!event) return refuse('not_found', {}, 'event');
    const typedMinor = sumMinor(input.cards.map((card) => card.amountMinor));
    if (input.cards.length !== input.cardCount)
      return refuse(
        'control_totals_differ',
        { typed: input.cards.length, counted: input.cardCount },
        'cardCount',
      );
    if (typedMinor !== input.totalMinor)
      return refuse('control_totals_differ', { typedMinor, countedMinor: input.totalMinor }, 'totalMinor');
    const { rows } = await sql<{ no: bigint }>`select nextval('pledge_batch_no') as no`.execute(ctx.trx);
    const code = `B-${String(rows[0]?.no ?? 0n).padStart(4, '0')}`;
    const batchId = ctx.newId();
    await ctx.trx
      .insertInto('pledge_batch')
      .values({
        id: batchId,
        code,
        hall_event_id: event.id,
        card_count: input.cardCount,
        total_minor: input.totalMinor,
        recorded_by: ctx.actor.personId,
      })
      .execute();
    const pledges: { code: string; reference: string }[] = [];
    for (const [index, card] of input.cards.entries()) {
      const named = card.mayBeNamed && card.name !== null;
      const made = await enterPledge(
        ctx,
        {
          campaign: event.campaign,
          donor: {
            name: card.name,
            email: null,
            phone: card.phone,
            country: null,
            kind: 'person',
            contact: null,
            lang: 'zh-Hans',
          },
          currency: event.currency,
          amountMinor: card.amountMinor,
          instalments: [{ dueOn: card.dueOn, amountMinor: card.amountMinor }],
          designation: card.road,
          recognition: named
            ? {
                shownAs: { 'zh-Hans': card.name ?? '', 'zh-Hant': card.name ?? '', en: card.name ?? '' },
                nameKind: 'name',
                dedication: null,
                dedicationKind: null,
                message: null,
                consent: true,
              }
            : null,
          ifNotBuilt: 'ask',
          pledgedOn: input.on,
          source: 'paper',
          sharers: [],
          event: input.event,
        },
        batchId,
      );
      if (!made.ok) return refuse(made.refusal.name, made.refusal.details, `card${index + 1}`);
      pledges.push({ code: made.value.code, reference: made.value.reference });
    }
    ctx.record({
      event: 'pledge_batch_recorded',
      subjectKind: 'pledge_batch',
      subjectId: code,
      details: { cards: input.cardCount, totalMinor: input.totalMinor },
    });
    return ok({ batch: code, pledges });
  },
});
