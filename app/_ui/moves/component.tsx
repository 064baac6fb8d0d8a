import type { ReactNode } from 'react';
import { dayMonthText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import type { Money } from '@/lib/shared/money';
import { Amt } from '../amt/component';
import { Icon, type IconName } from '../icon/component';

export type Move = {
  readonly id: string;
  /** Accounting date, `YYYY-MM-DD`. */
  readonly date: string;
  readonly icon: IconName;
  readonly what: ReactNode;
  readonly detail?: ReactNode;
  /** Signed: money that came in is positive and is written with its plus. */
  readonly amount: Money;
};

/** The latest movements, newest first. The sign and the words say which way, never a colour. */
export function Moves({ lang, moves }: { lang: Lang; moves: readonly Move[] }) {
  return (
    <ol className="moves">
      {moves.map((move) => (
        <li key={move.id}>
          <time dateTime={move.date}>{dayMonthText(move.date, lang)}</time>
          <Icon name={move.icon} />
          <div>
            {move.what}
            {move.detail !== undefined && <span className="moves-detail">{move.detail}</span>}
          </div>
          <Amt value={move.amount} sign="always" />
        </li>
      ))}
    </ol>
  );
}
