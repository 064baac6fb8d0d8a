'use client';

import { Btn } from '@/app/_ui/btn/component';
import { Group, Tile } from '@/app/_ui/form/component';
import { readMethodStep, type Typed } from '@/lib/payments/give-draft.form';
import type { StepWords } from '../../_give/step-words';
import { StepProblems, useStep, type StepAction } from '../../_give/use-step';

export type MethodTile = {
  readonly value: string;
  readonly title: string;
  readonly note: string;
  readonly disabled: boolean;
};

export function MethodStep({
  action,
  answers,
  foreign,
  methods,
  cover,
  said,
  t,
}: {
  action: StepAction;
  answers: Typed;
  foreign: boolean;
  methods: readonly MethodTile[];
  /** The offer to add the fee; null where the fee cannot be known. */
  cover: { readonly title: string; readonly note: string } | null;
  said: StepWords;
  t: { readonly legend: string; readonly hosted: string; readonly next: string };
}) {
  const step = useStep(action, answers, said, (typed) => readMethodStep(typed, { foreign }));
  const { register } = step.form;
  return (
    <form {...step.bind}>
      <StepProblems step={step} said={said} />
      <Group id="method" legend={<span className="sr-only">{t.legend}</span>} error={step.errorOf('method')}>
        {methods.map((method) => (
          <Tile
            key={method.value}
            title={method.title}
            note={method.note}
            value={method.value}
            {...register('method')}
            defaultChecked={step.valueOf('method') === method.value}
            disabled={method.disabled}
          />
        ))}
      </Group>
      {cover && (
        <Tile
          type="checkbox"
          title={cover.title}
          note={cover.note}
          name="cover"
          value="yes"
          defaultChecked={step.valueOf('cover') === 'yes'}
        />
      )}
      <p>{t.hosted}</p>
      <div className="give-foot">
        <Btn kind="primary" wide disabled={step.pending}>
          {t.next}
        </Btn>
      </div>
    </form>
  );
}
