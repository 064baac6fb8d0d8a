import {
  closing,
  EMPTY,
  minor,
  Rows,
  text,
  type AccountSpan,
  type ReportCell,
  type ReportRow,
} from './report.rules';

type Words = (key: string) => string;
type Spans = readonly AccountSpan[];

/** Beginnings of account codes behind the lines of the official forms (《民间非营利组织会计制度》 会民非01、02表). */
const CASH = ['assets:'];
const PAYABLE = [
  'liabilities:refunds-payable:',
  'liabilities:contractor-payable:',
  'liabilities:retention-payable:',
];
const DONATIONS = ['income:donations:'];
const OWN_INCOME = ['income:interest:'];
const WORKS = ['expense:road-works:'];
const RAISING = ['expense:processing-fees:'];
const OWN_RAISING = ['expense:bank-charges:', 'expense:provider-fees:', 'expense:exchange-differences:'];
const OTHER_EXPENSE = ['expense:dispute-losses:'];

const of = (spans: Spans, prefixes: readonly string[], value: (span: AccountSpan) => bigint): bigint =>
  spans
    .filter((span) => prefixes.some((prefix) => span.code.startsWith(prefix)))
    .reduce((sum, span) => sum + value(span), 0n);
const gained = (spans: Spans, ...prefixes: string[]): bigint =>
  of(spans, prefixes, (span) => span.outMinor - span.inMinor);
const spent = (spans: Spans, ...prefixes: string[]): bigint => -gained(spans, ...prefixes);
const held = (spans: Spans, ...prefixes: string[]): bigint => of(spans, prefixes, closing);
const heldBefore = (spans: Spans, ...prefixes: string[]): bigint =>
  of(spans, prefixes, (span) => span.openingMinor);

/** Unrestricted, restricted and their sum, for the month and for the year. */
type Six = readonly [free: bigint, bound: bigint];

const sixCells = (month: Six, year: Six): ReportCell[] =>
  [month, year].flatMap(([free, bound], index): ReportCell[] => {
    const first = 2 + index * 3;
    return [
      minor(free),
      minor(bound),
      { kind: 'money', minor: free + bound, across: { plus: [first, first + 1], minus: [] } },
    ];
  });

/**
 * Statement of activities (业务活动表, 会民非02表). Gifts for roads are restricted; what is spent from them is moved to
 * the unrestricted column by line three and spent there, as the form wants it.
 */
export const activities = (month: Spans, year: Spans, t: Words): ReportRow[] => {
  const rows = new Rows();
  const line = (id: string, no: string, of: (spans: Spans) => Six, look: 'line' | 'total' = 'line'): void => {
    rows.add({
      id,
      look,
      cells: [text(t(`activities.${id}`)), text(no), ...sixCells(of(month), of(year))],
    });
  };
  const head = (id: string): void => {
    rows.add({ id, look: 'head', cells: [text(t(`activities.${id}`)), ...Array<ReportCell>(7).fill(EMPTY)] });
  };
  const none = (): Six => [0n, 0n];
  head('income');
  line('donations', '1', (spans) => [0n, gained(spans, ...DONATIONS)]);
  for (const [id, no] of [
    ['dues', '2'],
    ['services', '3'],
    ['sales', '4'],
    ['grants', '5'],
    ['investments', '6'],
  ] as const)
    line(id, no, none);
  line('other_income', '9', (spans) => [gained(spans, ...OWN_INCOME), 0n]);
  const incomes = ['donations', 'dues', 'services', 'sales', 'grants', 'investments', 'other_income'];
  rows.total('income_total', [text(t('activities.income_total')), text('11')], incomes, 6);
  head('expense');
  line('activity_cost', '12', (spans) => [spent(spans, ...WORKS), 0n]);
  line('administration', '21', none);
  line('raising', '24', (spans) => [spent(spans, ...RAISING, ...OWN_RAISING), 0n]);
  line('other_expense', '28', (spans) => [spent(spans, ...OTHER_EXPENSE), 0n]);
  const expenses = ['activity_cost', 'administration', 'raising', 'other_expense'];
  rows.total('expense_total', [text(t('activities.expense_total')), text('35')], expenses, 6);
  line('released', '40', (spans) => {
    const used = spent(spans, ...WORKS, ...RAISING, ...OTHER_EXPENSE);
    return [used, -used];
  });
  rows.total(
    'change',
    [text(t('activities.change')), text('45')],
    ['income_total', '-expense_total', 'released'],
    6,
  );
  return rows.all;
};

/** Statement of financial position (资产负债表, 会民非01表): the beginning of the year and the day asked for. */
export const position = (year: Spans, t: Words): ReportRow[] => {
  const rows = new Rows();
  const value = (prefixes: readonly string[], sign: 1n | -1n): [bigint, bigint] => [
    sign * heldBefore(year, ...prefixes),
    sign * held(year, ...prefixes),
  ];
  const line = (id: string, no: string, amounts: [bigint, bigint] = [0n, 0n]): void => {
    rows.add({ id, look: 'line', cells: [text(t(`position.${id}`)), text(no), ...amounts.map(minor)] });
  };
  const total = (id: string, no: string, ids: readonly string[]): void => {
    rows.total(id, [text(t(`position.${id}`)), text(no)], ids, 2);
  };
  const head = (id: string): void => {
    rows.add({ id, look: 'head', cells: [text(t(`position.${id}`)), EMPTY, EMPTY, EMPTY] });
  };
  head('assets');
  line('money', '1', value(CASH, 1n));
  line('short_investments', '2');
  line('receivables', '3');
  line('prepaid', '4');
  line('stock', '8');
  line('other_current', '18');
  total('current_assets', '20', [
    'money',
    'short_investments',
    'receivables',
    'prepaid',
    'stock',
    'other_current',
  ]);
  line('long_investments', '30');
  line('fixed_assets', '40');
  line('intangible', '41');
  line('trust_assets', '51');
  total('assets_total', '60', [
    'current_assets',
    'long_investments',
    'fixed_assets',
    'intangible',
    'trust_assets',
  ]);
  head('liabilities');
  line('short_loans', '61');
  line('payables', '62', value(PAYABLE, -1n));
  line('wages', '63');
  line('taxes', '65');
  line('received_ahead', '66');
  line('other_owed', '78', value(['liabilities:unidentified:'], -1n));
  total('current_owed', '80', ['short_loans', 'payables', 'wages', 'taxes', 'received_ahead', 'other_owed']);
  line('long_owed', '90');
  line('trust_owed', '91');
  total('owed_total', '100', ['current_owed', 'long_owed', 'trust_owed']);
  head('net_assets');
  const bound = [...DONATIONS, ...WORKS, ...RAISING, ...OTHER_EXPENSE];
  line('free', '101', value([...OWN_INCOME, ...OWN_RAISING], -1n));
  line('bound', '105', value(bound, -1n));
  total('net_total', '110', ['free', 'bound']);
  total('all_total', '120', ['owed_total', 'net_total']);
  return rows.all;
};
