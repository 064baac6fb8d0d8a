import type { Metadata } from 'next';
import { langParam } from '@/app/_ui/site/page-lang';
import { amountText, dateText } from '@/lib/i18n/format';
import { words } from '@/lib/i18n/words';
import { offeredFirstDue, PART_COUNTS } from '@/lib/payments/give-draft.form';
import { instalmentsOf } from '@/lib/payments/give-draft.rules';
import { money } from '@/lib/shared/money';
import { addMonths } from '@/lib/shared/time';
import { atStep } from '../../_give/at-step';
import { GiveShell } from '../../_give/shell';
import { stepWords } from '../../_give/step-words';
import { answerTiming } from '../actions';
import { TimingStep } from './timing-step';

type Props = { params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'give')('timing.title'), robots: { index: false } };
}

export default async function TimingPage({ params }: Props) {
  const lang = await langParam(params);
  const { draft, giving, n, total, back } = await atStep(lang, 'timing');
  const t = words(lang, 'give');
  const { timing } = draft;
  const foreign = draft.currency !== giving.currency;
  const amount = amountText(money(draft.currency, draft.amountMinor ?? 0n));
  return (
    <GiveShell lang={lang} title={t('timing.title')} step={{ n, total }} back={back}>
      <TimingStep
        action={answerTiming.bind(null, lang)}
        answers={{
          timing: timing?.kind ?? '',
          count: String(timing?.kind === 'parts' ? timing.count : 5),
          every: String(timing?.kind === 'parts' ? timing.everyMonths : 1),
          first: timing?.kind === 'parts' ? timing.firstDue : offeredFirstDue(giving.today),
        }}
        today={giving.today}
        latest={addMonths(giving.today, 12)}
        foreign={foreign}
        counts={PART_COUNTS.map((count) => ({
          value: String(count),
          label: t('timing.countOf', { count }),
        }))}
        intervals={[
          { value: '1', label: t('timing.monthly') },
          { value: '3', label: t('timing.quarterly') },
        ]}
        planned={
          timing?.kind === 'parts'
            ? instalmentsOf(draft, giving.today).map((part) => ({
                date: dateText(part.dueOn, lang),
                amount: amountText(money(draft.currency, part.amountMinor)),
              }))
            : []
        }
        said={stepWords(lang, { currency: draft.currency, today: giving.today })}
        t={{
          legend: t('timing.legend'),
          once: t('timing.once'),
          onceNote: t('timing.onceNote', { amount }),
          parts: t('timing.parts'),
          partsNote: foreign ? t('timing.partsForeign') : t('timing.partsNote'),
          plan: t('timing.plan'),
          count: t('timing.count'),
          every: t('timing.every'),
          first: t('timing.first'),
          preview: t('timing.preview'),
          promise: t('timing.promise'),
          show: t('timing.show'),
          next: t('timing.next'),
        }}
      />
    </GiveShell>
  );
}
