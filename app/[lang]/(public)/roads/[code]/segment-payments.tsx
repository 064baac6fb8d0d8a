import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { minMinor, money, sumMinor } from '@/lib/shared/money';
import { Amt } from '../../../../_ui/amt/component';
import { Chip } from '../../../../_ui/chip/component';
import { Withheld } from '../../../../_ui/docs/component';
import { Empty } from '../../../../_ui/msg/component';
import { Table, type Column } from '../../../../_ui/table/component';
import type { SegmentModel, SegmentPayment, SegmentProps } from './segment-view';

type Row =
  | { readonly kind: 'paid'; readonly payment: SegmentPayment; readonly amountMinor: bigint }
  | { readonly kind: 'rest' | 'retention'; readonly from: string | null; readonly amountMinor: bigint };

/** Every payment with its ground, then what is still to be paid, so that the sum is the contract. */
export function Payments({ lang, model }: SegmentProps) {
  const t = words(lang, 'segment');
  const { payments, currency } = model;
  const rows = rowsOf(model);
  const columns: Column<Row>[] = [
    {
      key: 'id',
      head: t('payments.id'),
      names: true,
      cell: (row) =>
        row.kind === 'paid' ? (
          <a id={row.payment.id} href={`/${lang}/ledger?entry=${row.payment.id}`}>
            {row.payment.id}
          </a>
        ) : (
          <Chip kind="plan" icon="planned" size="small">
            {t('payments.due')}
          </Chip>
        ),
      foot: t('payments.sum'),
    },
    { key: 'date', head: t('payments.date'), cell: (row) => <When lang={lang} row={row} /> },
    {
      key: 'payee',
      head: t('payments.payee'),
      phone: 'left-out',
      cell: (row) => (row.kind === 'paid' ? row.payment.payee : model.contractor),
    },
    { key: 'ground', head: t('payments.ground'), cell: (row) => <Ground lang={lang} row={row} /> },
    {
      key: 'amount',
      head: t('payments.amount'),
      numeric: true,
      phone: 'main',
      cell: (row) => <Amt value={money(currency, row.amountMinor)} />,
      foot: <Amt value={money(currency, sumMinor(rows.map((row) => row.amountMinor)))} />,
    },
  ];
  if (payments.some((payment) => payment.people !== null))
    columns.splice(4, 0, {
      key: 'people',
      head: t('payments.people'),
      phone: 'left-out',
      cell: (row) => (row.kind === 'paid' && row.payment.people?.join(' → ')) || '—',
    });
  return (
    <div className="mt-8">
      <Table
        lang={lang}
        caption={t('payments.title')}
        rows={rows}
        rowKey={(row) => (row.kind === 'paid' ? row.payment.id : row.kind)}
        empty={<Empty title={t('payments.none')}>{t('payments.noneBody')}</Empty>}
        columns={columns}
      />
      {rows.length > 0 && (
        <p className="caption mt-2">
          {t('payments.account')} <Withheld lang={lang} reason={t('payments.accountReason')} />
        </p>
      )}
    </div>
  );
}

const rowsOf = ({ payments, committedMinor, retentionMinor, warrantyUntil }: SegmentModel): Row[] => {
  const paid = payments.map((payment): Row => ({
    kind: 'paid',
    payment,
    amountMinor: payment.amountMinor,
  }));
  const left = committedMinor - sumMinor(payments.map((payment) => payment.amountMinor));
  const retained = minMinor(left, retentionMinor);
  const ahead: Row[] = [
    { kind: 'rest', from: null, amountMinor: left - retained },
    { kind: 'retention', from: warrantyUntil, amountMinor: retained },
  ];
  return [...paid, ...ahead.filter((row) => row.amountMinor > 0n)];
};

function When({ lang, row }: { lang: Lang; row: Row }) {
  if (row.kind === 'paid') return <time dateTime={row.payment.date}>{row.payment.date}</time>;
  if (row.from === null) return null;
  return <time dateTime={row.from}>{words(lang, 'segment')('payments.from', { date: row.from })}</time>;
}

function Ground({ lang, row }: { lang: Lang; row: Row }) {
  const t = words(lang, 'segment');
  if (row.kind !== 'paid') return t(`stage.${row.kind}`);
  const { stage, percent, evidence } = row.payment;
  return (
    <>
      {t(`stage.${stage}`)}
      {percent !== null && ` ${percent}%`}
      {evidence.map(({ kind, href }) => (
        <span key={href}>
          {' · '}
          <a href={href}>{t(`evidence.${kind}`)}</a>
        </span>
      ))}
    </>
  );
}
