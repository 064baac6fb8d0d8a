import { isCurrency, money } from '@/lib/shared/money';
import { Amt } from '../../../_ui/amt/component';

/** An amount of a currency that comes from the database as text; nothing where there is none. */
export function Money({ minor, currency }: { minor: bigint | null; currency: string | null }) {
  return minor !== null && currency !== null && isCurrency(currency) ? (
    <Amt value={money(currency, minor)} />
  ) : null;
}
