import { badParameter, notImitated } from './errors';
import type { FormObject, FormValue } from './form';

/** Reads one parameter or throws Stripe's refusal; `path` is the name as the caller wrote it, in brackets. */
export type Reader<T> = (value: FormValue, path: string) => T;
export type Field<T> = { readonly read: Reader<T>; readonly needed: boolean };
type Fields = Readonly<Record<string, Reader<unknown> | Field<unknown>>>;
type ValueOf<F> = F extends Field<infer T> ? T : F extends Reader<infer T> ? T | undefined : never;
export type Values<F extends Fields> = { readonly [K in keyof F]: ValueOf<F[K]> };

/** Marks a parameter without which Stripe refuses the call. */
export const need = <T>(read: Reader<T>): Field<T> & { readonly needed: true } => ({ read, needed: true });

const asField = (field: Reader<unknown> | Field<unknown>): Field<unknown> =>
  typeof field === 'function' ? { read: field, needed: false } : field;

const isObject = (value: FormValue): value is FormObject =>
  typeof value === 'object' && !Array.isArray(value);

/** A nested object (or the whole body, with path ''): unknown names are refused, as Stripe does. */
export const shape =
  <const F extends Fields>(fields: F): Reader<Values<F>> =>
  (value, path) => {
    if (!isObject(value)) throw badParameter(`Invalid object`, path);
    const name = (key: string) => (path === '' ? key : `${path}[${key}]`);
    const unknown = Object.keys(value).filter((key) => !Object.hasOwn(fields, key));
    if (unknown.length > 0)
      throw badParameter(
        `Received unknown parameter${unknown.length > 1 ? 's' : ''}: ${unknown.map(name).join(', ')}`,
        name(unknown[0] ?? ''),
        'parameter_unknown',
      );
    const result: Record<string, unknown> = {};
    for (const [key, entry] of Object.entries(fields)) {
      const field = asField(entry);
      const given = value[key];
      if (given !== undefined) result[key] = field.read(given, name(key));
      else if (field.needed)
        throw badParameter(`Missing required param: ${name(key)}.`, name(key), 'parameter_missing');
    }
    return result as Values<F>;
  };

export const text =
  (longest = 5000): Reader<string> =>
  (value, path) => {
    if (typeof value !== 'string') throw badParameter('Invalid string', path);
    if (value === '')
      throw badParameter(
        `You passed an empty string for '${path}'. We assume empty values are an attempt to unset a parameter; however '${path}' cannot be unset. You should remove '${path}' from your request or supply a non-empty value.`,
        path,
        'parameter_invalid_empty',
      );
    if (value.length > longest)
      throw badParameter(
        `Invalid string: must be at most ${longest} characters`,
        path,
        'parameter_invalid_string',
      );
    return value;
  };

export const integer =
  (least = Number.MIN_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER): Reader<number> =>
  (value, path) => {
    const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : NaN;
    if (!Number.isSafeInteger(number))
      throw badParameter(`Invalid integer: ${String(value)}`, path, 'parameter_invalid_integer');
    if (number < least)
      throw badParameter(
        `This value must be greater than or equal to ${least}.`,
        path,
        'parameter_invalid_integer',
      );
    if (number > most)
      throw badParameter(
        `This value must be less than or equal to ${most} (it currently is '${number}').`,
        path,
        'parameter_invalid_integer',
      );
    return number;
  };

export const flag: Reader<boolean> = (value, path) => {
  if (value === 'true') return true;
  if (value === 'false') return false;
  throw badParameter(`Invalid boolean: ${String(value)}`, path);
};

export const choice =
  <const T extends string>(...allowed: readonly T[]): Reader<T> =>
  (value, path) => {
    const found = allowed.find((one) => one === value);
    if (found === undefined) {
      const last = allowed.at(-1) ?? '';
      const list = allowed.length > 1 ? `${allowed.slice(0, -1).join(', ')}, or ${last}` : last;
      throw badParameter(`Invalid ${path}: must be one of ${list}`, path);
    }
    return found;
  };

export const list =
  <T>(read: Reader<T>, most = 100): Reader<readonly T[]> =>
  (value, path) => {
    if (!Array.isArray(value)) throw badParameter('Invalid array', path);
    if (value.length > most) throw badParameter(`Array too long: at most ${most}`, path);
    return value.map((one: FormValue, index) => read(one, `${path}[${index}]`));
  };

/** Metadata: 50 keys of 40 characters, values of 500; an empty value takes a key away. */
export const metadata: Reader<Readonly<Record<string, string>>> = (value, path) => {
  if (value === '') return {};
  if (!isObject(value)) throw badParameter('Invalid object', path);
  const entries = Object.entries(value);
  if (entries.length > 50) throw badParameter('You can specify up to 50 keys', path);
  for (const [key, one] of entries) {
    if (typeof one !== 'string') throw badParameter('Invalid string', `${path}[${key}]`);
    if (key.length > 40)
      throw badParameter(
        `Metadata keys can have up to 40 characters, but you passed in a key that is ${key.length} characters.`,
        `${path}[${key}]`,
      );
    if (one.length > 500)
      throw badParameter(
        `Metadata values can have up to 500 characters, but you passed in a value that is ${one.length} characters. Invalid value: ${one.slice(0, 40)}`,
        `${path}[${key}]`,
      );
  }
  return Object.fromEntries(entries as [string, string][]);
};

/** Merges as Stripe does: new keys in, empty values out. */
export const mergeMetadata = (
  old: Readonly<Record<string, string>> | null,
  change: Readonly<Record<string, string>> | undefined,
): Record<string, string> =>
  Object.fromEntries(Object.entries({ ...old, ...change }).filter(([, value]) => value !== ''));

export type Range = {
  readonly gt?: number;
  readonly gte?: number;
  readonly lt?: number;
  readonly lte?: number;
};

/** `created=123` or `created[gte]=123`. */
export const range: Reader<Range> = (value, path) => {
  if (typeof value === 'string') {
    const exactly = integer()(value, path);
    return { gte: exactly, lte: exactly };
  }
  const read = shape({ gt: integer(), gte: integer(), lt: integer(), lte: integer() })(value, path);
  return Object.fromEntries(Object.entries(read).filter(([, one]) => one !== undefined));
};

export const inRange = (value: number, wanted: Range | undefined): boolean =>
  wanted === undefined ||
  ((wanted.gt === undefined || value > wanted.gt) &&
    (wanted.gte === undefined || value >= wanted.gte) &&
    (wanted.lt === undefined || value < wanted.lt) &&
    (wanted.lte === undefined || value <= wanted.lte));

export const url: Reader<string> = (value, path) => {
  const given = text(5000)(value, path);
  const probe = given.replaceAll('{CHECKOUT_SESSION_ID}', 'id');
  if (!URL.canParse(probe) || !/^https?:$/.test(new URL(probe).protocol))
    throw badParameter('Not a valid URL', path, 'url_invalid');
  return given;
};

export const email: Reader<string> = (value, path) => {
  const given = text(512)(value, path);
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(given))
    throw badParameter(`Invalid email address: ${given}`, path, 'email_invalid');
  return given;
};

/** Accepted for the sake of Stripe's own trigger calls, and without effect here. */
export const ignored: Reader<unknown> = (value) => value;

/** Stripe knows it, the stand-in does not: refused by name, never silently dropped. */
export const unimitated: Reader<never> = (_value, path) => {
  throw notImitated(path);
};

/** Many such names at once. */
export const unimitatedFields = <const K extends string>(names: readonly K[]): Record<K, Reader<never>> =>
  Object.fromEntries(names.map((name) => [name, unimitated])) as Record<K, Reader<never>>;
