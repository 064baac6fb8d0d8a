import { contractorRegister } from '@/lib/contracts/contractor.queries';
import { percentText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import type { RoadOnDesk } from '@/lib/segments/segment.queries';
import type { CurrencyCode } from '@/lib/shared/currencies';
import { money } from '@/lib/shared/money';
import { Amt } from '../../../../_ui/amt/component';
import { Panel } from '../../../../_ui/staff/component';
import { Table } from '../../../../_ui/table/component';
import { tieWords } from '../../contractors/tie-words';

/** The offers for a road beside each other: price, price per metre, above the cheapest and the budget, and ties. */
export async function Quotes({
  lang,
  road,
  currency,
}: {
  readonly lang: Lang;
  readonly road: RoadOnDesk;
  readonly currency: CurrencyCode;
}) {
  if (road.quotes.length === 0) return null;
  const t = words(lang, 'roadWork');
  const register = await contractorRegister();
  const lowest = road.quotes.reduce(
    (least, one) => (one.amountMinor < least ? one.amountMinor : least),
    road.quotes[0]?.amountMinor ?? 0n,
  );
  const amt = (minor: bigint) => <Amt value={money(currency, minor)} />;
  const bidders = new Set(road.quotes.map((one) => one.contractor)).size;
  return (
    <Panel
      title={t('quotes.title')}
      aside={t('quotes.count', { count: bidders, required: road.quotesRequired })}
      flush
    >
      <Table
        caption={t('quotes.title')}
        captionHidden
        look="dense"
        lang={lang}
        rows={road.quotes}
        rowKey={(one) => `${one.contractor}-${one.amountMinor}`}
        columns={[
          {
            key: 'contractor',
            head: t('contractors.name'),
            names: true,
            cell: (one) => {
              const known = register.find((entry) => entry.code === one.contractor);
              return `${one.contractor} ${known?.name[lang] ?? ''}`;
            },
          },
          { key: 'on', head: t('quotes.on'), cell: (one) => one.on },
          { key: 'amount', head: t('quotes.amount'), numeric: true, cell: (one) => amt(one.amountMinor) },
          {
            key: 'metre',
            head: t('quotes.metre'),
            numeric: true,
            cell: (one) => amt((one.amountMinor * 1000n) / BigInt(road.lengthMm)),
          },
          {
            key: 'above',
            head: t('quotes.above'),
            numeric: true,
            cell: (one) =>
              one.amountMinor === lowest
                ? t('quotes.lowest')
                : `+${percentText(one.amountMinor - lowest, lowest)}`,
          },
          {
            key: 'budget',
            head: t('quotes.budget'),
            cell: (one) =>
              road.budgetMinor > 0n && one.amountMinor > road.budgetMinor
                ? t('quotes.over')
                : t('quotes.within'),
          },
          {
            key: 'ties',
            head: t('contractors.ties'),
            cell: (one) => {
              const known = register.find((entry) => entry.code === one.contractor);
              const said = [known?.conflict ?? '', tieWords(lang, known?.ties ?? [])].filter(
                (part) => part !== '',
              );
              return said.length === 0 ? '—' : <b>{said.join('; ')}</b>;
            },
          },
        ]}
      />
    </Panel>
  );
}
