import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  planImport,
  takeLines,
  type KnownLine,
  type ReadyLine,
} from '@/lib/reconciliation/statement/import.rules';
import type { StatementFile } from '@/lib/reconciliation/statement/statement.rules';
import { camt, camtEntry, mt, readText } from './samples';

const ready = (file: StatementFile, currency: 'EUR' | 'HKD' = 'EUR'): ReadyLine[] =>
  file.statements.flatMap((one) => [...takeLines(one, currency).ready]);

const keep = (line: ReadyLine, route: string): KnownLine => ({
  ...line,
  id: `${route}:${line.fingerprintText}`,
  route,
});

/** An account into which files are imported one after the other. */
const account = (): {
  import: (file: StatementFile, currency?: 'EUR' | 'HKD') => number;
  size: () => number;
} => {
  const lines: KnownLine[] = [];
  return {
    import: (file, currency = 'EUR') => {
      const { fresh } = planImport(ready(file, currency), file.route, lines);
      lines.push(...fresh.map((line) => keep(line, file.route)));
      return fresh.length;
    },
    size: () => lines.length,
  };
};

const gift = (day: string, amount: string, memo: string): string =>
  `:61:2401${day}C${amount}NTRF\n:86:${memo}`;
const closing = ':62F:C240131EUR100,00';

describe('importing statements once', () => {
  it('imports nothing twice, and keeps equal genuine gifts apart', () => {
    const twice = mt(
      `${gift('05', '10,00', 'Ada')}\n${gift('05', '10,00', 'Ada')}\n${gift('06', '5,00', 'Bayo')}\n${closing}`,
    );
    const book = account();
    expect(book.import(readText(twice))).toBe(3);
    expect(book.import(readText(twice))).toBe(0);
    expect(book.size()).toBe(3);
  });

  it('takes only what is new from an overlapping export, in whatever order', () => {
    const book = account();
    expect(
      book.import(readText(mt(`${gift('05', '10,00', 'Ada')}\n${gift('06', '10,00', 'Ada')}\n${closing}`))),
    ).toBe(2);
    expect(
      book.import(
        readText(
          mt(
            `${gift('07', '1,00', 'Chan')}\n${gift('06', '10,00', 'Ada')}\n${gift('06', '10,00', 'Ada')}\n${closing}`,
          ),
        ),
      ),
    ).toBe(2);
    expect(book.size()).toBe(4);
  });

  it('recognises the same statement by another format, also when only a part came before', () => {
    const csv =
      'Date,Description,Amount,Currency\n2024-01-05,ADA OBI,10.00,EUR\n2024-01-05,BAYO,10.00,EUR\n2024-01-06,CHAN,-7.00,EUR\n';
    const swift = mt(
      `${gift('05', '10,00', 'Bayo')}\n${gift('05', '10,00', 'Ada Obi')}\n:61:240106D7,00NTRF\n:86:Chan\n${closing}`,
    );
    const book = account();
    expect(book.import(readText(csv))).toBe(3);
    expect(book.import(readText(swift))).toBe(0);
    const part = account();
    expect(
      part.import(
        readText(
          'Date,Description,Amount,Currency\n2024-01-05,ADA OBI,10.00,EUR\n2024-01-06,CHAN,-7.00,EUR\n',
        ),
      ),
    ).toBe(2);
    const plan = planImport(ready(readText(swift)), 'mt', []);
    expect(plan.fresh).toHaveLength(3);
    expect(part.import(readText(swift))).toBe(1);
  });

  it('pairs by the bank’s number and the words before it pairs by order', () => {
    const known = ready(
      readText(
        camt(
          camtEntry('10.00', 'CRDT', '<AcctSvcrRef>B1</AcctSvcrRef>') +
            camtEntry('10.00', 'CRDT', '<AcctSvcrRef>B2</AcctSvcrRef>'),
        ),
      ),
      'HKD',
    ).map((line) => keep(line, 'camt'));
    const swift =
      ':20:R\n:25:HK0012345678\n:28C:1\n:60F:C240501HKD0,\n:61:2405010501C10,00NTRFX//B2\n:62F:C240501HKD10,\n';
    const plan = planImport(ready(readText(swift), 'HKD'), 'mt', known);
    expect(plan.known.map((one) => [one.by, one.id.includes('b2')])).toEqual([['other_route', true]]);
  });

  it('points at what is probably the same movement on another day, and imports it all the same', () => {
    const known = ready(readText(mt(`${gift('05', '10,00', 'Ada Obi 4711')}\n${closing}`))).map((line) =>
      keep(line, 'mt'),
    );
    const csv = readText(
      'Date,Description,Amount,Currency,Reference\n2024-01-07,Ada Obi 4711,10.00,EUR,\n2024-01-07,Other,10.00,EUR,\n',
    );
    const plan = planImport(ready(csv), 'csv', known);
    expect(plan.fresh).toHaveLength(2);
    expect(plan.suspects).toEqual([]);
    const named = known.map((line) => ({ ...line, counterparty: 'Ada Obi' }));
    const withPayer = readText('Date,Payer,Description,Amount,Currency\n2024-01-07,Ada Obi,4711,10.00,EUR\n');
    expect(planImport(ready(withPayer), 'csv', named).suspects).toHaveLength(1);
  });

  it('imports a statement that stands in the file twice only once', () => {
    const one = mt(`${gift('05', '10,00', 'Ada')}\n${closing}`);
    const file = readText(`${one}-\n${one}-\n`);
    expect(file.statements[1]?.flags).toContain('duplicate_of_earlier');
    expect(account().import(file)).toBe(1);
    const texts = new Set(ready(file).map((line) => line.fingerprintText));
    expect(texts.size).toBe(1);
  });

  it('any split of a month into overlapping files gives the month', () => {
    const day = fc.integer({ min: 1, max: 28 });
    const movement = fc.record({
      day,
      cents: fc.integer({ min: 1, max: 5 }),
      who: fc.constantFrom('Ada', 'Bayo'),
    });
    fc.assert(
      fc.property(
        fc.array(movement, { maxLength: 25 }),
        fc.array(fc.tuple(day, day), { maxLength: 5 }),
        (movements, windows) => {
          const sorted = [...movements].sort((a, b) => a.day - b.day);
          const file = (from: number, to: number): StatementFile =>
            readText(
              mt(
                `${sorted
                  .filter((one) => one.day >= from && one.day <= to)
                  .map((one) => gift(String(one.day).padStart(2, '0'), `0,0${one.cents}`, one.who))
                  .join('\n')}\n${closing}`,
              ),
            );
          const book = account();
          for (const [a, b] of windows) book.import(file(Math.min(a, b), Math.max(a, b)));
          book.import(file(1, 28));
          expect(book.size()).toBe(movements.length);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('what may be imported into an account', () => {
  it('holds back what a person must decide and passes over what is no movement', () => {
    const file = readText(
      camt(
        camtEntry('1.00', 'CRDT') +
          camtEntry('2.00', 'CRDT').replace('HKD', 'USD') +
          camtEntry('3.001', 'CRDT') +
          camtEntry('4.00', 'CRDT').replace('HKD', 'DEM') +
          camtEntry('5.00', 'CRDT').replace('BOOK', 'PDNG'),
      ),
    );
    const taken = file.statements[0] && takeLines(file.statements[0], 'HKD');
    expect(taken?.ready.map((line) => line.amountMinor)).toEqual([100n]);
    expect(taken?.held.map((one) => one.reason)).toEqual([
      'currency_differs',
      'finer_than_currency',
      'currency_unknown',
    ]);
    expect(taken?.passedOver.map((line) => line.status)).toEqual(['pending']);
  });

  it('gives a line without currency the account’s own when the importer says it', () => {
    const text = '!Type:Bank\nD2024-01-25\nT5.00\n^\n';
    const bare = readText(text).statements[0];
    const told = readText(text, { currency: 'HKD' }).statements[0];
    expect(bare && takeLines(bare, 'HKD').held.map((one) => one.reason)).toEqual(['currency_missing']);
    expect(told && takeLines(told, 'HKD').ready.map((line) => line.amountMinor)).toEqual([500n]);
  });
});

describe('routes', () => {
  it('pairs an intraday report, the statement and a table with other columns, whatever words they use', () => {
    const report = camt(camtEntry('10.00', 'CRDT'))
      .replaceAll('camt.053.001.08', 'camt.052.001.08')
      .replaceAll('BkToCstmrStmt', 'BkToCstmrAcctRpt')
      .replaceAll('Stmt>', 'Rpt>');
    const statement = camt(
      camtEntry('10.00', 'CRDT', '<AcctSvcrRef>B1</AcctSvcrRef><AddtlNtryInf>booked</AddtlNtryInf>'),
    );
    const book = account();
    expect(book.import(readText(report), 'HKD')).toBe(1);
    expect(book.import(readText(statement), 'HKD')).toBe(0);
    const narrow = 'Date,Amount,Currency\n2024-01-25,10.00,EUR\n';
    const wide =
      'Date,Description,Amount,Currency,Branch\n2024-01-25,Ada,10.00,EUR,Central\n2024-01-25,Bayo,10.00,EUR,Central\n';
    const table = account();
    expect(table.import(readText(narrow))).toBe(1);
    expect(table.import(readText(wide))).toBe(1);
    expect(table.import(readText(wide))).toBe(0);
    expect(table.import(readText(narrow))).toBe(0);
    expect(table.size()).toBe(2);
  });
});
