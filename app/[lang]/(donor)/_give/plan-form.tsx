'use client';

import { Btn } from '@/app/_ui/btn/component';
import { readPlan, type Typed } from '@/lib/payments/give-draft.form';
import type { CurrencyCode } from '@/lib/shared/currencies';
import { PartRows } from './part-rows';
import type { StepWords } from './step-words';
import { StepProblems, useStep, type StepAction } from './use-step';

/** The parts of a promise as rows of day and amount; a whole new plan is sent, in place of the one that was seen. */
export function PlanForm({
  action,
  answers,
  earliest,
  gift,
  rows,
  said,
  t,
}: {
  action: StepAction;
  answers: Typed;
  /** No part is due before the day of the promise. */
  earliest: string;
  gift: { readonly amountMinor: string; readonly currency: CurrencyCode };
  rows: readonly { readonly date: string; readonly part: string }[];
  said: StepWords;
  t: { readonly hint: string; readonly save: string };
}) {
  const step = useStep(action, answers, said, (typed) =>
    readPlan(typed, {
      rows: rows.length,
      earliest,
      amountMinor: BigInt(gift.amountMinor),
      currency: gift.currency,
    }),
  );
  return (
    <form {...step.bind} className="grid gap-5">
      <StepProblems step={step} said={said} />
      <input type="hidden" name="key" value={step.valueOf('key')} />
      <p className="caption">{t.hint}</p>
      <PartRows step={step} rows={rows} earliest={earliest} />
      <div>
        <Btn kind="primary" disabled={step.pending}>
          {t.save}
        </Btn>
      </div>
    </form>
  );
}
