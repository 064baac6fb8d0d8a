import { sql, type Kysely, type Transaction } from 'kysely';
import { CLOCK_SLACK } from '@/db/clock-slack';
import type { Database } from '@/db/tables';
import type { CommandContext } from '../context';
import { env } from '../env';
import { isLang, type Lang } from '../i18n/languages';
import { fromStoredJson, toStoredJson } from '../shared/canonical';
import { seal, unseal } from '../shared/seal';
import type { MailContent, MailRequest } from './mail';

const THREE_DAYS_SECONDS = 3 * 24 * 3600;

/** A worker holds a mail this long; longer than every time-out of the mail server connection together. */
const LEASE_SECONDS = 120;

/** A lease longer than one can be was taken while the database's clock was ahead, by a worker that died of it or since. */
const inNobodysHands = sql`(o.leased_until is null
  or o.leased_until not between now() and now() + make_interval(secs => ${LEASE_SECONDS}) + ${CLOCK_SLACK})`;

type Sealed = { readonly address: string | null; readonly data: unknown };

/**
 * Puts a mail into the outbox within the act's own transaction: no act, no mail; no commit, no mail. What the
 * template needs is encrypted until it is sent and then emptied, so that neither codes nor addresses stay behind.
 *
 * @returns the mail's id, which is also its Message-ID for ever
 */
export const queueMail = async (
  ctx: Pick<CommandContext, 'trx' | 'now' | 'newId' | 'enqueue'>,
  request: MailRequest,
): Promise<string> => {
  const id = ctx.newId();
  const { to } = request;
  const sealed: Sealed = { address: 'address' in to ? to.address : null, data: packed(request.data) };
  await ctx.trx
    .insertInto('outbox')
    .values({
      id,
      template: request.template,
      lang: request.lang,
      person_id: 'personId' in to ? to.personId : null,
      donor_id: 'donorId' in to ? to.donorId : null,
      sealed: seal(env.AUTH_SECRET, 'mail', id, toStoredJson(sealed)),
      expires_at: new Date(ctx.now.getTime() + (request.goodForSeconds ?? THREE_DAYS_SECONDS) * 1000),
    })
    .execute();
  ctx.enqueue({ task: 'send_mail', payload: { outboxId: id }, key: `mail:${id}` });
  return id;
};

/** Dates do not survive JSON by themselves; templates that carry one get it back in `unpacked`. */
const packed = (data: MailContent['data']): unknown =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      value instanceof Date ? { $at: value.toISOString() } : value,
    ]),
  );

const unpacked = (data: unknown): unknown => {
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]: [string, unknown]) => {
      const at = typeof value === 'object' && value !== null ? (value as { $at?: unknown }).$at : undefined;
      return [name, typeof at === 'string' ? new Date(at) : value];
    }),
  );
};

export type LeasedMail = {
  readonly id: string;
  readonly lang: Lang;
  readonly queuedAt: Date;
  readonly attempts: number;
  readonly expired: boolean;
  /** Null when nobody is to get it, or the person's or donor's address has been erased. */
  readonly address: string | null;
  readonly erased: boolean;
  /** Null when it cannot be opened: sealed under another AUTH_SECRET. */
  readonly content: MailContent | null;
};

/** Takes a waiting mail for one worker; null when it is sent, dropped, or in another worker's hands. */
export const leaseMail = async (db: Kysely<Database>, id: string): Promise<LeasedMail | null> => {
  const { rows } = await sql<{
    template: string;
    lang: string;
    sealed: Buffer | null;
    queued_at: Date;
    attempts: number;
    expired: boolean;
    of_account: boolean;
    account_address: string | null;
  }>`
    update outbox o set leased_until = now() + make_interval(secs => ${LEASE_SECONDS}), attempts = o.attempts + 1
    where o.id = ${id}::uuid and o.sent_at is null and o.dropped_at is null
      and ${inNobodysHands}
    returning o.template, o.lang, o.sealed, o.queued_at, o.attempts, o.expires_at <= now() as expired,
      (o.person_id is not null or o.donor_id is not null) as of_account,
      coalesce((select p.email from person p where p.id = o.person_id and p.disabled_at is null),
               (select d.email from donor d where d.id = o.donor_id and d.erased_at is null)) as account_address`.execute(
    db,
  );
  const row = rows[0];
  if (!row) return null;
  const text = row.sealed === null ? null : unseal(env.AUTH_SECRET, 'mail', id, row.sealed);
  const opened = text === null ? null : (fromStoredJson(JSON.parse(text)) as Sealed);
  return {
    id,
    lang: isLang(row.lang) ? row.lang : 'zh-Hans',
    queuedAt: row.queued_at,
    attempts: row.attempts,
    expired: row.expired,
    address: row.of_account ? row.account_address : (opened?.address ?? null),
    erased: row.of_account && row.account_address === null,
    content:
      opened === null ? null : ({ template: row.template, data: unpacked(opened.data) } as MailContent),
  };
};

export const markSent = async (db: Kysely<Database>, id: string): Promise<void> => {
  await sql`update outbox set sent_at = now(), sealed = null, leased_until = null, last_problem = null
    where id = ${id}::uuid and sent_at is null and dropped_at is null`.execute(db);
};

export type DropReason = 'nobody' | 'expired' | 'refused' | 'given_up' | 'erased';

export const dropMail = async (
  db: Kysely<Database>,
  id: string,
  because: DropReason,
  problem: string | null = null,
): Promise<void> => {
  await sql`update outbox set dropped_at = now(), dropped_because = ${because}, sealed = null, leased_until = null,
      last_problem = ${problem}
    where id = ${id}::uuid and sent_at is null and dropped_at is null`.execute(db);
};

/** Gives the lease back after a failed try, so that the next try need not wait for it to run out. */
export const returnMail = async (db: Kysely<Database>, id: string, problem: string): Promise<void> => {
  await sql`update outbox set leased_until = null, last_problem = ${problem}
    where id = ${id}::uuid and sent_at is null and dropped_at is null`.execute(db);
};

/** Mail whose job was lost (a worker killed between taking and sending): waiting a minute and in nobody's hands. */
export const strandedMail = async (db: Kysely<Database>, limit: number): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select o.id from outbox o
    where o.sent_at is null and o.dropped_at is null and o.queued_at < now() - interval '1 minute'
      and ${inNobodysHands}
      and not exists (select from graphile_worker._private_jobs j
                      where j.key = 'mail:' || o.id::text and j.is_available)
    order by o.queued_at limit ${limit}`.execute(db);
  return rows.map((row) => row.id);
};

/** Sent and dropped mail is kept a month as proof of sending (no content, no address in the row), then removed. */
export const removeOldMail = async (db: Kysely<Database> | Transaction<Database>): Promise<void> => {
  await sql`delete from outbox where queued_at < now() - interval '30 days'
    and (sent_at is not null or dropped_at is not null)`.execute(db);
};
