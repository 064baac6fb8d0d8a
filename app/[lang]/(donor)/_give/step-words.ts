import { amountText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { GIVE_MISTAKES } from '@/lib/payments/give-draft.form';
import { GIVING_CURRENCIES, isGivingCurrency } from '@/lib/payments/give-draft.rules';
import type { CurrencyCode } from '@/lib/shared/currencies';
import { minorDigits, money } from '@/lib/shared/money';
import type { MistakeWords } from './step-state';

/** Words every step's form needs in the browser, so that the dictionaries stay on the server. */
export type StepWords = {
  /** For one mistake, two, and so on. */
  readonly problems: readonly string[];
  readonly problemsHint: string;
  readonly refused: string;
  readonly mistakes: MistakeWords;
};

export const stepWords = (
  lang: Lang,
  about: { readonly currency: CurrencyCode; readonly today: string; readonly amountMinor?: bigint | null },
): StepWords => {
  const t = words(lang, 'give');
  return {
    problems: Array.from({ length: 6 }, (_, index) => t('problems', { count: index + 1 })),
    problemsHint: t('problemsHint'),
    refused: t('refusedTitle'),
    mistakes: mistakeWords(lang, about),
  };
};

/** What to say beside a field, for each mistake, with the figures of this campaign and currency. */
export const mistakeWords = (
  lang: Lang,
  {
    currency,
    today,
    amountMinor,
  }: { readonly currency: CurrencyCode; readonly today: string; readonly amountMinor?: bigint | null },
): MistakeWords => {
  const t = words(lang, 'give');
  const minimumMinor = isGivingCurrency(currency) ? GIVING_CURRENCIES[currency].minimumMinor : 1n;
  return Object.fromEntries(
    GIVE_MISTAKES.map((name) => {
      switch (name) {
        case 'amount_decimals':
          return [name, t('mistakes.amount_decimals', { digits: minorDigits(currency) })];
        case 'amount_small':
          return [name, t('mistakes.amount_small', { minimum: amountText(money(currency, minimumMinor)) })];
        case 'date_missing':
          return [name, t('mistakes.date_missing', { example: today })];
        case 'parts_sum':
          return [name, t('mistakes.parts_sum', { amount: amountText(money(currency, amountMinor ?? 0n)) })];
        default:
          return [name, t(`mistakes.${name}`)];
      }
    }),
  ) as MistakeWords;
};
