import type { ExpectedMoney, LineToMatch, MatchClass } from '@/lib/reconciliation/match.rules';
import { formatReference, makeReference } from '@/lib/shared/reference.rules';

export const REF = {
  ada: makeReference(11n),
  bayo: makeReference(12n),
  chan: makeReference(13n),
  wong: makeReference(14n),
};

export const line = (id: string, over: Partial<LineToMatch>): LineToMatch => ({
  id,
  bookedOn: '2026-04-10',
  amountMinor: 100_000n,
  currency: 'CNY',
  counterparty: null,
  counterpartyAccount: null,
  reference: null,
  memo: '',
  ...over,
});

export const expected = (id: string, over: Partial<ExpectedMoney>): ExpectedMoney => ({
  id,
  kind: 'pledge',
  reference: null,
  numbers: [],
  amountMinor: 100_000n,
  currency: 'CNY',
  on: '2026-04-10',
  names: [],
  accounts: [],
  ...over,
});

export type Golden = {
  readonly title: string;
  readonly lines: readonly LineToMatch[];
  readonly expected: readonly ExpectedMoney[];
  /** line → expected and class; a line that is not named must have no candidate. */
  readonly right: Readonly<Record<string, readonly [expectedId: string, MatchClass]>>;
};

const ada = expected('ada', { reference: REF.ada, names: ['Ada Obi'] });
const bayo = expected('bayo', { reference: REF.bayo, names: ['Bayo Ade'] });
const chan = expected('chan', {
  reference: REF.chan,
  names: ['陈大文', 'Chan Tai Man'],
  accounts: ['HK00 1234 5678'],
});
const payout = expected('payout', {
  kind: 'payout',
  names: ['Stripe'],
  numbers: ['po_1PxyzAbcDef'],
  amountMinor: 987_654n,
});

/** Pairs people have judged: what must be certain, what only likely, and what must not be offered at all. */
export const GOLDEN: readonly Golden[] = [
  {
    title: 'reference and amount',
    lines: [line('l', { memo: `善路捐款${REF.ada}` })],
    expected: [ada, bayo],
    right: { l: ['ada', 'certain'] },
  },
  {
    title: 'reference in groups, months early',
    lines: [line('l', { memo: formatReference(REF.ada).toLowerCase(), bookedOn: '2026-01-02' })],
    expected: [ada],
    right: { l: ['ada', 'certain'] },
  },
  {
    title: 'reference, part of the amount',
    lines: [line('l', { memo: REF.ada, amountMinor: 40_000n })],
    expected: [ada],
    right: { l: ['ada', 'likely'] },
  },
  {
    title: 'reference, more than the amount',
    lines: [line('l', { memo: REF.ada, amountMinor: 150_000n })],
    expected: [ada],
    right: { l: ['ada', 'likely'] },
  },
  {
    title: 'reference, another currency',
    lines: [line('l', { memo: REF.ada, currency: 'HKD' })],
    expected: [ada],
    right: { l: ['ada', 'possible'] },
  },
  {
    title: 'one letter of the reference wrong',
    lines: [
      line('l', {
        memo: `${REF.ada.slice(0, 5)}${REF.ada[5] === 'K' ? 'M' : 'K'}${REF.ada.slice(6)}`,
        bookedOn: '2026-08-01',
      }),
    ],
    expected: [ada],
    right: { l: ['ada', 'likely'] },
  },
  {
    title: 'somebody else’s reference',
    lines: [line('l', { memo: REF.wong, amountMinor: 5n })],
    expected: [ada],
    right: {},
  },
  {
    title: 'two references, both of this amount',
    lines: [line('l', { memo: `${REF.ada} ${REF.bayo}` })],
    expected: [ada, bayo],
    right: { l: ['ada', 'likely'] },
  },
  {
    title: 'two references, one of them of this amount',
    lines: [line('l', { memo: `${REF.ada} ${REF.bayo}` })],
    expected: [ada, expected('bayo', { reference: REF.bayo, amountMinor: 70_000n })],
    right: { l: ['ada', 'likely'] },
  },
  {
    title: 'two references, the other one of a promise that is kept already',
    lines: [line('l', { memo: `${REF.wong} ${REF.ada}` })],
    expected: [ada],
    right: { l: ['ada', 'likely'] },
  },
  {
    title: 'known account, same name, exact amount',
    lines: [line('l', { counterparty: '陳大文', counterpartyAccount: 'HK0012345678' })],
    expected: [chan],
    right: { l: ['chan', 'certain'] },
  },
  {
    title: 'same name and amount, no reference',
    lines: [line('l', { counterparty: 'CHAN TAI MAN' })],
    expected: [chan],
    right: { l: ['chan', 'likely'] },
  },
  {
    title: 'name only in the remark',
    lines: [line('l', { memo: 'FPS CHAN TAI MAN' })],
    expected: [chan],
    right: { l: ['chan', 'likely'] },
  },
  {
    title: 'misspelt name and exact amount',
    lines: [line('l', { counterparty: 'CHAN TAI MANN' })],
    expected: [chan],
    right: { l: ['chan', 'possible'] },
  },
  {
    title: 'same name, bank charge kept back',
    lines: [line('l', { counterparty: 'CHAN TAI MAN', amountMinor: 97_500n })],
    expected: [chan],
    right: { l: ['chan', 'likely'] },
  },
  {
    title: 'amount and day only',
    lines: [line('l', {})],
    expected: [ada],
    right: { l: ['ada', 'possible'] },
  },
  {
    title: 'amount only, two months apart',
    lines: [line('l', { bookedOn: '2026-06-15' })],
    expected: [ada],
    right: {},
  },
  {
    title: 'other name, other amount',
    lines: [line('l', { counterparty: 'Dora Lee', amountMinor: 1n })],
    expected: [ada, bayo, chan],
    right: {},
  },
  {
    title: 'money out is no gift',
    lines: [line('l', { memo: REF.ada, amountMinor: -100_000n })],
    expected: [ada],
    right: {},
  },
  {
    title: 'a payout by name and net',
    lines: [line('l', { counterparty: 'STRIPE', amountMinor: 987_654n, bookedOn: '2026-04-12' })],
    expected: [payout, ada],
    right: { l: ['payout', 'certain'] },
  },
  {
    title: 'a payout by its number',
    lines: [line('l', { memo: 'STRIPE PAYMENTS PO 1PxyzAbcDef', amountMinor: 987_654n })],
    expected: [payout],
    right: { l: ['payout', 'certain'] },
  },
  {
    title: 'two equal payouts in one week',
    lines: [line('l', { counterparty: 'STRIPE', amountMinor: 987_654n })],
    expected: [payout, { ...payout, id: 'payout2', numbers: [] }],
    right: { l: ['payout', 'likely'] },
  },
  {
    title: 'two equal instalments paid twice, in order of time',
    lines: [line('b', { memo: REF.ada, bookedOn: '2026-05-09' }), line('a', { memo: REF.ada })],
    expected: [
      expected('ada2', { reference: REF.ada, on: '2026-05-10' }),
      expected('ada1', { reference: REF.ada }),
    ],
    right: { a: ['ada1', 'certain'], b: ['ada2', 'certain'] },
  },
  {
    title: 'one instalment paid twice: a person judges',
    lines: [line('a', { memo: REF.ada }), line('b', { memo: REF.ada, bookedOn: '2026-04-11' })],
    expected: [ada],
    right: { a: ['ada', 'likely'], b: ['ada', 'likely'] },
  },
  {
    title: 'a twin without name: only the day, and only possible',
    lines: [line('a', { counterparty: 'Ada Obi' }), line('b', { counterparty: 'Bayo Ade' })],
    expected: [ada, bayo],
    right: { a: ['ada', 'likely'], b: ['bayo', 'likely'] },
  },
  {
    title: 'an invoice paid',
    lines: [line('l', { memo: 'INV-2026-0417-A', amountMinor: -250_000n })],
    expected: [
      expected('bill', { kind: 'disbursement', numbers: ['INV-2026-0417-A'], amountMinor: -250_000n }),
    ],
    right: { l: ['bill', 'certain'] },
  },
  {
    title: 'a short invoice number may be chance',
    lines: [line('l', { memo: '20260417', amountMinor: -250_000n })],
    expected: [expected('bill', { kind: 'disbursement', numbers: ['260417'], amountMinor: -250_000n })],
    right: { l: ['bill', 'likely'] },
  },
];
