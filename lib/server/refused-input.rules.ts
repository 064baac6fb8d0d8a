import type { $ZodType } from 'zod/v4/core';

/** What a schema says of one thing that is wrong. */
export type InputIssue = {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly format?: string | undefined;
};

/** Names as our code gives them to fields (`amount`, `gifts.3.amountMinor`); anything else is not written down. */
export const isFieldName = (name: string): boolean =>
  /^[A-Za-z]\w{0,40}(?:\.\w{1,40}){0,5}(?:\.\*)?$/.test(name);

/** Numbers that pages write into hidden fields and that nobody types. */
const HIDDEN: ReadonlySet<string | undefined> = new Set(['uuid', 'guid']);

/**
 * Whether a person typed it wrongly or no page of ours sends it. What was left empty is a mistake of people, whatever the
 * schema wants in its place: a radio button nobody has chosen is not sent.
 */
export const codeOfIssue = (
  issue: InputIssue,
  input: unknown,
): 'invalid_input' | 'value_not_offered' | 'field_unknown' | 'shape_wrong' => {
  if (issue.code === 'unrecognized_keys') return 'field_unknown';
  const value = issue.path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : at),
    input,
  );
  if (isEmpty(value)) return 'invalid_input';
  if (issue.code === 'invalid_value') return 'value_not_offered';
  if (issue.code === 'invalid_format' && HIDDEN.has(issue.format)) return 'value_not_offered';
  return issue.code === 'invalid_type' ? 'shape_wrong' : 'invalid_input';
};

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (typeof value === 'number' && Number.isNaN(value));

/** The place as far as the schema knows its names; `*` where the sender named it, as in a record. */
export const fieldOfSchema = (schema: $ZodType, path: readonly PropertyKey[]): string | null => {
  if (path.length === 0) return null;
  const names: string[] = [];
  let at: $ZodType | null = schema;
  for (const key of path) {
    at = at && within(at, key);
    if (at === null) return [...names, '*'].join('.');
    names.push(String(key));
  }
  return names.join('.');
};

/** The parts of schemas that hold others, whichever of them a schema has. */
type Parts = {
  readonly innerType?: $ZodType;
  readonly in?: $ZodType;
  readonly options?: readonly $ZodType[];
  readonly shape?: Readonly<Record<PropertyKey, $ZodType>>;
  readonly element?: $ZodType;
};

const within = (schema: $ZodType, key: PropertyKey): $ZodType | null => {
  const parts = schema._zod.def as unknown as Parts;
  if (parts.shape) return Object.hasOwn(parts.shape, key) ? (parts.shape[key] ?? null) : null;
  if (parts.element) return typeof key === 'number' || /^\d{1,4}$/.test(String(key)) ? parts.element : null;
  const inner = parts.innerType ?? parts.in;
  if (inner) return within(inner, key);
  for (const option of parts.options ?? []) {
    const found = within(option, key);
    if (found) return found;
  }
  return null;
};
