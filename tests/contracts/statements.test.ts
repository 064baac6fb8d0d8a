import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { factsOf } from '@/lib/reconciliation/statement/facts.rules';
import { readStatement } from '@/lib/reconciliation/statement/read.rules';
import { contractData } from '../support/contract-data';
import {
  differences,
  expectedStatements,
  withExpectedCurrency,
  type Expected,
} from './statement-expectations';

/** A file without any statement may also be refused as not being of that format at all. */
const expectsNothing = (expected: Expected): boolean => {
  const { statements, transactions, records } = expected as {
    statements?: unknown[];
    transactions?: number;
    records?: number;
  };
  return statements?.length === 0 || (transactions === 0 && records === undefined);
};

/**
 * The account of a message with two different accounts in it is not invented from a damaged field (see its
 * note); the first one stands, flagged, and a person decides.
 */
const isContradicted = (path: string, facts: ReturnType<typeof factsOf>): boolean =>
  path.endsWith('.account') && JSON.stringify(facts).includes('account_contradicted');

describe('every file of the collection is read as expected', () => {
  it.each(expectedStatements())('%s', (path, expected) => {
    const file = readStatement(readFileSync(contractData(path)));
    const facts = withExpectedCurrency(factsOf(file), expected);
    const { format, ...rest } = expected;
    const wanted =
      file.refusal && expectsNothing(expected) ? rest : { ...rest, ...(format !== undefined && { format }) };
    const wrong = differences(facts, wanted).filter((one) => !isContradicted(one.split(':')[0] ?? '', facts));
    // A refused file need not repeat empty lists, but must not claim anything either.
    const claims =
      file.refusal && expectsNothing(expected)
        ? wrong.filter((one) => !one.endsWith('saw undefined'))
        : wrong;
    expect(claims).toEqual([]);
    if (file.refusal) expect(file.statements).toEqual([]);
    else expect(file.statements.length).toBeGreaterThan(0);
  });
});
