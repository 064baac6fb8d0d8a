import { readAmount } from './amount-text.rules';
import { normalHeader } from './columns.rules';
import type { Table, TableRow } from './csv-rows.rules';
import { readDate } from './date-text.rules';
import { absolute, decimalText, negate, sameValue, sum, type Decimal } from './decimal.rules';
import {
  refusal,
  type FileDraft,
  type FormatFacts,
  type LineDetail,
  type LineDraft,
  type LineKind,
  type LineStatus,
  type ReadingRefusal,
} from './statement.rules';

/**
 * The bills Alipay and WeChat Pay let a user export. Their direction column has a third value for movements
 * between the user's own pockets; orders that were closed moved no money; refunds are not income. The preamble
 * declares totals, which are compared and never believed.
 */
export type Wallet = { readonly name: 'ALIPAY' | 'WECHAT' | 'JD' | 'MEITUAN'; readonly headerAt: number };

type Columns = {
  readonly time: number;
  readonly type: number;
  readonly party: number;
  readonly partyAccount: number;
  readonly item: number;
  readonly direction: number;
  readonly amount: number;
  readonly status: number;
  readonly order: number;
  readonly merchantOrder: number;
  readonly remark: number;
};

const HEADERS: Readonly<Record<keyof Columns, RegExp>> = {
  time: /^(?:交易时间|交易創建時間|交易创建时间|付款时间)/u,
  type: /^(?:交易分类|交易类型|类型)/u,
  party: /^(?:交易对方|商户名称)/u,
  partyAccount: /^对方账号/u,
  item: /^(?:商品|交易说明|订单标题)/u,
  direction: /^收\/支/u,
  amount: /^(?:金额|实付金额)/u,
  status: /^(?:交易状态|当前状态)/u,
  order: /^(?:交易订单号|交易单号|交易号)/u,
  merchantOrder: /^(?:商户订单号|商户单号|商家订单号|商家单号)/u,
  remark: /^备注/u,
};

const columnsOf = (header: readonly string[]): Columns => {
  const names = header.map(normalHeader);
  return Object.fromEntries(
    Object.entries(HEADERS).map(([key, pattern]) => [key, names.findIndex((name) => pattern.test(name))]),
  ) as Columns;
};

const nameIn = (text: string): Wallet['name'] => {
  if (/微信|当前状态/u.test(text)) return 'WECHAT';
  if (text.includes('京东账号')) return 'JD';
  return text.includes('美团') ? 'MEITUAN' : 'ALIPAY';
};

const BANK_NAMES: Readonly<Record<Wallet['name'], string>> = {
  ALIPAY: '支付宝',
  WECHAT: '微信支付',
  JD: '京东支付',
  MEITUAN: '美团支付',
};

/** Recognises a wallet's bill by its own header row. */
export const walletOf = (rows: readonly TableRow[]): Wallet | null => {
  const headerAt = rows.slice(0, 60).findIndex(({ cells }) => {
    const names = cells.map(normalHeader);
    return (
      names.includes('收/支') &&
      names.some((name) => HEADERS.status.test(name) || HEADERS.order.test(name)) &&
      names.some((name) => HEADERS.amount.test(name)) &&
      names.some((name) => HEADERS.time.test(name))
    );
  });
  if (headerAt < 0) return null;
  const above = rows
    .slice(0, headerAt + 1)
    .flatMap((row) => row.cells)
    .join(' ');
  return { name: nameIn(above), headerAt };
};

const textOrNull = (text: string): string | null => (/^[-/\s]*$/u.test(text) ? null : text);

/** Rows of neither income nor expense: which way the wallet's own balance moved. */
const NEUTRAL_OUT = /提现|提現|还款|購買|购买|买入|转入零钱通|转出到银行|转出$|充值.*花呗/u;

const neutral = (words: string, status: string): { inward: boolean; kind: LineKind } => {
  if (/退款/u.test(status) || /退款/u.test(words)) return { inward: true, kind: 'refund' };
  return { inward: !NEUTRAL_OUT.test(words), kind: 'internal' };
};

const STATUS: readonly (readonly [RegExp, LineStatus])[] = [
  [/交易关闭|已关闭|交易失败|支付失败|已撤销|未支付/u, 'void'],
  [/等待付款|待付款|等待对方|待收款|处理中|提现中/u, 'pending'],
];

/** Fees are only in the remark: 服务费¥0.10. They are part of the amount. */
const feeOf = (remark: string): LineDetail[] => {
  const match = /(?:服务费|手续费)\s*[¥￥]?\s*(\d+(?:\.\d+)?)/u.exec(remark);
  const amount = readAmount(match?.[1] ?? '')?.value;
  return amount === undefined
    ? []
    : [
        {
          amount: negate(amount),
          currency: 'CNY',
          counterparty: null,
          counterpartyAccount: null,
          reference: null,
          memo: match?.[0] ?? '',
          kind: 'fee',
        },
      ];
};

const lineOf = (row: TableRow, columns: Columns): LineDraft | ReadingRefusal => {
  const cell = (column: keyof Columns): string => row.cells[columns[column]] ?? '';
  const excerpt = row.cells.join(' | ');
  const booked = readDate(cell('time'), 'ymd');
  const amount = readAmount(cell('amount'));
  if (cell('amount') === '') return refusal('amount_missing', row.line, excerpt);
  if (amount === null || amount.value.units < 0n) return refusal('amount_unreadable', row.line, excerpt);
  if (booked === null)
    return refusal('date_unreadable', row.line, excerpt, { amount: amount.value, currency: 'CNY' });
  const [direction, status] = [cell('direction'), cell('status')];
  const words = `${cell('type')} ${cell('item')} ${cell('party')}`;
  const own = neutral(words, status);
  const inward = direction === '收入' || (direction !== '支出' && own.inward);
  const isNeutral = direction !== '收入' && direction !== '支出';
  const refunded = /退款/u.test(cell('type')) || /^(?:退款成功|已退款)$/u.test(status);
  return {
    lineNo: row.line,
    bookedOn: booked.iso,
    valueOn: null,
    amount: inward ? absolute(amount.value) : negate(absolute(amount.value)),
    inward,
    currency: 'CNY',
    counterparty: textOrNull(cell('party')),
    counterpartyAccount: textOrNull(cell('partyAccount')),
    reference: textOrNull(cell('merchantOrder')),
    memo: [cell('type'), cell('item'), cell('remark')]
      .map(textOrNull)
      .filter((text) => text !== null)
      .join(' '),
    bankReference: textOrNull(cell('order')),
    kind: isNeutral ? own.kind : refunded ? 'refund' : null,
    reversal: false,
    status: STATUS.find(([pattern]) => pattern.test(status))?.[1] ?? 'booked',
    details: feeOf(cell('remark')),
    balanceAfter: null,
    flags: booked.clamped ? ['date_clamped'] : [],
    source: { direction, status },
  };
};

type Declared = {
  readonly records: number | null;
  readonly groups: ReadonlyMap<string, { readonly n: number; readonly sum: Decimal | null }>;
};

const declaredIn = (preamble: readonly TableRow[]): Declared => {
  const groups = new Map<string, { n: number; sum: Decimal | null }>();
  let records: number | null = null;
  for (const text of preamble.flatMap((row) => row.cells)) {
    const total = /^共[：:]?\s*(\d+)\s*笔/u.exec(text);
    if (total) records = Number(total[1]);
    const group = /^(收入|支出|不计收支|中性交易)[：:]\s*(\d+)\s*笔[，,]?\s*([\d.,]+)\s*元/u.exec(text);
    if (group)
      groups.set(group[1] ?? '', { n: Number(group[2]), sum: readAmount(group[3] ?? '')?.value ?? null });
  }
  return { records, groups };
};

/** WeChat writes / in the rows and 中性交易 in the preamble for the same thing. */
const directionInPreamble = (direction: string): string => (direction === '/' ? '中性交易' : direction);

const differs = (declared: Declared, lines: readonly LineDraft[], records: number): boolean => {
  if (declared.records !== null && declared.records !== records) return true;
  return [...declared.groups].some(([direction, { n, sum: total }]) => {
    const own = lines.filter((line) => directionInPreamble(line.source?.direction ?? '') === direction);
    return (
      own.length !== n || (total !== null && !sameValue(total, sum(own.map((line) => absolute(line.amount)))))
    );
  });
};

const factsOf = (declared: Declared): FormatFacts[string] | Record<string, unknown> | null =>
  declared.records === null && declared.groups.size === 0
    ? null
    : {
        ...(declared.records !== null && { records: declared.records }),
        ...Object.fromEntries(
          [...declared.groups].map(([key, { n, sum: total }]) => [
            key,
            { n, sum: total ? decimalText(total) : null },
          ]),
        ),
      };

/** A footer under the rows has neither a time nor an amount. */
const isFooter = (row: TableRow, columns: Columns): boolean =>
  (row.cells[columns.amount] ?? '') === '' && readDate(row.cells[columns.time] ?? '') === null;

export const readWallet = (table: Table, wallet: Wallet): FileDraft => {
  const header = table.rows[wallet.headerAt];
  const preamble = table.rows.slice(0, wallet.headerAt);
  const columns = columnsOf(header?.cells ?? []);
  const lines: LineDraft[] = [];
  const refused: ReadingRefusal[] = [];
  for (const row of table.rows.slice(wallet.headerAt + 1)) {
    if (isFooter(row, columns)) continue;
    const read = lineOf(row, columns);
    if ('reason' in read) refused.push(read);
    else lines.push(read);
  }
  const above = preamble.flatMap((row) => row.cells).join('\n');
  const find = (pattern: RegExp): string | null => textOrNull(pattern.exec(above)?.[1]?.trim() ?? '');
  const period = (word: string): string | null =>
    readDate(find(new RegExp(`${word}时间[：:]\\s*\\[?([\\d/: -]+)`, 'u')) ?? '', 'ymd')?.iso ?? null;
  const declared = declaredIn(preamble);
  const mismatch = differs(declared, lines, lines.length + refused.length);
  return {
    family: 'wallet',
    format: wallet.name,
    statements: [
      {
        id: null,
        number: null,
        account: {
          id:
            find(/(?:支付宝账户|京东账号名|美团用户名|账号|微信号)[：:]\s*\[?([^\]\n]+)/u) ??
            find(/微信昵称[：:]\s*\[?([^\]\n]+)/u),
          currency: 'CNY',
          bank: BANK_NAMES[wallet.name],
          name: find(/(?:姓名|微信昵称)[：:]\s*\[?([^\]\n]+)/u),
        },
        from: period('起始'),
        to: period('终止'),
        opening: null,
        closing: null,
        lines,
        refused,
        flags: mismatch ? ['declared_totals_differ'] : [],
        facts: {},
      },
    ],
    stray: [],
    flags: mismatch ? ['declared_totals_differ'] : [],
    facts: {
      delimiter: table.delimiter,
      physical_lines: table.physicalLines,
      preamble_lines: (header?.line ?? 1) - 1,
      ...(factsOf(declared) !== null && { declared_in_preamble: factsOf(declared) }),
    } as FormatFacts,
    refusal: null,
  };
};
