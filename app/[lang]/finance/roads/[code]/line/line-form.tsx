'use client';

import { useState, useSyncExternalStore } from 'react';
import { metresText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { checkLine, type Line } from '@/lib/segments/line.rules';
import { lineFromText, lineToText, sketchOf } from '@/lib/segments/line-text.rules';
import { Btn } from '../../../../../_ui/btn/component';
import { SelectField, TextAreaField, TextField, type Choice } from '../../../../../_ui/form/component';
import { Msg } from '../../../../../_ui/msg/component';
import { actOnDesk } from '../../../_desk/action';
import { useKeptForm } from '../../../_desk/use-kept-form';
import { LinePlan, type PlanWords } from './plan';

export type LineWords = PlanWords &
  Readonly<
    Record<
      | 'refused'
      | 'length'
      | 'coordinates'
      | 'coordinatesHint'
      | 'frozen'
      | 'width'
      | 'thickness'
      | 'class'
      | 'surface'
      | 'households'
      | 'privacy'
      | 'reason'
      | 'on'
      | 'save',
      string
    >
  >;

type Value = 'width' | 'thickness' | 'roadClass' | 'surface' | 'households' | 'privacy' | 'on';

type Props = {
  readonly lang: Lang;
  readonly hidden: Readonly<Record<string, string>>;
  readonly line: Line;
  readonly redrawn: boolean;
  readonly around: readonly [number, number] | null;
  readonly others: readonly Line[];
  readonly values: Readonly<Record<Value, string>>;
  readonly choices: Readonly<Record<'roadClass' | 'surface' | 'privacy', readonly Choice[]>>;
  readonly words: LineWords;
  /** What is wrong with a line, by the name of its refusal. */
  readonly problems: Readonly<Record<string, string>>;
};

const never = (): (() => void) => () => undefined;

/** The plan and the coordinates are one value in two shapes; without script the coordinates alone do everything. */
export function LineForm(props: Props) {
  const { lang, hidden, line: before, redrawn, around, others, values, choices, words, problems } = props;
  const { state, pending, bind } = useKeptForm(actOnDesk, hidden['key'] ?? '');
  const [text, setText] = useState(() => state.values['line'] ?? lineToText(before));
  const [sketch] = useState(() => sketchOf([before]));
  const scripted = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const drawn = lineFromText(text);
  const checked = drawn === null ? null : checkLine(drawn, around);
  const problem =
    checked === null ? problems['line_unreadable'] : checked.ok ? undefined : problems[checked.refusal.name];
  const error = (name: string) => (state.field === name ? (state.message ?? undefined) : undefined);
  const field = (name: Value) => ({
    id: `line-${name}`,
    name,
    error: error(name),
    defaultValue: state.values[name] ?? values[name],
  });
  const shown = ['line', 'reason', ...Object.keys(values)];
  return (
    <form {...bind} id="line-form" className="desk-form">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {state.message !== null && (state.field === null || !shown.includes(state.field)) && (
        <Msg kind="err" title={words.refused}>
          {state.message}
        </Msg>
      )}
      {redrawn ? (
        <>
          {scripted && drawn !== null && (
            <LinePlan
              sketch={sketch}
              line={drawn}
              around={others}
              words={words}
              onChange={(next) => {
                setText(lineToText(next));
              }}
            />
          )}
          <TextAreaField
            id="line-line"
            name="line"
            label={words.coordinates}
            hint={words.coordinatesHint}
            rows={6}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
            }}
            error={problem ?? error('line')}
          />
          <p aria-live="polite">
            {checked?.ok === true && (
              <>
                {words.length}: {metresText(checked.value.lengthMm, lang)}
              </>
            )}
          </p>
        </>
      ) : (
        <Msg kind="info" title={words.frozen} />
      )}
      <TextField {...field('width')} label={words.width} figures inputMode="decimal" />
      <TextField
        {...field('thickness')}
        label={words.thickness}
        figures
        inputMode="numeric"
        optionalIn={lang}
      />
      <SelectField {...field('roadClass')} label={words.class} choices={choices.roadClass} />
      <SelectField {...field('surface')} label={words.surface} choices={choices.surface} />
      <TextField
        {...field('households')}
        label={words.households}
        figures
        inputMode="numeric"
        optionalIn={lang}
      />
      <SelectField {...field('privacy')} label={words.privacy} choices={choices.privacy} />
      <TextField
        id="line-reason"
        name="reason"
        label={words.reason}
        error={error('reason')}
        defaultValue={state.values['reason']}
      />
      <TextField {...field('on')} type="date" label={words.on} />
      <Btn kind="primary" size="dense" type="submit" disabled={pending}>
        {words.save}
      </Btn>
    </form>
  );
}
