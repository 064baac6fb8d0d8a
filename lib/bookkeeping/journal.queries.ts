import { sql, type Kysely } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database } from '@/db/tables';
import { entryNumber } from '../ledger/posting.rules';
import type { JournalEntry } from './journal.rules';

const PAGE = 2000;

/** Every entry of both books, oldest first, read in pages so that a large ledger needs no large memory. */
export async function* journalEntries(db: Reader, upTo: string | null = null): AsyncGenerator<JournalEntry> {
  let after = 0n;
  for (;;) {
    const { rows } = await sql<{
      id: bigint;
      kind: string;
      subject: string;
      date: string;
      reverses: bigint | null;
      postings: { book: string; credit: string; debit: string; amount: string; currency: string }[];
    }>`
      select e.id, e.kind, e.subject, e.accounting_date as date, e.reverses_id as reverses,
        (select jsonb_agg(jsonb_build_object('book', p.book, 'credit', c.code, 'debit', d.code, 'amount', p.amount_minor::text, 'currency', p.currency)
                order by p.line_no)
         from posting p join account c on c.id = p.credit_account_id join account d on d.id = p.debit_account_id
         where p.entry_id = e.id) as postings
      from entry e where e.id > ${after} and (${upTo}::date is null or e.accounting_date <= ${upTo}::date) order by e.id limit ${PAGE}`.execute(
      db as Kysely<Database>,
    );
    for (const row of rows)
      yield {
        number: entryNumber(row.id),
        date: row.date,
        kind: row.kind,
        subject: row.subject,
        reverses: row.reverses === null ? null : entryNumber(row.reverses),
        postings: row.postings.map((posting) => ({ ...posting, amountMinor: BigInt(posting.amount) })),
      };
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.id;
  }
}

/** All accounts with their balances, today's or as of a day, and the span of dates in the books. */
export const journalFrame = async (db: Reader, upTo: string | null = null) => {
  const balances = await (upTo === null
    ? db
        .selectFrom('account_balance')
        .select(['code', 'book', 'currency', 'balance_minor as balanceMinor'])
        .orderBy('code')
        .execute()
    : balancesOn(db, upTo));
  const span = await db
    .selectFrom('entry')
    .$if(upTo !== null, (query) => query.where('accounting_date', '<=', upTo ?? ''))
    .select((eb) => [eb.fn.min('accounting_date').as('first'), eb.fn.max('accounting_date').as('last')])
    .executeTakeFirst();
  return { balances, first: span?.first ?? null, last: span?.last ?? null };
};

type AccountOn = { code: string; book: string; currency: string; balanceMinor: bigint };

const balancesOn = async (db: Reader, day: string): Promise<AccountOn[]> =>
  (
    await sql<AccountOn>`
      select a.code, a.book, a.currency, sum(case when p.debit_account_id = a.id then p.amount_minor else -p.amount_minor end)::bigint as "balanceMinor"
      from posting p join entry e on e.id = p.entry_id and e.accounting_date <= ${day}::date
        join account a on a.id in (p.debit_account_id, p.credit_account_id)
      group by a.id, a.code, a.book, a.currency order by a.code`.execute(db as Kysely<Database>)
  ).rows;
