import type { Metadata } from 'next';
import { BtnLink } from '@/app/_ui/btn/component';
import { SelectField } from '@/app/_ui/form/component';
import { Btn } from '@/app/_ui/btn/component';
import { Msg } from '@/app/_ui/msg/component';
import { langParam } from '@/app/_ui/site/page-lang';
import { amountText, currencySymbol, metresText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import {
  GIVING_CURRENCIES,
  isGivingCurrency,
  millimetresFor,
  stepsOf,
  type GivingCurrency,
} from '@/lib/payments/give-draft.rules';
import { minorDigits, money, toDecimal } from '@/lib/shared/money';
import { freshDraft } from '../_give/draft-cookie';
import { hallEvent } from '@/lib/disclosure/hall.queries';
import { loadGiving, type Giving } from '../_give/giving';
import { roughly } from '../_give/roughly';
import { GiveShell } from '../_give/shell';
import { stepWords } from '../_give/step-words';
import { answerAmount } from './actions';
import { pageMeta } from '../../../_ui/site/page-meta';
import { AmountStep } from './amount-step';

type Props = {
  params: Promise<{ lang: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const lang = await langParam(params);
  const t = words(lang, 'give');
  return pageMeta(lang, '/give', { title: t('title'), description: t('description') });
}

export default async function GivePage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const asked = await searchParams;
  const text = (name: string): string => (typeof asked[name] === 'string' ? asked[name] : '');
  const t = words(lang, 'give');
  const evening = text('event') === '' ? null : await hallEvent(text('event'));
  const giving = await loadGiving(lang, evening?.campaign ?? (text('campaign') || null));
  if (!giving?.open) return <Closed lang={lang} />;
  if (giving.payElsewhereUrl !== null)
    return <Elsewhere lang={lang} giving={giving} url={giving.payElsewhereUrl} />;
  const draft = await freshDraft(giving.slug);
  const currency: GivingCurrency = isGivingCurrency(text('currency'))
    ? (text('currency') as GivingCurrency)
    : draft && isGivingCurrency(draft.currency)
      ? draft.currency
      : isGivingCurrency(giving.currency)
        ? giving.currency
        : 'CNY';
  const own = currency === giving.currency;
  const tiles = GIVING_CURRENCIES[currency].tiles.map((units) => {
    const minor = units * 10n ** BigInt(minorDigits(currency));
    return {
      value: String(units),
      label: amountText(money(currency, minor)).replace(/\.0+$/, ''),
      note: own
        ? t('amount.about', { metres: metresText(roughly(millimetresFor(minor, giving.price)), lang) })
        : undefined,
    };
  });
  const answered =
    draft !== null && draft.amountMinor !== null && draft.currency === currency
      ? answeredAmount(
          toDecimal(draft.amountMinor, currency),
          tiles.map((tile) => tile.value),
        )
      : { amount: '', other: '' };
  const perMetre = money(
    giving.currency,
    giving.price.lengthMm > 0n ? (giving.price.budgetMinor * 1000n) / giving.price.lengthMm : 0n,
  );
  const price = t('amount.price', { price: amountText(perMetre) });
  return (
    <GiveShell
      lang={lang}
      title={t('amount.title')}
      step={{ n: 1, total: stepsOf(draft ?? { timing: null }).length }}
    >
      <AmountStep
        key={currency}
        lang={lang}
        action={answerAmount.bind(null, lang)}
        answers={answered}
        currency={currency}
        tiles={tiles}
        price={own && giving.price.lengthMm > 0n ? giving.price : null}
        hidden={{
          campaign: giving.slug,
          currency,
          ...(text('road') !== '' && { road: text('road') }),
          ...(text('at') === 'hall' && { at: 'hall' }),
          ...(text('event') !== '' && { event: text('event') }),
        }}
        said={stepWords(lang, { currency, today: giving.today })}
        t={{
          legend: t('amount.legend'),
          other: t('amount.other'),
          otherHint: t('amount.otherHint', {
            unit: currency === 'CNY' ? t('units.CNY') : currencySymbol(currency).trim(),
            example: minorDigits(currency) === 0 ? '3125' : '312.50',
          }),
          lays: t('amount.lays', {
            amount: '{amount}',
            metres: '{metres}',
            price: amountText(perMetre),
          }),
          price,
          next: t('amount.next'),
        }}
      />
      <details className="give-more" open={!own}>
        <summary>{t('amount.foreign')}</summary>
        <form method="get" action={`/${lang}/give`}>
          <div>
            <p>{t('amount.foreignHint')}</p>
            {(['campaign', 'road', 'at', 'event'] as const).map((name) =>
              text(name) === '' ? null : <input key={name} type="hidden" name={name} value={text(name)} />,
            )}
            <SelectField
              id="currency"
              name="currency"
              label={t('amount.currency')}
              defaultValue={currency}
              choices={Object.keys(GIVING_CURRENCIES).map((code) => ({
                value: code,
                label: `${code} ${currencySymbol(code as GivingCurrency).trim()}`,
              }))}
            />
            <Btn kind="line">{t('amount.changeCurrency')}</Btn>
          </div>
        </form>
      </details>
    </GiveShell>
  );
}

/** An earlier answer, on its tile if it has one. */
const answeredAmount = (decimal: string, tiles: readonly string[]) => {
  const whole = decimal.replace(/\.0+$/, '');
  return tiles.includes(whole) ? { amount: whole, other: '' } : { amount: 'other', other: whole };
};

async function Closed({ lang }: { lang: Lang }) {
  const t = words(lang, 'give');
  return (
    <GiveShell lang={lang} title={t('closed.title')}>
      <div className="give-stack">
        <p>{t('closed.body')}</p>
        <BtnLink kind="primary" href={`/${lang}/give/pay`}>
          {t('closed.payPledge')}
        </BtnLink>
      </div>
    </GiveShell>
  );
}

async function Elsewhere({ lang, giving, url }: { lang: Lang; giving: Giving; url: string }) {
  const t = words(lang, 'give');
  return (
    <GiveShell lang={lang} title={t('elsewhere.title')}>
      <div className="give-stack">
        <Msg kind="info" title={t('elsewhere.title')}>
          <p>{t('elsewhere.body', { name: giving.name })}</p>
        </Msg>
        <BtnLink kind="give" href={url} rel="noopener">
          {t('elsewhere.go')}
        </BtnLink>
      </div>
    </GiveShell>
  );
}
