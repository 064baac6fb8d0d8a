'use client';

import { TextField } from '@/app/_ui/form/component';
import type { Step } from './use-step';

/** Rows of a day and an amount each, as `readPlan` reads them: the parts of a promise. */
export function PartRows({
  step,
  rows,
  earliest,
  onType,
}: {
  step: Step;
  rows: readonly { readonly date: string; readonly part: string }[];
  earliest: string;
  /** Told of every change. */
  onType?: (() => void) | undefined;
}) {
  const field = (name: string) => ({
    id: name,
    error: step.errorOf(name),
    ...step.form.register(name, onType && { onChange: onType }),
    defaultValue: step.valueOf(name),
  });
  return rows.map((label, index) => (
    <div key={label.date} className="give-two">
      <TextField type="date" label={label.date} min={earliest} {...field(`date${index + 1}`)} />
      <TextField
        label={label.part}
        inputMode="decimal"
        autoComplete="off"
        maxLength={30}
        figures
        {...field(`part${index + 1}`)}
      />
    </div>
  ));
}
