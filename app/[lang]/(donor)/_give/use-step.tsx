'use client';

import { startTransition, useActionState, useMemo, useRef, type FormEvent, type ReactNode } from 'react';
import {
  useForm,
  type FieldErrors,
  type PathValue,
  type UseFormRegister,
  type UseFormReturn,
} from 'react-hook-form';
import { ErrorSummary, type FieldError } from '@/app/_ui/form/error-summary';
import { Msg } from '@/app/_ui/msg/component';
import type { Read, Typed } from '@/lib/payments/give-draft.form';
import { inWords, type StepState } from './step-state';
import type { StepWords } from './step-words';
import { typedBefore, type FormControl } from './typed-before';

export type StepAction = (state: StepState, form: FormData) => Promise<StepState>;

export type Step = {
  readonly form: UseFormReturn<Record<string, string>>;
  readonly state: StepState;
  readonly pending: boolean;
  readonly errors: readonly FieldError[];
  readonly errorOf: (field: string) => string | undefined;
  /** What stands in a field: what was typed when the page came back with a mistake, else what was answered before. */
  readonly valueOf: (field: string) => string;
  /** For the <form> itself. */
  readonly bind: {
    readonly action: (form: FormData) => void;
    readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
    readonly noValidate: true;
  };
};

/**
 * One question's form. Without script the browser posts it and the server answers with the same page and its
 * mistakes; with script react-hook-form runs the same reader first, and only what it accepts is sent.
 */
export const useStep = (
  action: StepAction,
  answers: Typed,
  said: StepWords,
  read: (typed: Typed) => Read<unknown>,
): Step => {
  const [state, send, pending] = useActionState(action, { typed: answers, errors: [] });
  // The same object until the server answers again: react-hook-form takes a new one for new errors.
  const told = useMemo(() => asFormErrors(state.errors), [state.errors]);
  const form = useForm<Record<string, string>>({
    defaultValues: { ...answers, ...state.typed },
    errors: told,
    reValidateMode: 'onSubmit',
    // The page's own order decides where the focus goes: the summary takes it.
    shouldFocusError: false,
    resolver: (values) => {
      const answer = read(values);
      return answer.ok
        ? { values, errors: {} }
        : { values: {}, errors: asFormErrors(inWords(answer.mistakes, said.mistakes)) };
    },
  });
  const known = useRef(new WeakSet<FormControl>());
  // react-hook-form writes its own values into a field it meets; what somebody typed before the script came is theirs.
  const register: UseFormRegister<Record<string, string>> = (name, options) => {
    const field = form.register(name, options);
    return {
      ...field,
      ref: (control: FormControl | null) => {
        if (control !== null && !known.current.has(control)) {
          known.current.add(control);
          const typed = typedBefore(control);
          if (typed !== null) form.setValue(name, typed as PathValue<Record<string, string>, typeof name>);
        }
        field.ref(control);
      },
    };
  };
  const { errors: found } = form.formState;
  // Kept as one list, so that the summary takes the focus when mistakes change and not with every letter typed.
  const errors = useMemo(
    () =>
      Object.entries(found).flatMap(([field, error]) =>
        typeof error?.message === 'string' ? [{ field, text: error.message }] : [],
      ),
    [found],
  );
  return {
    form: { ...form, register },
    state,
    pending,
    errors,
    errorOf: (field) => errors.find((error) => error.field === field)?.text,
    valueOf: (field) => state.typed[field] ?? answers[field] ?? '',
    bind: {
      action: send,
      noValidate: true,
      onSubmit: (event) => {
        event.preventDefault();
        const { submitter } = event.nativeEvent as SubmitEvent;
        const data = new FormData(event.currentTarget, submitter);
        const go = (): void => {
          startTransition(() => {
            send(data);
          });
        };
        // A button of its own (show the parts) asks for something before everything is right.
        if (submitter instanceof HTMLButtonElement && submitter.name !== '') go();
        else void form.handleSubmit(go)();
      },
    },
  };
};

const asFormErrors = (errors: readonly FieldError[]): FieldErrors<Record<string, string>> =>
  Object.fromEntries(errors.map(({ field, text }) => [field, { type: 'wrong', message: text }]));

/** What stands above the question when something needs a change. */
export function StepProblems({ step, said }: { step: Step; said: StepWords }): ReactNode {
  const { errors, state } = step;
  if (errors.length > 0)
    return (
      <ErrorSummary
        title={said.problems[Math.min(errors.length, said.problems.length) - 1] ?? ''}
        hint={said.problemsHint}
        errors={errors}
      />
    );
  return state.refusal === undefined ? null : (
    <Msg kind="err" title={said.refused} alert>
      <p>{state.refusal}</p>
    </Msg>
  );
}
