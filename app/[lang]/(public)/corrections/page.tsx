import type { Metadata } from 'next';
import { closedMonths, corrections } from '@/lib/disclosure/correction.queries';
import { dateText } from '@/lib/i18n/format';
import { words } from '@/lib/i18n/words';
import { isCurrency, money } from '@/lib/shared/money';
import { Amt } from '../../../_ui/amt/component';
import { Empty } from '../../../_ui/msg/component';
import { Section, Wrap } from '../../../_ui/page/component';
import { langParam } from '../../../_ui/site/page-lang';
import { pageMeta } from '../../../_ui/site/page-meta';
import { Table } from '../../../_ui/table/component';

type Props = { params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const lang = await langParam(params);
  const t = words(lang, 'books');
  return pageMeta(lang, '/corrections', {
    title: t('corrections.title'),
    description: t('corrections.intro'),
  });
}

/** Closed months, months that were opened again and why, and every correction of a closed month with both entries. */
export default async function CorrectionsPage({ params }: Props) {
  const lang = await langParam(params);
  const t = words(lang, 'books');
  const [months, notices] = await Promise.all([closedMonths(), corrections()]);
  return (
    <Wrap>
      <div className="page-head">
        <h1>{t('corrections.title')}</h1>
        <p>{t('corrections.intro')}</p>
      </div>
      <Section id="months" title={t('corrections.months')}>
        {months.length === 0 ? (
          <Empty title={t('corrections.noMonths')} />
        ) : (
          <ul>
            {months.map((month) => (
              <li key={`${month.campaign}${month.month}${month.event}${month.on}`}>
                {dateText(month.on, lang)} ·{' '}
                {month.event === 'closed'
                  ? t('corrections.closed', { month: month.month })
                  : t('corrections.reopened', {
                      month: month.month,
                      words: month.publicText?.[lang] ?? '',
                    })}{' '}
                · <a href={`/${lang}/verify?thing=${month.month}`}>{t('corrections.proof')}</a>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section id="notices" title={t('corrections.notices')}>
        <Table
          lang={lang}
          caption={t('corrections.notices')}
          captionHidden
          rows={notices}
          rowKey={(notice) => notice.correcting}
          empty={<Empty title={t('corrections.noNotices')} />}
          columns={[
            {
              key: 'corrected',
              head: t('corrections.corrected'),
              names: true,
              phone: 'main',
              cell: (notice) => (
                <>
                  <a href={`/${lang}/ledger/${notice.corrected}`}>{notice.corrected}</a>{' '}
                  {dateText(notice.correctedOn, lang)}
                </>
              ),
            },
            {
              key: 'correcting',
              head: t('corrections.correcting'),
              phone: 'half',
              cell: (notice) => (
                <>
                  <a href={`/${lang}/ledger/${notice.correcting}`}>{notice.correcting}</a>{' '}
                  {dateText(notice.correctingOn, lang)}
                </>
              ),
            },
            { key: 'about', head: t('corrections.about'), phone: 'half', cell: (notice) => notice.subject },
            {
              key: 'amount',
              head: t('corrections.amount'),
              numeric: true,
              cell: (notice) =>
                isCurrency(notice.currency) && <Amt value={money(notice.currency, notice.amountMinor)} />,
            },
          ]}
        />
      </Section>
    </Wrap>
  );
}
