import type { FieldError } from '@/app/_ui/form/error-summary';
import type { GiveMistake, GiveMistakeName, Typed } from '@/lib/payments/give-draft.form';

/** What a step answers when it cannot go on: what was typed, and what to change. */
export type StepState = {
  readonly typed: Typed;
  readonly errors: readonly FieldError[];
  /** A refusal that belongs to no field, in words. */
  readonly refusal?: string | undefined;
  /** The browser is to work before the form may be sent on; without script `refusal` says what else is possible. */
  readonly prove?: { readonly challenge: string; readonly bits: number } | undefined;
  /** Too many card pages wait for an answer: in a moment again, with a proved mailbox at once. */
  readonly busy?: boolean | undefined;
  /** A form's own number, when the last one is used up. */
  readonly token?: string | undefined;
  /** Paying online is held off: offer the transfer. */
  readonly transfer?: boolean | undefined;
  /** The days and amounts of the parts, when they were asked to be shown. */
  readonly plan?: readonly { readonly date: string; readonly amount: string }[] | undefined;
};

export type MistakeWords = Readonly<Record<GiveMistakeName, string>>;

/** The text fields of a form as they were typed; names that begin with $ are the framework's. */
export const typedOf = (form: FormData): Typed => {
  const typed: Record<string, string> = {};
  for (const [name, value] of form)
    if (typeof value === 'string' && !name.startsWith('$')) typed[name] = value;
  return typed;
};

export const inWords = (mistakes: readonly GiveMistake[], said: MistakeWords): FieldError[] =>
  mistakes.map(({ field, name }) => ({ field, text: said[name] }));
