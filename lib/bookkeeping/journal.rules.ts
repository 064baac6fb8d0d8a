import { toDecimal } from '../shared/money';
import type { CurrencyCode } from '../shared/currencies';

/** One entry as outside bookkeeping programs need it. Amounts in minor units. */
export type JournalEntry = {
  readonly number: string;
  readonly date: string;
  readonly kind: string;
  readonly subject: string;
  readonly reverses: string | null;
  readonly postings: readonly {
    readonly book: string;
    readonly credit: string;
    readonly debit: string;
    readonly amountMinor: bigint;
    readonly currency: string;
  }[];
};

export type JournalFormat = 'hledger' | 'beancount';

/**
 * The account as both programs accept it: the book first (the two books never mix), parts in letters, digits and
 * dashes, each beginning with a capital. beancount wants one of five roots, so purposes stand under Equity.
 */
export const journalAccount = (code: string, book: string): string => {
  const [root = '', ...rest] = code.split(':');
  const roots: Readonly<Record<string, string>> = {
    assets: 'Assets',
    liabilities: 'Liabilities',
    income: 'Income',
    expense: 'Expenses',
  };
  const head = book === 'financial' ? (roots[root] ?? 'Equity') : `Equity:Purpose:${part(root)}`;
  return [head, ...rest.map(part)].join(':');
};

const part = (text: string): string => {
  const clean = text.replace(/[^A-Za-z0-9-]/g, '-');
  const first = clean.charAt(0).toUpperCase();
  return /[A-Z0-9]/.test(first) ? first + clean.slice(1) : `X${clean}`;
};

/** Debit and credit of each account over one entry, summed, zeros left out: what a journal line is. */
const lines = (entry: JournalEntry): { account: string; minor: bigint; currency: string }[] => {
  const sums = new Map<string, { account: string; minor: bigint; currency: string }>();
  const add = (code: string, book: string, currency: string, minor: bigint): void => {
    const account = journalAccount(code, book);
    const known = sums.get(`${account} ${currency}`);
    if (known) known.minor += minor;
    else sums.set(`${account} ${currency}`, { account, minor, currency });
  };
  for (const posting of entry.postings) {
    add(posting.debit, posting.book, posting.currency, posting.amountMinor);
    add(posting.credit, posting.book, posting.currency, -posting.amountMinor);
  }
  return [...sums.values()].filter((line) => line.minor !== 0n);
};

const amount = (minor: bigint, currency: string): string =>
  `${toDecimal(minor, currency as CurrencyCode)} ${currency}`;

const PLAIN = /[^\p{L}\p{N} _./#-]/gu;

/** One entry as a transaction of a hledger journal. */
export const hledgerEntry = (entry: JournalEntry): string =>
  [
    `${entry.date} * (${entry.number}) ${`${entry.kind} ${entry.subject}`.replace(PLAIN, ' ')}${entry.reverses ? `  ; reverses:${entry.reverses}` : ''}`,
    ...lines(entry).map((line) => `    ${line.account.padEnd(60)}  ${amount(line.minor, line.currency)}`),
    '',
  ].join('\n');

/** One entry as a transaction of a beancount file. */
export const beancountEntry = (entry: JournalEntry): string =>
  [
    `${entry.date} * "${entry.kind}" "${entry.subject}"`,
    `  number: "${entry.number}"`,
    ...(entry.reverses ? [`  reverses: "${entry.reverses}"`] : []),
    ...lines(entry).map((line) => `  ${line.account.padEnd(60)}  ${amount(line.minor, line.currency)}`),
    '',
  ].join('\n');

/** What stands above the entries: every account opened on the day before the first entry. */
export const journalHead = (
  format: JournalFormat,
  accounts: readonly { readonly code: string; readonly book: string; readonly currency: string }[],
  firstDate: string,
): string => {
  const names = [...new Set(accounts.map((account) => journalAccount(account.code, account.book)))].sort();
  const currencies = [...new Set(accounts.map((account) => account.currency))].sort();
  return format === 'hledger'
    ? [
        '; Both books of Shanlu: Assets to Expenses say where the money is, Equity:Purpose what it is for.',
        ...currencies.map((currency) => `commodity 1000.${'0'.repeat(digitsOf(currency))} ${currency}`),
        ...names.map((name) => `account ${name}`),
        '',
      ].join('\n')
    : [
        '; Both books of Shanlu: Assets to Expenses say where the money is, Equity:Purpose what it is for.',
        'option "title" "Shanlu"',
        ...currencies.map((currency) => `option "operating_currency" "${currency}"`),
        ...currencies.map((currency) => `option "inferred_tolerance_default" "${currency}:0"`),
        ...names.map((name) => `${firstDate} open ${name}`),
        '',
      ].join('\n');
};

const digitsOf = (currency: string): number =>
  (toDecimal(1n, currency as CurrencyCode).split('.')[1] ?? '').length;

/** Balance assertions that the other program re-computes: our figure for every account after the last entry. */
export const journalBalances = (
  format: JournalFormat,
  balances: readonly {
    readonly code: string;
    readonly book: string;
    readonly currency: string;
    readonly balanceMinor: bigint;
  }[],
  date: string,
): string =>
  format === 'hledger'
    ? [
        `${date} * (balance) the balances as Shanlu has them`,
        ...balances.map(
          (row) =>
            `    ${journalAccount(row.code, row.book).padEnd(60)}  ${amount(0n, row.currency)} = ${amount(row.balanceMinor, row.currency)}`,
        ),
        '',
      ].join('\n')
    : balances
        .map(
          (row) =>
            `${date} balance ${journalAccount(row.code, row.book).padEnd(60)}  ${amount(row.balanceMinor, row.currency)}`,
        )
        .concat('')
        .join('\n');
