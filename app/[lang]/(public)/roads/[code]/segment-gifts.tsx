import { Fragment } from 'react';
import { amountText, metresText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import type { CurrencyCode } from '@/lib/shared/currencies';
import { money, sumMinor } from '@/lib/shared/money';
import { Amt } from '../../../../_ui/amt/component';
import { Lots } from '../../../../_ui/lots/component';
import { lotsOf, paidUpToMm } from '../../../../_ui/lots/lots.rules';
import { Empty } from '../../../../_ui/msg/component';
import { Section } from '../../../../_ui/page/component';
import { Table } from '../../../../_ui/table/component';
import type { SegmentGift, SegmentProps } from './segment-view';

/** The road as the gifts that paid for it: drawn piece by piece, then as a table with the same facts. */
export function Gifts({ lang, model }: SegmentProps) {
  const t = words(lang, 'segment');
  const { gifts, currency, lengthMm } = model;
  const count = gifts.length;
  const rows = gifts.map((gift, index) => ({ ...gift, no: index + 1 }));
  return (
    <Section
      id="gifts"
      title={t('gifts.title', { count, length: metresText(lengthMm, lang) })}
      aside={
        count > 0 ? <a href={`/open-data/segments/${model.code}/gifts.csv`}>{t('gifts.csv')}</a> : undefined
      }
    >
      {count === 0 ? (
        <Empty title={t('gifts.none')}>{t('gifts.noneBody')}</Empty>
      ) : (
        <>
          <Lots lang={lang} lengthMm={lengthMm} lots={piecesOf(model)} />
          <Table
            lang={lang}
            caption={t('gifts.caption', { count })}
            captionHidden
            rows={rows}
            rowKey={(gift) => `${gift.id} ${gift.no}`}
            columns={[
              { key: 'no', head: t('gifts.no'), numeric: true, phone: 'left-out', cell: (gift) => gift.no },
              {
                key: 'donor',
                head: t('gifts.donor'),
                names: true,
                cell: (gift) =>
                  gift.name ?? <span className="font-normal text-ink-2">{t('gifts.anonymous')}</span>,
                foot: t('gifts.sum', { count }),
              },
              {
                key: 'id',
                head: t('gifts.id'),
                cell: (gift) => <a href={`/${lang}/gifts/${gift.id}`}>{gift.id}</a>,
              },
              {
                key: 'date',
                head: t('gifts.date'),
                cell: (gift) => <time dateTime={gift.date}>{gift.date}</time>,
              },
              {
                key: 'channel',
                head: t('gifts.channel'),
                cell: (gift) => <Channel lang={lang} gift={gift} />,
              },
              {
                key: 'used',
                head: t('gifts.used'),
                phone: 'left-out',
                cell: (gift) => <UsedIn lang={lang} currency={currency} gift={gift} />,
              },
              {
                key: 'amount',
                head: t('gifts.amount'),
                numeric: true,
                phone: 'main',
                cell: (gift) => <Amt value={money(currency, gift.amountMinor)} />,
                foot: <Amt value={money(currency, sumMinor(gifts.map((gift) => gift.amountMinor)))} />,
              },
            ]}
          />
          <p className="caption mt-3">{t('gifts.note')}</p>
        </>
      )}
    </Section>
  );
}

/** Each gift is a piece; the part of the road that is paid for but kept back is drawn without its surface. */
const piecesOf = ({ gifts, lengthMm, committedMinor, paidMinor }: SegmentProps['model']) =>
  lotsOf(
    gifts.map(({ fromMm, toMm }, index) => ({ fromMm, toMm, label: String(index + 1) })),
    paidUpToMm(lengthMm, paidMinor, committedMinor),
  );

function Channel({ lang, gift }: { lang: Lang; gift: SegmentGift }) {
  return (
    <>
      {words(lang, 'home')(`channel.${gift.channel}`)}
      {gift.foreign && (
        <span className="caption">
          {' '}
          {words(lang, 'segment')('gifts.rate', {
            given: amountText(money(gift.foreign.currency, gift.foreign.minor)),
            rate: gift.foreign.rate,
          })}
        </span>
      )}
    </>
  );
}

/** One payment is named alone; several are named with their amounts. */
function UsedIn({ lang, currency, gift }: { lang: Lang; currency: CurrencyCode; gift: SegmentGift }) {
  const left = [
    { kind: 'unpaid' as const, minor: gift.unpaidMinor },
    { kind: 'retained' as const, minor: gift.retainedMinor },
  ].filter(({ minor }) => minor > 0n);
  const several = gift.usedIn.length + left.length > 1;
  const parts = gift.usedIn.map(({ payment, amountMinor }) => (
    // The space between two of them stands outside, where a narrow page may break.
    <Fragment key={payment}>
      <span className="whitespace-nowrap">
        <a href={`#${payment}`}>{payment}</a>
        {several && ' '}
        {several && <Amt value={money(currency, amountMinor)} />}
      </span>{' '}
    </Fragment>
  ));
  return (
    <>
      {parts}
      {left.map(({ kind, minor }) => (
        <Fragment key={kind}>
          <span className="whitespace-nowrap">
            {words(lang, 'segment')(`gifts.${kind}`)} <Amt value={money(currency, minor)} />
          </span>{' '}
        </Fragment>
      ))}
    </>
  );
}
