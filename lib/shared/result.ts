import type { Refusal, RefusalName } from './refusal';

/** A decision: either its value or a named refusal. Refusals are values; only bugs are thrown. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal };

export type RefusalDetails = Readonly<Record<string, string | number | bigint | boolean | null>>;

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

/** Refuses by name. `details` are the figures a person needs to understand why, never personal data. */
export const refuse = (name: RefusalName, details?: RefusalDetails, field?: string): Result<never> => ({
  ok: false,
  refusal: { name, ...(details && { details }), ...(field !== undefined && { field }) },
});
