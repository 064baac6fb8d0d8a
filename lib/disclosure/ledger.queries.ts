import type { Selectable } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database } from '@/db/tables';
import { publicDb } from './public-db';

type View<Name extends keyof Database> = Selectable<Database[Name]>;
export type PublicEntry = View<'disclosure.entry'>;

export type LedgerFilter = {
  readonly campaign?: string | undefined;
  readonly kind?: string | undefined;
  readonly segment?: string | undefined;
  /** YYYY-MM */
  readonly month?: string | undefined;
  /** Public number of a gift, contract or payment. */
  readonly subject?: string | undefined;
  readonly minMinor?: bigint | undefined;
  readonly maxMinor?: bigint | undefined;
};

/** Pages are cut by the entry's own number, so the ten-thousandth page costs what the first one does. */
export type LedgerCursor = { readonly before?: bigint | undefined };

export const LEDGER_PAGE = 50;

export type LedgerPage = {
  readonly entries: readonly PublicEntry[];
  /** Cursor of the next, older page; null at the end. */
  readonly next: bigint | null;
};

const lastDay = (month: string): string => {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return `${month}-${new Date(Date.UTC(year, number, 0)).getUTCDate()}`;
};

/** The newest entries first, filtered, a page at a time. */
export const ledgerPage = async (
  filter: LedgerFilter,
  cursor: LedgerCursor = {},
  db: Reader = publicDb(),
): Promise<LedgerPage> => {
  let query = db
    .selectFrom('disclosure.entry')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(LEDGER_PAGE + 1);
  if (cursor.before !== undefined) query = query.where('id', '<', cursor.before);
  if (filter.campaign) query = query.where('campaign', '=', filter.campaign);
  if (filter.kind) query = query.where('kind', '=', filter.kind);
  if (filter.segment) query = query.where('segment', '=', filter.segment);
  if (filter.subject) query = query.where('subject', '=', filter.subject);
  if (filter.month)
    query = query
      .where('accounting_date', '>=', `${filter.month}-01`)
      .where('accounting_date', '<=', lastDay(filter.month));
  if (filter.minMinor !== undefined) query = query.where('amount_minor', '>=', filter.minMinor);
  if (filter.maxMinor !== undefined) query = query.where('amount_minor', '<=', filter.maxMinor);
  const rows = await query.execute();
  const entries = rows.slice(0, LEDGER_PAGE);
  return { entries, next: rows.length > LEDGER_PAGE ? (entries.at(-1)?.id ?? null) : null };
};

export type EntryPage = {
  readonly entry: PublicEntry;
  readonly postings: readonly View<'disclosure.posting'>[];
  readonly gifts: readonly View<'disclosure.posting_gift'>[];
};

/** One entry with its postings and the gifts it moved. */
export const entryPage = async (id: bigint, db: Reader = publicDb()): Promise<EntryPage | null> => {
  const entry = await db.selectFrom('disclosure.entry').selectAll().where('id', '=', id).executeTakeFirst();
  if (!entry) return null;
  const [postings, gifts] = await Promise.all([
    db.selectFrom('disclosure.posting').selectAll().where('entry_id', '=', id).orderBy('line_no').execute(),
    db
      .selectFrom('disclosure.posting_gift')
      .selectAll()
      .where('entry_id', '=', id)
      .orderBy('line_no')
      .orderBy('gift')
      .execute(),
  ]);
  return { entry, postings, gifts };
};
