'use client';

import type { ReactNode } from 'react';
import { Btn } from '../../../_ui/btn/component';
import { SelectField, TextAreaField, TextField } from '../../../_ui/form/component';
import { Msg } from '../../../_ui/msg/component';
import type { DeskState } from '../_desk/act-form.rules';
import { useKeptForm } from '../_desk/use-kept-form';

export type BatchWords = Readonly<
  Record<
    | 'count'
    | 'total'
    | 'kind'
    | 'mixed'
    | 'cash'
    | 'cheque'
    | 'bank'
    | 'on'
    | 'paste'
    | 'pasteHint'
    | 'rows'
    | 'name'
    | 'amount'
    | 'channel'
    | 'road'
    | 'pledge'
    | 'reference'
    | 'sheet'
    | 'note'
    | 'submit'
    | 'refused'
    | 'campaign',
    string
  >
>;

const ROWS = [0, 1, 2, 3, 4, 5, 6, 7];

/** A bundle of gifts: totals first, then rows or a paste, then the cash sheet. Tab from field to field, Enter sends. */
export function BatchForm({
  action,
  hidden,
  says,
  today,
  faces,
  campaigns,
}: {
  action: (state: DeskState, form: FormData) => Promise<DeskState>;
  hidden: Readonly<Record<string, string>>;
  says: BatchWords;
  today: string;
  faces: readonly { readonly value: string; readonly label: string }[];
  campaigns: readonly { readonly value: string; readonly label: string }[];
}) {
  const { state, pending, bind } = useKeptForm(action, hidden['key'] ?? '');
  const typed = (name: string, otherwise = ''): string => state.values[name] ?? otherwise;
  const error = (name: string): string | undefined =>
    state.field === name ? (state.message ?? undefined) : undefined;
  const field = (
    name: string,
    label: string,
    more: { figures?: boolean; type?: string; value?: string; inputMode?: 'decimal' | 'numeric' } = {},
  ): ReactNode => (
    <TextField
      key={name}
      id={name}
      name={name}
      label={label}
      error={error(name)}
      autoComplete="off"
      figures={more.figures}
      type={more.type}
      inputMode={more.inputMode}
      defaultValue={typed(name, more.value)}
    />
  );
  const cell = (name: string, label: string, n: number, inputMode?: 'decimal'): ReactNode => (
    <td key={name}>
      <input
        className="input batch-cell"
        name={`${name}${n}`}
        aria-label={`${label} ${n + 1}`}
        autoComplete="off"
        inputMode={inputMode}
        defaultValue={typed(`${name}${n}`)}
      />
    </td>
  );
  const shown = ['count', 'total', 'on', 'kind'];
  return (
    <form {...bind} id="gift-batch" className="desk-form batch-form">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {state.message !== null && !shown.includes(state.field ?? '') && (
        <Msg kind="err" title={says.refused}>
          {state.message}
        </Msg>
      )}
      <div className="batch-grid">
        <SelectField id="campaign" name="campaign" label={says.campaign} choices={campaigns} />
        {field('count', says.count, { figures: true, inputMode: 'numeric' })}
        {field('total', says.total, { figures: true, inputMode: 'decimal' })}
        <SelectField
          id="kind"
          name="kind"
          label={says.kind}
          defaultValue={typed('kind', 'cash')}
          choices={(['cash', 'cheque', 'mixed'] as const).map((value) => ({ value, label: says[value] }))}
        />
        {field('on', says.on, { type: 'date', value: today })}
        {field('note', says.note)}
      </div>
      <h3>{says.rows}</h3>
      <div className="scroll-box" tabIndex={0} role="region" aria-label={says.rows}>
        <table className="dense">
          <caption className="sr-only">{says.rows}</caption>
          <thead>
            <tr>
              {[says.name, says.amount, says.channel, says.road, says.pledge, says.reference].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ROWS.map((n) => (
              <tr key={n}>
                {cell('name', says.name, n)}
                {cell('amount', says.amount, n, 'decimal')}
                <td>
                  <select
                    className="input batch-cell"
                    name={`channel${n}`}
                    aria-label={`${says.channel} ${n + 1}`}
                    defaultValue={typed(`channel${n}`)}
                  >
                    <option value="">—</option>
                    {(['cash', 'cheque', 'bank'] as const).map((value) => (
                      <option key={value} value={value}>
                        {says[value]}
                      </option>
                    ))}
                  </select>
                </td>
                {cell('designation', says.road, n)}
                {cell('pledge', says.pledge, n)}
                {cell('reference', says.reference, n)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <TextAreaField
        id="paste"
        name="paste"
        label={says.paste}
        hint={says.pasteHint}
        rows={4}
        defaultValue={typed('paste')}
      />
      <details open={state.field === 'cash'}>
        <summary>{says.sheet}</summary>
        <div className="batch-grid">
          {faces.map((face) =>
            field(`face${face.value}`, face.label, { figures: true, inputMode: 'numeric' }),
          )}
        </div>
      </details>
      <Btn type="submit" size="dense" disabled={pending}>
        {says.submit}
      </Btn>
    </form>
  );
}
