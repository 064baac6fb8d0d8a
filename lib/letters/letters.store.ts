import type { Transaction } from 'kysely';
import type { Database } from '@/db/tables';

type Trx = Transaction<Database>;

export type LetterKind =
  | 'pledge_thanks'
  | 'reminder_before'
  | 'reminder_after'
  | 'payment_failed'
  | 'receipt'
  | 'road_news'
  | 'dispute';

/** Notes that a letter is written; false when it was before, by whichever worker. */
export const noteLetter = async (
  trx: Trx,
  letter: { readonly donorId: string; readonly kind: LetterKind; readonly about: string },
): Promise<boolean> =>
  (await trx
    .insertInto('donor_letter')
    .values({ donor_id: letter.donorId, kind: letter.kind, about: letter.about })
    .onConflict((conflict) => conflict.columns(['donor_id', 'kind', 'about']).doNothing())
    .returning('about')
    .executeTakeFirst()) !== undefined;

export const planOf = (trx: Trx, pledgeId: string, version: number) =>
  trx
    .selectFrom('instalment')
    .select(['due_on as dueOn', 'amount_minor as amountMinor'])
    .where('pledge_id', '=', pledgeId)
    .where('pledge_version', '=', version)
    .orderBy('no')
    .execute();

/**
 * Ends letters of one kind for everything given or promised so far with the address of this donor. Answers how many
 * records were touched: 0 when it had ended already.
 */
export const stopLettersOf = async (
  trx: Trx,
  donorId: string,
  kind: 'reminders' | 'news',
  now: Date,
): Promise<number> => {
  const column = kind === 'reminders' ? 'reminders_stopped_at' : 'news_stopped_at';
  const rows = await trx
    .updateTable('donor')
    .set({ [column]: now })
    .where((eb) =>
      eb.or([
        eb('id', '=', donorId),
        eb('email', '=', eb.selectFrom('donor').select('email').where('id', '=', donorId)),
      ]),
    )
    .where(column, 'is', null)
    .returning('id')
    .execute();
  return rows.length;
};
