'use client';

import { Btn } from '../../../_ui/btn/component';
import { SelectField, TextAreaField, TextField } from '../../../_ui/form/component';
import { Msg } from '../../../_ui/msg/component';
import { foldsOf, rowsOf, type DeskField, type DeskState } from './act-form.rules';
import { useKeptForm } from './use-kept-form';

type Props = {
  readonly id: string;
  readonly lang: 'zh-Hans' | 'zh-Hant' | 'en';
  readonly action: (state: DeskState, form: FormData) => Promise<DeskState>;
  readonly hidden: Readonly<Record<string, string>>;
  readonly fields: readonly DeskField[];
  readonly submit: string;
  readonly refusedTitle: string;
  readonly kind?: 'primary' | 'line' | undefined;
  /** The key that leads to the button, shown inside it. */
  readonly hotkey?: string | undefined;
  /** Why this person cannot press the button (their own item); the button then says so. */
  readonly unavailable?: string | undefined;
  /** What the form does, when it is folded away under that; a refusal opens it. */
  readonly fold?: string | undefined;
};

/** One act of the desk as a form. Works without script; a refusal comes back at its field with nothing lost. */
export function ActForm({
  id,
  lang,
  action,
  hidden,
  fields,
  submit,
  refusedTitle,
  kind,
  hotkey,
  unavailable,
  fold,
}: Props) {
  const { state, pending, bind } = useKeptForm(action, hidden['key'] ?? '');
  const form = (
    <form {...bind} id={id} className="desk-form">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {state.message !== null && !fields.some((field) => field.name === state.field) && (
        <Msg kind="err" title={refusedTitle}>
          {state.message}
        </Msg>
      )}
      {foldsOf(fields).map((part) => {
        const rows = rowsOf(part.fields).map((row) => {
          const inputs = row.map((field) => (
            <DeskInput key={field.name} id={`${id}-${field.name}`} lang={lang} field={field} state={state} />
          ));
          return row.length === 1 ? (
            inputs
          ) : (
            <div key={row[0]?.name} className="desk-row" data-fields={row.length}>
              {inputs}
            </div>
          );
        });
        const isWrong = part.fields.some((field) => field.name === state.field);
        return part.fold === undefined ? (
          rows
        ) : (
          <details key={part.fields[0]?.name} className="desk-fold" open={isWrong || undefined}>
            <summary>{part.fold}</summary>
            {rows}
          </details>
        );
      })}
      <Btn
        kind={kind ?? 'primary'}
        size="dense"
        type="submit"
        hotkey={hotkey}
        disabled={pending}
        unavailable={unavailable}
      >
        {submit}
      </Btn>
    </form>
  );
  return fold === undefined ? (
    form
  ) : (
    <details open={state.message !== null || undefined}>
      <summary>{fold}</summary>
      {form}
    </details>
  );
}

function DeskInput({
  id,
  lang,
  field,
  state,
}: {
  id: string;
  lang: Props['lang'];
  field: DeskField;
  state: DeskState;
}) {
  const error = state.field === field.name ? state.message : undefined;
  const typed = state.values[field.name];
  const shared = { id, name: field.name, label: field.label, error };
  switch (field.kind) {
    case 'amount':
      return (
        <TextField
          {...shared}
          figures
          inputMode="decimal"
          autoComplete="off"
          defaultValue={typed ?? field.value}
        />
      );
    case 'number':
      return (
        <TextField
          {...shared}
          hint={field.hint}
          figures
          inputMode="numeric"
          autoComplete="off"
          defaultValue={typed ?? field.value}
        />
      );
    case 'day':
      return <TextField {...shared} type="date" defaultValue={typed ?? field.value} />;
    case 'text':
      return (
        <TextField
          {...shared}
          optionalIn={field.optional ? lang : undefined}
          autoComplete="off"
          defaultValue={typed ?? field.value}
        />
      );
    case 'area':
      return (
        <TextAreaField
          {...shared}
          optionalIn={field.optional ? lang : undefined}
          rows={2}
          defaultValue={typed ?? field.value}
        />
      );
    case 'file':
      return <TextField {...shared} type="file" accept={field.accept} />;
    case 'choice':
      // React gives a select that stands already no other default: a new one, else the reset after an act brings the old back.
      return (
        <SelectField
          key={field.value}
          {...shared}
          choices={field.choices}
          defaultValue={typed ?? field.value}
        />
      );
  }
}
