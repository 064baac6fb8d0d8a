'use client';

import type { ReactNode } from 'react';
import { Btn } from '@/app/_ui/btn/component';
import { Group, TextField, Tile } from '@/app/_ui/form/component';
import { amountText, metresText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { OTHER, readAmountStep, type Typed } from '@/lib/payments/give-draft.form';
import { millimetresFor } from '@/lib/payments/give-draft.rules';
import type { CurrencyCode } from '@/lib/shared/currencies';
import { money } from '@/lib/shared/money';
import { roughly } from '../_give/roughly';
import type { StepWords } from '../_give/step-words';
import { StepProblems, useStep, type StepAction } from '../_give/use-step';

type Price = { readonly budgetMinor: bigint; readonly lengthMm: bigint };

export type AmountWords = {
  readonly legend: string;
  readonly other: string;
  readonly otherHint: string;
  /** A sentence with {amount} and {metres}. */
  readonly lays: string;
  readonly price: string;
  readonly next: string;
};

export function AmountStep({
  lang,
  action,
  answers,
  currency,
  tiles,
  price,
  hidden,
  said,
  t,
}: {
  lang: Lang;
  action: StepAction;
  answers: Typed;
  currency: CurrencyCode;
  tiles: readonly { readonly value: string; readonly label: ReactNode; readonly note?: string | undefined }[];
  /** Only in the book currency: metres of another currency depend on a rate nobody knows yet. */
  price: Price | null;
  hidden: Readonly<Record<string, string>>;
  said: StepWords;
  t: AmountWords;
}) {
  const step = useStep(action, answers, said, (typed) => readAmountStep(typed, currency));
  const { register, watch, setValue } = step.form;
  const chosen = readAmountStep(watch(), currency);
  return (
    <form {...step.bind}>
      <StepProblems step={step} said={said} />
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Group id="amount" legend={<span className="sr-only">{t.legend}</span>} columns>
        {tiles.map((tile) => (
          <Tile
            key={tile.value}
            title={tile.label}
            note={tile.note}
            value={tile.value}
            {...register('amount', { onChange: () => setValue('other', '') })}
            defaultChecked={step.valueOf('amount') === tile.value}
          />
        ))}
      </Group>
      <TextField
        id="other"
        label={t.other}
        hint={t.otherHint}
        error={step.errorOf('other')}
        inputMode="decimal"
        autoComplete="off"
        enterKeyHint="next"
        maxLength={30}
        figures
        {...register('other', { onChange: () => setValue('amount', OTHER) })}
        defaultValue={step.valueOf('other')}
      />
      {price && (
        <MetrePreview
          lang={lang}
          amountMinor={chosen.ok ? chosen.value : null}
          currency={currency}
          price={price}
          lays={t.lays}
          otherwise={t.price}
        />
      )}
      <div className="give-foot">
        <Btn kind="primary" wide disabled={step.pending}>
          {t.next}
        </Btn>
      </div>
    </form>
  );
}

/** How much road the amount lays, drawn and said; it is read out when it changes. */
function MetrePreview({
  lang,
  amountMinor,
  currency,
  price,
  lays,
  otherwise,
}: {
  lang: Lang;
  amountMinor: bigint | null;
  currency: CurrencyCode;
  price: Price;
  lays: string;
  otherwise: string;
}) {
  const millimetres = amountMinor === null ? 0n : millimetresFor(amountMinor, price);
  // Three metres fill the strip: enough for the tiles, and more is simply full.
  const share = Number(millimetres > 3000n ? 3000n : millimetres) / 30;
  return (
    <div className="give-metre">
      <svg aria-hidden="true" focusable="false">
        <rect className="give-bar-gravel" width="100%" height="34" />
        <rect className="give-bar-asphalt" width={`${share}%`} height="34" />
        <line className="give-bar-paint" x1="0" x2={`${share}%`} y1="17" y2="17" />
      </svg>
      <p role="status">
        {amountMinor === null || millimetres === 0n
          ? otherwise
          : lays
              .replace('{amount}', amountText(money(currency, amountMinor)))
              .replace('{metres}', metresText(roughly(millimetres), lang))}
      </p>
    </div>
  );
}
