import type { Metadata } from 'next';
import { Stele } from '@/app/_ui/code/component';
import { RoadBarMini } from '@/app/_ui/road-bar/component';
import { langParam } from '@/app/_ui/site/page-lang';
import { amountText, metresText } from '@/lib/i18n/format';
import { words } from '@/lib/i18n/words';
import { millimetresFor } from '@/lib/payments/give-draft.rules';
import { money } from '@/lib/shared/money';
import { atStep } from '../../_give/at-step';
import { roughly } from '../../_give/roughly';
import { GiveShell } from '../../_give/shell';
import { stepWords } from '../../_give/step-words';
import { answerRoad } from '../actions';
import { RoadStep } from './road-step';

type Props = { params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'give')('road.title'), robots: { index: false } };
}

export default async function RoadPage({ params }: Props) {
  const lang = await langParam(params);
  const { draft, giving, n, total, back } = await atStep(lang, 'road');
  const t = words(lang, 'give');
  // A gift in another currency has no length yet, and may be of any size for a road.
  const own = draft.currency === giving.currency;
  const giftMinor = own ? (draft.amountMinor ?? 0n) : 0n;
  return (
    <GiveShell lang={lang} title={t('road.title')} step={{ n, total }} back={back}>
      <RoadStep
        action={answerRoad.bind(null, lang)}
        answers={{ road: draft.road ?? '' }}
        said={stepWords(lang, { currency: draft.currency, today: giving.today })}
        t={{
          legend: t('road.legend'),
          any: t('road.any'),
          anyNote: t('road.anyNote'),
          next: t('road.next'),
        }}
        roads={giving.roads.map((road) => {
          const tooSmall = giftMinor > road.needsMinor;
          const about = {
            length: metresText(road.lengthMm, lang),
            amount: amountText(money(giving.currency, road.needsMinor)),
          };
          const lengthMm = millimetresFor(giftMinor, {
            budgetMinor: road.budgetMinor,
            lengthMm: BigInt(road.lengthMm),
          });
          return {
            code: road.code,
            name: road.name,
            tooSmall,
            note: (
              <>
                {t(tooSmall ? 'road.needsLess' : 'road.needs', about)}
                <span className="give-tile-bar">
                  <RoadBarMini
                    figures={{
                      targetMinor: road.budgetMinor,
                      allocatedMinor: road.budgetMinor - road.needsMinor,
                      committedMinor: 0n,
                      paidMinor: 0n,
                    }}
                  />
                </span>
              </>
            ),
            end: <Stele code={road.code} />,
            lays: own
              ? t('road.lays', {
                  amount: amountText(money(giving.currency, giftMinor)),
                  metres: metresText(roughly(lengthMm), lang),
                  name: road.name,
                })
              : '',
          };
        })}
      >
        <p>
          {giving.fundedRoads > 0 && t('road.rest', { count: giving.fundedRoads })}{' '}
          <a href={`/${lang}/roads`}>{t('road.all')}</a>
        </p>
      </RoadStep>
    </GiveShell>
  );
}
