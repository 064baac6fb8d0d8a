/** What a column of a bank's table holds. */
export const COLUMN_ROLES = [
  'bookingDate',
  'date',
  'valueDate',
  'amount',
  'debit',
  'credit',
  'balance',
  'currency',
  'direction',
  'payer',
  'payerAccount',
  'reference',
  'bankReference',
  'status',
  'account',
  'fee',
  'memo',
] as const;
export type ColumnRole = (typeof COLUMN_ROLES)[number];

/** Header text without case, width, white space and punctuation, so that "日 志 号" is 日志号. */
export const normalHeader = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}/+]/gu, '');

/**
 * Header words of banks and wallets, in the order they are tried: the narrower meaning stands before the wider
 * one (a "balance currency" is no balance, "credit/debit" no credit column).
 */
const ROLE_WORDS: readonly (readonly [ColumnRole | 'ignore', RegExp])[] = [
  [
    'ignore',
    /^(?:local|original|foreign)(?:amount|currency)|balancecurrency|余额币种|creditlimit|原币|timezone|摘要代码/u,
  ],
  [
    'direction',
    /^(?:credit\/?debit|debit\/?credit|dr\/?cr|cr\/?dr|d\/c|c\/d|bij\/?af|af\/?bij|soll\/haben|s\/h|收\/支|收支|收支类型|收支標誌|收支标志|收付标志|收\/付|借贷标志|借贷标识|借贷方向|借贷|借\/贷|借貸|借貸標誌|交易方向|资金流向|debitcreditindicator|creditdebitindicator|sens|entradasalida|debitorcredit|af|afbij)$/u,
  ],
  ['balance', /余额|餘額|结余|結餘|結存|结存|残高|balance|saldo(?!.*date)|solde|kontostand|sald[oa]/u],
  [
    'valueDate',
    /valuedate|valutadat|wertstell|wert$|datevaleur|datedevaleur|rentedatum|fechavalor|datavaluta|起息日|valutadag|datawaluty/u,
  ],
  [
    'bookingDate',
    /completed|completiondate|记账日|入账日|入賬日|记账时间|入账时间|記賬日|postdate|posteddate|postingdate|datepost|bookingdate|bookeddate|^booked|buchungstag|buchungsdatum|boekdatum|boekingsdatum|datecomptable|datacontabile|fechacontable|bokf|bogf/u,
  ],
  ['fee', /^(?:fee|fees|手续费|手續費|服务费|gebühr|commission)(?:元)?$/u],
  ['amount', /收入\/?支出|支出\/?收入|收支金额|借贷?金额|存入\/支出|币种\/金额|幣種\/金額|货币\/金额/u],
  [
    'currency',
    /币种$|币别$|幣種$|幣別$|货币$|貨幣$|currency|^ccy$|währung|waehrung|^devise|moneda|^valuta$|^munt$|muntsoort|waluta|^mena$|^monnaie/u,
  ],
  ['date', /日期|日付|交易日|时间|時間|^日$|date|datum|^data|fecha|^dato$|päivä|^dag$|^when$|^day$/u],
  [
    'payerAccount',
    /(?:对方|对手|對方|对方账户|收款|付款|交易对手).*(?:账号|帐号|賬號|账户$|卡号|帐户$)|tegenrekening|counterpartyaccount|counterpartyiban|partneriban|对方行号|contocontroparte|kontonummeriban|kontrahentkonto|beguenstigteriban|ibanzahlungsbeteiligter|accountnumberpayee/u,
  ],
  [
    'credit',
    /收入|贷方|貸方|收款金额|转入金额|轉入|存入|存款金额|存款$|入金|お預|deposit|credit(?!card|or|limit)|paidin|moneyin|^in$|haben|gutschrift|crédit|^credito|haber|abono|entrate|avere|bijschrift|inflow|uznania/u,
  ],
  [
    'debit',
    /支出|借方|付款金额|转出金额|轉出|支取|支賬|提款|取款金额|出金|お支払|お引出|withdraw|debit(?!card|or)|paidout|moneyout|^out$|^soll$|lastschrift|belastung|débit|^debito|^debe$|cargo|uscite|^dare$|afschrift|outflow|obciążenia/u,
  ],
  [
    'amount',
    /金额|金額|发生额|發生額|^amount|amount$|amounteur|amountusd|betrag|bedrag|umsatz|montant|import[eo]|^valor|^value(?!date)|kwota|belopp|beløb|^gross$|^net$|^brutto|^netto|^suma$|^amt|transactionamount|amountinaccountcurrency/u,
  ],
  ['status', /交易状态|当前状态|交易狀態|^状态$|^狀態$|status|^state$/u],
  [
    'bankReference',
    /流水号|流水號|交易订单号|交易单号|交易編號|交易编号|日志号|凭证号|憑證號|transactionid|transactionreference|bankreference|fitid|archive|receiptno|传票|业务凭证|回单编号|单据号|referencenumber/u,
  ],
  [
    'reference',
    /商户订单号|商户单号|^reference|^ref$|^refno|customerref|kundenreferenz|endtoend|paymentreference|betalingskenmerk|kenmerk|mandat|^checknumber|^cheque|nmerododocumento|númerododocumento|numerododocumento/u,
  ],
  [
    'payer',
    /户名|戶名|对手|对方|對方|交易对方|payee|payer|counterparty|merchant|beneficiar|auftraggeber|begünstigt|empfänger|zahlungspflicht|zahlungsbeteilig|tegenpartij|^naam|^name|^tiers|ordenante|付款人|收款人|付款方|收款方|交易场所|商户名|^from$|^to$|partnername|kontrahent/u,
  ],
  [
    'account',
    /^(?:本方账号|账号|帐号|賬號|卡号|我方账号|自身账号|account|accountnumber|accountno|accountid|rekening|rekeningnummer|konto|kontonummer|auftragskonto|iban|compte|numérodecompte|ibanauftragskonto)$/u,
  ],
  [
    'memo',
    /摘要|附言|描述|交易名称|事由|用途|备注|備註|注释|说明|說明|商品|交易类型|交易分类|类型|類型|description|details|narrat|memo|particulars|transaction|verwendungszweck|buchungstext|vorgang|libell|détail|detail|concepto|descri|hist.?rico|omschrijving|mededeling|naamomschrijving|^note|^text|tekst|^type|categor|message|reason|opis|tytuł|业务名称|业务类型|渠道|dependencia/u,
  ],
];

/** What a header cell announces, or null when it says nothing known. */
export const roleOfHeader = (cell: string): ColumnRole | 'ignore' | null => {
  const text = normalHeader(cell);
  return text === '' ? null : (ROLE_WORDS.find(([, words]) => words.test(text))?.[0] ?? null);
};

/** Of several amount columns the one that was booked: posting before transaction, account currency before foreign. */
export const amountRank = (cell: string): number => {
  const text = normalHeader(cell);
  if (/记账|入账|入賬|billing|booked|accountcurrency|人民币金额|^net$|settle/u.test(text)) return 0;
  if (/交易地|原|original|foreign|fremd|instructed|^gross$/u.test(text)) return 2;
  return 1;
};

/** Words in a direction column or in front of an amount that say whether money came or went. */
const DEBIT_WORDS =
  /^(?:d|dr|db|dbit|debit|debet|debito|débit|soll|s|af|-|支出|支|付|借|借方|出|转出|流出|out|withdrawal|check|payment|purchase|lastschrift|charge|cargo|sale|pos|atm|fee)$/iu;
const CREDIT_WORDS =
  /^(?:c|cr|crdt|credit|kredit|credito|crédit|haben|h|bij|\+|收入|收|贷|貸|贷方|入|转入|流入|in|deposit|gutschrift|abono|refund|income)$/iu;

export const directionOfWord = (cell: string): 'in' | 'out' | null => {
  const text = cell.normalize('NFKC').trim();
  // "借 Dr" and "贷 Cr": in two languages at once.
  if (/^[借支]\s*\p{L}{0,3}$/u.test(text)) return 'out';
  if (/^[贷貸收]\s*\p{L}{0,3}$/u.test(text)) return 'in';
  if (DEBIT_WORDS.test(text)) return 'out';
  return CREDIT_WORDS.test(text) ? 'in' : null;
};

// On a card statement the bank's own words say which way money went; on a current account a card repayment
// goes the other way, so those words count only for cards.
const OUT_IN_TEXT = /消费|消費|取现|预借现金|分期|年费|purchase|sales?:|withdrawal|支付(?!宝)/iu;
const IN_IN_TEXT = /退款|退货|退貨|refund|return:|返现|返還|payment\s*-?\s*thank|payment received/iu;
const IN_FOR_CARDS = /还款|還款|payment/iu;

export const directionInText = (text: string, isCard: boolean): 'in' | 'out' | null => {
  if (IN_IN_TEXT.test(text) || (isCard && IN_FOR_CARDS.test(text))) return 'in';
  return OUT_IN_TEXT.test(text) ? 'out' : null;
};

/** A row that sums up or ends the table rather than telling of a movement. */
export const isTotalRow = (cells: readonly string[]): boolean =>
  cells
    .filter((cell) => cell !== '')
    .slice(0, 3)
    .some((cell) =>
      /^(?:\S{0,4}合计|合計|总计|總計|小计|小計|本页|本頁|累计|累計|共计|共計|合计金额|totals?\b|sub-?total|summe|somme|totale|totaal|saldo\s|ending balance|closing balance|end of|结束|期末|期初余额|本期)/iu.test(
        cell.trim(),
      ),
    );

/** A row that states a balance in the place of a movement. */
export const isBalanceRow = (text: string): 'opening' | 'closing' | null => {
  if (
    /^(?:saldo anterior|saldo inicial|opening balance|beginning balance|balance brought forward|brought forward|b\/f\b|期初余额|期初餘額|上期余额|上期結餘|承前结余|承前結餘|承上结余|承上結餘|anfangssaldo|alter kontostand|beginsaldo|ancien solde|solde précédent|结转上期|上页余额)/iu.test(
      text,
    )
  )
    return 'opening';
  return /^(?:saldo final|closing balance|ending balance|balance carried forward|carried forward|c\/f\b|期末余额|期末餘額|结转下期|轉下頁結餘|endsaldo|neuer kontostand|nouveau solde|过次页)/iu.test(
    text,
  )
    ? 'closing'
    : null;
};

/** The header of a table of totals under the movements: counts and sums of each side. */
export const announcesTotals = (cells: readonly string[]): boolean =>
  cells.filter((cell) => /笔数|总筆數|总金额|number of (?:debits|credits|transactions)|^total/iu.test(cell))
    .length >= 2;
