import { amountParts, amountText, type SignStyle } from '@/lib/i18n/format';
import type { Money } from '@/lib/shared/money';

/**
 * An amount of money, exact to its last minor unit: figures of even width, a real minus before the symbol, the
 * fen smaller but never left off, and never broken over two lines.
 */
export function Amt({ value, sign }: { value: Money; sign?: SignStyle | undefined }) {
  const parts = amountParts(value, sign);
  return (
    <span className="amt">
      {parts.sign}
      <span className="amt-symbol">{parts.symbol}</span>
      {parts.whole}
      {parts.fraction && <span className="amt-fraction">{parts.fraction}</span>}
    </span>
  );
}

/** A gift in another currency as it was frozen on its day: amount × rate = settled amount. */
export function ForeignAmt({ given, rate, settled }: { given: Money; rate: string; settled: Money }) {
  return (
    <span className="amt">
      {amountText(given)} × {rate} = <Amt value={settled} />
    </span>
  );
}
