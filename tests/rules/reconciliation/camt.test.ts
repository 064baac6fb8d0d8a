import { XMLParser } from 'fast-xml-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalText } from '@/lib/reconciliation/statement/decimal.rules';
import { isXmlProblem, parseXml, type XmlNode } from '@/lib/reconciliation/statement/xml.rules';
import { briefs, camt, camtBalance, camtEntry, linesOf, readText, reasons } from './samples';

const problem = (text: string): string => {
  const result = parseXml(text);
  return isXmlProblem(result) ? `${result.reason}@${result.line}` : 'read';
};

describe('the XML reader', () => {
  it('names the line where a document breaks', () => {
    expect(problem('<a>\n<b></c>\n</a>')).toBe('xml_not_well_formed@2');
    expect(problem('<a>\n<b>')).toBe('xml_not_well_formed@2');
    expect(problem('<a></a>\n<b></b>')).toBe('xml_not_well_formed@2');
    expect(problem('<a></a> words')).toBe('xml_not_well_formed@1');
    expect(problem('words <a></a>')).toBe('xml_not_well_formed@1');
    expect(problem('')).toBe('xml_not_well_formed@1');
    expect(problem('<a b="1></a>')).toBe('xml_not_well_formed@1');
    expect(problem('<a><!-- </a>')).toBe('xml_not_well_formed@1');
  });

  it('refuses document type declarations, so no entity can grow or read a file', () => {
    expect(problem('<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')).toBe(
      'xml_declarations_refused@2',
    );
    expect(problem('<a><!ENTITY x SYSTEM "file:///etc/passwd"></a>')).toBe('xml_declarations_refused@1');
  });

  it('does not follow nesting without end', () => {
    expect(problem('<a>'.repeat(100_000))).toBe('xml_not_well_formed@1');
  });

  it('reads prefixes, comments, CDATA, entities, attributes with > and self-closing elements', () => {
    const root = parseXml(
      '<?xml version="1.0"?><!-- <x> --><n:a xmlns:n="u" k=\'1 > 0\'><n:b>x &amp;&#x4E2D;&#25991;<![CDATA[<&>]]></n:b><n:c/></n:a>',
    ) as XmlNode;
    expect(root.name).toBe('a');
    expect(root.attributes['k']).toBe('1 > 0');
    expect(root.children.map((node) => [node.name, node.text])).toEqual([
      ['b', 'x &中文 <&>'],
      ['c', ''],
    ]);
  });

  it('agrees with fast-xml-parser on generated documents', () => {
    const name = fc.constantFrom('Amt', 'Ntry', 'Dt', 'Cd', 'Ustrd');
    const word = fc.string({
      unit: fc.constantFrom('a', 'Z', '7', '中', '&', '<', '"', "'", '.', '-'),
      minLength: 1,
      maxLength: 12,
    });
    const escape = (text: string): string => text.replace(/[&<>"']/gu, (c) => `&#${c.codePointAt(0) ?? 0};`);
    const tree = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.tuple(name, word).map(([tag, text]) => `<${tag} Ccy="${escape(text)}">${escape(text)}</${tag}>`),
        fc
          .tuple(name, fc.array(tie('node'), { minLength: 1, maxLength: 4 }))
          .map(([tag, inner]) => `<${tag}>${inner.join('\n')}</${tag}>`),
      ),
    })).node;
    const library = new XMLParser({
      preserveOrder: true,
      ignoreAttributes: false,
      parseTagValue: false,
      attributeNamePrefix: '',
      htmlEntities: true,
    });
    type Ordered = Record<string, unknown>;
    const fromLibrary = (node: Ordered): unknown => {
      const tag = Object.keys(node).find((key) => key !== ':@') ?? '';
      const children = node[tag] as Ordered[];
      const text = children.map((one) => one['#text']).find((one) => one !== undefined);
      return [
        tag,
        text === undefined ? '' : String(text).trim(),
        children.filter((one) => one['#text'] === undefined).map(fromLibrary),
      ];
    };
    const ours = (node: XmlNode): unknown => [node.name, node.text, node.children.map(ours)];
    fc.assert(
      fc.property(tree, (text) => {
        const root = parseXml(text);
        expect(isXmlProblem(root)).toBe(false);
        expect(ours(root as XmlNode)).toEqual(fromLibrary((library.parse(text) as Ordered[])[0] ?? {}));
      }),
      { numRuns: 300 },
    );
  });
});

describe('CAMT statements', () => {
  it.each(['01', '02', '03', '04', '05', '06', '07', '08', '13'])(
    'reads version %s by content',
    (version) => {
      const file = readText(camt(camtEntry('12.30', 'CRDT') + camtEntry('2.00', 'DBIT'), { version }));
      expect(file.format).toBe(`camt.053.001.${version}`);
      expect(briefs(file)).toEqual(['2024-05-01 12.30 HKD', '2024-05-01 -2.00 HKD']);
    },
  );

  it('reads prefixed elements', () => {
    const plain = camt(camtEntry('12.30', 'CRDT'));
    const prefixed = plain.replace(/<(\/?)(?=[A-Z])/gu, '<$1ns2:').replace('xmlns=', 'xmlns:ns2=');
    expect(briefs(readText(prefixed))).toEqual(['2024-05-01 12.30 HKD']);
  });

  it('adds up only when it does', () => {
    const verdict = (closing: string, direction = 'CRDT', currency = 'HKD'): unknown => {
      const balances = camtBalance('OPBD', '100.00') + camtBalance('CLBD', closing, direction, currency);
      const statement = readText(
        camt(camtEntry('12.30', 'CRDT') + camtEntry('200', 'DBIT'), { extra: balances }),
      ).statements[0];
      return [statement?.addsUp, statement?.flags];
    };
    expect(verdict('87.70', 'DBIT')).toEqual([true, []]);
    expect(verdict('87.70', 'CRDT')).toEqual([false, ['does_not_add_up']]);
    expect(verdict('87.70', 'DBIT', 'USD')).toEqual([null, ['currencies_differ']]);
  });

  it('leaves pending and announced entries out of the balance', () => {
    const pending =
      camtEntry('5.00', 'CRDT').replace('BOOK', '<Cd>PDNG</Cd>') +
      camtEntry('7.00', 'DBIT').replace('BOOK', 'INFO');
    const file = readText(
      camt(camtEntry('12.30', 'CRDT') + pending, {
        extra: camtBalance('PRCD', '0.00') + camtBalance('CLBD', '12.30'),
      }),
    );
    expect(file.statements[0]?.addsUp).toBe(true);
    expect(linesOf(file).map((line) => line.status)).toEqual(['booked', 'pending', 'information']);
  });

  it('takes the direction from the indicator alone; a reversal is only marked', () => {
    const [line] = linesOf(readText(camt(camtEntry('9.00', 'DBIT', '<RvslInd>true</RvslInd>'))));
    expect(line).toMatchObject({ amountMinor: -900n, reversal: true });
  });

  it('refuses single entries with line and reason and keeps the others', () => {
    const bad = [
      '<Ntry><CdtDbtInd>CRDT</CdtDbtInd></Ntry>',
      '<Ntry><Amt Ccy="HKD">1,50</Amt><CdtDbtInd>CRDT</CdtDbtInd></Ntry>',
      '<Ntry><Amt Ccy="HKD">-1.50</Amt><CdtDbtInd>CRDT</CdtDbtInd></Ntry>',
      '<Ntry><Amt Ccy="HKD">1.50</Amt></Ntry>',
    ].join('\n');
    const file = readText(camt(`${camtEntry('1.00', 'CRDT')}\n${bad}\n${camtEntry('2.00', 'CRDT')}`));
    expect(briefs(file)).toEqual(['2024-05-01 1.00 HKD', '2024-05-01 2.00 HKD']);
    expect(reasons(file)).toEqual([
      '7:amount_missing',
      '8:amount_unreadable',
      '9:amount_unreadable',
      '10:direction_missing',
    ]);
    expect(file.refusal).toBeNull();
  });

  it('keeps an entry without a date on the statement’s own day, flagged', () => {
    const undated = '<Ntry><Amt Ccy="HKD">3.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts></Ntry>';
    const [line] = linesOf(readText(camt(undated, { extra: camtBalance('CLBD', '3.00') })));
    expect(line).toMatchObject({ bookedOn: '2024-05-01', flags: ['date_assumed'] });
    expect(reasons(readText(camt(undated)))).toEqual(['6:date_missing']);
  });

  it('finds the other side, its reference and the words, in version 2 and version 8 shapes', () => {
    const details = (party: string): string =>
      camtEntry(
        '10.00',
        'CRDT',
        `<AcctSvcrRef>B-77</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><Dbtr>${party}</Dbtr><DbtrAcct><Id><IBAN>DE02</IBAN></Id></DbtrAcct><Cdtr><Nm>Ourselves</Nm></Cdtr></RltdPties><RmtInf><Ustrd>善路</Ustrd><Ustrd>捐款</Ustrd></RmtInf></TxDtls></NtryDtls>`,
      );
    for (const party of ['<Nm>陳大文</Nm>', '<Pty><Nm>陳大文</Nm></Pty>'])
      expect(linesOf(readText(camt(details(party))))[0]).toMatchObject({
        counterparty: '陳大文',
        counterpartyAccount: 'DE02',
        memo: '善路 捐款',
        reference: null,
        bankReference: 'B-77',
      });
    const structured = camtEntry(
      '1',
      'CRDT',
      '<NtryDtls><TxDtls><RmtInf><Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls>',
    );
    expect(linesOf(readText(camt(structured)))[0]?.reference).toBe('RF18539007547034');
  });

  it('keeps the payments of a batch as details and says when they do not add up', () => {
    const payment = (amount: string): string =>
      `<TxDtls><Amt Ccy="HKD">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><RltdPties><Dbtr><Nm>D${amount}</Nm></Dbtr></RltdPties></TxDtls>`;
    const batch = (total: string): string =>
      camtEntry(total, 'CRDT', `<NtryDtls>${payment('3.00')}${payment('4.50')}</NtryDtls>`);
    const good = linesOf(readText(camt(batch('7.50'))))[0];
    expect(good?.details.map((one) => [one.amount && decimalText(one.amount), one.counterparty])).toEqual([
      ['3.00', 'D3.00'],
      ['4.50', 'D4.50'],
    ]);
    expect(good?.flags).toEqual([]);
    expect(linesOf(readText(camt(batch('8.00'))))[0]?.flags).toEqual(['details_do_not_add_up']);
  });

  it('compares the totals a statement declares with its entries', () => {
    const summary = (count: string, sum: string): string =>
      `<TxsSummry><TtlNtries><NbOfNtries>${count}</NbOfNtries><Sum>${sum}</Sum></TtlNtries></TxsSummry>`;
    const flags = (text: string): unknown =>
      readText(
        camt(camtEntry('1.00', 'CRDT') + camtEntry('2.00', 'DBIT'), { extra: text }),
      ).statements[0]?.flags.includes('declared_totals_differ');
    expect(flags(summary('2', '3.00'))).toBe(false);
    expect(flags(summary('3', '3.00'))).toBe(true);
    expect(flags(summary('2', '3.01'))).toBe(true);
  });

  it('uses the account’s currency when an amount names none, and three decimals where the currency has them', () => {
    const file = readText(
      camt(
        camtEntry('1.00', 'CRDT').replace(' Ccy="HKD"', '') +
          camtEntry('1.234', 'CRDT').replace('HKD', 'KWD') +
          camtEntry('1.234', 'CRDT'),
      ),
    );
    expect(linesOf(file).map((line) => [line.currency, line.amountMinor, line.flags])).toEqual([
      ['HKD', 100n, []],
      ['KWD', 1234n, []],
      ['HKD', null, ['finer_than_currency']],
    ]);
  });

  it('refuses a broken or foreign document with its line', () => {
    const cut = camt(camtEntry('1.00', 'CRDT')).slice(0, -20);
    expect(readText(cut).refusal).toMatchObject({ reason: 'xml_not_well_formed', line: 7 });
    expect(readText(camt('').replace(/<Stmt>[\s\S]*<\/Stmt>/u, '')).refusal).toMatchObject({
      reason: 'no_statement',
    });
    expect(readText('<?xml version="1.0"?>\n<feed><entry/></feed>').refusal?.reason).toBe('not_recognised');
    const bomb = camt('').replace('<Document', '<!DOCTYPE a [<!ENTITY b "c">]><Document');
    expect(readText(bomb).refusal).toMatchObject({ reason: 'xml_declarations_refused', line: 2 });
  });

  it('reads a message inside an envelope', () => {
    const enveloped = camt(camtEntry('1.00', 'CRDT')).replace(/<\?xml.*\?>\s*/u, '');
    expect(
      briefs(readText(`<Envelope><AppHdr><BizMsgIdr>1</BizMsgIdr></AppHdr>${enveloped}</Envelope>`)),
    ).toEqual(['2024-05-01 1.00 HKD']);
  });
});
