import { Fragment, type ReactNode } from 'react';
import { amountText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import type { CurrencyCode } from '@/lib/shared/currencies';
import { money, sumMinor } from '@/lib/shared/money';
import { Amt } from '../amt/component';
import { Icon } from '../icon/component';

export type TiePart = { readonly label: ReactNode; readonly minor: bigint };

/**
 * A sum that closes in public: the whole, the parts that make it up, and whether they agree. The component adds
 * the parts itself, so it cannot claim an agreement the figures do not have.
 */
export function Tie({
  lang,
  currency,
  whole,
  parts,
}: {
  lang: Lang;
  currency: CurrencyCode;
  whole: TiePart;
  parts: readonly TiePart[];
}) {
  const t = words(lang, 'ui');
  const off = whole.minor - sumMinor(parts.map((part) => part.minor));
  return (
    <p className="tie">
      <Term part={whole} currency={currency} />
      <span className="tie-sign">{off === 0n ? '=' : '≠'}</span>
      {parts.map((part, index) => (
        // The parts of one sum are fixed in number and order.
        <Fragment key={index}>
          {index > 0 && <span className="tie-sign">+</span>}
          <Term part={part} currency={currency} />
        </Fragment>
      ))}
      {off === 0n ? (
        <strong className="tie-closes">
          <Icon name="seal" />
          {t('tie.closes')}
        </strong>
      ) : (
        <strong className="tie-off">
          <Icon name="octagon" />
          {t('tie.off', { amount: amountText(money(currency, off < 0n ? -off : off)) })}
        </strong>
      )}
    </p>
  );
}

function Term({ part, currency }: { part: TiePart; currency: CurrencyCode }) {
  return (
    <span className="tie-term">
      {part.label} <Amt value={money(currency, part.minor)} />
    </span>
  );
}
