import { dateText, metresText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { MONEY_STAGES, type ReportFigures } from '@/lib/disclosure/report.rules';
import { isCurrency, money, sumMinor } from '@/lib/shared/money';
import { Amt } from '../../../../_ui/amt/component';
import { RoadStateChip, type RoadState } from '../../../../_ui/chip/component';
import { Code } from '../../../../_ui/code/component';
import { Section } from '../../../../_ui/page/component';
import { Table } from '../../../../_ui/table/component';
import { publicChannel } from '../../home-model';

/** What the books say of a period: money, ways, payments, roads. Also what staff see before they approve. */
export function ReportTables({
  lang,
  figures,
  from,
  to,
  id = 'report',
}: {
  lang: Lang;
  figures: ReportFigures;
  from: string;
  to: string;
  /** Begins the ids of its headings, where several stand on one page. */
  id?: string | undefined;
}) {
  const t = words(lang, 'reports');
  const currency = isCurrency(figures.currency) ? figures.currency : 'CNY';
  const amount = (minor: string) => <Amt value={money(currency, BigInt(minor))} />;
  const total = (minors: readonly string[]) => (
    <Amt value={money(currency, sumMinor(minors.map((minor) => BigInt(minor))))} />
  );
  return (
    <>
      <Section id={`${id}-money`} title={t('report.money')}>
        <Table
          lang={lang}
          caption={t('report.moneyCaption', { from, to })}
          rows={MONEY_STAGES}
          rowKey={(stage) => stage}
          columns={[
            {
              key: 'stage',
              head: t('report.moneyStage'),
              names: true,
              cell: (stage) => t(`report.stage.${stage}`),
            },
            {
              key: 'during',
              head: t('report.moneyDuring'),
              phoneLabel: t('report.moneyDuring'),
              numeric: true,
              cell: (stage) => amount(figures.during[stage]),
            },
            {
              key: 'at',
              head: t('report.moneyAt'),
              numeric: true,
              phone: 'main',
              cell: (stage) => amount(figures.at[stage]),
            },
          ]}
        />
        {figures.channels.length > 0 && (
          <div className="mt-8">
            <Table
              lang={lang}
              caption={t('report.channels')}
              rows={figures.channels}
              rowKey={(cell) => cell.channel}
              columns={[
                {
                  key: 'channel',
                  head: t('report.channel'),
                  names: true,
                  cell: (cell) => words(lang, 'home')(`channel.${publicChannel(cell.channel)}`),
                  foot: t('report.sum'),
                },
                {
                  key: 'gifts',
                  head: t('report.gifts'),
                  phoneLabel: t('report.gifts'),
                  numeric: true,
                  cell: (cell) => cell.gifts,
                  foot: figures.channels.reduce((sum, cell) => sum + cell.gifts, 0),
                },
                {
                  key: 'amount',
                  head: t('report.amount'),
                  numeric: true,
                  phone: 'main',
                  cell: (cell) => amount(cell.minor),
                  foot: total(figures.channels.map((cell) => cell.minor)),
                },
              ]}
            />
            <p className="caption mt-2">{t('report.smallCells')}</p>
          </div>
        )}
      </Section>
      <Section id={`${id}-payments`} title={t('report.payments')}>
        {figures.payments.length === 0 ? (
          <p>{t('report.paymentsNone')}</p>
        ) : (
          <Table
            lang={lang}
            caption={t('report.payments')}
            captionHidden
            rows={figures.payments}
            rowKey={(payment) => payment.code}
            columns={[
              {
                key: 'code',
                head: t('report.payment'),
                names: true,
                cell: (payment) => <a href={`/${lang}/ledger?entry=${payment.code}`}>{payment.code}</a>,
                foot: t('report.sum'),
              },
              {
                key: 'on',
                head: t('report.paidOn'),
                cell: (payment) => <time dateTime={payment.paidOn}>{payment.paidOn}</time>,
              },
              {
                key: 'road',
                head: t('report.road'),
                cell: (payment) => <Code code={payment.segment} href={`/${lang}/roads/${payment.segment}`} />,
              },
              {
                key: 'payee',
                head: t('report.payee'),
                phone: 'left-out',
                cell: (payment) => payment.contractor[lang],
              },
              {
                key: 'amount',
                head: t('report.amount'),
                numeric: true,
                phone: 'main',
                cell: (payment) => amount(payment.minor),
                foot: total(figures.payments.map((payment) => payment.minor)),
              },
            ]}
          />
        )}
      </Section>
      <Section
        id={`${id}-roads`}
        title={t('report.roads')}
        intro={t('report.roadsAt', { date: dateText(to, lang) })}
      >
        <Table
          lang={lang}
          caption={t('report.roads')}
          captionHidden
          rows={figures.roads}
          rowKey={(road) => road.code}
          columns={[
            {
              key: 'code',
              head: t('report.road'),
              cell: (road) => <Code code={road.code} href={`/${lang}/roads/${road.code}`} />,
            },
            { key: 'name', head: t('report.name'), names: true, cell: (road) => road.name[lang] },
            {
              key: 'length',
              head: t('report.length'),
              numeric: true,
              phone: 'left-out',
              cell: (road) => metresText(road.lengthMm, lang),
            },
            {
              key: 'state',
              head: t('report.state'),
              cell: (road) => <RoadStateChip lang={lang} state={road.status as RoadState} size="small" />,
            },
            {
              key: 'budget',
              head: t('report.budget'),
              numeric: true,
              phone: 'main',
              cell: (road) => amount(road.budgetMinor),
            },
          ]}
        />
      </Section>
    </>
  );
}
