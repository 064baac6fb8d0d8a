import type { Metadata } from 'next';
import { langParam } from '@/app/_ui/site/page-lang';
import { amountText, dateText } from '@/lib/i18n/format';
import { words } from '@/lib/i18n/words';
import { offeredFirstDue, OWN_DATES, PART_COUNTS } from '@/lib/payments/give-draft.form';
import { inParts, instalmentsOf } from '@/lib/payments/give-draft.rules';
import { money, toDecimal } from '@/lib/shared/money';
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
          timing: timing === null ? '' : timing.kind === 'once' ? 'once' : 'parts',
          count: String(timing?.kind === 'parts' ? timing.count : 5),
          every: timing?.kind === 'dates' ? 'own' : String(timing?.kind === 'parts' ? timing.everyMonths : 1),
          ...Object.fromEntries(
            (timing?.kind === 'dates' ? timing.parts : []).flatMap((part, index) => [
              [`date${index + 1}`, part.dueOn],
              [`part${index + 1}`, toDecimal(part.amountMinor, draft.currency)],
            ]),
          ),
          first: timing?.kind === 'parts' ? timing.firstDue : offeredFirstDue(giving.today),
        }}
        today={giving.today}
        latest={addMonths(giving.today, 12)}
        foreign={foreign}
        gift={{ amountMinor: String(draft.amountMinor ?? 0n), currency: draft.currency }}
        own={Array.from({ length: OWN_DATES }, (_, index) => ({
          date: t('timing.date', { n: index + 1 }),
          part: t('timing.part', { n: index + 1 }),
        }))}
        counts={PART_COUNTS.map((count) => ({
          value: String(count),
          label: t('timing.countOf', { count }),
        }))}
        intervals={[
          { value: '1', label: t('timing.monthly') },
          { value: '3', label: t('timing.quarterly') },
          { value: 'own', label: t('timing.own') },
        ]}
        planned={
          inParts(draft)
            ? instalmentsOf(draft, giving.today).map((part) => ({
                date: dateText(part.dueOn, lang),
                amount: amountText(money(draft.currency, part.amountMinor)),
              }))
            : []
        }
        said={stepWords(lang, {
          currency: draft.currency,
          today: giving.today,
          amountMinor: draft.amountMinor,
        })}
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
          ownHint: t('timing.ownHint'),
        }}
      />
    </GiveShell>
  );
}
