import { staffIdOf } from '../auth/roles.rules';
import { defineCommand } from '../context';
import { actLeaf } from '../proof/leaf';
import { toSecond } from '../shared/instant';
import { ok, refuse } from '../shared/result';
import { accountingDate } from '../shared/time';
import { amendCampaignForm } from './campaign.form';
import { changedFacts, filedHash } from './filed-facts.rules';

/**
 * Changes what a campaign has filed: its legal host, licence, filing number or last day, with the reason. What stood before
 * stays as a row, and the public log says which of them changed. Refuses `changed_since_seen` when they are not as they were
 * when the page was opened, and a last day before today: what is over cannot have ended earlier.
 */
export const amendCampaign = defineCommand({
  name: 'campaign.amend',
  permission: 'campaign:amend',
  events: ['campaign_amended'],
  input: amendCampaignForm,
  run: async (ctx, { campaign: slug, reason, on, seenHash, ...after }) => {
    const person = staffIdOf(ctx.actor);
    if (person === null) return refuse('not_permitted');
    const found = await ctx.trx
      .selectFrom('campaign')
      .select(['id', 'opens_on', 'time_zone', 'legal_host', 'licence_no', 'filing_no', 'ends_on'])
      .where('slug', '=', slug)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!found) return refuse('not_found', {}, 'campaign');
    const before = {
      legalHost: found.legal_host,
      licenceNo: found.licence_no,
      filingNo: found.filing_no,
      endsOn: found.ends_on,
    };
    if (filedHash(before) !== seenHash) return refuse('changed_since_seen');
    const changed = changedFacts(before, after);
    if (changed.length === 0) return refuse('duplicate_submission');
    const today = accountingDate(ctx.now, found.time_zone);
    if (changed.includes('endsOn') && (after.endsOn < found.opens_on || after.endsOn < today))
      return refuse('invalid_input', { reason: 'dates_out_of_order' }, 'endsOn');
    await ctx.trx
      .updateTable('campaign')
      .set({
        legal_host: after.legalHost,
        licence_no: after.licenceNo,
        filing_no: after.filingNo,
        ends_on: after.endsOn,
      })
      .where('id', '=', found.id)
      .execute();
    await ctx.trx
      .insertInto('campaign_amendment')
      .values({
        id: ctx.newId(),
        campaign_id: found.id,
        before: JSON.stringify(before),
        after: JSON.stringify(after),
        reason,
        made_by: person,
        made_on: on,
      })
      .execute();
    ctx.record({
      event: 'campaign_amended',
      subjectKind: 'campaign',
      subjectId: slug,
      details: { changed: changed.join(' '), reason },
    });
    ctx.publish(
      actLeaf({
        event: 'campaign_amended',
        subject: slug,
        date: on,
        recorded: toSecond(ctx.now),
        campaign: slug,
        facts: { changed: changed.join('+'), ends: after.endsOn },
      }),
    );
    return ok({ campaign: slug, changed });
  },
});
