import { Amt } from '@/app/_ui/amt/component';
import { BtnLink } from '@/app/_ui/btn/component';
import { CodesWhole } from '@/app/_ui/code/component';
import { Lots, Stretch } from '@/app/_ui/lots/component';
import { lotsOf, paidUpToMm } from '@/app/_ui/lots/lots.rules';
import { Sheet, Wrap } from '@/app/_ui/page/component';
import { Table } from '@/app/_ui/table/component';
import type { GiftPage, GiftStretch } from '@/lib/disclosure/gift.queries';
import { amountText, dateText, metresText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { isCurrency, money } from '@/lib/shared/money';
import { roughly } from '../../_give/roughly';
import {
  amountsByPlace,
  bookCurrency,
  chainage,
  headlineOf,
  PLACES,
  type GiftProps,
} from './gift-model.rules';
import { GiftTrace } from './gift-trace';

const CHANNELS = ['card', 'alipay', 'wechat', 'bank', 'cash', 'cheque'] as const;

export function GiftView({ lang, page, evidence }: GiftProps) {
  const t = words(lang, 'gift');
  const { gift, stretches } = page;
  const currency = bookCurrency(page);
  const at = amountsByPlace(page.places);
  const channel = CHANNELS.find((one) => one === gift.channel) ?? 'bank';
  return (
    <Wrap>
      <header className="gift-head">
        <p className="gift-kicker">
          {t('kicker', {
            code: gift.code,
            date: dateText(gift.received_on ?? '', lang),
            channel: t(`channel.${channel}`),
          })}
        </p>
        <h1>
          <CodesWhole
            text={t(`head.${headlineOf(at)}`, {
              amount: amountText(money(currency, gift.amount_minor)).replace(/\.00$/, ''),
              roads: roadsText(lang, page),
            })}
          />
        </h1>
        <p>
          {t.rich('by', {
            name: () => (gift.shown_as ? <bdi>{gift.shown_as[lang]}</bdi> : t('anonymous')),
          })}
        </p>
        {gift.designation !== gift.designation_now && (
          <p>
            {t('moved', {
              from: gift.designation ?? t('anyRoad'),
              to: gift.designation_now ?? t('anyRoad'),
            })}
          </p>
        )}
        {stretches.map((one) => (
          <p key={one.segment}>
            <a href={`/${lang}/roads/${one.segment}`}>{one.segment}</a>{' '}
            {t('road', {
              name: one.name[lang],
              width: metresText(one.widthMm, lang),
              length: metresText(one.lengthMm, lang),
            })}{' '}
            {one.acceptedOn !== null && t('accepted', { date: dateText(one.acceptedOn, lang) })}
          </p>
        ))}
        <Foreign lang={lang} page={page} />
      </header>
      {stretches.length > 0 && (
        <div className="gift-stretches">
          {stretches.map((one) => (
            <Sheet key={one.segment} frame>
              {one.toMm > one.fromMm && (
                <Stretch
                  lang={lang}
                  widthMm={one.widthMm}
                  fromMm={Number(one.fromMm)}
                  toMm={Number(one.toMm)}
                />
              )}
              {one.toMm > one.fromMm && <Whole lang={lang} stretch={one} />}
              <p className="caption">
                {one.segment}: {t('place.chainage', { from: chainage(one.fromMm), to: chainage(one.toMm) })}
              </p>
            </Sheet>
          ))}
        </div>
      )}
      <div className="gift-columns">
        <GiftTrace lang={lang} page={page} evidence={evidence} />
        <aside className="gift-aside">
          <Sheet>
            <h2>{t('places.title')}</h2>
            <Table
              lang={lang}
              caption={t('places.caption')}
              captionHidden
              rows={PLACES.map((name) => ({ name, minor: at[name] }))}
              rowKey={(row) => row.name}
              columns={[
                {
                  key: 'state',
                  head: t('places.state'),
                  names: true,
                  cell: (row) => t(`places.${row.name}`),
                  foot: t('places.sum'),
                },
                {
                  key: 'amount',
                  head: t('places.amount'),
                  numeric: true,
                  phone: 'main',
                  cell: (row) => <Amt value={money(currency, row.minor)} />,
                  foot: <Amt value={money(currency, gift.amount_minor)} />,
                },
              ]}
            />
          </Sheet>
          <Sheet>
            <h2>{t('check.title')}</h2>
            <p>{t('check.body')}</p>
            <BtnLink kind="line" wide href={`/${lang}/verify?gift=${gift.code}`}>
              {t('check.go')}
            </BtnLink>
            <p>
              <a href={`/log/proof/${gift.code}.tlog-proof`}>{t('check.file')}</a>
            </p>
          </Sheet>
          <Sheet>
            <h2>{t('yours.title')}</h2>
            <p>{t('yours.body')}</p>
            <BtnLink kind="quiet" href={`/${lang}/me/gifts/${gift.code}`}>
              {t('yours.go')}
            </BtnLink>
          </Sheet>
        </aside>
      </div>
    </Wrap>
  );
}

/** The whole road, piece by piece as gifts paid for it, with this one's marked. */
function Whole({ lang, stretch }: { lang: Lang; stretch: GiftStretch }) {
  const { lengthMm, committedMinor, paidMinor, road } = stretch;
  const pieces = road.map(({ fromMm, toMm, mine }) => ({ fromMm: Number(fromMm), toMm: Number(toMm), mine }));
  const lots = lotsOf(pieces, paidUpToMm(lengthMm, paidMinor, committedMinor));
  return <Lots lang={lang} lengthMm={lengthMm} lots={lots} />;
}

/** "1.6 m of ML-07 and 0.8 m of ML-08"; only the road while it has no contract to measure by. */
const roadsText = (lang: Lang, page: GiftPage): string => {
  const t = words(lang, 'gift');
  const pieces = page.stretches.map((one) =>
    t('piece', { code: one.segment, metres: metresText(roughly(one.toMm - one.fromMm), lang) }),
  );
  const measured = page.stretches.map((one) => one.segment);
  const others = new Set(
    page.places.flatMap((place) =>
      place.state === 'allocated' && place.segment !== null && !measured.includes(place.segment)
        ? [place.segment]
        : [],
    ),
  );
  return [...pieces, ...[...others].map((code) => t('roadOnly', { code }))].join(t('and'));
};

function Foreign({ lang, page: { gift } }: Pick<GiftProps, 'lang' | 'page'>) {
  const { foreign_currency: currency, foreign_minor: minor, rate, rate_on: on } = gift;
  if (currency === null || minor === null || rate === null || !isCurrency(currency)) return null;
  return (
    <p>
      {words(lang, 'gift')('foreign', {
        given: amountText(money(currency, minor)),
        rate,
        date: on === null ? '' : dateText(on, lang),
      })}
    </p>
  );
}
