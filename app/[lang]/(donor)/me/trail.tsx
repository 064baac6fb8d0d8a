import { Fragment } from 'react';
import { Amt } from '@/app/_ui/amt/component';
import { Stretch } from '@/app/_ui/lots/component';
import { Sheet } from '@/app/_ui/page/component';
import { PartsBar } from '@/app/_ui/review/component';
import { Tie, type TiePart } from '@/app/_ui/tie/component';
import type { GiftEvidence } from '@/lib/disclosure/gift-evidence.queries';
import type { GiftPage } from '@/lib/disclosure/gift.queries';
import { papersOf } from '@/lib/disclosure/papers.rules';
import { amountText, dateText, metresText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { money, sumMinor } from '@/lib/shared/money';
import { roughly } from '../_give/roughly';
import { bookCurrency, chainage } from '../gifts/[code]/gift-model.rules';
import { PaperLink } from '../gifts/[code]/paper-link';

type Props = { readonly lang: Lang; readonly page: GiftPage; readonly evidence: GiftEvidence };

/**
 * Where a gift went, road by road: so much on each, the metres it paved, and the invoice, payment and photograph that
 * show it. The figures are those of the public gift page, and they are added up in sight.
 */
export function Trail({ lang, page, evidence, drawn = false }: Props & { drawn?: boolean }) {
  const t = words(lang, 'me');
  const currency = bookCurrency(page);
  const of = (test: (place: GiftPage['places'][number]) => boolean): bigint =>
    sumMinor(page.places.filter(test).map((place) => place.amount_minor));
  const elsewhere = (['unallocated', 'fees', 'returned', 'lost'] as const).map((state) => ({
    label: t(state === 'unallocated' ? 'free' : state),
    minor: of((place) => place.state === state),
  }));
  const parts: TiePart[] = [
    ...evidence.roads.map((road) => ({
      label: road.code,
      minor: of((place) => place.segment === road.code),
    })),
    ...elsewhere,
  ].filter((part) => part.minor > 0n);
  return (
    <div className="grid gap-4">
      {drawn &&
        page.stretches
          .filter((one) => one.toMm > one.fromMm)
          .map((one) => (
            <Sheet key={one.segment} frame>
              <Stretch
                lang={lang}
                widthMm={one.widthMm}
                fromMm={Number(one.fromMm)}
                toMm={Number(one.toMm)}
              />
              <p className="caption">
                {one.segment}:{' '}
                {words(lang, 'gift')('place.chainage', {
                  from: chainage(one.fromMm),
                  to: chainage(one.toMm),
                })}
              </p>
            </Sheet>
          ))}
      <Tie
        lang={lang}
        currency={currency}
        whole={{ label: t('whereTo'), minor: page.gift.amount_minor }}
        parts={parts}
      />
      {evidence.roads.length > 0 && (
        <ul className="grid gap-5">
          {evidence.roads.map((road) => (
            <Road key={road.code} {...{ lang, page, evidence, road }} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Road({ lang, page, evidence, road }: Props & { road: GiftEvidence['roads'][number] }) {
  const t = words(lang, 'me');
  const currency = bookCurrency(page);
  const here = page.places.filter((place) => place.segment === road.code);
  const stretch = page.stretches.find((one) => one.segment === road.code);
  const payments = page.payments.filter((one) => one.payment_details.segment === road.code);
  const picture = evidence.photographs.find((one) => one.segment === road.code);
  return (
    <li className="me-road">
      {picture && (
        <a href={`/files/${picture.public_sha256}`} className="me-picture">
          <img src={`/files/${picture.thumb_sha256}`} alt="" width={320} loading="lazy" />
          <span className="caption">{t('photograph', { date: dateText(picture.taken_on, lang) })}</span>
        </a>
      )}
      <div className="grid content-start gap-3">
        <p className="me-line">
          <b>
            <a href={`/${lang}/roads/${road.code}`}>
              {t('onRoad', { code: road.code, name: road.name[lang] })}
            </a>
            {stretch && stretch.toMm > stretch.fromMm && (
              <> → {t('metres', { metres: metresText(roughly(stretch.toMm - stretch.fromMm), lang) })}</>
            )}
          </b>
          <b>
            <Amt value={money(currency, sumMinor(here.map((place) => place.amount_minor)))} />
          </b>
        </p>
        {payments.length === 0 && <p className="caption">{t('noEvidence')}</p>}
        <ul className="grid gap-3">
          {payments.map((share) => {
            const papers = papersOf(share.payment_details, evidence.papers, evidence.acceptances);
            return (
              <li key={share.payment} className="grid gap-1">
                <p className="me-line">
                  <span>
                    <a href={`/${lang}/ledger?q=${share.payment}`}>{t('payment', { code: share.payment })}</a>
                    {papers.map((one) => (
                      <Fragment key={one.kind}>
                        {' · '}
                        <PaperLink lang={lang} {...one} />
                      </Fragment>
                    ))}
                  </span>
                  <Amt value={money(currency, share.amount_minor)} />
                </p>
                <PartsBar
                  wholeMinor={share.payment_details.amount_minor}
                  parts={[{ material: 'new', minor: share.amount_minor }]}
                />
                <p className="caption">
                  {t('shareOf', { all: amountText(money(currency, share.payment_details.amount_minor)) })}
                </p>
              </li>
            );
          })}
        </ul>
      </div>
    </li>
  );
}
