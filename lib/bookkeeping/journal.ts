import type { Reader } from '@/db/connect';
import { journalEntries, journalFrame } from './journal.queries';
import {
  beancountEntry,
  hledgerEntry,
  journalBalances,
  journalHead,
  type JournalFormat,
} from './journal.rules';

const nextDay = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/**
 * Both books as a journal another program can check: accounts, entries in date order of their writing, and at the
 * end our own balances as assertions, so that the judge disagrees aloud if it comes to another figure.
 */
export async function* journal(
  format: JournalFormat,
  db: Reader,
  upTo: string | null = null,
): AsyncGenerator<string> {
  const { balances, first, last } = await journalFrame(db, upTo);
  if (first === null || last === null) return;
  yield journalHead(format, balances, first);
  for await (const entry of journalEntries(db, upTo))
    yield format === 'hledger' ? hledgerEntry(entry) : beancountEntry(entry);
  yield journalBalances(format, balances, nextDay(last));
}
