import type { RoadLoss } from '@/lib/donations/return.queries';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { Code } from '../../../_ui/code/component';
import { Table } from '../../../_ui/table/component';
import { Money } from '../_desk/money';

/**
 * What each road, and the fund, would lose by a refund; what roads lose becomes a named shortfall. Several of them stand
 * on one page, so each says whose refund it is about.
 */
export function RoadLosses({
  lang,
  refund,
  currency,
  losses,
}: {
  lang: Lang;
  /** The refund's number, or the gift's for one that is still being asked for. */
  refund: string;
  currency: string;
  losses: readonly RoadLoss[] | null;
}) {
  const t = words(lang, 'books');
  const stages = words(lang, 'accounts');
  if (losses === null) return null;
  return (
    <>
      <Table
        lang={lang}
        look="dense"
        caption={`${t('refunds.effect')} · ${refund}`}
        rows={losses}
        rowKey={(loss) => `${loss.stage}-${loss.road ?? ''}`}
        columns={[
          {
            key: 'road',
            head: t('refunds.road'),
            names: true,
            cell: (loss) =>
              loss.road === null ? (
                t(loss.stage === 'fees' ? 'refunds.fees' : 'refunds.free')
              ) : (
                <>
                  {loss.name?.[lang]} <Code code={loss.road} href={`/${lang}/finance/roads/${loss.road}`} />
                </>
              ),
          },
          {
            key: 'stage',
            head: t('refunds.stage'),
            cell: (loss) => stages(`stages.${loss.stage}` as 'stages.paid'),
          },
          {
            key: 'loses',
            head: t('refunds.loses'),
            numeric: true,
            cell: (loss) => <Money minor={loss.amountMinor} currency={currency} />,
          },
        ]}
      />
      {losses.some((loss) => loss.stage !== 'unallocated') && (
        <p className="desk-note">{t('refunds.hole')}</p>
      )}
    </>
  );
}
