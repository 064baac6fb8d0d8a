/** What a form body says once its brackets are read: text, an object, or a list. */
export type FormValue = string | FormObject | readonly FormValue[];
export type FormObject = { [key: string]: FormValue };

const LIST_MAX = 1_000;

type Branch = Map<string, string | Branch>;

/** `a[b][0][c]` → ['a', 'b', '0', 'c']; `expand[]` ends in ''. */
const keyPath = (key: string): string[] => {
  const open = key.indexOf('[');
  if (open < 0) return [key];
  const parts = [key.slice(0, open)];
  for (const match of key.slice(open).matchAll(/\[([^[\]]*)\]/g)) parts.push(match[1] ?? '');
  return parts;
};

const put = (branch: Branch, path: readonly string[], value: string): void => {
  const [head = '', ...rest] = path;
  const key = head === '' ? String(branch.size) : head;
  if (rest.length === 0) {
    branch.set(key, value);
    return;
  }
  const next = branch.get(key);
  const child: Branch = next instanceof Map ? next : new Map();
  branch.set(key, child);
  put(child, rest, value);
};

const isList = (branch: Branch): boolean =>
  branch.size > 0 && branch.size <= LIST_MAX && [...branch.keys()].every((key) => /^\d{1,4}$/.test(key));

const freeze = (branch: Branch): FormValue => {
  if (isList(branch))
    return [...branch.entries()]
      .sort(([a], [b]) => Number(a) - Number(b))
      .map(([, value]) => (value instanceof Map ? freeze(value) : value));
  return freezeObject(branch);
};

// No prototype, so that a field called `__proto__` is a field like any other.
const freezeObject = (branch: Branch): FormObject => {
  const object = Object.create(null) as FormObject;
  for (const [key, value] of branch) object[key] = value instanceof Map ? freeze(value) : value;
  return object;
};

/** Reads `application/x-www-form-urlencoded` text with Stripe's bracket notation. */
export const decodeForm = (text: string): FormObject => {
  const root: Branch = new Map();
  for (const [key, value] of new URLSearchParams(text)) put(root, keyPath(key), value);
  return freezeObject(root);
};

/** The same parameters in one fixed spelling, whatever order they came in: what a key is compared by. */
export const canonicalForm = (value: FormValue): string => {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalForm).join(',')}]`;
  const object = value as FormObject;
  return `{${Object.keys(object)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalForm(object[key] ?? '')}`)
    .join(',')}}`;
};
