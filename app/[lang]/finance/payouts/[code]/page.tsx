import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { mayDo } from '@/lib/auth/roles.rules';
import { requireStaff } from '@/lib/auth/session';
import { accountingToday } from '@/lib/clock';
import { amountText, dateText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { payoutDetail, payoutLines, type PayoutDetail } from '@/lib/payouts/payout.queries';
import { newId } from '@/lib/shared/id';
import { isCurrency, money } from '@/lib/shared/money';
import { Msg } from '../../../../_ui/msg/component';
import { Facts } from '../../../../_ui/page/component';
import { langParam } from '../../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../../_ui/staff/component';
import { Table } from '../../../../_ui/table/component';
import { ActForm } from '../../_desk/act-form';
import { actOnDesk } from '../../_desk/action';
import { Desk, doneText } from '../../_desk/desk';
import { Money } from '../../_desk/money';

type Props = {
  params: Promise<{ lang: string; code: string }>;
  searchParams: Promise<{ done?: string; after?: string }>;
};

const PAGE = 100;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${words(await langParam(params), 'books')('nav.payouts')} ${(await params).code}` };
}

/** One payout: what it is made of, where its list and our books differ, and every gift and pledge behind it. */
export default async function PayoutPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const payout = await payoutDetail((await params).code);
  if (!payout) notFound();
  const t = words(lang, 'books');
  const { done: name, after } = await searchParams;
  const from = /^\d{1,7}$/.test(after ?? '') ? Number(after) : 0;
  const lines = await payoutLines(payout.code, from, PAGE);
  const done = doneText(lang, name);
  const difference = payout.amountMinor - payout.netMinor;
  const path = `/${lang}/finance/payouts/${payout.code}`;
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle
        title={`${t('nav.payouts')} ${payout.code}`}
        over={payout.automatic ? t('payouts.automatic') : t('payouts.manual')}
      />
      {done && <Msg kind="ok" title={done} />}
      {payout.bookedOn === null && payout.openFindings > 0 && (
        <Msg kind="warn" title={t('payouts.notBooked')} />
      )}
      <Panel title={t(`payoutState.${payout.status}` as 'payoutState.paid')}>
        <Facts
          facts={[
            {
              term: t('payouts.amount'),
              value: <Money minor={payout.amountMinor} currency={payout.currency} />,
            },
            ...(payout.automatic
              ? [
                  {
                    term: t('payouts.sum'),
                    value: (
                      <>
                        <Money minor={payout.netMinor} currency={payout.currency} />{' '}
                        {difference === 0n
                          ? t('payouts.agrees')
                          : t('payouts.differs').replace(
                              '@',
                              isCurrency(payout.currency)
                                ? amountText(money(payout.currency, difference))
                                : '',
                            )}
                      </>
                    ),
                  },
                ]
              : []),
            { term: t('payouts.made'), value: dateText(payout.madeOn, lang) },
            { term: t('payouts.arrives'), value: dateText(payout.arrivesOn, lang) },
            { term: t('payouts.bankLine'), value: payout.bankLine ?? '—' },
            {
              term: t('payouts.entries'),
              value: payout.entries.map((entry) => entry.number).join(' · ') || '—',
            },
          ]}
        />
      </Panel>
      <Findings lang={lang} payout={payout} mayExplain={mayDo(actor, 'payout:explain') === 'allowed'} />
      {payout.bookedOn === null && payout.automatic && mayDo(actor, 'payout:match') === 'allowed' && (
        <ActForm
          id="read-again"
          lang={lang}
          action={actOnDesk}
          hidden={{
            lang,
            back: path,
            act: 'payout.read_again',
            code: payout.code,
            on: accountingToday(),
            key: newId(),
          }}
          fields={[]}
          submit={t('payouts.again')}
          refusedTitle={words(lang, 'desk')('act.refused')}
          kind="line"
        />
      )}
      {payout.totals.length > 0 && (
        <Panel title={t('payouts.sum')} flush>
          <Table
            lang={lang}
            look="dense"
            caption={t('payouts.sum')}
            captionHidden
            rows={payout.totals}
            rowKey={(row) => row.home}
            columns={[
              {
                key: 'what',
                head: t('payouts.what'),
                names: true,
                cell: (row) => t(`homes.${row.home}` as 'homes.gift'),
              },
              { key: 'count', head: t('payouts.count'), numeric: true, cell: (row) => row.count },
              ...(['gross', 'fee', 'net'] as const).map((key) => ({
                key,
                head: t(`payouts.${key}`),
                numeric: true,
                cell: (row: PayoutDetail['totals'][number]) => (
                  <Money minor={row[`${key}Minor`]} currency={payout.currency} />
                ),
              })),
            ]}
          />
        </Panel>
      )}
      {lines.length > 0 && (
        <Panel title={t('payouts.tied')} flush>
          <Table
            lang={lang}
            look="dense"
            caption={t('payouts.tied')}
            captionHidden
            rows={lines}
            rowKey={(row) => String(row.no)}
            columns={[
              { key: 'no', head: '#', names: true, numeric: true, cell: (row) => row.no },
              { key: 'what', head: t('payouts.what'), cell: (row) => t(`homes.${row.home}` as 'homes.gift') },
              { key: 'subject', head: t('payouts.ours'), cell: (row) => row.subject ?? '—' },
              {
                key: 'gift',
                head: t('payouts.gift'),
                cell: (row) => row.gift !== null && <a href={`/${lang}/gifts/${row.gift}`}>{row.gift}</a>,
              },
              { key: 'pledge', head: t('payouts.pledge'), cell: (row) => row.pledge ?? '' },
              ...(['gross', 'fee', 'net'] as const).map((key) => ({
                key,
                head: t(`payouts.${key}`),
                numeric: true,
                cell: (row: (typeof lines)[number]) => (
                  <Money minor={row[`${key}Minor`]} currency={row.currency} />
                ),
              })),
            ]}
          />
        </Panel>
      )}
      {lines.length === PAGE && (
        <p>
          <a href={`${path}?after=${lines.at(-1)?.no ?? 0}`}>{t('payouts.more')}</a>
        </p>
      )}
    </Desk>
  );
}

function Findings({ lang, payout, mayExplain }: { lang: Lang; payout: PayoutDetail; mayExplain: boolean }) {
  const t = words(lang, 'books');
  if (payout.findings.length === 0) return null;
  return (
    <Panel title={t('payouts.findings')} flush>
      <Table
        lang={lang}
        look="dense"
        caption={t('payouts.findings')}
        captionHidden
        rows={payout.findings}
        rowKey={(finding) => String(finding.id)}
        columns={[
          {
            key: 'kind',
            head: t('payouts.finding'),
            names: true,
            cell: (finding) => t(`findings.${finding.kind}` as 'findings.extra'),
          },
          {
            key: 'subject',
            head: t('payouts.ours'),
            cell: (finding) => finding.subject ?? finding.providerLineId ?? '—',
          },
          {
            key: 'expected',
            head: t('payouts.expected'),
            numeric: true,
            cell: (finding) => <Money minor={finding.expectedMinor} currency={payout.currency} />,
          },
          {
            key: 'found',
            head: t('payouts.found'),
            numeric: true,
            cell: (finding) => <Money minor={finding.foundMinor} currency={payout.currency} />,
          },
          {
            key: 'explain',
            head: t('payouts.explain'),
            cell: (finding) =>
              finding.explanation !== null
                ? t('payouts.explained', { name: finding.explainedBy ?? '', words: finding.explanation })
                : mayExplain && (
                    <ActForm
                      id={`explain-${finding.id}`}
                      lang={lang}
                      action={actOnDesk}
                      hidden={{
                        lang,
                        back: `/${lang}/finance/payouts/${payout.code}`,
                        act: 'payout.explain',
                        code: payout.code,
                        finding: String(finding.id),
                        reading: String(payout.reading),
                        on: accountingToday(),
                        key: newId(),
                      }}
                      fields={[{ kind: 'text', name: 'reason', label: t('payouts.explain') }]}
                      submit={t('payouts.explain')}
                      refusedTitle={words(lang, 'desk')('act.refused')}
                    />
                  ),
          },
        ]}
      />
    </Panel>
  );
}
