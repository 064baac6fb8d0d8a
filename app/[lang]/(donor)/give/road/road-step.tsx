'use client';

import type { ReactNode } from 'react';
import { Btn } from '@/app/_ui/btn/component';
import { Group, Tile } from '@/app/_ui/form/component';
import { readRoadStep, type Typed } from '@/lib/payments/give-draft.form';
import { ANY_ROAD } from '@/lib/payments/give-draft.rules';
import type { StepWords } from '../../_give/step-words';
import { StepProblems, useStep, type StepAction } from '../../_give/use-step';

export type RoadTile = {
  readonly code: string;
  readonly name: string;
  readonly note: ReactNode;
  readonly end: ReactNode;
  /** A road that needs less than the gift cannot take it whole. */
  readonly tooSmall: boolean;
  /** "¥500.00 lays about 2 m of Longevity Lane" */
  readonly lays: string;
};

export function RoadStep({
  action,
  answers,
  roads,
  said,
  t,
  children,
}: {
  action: StepAction;
  answers: Typed;
  roads: readonly RoadTile[];
  said: StepWords;
  t: { readonly legend: string; readonly any: string; readonly anyNote: string; readonly next: string };
  /** What stands between the roads and the button. */
  children: ReactNode;
}) {
  const open = roads.filter((road) => !road.tooSmall).map((road) => road.code);
  const step = useStep(action, answers, said, (typed) => readRoadStep(typed, open));
  const { register, watch } = step.form;
  const chosen = roads.find((road) => road.code === watch('road'));
  return (
    <form {...step.bind}>
      <StepProblems step={step} said={said} />
      <Group id="road" legend={<span className="sr-only">{t.legend}</span>} error={step.errorOf('road')}>
        <Tile
          title={t.any}
          note={t.anyNote}
          value={ANY_ROAD}
          {...register('road')}
          defaultChecked={step.valueOf('road') === ANY_ROAD}
        />
        {roads.map((road) => (
          <Tile
            key={road.code}
            title={road.name}
            note={road.note}
            end={road.end}
            value={road.code}
            {...register('road')}
            defaultChecked={step.valueOf('road') === road.code}
            disabled={road.tooSmall}
          />
        ))}
      </Group>
      {children}
      <div className="give-foot">
        {chosen && <p role="status">{chosen.lays}</p>}
        <Btn kind="primary" wide disabled={step.pending}>
          {t.next}
        </Btn>
      </div>
    </form>
  );
}
