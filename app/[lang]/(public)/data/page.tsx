import type { Metadata } from 'next';
import { homeCampaign, roadsOf } from '@/lib/disclosure/campaign.queries';
import { TABLES } from '@/lib/disclosure/open-data/tables';
import { LICENCE } from '@/lib/disclosure/open-data/licence';
import { env } from '@/lib/env';
import { words } from '@/lib/i18n/words';
import { Section, Wrap } from '../../../_ui/page/component';
import { langParam } from '../../../_ui/site/page-lang';
import { Table } from '../../../_ui/table/component';

type Params = { params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const t = words(await langParam(params), 'openData');
  return { title: t('title'), description: t('description') };
}

const WHOLE = [
  ['oc4ids', 'oc4ids.json'],
  ['giving', '360giving.json'],
  ['geojson', 'roads.geojson'],
  ['xlsx', 'ledger.xlsx'],
] as const;

/** What can be taken from here, on what terms, and how; everything of it is made from the disclosure views. */
export default async function DataPage({ params }: Params) {
  const lang = await langParam(params);
  const t = words(lang, 'openData');
  const slug = await homeCampaign();
  const road = slug === null ? undefined : (await roadsOf(slug))[0];
  const feeds = `/open-data/feeds/${lang}`;
  return (
    <Wrap>
      <h1>{t('title')}</h1>
      <p className="max-w-prose">{t('intro')}</p>
      <Section id="licence" title={t('licenceTitle')}>
        <p className="max-w-prose">
          {t('licence')} <a href={LICENCE.url}>{LICENCE.name}</a>
        </p>
        <p className="max-w-prose">{t('names')}</p>
        <p className="max-w-prose">{t('illustrative')}</p>
      </Section>
      <Section id="api" title={t('apiTitle')} intro={t('api')}>
        <p>
          <a href="/api/v1">{`${env.PUBLIC_URL}/api/v1`}</a> ·{' '}
          <a href="/api/v1/openapi.json">{t('openapi')}</a>
        </p>
        <p className="max-w-prose">{t('limit')}</p>
        <p className="max-w-prose" id="problem-bad-parameter">
          {t('problems')}
        </p>
      </Section>
      <Section id="csv" title={t('tablesTitle')} intro={t('tables')}>
        <Table
          lang={lang}
          caption={t('tablesTitle')}
          captionHidden
          rows={TABLES}
          rowKey={(table) => table.name}
          columns={[
            {
              key: 'title',
              names: true,
              head: t('tableName'),
              cell: (table) => <span lang="en">{table.title}</span>,
            },
            {
              key: 'file',
              head: t('file'),
              cell: ({ name }) => <a href={`/open-data/${name}.csv`}>{`${name}.csv`}</a>,
            },
            {
              key: 'schema',
              head: t('schema'),
              cell: ({ name }) => <a href={`/open-data/${name}.schema.json`}>{`${name}.schema.json`}</a>,
            },
          ]}
        />
        <p>
          <a href="/open-data/datapackage.json">datapackage.json</a>
        </p>
      </Section>
      <Section id="oc4ids" title={t('wholeTitle')}>
        <ul>
          {WHOLE.map(([key, file]) => (
            <li key={key}>
              <a href={`/open-data/${file}`}>{file}</a> {t(key)}
            </li>
          ))}
          <li>
            <a href="/open-data/ledger.hledger">ledger.hledger</a>{' '}
            <a href="/open-data/ledger.beancount">ledger.beancount</a> {t('journals')}
          </li>
        </ul>
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
      </Section>
      {slug !== null && (
        <Section id="embed" title={t('embedTitle')} intro={t('embed')}>
          <p>
            <code className="break-all">{`<iframe src="${env.PUBLIC_URL}/embed/${lang}/campaigns/${slug}" title="Shanlu 善路" width="100%" height="420"></iframe>`}</code>
          </p>
        </Section>
      )}
    </Wrap>
  );
}
