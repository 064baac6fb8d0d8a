/** The words of the hosted page. It plays Stripe's page, so it stays apart from the product's own messages. */
export type PageLang = 'zh-Hans' | 'zh-Hant' | 'en';

type Words = {
  readonly title: string;
  readonly warning: string;
  readonly amount: string;
  readonly purpose: string;
  readonly email: string;
  readonly name: string;
  readonly method: string;
  readonly methods: Readonly<Record<'card' | 'alipay' | 'wechat_pay' | 'sepa_debit', string>>;
  readonly pay: string;
  readonly decline: string;
  readonly insufficient: string;
  readonly secure: string;
  readonly delayed: string;
  readonly abandon: string;
  readonly outcome: string;
  readonly outcomeHint: string;
  readonly secureTitle: string;
  readonly secureText: string;
  readonly secureYes: string;
  readonly secureNo: string;
  readonly declinedTitle: string;
  readonly declinedText: Readonly<Record<string, string>>;
  readonly paidTitle: string;
  readonly paidText: string;
  readonly goOn: string;
  readonly expiredTitle: string;
  readonly expiredText: string;
  readonly unknownTitle: string;
  readonly unknownText: string;
  readonly back: string;
};

export const WORDS: Readonly<Record<PageLang, Words>> = {
  'zh-Hans': {
    title: '付款',
    warning: '演示页面：不会发生任何真实扣款，请勿填写真实银行卡信息。',
    amount: '应付金额',
    purpose: '用途',
    email: '电子邮箱',
    name: '姓名（选填）',
    method: '付款方式',
    methods: { card: '银行卡', alipay: '支付宝', wechat_pay: '微信支付', sepa_debit: 'SEPA 银行直接扣款' },
    pay: '付款',
    decline: '模拟：银行拒付',
    insufficient: '模拟：余额不足',
    secure: '模拟：需要 3-D Secure 验证',
    delayed: '模拟：稍后到账的付款方式',
    abandon: '取消并返回',
    outcome: '模拟其他结果',
    outcomeHint: '以下按钮用来演示付款不顺利时的情形。',
    secureTitle: '3-D Secure 身份验证',
    secureText: '发卡银行要求确认是持卡人本人付款。',
    secureYes: '通过验证',
    secureNo: '验证失败',
    declinedTitle: '付款未成功，未扣款',
    declinedText: {
      generic_decline: '发卡银行拒绝了这笔付款。请换一张卡或其他付款方式再试。',
      insufficient_funds: '卡内余额不足。请换一张卡或其他付款方式再试。',
      authentication: '身份验证未通过。请重试或换一种付款方式。',
      wallet: '付款已在手机应用中取消。',
    },
    paidTitle: '本次付款已经完成',
    paidText: '重复提交不会再次扣款。',
    goOn: '返回善路',
    expiredTitle: '付款页面已过期',
    expiredText: '未扣款。请返回原网站重新发起付款。',
    unknownTitle: '找不到这次付款',
    unknownText: '请检查网址，或返回原网站重新发起付款。',
    back: '返回',
  },
  'zh-Hant': {
    title: '付款',
    warning: '示範頁面：不會扣取任何真實款項，請勿填寫真實的銀行卡資料。',
    amount: '應付金額',
    purpose: '用途',
    email: '電郵地址',
    name: '姓名（可不填）',
    method: '付款方式',
    methods: {
      card: '信用卡或扣賬卡',
      alipay: '支付寶',
      wechat_pay: '微信支付',
      sepa_debit: 'SEPA 銀行直接扣賬',
    },
    pay: '付款',
    decline: '模擬：銀行拒絕付款',
    insufficient: '模擬：結餘不足',
    secure: '模擬：需要 3-D Secure 驗證',
    delayed: '模擬：稍後才入賬的付款方式',
    abandon: '取消並返回',
    outcome: '模擬其他結果',
    outcomeHint: '以下按鈕用來示範付款不順利時的情況。',
    secureTitle: '3-D Secure 身份驗證',
    secureText: '發卡銀行要求確認付款人就是持卡人本人。',
    secureYes: '通過驗證',
    secureNo: '驗證失敗',
    declinedTitle: '付款未成功，沒有扣款',
    declinedText: {
      generic_decline: '發卡銀行拒絕了這筆付款。請改用另一張卡或其他付款方式。',
      insufficient_funds: '卡內結餘不足。請改用另一張卡或其他付款方式。',
      authentication: '身份驗證未能通過。請重試或改用其他付款方式。',
      wallet: '付款已在手機應用程式中取消。',
    },
    paidTitle: '這筆付款已經完成',
    paidText: '重複提交不會再次扣款。',
    goOn: '返回善路',
    expiredTitle: '付款頁面已過期',
    expiredText: '沒有扣款。請返回原網站重新付款。',
    unknownTitle: '找不到這筆付款',
    unknownText: '請檢查網址，或返回原網站重新付款。',
    back: '返回',
  },
  en: {
    title: 'Payment',
    warning: 'Demonstration page: no real money moves. Do not enter real card details.',
    amount: 'Amount to pay',
    purpose: 'For',
    email: 'E-mail',
    name: 'Name (optional)',
    method: 'Payment method',
    methods: { card: 'Card', alipay: 'Alipay', wechat_pay: 'WeChat Pay', sepa_debit: 'SEPA direct debit' },
    pay: 'Pay',
    decline: 'Simulate: the bank declines',
    insufficient: 'Simulate: insufficient funds',
    secure: 'Simulate: 3-D Secure step',
    delayed: 'Simulate: a method that settles later',
    abandon: 'Cancel and go back',
    outcome: 'Simulate another outcome',
    outcomeHint: 'These buttons show what happens when a payment does not go smoothly.',
    secureTitle: '3-D Secure check',
    secureText: 'The card’s bank asks to confirm that the cardholder is paying.',
    secureYes: 'Complete the check',
    secureNo: 'Fail the check',
    declinedTitle: 'The payment did not go through; nothing was taken',
    declinedText: {
      generic_decline: 'The bank declined this payment. Try another card or another method.',
      insufficient_funds: 'The card has insufficient funds. Try another card or another method.',
      authentication: 'The check did not succeed. Try again or use another method.',
      wallet: 'The payment was cancelled in the app.',
    },
    paidTitle: 'This payment is complete',
    paidText: 'Submitting it again does not charge again.',
    goOn: 'Back to Shanlu',
    expiredTitle: 'This payment page has expired',
    expiredText: 'Nothing was taken. Please go back to the site and start again.',
    unknownTitle: 'This payment was not found',
    unknownText: 'Check the address, or go back to the site and start again.',
    back: 'Back',
  },
};

/** Stripe's locale, or what the browser prefers when the session leaves it open. */
export const pageLang = (locale: string | null, accepted: string): PageLang => {
  const wanted = locale === null || locale === 'auto' ? (accepted.split(',')[0] ?? '') : locale;
  if (/^zh-(hk|tw|mo|hant)/i.test(wanted)) return 'zh-Hant';
  return /^zh/i.test(wanted) ? 'zh-Hans' : 'en';
};
