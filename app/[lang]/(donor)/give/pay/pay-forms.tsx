'use client';

import type { ReactNode } from 'react';
import { Btn } from '@/app/_ui/btn/component';
import { Group, TextField, Tile } from '@/app/_ui/form/component';
import { readMethodStep, readPayment, type Read, type Typed } from '@/lib/payments/give-draft.form';
import type { CurrencyCode } from '@/lib/shared/currencies';
import type { StepWords } from '../../_give/step-words';
import { Work, type WorkWords } from '../../_give/work';
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
    <form {...step.bind} className="give-stack">
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
  leftMinor,
  token,
  work,
  signInHref,
  transferHref,
  cover,
  surplus,
  methods,
  said,
  t,
  children,
}: {
  action: StepAction;
  answers: Typed;
  currency: CurrencyCode;
  leftMinor: string;
  token: string;
  work: WorkWords;
  signInHref: string;
  transferHref: string;
  /** The offer to add the fee. */
  cover: { readonly title: string; readonly note: string };
  /** What becomes of more than was promised. */
  surplus: {
    readonly legend: string;
    readonly hint: string;
    readonly choices: readonly { readonly value: string; readonly title: string; readonly note?: string }[];
  };
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
    const amount = readPayment(typed, currency, BigInt(leftMinor));
    const method = readMethodStep(typed, { foreign: false });
    const mistakes = [...(amount.ok ? [] : amount.mistakes), ...(method.ok ? [] : method.mistakes)];
    return mistakes.length === 0 ? { ok: true, value: null } : { ok: false, mistakes };
  });
  const { register } = step.form;
  return (
    <form {...step.bind}>
      <StepProblems step={step} said={said} />
      <Work state={step.state} token={token} signInHref={signInHref} transferHref={transferHref} t={work} />
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
      <Tile
        type="checkbox"
        title={cover.title}
        note={cover.note}
        name="cover"
        value="yes"
        defaultChecked={step.valueOf('cover') === 'yes'}
      />
      <Group id="surplus" legend={surplus.legend} hint={surplus.hint} error={step.errorOf('surplus')}>
        {surplus.choices.map((choice) => (
          <Tile
            key={choice.value}
            title={choice.title}
            note={choice.note}
            name="surplus"
            value={choice.value}
            defaultChecked={step.valueOf('surplus') === choice.value}
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
