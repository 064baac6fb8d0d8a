'use client';

import { useActionState } from 'react';
import { metresText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { Btn } from '../../../../_ui/btn/component';
import { SelectField, TextAreaField, TextField } from '../../../../_ui/form/component';
import { Msg } from '../../../../_ui/msg/component';
import { Panel } from '../../../../_ui/staff/component';
import { Table } from '../../../../_ui/table/component';
import { importRoads } from './actions';
import type { ImportState } from './import.rules';

export type ImportWords = Readonly<
  Record<
    | 'campaign'
    | 'grid'
    | 'ask'
    | 'upload'
    | 'paste'
    | 'pasteHint'
    | 'look'
    | 'take'
    | 'seen'
    | 'refused'
    | 'wrong'
    | 'code'
    | 'name'
    | 'stated'
    | 'computed'
    | 'width'
    | 'facts'
    | 'points'
    | 'state'
    | 'fine',
    string
  >
>;

type Props = {
  readonly lang: Lang;
  readonly formKey: string;
  readonly campaigns: readonly string[];
  readonly grids: readonly { readonly value: string; readonly label: string }[];
  readonly words: ImportWords;
};

/** First the file is read and shown road by road; what was shown, and only that, can then be entered. */
export function ImportForm({ lang, formKey, campaigns, grids, words }: Props) {
  const [state, send, pending] = useActionState<ImportState, FormData>(importRoads, {
    message: null,
    atUpload: false,
    roads: null,
    file: '',
    uploads: 0,
    grid: null,
    campaign: campaigns[0] ?? '',
  });
  const wrong = state.roads?.some((road) => road.problem !== null) ?? false;
  return (
    <>
      {state.message !== null && (
        <Msg kind="err" title={words.refused}>
          {state.message}
        </Msg>
      )}
      {wrong && <Msg kind="err" title={words.wrong} />}
      {state.roads !== null && (
        <Panel title={words.seen} flush>
          <SeenRoads lang={lang} roads={state.roads} words={words} />
          {!wrong && (
            <form action={send} id="import-take" className="desk-form panel-body">
              <input type="hidden" name="lang" value={lang} />
              <input type="hidden" name="key" value={formKey} />
              <input type="hidden" name="confirm" value="1" />
              <input type="hidden" name="campaign" value={state.campaign} />
              <input type="hidden" name="grid" value={state.grid ?? ''} />
              <textarea hidden readOnly name="file" value={state.file} />
              <Btn kind="primary" size="dense" type="submit" disabled={pending}>
                {words.take}
              </Btn>
            </form>
          )}
        </Panel>
      )}
      <Panel>
        <form
          action={send}
          id="import-look"
          className="desk-form"
          // React resets a form when the answer comes, and with it what was typed meanwhile.
          onReset={(event) => {
            event.preventDefault();
          }}
        >
          <input type="hidden" name="lang" value={lang} />
          <SelectField
            id="campaign"
            name="campaign"
            label={words.campaign}
            defaultValue={state.campaign}
            choices={campaigns.map((value) => ({ value, label: value }))}
          />
          <SelectField
            id="grid"
            name="grid"
            label={words.grid}
            defaultValue={state.grid ?? ''}
            choices={[{ value: '', label: words.ask }, ...grids]}
          />
          <TextField
            id="upload"
            name="upload"
            // What was uploaded stands in the field of text now, and what is changed there counts.
            key={`upload ${state.uploads}`}
            type="file"
            accept=".geojson,.json,.csv,application/geo+json,text/csv"
            label={words.upload}
            error={state.atUpload ? state.message : undefined}
          />
          <TextAreaField
            id="file"
            name="file"
            label={words.paste}
            hint={words.pasteHint}
            rows={6}
            key={`file ${state.uploads}`}
            defaultValue={state.file}
          />
          <Btn kind="line" size="dense" type="submit" disabled={pending}>
            {words.look}
          </Btn>
        </form>
      </Panel>
    </>
  );
}

function SeenRoads({
  lang,
  roads,
  words,
}: Pick<Props, 'lang' | 'words'> & { readonly roads: NonNullable<ImportState['roads']> }) {
  return (
    <Table
      caption={words.seen}
      captionHidden
      look="dense"
      lang={lang}
      rows={roads}
      rowKey={(road) => road.code}
      columns={[
        { key: 'code', head: words.code, names: true, cell: (road) => road.code },
        { key: 'name', head: words.name, cell: (road) => road.name },
        {
          key: 'stated',
          head: words.stated,
          numeric: true,
          cell: (road) => (road.statedMm === null ? '—' : metresText(road.statedMm, lang)),
        },
        {
          key: 'computed',
          head: words.computed,
          numeric: true,
          cell: (road) => metresText(road.lengthMm, lang),
        },
        { key: 'width', head: words.width, numeric: true, cell: (road) => metresText(road.widthMm, lang) },
        { key: 'facts', head: words.facts, cell: (road) => road.facts || '—' },
        { key: 'points', head: words.points, numeric: true, cell: (road) => road.points },
        { key: 'state', head: words.state, cell: (road) => road.problem ?? words.fine },
      ]}
    />
  );
}
