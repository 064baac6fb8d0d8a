'use client';

import type { ReactNode } from 'react';
import { Btn } from '@/app/_ui/btn/component';
import { Group, Tile } from '@/app/_ui/form/component';
import type { Typed } from '@/lib/payments/give-draft.form';
import type { StepWords } from '../../_give/step-words';
import { Work, type WorkWords } from '../../_give/work';
import { StepProblems, useStep, type StepAction } from '../../_give/use-step';

export function ReviewStep({
  action,
  answers,
  token,
  work,
  signInHref,
  transferHref,
  choices,
  said,
  t,
  facts,
  children,
}: {
  action: StepAction;
  answers: Typed;
  /** Made when the page was rendered: pressing twice is one gift. */
  token: string;
  work: WorkWords;
  signInHref: string;
  transferHref: string;
  /** What may happen if the road is not built; null when no road was chosen. */
  choices: readonly { readonly value: string; readonly title: string; readonly note?: string }[] | null;
  said: StepWords;
  t: { readonly legend: string; readonly button: string; readonly note: string };
  facts: ReactNode;
  children: ReactNode;
}) {
  const step = useStep(action, answers, said, () => ({ ok: true, value: null }));
  return (
    <form {...step.bind}>
      <StepProblems step={step} said={said} />
      <Work state={step.state} token={token} signInHref={signInHref} transferHref={transferHref} t={work} />
      {facts}
      {choices && (
        <Group id="ifNotBuilt" legend={t.legend}>
          {choices.map((choice) => (
            <Tile
              key={choice.value}
              title={choice.title}
              note={choice.note}
              name="ifNotBuilt"
              value={choice.value}
              defaultChecked={step.valueOf('ifNotBuilt') === choice.value}
            />
          ))}
        </Group>
      )}
      {children}
      <div className="give-foot">
        <Btn kind="give" wide disabled={step.pending}>
          {t.button}
        </Btn>
        <p className="caption">{t.note}</p>
      </div>
    </form>
  );
}
