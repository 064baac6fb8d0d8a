import type { Transaction } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database, LocalText } from '@/db/tables';

type Trx = Transaction<Database>;

/** An account as it is printed: in whose name, its number, and at which bank. */
export type AccountText = {
  readonly holder: LocalText;
  readonly accountNumber: string;
  readonly bank: LocalText;
};

/** Where transfers of a campaign go now, as cards and letters print it; null while it has told no account. */
export const accountInForce = async (
  db: Reader,
  campaignId: string,
): Promise<{ readonly holder: LocalText; readonly number: string; readonly bank: LocalText } | null> =>
  (await db
    .selectFrom('transfer_account')
    .select(['holder', 'account_number as number', 'bank'])
    .where('campaign_id', '=', campaignId)
    .orderBy('recorded_at', 'desc')
    .limit(1)
    .executeTakeFirst()) ?? null;

export const hasWaitingProposal = async (trx: Trx, campaignId: string): Promise<boolean> =>
  (await trx
    .selectFrom('transfer_account_proposal')
    .select('id')
    .where('campaign_id', '=', campaignId)
    .where('status', '=', 'proposed')
    .executeTakeFirst()) !== undefined;

export const insertProposal = async (
  trx: Trx,
  proposal: AccountText & {
    readonly id: string;
    readonly campaignId: string;
    readonly reason: string;
    readonly hash: string;
    readonly person: string;
    readonly on: string;
  },
): Promise<void> => {
  await trx
    .insertInto('transfer_account_proposal')
    .values({
      id: proposal.id,
      campaign_id: proposal.campaignId,
      holder: proposal.holder,
      account_number: proposal.accountNumber,
      bank: proposal.bank,
      reason: proposal.reason,
      content_hash: proposal.hash,
      status: 'proposed',
      proposed_by: proposal.person,
      proposed_on: proposal.on,
    })
    .execute();
};

export const lockProposal = (trx: Trx, id: string) =>
  trx.selectFrom('transfer_account_proposal').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

export const decideProposal = async (
  trx: Trx,
  id: string,
  decision: {
    readonly status: 'approved' | 'returned' | 'withdrawn';
    readonly person: string | null;
    readonly on: string;
    readonly note: string | null;
  },
): Promise<void> => {
  await trx
    .updateTable('transfer_account_proposal')
    .set({
      status: decision.status,
      decided_by: decision.person,
      decided_on: decision.on,
      decision_note: decision.note,
    })
    .where('id', '=', id)
    .execute();
};

export const addTransferAccount = async (
  trx: Trx,
  account: AccountText & {
    readonly rowId: string;
    readonly campaignId: string;
    /** The proposal it was; null for the account a campaign is set up with. */
    readonly id: string | null;
    readonly person: string | null;
  },
): Promise<void> => {
  await trx
    .insertInto('transfer_account')
    .values({
      id: account.rowId,
      campaign_id: account.campaignId,
      holder: account.holder,
      account_number: account.accountNumber,
      bank: account.bank,
      proposal_id: account.id,
      recorded_by: account.person,
    })
    .execute();
};
