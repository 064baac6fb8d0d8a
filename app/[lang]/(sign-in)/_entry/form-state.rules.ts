/** What a form of signing in answers without leaving the page. */
export type EntryState = {
  /** Words for the field, in the person's language; null when nothing is wrong. */
  readonly error: string | null;
  /** What was typed, given back. Never a code. */
  readonly typed: string;
  /** Recovery codes to be shown once. */
  readonly codes: readonly string[] | null;
};

export const FRESH: EntryState = { error: null, typed: '', codes: null };
