import { describe, expect, it } from 'vitest';
import { decimalText } from '@/lib/reconciliation/statement/decimal.rules';
import { brief, briefs, linesOf, readText, reasons } from './samples';

const sgml = (transactions: string, extra = ''): string => `OFXHEADER:100
DATA:OFXSGML
VERSION:102
ENCODING:USASCII
CHARSET:1252

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>HKD<BANKACCTFROM><BANKID>004<ACCTID>808-1<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20240101<DTEND>20240131
${transactions}
</BANKTRANLIST><LEDGERBAL><BALAMT>99.50<DTASOF>20240131</LEDGERBAL>${extra}</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`;

const transaction = (amount: string, rest = ''): string =>
  `<STMTTRN><TRNTYPE>OTHER<DTPOSTED>20240105120000[-5:EST]<TRNAMT>${amount}<FITID>F${amount}<NAME>Chan & Sons${rest}</STMTTRN>`;

describe('OFX', () => {
  it('reads SGML without end tags, XML with them, and one announced as the other', () => {
    const closed = sgml(transaction('12.50')).replace(
      /<(CURDEF|BANKID|ACCTID|ACCTTYPE|DTSTART|DTEND|TRNTYPE|DTPOSTED|TRNAMT|FITID|NAME|BALAMT|DTASOF)>([^<\n]*)/gu,
      '<$1>$2</$1>',
    );
    const xml = closed
      .replace(/^[\s\S]*?<OFX>/u, '<?xml version="1.0"?>\n<?OFX OFXHEADER="200"?>\n<OFX>')
      .replace('Chan & Sons', 'Chan &amp; Sons');
    const announced = sgml(transaction('12.50')).replace(
      /^[\s\S]*?<OFX>/u,
      '<?xml version="1.0"?>\n<?OFX OFXHEADER="200"?>\n<OFX>',
    );
    for (const text of [
      sgml(transaction('12.50')),
      closed,
      xml,
      announced,
      sgml(transaction('12.50')).toLowerCase().replace('hkd', 'HKD'),
    ]) {
      const file = readText(text);
      expect(briefs(file), text.slice(0, 60)).toEqual(['2024-01-05 12.50 HKD']);
      expect(linesOf(file)[0]?.counterparty?.toLowerCase()).toBe('chan & sons');
      expect(file.statements[0]).toMatchObject({
        account: { id: '808-1', bank: '004', currency: 'HKD' },
        addsUp: null,
      });
    }
  });

  it('reads empty elements, CDATA, decimal commas and signs; refuses what is no number', () => {
    const file = readText(
      sgml(
        [
          transaction('-16,85', '<MEMO>'),
          transaction('+3'),
          transaction('1,234.56'),
          transaction('$120'),
          transaction(''),
          transaction('.5', '<MEMO><![CDATA[a <b> & c]]>'),
        ].join('\n'),
      ),
    );
    expect(linesOf(file).map((line) => decimalText(line.amount))).toEqual(['-16.85', '3', '1234.56', '0.5']);
    expect(linesOf(file).at(-1)?.memo).toBe('a <b> & c');
    expect(reasons(file)).toEqual(['12:amount_unreadable', '13:amount_missing']);
  });

  it('keeps undated transactions on the statement’s last day, flagged, and counts repeated numbers', () => {
    const undated = transaction('1.00').replace(/<DTPOSTED>[^<]*/u, '');
    const file = readText(sgml(`${undated}${transaction('1.00')}`));
    expect(linesOf(file).map((line) => [brief(line), line.flags])).toEqual([
      ['2024-01-31 1.00 HKD', ['date_assumed']],
      ['2024-01-05 1.00 HKD', []],
    ]);
    expect(file.statements[0]?.flags).toContain('bank_references_repeat');
    expect(file.statements[0]?.facts).toMatchObject({
      duplicate_fitids: 1,
      ledger_balance: '99.50',
      kind: 'bank',
    });
  });

  it('honours a transaction’s own currency', () => {
    const file = readText(
      sgml(
        transaction('5.00', '<CURRENCY><CURRATE>7.8<CURSYM>USD</CURRENCY>') +
          transaction('6.00', '<ORIGCURRENCY><CURRATE>7.8<CURSYM>USD</ORIGCURRENCY>'),
      ),
    );
    expect(linesOf(file).map((line) => line.currency)).toEqual(['USD', 'HKD']);
  });

  it('reads bank and card accounts of one file', () => {
    const card =
      '<CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>USD<CCACCTFROM><ACCTID>4111</CCACCTFROM><BANKTRANLIST>' +
      transaction('-9.99') +
      '</BANKTRANLIST></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>';
    const file = readText(sgml(transaction('1.00')).replace('</OFX>', card));
    expect(file.statements.map((one) => [one.account.id, one.facts['kind'], one.lines.length])).toEqual([
      ['808-1', 'bank', 1],
      ['4111', 'credit card', 1],
    ]);
  });

  it('passes on what the bank’s server complains of', () => {
    const error =
      'OFXHEADER:100\n\n<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>15500<SEVERITY>ERROR<MESSAGE>Signon invalid</STATUS></SONRS></SIGNONMSGSRSV1></OFX>';
    expect(readText(error).refusal).toMatchObject({
      reason: 'bank_reports_error',
      excerpt: '15500 Signon invalid',
    });
    expect(readText('OFXHEADER:100\n\n<OFX></OFX>').refusal?.reason).toBe('no_statement');
  });
});

describe('QIF', () => {
  const qif = (...records: string[]): string => `!Type:Bank\n${records.map((one) => `${one}\n^\n`).join('')}`;

  it('reads amounts and dates of either continent and flags what it cannot decide', () => {
    expect(briefs(readText(qif("D2/14'2020\nT1,234.50\nPA", 'D12/31/99\nT-5.00\nPB')))).toEqual([
      '2020-02-14 1234.50 ?',
      '1999-12-31 -5.00 ?',
    ]);
    expect(briefs(readText(qif('D31.12.2023\nT1.234,50', 'D01.02.2023\nT-5,00')))).toEqual([
      '2023-12-31 1234.50 ?',
      '2023-02-01 -5.00 ?',
    ]);
    const unsure = readText(qif('D01/02/2023\nT5.00'));
    expect(unsure.flags).toEqual(['date_order_ambiguous']);
    expect(linesOf(unsure)[0]?.flags).toContain('date_order_ambiguous');
    expect(briefs(readText(qif('D01/02/2023\nT5.00'), { dateOrder: 'dmy', currency: 'GBP' }))).toEqual([
      '2023-02-01 5.00 GBP',
    ]);
  });

  it('obeys the date order a program states', () => {
    const file = readText('!Option:MDY\n!Type:Bank \nD10.08.23\nT200.00\n^\n!Type:Memorized\nKD\nT9.00\n^\n');
    expect([briefs(file), file.flags]).toEqual([['2023-10-08 200.00 ?'], []]);
    expect(briefs(readText('!Option:DMY\n!Type:Bank\nD10.08.23\nT200.00\n^\n'))).toEqual([
      '2023-08-10 200.00 ?',
    ]);
  });

  it('keeps splits as details, and money accounts apart from everything else', () => {
    const file = readText(
      `!Type:Cat\nNFood\n^\n!Account\nNCurrent\nTBank\n^\n${qif('D2022-09-23\nT-10\nSFood\n$-4\nSRent\nEnote\n$-6')}!Type:Invst\nD2022-09-24\nNBuy\nT99\n^\n`,
    );
    expect(file.statements.map((one) => one.account.id)).toEqual(['Current']);
    expect(linesOf(file)[0]?.details.map((one) => [one.memo, one.amount && decimalText(one.amount)])).toEqual(
      [
        ['Food', '-4'],
        ['Rent note', '-6'],
      ],
    );
  });

  it('refuses single records with their line', () => {
    expect(
      reasons(
        readText(qif('D2022-09-23\nTabc', 'T5.00', 'D2022-13-40\nT5.00', 'D2022-09-23', 'D2022-09-23\nT1')),
      ),
    ).toEqual(['2:amount_unreadable', '5:date_missing', '7:date_unreadable', '10:amount_missing']);
  });

  it('refuses a file without any money account', () => {
    expect(readText('!Type:Security\nNExample\n^\n').refusal?.reason).toBe('no_statement');
  });
});
