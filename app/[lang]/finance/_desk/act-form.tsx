'use client';

import { Btn } from '../../../_ui/btn/component';
import { SelectField, TextAreaField, TextField } from '../../../_ui/form/component';
import { Msg } from '../../../_ui/msg/component';
import { rowsOf, type DeskField, type DeskState } from './act-form.rules';
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
}: Props) {
  const { state, pending, bind } = useKeptForm(action, hidden['key'] ?? '');
  return (
    <form {...bind} id={id} className="desk-form">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {state.message !== null && !fields.some((field) => field.name === state.field) && (
        <Msg kind="err" title={refusedTitle}>
          {state.message}
        </Msg>
      )}
      {rowsOf(fields).map((row) => {
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
          defaultValue={typed}
        />
      );
    case 'file':
      return <TextField {...shared} type="file" accept={field.accept} />;
    case 'choice':
      return <SelectField {...shared} choices={field.choices} defaultValue={typed} />;
  }
}
