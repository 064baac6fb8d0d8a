'use client';

import { Btn } from '@/app/_ui/btn/component';
import { Group, SelectField, TextField, Tile } from '@/app/_ui/form/component';
import { readTimingStep, type Typed } from '@/lib/payments/give-draft.form';
import type { CurrencyCode } from '@/lib/shared/currencies';
import { PartRows } from '../../_give/part-rows';
import type { StepWords } from '../../_give/step-words';
import { StepProblems, useStep, type StepAction } from '../../_give/use-step';

type Option = { readonly value: string; readonly label: string };

export function TimingStep({
  action,
  answers,
  today,
  latest,
  foreign,
  gift,
  own,
  counts,
  intervals,
  planned,
  said,
  t,
}: {
  action: StepAction;
  answers: Typed;
  today: string;
  latest: string;
  foreign: boolean;
  gift: { readonly amountMinor: string; readonly currency: CurrencyCode };
  /** Labels of the rows for days of one's own. */
  own: readonly { readonly date: string; readonly part: string }[];
  counts: readonly Option[];
  intervals: readonly Option[];
  /** The parts as answered before, shown at once. */
  planned: readonly { readonly date: string; readonly amount: string }[];
  said: StepWords;
  t: Readonly<
    Record<
      | 'legend'
      | 'once'
      | 'onceNote'
      | 'parts'
      | 'partsNote'
      | 'plan'
      | 'count'
      | 'every'
      | 'first'
      | 'preview'
      | 'promise'
      | 'show'
      | 'next'
      | 'ownHint',
      string
    >
  >;
}) {
  const step = useStep(action, answers, said, (typed) =>
    readTimingStep(typed, {
      today,
      foreign,
      amountMinor: BigInt(gift.amountMinor),
      currency: gift.currency,
    }),
  );
  const { register, watch } = step.form;
  const plan = step.state.plan ?? planned;
  return (
    <form {...step.bind}>
      <StepProblems step={step} said={said} />
      <Group id="timing" legend={<span className="sr-only">{t.legend}</span>} error={step.errorOf('timing')}>
        <Tile
          title={t.once}
          note={t.onceNote}
          value="once"
          {...register('timing')}
          defaultChecked={step.valueOf('timing') === 'once'}
        />
        <Tile
          title={t.parts}
          note={t.partsNote}
          value="parts"
          {...register('timing')}
          defaultChecked={step.valueOf('timing') === 'parts'}
          disabled={foreign}
        />
      </Group>
      {!foreign && (
        <details
          className="give-more"
          open={watch('timing') === 'parts' || step.valueOf('timing') === 'parts'}
        >
          <summary>{t.plan}</summary>
          <div>
            <div className="give-two">
              <SelectField
                id="count"
                label={t.count}
                choices={counts}
                {...register('count')}
                defaultValue={step.valueOf('count')}
              />
              <SelectField
                id="every"
                label={t.every}
                choices={intervals}
                {...register('every')}
                defaultValue={step.valueOf('every')}
              />
              <TextField
                id="first"
                type="date"
                label={t.first}
                error={step.errorOf('first')}
                min={today}
                max={latest}
                {...register('first')}
                defaultValue={step.valueOf('first')}
              />
            </div>
            <details className="give-more" open={watch('every') === 'own' || step.valueOf('every') === 'own'}>
              <summary>{intervals.at(-1)?.label}</summary>
              <div>
                <p className="caption">{t.ownHint}</p>
                <PartRows
                  step={step}
                  rows={own}
                  earliest={today}
                  onType={() => step.form.setValue('every', 'own')}
                />
              </div>
            </details>
            <Btn
              kind="line"
              name="preview"
              value="1"
              disabled={step.pending}
              onClick={() => step.form.setValue('timing', 'parts')}
            >
              {t.show}
            </Btn>
            {plan.length > 0 && (
              <div className="give-dates" role="status">
                <p>
                  <b>{t.preview}</b>
                </p>
                <ol>
                  {plan.map((part) => (
                    <li key={part.date}>
                      <span>{part.date}</span>
                      <span className="num">{part.amount}</span>
                    </li>
                  ))}
                </ol>
              </div>
            )}
            <p>{t.promise}</p>
          </div>
        </details>
      )}
      <div className="give-foot">
        <Btn kind="primary" wide disabled={step.pending}>
          {t.next}
        </Btn>
      </div>
    </form>
  );
}
