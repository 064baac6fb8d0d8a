import { unitText } from '@/lib/i18n/units';
import { words } from '@/lib/i18n/words';
import { metresTyped } from '@/lib/shared/metres';
import { money } from '@/lib/shared/money';
import { Amt } from '../../../../_ui/amt/component';
import { Table } from '../../../../_ui/table/component';
import type { SegmentLine, SegmentProps } from './segment-view';

/** The contract line by line, planned against actual; nothing when it has one price for the whole. */
export function Lines({ lang, model }: SegmentProps) {
  if (model.lines.length === 0) return null;
  const t = words(lang, 'roadLines');
  const counted = (milli: bigint, line: SegmentLine, sign = ''): string =>
    `${milli < 0n ? '−' : sign}${metresTyped(Number(milli < 0n ? -milli : milli))} ${unitText(line.unit)}`;
  const amount = (minor: bigint) => <Amt value={money(model.currency, minor)} />;
  return (
    <div className="mt-6">
      <Table
        lang={lang}
        caption={t('table')}
        rows={model.lines}
        rowKey={(line) => String(line.no)}
        columns={[
          { key: 'item', head: t('item'), names: true, phone: 'whole', cell: (line) => line.item },
          {
            key: 'contracted',
            head: t('contracted'),
            numeric: true,
            phone: 'half',
            phoneLabel: t('contracted'),
            cell: (line) => counted(line.quantityMilli, line),
          },
          {
            key: 'varied',
            head: t('varied'),
            numeric: true,
            phone: 'half',
            phoneLabel: t('varied'),
            cell: (line) => (line.variedMilli === 0n ? '—' : counted(line.variedMilli, line, '+')),
          },
          {
            key: 'paid',
            head: t('paid'),
            numeric: true,
            phone: 'half',
            phoneLabel: t('paid'),
            cell: (line) => counted(line.paidMilli, line),
          },
          {
            key: 'value',
            head: t('value'),
            numeric: true,
            phone: 'half',
            phoneLabel: t('value'),
            cell: (line) => amount(line.amountMinor),
          },
          {
            key: 'paidValue',
            head: t('paidValue'),
            numeric: true,
            phone: 'half',
            phoneLabel: t('paidValue'),
            cell: (line) => amount(line.paidMinor),
          },
        ]}
      />
      <p className="caption mt-3">{t('less')}</p>
    </div>
  );
}
