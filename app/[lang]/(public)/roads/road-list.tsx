import { amountText, metresText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import type { CurrencyCode } from '@/lib/shared/currencies';
import { money } from '@/lib/shared/money';
import { RoadStateChip, type RoadState } from '../../../_ui/chip/component';
import { Stele } from '../../../_ui/code/component';
import { RoadBarMini } from '../../../_ui/road-bar/component';

export type ListedRoad = {
  readonly code: string;
  readonly name: string;
  readonly state: RoadState;
  readonly lengthMm: number;
  readonly budgetMinor: bigint;
  readonly allocatedMinor: bigint;
  readonly committedMinor: bigint;
  readonly paidMinor: bigint;
};

/** Every road with its state, its little staircase and its metres: the equal alternative to the map. */
export function RoadList({
  lang,
  currency,
  roads,
  label,
}: {
  lang: Lang;
  currency: CurrencyCode;
  roads: readonly ListedRoad[];
  label: string;
}) {
  const t = words(lang, 'ui');
  return (
    <div className="road-list-box">
      <ul className="road-list" aria-label={label}>
        {roads.map((road) => (
          <li key={road.code}>
            <a href={`/${lang}/roads/${road.code}`}>
              <Stele code={road.code} />
              <b>{road.name}</b>
              <RoadStateChip lang={lang} state={road.state} size="small" />
              <RoadBarMini figures={{ ...road, targetMinor: road.budgetMinor }} />
              <span className="sr-only">
                {t('five.paid')} {amountText(money(currency, road.paidMinor))} / {t('five.budget')}{' '}
                {amountText(money(currency, road.budgetMinor))}
              </span>
              <span className="road-metres num">{metresText(road.lengthMm, lang)}</span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
