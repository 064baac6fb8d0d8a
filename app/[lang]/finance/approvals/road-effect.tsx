import { roadAfter, wholeOf, type RoadMoney } from '@/lib/approvals/approval.rules';
import type { Waiting } from '@/lib/approvals/approvals.queries';
import { amountText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { PartsBar } from '../../../_ui/review/component';
import { amountOf } from './item-words';

/** What the decision does to the road: its money before and after as two bars of material, and the same in words. */
export function RoadEffect({ lang, item, road }: { lang: Lang; item: Waiting; road: RoadMoney }) {
  const t = words(lang, 'approvals');
  const after = roadAfter(item, road);
  const whole = wholeOf(after) > wholeOf(road) ? wholeOf(after) : wholeOf(road);
  const text = (minor: bigint): string => {
    const amount = amountOf(item, minor);
    return amount ? amountText(amount) : '—';
  };
  return (
    <section className="panel-part">
      <h3>{t('effect.title')}</h3>
      <dl className="effect">
        {(
          [
            ['effect.before', road],
            ['effect.after', after],
          ] as const
        ).map(([term, state]) => (
          <div key={term}>
            <dt>{t(term)}</dt>
            <dd>
              <PartsBar wholeMinor={whole} parts={partsOf(state)} />
            </dd>
            <dd>{t('effect.left', { amount: text(state.freeMinor) })}</dd>
          </div>
        ))}
      </dl>
      <p>
        {t('effect.words', {
          allocated: text(wholeOf(after)),
          committed: text(after.committedMinor + after.certifiedMinor + after.paidMinor),
          paid: text(after.paidMinor),
        })}
      </p>
    </section>
  );
}

const partsOf = (road: RoadMoney) =>
  [
    { material: 'asphalt', minor: road.paidMinor },
    { material: 'binder', minor: road.certifiedMinor + road.committedMinor },
    { material: 'base', minor: road.freeMinor },
  ] as const;
