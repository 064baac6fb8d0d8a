import type { CurrencyCode } from '@/lib/shared/currencies';
import { parseAmount } from '@/lib/shared/money';

export type BatchCard = {
  readonly name: string | null;
  readonly phone: string | null;
  readonly amountMinor: bigint;
  readonly road: string | null;
  readonly mayBeNamed: boolean;
  readonly dueOn: string;
};

export type ReadBatch =
  | {
      readonly ok: true;
      readonly value: {
        readonly cardCount: number;
        readonly totalMinor: bigint;
        readonly cards: readonly BatchCard[];
      };
    }
  | { readonly ok: false; readonly row: number | null; readonly field: string };

/** The rows a helper typed; a row without an amount and a name is empty and is left out. */
export const readBatch = (typed: Readonly<Record<string, string>>, currency: CurrencyCode): ReadBatch => {
  const text = (name: string): string => (typed[name] ?? '').trim();
  if (!/^\d{1,3}$/.test(text('count'))) return { ok: false, row: null, field: 'count' };
  const total = parseAmount(text('total'), currency);
  if (!total.ok) return { ok: false, row: null, field: 'total' };
  const rows = Math.min(50, Number.parseInt(text('rows') || '10', 10) || 10);
  const cards: BatchCard[] = [];
  for (let n = 1; n <= rows; n += 1) {
    if (text(`amount${n}`) === '' && text(`name${n}`) === '') continue;
    const amount = parseAmount(text(`amount${n}`), currency);
    if (!amount.ok) return { ok: false, row: n, field: `amount${n}` };
    cards.push({
      name: text(`name${n}`) || null,
      phone: text(`phone${n}`) || null,
      amountMinor: amount.value,
      road: text(`road${n}`).toUpperCase() || null,
      mayBeNamed: text(`named${n}`) === 'yes',
      dueOn: text(`due${n}`) || text('on'),
    });
  }
  return {
    ok: true,
    value: { cardCount: Number.parseInt(text('count'), 10), totalMinor: total.value, cards },
  };
};
