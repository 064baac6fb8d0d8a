import type { ItemLine, Measure } from '@/lib/approvals/approval-lines.queries';
import type { Waiting } from '@/lib/approvals/approvals.queries';
import type { Lang } from '@/lib/i18n/languages';
import { unitText } from '@/lib/i18n/units';
import { words } from '@/lib/i18n/words';
import { metresTyped } from '@/lib/shared/metres';
import { Amt } from '../../../_ui/amt/component';
import { Table, type Column } from '../../../_ui/table/component';
import { amountOf } from './item-words';

/** The works under an item, each against the bill of quantities; nothing for what has one price. */
export function ItemLines({ lang, item, lines }: { lang: Lang; item: Waiting; lines: readonly ItemLine[] }) {
  const { kind } = item;
  if (lines.length === 0 || !isBilled(kind)) return null;
  const t = words(lang, 'approvals');
  const column = (key: 'against' | 'asks' | 'then', signed: boolean): Column<ItemLine> => ({
    key,
    head: t(`lines.${kind}.${key}`),
    numeric: true,
    cell: (line) => <Measured item={item} unit={unitText(line.unit)} measure={line[key]} signed={signed} />,
  });
  return (
    <section className="panel-part">
      <h3>{t('lines.title')}</h3>
      <Table
        lang={lang}
        look="dense"
        caption={t('lines.title')}
        captionHidden
        rows={lines}
        rowKey={(line) => `${line.item['zh-Hans']} ${line.unit ?? ''}`}
        columns={[
          { key: 'item', head: t('lines.item'), names: true, cell: (line) => line.item[lang] },
          column('against', false),
          column('asks', kind !== 'disbursement'),
          column('then', false),
        ]}
      />
      {kind === 'disbursement' && <p className="desk-note">{t('lines.less')}</p>}
    </section>
  );
}

const isBilled = (kind: Waiting['kind']): kind is 'budget' | 'contract' | 'variation' | 'disbursement' =>
  ['budget', 'contract', 'variation', 'disbursement'].includes(kind);

/** A quantity over its price; nothing asked is a dash. */
function Measured({
  item,
  unit,
  measure,
  signed,
}: {
  item: Waiting;
  unit: string;
  measure: Measure | null;
  signed: boolean;
}) {
  if (measure === null || (measure.minor === 0n && (measure.milli ?? 0n) === 0n)) return '—';
  const amount = amountOf(item, measure.minor);
  const { milli } = measure;
  const sign = milli === null || milli === 0n ? '' : milli < 0n ? '−' : signed ? '+' : '';
  return (
    <>
      {milli !== null && (
        <>
          {sign}
          {metresTyped(Number(milli < 0n ? -milli : milli))} {unit}
          <br />
        </>
      )}
      {amount && <Amt value={amount} sign={signed ? 'always' : 'negative'} />}
    </>
  );
}
