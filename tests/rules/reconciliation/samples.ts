import { decimalText } from '@/lib/reconciliation/statement/decimal.rules';
import { readStatement, type ReadOptions } from '@/lib/reconciliation/statement/read.rules';
import type { StatementFile, StatementLine } from '@/lib/reconciliation/statement/statement.rules';

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export const readText = (text: string, options?: ReadOptions): StatementFile =>
  readStatement(bytesOf(text), options);

export const linesOf = (file: StatementFile): StatementLine[] =>
  file.statements.flatMap((one) => [...one.lines]);

/** "2024-01-05 -12.50 EUR": what a test asserts about a line. */
export const brief = (line: StatementLine): string =>
  `${line.bookedOn} ${decimalText(line.amount)} ${line.currency ?? '?'}`;

export const briefs = (file: StatementFile): string[] => linesOf(file).map(brief);

export const reasons = (file: StatementFile): string[] =>
  file.errors.map((error) => `${error.line}:${error.reason}`);

/** A camt.053 with the given entries. */
export const camt = (
  entries: string,
  options: { version?: string; extra?: string; prefix?: string } = {},
): string => {
  const { version = '08', extra = '', prefix = '' } = options;
  const tag = (name: string): string => `${prefix}${name}`;
  const xmlns = prefix === '' ? 'xmlns' : `xmlns:${prefix.slice(0, -1)}`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<${tag('Document')} ${xmlns}="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}">
<${tag('BkToCstmrStmt')}><${tag('GrpHdr')}><${tag('MsgId')}>M</${tag('MsgId')}></${tag('GrpHdr')}>
<${tag('Stmt')}><${tag('Id')}>S1</${tag('Id')}>
<${tag('Acct')}><${tag('Id')}><${tag('IBAN')}>HK0012345678</${tag('IBAN')}></${tag('Id')}><${tag('Ccy')}>HKD</${tag('Ccy')}></${tag('Acct')}>
${extra}${entries}
</${tag('Stmt')}></${tag('BkToCstmrStmt')}></${tag('Document')}>`;
};

export const camtBalance = (code: string, amount: string, direction = 'CRDT', currency = 'HKD'): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd><Dt><Dt>2024-05-01</Dt></Dt></Bal>`;

export const camtEntry = (amount: string, direction: string, inner = ''): string =>
  `<Ntry><Amt Ccy="HKD">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2024-05-01</Dt></BookgDt>${inner}</Ntry>`;

/** An MT940 message round the given fields. */
export const mt = (fields: string, account = '12345678/900'): string =>
  `:20:REF1\n:25:${account}\n:28C:1/1\n:60F:C240101EUR100,00\n${fields}\n`;
