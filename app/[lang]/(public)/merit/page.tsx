import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { homeCampaign } from '@/lib/disclosure/campaign.queries';
import { namedGifts } from '@/lib/disclosure/reports.queries';
import { words } from '@/lib/i18n/words';
import { Empty } from '../../../_ui/msg/component';
import { Wrap } from '../../../_ui/page/component';
import { Paging } from '../../../_ui/paging/component';
import { langParam } from '../../../_ui/site/page-lang';
import { pageMeta } from '../../../_ui/site/page-meta';

type Params = {
  params: Promise<{ lang: string }>;
  searchParams: Promise<{ after?: string | string[] }>;
};

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const lang = await langParam(params);
  const t = words(lang, 'merit');
  return pageMeta(lang, '/merit', { title: t('title'), description: t('description') });
}

/** The names of the donors who agreed to be named, in the order their gifts came; never by amount. */
export default async function MeritPage({ params, searchParams }: Params) {
  const lang = await langParam(params);
  const t = words(lang, 'merit');
  const campaign = (await homeCampaign()) ?? notFound();
  const { after } = await searchParams;
  const from = typeof after === 'string' && /^\d{1,18}$/.test(after) ? BigInt(after) : null;
  const { names, next } = await namedGifts(campaign, from);
  const whole = from === null && next === null;
  const to = (href: string) => (inner: ReactNode) => <a href={`/${lang}${href}`}>{inner}</a>;
  return (
    <Wrap>
      <div className="page-head">
        <h1>{t('title')}</h1>
        <p>{whole && names.length > 0 ? t('lead', { count: names.length }) : t('leadPage')}</p>
      </div>
      {names.length === 0 ? (
        <Empty title={t('none')}>{t('noneBody')}</Empty>
      ) : (
        <section className="stele-wall" aria-label={t('inscription')}>
          <ol>
            {names.map((gift) => (
              <li key={gift.code}>
                <a href={`/${lang}/gifts/${gift.code}`}>{gift.shown_as?.[lang] ?? ''}</a>
              </li>
            ))}
          </ol>
        </section>
      )}
      {!whole && (
        <Paging
          lang={lang}
          shown={names.length}
          newerHref={from === null ? null : `/${lang}/merit`}
          olderHref={next === null ? null : `/${lang}/merit?after=${next}`}
        />
      )}
      <p className="mt-5">{t.rich('anonymous', { ledger: to('/ledger?kind=gift') })}</p>
      <p className="caption">{t.rich('withdraw', { contact: to('/about#contact') })}</p>
    </Wrap>
  );
}
