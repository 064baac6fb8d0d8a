import { minor, Rows, text, type AccountSpan, type ReportCell, type ReportRow } from './report.rules';

type Words = (key: string) => string;

const HEADS = ['financial', 'purpose'] as const;

/**
 * Trial balance (试算平衡表) of both books: every account with what it held, what came in (debits), what went out
 * (credits) and what it holds. In each book the opening and closing balances sum to nothing, debits equal credits.
 */
export const trialBalance = (spans: readonly AccountSpan[], t: Words): ReportRow[] => {
  const rows = new Rows();
  for (const book of HEADS) {
    rows.add({
      id: book,
      look: 'head',
      cells: [text(t(`books.${book}`)), ...Array(4).fill({ kind: 'empty' })],
    });
    const own = spans.filter((span) => span.book === book);
    for (const span of own)
      rows.add({
        id: span.code,
        look: 'line',
        cells: [text(span.code), ...figures(span.openingMinor, span.inMinor, span.outMinor)],
      });
    rows.total(
      `${book}-total`,
      [text(t('total'))],
      own.map((span) => span.code),
      4,
    );
  }
  return rows.all;
};

/** Opening, debits, credits and closing, whose last is what the others make up. */
const figures = (openingMinor: bigint, inMinor: bigint, outMinor: bigint): ReportCell[] => [
  minor(openingMinor),
  minor(inMinor),
  minor(outMinor),
  { kind: 'money', minor: openingMinor + inMinor - outMinor, across: { plus: [1, 2], minus: [3] } },
];

const STAGES = [
  'unallocated',
  'allocated',
  'committed',
  'certified',
  'paid',
  'fees',
  'returned',
  'lost',
  'shortfall',
];

/** Fund statement (专项资金收支表): each stage of the purpose book, before, in, out and after. */
export const fundStatement = (spans: readonly AccountSpan[], t: Words): ReportRow[] => {
  const rows = new Rows();
  for (const stage of ['given', ...STAGES]) {
    const own = spans.filter((span) => span.class === stage);
    const sum = (of: (span: AccountSpan) => bigint): bigint => own.reduce((all, span) => all + of(span), 0n);
    rows.add({
      id: stage,
      look: 'line',
      cells: [
        text(t(`stages.${stage}`)),
        ...figures(
          sum((span) => span.openingMinor),
          sum((span) => span.inMinor),
          sum((span) => span.outMinor),
        ),
      ],
    });
  }
  rows.total('held', [text(t('stages.held'))], ['unallocated', 'allocated', 'committed', 'certified'], 4);
  return rows.all;
};

const PLACES = [
  'assets:bank:',
  'assets:cash:',
  'assets:wallet:',
  'assets:stripe:',
  'assets:stripe-reserve:',
  'assets:payout-in-transit:',
];

/** Cash position (货币资金): where the money is, place by place; a clearing account that is not empty stands out. */
export const cashPosition = (spans: readonly AccountSpan[], t: Words): ReportRow[] => {
  const rows = new Rows();
  const own = spans.filter((span) => span.class === 'asset' || span.class === 'liability');
  for (const span of own)
    rows.add({
      id: span.code,
      look: 'line',
      cells: [
        text(
          PLACES.some((place) => span.code.startsWith(place)) || span.class === 'liability'
            ? placeName(span.code, t)
            : span.code,
        ),
        ...figures(span.openingMinor, span.inMinor, span.outMinor),
      ],
    });
  const ids = (kind: string): string[] => own.filter((span) => span.class === kind).map((span) => span.code);
  rows.total('assets-total', [text(t('cash.assets'))], ids('asset'), 4);
  rows.total('owed-total', [text(t('cash.owed'))], ids('liability'), 4);
  rows.total('net', [text(t('cash.net'))], ['assets-total', 'owed-total'], 4);
  return rows.all;
};

const placeName = (code: string, t: Words): string => {
  const [, place = ''] = code.split(':');
  const known = [
    'bank',
    'cash',
    'wallet',
    'stripe',
    'stripe-reserve',
    'payout-in-transit',
    'refunds-payable',
    'contractor-payable',
    'retention-payable',
    'unidentified',
  ];
  return known.includes(place) ? t(`places.${place.replaceAll('-', '_')}`) : code;
};
