'use client';

import { useActionState } from 'react';
import type { Lang } from '@/lib/i18n/languages';
import { Btn } from '../../../_ui/btn/component';
import { SelectField, TextAreaField, TextField, type Choice } from '../../../_ui/form/component';
import { Msg } from '../../../_ui/msg/component';
import { sendReport, type ReportState } from './actions';

export type ReportWords = Readonly<
  Record<
    | 'kind'
    | 'road'
    | 'roadHint'
    | 'about'
    | 'told'
    | 'toldHint'
    | 'picture'
    | 'contact'
    | 'contactHint'
    | 'send'
    | 'refused',
    string
  >
>;

type Props = {
  readonly lang: Lang;
  readonly formKey: string;
  readonly campaign: string;
  readonly road: string;
  readonly kinds: readonly Choice[];
  readonly about: readonly Choice[];
  readonly words: ReportWords;
};

/** What anyone can tell us. Works without script; nothing typed is lost. */
export function ReportForm({ lang, formKey, campaign, road, kinds, about, words }: Props) {
  // The address for a browser without script; without it the form would have an empty one, which is not valid HTML.
  const [state, send, pending] = useActionState<ReportState, FormData>(
    sendReport,
    { message: null, field: null, typed: {} },
    `/${lang}/report`,
  );
  const error = (field: string) => (state.field === field ? state.message : undefined);
  const fields = ['segment', 'told', 'picture'];
  return (
    <form
      action={send}
      id="report"
      className="grid gap-4"
      noValidate
      // React resets a form when the answer comes, and with it what was typed meanwhile.
      onReset={(event) => {
        event.preventDefault();
      }}
    >
      <input type="hidden" name="lang" value={lang} />
      <input type="hidden" name="key" value={formKey} />
      <input type="hidden" name="campaign" value={campaign} />
      {state.message !== null && !fields.includes(state.field ?? '') && (
        <Msg kind="err" title={words.refused}>
          {state.message}
        </Msg>
      )}
      <SelectField
        id="kind"
        name="kind"
        label={words.kind}
        choices={kinds}
        defaultValue={state.typed['kind']}
      />
      <TextField
        id="segment"
        name="segment"
        label={words.road}
        hint={words.roadHint}
        error={error('segment')}
        optionalIn={lang}
        defaultValue={state.typed['segment'] ?? road}
        autoComplete="off"
      />
      <TextAreaField
        id="told"
        name="told"
        label={words.told}
        hint={words.toldHint}
        error={error('told')}
        rows={6}
        defaultValue={state.typed['told']}
      />
      <TextField
        id="picture"
        name="picture"
        type="file"
        accept="image/jpeg,image/png,image/webp"
        label={words.picture}
        error={error('picture')}
        optionalIn={lang}
      />
      <SelectField
        id="aboutRole"
        name="aboutRole"
        label={words.about}
        choices={about}
        defaultValue={state.typed['aboutRole']}
      />
      <TextField
        id="contact"
        name="contact"
        label={words.contact}
        hint={words.contactHint}
        optionalIn={lang}
        defaultValue={state.typed['contact']}
        autoComplete="email"
      />
      <div>
        <Btn kind="primary" type="submit" disabled={pending}>
          {words.send}
        </Btn>
      </div>
    </form>
  );
}
