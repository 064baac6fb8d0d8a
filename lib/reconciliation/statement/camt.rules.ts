import { camtEntry, type CamtEntry } from './camt-entry.rules';
import { readIsoDate } from './date-text.rules';
import { negate, parseDecimal, sameValue, sum, absolute, type Decimal } from './decimal.rules';
import {
  refusal,
  refusedFile,
  type Account,
  type Balance,
  type FileDraft,
  type Progress,
  type ReadingRefusal,
  type StatementDraft,
  type StatementFlag,
} from './statement.rules';
import { child, childrenNamed, isXmlProblem, parseXml, textAt, type XmlNode } from './xml.rules';

/**
 * ISO 20022 bank-to-customer messages, versions 1 to 13 of camt.052 (intraday report), camt.053 (statement) and
 * camt.054 (notification). One line is one entry (Ntry), for that is what the bank books; the payments of a
 * batch are its details. CdtDbtInd alone gives the direction: RvslInd only says that the entry is a reversal.
 */
const CONTAINERS = new Set(['Stmt', 'Rpt', 'Ntfctn']);

export const isCamt = (text: string): boolean =>
  /<(?:\w+:)?BkToCstmr(?:Stmt|AcctRpt|DbtCdtNtfctn)/u.test(text);

const formatOf = (text: string): string => {
  const version = /camt\.05[234]\.\d{3}\.\d{2}/u.exec(text)?.[0];
  if (version !== undefined) return version;
  if (text.includes('BkToCstmrStmt')) return 'camt.053';
  return text.includes('BkToCstmrAcctRpt') ? 'camt.052' : 'camt.054';
};

const accountOf = (container: XmlNode): Account => {
  const account = child(container, 'Acct');
  const id = child(account, 'Id');
  const bank = child(account, 'Svcr', 'FinInstnId');
  return {
    id:
      textAt(id, 'IBAN') ??
      textAt(id, 'Othr', 'Id') ??
      textAt(id, 'BBAN') ??
      textAt(id, 'PrtryAcct', 'Id') ??
      textAt(id, 'UPIC') ??
      textAt(account, 'Prxy', 'Id'),
    currency: textAt(account, 'Ccy'),
    bank:
      textAt(bank, 'BICFI') ??
      textAt(bank, 'BIC') ??
      textAt(bank, 'ClrSysMmbId', 'MmbId') ??
      textAt(bank, 'Nm') ??
      textAt(bank, 'NmAndAdr', 'Nm'),
    name: textAt(account, 'Ownr', 'Nm') ?? textAt(account, 'Ownr', 'Pty', 'Nm') ?? textAt(account, 'Nm'),
  };
};

const dayAt = (node: XmlNode | undefined): string | null =>
  readIsoDate(textAt(node, 'Dt') ?? textAt(node, 'DtTm') ?? node?.text ?? '')?.iso ?? null;

const balanceOf = (node: XmlNode): Balance | null => {
  const amount = parseDecimal(textAt(node, 'Amt') ?? '');
  const direction = textAt(node, 'CdtDbtInd');
  if (amount === null) return null;
  return {
    amount: direction === 'DBIT' ? negate(amount) : amount,
    currency: child(node, 'Amt')?.attributes['Ccy'] ?? null,
    on: dayAt(child(node, 'Dt')),
    code:
      textAt(node, 'Tp', 'CdOrPrtry', 'Cd') ??
      textAt(node, 'Tp', 'Cd') ??
      textAt(node, 'Tp', 'CdOrPrtry', 'Prtry') ??
      '',
    dateText: null,
  };
};

/** The first balance with one of these codes, the codes in order of preference. */
const pickBalance = (balances: readonly Balance[], ...codes: string[]): Balance | null =>
  codes.map((code) => balances.find((one) => one.code === code)).find((one) => one !== undefined) ?? null;

/** The totals the statement declares about itself must be those of its entries. */
const totalsDiffer = (container: XmlNode, entries: readonly CamtEntry[], refusedCount: number): boolean => {
  const summary = child(container, 'TxsSummry');
  if (!summary) return false;
  const amounts = entries.map((entry) => entry.line.amount);
  const differs = (totals: XmlNode | undefined, values: readonly Decimal[], all: boolean): boolean => {
    const count = textAt(totals, 'NbOfNtries');
    const declared = parseDecimal(textAt(totals, 'Sum') ?? '');
    if (count !== null && Number(count) !== values.length + (all ? refusedCount : 0)) return true;
    return declared !== null && !sameValue(declared, sum(values.map(absolute)));
  };
  return (
    differs(child(summary, 'TtlNtries'), amounts, true) ||
    differs(
      child(summary, 'TtlCdtNtries'),
      entries.filter((e) => e.line.inward).map((e) => e.line.amount),
      false,
    ) ||
    differs(
      child(summary, 'TtlDbtNtries'),
      entries.filter((e) => !e.line.inward).map((e) => e.line.amount),
      false,
    )
  );
};

type Collected = { entries: CamtEntry[]; refused: ReadingRefusal[] };

const statementOf = (container: XmlNode, { entries, refused }: Collected): StatementDraft => {
  const balances = childrenNamed(container, 'Bal').flatMap((node) => balanceOf(node) ?? []);
  const statuses = [...new Set(entries.map((entry) => entry.status))].sort();
  const reversals = entries.filter((entry) => entry.line.reversal).length;
  const opening = pickBalance(balances, 'OPBD', 'PRCD');
  const closing = pickBalance(balances, 'CLBD');
  const flags: StatementFlag[] = [];
  if (totalsDiffer(container, entries, refused.length)) flags.push('declared_totals_differ');
  if (container.name === 'Stmt' && !opening) flags.push('opening_missing');
  if (container.name === 'Stmt' && !closing) flags.push('closing_missing');
  return {
    id: textAt(container, 'Id'),
    number: textAt(container, 'ElctrncSeqNb') ?? textAt(container, 'LglSeqNb'),
    account: accountOf(container),
    from:
      readIsoDate(textAt(container, 'FrToDt', 'FrDtTm') ?? textAt(container, 'FrToDt', 'FrDt') ?? '')?.iso ??
      null,
    to:
      readIsoDate(textAt(container, 'FrToDt', 'ToDtTm') ?? textAt(container, 'FrToDt', 'ToDt') ?? '')?.iso ??
      null,
    opening,
    closing,
    lines: entries.map((entry) => entry.line),
    refused,
    flags,
    facts: {
      transaction_details: entries.reduce((total, entry) => total + entry.detailCount, 0),
      balances: childrenNamed(container, 'Bal').length,
      ...(statuses.some((status) => status !== 'BOOK') && { statuses }),
      ...(reversals > 0 && { reversal_entries: reversals }),
    },
  };
};

export const readCamt = (text: string, onProgress?: Progress): FileDraft => {
  const format = formatOf(text);
  const statements: StatementDraft[] = [];
  const collected = new Map<XmlNode, Collected>();
  const result = parseXml(text, {
    onElement: (node, path) => {
      const parent = path.at(-1);
      if (node.name === 'Ntry' && parent && CONTAINERS.has(parent.name)) {
        const into = collected.get(parent) ?? { entries: [], refused: [] };
        collected.set(parent, into);
        const read = camtEntry(node, accountOf(parent));
        if ('reason' in read) into.refused.push(read);
        else into.entries.push(read);
        return true;
      }
      if (CONTAINERS.has(node.name) && parent?.name.startsWith('BkToCstmr') === true) {
        statements.push(statementOf(node, collected.get(node) ?? { entries: [], refused: [] }));
        collected.delete(node);
        return true;
      }
      return false;
    },
    ...(onProgress && { onProgress }),
  });
  if (isXmlProblem(result))
    return refusedFile('camt', format, refusal(result.reason, result.line, result.excerpt));
  if (statements.length === 0)
    return refusedFile('camt', format, refusal('no_statement', result.line, `<${result.name}>`));
  return { family: 'camt', format, statements, stray: [], flags: [], facts: {}, refusal: null };
};
