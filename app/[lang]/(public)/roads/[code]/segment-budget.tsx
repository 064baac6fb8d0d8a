import { dateText } from '@/lib/i18n/format';
import { words } from '@/lib/i18n/words';
import { money, sumMinor } from '@/lib/shared/money';
import { Amt } from '../../../../_ui/amt/component';
import { Empty } from '../../../../_ui/msg/component';
import { Section } from '../../../../_ui/page/component';
import { RoadBarPicture } from '../../../../_ui/road-bar/component';
import { Table, type Column } from '../../../../_ui/table/component';
import { Lines } from './segment-lines';
import { Payments } from './segment-payments';
import type { SegmentItem, SegmentProps } from './segment-view';

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
      <Lines lang={lang} model={model} />
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
  const columns: Column<SegmentItem>[] = [
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
      cell: (item) => (item.contractMinor === null ? '—' : difference(item.contractMinor - item.budgetMinor)),
      foot: difference(sum((item) => item.contractMinor) - sum((item) => item.budgetMinor)),
    },
  ];
  // What is paid is known per item only where the certificates name the items.
  if (items.some((item) => item.paidMinor !== null))
    columns.push({
      key: 'paid',
      head: t('budget.paid'),
      numeric: true,
      phone: 'half',
      phoneLabel: t('budget.paid'),
      cell: (item) => amount(item.paidMinor),
      foot: amount(sum((item) => item.paidMinor)),
    });
  return (
    <Table
      lang={lang}
      caption={t('budget.caption')}
      captionHidden
      rows={items}
      rowKey={(item) => item.name}
      empty={<Empty title={t('budget.none')}>{t('budget.noneBody')}</Empty>}
      columns={columns}
    />
  );
}
