import { contentIn } from '@/lib/i18n/convert';
import { amountText, countText, dateText, metresText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import type { PaperSection, ReportPaper } from '@/lib/files/pdf-report.gateway';
import { MONEY_STAGES, type ReportFigures } from '@/lib/disclosure/report.rules';
import { isCurrency, money } from '@/lib/shared/money';
import type { RoadState } from '../../../../../_ui/chip/component';
import { publicChannel } from '../../../home-model';
import type { ReportModel } from '../report-model';

/** The report as paper, in the words of its page. */
export const reportPaper = (lang: Lang, model: ReportModel): ReportPaper => {
  const t = words(lang, 'reports');
  const { report } = model;
  const original = report.originalLang as Lang;
  const title = contentIn(lang, report.title, original).text;
  const body = contentIn(lang, report.body, original);
  const note =
    body.how === 'written'
      ? []
      : [
          words(
            lang,
            'ui',
          )(
            body.how === 'converted'
              ? 'content.converted'
              : body.lang === 'en'
                ? 'content.english'
                : 'content.chinese',
          ),
        ];
  const plain = (text: string): string => text.replace(/<\/?link>/g, '');
  return {
    lang,
    title,
    author: model.organiser[lang],
    publishedOn: report.publishedOn ?? report.periodTo,
    overTitle: `${model.organiser[lang]} · ${words(lang, 'common')('notice.label')}`,
    notices: [
      ...(model.correctedBy === null
        ? []
        : [plain(t.markup('report.correctedBody', { code: model.correctedBy, link: (inner) => inner }))]),
      ...(model.corrects === null
        ? []
        : [plain(t.markup('report.corrects', { code: model.corrects, link: (inner) => inner }))]),
    ],
    facts: [
      [t('report.number'), report.code],
      [t('report.period'), `${report.periodFrom} – ${report.periodTo}`],
      [t('report.published'), report.publishedOn ?? '—'],
    ],
    sections: [
      { title: t('report.words'), paragraphs: [...body.text.split(/\n+/), ...note] },
      ...(report.figures ? figureSections(lang, report.figures, report.periodFrom, report.periodTo) : []),
      ...packSection(lang, model),
    ],
    foot: `${words(lang, 'common')('notice.text')} ${t('report.check')} ${t('report.fingerprint')}: ${report.contentHash}`,
    pageText: (page) => t('report.page', { page }),
  };
};

const figureSections = (lang: Lang, figures: ReportFigures, from: string, to: string): PaperSection[] => {
  const t = words(lang, 'reports');
  const amount = amountIn(figures);
  return [
    {
      title: t('report.money'),
      paragraphs: [t('report.moneyCaption', { from, to })],
      table: {
        columns: [
          { head: t('report.moneyStage'), share: 0.4 },
          { head: t('report.moneyDuring'), share: 0.3, align: 'right' },
          { head: t('report.moneyAt'), share: 0.3, align: 'right' },
        ],
        rows: MONEY_STAGES.map((stage) => [
          t(`report.stage.${stage}`),
          amount(figures.during[stage]),
          amount(figures.at[stage]),
        ]),
      },
    },
    {
      title: t('report.channels'),
      paragraphs: [t('report.smallCells')],
      table: {
        columns: [
          { head: t('report.channel'), share: 0.4 },
          { head: t('report.gifts'), share: 0.3, align: 'right' },
          { head: t('report.amount'), share: 0.3, align: 'right' },
        ],
        rows: figures.channels.map((cell) => [
          words(lang, 'home')(`channel.${publicChannel(cell.channel)}`),
          countText(cell.gifts),
          amount(cell.minor),
        ]),
      },
    },
    {
      title: t('report.payments'),
      paragraphs: figures.payments.length === 0 ? [t('report.paymentsNone')] : [],
      table: {
        columns: [
          { head: t('report.payment'), share: 0.14 },
          { head: t('report.paidOn'), share: 0.16 },
          { head: t('report.road'), share: 0.14 },
          { head: t('report.payee'), share: 0.34 },
          { head: t('report.amount'), share: 0.22, align: 'right' },
        ],
        rows: figures.payments.map((payment) => [
          payment.code,
          payment.paidOn,
          payment.segment,
          payment.contractor[lang],
          amount(payment.minor),
        ]),
      },
    },
    {
      title: t('report.roads'),
      paragraphs: [t('report.roadsAt', { date: dateText(to, lang) })],
      table: {
        columns: [
          { head: t('report.road'), share: 0.12 },
          { head: t('report.name'), share: 0.28 },
          { head: t('report.length'), share: 0.16, align: 'right' },
          { head: t('report.state'), share: 0.2 },
          { head: t('report.budget'), share: 0.24, align: 'right' },
        ],
        rows: figures.roads.map((road) => [
          road.code,
          road.name[lang],
          metresText(road.lengthMm, lang),
          words(lang, 'ui')(`state.${road.status as RoadState}`),
          amount(road.budgetMinor),
        ]),
      },
    },
  ];
};

const packSection = (lang: Lang, { pack, report }: ReportModel): PaperSection[] => {
  if (!pack || !report.figures) return [];
  const t = words(lang, 'reports');
  const amount = amountIn(report.figures);
  const said = (value: (typeof pack)[number]['value']): string => {
    if (value === null) return t('pack.none');
    if (value.kind === 'minor') return amount(String(value.minor));
    return value.kind === 'plain' ? value.text : contentIn(lang, value.text).text;
  };
  return [
    {
      title: t('report.pack'),
      paragraphs: [t('report.packNote')],
      table: {
        columns: [
          { head: t('report.moneyStage'), share: 0.3 },
          { head: t('report.words'), share: 0.7 },
        ],
        rows: pack.map(({ row, value }) => [t(`pack.${row}`), said(value)]),
      },
    },
  ];
};

const amountIn =
  ({ currency }: ReportFigures) =>
  (minor: string): string =>
    isCurrency(currency) ? amountText(money(currency, BigInt(minor))) : minor;
