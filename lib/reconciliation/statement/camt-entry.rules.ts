import { readIsoDate, type DayRead } from './date-text.rules';
import { absolute, negate, parseDecimal, sameValue, sum } from './decimal.rules';
import { kindOfIsoCode, kindOfWords } from './kind-words.rules';
import {
  refusal,
  type Account,
  type LineDetail,
  type LineDraft,
  type LineFlag,
  type LineKind,
  type LineStatus,
  type ReadingRefusal,
} from './statement.rules';
import { child, childrenNamed, textAt, type XmlNode } from './xml.rules';

export type CamtEntry = {
  readonly line: LineDraft;
  /** BOOK, PDNG, INFO, FUTR as written. */
  readonly status: string;
  readonly detailCount: number;
};

const dayOf = (node: XmlNode | undefined): DayRead | null =>
  readIsoDate(textAt(node, 'Dt') ?? textAt(node, 'DtTm') ?? node?.text ?? '');

const STATUS: Readonly<Record<string, LineStatus>> = {
  BOOK: 'booked',
  PDNG: 'pending',
  FUTR: 'pending',
  INFO: 'information',
};

/** Codes that banks put where they know no reference. */
const meaningful = (reference: string | null): string | null =>
  reference === null || /^(?:NOT ?PROVIDED|NONREF|NONE|N\/A|-+)$/iu.test(reference) ? null : reference;

/** Names stand directly under the party until version 7 and under Pty (or Agt) from version 8. */
const nameOf = (party: XmlNode | undefined): string | null =>
  textAt(party, 'Nm') ?? textAt(party, 'Pty', 'Nm') ?? textAt(party, 'Agt', 'FinInstnId', 'Nm');

const accountIdOf = (account: XmlNode | undefined): string | null => {
  const id = child(account, 'Id');
  return (
    textAt(id, 'IBAN') ?? textAt(id, 'Othr', 'Id') ?? textAt(id, 'BBAN') ?? textAt(id, 'PrtryAcct', 'Id')
  );
};

type Party = { readonly name: string | null; readonly account: string | null };

/** The other side: who paid us, or whom we paid. Where the bank puts ourselves there, the opposite side. */
const otherParty = (details: XmlNode, credit: boolean, own: Account): Party => {
  const parties = child(details, 'RltdPties');
  const side = (role: 'Dbtr' | 'Cdtr'): Party => ({
    name:
      nameOf(child(parties, role)) ??
      nameOf(child(parties, `Ultmt${role}`)) ??
      (role === 'Dbtr' ? nameOf(child(parties, 'InitgPty')) : null),
    account: accountIdOf(child(parties, `${role}Acct`)),
  });
  const expected = side(credit ? 'Dbtr' : 'Cdtr');
  const opposite = side(credit ? 'Cdtr' : 'Dbtr');
  const isOurselves = expected.account !== null && expected.account === own.id;
  const isEmpty = expected.account === null && expected.name === null;
  return isOurselves || (isEmpty && opposite.account !== own.id) ? opposite : expected;
};

const remittanceOf = (details: XmlNode): { reference: string | null; memo: string } => {
  const info = child(details, 'RmtInf');
  const structured = childrenNamed(info, 'Strd');
  const creditorReference =
    structured
      .map((one) => textAt(one, 'CdtrRefInf', 'Ref') ?? textAt(one, 'CdtrRefInf', 'CdtrRef'))
      .find((ref) => ref !== null) ?? null;
  const words = [
    ...childrenNamed(info, 'Ustrd').map((one) => one.text),
    ...structured.flatMap((one) => childrenNamed(one, 'AddtlRmtInf').map((text) => text.text)),
    ...structured.flatMap((one) => textAt(one, 'RfrdDocInf', 'Nb') ?? []),
    textAt(details, 'AddtlTxInf'),
    textAt(details, 'RtrInf', 'AddtlInf'),
  ].filter((text): text is string => text !== null && text !== '');
  return {
    reference: meaningful(creditorReference) ?? meaningful(textAt(details, 'Refs', 'EndToEndId')),
    memo: words.join(' '),
  };
};

const amountNode = (details: XmlNode): XmlNode | undefined =>
  child(details, 'Amt') ??
  child(details, 'AmtDtls', 'TxAmt', 'Amt') ??
  child(details, 'AmtDtls', 'InstdAmt', 'Amt');

const codeKind = (node: XmlNode): LineKind => {
  const family = child(node, 'BkTxCd', 'Domn', 'Fmly');
  return kindOfIsoCode(textAt(family, 'Cd'), textAt(family, 'SubFmlyCd'));
};

const detailOf = (details: XmlNode, credit: boolean, own: Account): LineDetail => {
  const amount = amountNode(details);
  const read = parseDecimal(amount?.text ?? '');
  // A detail may have its own direction (a fee inside a credit); otherwise it has that of its entry.
  const direction = textAt(details, 'CdtDbtInd');
  const inward = direction === null ? credit : direction === 'CRDT';
  const party = otherParty(details, credit, own);
  const { reference, memo } = remittanceOf(details);
  return {
    amount: read === null ? null : inward ? read : negate(read),
    currency: amount?.attributes['Ccy'] ?? null,
    counterparty: party.name,
    counterpartyAccount: party.account,
    reference,
    memo,
    kind: child(details, 'RtrInf') ? 'return' : codeKind(details),
  };
};

/** Batch details in the entry's own currency must add up to the entry. */
const detailsAddUp = (
  details: readonly LineDetail[],
  line: { amount: LineDraft['amount']; currency: string | null },
): boolean => {
  const amounts = details.flatMap((one) =>
    one.amount !== null && one.currency === line.currency ? [one.amount] : [],
  );
  return amounts.length < details.length || sameValue(absolute(sum(amounts)), absolute(line.amount));
};

/** Reads one Ntry. Refused only without a readable amount or a direction; everything else is optional. */
export const camtEntry = (entry: XmlNode, own: Account): CamtEntry | ReadingRefusal => {
  const amountText = textAt(entry, 'Amt');
  const currency = child(entry, 'Amt')?.attributes['Ccy'] ?? own.currency;
  const excerpt = `Ntry ${textAt(entry, 'NtryRef') ?? textAt(entry, 'AcctSvcrRef') ?? ''} ${amountText ?? ''}`;
  if (amountText === null) return refusal('amount_missing', entry.line, excerpt);
  const amount = parseDecimal(amountText);
  if (amount === null || amount.units < 0n) return refusal('amount_unreadable', entry.line, excerpt);
  const direction = textAt(entry, 'CdtDbtInd');
  if (direction !== 'CRDT' && direction !== 'DBIT') return refusal('direction_missing', entry.line, excerpt);

  const credit = direction === 'CRDT';
  const transactions = [
    ...childrenNamed(entry, 'NtryDtls').flatMap((one) => childrenNamed(one, 'TxDtls')),
    ...childrenNamed(entry, 'TxDtls'),
  ];
  const details = transactions.map((one) => detailOf(one, credit, own));
  const only = details.length === 1 ? details[0] : undefined;
  const booked = dayOf(child(entry, 'BookgDt'));
  const valued = dayOf(child(entry, 'ValDt'));
  const status =
    textAt(entry, 'Sts', 'Cd') ?? textAt(entry, 'Sts', 'Prtry') ?? textAt(entry, 'Sts') ?? 'BOOK';
  const note = textAt(entry, 'AddtlNtryInf');
  const memo = [only?.memo ?? '', note ?? ''].filter((text) => text !== '').join(' ');
  const flags: LineFlag[] = [];
  if (booked?.clamped === true || valued?.clamped === true) flags.push('date_clamped');
  const signed = credit ? amount : negate(amount);
  if (details.length > 1 && !detailsAddUp(details, { amount: signed, currency }))
    flags.push('details_do_not_add_up');
  return {
    status,
    detailCount: transactions.length,
    line: {
      lineNo: entry.line,
      bookedOn: booked?.iso ?? null,
      valueOn: valued?.iso ?? null,
      amount: signed,
      inward: credit,
      currency,
      counterparty: only?.counterparty ?? null,
      counterpartyAccount: only?.counterpartyAccount ?? null,
      reference: only?.reference ?? null,
      memo,
      bankReference:
        meaningful(textAt(entry, 'AcctSvcrRef')) ??
        meaningful(textAt(entry, 'NtryRef')) ??
        meaningful(textAt(transactions[0], 'Refs', 'AcctSvcrRef')) ??
        meaningful(textAt(transactions[0], 'Refs', 'TxId')),
      kind: only?.kind ?? codeKind(entry) ?? kindOfWords(note),
      reversal: textAt(entry, 'RvslInd') === 'true' || textAt(entry, 'RvslInd') === '1',
      status: STATUS[status] ?? 'booked',
      details: details.length > 1 ? details : [],
      balanceAfter: null,
      flags,
      source: null,
    },
  };
};
