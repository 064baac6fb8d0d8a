import { sql, type Kysely, type Transaction } from 'kysely';
import type { Database } from '@/db/tables';
import type { SourceCounts, TryCounts } from './defence.rules';

type Db = Kysely<Database> | Transaction<Database>;

export type TryKeys = {
  readonly network: Buffer;
  readonly subnet: Buffer;
  readonly device: Buffer;
  readonly email: Buffer | null;
};

/** What else is known of a try when it is made. */
export type TryFacts = { readonly worked: boolean; readonly card: boolean; readonly known: boolean };

/** Spends a token; false when it was spent before. */
export const spendToken = async (db: Db, token: Buffer): Promise<boolean> =>
  (await db
    .insertInto('form_token_used')
    .values({ token })
    .onConflict((conflict) => conflict.column('token').doNothing())
    .returning('token')
    .executeTakeFirst()) !== undefined;

/** Writes a try down before it is counted: of many at the same moment each sees those before it. */
export const insertTry = async (
  db: Db,
  id: string,
  keys: TryKeys,
  { worked, card, known }: TryFacts,
): Promise<void> => {
  await db
    .insertInto('giving_try')
    .values({
      id,
      network_key: keys.network,
      subnet_key: keys.subnet,
      device_key: keys.device,
      email_key: keys.email,
      outcome: 'passed',
      proved: worked,
      card,
      known,
    })
    .execute();
};

export const endTry = async (
  db: Db,
  id: string,
  end:
    | { readonly outcome: 'asked_to_prove' | 'refused'; readonly why: string }
    | { readonly checkoutId: string },
): Promise<void> => {
  await db
    .updateTable('giving_try')
    .set('outcome' in end ? { outcome: end.outcome, why: end.why } : { checkout_id: end.checkoutId })
    .where('id', '=', id)
    .execute();
};

type Row = Record<`${'network' | 'subnet' | 'device' | 'email'}_${keyof SourceCounts}`, number> & {
  declined: number;
  paid: number;
  opened: number;
  alarmed: boolean;
  strangers: number;
};

/** Refused cards of ten minutes on pages that were not paid afterwards: a mistyped number is put right at once. */
const UNPAID_DECLINES = sql`(select count(*)::int from payment_decline d join checkout k on k.id = d.checkout_id
  where d.at > now() - interval '10 minutes' and k.state <> 'complete')`;

const ALARMED = sql`exists (select from card_alarm where raised_at > now() - interval '10 minutes')`;

/** Card pages that wait for an answer, of networks from which nobody has paid within the hour. */
const STRANGERS = sql`giving_try t left join checkout k on k.id = t.checkout_id
  where t.outcome = 'passed' and t.card and not t.known and t.at > now() - interval '3 hours'
    and (k.state in ('asked', 'open', 'unknown') or k.state is null and t.at > now() - interval '10 minutes')
    and not exists (select from giving_try p join checkout c on c.id = p.checkout_id and c.state = 'complete'
      where p.network_key = t.network_key and p.at > now() - interval '1 hour')`;

/**
 * What the tries of an hour say, in one statement. The try itself is among them; the page that its answers have opened
 * before (`page`) is not, because it would be opened again. Of strangers only those before it count: of a hundred that come at the same moment
 * the first find room.
 */
export const countTries = async (
  db: Db,
  { tryId, keys, page }: { readonly tryId: string; readonly keys: TryKeys; readonly page: string | null },
): Promise<TryCounts> => {
  const { rows } = await sql<Row>`
    with mine as (
      select t.network_key = ${keys.network} as network, t.subnet_key = ${keys.subnet} as subnet,
        t.device_key = ${keys.device} as device, t.email_key is not distinct from ${keys.email} and t.email_key is not null as email,
        (select count(*) from payment_decline d where d.checkout_id = t.checkout_id) as declined,
        coalesce(k.state = 'complete', false) as paid,
        coalesce(k.state, 'asked') in ('asked', 'open', 'unknown') and t.at > now() - interval '10 minutes' as unpaid
      from giving_try t left join checkout k on k.id = t.checkout_id
      where t.outcome = 'passed' and t.at > now() - interval '1 hour'
        and (${page}::uuid is null or t.checkout_id is distinct from ${page})
        and (t.subnet_key = ${keys.subnet} or t.device_key = ${keys.device} or t.email_key = ${keys.email}))
    select ${sql.join(
      (['network', 'subnet', 'device', 'email'] as const).flatMap((name) => [
        sql`coalesce(sum(declined) filter (where ${sql.ref(name)}), 0)::int as ${sql.ref(`${name}_declined`)}`,
        sql`(count(*) filter (where ${sql.ref(name)} and paid))::int as ${sql.ref(`${name}_paid`)}`,
        sql`(count(*) filter (where ${sql.ref(name)} and unpaid))::int as ${sql.ref(`${name}_unpaid`)}`,
      ]),
    )},
      ${UNPAID_DECLINES} as declined,
      (select count(*)::int from checkout where state = 'complete' and changed_at > now() - interval '10 minutes'
        and asked_at > now() - interval '1 day') as paid,
      (select count(*)::int from ${STRANGERS}
        and (t.at, t.id) <= (select me.at, me.id from giving_try me where me.id = ${tryId})) as strangers,
      (select count(*)::int from giving_try where outcome = 'passed' and at > now() - interval '1 minute') as opened,
      ${ALARMED} as alarmed
    from mine`.execute(db);
  const row = rows[0];
  if (!row) throw new Error('counting gave no row');
  const of = (name: 'network' | 'subnet' | 'device' | 'email'): SourceCounts => ({
    declined: row[`${name}_declined`],
    paid: row[`${name}_paid`],
    unpaid: row[`${name}_unpaid`],
  });
  return {
    network: of('network'),
    subnet: of('subnet'),
    device: of('device'),
    email: keys.email === null ? null : of('email'),
    all: {
      declined: row.declined,
      paid: row.paid,
      opened: row.opened,
      alarmed: row.alarmed,
      strangers: row.strangers,
    },
  };
};

/** Remembers a refused card, once per event of the provider. */
export const insertDecline = async (db: Db, eventId: string, checkoutId: string): Promise<void> => {
  await db
    .insertInto('payment_decline')
    .values({ event_id: eventId, checkout_id: checkoutId })
    .onConflict((conflict) => conflict.column('event_id').doNothing())
    .execute();
};

export type DeclinedPage = {
  readonly sessionId: string;
  readonly declined: number;
  /** Somebody of its network has paid within the hour. */
  readonly paying: boolean;
};

/** Pages that are still open and on which cards were refused within the hour. */
export const declinedPages = async (db: Db): Promise<readonly DeclinedPage[]> => {
  const { rows } = await sql<DeclinedPage>`
    select k.session_id as "sessionId", count(*)::int as declined,
      exists (select from giving_try t join giving_try p on p.network_key = t.network_key and p.at > now() - interval '1 hour'
        join checkout c on c.id = p.checkout_id and c.state = 'complete' where t.checkout_id = k.id) as paying
    from payment_decline d join checkout k on k.id = d.checkout_id
    where d.at > now() - interval '1 hour' and k.state = 'open' and k.session_id is not null
    group by k.id`.execute(db);
  return rows;
};

/** How many card pages strangers hold open, and the oldest of those that were left for ten minutes. */
export const strangersOpen = async (
  db: Db,
  limit: number,
): Promise<{ readonly open: number; readonly left: readonly string[] }> => {
  const { rows } = await sql<{ open: number; left: string[] | null }>`
    select count(*)::int as open,
      (array_agg(k.session_id order by t.at) filter (where k.session_id is not null and k.state = 'open'
        and t.at < now() - interval '10 minutes'))[1:${sql.lit(limit)}] as left
    from ${STRANGERS}`.execute(db);
  return { open: rows[0]?.open ?? 0, left: rows[0]?.left ?? [] };
};

/** Refused cards that stayed refused, and paid gifts, of the last ten minutes. */
export const recentOutcomes = async (
  db: Db,
): Promise<Pick<TryCounts['all'], 'declined' | 'paid' | 'alarmed'>> => {
  const { rows } = await sql<Pick<TryCounts['all'], 'declined' | 'paid' | 'alarmed'>>`
    select ${UNPAID_DECLINES} as declined, ${ALARMED} as alarmed,
      (select count(*)::int from checkout where state = 'complete' and changed_at > now() - interval '10 minutes'
        and asked_at > now() - interval '1 day') as paid`.execute(db);
  return rows[0] ?? { declined: 0, paid: 0, alarmed: false };
};

/** Tries and spent tokens are of no use after two days. */
export const removeOldTries = async (db: Db): Promise<void> => {
  await sql`delete from giving_try where at < now() - interval '2 days'`.execute(db);
  await sql`delete from form_token_used where used_at < now() - interval '2 days'`.execute(db);
};
