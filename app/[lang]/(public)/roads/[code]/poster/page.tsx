import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { env } from '@/lib/env';
import { amountText, metresText } from '@/lib/i18n/format';
import { words } from '@/lib/i18n/words';
import { money } from '@/lib/shared/money';
import { Stele } from '../../../../../_ui/code/component';
import { Wrap } from '../../../../../_ui/page/component';
import { Qr } from '../../../../../_ui/qr/component';
import { langParam } from '../../../../../_ui/site/page-lang';
import { segmentModel } from '../segment-model';

type Params = { params: Promise<{ lang: string; code: string }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const lang = await langParam(params);
  const { code } = await params;
  return { title: words(lang, 'segment')('poster.title', { code }), robots: { index: false } };
}

/** One A4 sheet for the roadside: the road's name and number, what it cost, and a code to point a phone at. */
export default async function PosterPage({ params }: Params) {
  const lang = await langParam(params);
  const { code } = await params;
  const road = (await segmentModel(lang, code)) ?? notFound();
  const t = words(lang, 'segment');
  const address = new URL(`/r/${code}`, env.PUBLIC_URL).href;
  const spentMinor = road.committedMinor > 0n ? road.committedMinor : road.budgetMinor;
  return (
    <Wrap>
      <div className="poster-tools no-print">
        <a href={`/${lang}/roads/${code}`}>{t('poster.back')}</a>
        <p>{t('poster.print')}</p>
      </div>
      <section className="poster sheet sheet-frame" aria-labelledby="poster-name">
        <Stele code={code} size="large" />
        <h1 id="poster-name">{road.name}</h1>
        <p className="poster-facts">
          {metresText(road.lengthMm, lang)} × {metresText(road.widthMm, lang)}
          <br />
          {t(road.committedMinor > 0n ? 'poster.contract' : 'poster.budget', {
            amount: amountText(money(road.currency, spentMinor)),
            gifts: road.gifts.length,
          })}
        </p>
        <div className="poster-qr">
          <Qr className="qr" text={address} label={t('poster.qr', { address })} />
        </div>
        <p className="poster-ask">{t('poster.ask')}</p>
        <p className="poster-address num">{address.replace(/^https?:\/\//, '')}</p>
      </section>
    </Wrap>
  );
}
