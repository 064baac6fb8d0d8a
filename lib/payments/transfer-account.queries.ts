import { sql, type Kysely } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database, LocalText } from '@/db/tables';
import { staffDb } from '../staff-db';
import type { AccountText } from './transfer-account.store';

/** An account that was printed, and since when; who decided on it, null for the one a campaign was set up with. */
export type PrintedAccount = AccountText & {
  /** YYYY-MM-DD, by the campaign's own clock. */
  readonly since: string;
  readonly maker: string | null;
  readonly checker: string | null;
  readonly reason: string | null;
};

export type WaitingAccount = AccountText & {
  readonly id: string;
  readonly hash: string;
  readonly reason: string;
  readonly on: string;
  readonly makerId: string;
  readonly maker: string;
  /** The account of ours whose statements are read and whose number ends alike; null when there is none. */
  readonly readAs: string | null;
};

export type TransferAccounts = {
  readonly campaign: string;
  readonly name: LocalText;
  /** The one in force first. */
  readonly printed: readonly PrintedAccount[];
  readonly waiting: WaitingAccount | null;
};

/** Of every campaign: the account in force, the ones before it, and the change that waits for a second person. */
export const transferAccounts = async (db: Reader = staffDb()): Promise<TransferAccounts[]> => {
  const campaigns = await db
    .selectFrom('campaign')
    .select(['id', 'slug', 'name'])
    .orderBy('opens_on', 'desc')
    .orderBy('slug')
    .execute();
  const printed = (
    await sql<PrintedAccount & { readonly campaignId: string }>`
      select a.campaign_id as "campaignId", a.holder, a.account_number as "accountNumber", a.bank,
        to_char(a.recorded_at at time zone k.time_zone, 'YYYY-MM-DD') as since, m.name as maker, c.name as checker, p.reason
      from transfer_account a join campaign k on k.id = a.campaign_id left join transfer_account_proposal p on p.id = a.proposal_id
        left join person m on m.id = p.proposed_by left join person c on c.id = p.decided_by
      order by a.recorded_at desc`.execute(db as Kysely<Database>)
  ).rows;
  const waiting = (
    await sql<WaitingAccount & { readonly campaignId: string }>`
      select p.campaign_id as "campaignId", p.id, p.holder, p.account_number as "accountNumber", p.bank, p.reason,
        p.content_hash as hash, p.proposed_on as on, p.proposed_by as "makerId", m.name as maker,
        (select b.code from bank_account b where b.campaign_id = p.campaign_id and right(b.number, 4) = right(p.account_number, 4)
          order by b.code limit 1) as "readAs"
      from transfer_account_proposal p join person m on m.id = p.proposed_by
      where p.status = 'proposed'`.execute(db as Kysely<Database>)
  ).rows;
  return campaigns.map(({ id, slug, name }) => ({
    campaign: slug,
    name,
    printed: printed.filter((one) => one.campaignId === id),
    waiting: waiting.find((one) => one.campaignId === id) ?? null,
  }));
};

/** How many changed accounts wait for somebody else than this person. */
export const waitingAccountChanges = async (personId: string, db: Reader = staffDb()): Promise<number> =>
  Number(
    (
      await db
        .selectFrom('transfer_account_proposal')
        .select((eb) => eb.fn.countAll<string>().as('count'))
        .where('status', '=', 'proposed')
        .where('proposed_by', '<>', personId)
        .executeTakeFirstOrThrow()
    ).count,
  );
