import { sql, type Kysely } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database } from '@/db/tables';
import type { JournalEntry } from '../../bookkeeping/journal.rules';

const PAGE = 2_000;

type Row = {
  id: bigint;
  number: string;
  kind: string;
  subject: string;
  date: string;
  reverses: string | null;
  postings: { book: string; credit: string; debit: string; amount: string; currency: string }[];
};

/** Every public entry with its postings, oldest first, in pages. */
export async function* publicJournal(db: Reader): AsyncGenerator<JournalEntry> {
  let after = 0n;
  for (;;) {
    const { rows } = await sql<Row>`
      select e.id, e.number, e.kind, e.subject, e.accounting_date as date,
        case when e.reverses_id is not null then 'E-' || lpad(e.reverses_id::text, 6, '0') end as reverses,
        (select jsonb_agg(jsonb_build_object('book', p.book, 'credit', p.credit_account, 'debit', p.debit_account,
                'amount', p.amount_minor::text, 'currency', p.currency) order by p.line_no)
         from disclosure.posting p where p.entry_id = e.id) as postings
      from disclosure.entry e where e.id > ${after} order by e.id limit ${PAGE}`.execute(
      db as Kysely<Database>,
    );
    for (const { postings, ...entry } of rows)
      yield {
        ...entry,
        postings: postings.map((posting) => ({ ...posting, amountMinor: BigInt(posting.amount) })),
      };
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.id;
  }
}

/** All public accounts with their balances, and the span of dates in the books. */
export const journalFrame = async (db: Reader) => {
  const balances = await db
    .selectFrom('disclosure.account_balance')
    .select(['code', 'book', 'currency', 'balance_minor as balanceMinor'])
    .orderBy('code')
    .execute();
  const span = await db
    .selectFrom('disclosure.entry')
    .select((eb) => [eb.fn.min('accounting_date').as('first'), eb.fn.max('accounting_date').as('last')])
    .executeTakeFirst();
  return { balances, first: span?.first ?? null, last: span?.last ?? null };
};
