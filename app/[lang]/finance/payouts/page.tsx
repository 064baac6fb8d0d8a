import type { Metadata } from 'next';
import { requireStaff } from '@/lib/auth/session';
import { dateText } from '@/lib/i18n/format';
import { words } from '@/lib/i18n/words';
import { payouts } from '@/lib/payouts/payout.queries';
import { Code } from '../../../_ui/code/component';
import { Empty } from '../../../_ui/msg/component';
import { langParam } from '../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../_ui/staff/component';
import { Table } from '../../../_ui/table/component';
import { Desk } from '../_desk/desk';
import { Money } from '../_desk/money';

type Props = { params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'books')('payouts.title') };
}

/** What the payment provider sends to the bank, payout by payout. */
export default async function PayoutsPage({ params }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const t = words(lang, 'books');
  const rows = await payouts();
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('payouts.title')} over={t('payouts.over')} />
      <Panel flush>
        <Table
          lang={lang}
          look="dense"
          caption={t('payouts.title')}
          captionHidden
          rows={rows}
          rowKey={(row) => row.code}
          empty={<Empty title={t('payouts.empty')} />}
          columns={[
            {
              key: 'code',
              head: t('payouts.code'),
              names: true,
              cell: (row) => <Code code={row.code} href={`/${lang}/finance/payouts/${row.code}`} />,
            },
            { key: 'made', head: t('payouts.made'), cell: (row) => dateText(row.madeOn, lang) },
            { key: 'arrives', head: t('payouts.arrives'), cell: (row) => dateText(row.arrivesOn, lang) },
            {
              key: 'amount',
              head: t('payouts.amount'),
              numeric: true,
              cell: (row) => <Money minor={row.amountMinor} currency={row.currency} />,
            },
            { key: 'lines', head: t('payouts.lines'), numeric: true, cell: (row) => row.lineCount },
            { key: 'findings', head: t('payouts.findings'), numeric: true, cell: (row) => row.openFindings },
            {
              key: 'state',
              head: t('payouts.state'),
              cell: (row) => t(`payoutState.${row.status}` as 'payoutState.paid'),
            },
            { key: 'line', head: t('payouts.bankLine'), cell: (row) => row.bankLine ?? '' },
          ]}
        />
      </Panel>
    </Desk>
  );
}
