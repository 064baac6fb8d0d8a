'use client';

import type { ReactNode } from 'react';
import { Btn } from '@/app/_ui/btn/component';
import { Group, TextField, Tile } from '@/app/_ui/form/component';
import { readAmount, readMethodStep, type Read, type Typed } from '@/lib/payments/give-draft.form';
import type { CurrencyCode } from '@/lib/shared/currencies';
import type { StepWords } from '../../_give/step-words';
import { StepProblems, useStep, type StepAction } from '../../_give/use-step';

export function FindForm({
  action,
  answers,
  said,
  t,
}: {
  action: StepAction;
  answers: Typed;
  said: StepWords;
  t: { readonly reference: string; readonly hint: string; readonly find: string };
}) {
  const step = useStep(action, answers, said, (typed): Read<string> => {
    const value = (typed['reference'] ?? '').trim();
    return value === ''
      ? { ok: false, mistakes: [{ field: 'reference', name: 'reference_missing' }] }
      : { ok: true, value };
  });
  return (
    <form {...step.bind}>
      <StepProblems step={step} said={said} />
      <TextField
        id="reference"
        label={t.reference}
        hint={t.hint}
        error={step.errorOf('reference')}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={40}
        {...step.form.register('reference')}
        defaultValue={step.valueOf('reference')}
      />
      <Btn kind="primary" wide disabled={step.pending}>
        {t.find}
      </Btn>
    </form>
  );
}

export function PayForm({
  action,
  answers,
  currency,
  formKey,
  methods,
  said,
  t,
  children,
}: {
  action: StepAction;
  answers: Typed;
  currency: CurrencyCode;
  formKey: string;
  methods: readonly { readonly value: string; readonly title: string; readonly note?: string }[];
  said: StepWords;
  t: {
    readonly amount: string;
    readonly amountHint: string;
    readonly legend: string;
    readonly pay: string;
    readonly note: string;
  };
  children: ReactNode;
}) {
  const step = useStep(action, answers, said, (typed): Read<unknown> => {
    const amount = readAmount(typed['amount'] ?? '', currency);
    const method = readMethodStep(typed, { foreign: false });
    const mistakes = [...(amount.ok ? [] : amount.mistakes), ...(method.ok ? [] : method.mistakes)];
    return mistakes.length === 0 ? { ok: true, value: null } : { ok: false, mistakes };
  });
  const { register } = step.form;
  return (
    <form {...step.bind}>
      <StepProblems step={step} said={said} />
      <input type="hidden" name="key" value={formKey} />
      {children}
      <TextField
        id="amount"
        label={t.amount}
        hint={t.amountHint}
        error={step.errorOf('amount')}
        inputMode="decimal"
        autoComplete="off"
        maxLength={30}
        figures
        {...register('amount')}
        defaultValue={step.valueOf('amount')}
      />
      <Group id="method" legend={t.legend} error={step.errorOf('method')}>
        {methods.map((method) => (
          <Tile
            key={method.value}
            title={method.title}
            note={method.note}
            value={method.value}
            {...register('method')}
            defaultChecked={step.valueOf('method') === method.value}
          />
        ))}
      </Group>
      <div className="give-foot">
        <Btn kind="give" wide disabled={step.pending}>
          {t.pay}
        </Btn>
        <p className="caption">{t.note}</p>
      </div>
    </form>
  );
}
