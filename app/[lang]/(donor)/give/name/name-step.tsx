'use client';

import { useEffect, useState } from 'react';
import { Btn } from '@/app/_ui/btn/component';
import { Group, TextAreaField, TextField, Tile } from '@/app/_ui/form/component';
import type { Lang } from '@/lib/i18n/languages';
import { readNameStep, type Typed } from '@/lib/payments/give-draft.form';
import type { StepWords } from '../../_give/step-words';
import { StepProblems, useStep, type StepAction } from '../../_give/use-step';

type NameWord =
  | 'legend'
  | 'no'
  | 'noNote'
  | 'yes'
  | 'yesNote'
  | 'shownAs'
  | 'shownAsHint'
  | 'preview'
  | 'anonymous'
  | 'moderated'
  | 'more'
  | 'dedication'
  | 'dedicationHint'
  | 'message'
  | 'messageHint'
  | 'email'
  | 'emailHint'
  | 'receiptName'
  | 'receiptNameHint'
  | 'forget'
  | 'next';

export function NameStep({
  lang,
  action,
  answers,
  publicLine,
  said,
  t,
}: {
  lang: Lang;
  action: StepAction;
  answers: Typed;
  /** What stands beside the name in public: "¥500.00 · Longevity Lane". */
  publicLine: string;
  said: StepWords;
  t: Readonly<Record<NameWord, string>>;
}) {
  const step = useStep(action, answers, said, readNameStep);
  const { register, watch } = step.form;
  // Without script the preview could not follow what is typed, so it is not there.
  const [scripted, setScripted] = useState(false);
  useEffect(() => setScripted(true), []);
  const shown = watch('show') === 'yes' ? (watch('shownAs') ?? '').trim() : '';
  const field = (name: string) => ({ ...register(name), defaultValue: step.valueOf(name) });
  return (
    <form {...step.bind}>
      <StepProblems step={step} said={said} />
      <Group id="show" legend={<span className="sr-only">{t.legend}</span>} error={step.errorOf('show')}>
        <Tile
          title={t.no}
          note={t.noNote}
          value="no"
          {...register('show')}
          defaultChecked={step.valueOf('show') !== 'yes'}
        />
        <Tile
          title={t.yes}
          note={t.yesNote}
          value="yes"
          {...register('show')}
          defaultChecked={step.valueOf('show') === 'yes'}
        />
      </Group>
      <TextField
        id="shownAs"
        label={t.shownAs}
        hint={t.shownAsHint}
        error={step.errorOf('shownAs')}
        autoComplete="off"
        maxLength={400}
        {...field('shownAs')}
      />
      {scripted && (
        <p className="give-dates" role="status">
          {t.preview}
          <br />
          <b>
            <bdi>{shown === '' ? t.anonymous : shown}</bdi>
          </b>
          {' · '}
          {publicLine}
        </p>
      )}
      <p className="caption">{t.moderated}</p>
      <TextField
        id="email"
        type="email"
        label={t.email}
        hint={t.emailHint}
        error={step.errorOf('email')}
        autoComplete="email"
        inputMode="email"
        maxLength={320}
        optionalIn={lang}
        {...field('email')}
      />
      <TextField
        id="receiptName"
        label={t.receiptName}
        hint={t.receiptNameHint}
        error={step.errorOf('receiptName')}
        autoComplete="name"
        maxLength={400}
        optionalIn={lang}
        {...field('receiptName')}
      />
      <details
        className="give-more"
        open={['dedication', 'message'].some((name) => step.valueOf(name) !== '' || step.errorOf(name))}
      >
        <summary>{t.more}</summary>
        <div>
          <TextField
            id="dedication"
            label={t.dedication}
            hint={t.dedicationHint}
            error={step.errorOf('dedication')}
            maxLength={600}
            optionalIn={lang}
            {...field('dedication')}
          />
          <TextAreaField
            id="message"
            label={t.message}
            hint={t.messageHint}
            error={step.errorOf('message')}
            maxLength={1200}
            optionalIn={lang}
            {...field('message')}
          />
        </div>
      </details>
      <p>{t.forget}</p>
      <div className="give-foot">
        <Btn kind="primary" wide disabled={step.pending}>
          {t.next}
        </Btn>
      </div>
    </form>
  );
}
