import type { ComponentProps, ReactNode } from 'react';
import type { Lang } from '@/lib/i18n/languages';
import { optional } from '@/lib/i18n/messages/optional';
import { Icon } from '../icon/component';

type FieldWords = {
  /** Also the target of the error summary's links. */
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  /** Says what to type, not what is forbidden. The entry itself is kept by the caller. */
  error?: ReactNode;
  /** Set to say that the field may stay empty; fields are asked for by default. */
  optionalIn?: Lang | undefined;
};

/** What an input needs so that its hint and its error are read together with it. */
export const described = (id: string, hint: ReactNode, error: ReactNode) => {
  const by = [hint != null && `${id}-hint`, error != null && `${id}-error`].filter(Boolean).join(' ');
  return {
    id,
    'aria-describedby': by === '' ? undefined : by,
    'aria-invalid': error != null ? (true as const) : undefined,
  };
};

/** Label, hint, control and error of one question. Use it directly only for a control that is not listed below. */
export function Field({
  id,
  label,
  hint,
  error,
  optionalIn,
  children,
}: FieldWords & { children: ReactNode }) {
  return (
    <div className={error != null ? 'field field-wrong' : 'field'}>
      <label htmlFor={id}>
        {label}
        {optionalIn && <span className="field-optional">{optional[optionalIn].optional}</span>}
      </label>
      {hint != null && (
        <span className="field-hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {children}
      {error != null && (
        <p className="field-error" id={`${id}-error`}>
          <Icon name="octagon" />
          <span>{error}</span>
        </p>
      )}
    </div>
  );
}

type Control<Tag extends 'input' | 'select' | 'textarea'> = FieldWords &
  Omit<ComponentProps<Tag>, keyof FieldWords | 'className' | 'style'>;

/** One line of text. For money give `inputMode="decimal"` and `figures`. */
export function TextField({
  id,
  label,
  hint,
  error,
  optionalIn,
  figures = false,
  ...input
}: Control<'input'> & { figures?: boolean | undefined }) {
  return (
    <Field id={id} label={label} hint={hint} error={error} optionalIn={optionalIn}>
      <input {...input} {...described(id, hint, error)} className={figures ? 'input num' : 'input'} />
    </Field>
  );
}

export function TextAreaField({ id, label, hint, error, optionalIn, ...area }: Control<'textarea'>) {
  return (
    <Field id={id} label={label} hint={hint} error={error} optionalIn={optionalIn}>
      <textarea rows={4} {...area} {...described(id, hint, error)} className="input" />
    </Field>
  );
}

export type Choice = { readonly value: string; readonly label: string; readonly disabled?: boolean };

export function SelectField({
  id,
  label,
  hint,
  error,
  optionalIn,
  choices,
  ...select
}: Omit<Control<'select'>, 'children'> & { choices: readonly Choice[] }) {
  return (
    <Field id={id} label={label} hint={hint} error={error} optionalIn={optionalIn}>
      <select {...select} {...described(id, hint, error)} className="input">
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} disabled={choice.disabled}>
            {choice.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** Several tiles under one question. The error belongs to the group and is read with its legend. */
export function Group({
  id,
  legend,
  hint,
  error,
  columns = false,
  children,
}: {
  id: string;
  legend: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  /** Two tiles to a line where there is room: short answers such as amounts. */
  columns?: boolean | undefined;
  children: ReactNode;
}) {
  const { 'aria-describedby': by } = described(id, hint, error);
  return (
    <fieldset id={id} aria-describedby={by} className={error != null ? 'group field-wrong' : 'group'}>
      <legend>{legend}</legend>
      {hint != null && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <div className={columns ? 'group-tiles group-columns' : 'group-tiles'}>{children}</div>
      {error != null && (
        <p className="field-error" id={`${id}-error`}>
          <Icon name="octagon" />
          <span>{error}</span>
        </p>
      )}
    </fieldset>
  );
}

/**
 * One answer as a large target over a native radio or checkbox. A tile that cannot be chosen says why in its
 * second line.
 */
export function Tile({
  title,
  note,
  end,
  type = 'radio',
  ...input
}: {
  title: ReactNode;
  note?: ReactNode;
  /** Something small at the end of the line: a milestone, an icon, an amount. */
  end?: ReactNode;
  type?: 'radio' | 'checkbox' | undefined;
} & Omit<ComponentProps<'input'>, 'title' | 'type' | 'className' | 'style'>) {
  return (
    <label className="tile">
      <input {...input} type={type} />
      <span className="tile-face">
        <span className="tile-text">
          <b>{title}</b>
          {note != null && <small>{note}</small>}
        </span>
        {end}
      </span>
    </label>
  );
}
