'use client';

import { useEffect, useState } from 'react';
import { Btn } from '@/app/_ui/btn/component';
import { Group, SelectField, TextAreaField, TextField, Tile } from '@/app/_ui/form/component';
import type { Lang } from '@/lib/i18n/languages';
import { readNameStep, type Typed } from '@/lib/payments/give-draft.form';
import type { CurrencyCode } from '@/lib/shared/currencies';
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
  | 'next'
  | 'alias'
  | 'aliasNote'
  | 'giver'
  | 'giverHint'
  | 'person'
  | 'family'
  | 'organisation'
  | 'contact'
  | 'contactHint'
  | 'dedicationKind'
  | 'plain'
  | 'honour'
  | 'memory'
  | 'sharers'
  | 'sharersHint';

export function NameStep({
  lang,
  action,
  answers,
  publicLine,
  gift,
  sharerLabels,
  said,
  t,
}: {
  lang: Lang;
  action: StepAction;
  answers: Typed;
  /** What stands beside the name in public: "¥500.00 · Longevity Lane". */
  publicLine: string;
  gift: { readonly amountMinor: string; readonly currency: CurrencyCode };
  sharerLabels: readonly { readonly name: string; readonly share: string }[];
  said: StepWords;
  t: Readonly<Record<NameWord, string>>;
}) {
  const step = useStep(action, answers, said, (typed) =>
    readNameStep(typed, { amountMinor: BigInt(gift.amountMinor), currency: gift.currency }),
  );
  const { register, watch } = step.form;
  // Without script the preview could not follow what is typed, so it is not there.
  const [scripted, setScripted] = useState(false);
  useEffect(() => setScripted(true), []);
  const shown = ['yes', 'alias'].includes(watch('show') ?? '') ? (watch('shownAs') ?? '').trim() : '';
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
          defaultChecked={step.valueOf('show') !== 'yes' && step.valueOf('show') !== 'alias'}
        />
        <Tile
          title={t.yes}
          note={t.yesNote}
          value="yes"
          {...register('show')}
          defaultChecked={step.valueOf('show') === 'yes'}
        />
        <Tile
          title={t.alias}
          note={t.aliasNote}
          value="alias"
          {...register('show')}
          defaultChecked={step.valueOf('show') === 'alias'}
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
      <SelectField
        id="donorKind"
        label={t.giver}
        hint={t.giverHint}
        choices={[
          { value: 'person', label: t.person },
          { value: 'family', label: t.family },
          { value: 'organisation', label: t.organisation },
        ]}
        {...field('donorKind')}
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
      <TextField
        id="contact"
        label={t.contact}
        hint={t.contactHint}
        error={step.errorOf('contact')}
        autoComplete="name"
        maxLength={400}
        optionalIn={lang}
        {...field('contact')}
      />
      <details
        className="give-more"
        open={['dedication', 'message'].some((name) => step.valueOf(name) !== '' || step.errorOf(name))}
      >
        <summary>{t.more}</summary>
        <div>
          <SelectField
            id="dedicationKind"
            label={t.dedicationKind}
            choices={[
              { value: '', label: t.plain },
              { value: 'honour', label: t.honour },
              { value: 'memory', label: t.memory },
            ]}
            {...field('dedicationKind')}
          />
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
      <details
        className="give-more"
        open={sharerLabels.some((_, index) =>
          [`sharer${index + 1}`, `share${index + 1}`].some(
            (name) => step.valueOf(name) !== '' || step.errorOf(name),
          ),
        )}
      >
        <summary>{t.sharers}</summary>
        <div>
          <p className="caption">{t.sharersHint}</p>
          {sharerLabels.map((label, index) => (
            <div key={label.name} className="give-two">
              <TextField
                id={`sharer${index + 1}`}
                label={label.name}
                error={step.errorOf(`sharer${index + 1}`)}
                autoComplete="off"
                maxLength={400}
                optionalIn={lang}
                {...field(`sharer${index + 1}`)}
              />
              <TextField
                id={`share${index + 1}`}
                label={label.share}
                error={step.errorOf(`share${index + 1}`)}
                inputMode="decimal"
                autoComplete="off"
                maxLength={30}
                figures
                {...field(`share${index + 1}`)}
              />
            </div>
          ))}
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
