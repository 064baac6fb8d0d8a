import type { ReactNode } from 'react';
import { dateText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import type { Money } from '@/lib/shared/money';
import { Amt } from '../amt/component';
import { Icon, type IconName } from '../icon/component';

export type Step = {
  readonly date: string;
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  /** What lies ahead is dashed and its words say so too. */
  readonly when: 'done' | 'now' | 'ahead';
};

/** What happened to a road, milestone by milestone. */
export function Timeline({ lang, steps }: { lang: Lang; steps: readonly Step[] }) {
  return (
    <ol className="timeline">
      {steps.map((step, index) => (
        // Two steps may share a day; their order is the history itself.
        <li
          key={index}
          className={`step-${step.when}`}
          aria-current={step.when === 'now' ? 'step' : undefined}
        >
          <time dateTime={step.date}>{dateText(step.date, lang)}</time>
          <b>{step.title}</b>
          {step.detail !== undefined && <span className="caption">{step.detail}</span>}
        </li>
      ))}
    </ol>
  );
}

export type TraceStep = {
  readonly icon: IconName;
  readonly title: ReactNode;
  readonly amount?: Money | undefined;
  readonly done?: boolean | undefined;
  readonly children?: ReactNode;
};

/** The way of one gift, with its amount at every step and what proves it. */
export function Trace({ steps }: { steps: readonly TraceStep[] }) {
  return (
    <ol className="trace">
      {steps.map((step, index) => (
        <li key={index} className={step.done ? 'trace-done' : undefined}>
          <span className="trace-mark">
            <Icon name={step.icon} />
          </span>
          <div className="trace-head">
            <b>{step.title}</b>
            {step.amount && <Amt value={step.amount} />}
          </div>
          {step.children}
        </li>
      ))}
    </ol>
  );
}
