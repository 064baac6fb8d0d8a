import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { factsOf } from '@/lib/reconciliation/statement/facts.rules';
import { readStatement } from '@/lib/reconciliation/statement/read.rules';
import type { StatementFile } from '@/lib/reconciliation/statement/statement.rules';
import { expectedStatements } from '../contracts/statement-expectations';
import { contractData } from '../support/contract-data';
import { camt, camtEntry, mt } from '../rules/reconciliation/samples';

/** What must hold of whatever was read, however broken the file. */
const holds = (file: StatementFile): void => {
  // No float anywhere but whole counts: amounts are bigint.
  JSON.stringify(factsOf(file), (_, value: unknown) => {
    if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new Error(`a float: ${value}`);
    return value;
  });
  const texts = new Map<string, number>();
  for (const statement of file.statements)
    for (const line of statement.lines) {
      expect(typeof line.amount.units).toBe('bigint');
      expect(line.amountMinor === null || typeof line.amountMinor === 'bigint').toBe(true);
      expect(line.bookedOn).toMatch(/^(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/u);
      expect(line.lineNo).toBeGreaterThan(0);
      if (!statement.flags.includes('duplicate_of_earlier'))
        texts.set(line.fingerprintText, (texts.get(line.fingerprintText) ?? 0) + 1);
    }
  expect([...texts.values()].every((count) => count === 1)).toBe(true);
  for (const error of file.errors) expect(error.line).toBeGreaterThan(0);
  if (file.refusal) expect(file.statements).toEqual([]);
};

const seeds = (): Uint8Array[] => [
  ...expectedStatements().flatMap(([path]) =>
    existsSync(contractData(path)) ? [new Uint8Array(readFileSync(contractData(path)))] : [],
  ),
  new TextEncoder().encode(camt(camtEntry('1.00', 'CRDT'))),
  new TextEncoder().encode(mt(':61:240105C1,00NTRF\n:86:x\n:62F:C240105EUR101,00')),
];

describe('no bytes make a reader throw or invent', () => {
  it('arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => holds(readStatement(bytes))),
      { numRuns: 500 },
    );
  });

  it('arbitrary lines of the formats’ own vocabulary', () => {
    const word = fc.constantFrom(
      ':20:',
      ':25:',
      ':28C:',
      ':60F:C240101EUR1,00',
      ':61:240105C1,00NTRF',
      ':86:',
      ':62F:C240105EUR2,00',
      '-',
      '{4:',
      '!Type:Bank',
      'D01/02/2023',
      'T1.00',
      '^',
      'OFXHEADER:100',
      '<OFX>',
      '<STMTTRN>',
      '<STMTRS>',
      '<TRNAMT>1',
      '</STMTRS>',
      '<CURDEF>EUR',
      '<BkToCstmrStmt>',
      '<Stmt>',
      '<Ntry>',
      '</Ntry>',
      '<Amt Ccy="EUR">',
      '1.00',
      '交易日期,金额,收/支',
      '2024-01-05,1.00,收入',
      '"',
      ',',
      ';',
      '\t',
      'Date,Amount',
      '2024-01-05;-1,00',
      '\u0000',
      '￥',
      '&amp;',
      '&#x0;',
      '<![CDATA[',
      ']]>',
      '<!--',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 25 }), fc.constantFrom('\n', '', '\r\n', ' '), (words, glue) =>
        holds(readStatement(new TextEncoder().encode(words.join(glue)))),
      ),
      { numRuns: 1_500 },
    );
  });

  it('real files with bytes changed, cut or doubled', () => {
    const files = seeds().filter((bytes) => bytes.length > 0 && bytes.length < 13_000);
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 12 }),
        fc.nat(),
        fc.nat(),
        (bytes, changes, from, length) => {
          const damaged = Uint8Array.from(bytes);
          for (const [at, value] of changes) damaged[at % damaged.length] = value;
          const start = from % damaged.length;
          const piece = damaged.slice(start, start + (length % 200));
          holds(readStatement(damaged));
          holds(
            readStatement(Uint8Array.from([...damaged.slice(0, start), ...piece, ...damaged.slice(start)])),
          );
          holds(
            readStatement(
              Uint8Array.from([...damaged.slice(0, start), ...damaged.slice(start + piece.length)]),
            ),
          );
        },
      ),
      { numRuns: 400 },
    );
  });

  it('reading is repeatable: the same bytes give the same lines', () => {
    for (const bytes of seeds()) expect(readStatement(bytes)).toEqual(readStatement(bytes));
  });
});
