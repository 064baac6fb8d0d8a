import type { Actor } from '@/lib/auth/roles.rules';
import { noteRefusal } from '@/lib/server/refusal-log';
import { isCurrency, parseAmount, parseSignedAmount } from '@/lib/shared/money';
import type { Refusal } from '@/lib/shared/refusal';

/** Thrown inside a reader when a field cannot be read; the action turns it into the form's answer. */
export class FieldRefused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.name);
  }
}

/** The line of the log for a field that could not be read; `door` is the act that the form was for. */
export const noteRefusedField = (refusal: Refusal, door: string, actor: Actor): void => {
  const { name, field } = refusal;
  // Nobody types the form's own number: without it the form is none of ours.
  noteRefusal({ code: field === 'key' ? 'key_wrong' : name, field, door, actor });
};

/** Reads a staff form field by field. Amounts become minor units, empty optional text becomes null. */
export const deskForm = (form: FormData) => {
  const text = (name: string): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const refuse = (field: string, reason: string): never => {
    throw new FieldRefused({ name: 'invalid_input', field, details: { reason } });
  };
  const amountOf = (name: string, parse: typeof parseAmount): bigint => {
    const currency = text('currency') || 'CNY';
    const parsed = parse(text(name), isCurrency(currency) ? currency : 'CNY');
    if (!parsed.ok) throw new FieldRefused({ ...parsed.refusal, field: name });
    return parsed.value;
  };
  return {
    text,
    optional: (name: string): string | null => text(name) || null,
    required: (name: string): string => text(name) || refuse(name, 'required'),
    day: (name: string): string =>
      /^\d{4}-\d{2}-\d{2}$/.test(text(name)) ? text(name) : refuse(name, 'date'),
    integer: (name: string): number =>
      /^\d{1,9}$/.test(text(name)) ? Number.parseInt(text(name), 10) : refuse(name, 'number'),
    /** Whole digits that a page of ours wrote, as text: they may be more than a number holds. */
    integerText: (name: string): string =>
      /^\d{1,18}$/.test(text(name)) ? text(name) : refuse(name, 'number'),
    /** A length typed in metres ("48", "62.5") as whole millimetres. */
    millimetres: (name: string): number => {
      const shape = /^(\d{1,6})(?:\.(\d{1,3}))?$/.exec(text(name));
      return shape
        ? Number.parseInt((shape[1] ?? '') + (shape[2] ?? '').padEnd(3, '0'), 10)
        : refuse(name, 'number');
    },
    /** A quantity that grows or shrinks ("20", "-1.5") in thousandths; nothing typed is none. */
    signedMilli: (name: string): bigint => {
      if (text(name) === '') return 0n;
      const shape = /^([-−+]?)(\d{1,9})(?:\.(\d{1,3}))?$/.exec(text(name));
      if (!shape) return refuse(name, 'number');
      const milli = BigInt((shape[2] ?? '') + (shape[3] ?? '').padEnd(3, '0'));
      return shape[1] === '-' || shape[1] === '−' ? -milli : milli;
    },
    amount: (name: string, optional = false): bigint =>
      optional && text(name) === '' ? 0n : amountOf(name, parseAmount),
    signedAmount: (name: string): bigint => amountOf(name, parseSignedAmount),
    file: (name: string): File => {
      const value = form.get(name);
      return value instanceof File && value.size > 0 ? value : refuse(name, 'required');
    },
    hasFile: (name: string): boolean => {
      const value = form.get(name);
      return value instanceof File && value.size > 0;
    },
    has: (name: string): boolean => text(name) !== '',
  };
};

export type DeskForm = ReturnType<typeof deskForm>;
