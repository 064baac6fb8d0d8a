import { amountText, dateText, metresText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { money } from '@/lib/shared/money';
import type { RoadState } from '../../../../_ui/chip/component';
import { Written } from '../../../../_ui/content/component';
import { Section } from '../../../../_ui/page/component';
import { Timeline, type Step } from '../../../../_ui/timeline/component';
import { roadLinks } from './segment-facts';
import { orderOfDay, type SegmentEvent } from './segment-events';
import type { SegmentModel, SegmentMove, SegmentProps } from './segment-view';

/** Everything that happened to the road, day by day, in plain words; a reason stands as its writer wrote it. */
export function History({ lang, model }: SegmentProps) {
  const t = words(lang, 'segment');
  const moves = model.moves.filter((move) => move.to !== 'proposed');
  const steps: Step[] = [
    ...moves.map((move, index) => ({
      order: orderOfDay('move'),
      step: moveStep(lang, model, move, index === moves.length - 1),
    })),
    ...model.events.map((event) => ({
      order: orderOfDay(event.kind),
      step: eventStep(lang, model, event),
    })),
  ]
    .toSorted((a, b) =>
      a.step.date === b.step.date ? a.order - b.order : a.step.date < b.step.date ? -1 : 1,
    )
    .map(({ step }) => step);
  if (model.state === 'in_warranty' && model.warrantyUntil !== null)
    steps.push({
      date: model.warrantyUntil,
      title: t('timeline.warrantyEnds'),
      detail: t('timeline.ahead'),
      when: 'ahead',
    });
  return (
    <Section id="history" title={t('timeline.title')}>
      <Timeline lang={lang} steps={steps} />
    </Section>
  );
}

const moveStep = (lang: Lang, model: SegmentModel, move: SegmentMove, last: boolean): Step => ({
  date: move.date,
  title: words(lang, 'segment')(`timeline.${move.to as Exclude<RoadState, 'proposed'>}`, {
    amount: amountText(money(model.currency, model.budgetMinor)),
  }),
  detail:
    move.detail === undefined && !move.contract && !move.measured ? undefined : (
      <MoveDetail lang={lang} move={move} />
    ),
  when: last ? 'now' : 'done',
});

function MoveDetail({ lang, move: { detail, contract, measured } }: { lang: Lang; move: SegmentMove }) {
  const t = words(lang, 'segment');
  return (
    <>
      {contract && t('timeline.contractedWith', { ...contract, lowest: contract.lowest ? 'yes' : 'no' })}
      {measured &&
        t('timeline.measured', {
          length: metresText(measured.lengthMm, lang),
          width: metresText(measured.widthMm, lang),
          thickness: `${measured.thicknessMm} mm`,
        })}
      {measured && detail !== undefined && ' · '}
      {detail !== undefined && <Written lang={lang} text={detail} />}
    </>
  );
}

const eventStep = (lang: Lang, model: SegmentModel, event: SegmentEvent): Step => {
  const t = words(lang, 'segment');
  const amount = (minor: bigint) => amountText(money(model.currency, minor));
  if (event.kind === 'variation')
    return {
      date: event.date,
      title: t('timeline.variation', {
        before: amount(event.beforeMinor),
        after: amount(event.afterMinor),
      }),
      detail: <Written lang={lang} text={event.reason} />,
      when: 'done',
    };
  if (event.kind === 'reported' || event.kind === 'settled')
    return {
      date: event.date,
      title: words(lang, 'concerns')(`timeline.${event.kind}`, { words: event.words }),
      detail: <a href={`/${lang}/report`}>{words(lang, 'concerns')('earlier')}</a>,
      when: 'done',
    };
  if (event.kind === 'succeeded')
    return {
      date: event.date,
      title: words(lang, 'roadShape').rich(`successor.${event.how}`, {
        roads: roadLinks(lang, event.roads),
      }),
      when: 'done',
    };
  if (event.kind === 'repair')
    return {
      date: event.date,
      title: words(lang, 'roadLines')('used', {
        amount: amount(event.amountMinor),
        who: event.who,
        concern: event.concern,
      }),
      when: 'done',
    };
  if (event.kind === 'budget')
    return {
      date: event.date,
      title: t('timeline.budget', { amount: amount(event.amountMinor) }),
      detail: <Written lang={lang} text={event.reason} />,
      when: 'done',
    };
  if (event.kind === 'change')
    return {
      date: event.date,
      title: t('timeline.change', {
        kind: words(lang, 'changes')(`kinds.${event.change}`),
        gifts: event.gifts,
        deadline: dateText(event.deadline, lang),
      }),
      detail: event.words,
      when: 'done',
    };
  if (event.kind === 'changeSettled')
    return {
      date: event.date,
      title: t('timeline.changeSettled', {
        given: event.given,
        refused: event.refused,
        silent: event.silent,
      }),
      detail: event.words,
      when: 'done',
    };
  if (event.kind === 'revised')
    return {
      date: event.date,
      title: event.lineChanged
        ? t('timeline.redrawn', {
            before: metresText(event.beforeMm, lang),
            after: metresText(event.afterMm, lang),
          })
        : t('timeline.revised'),
      detail: <Written lang={lang} text={event.reason} />,
      when: 'done',
    };
  const title = t(`timeline.${event.kind}`, { amount: amount(event.amountMinor) });
  return {
    date: event.date,
    title,
    detail: <a href={`/${lang}/ledger?entry=${event.code}`}>{event.code}</a>,
    when: 'done',
  };
};
