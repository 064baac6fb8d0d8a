import 'server-only';
import type { GiveMistake, Typed } from '@/lib/payments/give-draft.form';
import { noteRefusal } from '@/lib/server/refusal-log';

/** Choices that are buttons on these pages: what is sent there and is none of them was not chosen on a page of ours. */
const BUTTONS: ReadonlySet<string> = new Set(['show', 'timing', 'method']);

/** The lines of the log for answers that cannot be used, one for each mistake. */
export const noteMistakes = (mistakes: readonly GiveMistake[], typed: Typed): void => {
  for (const { field, name } of mistakes) {
    const isMadeUp = BUTTONS.has(field) && name.endsWith('_missing') && (typed[field] ?? '') !== '';
    noteRefusal({ code: isMadeUp ? 'value_not_offered' : name, field });
  }
};
