import { describe, expect, it } from 'vitest';
import { decimalText } from '@/lib/reconciliation/statement/decimal.rules';
import { readMt61 } from '@/lib/reconciliation/statement/mt61.rules';
import { readMt86, readNs } from '@/lib/reconciliation/statement/mt86.rules';
import { briefs, linesOf, mt, readText, reasons } from './samples';

const entry = (text: string): unknown => {
  const read = readMt61(text.split('\n'));
  return read && [read.valueOn, read.bookedOn, decimalText(read.amount), read.reference, read.bankReference];
};

describe('field :61:', () => {
  it.each([
    ['2401050106C12,34NTRFREF//BANK1', ['2024-01-05', '2024-01-06', '12.34', 'REF', 'BANK1']],
    ['240105D1000,NMSCNONREF', ['2024-01-05', null, '-1000', null, null]],
    ['2401050105CR50990,05NTRFNONREF//0724', ['2024-01-05', '2024-01-05', '50990.05', null, '0724']],
    ['2401050105DR6,00N024NONREF', ['2024-01-05', '2024-01-05', '-6.00', null, null]],
    ['240105    DD212,39NMSCNONREF//', ['2024-01-05', null, '-212.39', null, null]],
    ['2401050105RC204,88NRTINONREF', ['2024-01-05', '2024-01-05', '-204.88', null, null]],
    ['2401050105RD1,50NRTINONREF', ['2024-01-05', '2024-01-05', '1.50', null, null]],
    ['2401050105RCR1,50NRTI', ['2024-01-05', '2024-01-05', '-1.50', null, null]],
    ['2401050105EC7,00NTRF', ['2024-01-05', '2024-01-05', '7.00', null, null]],
    ['020322CM20000,00S051', ['2002-03-22', null, '20000.00', null, null]],
    ['990131C1,00NTRF', ['1999-01-31', null, '1.00', null, null]],
    ['2312310102D10,00NTRF', ['2023-12-31', '2024-01-02', '-10.00', null, null]],
    ['2401021231D10,00NTRF', ['2024-01-02', '2023-12-31', '-10.00', null, null]],
    ['2401050105C1.234NTRF', ['2024-01-05', '2024-01-05', '1.234', null, null]],
  ])('%s', (text, expected) => {
    expect(entry(text)).toEqual(expected);
  });

  it.each(['', '240105', '240105X10,00', '24010510,00', '241305C1,00N', '240105Cabc', 'words'])(
    'refuses %j',
    (text) => {
      expect(entry(text)).toBeNull();
    },
  );

  it('clamps 30 February and marks it', () => {
    expect(readMt61(['1602300301DR6,00N024NONREF'])).toMatchObject({
      valueOn: '2016-02-29',
      bookedOn: '2016-03-01',
      clamped: true,
    });
  });
});

describe('field :86:', () => {
  it('reads the German structured form with SEPA keywords', () => {
    expect(
      readMt86([
        '166?00GUTSCHRIFT?20EREF+PL-0412?21SVWZ+Spende fuer die Strasse?22 Nr. 7?30DRESDEFF?31DE145088?32KARL?33 KAUFMANN',
      ]),
    ).toEqual({
      counterparty: 'KARL KAUFMANN',
      account: 'DE145088',
      reference: 'PL-0412',
      memo: 'Spende fuer die Strasse Nr. 7',
      kind: null,
    });
  });

  it('joins rows cut at 65 characters and other separators', () => {
    const text =
      '911~00Przelew~20Darowizna na droge, numer umowy SR2ABCDEF oraz podziekowania~32JAN~33 NOWAK';
    expect(readMt86([text.slice(0, 65), text.slice(65)])).toMatchObject({
      counterparty: 'JAN NOWAK',
      memo: 'Darowizna na droge, numer umowy SR2ABCDEF oraz podziekowania Przelew',
    });
  });

  it('reads the slash form', () => {
    expect(
      readMt86([
        '/TRTP/SEPA OVERBOEKING/IBAN/NL98ABNA0416961347/BIC/ABNANL2A/NAME/A JANSEN/REMI/Gift road 7/EREF/NOTPROVIDED',
      ]),
    ).toMatchObject({
      counterparty: 'A JANSEN',
      account: 'NL98ABNA0416961347',
      reference: null,
      memo: 'Gift road 7',
    });
    expect(
      readMt86([
        '/EREF/E-1/CNTP/NL32INGB0000012345/INGBNL2A/ING Testrekening/Amsterdam/REMI/USTD//Donation/',
      ]),
    ).toMatchObject({
      counterparty: 'ING Testrekening',
      account: 'NL32INGB0000012345',
      reference: 'E-1',
      memo: 'Donation',
    });
  });

  it('keeps everything it does not understand', () => {
    expect(readMt86(['GIFT FROM MRS CHAN', 'SR2ABCDEF'])).toMatchObject({
      memo: 'GIFT FROM MRS CHAN SR2ABCDEF',
      counterparty: null,
    });
  });

  it('reads :NS: fields', () => {
    expect(readNs(['01Verwendungszweck 1', '02Teil 2', '15Empf', '16änger', '17Gebühr', '34000123'])).toEqual(
      {
        counterparty: 'Empfänger',
        account: '000123',
        reference: null,
        memo: 'Verwendungszweck 1 Teil 2 Gebühr',
        kind: 'fee',
      },
    );
  });
});

describe('MT940 and MT942 messages', () => {
  it('reads bare, dashed, framed and mixed messages alike', () => {
    const body = mt(':61:2401050105C12,34NTRFREF//B1\n:86:hello\nworld\n:62F:C240105EUR112,34');
    const block = `{1:F01BANKBEBBAXXX0000000000}{2:O9400000240105BANKBEBBAXXX00000000002401050000N}{3:}{4:\n${body}-}{5:{CHK:0}}`;
    for (const text of [
      body,
      `${body}-\n`,
      `\u0001\n${body}-\u0003`,
      block,
      body.replaceAll('\n', '\r\n'),
      `\n\n${body}`,
      `\uFEFF${body}`,
    ]) {
      const file = readText(text);
      expect(file.format).toBe('MT940');
      expect(briefs(file)).toEqual(['2024-01-05 12.34 EUR']);
      expect(linesOf(file)[0]?.memo).toBe('hello world');
      expect(file.statements[0]).toMatchObject({
        id: 'REF1',
        number: '1/1',
        addsUp: true,
        account: { id: '12345678/900' },
      });
    }
  });

  it('starts a new statement at :20:, with or without an end mark, and gives each its account', () => {
    const two = mt(':62F:C240105EUR100,00', 'A') + mt(':62F:C240105EUR100,00', 'B');
    expect(readText(two).statements.map((one) => one.account.id)).toEqual(['A', 'B']);
  });

  it('follows pages and says when one is missing', () => {
    const first = mt(':61:240105C1,00NTRF\n:62M:C240105EUR101,00');
    const second =
      ':20:REF1\n:25:12345678/900\n:28C:1/2\n:60M:C240105EUR101,00\n:61:240105C1,00NTRF\n:62F:C240105EUR102,00\n';
    const both = readText(first + second);
    expect(both.statements.map((one) => [one.addsUp, one.flags])).toEqual([
      [true, []],
      [true, []],
    ]);
    // Equal gifts on two pages of one statement are two gifts.
    expect(linesOf(both).map((line) => line.occurrence)).toEqual([1, 2]);
    expect(readText(first).statements[0]?.flags).toEqual(['pages_incomplete']);
    expect(readText(second).statements[0]?.flags).toEqual(['pages_incomplete']);
  });

  it('imports and flags what does not add up or is cut off', () => {
    expect(readText(mt(':61:240105C1,00NTRF\n:62F:C240105EUR102,00')).statements[0]).toMatchObject({
      addsUp: false,
      flags: ['does_not_add_up'],
    });
    expect(readText(mt(':61:240105C1,00NTRF')).statements[0]).toMatchObject({
      addsUp: null,
      flags: ['closing_missing'],
    });
  });

  it('refuses an unreadable movement with its line and keeps the next', () => {
    const file = readText(
      mt(':61:garbage\n:86:text of the bad one\n:61:240105C1,00NTRF\n:86:good\n:62F:C240105EUR101,00'),
    );
    expect(reasons(file)).toEqual(['5:entry_unreadable']);
    expect(linesOf(file).map((line) => line.memo)).toEqual(['good']);
  });

  it('puts no movement into a statement that has ended', () => {
    const file = readText(`${mt(':62F:C240105EUR100,00')}-\n:61:240105C1,00NTRF\n`);
    expect(reasons(file)).toEqual(['7:entry_outside_statement']);
    expect(linesOf(file)).toEqual([]);
  });

  it('flags a second account number instead of choosing it', () => {
    expect(readText(mt(':25:999\n:62F:C240105EUR100,00')).statements[0]).toMatchObject({
      account: { id: '12345678/900' },
      flags: ['account_contradicted'],
    });
  });

  it('takes the currency of an interim report from its limits and says so', () => {
    const text =
      ':20:R\n:25:A\n:28C:1\n:34F:EURD0,00\n:13D:2401051200+0100\n:61:240105C5,00NTRF\n:90C:1EUR5,00\n';
    const file = readText(text);
    expect(file.format).toBe('MT942');
    expect(linesOf(file)[0]).toMatchObject({
      currency: 'EUR',
      amountMinor: 500n,
      flags: ['currency_inferred'],
    });
    expect(readText(text.replace('1EUR5,00', '2EUR6,00')).statements[0]?.flags).toEqual([
      'declared_totals_differ',
    ]);
  });

  it('reads three-decimal and zero-decimal currencies', () => {
    const kwd = mt(':61:240105C1,234NTRF\n:62F:C240105KWD101,234').replace('EUR100,00', 'KWD100,000');
    expect(linesOf(readText(kwd))[0]?.amountMinor).toBe(1234n);
    const jpy = mt(':61:240105C1000,NTRF\n:62F:C240105JPY1100,').replace('EUR100,00', 'JPY100,');
    expect(linesOf(readText(jpy))[0]?.amountMinor).toBe(1000n);
  });

  it('reads names behind the reference, repeated :86: tags, and lines before the message', () => {
    const dutch = mt(
      ':61:240105D000000000044,95N0600733959555      T-MOBILE BV\n:86:BETALINGSKENM.  123\n:86:FACTUUR 987\n:61:240105D1,00N102EREF            \nNL70ABNA0987654321\n:86:/EREF/E-77/BENM//NAME/CONTRA ACCOUN\nT HOLDER/REMI/Gift/ISDT/2013-07-11\n:62F:C240105EUR54,05',
    );
    const [first, second] = linesOf(readText(`ABNANL2A\n940\n:940:\n${dutch}`));
    expect(first).toMatchObject({
      counterparty: 'T-MOBILE BV',
      reference: '0733959555',
      memo: 'BETALINGSKENM. 123 FACTUUR 987',
    });
    expect(second).toMatchObject({ reference: 'E-77', memo: 'Gift' });
    const spaced = mt(
      ':61:240105C1,00FMSCNONREF//83 \nCard transaction \n:86: 020?00Wplata?20INFO?32HUTA SZKLA \n:62F:C240105EUR101,00 ',
    );
    expect(linesOf(readText(spaced))[0]).toMatchObject({
      counterparty: 'HUTA SZKLA',
      bankReference: '83',
      memo: 'INFO Wplata',
    });
  });

  it('refuses a message without statement', () => {
    expect(readText(':NS:\n').refusal).toMatchObject({ reason: 'no_statement', line: 1 });
  });
});
