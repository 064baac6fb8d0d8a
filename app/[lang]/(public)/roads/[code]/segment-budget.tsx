import { dateText } from '@/lib/i18n/format';
import { words } from '@/lib/i18n/words';
import { money, sumMinor } from '@/lib/shared/money';
import { Amt } from '../../../../_ui/amt/component';
import { Chip } from '../../../../_ui/chip/component';
import { Withheld } from '../../../../_ui/docs/component';
import { Empty } from '../../../../_ui/msg/component';
import { Section } from '../../../../_ui/page/component';
import { RoadBarPicture } from '../../../../_ui/road-bar/component';
import { Table } from '../../../../_ui/table/component';
import type { SegmentItem, SegmentPayment, SegmentProps } from './segment-view';

/** What was planned, what was contracted and what was paid, by item of work and payment by payment. */
export function Budget({ lang, model }: SegmentProps) {
  const t = words(lang, 'segment');
  return (
    <Section
      id="budget"
      title={t('budget.title')}
      aside={words(lang, 'common')('asOf', { date: dateText(model.asOf, lang) })}
    >
      <div className="two-equal">
        <Items lang={lang} model={model} />
        <div>
          <RoadBarPicture
            lang={lang}
            currency={model.currency}
            figures={{ ...model, targetMinor: model.budgetMinor }}
          />
          {model.retentionMinor > 0n && (
            <p className="caption mt-3">
              {t.rich(model.warrantyUntil === null ? 'budget.retentionNoDate' : 'budget.retention', {
                amount: () => <Amt value={money(model.currency, model.retentionMinor)} />,
                date: model.warrantyUntil === null ? '' : dateText(model.warrantyUntil, lang),
              })}
            </p>
          )}
        </div>
      </div>
      <Payments lang={lang} model={model} />
    </Section>
  );
}

function Items({ lang, model }: SegmentProps) {
  const t = words(lang, 'segment');
  const { items, currency } = model;
  const amount = (minor: bigint | null) => (minor === null ? '—' : <Amt value={money(currency, minor)} />);
  const sum = (pick: (item: SegmentItem) => bigint | null) => sumMinor(items.map((item) => pick(item) ?? 0n));
  const difference = (minor: bigint) => <Amt value={money(currency, minor)} sign="always" />;
  return (
    <Table
      lang={lang}
      caption={t('budget.caption')}
      captionHidden
      rows={items}
      rowKey={(item) => item.name}
      empty={<Empty title={t('budget.none')}>{t('budget.noneBody')}</Empty>}
      columns={[
        {
          key: 'item',
          head: t('budget.item'),
          names: true,
          phone: 'whole',
          cell: (item) => item.name,
          foot: t('budget.sum'),
        },
        {
          key: 'budget',
          head: t('budget.budget'),
          numeric: true,
          phone: 'half',
          phoneLabel: t('budget.budget'),
          cell: (item) => amount(item.budgetMinor),
          foot: amount(sum((item) => item.budgetMinor)),
        },
        {
          key: 'contract',
          head: t('budget.contract'),
          numeric: true,
          phone: 'half',
          phoneLabel: t('budget.contract'),
          cell: (item) => amount(item.contractMinor),
          foot: amount(sum((item) => item.contractMinor)),
        },
        {
          key: 'difference',
          head: t('budget.difference'),
          numeric: true,
          phone: 'half',
          phoneLabel: t('budget.difference'),
          cell: (item) =>
            item.contractMinor === null ? '—' : difference(item.contractMinor - item.budgetMinor),
          foot: difference(sum((item) => item.contractMinor) - sum((item) => item.budgetMinor)),
        },
        {
          key: 'paid',
          head: t('budget.paid'),
          numeric: true,
          phone: 'half',
          phoneLabel: t('budget.paid'),
          cell: (item) => amount(item.paidMinor),
          foot: amount(sum((item) => item.paidMinor)),
        },
      ]}
    />
  );
}

function Payments({ lang, model }: SegmentProps) {
  const t = words(lang, 'segment');
  const { payments, currency } = model;
  return (
    <div className="mt-8">
      <Table<SegmentPayment>
        lang={lang}
        caption={t('payments.title')}
        rows={payments}
        rowKey={(payment) => payment.id ?? `${payment.stage} ${payment.date}`}
        empty={<Empty title={t('payments.none')}>{t('payments.noneBody')}</Empty>}
        columns={[
          {
            key: 'id',
            head: t('payments.id'),
            names: true,
            cell: (payment) =>
              payment.id === null ? (
                <Chip kind="plan" icon="planned" size="small">
                  {t('payments.due')}
                </Chip>
              ) : (
                <a id={payment.id} href={`/${lang}/ledger?entry=${payment.id}`}>
                  {payment.id}
                </a>
              ),
            foot: t('payments.sum'),
          },
          {
            key: 'date',
            head: t('payments.date'),
            cell: (payment) => (
              <time dateTime={payment.date}>
                {payment.id === null ? t('payments.from', { date: payment.date }) : payment.date}
              </time>
            ),
          },
          { key: 'payee', head: t('payments.payee'), phone: 'left-out', cell: (payment) => payment.payee },
          {
            key: 'ground',
            head: t('payments.ground'),
            cell: (payment) => <Ground lang={lang} payment={payment} />,
          },
          {
            key: 'people',
            head: t('payments.people'),
            phone: 'left-out',
            cell: (payment) =>
              payment.maker === null || payment.checker === null
                ? '—'
                : `${payment.maker} → ${payment.checker}`,
          },
          {
            key: 'amount',
            head: t('payments.amount'),
            numeric: true,
            phone: 'main',
            cell: (payment) => <Amt value={money(currency, payment.amountMinor)} />,
            foot: <Amt value={money(currency, sumMinor(payments.map((payment) => payment.amountMinor)))} />,
          },
        ]}
      />
      {payments.length > 0 && (
        <p className="caption mt-2">
          {t('payments.account')} <Withheld lang={lang} reason={t('payments.accountReason')} />
        </p>
      )}
    </div>
  );
}

function Ground({ lang, payment }: { lang: SegmentProps['lang']; payment: SegmentPayment }) {
  const t = words(lang, 'segment');
  return (
    <>
      {t(`stage.${payment.stage}`)}
      {payment.percent !== null && ` ${payment.percent}%`}
      {payment.evidence.map(({ kind, href }) => (
        <span key={href}>
          {' · '}
          <a href={href}>{t(`evidence.${kind}`)}</a>
        </span>
      ))}
    </>
  );
}
