import { readAmount } from './amount-text.rules';
import { readIsoDate, readPackedDate, type DayRead } from './date-text.rules';
import { decimalText, parseDecimal, type Decimal } from './decimal.rules';
import { kindOfOfxType, kindOfWords } from './kind-words.rules';
import { ofxChild, ofxValue, parseOfxMarkup, type OfxNode } from './sgml.rules';
import {
  refusal,
  refusedFile,
  type Account,
  type FileDraft,
  type LineDraft,
  type Progress,
  type ReadingRefusal,
  type StatementDraft,
  type StatementFlag,
} from './statement.rules';

/** OFX and QFX, versions 1 (SGML) and 2 (XML): bank, card and loan statements, several per file. */
export const isOfx = (text: string): boolean =>
  /^\s*(?:OFXHEADER\s*:|<\?OFX\b)/u.test(text) || /<OFX\s*>/iu.test(text.slice(0, 4000));

const STATEMENT_RESPONSES = new Set(['STMTRS', 'CCSTMTRS', 'LOANSTMTRS']);

/** Amounts take a point or a comma for the decimals and no grouping (OFX 3.2.9.1); a symbol is no number. */
const readOfxAmount = (text: string): Decimal | null => {
  const plain = parseDecimal(text, '.') ?? parseDecimal(text, ',');
  if (plain !== null) return plain;
  return /^[+-]?\d{1,3}(?:,\d{3})+\.\d+$|^[+-]?\d{1,3}(?:\.\d{3})+,\d+$/u.test(text)
    ? (readAmount(text)?.value ?? null)
    : null;
};

const readOfxDate = (text: string | null): DayRead | null =>
  text === null ? null : (readPackedDate(text) ?? readIsoDate(text));

/** <CURRENCY> says that this amount is in another currency; <ORIGCURRENCY> that it was converted already. */
const currencyOf = (
  node: OfxNode,
  statementCurrency: string | null,
): { currency: string | null; inferred: boolean } => {
  const own = ofxValue(node, 'CURRENCY', 'CURSYM');
  if (statementCurrency === null) return { currency: own, inferred: own !== null };
  return { currency: own ?? statementCurrency, inferred: false };
};

const transaction = (node: OfxNode, statementCurrency: string | null): LineDraft | ReadingRefusal => {
  const amountText = ofxValue(node, 'TRNAMT');
  const name = ofxValue(node, 'NAME') ?? ofxValue(node, 'PAYEE', 'NAME');
  const excerpt = `STMTTRN ${ofxValue(node, 'FITID') ?? ''} ${amountText ?? ''} ${name ?? ''}`;
  if (amountText === null) return refusal('amount_missing', node.line, excerpt);
  const amount = readOfxAmount(amountText);
  if (amount === null) return refusal('amount_unreadable', node.line, excerpt);
  const booked = readOfxDate(ofxValue(node, 'DTPOSTED'));
  const { currency, inferred } = currencyOf(node, statementCurrency);
  const memo = ofxValue(node, 'MEMO');
  const type = ofxValue(node, 'TRNTYPE');
  const check = ofxValue(node, 'CHECKNUM');
  return {
    lineNo: node.line,
    bookedOn: booked?.iso ?? null,
    valueOn: readOfxDate(ofxValue(node, 'DTAVAIL'))?.iso ?? null,
    amount,
    inward: amount.units >= 0n,
    currency,
    counterparty: name,
    counterpartyAccount: ofxValue(node, 'BANKACCTTO', 'ACCTID') ?? ofxValue(node, 'CCACCTTO', 'ACCTID'),
    reference: ofxValue(node, 'REFNUM'),
    memo: [memo, check !== null && check !== '0' ? `#${check}` : null]
      .filter((text) => text !== null)
      .join(' '),
    bankReference: ofxValue(node, 'FITID'),
    kind: kindOfOfxType(type) ?? kindOfWords(name, memo),
    reversal: ofxValue(node, 'CORRECTACTION') !== null,
    status: 'booked',
    details: [],
    balanceAfter: null,
    flags: [
      ...(booked?.clamped === true ? (['date_clamped'] as const) : []),
      ...(inferred ? (['currency_inferred'] as const) : []),
    ],
    source: null,
  };
};

const accountOf = (node: OfxNode, currency: string | null): Account => {
  const from =
    ofxChild(node, 'BANKACCTFROM') ?? ofxChild(node, 'CCACCTFROM') ?? ofxChild(node, 'LOANACCTFROM');
  return {
    id: ofxValue(from, 'ACCTID') ?? ofxValue(from, 'LOANACCTID'),
    currency,
    bank: ofxValue(from, 'BANKID'),
    name: null,
  };
};

type Collected = { lines: LineDraft[]; refused: ReadingRefusal[] };

const repeatsReferences = (lines: readonly LineDraft[]): number => {
  const counts = new Map<string, number>();
  for (const { bankReference } of lines)
    if (bankReference !== null) counts.set(bankReference, (counts.get(bankReference) ?? 0) + 1);
  return [...counts.values()].reduce((total, count) => total + count - 1, 0);
};

const statementOf = (node: OfxNode, nodes: readonly OfxNode[]): StatementDraft => {
  const currency = ofxValue(node, 'CURDEF')?.toUpperCase() ?? null;
  const { lines, refused }: Collected = { lines: [], refused: [] };
  for (const one of nodes) {
    const read = transaction(one, currency);
    if ('reason' in read) refused.push(read);
    else lines.push(read);
  }
  const repeats = repeatsReferences(lines);
  const flags: StatementFlag[] = repeats > 0 ? ['bank_references_repeat'] : [];
  const balance = readOfxAmount(ofxValue(node, 'LEDGERBAL', 'BALAMT') ?? '');
  const on = readOfxDate(ofxValue(node, 'LEDGERBAL', 'DTASOF'))?.iso ?? null;
  return {
    id: null,
    number: null,
    account: accountOf(node, currency),
    from: readOfxDate(ofxValue(node, 'BANKTRANLIST', 'DTSTART'))?.iso ?? null,
    to: readOfxDate(ofxValue(node, 'BANKTRANLIST', 'DTEND'))?.iso ?? on,
    opening: null,
    closing: balance && { amount: balance, currency, on, code: 'LEDGERBAL', dateText: null },
    lines,
    refused,
    flags,
    facts: {
      kind: node.name === 'CCSTMTRS' ? 'credit card' : node.name === 'LOANSTMTRS' ? 'loan' : 'bank',
      ledger_balance: balance && decimalText(balance),
      ...(repeats > 0 && { duplicate_fitids: repeats }),
      ...(refused.length > 0 && { unparsable_amounts: refused.length }),
    },
  };
};

type BankError = { readonly line: number; readonly text: string; readonly signOn: boolean };

export const readOfx = (text: string, onProgress?: Progress): FileDraft => {
  const transactions = new Map<OfxNode, OfxNode[]>();
  const statements: StatementDraft[] = [];
  const problems: BankError[] = [];
  const root = parseOfxMarkup(
    text,
    (node, parents) => {
      if (node.name === 'STATUS' && ofxValue(node, 'SEVERITY')?.toUpperCase() === 'ERROR')
        problems.push({
          line: node.line,
          text: `${ofxValue(node, 'CODE') ?? ''} ${ofxValue(node, 'MESSAGE') ?? ''}`,
          signOn: parents.at(-1)?.name === 'SONRS',
        });
      if (node.name === 'STMTTRN' || node.name === 'LOANSTMTTRN') {
        const statement = parents.find((parent) => STATEMENT_RESPONSES.has(parent.name));
        if (!statement) return false;
        const list = transactions.get(statement) ?? [];
        transactions.set(statement, list);
        list.push(node);
        return true;
      }
      if (STATEMENT_RESPONSES.has(node.name)) {
        statements.push(statementOf(node, transactions.get(node) ?? []));
        transactions.delete(node);
        return true;
      }
      return false;
    },
    onProgress,
  );
  const facts = {
    xml: /^\s*<\?/u.test(text),
    ...(problems.some((one) => one.signOn) && { status: 'ERROR' }),
  };
  if (root === 'cancelled') return refusedFile('ofx', 'OFX', refusal('cancelled', 1, ''), facts);
  const problem = problems[0];
  if (statements.length === 0 && problem)
    return refusedFile('ofx', 'OFX', refusal('bank_reports_error', problem.line, problem.text), facts);
  if (root === null || statements.length === 0)
    return refusedFile('ofx', 'OFX', refusal('no_statement', root?.line ?? 1, text.slice(0, 200)), facts);
  return { family: 'ofx', format: 'OFX', statements, stray: [], flags: [], facts, refusal: null };
};
