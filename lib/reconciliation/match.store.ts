import { sql, type Transaction } from 'kysely';
import type { Database } from '@/db/tables';
import type { MatchPart } from './bank.form';

type Trx = Transaction<Database>;

export type BankAccountRow = {
  readonly id: string;
  readonly code: string;
  readonly campaignId: string;
  readonly currency: string;
  readonly main: boolean;
};

export const findBankAccount = async (trx: Trx, code: string): Promise<BankAccountRow | null> =>
  (await trx
    .selectFrom('bank_account')
    .select(['id', 'code', 'campaign_id as campaignId', 'currency', 'main'])
    .where('code', '=', code)
    .executeTakeFirst()) ?? null;

export type LockedLine = {
  readonly id: bigint;
  readonly version: number;
  readonly amountMinor: bigint;
  readonly bookedOn: string;
  readonly currency: string;
  readonly counterparty: string | null;
  readonly memo: string;
  readonly matchId: string | null;
};

/** The lines, locked in the order of their numbers until the end of the transaction. */
export const lockLines = (trx: Trx, accountId: string, ids: readonly bigint[]): Promise<LockedLine[]> =>
  trx
    .selectFrom('bank_line')
    .select([
      'id',
      'version',
      'amount_minor as amountMinor',
      'booked_on as bookedOn',
      'currency',
      'counterparty',
      'memo',
      'match_id as matchId',
    ])
    .where('account_id', '=', accountId)
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .execute();

export const nextMatchCode = async (trx: Trx): Promise<string> => {
  const { rows } = await sql<{ no: bigint }>`select nextval('bank_match_no') as no`.execute(trx);
  return `M-${(rows[0]?.no ?? 0n).toString().padStart(4, '0')}`;
};

export const insertMatch = async (
  trx: Trx,
  match: {
    readonly id: string;
    readonly code: string;
    readonly accountId: string;
    readonly on: string;
    readonly by: string | null;
    readonly inBulk: boolean;
    readonly reasons: readonly string[];
    readonly ruleId: bigint | null;
    readonly lines: readonly LockedLine[];
  },
): Promise<void> => {
  await trx
    .insertInto('bank_match')
    .values({
      id: match.id,
      code: match.code,
      account_id: match.accountId,
      matched_on: match.on,
      made_by: match.by,
      in_bulk: match.inBulk,
      reasons: JSON.stringify(match.reasons),
      rule_id: match.ruleId,
    })
    .execute();
  await trx
    .insertInto('bank_match_line')
    .values(
      match.lines.map((line) => ({ match_id: match.id, line_id: line.id, amount_minor: line.amountMinor })),
    )
    .execute();
  await setMatch(
    trx,
    match.lines.map((line) => line.id),
    match.id,
  );
};

/** Puts lines into a match or takes them out of it; either way old screens are old from now on. */
export const setMatch = async (trx: Trx, ids: readonly bigint[], matchId: string | null): Promise<void> => {
  await trx
    .updateTable('bank_line')
    .set((eb) => ({ match_id: matchId, version: eb('version', '+', 1) }))
    .where('id', 'in', [...ids])
    .execute();
};

export type DonePart = {
  readonly part: MatchPart;
  readonly subject: string | null;
  readonly donationId: string | null;
  readonly entryId: bigint | null;
};

export const insertParts = async (trx: Trx, matchId: string, parts: readonly DonePart[]): Promise<void> => {
  await trx
    .insertInto('bank_match_part')
    .values(
      parts.map(({ part, subject, donationId, entryId }, index) => ({
        match_id: matchId,
        part_no: index + 1,
        kind: part.kind,
        subject,
        amount_minor: part.amountMinor,
        donation_id: donationId,
        entry_id: entryId,
      })),
    )
    .execute();
};

export const lockMatch = (trx: Trx, code: string) =>
  trx
    .selectFrom('bank_match as m')
    .innerJoin('bank_account as a', 'a.id', 'm.account_id')
    .selectAll('m')
    .select('a.code as account')
    .where('m.code', '=', code)
    .forUpdate('m')
    .executeTakeFirst();

export const partsOf = (trx: Trx, matchId: string) =>
  trx
    .selectFrom('bank_match_part')
    .selectAll()
    .where('match_id', '=', matchId)
    .orderBy('part_no', 'desc')
    .execute();

export const lineIdsOf = async (trx: Trx, matchId: string): Promise<bigint[]> =>
  (
    await trx
      .selectFrom('bank_match_line')
      .select('line_id')
      .where('match_id', '=', matchId)
      .orderBy('line_id')
      .execute()
  ).map((row) => row.line_id);

export const hasStandingPart = async (trx: Trx, kind: string, subject: string): Promise<boolean> =>
  (await trx
    .selectFrom('bank_match_part as p')
    .innerJoin('bank_match as m', 'm.id', 'p.match_id')
    .select('p.part_no')
    .where('p.kind', '=', kind)
    .where('p.subject', '=', subject)
    .where('m.undone_at', 'is', null)
    .limit(1)
    .executeTakeFirst()) !== undefined;

/** Remembers what lines of this wording were; another answer for the same wording is another rule. */
export const learnRule = async (
  trx: Trx,
  rule: {
    readonly accountId: string;
    readonly inward: boolean;
    readonly counterparty: string;
    readonly memo: string;
    readonly makes: string;
    readonly otherAccount: string | null;
  },
): Promise<{ readonly id: bigint; readonly times: number }> =>
  trx
    .insertInto('match_rule')
    .values({
      account_id: rule.accountId,
      inward: rule.inward,
      counterparty_key: rule.counterparty,
      memo_key: rule.memo,
      makes: rule.makes,
      other_account: rule.otherAccount,
    })
    .onConflict((conflict) =>
      conflict.constraint('match_rule_once').doUpdateSet((eb) => ({
        times: eb('match_rule.times', '+', 1),
        other_account: rule.otherAccount,
        off_at: null,
        off_by: null,
      })),
    )
    .returning(['id', 'times'])
    .executeTakeFirstOrThrow();

/** A match that is undone teaches the opposite: its rule starts again at once. */
export const unlearnRule = async (trx: Trx, ruleId: bigint): Promise<void> => {
  await trx.updateTable('match_rule').set({ times: 1 }).where('id', '=', ruleId).execute();
};
