import { sql } from 'kysely';
import type { Reader } from '@/db/connect';
import { primary } from '../auth/primary';
import type { Owner } from './me.queries';

/**
 * Everything kept about one account, as plain data (个人信息保护法 art 45; GDPR art 15 and 20). Amounts are whole minor
 * units as text, so that no program rounds them.
 */
export const myData = async (owner: Owner, at: Date, db: Reader = primary()): Promise<unknown> => {
  const { rows } = await sql<{ data: unknown }>`
    with own as (select d.* from donor d where d.id in (select donors_of(${owner.personId})))
    select jsonb_build_object(
      'account', (select jsonb_build_object('email', p.email, 'name', p.name, 'language', p.lang, 'since', p.created_at)
        from person p where p.id = ${owner.personId}),
      'records', (select jsonb_agg(jsonb_build_object('name', o.name, 'email', o.email, 'phone', o.phone,
        'country', o.country, 'language', o.lang, 'since', o.created_at, 'remindersStopped', o.reminders_stopped_at,
        'newsStopped', o.news_stopped_at) order by o.created_at) from own o),
      'pledges', (select jsonb_agg(jsonb_build_object('number', p.code, 'reference', p.reference, 'status', p.status,
        'currency', p.currency, 'amountMinor', p.amount_minor::text, 'road', p.designation, 'ifNotBuilt', p.if_not_built,
        'pledgedOn', p.pledged_on, 'instalments', (select jsonb_agg(jsonb_build_object('dueOn', i.due_on,
          'amountMinor', i.amount_minor::text) order by i.no) from instalment i
          where i.pledge_id = p.id and i.pledge_version = p.version)) order by p.code)
        from pledge p where p.donor_id in (select id from own)),
      'gifts', (select jsonb_agg(jsonb_build_object('number', g.code, 'reference', g.reference, 'status', g.status,
        'channel', g.channel, 'currency', g.currency, 'amountMinor', g.amount_minor::text,
        'settledMinor', g.settled_minor::text, 'feeMinor', g.fee_minor::text, 'rate', g.rate, 'rateOn', g.rate_on,
        'road', g.designation,
        'roadNow', (select n.designation from lot_now n where n.subject = g.code), 'ifNotBuilt', g.if_not_built, 'givenOn', g.given_on, 'receivedOn', g.received_on,
        'bankReference', g.bank_reference, 'places', (select jsonb_agg(jsonb_build_object('state', v.state, 'road', v.segment,
          'contract', v.contract, 'amountMinor', v.amount_minor::text)) from disclosure.gift_place v where v.gift = g.code),
        'receipts', (select jsonb_agg(jsonb_build_object('serial', r.serial, 'status', r.status, 'issuedOn', r.issued_on,
          'issuedTo', r.issued_to, 'amountMinor', r.amount_minor::text, 'fiscalNumber', r.fiscal_number) order by r.serial)
          from receipt r where r.donation_id = g.id),
        'requests', (select jsonb_agg(jsonb_build_object('number', q.code, 'kind', q.kind, 'status', q.status,
          'reason', q.reason, 'askedOn', q.asked_on, 'answer', q.answer) order by q.code)
          from donor_request q where q.donation_id = g.id)) order by g.code)
        from donation g where g.donor_id in (select id from own)),
      'consents', (select jsonb_agg(jsonb_build_object('shownAs', r.shown_as, 'dedication', r.dedication,
        'message', r.message, 'consentedAt', r.consented_at, 'withdrawnAt', r.withdrawn_at, 'moderation', r.moderation)
        order by r.consented_at) from recognition r where r.donor_id in (select id from own)),
      'letters', (select jsonb_agg(jsonb_build_object('kind', l.kind, 'about', l.about, 'queuedAt', l.queued_at)
        order by l.queued_at) from donor_letter l where l.donor_id in (select id from own)),
      'sessions', (select jsonb_agg(jsonb_build_object('device', s.device, 'since', s.created_at, 'seen', s.last_seen_at)
        order by s.created_at) from sign_in_session s where s.person_id = ${owner.personId})
    ) as data`.execute(db);
  return { format: 'shanlu-my-data', version: 1, exportedAt: at.toISOString(), ...(rows[0]?.data as object) };
};
