import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { requireStaff } from '@/lib/auth/session';
import { accountingToday, daysSince } from '@/lib/clock';
import { exceptions, type Exception } from '@/lib/exceptions/exceptions.queries';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { Empty, Msg } from '../../../_ui/msg/component';
import { langParam } from '../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../_ui/staff/component';
import { Table } from '../../../_ui/table/component';
import { Desk, doneText } from '../_desk/desk';
import { deskActs, type DrawAct } from '../_desk/desk-acts';
import { Money } from '../_desk/money';

type Props = { params: Promise<{ lang: string }>; searchParams: Promise<{ done?: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'books')('exceptions.title') };
}

/** Where the next step is taken; null where it is taken right here. */
const placeOf = (lang: Lang, { kind, subject }: Exception): string | null => {
  const base = `/${lang}/finance`;
  const [line, account, id] = /^([a-z0-9-]+) #(\d+)$/u.exec(subject) ?? [];
  if (kind === 'line_unmatched' && line !== undefined) return `${base}/matching/${account}?line=${id}`;
  if (kind === 'lines_unmatched') return `${base}/matching/${subject}`;
  if (kind === 'receipt_unidentified') return `${base}/matching`;
  if (kind === 'statement_waiting') return `${base}/statements/${subject}`;
  if (kind === 'mail_failed') return null;
  if (kind.startsWith('payout_') && subject.startsWith('PO-')) return `${base}/payouts/${subject}`;
  if (kind === 'dispute_due') return `${base}/disputes`;
  if (kind === 'refund_waiting') return `${base}/refunds`;
  if (kind === 'gift_unverified') return `${base}/approvals`;
  if (kind === 'invariant') return `${base}/proofs`;
  if (kind === 'transit_left') return `${base}/payouts`;
  return `${base}/audit?thing=${encodeURIComponent(subject)}`;
};

/** Everything nobody has explained, oldest first, with who is on it and what to do next. Zero is the normal state. */
export default async function ExceptionsPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const t = words(lang, 'books');
  const items = await exceptions();
  const done = doneText(lang, (await searchParams).done);
  const act = deskActs(lang, actor, `/${lang}/finance/exceptions`);
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('exceptions.title')} over={t('exceptions.over')} />
      {done && <Msg kind="ok" title={done} />}
      <Panel flush>
        <Table
          lang={lang}
          look="dense"
          caption={t('exceptions.title')}
          captionHidden
          rows={items}
          rowKey={(item) => `${item.kind}-${item.subject}`}
          empty={<Empty title={t('exceptions.empty')}>{t('exceptions.emptyBody')}</Empty>}
          columns={[
            {
              key: 'what',
              head: t('exceptions.what'),
              names: true,
              cell: (item) => t(`exceptionKinds.${item.kind}` as 'exceptionKinds.invariant'),
            },
            {
              key: 'subject',
              head: t('exceptions.subject'),
              cell: (item) => {
                const place = placeOf(lang, item);
                return place === null ? (
                  (item.label ?? '—')
                ) : (
                  <a href={place}>{item.label ?? item.subject}</a>
                );
              },
            },
            {
              key: 'amount',
              head: t('exceptions.amount'),
              numeric: true,
              cell: (item) => <Money minor={item.amountMinor} currency={item.currency} />,
            },
            {
              key: 'age',
              head: t('exceptions.age'),
              numeric: true,
              cell: (item) =>
                t('exceptions.days', {
                  days: daysSince(item.since),
                }),
            },
            {
              key: 'next',
              head: t('exceptions.next'),
              cell: (item) => (
                <>
                  {t(`exceptionNext.${item.kind}` as 'exceptionNext.invariant')}
                  {nextStep(lang, item, act)}
                </>
              ),
            },
            {
              key: 'owner',
              head: t('exceptions.owner'),
              cell: (item) => (
                <>
                  {item.owner ?? t('exceptions.nobody')}
                  {item.note !== null && ` · ${item.note}`}
                  {item.owner === null &&
                    act(
                      'exception.take',
                      'exception:take',
                      t('exceptions.take'),
                      { kind: item.kind, subject: item.subject },
                      [],
                    )}
                </>
              ),
            },
          ]}
        />
      </Panel>
    </Desk>
  );
}

/** What can be put right on the spot. */
const nextStep = (lang: Lang, item: Exception, act: DrawAct): ReactNode => {
  const t = words(lang, 'books');
  if (item.kind === 'mail_failed')
    return act('mail.told', 'exception:take', t('exceptions.told'), { mail: item.subject }, [
      { kind: 'text', name: 'note', label: t('exceptions.toldHow') },
    ]);
  if (item.kind === 'shortfall')
    return act(
      'shortfall.resolve',
      'shortfall:resolve',
      t('exceptions.fill'),
      { code: item.subject, on: accountingToday() },
      [
        {
          kind: 'choice',
          name: 'source',
          label: t('exceptions.source'),
          choices: [
            { value: 'fund', label: t('exceptions.fund') },
            { value: 'gift', label: t('exceptions.gift') },
            { value: 'road', label: t('exceptions.surplus') },
          ],
        },
        { kind: 'text', name: 'from', label: t('exceptions.from'), optional: true },
        { kind: 'text', name: 'reason', label: t('exceptions.why') },
      ],
    );
  return null;
};
