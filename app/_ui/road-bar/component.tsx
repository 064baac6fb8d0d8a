import type { ReactNode } from 'react';
import { amountText, dateText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import type { CurrencyCode } from '@/lib/shared/currencies';
import { money, type Money } from '@/lib/shared/money';
import { Amt } from '../amt/component';
import { Icon } from '../icon/component';
import { Swatch, type Material } from '../materials/component';
import { Msg } from '../msg/component';
import { Picture } from './picture';
import type { RoadBarFigures } from './road-bar.rules';

export type FiveKey = 'pledged' | 'received' | 'allocated' | 'committed' | 'paid';

const MATERIAL: Record<FiveKey, Material> = {
  pledged: 'survey',
  received: 'gravel',
  allocated: 'base',
  committed: 'binder',
  paid: 'asphalt',
};

/**
 * The whole road bar: one sentence, the picture (hidden from screen readers), then the five numbers, each with an
 * explanation, and the date they stand at. Nothing is said by the picture alone.
 */
export function RoadBar({
  lang,
  currency,
  figures,
  sentence,
  explain,
  asOf,
}: {
  lang: Lang;
  currency: CurrencyCode;
  figures: RoadBarFigures;
  /** The state of things in one sentence; leave it out only where the page says it just before. */
  sentence?: ReactNode;
  explain: Readonly<Record<FiveKey, ReactNode>>;
  /** Calendar date the figures stand at, `YYYY-MM-DD`. */
  asOf?: string | undefined;
}) {
  const t = words(lang, 'ui');
  const { shortfall } = figures;
  return (
    <figure className="rb" aria-label={t('rb.label')}>
      {sentence !== undefined && <p className="rb-sentence">{sentence}</p>}
      <RoadBarPicture lang={lang} currency={currency} figures={figures} />
      {shortfall && (
        <p className="rb-shortfall">
          <Icon name="octagon" />
          {t('rb.shortfall', {
            code: shortfall.code,
            amount: amountText(money(currency, shortfall.minor)),
          })}
        </p>
      )}
      <FiveNumbers lang={lang} currency={currency} figures={figures} explain={explain} />
      {asOf !== undefined && (
        <p className="as-of">{words(lang, 'common')('asOf', { date: dateText(asOf, lang) })}</p>
      )}
    </figure>
  );
}

/** The picture alone, for places that say the numbers in words right beside it. */
export function RoadBarPicture({
  lang,
  currency,
  figures,
  size = 'normal',
}: {
  lang: Lang;
  currency: CurrencyCode;
  figures: RoadBarFigures;
  size?: 'normal' | 'small' | undefined;
}) {
  const t = words(lang, 'ui');
  const oneRoad = figures.receivedMinor === undefined;
  return (
    <Picture
      figures={figures}
      size={size}
      label={(name, minor) =>
        `${t(
          `five.${
            (
              {
                earth: oneRoad ? 'budget' : 'target',
                gravel: 'received',
                base: 'allocated',
                binder: 'committed',
                asphalt: 'paid',
                survey: 'pledged',
              } as const
            )[name]
          }`,
        )} ${amountText(money(currency, minor))}`
      }
    />
  );
}

/** The five numbers, always side by side and always in this order; never added up. */
export function FiveNumbers({
  lang,
  currency,
  figures,
  explain,
}: {
  lang: Lang;
  currency: CurrencyCode;
  figures: RoadBarFigures;
  explain: Readonly<Record<FiveKey, ReactNode>>;
}) {
  const t = words(lang, 'ui');
  const minor: Record<FiveKey, bigint> = {
    pledged: figures.pledgedMinor ?? 0n,
    received: figures.receivedMinor ?? 0n,
    allocated: figures.allocatedMinor,
    committed: figures.committedMinor,
    paid: figures.paidMinor,
  };
  return (
    <dl className="five">
      {(['pledged', 'received', 'allocated', 'committed', 'paid'] as const).map((key) => (
        <div key={key}>
          <dt>
            <Swatch material={MATERIAL[key]} />
            {t(`five.${key}`)}
          </dt>
          <dd className="five-amount">
            <Amt value={money(currency, minor[key])} />
          </dd>
          <dd className="five-why">{explain[key]}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The same staircase at the height of a line of text. Decorative: an amount or a state stands beside it. */
export { Mini as RoadBarMini } from './picture';

/** While the numbers are being fetched: the final layout, no spinner. */
export function RoadBarLoading({ lang }: { lang: Lang }) {
  return (
    <div className="sheet" role="status" aria-label={words(lang, 'ui')('rb.loading')}>
      <div className="skeleton skeleton-road" />
      <div className="skeleton skeleton-short" />
    </div>
  );
}

/** When the numbers cannot be read: the last ones known with their date, never a blank. */
export function RoadBarUnreadable({
  lang,
  last,
  retryHref,
}: {
  lang: Lang;
  last: { readonly date: string; readonly received: Money } | null;
  retryHref: string;
}) {
  const t = words(lang, 'ui');
  return (
    <Msg kind="warn" title={t('rb.unreadable')}>
      <p>
        {last && t('rb.lastSeen', { date: dateText(last.date, lang), amount: amountText(last.received) })}{' '}
        <a href={retryHref}>{t('rb.retry')}</a>
      </p>
    </Msg>
  );
}
