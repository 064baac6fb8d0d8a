import type { Metadata } from 'next';
import { homeCampaign, roadsOf } from '@/lib/disclosure/campaign.queries';
import { LICENCE } from '@/lib/disclosure/open-data/licence';
import { env } from '@/lib/env';
import { words } from '@/lib/i18n/words';
import { Section, Sheet, Wrap } from '../../../_ui/page/component';
import { campaignMachines } from '../../../_ui/site/machines';
import { langParam } from '../../../_ui/site/page-lang';
import { pageMeta } from '../../../_ui/site/page-meta';
import { ScrollBox } from '../../../_ui/table/component';
import { CsvTables, Endpoints, WholeFiles } from './data-tables';

type Params = { params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const lang = await langParam(params);
  const t = words(lang, 'openData');
  const slug = await homeCampaign();
  return pageMeta(lang, '/data', {
    title: t('title'),
    description: t('description'),
    ...(slug !== null && { machines: campaignMachines(lang, slug) }),
  });
}

/** What a programmer sees first: one request, and the shape of its answer. */
const example = (site: string): string => `curl '${site}/api/v1/payments?segment=ML-07&limit=1'

{
  "data": [{ "code": "D-0005", "segment": "ML-07", "amount": "4500.00", "currency": "CNY", … }],
  "next": "/api/v1/payments?segment=ML-07&limit=1&after=…",
  "version": "…",
  "licence": "${LICENCE.url}"
}`;

/** What can be taken from here, on what terms, and how; everything of it is made from the disclosure views. */
export default async function DataPage({ params }: Params) {
  const lang = await langParam(params);
  const t = words(lang, 'openData');
  const slug = await homeCampaign();
  const road = slug === null ? undefined : (await roadsOf(slug))[0];
  const feeds = `/open-data/feeds/${lang}`;
  return (
    <Wrap>
      <link rel="license" href={LICENCE.url} />
      <link rel="service-desc" type="application/json" href="/api/v1/openapi.json" />
      <div className="page-head">
        <h1>{t('title')}</h1>
        <p>{t('intro')}</p>
      </div>
      <nav aria-label={t('contents')}>
        <ul className="flex flex-wrap gap-x-6 gap-y-2">
          {(
            [
              ['csv', t('tablesTitle')],
              ['oc4ids', t('wholeTitle')],
              ['api', t('apiTitle')],
              ['feeds', t('feedsTitle')],
              ['embed', t('embedTitle')],
              ['licence', t('licenceTitle')],
            ] as const
          ).map(([id, title]) => (
            <li key={id}>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
        </ul>
      </nav>
      <Section
        id="csv"
        title={t('tablesTitle')}
        intro={t('tables')}
        aside={<a href="/open-data/datapackage.json">datapackage.json</a>}
      >
        <CsvTables lang={lang} />
      </Section>
      <Section id="oc4ids" title={t('wholeTitle')}>
        <WholeFiles lang={lang} />
        <p className="max-w-prose text-ink-2">
          {t.rich('shell', { command: () => <code>npm run export</code> })}
        </p>
      </Section>
      <Section
        id="api"
        title={t('apiTitle')}
        intro={t('api')}
        aside={<a href="/api/v1/openapi.json">{t('openapi')}</a>}
      >
        <Endpoints lang={lang} />
        <h3 className="mt-6 mb-2">{t('tryTitle')}</h3>
        <Sheet>
          <ScrollBox name={t('tryTitle')} lang={lang}>
            <pre className="text-sm">
              <code>{example(env.PUBLIC_URL)}</code>
            </pre>
          </ScrollBox>
        </Sheet>
        <p className="mt-4 max-w-prose">{t('limit')}</p>
        <p className="max-w-prose" id="problem-bad-parameter">
          {t('problems')}
        </p>
      </Section>
      <Section id="feeds" title={t('feedsTitle')}>
        {slug === null ? (
          <p>{t('none')}</p>
        ) : (
          <ul>
            <li>
              <a href={`${feeds}/campaigns/${slug}.atom`}>{t('feed.campaign')}</a>
            </li>
            {road && (
              <li>
                <a href={`${feeds}/roads/${road.code}.atom`}>{t('feed.road', { code: road.code })}</a>
              </li>
            )}
            <li>
              <a href={`${feeds}/campaigns/${slug}.ics`}>{t('calendar.link')}</a>
            </li>
          </ul>
        )}
        <p className="max-w-prose text-ink-2">{t('programs')}</p>
      </Section>
      {slug !== null && (
        <Section id="embed" title={t('embedTitle')} intro={t('embed')}>
          <Sheet>
            <code className="break-all">{`<iframe src="${env.PUBLIC_URL}/embed/${lang}/campaigns/${slug}" title="Shanlu 善路" width="100%" height="640"></iframe>`}</code>
          </Sheet>
          {road && (
            <p className="max-w-prose">
              {t.rich('embedRoad', {
                address: () => <code className="break-all">{`/embed/${lang}/roads/${road.code}`}</code>,
              })}
            </p>
          )}
          <h3 className="mt-6 mb-2">{t('preview')}</h3>
          <iframe
            className="embed-preview"
            src={`/embed/${lang}/campaigns/${slug}`}
            title={t('preview')}
            loading="lazy"
          />
        </Section>
      )}
      <Section id="licence" title={t('licenceTitle')}>
        <p className="max-w-prose">
          {t('licence')} <a href={LICENCE.url}>{LICENCE.name}</a>
        </p>
        <p className="max-w-prose">{t('names')}</p>
        <p className="max-w-prose">{t('illustrative')}</p>
      </Section>
    </Wrap>
  );
}
