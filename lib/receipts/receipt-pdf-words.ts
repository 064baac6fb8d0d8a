import type { Lang } from '@/lib/i18n/languages';
import type { PaymentMethodWord } from './receipt-pdf-document';

/** The words on a receipt. Chinese uses the terms of the fiscal receipt; traditional characters follow Hong Kong. */
export type ReceiptWords = {
  readonly brand: string;
  readonly title: string;
  readonly subtitle: string;
  readonly number: string;
  readonly issued: string;
  readonly printed: (date: string, copy: number) => string;
  readonly duplicate: string;
  readonly voided: string;
  readonly voidedText: (date: string, reason: string, replacedBy: string | null) => string;
  readonly specimen: string;
  readonly payer: string;
  readonly anonymous: string;
  readonly creditCode: string;
  readonly noCreditCode: string;
  readonly host: string;
  readonly filingNumber: string;
  readonly notFiled: string;
  readonly campaign: string;
  readonly campaignValue: (name: string, code: string) => string;
  readonly givenOn: string;
  readonly giftNumber: string;
  readonly method: string;
  readonly methods: Readonly<Record<PaymentMethodWord, string>>;
  readonly methodValue: (method: string, reference: string | null) => string;
  readonly receivedOn: string;
  readonly notReceived: string;
  readonly fiscalCode: string;
  readonly fiscalNumber: string;
  readonly fiscalCheck: string;
  readonly fiscalDate: string;
  readonly notRegistered: string;
  readonly project: string;
  readonly purpose: string;
  readonly unit: string;
  readonly unitValue: string;
  readonly quantity: string;
  readonly standard: string;
  readonly standardValue: string;
  readonly amount: (currency: string) => string;
  readonly totalInWords: string;
  readonly inFigures: string;
  readonly remarks: string;
  readonly foreign: (amount: string, rate: string, date: string) => string;
  readonly seal: string;
  readonly sealSpecimen: string;
  readonly reviewer: string;
  readonly handler: string;
  readonly qrAlt: (giftNumber: string, url: string) => string;
  readonly proofTitle: (amount: string) => string;
  readonly proofOpen: (url: string) => string;
  readonly proofIndex: (index: string) => string;
  readonly proofNone: string;
  readonly leaf: (hash: string) => string;
  readonly root: (size: string, date: string, hash: string) => string;
  readonly legal: string;
  readonly legalSpecimen: string;
  readonly roadsOf: (place: string) => string;
  readonly whereNeeded: string;
  readonly shownAs: (name: string) => string;
  readonly consentToMove: string;
  readonly replaces: (number: string) => string;
  readonly missing: (list: string) => string;
  readonly detailsTable: string;
};

const hans: ReceiptWords = {
  brand: '善路',
  title: '捐赠收据',
  subtitle: '电子凭证',
  number: '编号',
  issued: '开具',
  printed: (date, copy) => `打印 ${date}，第 ${copy} 次`,
  duplicate: '副本',
  voided: '作废',
  voidedText: (date, reason, replacedBy) =>
    `本收据已于 ${date}作废。原因：${reason}。${replacedBy ? `由编号 ${replacedBy} 的收据取代。` : ''}`,
  specimen: '样张',
  payer: '交款人',
  anonymous: '匿名（捐赠人未留名）',
  creditCode: '统一社会信用代码',
  noCreditCode: '个人，不适用',
  host: '收款单位',
  filingNumber: '备案编号',
  notFiled: '未登记',
  campaign: '募捐活动',
  campaignValue: (name, code) => `${name}，项目编码 ${code}`,
  givenOn: '捐赠日期',
  giftNumber: '捐赠编号',
  method: '付款方式',
  methods: {
    bank: '银行转账',
    cash: '现金',
    cheque: '支票',
    card: '银行卡',
    alipay: '支付宝',
    wechat: '微信支付',
    other: '其他',
  },
  methodValue: (method, reference) => (reference ? `${method}，附言 ${reference}` : method),
  receivedOn: '到账日期',
  notReceived: '待到账',
  fiscalCode: '财政票据代码',
  fiscalNumber: '财政票据号码',
  fiscalCheck: '票据校验码',
  fiscalDate: '开票日期',
  notRegistered: '尚未登记',
  project: '项目名称',
  purpose: '指定用途',
  unit: '单位',
  unitValue: '笔',
  quantity: '数量',
  standard: '标准',
  standardValue: '自愿捐赠',
  amount: (currency) => (currency === 'CNY' ? '金额（元）' : `金额（${currency}）`),
  totalInWords: '合计（大写）',
  inFigures: '（小写）',
  remarks: '备注',
  foreign: (amount, rate, date) => `原币 ${amount}，按 ${date}汇率 ${rate} 结算，汇率已锁定。`,
  seal: '收款单位（章）',
  sealSpecimen: '样张，不加盖印章',
  reviewer: '复核人：',
  handler: '收款人：',
  qrAlt: (giftNumber, url) => `二维码：打开捐赠 ${giftNumber} 的页面 ${url}`,
  proofTitle: (amount) => `扫一扫，看这 ${amount}铺了哪段路`,
  proofOpen: (url) => `或打开 ${url}。`,
  proofIndex: (index) => `本收据随附证明文件，不联网也能核对：公开日志第 ${index} 条。`,
  proofNone: '这笔捐赠写入公开日志后，重新打印即可得到证明。',
  leaf: (hash) => `记录 ${hash}`,
  root: (size, date, hash) => `日志头（${size} 条，${date}）${hash}`,
  legal:
    '本页是捐赠凭证。公益事业捐赠票据（财政电子票据）由募捐主体在财政部门系统开具，此处只登记其代码、号码和校验码。',
  legalSpecimen:
    '演示样张：除主办方、2023 年慈善音乐会、30 万元和马岭社区 24 条路外，全部内容均为示意，不具票据效力。',
  roadsOf: (place) => `${place}道路硬底化`,
  whereNeeded: '不指定路段，用于最需要处',
  shownAs: (name) => `公开显示：${name}。`,
  consentToMove: '改变用途须经本人同意。',
  replaces: (number) => `本收据取代编号 ${number} 的收据。`,
  missing: (list) => `〓 表示字库中没有的字：${list}。`,
  detailsTable: '收据项目',
};

const hant: ReceiptWords = {
  brand: '善路',
  title: '捐贈收據',
  subtitle: '電子憑證',
  number: '編號',
  issued: '開立',
  printed: (date, copy) => `列印 ${date}，第 ${copy} 次`,
  duplicate: '副本',
  voided: '作廢',
  voidedText: (date, reason, replacedBy) =>
    `本收據已於 ${date}作廢。原因：${reason}。${replacedBy ? `由編號 ${replacedBy} 的收據取代。` : ''}`,
  specimen: '樣張',
  payer: '交款人',
  anonymous: '無名氏（捐贈人不具名）',
  creditCode: '統一社會信用代碼',
  noCreditCode: '個人，不適用',
  host: '收款單位',
  filingNumber: '備案編號',
  notFiled: '未登記',
  campaign: '募捐活動',
  campaignValue: (name, code) => `${name}，項目編碼 ${code}`,
  givenOn: '捐贈日期',
  giftNumber: '捐贈編號',
  method: '付款方式',
  methods: {
    bank: '銀行轉帳',
    cash: '現金',
    cheque: '支票',
    card: '信用卡',
    alipay: '支付寶',
    wechat: '微信支付',
    other: '其他',
  },
  methodValue: (method, reference) => (reference ? `${method}，附言 ${reference}` : method),
  receivedOn: '入帳日期',
  notReceived: '待入帳',
  fiscalCode: '財政票據代碼',
  fiscalNumber: '財政票據號碼',
  fiscalCheck: '票據校驗碼',
  fiscalDate: '開票日期',
  notRegistered: '尚未登記',
  project: '項目名稱',
  purpose: '指定用途',
  unit: '單位',
  unitValue: '筆',
  quantity: '數量',
  standard: '標準',
  standardValue: '自願捐贈',
  amount: (currency) => (currency === 'CNY' ? '金額（元）' : `金額（${currency}）`),
  totalInWords: '合計（大寫）',
  inFigures: '（小寫）',
  remarks: '備註',
  foreign: (amount, rate, date) => `原幣 ${amount}，按 ${date}匯率 ${rate} 結算，匯率已鎖定。`,
  seal: '收款單位（章）',
  sealSpecimen: '樣張，不蓋印章',
  reviewer: '覆核人：',
  handler: '收款人：',
  qrAlt: (giftNumber, url) => `二維碼：開啟捐贈 ${giftNumber} 的頁面 ${url}`,
  proofTitle: (amount) => `掃一掃，看這 ${amount}鋪了哪段路`,
  proofOpen: (url) => `或開啟 ${url}。`,
  proofIndex: (index) => `本收據隨附證明檔案，不上網也能核對：公開日誌第 ${index} 條。`,
  proofNone: '這筆捐贈寫入公開日誌後，重新列印即可得到證明。',
  leaf: (hash) => `記錄 ${hash}`,
  root: (size, date, hash) => `日誌頭（${size} 條，${date}）${hash}`,
  legal:
    '本頁是捐贈憑證。公益事業捐贈票據（財政電子票據）由募捐主體在財政部門系統開立，此處只登記其代碼、號碼和校驗碼。',
  legalSpecimen:
    '示範樣張：除主辦方、2023 年慈善音樂會、30 萬元和馬嶺社區 24 條路外，全部內容均為示意，不具票據效力。',
  roadsOf: (place) => `${place}道路硬底化`,
  whereNeeded: '不指定路段，用於最需要之處',
  shownAs: (name) => `公開顯示：${name}。`,
  consentToMove: '改變用途須經本人同意。',
  replaces: (number) => `本收據取代編號 ${number} 的收據。`,
  missing: (list) => `〓 表示字庫中沒有的字：${list}。`,
  detailsTable: '收據項目',
};

const en: ReceiptWords = {
  brand: 'Shanlu',
  title: 'Donation receipt',
  subtitle: 'Electronic voucher',
  number: 'No.',
  issued: 'Issued',
  printed: (date, copy) => `Printed ${date}, print ${copy}`,
  duplicate: 'Duplicate',
  voided: 'VOID',
  voidedText: (date, reason, replacedBy) =>
    `This receipt was voided on ${date}. Reason: ${reason}.${replacedBy ? ` It is replaced by receipt ${replacedBy}.` : ''}`,
  specimen: 'Specimen',
  payer: 'Received from',
  anonymous: 'Anonymous (no name given)',
  creditCode: 'Credit code (PRC)',
  noCreditCode: 'Private person, none',
  host: 'Received by',
  filingNumber: 'Filing no.',
  notFiled: 'Not registered',
  campaign: 'Campaign',
  campaignValue: (name, code) => `${name}, project ${code}`,
  givenOn: 'Date of gift',
  giftNumber: 'Gift no.',
  method: 'Paid by',
  methods: {
    bank: 'Bank transfer',
    cash: 'Cash',
    cheque: 'Cheque',
    card: 'Card',
    alipay: 'Alipay',
    wechat: 'WeChat Pay',
    other: 'Other',
  },
  methodValue: (method, reference) => (reference ? `${method}, ref. ${reference}` : method),
  receivedOn: 'Money arrived',
  notReceived: 'Not yet',
  fiscalCode: 'Fiscal code',
  fiscalNumber: 'Fiscal no.',
  fiscalCheck: 'Check code',
  fiscalDate: 'Fiscal date',
  notRegistered: 'Not yet registered',
  project: 'Project',
  purpose: 'Designated for',
  unit: 'Unit',
  unitValue: 'gift',
  quantity: 'Qty',
  standard: 'Basis',
  standardValue: 'Voluntary',
  amount: (currency) => `Amount (${currency})`,
  totalInWords: 'Total in words',
  inFigures: 'In figures ',
  remarks: 'Remarks',
  foreign: (amount, rate, date) => `Given as ${amount}, settled at the rate ${rate} of ${date}, frozen.`,
  seal: 'Seal of the receiving organisation',
  sealSpecimen: 'Specimen, not sealed',
  reviewer: 'Reviewed by: ',
  handler: 'Handled by: ',
  qrAlt: (giftNumber, url) => `QR code that opens the page of gift ${giftNumber}, ${url}`,
  proofTitle: (amount) => `Scan to see which metres of road ${amount} paves`,
  proofOpen: (url) => `Or open ${url}.`,
  proofIndex: (index) =>
    `A proof file comes with this receipt and can be checked offline: entry ${index} of the public log.`,
  proofNone: 'Print again once this gift is in the public log to get its proof.',
  leaf: (hash) => `Entry ${hash}`,
  root: (size, date, hash) => `Log head (${size} entries, ${date}) ${hash}`,
  legal:
    'This page confirms a donation. The fiscal donation receipt of the People’s Republic of China is issued by the receiving organisation in the finance bureau’s system; only its code, number and check code are registered here.',
  legalSpecimen:
    'Demonstration specimen: apart from the organiser, the 2023 charity concert, RMB 300,000 and the 24 roads of Maling community, everything here is illustrative and has no validity as a receipt.',
  roadsOf: (place) => `Paving roads: ${place}`,
  whereNeeded: 'No road chosen: where it is needed most',
  shownAs: (name) => `Shown in public as ${name}.`,
  consentToMove: 'Used for another purpose only with the giver’s consent.',
  replaces: (number) => `This receipt replaces receipt ${number}.`,
  missing: (list) => `〓 stands for a character the font does not have: ${list}.`,
  detailsTable: 'Receipt details',
};

export const RECEIPT_WORDS: Readonly<Record<Lang, ReceiptWords>> = {
  'zh-Hans': hans,
  'zh-Hant': hant,
  en,
};
