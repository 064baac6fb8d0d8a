import { absolute, decimalText, sum, type Decimal } from './decimal.rules';
import type { Balance, Statement, StatementFile } from './statement.rules';

/**
 * A file's facts in the words of the collection of expected answers: what the contract tests compare and what
 * `npm run statement -- FILE --json` prints. Amounts are decimal text with the digits of the file.
 */
export type Facts = { readonly [key: string]: FactValue };
export type FactValue = string | number | boolean | null | Facts | readonly FactValue[];

type Movement = { readonly amount: Decimal; readonly inward: boolean; readonly currency: string | null };

export const movementsOf = (statement: Statement): Movement[] => [
  ...statement.lines.map((line) => ({
    amount: line.amount,
    inward: line.inward,
    // A currency taken from a hint is not one the file states for its amounts.
    currency: line.flags.includes('currency_inferred') ? null : line.currency,
  })),
  ...statement.refused.flatMap(({ amount, currency }) =>
    amount === null ? [] : [{ amount, inward: amount.units >= 0n, currency }],
  ),
];

export const byCurrency = (movements: readonly Movement[]): Facts => {
  const currencies = [...new Set(movements.map((one) => one.currency ?? 'null'))].sort();
  return Object.fromEntries(
    currencies.map((currency) => {
      const own = movements.filter((one) => (one.currency ?? 'null') === currency);
      const credits = own.filter((one) => one.inward).map((one) => one.amount);
      const debits = own.filter((one) => !one.inward).map((one) => one.amount);
      return [
        currency,
        {
          credits: credits.length,
          credit_sum: decimalText(sum(credits)),
          debits: debits.length,
          debit_sum: decimalText(absolute(sum(debits))),
        },
      ];
    }),
  );
};

const balanceFacts = (balance: Balance | null, key: 'code' | 'tag', withKey: boolean): Facts | null =>
  balance && {
    ...(withKey && { [key]: balance.code }),
    amount: decimalText(balance.amount),
    currency: balance.currency,
    ...(key === 'tag' && { date: balance.dateText }),
  };

const verdict = (statement: Statement): Facts =>
  statement.opening && statement.closing ? { adds_up: statement.addsUp } : {};

const statementFacts = (file: StatementFile, statement: Statement): Facts => {
  const entries = statement.lines.length + statement.refused.length;
  const common = { entries, by_currency: byCurrency(movementsOf(statement)) };
  const extra = { ...(statement.flags.length > 0 && { flags: statement.flags }) };
  switch (file.family) {
    case 'camt':
      return {
        id: statement.id,
        account: statement.account.id,
        account_currency: statement.account.currency,
        ...common,
        opening: balanceFacts(statement.opening, 'code', true),
        closing: balanceFacts(statement.closing, 'code', false),
        ...statement.facts,
        ...verdict(statement),
        ...extra,
      };
    case 'mt':
      return {
        reference: statement.id,
        account: statement.account.id,
        statement_no: statement.number,
        ...common,
        opening: balanceFacts(statement.opening, 'tag', true),
        closing: balanceFacts(statement.closing, 'tag', true),
        ...statement.facts,
        ...verdict(statement),
        ...extra,
      };
    default:
      return {
        account: statement.account.id,
        bank_id: statement.account.bank,
        currency: statement.account.currency,
        ...common,
        ...statement.facts,
        ...verdict(statement),
        ...extra,
      };
  }
};

/** Money of one group of records, as wallets total themselves. */
const groupFacts = (amounts: readonly Decimal[]): Facts => ({
  n: amounts.length,
  sum: decimalText(sum(amounts.map(absolute))),
});

const walletFacts = (file: StatementFile): Facts => {
  const lines = file.statements.flatMap((statement) => statement.lines);
  const group = (keyOf: (line: (typeof lines)[number]) => string): string[] => [...new Set(lines.map(keyOf))];
  const direction = (line: (typeof lines)[number]): string => line.source?.direction ?? '';
  const status = (line: (typeof lines)[number]): string => line.source?.status ?? '';
  return {
    by_direction: Object.fromEntries(
      group(direction).map((key) => [
        key,
        groupFacts(lines.filter((line) => direction(line) === key).map((line) => line.amount)),
      ]),
    ),
    by_status: Object.fromEntries(
      group(status)
        .filter((key) => key !== '')
        .map((key) => [key, lines.filter((line) => status(line) === key).length]),
    ),
  };
};

const errorFacts = (file: StatementFile): Facts => ({
  ...(file.flags.length > 0 && { flags: file.flags }),
  ...(file.errors.length > 0 && {
    refused_records: file.errors.map(({ reason, line, excerpt }) => ({ reason, line, excerpt })),
  }),
  ...(file.refusal && {
    refused: { reason: file.refusal.reason, line: file.refusal.line, excerpt: file.refusal.excerpt },
  }),
});

/** Everything the importer sees in a file. */
export const factsOf = (file: StatementFile): Facts => {
  const movements = file.statements.flatMap(movementsOf);
  const records = file.statements.reduce((total, one) => total + one.lines.length + one.refused.length, 0);
  switch (file.family) {
    case 'csv':
    case 'wallet':
      return {
        format: file.format,
        encoding: file.encoding,
        records,
        ...(file.family === 'wallet'
          ? walletFacts(file)
          : records > 0
            ? { by_currency: byCurrency(movements) }
            : {}),
        ...file.facts,
        ...errorFacts(file),
      };
    case 'qif':
      return {
        format: file.format,
        transactions: records,
        sum: decimalText(sum(movements.map((one) => one.amount))),
        by_currency: byCurrency(movements),
        ...file.facts,
        ...errorFacts(file),
      };
    case 'unknown':
      // In the words of every family: nothing of anything.
      return {
        format: file.format,
        encoding: file.encoding,
        statements: [],
        transactions: 0,
        records: 0,
        sum: '0',
        by_currency: {},
        ...errorFacts(file),
      };
    default:
      return {
        format: file.format,
        statements: file.statements.map((statement) => statementFacts(file, statement)),
        ...file.facts,
        ...errorFacts(file),
      };
  }
};
