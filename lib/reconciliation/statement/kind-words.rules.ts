import type { LineKind } from './statement.rules';

/** Words by which banks and wallets name a movement, in the languages met so far. Order matters: tax on interest is tax. */
const KIND_WORDS: readonly (readonly [Exclude<LineKind, null>, RegExp])[] = [
  ['tax', /利息税|印花税|withholding tax|quellensteuer|verrechnungssteuer|stamp duty/iu],
  [
    'return',
    /退汇|退匯|退票|转账退回|轉賬退回|付款退回|returned|chargeback|rücklast|ruecklast|retoure|rückgabe|rejet|\breturn of\b/iu,
  ],
  ['refund', /退款|退货|退貨|refund|erstattung|remboursement|reembolso|^return:/iu],
  ['interest', /结息|結息|利息|interest|zinsen|intérêts?|intereses|rente\b/iu],
  [
    'fee',
    /手续费|手續費|服务费|服務費|工本费|年费|年費|\bfees?\b|\bcharges?\b|gebühr|gebuehr|entgelt|frais\b|spesen|kosten|comisi[oó]n|tarifa|commission|cotisation carte/iu,
  ],
  ['cash', /取现|取現|取款|存现|现存|現金|\batm\b|cash withdrawal|bargeld|geldautomat|retrait|saque\b/iu],
  ['cheque', /支票|\bche(?:que|ck)\b|chèque|scheck/iu],
  [
    'opening_balance',
    /^(?:opening balance|eröffnungssaldo|anfangssaldo|期初余额|期初餘額|上期结余|上期結餘|承前余额|承前結餘|saldo anterior|balance brought forward|b\/f balance|solde précédent)/iu,
  ],
];

/** Most remarks hold none of the words: one look settles that. */
const ANY_KIND = new RegExp(KIND_WORDS.map(([, words]) => words.source).join('|'), 'iu');

export const kindOfWords = (...texts: readonly (string | null)[]): LineKind => {
  const text = texts.filter((one) => one !== null && one !== '').join(' ');
  return text === '' || !ANY_KIND.test(text)
    ? null
    : (KIND_WORDS.find(([, words]) => words.test(text))?.[0] ?? null);
};

/** ISO 20022 bank transaction sub-families (external code set) that say what a movement is. */
export const kindOfIsoCode = (family: string | null, subFamily: string | null): LineKind => {
  if (subFamily === null) return null;
  if (['FEES', 'CHRG', 'COMM', 'COMI', 'COMT', 'LBOX'].includes(subFamily)) return 'fee';
  if (['INTR', 'CINT', 'DINT', 'ACCR'].includes(subFamily) || family === 'INTR') return 'interest';
  if (['TAXE', 'WITH', 'NWID'].includes(subFamily)) return 'tax';
  if (['RRTN', 'RPCR', 'RRCT', 'UPCT', 'UPDD', 'PRDD', 'UPCQ', 'URCQ', 'CHRB', 'RIMB'].includes(subFamily))
    return 'return';
  if (['CWDL', 'CDPT', 'BCDP', 'BCWD'].includes(subFamily)) return 'cash';
  if (family === 'RCHQ' || family === 'ICHQ') return 'cheque';
  if (family === 'CCRD' || family === 'MCRD') return 'card';
  return null;
};

/** SWIFT transaction type identification codes of field :61: (three letters after N, S or F). */
export const kindOfSwiftCode = (code: string | null): LineKind => {
  switch (code) {
    case 'CHG':
    case 'COM':
      return 'fee';
    case 'INT':
      return 'interest';
    case 'RTI':
      return 'return';
    case 'CHK':
    case 'ECK':
    case 'CLR':
    case 'TCK':
    case 'UWC':
      return 'cheque';
    default:
      return null;
  }
};

/** OFX transaction types (section 11.4.4.3 of the OFX specification). */
export const kindOfOfxType = (type: string | null): LineKind => {
  switch (type?.toUpperCase()) {
    case 'FEE':
    case 'SRVCHG':
      return 'fee';
    case 'INT':
    case 'DIV':
      return 'interest';
    case 'CASH':
    case 'ATM':
      return 'cash';
    case 'CHECK':
      return 'cheque';
    default:
      return null;
  }
};
