import { describe, expect, it } from 'vitest';
import { readStatement } from '@/lib/reconciliation/statement/read.rules';
import { bytesOf, camt, camtEntry, mt } from './samples';

const LINES = 100_000;

const repeat = (one: (index: number) => string): string =>
  Array.from({ length: LINES }, (_, index) => one(index)).join('');

const day = (index: number): string => String((index % 28) + 1).padStart(2, '0');

const FILES: Readonly<Record<string, () => string>> = {
  CAMT: () => camt(repeat((i) => camtEntry(`${i % 1000}.50`, 'CRDT', `<NtryRef>${i}</NtryRef>`))),
  MT940: () =>
    mt(
      `${repeat((i) => `:61:2401${day(i)}C${i % 1000},50NTRFNONREF//B${i}\n:86:Gift ${i}\n`)}:62F:C240131EUR0,`,
    ),
  OFX: () =>
    `<OFX><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>1</BANKACCTFROM><BANKTRANLIST>${repeat((i) => `<STMTTRN><DTPOSTED>202401${day(i)}<TRNAMT>${i}.50<FITID>${i}</STMTTRN>\n`)}</BANKTRANLIST></STMTRS></OFX>`,
  CSV: () =>
    `Date,Description,Amount,Currency\n${repeat((i) => `2024-01-${day(i)},Gift ${i},${i}.50,EUR\n`)}`,
  QIF: () => `!Type:Bank\n${repeat((i) => `D2024-01-${day(i)}\nT${i}.50\nPAda ${i}\n^\n`)}`,
};

describe('files of a hundred thousand lines', () => {
  // A guard against quadratic reading, with room for a machine that is doing other things as well.
  it.each(Object.keys(FILES))('%s is read whole, with progress', (format) => {
    const calls: number[] = [];
    const started = performance.now();
    const file = readStatement(bytesOf(FILES[format]?.() ?? ''), {
      onProgress: (done) => (calls.push(done), true),
    });
    expect(file.statements[0]?.lines).toHaveLength(LINES);
    expect(file.errors).toEqual([]);
    expect(calls.length).toBeGreaterThan(0);
    expect(calls).toEqual([...calls].sort((a, b) => a - b));
    expect(performance.now() - started).toBeLessThan(50_000);
  });

  it.each(['CAMT', 'CSV'])('%s can be cancelled, and then nothing is imported', (format) => {
    const file = readStatement(bytesOf(FILES[format]?.() ?? ''), { onProgress: () => false });
    expect(file.refusal?.reason).toBe('cancelled');
    expect(file.statements).toEqual([]);
  });
});

describe('files made to keep a reader busy', () => {
  const hostile: Readonly<Record<string, string>> = {
    'quotes that never close': '"x,'.repeat(LINES),
    'a quote on every line': '2024-01-05,1.00,"x\n'.repeat(LINES / 4),
    'elements without end': '<OFX><STMTRS><STMTTRN>'.repeat(LINES / 10),
    'one element inside the other': `<BkToCstmrStmt>${'<a>'.repeat(LINES)}`,
    'keywords without values': mt(`:61:240105C1,00NTRF\n:86:166?20${'SVWZ+'.repeat(LINES)}`),
    'one number of 100,000 digits': '1'.repeat(LINES),
  };

  it.each(Object.keys(hostile))('%s', (name) => {
    const started = performance.now();
    const file = readStatement(bytesOf(hostile[name] ?? ''));
    expect(file.statements.flatMap((one) => one.lines).length).toBeLessThanOrEqual(LINES / 4);
    expect(performance.now() - started).toBeLessThan(50_000);
  });
});
